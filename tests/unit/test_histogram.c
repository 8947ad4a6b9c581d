/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: durations land in the right bin, quantiles and shares are within the promised error.
 * Method: every bin's edges are probed from both sides; odd inputs are given; quantiles of known
 * sets and of 100,000 exponential durations are compared with the exact ones. */
#include <criterion/criterion.h>
#include <math.h>

#include "stats/histogram.h"

Test(histogram, bins_begin_and_end_at_their_edges)
{
    cr_assert_eq(HISTOGRAM_BINS, 46 * 64 + 2);
    for (uint32_t bin = 1; bin < (uint32_t)HISTOGRAM_LAST; bin++) {
        const double low = histogram_edge(bin);
        const double high = histogram_edge(bin + 1);
        cr_assert_eq(histogram_bin(low), bin, "low edge of %u", bin);
        cr_assert_eq(histogram_bin(nextafter(high, 0.0)), bin, "below the high edge of %u", bin);
        cr_assert_eq(histogram_bin(nextafter(low, 0.0)), bin - 1, "below the low edge of %u", bin);
        cr_assert(high > low && (high - low) * 64.0 <= low, "width of %u", bin);
    }
    cr_assert_eq(histogram_edge(0), 0.0);
    cr_assert_eq(histogram_edge(1), 0x1p-10);
    cr_assert_eq(histogram_edge(HISTOGRAM_LAST), 0x1p36);
    cr_assert_eq(histogram_edge(HISTOGRAM_BINS), 0x1p36);
    cr_assert_eq(histogram_bin(0.0), 0);
    cr_assert_eq(histogram_bin(-0.0), 0);
    cr_assert_eq(histogram_bin(-5.0), 0);
    cr_assert_eq(histogram_bin(-HUGE_VAL), 0);
    cr_assert_eq(histogram_bin(5e-324), 0);
    cr_assert_eq(histogram_bin(0x1p36), (uint32_t)HISTOGRAM_LAST);
    cr_assert_eq(histogram_bin(1e308), (uint32_t)HISTOGRAM_LAST);
    cr_assert_eq(histogram_bin(HUGE_VAL), (uint32_t)HISTOGRAM_LAST);
    cr_assert(histogram_bin((double)NAN) < HISTOGRAM_BINS);
}

Test(histogram, quantiles_and_shares_of_known_sets)
{
    uint32_t counts[HISTOGRAM_BINS] = { 0 };
    uint64_t sum[HISTOGRAM_BINS] = { 0 };
    bool defined = true;
    cr_assert_eq(histogram_quantile(sum, 0.5, &defined), 0.0);
    cr_assert_not(defined);
    cr_assert_eq(histogram_share_below(sum, 3.0), 0.0);

    counts[histogram_bin(0.0)] = 60;
    counts[histogram_bin(64.0)] = 30;
    counts[histogram_bin(1e12)] = 10;
    histogram_merge(sum, counts);
    histogram_merge(sum, counts);
    cr_assert_eq(histogram_total(sum), 200);
    cr_assert_eq(histogram_quantile(sum, 0.5, &defined), 0.0);
    cr_assert(defined);
    cr_assert_eq(histogram_quantile(sum, 0.75, &defined), 64.5); /* the bin is [64, 65) */
    cr_assert_eq(histogram_quantile(sum, 0.9, &defined), 65.0);
    cr_assert_eq(histogram_quantile(sum, 1.0, &defined), 0x1p36);
    cr_assert_eq(histogram_quantile(sum, 7.0, &defined), 0x1p36);
    cr_assert_eq(histogram_quantile(sum, -7.0, &defined), 0.0);
    cr_assert_eq(histogram_quantile(sum, (double)NAN, &defined), 0.0);
    cr_assert_eq(histogram_share_below(sum, -1.0), 0.0);
    cr_assert_eq(histogram_share_below(sum, (double)NAN), 0.0);
    cr_assert_eq(histogram_share_below(sum, 0.0), 0.6);
    cr_assert_eq(histogram_share_below(sum, 64.0), 0.6);
    cr_assert_float_eq(histogram_share_below(sum, 64.5), 0.75, 1e-15);
    cr_assert_eq(histogram_share_below(sum, 65.0), 0.9);
    cr_assert_eq(histogram_share_below(sum, 1e300), 0.9);
    cr_assert_eq(histogram_share_below(sum, HUGE_VAL), 1.0);
}

Test(histogram, quantiles_of_exponential_durations)
{
    enum { N = 100000 };
    static uint64_t counts[HISTOGRAM_BINS];
    /* The i-th of N evenly spread quantiles: a sample without sampling error. */
    for (int i = 0; i < N; i++)
        counts[histogram_bin(-300.0 * log1p(-((double)i + 0.5) / N))]++;
    for (double p = 0.001; p < 0.9995; p += 0.001) {
        bool defined;
        const double exact = -300.0 * log1p(-p);
        const double found = histogram_quantile(counts, p, &defined);
        cr_assert(defined && fabs(found - exact) <= exact / 64.0, "p %g: %g %g", p, found, exact);
        const double share = histogram_share_below(counts, exact);
        cr_assert_float_eq(share, p, 1e-4, "share below %g: %g, not %g", exact, share, p);
        cr_assert_float_eq(histogram_share_below(counts, found), p, 1e-12);
    }
}
