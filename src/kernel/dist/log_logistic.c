/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By inversion: scale (U / (1 - U))^(1/shape). The scale is the median. p = shape, scale. */
#include "kernel/dist_impl.h"

struct given {
    double shape, scale, median;
};

static const struct dist_form forms[] = { { { "shape", "scale" } }, { { "shape", "median" } } };

static bool make(struct reader *reader, const struct json *at, const void *given,
                 struct dist *dist)
{
    const struct given *of = given;
    const int form = dist_form(reader, at, forms, COUNT_OF(forms));

    if (form < 0)
        return false;
    dist->p[0] = of->shape;
    dist->p[1] = form == 0 ? of->scale : of->median;
    return true;
}

static double quantile(const struct dist *dist, double u)
{
    return dist->p[1] * exact_pow(u / (1.0 - u), 1.0 / dist->p[0]);
}

/* b / sin(b), which is the k-th moment over scale^k for b = k pi / shape below pi. */
static double moment(const struct dist *dist, double k)
{
    const double b = k * 0x1.921fb54442d18p+1 / dist->p[0];

    return b / sin(b);
}

static double mean(const struct dist *dist)
{
    return dist->p[0] <= 1.0 ? INFINITY : dist->p[1] * moment(dist, 1.0);
}

static double variance(const struct dist *dist)
{
    if (dist->p[0] <= 2.0)
        return INFINITY;
    const double first = moment(dist, 1.0);
    return dist->p[1] * dist->p[1] * fmax(moment(dist, 2.0) - first * first, 0.0);
}

static double cdf(const struct dist *dist, double x)
{
    return x <= 0.0 ? 0.0 : 1.0 / (1.0 + pow(x / dist->p[1], -dist->p[0]));
}

static const struct param params[] = {
    { .key = "shape", .type = PARAM_NUMBER, .offset = offsetof(struct given, shape), .low = 1.0,
      .high = DIST_SHAPE_TOP, .flags = PARAM_REQUIRED | PARAM_POSITIVE,
      .doc = "Shape, more than 1; the variance is finite above 2.", .example = "4.5" },
    DIST_ROW_SCALE(struct given),
    DIST_ROW_QUANTITY(struct given, median, PARAM_POSITIVE,
                      "Half of the values are below it; another word for the scale.",
                      "\"6 min\""),
};

static const struct shape shape = {
    .name = "log_logistic", .summary = "Needs shape and scale, or shape and median.",
    .params = params, .n_params = COUNT_OF(params), .size = sizeof(struct given),
};

const struct dist_kind dist_kind_log_logistic = {
    .kind = { .name = "log_logistic",
              .summary = "Like the lognormal with heavier tails. Needs shape and scale, or shape "
                         "and median, which are the same.",
              .example = "{\"kind\": \"log_logistic\", \"shape\": 4.5, \"median\": \"6 min\"}",
              .shape = &shape },
    .make = make,
    .draw = dist_draw_inverse,
    .quantile = quantile,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
};
