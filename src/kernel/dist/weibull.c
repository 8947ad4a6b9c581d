/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By inversion: scale (-log(1 - U))^(1/shape). p = shape, scale. With mean and cv, the shape 1/a
 * solves log(1 + cv^2) = lgamma(1 + 2a) - 2 lgamma(1 + a), whose right side grows with a; bisection
 * with a fixed number of steps, so that it has the same bits everywhere. */
#include "kernel/dist_impl.h"

struct given {
    double shape, scale, mean, cv;
};

static const struct dist_form forms[] = { { { "shape", "scale" } }, { { "mean", "cv" } } };

static double log_moment(double a)
{
    return exact_lgamma(1.0 + a);
}

static double inverse_shape(double cv)
{
    const double wanted = exact_log1p(cv * cv);
    double low = 0.0, high = 16.0; /* cv 100 needs a below 8 */

    for (int i = 0; i < 100; i++) {
        const double a = 0.5 * (low + high);
        if (log_moment(2.0 * a) - 2.0 * log_moment(a) < wanted)
            low = a;
        else
            high = a;
    }
    return high;
}

static bool make(struct reader *reader, const struct json *at, const void *given,
                 struct dist *dist)
{
    const struct given *of = given;
    const int form = dist_form(reader, at, forms, COUNT_OF(forms));

    if (form < 0)
        return false;
    if (form == 0) {
        dist->p[0] = of->shape;
        dist->p[1] = of->scale;
        return true;
    }
    if (of->cv < 1e-6) { /* the equation loses its digits; the values differ by 1e-6 */
        *dist = dist_constant(of->mean);
        return true;
    }
    const double a = inverse_shape(of->cv);
    dist->p[0] = 1.0 / a;
    dist->p[1] = of->mean / exact_exp(log_moment(a));
    return true;
}

static double quantile(const struct dist *dist, double u)
{
    return dist->p[1] * exact_pow(-exact_log1p(-u), 1.0 / dist->p[0]);
}

static double mean(const struct dist *dist)
{
    return dist->p[1] * exact_exp(log_moment(1.0 / dist->p[0]));
}

static double variance(const struct dist *dist)
{
    const double a = 1.0 / dist->p[0], m = mean(dist);

    return m * m * exact_expm1(log_moment(2.0 * a) - 2.0 * log_moment(a));
}

static double cdf(const struct dist *dist, double x)
{
    return x <= 0.0 ? 0.0 : -expm1(-pow(x / dist->p[1], dist->p[0]));
}

static const struct param params[] = {
    DIST_ROW_SHAPE(struct given, "shape", shape, "Shape: below 1 long-tailed, above 1 peaked."),
    DIST_ROW_SCALE(struct given),
    DIST_ROW_MEAN(struct given),
    DIST_ROW_CV(struct given),
};

static const struct shape shape = {
    .name = "weibull", .summary = "Needs shape and scale, or mean and cv.",
    .params = params, .n_params = COUNT_OF(params), .size = sizeof(struct given),
};

const struct dist_kind dist_kind_weibull = {
    .kind = { .name = "weibull",
              .summary = "Patience and time to failure: the hazard rises or falls with time. "
                         "Needs shape and scale, or mean and cv.",
              .example = "{\"kind\": \"weibull\", \"shape\": 1.5, \"scale\": \"10 min\"}",
              .shape = &shape },
    .make = make,
    .draw = dist_draw_inverse,
    .quantile = quantile,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
};
