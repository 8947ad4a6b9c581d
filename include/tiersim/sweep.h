/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim/sweep.h - what each number of a scenario does, and which settings are worth their cost.
 *
 * A study with the method "sweep" names factors - numbers of its scenario - and a design: which
 * combinations of their values to simulate. Each combination is a point; replication r of all
 * points sees the same customers. Out come the responses (promises, cost, further measures) at
 * every point, what each factor does to them, and the points at which cost and promise cannot
 * both be improved.
 *
 * A sweep can keep a journal of finished replications in a file. A sweep that was interrupted, or
 * killed, goes on from there and ends with the same result to the last bit.
 */
#ifndef TIERSIM_SWEEP_H
#define TIERSIM_SWEEP_H

#include <stdint.h>
#include <tiersim/problem.h>
#include <tiersim/result.h>
#include <tiersim/run.h>
#include <tiersim/study.h>

#ifdef __cplusplus
extern "C" {
#endif

struct tsim_sweep;

/* The order is that of the words in a study file. */
enum tsim_design {
    TSIM_FACTORIAL,
    TSIM_ONE_AT_A_TIME,
    TSIM_LATIN_HYPERCUBE,
    TSIM_SOBOL,
};

struct tsim_factor {
    const char   *name;
    const char   *setting; /* "tiers[1].pools[0].agents = ?"                             */
    bool          whole;
    double        low, high;
    double        step;    /* "one more": the change that slopes are told for             */
    double        base;    /* one at a time: its value while others change               */
    size_t        n_levels; /* 0: anywhere between low and high                           */
    const double *levels;
};

/* What is looked at at every point. */
struct tsim_response {
    const char    *name;     /* a promise's text, or scope.entry.measure                  */
    enum tsim_unit unit;
    bool           cost;     /* the one that is the cost                                  */
    bool           promise;
    bool           at_least; /* of a promise                                              */
    double         target;
};

struct tsim_sweep_point {
    const double *values;    /* of the factors                                            */
    const char   *settings;
    const struct tsim_estimate *estimates; /* of the responses, each with the confidence  */
    const enum tsim_verdict    *verdicts;  /* of responses that are promises              */
    bool          keeps_all; /* every promise is kept, by estimate                        */
};

/* Main effect of a factor (`second` is then `first`) or interaction of two, in a full factorial
 * design: change of the response from the first to the last level; see docs/experiments.md. */
struct tsim_effect {
    size_t               first, second;
    struct tsim_estimate change; /* holds together with the other effects on the response */
    double               share;  /* of the variation over the points                     */
};

/* One at a time: the response at a factor's lowest and highest value, less that at the base. */
struct tsim_swing {
    struct tsim_estimate low, high; /* not defined: that value is the base               */
};

/* Change of a response for one step of a factor: by a surface through all points, at the middle of
 * what was tried; one at a time from the base to the next value that was tried. */
struct tsim_slope {
    struct tsim_estimate change; /* not defined: the points do not determine it          */
};

/* How well that surface fits: 1 is exact. One at a time there is none. */
struct tsim_surface {
    bool   curved;             /* quadratic; else linear                                 */
    bool   defined, predicted_defined;
    double r2, predicted;      /* of the points; of each point from the others           */
};

/* Whether a point is on the Pareto front of cost against a promise. */
struct tsim_front_mark {
    bool on;   /* no other point is better in one and not worse in the other, by estimates */
    bool sure; /* … and paired intervals settle that                                     */
};

struct tsim_sweep_info {
    const char      *study, *scenario, *currency;
    enum tsim_design design;
    double           confidence; /* of each estimate; of all effects (swings, slopes) on a
                                    response together                                    */
    uint32_t         replications, planned; /* of each point                             */
    bool             complete;   /* false: it was interrupted, and `replications` are what every
                                    point has                                            */
    uint64_t         seed;
    size_t           points, factors, responses;
    size_t           cost;       /* the response that is the cost                        */
    size_t           base;       /* one at a time: that point                            */
    uint64_t         resumed;    /* replications that came from the journal; not part of the
                                    reproducible result, as is what follows              */
    uint64_t         contacts, events; /* of all                                         */
    double           wall_s;
    uint32_t         threads;
};

struct tsim_sweep_options {
    struct tsim_run_options run; /* precision and logs are not used                      */
    const char *journal;         /* file of finished replications; NULL: none            */
};

/* Sweeps. `options` may be NULL. NULL on errors, which are in `problems`. When it is interrupted,
 * the journal holds what was finished, and what is returned is about the replications that every
 * point has: NULL when that is none. Caller frees. */
TSIM_API struct tsim_sweep *tsim_sweep_run(const struct tsim_study *study,
                                           const struct tsim_sweep_options *options,
                                           struct tsim_problems *problems);

/* NULL is fine. */
TSIM_API void tsim_sweep_free(struct tsim_sweep *sweep);

TSIM_API const struct tsim_sweep_info  *tsim_sweep_info(const struct tsim_sweep *sweep);
TSIM_API const struct tsim_factor      *tsim_sweep_factor(const struct tsim_sweep *sweep,
                                                          size_t factor);
TSIM_API const struct tsim_response    *tsim_sweep_response(const struct tsim_sweep *sweep,
                                                            size_t response);
TSIM_API const struct tsim_sweep_point *tsim_sweep_point(const struct tsim_sweep *sweep,
                                                         size_t point);

/* Effects on a response: of each factor, then of each pair; none unless the design is factorial. */
TSIM_API const struct tsim_effect *tsim_sweep_effects(const struct tsim_sweep *sweep,
                                                      size_t response, size_t *count);
/* Mean of a response at a level of a factor, over all points there; a factorial design's. */
TSIM_API struct tsim_estimate tsim_sweep_level(const struct tsim_sweep *sweep, size_t response,
                                               size_t factor, size_t level);
/* One for each factor; NULL unless the design is one at a time. */
TSIM_API const struct tsim_swing *tsim_sweep_swings(const struct tsim_sweep *sweep,
                                                    size_t response);
/* One for each factor. */
TSIM_API const struct tsim_slope *tsim_sweep_slopes(const struct tsim_sweep *sweep,
                                                    size_t response);
TSIM_API const struct tsim_surface *tsim_sweep_surface(const struct tsim_sweep *sweep,
                                                       size_t response);
/* One for each point; NULL when the response is no promise. */
TSIM_API const struct tsim_front_mark *tsim_sweep_front(const struct tsim_sweep *sweep,
                                                        size_t response);

/* The value of a response in one replication of a point; `*defined`: something was measured. */
TSIM_API double tsim_sweep_value(const struct tsim_sweep *sweep, size_t point,
                                 uint32_t replication, size_t response, bool *defined);

/* 16 hexadecimal digits: equal for equal studies, seeds and versions, whatever the threads and
 * however often it was interrupted. */
TSIM_API const char *tsim_sweep_digest(const struct tsim_sweep *sweep);

/* "factorial", "one_at_a_time" … */
TSIM_API const char *tsim_design_name(enum tsim_design design);

#ifdef __cplusplus
}
#endif
#endif
