/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: windows of a week become the right step function of simulated time. Method: written-out
 * cases of every rule (over midnight, over the week's end, overlaps, a value for each step,
 * volumes, starts in mid-week); then random windows beside a search through all of them for every
 * five minutes of two weeks, and of seven, of which four have dates. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tiersim/problem.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/json.h"
#include "model/calendar.h"
#include "support/random_scenario.h"

#define HOUR 3600.0

struct made {
    struct arena          arena;
    struct reader         reader;
    struct tsim_problems *problems;
    struct json_document *document;
    struct profile        profile;
    bool                  good;
};

static void open_profile(struct made *made, const char *text, bool rates, double start_s)
{
    struct profile_given given = { 0 };
    *made = (struct made){ .problems = tsim_problems_new() };
    arena_open(&made->arena);
    made->reader = (struct reader){ .arena = &made->arena, .problems = made->problems };
    made->document = json_read_text(text, strlen(text), "week", made->problems);
    cr_assert(made->document, "%s", text);
    made->good = (rates ? read_rates : read_staffing)(&made->reader, json_root(made->document),
                                                      &given) &&
                 profile_compile(&made->reader, &given, start_s, &made->profile);
}

static void close_profile(struct made *made)
{
    reader_close(&made->reader);
    json_free(made->document);
    tsim_problems_free(made->problems);
    arena_close(&made->arena);
}

/* ---- written out */

struct point {
    double day, hour, value; /* time since the week's start; what holds from then on */
};

static void holds(const char *text, bool rates, double start_s, const struct point *points,
                  size_t n)
{
    struct made made;
    open_profile(&made, text, rates, start_s);
    cr_assert(made.good, "%s", text);
    for (size_t i = 0; i < n; i++)
        for (int week = 0; week < 3; week++) {
            const double time_s = points[i].day * DAY_S + points[i].hour * HOUR + week * WEEK_S -
                                  start_s;
            if (time_s < 0)
                continue;
            const double value = profile_at(&made.profile, time_s);
            cr_assert_float_eq(value, points[i].value, 1e-12 * (1 + points[i].value),
                               "%s: %g at day %g, hour %g of week %d", text, value, points[i].day,
                               points[i].hour, week);
        }
    close_profile(&made);
}

#define HOLDS(text, rates, start_s, ...)                                                       \
    holds(text, rates, start_s, (const struct point[]){ __VA_ARGS__ },                         \
          sizeof(const struct point[]){ __VA_ARGS__ } / sizeof(struct point))

