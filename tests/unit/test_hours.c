/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: business calendars count open time exactly. Method: cases worked out by hand (over nights,
 * weekends and holidays, weeks away, at every edge); then random calendars beside one that looks at
 * every minute of eight weeks, both ways; then the laws that tie the two questions together, at
 * times that are no whole minutes. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tiersim/problem.h>

#include "base/arena.h"
#include "base/json.h"
#include "model/scenario.h"
#include "support/random_scenario.h"

#define HOUR 3600.0

struct made {
    struct arena          arena;
    struct tsim_problems *problems;
    struct json_document *document;
    struct reader         reader;
    struct calendar_given given;
    const struct hours   *hours;
    bool                  good;
};

static void open_hours(struct made *made, const char *text, double start_s)
{
    *made = (struct made){ .problems = tsim_problems_new() };
    arena_open(&made->arena);
    made->reader = (struct reader){ .arena = &made->arena, .problems = made->problems };
    made->document = json_read_text(text, strlen(text), "calendar", made->problems);
    cr_assert(made->document, "%s", text);
    made->good = shape_read(&made->reader, json_root(made->document), &calendar_shape,
                            &made->given);
    if (made->good)
        made->hours = hours_compile(&made->reader, &made->given, start_s, &made->good);
}

static void close_hours(struct made *made)
{
    reader_close(&made->reader);
    json_free(made->document);
    tsim_problems_free(made->problems);
    arena_close(&made->arena);
}

#define OFFICE                                                                                 \
    "{ \"name\": \"office\", \"windows\": [ { \"days\": \"Mon-Fri\", \"from\": \"09:00\", "     \
    "\"to\": \"17:00\" } ] }"

/* ---- by hand */

#define AT(day, hour) ((day) * DAY_S + (hour) * HOUR)

static void between_is(const struct hours *hours, double from_s, double to_s, double open_s)
{
    cr_expect_eq(hours_between(hours, from_s, to_s), open_s, "%g to %g: %.17g, not %.17g", from_s,
                 to_s, hours_between(hours, from_s, to_s), open_s);
}

static void after_is(const struct hours *hours, double from_s, double open_s, double at_s)
{
    cr_expect_eq(hours_after(hours, from_s, open_s), at_s, "%g after %g: %.17g, not %.17g", open_s,
                 from_s, hours_after(hours, from_s, open_s), at_s);
}

Test(hours, office_days)
{
    struct made made;
    open_hours(&made, OFFICE, 0);
    cr_assert(made.hours);
    between_is(made.hours, AT(0, 8), AT(0, 9), 0);
    between_is(made.hours, AT(0, 8), AT(0, 10), HOUR);
    between_is(made.hours, AT(0, 10), AT(0, 10), 0);
    between_is(made.hours, AT(0, 16), AT(1, 10), 2 * HOUR);
    between_is(made.hours, AT(4, 16), AT(7, 10), 2 * HOUR);            /* a weekend */
    between_is(made.hours, AT(0, 0), AT(7 * 52, 0), 52 * 40 * HOUR);   /* a year */
    between_is(made.hours, AT(0, 10.5), AT(7000, 10.5), 1000 * 40 * HOUR);
    after_is(made.hours, AT(0, 10), HOUR, AT(0, 11));
    after_is(made.hours, AT(0, 16), HOUR, AT(0, 17)); /* the last second of the day, not the next */
    after_is(made.hours, AT(0, 16), HOUR + 1, AT(1, 9) + 1);
    after_is(made.hours, AT(0, 17), 0, AT(0, 17));
    after_is(made.hours, AT(0, 20), HOUR, AT(1, 10));
    after_is(made.hours, AT(4, 16), 2 * HOUR, AT(7, 10));
    after_is(made.hours, AT(5, 12), 40 * HOUR, AT(11, 17));
    after_is(made.hours, AT(0, 9), 1000 * 40 * HOUR, AT(6993 + 4, 17));
    close_hours(&made);
}

