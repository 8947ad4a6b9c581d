/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/tally.h - what one replication counts.
 *
 * One block of doubles in rows; every member of a row is a sum, so rows can be added member by
 * member. Counts are whole and exact up to 2^53. Contacts and visits are counted per class (the
 * finest grain); issue types, severities, segments, channels and streams are sums of classes.
 *
 * What is not counted (before the warm-up's end, or contacts that arrived outside the counted
 * time) goes into spare rows: class number n_classes, interval number n_intervals. So recording
 * has no branches, and the laws can be checked on everything that happened.
 */
#ifndef MODEL_TALLY_H
#define MODEL_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "model/event.h"
#include "model/plan.h"

/* Contacts by their hand-overs: none, one … and so many or more. */
#define HOPS_COUNTED 6

/* A contact's whole life, per class. Fates add up to offered, exactly. */
struct ledger_row {
    double offered;
    double self_service, vendor, abandoned, blocked, unresolved, open; /* fates; tiers below   */
    double resolved;           /* fate: resolved in some human tier                            */
    double to_people;          /* reached the door of a human tier                             */
    double responded, response_s; /* first human's work began; time from arrival               */
    double resolution_s;       /* time from arrival to resolution, all who were resolved        */
    double business_s;         /* … in business hours, where the desk has a calendar            */
    double first_level;        /* resolved by tier 1 without escalation                        */
    double escalated;          /* contacts handed over at least once                           */
    double hops;               /* hand-overs                                                   */
    double by_hops[HOPS_COUNTED]; /* contacts by them, of those with any                       */
    double hop_limited;        /* given up for too many of them                                */
    double returns;            /* hand-overs to a pool that had the contact already            */
    double call_backs, call_backs_late; /* promised, and made, or given up, too late           */
    double breaches[SLA_CLOCKS], late_s[SLA_CLOCKS], breached; /* breached: at least one clock  */
    double clocked[SLA_CLOCKS]; /* clocks that ran for a target                                */
    double concessions, concession_n, penalties;
    double sojourn_s;          /* from arrival to the end, whatever it was                     */
    double turned_away;        /* blocked where they came in, and for good                     */
    double blocked_first;      /* blocked where they came in, at their first attempt           */
    double first_contact;      /* resolved by people, without a redial or reopening            */
    double redials, redial_s;  /* attempts after giving up; time until them                    */
    double reopens;            /* taken for solved by people, and come back                    */
    double false_contained;    /* taken for solved by self-service, and come back              */
    double owners;             /* agents who began work, another one than before               */
    double to_owner, at_owner; /* came back for who had it last, and were taken by them        */
    double customer_s;         /* waiting on the customer                                      */
    double requests;           /* customers' for somebody higher …                             */
    double talked_down;        /* … that agents talked them out of                             */
    double score, scored, answered, displeased; /* satisfaction of those who reached people    */
    double lost, lost_value;   /* customers                                                    */
    double lost_by_delay;      /* … of that value, the share of delays in the hazard           */
    double leaked, found_out;  /* concessions not needed: money paid; number not paid          */
    double in_incident;        /* came while an incident moved their stream's rate              */
    double unreached;          /* ended because no call-back reached the customer              */
};

/* One visit: from joining a tier's queue to leaving the tier, per tier and class. */
struct visit_row {
    double offered, delayed, answered, wait_answered_s, in_time;
    double handled, handled_s, resolved;  /* finished works, by their start's class            */
    double wrap_s, escalated[TRIGGERS];
    double avoidable;                     /* escalated for authority alone, or mis-routed      */
    double passed;                        /* passed on at once: nobody here has the skill      */
    double abandoned, wait_abandoned_s, abandoned_in_time, abandoned_short;
    double blocked, flushed, open;
    double withdrawn, wait_withdrawn_s;   /* taken out of the queue by a clock                 */
    double hold_s;                        /* agents kept on contacts after their own part      */
    double parked, unparked;              /* works that ended without an outcome: the contact is
                                             kept for an approval, an expert, a reply; and those
                                             that then had one after all                       */
    double interrupted;                   /* works that had to stop …                      */
    double wait_again_s;                  /* … waits until they went on, or did not:       */
    double gave_up_again, dropped;        /* the customer gave up; nobody went on          */
    double awaited;                       /* works after which the customer had to reply       */
    double redials;                       /* abandoned, but not for good                       */
    double reopens;                       /* works that seemed to resolve it                   */
    double balked;                        /* abandoned without waiting                         */
    double accepted;                      /* offers of a call-back                             */
    double called, called_delayed;        /* visits of those who put the phone down, and who of
                                             them had to wait                                  */
    double booked;                        /* ended by an appointment for a call-back           */
    double missed, wait_missed_s;         /* taken out of the queue, called and not reached    */
    double reached, wait_called_s;        /* … and reached: how long they had waited …         */
    double called_s;                      /* … and since they put the phone down               */
};

struct pool_row {
    double started, handled, handled_s, resolved, concessions, wrap_s, hold_s;
    double tasks, tasks_s;                /* work that is not a contact                        */
    double escalated[TRIGGERS];
};

