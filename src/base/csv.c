/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/limits.h"
#include "base/problem.h"
#include "base/text.h"

enum { CHUNK = 1 << 16, END = -1 };

/* Where the reading stands in a row. */
enum place {
    AT_CELL,      /* at the first byte of a cell                     */
    IN_PLAIN,     /* in a cell without quotes                        */
    IN_QUOTES,    /* between quotes                                  */
    BEHIND_QUOTE, /* behind a quote that ends the cell or is doubled */
};

struct csv {
    gzFile                from; /* NULL: a text in memory */
    const char           *name;
    struct tsim_problems *problems;
    struct arena          arena; /* of the name and the header cells */
    char                 *chunk; /* CHUNK bytes read ahead of `next` */
    const char           *next, *end;
    bool                  failed, ended;
    char                  separator;
    size_t                line, line_start; /* of `next`; the position of that line's first byte */
    size_t                position;         /* bytes before `next` when `next` was last filled */
    const char           *filled;           /* `next` at that moment */
    size_t                row_line, n_rows;
    char                 *row; /* the cells of the row, each with a NUL */
    size_t                row_length, row_room;
    uint32_t              cells[LIMIT_CSV_COLUMNS];
    size_t                n_cells;
    const char           *headers[LIMIT_CSV_COLUMNS];
    size_t                n_headers;
};

/* ---- failing */

static size_t position_now(const struct csv *csv)
{
    return csv->position + (size_t)(csv->next - csv->filled);
}

/* Reports a problem at the byte that was read last. Returns false. */
static bool fail_here(struct csv *csv, const char *expected, const char *hint, const char *message)
{
    size_t column = position_now(csv) - csv->line_start;
    csv->failed = true;
    return problem_in_file(csv->problems, TSIM_PROBLEM_INPUT, csv->name, NULL, 0, csv->line,
                           column > 0 ? column : 1, expected, NULL, hint, "%s", message);
}

/* Reports a problem of the row as a whole. Returns false. */
static bool fail_row(struct csv *csv, enum tsim_problem_kind kind, const char *hint,
                     const char *message)
{
    csv->failed = true;
    return problem_in_file(csv->problems, kind, csv->name, NULL, 0, csv->row_line, 1, NULL, NULL,
                           hint, "%s", message);
}

static bool fail_memory(struct csv *csv)
{
    csv->failed = true;
    return problem_plain(csv->problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out while reading %s",
                         csv->name ? csv->name : "CSV");
}

static bool fail_reading(struct csv *csv)
{
    int         code;
    char        system[256];
    const char *reason = gzerror(csv->from, &code);
    if (code == Z_ERRNO && strerror_r(errno, system, sizeof system) == 0)
        reason = system;
    csv->failed = true;
    return problem_in_file(csv->problems, TSIM_PROBLEM_IO, csv->name, NULL, 0, 0, 0, NULL, NULL,
                           code == Z_ERRNO ? NULL : "check the file with gzip -t",
                           "cannot read the file: %s", reason);
}

/* ---- bytes */

/* Reads on. False at the end and on failure. */
static bool refill(struct csv *csv)
{
    if (!csv->from || csv->failed || csv->ended)
        return false;
    csv->position = position_now(csv);
    csv->next = csv->end = csv->filled = csv->chunk;
    errno = 0;
    int got = gzread(csv->from, csv->chunk, CHUNK);
    if (got < 0)
        return fail_reading(csv);
    if (got == 0) {
        csv->ended = true;
        /* zlib tells only on request that a compressed file stopped in the middle. */
        int code;
        (void)gzerror(csv->from, &code);
        return code == Z_OK || code == Z_STREAM_END ? false : fail_reading(csv);
    }
    csv->end = csv->chunk + got;
    return true;
}

static int peek(struct csv *csv)
{
    if (csv->next == csv->end && !refill(csv))
        return END;
    return (unsigned char)*csv->next;
}

/* ---- rows */

