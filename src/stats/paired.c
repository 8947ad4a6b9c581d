/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/paired.h"

#include <math.h>

/* Below this share of its parts a variance is rounding, not spread. */
static const double noise = 1e-26;

static struct ratio_sums sums_of(struct paired_values values, size_t n)
{
    struct ratio_sums sums = { 0 };
    for (size_t r = 0; r < n; r++)
        ratio_add(&sums, values.xy[r * values.stride], values.xy[r * values.stride + 1]);
    return sums;
}

/* What replication r adds to the ratio, to first order. */
static double influence(struct paired_values values, size_t r, double ratio, double mean_y)
{
    const double *pair = values.xy + r * values.stride;
    return (pair[0] - ratio * pair[1]) / mean_y;
}

struct paired paired_difference(struct paired_values a, struct paired_values b, size_t n,
                                double confidence)
{
    const struct ratio_sums sums[] = { sums_of(a, n), sums_of(b, n) };
    struct paired           paired = { .reduction = 0 };
    if (n == 0 || sums[0].sum_y == 0 || sums[1].sum_y == 0)
        return paired;
    const double ratios[] = { sums[0].sum_x / sums[0].sum_y, sums[1].sum_x / sums[1].sum_y };
    paired.difference = interval_of_value(ratios[1] - ratios[0]);
    if (n < 2 || !paired.difference.defined)
        return paired;
    double var_a = 0, var_b = 0, var_d = 0;
    for (size_t r = 0; r < n; r++) {
        const double of_a = influence(a, r, ratios[0], sums[0].mean_y);
        const double of_b = influence(b, r, ratios[1], sums[1].mean_y);
        var_a += of_a * of_a;
        var_b += of_b * of_b;
        var_d += (of_b - of_a) * (of_b - of_a);
    }
    const double scale = noise * (ratios[0] * ratios[0] + ratios[1] * ratios[1]) * (double)n;
    if (var_d <= scale)
        var_d = 0;
    paired.difference = interval_around(paired.difference.value,
                                        sqrt(var_d / (double)(n - 1) / (double)n),
                                        student_quantile(n - 1, confidence));
    if (var_d > 0 && var_a > scale && var_b > scale)
        paired.reduction = (var_a + var_b) / var_d;
    return paired;
}

double paired_joint(double confidence, size_t n)
{
    return n > 0 ? 1 - (1 - confidence) / (double)n : confidence;
}
