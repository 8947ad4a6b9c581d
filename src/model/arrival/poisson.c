/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Poisson arrivals whose rate is constant, or a step function of the week, times what changes by
 * the day or by chance (model/intensity.h); singly or in batches. The process is exact: unit-rate
 * arrivals are carried through the inverse of the cumulated rate, so an exponential is never
 * carried across a change of rate (Cinlar 1975). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "model/catalog.h"
#include "model/scenario.h"

#define BUSYNESS_CV_LEAST 1e-3 /* below, days are as good as equal, and the gamma has no shape */

#define BATCH_MOST 10000

struct given {
    struct profile_given rate;
    double               busyness_cv;
    const char          *busyness_group;
    struct choice        batch;
    double               growth_per_week, growth_per_year, holiday_factor;
    struct list          holidays; /* of struct text_entry */
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
    { .key = "batch", .type = PARAM_KIND, .offset = offsetof(struct given, batch),
      .family = &dist_family, .sets_quantity = true, .quantity = QUANTITY_COUNT, .fallback = "1",
      .doc = "Contacts that come at once, rounded to a whole number, at least 1. The rate is then "
             "that of batches.",
      .example = "{ \"kind\": \"geometric\", \"mean\": 2 }" },
    { .key = "growth_per_week", .type = PARAM_NUMBER, .low = -0.99, .high = 10, .fallback = "0",
      .offset = offsetof(struct given, growth_per_week),
      .doc = "Share by which the rate grows in a week, compounded day by day from the first day; "
             "a day as a whole has one rate.", .example = "0.01" },
    { .key = "growth_per_year", .type = PARAM_NUMBER, .low = -0.99, .high = 1000,
      .fallback = "0", .offset = offsetof(struct given, growth_per_year),
      .doc = "The same for a year of 365 days; with both, both hold.", .example = "0.15" },
    { .key = "holidays", .type = PARAM_CUSTOM, .offset = offsetof(struct given, holidays),
      .read = read_texts, .schema = texts_schema,
      .doc = "Dates on which the rate is multiplied by `holiday_factor`; time 0 lies in the week "
             "of Monday, 2024-01-01.", .example = "[\"2024-01-04\"]" },
    { .key = "holiday_factor", .type = PARAM_NUMBER, .high = 1000, .fallback = "0",
      .offset = offsetof(struct given, holiday_factor),
      .doc = "Times the rate, on holidays.", .example = "0.3" },
};

static bool check(struct reader *reader, const struct json *node, void *value)
{
    const struct given      *given = value;
    const struct text_entry *dates = given->holidays.at;
    bool                     good = true;
    double                   day;
    (void)node;
    for (uint32_t i = 0; i < given->holidays.n; i++)
        if (!calendar_read_date(dates[i].text, &day))
            good = wrong_value(reader, dates[i].at, "a date such as \"2024-01-04\", not before "
                                                    "2024-01-01", NULL);
    return good;
}

static const struct shape shape = {
    .name = "poisson",
    .summary = "Poisson arrivals.",
    .params = params,
    .n_params = COUNT_OF(params),
    .size = sizeof(struct given),
    .check = check,
};

static int day_order(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Growth and holidays, where there are any. */
static bool make_days(struct reader *reader, const struct given *given, struct arrival *arrival)
{
    const struct text_entry *dates = given->holidays.at;
    const double growth_log = exact_log1p(given->growth_per_week) / 7 +
                              exact_log1p(given->growth_per_year) / 365;
    const bool   holidays = given->holidays.n > 0 && (given->holiday_factor < 1 ||
                                                    given->holiday_factor > 1);
    if (!holidays && !(fabs(growth_log) > 0))
        return true;
    struct day_rates *rates = ARENA_ARRAY(reader->arena, 1, struct day_rates);
    double *days = ARENA_ARRAY(reader->arena, given->holidays.n + 1, double);
    if (!rates || !days)
        return false;
    for (uint32_t i = 0; i < given->holidays.n; i++)
        calendar_read_date(dates[i].text, &days[i]);
    qsort(days, given->holidays.n, sizeof *days, day_order);
    *rates = (struct day_rates){ growth_log, given->holiday_factor, days,
                                 holidays ? given->holidays.n : 0 };
    arrival->day_rates = rates;
    arrival->varies = true;
    return true;
}

/* Batches, unless contacts always come one by one. */
static bool make_batch(struct reader *reader, const struct given *given, struct arrival *arrival)
{
    struct dist *batch = ARENA_ARRAY(reader->arena, 1, struct dist);
    const enum quantity outer = reader->quantity;
    reader->quantity = QUANTITY_COUNT;
    const bool good = batch && dist_make(reader, &given->batch, batch);
    reader->quantity = outer;
    if (good && !(batch->fast == DIST_CONSTANT && batch->p[0] < 1.5))
        arrival->batch = batch;
    return good;
}

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
        arrival->varies = true;
    }
    return make_days(reader, given, arrival) && make_batch(reader, given, arrival) &&
           profile_compile(reader, &given->rate, start_s, &arrival->rate);
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

/* The batch that comes with the gap just drawn. */
static void draw_batch(const struct arrival *arrival, struct arrival_state *state,
                       struct rng_key key)
{
    struct rng   rng = rng_at(key, arrival->batches, state->n - 1, 0);
    const double size = dist_draw(arrival->batch, &rng);
    state->left = size > BATCH_MOST ? BATCH_MOST - 1 : size > 1 ? (uint32_t)(size - 0.5) : 0;
}

static double next_time(const struct arrival *arrival, struct arrival_state *state,
                        const struct rng_schedule *schedule, double until_s)
{
    const struct profile *rate = &arrival->rate;
    double left = next_gap(arrival, state, schedule);
    double at = state->time_s;
    if (rate->n == 1 && (!arrival->varies || !(rate->value[0] > 0)))
        return rate->value[0] > 0 ? at + left / rate->value[0] : INFINITY;
    if (state->n == 1) {
        state->factor = 1;
        state->change_s = INFINITY;
        if (arrival->varies)
            intensity_open(arrival, state, schedule->key);
    }
    for (;;) {
        const double now_rate = profile_value(rate, state->cursor) * state->factor;
        double       end = profile_end(rate, state->cursor);
        if (state->change_s < end)
            end = state->change_s;
        /* The product would be 0 * infinity for a rate that is 0 for ever. */
        if (now_rate > 0 && left <= (end - at) * now_rate)
            return at + left / now_rate;
        if (end > until_s)
            return INFINITY;
        if (now_rate > 0)
            left -= (end - at) * now_rate;
        at = end;
        if (end == state->change_s)
            intensity_step(arrival, state, schedule->key);
        if (end == profile_end(rate, state->cursor))
            profile_step(rate, &state->cursor);
    }
}

double arrival_next_poisson(const struct arrival *arrival, struct arrival_state *state,
                            const struct rng_schedule *schedule, double until_s)
{
    if (state->left > 0) {
        state->left--;
        return state->time_s;
    }
    const double at = next_time(arrival, state, schedule, until_s);
    if (!(at <= until_s))
        return INFINITY;
    state->time_s = at;
    if (arrival->batch)
        draw_batch(arrival, state, schedule->key);
    return at;
}

static double expected(const struct arrival *arrival, double a_s, double b_s)
{
    const double batch =
        arrival->batch ? dist_mean(arrival->batch) + dist_cdf(arrival->batch, 0.25) : 1;
    return batch * (arrival->varies ? intensity_expected(arrival, a_s, b_s)
                                    : profile_integral(&arrival->rate, a_s, b_s));
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
    .next = arrival_next_poisson,
    .expected = expected,
};
