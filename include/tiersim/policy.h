/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim/policy.h - a routing or escalation policy of your own.
 *
 * A policy is a shared object that defines one table, `tsim_policy`, and is named in a scenario:
 *
 *     "policy": { "plugin": "./mine.so", "parameters": { "reserve": 2 } }
 *
 *     #include <tiersim/policy.h>
 *
 *     static double rank(const struct tsim_policy_view *view,
 *                        const struct tsim_policy_contact *contact)
 *     {
 *         return contact->deadline_s - contact->work_mean_s;
 *     }
 *
 *     const struct tsim_policy tsim_policy = {
 *         TSIM_POLICY_HEAD, .name = "least slack", .rank = rank,
 *     };
 *
 *     cc -std=c17 -O2 -shared -fPIC mine.c -o mine.so
 *
 * It needs no library. A decision that the table leaves NULL is made as the scenario says. The
 * built-in queue orders, agent selections and triggers are functions of the same types.
 *
 * Rules. A decision is a function of what it is shown, its memory, and tsim_policy_unit:
 * then results are the same for any number of threads. It must not keep anything elsewhere (several
 * replications run at once), take memory, or read a clock or a file. What it is shown may be looked
 * at until it returns. An answer that makes no sense (a key that is not a number, a pool in which
 * nobody is idle, a tier that does not exist) ends the run with a problem that says so.
 *
 * Times are seconds of simulated time from the start of the replication, warm-up included. Things
 * are numbered from 0 in the scenario's order.
 */
#ifndef TIERSIM_POLICY_H
#define TIERSIM_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TSIM_POLICY_VERSION 1
#define TSIM_POLICY_NONE    UINT32_MAX /* no such thing; none of them                      */

/* ---- the desk: facts that never change */

struct tsim_policy_tier {
    const char *name;
    uint32_t    pool_base, n_pools;   /* its pools stand together, and …                   */
    uint32_t    queue_base, n_queues; /* … so do its queues                                */
};

struct tsim_policy_pool {
    const char *name;
    uint32_t    tier;
    uint32_t    agents_most; /* at any time                                                */
    double      authority;   /* largest concession it may approve; INFINITY: no limit      */
    double      wage_per_h;
};

/* A pool that may serve a queue. */
struct tsim_policy_server {
    uint32_t pool;
    double   factor; /* times the handling time                                            */
};

/* A tier has a queue for each skill; contacts of equal skills wait together. */
struct tsim_policy_queue {
    uint32_t                         tier;
    uint32_t                         n_servers;
    const struct tsim_policy_server *servers;
};

struct tsim_policy_desk {
    uint32_t n_tiers, n_pools, n_queues;
    uint32_t n_streams, n_channels, n_issues, n_severities, n_segments, n_triggers, n_parameters;
    const struct tsim_policy_tier  *tiers;
    const struct tsim_policy_pool  *pools;
    const struct tsim_policy_queue *queues;
    const char *const *streams, *const *channels, *const *issues, *const *severities,
        *const *segments, *const *triggers; /* names                                       */
    const double *parameters; /* in the order of the policy's table                        */
    bool          has_vendor;
};

/* ---- what a decision is shown */

struct tsim_policy_view;

/* Questions about the desk as it is now; ask them through the functions below. */
struct tsim_policy_calls {
    double (*unit)(const struct tsim_policy_view *view, uint32_t number);
    uint32_t (*idle)(const struct tsim_policy_view *view, uint32_t pool);
    uint32_t (*present)(const struct tsim_policy_view *view, uint32_t pool);
    uint32_t (*waiting)(const struct tsim_policy_view *view, uint32_t queue);
    uint32_t (*waiting_at)(const struct tsim_policy_view *view, uint32_t tier);
    void (*wake)(const struct tsim_policy_view *view, double at_s);
};

struct tsim_policy_view {
    const struct tsim_policy_desk  *desk;   /* NULL for built-in policies                  */
    const struct tsim_policy_calls *calls;
    void                           *memory; /* the policy's own, of this replication        */
    void                           *world;  /* tiersim's own                               */
    double                          now_s;
    bool                            closed; /* nobody comes any more                       */
};

