/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another distribution plus a fixed amount. parts[0], p[0] = the amount. */
#include "kernel/dist_impl.h"

struct given {
    struct choice of;
    double        by;
};

static bool make(struct reader *reader, const struct json *at, const void *given,
                 struct dist *dist)
{
    const struct given *of = given;
    struct dist *part = dist_parts(reader, 1);

    (void)at;
    if (!part || !dist_make(reader, &of->of, part))
        return false;
    dist->parts = part;
    dist->n = 1;
    dist->p[0] = of->by;
    return true;
}

static double draw(const struct dist *dist, struct rng *rng)
{
    return dist->p[0] + dist_draw(&dist->parts[0], rng);
}

static double mean(const struct dist *dist)
{
    return dist->p[0] + dist_mean(&dist->parts[0]);
}

static double variance(const struct dist *dist)
{
    return dist_variance(&dist->parts[0]);
}

static double cdf(const struct dist *dist, double x)
{
    return dist_cdf(&dist->parts[0], x - dist->p[0]);
}

static const struct param params[] = {
    { .key = "of", .type = PARAM_KIND, .offset = offsetof(struct given, of),
      .flags = PARAM_REQUIRED, .family = &dist_family, .doc = "The distribution that is moved.",
      .example = "{\"kind\": \"exponential\", \"mean\": \"4 min\"}" },
    DIST_ROW_QUANTITY(struct given, by, PARAM_REQUIRED,
                      "What is added to every value.",
                      "\"2 min\""),
};

static const struct shape shape = {
    .name = "shifted", .summary = "Needs of and by.",
    .params = params, .n_params = COUNT_OF(params), .size = sizeof(struct given),
};

const struct dist_kind dist_kind_shifted = {
    .kind = { .name = "shifted",
              .summary = "Another distribution plus a fixed amount, such as a least handling "
                         "time.",
              .example = "{\"kind\": \"shifted\", \"of\": {\"kind\": \"exponential\", \"mean\": "
                         "\"4 min\"}, \"by\": \"2 min\"}",
              .shape = &shape },
    .make = make,
    .draw = draw,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
};
