/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: the best of k systems is selected at least as often as promised, with no more observations
 * than said, and degenerate systems have fixed answers.
 * Method: 1000 macro-replications with a fixed generator on beds with known means. A procedure that
 * is right with probability 0.95 is wrong more than 74 times with probability below 0.0005
 * (binomial, itself checked against GSL), so that is the false-alarm rate of each bed. The same
 * beds must catch a procedure whose constant is too small. Edge cases are written out. */
#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "stats/select.h"

enum { MACRO = 1000, RIGHT_LOW = 926, SYSTEMS_MOST = 10 };

/* xorshift64* (Vigna), good enough to check averages with. */
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

/* A system's observations: mean + deviation (sqrt(shared) Z + sqrt(1 - shared) Z_i), where Z is
 * the same for all systems. */
struct bed {
    struct select_rule rule;
    double             mean[SYSTEMS_MOST], deviation[SYSTEMS_MOST];
    double             shared;
    bool               ratio;   /* … over a y of mean 50 that varies with it                */
    bool               skewed;  /* exponential instead of normal                           */
    double             h_share; /* of the procedure's h^2, to see the bed catch it; 0: all */
};

struct tally {
    int    right;
    double observations;
};

static double noise(const struct bed *bed, uint64_t *state)
{
    return bed->skewed ? -log(unit(state)) - 1.0 : normal(state);
}

static void observe(const struct bed *bed, struct selection *selection, uint64_t *state)
{
    const double common = noise(bed, state);
    for (uint32_t i = 0; i < bed->rule.systems; i++) {
        const double own = noise(bed, state);
        if (selection->systems[i].dropped)
            continue;
        const double value = bed->mean[i] + bed->deviation[i] * (sqrt(bed->shared) * common +
                                                                 sqrt(1.0 - bed->shared) * own);
        const double y = bed->ratio ? 50.0 + 5.0 * common : 1.0;
        selection_add(selection, i, bed->ratio ? bed->mean[i] * y + 50.0 * (value - bed->mean[i])
                                               : value, y);
    }
}

/* How often system `best` is selected. */
static struct tally try_bed(const struct bed *bed, uint32_t best, uint64_t seed)
{
    struct tally tally = { 0 };
    uint64_t     state = seed;
    for (int macro = 0; macro < MACRO; macro++) {
        struct selection selection;
        cr_assert(selection_open(&selection, &bed->rule));
        if (bed->h_share > 0.0)
            selection.h2 *= bed->h_share;
        uint64_t latest = UINT64_MAX;
        while (!selection.decided) {
            observe(bed, &selection, &state);
            selection_look(&selection);
            cr_assert_not(selection.failed);
            cr_assert_leq(selection_expected(&selection), selection_latest(&selection));
            if (selection.stage >= bed->rule.first) {
                cr_assert_leq(selection_latest(&selection), latest);
                latest = selection_latest(&selection);
            }
        }
        tally.right += selection.best == best;
        for (uint32_t i = 0; i < bed->rule.systems; i++)
            tally.observations += (double)selection.systems[i].n / MACRO;
        selection_close(&selection);
    }
    return tally;
}

static struct bed slippage(uint32_t systems, double deviation)
{
    struct bed bed = { .rule = { .systems = systems, .first = 20, .largest = true, .alpha = 0.05,
                                 .delta = 1.0 } };
    for (uint32_t i = 0; i < systems; i++)
        bed.deviation[i] = deviation;
    bed.mean[systems - 1] = 1.0;
    return bed;
}

Test(select, acceptance_region)
{
    cr_assert_leq(gsl_cdf_binomial_P(RIGHT_LOW - 1, 0.95, MACRO), 0.0005);
    cr_assert_gt(gsl_cdf_binomial_P(RIGHT_LOW, 0.95, MACRO), 0.0005);
}

/* The least favourable means: all but one exactly delta behind. */
Test(select, right_as_often_as_promised_at_the_indifference_zone)
{
    const struct bed   two = slippage(2, 4.0), ten = slippage(10, 3.0);
    const struct tally of_two = try_bed(&two, 1, 20240701), of_ten = try_bed(&ten, 9, 20240702);
    cr_assert_geq(of_two.right, RIGHT_LOW, "two: %d", of_two.right);
    cr_assert_geq(of_ten.right, RIGHT_LOW, "ten: %d", of_ten.right);
    /* The bound for two systems is tight when time runs on: it must not be far too careful. */
    cr_assert_leq(of_two.right, 990, "two: %d", of_two.right);
}

