/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim/select.h - the best of many scenarios.
 *
 * A study with the method "select" names a measure, which value of it is best, and either the
 * smallest difference that matters (the indifference zone) or a budget of replications. With a
 * zone, replications go on until the best is known with a guaranteed probability: those that fall
 * behind are dropped on the way (the procedure KN). With a budget they are dealt to those that
 * might be best (OCBA), and the probability is an estimate. docs/experiments.md says more.
 */
#ifndef TIERSIM_SELECT_H
#define TIERSIM_SELECT_H

#include <stdint.h>
#include <tiersim/problem.h>
#include <tiersim/result.h>
#include <tiersim/run.h>
#include <tiersim/study.h>

#ifdef __cplusplus
extern "C" {
#endif

struct tsim_selection;

enum tsim_standing {
    TSIM_SELECTED, /* ahead of all others; the answer when the selection is decided      */
    TSIM_CLOSE,    /* came out within the zone of it                                     */
    TSIM_BEHIND,   /* came out further behind                                            */
};

/* A point of the study and what became of it. */
struct tsim_candidate {
    const char          *name, *file, *settings; /* as in tsim_point                     */
    struct tsim_estimate estimate;      /* the measure, with an interval of its own       */
    struct tsim_estimate behind;        /* how much worse than the selected one, on the same
                                           customers; these intervals hold together       */
    uint32_t             replications;
    uint32_t             dropped_after; /* replications; 0: not dropped                   */
    size_t               dropped_by;    /* … and by which point                           */
    enum tsim_standing   standing;
};

struct tsim_selection_info {
    const char    *study, *measure, *doc, *currency;
    enum tsim_unit unit;
    bool           largest;      /* is best; else the smallest                            */
    double         zone;         /* 0: none (with a budget)                               */
    uint64_t       budget;       /* 0: none                                               */
    uint32_t       first, most;  /* replications of each: before the first look, at most  */
    double         confidence;   /* asked                                                 */
    double         probability;  /* that the selection is right: guaranteed (0 when not decided);
                                    with a budget a lower bound, estimated, of the probability
                                    that none is better (by the zone or more, if there is one) */
    bool           decided;      /* the procedure came to its end                         */
    bool           complete;     /* false: interrupted or out of time                     */
    size_t         best;         /* the selected point                                    */
    uint64_t       seed;
    uint64_t       replications; /* of all together                                       */
    uint64_t       equal;        /* … if all were simulated alike for the same: as often as the
                                    selected one, or for the same estimated probability   */
    uint64_t       contacts, events;
    double         wall_s;       /* not part of the reproducible result                   */
    uint32_t       threads;
};

/* Selects. `options` may be NULL; replications, precision and logs of it are not used. NULL on
 * errors, which are in `problems`, and when it was interrupted before each point had its first
 * replications. Caller frees. */
TSIM_API struct tsim_selection *tsim_select(const struct tsim_study *study,
                                            const struct tsim_run_options *options,
                                            struct tsim_problems *problems);

/* NULL is fine. */
TSIM_API void tsim_selection_free(struct tsim_selection *selection);

TSIM_API const struct tsim_selection_info *
tsim_selection_info(const struct tsim_selection *selection);

/* In the order of the study's points. */
TSIM_API const struct tsim_candidate *
tsim_selection_candidates(const struct tsim_selection *selection, size_t *count);

/* The measure in one replication of a candidate (in its set, where busy days are spread over sets);
 * `*defined` says whether there was something to
 * measure. */
TSIM_API double tsim_selection_value(const struct tsim_selection *selection, size_t candidate,
                                     uint32_t replication, bool *defined);

/* 16 hexadecimal digits: equal for equal studies, seeds and versions, whatever the threads. */
TSIM_API const char *tsim_selection_digest(const struct tsim_selection *selection);

#ifdef __cplusplus
}
#endif
#endif
