/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By inversion: low + (high - low) U. p = low, high. A uniform with mean m and cv c has
 * half-width sqrt(3) c m, so that c is at most 1/sqrt(3) when no value may be negative. */
#include "kernel/dist_impl.h"

struct given {
    double low, high, mean, cv;
};

static const struct dist_form forms[] = { { { "low", "high" } }, { { "mean", "cv" } } };

static bool make(struct reader *reader, const struct json *at, const void *given,
                 struct dist *dist)
{
    const struct given *of = given;
    const int form = dist_form(reader, at, forms, COUNT_OF(forms));

    if (form < 0)
        return false;
    const double half = form == 0 ? 0.0 : __builtin_sqrt(3.0) * of->cv * of->mean;
    dist->p[0] = form == 0 ? of->low : of->mean - half;
    dist->p[1] = form == 0 ? of->high : of->mean + half;
    if (dist->p[0] < 0.0)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, json_member(at, "cv"), NULL,
                          "at most 0.577, which is 1/sqrt(3)", NULL,
                          "gamma or lognormal allow any cv",
                          "a uniform distribution with this cv would have negative values");
    if (dist->p[0] > dist->p[1])
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, at, NULL,
                          "\"low\" at most \"high\"", NULL, NULL, "\"low\" is above \"high\"");
    return true;
}

static double quantile(const struct dist *dist, double u)
{
    return dist->p[0] + (dist->p[1] - dist->p[0]) * u;
}

static double mean(const struct dist *dist)
{
    return 0.5 * (dist->p[0] + dist->p[1]);
}

static double variance(const struct dist *dist)
{
    const double width = dist->p[1] - dist->p[0];

    return width * width / 12.0;
}

static double cdf(const struct dist *dist, double x)
{
    if (x >= dist->p[1])
        return 1.0;
    return x <= dist->p[0] ? 0.0 : (x - dist->p[0]) / (dist->p[1] - dist->p[0]);
}

static const struct param params[] = {
    DIST_ROW_QUANTITY(struct given, low, 0, "Smallest value.", "\"2 min\""),
    DIST_ROW_QUANTITY(struct given, high, 0, "Largest value.", "\"6 min\""),
    DIST_ROW_MEAN(struct given),
    DIST_ROW_CV(struct given),
};

static const struct shape shape = {
    .name = "uniform", .summary = "Needs low and high, or mean and cv.",
    .params = params, .n_params = COUNT_OF(params), .size = sizeof(struct given),
};

const struct dist_kind dist_kind_uniform = {
    .kind = { .name = "uniform",
              .summary = "All values between two bounds alike. Needs low and high, or mean and "
                         "cv.",
              .example = "{\"kind\": \"uniform\", \"low\": \"2 min\", \"high\": \"6 min\"}",
              .shape = &shape },
    .make = make,
    .draw = dist_draw_inverse,
    .quantile = quantile,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
};
