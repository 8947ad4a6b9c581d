/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim/compare.h - is one desk better than another, and by how much?
 *
 * Simulates the points of a study with the method "compare" on the same customers and looks at
 * paired differences. All intervals of differences hold together with the study's confidence.
 */
#ifndef TIERSIM_COMPARE_H
#define TIERSIM_COMPARE_H

#include <stdint.h>
#include <tiersim/problem.h>
#include <tiersim/result.h>
#include <tiersim/run.h>
#include <tiersim/study.h>

#ifdef __cplusplus
extern "C" {
#endif

struct tsim_comparison;

/* Which of two values is better. */
enum tsim_sense { TSIM_NEITHER_IS_BETTER, TSIM_MORE_IS_BETTER, TSIM_LESS_IS_BETTER };

/* What is compared. */
struct tsim_compared {
    const char     *name;     /* "L1 answered within 5 min", or "tier.L1.wait_mean"          */
    const char     *doc;      /* one sentence; of promises "" */
    enum tsim_unit  unit;
    enum tsim_sense sense;
    bool            promise;  /* of the first point's; found by its text in the others       */
    bool            money;    /* the total cost                                              */
    size_t          best;     /* the point shown to be better than all others; (size_t)-1    */
    uint32_t        more_replications; /* further ones that would about show it; 0: none, or
                                          no number would                                    */
};

enum tsim_outcome {
    TSIM_UNDEFINED,  /* one of the two has no such value                             */
    TSIM_IDENTICAL,  /* the same in every replication                                */
    TSIM_NOT_SHOWN,  /* the interval of the difference contains 0                    */
    TSIM_BETTER,
    TSIM_WORSE,
    TSIM_HIGHER,     /* where neither is better                                      */
    TSIM_LOWER,
};

/* A point less another. */
struct tsim_difference {
    struct tsim_estimate difference; /* the interval holds together with all others          */
    enum tsim_outcome    outcome;
    double               reduction;  /* variance of independent runs / of these; 0: not known */
    uint32_t             more_replications; /* TSIM_NOT_SHOWN: further ones that would about
                                               show it, if it is there                       */
};

struct tsim_comparison_info {
    const char *study, *currency;
    double      confidence;   /* of all differences together                                 */
    double      each;         /* … and so of each (Bonferroni)                               */
    size_t      differences;  /* how many there are                                          */
    uint32_t    replications; /* complete ones of every point                                */
    uint64_t    seed;
    bool        complete;     /* false: interrupted or out of time                           */
    bool        until_decided, decided;
    double      indifference; /* see the study's key                                         */
    uint64_t    contacts, events;
    double      reduction;    /* median over the differences; 0: cannot be said              */
    double      wall_s;       /* not part of the reproducible result                         */
    uint32_t    threads;
};

/* Compares. `options` may be NULL; its precision and logs are not used. NULL on errors, which are
 * in `problems`, and when it was interrupted before two replications of every point. Caller
 * frees. */
TSIM_API struct tsim_comparison *tsim_compare(const struct tsim_study *study,
                                              const struct tsim_run_options *options,
                                              struct tsim_problems *problems);

/* NULL is fine. */
TSIM_API void tsim_comparison_free(struct tsim_comparison *comparison);

TSIM_API const struct tsim_comparison_info *
tsim_comparison_info(const struct tsim_comparison *comparison);

/* As in the study, in order; texts live as long as the study. */
TSIM_API const struct tsim_point *
tsim_comparison_points(const struct tsim_comparison *comparison, size_t *count);

/* All that a run of the point would have found. */
TSIM_API const struct tsim_result *
tsim_comparison_result(const struct tsim_comparison *comparison, size_t point);

TSIM_API const struct tsim_compared *
tsim_comparison_measures(const struct tsim_comparison *comparison, size_t *count);

/* The value of a measure at a point, with an interval of its own. */
TSIM_API struct tsim_estimate tsim_comparison_value(const struct tsim_comparison *comparison,
                                                    size_t point, size_t measure);

/* The value of one replication; `*defined` says whether there was something to measure. */
TSIM_API double tsim_comparison_of_replication(const struct tsim_comparison *comparison,
                                               size_t point, uint32_t replication,
                                               size_t measure, bool *defined);

/* `point` less `other`. */
TSIM_API struct tsim_difference
tsim_comparison_difference(const struct tsim_comparison *comparison, size_t point, size_t other,
                           size_t measure);

/* 16 hexadecimal digits: equal for equal studies, seeds and versions, whatever the threads. */
TSIM_API const char *tsim_comparison_digest(const struct tsim_comparison *comparison);

#ifdef __cplusplus
}
#endif
#endif
