/* SPDX-License-Identifier: GPL-3.0-or-later */
/* G. Marsaglia & W. W. Tsang, A simple method for generating gamma variables, ACM TOMS 26 (2000)
 * 363-372: v = (1 + c x)^3 with x normal is accepted when log u < x^2/2 + d (1 - v + log v); shapes
 * below 1 by gamma(a) = gamma(a + 1) U^(1/a) (their section 6). p = shape, scale. */
#include "kernel/dist_impl.h"

#define TRIES 10000 /* one is refused with probability below 0.05: never reached */

struct given {
    double shape, scale, mean, cv;
};

static const struct dist_form forms[] = { { { "shape", "scale" } }, { { "mean", "cv" } } };

/* x^2/2 + d (1 - v + log v) with t = c x. For a large shape t is small and the terms up to t^3
 * cancel: then the rest of the series, d 3 (-t^4/4 + t^5/5 - ...), says it without loss. */
static double acceptance(double d, double t)
{
    if (t > -0.01 && t < 0.01) {
        const double t2 = t * t;
        return 3.0 * d * t2 * t2 *
               (-1.0 / 4 + t * (1.0 / 5 - t * (1.0 / 6 - t * (1.0 / 7 - t * (1.0 / 8)))));
    }
    return d * (3.0 * exact_log1p(t) - t * (3.0 - t * (1.5 - t)));
}

/* For shape >= 1. */
static double marsaglia_tsang(double shape, struct rng *rng)
{
    const double d = shape - 1.0 / 3.0, c = 1.0 / __builtin_sqrt(9.0 * d);

    for (int i = 0; i < TRIES; i++) {
        const double x = exact_normal_quantile(rng_unit(rng)), t = c * x;
        if (t <= -1.0)
            continue;
        const double u = rng_unit(rng), x2 = x * x;
        if (u < 1.0 - 0.0331 * x2 * x2 || exact_log(u) < acceptance(d, t))
            return d * ((1.0 + t) * (1.0 + t) * (1.0 + t));
    }
    return shape;
}

double dist_gamma_unit(double shape, struct rng *rng)
{
    return shape >= 1.0 ? marsaglia_tsang(shape, rng) : exact_exp(dist_gamma_unit_log(shape, rng));
}

double dist_gamma_unit_log(double shape, struct rng *rng)
{
    if (shape >= 1.0)
        return exact_log(marsaglia_tsang(shape, rng));
    const double above = exact_log(marsaglia_tsang(shape + 1.0, rng));
    return above - exact_exponential(rng_unit(rng)) / shape;
}

static bool make(struct reader *reader, const struct json *at, const void *given,
                 struct dist *dist)
{
    const struct given *of = given;
    const int form = dist_form(reader, at, forms, COUNT_OF(forms));

    if (form < 0)
        return false;
    if (form == 1 && of->cv < 1e-8) { /* beyond what a double can tell from a constant */
        *dist = dist_constant(of->mean);
        return true;
    }
    dist->p[0] = form == 0 ? of->shape : 1.0 / of->cv / of->cv;
    dist->p[1] = form == 0 ? of->scale : of->mean * of->cv * of->cv;
    return true;
}

static double draw(const struct dist *dist, struct rng *rng)
{
    return dist->p[1] * dist_gamma_unit(dist->p[0], rng);
}

static double mean(const struct dist *dist)
{
    return dist->p[0] * dist->p[1];
}

static double variance(const struct dist *dist)
{
    return dist->p[0] * dist->p[1] * dist->p[1];
}

static double cdf(const struct dist *dist, double x)
{
    return dist_gamma_cdf(dist->p[0], x / dist->p[1]);
}

static const struct param params[] = {
    DIST_ROW_SHAPE(struct given, "shape", shape, "Shape: 1 / cv^2."),
    DIST_ROW_SCALE(struct given),
    DIST_ROW_MEAN(struct given),
    DIST_ROW_CV(struct given),
};

static const struct shape shape = {
    .name = "gamma", .summary = "Needs shape and scale, or mean and cv.",
    .params = params, .n_params = COUNT_OF(params), .size = sizeof(struct given),
};

const struct dist_kind dist_kind_gamma = {
    .kind = { .name = "gamma",
              .summary = "Skewed to the right with any cv; a sum of waits. Needs shape and "
                         "scale, or mean and cv.",
              .example = "{\"kind\": \"gamma\", \"mean\": \"8 min\", \"cv\": 0.7}",
              .shape = &shape,
              .source = "Marsaglia & Tsang, ACM TOMS 26 (2000) 363-372" },
    .make = make,
    .draw = draw,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
};

struct dist dist_gamma_of(double shape_, double scale)
{
    return (struct dist){ .kind = &dist_kind_gamma, .p = { shape_, scale } };
}
