/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/calendar.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"

static const char *const day_names[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };

const char *calendar_day_name(unsigned day)
{
    return day_names[day % 7];
}

static bool read_day(const char *text, size_t length, unsigned *day)
{
    for (unsigned i = 0; i < 7; i++) {
        if (length == 3 && strncmp(text, day_names[i], 3) == 0) {
            *day = i;
            return true;
        }
    }
    return false;
}

/* "Mon-Fri", "Sat,Sun", "Mon,Wed-Fri" (and "Fri-Mon" over the week's end) as a mask. */
bool calendar_read_days(const char *text, unsigned *mask)
{
    *mask = 0;
    for (;;) {
        const size_t part = strcspn(text, ",");
        const size_t dash = strcspn(text, "-,");
        unsigned     first, last;
        if (!read_day(text, dash, &first))
            return false;
        last = first;
        if (dash < part && !read_day(text + dash + 1, part - dash - 1, &last))
            return false;
        for (unsigned day = first;; day = (day + 1) % 7) {
            *mask |= 1u << day;
            if (day == last)
                break;
        }
        if (text[part] == '\0')
            return true;
        text += part + 1;
        text += strspn(text, " ");
    }
}

/* "08:30" or "24:00" in seconds. */
bool calendar_read_clock(const char *text, double *second)
{
    if (strlen(text) != 5 || text[2] != ':' || strspn(text, "0123456789:") != 5)
        return false;
    const int hour = (text[0] - '0') * 10 + text[1] - '0';
    const int minute = (text[3] - '0') * 10 + text[4] - '0';
    *second = hour * 3600.0 + minute * 60.0;
    return minute < 60 && *second <= DAY_S && text[0] != ':' && text[4] != ':';
}

bool calendar_read_start(const char *text, unsigned *day, double *second)
{
    *second = 0;
    const size_t length = strcspn(text, " ");
    return read_day(text, length, day) &&
           (text[length] == '\0' ||
            (calendar_read_clock(text + length + 1, second) && *second < DAY_S));
}

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool calendar_read_any_date(const char *text, double *day)
{
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (strlen(text) != 10 || strspn(text, "0123456789-") != 10 || text[4] != '-' ||
        text[7] != '-')
        return false;
    int parts[3] = { 0, 0, 0 };
    for (int i = 0, part = 0; i < 10; i++) {
        if (i == 4 || i == 7)
            part++;
        else if (text[i] == '-')
            return false;
        else
            parts[part] = parts[part] * 10 + text[i] - '0';
    }
    const int year = parts[0], month = parts[1], of_month = parts[2];
    if (year < 1900 || month < 1 || month > 12 || of_month < 1 ||
        of_month > lengths[month - 1] + (month == 2 && leap(year)))
        return false;
    *day = of_month - 1;
    for (int y = 2024; y < year; y++)
        *day += leap(y) ? 366 : 365;
    for (int y = year; y < 2024; y++)
        *day -= leap(y) ? 366 : 365;
    for (int m = 1; m < month; m++)
        *day += lengths[m - 1] + (m == 2 && leap(year));
    return true;
}

bool calendar_read_date(const char *text, double *day)
{
    return calendar_read_any_date(text, day) && *day >= 0;
}

/* ---- windows */

static bool window_check(struct reader *reader, const struct json *node, void *value)
{
    struct window *window = value;
    if (!calendar_read_days(window->days, &window->day_mask))
        return wrong_value(reader, json_member(node, "days"),
                           "days such as \"Mon-Fri\" or \"Sat,Sun\"", NULL);
    if (!calendar_read_clock(window->from, &window->from_s))
        return wrong_value(reader, json_member(node, "from"), "a time of day such as \"08:00\"",
                           NULL);
    if (!calendar_read_clock(window->to, &window->to_s))
        return wrong_value(reader, json_member(node, "to"), "a time of day such as \"17:30\"",
                           NULL);
    if (window->csv && (window->from_s > 0 || window->to_s < DAY_S))
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "csv", NULL, NULL,
                          "the file's columns \"from\" and \"to\" say so for each row",
                          "a window whose times are in a file has none of its own");
    if (window->values.n == 0)
        return true;
    if (window->every_s <= 0)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "every", NULL, NULL,
                          "for example \"every\": \"30 min\"",
                          "a list of values needs the length of a step");
    window->to_s = window->from_s + window->every_s * window->values.n;
    if (window->to_s - window->from_s <= WEEK_S)
        return true;
    return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, NULL, "at most one week", NULL,
                      NULL, "the values of this window last longer than a week");
}

