/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim/result.h - read what a run found.
 *
 * A result is a set of estimates addressed by (scope, entry, measure): scope says
 * what kind of thing is measured, entry which one, measure what about it. Every
 * estimate has an interval over independent replications at the result's confidence
 * level (ratios by the delta method, quantiles by sectioning).
 *
 * A result never changes; any thread may read it. Texts live as long as it does.
 */
#ifndef TIERSIM_RESULT_H
#define TIERSIM_RESULT_H

#include <stdint.h>
#include <tiersim/problem.h>

#ifdef __cplusplus
extern "C" {
#endif

struct tsim_result;

enum tsim_scope {
    TSIM_SCOPE_DESK,          /* the whole desk: one entry                          */
    TSIM_SCOPE_FATE,          /* self_service, each tier, vendor, abandoned, blocked,
                                 unresolved, open                                   */
    TSIM_SCOPE_TIER,          /* human tiers in order                               */
    TSIM_SCOPE_POOL,          /* pools in order of tiers                            */
    TSIM_SCOPE_ISSUE,         /* issue types                                        */
    TSIM_SCOPE_SEVERITY,
    TSIM_SCOPE_SEGMENT,
    TSIM_SCOPE_CHANNEL,
    TSIM_SCOPE_STREAM,
    TSIM_SCOPE_INTERVAL,      /* clock intervals of one report cycle (day, week)    */
    TSIM_SCOPE_TIER_INTERVAL, /* entry = tier * intervals + interval                */
    TSIM_SCOPE_TIER_ISSUE,    /* entry = tier * issues + issue                      */
    TSIM_SCOPE_POOL_ISSUE,    /* entry = pool * issues + issue                      */
    TSIM_SCOPE_SLA,           /* each SLA target                                    */
    TSIM_SCOPE_COST,          /* lines of the money ledger, the total last          */
    TSIM_SCOPE_MOVE,          /* hand-offs: from one tier to another, with counts   */
    TSIM_SCOPE_CAUSE,         /* escalations: entry = tier * triggers + trigger     */
    TSIM_SCOPE_TRIGGER,       /* the same over all tiers                            */
    TSIM_SCOPE_HOPS,          /* contacts by their hand-offs: 0, 1 … 5 or more      */
    TSIM_SCOPE_TASK,          /* approvals, experts, notifications, root causes,
                                 follow-ups                                         */
    TSIM_SCOPE_DELAY,         /* what used up the clocks of an SLA target:
                                 "target/part"                                     */
    TSIM_SCOPES
};

/* How to print a value. */
enum tsim_unit {
    TSIM_UNIT_COUNT,    /* a number                          */
    TSIM_UNIT_SHARE,    /* 0-1, printed as per cent          */
    TSIM_UNIT_DURATION, /* seconds                           */
    TSIM_UNIT_MONEY,    /* in the scenario's currency        */
};

struct tsim_measure {
    const char    *name; /* snake_case, stable: "wait_mean"  */
    enum tsim_unit unit;
    const char    *doc;  /* one sentence                     */
};

/* `defined` is false when there was nothing to measure (0/0); then all values are 0.
 * `low` and `high` equal `value` when there is no interval (one replication):
 * `std_error` is then 0 and `has_interval` false. */
struct tsim_estimate {
    double value, low, high, std_error;
    bool   defined, has_interval;
};

/* A promise of the scenario and what became of it. */
enum tsim_verdict { TSIM_KEPT, TSIM_BROKEN, TSIM_TOO_CLOSE, TSIM_UNKNOWN };

struct tsim_promise {
    const char          *text;     /* "L1 answered within 5 min"                    */
    enum tsim_unit       unit;
    bool                 at_least; /* else: at most                                 */
    double               target;
    struct tsim_estimate estimate;
    enum tsim_verdict    verdict;  /* whole interval on one side, or too close      */
    uint32_t             more_replications; /* further ones that would about decide */
};

/* The resolution split against its target (80/15/5 by default). */
struct tsim_split {
    const char          *tier;
    double               target;
    struct tsim_estimate share;   /* of what human tiers resolved                   */
    enum tsim_verdict    verdict; /* KEPT: within the tolerance of the target       */
};

/* An exact or standard analytic value beside the simulated one. */
struct tsim_crosscheck {
    const char *tier;
    const char *model;   /* "Erlang A", "Erlang C", "Erlang B", "Jackson"            */
    const char *measure; /* a measure of TSIM_SCOPE_TIER: "wait_mean"               */
    double      analytic;
    struct tsim_estimate simulated;
    bool        exact;   /* every assumption holds: the two must agree              */
    const char *reasons; /* which features explain a difference; "" when exact      */
};

/* Bars of a distribution: share of observations in [edge[i], edge[i+1]). */
struct tsim_distribution {
    const char   *name;   /* "wait"                                                */
    const char   *entry;  /* tier name                                             */
    size_t        bars;
    const double *edges;  /* bars + 1 of them, seconds                             */
    const double *shares; /* add up to 1, unless there was nothing                  */
    uint64_t      count;
};

/* What the course of the contacts in the system says about a steady state. All 0 where it is not
 * one, or has too few blocks of time to tell. */
struct tsim_steadiness {
    bool   drifts;       /* still grows at the end: cannot keep up                    */
    bool   starts_apart; /* the warm-up is too short                                  */
    bool   settles;      /* MSER-5 finds where it ends, …                             */
    double settles_s;    /* … so much of the counted time should be left out          */
    double remembers_s;  /* integrated autocorrelation time; 0: not known             */
    double needed_s;     /* counted time in all for a mean backlog to 1 %; 0: not known */
    bool   batches_hang; /* of one long run: they are too short for intervals over them  */
    double batch_s;      /* … and would have to be this long; 0: not known, or no batches */
};

/* About the run as a whole. */
struct tsim_run_info {
    const char *scenario;      /* its name                                          */
    const char *title;         /* its one-line description; may be ""               */
    const char *file;          /* as given                                          */
    const char *fingerprint;   /* of the input text                                 */
    const char *currency;
    uint64_t    seed;
    uint32_t    replications;  /* complete ones, all in the estimates               */
    uint32_t    planned;
    uint32_t    batches;       /* what a replication is here: a batch of one long run; 0: it is
                                  a run of its own                                  */
    bool        complete;      /* false: interrupted or out of time                 */
    bool        precision_asked, precision_reached;
    double      precision;     /* asked relative half-width                         */
    bool        steady_state;
    double      warmup_s, length_s; /* simulated time of one replication, or of all batches */
    bool        adjusts;       /* control variates were asked for                   */
    uint32_t    set;           /* replications whose busy days are spread together; 1: none */
    double      interval_s;    /* width of a report interval                        */
    double      cycle_s;       /* length of a report cycle (a day, a week, …)       */
    const char *start_day;     /* weekday of time 0: "Mon"                          */
    uint32_t    start_second;  /* second of that day of time 0                      */
    double      confidence;    /* 0.95                                              */
    struct tsim_steadiness steadiness;
    uint32_t    tiers, pools, agents_max;
    uint64_t    contacts, events;  /* over all complete replications                */
    double      wall_s;        /* how long it took; not part of the reproducible result */
    uint32_t    threads;
    const char *self_service;  /* name of tier 0; NULL: none                        */
    const char *policy;        /* name of the user's own; NULL: none                */
    const char *policy_fingerprint; /* of its file; NULL: none                      */
};

TSIM_API void tsim_result_free(struct tsim_result *result);

TSIM_API const struct tsim_run_info *tsim_result_info(const struct tsim_result *result);

/* "desk", "tier", "tier_interval" … as used in files. */
TSIM_API const char *tsim_scope_name(enum tsim_scope scope);

TSIM_API size_t tsim_result_entries(const struct tsim_result *result, enum tsim_scope scope);
TSIM_API const char *tsim_result_entry(const struct tsim_result *result, enum tsim_scope scope,
                                       size_t entry);

/* The measures of a scope; `count` is set. */
TSIM_API const struct tsim_measure *tsim_result_measures(const struct tsim_result *result,
                                                         enum tsim_scope scope, size_t *count);

/* Index of a measure by name; (size_t)-1 when the scope has none of that name. */
TSIM_API size_t tsim_result_measure(const struct tsim_result *result, enum tsim_scope scope,
                                    const char *name);

TSIM_API struct tsim_estimate tsim_result_get(const struct tsim_result *result,
                                              enum tsim_scope scope, size_t entry, size_t measure);

/* The same by names; undefined when there is no such value. */
TSIM_API struct tsim_estimate tsim_result_find(const struct tsim_result *result,
                                               enum tsim_scope scope, const char *entry,
                                               const char *measure);

/* The value of one replication (interval scopes keep none: undefined); NAN-free:
 * `*defined` says whether there was something to measure. */
TSIM_API double tsim_result_of_replication(const struct tsim_result *result, uint32_t replication,
                                           enum tsim_scope scope, size_t entry, size_t measure,
                                           bool *defined);

TSIM_API const struct tsim_promise *tsim_result_promises(const struct tsim_result *result,
                                                         size_t *count);
TSIM_API const struct tsim_split *tsim_result_split(const struct tsim_result *result,
                                                    size_t *count);
TSIM_API const struct tsim_crosscheck *tsim_result_crosschecks(const struct tsim_result *result,
                                                               size_t *count);
TSIM_API const struct tsim_distribution *
tsim_result_distributions(const struct tsim_result *result, size_t *count);

/* An escalation trigger as people say it: "attempt failed" for "complexity"; what is none,
 * as it is. */
TSIM_API const char *tsim_trigger_words(const char *trigger);

/* What estimates were adjusted by (control variates): "arrivals of phone"; `count` 0: nothing. */
TSIM_API const char *const *tsim_result_controls(const struct tsim_result *result,
                                                 size_t *count);

/* How many times as many independent replications, not adjusted, would have been needed for the
 * same interval of this estimate: above 1, so much less work was done. 0: not known, or nothing
 * was done to save work (no controls, no sets). Below 1 it cost work. */
TSIM_API double tsim_result_less_work(const struct tsim_result *result, enum tsim_scope scope,
                                      size_t entry, size_t measure);

/* A digest of every number of the result that is reproducible: equal for equal
 * scenario, seed, replications and version, whatever the threads or the machine.
 * 16 hexadecimal digits. */
TSIM_API const char *tsim_result_digest(const struct tsim_result *result);

#ifdef __cplusplus
}
#endif
#endif
