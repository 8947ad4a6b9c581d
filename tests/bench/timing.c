/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "timing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double seconds_of(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

double cpu_seconds(void)
{
    return seconds_of(CLOCK_PROCESS_CPUTIME_ID);
}

double wall_seconds(void)
{
    return seconds_of(CLOCK_MONOTONIC);
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

struct spread spread_of(const double *values, uint32_t n)
{
    double sorted[ROUNDS_MOST];
    memcpy(sorted, values, n * sizeof *values);
    qsort(sorted, n, sizeof *sorted, by_value);
    return (struct spread){ .median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2,
                            .least = sorted[0], .most = sorted[n - 1] };
}

struct spread spread_of_ratios(const double *a, const double *b, uint32_t n)
{
    double ratios[ROUNDS_MOST];
    for (uint32_t i = 0; i < n; i++)
        ratios[i] = a[i] / b[i];
    return spread_of(ratios, n);
}

void spread_print(struct spread spread, double scale, int digits)
{
    char range[64];
    snprintf(range, sizeof range, "[%.*f, %.*f]", digits, spread.least * scale, digits,
             spread.most * scale);
    printf("%8.*f %-16s", digits, spread.median * scale, range);
}
