/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Observed values, from the scenario or from a column of a CSV file. As they are: each value with
 * its share (all alike by default), by inversion. With "interpolate": the continuous empirical
 * distribution, linear between neighbouring values, F(x_(i)) = (i - 1) / (n - 1) (Law, Simulation
 * Modeling and Analysis, 5th ed., 6.2.4), which has no mass outside the observed range.
 * table = n sorted values, then n cumulative shares; p[0] = 1 when interpolated. */
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/json_number.h"
#include "kernel/dist_impl.h"

struct given {
    struct numbers values, shares;
    const char    *file, *column;
    uint32_t       unit;
    bool           interpolate;
};

static const struct dist_form forms[] = { { { "values" } }, { { "file", "column" } } };

static const char *const units[] = { "s", "min", "h", "d", NULL };
static const double unit_size[] = { 1.0, 60.0, 3600.0, 86400.0 };

/* The number in a cell, written as in JSON; -1 when there is none or it is no legal value. */
static double cell_number(const char *cell)
{
    static const char digits[] = "0123456789";
    const char *at = cell;
    size_t n = strspn(at, digits);

    if (n == 0 || (n > 1 && *at == '0'))
        return -1.0;
    at += n;
    if (*at == '.') {
        n = strspn(at + 1, digits);
        if (n == 0)
            return -1.0;
        at += 1 + n;
    }
    if (*at == 'e' || *at == 'E') {
        at += 1 + (at[1] == '+' || at[1] == '-');
        n = strspn(at, digits);
        if (n == 0)
            return -1.0;
        at += n;
    }
    const double value = *at == '\0' ? json_number_read(cell, (size_t)(at - cell)) : -1.0;
    return value <= DIST_MOST ? value : -1.0;
}

/* Appends to values, which doubles its room: the old rooms stay in the arena. */
static bool append(struct reader *reader, struct numbers *values, uint32_t *room, double value)
{
    if (values->n == *room) {
        const uint32_t larger = *room ? *room * 2 : 1024;
        double *at = ARENA_ARRAY(reader->arena, larger, double);
        if (!at)
            return false;
        if (values->n)
            memcpy(at, values->at, values->n * sizeof *at);
        values->at = at;
        *room = larger;
    }
    values->at[values->n++] = value;
    return true;
}

static bool read_rows(struct reader *reader, const struct json *at, const struct given *of,
                      struct csv *csv, struct numbers *values)
{
    const size_t column = csv_find(csv, of->column);
    const double unit = unit_size[of->unit];
    uint32_t room = 0;

    if (column == (size_t)-1)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, json_member(at, "column"), NULL,
                          NULL, NULL, NULL, "%s has no column \"%s\"", csv_name(csv), of->column);
    while (csv_next(csv)) {
        const char *cell = csv_cell(csv, column);
        const double value = cell_number(cell);
        if (value < 0.0 || value * unit > DIST_MOST)
            return problem_in_file(reader->problems, TSIM_PROBLEM_INPUT, csv_name(csv), NULL, 0,
                                   csv_line(csv), 0, "a number of 0 or more", cell, NULL,
                                   "column \"%s\" has a cell that is no value", of->column);
        if (values->n == LIMIT_EMPIRICAL_VALUES)
            return problem_at(reader->problems, TSIM_PROBLEM_LIMIT, at, NULL, NULL, NULL, NULL,
                              "%s has more than %u rows", csv_name(csv), LIMIT_EMPIRICAL_VALUES);
        if (!append(reader, values, &room, value * unit))
            return false;
    }
    return !csv_failed(csv);
}

static bool read_column(struct reader *reader, const struct json *at, const struct given *of,
                        struct numbers *values)
{
    char path[4096];

    if (!file_join(path, sizeof path, reader->folder, of->file))
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, json_member(at, "file"), NULL,
                          NULL, NULL, NULL, "this path is too long");
    struct csv *csv = csv_open(path, reader->problems);
    if (!csv)
        return false;
    const bool good = read_rows(reader, at, of, csv, values);
    csv_close(csv);
    return good;
}

static bool make(struct reader *reader, const struct json *at, const void *given,
                 struct dist *dist)
{
    const struct given *of = given;
    const int form = dist_form(reader, at, forms, COUNT_OF(forms));
    struct numbers values = of->values;