static bool break_check(struct reader *reader, const struct json *node, void *value)
{
    struct day_break *given = value;
    if (!calendar_read_clock(given->from, &given->from_s))
        return wrong_value(reader, json_member(node, "from"), "a time of day such as \"12:00\"",
                           NULL);
    if (!calendar_read_clock(given->to, &given->to_s))
        return wrong_value(reader, json_member(node, "to"), "a time of day such as \"12:30\"",
                           NULL);
    return true;
}

/* Breaks must lie in the window, one after the other. Their times are made those of the day on
 * which the window begins. */
static bool breaks_check(struct reader *reader, const struct json *node, struct window *window)
{
    struct day_break *breaks = window->breaks.at;
    const double      to_s = window->to_s <= window->from_s ? window->to_s + DAY_S : window->to_s;
    double            free_s = window->from_s;
    if (window->breaks.n > 0 && window->values.n > 0)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "breaks", NULL, NULL,
                          "give the agents on the floor in each step, breaks taken off",
                          "breaks belong to windows with \"agents\", not with \"values\"");
    for (uint32_t i = 0; i < window->breaks.n; i++) {
        if (breaks[i].from_s < window->from_s)
            breaks[i].from_s += DAY_S;
        while (breaks[i].to_s <= breaks[i].from_s)
            breaks[i].to_s += DAY_S;
        if (breaks[i].from_s < free_s || breaks[i].to_s > to_s)
            return problem_at(reader->problems, TSIM_PROBLEM_INPUT, breaks[i].at, NULL, NULL,
                              NULL, "breaks lie within the window, one after the other",
                              "the break is outside its window, or begins before the last ends");
        free_s = breaks[i].to_s;
    }
    return true;
}

static unsigned gives(const struct json *node, const char *key)
{
    return json_member(node, key) != NULL;
}

static bool staff_window_check(struct reader *reader, const struct json *node, void *value)
{
    struct window *window = value;
    bool           good = window_check(reader, node, value) && breaks_check(reader, node, window);
    for (uint32_t i = 0; i < window->values.n; i++)
        if (floor(window->values.at[i]) != window->values.at[i])
            good = wrong_value(reader, json_element(json_member(node, "values"), i),
                               "a whole number of agents", NULL);
    if (gives(node, "agents") + gives(node, "values") + gives(node, "csv") != 1)
        good = problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "agents", NULL, NULL, NULL,
                          "give either \"agents\", or \"every\" with \"values\", or \"csv\"");
    return good;
}

static bool shift_window_check(struct reader *reader, const struct json *node, void *value)
{
    ((struct window *)value)->value = 1;
    return window_check(reader, node, value) && breaks_check(reader, node, value);
}

static bool rate_window_check(struct reader *reader, const struct json *node, void *value)
{
    struct window *window = value;
    if (!window_check(reader, node, value))
        return false;
    if (gives(node, "rate") + gives(node, "volumes") + gives(node, "csv") != 1)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "rate", NULL, NULL, NULL,
                          "give either \"rate\", or \"every\" with \"volumes\", or \"csv\"");
    for (uint32_t i = 0; i < window->values.n; i++)
        window->values.at[i] /= window->every_s; /* contacts per step to contacts per second */
    return true;
}

