/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By inversion: -mean log(U). p[0] is the mean. The quantile uses 1 - u, so that it grows with u;
 * the draw uses U itself (dist_draw), which keeps the smallest values at full precision. */
#include "kernel/dist_impl.h"

struct given {
    double mean, rate;
};

static const struct dist_form forms[] = { { { "mean" } }, { { "rate" } } };

static bool make(struct reader *reader, const struct json *at, const void *given,
                 struct dist *dist)
{
    const struct given *of = given;
    const int form = dist_form(reader, at, forms, COUNT_OF(forms));

    if (form < 0)
        return false;
    dist->fast = DIST_EXPONENTIAL;
    dist->p[0] = form == 0 ? of->mean : 1.0 / of->rate;
    return true;
}

static double draw(const struct dist *dist, struct rng *rng)
{
    return dist->p[0] * exact_exponential(rng_unit(rng));
}

static double quantile(const struct dist *dist, double u)
{
    return -dist->p[0] * exact_log1p(-u);
}

static double mean(const struct dist *dist)
{
    return dist->p[0];
}

static double variance(const struct dist *dist)
{
    return dist->p[0] * dist->p[0];
}

static double cdf(const struct dist *dist, double x)
{
    return x <= 0.0 ? 0.0 : -expm1(-x / dist->p[0]);
}

static const struct param params[] = {
    DIST_ROW_MEAN(struct given),
    { .key = "rate", .type = PARAM_RATE, .offset = offsetof(struct given, rate), .low = 0.0,
      .high = 1e9, .flags = PARAM_POSITIVE, .doc = "1 / mean, for example \"10 /h\".",
      .example = "\"10 /h\"" },
};

static const struct shape shape = {
    .name = "exponential", .summary = "Needs \"mean\" or \"rate\".", .params = params,
    .n_params = COUNT_OF(params), .size = sizeof(struct given),
};

const struct dist_kind dist_kind_exponential = {
    .kind = { .name = "exponential",
              .summary = "Memoryless: many short values, a few long ones; cv 1.",
              .example = "{\"kind\": \"exponential\", \"mean\": \"6 min\"}", .shape = &shape },
    .make = make,
    .draw = draw,
    .quantile = quantile,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
};
