/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact replay of arrivals from a CSV file: timestamps (ISO 8601) or seconds. */
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
#include "model/catalog.h"
#include "model/scenario.h"

struct given {
    const char *file, *column, *only_column;
    struct list only, handling, patience; /* of struct text_entry */
};

static const struct param params[] = {
    { .key = "file", .type = PARAM_NAME, .offset = offsetof(struct given, file),
      .flags = PARAM_REQUIRED,
      .doc = "CSV file with a header row, plain or gzip, looked up from the scenario's folder.",
      .example = "\"calls.csv\"" },
    { .key = "column", .type = PARAM_NAME, .offset = offsetof(struct given, column),
      .fallback = "\"arrived_at\"",
      .doc = "Column of the arrival: timestamps such as 2026-03-02T09:15:00+01:00 (time 0 is the "
             "run's start time on the first row's day), or seconds since time 0." },
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
    double   time_s;
    uint32_t order;
    double   cells[]; /* handling, then patience */
};

struct loading {
    struct reader      *reader;
    const struct given *given;
    struct csv         *csv;
    size_t              time_column, only_column, *cell_columns, n_cells, row_size;
    char               *rows;
    uint32_t            n, capacity;
    double              first_midnight_utc; /* NAN before the first timestamp */
    double              start_of_day_s;
};

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
    if (read_seconds(cell, time_s))
        return *time_s >= 0 || bad_cell(loading, loading->time_column, "seconds from 0 on");
    if (!read_stamp(cell, &local_s, &offset_s))
        return bad_cell(loading, loading->time_column,
                        "a timestamp such as 2026-03-02T09:15:00+01:00, or seconds");
    if (isnan(loading->first_midnight_utc))
        loading->first_midnight_utc = floor(local_s / DAY_S) * DAY_S - offset_s;
    *time_s = local_s - offset_s - loading->first_midnight_utc - loading->start_of_day_s;
    return true;
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
    if (row->time_s >= 0) /* arrivals before time 0 are not part of the run */
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
        if (wanted(loading))
            good = add_row(loading);
    return good && !csv_failed(loading->csv);
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
    return true;
}

static bool make(struct reader *reader, const struct json *at, const void *given_, double start_s,
                 struct arrival *arrival)
{
    const struct given *given = given_;
    struct trace       *trace = ARENA_NEW(reader->arena, struct trace);
    char                path[4096];
    struct loading      loading = { .reader = reader, .given = given, .first_midnight_utc = NAN,
                                    .start_of_day_s = fmod(start_s, DAY_S) };
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
    csv_close(loading.csv);
    free(loading.rows);
    arrival->trace = trace;
    return good;
}

static double next(const struct arrival *arrival, struct arrival_state *state,
                   const struct rng_schedule *schedule, double until_s)
{
    (void)schedule;
    if (state->n >= arrival->trace->n || arrival->trace->time_s[state->n] > until_s)
        return INFINITY;
    return arrival->trace->time_s[state->n++];
}

static double expected(const struct arrival *arrival, double a_s, double b_s)
{
    double n = 0;
    for (uint32_t i = 0; i < arrival->trace->n; i++)
        n += arrival->trace->time_s[i] >= a_s && arrival->trace->time_s[i] < b_s;
    return n;
}

const struct arrival_kind arrival_trace = {
    .kind = {
        .name = "trace",
        .summary = "Exact replay of recorded arrivals, the same in every replication, with given "
                   "handling times and patience where the file has them.",
        .example = "{ \"kind\": \"trace\", \"file\": \"calls.csv\", \"column\": \"arrived_at\" }",
        .shape = &shape,
    },
    .make = make,
    .next = next,
    .expected = expected,
};