/* Per interval: visits by the interval in which they joined, levels by the clock. */
struct tier_interval_row {
    double offered, answered, abandoned, blocked, in_time, wait_answered_s;
    double delayed, abandoned_in_time;
    double abandoned_events; /* by the clock                                                   */
    double queue_s;          /* integral of the number waiting                                 */
};

struct pool_interval_row {
    double busy_s, scheduled_s, overtime_s; /* integrals of agents                             */
    double absent_s;                        /* planned, and not here                           */
    double duty_s, idle_duty_s;             /* at planned duties; at those of idle agents …    */
    double duty_wanted_s;                   /* … of what was wanted of both in the interval    */
    double duties_put_off, duties_cancelled; /* planned ones                                    */
    double duties_interrupted;              /* pieces of others                                */
};

struct desk_interval_row {
    double arrived, resolved, breaches, present_s; /* present: contacts in the system          */
};

struct promise_row {
    double hit, base;
};

struct sla_row {
    double clocked, breaches, late_s, penalty; /* clocked: clocks that have ended              */
    double clock_s, clock_breached_s;          /* what they ran, all and those breached         */
    double points;                             /* escalation points reached                    */
};

/* A part of the time of a target's clocks. */
struct delay_row {
    double all_s, breached_s;
};

struct outside_row {
    double updated; /* contacts kept informed                                                  */
    double followed; /* contacts followed up                                                   */
    double sessions, vendor_visits, contacts_cost;
    double refused;            /* contacts that found all sessions of self-service taken        */
    double granted;            /* paid in concessions by self-service                          */
    double routed, misrouted;  /* contacts whose tier was predicted, and wrongly               */
    double needed;             /* concessions, of contacts that arrive (plan->counts_needs)     */
    double begun;              /* contacts that waited at time 0 (row 0, as in the next three) */
    double begun_open, begun_late; /* … open at the end; that breached a target              */
    double begun_ended, begun_s; /* … that ended before, and their time since time 0          */
    double prevented;          /* contacts that root-cause fixes have made unnecessary         */
};

/* Escalations of one cause from one tier. */
struct cause_row {
    double handed_over; /* hand-offs                                                           */
    double asked;       /* approvals and experts                                               */
    double notified;
    double work_s, money; /* agents' time that they led to, and its wages and vendor fees      */
};

/* Work that is not a contact, by kind. */
struct task_row {
    double offered, started, done, wait_s, work_s;
};

/* Pointers into one block, laid out once for a plan. */
struct tally {
    struct ledger_row        *ledger;        /* [n_classes + 1]                              */
    struct visit_row         *visit;         /* [tier * (n_classes + 1) + class]             */
    struct pool_row          *pool;          /* [n_pools], counted; then [n_pools], spare    */
    struct tier_interval_row *tier_interval; /* [interval * n_tiers + tier]                  */
    struct pool_interval_row *pool_interval; /* [interval * n_pools + pool]                  */
    struct desk_interval_row *desk_interval; /* [n_intervals + 1]                            */
    struct promise_row       *promise;       /* [n_counted]                                  */
    struct sla_row           *sla;           /* [n_slas + 1]                                 */
    struct delay_row         *delay;         /* [(n_slas + 1) * n_parts]                     */
    double                   *move;          /* [(from tier * (n_tiers + 2) + to) * TRIGGERS +
                                                trigger]; to: tiers, vendor, unresolved      */
    double                   *pool_issue;    /* [pool * n_issues + issue] started            */
    double                   *present_s;     /* [n_blocks + 1] contacts present, integrated  */
    double                   *queue_most;    /* [n_tiers]                                    */
    double                   *queue_end;     /* [n_tiers] waiting at the end                 */
    struct outside_row       *outside;       /* [2]: counted, spare                          */
    struct cause_row         *cause;         /* [tier * TRIGGERS + trigger], counted; spare  */
    struct task_row          *task;          /* [TASK_KINDS], counted; then spare            */
    double                    backlog_end;   /* contacts in the system at the end            */
    double                    backlog_open_s; /* their age, summed                           */
    uint64_t                  events, contacts;

    uint32_t *wait_bins;       /* [tier * HISTOGRAM_BINS]: waits of answered visits          */
    uint32_t *response_bins, *resolution_bins; /* [HISTOGRAM_BINS]                           */
    void     *block;
    size_t    size;
};

/* Takes memory for a tally of a plan; false when it is out. */
bool tally_open(struct tally *tally, const struct plan *plan);
void tally_close(struct tally *tally);
void tally_clear(struct tally *tally);

/* What was counted since a moment: `now` less `before`, of the same plan; what is known only at the
 * end is that of `now`. All three have their own memory. */
void tally_since(struct tally *to, const struct tally *now, const struct tally *before,
                 const struct plan *plan);
void tally_copy(struct tally *to, const struct tally *from);

/* Adds a row of doubles to another. */
void row_add(void *into, const void *row, size_t size);
#define ROW_ADD(into, row) row_add((into), (row), sizeof *(row))

#endif
