/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A Poisson count whose mean is gamma with the given shape: variance = mean + mean^2 / shape.
 * p = shape, mean. */
#include "kernel/dist_impl.h"

struct given {
    double mean, shape, cv;
};

static const struct dist_form forms[] = { { { "mean", "shape" } }, { { "mean", "cv" } } };

static bool make(struct reader *reader, const struct json *at, const void *given,
                 struct dist *dist)
{
    const struct given *of = given;
    const int form = dist_form(reader, at, forms, COUNT_OF(forms));

    if (form < 0)
        return false;
    dist->p[0] = of->shape;
    dist->p[1] = of->mean;
    if (form == 0)
        return true;
    const double inverse = of->cv * of->cv - 1.0 / of->mean; /* 1 / shape */
    if (inverse >= 1e-9) {
        dist->p[0] = 1.0 / inverse;
        return true;
    }
    return problem_at(reader->problems, TSIM_PROBLEM_INPUT, json_member(at, "cv"), NULL,
                      "more than 1/sqrt(mean), which is the cv of a Poisson count", NULL,
                      "use \"poisson\" when the variance equals the mean",
                      "a negative binomial distribution of this mean cannot have this cv");
}

static double draw(const struct dist *dist, struct rng *rng)
{
    const double rate = dist_gamma_unit(dist->p[0], rng) * (dist->p[1] / dist->p[0]);

    return dist_poisson_count(rate, rng);
}

static double mean(const struct dist *dist)
{
    return dist->p[1];
}

static double variance(const struct dist *dist)
{
    return dist->p[1] + dist->p[1] * dist->p[1] / dist->p[0];
}

static double cdf(const struct dist *dist, double x)
{
    if (x < 0.0)
        return 0.0;
    if (x > 1e18) /* far above any count of any legal parameters */
        return 1.0;
    return dist_beta_cdf(dist->p[0], floor(x) + 1.0, dist->p[0] / (dist->p[0] + dist->p[1]));
}

static const struct param params[] = {
    { .key = "mean", .type = PARAM_NUMBER, .offset = offsetof(struct given, mean), .low = 0.0,
      .high = 1e9, .flags = PARAM_REQUIRED | PARAM_POSITIVE, .doc = "Mean of the count.",
      .example = "1660" },
    DIST_ROW_SHAPE(struct given, "shape", shape,
                   "Shape of the gamma: variance = mean + mean^2 / shape."),
    DIST_ROW_CV(struct given),
};

static const struct shape shape = {
    .name = "negative_binomial", .summary = "Needs mean and shape, or mean and cv.",
    .params = params, .n_params = COUNT_OF(params), .size = sizeof(struct given),
};

const struct dist_kind dist_kind_negative_binomial = {
    .kind = { .name = "negative_binomial",
              .summary = "A count with more variance than Poisson, as calls a day have. Needs mean "
                         "and shape, or mean and cv.",
              .example = "{\"kind\": \"negative_binomial\", \"mean\": 1660, \"shape\": 10}",
              .shape = &shape, .source = "a Poisson count whose mean is gamma distributed" },
    .make = make,
    .draw = draw,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
    .discrete = true,
};
