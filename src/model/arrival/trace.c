/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replay of arrivals from a CSV file: timestamps (ISO 8601) or seconds; as they were recorded, or
 * whole days drawn from the recorded ones. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "base/text.h"
#include "model/catalog.h"
#include "model/scenario.h"

struct given {
    const char *file, *column, *only_column;
    struct list only, handling, patience; /* of struct text_entry */
    uint32_t    days;
};

enum days { DAYS_RECORDED, DAYS_RESAMPLED, DAYS_BY_WEEKDAY };
static const char *const days_words[] = { "recorded", "resampled", "resampled_by_weekday", NULL };

static const struct param params[] = {
    { .key = "file", .type = PARAM_NAME, .offset = offsetof(struct given, file),
      .flags = PARAM_REQUIRED,
      .doc = "CSV file with a header row, plain or gzip, looked up from the scenario's folder.",
      .example = "\"calls.csv\"" },
    { .key = "column", .type = PARAM_NAME, .offset = offsetof(struct given, column),
      .fallback = "\"arrived_at\"",
      .doc = "Column of the arrival: timestamps such as 2026-03-02T09:15:00+01:00 (time 0 is the "
             "run's start time on the first row's day), or seconds since time 0." },
    { .key = "days", .type = PARAM_CHOICE, .choices = days_words, .fallback = "\"recorded\"",
      .offset = offsetof(struct given, days),
      .doc = "recorded: exact replay, the same in every replication. resampled: each simulated day "
             "is one of the recorded days, drawn at random, whole; streams of one file draw the "
             "same days. resampled_by_weekday: one of the same weekday." },
    { .key = "only_column", .type = PARAM_NAME, .offset = offsetof(struct given, only_column),
      .doc = "Take only rows whose cell in this column is one of `only`.",
      .example = "\"queue\"" },
    { .key = "only", .type = PARAM_CUSTOM, .offset = offsetof(struct given, only),
      .read = read_texts, .schema = texts_schema,
      .doc = "Values of `only_column` to take.", .example = "[\"PS\", \"NE\"]" },
    { .key = "handling", .type = PARAM_CUSTOM, .offset = offsetof(struct given, handling),
      .read = read_texts, .schema = texts_schema,
      .doc = "Columns of given handling times in seconds, for tier 1, 2, …; the contact moves up "
             "while the next column has a value and is resolved in the last that has one.",
      .example = "[\"handle_1_s\", \"handle_2_s\"]" },
    { .key = "patience", .type = PARAM_CUSTOM, .offset = offsetof(struct given, patience),
      .read = read_texts, .schema = texts_schema,
      .doc = "Columns of given patience in seconds, for tier 1, 2, …; an empty cell never gives "
             "up.",
      .example = "[\"patience_s\"]" },
};

static bool check(struct reader *reader, const struct json *node, void *value)
{
    const struct given *given = value;
    if (given->only_column && given->only.n == 0)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "only", NULL, NULL, NULL,
                          "\"only_column\" needs \"only\": the values to take");
    return true;
}

static const struct shape shape = {
    .name = "trace",
    .summary = "Arrivals from a file.",
    .params = params,
    .n_params = COUNT_OF(params),
    .size = sizeof(struct given),
    .check = check,
};

/* ---- timestamps */

static long long days_from_civil(long long year, unsigned month, unsigned day)
{
    /* Days since 1970-01-01 in the proleptic Gregorian calendar, counted in 400-year eras that
     * begin on 1 March. */
    year -= month <= 2;
    const long long era = (year >= 0 ? year : year - 399) / 400;
    const unsigned  year_of_era = (unsigned)(year - era * 400);
    const unsigned  day_of_year = (153 * (month + (month > 2 ? -3u : 9u)) + 2) / 5 + day - 1;
    const unsigned  day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
                                day_of_year;
    return era * 146097 + (long long)day_of_era - 719468;
}

/* Reads "2026-03-02T09:15:00.5+01:00" (or a blank for T; seconds, fraction and offset optional) as
 * seconds since 1970 on its own clock, and its offset east of UTC. */