Test(select, the_bed_catches_a_procedure_that_stops_too_early)
{
    struct bed two = slippage(2, 4.0), ten = slippage(10, 3.0);
    two.h_share = ten.h_share = 0.4;
    const struct tally of_two = try_bed(&two, 1, 20240701), of_ten = try_bed(&ten, 9, 20240702);
    cr_assert_lt(of_two.right, RIGHT_LOW, "two: %d", of_two.right);
    cr_assert_lt(of_ten.right, RIGHT_LOW, "ten: %d", of_ten.right);
}

/* Means that fall in steps of delta are easier: as often right, with fewer observations. */
Test(select, right_with_unequal_variances_and_falling_means)
{
    struct bed level = slippage(10, 3.0);
    struct bed rising = level, falling = level;
    for (uint32_t i = 0; i < 10; i++) {
        rising.deviation[i] = 1.0 + 0.5 * i;
        falling.deviation[i] = 5.5 - 0.5 * i;
        level.mean[i] = (double)i;
    }
    const struct tally steps = try_bed(&level, 9, 20240703);
    const struct tally up = try_bed(&rising, 9, 20240704);
    const struct tally down = try_bed(&falling, 9, 20240705);
    const struct bed   flat = slippage(10, 3.0);
    cr_assert_geq(steps.right, RIGHT_LOW, "steps: %d", steps.right);
    cr_assert_geq(up.right, RIGHT_LOW, "up: %d", up.right);
    cr_assert_geq(down.right, RIGHT_LOW, "down: %d", down.right);
    const double hard = try_bed(&flat, 9, 20240702).observations;
    cr_assert_lt(steps.observations, 0.8 * hard, "%g of %g", steps.observations, hard);
}

/* Common random numbers: still right, and shorter as the variance of differences falls. */
Test(select, right_under_common_random_numbers_for_less)
{
    struct bed apart = slippage(10, 3.0), together = apart;
    together.shared = 0.8;
    struct bed smallest = together;
    smallest.rule.largest = false;
    smallest.mean[9] = -1.0;
    const struct tally alone = try_bed(&apart, 9, 20240706);
    const struct tally shared = try_bed(&together, 9, 20240707);
    const struct tally least = try_bed(&smallest, 9, 20240708);
    cr_assert_geq(shared.right, RIGHT_LOW, "shared: %d", shared.right);
    cr_assert_geq(least.right, RIGHT_LOW, "smallest: %d", least.right);
    cr_assert_lt(shared.observations, 0.4 * alone.observations, "%g of %g", shared.observations,
                 alone.observations);
}

/* Beyond the letter of the guarantee: ratios, whose variance is the delta method's, and skewed
 * observations. */
Test(select, right_for_ratios_and_skewed_observations)
{
    struct bed ratio = slippage(10, 3.0), skewed = ratio;
    ratio.ratio = true;
    ratio.shared = 0.5;
    skewed.skewed = true;
    const struct tally of_ratios = try_bed(&ratio, 9, 20240709);
    const struct tally of_skewed = try_bed(&skewed, 9, 20240710);
    cr_assert_geq(of_ratios.right, RIGHT_LOW, "ratios: %d", of_ratios.right);
    cr_assert_geq(of_skewed.right, RIGHT_LOW, "skewed: %d", of_skewed.right);
}

/* ---- edges */

static struct selection open_of(uint32_t systems)
{
    struct selection         selection;
    const struct select_rule rule = { .systems = systems, .first = 4, .largest = true,
                                      .alpha = 0.05, .delta = 0.5 };
    cr_assert(selection_open(&selection, &rule));
    return selection;
}

/* The same values again and again, a system each. */
static void repeat(struct selection *selection, const double *x, const double *y, int times)
{
    for (int r = 0; r < times && !selection->decided && !selection->failed; r++) {
        for (uint32_t i = 0; i < selection->rule.systems; i++)
            if (!selection->systems[i].dropped)
                selection_add(selection, i, x[i], y ? y[i] : 1.0);
        selection_look(selection);
    }
}

Test(select, one_system_needs_no_look)
{
    struct selection selection = open_of(1);
    cr_assert(selection.decided);
    cr_assert_eq(selection.best, 0);
    cr_assert_eq(selection_latest(&selection), 0);
    selection_close(&selection);
}

