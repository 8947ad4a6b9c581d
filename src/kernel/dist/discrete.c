/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Given values with given shares, by inversion: a search in the cumulative shares.
 * table = n values in increasing order, then n cumulative shares. */
#include <stdlib.h>

#include "kernel/dist_impl.h"

struct given {
    struct numbers values, shares;
};

struct pair {
    double value, share;
};

static int pair_compare(const void *left, const void *right)
{
    const struct pair *a = left, *b = right;

    if (a->value != b->value)
        return a->value < b->value ? -1 : 1;
    /* Equal values in one order, whatever the sort does: sums of shares depend on it. */
    if (a->share != b->share)
        return a->share < b->share ? -1 : 1;
    return 0;
}

bool dist_table_make(struct reader *reader, const struct json *at, const struct numbers *values,
                     const struct numbers *shares, struct dist *dist)
{
    const uint32_t n = values->n;

    if (n == 0 || n > LIMIT_EMPIRICAL_VALUES)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, at, NULL,
                          "from 1 to 1000000 values", NULL, NULL,
                          n == 0 ? "there are no values to draw" : "there are too many values");
    if (shares->n != 0 && shares->n != n)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, at, NULL,
                          "one share for each value", NULL, NULL,
                          "there are %u values and %u shares", n, shares->n);
    struct pair *pairs = ARENA_ARRAY(reader->arena, n, struct pair);
    double *table = ARENA_ARRAY(reader->arena, 2 * (size_t)n, double);
    struct numbers sorted = { .at = ARENA_ARRAY(reader->arena, n, double), .n = n };
    if (!pairs || !table || !sorted.at)
        return false;
    for (uint32_t i = 0; i < n; i++)
        pairs[i] = (struct pair){ values->at[i], shares->n ? shares->at[i] : 0.0 };
    qsort(pairs, n, sizeof *pairs, pair_compare);
    for (uint32_t i = 0; i < n; i++) {
        table[i] = pairs[i].value;
        table[n + i] = (i + 1.0) / n;
        sorted.at[i] = pairs[i].share;
    }
    if (shares->n) {
        const double *cumulative = dist_cumulate(reader, at, "shares", &sorted);
        if (!cumulative)
            return false;
        memcpy(table + n, cumulative, n * sizeof *table);
    }
    dist->table = table;
    dist->n = n;
    return true;
}

double dist_table_quantile(const struct dist *dist, double u)
{
    return dist->table[dist_search(dist->table + dist->n, dist->n, u)];
}

static double share(const struct dist *dist, uint32_t i)
{
    const double *cumulative = dist->table + dist->n;

    return i == 0 ? cumulative[0] : cumulative[i] - cumulative[i - 1];
}

double dist_table_mean(const struct dist *dist)
{
    double sum = 0.0;

    for (uint32_t i = 0; i < dist->n; i++)
        sum += share(dist, i) * dist->table[i];
    return sum;
}

double dist_table_variance(const struct dist *dist)
{
    const double mean = dist_table_mean(dist);
    double sum = 0.0;

    for (uint32_t i = 0; i < dist->n; i++)
        sum += share(dist, i) * (dist->table[i] - mean) * (dist->table[i] - mean);
    return sum;
}

double dist_table_cdf(const struct dist *dist, double x)
{
    if (x < dist->table[0])
        return 0.0;
    /* dist_search finds the first entry above x: here of values, not of shares. */
    const uint32_t i = dist_search(dist->table, dist->n, x);
    const bool all = dist->table[i] <= x;
    return all ? 1.0 : dist->table[dist->n + i - 1];
}

static bool make(struct reader *reader, const struct json *at, const void *given,
                 struct dist *dist)
{
    const struct given *of = given;

    return dist_table_make(reader, at, &of->values, &of->shares, dist);
}

static const struct param params[] = {
    { .key = "values", .type = PARAM_QUANTITIES, .offset = offsetof(struct given, values),
      .low = 0.0, .high = DIST_MOST, .flags = PARAM_REQUIRED, .doc = "The values.",
      .example = "[\"1 min\", \"5 min\", \"15 min\"]" },
    { .key = "shares", .type = PARAM_SHARES, .offset = offsetof(struct given, shares), .low = 0.0,
      .high = 1.0, .flags = PARAM_REQUIRED, .doc = "Share of each value; together 1.",
      .example = "[0.5, 0.3, 0.2]" },
};

static const struct shape shape = {
    .name = "discrete", .summary = "Needs values and shares.", .params = params,
    .n_params = COUNT_OF(params), .size = sizeof(struct given),
};

const struct dist_kind dist_kind_discrete = {
    .kind = { .name = "discrete", .summary = "A few given values, each with its share.",
              .example = "{\"kind\": \"discrete\", \"values\": [\"1 min\", \"5 min\", \"15 min\"], "
                         "\"shares\": [0.5, 0.3, 0.2]}",
              .shape = &shape },
    .make = make,
    .draw = dist_draw_inverse,
    .quantile = dist_table_quantile,
    .mean = dist_table_mean,
    .variance = dist_table_variance,
    .cdf = dist_table_cdf,
};