static bool read_stamp(const char *text, double *local_s, double *offset_s)
{
    unsigned year, month, day, hour, minute;
    int      used = 0;
    char     between;
    if (sscanf(text, "%4u-%2u-%2u%c%2u:%2u%n", &year, &month, &day, &between, &hour, &minute,
               &used) != 6 || used < 15)
        return false;
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 ||
        (between != 'T' && between != ' '))
        return false;
    const char *rest = text + used;
    double      second = 0;
    if (*rest == ':') {
        char *end;
        if (rest[1] < '0' || rest[1] > '9')
            return false;
        second = strtod(rest + 1, &end);
        rest = end;
    }
    unsigned zone_hour = 0, zone_minute = 0;
    char     sign = *rest;
    if ((sign == '+' || sign == '-') &&
        sscanf(rest + 1, "%2u:%2u", &zone_hour, &zone_minute) < 2 &&
        sscanf(rest + 1, "%2u%2u", &zone_hour, &zone_minute) < 1)
        return false;
    if (sign != '+' && sign != '-' && sign != '\0' && strcmp(rest, "Z") != 0)
        return false;
    *local_s = (double)days_from_civil(year, month, day) * DAY_S + hour * 3600.0 +
               minute * 60.0 + second;
    *offset_s = (zone_hour * 3600.0 + zone_minute * 60.0) * (sign == '-' ? -1 : 1);
    return second >= 0 && second < 61;
}

/* ---- reading the file */

struct row {
    double   time_s; /* with days: since midnight before the first row's day, or so      */
    uint32_t order;
    double   cells[]; /* handling, then patience */
};

struct loading {
    struct reader      *reader;
    const struct json  *at; /* the arrivals in the scenario */
    const struct given *given;
    struct csv         *csv;
    size_t              time_column, only_column, *cell_columns, n_cells, row_size;
    char               *rows;
    uint32_t            n, capacity;
    double              first_midnight_utc; /* NAN before the first timestamp */
    double              start_s;            /* of the run, after Monday 00:00              */
    double              first_day, last_day; /* of all rows, wanted or not                  */
    bool                dated;              /* days are dates, else days of the run        */
};

static bool is_resampled(const struct loading *loading)
{
    return loading->given->days != DAYS_RECORDED;
}

