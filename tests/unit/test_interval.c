/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: intervals cover as often as they say, degenerate data give fixed answers, promises are
 * judged rightly.
 * Method: 1000 macro-replications with a fixed generator must cover between 926 and 971 times
 * (the binomial region of a true 95 % interval at error 0.001, itself checked against GSL's
 * binomial law); the delta method is held against the jackknife; edge cases are written out. */
#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "stats/interval.h"
#include "stats/verdict.h"

enum { MACRO = 1000, COVERED_LOW = 926, COVERED_HIGH = 971 };

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

Test(interval, acceptance_region_of_coverage_tests)
{
    const double below = gsl_cdf_binomial_P(COVERED_LOW - 1, 0.95, MACRO);
    const double above = gsl_cdf_binomial_Q(COVERED_HIGH, 0.95, MACRO);
    cr_assert_float_eq(below + above, 0.0008030574436624236, 1e-12);
    cr_assert(below <= 0.0005 && above <= 0.0005);
    cr_assert_gt(gsl_cdf_binomial_P(COVERED_LOW, 0.95, MACRO), 0.0005);
    cr_assert_gt(gsl_cdf_binomial_Q(COVERED_HIGH - 1, 0.95, MACRO), 0.0005);
}

Test(interval, student_intervals_cover)
{
    uint64_t state = 20240601;
    int means = 0, ratios = 0, narrow = 0, exponential = 0;
    for (int macro = 0; macro < MACRO; macro++) {
        struct moments moments = { 0 }, skewed = { 0 };
        struct ratio_sums sums = { 0 };
        for (int i = 0; i < 20; i++)
            moments_add(&moments, 100.0 + 3.0 * normal(&state));
        for (int i = 0; i < 40; i++) {
            /* x / y = 0.8 in the long run; x depends on y and has noise of its own. */
            const double y = 1000.0 + 60.0 * normal(&state);
            ratio_add(&sums, 0.8 * y + 15.0 * normal(&state), y);
        }
        for (int i = 0; i < 10; i++)
            moments_add(&skewed, -log(unit(&state)));
        const struct interval_estimate mean = mean_interval(&moments, 0.95);
        const struct interval_estimate low = mean_interval(&moments, 0.90);
        const struct interval_estimate ratio = ratio_interval(&sums, 0.95);
        const struct interval_estimate skew = mean_interval(&skewed, 0.95);
        means += mean.low <= 100.0 && 100.0 <= mean.high;
        narrow += low.low <= 100.0 && 100.0 <= low.high;
        ratios += ratio.low <= 0.8 && 0.8 <= ratio.high;
        exponential += skew.low <= 1.0 && 1.0 <= skew.high;
    }
    cr_assert(means >= COVERED_LOW && means <= COVERED_HIGH, "means: %d", means);
    cr_assert(ratios >= COVERED_LOW && ratios <= COVERED_HIGH, "ratios: %d", ratios);
    /* 4.5 standard deviations about 900, and about the true 0.90056 for ten exponentials. */
    cr_assert(narrow >= 857 && narrow <= 943, "90 %%: %d", narrow);
    cr_assert(exponential >= 858 && exponential <= 943, "exponential: %d", exponential);
}

