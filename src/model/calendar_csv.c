/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rosters and volumes from CSV files: a row is a window. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "model/calendar.h"

#define NO_COLUMN ((size_t)-1)

enum { ROWS_MOST = 7 * 24 * 60 }; /* a week by minutes */

struct loading {
    struct reader       *reader;
    const struct window *window; /* that names the file                                    */
    bool                 whole;  /* agents; else contacts                                  */
    struct csv          *csv;
    size_t               day, from, to, value; /* columns                                  */
    struct window       *rows;
    uint32_t             n;
};

static bool bad_cell(const struct loading *loading, size_t column, const char *expected)
{
    char found[128];
    snprintf(found, sizeof found, "\"%.80s\"", csv_cell(loading->csv, column));
    return problem_in_file(loading->reader->problems, TSIM_PROBLEM_INPUT, csv_name(loading->csv),
                           NULL, 0, csv_line(loading->csv), column + 1, expected, found,
                           "the second number of the place is the column's",
                           "column \"%s\" cannot be read", csv_header(loading->csv, column));
}

static bool find_columns(struct loading *loading)
{
    char found[512] = "";
    loading->day = csv_find(loading->csv, "day");
    loading->from = csv_find(loading->csv, "from");
    loading->to = csv_find(loading->csv, "to");
    loading->value = csv_find(loading->csv, loading->window->column);
    const bool  steps = loading->window->every_s > 0;
    const char *missing = loading->value == NO_COLUMN         ? loading->window->column
                          : loading->from == NO_COLUMN        ? "from"
                          : loading->to == NO_COLUMN && !steps ? "to" : NULL;
    if (!missing)
        return true;
    for (size_t i = 0; i < csv_columns(loading->csv) && strlen(found) < 400; i++)
        snprintf(found + strlen(found), sizeof found - strlen(found), "%s%.60s", i ? ", " : "",
                 csv_header(loading->csv, i));
    return problem_in_file(loading->reader->problems, TSIM_PROBLEM_INPUT, csv_name(loading->csv),
                           NULL, 0, 1, 1, "a header row with that column", found,
                           "the scenario names the column of values: \"column\"",
                           "there is no column \"%.80s\"", missing);
}

static bool read_value(const struct loading *loading, double *value)
{
    const char *cell = csv_cell(loading->csv, loading->value);
    const double most = loading->whole ? LIMIT_AGENTS_POOL : 1e9;
    char       *end = NULL;
    if (isdigit((unsigned char)cell[0]) && !strpbrk(cell, "xX"))
        *value = strtod(cell, &end);
    if (!end || *end != '\0' || !(*value <= most))
        return bad_cell(loading, loading->value, "a number, not below 0 and not too large");
    return !loading->whole || floor(*value) == *value ||
           bad_cell(loading, loading->value, "a whole number of agents");
}

static bool read_row(const struct loading *loading, struct window *row)
{
    *row = *loading->window;
    row->csv = NULL;
    bool good = read_value(loading, &row->value);
    if (loading->day != NO_COLUMN &&
        !calendar_read_days(csv_cell(loading->csv, loading->day), &row->day_mask))
        good = bad_cell(loading, loading->day, "days such as Mon or Mon-Fri");
    if (!calendar_read_clock(csv_cell(loading->csv, loading->from), &row->from_s))
        good = bad_cell(loading, loading->from, "a time of day such as 08:00");
    row->to_s = row->from_s + row->every_s;
    if (loading->to != NO_COLUMN &&
        !calendar_read_clock(csv_cell(loading->csv, loading->to), &row->to_s))
        good = bad_cell(loading, loading->to, "a time of day such as 17:30");
    const double length_s = row->to_s - row->from_s + (row->to_s <= row->from_s ? DAY_S : 0);
    if (!loading->whole)
        row->value /= length_s;
    return good;
}

static bool read_rows(struct loading *loading)
{
    bool good = find_columns(loading);
    if (!good)
        return false;
    while (csv_next(loading->csv)) {
        if (loading->n == ROWS_MOST)
            return problem_in_file(loading->reader->problems, TSIM_PROBLEM_LIMIT,
                                   csv_name(loading->csv), NULL, 0, csv_line(loading->csv), 1, NULL,
                                   NULL, NULL, "more than %d rows", ROWS_MOST);
        if (loading->n % 256 == 0) {
            struct window *rows = realloc(loading->rows, (loading->n + 256u) * sizeof *rows);
            if (!rows)
                return problem_plain(loading->reader->problems, TSIM_PROBLEM_LIMIT, NULL,
                                     "memory is out while reading %s", csv_name(loading->csv));
            loading->rows = rows;
        }
        good &= read_row(loading, &loading->rows[loading->n++]);
    }
    return good && !csv_failed(loading->csv);
}

/* The rows follow the windows before the one that names the file. */
static bool put_rows(const struct loading *loading, uint32_t room, struct list *windows)
{
    const uint32_t before = windows->n - 1;
    const size_t   most = (size_t)before + loading->n + room + 1;
    struct window *all = ARENA_ARRAY(loading->reader->arena, most, struct window);
    if (!all)
        return problem_plain(loading->reader->problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    if (before > 0)
        memcpy(all, windows->at, before * sizeof *all);
    if (loading->n > 0)
        memcpy(all + before, loading->rows, loading->n * sizeof *all);
    *windows = (struct list){ .at = all, .n = before + loading->n };
    return true;
}

bool window_read_csv(struct reader *reader, const struct window *window, bool whole, uint32_t room,
                     struct list *windows)
{
    struct loading loading = { .reader = reader, .window = window, .whole = whole };
    char           path[4096];
    if (!file_join(path, sizeof path, reader->folder, window->csv))
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, window->at, "csv", NULL, NULL, NULL,
                          "the file's path is too long");
    loading.csv = csv_open(path, reader->problems);
    if (!loading.csv)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, json_member(window->at, "csv"),
                          NULL, "a readable CSV file", NULL,
                          "paths are looked up from the scenario's folder",
                          "the file \"%s\" cannot be read", window->csv);
    const bool good = read_rows(&loading) && put_rows(&loading, room, windows);
    csv_close(loading.csv);
    free(loading.rows);
    return good;
}
