/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/contrast.h"

#include <math.h>
#include <stdlib.h>

bool response_open(struct response *response, uint32_t n_points, uint32_t replications)
{
    const size_t points = n_points + (size_t)1; /* never nothing */
    *response = (struct response){ .n_points = n_points, .replications = replications };
    response->at = calloc(points * (replications + (size_t)1), sizeof *response->at);
    response->value = calloc(points, sizeof *response->value);
    response->error = calloc(points, sizeof *response->error);
    response->defined = calloc(points, sizeof *response->defined);
    return response->at && response->value && response->error && response->defined;
}

void response_close(struct response *response)
{
    free(response->at);
    free(response->value);
    free(response->error);
    free(response->defined);
    *response = (struct response){ .at = NULL };
}

/* Sums of one set, of `n` replications in all. */
static double sum_of_set(const double *x, size_t stride, uint32_t n, uint32_t set, uint32_t unit)
{
    const uint32_t end = n - unit * set < set ? n : (unit + 1) * set;
    double         sum = 0;
    for (uint32_t r = unit * set; r < end; r++)
        sum += x[r * stride];
    return sum;
}

void response_fill_sets(struct response *response, uint32_t point, const double *x,
                        const double *y, size_t stride, uint32_t n, uint32_t set)
{
    const uint32_t    units = response->replications;
    double           *to = response->at + (size_t)point * units;
    struct ratio_sums sums = { 0 };
    for (uint32_t u = 0; u < units; u++)
        ratio_add(&sums, sum_of_set(x, stride, n, set, u), sum_of_set(y, stride, n, set, u));
    const struct interval_estimate estimate = ratio_interval_t(&sums, 1);
    response->defined[point] = estimate.defined;
    response->value[point] = estimate.value;
    response->error[point] = estimate.std_error;
    const double mean_y = units ? sums.sum_y / units : 0;
    for (uint32_t u = 0; u < units; u++) {
        const double residual = sum_of_set(x, stride, n, set, u) -
                                estimate.value * sum_of_set(y, stride, n, set, u);
        to[u] = estimate.defined ? estimate.value + residual / mean_y : 0;
    }
}

void response_fill(struct response *response, uint32_t point, const double *x, const double *y,
                   size_t stride)
{
    response_fill_sets(response, point, x, y, stride, response->replications, 1);
}

struct interval_estimate contrast(const struct response *response, const double *weights, double t)
{
    const uint32_t n = response->replications;
    struct moments moments = { 0 };
    double         value = 0, size = 0;
    for (uint32_t p = 0; p < response->n_points; p++) {
        if (weights[p] < 0 || weights[p] > 0) {
            if (!response->defined[p])
                return (struct interval_estimate){ .defined = false };
            value += weights[p] * response->value[p];
            size += fabs(weights[p] * response->value[p]);
        }
    }
    for (uint32_t r = 0; r < n; r++) {
        double sum = 0;
        for (uint32_t p = 0; p < response->n_points; p++)
            if (weights[p] < 0 || weights[p] > 0)
                sum += weights[p] * response->at[(size_t)p * n + r];
        moments_add(&moments, sum - value); /* near 0, so that rounding stays small */
    }
    struct interval_estimate spread = mean_interval_t(&moments, 1);
    if (!spread.has_interval)
        return interval_of_value(value);
    /* What differs from nothing by rounding alone is nothing. */
    if (fabs(value) < size * 1e-14)
        value = 0;
    return interval_around(value, spread.std_error < size * 1e-14 ? 0 : spread.std_error, t);
}

struct interval_estimate contrast_of_two(const struct response *response, uint32_t a, uint32_t b,
                                         double t)
{
    const uint32_t n = response->replications;
    struct moments moments = { 0 };
    if (!response->defined[a] || !response->defined[b])
        return (struct interval_estimate){ .defined = false };
    const double value = response->value[a] - response->value[b];
    for (uint32_t r = 0; r < n; r++)
        moments_add(&moments, response->at[(size_t)a * n + r] - response->at[(size_t)b * n + r] -
                                  value);
    const struct interval_estimate spread = mean_interval_t(&moments, 1);
    if (!spread.has_interval)
        return interval_of_value(value);
    return interval_around(value, spread.std_error, t);
}