struct tsim_policy_contact {
    uint64_t number;      /* of all contacts, in order of arrival                          */
    double   arrived_s;   /* at the desk                                                   */
    double   joined_s;    /* this tier's queue                                             */
    double   deadline_s;  /* its next SLA target to pass; INFINITY: none                    */
    double   amount;      /* the concession that it was handed over for; 0: none            */
    double   work_mean_s; /* mean handling time of its kind here, by an agent of factor 1   */
    double   rank;        /* of one that waits: as `rank` said; 0 where that was not asked  */
    uint32_t stream, channel, issue, severity, segment;
    uint32_t level;       /* of its priority among all priorities: 0 is the highest         */
    uint32_t tier;
    uint32_t queue;       /* that it waits in; TSIM_POLICY_NONE                             */
    uint32_t hops;        /* hand-overs so far                                             */
    uint32_t attempts;    /* redials and reopenings so far                                 */
    uint32_t works;       /* works begun at this tier                                      */
    uint32_t trigger;     /* of its last hand-over; TSIM_POLICY_NONE                        */
    bool     responded;   /* somebody has worked on it                                     */
    bool     is_task;     /* not a contact but work about one: an approval, an expert's part */
};

/* A pool that may serve a contact. `idle` is 0 where a rule of the scenario forbids it just now. */
struct tsim_policy_candidate {
    uint32_t pool;
    uint32_t idle;         /* agents idle now                                              */
    double   idle_since_s; /* of the one idle longest; undefined when nobody is            */
    uint32_t present;      /* its agents on the floor                                      */
    uint32_t skills;       /* that its agents have, of those that contacts may need        */
    uint32_t preference;   /* the pool's for the skill: lower is sooner                    */
    double   weight;       /* … and its pool_weight, among equals                          */
    double   wage_per_h;
    double   factor;       /* times the handling time                                      */
    double   resolves;     /* share of its attempts at such contacts that succeed          */
};

/* Situations at the end of work; a bit each. */
enum tsim_policy_situation {
    TSIM_SITUATION_NO_SKILL = 1,   /* nobody in the tier has the skill: the work was triage */
    TSIM_SITUATION_FAILED = 2,     /* the attempt did not solve the issue                  */
    TSIM_SITUATION_CONCESSION = 4, /* solving it takes a concession                        */
    TSIM_SITUATION_POLICY = 8,     /* the pool is not cleared for a regulated case         */
    TSIM_SITUATION_INSISTS = 16,   /* the customer wants somebody higher                   */
    TSIM_SITUATION_REFERRED = 32,  /* the agent did not try, for the queue was long        */
};

/* What work on a contact has led to. */
struct tsim_policy_outcome {
    unsigned situation;  /* of the bits above                                              */
    uint32_t pool;       /* that worked                                                    */
    double   concession; /* amount to be approved; 0: none                                 */
    double   authority;  /* largest amount the pool may approve; INFINITY: no limit        */
};

/* ---- what a decision may be */

enum tsim_policy_step {
    TSIM_POLICY_AS_PLANNED, /* what the escalation matrix says, with its forms              */
    TSIM_POLICY_TO_TIER,    /* hand the contact over to tier `index`, also back or the same  */
    TSIM_POLICY_TO_POOL,    /* … to pool `index`                                            */
    TSIM_POLICY_TO_VENDOR,
    TSIM_POLICY_GIVE_UP,    /* the contact ends unresolved                                  */
    TSIM_POLICY_SETTLE,     /* resolve it here all the same, paying the concession: where the
                               situation has neither NO_SKILL nor FAILED nor REFERRED        */
};

struct tsim_policy_move {
    uint32_t step; /* of enum tsim_policy_step                                             */
    uint32_t index;
};

/* A number that the scenario may set under "parameters". */
struct tsim_policy_parameter {
    const char *name, *doc;
    double      fallback, low, high;
};

/* ---- the table */

struct tsim_policy {
    uint32_t version;  /* TSIM_POLICY_HEAD fills in these three: a policy built for …       */
    uint32_t size;     /* … another version of this header is refused                       */
    uint32_t shown;    /* bytes of the structs that decisions are shown                     */
    uint32_t n_parameters;
    const char *name;  /* a few words                                                      */
    const struct tsim_policy_parameter *parameters;

    /* Bytes of memory wanted for each replication. It is aligned for any type and all zero when
     * `open` is called, before anything happens. */
    size_t (*memory)(const struct tsim_policy_desk *desk);
    void (*open)(const struct tsim_policy_view *view);

    /* The place of a contact that joins a queue: the smaller goes first, equal ones in order of
     * arrival at the desk. Asked once for each time it joins. An agent with several queues takes
     * the smallest of all heads, unless `take` says otherwise. */
    double (*rank)(const struct tsim_policy_view *view, const struct tsim_policy_contact *contact);

