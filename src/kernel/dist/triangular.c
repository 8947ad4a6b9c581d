/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By inversion of the two parabolas. p = low, mode, high. */
#include "kernel/dist_impl.h"

struct given {
    double low, mode, high;
};

static bool make(struct reader *reader, const struct json *at, const void *given,
                 struct dist *dist)
{
    const struct given *of = given;

    if (of->low > of->mode || of->mode > of->high)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, at, NULL,
                          "\"low\", \"mode\" and \"high\" in this order, from small to large", NULL,
                          NULL, "the bounds of this triangular distribution are not in order");
    dist->p[0] = of->low;
    dist->p[1] = of->mode;
    dist->p[2] = of->high;
    return true;
}

static double quantile(const struct dist *dist, double u)
{
    const double low = dist->p[0], mode = dist->p[1], high = dist->p[2], width = high - low;

    if (u * width < mode - low)
        return low + __builtin_sqrt(u * width * (mode - low));
    return high - __builtin_sqrt((1.0 - u) * width * (high - mode));
}

static double mean(const struct dist *dist)
{
    return (dist->p[0] + dist->p[1] + dist->p[2]) / 3.0;
}

static double variance(const struct dist *dist)
{
    const double a = dist->p[1] - dist->p[0], b = dist->p[2] - dist->p[0];

    return (a * a + b * b - a * b) / 18.0;
}

static double cdf(const struct dist *dist, double x)
{
    const double low = dist->p[0], mode = dist->p[1], high = dist->p[2];

    if (x < low)
        return 0.0;
    if (x >= high)
        return 1.0;
    if (x < mode)
        return (x - low) / (mode - low) * ((x - low) / (high - low));
    return 1.0 - (high - x) / (high - mode) * ((high - x) / (high - low));
}

static const struct param params[] = {
    DIST_ROW_QUANTITY(struct given, low, PARAM_REQUIRED, "Smallest value.", "\"2 min\""),
    DIST_ROW_QUANTITY(struct given, mode, PARAM_REQUIRED, "Most frequent value.", "\"5 min\""),
    DIST_ROW_QUANTITY(struct given, high, PARAM_REQUIRED, "Largest value.", "\"20 min\""),
};

static const struct shape shape = {
    .name = "triangular", .summary = "Needs low, mode and high.",
    .params = params, .n_params = COUNT_OF(params), .size = sizeof(struct given),
};

const struct dist_kind dist_kind_triangular = {
    .kind = { .name = "triangular",
              .summary = "Between two bounds, with a most frequent value: for estimates by hand.",
              .example = "{\"kind\": \"triangular\", \"low\": \"2 min\", \"mode\": \"5 min\", "
                         "\"high\": \"20 min\"}",
              .shape = &shape },
    .make = make,
    .draw = dist_draw_inverse,
    .quantile = quantile,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
};