static bool row_add(struct csv *csv, char byte)
{
    if (csv->row_length == csv->row_room) {
        size_t room = csv->row_room ? csv->row_room * 2 : 1024;
        if (csv->row_length >= LIMIT_CSV_LINE)
            return fail_row(csv, TSIM_PROBLEM_LIMIT, "is a closing quote missing?",
                            "a row is longer than 1 MiB");
        char *row = realloc(csv->row, room);
        if (!row)
            return fail_memory(csv);
        csv->row = row;
        csv->row_room = room;
    }
    csv->row[csv->row_length++] = byte;
    return true;
}

static bool cell_begin(struct csv *csv)
{
    if (csv->n_cells == LIMIT_CSV_COLUMNS)
        return fail_row(csv, TSIM_PROBLEM_LIMIT, "the limit is 256 columns",
                        "a row has too many columns");
    csv->cells[csv->n_cells++] = (uint32_t)csv->row_length;
    return true;
}

static bool cell_end(struct csv *csv)
{
    if (!row_add(csv, 0))
        return false;
    const char *cell = csv->row + csv->cells[csv->n_cells - 1];
    size_t      length = csv->row_length - 1 - csv->cells[csv->n_cells - 1];
    uint32_t    code;
    for (size_t at = 0, n; at < length; at += n) {
        n = (unsigned char)cell[at] < 0x80 ? 1 : text_utf8(cell + at, length - at, &code);
        if (n == 0)
            return fail_row(csv, TSIM_PROBLEM_INPUT, "save the file in the encoding UTF-8",
                            "a cell is not valid UTF-8");
    }
    return true;
}

/* The end of a line: LF, CR LF or the end of the file. False when there is none here. */
static bool line_end(struct csv *csv, int c)
{
    if (c == END)
        return true;
    if (c == '\r') {
        csv->next++;
        if (peek(csv) != '\n')
            return csv->failed ? false
                               : fail_here(csv, "a line feed behind it",
                                           "save the file with line ends of Unix or Windows",
                                           "a carriage return without a line feed");
    }
    csv->next++;
    csv->line++;
    csv->line_start = position_now(csv);
    return true;
}

static bool quoted_byte(struct csv *csv, int c)
{
    csv->next++;
    if (c == '\n') {
        csv->line++;
        csv->line_start = position_now(csv);
    }
    return row_add(csv, (char)c);
}

/* One byte of a row, which is no line end outside of quotes. */
static bool row_byte(struct csv *csv, int c, enum place *place)
{
    if (*place == IN_QUOTES) {
        if (c != '"')
            return quoted_byte(csv, c);
        csv->next++;
        *place = BEHIND_QUOTE;
        return true;
    }
    csv->next++;
    if (c == csv->separator) {
        *place = AT_CELL;
        return cell_end(csv) && cell_begin(csv);
    }
    if (c == '"' && *place != IN_PLAIN) {
        /* The second of two quotes stands for one and goes on. */
        bool doubled = *place == BEHIND_QUOTE;
        *place = IN_QUOTES;
        return !doubled || row_add(csv, '"');
    }
    if (c == '"')
        return fail_here(csv, NULL, "put the whole cell in quotes and double those inside",
                         "a quote inside a cell without quotes");
    if (*place == BEHIND_QUOTE)
        return fail_here(csv, "a separator or the end of the line",
                         "double the quotes inside a quoted cell", "text behind a closing quote");
    *place = IN_PLAIN;
    return row_add(csv, (char)c);
}

/* Reads one row into cells. False at the end of the file and after a problem. */
static bool row_read(struct csv *csv)
{
    enum place place = AT_CELL;
    csv->row_line = csv->line;
    csv->row_length = csv->n_cells = 0;
    if (csv->failed || peek(csv) == END || !cell_begin(csv))
        return false;
    for (;;) {
        int c = peek(csv);
        if (csv->failed)
            return false;
        if (c == 0) {
            csv->next++;
            return fail_here(csv, NULL, "is this a text file?", "a NUL byte in the text");
        }
        if (c == END && place == IN_QUOTES)
            return fail_row(csv, TSIM_PROBLEM_INPUT, "a quoted cell of this row is never closed",
                            "the file ends inside quotes");
        if (place != IN_QUOTES && (c == END || c == '\n' || c == '\r'))
            return line_end(csv, c) && cell_end(csv);
        if (!row_byte(csv, c, &place))
            return false;
    }
}

