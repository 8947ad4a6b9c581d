/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim/trace.h - one contact's life, event by event, and what its delay was made of.
 *
 * A replication is a pure function of scenario, seed and number, so any contact of a
 * run can be looked at again: by its number, or the one that stands out.
 *
 * A trace never changes; any thread may read it. Texts live as long as it does.
 * Different threads may make traces of one scenario at once.
 */
#ifndef TIERSIM_TRACE_H
#define TIERSIM_TRACE_H

#include <stdint.h>
#include <tiersim/problem.h>
#include <tiersim/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

struct tsim_trace;

/* Which contact. All but the first look at the counted contacts of the replications
 * to search; of equal ones the first in order of replication and arrival is taken. */
enum tsim_pick {
    TSIM_PICK_NUMBER,       /* the one of that number                              */
    TSIM_PICK_WORST,        /* the longest time from arrival to its end            */
    TSIM_PICK_FIRST_BREACH, /* the first to arrive of those that miss an SLA target */
    TSIM_PICK_MOST_HOPS,    /* the most hand-overs                                 */
    TSIM_PICK_LONGEST_WAIT, /* the longest time in queues                          */
    TSIM_PICK_COSTLIEST,    /* the highest cost of its own (tsim_trace_costs)      */
    TSIM_PICKS
};

/* "worst", "first-breach" …, as the command takes them; "" for the number. */
TSIM_API const char *tsim_pick_name(enum tsim_pick pick);

/* Zero means: the default. */
struct tsim_trace_options {
    enum tsim_pick pick;
    uint64_t number;       /* of the contact in order of arrival, from 1             */
    uint32_t replication;  /* the (first) one to look at, from 1; 0: 1               */
    uint32_t replications; /* how many to search, for picks other than the number; 0: 1 */
    uint64_t seed;         /* used when has_seed; else the scenario's                */
    bool     has_seed;
    uint64_t max_contacts; /* as in tsim_run_options                                 */
    uint64_t max_events;
    bool (*stop)(void *user); /* asked often; true gives up                          */
    void *user;
};

/* Replays. NULL on errors, which are in `problems`: there is no such contact (an input
 * problem), nothing to choose from, a limit reached. NULL without a new problem when it
 * was stopped. `options` may be NULL: the worst of replication 1. Caller frees. */
TSIM_API struct tsim_trace *tsim_trace(const struct tsim_scenario      *scenario,
                                       const struct tsim_trace_options *options,
                                       struct tsim_problems            *problems);

TSIM_API void tsim_trace_free(struct tsim_trace *trace); /* NULL is fine */

/* The contact as a whole. Times are simulated seconds. */
struct tsim_trace_info {
    const char *scenario, *title, *fingerprint, *currency;
    uint64_t    seed;
    uint32_t    replication; /* from 1                                              */
    uint64_t    number;      /* from 1, in order of arrival                         */
    const char *id;          /* "3-17": replication and number, as in cases.csv     */
    enum tsim_pick pick;
    uint32_t    searched_replications;
    uint64_t    searched;    /* contacts it was chosen from; 0: it was named        */
    const char *stream, *channel, *issue, *severity, *segment;
    const char *outcome;     /* "resolved" …, as in cases.csv                       */
    bool        counted;     /* arrived in the counted time                         */
    uint32_t    hops;        /* hand-overs                                          */
    double      concession;  /* it needs to be resolved                             */
    double      start_s;     /* time 0, in seconds after Monday 00:00               */
    double      arrived_s, ended_s;
};

TSIM_API const struct tsim_trace_info *tsim_trace_info(const struct tsim_trace *trace);

