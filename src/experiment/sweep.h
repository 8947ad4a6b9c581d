/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/sweep.h - the inside of a sweep. Private to the room.
 *
 * sweep_points.c makes the points of the design and their scenarios; sweep.c simulates them, with
 * a journal; sweep_result.c says what the values mean.
 */
#ifndef EXPERIMENT_SWEEP_H
#define EXPERIMENT_SWEEP_H

#include <tiersim/sweep.h>

#include "base/arena.h"
#include "experiment/study.h"
#include "stats/contrast.h"
#include "stats/design.h"

struct tsim_sweep {
    struct arena             arena;
    struct tsim_sweep_info   info;
    const struct tsim_study *study;
    struct tsim_factor      *factors;
    struct tsim_response    *responses;
    struct design            design;
    struct tsim_sweep_point *points;
    struct tsim_scenario   **scenarios; /* [point]                                         */
    size_t                  *place;     /* [point * responses + response] among all pairs  */
    double                  *xy;        /* [((point * planned) + r) * responses + response]
                                           pairs x, y                                      */
    struct response         *values;    /* [response]                                      */
    uint32_t                *level, *n_levels; /* of a factorial design (stats/effects.h)  */
    size_t                   n_effects; /* on a response                                   */
    struct tsim_effect      *effects;   /* [response * n_effects]                          */
    struct tsim_swing       *swings;    /* [response * factors]; NULL: another design      */
    struct tsim_slope       *slopes;    /* [response * factors]                            */
    struct tsim_surface     *surfaces;  /* [response]                                      */
    struct tsim_front_mark **fronts;    /* [response]; NULL: not a promise                 */
    char                     digest[17];
};

/* Factors, points and scenarios of the study. False when a problem was reported. */
bool sweep_make_points(struct tsim_sweep *sweep, struct tsim_problems *problems);

/* What is looked at, and where it stands among the pairs of every point. */
bool sweep_make_responses(struct tsim_sweep *sweep, struct tsim_problems *problems);

/* From xy to everything else. False, reported, when memory is out. */
bool sweep_conclude(struct tsim_sweep *sweep, struct tsim_problems *problems);

/* The pairs of one replication of a point: x, y of each response. */
static inline double *sweep_pairs(const struct tsim_sweep *sweep, size_t point,
                                  uint32_t replication)
{
    return sweep->xy + (point * sweep->info.planned + replication) * sweep->info.responses * 2;
}

#endif