/* ---- opening */

/* The separator that the header line has most of, outside of quotes; a comma when it has none. */
static char separator_find(const char *text, const char *end)
{
    static const char candidates[] = ",;\t";
    size_t            counts[3] = { 0 }, best = 0;
    bool              quoted = false;
    for (; text < end && (quoted || (*text != '\n' && *text != '\r')); text++) {
        const char *candidate = *text ? strchr(candidates, *text) : NULL;
        if (*text == '"')
            quoted = !quoted;
        else if (candidate && !quoted)
            counts[candidate - candidates]++;
    }
    for (size_t i = 1; i < COUNT_OF(counts); i++)
        if (counts[i] > counts[best])
            best = i;
    return candidates[best];
}

static bool header_copy(struct csv *csv)
{
    for (size_t i = 0; i < csv->n_cells; i++) {
        const char *cell = csv_cell(csv, i);
        /* Spaces around a name are never meant. */
        cell += strspn(cell, " ");
        size_t length = strlen(cell);
        while (length > 0 && cell[length - 1] == ' ')
            length--;
        csv->headers[i] = arena_copy_n(&csv->arena, cell, length);
        if (!csv->headers[i])
            return fail_memory(csv);
        for (size_t j = 0; j < i && length > 0; j++)
            if (strcmp(csv->headers[i], csv->headers[j]) == 0) {
                problem_in_file(csv->problems, TSIM_PROBLEM_WARNING, csv->name, NULL, 0,
                                csv->row_line, 1, NULL, NULL, "the first of them is read",
                                "two columns are called \"%.*s\"",
                                (int)text_cut(csv->headers[i], LIMIT_NAME), csv->headers[i]);
                break;
            }
    }
    csv->n_headers = csv->n_cells;
    return true;
}

static bool header_read(struct csv *csv)
{
    (void)peek(csv);
    size_t ahead = (size_t)(csv->end - csv->next);
    if (ahead >= 2 && (memcmp(csv->next, "\xFF\xFE", 2) == 0 ||
                       memcmp(csv->next, "\xFE\xFF", 2) == 0 || !csv->next[0] != !csv->next[1]))
        return fail_row(csv, TSIM_PROBLEM_INPUT,
                        "save it as UTF-8, or convert it: iconv -f UTF-16 -t UTF-8",
                        "the file is in UTF-16, not UTF-8");
    if (ahead >= 3 && memcmp(csv->next, "\xEF\xBB\xBF", 3) == 0) {
        csv->next += 3;
        csv->line_start = 3;
    }
    csv->separator = separator_find(csv->next, csv->end);
    if (!row_read(csv))
        return csv->failed ? false
                           : fail_row(csv, TSIM_PROBLEM_INPUT,
                                      "the first line must name the columns", "the file is empty");
    return header_copy(csv);
}

static struct csv *csv_start(struct csv *csv)
{
    if (!csv->failed && header_read(csv))
        return csv;
    csv_close(csv);
    return NULL;
}

/* A reader without a source; NULL, reported, when memory is out. */
static struct csv *csv_new(const char *name, struct tsim_problems *problems)
{
    struct csv *csv = calloc(1, sizeof *csv);
    if (!csv) {
        problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out while reading CSV");
        return NULL;
    }
    arena_open(&csv->arena);
    csv->problems = problems;
    csv->line = csv->row_line = 1;
    if (name)
        csv->name = arena_copy(&csv->arena, name);
    if (csv->arena.failed)
        fail_memory(csv);
    return csv;
}

