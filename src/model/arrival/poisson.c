/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Poisson arrivals whose rate is constant, or a step function of the week, times a gamma factor
 * for the whole day. The process is exact: unit-rate arrivals are carried through the inverse of
 * the cumulated rate, so an exponential is never carried across a change of rate (Cinlar 1975). */
#include <math.h>

#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "model/catalog.h"

#define BUSYNESS_CV_LEAST 1e-3 /* below, days are as good as equal, and the gamma has no shape */

struct given {
    struct profile_given rate;
    double               busyness_cv;
    const char          *busyness_group;
};

static const struct param params[] = {
    { .key = "rate", .type = PARAM_CUSTOM, .offset = offsetof(struct given, rate),
      .flags = PARAM_REQUIRED, .read = read_rates, .shape = &rate_window_shape,
      .schema = "\"anyOf\": [{ \"type\": [\"string\", \"number\"] }, { \"type\": \"array\", "
                "\"items\": { \"$ref\": \"#/definitions/rate_window\" } }]",
      .doc = "Contacts per unit of time: one rate, or a list of rate windows.",
      .example = "\"100 /h\"" },
    { .key = "busyness_cv", .type = PARAM_NUMBER, .high = 10,
      .offset = offsetof(struct given, busyness_cv), .fallback = "0",
      .doc = "Coefficient of variation of the day's busyness: a gamma factor of mean 1 that "
             "multiplies all rates of a day. Real desks show 0.12 to 0.28.",
      .example = "0.15" },
    { .key = "busyness_group", .type = PARAM_NAME, .offset = offsetof(struct given, busyness_group),
      .fallback = "\"desk\"",
      .doc = "Streams of one group and cv have the same busy days." },
};

static const struct shape shape = {
    .name = "poisson",
    .summary = "Poisson arrivals.",
    .params = params,
    .n_params = COUNT_OF(params),
    .size = sizeof(struct given),
};

static bool make(struct reader *reader, const struct json *at, const void *given_, double start_s,
                 struct arrival *arrival)
{
    (void)at;
    const struct given *given = given_;
    arrival->has_busyness = given->busyness_cv >= BUSYNESS_CV_LEAST;
    if (arrival->has_busyness) {
        const double shape_ = 1 / (given->busyness_cv * given->busyness_cv);
        arrival->busyness = dist_gamma_of(shape_, 1 / shape_);
        char name[LIMIT_NAME + 32];
        snprintf(name, sizeof name, "busyness/%s", given->busyness_group);
        arrival->days.within = rng_purpose(name);
        snprintf(name, sizeof name, "busyness of a set/%s", given->busyness_group);
        arrival->days.shared = rng_purpose(name);
    }
    return profile_compile(reader, &given->rate, start_s, &arrival->rate);
}

/* The factor of the day that contains `time_s`, and when that day ends. */
static void enter_day(const struct arrival *arrival, struct arrival_state *state,
                      struct rng_key key, double time_s)
{
    const double day = floor((arrival->start_s + time_s) / DAY_S);
    if (state->set) {
        const double first = floor(arrival->start_s / DAY_S);
        const double unit =
            busyness_unit(state->set, &arrival->days, (uint32_t)day, (uint32_t)(day - first));
        state->factor = arrival->busyness.p[1] *
                        dist_gamma_quantile(arrival->busyness.p[0], unit);
    } else {
        struct rng rng = rng_at(key, arrival->days.within, (uint32_t)day, 0);
        state->factor = dist_draw(&arrival->busyness, &rng);
    }
    state->day_end_s = (day + 1) * DAY_S - arrival->start_s;
}

/* The next unit exponential, from a sequence of 64-bit numbers, two to a block. Four are made at
 * once, because their logarithms then overlap. */
static double next_gap(const struct arrival *arrival, struct arrival_state *state,
                       const struct rng_schedule *schedule)
{
    const uint32_t at = state->n++ & 3u;
    if (at == 0) {
        const uint32_t         block = (state->n - 1) >> 1;
        const struct rng_block a = rng_block_at(schedule, arrival->gaps, block, 0);
        const struct rng_block b = rng_block_at(schedule, arrival->gaps, block + 1, 0);
        state->gaps[0] = exact_exponential(rng_unit_of(a.bits));
        state->gaps[1] = exact_exponential(rng_unit_of(a.sides));
        state->gaps[2] = exact_exponential(rng_unit_of(b.bits));
        state->gaps[3] = exact_exponential(rng_unit_of(b.sides));
    }
    return state->gaps[at];
}

static double next(const struct arrival *arrival, struct arrival_state *state,
                   const struct rng_schedule *schedule, double until_s)
{
    const struct profile *rate = &arrival->rate;
    double left = next_gap(arrival, state, schedule);
    double at = state->time_s;
    if (rate->n == 1 && !arrival->has_busyness) {
        state->time_s = rate->value[0] > 0 ? at + left / rate->value[0] : INFINITY;
        return state->time_s <= until_s ? state->time_s : INFINITY;
    }
    if (state->n == 1)
        state->factor = 1;
    if (state->n == 1 && arrival->has_busyness)
        enter_day(arrival, state, schedule->key, 0);
    for (;;) {
        const double now_rate = profile_value(rate, state->cursor) * state->factor;
        double       end = profile_end(rate, state->cursor);
        if (arrival->has_busyness && state->day_end_s < end)
            end = state->day_end_s;
        /* The product would be 0 * infinity for a rate that is 0 for ever. */
        if (now_rate > 0 && left <= (end - at) * now_rate) {
            state->time_s = at + left / now_rate;
            return state->time_s;
        }
        if (end > until_s)
            return INFINITY;
        if (now_rate > 0)
            left -= (end - at) * now_rate;
        at = end;
        if (arrival->has_busyness && end == state->day_end_s)
            enter_day(arrival, state, schedule->key, end);
        if (end == profile_end(rate, state->cursor))
            profile_step(rate, &state->cursor);
    }
}

static double expected(const struct arrival *arrival, double a_s, double b_s)
{
    return profile_integral(&arrival->rate, a_s, b_s);
}

const struct arrival_kind arrival_poisson = {
    .kind = {
        .name = "poisson",
        .summary = "Poisson arrivals at a constant rate or a rate that changes over the week, "
                   "with whole days busier or quieter than expected.",
        .example = "{ \"kind\": \"poisson\", \"rate\": \"100 /h\", \"busyness_cv\": 0.15 }",
        .shape = &shape,
        .source = "Inversion of the cumulated rate: E. Cinlar, Introduction to Stochastic "
                  "Processes (1975), ch. 4. Gamma busyness: Avramidis, Deslauriers & L'Ecuyer, "
                  "Management Science 50(7), 2004.",
    },
    .make = make,
    .next = next,
    .expected = expected,
};
