/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/effects.h - what each factor of a full factorial design does.
 *
 * Main effect of a factor: mean response over all points at its last level less that at its first,
 * so averaged over everything else that was tried. Interaction of two factors: half the difference
 * between the effect of the one at the last and at the first level of the other (G. E. P. Box,
 * J. S. Hunter and W. G. Hunter, Statistics for Experimenters, 2nd ed., Wiley 2005, chapter 5).
 * Both are contrasts of points (stats/contrast.h), with intervals from paired replications.
 *
 * Shares say which of them matters, over all levels: parts of the sum of squares of the points'
 * values around their mean, as in an analysis of variance with one value a cell; of these values as
 * they were estimated, noise and all. Main effects and interactions of two add up to 1 with what
 * is left, the interactions of three and more.
 */
#ifndef STATS_EFFECTS_H
#define STATS_EFFECTS_H

#include "stats/contrast.h"

/* Places of the points of a full factorial design among the levels of its factors. */
struct factorial {
    uint32_t        n_factors, n_points;
    const uint32_t *n_levels; /* [factor]                                */
    const uint32_t *level;    /* [point * n_factors + factor]            */
};

struct effect {
    struct interval_estimate change; /* from first to last level; not defined: some point is not */
    double                   share;  /* of the sum of squares; 0 when nothing changes            */
};

/* Effect of a factor; and of two together (first < second). `weights` has room for n_points. */
struct effect effect_main(const struct factorial *factorial, const struct response *response,
                          uint32_t factor, double t, double *weights);
struct effect effect_of_two(const struct factorial *factorial, const struct response *response,
                            uint32_t first, uint32_t second, double t, double *weights);

/* Mean response at a level of a factor, over all points there. */
struct interval_estimate effect_level(const struct factorial *factorial,
                                      const struct response *response, uint32_t factor,
                                      uint32_t level, double t, double *weights);

#endif
