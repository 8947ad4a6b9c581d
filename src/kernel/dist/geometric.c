/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trials up to and including the first success: 1, 2, 3, ... By inversion:
 * ceil(log(1 - U) / log(1 - share)). p = share, log(1 - share). */
#include "kernel/dist_impl.h"

struct given {
    double share, mean;
};

static const struct dist_form forms[] = { { { "share" } }, { { "mean" } } };

static bool make(struct reader *reader, const struct json *at, const void *given,
                 struct dist *dist)
{
    const struct given *of = given;
    const int form = dist_form(reader, at, forms, COUNT_OF(forms));

    if (form < 0)
        return false;
    dist->p[0] = form == 0 ? of->share : 1.0 / of->mean;
    dist->p[1] = exact_log1p(-dist->p[0]);
    return true;
}

static double quantile(const struct dist *dist, double u)
{
    const double trials = __builtin_ceil(exact_log1p(-u) / dist->p[1]);

    return trials < 1.0 ? 1.0 : trials;
}

static double mean(const struct dist *dist)
{
    return 1.0 / dist->p[0];
}

static double variance(const struct dist *dist)
{
    return (1.0 - dist->p[0]) / dist->p[0] / dist->p[0];
}

static double cdf(const struct dist *dist, double x)
{
    return x < 1.0 ? 0.0 : -expm1(floor(x) * dist->p[1]);
}

static const struct param params[] = {
    { .key = "share", .type = PARAM_SHARE, .offset = offsetof(struct given, share), .low = 0.0,
      .high = 1.0, .flags = PARAM_POSITIVE, .doc = "Share of trials that succeed.",
      .example = "0.3" },
    { .key = "mean", .type = PARAM_NUMBER, .offset = offsetof(struct given, mean), .low = 1.0,
      .high = 1e9, .doc = "Mean number of trials, 1 / share.", .example = "3.3" },
};

static const struct shape shape = {
    .name = "geometric", .summary = "Needs share or mean.", .params = params,
    .n_params = COUNT_OF(params), .size = sizeof(struct given),
};

const struct dist_kind dist_kind_geometric = {
    .kind = { .name = "geometric",
              .summary = "Trials up to and including the first success: 1, 2, 3 and so on. Needs "
                         "share or mean.",
              .example = "{\"kind\": \"geometric\", \"share\": 0.3}", .shape = &shape },
    .make = make,
    .draw = dist_draw_inverse,
    .quantile = quantile,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
    .discrete = true,
};
