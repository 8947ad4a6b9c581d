/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/busyness.h - how busy days are spread over replications.
 *
 * The busyness of a day is a gamma factor (arrival/poisson.c). Drawn independently, chance gives
 * some runs more busy days than others, and most of the spread between replications comes from it.
 * Here the replications are taken in *sets* of so many *strata*: replication r belongs to set
 * r / strata. For each day of each group of streams, the unit interval is cut into as many strata,
 * and each replication of a set has another one: on the whole, every set has the right mix of quiet
 * and busy days.
 *
 * stratified: the strata are dealt out by a random permutation for each day and group, and the
 * place within the stratum is random: a Latin hypercube (M. D. McKay, R. J. Beckman and W. J.
 * Conover, Technometrics 21(2), 1979). quasi-random: the points of a rank-1 lattice (N. M.
 * Korobov), moved by a random shift for each set (R. Cranley and T. N. R. Patterson, SIAM J.
 * Numerical Analysis 13(6), 1976; P. L'Ecuyer and C. Lemieux, Management Science 46(9), 2000),
 * which also spreads days of one replication evenly against each other. Its multiplier is the
 * best for P2, the usual figure of merit, in the dimensions in use, up to eight.
 *
 * In both, each replication by itself has the same law as without, so all means stay as they are;
 * replications of one set are not independent, whole sets are. Intervals are therefore made over
 * sets. All is a function of (seed, replication) as before: the random numbers stand at the
 * address of the set.
 *
 * Days may also hang together: those of one group from day to day, those of several groups of
 * one day. Then each group has a normal number z for each day, and its factor is the gamma
 * quantile at the probability of z, so that each day alone has the law it had (the Gaussian
 * copula; M. C. Cario and B. L. Nelson, Modeling and Generating Random Vectors with Arbitrary
 * Marginal Distributions and Correlation Matrix, 1997). z of group g on day d is
 *
 *     lag_g z(g, d - 1) + sum over k of mix[g][k] e(k, d)
 *
 * with e(k, d) normal and independent, each at the address of group k's day: the numbers that
 * sets spread evenly. The first day has its long-run law.
 */
#ifndef MODEL_BUSYNESS_H
#define MODEL_BUSYNESS_H

#include <stdbool.h>
#include <stdint.h>

#include "kernel/rng.h"

/* Of a plan; strata 1: days are drawn independently. */
struct busyness_plan {
    uint32_t strata;
    bool     lattice;
    uint32_t multiplier, groups;
};

/* Where a replication stands in its set. */
struct busyness_set {
    struct busyness_plan plan;
    struct rng_key       key, own; /* of the set; of the replication */
    uint32_t             index;
};

/* A plan for so many groups of streams and days. */
struct busyness_plan busyness_plan_of(uint32_t strata, bool lattice, uint32_t groups,
                                      uint32_t days);

struct busyness_set busyness_set_of(const struct busyness_plan *plan, uint64_t seed,
                                    uint32_t replication);

/* A group of streams with the same busy days: its number among the groups, and its purposes for
 * the place within a stratum and for what a set shares. */
struct busyness_group {
    uint32_t number;
    uint64_t within, shared;
};

/* The number on (0, 1) of a group's day; `nth` counts days from 0. */
double busyness_unit(const struct busyness_set *set, const struct busyness_group *group,
                     uint32_t day, uint32_t nth);

struct busyness_law {
    uint32_t                     n; /* groups                                               */
    const struct busyness_group *groups;
    const double                *lag;
    const double                *first, *mix; /* [n * n] lower triangles                    */
};

/* The number on (0, 1) of group g's day; `normal` is kept from one day to the next. */
double busyness_next(const struct busyness_law *law, uint32_t g, const struct busyness_set *set,
                     struct rng_key key, uint32_t day, uint32_t nth, double *normal);

/* Where the intervals of a day have factors of their own (the Poisson-gamma process with a normal
 * copula: B. N. Oreshkin, N. Regnard and P. L'Ecuyer, Rate-based daily arrival process models with
 * application to call centers, Operations Research 64(2), 2016; after A. N. Avramidis,
 * A. Deslauriers and P. L'Ecuyer, Management Science 50(7), 2004), the normal number of interval j
 * is
 *
 *     day z(d) + rest w(j),        w(j) = lag w(j - 1) + fresh e(d, j)
 *
 * with z(d) the day's as above and e normal and independent: each factor alone has the law it had,
 * and the normal numbers k intervals apart the correlation day^2 + rest^2 lag^k. */
struct busyness_parts {
    double   every_s;
    double   day, rest, lag, fresh;
    uint64_t within; /* purpose */
};

/* w of interval j, from that of the interval before. */
double busyness_part(const struct busyness_parts *parts, struct rng_key key, uint32_t day,
                     uint32_t j, double before);

/* The probability, on (0, 1), of an interval's normal number. */
double busyness_part_unit(const struct busyness_parts *parts, double day_normal, double w);

/* The correlation of two normal numbers whose gamma factors, of these shapes, have correlation
 * `wanted`; beyond +-1 when none has. */
double busyness_normal_correlation(double shape_a, double shape_b, double wanted);

#endif