    if (form < 0)
        return false;
    if (of->interpolate && of->shares.n)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, at, NULL,
                          "either \"shares\" or \"interpolate\"", NULL, NULL,
                          "values with shares cannot be interpolated");
    if (form == 1) {
        values = (struct numbers){ NULL, 0 };
        if (!read_column(reader, at, of, &values))
            return false;
    }
    dist->p[0] = of->interpolate && values.n > 1;
    return dist_table_make(reader, at, &values, &of->shares, dist);
}

static double quantile(const struct dist *dist, double u)
{
    if (dist->p[0] == 0.0)
        return dist_table_quantile(dist, u);

    const double place = u * (dist->n - 1.0);
    const uint32_t i = place < dist->n - 2.0 ? (uint32_t)place : dist->n - 2;
    return dist->table[i] + (place - i) * (dist->table[i + 1] - dist->table[i]);
}

static double mean(const struct dist *dist)
{
    double sum = 0.0;

    if (dist->p[0] == 0.0)
        return dist_table_mean(dist);
    for (uint32_t i = 0; i + 1 < dist->n; i++)
        sum += 0.5 * (dist->table[i] + dist->table[i + 1]);
    return sum / (dist->n - 1.0);
}

static double variance(const struct dist *dist)
{
    const double m = mean(dist);
    double sum = 0.0;

    if (dist->p[0] == 0.0)
        return dist_table_variance(dist);
    for (uint32_t i = 0; i + 1 < dist->n; i++) {
        const double a = dist->table[i] - m, b = dist->table[i + 1] - m;
        sum += (a * a + a * b + b * b) / 3.0;
    }
    return sum / (dist->n - 1.0);
}

static double cdf(const struct dist *dist, double x)
{
    if (dist->p[0] == 0.0)
        return dist_table_cdf(dist, x);
    if (x < dist->table[0])
        return 0.0;
    if (x >= dist->table[dist->n - 1])
        return 1.0;
    const uint32_t i = dist_search(dist->table, dist->n, x) - 1;
    const double width = dist->table[i + 1] - dist->table[i];
    return (i + (x - dist->table[i]) / width) / (dist->n - 1.0);
}

static const struct param params[] = {
    { .key = "values", .type = PARAM_QUANTITIES, .offset = offsetof(struct given, values),
      .low = 0.0, .high = DIST_MOST, .doc = "The observed values.",
      .example = "[\"3 min\", \"4 min\", \"9 min\"]" },
    { .key = "shares", .type = PARAM_SHARES, .offset = offsetof(struct given, shares), .low = 0.0,
      .high = 1.0, .doc = "Share of each value, together 1; without it all are alike.",
      .example = "[0.5, 0.3, 0.2]" },
    { .key = "file", .type = PARAM_NAME, .offset = offsetof(struct given, file),
      .doc = "A CSV file with a header row; its path starts at the scenario's folder.",
      .example = "\"handling.csv\"" },
    { .key = "column", .type = PARAM_NAME, .offset = offsetof(struct given, column),
      .doc = "The column of that file.", .example = "\"handling_min\"" },
    { .key = "unit", .type = PARAM_CHOICE, .offset = offsetof(struct given, unit),
      .choices = units, .fallback = "\"s\"", .doc = "Unit of a column of durations.",
      .example = "\"min\"" },
    { .key = "interpolate", .type = PARAM_BOOL, .offset = offsetof(struct given, interpolate),
      .fallback = "false", .doc = "Whether values between the observed ones occur, too.",
      .example = "true" },
};

static const struct shape shape = {
    .name = "empirical", .summary = "Needs values, or file and column.", .params = params,
    .n_params = COUNT_OF(params), .size = sizeof(struct given),
};

const struct dist_kind dist_kind_empirical = {
    .kind = { .name = "empirical",
              .summary = "Observed values, from a list or a CSV file. Needs values, or file and "
                         "column.",
              .example = "{\"kind\": \"empirical\", \"values\": [\"3 min\", \"4 min\", \"4 min\", "
                         "\"9 min\", \"25 min\"], \"interpolate\": true}",
              .shape = &shape, .source = "Law, Simulation Modeling and Analysis, 6.2.4" },
    .make = make,
    .draw = dist_draw_inverse,
    .quantile = quantile,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
};