static int row_order(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    if (x->time_s != y->time_s)
        return x->time_s < y->time_s ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static bool bad_cell(const struct loading *loading, size_t column, const char *expected)
{
    char found[128];
    snprintf(found, sizeof found, "\"%.80s\"", csv_cell(loading->csv, column));
    return problem_in_file(loading->reader->problems, TSIM_PROBLEM_INPUT, csv_name(loading->csv),
                           NULL, 0, csv_line(loading->csv), 1, expected, found, NULL,
                           "column \"%s\" cannot be read", csv_header(loading->csv, column));
}

static bool read_seconds(const char *text, double *value)
{
    char *end;
    if (strspn(text, "+-.0123456789") == 0)
        return false;
    *value = strtod(text, &end);
    return *end == '\0' && isfinite(*value);
}

static bool find_column(struct loading *loading, const char *name, size_t *column)
{
    *column = csv_find(loading->csv, name);
    if (*column != (size_t)-1)
        return true;
    char found[512] = "", hint[160] = "";
    for (size_t i = 0; i < csv_columns(loading->csv); i++)
        snprintf(found + strlen(found), sizeof found - strlen(found), "%s%.60s", i ? ", " : "",
                 csv_header(loading->csv, i));
    snprintf(hint, sizeof hint, "name the column in the scenario");
    return problem_in_file(loading->reader->problems, TSIM_PROBLEM_INPUT, csv_name(loading->csv),
                           NULL, 0, 1, 1, "a header row with that column", found, hint,
                           "there is no column \"%s\"", name);
}

static bool read_time(struct loading *loading, double *time_s)
{
    const char *cell = csv_cell(loading->csv, loading->time_column);
    double      local_s, offset_s;
    const double start_of_day_s = fmod(loading->start_s, DAY_S);
    if (read_seconds(cell, time_s)) {
        *time_s += is_resampled(loading) ? start_of_day_s : 0;
        return *time_s >= 0 || bad_cell(loading, loading->time_column, "seconds from 0 on");
    }
    if (!read_stamp(cell, &local_s, &offset_s))
        return bad_cell(loading, loading->time_column,
                        "a timestamp such as 2026-03-02T09:15:00+01:00, or seconds");
    loading->dated = true;
    if (isnan(loading->first_midnight_utc))
        loading->first_midnight_utc = floor(local_s / DAY_S) * DAY_S - offset_s;
    *time_s = is_resampled(loading)
                  ? local_s
                  : local_s - offset_s - loading->first_midnight_utc - start_of_day_s;
    return true;
}

/* Whether it is wanted or not, a row belongs to the recorded days. */
static void note_day(struct loading *loading, double time_s)
{
    const double day = floor(time_s / DAY_S);
    loading->first_day = fmin(loading->first_day, day);
    loading->last_day = fmax(loading->last_day, day);
}

static bool wanted(const struct loading *loading)
{
    if (!loading->given->only_column)
        return true;
    const struct text_entry *only = loading->given->only.at;
    for (uint32_t i = 0; i < loading->given->only.n; i++)
        if (strcmp(csv_cell(loading->csv, loading->only_column), only[i].text) == 0)
            return true;
    return false;
}

static struct row *row_at(const struct loading *loading, uint32_t i)
{
    return (struct row *)(void *)(loading->rows + (size_t)i * loading->row_size);
}

static bool add_row(struct loading *loading)
{
    double time_s;
    if (is_resampled(loading)) {
        if (!read_time(loading, &time_s))
            return false;
        note_day(loading, time_s);
    }
    if (!wanted(loading))
        return true;
    if (loading->n == loading->capacity) {
        if (loading->n >= LIMIT_TRACE_ROWS)
            return problem_plain(loading->reader->problems, TSIM_PROBLEM_LIMIT, NULL,
                                 "%s has more than %u arrivals", csv_name(loading->csv),
                                 LIMIT_TRACE_ROWS);
        loading->capacity = loading->capacity ? 2 * loading->capacity : 1024;
        char *more = realloc(loading->rows, (size_t)loading->capacity * loading->row_size);
        if (!more)
            return problem_plain(loading->reader->problems, TSIM_PROBLEM_LIMIT, NULL,
                                 "memory is out while reading %s", csv_name(loading->csv));
        loading->rows = more;
    }
    struct row *row = row_at(loading, loading->n);
    row->order = loading->n;
    if (!read_time(loading, &row->time_s))
        return false;
    for (size_t i = 0; i < loading->n_cells; i++) {
        const char *cell = csv_cell(loading->csv, loading->cell_columns[i]);
        if (cell[0] == '\0')
            row->cells[i] = NAN;
        else if (!read_seconds(cell, &row->cells[i]) || row->cells[i] < 0 ||
                 row->cells[i] > LIMIT_DURATION_S)
            return bad_cell(loading, loading->cell_columns[i], "seconds from 0 on, or empty");
    }
    /* Arrivals before time 0 are not part of the run; a recorded day is a day as a whole. */
    if (row->time_s >= 0 || is_resampled(loading))
        loading->n++;
    return true;
}

static bool load_rows(struct loading *loading)
{
    const struct text_entry *handling = loading->given->handling.at;
    const struct text_entry *patience = loading->given->patience.at;
    bool good = find_column(loading, loading->given->column, &loading->time_column);
    if (loading->given->only_column)
        good &= find_column(loading, loading->given->only_column, &loading->only_column);
    for (uint32_t i = 0; i < loading->given->handling.n; i++)
        good &= find_column(loading, handling[i].text, &loading->cell_columns[loading->n_cells++]);
    for (uint32_t i = 0; i < loading->given->patience.n; i++)
        good &= find_column(loading, patience[i].text, &loading->cell_columns[loading->n_cells++]);
    loading->row_size = sizeof(struct row) + loading->n_cells * sizeof(double);
    while (good && csv_next(loading->csv))
        good = add_row(loading);
    return good && !csv_failed(loading->csv);
}

/* ---- days */

/* 0 Monday … 6: of a recorded day. */
static uint32_t weekday_of(const struct loading *loading, double day)
{
    /* 1 January 1970 was a Thursday. */
    const double since_monday = day + (loading->dated ? 3 : floor(loading->start_s / DAY_S));
    return (uint32_t)(since_monday - floor(since_monday / 7) * 7);
}

static bool index_weekdays(struct loading *loading, struct trace_days *days)
{
    uint32_t *of_weekday = ARENA_ARRAY(loading->reader->arena, days->n + 1, uint32_t), n = 0;
    char        words[64];
    struct text missing;
    if (!of_weekday)
        return false;
    text_open(&missing, words, sizeof words);
    for (uint32_t k = 0; k < 7; k++) {
        days->weekday[k] = n;
        for (uint32_t d = 0; d < days->n; d++)
            if (weekday_of(loading, loading->first_day + d) == k)
                of_weekday[n++] = d;
        if (n == days->weekday[k])
            text_add(&missing, "%s%s", missing.length ? ", " : "", calendar_day_name(k));
    }
    if (missing.length > 0 && days->by_weekday)
        problem_plain(loading->reader->problems, TSIM_PROBLEM_WARNING,
                      "\"resampled\" draws from all days",
                      "nobody comes on weekdays that %s has no record of: %s",
                      csv_name(loading->csv), words);
    days->weekday[7] = n;
    days->of_weekday = of_weekday;
    return true;
}

/* Cuts the rows, which are in order, into days; their times are then those of the day. */
static bool cut_days(struct loading *loading, double *time_s, struct trace *trace)
{
    struct arena      *arena = loading->reader->arena;
    struct trace_days *days = ARENA_NEW(arena, struct trace_days);
    const double       n = loading->last_day - loading->first_day + 1;
    char               name[LIMIT_NAME + 16];
    if (!(n >= 1 && n <= LIMIT_TRACE_DAYS))
        return problem_at(loading->reader->problems, TSIM_PROBLEM_INPUT,
                          json_member(loading->at, "file"), NULL, NULL, NULL,
                          "there must be some rows, and dates that are right",
                          "%s spans %.0f days; 1 to %d can be drawn from",
                          csv_name(loading->csv), fmax(n, 0), LIMIT_TRACE_DAYS);
    uint32_t *first = ARENA_ARRAY(arena, (size_t)n + 2, uint32_t), row = 0;
    if (!days || !first)
        return problem_plain(loading->reader->problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    snprintf(name, sizeof name, "days of/%s", loading->given->file);
    *days = (struct trace_days){ .n = (uint32_t)n, .first = first, .purpose = rng_purpose(name),
                                 .by_weekday = loading->given->days == DAYS_BY_WEEKDAY };
    for (uint32_t d = 0; d <= days->n; d++) {
        const double midnight_s = (loading->first_day + d) * DAY_S;
        first[d] = row;
        for (; row < trace->n && time_s[row] < midnight_s + DAY_S; row++)
            time_s[row] -= midnight_s;
    }
    trace->days = days;
    return index_weekdays(loading, days) ||
           problem_plain(loading->reader->problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
}

static bool keep_rows(struct loading *loading, struct trace *trace)
{
    const uint32_t n_handling = loading->given->handling.n;
    const uint32_t n_patience = loading->given->patience.n;
    const uint32_t n_tiers = n_handling > n_patience ? n_handling : n_patience;
    struct arena  *arena = loading->reader->arena;
    if (loading->n > 0)
        qsort(loading->rows, loading->n, loading->row_size, row_order);
    double *time_s = ARENA_ARRAY(arena, loading->n + 1, double);
    double *h = ARENA_ARRAY(arena, (size_t)n_tiers * loading->n + 1, double);
    double *p = ARENA_ARRAY(arena, (size_t)n_tiers * loading->n + 1, double);
    if (!time_s || !h || !p)
        return problem_plain(loading->reader->problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    for (uint32_t i = 0; i < loading->n; i++) {
        const struct row *row = row_at(loading, i);
        time_s[i] = row->time_s;
        for (uint32_t tier = 0; tier < n_tiers; tier++) {
            h[(size_t)i * n_tiers + tier] = tier < n_handling ? row->cells[tier] : NAN;
            p[(size_t)i * n_tiers + tier] = tier < n_patience ? row->cells[n_handling + tier] : NAN;
        }
    }
    *trace = (struct trace){ .n = loading->n, .time_s = time_s, .n_tiers = n_tiers,
                             .handling = n_handling ? h : NULL, .patience = n_patience ? p : NULL };
    return !is_resampled(loading) || cut_days(loading, time_s, trace);
}

static bool make(struct reader *reader, const struct json *at, const void *given_, double start_s,
                 struct arrival *arrival)
{
    const struct given *given = given_;
    struct trace       *trace = ARENA_NEW(reader->arena, struct trace);
    char                path[4096];
    struct loading      loading = { .reader = reader, .at = at, .given = given,
                                    .first_midnight_utc = NAN, .first_day = INFINITY,
                                    .last_day = -INFINITY, .start_s = start_s };
    if (!trace || !file_join(path, sizeof path, reader->folder, given->file))
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, at, "file", NULL, NULL, NULL,
                          "the file's path is too long");
    loading.cell_columns = ARENA_ARRAY(reader->arena, given->handling.n + given->patience.n + 1,
                                       size_t);
    loading.csv = csv_open(path, reader->problems);
    if (!loading.csv || !loading.cell_columns) {
        csv_close(loading.csv);
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, json_member(at, "file"), NULL,
                          "a readable CSV file", NULL,
                          "paths are looked up from the scenario's folder",
                          "the trace \"%s\" cannot be read", given->file);
    }
    const bool good = load_rows(&loading) && keep_rows(&loading, trace);
    if (good && trace->n == 0)
        problem_at(reader->problems, TSIM_PROBLEM_WARNING, json_member(at, "file"), NULL, NULL,
                   NULL, given->only_column ? "see \"only\", too" : NULL,
                   "the trace \"%s\" has no row that is taken: nobody comes", given->file);
    csv_close(loading.csv);
    free(loading.rows);
    arrival->trace = trace;
    return good;
}

/* The recorded days among which one is drawn for a simulated day, counted from a Monday. */
static uint32_t candidates_for(const struct trace_days *days, double day, const uint32_t **at)
{
    const uint32_t weekday = (uint32_t)(day - floor(day / 7) * 7);
    const uint32_t from = days->by_weekday ? days->weekday[weekday] : 0;
    *at = days->of_weekday + from;
    return days->by_weekday ? days->weekday[weekday + 1] - from : days->n;
}

/* Draws the recorded day that `day` is: its rows come next. */
static void enter_day(const struct trace_days *days, struct arrival_state *state,
                      struct rng_key key, double day)
{
    const uint32_t *at;
    const uint32_t  n = candidates_for(days, day, &at);
    state->left = 0;
    if (n == 0)
        return;
    struct rng     rng = rng_at(key, days->purpose, (uint32_t)day, 0);
    const uint32_t picked = at[(uint32_t)(rng_unit(&rng) * n)];
    state->n = days->first[picked];
    state->left = days->first[picked + 1] - state->n;
}

/* state->day counts the simulated days that have begun. */
static double next_resampled(const struct arrival *arrival, struct arrival_state *state,
                             const struct rng_schedule *schedule, double until_s)
{
    const double first = floor(arrival->start_s / DAY_S);
    for (;;) {
        const double midnight_s = (first + state->day - 1) * DAY_S - arrival->start_s;
        while (state->left > 0) {
            const double at_s = midnight_s + arrival->trace->time_s[state->n];
            if (at_s > until_s)
                return INFINITY;
            state->n++;
            state->left--;
            if (at_s >= 0)
                return at_s;
        }
        if (midnight_s + DAY_S > until_s)
            return INFINITY;
        enter_day(arrival->trace->days, state, schedule->key, first + state->day++);
    }
}

static double next(const struct arrival *arrival, struct arrival_state *state,
                   const struct rng_schedule *schedule, double until_s)
{
    if (arrival->trace->days)
        return next_resampled(arrival, state, schedule, until_s);
    if (state->n >= arrival->trace->n || arrival->trace->time_s[state->n] > until_s)
        return INFINITY;
    return arrival->trace->time_s[state->n++];
}

/* Rows of a recorded day in a part of it. */
static double rows_within(const struct trace *trace, uint32_t day, double a_s, double b_s)
{
    double n = 0;
    for (uint32_t i = trace->days->first[day]; i < trace->days->first[day + 1]; i++)
        n += trace->time_s[i] >= a_s && trace->time_s[i] < b_s;
    return n;
}

static double expected_resampled(const struct arrival *arrival, double a_s, double b_s)
{
    const struct trace *trace = arrival->trace;
    double              sum = 0;
    for (double day = floor((arrival->start_s + a_s) / DAY_S);
         day * DAY_S < arrival->start_s + b_s; day++) {
        const uint32_t *at;
        const uint32_t  n = candidates_for(trace->days, day, &at);
        const double    from_s = arrival->start_s + a_s - day * DAY_S;
        const double    to_s = arrival->start_s + b_s - day * DAY_S;
        for (uint32_t i = 0; i < n; i++)
            sum += rows_within(trace, at[i], from_s, to_s) / n;
    }
    return sum;
}

static double expected(const struct arrival *arrival, double a_s, double b_s)
{
    double n = 0;
    if (arrival->trace->days)
        return expected_resampled(arrival, a_s, b_s);
    for (uint32_t i = 0; i < arrival->trace->n; i++)
        n += arrival->trace->time_s[i] >= a_s && arrival->trace->time_s[i] < b_s;
    return n;
}

const struct arrival_kind arrival_trace = {
    .kind = {
        .name = "trace",
        .summary = "Recorded arrivals, as they were or day by day in a new order, with given "
                   "handling times and patience where the file has them.",
        .example = "{ \"kind\": \"trace\", \"file\": \"calls.csv\", \"column\": \"arrived_at\" }",
        .shape = &shape,
        .source = "Whole days drawn with replacement: B. Efron and R. J. Tibshirani, An "
                  "Introduction to the Bootstrap (1993), ch. 8.",
    },
    .make = make,
    .next = next,
    .expected = expected,
};
