/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By inversion: exp(mu + sigma z) with z the normal quantile of U (Wichura's AS 241). With mean m
 * and cv c, sigma^2 = ln(1 + c^2) and mu = ln m - sigma^2 / 2. p = mu, sigma. */
#include "kernel/dist_impl.h"

struct given {
    double mean, cv, mu, sigma, median;
};

static const struct dist_form forms[] = {
    { { "mean", "cv" } },
    { { "median", "sigma" } },
    { { "mu", "sigma" } },
};

static bool make(struct reader *reader, const struct json *at, const void *given,
                 struct dist *dist)
{
    const struct given *of = given;
    const int form = dist_form(reader, at, forms, COUNT_OF(forms));

    if (form < 0)
        return false;
    if (form == 0) {
        if (of->cv == 0.0) {
            *dist = dist_constant(of->mean);
            return true;
        }
        const double sigma2 = exact_log1p(of->cv * of->cv);
        dist->p[0] = exact_log(of->mean) - 0.5 * sigma2;
        dist->p[1] = __builtin_sqrt(sigma2);
        return true;
    }
    dist->p[0] = form == 1 ? exact_log(of->median) : of->mu;
    dist->p[1] = of->sigma;
    return true;
}

static double quantile(const struct dist *dist, double u)
{
    return exact_exp(dist->p[0] + dist->p[1] * exact_normal_quantile(u));
}

static double mean(const struct dist *dist)
{
    return exact_exp(dist->p[0] + 0.5 * dist->p[1] * dist->p[1]);
}

static double variance(const struct dist *dist)
{
    const double m = mean(dist);

    return m * m * exact_expm1(dist->p[1] * dist->p[1]);
}

static double cdf(const struct dist *dist, double x)
{
    if (x <= 0.0)
        return 0.0;
    if (dist->p[1] == 0.0)
        return log(x) >= dist->p[0] ? 1.0 : 0.0;
    return 0.5 * erfc((dist->p[0] - log(x)) / dist->p[1] * 0x1.6a09e667f3bcdp-1);
}

static const struct param params[] = {
    DIST_ROW_MEAN(struct given),
    DIST_ROW_CV(struct given),
    { .key = "mu", .type = PARAM_NUMBER, .offset = offsetof(struct given, mu), .low = -700.0,
      .high = 700.0, .doc = "Mean of the natural logarithm (of seconds, for a duration).",
      .example = "5.9" },
    { .key = "sigma", .type = PARAM_NUMBER, .offset = offsetof(struct given, sigma), .low = 0.0,
      .high = 10.0, .doc = "Standard deviation of the natural logarithm.", .example = "0.8" },
    { .key = "median", .type = PARAM_QUANTITY, .offset = offsetof(struct given, median),
      .low = 0.0, .high = DIST_MOST, .flags = PARAM_POSITIVE,
      .doc = "Half of the values are below it.", .example = "\"6 min\"" },
};

static const struct shape shape = {
    .name = "lognormal",
    .summary = "Needs \"mean\" and \"cv\", or \"median\" and \"sigma\", or \"mu\" and \"sigma\".",
    .params = params, .n_params = COUNT_OF(params), .size = sizeof(struct given),
};

const struct dist_kind dist_kind_lognormal = {
    .kind = { .name = "lognormal",
              .summary = "Skewed to the right, as handling times are: the logarithm is normal.",
              .example = "{\"kind\": \"lognormal\", \"mean\": \"8 min\", \"cv\": 0.9}",
              .shape = &shape,
              .source = "inversion by Wichura's AS 241, Applied Statistics 37 (1988)" },
    .make = make,
    .draw = dist_draw_inverse,
    .quantile = quantile,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
};
