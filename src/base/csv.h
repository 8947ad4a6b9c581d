/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/csv.h - RFC 4180 in, RFC 4180 out.
 *
 * Reading streams: one row at a time, memory independent of the file's length. UTF-8 with or
 * without BOM; separators ',', ';' or tab (decided by the header row); quotes over lines;
 * gzip or plain. Ragged rows are problems with file:line, never guessed.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct tsim_problems;
struct csv;

/* Opens a file and reads its header row. NULL on failure. */
struct csv *csv_open(const char *path, struct tsim_problems *problems);
/* The same of a text in memory, which stays the caller's and must outlive the reading. */
struct csv *csv_open_text(const char *text, size_t length, const char *name,
                          struct tsim_problems *problems);
void        csv_close(struct csv *csv);

size_t      csv_columns(const struct csv *csv);
const char *csv_header(const struct csv *csv, size_t column);
/* Column of that name, compared exactly, then ignoring case; (size_t)-1 when there is none. */
size_t      csv_find(const struct csv *csv, const char *name);

/* Next row: true and its cells through csv_cell; false at the end or after a problem
 * (csv_failed tells which). Cells live until the next call. */
bool        csv_next(struct csv *csv);
bool        csv_failed(const struct csv *csv);
const char *csv_cell(const struct csv *csv, size_t column);
size_t      csv_line(const struct csv *csv); /* line on which the row began, from 1 */
const char *csv_name(const struct csv *csv);

/* Writes one text cell: quoted when needed; a text that a spreadsheet would take for a
 * formula (= + - @ TAB CR first) gets a leading apostrophe. No separator is written. */
void csv_write_text(FILE *to, const char *text);

#endif
