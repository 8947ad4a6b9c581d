/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: a budget is dealt as the theorem says, in whole numbers that add up, and selects the best
 * more often than equal shares do.
 * Method: the proportions of the paper worked out by hand; every edge (no variance, ties, one
 * system, no budget) written out; 1000 macro-replications on a bed with known means, with a fixed
 * generator: the difference in correct selections is then a number, and must be far from 0. */
#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "stats/interval.h"
#include "stats/ocba.h"

static double unit(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return ((double)(*state * 2685821657736338717u >> 12) + 0.5) * 0x1p-52;
}

static double normal(uint64_t *state)
{
    return gsl_cdf_ugaussian_Pinv(unit(state));
}

static uint64_t total(const uint64_t *more, uint32_t k)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < k; i++)
        sum += more[i];
    return sum;
}

/* Means 1, 2, 3 and variances 1, 4, 9; the smallest is best. N_1 : N_2 = (2/1)^2 : (3/2)^2
 * = 4 : 2.25, N_0 = sqrt(16/4 + 5.0625/9). */
Test(ocba, proportions_of_the_theorem)
{
    const struct ocba_system systems[] = { { 1.0, 1.0, 0 }, { 2.0, 4.0, 0 }, { 3.0, 9.0, 0 } };
    uint64_t                 more[3];
    ocba_deal(systems, 3, false, 0.0, 1000000, more);
    const double of_best = sqrt(4.0 + 5.0625 / 9.0), all = of_best + 6.25;
    cr_assert_float_eq((double)more[0], 1e6 * of_best / all, 1.0);
    cr_assert_float_eq((double)more[1], 1e6 * 4.0 / all, 1.0);
    cr_assert_float_eq((double)more[2], 1e6 * 2.25 / all, 1.0);
    cr_assert_eq(total(more, 3), 1000000);
    /* With a zone of 2 both leads count as 2. */
    ocba_deal(systems, 3, false, 2.0, 1000000, more);
    cr_assert_float_eq((double)more[2] / (double)more[1], 9.0 / 4.0, 1e-4);
    /* The largest is best: system 2, and leads are 2 and 1. */
    ocba_deal(systems, 3, true, 0.0, 1000000, more);
    cr_assert_float_eq((double)more[1] / (double)more[0], 4.0 / 0.25, 1e-3);
}

/* What a system has too much is not taken back: the others share what there is. */
Test(ocba, observations_made_are_kept)
{
    const struct ocba_system systems[] = { { 1.0, 1.0, 10 }, { 2.0, 1.0, 10 }, { 9.0, 1.0, 500 } };
    uint64_t                 more[3];
    for (uint64_t budget = 0; budget < 300; budget++) {
        ocba_deal(systems, 3, false, 0.0, budget, more);
        cr_assert_eq(total(more, 3), budget);
        cr_assert_eq(more[2], 0);
        cr_assert_leq(more[0] > more[1] ? more[0] - more[1] : more[1] - more[0], 2);
    }
}