    /* Who takes a contact (or task) that has just come, while somebody is idle: index of a
     * candidate with idle > 0; within a pool the agent idle longest goes. TSIM_POLICY_NONE: it
     * waits although they are idle. The built-in ones are not told the contact (NULL). */
    uint32_t (*choose)(const struct tsim_policy_view        *view,
                       const struct tsim_policy_contact     *contact,
                       const struct tsim_policy_candidate *candidates, uint32_t n);

    /* Which of the first of each queue that an agent of `pool` may serve this agent takes, who has
     * come free or on: an index; at least one waits. TSIM_POLICY_NONE: the agent idles, and is
     * chosen by `choose`, or asked again at tsim_policy_wake, or when nobody comes any more
     * (view->closed). Agents who idle already count as idle, this one does not yet. */
    uint32_t (*take)(const struct tsim_policy_view *view, uint32_t pool,
                     const struct tsim_policy_contact *heads, uint32_t n);

    /* The tier at which a contact that meets people begins; TSIM_POLICY_NONE: as the scenario
     * says. */
    uint32_t (*route)(const struct tsim_policy_view    *view,
                      const struct tsim_policy_contact *contact);

    /* What becomes of a contact when work on it has ended and `trigger` has fired. */
    struct tsim_policy_move (*escalate)(const struct tsim_policy_view    *view,
                                        const struct tsim_policy_contact *contact,
                                        const struct tsim_policy_outcome *outcome,
                                        uint32_t                          trigger);
};

#define TSIM_POLICY_SHOWN                                                                      \
    ((uint32_t)(sizeof(struct tsim_policy_desk) + sizeof(struct tsim_policy_view) +            \
                sizeof(struct tsim_policy_contact) + sizeof(struct tsim_policy_candidate) +    \
                sizeof(struct tsim_policy_outcome) + sizeof(struct tsim_policy_calls)))
#define TSIM_POLICY_HEAD                                                                       \
    .version = TSIM_POLICY_VERSION, .size = sizeof(struct tsim_policy), .shown = TSIM_POLICY_SHOWN

/* The table that a policy defines. */
#if defined(__GNUC__)
extern __attribute__((visibility("default"))) const struct tsim_policy tsim_policy;
#else
extern const struct tsim_policy tsim_policy;
#endif

/* ---- questions */

/* Chance: number 0, 1 … 4095 of this decision, uniform on [0, 1). It belongs to the address of the
 * decision (the contact, its tier and how often it was worked on there; for `take` the pool and how
 * often it was asked), so it is the same whatever happens to others. Not in `open`: 0 there. */
static inline double tsim_policy_unit(const struct tsim_policy_view *view, uint32_t number)
{
    return view->calls->unit(view, number);
}

/* Idle agents of a pool. */
static inline uint32_t tsim_policy_idle(const struct tsim_policy_view *view, uint32_t pool)
{
    return view->calls->idle(view, pool);
}

/* Agents of a pool on the floor. */
static inline uint32_t tsim_policy_present(const struct tsim_policy_view *view, uint32_t pool)
{
    return view->calls->present(view, pool);
}

/* Contacts and tasks waiting in a queue. */
static inline uint32_t tsim_policy_waiting(const struct tsim_policy_view *view, uint32_t queue)
{
    return view->calls->waiting(view, queue);
}

/* … in all queues of a tier. */
static inline uint32_t tsim_policy_waiting_at(const struct tsim_policy_view *view, uint32_t tier)
{
    return view->calls->waiting_at(view, tier);
}

/* Idle agents are asked again (`take`) at a time, not before now; of several the earliest counts.
 * For decisions that time alone changes: somebody has waited long enough to overflow. Does nothing
 * once nobody comes any more. */
static inline void tsim_policy_wake(const struct tsim_policy_view *view, double at_s)
{
    view->calls->wake(view, at_s);
}

/* Index of a name among n; TSIM_POLICY_NONE when it is not there. */
static inline uint32_t tsim_policy_find(const char *const *names, uint32_t n, const char *name)
{
    for (uint32_t i = 0; i < n; i++) {
        const char *a = names[i], *b = name;
        while (*a && *a == *b) {
            a++;
            b++;
        }
        if (*a == *b)
            return i;
    }
    return TSIM_POLICY_NONE;
}

#ifdef __cplusplus
}
#endif
#endif
