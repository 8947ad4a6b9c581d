/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By inversion: minimum (1 - U)^(-1/shape). p = shape, minimum. From mean and cv:
 * cv^2 = 1 / (shape (shape - 2)). */
#include "kernel/dist_impl.h"

struct given {
    double shape, minimum, mean, cv;
};

static const struct dist_form forms[] = { { { "shape", "minimum" } }, { { "mean", "cv" } } };

static bool make(struct reader *reader, const struct json *at, const void *given,
                 struct dist *dist)
{
    const struct given *of = given;
    const int form = dist_form(reader, at, forms, COUNT_OF(forms));

    if (form < 0)
        return false;
    if (form == 0) {
        dist->p[0] = of->shape;
        dist->p[1] = of->minimum;
        return true;
    }
    if (of->cv < 1e-15) {
        *dist = dist_constant(of->mean);
        return true;
    }
    dist->p[0] = 1.0 + __builtin_sqrt(1.0 + 1.0 / of->cv / of->cv);
    dist->p[1] = of->mean * (dist->p[0] - 1.0) / dist->p[0];
    return true;
}

static double quantile(const struct dist *dist, double u)
{
    return dist->p[1] * exact_exp(-exact_log1p(-u) / dist->p[0]);
}

static double mean(const struct dist *dist)
{
    const double a = dist->p[0];

    return a <= 1.0 ? INFINITY : dist->p[1] * (a / (a - 1.0));
}

static double variance(const struct dist *dist)
{
    const double a = dist->p[0], m = mean(dist);

    return a <= 2.0 ? INFINITY : m * m / a / (a - 2.0);
}

static double cdf(const struct dist *dist, double x)
{
    return x <= dist->p[1] ? 0.0 : -expm1(-dist->p[0] * log(x / dist->p[1]));
}

static const struct param params[] = {
    { .key = "shape", .type = PARAM_NUMBER, .offset = offsetof(struct given, shape), .low = 1.0,
      .high = DIST_SHAPE_TOP, .flags = PARAM_POSITIVE,
      .doc = "Shape, more than 1; the variance is finite above 2.", .example = "2.5" },
    DIST_ROW_QUANTITY(struct given, minimum, PARAM_POSITIVE,
                      "Smallest value (the scale).",
                      "\"2 min\""),
    DIST_ROW_MEAN(struct given),
    DIST_ROW_CV(struct given),
};

static const struct shape shape = {
    .name = "pareto", .summary = "Needs shape and minimum, or mean and cv.",
    .params = params, .n_params = COUNT_OF(params), .size = sizeof(struct given),
};

const struct dist_kind dist_kind_pareto = {
    .kind = { .name = "pareto",
              .summary = "A power law: a few values are very large. Needs shape and minimum, or "
                         "mean and cv.",
              .example = "{\"kind\": \"pareto\", \"shape\": 2.5, \"minimum\": \"3 min\"}",
              .shape = &shape },
    .make = make,
    .draw = dist_draw_inverse,
    .quantile = quantile,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
};
