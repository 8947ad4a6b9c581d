/* SPDX-License-Identifier: GPL-3.0-or-later */
/* n min(share, 1 - share) below 10: inversion by sequential search. Above: BTRS, W. Hoermann, The
 * generation of binomial random variates, J. Statistical Computation and Simulation 46 (1993)
 * 101-110; probabilities as by Loader (kernel/dist_special.c). p = n, share. */
#include "kernel/dist_impl.h"

#define SEARCH_MEAN  10.0
#define SEARCH_STEPS 200   /* beyond that is less than 2^-53 of the distribution */
#define TRIES        10000 /* one is refused with probability below 0.4: never reached */

struct given {
    uint32_t n;
    double   share;
};

static double by_search(double n, double share, struct rng *rng)
{
    const double odds = share / (1.0 - share);
    double u = rng_unit(rng), probability = exact_exp(n * exact_log1p(-share));
    int k = 0;

    while (u > probability && k < n && k < SEARCH_STEPS) {
        u -= probability;
        k++;
        probability *= (n - k + 1.0) / k * odds;
    }
    return k;
}

/* Log of the probability of k out of n, without the terms that do not depend on k. */
static double log_weight(double n, double share, double k)
{
    if (k <= 0.0)
        return n * exact_log1p(-share) - dist_stirling_error(n);
    if (k >= n)
        return n * exact_log(share) - dist_stirling_error(n);
    /* log(2 pi k (n - k) / n) / 2 */
    const double half = 0x1.d67f1c864beb5p-1 + 0.5 * (exact_log(k) + exact_log1p(-k / n));
    return -dist_stirling_error(k) - dist_stirling_error(n - k) - dist_deviance(k, n * share) -
           dist_deviance(n - k, n * (1.0 - share)) - half;
}

static double by_rejection(double n, double share, struct rng *rng)
{
    const double spread = __builtin_sqrt(n * share * (1.0 - share));
    const double b = 1.15 + 2.53 * spread, a = -0.0873 + 0.0248 * b + 0.01 * share;
    const double hat = (2.83 + 5.1 / b) * spread, easy = 0.92 - 4.2 / b;
    const double top = log_weight(n, share, __builtin_floor((n + 1.0) * share));

    for (int i = 0; i < TRIES; i++) {
        const double u = rng_unit(rng) - 0.5, v = rng_unit(rng);
        const double edge = 0.5 - __builtin_fabs(u);
        const double k = __builtin_floor((2.0 * a / edge + b) * u + n * share + 0.5);
        if (edge >= 0.07 && v <= easy)
            return k;
        if (k < 0.0 || k > n)
            continue;
        if (exact_log(v * hat / (a / (edge * edge) + b)) <= log_weight(n, share, k) - top)
            return k;
    }
    return __builtin_floor(n * share);
}

static bool make(struct reader *reader, const struct json *at, const void *given,
                 struct dist *dist)
{
    const struct given *of = given;

    (void)reader;
    (void)at;
    dist->p[0] = of->n;
    dist->p[1] = of->share;
    return true;
}

static double draw(const struct dist *dist, struct rng *rng)
{
    const double n = dist->p[0], share = dist->p[1];
    const double rare = share > 0.5 ? 1.0 - share : share;
    const double k = n * rare < SEARCH_MEAN ? by_search(n, rare, rng) : by_rejection(n, rare, rng);

    return share > 0.5 ? n - k : k;
}

static double mean(const struct dist *dist)
{
    return dist->p[0] * dist->p[1];
}

static double variance(const struct dist *dist)
{
    return dist->p[0] * dist->p[1] * (1.0 - dist->p[1]);
}

static double cdf(const struct dist *dist, double x)
{
    const double n = dist->p[0], k = floor(x);

    if (k < 0.0)
        return 0.0;
    return k >= n ? 1.0 : dist_beta_cdf(n - k, k + 1.0, 1.0 - dist->p[1]);
}

static const struct param params[] = {
    { .key = "n", .type = PARAM_COUNT, .offset = offsetof(struct given, n), .low = 1.0, .high = 1e9,
      .flags = PARAM_REQUIRED, .doc = "Number of trials.", .example = "20" },
    { .key = "share", .type = PARAM_SHARE, .offset = offsetof(struct given, share), .low = 0.0,
      .high = 1.0, .flags = PARAM_REQUIRED, .doc = "Share of trials that count.",
      .example = "0.3" },
};

static const struct shape shape = {
    .name = "binomial", .summary = "Needs n and share.", .params = params,
    .n_params = COUNT_OF(params), .size = sizeof(struct given),
};

const struct dist_kind dist_kind_binomial = {
    .kind = { .name = "binomial",
              .summary = "How many of n trials succeed, each with a given share.",
              .example = "{\"kind\": \"binomial\", \"n\": 20, \"share\": 0.3}", .shape = &shape,
              .source = "Hoermann, J. Statistical Computation and Simulation 46 (1993) 101-110" },
    .make = make,
    .draw = draw,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
    .discrete = true,
};
