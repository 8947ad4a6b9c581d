/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/surface.h - a plane, or a curved surface, through points.
 *
 * Least squares of a response on the factors: linear, or quadratic with all squares and products
 * (G. E. P. Box and K. B. Wilson, JRSS B 13(1), 1951), in units of half the range. The design is
 * decomposed into singular values once (GSL); directions that the points do not span are left out,
 * and what depends on them is said to be undetermined rather than guessed.
 *
 * Everything asked of a surface - a value, a slope - is a sum of the points' responses with
 * weights, so its interval comes from stats/contrast.h: it tells how much the answer would change
 * with other random numbers, not how well a surface of this form fits. That is what fit() tells:
 * share of the variance over the points explained, and the same when each point is predicted from
 * all others (PRESS: D. M. Allen, Technometrics 16(1), 1974), which a surface that bends to the
 * noise does not pass.
 */
#ifndef STATS_SURFACE_H
#define STATS_SURFACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum surface_kind { SURFACE_LINEAR, SURFACE_QUADRATIC };

/* Zeroed before surface_open. */
struct surface {
    enum surface_kind kind;
    uint32_t n_factors, n_points, n_terms, rank;
    double  *middle, *half; /* [factor]                                                     */
    double  *solve;         /* [term * n_points + point]: coefficient = sum solve * value   */
    double  *span;          /* [term * n_terms + term]: projection on what is determined    */
    double  *lever;         /* [point]: how much of its own value a point's fit is          */
};

struct surface_fit {
    double r2;        /* of the points that made it                                         */
    double predicted; /* of each from the others; at most r2, below 0: worse than the mean  */
    bool   defined, predicted_defined; /* there is variance; no point stands alone          */
};

/* Numbers that the surface has, and whether a design of that size is worth the time and room. */
uint32_t surface_terms(enum surface_kind kind, uint32_t n_factors);
bool     surface_feasible(enum surface_kind kind, uint32_t n_factors, uint32_t n_points);

/* at[point * n_factors + factor]. Factors are measured from `middle`, or from the middle of their
 * range (NULL); at that place squares and products are 0, so slopes there are determined even if
 * the points do not tell products apart. False when memory is out. */
bool surface_open(struct surface *surface, enum surface_kind kind, const double *at,
                  uint32_t n_points, uint32_t n_factors, const double *middle);
void surface_close(struct surface *surface);

/* Weights of the points in the surface's value at a place, and in its slope along a factor there
 * (change of the response for one unit of the factor). False: the points do not determine it. */
bool surface_value(const struct surface *surface, const double *where, double *weights);
bool surface_slope(const struct surface *surface, const double *where, uint32_t factor,
                   double *weights);

/* `at` as given to surface_open. */
struct surface_fit surface_fit(const struct surface *surface, const double *at,
                               const double *values);

#endif
