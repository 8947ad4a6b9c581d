/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Renewal arrivals: independent gaps of any distribution, the first from time 0. */
#include <math.h>

#include "base/assert.h"
#include "base/json.h"
#include "base/problem.h"
#include "model/catalog.h"

struct given {
    struct choice between;
};

static const struct param params[] = {
    { .key = "between", .type = PARAM_KIND, .offset = offsetof(struct given, between),
      .flags = PARAM_REQUIRED, .family = &dist_family, .sets_quantity = true,
      .quantity = QUANTITY_TIME, .doc = "Time between two arrivals.",
      .example = "{ \"kind\": \"erlang\", \"k\": 3, \"mean\": \"40 s\" }" },
};

static const struct shape shape = {
    .name = "renewal",
    .summary = "Renewal arrivals.",
    .params = params,
    .n_params = COUNT_OF(params),
    .size = sizeof(struct given),
};

static bool make(struct reader *reader, const struct json *at, const void *given_, double start_s,
                 struct arrival *arrival)
{
    (void)start_s;
    const struct given *given = given_;
    const enum quantity outer = reader->quantity;
    reader->quantity = QUANTITY_TIME;
    const bool good = dist_make(reader, &given->between, &arrival->gap);
    reader->quantity = outer;
    if (good && !(dist_mean(&arrival->gap) > 0))
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, at, "between", "a mean above 0",
                          NULL, NULL, "all contacts would arrive at once");
    return good;
}

static double next(const struct arrival *arrival, struct arrival_state *state,
                   const struct rng_schedule *schedule, double until_s)
{
    struct rng rng = rng_at(schedule->key, arrival->gaps, state->n++, 0);
    state->time_s += dist_draw(&arrival->gap, &rng);
    return state->time_s <= until_s ? state->time_s : INFINITY;
}

static double expected(const struct arrival *arrival, double a_s, double b_s)
{
    return (b_s - a_s) / dist_mean(&arrival->gap);
}

const struct arrival_kind arrival_renewal = {
    .kind = {
        .name = "renewal",
        .summary = "Independent times between arrivals, of any distribution.",
        .example = "{ \"kind\": \"renewal\", \"between\": { \"kind\": \"gamma\", \"mean\": "
                   "\"2 min\", \"cv\": 0.6 } }",
        .shape = &shape,
    },
    .make = make,
    .next = next,
    .expected = expected,
};
