/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/event.h - what happened to a contact, told as it happens: the one account from which the
 * event log and `tiersim trace` are written, and with which the tests' second engine is compared.
 */
#ifndef MODEL_EVENT_H
#define MODEL_EVENT_H

#include <stdbool.h>
#include <stdint.h>

enum case_event_kind {
    EVENT_CREATED,      /* the contact arrives; `detail` 1: and is answered, before time 0;
                           `to` the incident that lasts, from 1; 0: none                  */
    EVENT_SELF_SERVICE, /* it meets tier 0                                                 */
    EVENT_QUEUED,       /* it begins to wait; `detail` agents who could take it are at other
                           duties; 255: or more                                            */
    EVENT_WORK,         /* an agent of `pool` begins; `detail` 1: goes on after an interruption */
    EVENT_DONE,         /* … and ends; the agent may stay with the contact (held)          */
    EVENT_INTERRUPTED,  /* an agent of `pool` has to leave it: it waits again, unless it is closed
                           at once; who begins next goes on with it                        */
    EVENT_PASSED,       /* the tier is passed at once; `detail` the trigger                */
    EVENT_ESCALATED,    /* handed over; `detail` the trigger, `to` as in tally->move        */
    EVENT_VENDOR,       /* the vendor begins                                               */
    EVENT_CONSULT,      /* an approval or an expert is asked for; `detail` the trigger      */
    EVENT_HELP,         /* somebody of `pool` begins a task about it; `detail` the task     */
    EVENT_HELPED,       /* … and ends                                                      */
    EVENT_RELEASED,     /* the agent of `pool` who was kept on the contact is free of it    */
    EVENT_CUSTOMER,     /* waiting on the customer                                         */
    EVENT_REPLIED,      /* … who has replied                                               */
    EVENT_WITHDRAWN,    /* taken out of the queue; `detail` the trigger                    */
    EVENT_SLA,          /* a clock reaches a point: `detail` the clock, `to` the point      */
    EVENT_CLOCK,        /* a clock stops, `amount` what it ran in seconds: `to` its target,
                           `detail` 1 when that was missed                                 */
    EVENT_ABANDONED,    /* gives up waiting                                                */
    EVENT_RETRIES,      /* … and comes back                                                */
    EVENT_RESOLVED,     /* the issue is solved, or seems so                                */
    EVENT_REOPENED,     /* it was not                                                      */
    EVENT_BALKED,       /* has to wait, and leaves at once                                 */
    EVENT_CALL_BACK,    /* it waits to be called back                                      */
    EVENT_BOOKED,       /* … not before a time agreed on, which is `amount` seconds away    */
    EVENT_MISSED,       /* an agent of `pool` calls, and does not reach the customer       */
    EVENT_CLOSED,       /* the contact ends; `detail` its fate                             */
    EVENT_KINDS
};

/* Work that is not a contact. */
enum task_kind { TASK_APPROVAL, TASK_SWARM, TASK_NOTIFY, TASK_ROOT_CAUSE, TASK_FOLLOW_UP,
                 TASK_CHASE, TASK_CALL, TASK_KINDS };

extern const char *const task_names[TASK_KINDS]; /* "approval" …, in logs and results       */

struct case_event {
    double   at_s;
    double   amount; /* resolved: the concession it took; clock: see there; else 0         */
    uint64_t number; /* of the contact, in order of arrival                                */
    uint32_t class;
    uint32_t pool;   /* NONE: not of a pool                                                */
    uint32_t agent;  /* work and its end: who; else NONE                                   */
    uint32_t to;
    uint8_t  kind, tier, detail, hops;
    bool     counted;
};

/* Takes each event as it happens. */
struct event_sink {
    void (*take)(void *user, const struct case_event *event);
    void *user;
};

#endif
