/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/sections.h"

#include <math.h>
#include <string.h>

void sections_add(uint64_t *counts, uint64_t replication, const uint32_t *histogram)
{
    histogram_merge(counts + replication % SECTIONS * HISTOGRAM_BINS, histogram);
}

void sections_pool(const uint64_t *counts, uint64_t *pooled)
{
    memset(pooled, 0, HISTOGRAM_BINS * sizeof *pooled);
    for (size_t section = 0; section < SECTIONS; section++)
        histogram_add(pooled, counts + section * HISTOGRAM_BINS);
}

struct interval_estimate sections_quantile(const uint64_t *counts, const uint64_t *pooled,
                                           double probability, double confidence)
{
    bool defined;
    const double value = histogram_quantile(pooled, probability, &defined);
    if (!defined)
        return (struct interval_estimate){ 0 };
    uint64_t filled = 0;
    double squares = 0.0;
    for (size_t section = 0; section < SECTIONS; section++) {
        const double own =
            histogram_quantile(counts + section * HISTOGRAM_BINS, probability, &defined);
        if (!defined)
            continue;
        filled++;
        squares += (own - value) * (own - value);
    }
    if (filled < 2)
        return interval_of_value(value);
    const double k = (double)filled;
    return interval_around(value, sqrt(squares / (k - 1.0) / k),
                           student_quantile(filled - 1, confidence));
}
