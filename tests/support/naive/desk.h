/* SPDX-License-Identifier: GPL-3.0-or-later */
/* support/naive/desk.h - the state of the naive engine and what its files offer each other. */
#ifndef SUPPORT_NAIVE_DESK_H
#define SUPPORT_NAIVE_DESK_H

#include <stddef.h>

#include "support/naive/naive.h"

/* The order of one instant (docs/model.md, "The same instant"). */
enum moment { MOMENT_EDGE, MOMENT_END_OF_WORK, MOMENT_STAFFING, MOMENT_PATIENCE, MOMENT_ARRIVAL };

/* What can happen to whom; at one moment, about one contact, the earlier one first. */
enum happening {
    HAPPENS_EDGE,        /* the end of the run, or of following                            */
    HAPPENS_WRAP_UP_END, /* who: an agent                                                  */
    HAPPENS_WORK_END,    /* who: a contact; as in all below but the last two               */
    HAPPENS_SESSION_END,
    HAPPENS_VENDOR_END,
    HAPPENS_PATIENCE_END,
    HAPPENS_STAFFING,    /* who: a pool                                                    */
    HAPPENS_ARRIVAL,     /* who: a stream                                                  */
};

struct pending {
    double         at_s;
    enum moment    moment;
    uint64_t       number; /* of the contact it is about; of the pool; of the stream       */
    enum happening what;
    uint32_t       who;
};

/* A contact's last event says its fate: these, in the order of the model's. */
enum naive_fate { NAIVE_SELF_SERVICE, NAIVE_RESOLVED, NAIVE_VENDOR, NAIVE_ABANDONED, NAIVE_BLOCKED,
                  NAIVE_UNRESOLVED, NAIVE_OPEN };

enum contact_is { IS_OUTSIDE, IS_WAITING, IS_WORKED_ON, IS_GONE };

struct naive_contact {
    uint32_t        class, tier, ordinal, hops;
    enum contact_is is;
    double          arrived_s, joined_s; /* … the desk; … the tier                         */
    uint32_t        queue;               /* where it waits                                 */
    uint32_t        agent;               /* who works on it                                */
    uint32_t        works_before;        /* in this tier, when it joined                   */
    double          route;               /* its draw for where an escalation leads         */
    bool            counted, responded, solved;
    uint32_t        works[64];           /* begun or passed, by tier                       */
};

enum agent_is { IS_AWAY, IS_IDLE, IS_WORKING, IS_WRAPPING_UP };

struct naive_agent {
    uint32_t      pool;
    enum agent_is is;
    double        idle_since_s;
};

struct desk {
    const struct plan       *plan;
    const struct event_sink *sink;
    struct rng_key           key;
    struct rng_schedule      schedule; /* of the key: arrival kinds want it                */
    double                   now_s;
    struct pending          *pending;
    size_t                   n_pending, pending_room;
    struct naive_contact    *contacts; /* by number                                        */
    uint32_t                 n_contacts, contacts_room;
    struct naive_agent      *agents;   /* those of a pool stand together                   */
    uint32_t                *scheduled;/* [pool] agents who should be here                 */
    struct profile_cursor   *shift;    /* [pool]                                           */
    struct arrival_state    *arrivals; /* [stream]                                         */
    uint32_t                *ordinals; /* [stream] contacts so far                         */
    bool                     ended;    /* the counted time is over                         */
    bool                     done;
};

/* naive.c: time */

void happens_at(struct desk *desk, double at_s, enum moment moment, uint64_t number,
                enum happening what, uint32_t who);
/* Takes back what was going to happen, if it was. */
void happens_not(struct desk *desk, enum happening what, uint32_t who);
void tell_event(struct desk *desk, uint32_t c, enum case_event_kind kind, uint32_t pool,
                uint32_t detail, uint32_t to);

/* people.c: agents and queues */

uint32_t count_agents(const struct desk *desk, uint32_t pool, enum agent_is is);
uint32_t count_waiting(const struct desk *desk, uint32_t tier);
/* A pool that can begin at once, as the queue's server; NULL: nobody is idle. */
const struct plan_server *idle_server(struct desk *desk, uint32_t c, uint32_t queue);
void begin_work(struct desk *desk, uint32_t c, uint32_t agent, const struct plan_server *server);
/* The one of a pool who has been idle longest. */
uint32_t longest_idle(const struct desk *desk, uint32_t pool);
/* The agent has nothing in hand: takes the next contact, idles, or leaves. */
void become_free(struct desk *desk, uint32_t agent);
void set_agents(struct desk *desk, uint32_t pool, uint32_t n);

/* moves.c: contacts */

const struct plan_visit *visit_of(const struct desk *desk, uint32_t c);
const struct plan_class *class_of(const struct desk *desk, uint32_t c);
void arrive_from(struct desk *desk, uint32_t stream);
void end_work(struct desk *desk, uint32_t c);
void end_session(struct desk *desk, uint32_t c);
void end_vendor(struct desk *desk, uint32_t c);
void end_patience(struct desk *desk, uint32_t c);
void close_contact(struct desk *desk, uint32_t c, enum naive_fate fate);

#endif
