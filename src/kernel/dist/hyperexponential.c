/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A branch is chosen, then an exponential drawn; one uniform does both: inside the branch's part of
 * (0, 1) it is uniform again. With mean and cv: two branches with balanced means, p1 m1 = p2 m2
 * (Tijms, Stochastic Models, 1994, appendix B). table = cumulative shares, then means. */
#include "kernel/dist_impl.h"

#define BRANCHES_MOST 64

struct given {
    struct numbers shares, means;
    double         mean, cv;
};

static const struct dist_form forms[] = { { { "shares", "means" } }, { { "mean", "cv" } } };

static bool make_balanced(struct reader *reader, const struct json *at, const struct given *of,
                          struct dist *dist)
{
    if (of->cv < 1.0)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, json_member(at, "cv"), NULL,
                          "at least 1", NULL, "gamma or lognormal allow a smaller cv",
                          "a hyperexponential distribution has a cv of 1 or more");
    double *table = ARENA_ARRAY(reader->arena, 4, double);
    if (!table)
        return false;
    /* 1 - root as (1 - root^2) / (1 + root): nothing cancels for a large cv */
    const double c2 = of->cv * of->cv, root = __builtin_sqrt((c2 - 1.0) / (c2 + 1.0));
    const double rare = 1.0 / (c2 + 1.0) / (1.0 + root), often = 0.5 * (1.0 + root);
    table[0] = often;
    table[1] = 1.0;
    table[2] = of->mean / (2.0 * often);
    table[3] = of->mean / (2.0 * rare);
    dist->n = 2;
    dist->table = table;
    return true;
}

static bool make(struct reader *reader, const struct json *at, const void *given,
                 struct dist *dist)
{
    const struct given *of = given;
    const int form = dist_form(reader, at, forms, COUNT_OF(forms));

    if (form < 0)
        return false;
    if (form == 1)
        return make_balanced(reader, at, of, dist);
    const uint32_t n = of->means.n;
    if (of->shares.n != n || n == 0 || n > BRANCHES_MOST)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, at, NULL,
                          "one share for each mean, from 1 to 64 of them", NULL, NULL,
                          "\"shares\" and \"means\" do not have the same number of entries");
    const double *cumulative = dist_cumulate(reader, at, "shares", &of->shares);
    double *table = ARENA_ARRAY(reader->arena, 2 * (size_t)n, double);
    if (!cumulative || !table)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        table[i] = cumulative[i];
        table[n + i] = of->means.at[i];
    }
    dist->n = n;
    dist->table = table;
    return true;
}

static double share(const struct dist *dist, uint32_t i)
{
    return i == 0 ? dist->table[0] : dist->table[i] - dist->table[i - 1];
}

static double draw(const struct dist *dist, struct rng *rng)
{
    const double u = rng_unit(rng);
    const uint32_t i = dist_search(dist->table, dist->n, u);
    const double inside = (u - (i == 0 ? 0.0 : dist->table[i - 1])) / share(dist, i);

    /* Rounding may give 0 or 1 exactly. */
    return dist->table[dist->n + i] * -exact_log(fmax(fmin(inside, 1.0), 0x1p-60));
}

static double mean(const struct dist *dist)
{
    double sum = 0.0;

    for (uint32_t i = 0; i < dist->n; i++)
        sum += share(dist, i) * dist->table[dist->n + i];
    return sum;
}

static double variance(const struct dist *dist)
{
    const double m = mean(dist);
    double sum = 0.0;

    for (uint32_t i = 0; i < dist->n; i++)
        sum += 2.0 * share(dist, i) * dist->table[dist->n + i] * dist->table[dist->n + i];
    return fmax(sum - m * m, 0.0);
}

static double cdf(const struct dist *dist, double x)
{
    double sum = 0.0;

    if (x <= 0.0)
        return 0.0;
    for (uint32_t i = 0; i < dist->n; i++) {
        const double m = dist->table[dist->n + i];
        sum += share(dist, i) * (m > 0.0 ? -expm1(-x / m) : 1.0);
    }
    return fmin(sum, 1.0);
}

static const struct param params[] = {
    { .key = "shares", .type = PARAM_SHARES, .offset = offsetof(struct given, shares),
      .doc = "Share of each branch; together 1.", .example = "[0.75, 0.25]" },
    { .key = "means", .type = PARAM_QUANTITIES, .offset = offsetof(struct given, means),
      .low = 0.0, .high = DIST_MOST, .doc = "Mean of each branch.",
      .example = "[\"1 min\", \"8 min\"]" },
    DIST_ROW_MEAN(struct given),
    DIST_ROW_CV(struct given),
};

static const struct shape shape = {
    .name = "hyperexponential", .summary = "Needs shares and means, or mean and cv.",
    .params = params, .n_params = COUNT_OF(params), .size = sizeof(struct given),
};

const struct dist_kind dist_kind_hyperexponential = {
    .kind = { .name = "hyperexponential",
              .summary = "A mixture of exponentials, for cv of 1 and more. Needs shares and "
                         "means, or mean and cv (two branches with balanced means).",
              .example = "{\"kind\": \"hyperexponential\", \"mean\": \"8 min\", \"cv\": 2}",
              .shape = &shape,
              .source = "Tijms, Stochastic Models (1994), appendix B" },
    .make = make,
    .draw = draw,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
};
