/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/compare.h - the inside of a comparison. Private to the room.
 *
 * compare.c simulates, compare_measures.c says what is looked at, compare_judge.c what is shown.
 */
#ifndef EXPERIMENT_COMPARE_H
#define EXPERIMENT_COMPARE_H

#include <tiersim/compare.h>

#include "base/arena.h"
#include "experiment/gather.h"
#include "experiment/study.h"

struct tsim_comparison {
    struct arena                arena;
    const struct tsim_study    *study;
    struct tsim_comparison_info info;
    size_t                      n_points, n_measures;
    struct gathered            *gathered;    /* [n_points]                                 */
    struct tsim_result        **results;     /* [n_points]; they take over the pairs       */
    struct tsim_compared       *measures;    /* [n_measures]                               */
    size_t                     *places;      /* [measure * n_points + point] of its pair;
                                                SIZE_MAX: the point has no such value      */
    struct tsim_difference     *differences; /* [compare_at(…)]                            */
    char                        digest[17];
};

/* Where the difference of two points, `high` > `low`, in a measure stands. */
static inline size_t compare_at(const struct tsim_comparison *comparison, size_t high, size_t low,
                                size_t measure)
{
    return (high * (high - 1) / 2 + low) * comparison->n_measures + measure;
}

/* Fills measures and places. False when a problem was reported. */
bool compare_measures(struct tsim_comparison *comparison, struct tsim_problems *problems);

/* Leaves out what is 0 or undefined in all points. */
void compare_drop_empty(struct tsim_comparison *comparison);

/* Works the differences out, over the first `n` replications, at least two, so that all hold
 * together with `confidence` by Bonferroni's inequality; says what is best. False when memory is
 * out. */
bool compare_judge(struct tsim_comparison *comparison, uint32_t n, double confidence);

/* How many replications of each would about decide what is not: 0 when every difference is shown,
 * or narrower than the indifference; or, where a precision is asked, when all are as narrow. */
uint32_t compare_undecided(const struct tsim_comparison *comparison, uint32_t n);

#endif