Test(interval, delta_method_agrees_with_jackknife)
{
    enum { N = 400 };
    double x[N], y[N];
    uint64_t state = 77;
    struct ratio_sums sums = { 0 };
    for (int i = 0; i < N; i++) {
        y[i] = 500.0 - 20.0 * log(unit(&state));
        x[i] = 0.3 * y[i] + 8.0 * normal(&state);
        ratio_add(&sums, x[i], y[i]);
    }
    const struct interval_estimate delta = ratio_interval(&sums, 0.95);
    const struct interval_estimate jack = ratio_jackknife(x, y, N, 0.95);
    cr_assert(delta.defined && delta.has_interval && jack.has_interval);
    cr_assert_float_eq(jack.std_error / delta.std_error, 1.0, 0.01);
    cr_assert_float_eq(jack.value, delta.value, 0.1 * delta.std_error);
    /* By hand: x = 1, 2, 3 over y = 2, 2, 2 has R = 1, s = 1/2, s.e. = 1 / (2 sqrt 3). */
    struct ratio_sums small = { 0 };
    const double three[3] = { 1.0, 2.0, 3.0 };
    const double two[3] = { 2.0, 2.0, 2.0 };
    for (int i = 0; i < 3; i++)
        ratio_add(&small, three[i], two[i]);
    const struct interval_estimate hand = ratio_interval(&small, 0.95);
    cr_assert_eq(hand.value, 1.0);
    cr_assert_float_eq(hand.std_error, 0.5 / sqrt(3.0), 1e-15);
    cr_assert_float_eq(hand.high - 1.0, 4.302652729749464 * 0.5 / sqrt(3.0), 1e-12);
    cr_assert_float_eq(ratio_jackknife(three, two, 3, 0.95).std_error, 0.5 / sqrt(3.0), 1e-14);
}

Test(interval, degenerate_data_have_fixed_answers)
{
    struct moments none = { 0 };
    struct ratio_sums empty = { 0 };
    cr_assert_not(mean_interval(&none, 0.95).defined);
    cr_assert_not(ratio_interval(&empty, 0.95).defined);
    cr_assert_not(ratio_jackknife(NULL, NULL, 0, 0.95).defined);
    ratio_add(&empty, 3.0, 0.0);
    ratio_add(&empty, 3.0, 0.0);
    cr_assert_not(ratio_interval(&empty, 0.95).defined);
    cr_assert_eq(ratio_interval(&empty, 0.95).value, 0.0);

    struct moments one = { 0 };
    moments_add(&one, 4.0);
    const struct interval_estimate single = mean_interval(&one, 0.95);
    cr_assert(single.defined && !single.has_interval && single.low == 4.0 && single.high == 4.0);
    struct ratio_sums lone = { 0 };
    ratio_add(&lone, 2.0, 3.0);
    const struct interval_estimate ratio = ratio_interval(&lone, 0.95);
    cr_assert(ratio.defined && !ratio.has_interval && ratio.value == 2.0 / 3.0);

    /* The same ratio in every replication: the quotient of whole numbers, width 0. */
    struct ratio_sums same = { 0 };
    for (int i = 1; i <= 50; i++)
        ratio_add(&same, 3.0 * i, 7.0 * i);
    const struct interval_estimate steady = ratio_interval(&same, 0.95);
    cr_assert(steady.has_interval && steady.value == 3.0 / 7.0);
    cr_assert(steady.low == steady.value && steady.high == steady.value);
    cr_assert_eq(interval_relative_half_width(&steady), 0.0);

    struct moments wild = { 0 };
    moments_add(&wild, 1e300);
    moments_add(&wild, -1e300);
    const struct interval_estimate huge = mean_interval(&wild, 0.95);
    cr_assert(huge.defined && !huge.has_interval && huge.std_error == 0.0);
    cr_assert_not(interval_around((double)NAN, 1.0, 2.0).defined);
    cr_assert_not(interval_around(1.0, (double)NAN, 2.0).has_interval);
    cr_assert_eq(student_quantile(0, 0.95), 0.0);
    cr_assert_eq(student_quantile(5, 1.0), 0.0);
    cr_assert_eq(student_quantile(5, 0.0), 0.0);
    cr_assert_eq(student_quantile(5, (double)NAN), 0.0);
    cr_assert_float_eq(student_quantile(39, 0.95), 2.0226909200367604, 1e-10);
    cr_assert_float_eq(student_quantile(1, 0.95), 12.706204736432095, 1e-8);

    struct interval_estimate share = interval_around(0.02, 0.05, 2.0);
    cr_assert_float_eq(interval_relative_half_width(&share), 5.0, 1e-12);
    share = interval_clamp(share, 0.0, 1.0);
    cr_assert(share.low == 0.0 && share.value == 0.02);
    cr_assert_float_eq(share.high, 0.12, 1e-15);
    const struct interval_estimate zero = interval_around(0.0, 1.0, 2.0);
    cr_assert_eq(interval_relative_half_width(&zero), HUGE_VAL);
    cr_assert_eq(interval_relative_half_width(&single), HUGE_VAL);
}

