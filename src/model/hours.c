/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/hours.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/problem.h"
#include "model/scenario.h"

/* ---- compiling */

/* How many of n ascending values are at most (or, `below`, less than) a value. */
static uint32_t count_to(const double *values, uint32_t n, double value, bool below)
{
    uint32_t low = 0, high = n;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (below ? values[middle] < value : values[middle] <= value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Open time of the regular week, without holidays, until a time since Monday, 1 January 2024. */
static double regular_until(const struct hours *hours, double at_s)
{
    const double   weeks = floor(at_s / WEEK_S), in_week_s = at_s - weeks * WEEK_S;
    const uint32_t i = count_to(hours->from_s, hours->n, in_week_s, false);
    const double   whole_s = weeks * hours->before_s[hours->n];
    if (i == 0)
        return whole_s;
    return whole_s + hours->before_s[i - 1] +
           (fmin(in_week_s, hours->to_s[i - 1]) - hours->from_s[i - 1]);
}

/* The stretches in which the windows' profile is above 0. */
static bool find_stretches(struct reader *reader, const struct profile *profile,
                           struct hours *hours)
{
    double *from_s = ARENA_ARRAY(reader->arena, profile->n + 1, double);
    double *to_s = ARENA_ARRAY(reader->arena, profile->n + 1, double);
    double *before_s = ARENA_ARRAY(reader->arena, profile->n + 1, double);
    if (!from_s || !to_s || !before_s)
        return problem_plain(reader->problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    for (uint32_t i = 0; i < profile->n; i++) {
        const double end_s = i + 1 < profile->n ? profile->time_s[i + 1] : WEEK_S;
        if (profile->value[i] <= 0)
            continue;
        if (hours->n > 0 && to_s[hours->n - 1] == profile->time_s[i]) {
            to_s[hours->n - 1] = end_s;
            continue;
        }
        from_s[hours->n] = profile->time_s[i];
        to_s[hours->n++] = end_s;
    }
    for (uint32_t i = 0; i < hours->n; i++)
        before_s[i + 1] = before_s[i] + (to_s[i] - from_s[i]);
    hours->from_s = from_s;
    hours->to_s = to_s;
    hours->before_s = before_s;
    return true;
}

static int time_order(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* The holidays in order, each once, and what they take away. */
static bool find_holidays(struct reader *reader, const struct list *given, struct hours *hours)
{
    const struct text_entry *dates = given->at;
    double *holiday_s = ARENA_ARRAY(reader->arena, given->n + 1, double);
    double *lost_s = ARENA_ARRAY(reader->arena, given->n + 1, double);
    double *until_s = ARENA_ARRAY(reader->arena, given->n + 1, double);
    if (!holiday_s || !lost_s || !until_s)
        return problem_plain(reader->problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    for (uint32_t i = 0; i < given->n; i++) {
        calendar_read_date(dates[i].text, &holiday_s[i]);
        holiday_s[i] *= DAY_S;
    }
    qsort(holiday_s, given->n, sizeof *holiday_s, time_order);
    double lost = 0;
    for (uint32_t i = 0; i < given->n; i++) {
        const uint32_t n = hours->n_holidays;
        if (n > 0 && holiday_s[n - 1] == holiday_s[i])
            continue;
        const double regular_s = regular_until(hours, holiday_s[i]);
        holiday_s[n] = holiday_s[i];
        until_s[n] = regular_s - lost;
        lost += regular_until(hours, holiday_s[i] + DAY_S) - regular_s;
        lost_s[n] = lost;
        hours->n_holidays++;
    }
    hours->holiday_s = holiday_s;
    hours->lost_s = lost_s;
    hours->until_s = until_s;
    return true;
}

const struct hours *hours_compile(struct reader *reader, const struct calendar_given *given,
                                  double start_s, bool *good)
{
    const struct profile_given windows = { .windows = given->windows, .at = given->at };
    struct profile             profile = { 0 };
    struct hours              *hours = ARENA_ARRAY(reader->arena, 1, struct hours);
    if (!hours || !profile_compile(reader, &windows, 0, &profile) ||
        !find_stretches(reader, &profile, hours) ||
        !find_holidays(reader, &given->holidays, hours)) {
        *good = false;
        return NULL;
    }
    hours->start_s = start_s;
    const bool always = hours->before_s[hours->n] == WEEK_S && hours->n_holidays == 0;
    return always ? NULL : hours;
}

/* ---- asking */

/* How much open time has passed at a time since Monday, 1 January 2024, and whether it is open. */
struct spot {
    double open_s;
    bool   open;
};

static struct spot spot_of(const struct hours *hours, double at_s)
{
    const double   in_week_s = at_s - floor(at_s / WEEK_S) * WEEK_S;
    const uint32_t k = count_to(hours->holiday_s, hours->n_holidays, at_s, false);
    const uint32_t i = count_to(hours->from_s, hours->n, in_week_s, false);
    if (k > 0 && at_s < hours->holiday_s[k - 1] + DAY_S)
        return (struct spot){ hours->until_s[k - 1], false };
    return (struct spot){
        .open_s = regular_until(hours, at_s) - (k > 0 ? hours->lost_s[k - 1] : 0),
        .open = i > 0 && in_week_s < hours->to_s[i - 1],
    };
}

/* Closed time between two times at which it is open: whole minutes. */
static double closed_between(double wall_s, double open_s)
{
    return rint((wall_s - open_s) / 60) * 60;
}

double hours_between(const struct hours *hours, double from_s, double to_s)
{
    if (!hours)
        return to_s - from_s;
    const struct spot from = spot_of(hours, hours->start_s + from_s);
    const struct spot to = spot_of(hours, hours->start_s + to_s);
    const double      open_s = to.open_s - from.open_s;
    if (from.open && to.open)
        return to_s - from_s - closed_between(to_s - from_s, open_s);
    return open_s;
}

/* When, since Monday, 1 January 2024, the regular week has been open for so long. */
static double regular_at(const struct hours *hours, double open_s)
{
    const double week_s = hours->before_s[hours->n];
    double       weeks = ceil(open_s / week_s) - 1;
    if (open_s - weeks * week_s > week_s) /* rounding of the quotient */
        weeks++;
    else if (open_s - weeks * week_s <= 0)
        weeks--;
    const double   rest_s = open_s - weeks * week_s;
    const uint32_t i = count_to(hours->before_s, hours->n, rest_s, true) - 1;
    return weeks * WEEK_S + hours->from_s[i] + (rest_s - hours->before_s[i]);
}

double hours_after(const struct hours *hours, double from_s, double open_s)
{
    if (!hours)
        return from_s + open_s;
    if (open_s <= 0)
        return from_s;
    const struct spot from = spot_of(hours, hours->start_s + from_s);
    const double      sum_s = from.open_s + open_s;
    const uint32_t    k = count_to(hours->until_s, hours->n_holidays, sum_s, true);
    const double      lost_s = k > 0 ? hours->lost_s[k - 1] : 0;
    const double      at_s = regular_at(hours, sum_s + lost_s) - hours->start_s;
    if (from.open)
        return from_s + (open_s + closed_between(at_s - from_s, open_s));
    return fmax(at_s, from_s);
}

/* ---- opening and closing */

bool hours_open(const struct hours *hours, double at_s)
{
    return !hours || spot_of(hours, hours->start_s + at_s).open;
}

/* The last holiday that has begun; whether it is still on. */
static bool on_holiday(const struct hours *hours, double at_s, double *end_s)
{
    const uint32_t k = count_to(hours->holiday_s, hours->n_holidays, at_s, false);
    *end_s = k > 0 ? hours->holiday_s[k - 1] + DAY_S : 0;
    return k > 0 && at_s < *end_s;
}

double hours_opens(const struct hours *hours, double at_s)
{
    if (hours_open(hours, at_s))
        return at_s;
    double now_s = hours->start_s + at_s, end_s;
    for (;;) {
        if (on_holiday(hours, now_s, &end_s)) {
            now_s = end_s;
            continue;
        }
        const double   week_s = floor(now_s / WEEK_S) * WEEK_S;
        const uint32_t i = count_to(hours->from_s, hours->n, now_s - week_s, false);
        if (i > 0 && now_s - week_s < hours->to_s[i - 1])
            return now_s - hours->start_s;
        now_s = i < hours->n ? week_s + hours->from_s[i] : week_s + WEEK_S + hours->from_s[0];
    }
}

double hours_closes(const struct hours *hours, double at_s)
{
    if (!hours)
        return INFINITY;
    double now_s = hours->start_s + at_s, end_s;
    for (;;) {
        const double   week_s = floor(now_s / WEEK_S) * WEEK_S;
        const uint32_t i = count_to(hours->from_s, hours->n, now_s - week_s, false);
        const uint32_t k = count_to(hours->holiday_s, hours->n_holidays, now_s, true);
        if (on_holiday(hours, now_s, &end_s) || i == 0 || now_s - week_s >= hours->to_s[i - 1])
            return now_s - hours->start_s;
        const double to_s = week_s + hours->to_s[i - 1];
        const double holiday_s = k < hours->n_holidays ? hours->holiday_s[k] : INFINITY;
        if (holiday_s < to_s)
            return holiday_s - hours->start_s;
        if (hours->before_s[hours->n] >= WEEK_S && holiday_s == INFINITY)
            return INFINITY;
        now_s = to_s;
    }
}
