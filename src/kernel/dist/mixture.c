/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One number chooses the part; the part draws with the numbers after it. table = cumulative
 * shares. */
#include "kernel/dist_impl.h"

#define PARTS_MOST 256

struct part {
    double        share;
    struct choice of;
};

struct given {
    struct list parts;
};

static bool make(struct reader *reader, const struct json *at, const void *given,
                 struct dist *dist)
{
    const struct given *of = given;
    const struct part *given_parts = of->parts.at;
    const uint32_t n = of->parts.n;
    struct dist *parts = dist_parts(reader, n);
    struct numbers shares = { .at = ARENA_ARRAY(reader->arena, n, double), .n = n };

    if (!parts || !shares.at)
        return false;
    bool good = true;
    for (uint32_t i = 0; i < n; i++) {
        shares.at[i] = given_parts[i].share;
        good &= dist_make(reader, &given_parts[i].of, &parts[i]);
    }
    dist->parts = parts;
    dist->n = n;
    dist->table = dist_cumulate(reader, at, "parts", &shares);
    return good && dist->table;
}

static double draw(const struct dist *dist, struct rng *rng)
{
    return dist_draw(&dist->parts[dist_search(dist->table, dist->n, rng_unit(rng))], rng);
}

static double share(const struct dist *dist, uint32_t i)
{
    return i == 0 ? dist->table[0] : dist->table[i] - dist->table[i - 1];
}

static double mean(const struct dist *dist)
{
    double sum = 0.0;

    for (uint32_t i = 0; i < dist->n; i++)
        sum += share(dist, i) * dist_mean(&dist->parts[i]);
    return sum;
}

/* The mean variance of the parts plus the variance of their means. */
static double variance(const struct dist *dist)
{
    const double m = mean(dist);
    double sum = 0.0;

    for (uint32_t i = 0; i < dist->n; i++) {
        const double apart = dist_mean(&dist->parts[i]) - m;
        if (share(dist, i) > 0.0) /* no share of an infinite variance is none */
            sum += share(dist, i) * (dist_variance(&dist->parts[i]) + apart * apart);
    }
    return sum;
}

static double cdf(const struct dist *dist, double x)
{
    double sum = 0.0;

    for (uint32_t i = 0; i < dist->n; i++)
        sum += share(dist, i) * dist_cdf(&dist->parts[i], x);
    return fmin(sum, 1.0);
}

static const struct param part_params[] = {
    { .key = "share", .type = PARAM_SHARE, .offset = offsetof(struct part, share), .low = 0.0,
      .high = 1.0, .flags = PARAM_REQUIRED, .doc = "Share of this part; all together 1.",
      .example = "0.7" },
    { .key = "of", .type = PARAM_KIND, .offset = offsetof(struct part, of),
      .flags = PARAM_REQUIRED, .family = &dist_family, .doc = "The distribution of this part.",
      .example = "\"5 min\"" },
};

static const struct shape part_shape = {
    .name = "mixture part", .summary = "A share and the distribution it is drawn from.",
    .params = part_params, .n_params = COUNT_OF(part_params), .size = sizeof(struct part),
};

static const struct param params[] = {
    { .key = "parts", .type = PARAM_LIST, .offset = offsetof(struct given, parts), .low = 1.0,
      .high = PARTS_MOST, .flags = PARAM_REQUIRED, .shape = &part_shape,
      .doc = "The parts with their shares.",
      .example = "[{\"share\": 0.7, \"of\": \"5 min\"}, {\"share\": 0.3, \"of\": \"20 min\"}]" },
};

static const struct shape shape = {
    .name = "mixture", .summary = "Needs parts.",
    .params = params, .n_params = COUNT_OF(params), .size = sizeof(struct given),
};

const struct dist_kind dist_kind_mixture = {
    .kind = { .name = "mixture",
              .summary = "One of several distributions at random, such as short and long cases.",
              .example = "{\"kind\": \"mixture\", \"parts\": [{\"share\": 0.8, \"of\": "
                         "{\"kind\": \"lognormal\", \"mean\": \"5 min\", \"cv\": 0.6}}, "
                         "{\"share\": 0.2, \"of\": {\"kind\": \"exponential\", \"mean\": \"30 "
                         "min\"}}]}",
              .shape = &shape },
    .make = make,
    .draw = draw,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
};