Test(interval, promises_are_judged_by_the_whole_interval)
{
    const struct interval_estimate share = interval_around(0.80, 0.01, 2.0); /* 0.78 - 0.82 */
    cr_assert_eq(verdict_of(&share, 0.77, true), VERDICT_KEPT);
    cr_assert_eq(verdict_of(&share, 0.83, true), VERDICT_BROKEN);
    cr_assert_eq(verdict_of(&share, 0.79, true), VERDICT_TOO_CLOSE);
    cr_assert_eq(verdict_of(&share, 0.77, false), VERDICT_BROKEN);
    cr_assert_eq(verdict_of(&share, 0.83, false), VERDICT_KEPT);
    cr_assert_eq(verdict_of(&share, 0.81, false), VERDICT_TOO_CLOSE);
    cr_assert_eq(verdict_of(&share, share.low, true), VERDICT_KEPT);
    cr_assert_eq(verdict_of(&share, share.high, false), VERDICT_KEPT);
    const struct interval_estimate exact = interval_around(1.0, 0.0, 2.0);
    cr_assert_eq(verdict_of(&exact, 1.0, true), VERDICT_KEPT);
    cr_assert_eq(verdict_of(&exact, 1.0, false), VERDICT_KEPT);
    const struct interval_estimate lone = interval_of_value(0.8);
    const struct interval_estimate none = { 0 };
    cr_assert_eq(verdict_of(&lone, 0.5, true), VERDICT_UNKNOWN);
    cr_assert_eq(verdict_of(&none, 0.5, true), VERDICT_UNKNOWN);

    /* Half-width 0.02 at a distance of 0.01: four times the replications decide. */
    const uint32_t more = verdict_more_replications(&share, 0.79, 100);
    cr_assert(more >= 299 && more <= 301, "%u", more);
    cr_assert_eq(verdict_more_replications(&share, 0.77, 100), 0);
    cr_assert_eq(verdict_more_replications(&share, 0.80, 100), 0);
    cr_assert_eq(verdict_more_replications(&share, 0.80 + 1e-12, 100), VERDICT_MORE_MAX);
    cr_assert_eq(verdict_more_replications(&lone, 0.5, 1), 0);
    cr_assert_eq(verdict_more_replications(&none, 0.5, 0), 0);
}

/* The exact interval of n successes in n trials begins at 0.025^(1/n): 0.1581 for 2, 0.6915 for 10
 * (any table of Clopper and Pearson's). */
Test(interval, what_was_always_the_same_is_not_certain)
{
    const struct interval_estimate all = interval_around(1.0, 0.0, 2.0);
    const struct interval_estimate none = interval_around(0.0, 0.0, 2.0);
    const struct interval_estimate half = interval_around(0.5, 0.0, 2.0);
    const struct interval_estimate wide = interval_around(1.0, 0.1, 2.0);
    struct interval_estimate       got = interval_of_alike(all, 2.0, 0.95);
    cr_assert_float_eq(got.low, 0.15811388, 1e-8);
    cr_assert(got.high == 1.0 && got.value == 1.0);
    cr_assert_float_eq(interval_of_alike(all, 10.0, 0.95).low, 0.6915029, 1e-7);
    got = interval_of_alike(none, 10.0, 0.95);
    cr_assert(got.low == 0.0 && got.value == 0.0);
    cr_assert_float_eq(got.high, 0.3084971, 1e-7);
    cr_assert_float_eq(interval_of_alike(none, 1e12, 0.95).high, 3.6889e-12, 1e-15);
    cr_assert_eq(interval_of_alike(half, 2.0, 0.95).low, 0.5);
    cr_assert_eq(interval_of_alike(wide, 2.0, 0.95).low, wide.low);
    cr_assert_eq(interval_of_alike(all, 0.0, 0.95).low, 1.0);
    cr_assert_eq(interval_of_alike(interval_of_value(1.0), 2.0, 0.95).low, 1.0);
}
