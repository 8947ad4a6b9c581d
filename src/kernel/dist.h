/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernel/dist.h - distributions: one row of the catalogue each, one file each (kernel/dist/).
 *
 * A scenario's {"kind": "lognormal", "mean": "8 min", "cv": 0.9} is read by the kind's shape and
 * made, once, into a flat struct dist. Drawing takes numbers from an addressed rng and uses only
 * kernel/exact.h and exact integer arithmetic, so a draw has the same bits on every machine.
 * Monotone kinds are sampled by inversion (one number a draw); gamma, beta and counts by
 * published rejection or inversion methods named in their files.
 *
 * Moments and cdf are for reports, checks and tests, not for drawing; they may use libm.
 */
#ifndef KERNEL_DIST_H
#define KERNEL_DIST_H

#include "base/param.h"
#include "kernel/exact.h"
#include "kernel/rng.h"

struct dist;

struct dist_kind {
    struct kind kind; /* must stay first: the catalogue sees this                          */
    /* Makes a dist from read parameters (already inside their bounds); reports what spans
     * several parameters at `at`. Takes memory from the reader's arena. */
    bool (*make)(struct reader *reader, const struct json *at, const void *given,
                 struct dist *dist);
    double (*draw)(const struct dist *dist, struct rng *rng);
    /* Smallest x with cdf(x) >= u, from exact functions; never decreases in u. NULL for kinds
     * that are not drawn by inversion. */
    double (*quantile)(const struct dist *dist, double u);
    double (*mean)(const struct dist *dist);
    double (*variance)(const struct dist *dist); /* may be INFINITY                         */
    double (*cdf)(const struct dist *dist, double x); /* P(X <= x)                          */
    bool discrete; /* values are whole numbers                                              */
};

enum dist_fast { DIST_OTHER, DIST_CONSTANT, DIST_EXPONENTIAL };

struct dist {
    enum dist_fast          fast; /* the two kinds drawn inline                             */
    uint32_t                n;    /* length of table, or number of parts                    */
    double                  p[6]; /* the kind's numbers; constant and exponential: p[0] mean */
    const double           *table;
    const struct dist      *parts; /* mixture, truncated, shifted                           */
    const struct dist_kind *kind;
};

static inline double dist_draw(const struct dist *dist, struct rng *rng)
{
    if (dist->fast == DIST_EXPONENTIAL)
        return dist->p[0] * exact_exponential(rng_unit(rng));
    if (dist->fast == DIST_CONSTANT)
        return dist->p[0];
    return dist->kind->draw(dist, rng);
}

/* Of the other kinds; out of line, so that who draws needs no room for an rng. */
double dist_draw_other(const struct dist *dist, struct rng_key key, uint64_t purpose,
                       uint32_t entity, uint32_t visit, const struct rng_block *block);

/* The same draw as from rng_at(key, purpose, entity, visit), whose block 0 is at hand. */
static inline double dist_draw_at(const struct dist *dist, struct rng_key key, uint64_t purpose,
                                  uint32_t entity, uint32_t visit, const struct rng_block *block)
{
    if (dist->fast == DIST_EXPONENTIAL)
        return dist->p[0] * exact_exponential(rng_unit_of(block->bits));
    if (dist->fast == DIST_CONSTANT)
        return dist->p[0];
    return dist_draw_other(dist, key, purpose, entity, visit, block);
}

double dist_mean(const struct dist *dist);
double dist_variance(const struct dist *dist);
double dist_cdf(const struct dist *dist, double x);

/* The family of distributions of a quantity. dist_family takes durations, money or counts
 * (PARAM_QUANTITY in its rows follows reader->quantity); a bare value is a constant. */
extern const struct family dist_family;

/* Makes the dist of a choice read by dist_family. */
bool dist_make(struct reader *reader, const struct choice *choice, struct dist *dist);

/* Without a scenario: a constant; a gamma of shape 1e-3 … 1e6 and scale > 0. */
struct dist dist_constant(double value);
struct dist dist_gamma_of(double shape, double scale);

/* The gamma quantile for shapes 1e-3 … 1e6 and scale 1, 0 < u < 1, from exact functions. Gammas
 * are not drawn by it, because rejection is faster; it is for draws that must be spread evenly. */
double dist_gamma_quantile(double shape, double u);

/* The standard normal distribution function, from exact functions. */
double dist_normal_cdf(double x);

#endif
