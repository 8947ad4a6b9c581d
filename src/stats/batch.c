/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/batch.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#define BY_CHANCE 0.1 /* probability above which neighbours look independent */

static double mean_of(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum / (double)n;
}

/* von Neumann's ratio of the means of m observations each; below 0 when they are all alike. */
static double neumann_ratio(const double *x, size_t k, size_t m)
{
    const double mean = mean_of(x, k * m);
    double       before = 0, differences = 0, squares = 0;
    for (size_t j = 0; j < k; j++) {
        const double own = mean_of(x + j * m, m) - mean;
        squares += own * own;
        if (j > 0)
            differences += (own - before) * (own - before);
        before = own;
    }
    return squares > 0 ? differences / squares : -1;
}

static double neighbours(const double *x, size_t k, size_t m)
{
    const double ratio = k < 3 ? -1 : neumann_ratio(x, k, m);
    if (ratio < 0)
        return 1;
    /* Of independent normal ones it has mean 2 and variance 4 (k - 2) / (k^2 - 1). */
    const double n = (double)k;
    return gsl_cdf_ugaussian_P((ratio - 2) / 2 / sqrt((n - 2) / (n * n - 1)));
}

double batch_neighbours(const double *x, size_t n)
{
    return neighbours(x, n, 1);
}

double batch_variance(const double *x, size_t n, size_t m)
{
    const double mean = mean_of(x, n), length = (double)n, of = (double)m;
    double       sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        sum += x[i] - mean;
        if (i + 1 < m)
            continue;
        squares += sum / of * (sum / of);
        sum -= x[i + 1 - m] - mean;
    }
    return length * of / (length - of + 1) / (length - of) * squares;
}

size_t batch_size(const double *x, size_t n)
{
    for (size_t m = 1; n / m >= BATCHES_LEAST; m *= 2)
        if (neighbours(x, n / m, m) > BY_CHANCE)
            return m;
    return 0;
}

struct interval_estimate batch_interval(const double *x, size_t n, double confidence)
{
    const size_t enough = batch_size(x, n), few = n / 20;
    const size_t m = enough > few ? enough : few;
    if (n == 0)
        return (struct interval_estimate){ 0 };
    if (enough == 0)
        return interval_of_value(mean_of(x, n));
    const double degrees = 1.5 * ((double)n / (double)m - 1);
    return interval_around(mean_of(x, n), sqrt(batch_variance(x, n, m) / (double)n),
                           student_quantile((uint64_t)degrees, confidence));
}
