/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A binary64 number is sign, 11 bits of exponent, 52 of mantissa. Cut after the sixth bit of the
 * mantissa, read as an integer, it counts sixty-fourths of octaves: a logarithm that is linear
 * between powers of two, increasing, and free. */
#include "stats/histogram.h"

#include <math.h>

enum { BLOCK = 32 };

double histogram_edge(uint32_t bin)
{
    if (bin == 0)
        return 0.0;
    if (bin > (uint32_t)HISTOGRAM_LAST)
        bin = HISTOGRAM_LAST;
    const uint64_t bits = ((uint64_t)bin + HISTOGRAM_BASE) << HISTOGRAM_SHIFT;
    double edge;
    memcpy(&edge, &bits, sizeof edge);
    return edge;
}

void histogram_merge(uint64_t *into, const uint32_t *counts)
{
    for (uint32_t bin = 0; bin < HISTOGRAM_BINS; bin++)
        into[bin] += counts[bin];
}

void histogram_add(uint64_t *into, const uint64_t *counts)
{
    for (uint32_t bin = 0; bin < HISTOGRAM_BINS; bin++)
        into[bin] += counts[bin];
}

uint64_t histogram_total(const uint64_t *counts)
{
    uint64_t total = 0;
    for (uint32_t bin = 0; bin < HISTOGRAM_BINS; bin++)
        total += counts[bin];
    return total;
}

/* The first bin of the block in which the counts come up to a rank (of the last block, when
 * rounding lost it), and those before it. Nearly all bins of a small sample are empty, and sums of
 * whole blocks are quick. */
static uint32_t skip_blocks(const uint64_t *counts, double rank, uint64_t *before)
{
    uint32_t first = 0;
    for (; first + BLOCK < HISTOGRAM_BINS; first += BLOCK) {
        uint64_t here = 0;
        for (uint32_t bin = first; bin < first + BLOCK; bin++)
            here += counts[bin];
        if ((double)(*before + here) >= rank)
            break;
        *before += here;
    }
    return first;
}

double histogram_quantile(const uint64_t *counts, double probability, bool *defined)
{
    const uint64_t total = histogram_total(counts);
    *defined = total > 0;
    if (total == 0)
        return 0.0;
    /* Written so that a nan asks for the smallest observation. */
    const double share = probability > 0.0 ? fmin(probability, 1.0) : 0.0;
    const double rank = share * (double)total;
    uint64_t seen = 0;
    uint32_t last = skip_blocks(counts, rank, &seen);
    for (uint32_t bin = last; bin < HISTOGRAM_BINS; bin++) {
        if (counts[bin] == 0)
            continue;
        const double before = (double)seen, count = (double)counts[bin];
        if (before + count >= rank) {
            const double low = histogram_edge(bin);
            if (bin == 0)
                return low;
            return low + (histogram_edge(bin + 1) - low) * fmax(0.0, rank - before) / count;
        }
        seen += counts[bin];
        last = bin;
    }
    return histogram_edge(last + 1); /* only when rounding lost the last count of 2^53 */
}

double histogram_share_below(const uint64_t *counts, double seconds)
{
    const uint64_t total = histogram_total(counts);
    if (total == 0 || !(seconds >= 0.0))
        return 0.0;
    if (isinf(seconds))
        return 1.0;
    const uint32_t at = histogram_bin(seconds);
    uint64_t below = 0;
    for (uint32_t bin = 0; bin < at; bin++)
        below += counts[bin];
    if (at == HISTOGRAM_LAST)
        return (double)below / (double)total;
    const double low = histogram_edge(at);
    const double part = at == 0 ? 1.0 : (seconds - low) / (histogram_edge(at + 1) - low);
    return ((double)below + part * (double)counts[at]) / (double)total;
}