Test(calendar, written_out_weeks)
{
    HOLDS("7", false, 0, { 0, 0, 7 }, { 6, 23.9, 7 });
    HOLDS("[]", false, 0, { 0, 0, 0 }, { 3, 12, 0 });
    HOLDS("[{ \"agents\": 3 }]", false, 0, { 0, 0, 3 }, { 6, 23.99, 3 });
    HOLDS("[{ \"days\": \"Mon-Fri\", \"from\": \"08:00\", \"to\": \"18:00\", \"agents\": 12 "
          "}]", false,
          0, { 0, 7.99, 0 }, { 0, 8, 12 }, { 4, 17.99, 12 }, { 4, 18, 0 }, { 5, 12, 0 });
    /* Over midnight; `days` is when it begins. */
    HOLDS("[{ \"days\": \"Fri\", \"from\": \"22:00\", \"to\": \"06:00\", \"agents\": 2 "
          "}]", false, 0,
          { 4, 21.9, 0 }, { 4, 22, 2 }, { 5, 0, 2 }, { 5, 5.9, 2 }, { 5, 6, 0 }, { 4, 3, 0 });
    /* Over the week's end. */
    HOLDS("[{ \"days\": \"Sun\", \"from\": \"20:00\", \"to\": \"04:00\", \"agents\": 5 "
          "}]", false, 0,
          { 0, 0, 5 }, { 0, 3.9, 5 }, { 0, 4, 0 }, { 6, 19.9, 0 }, { 6, 20, 5 });
    HOLDS("[{ \"days\": \"Sat-Mon\", \"agents\": 1 }]", false, 0, { 0, 12, 1 }, { 1, 0, 0 },
          { 4, 23.9, 0 }, { 5, 0, 1 }, { 6, 23, 1 });
    /* To the same time of the next day. */
    HOLDS("[{ \"days\": \"Tue\", \"from\": \"09:00\", \"to\": \"09:00\", \"agents\": 1 "
          "}]", false, 0,
          { 1, 8.9, 0 }, { 1, 9, 1 }, { 2, 8.9, 1 }, { 2, 9, 0 });
    /* They add up, and end each by itself. */
    HOLDS("[{ \"days\": \"Mon,Wed-Thu\", \"from\": \"08:00\", \"to\": \"16:00\", \"agents\": 4 }, "
          "{ \"from\": \"12:00\", \"to\": \"14:00\", \"agents\": 1 }]", false, 0,
          { 0, 8, 4 }, { 0, 12, 5 }, { 0, 14, 4 }, { 0, 16, 0 }, { 1, 12, 1 }, { 3, 13, 5 });
    /* A value for each step; the last ends where the list does. */
    HOLDS("[{ \"days\": \"Wed\", \"from\": \"23:30\", \"every\": \"30 min\", \"values\": [1, "
          "0, 7] }]",
          false, 0, { 2, 23.4, 0 }, { 2, 23.5, 1 }, { 3, 0, 0 }, { 3, 0.5, 7 }, { 3, 1, 0 });
    /* The simulation starts on Wednesday at 07:30; on Sunday a minute before the week ends. */
    HOLDS("[{ \"days\": \"Wed\", \"from\": \"07:00\", \"to\": \"08:00\", \"agents\": 9 }]", false,
          2 * DAY_S + 7.5 * HOUR, { 2, 7.5, 9 }, { 2, 7.9, 9 }, { 2, 8, 0 }, { 2, 6.9, 0 });
    HOLDS("[{ \"days\": \"Sun\", \"from\": \"23:00\", \"to\": \"01:00\", \"agents\": 3 }]", false,
          7 * DAY_S - 60, { 6, 23.99, 3 }, { 0, 0.5, 3 }, { 0, 1, 0 }, { 6, 23, 3 });
    HOLDS("\"90 /h\"", true, 0, { 0, 0, 0.025 }, { 5, 1, 0.025 });
    HOLDS("[{ \"from\": \"08:00\", \"every\": \"30 min\", \"volumes\": [45, 90] }]", true, 0,
          { 0, 7, 0 }, { 0, 8, 0.025 }, { 0, 8.5, 0.05 }, { 6, 9, 0 });
}

Test(calendar, volumes_are_what_is_expected_of_their_steps)
{
    struct made made;
    open_profile(&made, "[{ \"days\": \"Mon-Fri\", \"from\": \"08:00\", \"every\": \"15 min\", "
                        "\"volumes\": [3.5, 0, 17, 40] }]", true, DAY_S);
    cr_assert(made.good);
    for (int day = 0; day < 9; day++) {
        const double from_s = day * DAY_S + 8 * HOUR;
        const bool   open = (day + 1) % 7 < 5;
        cr_assert_float_eq(profile_integral(&made.profile, from_s, from_s + 900), open ? 3.5 : 0,
                           1e-9);
        cr_assert_float_eq(profile_integral(&made.profile, from_s, from_s + HOUR), open ? 60.5 : 0,
                           1e-9);
        cr_assert_float_eq(profile_integral(&made.profile, from_s + 1350, from_s + 2250),
                           open ? 8.5 : 0, 1e-9);
    }
    cr_assert_float_eq(profile_integral(&made.profile, 0, 52 * WEEK_S), 52 * 5 * 60.5, 1e-6);
    cr_assert_float_eq(made.profile.most, 40.0 / 900, 1e-15);
    close_profile(&made);
}

/* ---- random windows */

enum { WINDOWS_MOST = 6 };

struct made_window {
    unsigned mask;
    int      from_min, to_min; /* of a day; to may be on the next */
    int      value;
    unsigned dates; /* bit k: 1 + k January 2024; 0: every week                            */
};

static size_t put_dates(uint64_t *state, struct made_window *window, char *to, size_t size)
{
    size_t used = (size_t)snprintf(to, size, "\"dates\": [");
    for (unsigned i = 0, n = 1 + random_below(state, 3); i < n; i++) {
        const unsigned day = random_below(state, 28);
        window->dates |= 1u << day;
        used += (size_t)snprintf(to + used, size - used, "%s\"2024-01-%02u\"", i ? ", " : "",
                                 day + 1);
    }
    return used + (size_t)snprintf(to + used, size - used, "], ");
}

