/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Always the same value. */
#include "kernel/dist_impl.h"

static bool make(struct reader *reader, const struct json *at, const void *given,
                 struct dist *dist)
{
    const struct dist_constant_given *of = given;

    (void)reader;
    (void)at;
    *dist = dist_constant(of->value);
    return true;
}

static double draw(const struct dist *dist, struct rng *rng)
{
    (void)rng;
    return dist->p[0];
}

static double quantile(const struct dist *dist, double u)
{
    (void)u;
    return dist->p[0];
}

static double mean(const struct dist *dist)
{
    return dist->p[0];
}

static double variance(const struct dist *dist)
{
    (void)dist;
    return 0.0;
}

static double cdf(const struct dist *dist, double x)
{
    return x >= dist->p[0] ? 1.0 : 0.0;
}

static const struct param params[] = {
    { .key = "value", .type = PARAM_QUANTITY, .offset = offsetof(struct dist_constant_given, value),
      .low = 0.0, .high = DIST_MOST, .flags = PARAM_REQUIRED, .doc = "The value.",
      .example = "\"90 s\"" },
};

static const struct shape shape = {
    .name = "constant", .summary = "Always the same value.", .params = params,
    .n_params = COUNT_OF(params), .size = sizeof(struct dist_constant_given),
};

const struct dist_kind dist_kind_constant = {
    .kind = { .name = "constant", .summary = "Always the same value.",
              .example = "{\"kind\": \"constant\", \"value\": \"90 s\"}", .shape = &shape },
    .make = make,
    .draw = draw,
    .quantile = quantile,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
};