Test(hours, holidays)
{
    struct made made;
    open_hours(&made,
               "{ \"name\": \"office\", \"windows\": [ { \"days\": \"Mon-Fri\", \"from\": "
               "\"09:00\", \"to\": \"17:00\" } ],\n"
               "  \"holidays\": [ \"2024-01-05\", \"2024-01-01\", \"2024-01-06\", \"2024-01-08\", "
               "\"2024-01-05\", \"2025-01-01\" ] }",
               0);
    cr_assert(made.hours);
    between_is(made.hours, AT(0, 0), AT(1, 0), 0);             /* the first day */
    between_is(made.hours, AT(0, 12), AT(1, 10), HOUR);
    between_is(made.hours, AT(3, 16), AT(8, 10), 2 * HOUR);    /* Friday to Monday: a long one */
    between_is(made.hours, AT(4, 10), AT(4, 11), 0);
    between_is(made.hours, AT(0, 0), AT(14, 0), 7 * 8 * HOUR);
    between_is(made.hours, AT(366, 0), AT(367, 0), 0);         /* 2024 is a leap year */
    between_is(made.hours, AT(365, 0), AT(366, 0), 8 * HOUR);
    after_is(made.hours, AT(0, 10), HOUR, AT(1, 10));
    after_is(made.hours, AT(3, 16), HOUR, AT(3, 17));
    after_is(made.hours, AT(3, 16), HOUR + 1, AT(8, 9) + 1);
    after_is(made.hours, AT(4, 10), 8 * HOUR, AT(8, 17));
    close_hours(&made);
}

/* Open over midnight: a holiday takes the part that lies in it, on both sides. */
Test(hours, a_holiday_cuts_a_night)
{
    struct made made;
    open_hours(&made,
               "{ \"name\": \"nights\", \"windows\": [ { \"days\": \"Mon-Sun\", \"from\": "
               "\"22:00\", \"to\": \"06:00\" } ], \"holidays\": \"2024-01-03\" }",
               0);
    cr_assert(made.hours);
    between_is(made.hours, AT(1, 12), AT(2, 12), 2 * HOUR);
    between_is(made.hours, AT(2, 12), AT(3, 12), 6 * HOUR);
    between_is(made.hours, AT(6, 12), AT(7, 12), 8 * HOUR); /* over the week's end */
    after_is(made.hours, AT(1, 23), HOUR, AT(2, 0));
    after_is(made.hours, AT(1, 23), 2 * HOUR, AT(3, 1));
    close_hours(&made);
}

Test(hours, time_0_may_be_any_time_of_the_week)
{
    struct made made;
    open_hours(&made, OFFICE, AT(2, 10)); /* Wednesday, 10:00 */
    cr_assert(made.hours);
    between_is(made.hours, 0, 7 * HOUR, 7 * HOUR);
    between_is(made.hours, 0, 24 * HOUR, 8 * HOUR);
    after_is(made.hours, 0, 8 * HOUR, 24 * HOUR);
    after_is(made.hours, 0, 7 * HOUR, 7 * HOUR);
    close_hours(&made);
}

/* A window from a time to the same time is a whole day. */
Test(hours, always_open_is_the_wall_clock)
{
    static const char *const texts[] = {
        "{ \"name\": \"a\", \"windows\": [ {} ] }",
        "{ \"name\": \"b\", \"windows\": [ { \"from\": \"07:00\", \"to\": \"07:00\" } ] }",
        "{ \"name\": \"c\", \"windows\": [ { \"to\": \"12:00\" }, { \"from\": \"11:00\" } ] }",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct made made;
        open_hours(&made, texts[i], 12345);
        cr_assert(made.good);
        cr_assert_null(made.hours, "%s", texts[i]);
        close_hours(&made);
    }
    between_is(NULL, 0.1, 0.3, 0.3 - 0.1);
    after_is(NULL, 0.1, 0.2, 0.1 + 0.2);
}