static bool hours_window_check(struct reader *reader, const struct json *node, void *value)
{
    ((struct window *)value)->value = 1;
    return window_check(reader, node, value);
}

static int day_order(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* A date or a list of them, in order. */
static bool read_dates(struct reader *reader, const struct json *node, void *value)
{
    struct numbers *dates = value;
    const bool      one = node->type == JSON_STRING;
    bool            good = true;
    if (!one && (node->type != JSON_ARRAY || node->size == 0))
        return wrong_value(reader, node, "a date, or a list of at least one", NULL);
    dates->at = ARENA_ARRAY(reader->arena, one ? 1 : node->size, double);
    if (!dates->at)
        return false;
    for (uint32_t i = 0; i < (one ? 1 : node->size); i++) {
        const struct json *date = one ? node : json_element(node, i);
        if (date->type == JSON_STRING && calendar_read_date(date->string, &dates->at[dates->n]))
            dates->n++;
        else
            good = wrong_value(reader, date,
                               "a date such as \"2024-01-04\", not before 2024-01-01", NULL);
    }
    qsort(dates->at, dates->n, sizeof *dates->at, day_order);
    return good;
}

/* The dates that some window names, each once. */
static bool gather_dates(struct reader *reader, struct profile_given *given)
{
    const struct window *windows = given->windows.at;
    struct numbers      *all = &given->dates;
    uint32_t             n = 0, kept = 0;
    for (uint32_t i = 0; i < given->windows.n; i++)
        n += windows[i].dates.n;
    all->at = n > 0 ? ARENA_ARRAY(reader->arena, n, double) : NULL;
    if (!all->at)
        return n == 0;
    for (uint32_t i = 0; i < given->windows.n; i++)
        for (uint32_t k = 0; k < windows[i].dates.n; k++)
            all->at[all->n++] = windows[i].dates.at[k];
    qsort(all->at, n, sizeof *all->at, day_order);
    for (uint32_t i = 0; i < n; i++)
        if (kept == 0 || all->at[kept - 1] != all->at[i])
            all->at[kept++] = all->at[i];
    all->n = kept;
    return true;
}

#define DAY_PARAMS                                                                          \
    { .key = "days", .type = PARAM_TEXT, .offset = offsetof(struct window, days),              \
      .fallback = "\"Mon-Sun\"", .doc = "Weekdays on which the window begins.",                \
      .example = "\"Mon-Fri\"" },                                                              \
    { .key = "from", .type = PARAM_TEXT, .offset = offsetof(struct window, from),              \
      .fallback = "\"00:00\"", .doc = "Time of day at which it begins.", .example = "\"08:00\"" }, \
    { .key = "to", .type = PARAM_TEXT, .offset = offsetof(struct window, to),                  \
      .fallback = "\"24:00\"",                                                                 \
      .doc = "Time of day at which it ends; not later than `from`: on the next day.",          \
      .example = "\"17:30\"" }

#define WINDOW_PARAMS                                                                          \
    DAY_PARAMS,                                                                                \
    { .key = "every", .type = PARAM_DURATION, .offset = offsetof(struct window, every_s),      \
      .high = WEEK_S, .doc = "Length of a step, when each step has its own value.",            \
      .example = "\"30 min\"" }

#define CSV_PARAMS(column_, what_)                                                             \
    { .key = "csv", .type = PARAM_TEXT, .offset = offsetof(struct window, csv),                \
      .doc = "A CSV file with " what_ ", a row for each step: columns from and, without "      \
             "`every`, to (times of day); day where rows are of some weekdays (\"Mon\", "      \
             "\"Mon-Fri\"), else those of `days`. Looked up from the scenario's folder.",       \
      .example = "\"desk.csv\"" },                                                             \
    { .key = "column", .type = PARAM_TEXT, .offset = offsetof(struct window, column),          \
      .fallback = "\"" column_ "\"", .doc = "Column of the file with " what_ "." }

static const struct param break_params[] = {
    { .key = "from", .type = PARAM_TEXT, .offset = offsetof(struct day_break, from),
      .flags = PARAM_REQUIRED, .doc = "Time of day at which it begins.",
      .example = "\"12:00\"" },
    { .key = "to", .type = PARAM_TEXT, .offset = offsetof(struct day_break, to),
      .flags = PARAM_REQUIRED, .doc = "Time of day at which it ends.", .example = "\"12:30\"" },
};

static const struct shape break_shape = {
    .name = "break",
    .summary = "Time within a staff window when its agents are not on the floor. Who is busy when "
               "it begins goes as soon as the contact in hand is done (as the pool's shift_end "
               "says); it ends on time.",
    .params = break_params,
    .n_params = COUNT_OF(break_params),
    .size = sizeof(struct day_break),
    .check = break_check,
    .at_offset = offsetof(struct day_break, at),
};

static const struct param staff_window_params[] = {
    WINDOW_PARAMS,
    { .key = "dates", .type = PARAM_CUSTOM, .offset = offsetof(struct window, dates),
      .read = read_dates,
      .schema = "\"anyOf\": [{ \"type\": \"string\" }, { \"type\": \"array\", \"items\": { "
                "\"type\": \"string\" }, \"minItems\": 1 }]",
      .doc = "The window begins on these dates only (on those that `days` has), and windows "
             "without `dates` do not: holidays, days before them, an action. Time 0 of a run is in "
             "the week of Monday, 2024-01-01.", .example = "[\"2024-01-04\", \"2024-01-05\"]" },
    { .key = "agents", .type = PARAM_NUMBER, .offset = offsetof(struct window, value),
      .high = LIMIT_AGENTS_POOL, .doc = "Agents on the floor during the window.", .example = "12" },
    { .key = "values", .type = PARAM_NUMBERS, .offset = offsetof(struct window, values),
      .high = LIMIT_AGENTS_POOL, .doc = "Agents on the floor in each step, from `from` on.",
      .example = "[4, 6, 9]" },
    CSV_PARAMS("agents", "agents"),
    { .key = "breaks", .type = PARAM_LIST, .offset = offsetof(struct window, breaks),
      .shape = &break_shape, .high = 24, .doc = "Breaks that the agents of this window take all at "
      "once; a window for each group lets them take turns.",
      .example = "[{ \"from\": \"12:00\", \"to\": \"12:30\" }]" },
};

static const struct param shift_window_params[] = {
    DAY_PARAMS,
    { .key = "breaks", .type = PARAM_LIST, .offset = offsetof(struct window, breaks),
      .shape = &break_shape, .high = 24, .doc = "Breaks of the agent.",
      .example = "[{ \"from\": \"12:00\", \"to\": \"12:30\" }]" },
};

const struct shape shift_window_shape = {
    .name = "shift_window",
    .summary = "An agent is on the floor on some days between two times. Shifts of an agent must "
               "not overlap.",
    .params = shift_window_params,
    .n_params = COUNT_OF(shift_window_params),
    .size = sizeof(struct window),
    .check = shift_window_check,
    .at_offset = offsetof(struct window, at),
};

const struct shape staff_window_shape = {
    .name = "staff_window",
    .summary = "Agents on the floor on some days between two times. Windows that overlap add up.",
    .params = staff_window_params,
    .n_params = COUNT_OF(staff_window_params),
    .size = sizeof(struct window),
    .check = staff_window_check,
    .at_offset = offsetof(struct window, at),
};

static const struct param rate_window_params[] = {
    WINDOW_PARAMS,
    { .key = "rate", .type = PARAM_RATE, .offset = offsetof(struct window, value),
      .doc = "Contacts per unit of time during the window.", .example = "\"80 /h\"" },
    { .key = "volumes", .type = PARAM_NUMBERS, .offset = offsetof(struct window, values),
      .high = 1e9, .doc = "Expected contacts of each step, from `from` on.",
      .example = "[40, 55, 62]" },
    CSV_PARAMS("volume", "expected contacts"),
};

const struct shape rate_window_shape = {
    .name = "rate_window",
    .summary = "Contacts that arrive on some days between two times. Windows that overlap add up.",
    .params = rate_window_params,
    .n_params = COUNT_OF(rate_window_params),
    .size = sizeof(struct window),
    .check = rate_window_check,
    .at_offset = offsetof(struct window, at),
};

static const struct param factor_window_params[] = {
    DAY_PARAMS,
    { .key = "factor", .type = PARAM_NUMBER, .offset = offsetof(struct window, value),
      .low = 0, .high = 1000, .flags = PARAM_REQUIRED | PARAM_POSITIVE,
      .doc = "Times what it would be.", .example = "1.2" },
};

const struct shape factor_window_shape = {
    .name = "factor_window",
    .summary = "A factor on some days between two times, 1 outside. Windows must not overlap.",
    .params = factor_window_params,
    .n_params = COUNT_OF(factor_window_params),
    .size = sizeof(struct window),
    .check = window_check,
    .at_offset = offsetof(struct window, at),
};

static const struct param hours_window_params[] = { DAY_PARAMS };

const struct shape hours_window_shape = {
    .name = "hours_window",
    .summary = "Open on some days between two times.",
    .params = hours_window_params,
    .n_params = COUNT_OF(hours_window_params),
    .size = sizeof(struct window),
    .check = hours_window_check,
    .at_offset = offsetof(struct window, at),
};

static bool read_windows(struct reader *reader, const struct json *node, const struct shape *shape,
                         struct profile_given *given)
{
    given->windows.at = ARENA_ARRAY(reader->arena, node->size + 1, struct window);
    if (!given->windows.at)
        return false;
    bool good = true;
    JSON_EACH(element, node)
    {
        struct window *windows = given->windows.at;
        struct window *window = &windows[given->windows.n++];
        if (!shape_read(reader, element, shape, window))
            good = false;
        else if (window->csv)
            good &= window_read_csv(reader, window, shape == &staff_window_shape, node->size,
                                    &given->windows);
    }
    return gather_dates(reader, given) && good;
}

bool read_staffing(struct reader *reader, const struct json *node, void *value)
{
    struct profile_given *given = value;
    given->at = node;
    if (node->type == JSON_ARRAY)
        return read_windows(reader, node, &staff_window_shape, given);
    given->constant = true;
    if (node->type != JSON_NUMBER || floor(node->number) != node->number)
        return wrong_value(reader, node, "a whole number of agents, or a list of windows",
                           "for example [{\"days\": \"Mon-Fri\", \"from\": \"08:00\", \"to\": "
                           "\"18:00\", \"agents\": 12}]");
    return read_number(reader, node, 0, LIMIT_AGENTS_POOL, &given->value);
}

bool read_factors(struct reader *reader, const struct json *node, void *value)
{
    struct profile_given *given = value;
    given->at = node;
    if (node->type == JSON_ARRAY)
        return read_windows(reader, node, &factor_window_shape, given);
    return wrong_value(reader, node, "a list of windows", "for example [{\"from\": \"08:00\", "
                                     "\"to\": \"12:00\", \"factor\": 1.2}]");
}

bool read_rates(struct reader *reader, const struct json *node, void *value)
{
    struct profile_given *given = value;
    given->at = node;
    if (node->type == JSON_ARRAY)
        return read_windows(reader, node, &rate_window_shape, given);
    given->constant = true;
    return read_rate(reader, node, &given->value);
}

/* ---- compiling: windows to breakpoints by sorted steps up and down */

struct change {
    double at_s, by;
    size_t order; /* as added, so that equal times keep one order */
};

static int change_order(const void *a, const void *b)
{
    const struct change *x = a, *y = b;
    if (x->at_s != y->at_s)
        return x->at_s < y->at_s ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

/* The time that a profile is made of: from the simulation's start on, a week that comes round or
 * several. */
struct axis {
    double start_s; /* since Monday, 1 January 2024                                         */
    double end_s;
    bool   round;
};

/* Adds value on [from, to), counted from Monday 00:00 of the week of time 0, or of any week where
 * the axis comes round; `to - from` is at most a week. */
static size_t add_step(struct change *changes, size_t n, double from_s, double to_s, double value,
                       const struct axis *axis)
{
    if (value == 0 || to_s <= from_s)
        return n;
    double a = from_s - axis->start_s, b = to_s - axis->start_s;
    if (axis->round) {
        a = fmod(a + 2 * WEEK_S, WEEK_S);
        b = a + (to_s - from_s);
    }
    if (!axis->round && (b <= 0 || a >= axis->end_s))
        return n;
    changes[n] = (struct change){ fmax(a, 0), value, n };
    n++;
    if (axis->round && b > WEEK_S) {
        changes[n] = (struct change){ 0, value, n };
        n++;
        b -= WEEK_S;
    }
    changes[n] = (struct change){ b, -value, n };
    return n + 1;
}

/* A window as it begins on a day, counted from Monday. */
static size_t day_changes(const struct window *window, double day, const struct axis *axis,
                          struct change *changes, size_t n)
{
    const double from_s = day * DAY_S + window->from_s;
    double       length = window->to_s - window->from_s;
    if (window->values.n == 0) {
        if (length <= 0)
            length += DAY_S;
        n = add_step(changes, n, from_s, from_s + length, window->value, axis);
    }
    const struct day_break *breaks = window->breaks.at;
    for (uint32_t i = 0; i < window->breaks.n; i++)
        n = add_step(changes, n, day * DAY_S + breaks[i].from_s, day * DAY_S + breaks[i].to_s,
                     -window->value, axis);
    for (uint32_t i = 0; i < window->values.n; i++)
        n = add_step(changes, n, from_s + i * window->every_s,
                     from_s + (i + 1) * window->every_s, window->values.at[i], axis);
    return n;
}

static bool is_among(const struct numbers *dates, double day)
{
    for (uint32_t i = 0; i < dates->n; i++)
        if (dates->at[i] == day)
            return true;
    return false;
}

/* Whether a window begins on a day. */
static bool is_on(const struct profile_given *given, const struct window *window, int day)
{
    if (!(window->day_mask & 1u << (day + 7) % 7) || (given->since > 0 && day < given->since))
        return false;
    return window->dates.n > 0 ? is_among(&window->dates, day) : !is_among(&given->dates, day);
}

/* All changes of a profile on an axis: of one week, or of all days from a week before on, for a
 * window may be as long. */
static size_t all_changes(const struct profile_given *given, const struct axis *axis,
                          struct change *changes)
{
    const struct window *windows = given->windows.at;
    const int first = axis->round ? 0 : -7;
    const int end = axis->round ? 7 : (int)((axis->start_s + axis->end_s) / DAY_S) + 1;
    size_t    n = 0;
    for (uint32_t i = 0; i < given->windows.n; i++)
        for (int day = first; day < end; day++)
            if (is_on(given, &windows[i], day))
                n = day_changes(&windows[i], day, axis, changes, n);
    if (given->constant && given->since * DAY_S > axis->start_s) {
        changes[n] = (struct change){ given->since * DAY_S - axis->start_s, given->value, n };
        n++;
    }
    if (!axis->round) { /* the week that comes again has a beginning */
        changes[n] = (struct change){ axis->end_s - WEEK_S, 0, n };
        n++;
    }
    return n;
}

/* The breakpoints that changes add up to. */
static void add_up(const struct change *changes, size_t n, double end_s, struct profile *profile)
{
    for (size_t i = 0; i < n && changes[i].at_s < end_s; i++) {
        if (changes[i].at_s > profile->time_s[profile->n - 1]) {
            profile->time_s[profile->n] = changes[i].at_s;
            profile->value[profile->n] = profile->value[profile->n - 1];
            profile->n++;
        }
        double *value = &profile->value[profile->n - 1];
        *value += changes[i].by;
        if (fabs(*value) < 1e-12) /* what steps up and down leave behind is not a rate */
            *value = 0;
    }
    profile->end_s = end_s;
    for (uint32_t i = 0; i < profile->n; i++) {
        profile->most = fmax(profile->most, profile->value[i]);
        if (profile->time_s[i] <= end_s - WEEK_S)
            profile->again = i;
    }
}

bool profile_compile(struct reader *reader, const struct profile_given *given, double start_s,
                     struct profile *profile)
{
    const struct window *windows = given->windows.at;
    struct axis          axis = { .start_s = start_s, .end_s = WEEK_S, .round = true };
    const double last = given->dates.n > 0 ? given->dates.at[given->dates.n - 1] : -1;
    const bool   later = given->since * DAY_S > start_s;
    if (last >= 0 || later) { /* a week after the last date, and the one that comes again */
        const double over_s = (fmax(last, given->since) + 8) * DAY_S - start_s;
        axis.end_s = (ceil(over_s / WEEK_S) + 1) * WEEK_S;
        axis.round = false;
    }
    const double days = axis.round ? 7 : axis.end_s / DAY_S + 16;
    double       most = 4;
    for (uint32_t i = 0; i < given->windows.n; i++)
        most += 3 * days * (windows[i].values.n + windows[i].breaks.n + 1.0);
    if (most > LIMIT_STEPS)
        return problem_at(reader->problems, TSIM_PROBLEM_LIMIT, given->at, NULL, NULL, NULL,
                          "dates that are nearer, or fewer windows",
                          "more than %d changes of staffing until the last date", LIMIT_STEPS);
    struct change *changes = malloc((size_t)most * sizeof *changes);
    profile->time_s = ARENA_ARRAY(reader->arena, (size_t)most, double);
    profile->value = ARENA_ARRAY(reader->arena, (size_t)most, double);
    if (!changes || !profile->time_s || !profile->value) {
        free(changes);
        return problem_plain(reader->problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    }
    const size_t n = all_changes(given, &axis, changes);
    TSIM_ASSERT(n <= (size_t)most);
    qsort(changes, n, sizeof *changes, change_order);
    profile->n = 1;
    profile->value[0] = given->constant && !later ? given->value : 0;
    add_up(changes, n, axis.end_s, profile);
    free(changes);
    return true;
}

/* Where a time is. */
static struct profile_cursor seek(const struct profile *profile, double time_s)
{
    const double again_s = profile->end_s - WEEK_S; /* what comes again begins then */
    double       weeks = floor((time_s - again_s) / WEEK_S);
    weeks -= again_s + weeks * WEEK_S > time_s; /* rounding at a week's end */
    struct profile_cursor cursor = { .week_s = weeks > 0 || time_s < 0 ? weeks * WEEK_S : 0 };
    const double at_s = time_s - cursor.week_s;
    uint32_t     end = profile->n;
    while (end - cursor.i > 1) {
        const uint32_t middle = cursor.i + (end - cursor.i) / 2;
        if (profile->time_s[middle] <= at_s)
            cursor.i = middle;
        else
            end = middle;
    }
    return cursor;
}

double profile_at(const struct profile *profile, double time_s)
{
    return profile_value(profile, seek(profile, time_s));
}

double profile_integral(const struct profile *profile, double a_s, double b_s)
{
    if (profile->n == 1)
        return profile->value[0] * (b_s - a_s);
    struct profile_cursor cursor = seek(profile, a_s);
    double                sum = 0;
    for (double at = a_s; at < b_s; profile_step(profile, &cursor)) {
        const double end = fmin(profile_end(profile, cursor), b_s);
        if (end > at) {
            sum += profile_value(profile, cursor) * (end - at);
            at = end;
        }
    }
    return sum;
}