enum tsim_event {
    TSIM_EVENT_CREATED,      /* it arrives                                          */
    TSIM_EVENT_SELF_SERVICE, /* it meets self-service                               */
    TSIM_EVENT_QUEUED,       /* it begins to wait                                   */
    TSIM_EVENT_WORK,         /* an agent begins; took_s: the wait before            */
    TSIM_EVENT_DONE,         /* … and ends; took_s: the work                        */
    TSIM_EVENT_INTERRUPTED,  /* the agent has to leave it; took_s: the work so far  */
    TSIM_EVENT_PASSED,       /* nobody of the tier has the skill                    */
    TSIM_EVENT_ESCALATED,    /* handed over, or nobody is left for that             */
    TSIM_EVENT_VENDOR,       /* the vendor begins                                   */
    TSIM_EVENT_CONSULT,      /* an approval or an expert is asked for               */
    TSIM_EVENT_HELP,         /* somebody begins a task about it; cause: the task    */
    TSIM_EVENT_HELPED,       /* … and ends; took_s: the task                        */
    TSIM_EVENT_RELEASED,     /* the agent who was kept on it is free of it          */
    TSIM_EVENT_CUSTOMER,     /* it waits for the customer's reply                   */
    TSIM_EVENT_REPLIED,      /* … which comes; took_s: after this long              */
    TSIM_EVENT_WITHDRAWN,    /* taken out of the queue; took_s: the wait            */
    TSIM_EVENT_SLA,          /* an SLA clock reaches an escalation point            */
    TSIM_EVENT_CLOCK,        /* an SLA clock stops; to: the target; took_s: it ran  */
    TSIM_EVENT_ABANDONED,    /* the customer gives up; took_s: the wait             */
    TSIM_EVENT_RETRIES,      /* … and tries again; took_s: after this long          */
    TSIM_EVENT_RESOLVED,     /* solved, or so it seems                              */
    TSIM_EVENT_REOPENED,     /* it was not; took_s: after this long                 */
    TSIM_EVENT_BALKED,       /* the customer would have to wait, and leaves         */
    TSIM_EVENT_CALL_BACK,    /* … or puts the phone down to be called               */
    TSIM_EVENT_BOOKED,       /* … at a time agreed on; took_s: that far away         */
    TSIM_EVENT_MISSED,       /* … and is not reached; took_s: the wait              */
    TSIM_EVENT_CLOSED,       /* the end; cause: the outcome                         */
    TSIM_EVENTS
};

struct tsim_trace_event {
    double          at_s;
    enum tsim_event kind;
    const char *name;    /* of the kind: "queued"                                   */
    const char *tier;    /* where it is; NULL: with self-service or the vendor      */
    const char *pool;    /* who; NULL: nobody                                       */
    uint32_t    agent;   /* number within the pool, from 1; 0: not told             */
    const char *owner;   /* who answers for it from now on: "front 3", "queue of L1" */
    const char *to;      /* to whom it goes, whom it asks, or which target; NULL     */
    const char *cause;   /* trigger, task, clock or outcome, by its name; "resumed":
                            interrupted work goes on; of queued: "2 agents at other
                            duties" who could take it; NULL                         */
    const char *because; /* the trigger in words; NULL                              */
    double      took_s;  /* what has just ended took so long; else 0                */
    double      amount;  /* resolved: the concession; else 0                        */
};

/* In order of time; tasks about it may be done after its end. */
TSIM_API const struct tsim_trace_event *tsim_trace_events(const struct tsim_trace *trace,
                                                          size_t *count);

/* What the time from arrival to end was made of; the parts add up to it. Only those
 * that took time; in order of the tiers. */
struct tsim_trace_part {
    const char *name; /* "self_service", "queue", "work", "hand_over", "approval_or_expert",
                         "customer", "away", "vendor"                                   */
    const char *tier; /* of queue and work, else NULL                               */
    double      seconds;
};

TSIM_API const struct tsim_trace_part *tsim_trace_parts(const struct tsim_trace *trace,
                                                        size_t *count);

/* An SLA target of the contact, held against what its clock ran. */
struct tsim_trace_target {
    const char *name;  /* of the target                                             */
    const char *clock; /* "first_response", "resolution" …                          */
    double      target_s, ran_s, penalty;
    bool        met;
};

TSIM_API const struct tsim_trace_target *tsim_trace_targets(const struct tsim_trace *trace,
                                                            size_t *count);

/* A promise of the scenario that counts contacts, and whether this one helps it. */
struct tsim_trace_promise {
    const char *text;
    bool        kept;
};

TSIM_API const struct tsim_trace_promise *tsim_trace_promises(const struct tsim_trace *trace,
                                                              size_t *count);

/* What the contact itself costs; only what is not 0. */
struct tsim_trace_cost {
    const char *name; /* "concession", "penalties", "self_service", "vendor", "contact",
                         "work" (agents' time on it, at their wages)                    */
    double      amount;
};

TSIM_API const struct tsim_trace_cost *tsim_trace_costs(const struct tsim_trace *trace,
                                                        size_t *count);

#ifdef __cplusplus
}
#endif
#endif
