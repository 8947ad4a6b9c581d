/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mean below 10: inversion by sequential search. Above: PTRS, W. Hoermann, The transformed
 * rejection method for generating Poisson random variables, Insurance: Mathematics and Economics
 * 12 (1993) 39-45. The probabilities are written as by Loader (kernel/dist_special.c), so that
 * they keep their digits for means of any size. p = mean. */
#include "kernel/dist_impl.h"

#define SEARCH_MEAN  10.0
#define SEARCH_STEPS 200   /* beyond that is less than 2^-53 of the distribution */
#define TRIES        10000 /* one is refused with probability below 0.4: never reached */
#define HALF_LOG_2PI 0x1.d67f1c864beb5p-1

struct given {
    double mean;
};

static double log_probability(double k, double m)
{
    if (k <= 0.0)
        return -m;
    return -dist_stirling_error(k) - dist_deviance(k, m) - HALF_LOG_2PI - 0.5 * exact_log(k);
}

static double by_search(double m, struct rng *rng)
{
    double u = rng_unit(rng), probability = exact_exp(-m);
    int k = 0;

    while (u > probability && k < SEARCH_STEPS) {
        u -= probability;
        k++;
        probability *= m / k;
    }
    return k;
}

static double by_rejection(double m, struct rng *rng)
{
    const double b = 0.931 + 2.53 * __builtin_sqrt(m), a = -0.059 + 0.02483 * b;
    const double hat = 1.1239 + 1.1328 / (b - 3.4), easy = 0.9277 - 3.6224 / (b - 2.0);

    for (int i = 0; i < TRIES; i++) {
        const double u = rng_unit(rng) - 0.5, v = rng_unit(rng);
        const double edge = 0.5 - __builtin_fabs(u);
        const double k = __builtin_floor((2.0 * a / edge + b) * u + m + 0.43);
        if (edge >= 0.07 && v <= easy)
            return k;
        if (k < 0.0 || (edge < 0.013 && v > edge))
            continue;
        if (exact_log(v * hat / (a / (edge * edge) + b)) <= log_probability(k, m))
            return k;
    }
    return __builtin_floor(m);
}

double dist_poisson_count(double m, struct rng *rng)
{
    return m < SEARCH_MEAN ? by_search(m, rng) : by_rejection(m, rng);
}

static bool make(struct reader *reader, const struct json *at, const void *given,
                 struct dist *dist)
{
    const struct given *of = given;

    (void)reader;
    (void)at;
    dist->p[0] = of->mean;
    return true;
}

static double draw(const struct dist *dist, struct rng *rng)
{
    return dist_poisson_count(dist->p[0], rng);
}

static double mean(const struct dist *dist)
{
    return dist->p[0];
}

static double variance(const struct dist *dist)
{
    return dist->p[0];
}

static double cdf(const struct dist *dist, double x)
{
    if (x < 0.0)
        return 0.0;
    return 1.0 - dist_gamma_cdf(floor(x) + 1.0, dist->p[0]);
}

static const struct param params[] = {
    { .key = "mean", .type = PARAM_NUMBER, .offset = offsetof(struct given, mean), .low = 0.0,
      .high = 1e9, .flags = PARAM_REQUIRED | PARAM_POSITIVE, .doc = "Mean of the count.",
      .example = "6.3" },
};

static const struct shape shape = {
    .name = "poisson", .summary = "Needs mean.", .params = params, .n_params = COUNT_OF(params),
    .size = sizeof(struct given),
};

const struct dist_kind dist_kind_poisson = {
    .kind = { .name = "poisson",
              .summary = "A count of independent rare events; the variance equals the mean.",
              .example = "{\"kind\": \"poisson\", \"mean\": 6.3}", .shape = &shape,
              .source = "Hoermann, Insurance: Mathematics and Economics 12 (1993) 39-45" },
    .make = make,
    .draw = draw,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
    .discrete = true,
};