Test(hours, bad_calendars_are_refused)
{
    static const char *const texts[] = {
        "{ \"name\": \"a\" }",
        "{ \"name\": \"a\", \"windows\": [] }",
        "{ \"name\": \"a\", \"windows\": [ { \"days\": \"Mo\" } ] }",
        "{ \"name\": \"a\", \"windows\": [ { \"agents\": 3 } ] }",
        "{ \"name\": \"a\", \"windows\": [ {} ], \"holidays\": [ \"2023-12-31\" ] }",
        "{ \"name\": \"a\", \"windows\": [ {} ], \"holidays\": [ \"2025-02-29\" ] }",
        "{ \"name\": \"a\", \"windows\": [ {} ], \"holidays\": [ \"2024-13-01\" ] }",
        "{ \"name\": \"a\", \"windows\": [ {} ], \"holidays\": [ \"2024-1-010\" ] }",
        "{ \"name\": \"a\", \"windows\": [ {} ], \"holidays\": [ \"----------\" ] }",
        "{ \"name\": \"a\", \"windows\": [ {} ], \"holidays\": [ \"24-01-2024\" ] }",
        "{ \"name\": \"a\", \"windows\": [ {} ], \"holidays\": [ \"2024-04-00\" ] }",
        "{ \"name\": \"a\", \"windows\": [ {} ], \"holidays\": [ 20240101 ] }",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct made made;
        open_hours(&made, texts[i], 0);
        cr_expect_not(made.good, "%s", texts[i]);
        cr_expect_eq(tsim_problems_errors(made.problems), 1, "%s", texts[i]);
        close_hours(&made);
    }
}

/* ---- by the minute */

enum { WEEKS = 8, MINUTES = WEEKS * 7 * 1440, CALENDARS = 60 };

static const char *const spans[] = { "Mon-Fri", "Sat,Sun", "Mon-Sun", "Tue", "Fri-Mon", "Wed,Fri" };
static const unsigned    masks[] = { 0x1F, 0x60, 0x7F, 0x02, 0x71, 0x14 };

struct slow {
    char     text[2000];
    bool     open[MINUTES];       /* … of the weeks from Monday, 1 January 2024, on */
    uint32_t before[MINUTES + 1]; /* open minutes */
};

static void open_minutes(struct slow *slow, unsigned mask, uint32_t from, uint32_t to)
{
    const uint32_t length = to > from ? to - from : to + 1440 - from;
    for (uint32_t day = 0; day < 7; day++)
        for (uint32_t m = 0; m < length && mask & 1u << day; m++)
            for (uint32_t week = 0; week < WEEKS; week++)
                slow->open[week * 10080 + (day * 1440 + from + m) % 10080] = true;
}

/* A random calendar, written down and minute by minute. */
static void make_slow(struct slow *slow, uint64_t *state)
{
    size_t         n = 0;
    const uint32_t windows = 1 + random_below(state, 3), holidays = random_below(state, 5);
    memset(slow, 0, sizeof *slow);
    n += (size_t)sprintf(slow->text, "{ \"name\": \"random\", \"windows\": [");
    for (uint32_t i = 0; i < windows; i++) {
        const uint32_t span = random_below(state, 6), from = random_below(state, 1440),
                       to = random_below(state, 8) ? random_below(state, 1440) : from;
        n += (size_t)sprintf(slow->text + n,
                             "%s { \"days\": \"%s\", \"from\": \"%02u:%02u\", \"to\": "
                             "\"%02u:%02u\" }", i ? "," : "", spans[span], from / 60, from % 60,
                             to / 60, to % 60);
        open_minutes(slow, masks[span], from, to);
    }
    n += (size_t)sprintf(slow->text + n, " ], \"holidays\": [");
    for (uint32_t i = 0; i < holidays; i++) {
        const uint32_t day = random_below(state, WEEKS * 7);
        n += (size_t)sprintf(slow->text + n, "%s \"2024-%02u-%02u\"", i ? "," : "",
                             day < 31 ? 1 : 2, day < 31 ? day + 1 : day - 30);
        memset(&slow->open[day * 1440], 0, 1440);
    }
    sprintf(slow->text + n, " ] }");
    for (uint32_t m = 0; m < MINUTES; m++)
        slow->before[m + 1] = slow->before[m] + slow->open[m];
}

