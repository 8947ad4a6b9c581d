/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim/size.h - the cheapest staffing that keeps every promise.
 *
 * Sizing takes the numbers of agents of a scenario as unknown, and finds those of least cost with
 * which all its promises are kept: by formulas first, then by simulation with the same customers
 * for every candidate. The answer is verified on replications that the search has not seen.
 * docs/sizing.md says how, and what the answers mean.
 */
#ifndef TIERSIM_SIZE_H
#define TIERSIM_SIZE_H

#include <stdint.h>
#include <tiersim/problem.h>
#include <tiersim/result.h>
#include <tiersim/run.h>
#include <tiersim/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

struct tsim_sizing;

/* Zero means the default. */
struct tsim_size_options {
    double confidence;    /* with which each promise is to hold (0.95)                      */
    double days;          /* a promise is to hold on this share of days (replications); 0: on
                             average over days                                              */
    bool   per_interval;  /* a number for each report interval, not one for the whole time   */
    double cost_most;     /* ends early, as dropped, when the agents must cost more a day; 0: no */
    bool   each_interval; /* service levels of tiers are to hold in every report interval    */
};

/* What became of a promise with the staffing that was found. */
struct tsim_size_promise {
    const char          *text;
    enum tsim_unit       unit;
    bool                 at_least;
    double               target;
    bool                 by_days;  /* target and estimate are shares of days on which it holds  */
    bool                 day_at_least; /* by_days: what is promised of each of those days        */
    double               day_target;
    enum tsim_unit       day_unit;
    struct tsim_estimate estimate; /* on the verifying replications                          */
    enum tsim_verdict    verdict;  /* KEPT: with the confidence                              */
};

/* Why no staffing keeps a promise: something besides the staffing, were it not so. */
enum tsim_size_cause {
    TSIM_CAUSE_PATIENCE,  /* nobody gave up waiting                                         */
    TSIM_CAUSE_WORK,      /* handling took no time                                          */
    TSIM_CAUSE_AUTHORITY, /* every pool might approve everything                            */
    TSIM_CAUSE_LIMITS,    /* no pool had a limit of its agents (sizing.at_most)             */
    TSIM_CAUSE_HOURS,     /* agents were there all the time                                 */
    TSIM_CAUSE_SOLVING,   /* every tier solved all that it tries                            */
    TSIM_CAUSE_VENDOR,    /* the vendor was done at once                                    */
    TSIM_CAUSE_PROMISE,   /* another promise were not made: the one that comes off worst    */
    TSIM_CAUSES
};

struct tsim_size_reason {
    enum tsim_size_cause cause;
    bool                 keeps;       /* the promise would be kept then …                   */
    double               value;       /* … and be this, on the search's customers           */
    size_t               other;       /* TSIM_CAUSE_PROMISE: that promise …                 */
    double               other_value; /* … and what it is where this one is kept            */
};

/* A pool, and what one agent less or more does. */
struct tsim_size_pool {
    const char *tier, *pool;
    uint32_t    now, preplan, need; /* agents; the most at once where it changes over time    */
    bool        fixed;           /* it has no agents in the scenario: left as it is          */
    double      floor_hours, paid_hours; /* of need, a day                                   */
    double      shrinkage;       /* paid time that is not spent on the floor, its share       */
    uint32_t    payroll;         /* heads for that need: floor / (1 - shrinkage), rounded up  */
    double      load;            /* erlang, the mean of its tier over open intervals          */
    struct tsim_estimate occupancy;
    double      cost, cost_now;  /* a day, of all its agents                                 */
    bool        fewer_known, fewer_breaks; /* with one fewer: a promise can not be held       */
    size_t      fewer_promise;   /* … the first to suffer, and its value                      */
    double      fewer_value;
    uint32_t    fewer_interval, more_interval; /* by interval: where one fewer does least harm, and
                                                   one more is worth most; else UINT32_MAX       */
    bool        more_known;
    double      more_value;      /* the value of the same promise with one more              */
    double      more_cost;       /* change of the desk's whole cost a day with one more       */
};

struct tsim_size_info {
    const char *scenario, *file, *currency;
    bool        money;        /* costs are money; else agent hours, for a pool has no wage     */
    double      confidence, days;
    bool        per_interval, each_interval;
    bool        feasible;     /* a staffing was found that keeps all promises                */
    bool        complete;     /* false: interrupted or out of time; then it is the best so far */
    bool        unsure;       /* feasible, but the search ended before fresh replications could
                                 tell, as sure as asked, that all promises are kept          */
    bool        dropped;      /* the lower bound is above cost_most: not searched further       */
    size_t      broken;       /* not feasible: the promise that cannot be kept              */
    bool        certain;      /* … because it asks for certainty: 100 %, 0 % or no wait      */
    bool        budget;       /* … though all others can: what keeps them costs too much     */
    double      cost_now, cost_preplan, cost; /* of the agents, a day                      */
    double      bound;        /* no staffing that keeps all promises costs less (see docs)    */
    bool        bound_by_slopes; /* … as long as each further agent adds less than the last   */
    struct tsim_estimate total_now, total; /* the desk's whole cost a day                   */
    uint64_t    seed;
    uint32_t    searched, verified; /* replications of a candidate                         */
    uint32_t    candidates;
    uint64_t    replications, contacts, events;
    uint32_t    intervals;
    double      interval_s;
    const char *start_day;    /* of the first interval                                      */
    uint32_t    start_second;
    double      wall_s;       /* not part of the reproducible result                        */
    uint32_t    threads;
};

/* Sizes. Both options may be NULL; of `run`, precision and logs are not used, replications are
 * those of the search. NULL on errors, which are in `problems`: a scenario without promises has no
 * answer. Caller frees. */
TSIM_API struct tsim_sizing *tsim_size(const struct tsim_scenario *scenario,
                                       const struct tsim_size_options *options,
                                       const struct tsim_run_options *run,
                                       struct tsim_problems *problems);

/* NULL is fine. */
TSIM_API void tsim_sizing_free(struct tsim_sizing *sizing);

TSIM_API const struct tsim_size_info *tsim_sizing_info(const struct tsim_sizing *sizing);
TSIM_API const struct tsim_size_pool *tsim_sizing_pools(const struct tsim_sizing *sizing,
                                                        size_t *count);
TSIM_API const struct tsim_size_promise *tsim_sizing_promises(const struct tsim_sizing *sizing,
                                                              size_t *count);

/* Where no staffing keeps a promise (feasible is false), what was tried to find out why. */
TSIM_API const struct tsim_size_reason *tsim_sizing_reasons(const struct tsim_sizing *sizing,
                                                            size_t *count);

/* Agents of a pool in a report interval: found, by the pre-plan, and as the scenario has them. */
enum tsim_size_which { TSIM_SIZE_NEED, TSIM_SIZE_PREPLAN, TSIM_SIZE_NOW };
TSIM_API uint32_t tsim_sizing_agents(const struct tsim_sizing *sizing, enum tsim_size_which which,
                                     size_t pool, size_t interval);

/* The offered load of its pool's tier in a report interval, by formulas: agents busy if nobody ever
 * had to wait. */
TSIM_API double tsim_sizing_load(const struct tsim_sizing *sizing, size_t pool, size_t interval);

/* The settings that make the scenario one with the staffing found: for tsim_scenario_vary. */
TSIM_API const char *tsim_sizing_settings(const struct tsim_sizing *sizing);

/* 16 hexadecimal digits: equal for equal scenarios, seeds and versions, whatever the threads. */
TSIM_API const char *tsim_sizing_digest(const struct tsim_sizing *sizing);

#ifdef __cplusplus
}
#endif
#endif
