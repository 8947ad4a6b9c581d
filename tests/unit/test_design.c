/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: designs have the points that their names promise, once each, in the same order always.
 * Method: points written down by hand for small designs; for those that fill space, what defines
 * them: each stratum once, balance of dyadic boxes, whole numbers and levels evenly used. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/design.h"

static const double three[] = { 1, 2, 5 }, two[] = { 10, 20 };

static double lcg(void *state)
{
    uint64_t *s = state;
    *s = *s * 6364136223846793005u + 1442695040888963407u;
    return ((double)(*s >> 11) + 0.5) / 9007199254740992.0;
}

static void points_are(const struct design *design, const double *expected, uint32_t n)
{
    cr_assert_eq(design->n_points, n);
    for (uint32_t i = 0; i < n * design->n_factors; i++)
        cr_assert_eq(design->at[i], expected[i], "value %u is %g, not %g", i, design->at[i],
                     expected[i]);
}

Test(design, a_factorial_is_every_combination)
{
    const struct design_factor factors[] = { { .levels = three, .n_levels = 3 },
                                             { .levels = two, .n_levels = 2 } };
    const double  expected[] = { 1, 10, 1, 20, 2, 10, 2, 20, 5, 10, 5, 20 };
    struct design design;
    cr_assert_eq(design_factorial(&design, factors, 2), DESIGN_OK);
    points_are(&design, expected, 6);
    cr_assert_eq(design_find(&design, (double[]){ 2, 20 }), 3);
    cr_assert_eq(design_find(&design, (double[]){ 3, 20 }), 6);
    design_free(&design);
    design_free(&design);
}

Test(design, a_range_is_its_two_ends)
{
    const struct design_factor factors[] = { { .low = 0, .high = 1 }, { .low = 4, .high = 4 } };
    struct design design;
    cr_assert_eq(design_factorial(&design, factors, 2), DESIGN_OK);
    points_are(&design, (double[]){ 0, 4, 1, 4 }, 2);
    design_free(&design);
}

Test(design, one_at_a_time_begins_with_the_base)
{
    const struct design_factor factors[] = { { .levels = three, .n_levels = 3, .base = 2 },
                                             { .low = 10, .high = 20, .base = 15 } };
    struct design design;
    cr_assert_eq(design_one_at_a_time(&design, factors, 2), DESIGN_OK);
    points_are(&design, (double[]){ 2, 15, 1, 15, 5, 15, 2, 10, 2, 20 }, 5);
    design_free(&design);
}

Test(design, levels_said_twice_are_one_point)
{
    const double               twice[] = { 3, 1, 3 };
    const struct design_factor factor = { .levels = twice, .n_levels = 3, .base = 1 };
    struct design              design;
    cr_assert_eq(design_factorial(&design, &factor, 1), DESIGN_OK);
    points_are(&design, (double[]){ 3, 1 }, 2);
    design_free(&design);
}

Test(design, a_latin_hypercube_uses_each_stratum_once)
{
    enum { N = 50, K = 3 };
    const struct design_factor factors[K] = { { .low = 0, .high = 1 }, { .low = -5, .high = 5 },
                                              { .low = 0, .high = N } };
    uint64_t                   seed = 42;
    const struct design_random random = { lcg, &seed };
    struct design              design, again;
    cr_assert_eq(design_latin_hypercube(&design, factors, K, N, &random), DESIGN_OK);
    cr_assert_eq(design.n_points, N);
    for (uint32_t f = 0; f < K; f++) {
        int used[N] = { 0 };
        for (uint32_t i = 0; i < N; i++) {
            const double place = (design_point(&design, i)[f] - factors[f].low) /
                                 (factors[f].high - factors[f].low);
            used[(int)(place * N)]++;
        }
        for (int i = 0; i < N; i++)
            cr_assert_eq(used[i], 1, "stratum %d of factor %u is used %d times", i, f, used[i]);
    }
    seed = 42;
    cr_assert_eq(design_latin_hypercube(&again, factors, K, N, &random), DESIGN_OK);
    cr_assert(memcmp(design.at, again.at, sizeof(double) * N * K) == 0);
    /* Strata are combined at random: the correlation of two factors is near 0. By the
     * permutation's variance 1 / (N - 1) it is above 0.6 less than once in 20,000 seeds. */
    double sum = 0;
    for (uint32_t i = 0; i < N; i++)
        sum += (design_point(&design, i)[0] - 0.5) * design_point(&design, i)[1] / 10;
    cr_assert_lt(fabs(sum / N * 12), 0.6);
    design_free(&design);
    design_free(&again);
}

/* The first 2^m points after the first of Sobol's sequence are balanced; GSL leaves out the zero
 * point, so of 63 points no half of any factor has more than one point too many. */
Test(design, sobol_points_are_balanced)
{
    const struct design_factor factors[] = { { .low = 0, .high = 1 }, { .low = 0, .high = 1 },
                                             { .low = 0, .high = 1 } };
    struct design design;
    cr_assert_eq(design_sobol(&design, factors, 3, 63), DESIGN_OK);
    cr_assert_eq(design.n_points, 63);
    for (uint32_t f = 0; f < 3; f++)
        for (int cell = 0; cell < 8; cell++) {
            int n = 0;
            for (uint32_t i = 0; i < 63; i++)
                n += (int)(design_point(&design, i)[f] * 8) == cell;
            cr_assert(n == 8 || n == 7, "%d points in cell %d of factor %u", n, cell, f);
        }
    design_free(&design);
}

Test(design, whole_numbers_and_levels_are_used_evenly)
{
    const struct design_factor factors[] = { { .low = 3.5, .high = 8, .whole = true },
                                             { .levels = three, .n_levels = 3 } };
    struct design design;
    cr_assert_eq(design_sobol(&design, factors, 2, 4000), DESIGN_OK);
    cr_assert_eq(design.n_points, 15, "each of 4 … 8 with each level, once");
    for (uint32_t i = 0; i < design.n_points; i++) {
        const double whole = design_point(&design, i)[0], level = design_point(&design, i)[1];
        cr_assert(whole >= 4 && whole <= 8 && fmod(whole, 1) == 0);
        cr_assert(level == 1 || level == 2 || level == 5);
    }
    design_free(&design);
}

Test(design, too_much_is_refused)
{
    struct design_factor factors[DESIGN_FACTORS_MOST + 1];
    struct design        design;
    for (size_t f = 0; f <= DESIGN_FACTORS_MOST; f++)
        factors[f] = (struct design_factor){ .low = 0, .high = 1 };
    cr_assert_eq(design_factorial(&design, factors, DESIGN_FACTORS_MOST), DESIGN_TOO_MANY_POINTS);
    design_free(&design);
    cr_assert_eq(design_sobol(&design, factors, DESIGN_FACTORS_MOST + 1, 8),
                 DESIGN_TOO_MANY_FACTORS);
    design_free(&design);
    cr_assert_eq(design_sobol(&design, factors, 2, DESIGN_POINTS_MOST + 1),
                 DESIGN_TOO_MANY_POINTS);
    design_free(&design);
    cr_assert_eq(design_sobol(&design, factors, DESIGN_FACTORS_MOST, 8), DESIGN_OK);
    cr_assert_eq(design.n_points, 8);
    design_free(&design);
    cr_assert_eq(design_factorial(&design, factors, 0), DESIGN_OK);
    cr_assert_eq(design.n_points, 1, "without factors there is one point");
    design_free(&design);
}