Test(select, constants_are_told_apart_by_the_first_look)
{
    struct selection selection = open_of(3);
    const double     x[] = { 1.0, 3.0, 2.0 };
    repeat(&selection, x, NULL, 100);
    cr_assert(selection.decided);
    cr_assert_eq(selection.stage, 4);
    cr_assert_eq(selection.best, 1);
    cr_assert(selection.systems[0].dropped && selection.systems[2].dropped);
    cr_assert_eq(selection.systems[0].dropped_by, 1);
    cr_assert_eq(selection.systems[0].dropped_at, 4);
    selection_close(&selection);
}

Test(select, equals_are_settled_by_their_order)
{
    struct selection selection = open_of(3);
    const double     x[] = { 1.0, 2.0, 2.0 };
    repeat(&selection, x, NULL, 100);
    cr_assert(selection.decided);
    cr_assert_eq(selection.best, 1);
    cr_assert_eq(selection.left, 2);
    cr_assert_not(selection.systems[2].dropped);
    selection_close(&selection);
}

/* Two systems that differ by +-2 in turn: S^2 = 4 * 4 / 3 with four observations, and W ends at
 * h^2 S^2 / delta^2. Their means differ by 2 / r after an odd number r, which passes W when it is
 * below 8 / r. */
Test(select, a_tie_ends_where_it_is_said_to_end)
{
    struct selection selection = open_of(2);
    const double     tail = 3.0 * (pow(2.0 * 0.05, -2.0 / 3.0) - 1.0);
    const double     end = ceil(tail * (16.0 / 3.0) / 0.25);
    cr_assert_float_eq(selection.h2, tail, 1e-12);
    while (!selection.decided) {
        const double sign = selection.stage % 2 ? -1.0 : 1.0;
        selection_add(&selection, 0, sign, 1.0);
        selection_add(&selection, 1, -sign, 1.0);
        selection_look(&selection);
        if (selection.stage >= 4 && !selection.decided)
            cr_assert_eq(selection_latest(&selection), (uint64_t)end);
    }
    const double stage = (double)selection.stage;
    cr_assert(stage <= end && stage > end - 10.0, "%d", (int)stage);
    selection_close(&selection);
}

Test(select, what_cannot_be_decided_says_so)
{
    struct selection selection = open_of(2);
    repeat(&selection, (double[]){ 1.0, 0.0 }, (double[]){ 1.0, 0.0 }, 100);
    cr_assert(selection.failed && !selection.decided);
    cr_assert_eq(selection.best, 1);
    cr_assert_float_eq(selection_mean(&selection, 1), 0.0, 0.0);
    selection_close(&selection);
    selection = open_of(2);
    repeat(&selection, (double[]){ HUGE_VAL, 0.0 }, NULL, 100);
    cr_assert(selection.failed);
    cr_assert_eq(selection.best, 0);
    selection_close(&selection);
    selection = open_of(2); /* a variance that no double holds: it would take for ever */
    repeat(&selection, (double[]){ 1e300, 0.0 }, NULL, 3);
    repeat(&selection, (double[]){ -1e300, 0.0 }, NULL, 1);
    cr_assert_not(selection.decided || selection.failed);
    cr_assert_geq(selection_latest(&selection), (uint64_t)1e14);
    selection_close(&selection);
}

Test(select, rules_that_make_no_sense_are_refused)
{
    const struct select_rule good = { .systems = 2, .first = 2, .alpha = 0.05, .delta = 1.0 };
    struct select_rule       rules[] = { good, good, good, good, good, good, good };
    struct selection         selection;
    rules[0].systems = 0;
    rules[1].first = 1;
    rules[2].alpha = 0.0;
    rules[3].alpha = 1.0;
    rules[4].delta = 0.0;
    rules[5].delta = (double)NAN;
    rules[6].delta = HUGE_VAL;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        cr_assert_not(selection_open(&selection, &rules[i]), "%zu", i);
    struct select_rule bold = good; /* half right by luck: the first observations are enough */
    bold.alpha = 0.6;
    cr_assert(selection_open(&selection, &bold));
    cr_assert_float_eq(selection.h2, 0.0, 0.0);
    selection_close(&selection);
}

Test(select, five_hundred_systems)
{
    struct selection selection = open_of(500);
    uint64_t         state = 7;
    while (!selection.decided) {
        for (uint32_t i = 0; i < 500; i++)
            if (!selection.systems[i].dropped)
                selection_add(&selection, i, (i == 123 ? 1.0 : 0.01 * (i % 10)) +
                                                 0.05 * normal(&state), 1.0);
        selection_look(&selection);
    }
    cr_assert_eq(selection.best, 123);
    cr_assert_leq(selection.stage, 30);
    selection_close(&selection);
}
