/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sum of k exponential stages. Up to 8 stages: -log of the product of k uniforms, which cannot
 * underflow and needs one logarithm; more: as gamma. p = k, mean of a stage. */
#include "kernel/dist_impl.h"

#define STAGES_MULTIPLIED 8

struct given {
    uint32_t k;
    double   mean, stage_mean;
};

static const struct dist_form forms[] = { { { "k", "mean" } }, { { "k", "stage_mean" } } };

static bool make(struct reader *reader, const struct json *at, const void *given,
                 struct dist *dist)
{
    const struct given *of = given;
    const int form = dist_form(reader, at, forms, COUNT_OF(forms));

    if (form < 0)
        return false;
    dist->p[0] = of->k;
    dist->p[1] = form == 0 ? of->mean / of->k : of->stage_mean;
    return true;
}

static double draw(const struct dist *dist, struct rng *rng)
{
    if (dist->p[0] > STAGES_MULTIPLIED)
        return dist->p[1] * dist_gamma_unit(dist->p[0], rng);

    const int k = (int)dist->p[0];
    double product = rng_unit(rng);
    for (int i = 1; i < k; i++)
        product *= rng_unit(rng);
    return dist->p[1] * exact_exponential(product);
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
    { .key = "k", .type = PARAM_COUNT, .offset = offsetof(struct given, k), .low = 1.0,
      .high = DIST_SHAPE_TOP, .flags = PARAM_REQUIRED, .doc = "Number of stages; cv is 1/sqrt(k).",
      .example = "3" },
    DIST_ROW_MEAN(struct given),
    DIST_ROW_QUANTITY(struct given, stage_mean, PARAM_POSITIVE, "Mean of one stage.", "\"2 min\""),
};

static const struct shape shape = {
    .name = "erlang", .summary = "Needs k and mean, or k and stage_mean.",
    .params = params, .n_params = COUNT_OF(params), .size = sizeof(struct given),
};

const struct dist_kind dist_kind_erlang = {
    .kind = { .name = "erlang",
              .summary = "The sum of k exponential stages. Needs k and mean, or k and stage_mean.",
              .example = "{\"kind\": \"erlang\", \"k\": 3, \"mean\": \"6 min\"}",
              .shape = &shape },
    .make = make,
    .draw = draw,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
};
