/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/mser.h"

#include <math.h>

#define TAIL_LEAST 5

bool mser_cut(const double *x, size_t n, size_t *cut)
{
    const size_t batch = n >= MSER_BATCH * MSER_BATCHES_LEAST ? MSER_BATCH : 1;
    const size_t m = n / batch;
    double       mean = 0, m2 = 0, least = HUGE_VAL;
    size_t       best = m;
    *cut = 0;
    /* From the end: Welford's recurrence gives the squares of every tail in one go. A tail of a few
     * means that happen to be alike says nothing, so each has five at least (Hoad et al.). */
    for (size_t d = m; d-- > 0;) {
        double z = 0;
        for (size_t i = d * batch; i < (d + 1) * batch; i++)
            z += x[i] / (double)batch;
        const double tail = (double)(m - d), apart = z - mean;
        mean += apart / tail;
        m2 += apart * (z - mean);
        if (m - d >= TAIL_LEAST && m2 / tail / tail <= least) {
            least = m2 / tail / tail;
            best = d;
        }
    }
    if (m < MSER_BATCHES_LEAST || best > m / 2)
        return false;
    *cut = best * batch;
    return true;
}