static void compare_minutes(const struct slow *slow, const struct hours *hours, uint32_t start,
                            uint64_t *state)
{
    for (int i = 0; i < 3000; i++) {
        const uint32_t a = start + random_below(state, MINUTES - start),
                       b = a + random_below(state, random_below(state, 2) ? 600 : MINUTES - a);
        const uint32_t last = b < MINUTES ? b : MINUTES;
        const uint32_t open = slow->before[last] - slow->before[a];
        const double   from_s = (a - start) * 60.0, to_s = (last - start) * 60.0;
        cr_assert_eq(hours_between(hours, from_s, to_s), open * 60.0, "%s: minutes %u to %u are "
                     "%.17g s, not %u min", slow->text, a, last,
                     hours_between(hours, from_s, to_s), open);
        uint32_t at = last;
        while (at > a && slow->before[at - 1] == slow->before[last])
            at--;
        cr_assert_eq(hours_after(hours, from_s, open * 60.0), open ? (at - start) * 60.0 : from_s,
                     "%s: %u min after minute %u are at %.17g s", slow->text, open, a,
                     hours_after(hours, from_s, open * 60.0));
    }
}

Test(hours, minute_by_minute)
{
    struct slow *slow = malloc(sizeof *slow);
    uint64_t     state = 20240101;
    cr_assert(slow);
    for (int i = 0; i < CALENDARS; i++) {
        const uint32_t start = random_below(&state, 10080);
        struct made    made;
        make_slow(slow, &state);
        open_hours(&made, slow->text, start * 60.0);
        cr_assert(made.good, "%s", slow->text);
        compare_minutes(slow, made.hours, start, &state);
        close_hours(&made);
    }
    free(slow);
}

/* ---- opening and closing */

/* The first minute from `from` on at which it is open, or not; NONE in the eight weeks: none. */
static double slow_change(const struct made *made, uint32_t from, uint32_t last, bool open)
{
    for (uint32_t at = from; at < last; at++)
        if ((hours_between(made->hours, at * 60.0, at * 60.0 + 1) > 0) == open)
            return at * 60.0;
    return INFINITY;
}

Test(hours, openings_and_closings_are_found)
{
    struct slow *slow = malloc(sizeof *slow);
    uint64_t     state = 99;
    cr_assert(slow);
    for (int i = 0; i < CALENDARS; i++) {
        struct made made;
        make_slow(slow, &state);
        open_hours(&made, slow->text, random_below(&state, 10080) * 60.0);
        for (int k = 0; k < 20; k++) {
            const uint32_t at = random_below(&state, MINUTES / 2);
            const bool     open = hours_between(made.hours, at * 60.0, at * 60.0 + 1) > 0;
            const double   opens_s = slow_change(&made, at, MINUTES / 2 + 15000, true);
            const double   closes_s = slow_change(&made, at, MINUTES / 2 + 15000, false);
            cr_assert_eq(hours_open(made.hours, at * 60.0), open, "%s minute %u", slow->text, at);
            if (opens_s < INFINITY)
                cr_assert_eq(hours_opens(made.hours, at * 60.0), opens_s, "%s", slow->text);
            if (closes_s < INFINITY)
                cr_assert_eq(hours_closes(made.hours, at * 60.0), closes_s, "%s", slow->text);
            cr_assert_geq(hours_closes(made.hours, at * 60.0 + 0.5), at * 60.0);
        }
        close_hours(&made);
    }
    free(slow);
}

/* ---- laws, at any time */

static double some_time(uint64_t *state)
{
    return (double)(random_next(state) >> 11) * 0x1p-53 * 2 * 365 * DAY_S;
}

Test(hours, spans_add_up_and_both_ways_agree)
{
    struct slow *slow = malloc(sizeof *slow);
    uint64_t     state = 7;
    cr_assert(slow);
    for (int i = 0; i < CALENDARS; i++) {
        struct made made;
        make_slow(slow, &state);
        open_hours(&made, slow->text, random_below(&state, 604800));
        for (int k = 0; k < 1000; k++) {
            const double a = some_time(&state), b = a + some_time(&state) / 50,
                         c = b + some_time(&state) / 50;
            const double ab = hours_between(made.hours, a, b), bc = hours_between(made.hours, b, c),
                         ac = hours_between(made.hours, a, c);
            cr_assert(ab >= 0 && ab <= b - a + 1e-6 && fabs(ab + bc - ac) < 1e-6, "%s",
                      slow->text);
            const double at = hours_after(made.hours, a, ab);
            cr_assert(at >= a && at <= b + 1e-6, "%s", slow->text);
            cr_assert(fabs(hours_between(made.hours, a, at) - ab) < 1e-6, "%s", slow->text);
        }
        close_hours(&made);
    }
    free(slow);
}
