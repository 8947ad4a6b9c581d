/* SPDX-License-Identifier: GPL-3.0-or-later */
/* X / (X + Y) with X and Y gamma (Devroye, Non-Uniform Random Variate Generation, 1986, IX.3).
 * With a shape below 1 both may underflow: then their logarithms are drawn, and
 * 1 / (1 + exp(ln Y - ln X)) is always a number. p = alpha, beta, low, high - low. */
#include "kernel/dist_impl.h"

#define SHAPE_LEAST 1e-4
#define SHAPE_MOST  1e9

struct given {
    double alpha, beta, mean, cv, low, high;
};

static const struct dist_form forms[] = { { { "alpha", "beta" } }, { { "mean", "cv" } } };

static bool shapes_from_moments(struct reader *reader, const struct json *at,
                                const struct given *of, struct dist *dist)
{
    const double width = of->high - of->low, m = (of->mean - of->low) / width;
    const double s = of->cv * of->mean / width;
    const double sum = s * s > 0.0 ? m * (1.0 - m) / (s * s) - 1.0 : INFINITY;

    if (m > 0.0 && m < 1.0 && m * sum >= SHAPE_LEAST && (1.0 - m) * sum >= SHAPE_LEAST &&
        sum <= SHAPE_MOST) {
        dist->p[0] = m * sum;
        dist->p[1] = (1.0 - m) * sum;
        return true;
    }
    return problem_at(reader->problems, TSIM_PROBLEM_INPUT, at, NULL,
                      "a mean between \"low\" and \"high\", and a cv that fits between them", NULL,
                      NULL, "no beta distribution has this mean and cv between these bounds");
}

static bool make(struct reader *reader, const struct json *at, const void *given,
                 struct dist *dist)
{
    const struct given *of = given;
    const int form = dist_form(reader, at, forms, COUNT_OF(forms));

    if (form < 0)
        return false;
    if (of->low >= of->high)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, at, NULL,
                          "\"low\" less than \"high\"", NULL, NULL,
                          "\"low\" is not below \"high\"");
    dist->p[2] = of->low;
    dist->p[3] = of->high - of->low;
    if (form == 1 && of->cv == 0.0 && of->mean >= of->low && of->mean <= of->high) {
        *dist = dist_constant(of->mean);
        return true;
    }
    if (form == 1)
        return shapes_from_moments(reader, at, of, dist);
    dist->p[0] = of->alpha;
    dist->p[1] = of->beta;
    return true;
}

static double draw(const struct dist *dist, struct rng *rng)
{
    const double a = dist->p[0], b = dist->p[1];
    double part;

    if (a >= 1.0 && b >= 1.0) {
        const double x = dist_gamma_unit(a, rng), y = dist_gamma_unit(b, rng);
        part = x / (x + y);
    } else {
        const double x = dist_gamma_unit_log(a, rng), y = dist_gamma_unit_log(b, rng);
        part = 1.0 / (1.0 + exact_exp(y - x));
    }
    return dist->p[2] + dist->p[3] * part;
}

static double mean(const struct dist *dist)
{
    return dist->p[2] + dist->p[3] * (dist->p[0] / (dist->p[0] + dist->p[1]));
}

static double variance(const struct dist *dist)
{
    const double sum = dist->p[0] + dist->p[1];

    return dist->p[3] * dist->p[3] * (dist->p[0] / sum) * (dist->p[1] / sum) / (sum + 1.0);
}

static double cdf(const struct dist *dist, double x)
{
    const double part = (x - dist->p[2]) / dist->p[3];

    if (part < 0.0)
        return 0.0;
    return part >= 1.0 ? 1.0 : dist_beta_cdf(dist->p[0], dist->p[1], part);
}

static const struct param params[] = {
    DIST_ROW_SHAPE(struct given, "alpha", alpha, "First shape."),
    DIST_ROW_SHAPE(struct given, "beta", beta, "Second shape."),
    DIST_ROW_MEAN(struct given),
    DIST_ROW_CV(struct given),
    { .key = "low", .type = PARAM_QUANTITY, .offset = offsetof(struct given, low), .low = 0.0,
      .high = DIST_MOST, .fallback = "0", .doc = "Smallest value.", .example = "\"2 min\"" },
    DIST_ROW_QUANTITY(struct given, high, PARAM_REQUIRED | PARAM_POSITIVE,
                      "Largest value.",
                      "\"30 min\""),
};

static const struct shape shape = {
    .name = "beta", .summary = "Needs alpha and beta, or mean and cv; and high.",
    .params = params, .n_params = COUNT_OF(params), .size = sizeof(struct given),
};

const struct dist_kind dist_kind_beta = {
    .kind = { .name = "beta",
              .summary = "Between two bounds, with a shape of your choice. Needs alpha and beta, "
                         "or mean and cv; and high.",
              .example = "{\"kind\": \"beta\", \"alpha\": 2, \"beta\": 5, \"low\": \"2 min\", "
                         "\"high\": \"30 min\"}",
              .shape = &shape,
              .source = "Devroye, Non-Uniform Random Variate Generation (1986), IX.3" },
    .make = make,
    .draw = draw,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
};