static int random_windows(uint64_t *state, struct made_window *windows, bool dated, char *text,
                          size_t size)
{
    static const char *const names[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    const int n = 1 + (int)random_below(state, WINDOWS_MOST);
    size_t    used = (size_t)snprintf(text, size, "[");
    for (int i = 0; i < n; i++) {
        struct made_window *window = &windows[i];
        const unsigned first = random_below(state, 7), last = random_below(state, 7);
        window->mask = 0;
        for (unsigned day = first;; day = (day + 1) % 7) {
            window->mask |= 1u << day;
            if (day == last)
                break;
        }
        window->from_min = 5 * (int)random_below(state, 288);
        window->to_min = 5 * (int)random_below(state, 289);
        window->value = (int)random_below(state, 9);
        window->dates = 0;
        used += (size_t)snprintf(text + used, size - used, "%s{ ", i ? ", " : "");
        if (dated && random_below(state, 2) == 0)
            used += put_dates(state, window, text + used, size - used);
        used += (size_t)snprintf(text + used, size - used,
                                 "\"days\": \"%s-%s\", \"from\": \"%02d:%02d\", \"to\": "
                                 "\"%02d:%02d\", \"agents\": %d }", names[first],
                                 names[last], window->from_min / 60, window->from_min % 60,
                                 window->to_min / 60, window->to_min % 60, window->value);
    }
    snprintf(text + used, size - used, "]");
    return n;
}

/* By looking at every window of every day of the week. */
static int value_at(const struct made_window *windows, int n, int minute)
{
    int sum = 0;
    for (int i = 0; i < n; i++)
        for (int day = 0; day < 7; day++) {
            const int length = windows[i].to_min - windows[i].from_min +
                               (windows[i].to_min <= windows[i].from_min ? 1440 : 0);
            const int begin = day * 1440 + windows[i].from_min;
            const int since = (minute - begin + 20160) % 10080;
            if (windows[i].mask >> day & 1 && since < length)
                sum += windows[i].value;
        }
    return sum;
}

/* A profile of random windows against what a search finds at every fifth minute of some weeks. */
static void match_search(uint64_t *state, bool dates, int weeks,
                         int (*value_at_minute)(const struct made_window *, int, int))
{
    struct made           made;
    struct made_window    windows[WINDOWS_MOST];
    struct profile_cursor cursor = { 0 };
    char                  text[2048];
    const int             n = random_windows(state, windows, dates, text, sizeof text);
    const int             start = 5 * (int)random_below(state, 2016);
    double                area = 0, area_of_a_week = 0;
    open_profile(&made, text, false, start * 60.0);
    cr_assert(made.good, "%s", text);
    for (int minute = 0; minute < weeks * 10080; minute += 5) {
        const int value = value_at_minute(windows, n, start + minute);
        cr_assert_eq(profile_at(&made.profile, minute * 60.0), value, "%s from %d: %g at %d", text,
                     start, profile_at(&made.profile, minute * 60.0), minute);
        while (profile_end(&made.profile, cursor) <= minute * 60.0)
            profile_step(&made.profile, &cursor);
        cr_assert_eq(profile_value(&made.profile, cursor), value, "%s from %d: step at %d", text,
                     start, minute);
        cr_assert_leq(value, made.profile.most);
        area += value * 300.0;
        area_of_a_week += minute <= 10080 ? value * 300.0 : 0;
    }
    cr_assert_float_eq(profile_integral(&made.profile, 0, weeks * WEEK_S), area, 1e-6);
    cr_assert_float_eq(profile_integral(&made.profile, WEEK_S + 300, weeks * WEEK_S),
                       area - area_of_a_week, 1e-6);
    close_profile(&made);
}

Test(calendar, random_windows_match_a_search)
{
    uint64_t state = 3;
    for (int round = 0; round < 200; round++)
        match_search(&state, false, 2, value_at);
}

/* The same on absolute days from Monday, 1 January 2024. */
static int value_by_date(const struct made_window *windows, int n, int minute)
{
    unsigned named = 0;
    int      sum = 0;
    for (int i = 0; i < n; i++)
        named |= windows[i].dates;
    for (int i = 0; i < n; i++)
        for (int day = minute / 1440 - 1; day <= minute / 1440; day++) {
            const int length = windows[i].to_min - windows[i].from_min +
                               (windows[i].to_min <= windows[i].from_min ? 1440 : 0);
            const int  since = minute - day * 1440 - windows[i].from_min;
            const bool is_named = day >= 0 && day < 28 && named >> day & 1;
            const bool on = is_named ? windows[i].dates >> day & 1 : windows[i].dates == 0;
            if (on && windows[i].mask >> (day + 7) % 7 & 1 && since >= 0 && since < length)
                sum += windows[i].value;
        }
    return sum;
}

Test(calendar, dates_match_a_search)
{
    uint64_t state = 5;
    for (int round = 0; round < 100; round++)
        match_search(&state, true, 7, value_by_date);
}

Test(calendar, dates_of_all_years)
{
    static const struct {
        const char *text;
        double      day;
    } dates[] = { { "2024-01-01", 0 },   { "2023-12-31", -1 },  { "2024-03-01", 60 },
                  { "2023-01-01", -365 }, { "2020-02-29", -1402 }, { "1900-01-01", -45290 },
                  { "2025-01-01", 366 } };
    for (size_t i = 0; i < COUNT_OF(dates); i++) {
        double day = 0.5;
        cr_expect(calendar_read_any_date(dates[i].text, &day), "%s", dates[i].text);
        cr_expect_eq(day, dates[i].day, "%s: %g", dates[i].text, day);
        cr_expect_eq(calendar_read_date(dates[i].text, &day), dates[i].day >= 0);
    }
    double day;
    cr_expect(!calendar_read_any_date("1899-12-31", &day));
}

/* ---- mistakes */

Test(calendar, words_that_are_no_date)
{
    static const char *const dates[] = { "\"2023-12-31\"", "[\"2024-02-30\"]", "[]", "5",
                                         "[\"2024-01-01\", \"Mon\"]", "[20240101]" };
    for (size_t i = 0; i < COUNT_OF(dates); i++) {
        struct made made;
        char        text[200];
        snprintf(text, sizeof text, "[{ \"dates\": %s, \"agents\": 1 }]", dates[i]);
        open_profile(&made, text, false, 0);
        cr_assert(!made.good && tsim_problems_errors(made.problems) == 1, "%s", text);
        close_profile(&made);
    }
    struct made made; /* too far away */
    open_profile(&made, "[{ \"every\": \"1 min\", \"values\": [1, 2, 3, 4, 5, 6, 7, "
                        "8, 9, 8, 7, 6, 5, 4, 3, 2, 1] }, { \"dates\": \"2990-01-01\", "
                        "\"agents\": 1 }]", false, 0);
    cr_assert(!made.good && tsim_problems_errors(made.problems) == 1);
    close_profile(&made);
}

Test(calendar, words_that_are_no_time)
{
    static const char *const days[] = { "", "Mo", "mon", "Mon-", "-Fri", "Mon,,Tue", "Mon-Fri-Sat",
                                        "Monday", "Mon;Tue", "Mon,", "Mon - Fri" };
    static const char *const clocks[] = { "8:00", "24:01", "08:60", "aa:bb", "08-00", "", "08:0",
                                          "08:000", "0800 ", ":8:00", "25:00" };
    char text[200];
    for (size_t i = 0; i < COUNT_OF(days) + 2 * COUNT_OF(clocks); i++) {
        struct made  made;
        const size_t k = i - COUNT_OF(days);
        if (i < COUNT_OF(days))
            snprintf(text, sizeof text, "[{ \"days\": \"%s\", \"agents\": 1 }]", days[i]);
        else
            snprintf(text, sizeof text, "[{ \"%s\": \"%s\", \"agents\": 1 }]",
                     k % 2 ? "from" : "to", clocks[k / 2]);
        open_profile(&made, text, false, 0);
        cr_assert(!made.good && tsim_problems_errors(made.problems) == 1, "%s", text);
        close_profile(&made);
    }
}

Test(calendar, starts)
{
    static const struct {
        const char *text;
        unsigned    day;
        double      second;
        bool        good;
    } starts[] = {
        { "Mon", 0, 0, true },           { "Sun 23:59", 6, 86340, true },
        { "Wed 07:30", 2, 27000, true }, { "Mon 24:00", 0, 0, false },
        { "Mon 8:00", 0, 0, false },     { "Mon  08:00", 0, 0, false },
        { "", 0, 0, false },             { "Mon 08:00 ", 0, 0, false },
        { "monday", 0, 0, false },       { "08:00", 0, 0, false },
    };
    for (size_t i = 0; i < COUNT_OF(starts); i++) {
        unsigned day = 99;
        double   second = -1;
        cr_assert_eq(calendar_read_start(starts[i].text, &day, &second), starts[i].good, "\"%s\"",
                     starts[i].text);
        if (starts[i].good)
            cr_assert(day == starts[i].day && second == starts[i].second, "\"%s\"",
                      starts[i].text);
    }
    cr_assert_str_eq(calendar_day_name(6), "Sun");
    cr_assert_str_eq(calendar_day_name(7), "Mon");
}
