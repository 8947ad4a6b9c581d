/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/histogram.h - how long things took.
 *
 * Durations in seconds fall into bins whose width grows with the duration: 64 bins to every
 * doubling between 2^-10 s (a millisecond) and 2^36 s (two thousand years). Bin 0 holds what is
 * shorter, exact zeros above all; the last bin holds what is longer. The bin is read off the
 * bits of the number, so recording costs one shift, one subtraction and one increment.
 *
 * Counts are plain arrays of HISTOGRAM_BINS numbers that the caller owns: uint32_t while one
 * replication records, uint64_t where replications are added up. Adding is exact and its order
 * does not matter.
 *
 * Error: inside a bin the observations are taken as spread evenly, so a quantile is off by less
 * than its bin is wide: at most 1/64 of its value (half of that on average), or 2^-10 s below
 * 2^-10 s. Bin 0 is read as zeros; the last bin as 2^36 s.
 */
#ifndef STATS_HISTOGRAM_H
#define STATS_HISTOGRAM_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum {
    HISTOGRAM_SUB_BITS = 6,                       /* 2^6 bins an octave                  */
    HISTOGRAM_FIRST_EXPONENT = -10,               /* bin 1 begins at 2^-10 s             */
    HISTOGRAM_OCTAVES = 46,                       /* so the last bin begins at 2^36 s    */
    HISTOGRAM_BINS = (HISTOGRAM_OCTAVES << HISTOGRAM_SUB_BITS) + 2,
    HISTOGRAM_LAST = HISTOGRAM_BINS - 1,
    HISTOGRAM_SHIFT = 52 - HISTOGRAM_SUB_BITS,
    HISTOGRAM_BASE = ((1023 + HISTOGRAM_FIRST_EXPONENT) << HISTOGRAM_SUB_BITS) - 1,
};

/* The bin of a duration. Negative numbers count as zero, infinity as very long. */
static inline uint32_t histogram_bin(double seconds)
{
    int64_t bits;
    memcpy(&bits, &seconds, sizeof bits);
    int32_t bin = (int32_t)(bits >> HISTOGRAM_SHIFT) - HISTOGRAM_BASE;
    bin = bin < 0 ? 0 : bin;
    return (uint32_t)(bin > HISTOGRAM_LAST ? HISTOGRAM_LAST : bin);
}

/* Where a bin begins, bin <= HISTOGRAM_BINS; the last bin begins and ends at 2^36. */
double histogram_edge(uint32_t bin);

void     histogram_merge(uint64_t *into, const uint32_t *counts);
void     histogram_add(uint64_t *into, const uint64_t *counts);
uint64_t histogram_total(const uint64_t *counts);

/* The duration below which a share `probability` of the observations lies. `*defined` is false,
 * and the value 0, when there are no observations. */
double histogram_quantile(const uint64_t *counts, double probability, bool *defined);

/* The share of the observations up to and including `seconds`: 0 without observations. Bin 0
 * belongs to every duration from 0 on; the last bin to none but infinity. */
double histogram_share_below(const uint64_t *counts, double seconds);

#endif