struct csv *csv_open(const char *path, struct tsim_problems *problems)
{
    struct csv *csv = csv_new(path, problems);
    if (!csv)
        return NULL;
    csv->chunk = malloc(CHUNK);
    csv->next = csv->end = csv->filled = csv->chunk;
    if (!csv->chunk) {
        fail_memory(csv);
        return csv_start(csv);
    }
    errno = 0;
    csv->from = gzopen(path, "rb");
    if (!csv->from) {
        char reason[256];
        if (errno == 0 || strerror_r(errno, reason, sizeof reason) != 0)
            snprintf(reason, sizeof reason, "unknown reason");
        csv->failed = true;
        problem_in_file(problems, TSIM_PROBLEM_IO, path, NULL, 0, 0, 0, NULL, NULL, NULL,
                        "cannot open the file: %s", reason);
    }
    return csv_start(csv);
}

struct csv *csv_open_text(const char *text, size_t length, const char *name,
                          struct tsim_problems *problems)
{
    struct csv *csv = csv_new(name, problems);
    if (!csv)
        return NULL;
    csv->next = csv->filled = text ? text : "";
    csv->end = csv->next + length;
    return csv_start(csv);
}

void csv_close(struct csv *csv)
{
    if (!csv)
        return;
    if (csv->from)
        gzclose_r(csv->from);
    arena_close(&csv->arena);
    free(csv->chunk);
    free(csv->row);
    free(csv);
}

/* ---- reading */

size_t csv_columns(const struct csv *csv)
{
    return csv->n_headers;
}

const char *csv_header(const struct csv *csv, size_t column)
{
    TSIM_ASSERT(column < csv->n_headers);
    return csv->headers[column];
}

size_t csv_find(const struct csv *csv, const char *name)
{
    for (size_t i = 0; i < csv->n_headers; i++)
        if (strcmp(csv->headers[i], name) == 0)
            return i;
    for (size_t i = 0; i < csv->n_headers; i++)
        if (strlen(csv->headers[i]) == strlen(name) &&
            text_distance(csv->headers[i], name, 0) == 0)
            return i;
    return (size_t)-1;
}

static bool is_blank(const struct csv *csv)
{
    return csv->n_cells == 1 && csv->row_length == 1;
}

static bool ragged_problem(struct csv *csv)
{
    char expected[64], found[64];
    snprintf(expected, sizeof expected, "%zu cells, as in the first line", csv->n_headers);
    snprintf(found, sizeof found, "%zu", csv->n_cells);
    csv->failed = true;
    return problem_in_file(csv->problems, TSIM_PROBLEM_INPUT, csv->name, NULL, 0, csv->row_line, 1,
                           expected, found, "is a separator inside a cell that needs quotes?",
                           csv->n_cells < csv->n_headers ? "a row has too few cells"
                                                         : "a row has too many cells");
}

bool csv_next(struct csv *csv)
{
    /* An empty line says nothing, except where a row has only one cell. */
    do {
        if (!row_read(csv))
            return false;
    } while (csv->n_headers > 1 && is_blank(csv));
    if (csv->n_cells != csv->n_headers)
        return ragged_problem(csv);
    if (++csv->n_rows > LIMIT_CSV_ROWS)
        return fail_row(csv, TSIM_PROBLEM_LIMIT, "the limit is 100 million rows",
                        "the file has too many rows");
    return true;
}

bool csv_failed(const struct csv *csv)
{
    return csv->failed;
}

const char *csv_cell(const struct csv *csv, size_t column)
{
    TSIM_ASSERT(column < csv->n_cells);
    return csv->row + csv->cells[column];
}

size_t csv_line(const struct csv *csv)
{
    return csv->row_line;
}

const char *csv_name(const struct csv *csv)
{
    return csv->name;
}

/* ---- writing */

void csv_write_text(FILE *to, const char *text)
{
    size_t length = strlen(text);
    bool   formula = length > 0 && strchr("=+-@\t\r", text[0]);
    bool   quotes = text[strcspn(text, "\",;\t\r\n")] != 0 || text[0] == ' ' ||
                  (length > 0 && text[length - 1] == ' ');
    if (quotes)
        fputc('"', to);
    if (formula)
        fputc('\'', to);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', to);
        fputc(*text, to);
    }
    if (quotes)
        fputc('"', to);
}
