/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: quantile intervals cover although the contacts of a replication resemble each other.
 * Method: replications share a random level, so their contacts are correlated and a binomial
 * interval would be far too narrow; 1000 macro-replications of 40 replications must
 * cover the exact 0.9-quantile 916 to 971 times (the binomial region, with 10 off at the bottom
 * for the grid and the bias of a quantile). Few replications and empty ones are written out. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "stats/sections.h"

static double unit(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return ((double)(*state * 2685821657736338717u >> 12) + 0.5) * 0x1p-52;
}

static uint64_t counts[SECTIONS_COUNTS], pooled[HISTOGRAM_BINS];

Test(sections, quantile_intervals_cover)
{
    enum { MACRO = 1000, REPLICATIONS = 40, CONTACTS = 200 };
    uint64_t state = 4711;
    int covered = 0;
    /* Wait = level * e with level uniform on (50, 150) and e exponential: its tail at w is the
     * mean of exp(-w / level) over levels; the 0.9-quantile below solves tail = 0.1. */
    double low = 100.0, high = 1000.0;
    for (int step = 0; step < 60; step++) {
        const double middle = 0.5 * (low + high);
        double tail = 0.0;
        for (int i = 0; i < 10000; i++)
            tail += exp(-middle / (50.0 + 0.01 * (i + 0.5))) / 10000.0;
        *(tail > 0.1 ? &low : &high) = middle;
    }
    for (int macro = 0; macro < MACRO; macro++) {
        memset(counts, 0, sizeof counts);
        for (uint64_t r = 0; r < REPLICATIONS; r++) {
            uint32_t own[HISTOGRAM_BINS] = { 0 };
            const double level = 50.0 + 100.0 * unit(&state);
            for (int i = 0; i < CONTACTS; i++)
                own[histogram_bin(-level * log(unit(&state)))]++;
            sections_add(counts, r, own);
        }
        sections_pool(counts, pooled);
        const struct interval_estimate q = sections_quantile(counts, pooled, 0.9, 0.95);
        cr_assert(q.defined && q.has_interval);
        covered += q.low <= low && low <= q.high;
    }
    cr_assert(covered >= 916 && covered <= 971, "%d of 1000 covered", covered);
}

Test(sections, few_and_empty_sections)
{
    uint32_t own[HISTOGRAM_BINS] = { 0 };
    sections_pool(counts, pooled);
    cr_assert_not(sections_quantile(counts, pooled, 0.5, 0.95).defined);

    own[histogram_bin(64.0)] = 10;
    sections_add(counts, 3, own);
    sections_add(counts, 23, own); /* the same section again */
    sections_pool(counts, pooled);
    struct interval_estimate q = sections_quantile(counts, pooled, 0.5, 0.95);
    cr_assert(q.defined && !q.has_interval && q.value == 64.5);

    sections_add(counts, 4, own);
    sections_add(counts, 24, own);
    sections_pool(counts, pooled);
    q = sections_quantile(counts, pooled, 0.5, 0.95);
    cr_assert(q.has_interval && q.low == 64.5 && q.high == 64.5);
    cr_assert_eq(histogram_total(pooled), 40);

    /* Two sections with median 64.5, one with 129: by hand. */
    memset(own, 0, sizeof own);
    own[histogram_bin(128.0)] = 20; /* the bin is [128, 130) */
    sections_add(counts, 5, own);
    sections_pool(counts, pooled);
    q = sections_quantile(counts, pooled, 0.5, 0.95);
    const double pooled_median = 64.0 + 30.0 / 40.0;
    const double squares = 2.0 * (64.5 - pooled_median) * (64.5 - pooled_median) +
                           (129.0 - pooled_median) * (129.0 - pooled_median);
    cr_assert_float_eq(q.value, pooled_median, 1e-12);
    cr_assert_float_eq(q.std_error, sqrt(squares / 2.0 / 3.0), 1e-12);
}
