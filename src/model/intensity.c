/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/intensity.h"

#include <math.h>

#include "model/arrival.h"

/* ---- days */

static bool is_holiday(const struct day_rates *rates, double day)
{
    uint32_t low = 0, high = rates->n_holidays;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (rates->holidays[middle] < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low < rates->n_holidays && rates->holidays[low] <= day;
}

/* What growth and holidays make of a day. */
static double day_rate(const struct arrival *arrival, double day)
{
    const struct day_rates *rates = arrival->day_rates;
    const double            first = floor(arrival->start_s / DAY_S);
    if (!rates)
        return 1;
    const double grown = exact_exp(rates->growth_log * (day - first));
    return is_holiday(rates, day) ? grown * rates->holiday_factor : grown;
}

/* The probability, on (0, 1), of the day's factor, where it is drawn by inversion. */
static double day_unit(const struct arrival *arrival, struct arrival_state *state,
                       struct rng_key key, double day)
{
    const double   first = floor(arrival->start_s / DAY_S);
    const uint32_t nth = (uint32_t)(day - first);
    if (arrival->law)
        return busyness_next(arrival->law, arrival->law_group, state->set, key, (uint32_t)day,
                             nth, &state->more.normal);
    if (state->set)
        return busyness_unit(state->set, &arrival->days, (uint32_t)day, nth);
    struct rng rng = rng_at(key, arrival->days.within, (uint32_t)day, 0);
    return rng_unit(&rng);
}

static double factor_at(const struct arrival *arrival, double unit)
{
    return arrival->busyness.p[1] * dist_gamma_quantile(arrival->busyness.p[0], unit);
}

static double busyness_of(const struct arrival *arrival, struct arrival_state *state,
                          struct rng_key key, double day)
{
    if (arrival->parts) {
        state->more.day_normal = exact_normal_quantile(day_unit(arrival, state, key, day));
        return 1;
    }
    if (arrival->law || state->set)
        return factor_at(arrival, day_unit(arrival, state, key, day));
    struct rng rng = rng_at(key, arrival->days.within, (uint32_t)day, 0);
    return dist_draw(&arrival->busyness, &rng);
}

/* The interval of the day in hand that contains `time_s`. */
static void enter_part(const struct arrival *arrival, struct intensity_state *more,
                       struct rng_key key, double time_s)
{
    const struct busyness_parts *parts = arrival->parts;
    const double   midnight_s = more->day_end_s - DAY_S;
    const double   day = rint((midnight_s + arrival->start_s) / DAY_S);
    const uint32_t j = (uint32_t)((time_s - midnight_s) / parts->every_s + 1e-9);
    for (; more->parts <= j; more->parts++)
        more->part_normal =
            busyness_part(parts, key, (uint32_t)day, more->parts, more->part_normal);
    more->part_factor =
        factor_at(arrival, busyness_part_unit(parts, more->day_normal, more->part_normal));
    more->part_end_s = fmin(midnight_s + (j + 1) * parts->every_s, more->day_end_s);
}

/* The day that contains `time_s`. */
static void enter_day(const struct arrival *arrival, struct arrival_state *state,
                      struct rng_key key, double time_s)
{
    const double day = floor((arrival->start_s + time_s) / DAY_S);
    state->more.day_factor = arrival->has_busyness ? busyness_of(arrival, state, key, day) : 1;
    if (arrival->day_rates)
        state->more.day_factor *= day_rate(arrival, day);
    state->more.day_end_s = (day + 1) * DAY_S - arrival->start_s;
    state->more.parts = 0;
    state->more.part_end_s = time_s;
}

/* ---- regimes */

static uint32_t pick_regime(const double *up_to, uint32_t n, double unit)
{
    uint32_t i = 0;
    while (i + 1 < n && unit >= up_to[i])
        i++;
    return i;
}

static void jump(const struct arrival *arrival, struct intensity_state *more, struct rng_key key,
                 double now_s)
{
    const struct regimes *regimes = arrival->regimes;
    struct rng   rng = rng_at(key, arrival->jumps, more->jumps, 0);
    const double unit = rng_side(&rng, 0);
    double       first[INTENSITY_REGIMES], sum = 0;
    for (uint32_t i = 0; more->jumps == 0 && i < regimes->n; i++)
        first[i] = sum += regimes->share[i];
    const double *up_to = more->jumps == 0 ? first : regimes->at[more->regime].up_to;
    more->regime = pick_regime(up_to, regimes->n, unit);
    more->regime_end_s =
        now_s + regimes->at[more->regime].stay_s * exact_exponential(rng_unit(&rng));
    more->jumps++;
}

bool intensity_shares(uint32_t n, double *rates, double *share)
{
    double sum = 0;
    for (uint32_t k = n; k-- > 1;) {
        double out = 0;
        for (uint32_t j = 0; j < k; j++)
            out += rates[k * n + j];
        if (!(out > 0))
            return false;
        for (uint32_t i = 0; i < k; i++) {
            rates[i * n + k] /= out;
            for (uint32_t j = 0; j < k; j++)
                rates[i * n + j] += rates[i * n + k] * rates[k * n + j];
        }
    }
    for (uint32_t k = 0; k < n; k++) {
        share[k] = k == 0;
        for (uint32_t i = 0; i < k; i++)
            share[k] += share[i] * rates[i * n + k];
        sum += share[k];
        if (!(share[k] > 0) || !isfinite(sum))
            return false;
    }
    for (uint32_t k = 0; k < n; k++)
        share[k] /= sum;
    return true;
}

/* ---- surges */

/* When the next one begins, after one that has ended at `now_s`. */
static double next_surge(const struct surge *surge, uint32_t n, struct rng_key key, double now_s)
{
    if (surge->between) {
        struct rng rng = rng_at(key, surge->times, n, 0);
        return now_s + dist_draw(surge->between, &rng);
    }
    return n < surge->n ? fmax(now_s, surge->begin_s[n]) : INFINITY;
}

static void turn(const struct surge *surge, struct surge_state *state, struct rng_key key)
{
    if (state->on) {
        state->on = false;
        state->edge_s = next_surge(surge, state->n, key, state->edge_s);
        return;
    }
    struct rng rng = rng_at(key, surge->times, state->n++, 1);
    state->on = true;
    state->edge_s += surge->duration ? dist_draw(surge->duration, &rng) : 0;
}

/* ---- all of it */

static void refresh(const struct arrival *arrival, struct arrival_state *state)
{
    const struct intensity_state *more = &state->more;
    state->factor = 1;
    state->change_s = INFINITY;
    if (arrival->has_busyness || arrival->day_rates) {
        state->factor = more->day_factor;
        state->change_s = more->day_end_s;
    }
    if (arrival->parts) {
        state->factor *= more->part_factor;
        state->change_s = fmin(state->change_s, more->part_end_s);
    }
    if (arrival->regimes) {
        state->factor *= arrival->regimes->at[more->regime].rate;
        state->change_s = fmin(state->change_s, more->regime_end_s);
    }
    for (uint32_t i = 0; i < arrival->n_surges; i++) {
        if (more->surges[i].on)
            state->factor *= arrival->surges[i].factor;
        state->change_s = fmin(state->change_s, more->surges[i].edge_s);
    }
}

void intensity_step(const struct arrival *arrival, struct arrival_state *state, struct rng_key key)
{
    struct intensity_state *more = &state->more;
    const double            now_s = state->change_s;
    if ((arrival->has_busyness || arrival->day_rates) && more->day_end_s <= now_s)
        enter_day(arrival, state, key, now_s);
    if (arrival->parts && more->part_end_s <= now_s)
        enter_part(arrival, more, key, now_s);
    if (arrival->regimes && more->regime_end_s <= now_s)
        jump(arrival, more, key, now_s);
    for (uint32_t i = 0; i < arrival->n_surges; i++)
        while (more->surges[i].edge_s <= now_s)
            turn(&arrival->surges[i], &more->surges[i], key);
    refresh(arrival, state);
}

void intensity_open(const struct arrival *arrival, struct arrival_state *state, struct rng_key key)
{
    for (uint32_t i = 0; i < arrival->n_surges; i++)
        state->more.surges[i].edge_s = next_surge(&arrival->surges[i], 0, key, 0);
    state->change_s = 0;
    intensity_step(arrival, state, key);
}

/* ---- what to expect */

static double expected_by_day(const struct arrival *arrival, double a_s, double b_s)
{
    double sum = 0;
    if (!arrival->day_rates)
        return profile_integral(&arrival->rate, a_s, b_s);
    while (a_s < b_s) {
        const double day = floor((arrival->start_s + a_s) / DAY_S);
        double       end_s = fmin((day + 1) * DAY_S - arrival->start_s, b_s);
        if (!(end_s > a_s))
            end_s = a_s + DAY_S; /* rounding at midnight */
        sum += day_rate(arrival, day) * profile_integral(&arrival->rate, a_s, end_s);
        a_s = end_s;
    }
    return sum;
}

/* What a surge adds, as a part of what comes without it. */
static double added_by(const struct arrival *arrival, const struct surge *surge, double a_s,
                       double b_s, double whole)
{
    const double duration_s = surge->duration ? dist_mean(surge->duration) : 0;
    double       sum = 0;
    if (surge->between)
        return (surge->factor - 1) * duration_s / (dist_mean(surge->between) + duration_s);
    for (uint32_t i = 0; i < surge->n && whole > 0; i++) {
        const double from_s = fmax(a_s, surge->begin_s[i]);
        const double to_s = fmin(b_s, surge->begin_s[i] + duration_s);
        if (to_s > from_s)
            sum += expected_by_day(arrival, from_s, to_s);
    }
    return whole > 0 ? (surge->factor - 1) * sum / whole : 0;
}

double intensity_expected(const struct arrival *arrival, double a_s, double b_s)
{
    const double whole = expected_by_day(arrival, a_s, b_s);
    double       sum = whole, rate = 0;
    for (uint32_t i = 0; i < arrival->n_surges; i++)
        sum *= 1 + added_by(arrival, &arrival->surges[i], a_s, b_s, whole);
    if (!arrival->regimes)
        return sum;
    for (uint32_t i = 0; i < arrival->regimes->n; i++)
        rate += arrival->regimes->share[i] * arrival->regimes->at[i].rate;
    return sum * rate;
}
