/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/design.h - which points of a space to try.
 *
 * A factor is a number that is varied: over levels that somebody listed, or anywhere in a range.
 * A design is a list of points, each a value of every factor, without duplicates, in an order that
 * depends on nothing but what was asked.
 *
 *   full factorial     every combination of levels; the last factor changes fastest
 *   one at a time      the base point first, then for each factor its other levels with all other
 *                      factors at their base
 *   Latin hypercube    n strata of every factor are each used once, in random combinations
 *                      (M. D. McKay, R. J. Beckman and W. J. Conover, Technometrics 21(2), 1979)
 *   Sobol              the first n points of Sobol's low-discrepancy sequence, at most 40 factors
 *                      (I. M. Sobol', USSR Comp. Math. and Math. Phys. 7(4), 1967; GSL)
 *
 * The last two fill the space: a factor that lists levels is taken at its levels, evenly; a whole
 * one at whole numbers. Points may then coincide; later ones are left out, so that a design can
 * have fewer points than asked.
 */
#ifndef STATS_DESIGN_H
#define STATS_DESIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DESIGN_FACTORS_MOST = 40, DESIGN_POINTS_MOST = 100000 };

/* With n_levels 0 anywhere in [low, high]. */
struct design_factor {
    const double *levels;
    uint32_t      n_levels;
    double        low, high;
    double        base; /* one at a time: the value while others change */
    bool          whole;
};

enum design_status { DESIGN_OK, DESIGN_TOO_MANY_POINTS, DESIGN_TOO_MANY_FACTORS, DESIGN_NO_MEMORY };

struct design {
    uint32_t n_factors, n_points;
    double  *at; /* [point * n_factors + factor] */
};

/* Uniform numbers in (0, 1), one after another. */
struct design_random {
    double (*next)(void *state);
    void *state;
};

/* Factors of a range are taken at its two ends. */
enum design_status design_factorial(struct design *design, const struct design_factor *factors,
                                    uint32_t n_factors);
enum design_status design_one_at_a_time(struct design *design, const struct design_factor *factors,
                                        uint32_t n_factors);
enum design_status design_latin_hypercube(struct design *design,
                                          const struct design_factor *factors, uint32_t n_factors,
                                          uint32_t n_points, const struct design_random *random);
enum design_status design_sobol(struct design *design, const struct design_factor *factors,
                                uint32_t n_factors, uint32_t n_points);

/* Frees the points; a design that was never made or failed is fine if it was zeroed. */
void design_free(struct design *design);

static inline const double *design_point(const struct design *design, uint32_t point)
{
    return design->at + (size_t)point * design->n_factors;
}

/* The point with these values; n_points: none has them. */
uint32_t design_find(const struct design *design, const double *values);

#endif