Test(ocba, degenerate_systems)
{
    uint64_t                 more[4];
    const struct ocba_system one[] = { { 5.0, 2.0, 3 } };
    ocba_deal(one, 1, false, 0.0, 7, more);
    cr_assert_eq(more[0], 7);
    const struct ocba_system still[] = { { 1, 0, 5 }, { 1, 0, 5 }, { 2, 0, 5 }, { 3, 0, 5 } };
    ocba_deal(still, 4, false, 0.0, 10, more); /* nothing to learn: evenly, the first ones first */
    cr_assert(more[0] == 3 && more[1] == 3 && more[2] == 2 && more[3] == 2);
    const struct ocba_system tied[] = { { 1, 1, 5 }, { 1, 1, 5 }, { 2, 1, 5 }, { 3, 0, 5 } };
    ocba_deal(tied, 4, true, 0.0, 100, more); /* the best has no variance; the tie is no best */
    cr_assert_eq(total(more, 4), 100);
    cr_assert_eq(more[3], 0);
    cr_assert_gt(more[2], more[0]);
    ocba_deal(tied, 4, false, 0.0, 100, more); /* a tie for the best takes it all, evenly */
    cr_assert(more[0] == 50 && more[1] == 50);
    const struct ocba_system lone[] = { { 1, 1, 5 }, { 2, 0, 5 } };
    ocba_deal(lone, 2, false, 0.0, 9, more); /* only the best varies */
    cr_assert(more[0] == 9 && more[1] == 0);
    const struct ocba_system small[] = { { 0, 1e-300, 5 }, { 1e-160, 1e-310, 5 }, { 1, 1e-4, 5 } };
    ocba_deal(small, 3, false, 0.0, 1000, more);
    cr_assert_eq(total(more, 3), 1000);
    const struct ocba_system large[] = { { 0, 1e300, 5 }, { 1e160, 1e290, 5 }, { 1e200, 1, 5 } };
    ocba_deal(large, 3, true, 0.0, 1000, more);
    cr_assert_eq(total(more, 3), 1000);
}

Test(ocba, the_first_of_equals_is_ahead)
{
    const struct ocba_system systems[] = { { 2, 1, 5 }, { 1, 1, 5 }, { 1, 1, 5 }, { 2, 1, 5 } };
    cr_assert_eq(ocba_best(systems, 4, false), 1);
    cr_assert_eq(ocba_best(systems, 4, true), 0);
}

Test(ocba, chance_of_error)
{
    cr_assert_float_eq(ocba_error(2.0, 1.0, 10), gsl_cdf_tdist_Q(2.0, 10.0), 1e-15);
    cr_assert_float_eq(ocba_error(0.0, 1.0, 10), 0.5, 1e-15);
    cr_assert_float_eq(ocba_error(1.0, 0.0, 10), 0.0, 0.0);
    cr_assert_float_eq(ocba_error(0.0, 0.0, 10), 0.5, 0.0);
    cr_assert_float_eq(ocba_error(-1.0, 0.0, 0), 1.0, 0.0);
}

/* ---- what it is good for */

enum { MACRO = 1000, SYSTEMS = 10, FIRST = 10, BUDGET = 400, STEP = 20 };

/* Observes ten systems with means 0 … 9 and deviation 6 within the budget: is 0 ahead? */
static bool find_smallest(uint64_t *state, bool equal)
{
    struct moments     moments[SYSTEMS] = { 0 };
    struct ocba_system systems[SYSTEMS];
    uint64_t           more[SYSTEMS];
    for (uint32_t i = 0; i < SYSTEMS; i++)
        more[i] = FIRST;
    for (uint64_t spent = 0; spent < BUDGET;) {
        for (uint32_t i = 0; i < SYSTEMS; i++) {
            for (uint64_t r = 0; r < more[i]; r++)
                moments_add(&moments[i], i + 6.0 * normal(state));
            spent += more[i];
            systems[i] = (struct ocba_system){
                moments[i].mean, moments[i].m2 / (double)(moments[i].n - 1), moments[i].n
            };
            more[i] = STEP / SYSTEMS;
        }
        if (!equal)
            ocba_deal(systems, SYSTEMS, false, 0.0, STEP, more);
    }
    return ocba_best(systems, SYSTEMS, false) == 0;
}

/* Equal shares find it about 73 times in 100. Over 1000 pairs of independent tries the difference
 * has a standard error below 0.02; 0.07 is more than 3.5 of them above 0. */
Test(ocba, finds_the_best_more_often_than_equal_shares)
{
    uint64_t state = 20240801;
    int      equal = 0, dealt = 0;
    for (int macro = 0; macro < MACRO; macro++) {
        equal += find_smallest(&state, true);
        dealt += find_smallest(&state, false);
    }
    cr_assert_geq(dealt - equal, 70, "equal shares: %d, dealt: %d", equal, dealt);
}
