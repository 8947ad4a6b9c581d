/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: no bytes at all can hurt the CSV reader. Method: every row has as many cells as the header;
 * reading ends cleanly or with a problem; and what was read, written with quotes, reads back. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/csv.h"
#include "base/problem.h"

static void write_quoted(FILE *to, const char *cell)
{
    fputc('"', to);
    for (; *cell; cell++) {
        if (*cell == '"')
            fputc('"', to);
        fputc(*cell, to);
    }
    fputc('"', to);
}

/* Writes the rows of `csv` as they are read. */
static void rewrite(struct csv *csv, FILE *to)
{
    size_t n = csv_columns(csv);
    TSIM_ASSERT(n > 0);
    for (size_t i = 0; i < n; i++) {
        fputs(i > 0 ? "," : "", to);
        write_quoted(to, csv_header(csv, i));
        TSIM_ASSERT(csv_find(csv, csv_header(csv, i)) <= i);
    }
    fputc('\n', to);
    for (size_t line = 1; csv_next(csv); line = csv_line(csv)) {
        TSIM_ASSERT(csv_line(csv) > line || line == 1);
        for (size_t i = 0; i < n; i++) {
            fputs(i > 0 ? "," : "", to);
            write_quoted(to, csv_cell(csv, i));
        }
        fputc('\n', to);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char                 *once = NULL, *twice = NULL;
    size_t                n_once = 0, n_twice = 0;
    struct tsim_problems *problems = tsim_problems_new();
    struct csv           *csv = csv_open_text((const char *)data, size, "input.csv", problems);
    TSIM_ASSERT((csv == NULL) == (tsim_problems_errors(problems) > 0));
    if (csv) {
        FILE *to = open_memstream(&once, &n_once);
        rewrite(csv, to);
        TSIM_ASSERT(csv_failed(csv) == (tsim_problems_errors(problems) > 0));
        csv_close(csv);
        fclose(to);
        csv = csv_open_text(once, n_once, "again.csv", problems);
        /* Quotes may push a long row over the limit, and only that. */
        to = open_memstream(&twice, &n_twice);
        if (csv)
            rewrite(csv, to);
        csv_close(csv);
        fclose(to);
        TSIM_ASSERT(size > 1 << 18 || (n_once == n_twice && memcmp(once, twice, n_once) == 0));
        free(once);
        free(twice);
    }
    tsim_problems_free(problems);
    return 0;
}
