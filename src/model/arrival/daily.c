/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fixed number of contacts each day, at times drawn by the profile of the rate: what a Poisson
 * day is, given its count. The times come in order, each by inversion of the law of the earliest of
 * those that are left (L. Devroye, Non-Uniform Random Variate Generation (1986), V.3.1): of m
 * uniform numbers above u the least is 1 - (1 - u) v^(1/m). */
#include <math.h>

#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "model/catalog.h"

#define PER_DAY_MOST 1000000

struct given {
    struct profile_given rate;
    struct numbers       per_day;
};

static const struct param params[] = {
    { .key = "per_day", .type = PARAM_NUMBERS, .offset = offsetof(struct given, per_day),
      .high = PER_DAY_MOST, .flags = PARAM_REQUIRED,
      .doc = "Contacts of each day from midnight to midnight, exactly: one number, or seven, from "
             "Monday on. A day on which the rate is 0 has none.", .example = "[480]" },
    { .key = "rate", .type = PARAM_CUSTOM, .offset = offsetof(struct given, rate),
      .read = read_rates, .shape = &rate_window_shape, .fallback = "\"1 /h\"",
      .schema = "\"anyOf\": [{ \"type\": [\"string\", \"number\"] }, { \"type\": \"array\", "
                "\"items\": { \"$ref\": \"#/definitions/rate_window\" } }]",
      .doc = "How they are spread over the day; only the shape counts.",
      .example = "[{ \"from\": \"08:00\", \"to\": \"18:00\", \"rate\": \"1 /h\" }]" },
};

static bool check(struct reader *reader, const struct json *node, void *value)
{
    const struct given *given = value;
    if (given->per_day.n != 1 && given->per_day.n != 7)
        return wrong_value(reader, json_member(node, "per_day"),
                           "one number of contacts, or seven from Monday on", NULL);
    for (uint32_t i = 0; i < given->per_day.n; i++)
        if (floor(given->per_day.at[i]) < given->per_day.at[i])
            return wrong_value(reader, json_element(json_member(node, "per_day"), i),
                               "a whole number of contacts", NULL);
    return true;
}

static const struct shape shape = {
    .name = "daily",
    .summary = "A fixed number of contacts each day.",
    .params = params,
    .n_params = COUNT_OF(params),
    .size = sizeof(struct given),
    .check = check,
};

static bool make(struct reader *reader, const struct json *at, const void *given_, double start_s,
                 struct arrival *arrival)
{
    const struct given *given = given_;
    (void)at;
    arrival->per_day = given->per_day;
    return profile_compile(reader, &given->rate, start_s, &arrival->shape);
}

/* The number of a day, counted from the Monday of time 0, and what its profile adds up to. */
static uint32_t count_of(const struct arrival *arrival, double day, double *whole)
{
    const double from_s = day * DAY_S - arrival->start_s;
    const double n = arrival->per_day.at[arrival->per_day.n == 1 ? 0 : (uint32_t)fmod(day, 7)];
    *whole = profile_integral(&arrival->shape, from_s, from_s + DAY_S);
    return *whole > 0 ? (uint32_t)n : 0;
}

/* When, after a time at which its day begins, the profile has added up to so much. */
static double time_of(const struct arrival *arrival, double from_s, double area)
{
    struct profile_cursor cursor = { .week_s = floor(from_s / WEEK_S) * WEEK_S };
    for (double at_s = from_s; at_s < from_s + DAY_S; profile_step(&arrival->shape, &cursor)) {
        const double end_s = profile_end(&arrival->shape, cursor);
        const double rate = profile_value(&arrival->shape, cursor);
        if (end_s <= at_s)
            continue;
        if (rate > 0 && area <= (end_s - at_s) * rate)
            return at_s + area / rate;
        area -= rate > 0 ? (end_s - at_s) * rate : 0;
        at_s = end_s;
    }
    return from_s + DAY_S; /* rounding at the end of the day */
}

/* The next contact of the day in hand; those before time 0 are drawn, too. */
static double next_of_day(const struct arrival *arrival, struct arrival_state *state,
                          const struct rng_schedule *schedule, double whole)
{
    const double           from_s = state->day * DAY_S - arrival->start_s;
    const struct rng_block block = rng_block_at(schedule, arrival->gaps, state->n++, 0);
    state->factor *=
        exact_exp(-exact_exponential(rng_unit_of(block.bits)) / (double)state->left--);
    return fmin(time_of(arrival, from_s, whole * (1 - state->factor)), from_s + DAY_S);
}

static void enter_day(const struct arrival *arrival, struct arrival_state *state, double day,
                      double *whole)
{
    state->day = day;
    state->left = count_of(arrival, day, whole);
    state->factor = 1;
}

static double next(const struct arrival *arrival, struct arrival_state *state,
                   const struct rng_schedule *schedule, double until_s)
{
    double whole;
    if (state->n == 0)
        enter_day(arrival, state, floor(arrival->start_s / DAY_S), &whole);
    else
        count_of(arrival, state->day, &whole);
    for (;;) {
        while (state->left > 0) {
            state->time_s = next_of_day(arrival, state, schedule, whole);
            if (state->time_s >= 0)
                return state->time_s <= until_s ? state->time_s : INFINITY;
        }
        if ((state->day + 1) * DAY_S - arrival->start_s > until_s)
            return INFINITY;
        enter_day(arrival, state, state->day + 1, &whole);
    }
}

static double expected(const struct arrival *arrival, double a_s, double b_s)
{
    double sum = 0, whole;
    for (double day = floor((arrival->start_s + a_s) / DAY_S);; day++) {
        const double from_s = fmax(a_s, day * DAY_S - arrival->start_s);
        const double to_s = fmin(b_s, (day + 1) * DAY_S - arrival->start_s);
        if (!(from_s < b_s))
            return sum;
        const uint32_t n = count_of(arrival, day, &whole);
        if (n > 0 && to_s > from_s)
            sum += n * profile_integral(&arrival->shape, from_s, to_s) / whole;
    }
}

const struct arrival_kind arrival_daily = {
    .kind = {
        .name = "daily",
        .summary = "Exactly so many contacts each day, at random times that follow a profile.",
        .example = "{ \"kind\": \"daily\", \"per_day\": [480], \"rate\": [{ \"from\": "
                   "\"08:00\", \"to\": \"18:00\", \"rate\": \"1 /h\" }] }",
        .shape = &shape,
        .source = "L. Devroye, Non-Uniform Random Variate Generation (1986), V.3.1.",
    },
    .make = make,
    .next = next,
    .expected = expected,
};
