/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/busyness.h"

#include <math.h>

#include "kernel/dist.h"

#define DIMENSIONS_MOST 8 /* looked at for the multiplier */
#define TWO_PI_SQUARED  0x1.3bd3cc9be45dep+4

/* Powers of a multiplier modulo n. */
static uint32_t power(uint64_t base, uint32_t exponent, uint32_t n)
{
    uint64_t value = 1 % n;
    for (base %= n; exponent > 0; exponent >>= 1) {
        if (exponent & 1)
            value = value * base % n;
        base = base * base % n;
    }
    return (uint32_t)value;
}

static bool coprime(uint32_t a, uint32_t b)
{
    while (b > 0) {
        const uint32_t rest = a % b;
        a = b;
        b = rest;
    }
    return a == 1;
}

/* P2 of the lattice with this multiplier, but for constants: the smaller the better. */
static double figure_of(uint32_t multiplier, uint32_t n, uint32_t dimensions)
{
    double sum = 0;
    for (uint32_t i = 0; i < n; i++) {
        double   product = 1;
        uint64_t at = i;
        for (uint32_t d = 0; d < dimensions; d++, at = at * multiplier % n) {
            const double x = (double)at / n;
            product *= 1 + TWO_PI_SQUARED * (x * x - x + 1.0 / 6);
        }
        sum += product;
    }
    return sum;
}

struct busyness_plan busyness_plan_of(uint32_t strata, bool lattice, uint32_t groups,
                                      uint32_t days)
{
    struct busyness_plan plan = { .strata = strata, .lattice = lattice, .multiplier = 1,
                                  .groups = groups };
    const uint64_t all = (uint64_t)groups * days;
    const uint32_t dimensions = all < DIMENSIONS_MOST ? (uint32_t)all : DIMENSIONS_MOST;
    double         least = 0;
    for (uint32_t a = 1; lattice && dimensions > 1 && a < strata; a++) {
        const double figure = coprime(a, strata) ? figure_of(a, strata, dimensions) : 0;
        if (figure > 0 && (least <= 0 || figure < least)) {
            least = figure;
            plan.multiplier = a;
        }
    }
    return plan;
}

struct busyness_set busyness_set_of(const struct busyness_plan *plan, uint64_t seed,
                                    uint32_t replication)
{
    return (struct busyness_set){ .plan = *plan,
                                  .key = rng_key_of(seed, replication / plan->strata),
                                  .own = rng_key_of(seed, replication),
                                  .index = replication % plan->strata };
}

/* The stratum of this replication: the rank of its number among those of the set. */
static uint32_t dealt(const struct busyness_set *set, uint64_t purpose, uint32_t day)
{
    struct rng     rng = rng_at(set->key, purpose, day, set->index);
    const uint64_t mine = rng_bits(&rng);
    uint32_t       rank = 0;
    for (uint32_t i = 0; i < set->plan.strata; i++) {
        struct rng     other = rng_at(set->key, purpose, day, i);
        const uint64_t bits = rng_bits(&other);
        rank += bits < mine || (bits == mine && i < set->index);
    }
    return rank;
}

double busyness_unit(const struct busyness_set *set, const struct busyness_group *group,
                     uint32_t day, uint32_t nth)
{
    const uint32_t n = set->plan.strata;
    double         at;
    if (set->plan.lattice) {
        const uint32_t dimension = nth * set->plan.groups + group->number;
        const uint64_t along = power(set->plan.multiplier, dimension, n);
        struct rng     shift = rng_at(set->key, group->shared, day, 0);
        at = (double)(along * set->index % n) / n + rng_unit(&shift);
        at -= at >= 1;
    } else {
        struct rng within = rng_at(set->own, group->within, day, 0);
        at = (dealt(set, group->shared, day) + rng_unit(&within)) / n;
    }
    /* Rounding may have led to an end of the interval. */
    return at < 0x1p-53 ? 0x1p-53 : at > 1 - 0x1p-53 ? 1 - 0x1p-53 : at;
}

/* ---- days that hang together */

static double probability_of(double normal)
{
    const double unit = dist_normal_cdf(normal);
    return unit < 0x1p-53 ? 0x1p-53 : unit > 1 - 0x1p-53 ? 1 - 0x1p-53 : unit;
}

double busyness_next(const struct busyness_law *law, uint32_t g, const struct busyness_set *set,
                     struct rng_key key, uint32_t day, uint32_t nth, double *normal)
{
    const double *row = (nth == 0 ? law->first : law->mix) + (size_t)g * law->n;
    double        sum = nth == 0 ? 0 : law->lag[g] * *normal;
    for (uint32_t k = 0; k <= g; k++) {
        if (row[k] == 0)
            continue;
        struct rng   rng = rng_at(key, law->groups[k].within, day, 0);
        const double unit = set ? busyness_unit(set, &law->groups[k], day, nth) : rng_unit(&rng);
        sum += row[k] * exact_normal_quantile(unit);
    }
    *normal = sum;
    return probability_of(sum);
}

/* ---- intervals of a day */

double busyness_part(const struct busyness_parts *parts, struct rng_key key, uint32_t day,
                     uint32_t j, double before)
{
    struct rng   rng = rng_at(key, parts->within, day, j);
    const double fresh = exact_normal_quantile(rng_unit(&rng));
    return j == 0 ? fresh : parts->lag * before + parts->fresh * fresh;
}

double busyness_part_unit(const struct busyness_parts *parts, double day_normal, double w)
{
    return probability_of(parts->day * day_normal + parts->rest * w);
}

/* The gamma factor as a series of Hermite polynomials of its normal number: with coefficients
 * c_k, of the normalised ones, two factors of correlated numbers have the covariance
 * sum of a_k b_k r^k (Mehler's formula). The integrals are by the trapezoidal rule, which for
 * smooth functions converges faster than any power of the step. */
enum { HERMITE_TERMS = 60, HERMITE_POINTS = 241 };

static void hermite_terms(double shape, double *c)
{
    const double step = 16.0 / (HERMITE_POINTS - 1);
    for (int k = 0; k < HERMITE_TERMS; k++)
        c[k] = 0;
    for (int i = 0; i < HERMITE_POINTS; i++) {
        const double z = -8 + i * step;
        const double unit = fmin(fmax(dist_normal_cdf(z), 0x1p-53), 1 - 0x1p-53);
        const double value = dist_gamma_quantile(shape, unit) / shape;
        double before = 0, now = step * 0.3989422804014327 * exact_exp(-z * z / 2);
        for (int k = 0; k < HERMITE_TERMS; k++) {
            c[k] += value * now;
            const double next = (z * now - sqrt(k) * before) / sqrt(k + 1.0);
            before = now;
            now = next;
        }
    }
}

double busyness_normal_correlation(double shape_a, double shape_b, double wanted)
{
    double a[HERMITE_TERMS], b[HERMITE_TERMS], low = -1, high = 1;
    const double scale = sqrt(shape_a * shape_b); /* 1 over the product of deviations */
    hermite_terms(shape_a, a);
    hermite_terms(shape_b, b);
    for (int i = 0; i < 60; i++) {
        const double middle = (low + high) / 2;
        double       sum = 0;
        for (int k = HERMITE_TERMS; k-- > 1;)
            sum = (sum + a[k] * b[k]) * middle;
        if (sum * scale < wanted)
            low = middle;
        else
            high = middle;
    }
    return high >= 1 ? 2 : low <= -1 ? -2 : (low + high) / 2;
}
