/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/page.h - lines on a terminal: never wider than the page, never trailing spaces.
 *
 * A page knows its width, whether it may colour, and which signs it may draw. Lines are
 * built from pieces; colour is added around a piece and takes no columns. A table sets its
 * columns as wide as their contents, drops the ones that have nothing to show, and when it
 * is still too wide shortens its names, then drops its least needed columns. A page may also be
 * for a browser; then it has no width, and what is to be written is the same.
 */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* A blank that must not end a line: between a number and its unit. */
#define PAGE_GLUE '\x1f'

enum style { STYLE_PLAIN, STYLE_STRONG, STYLE_FAINT, STYLE_GOOD, STYLE_BAD, STYLE_WARN };

/* The signs of a page, in Unicode or ASCII. */
struct signs {
    const char *kept, *broken, *close, *unknown;
    const char *at_least, *at_most, *dot, *dash, *times, *bar, *mark, *empty;
    const char *levels[9]; /* of a sparkline: nothing, then eight heights */
};

struct page {
    FILE               *to;
    size_t              width;
    bool                color;
    const struct signs *signs;
    bool                ascii;
    bool                html;   /* for a browser: page_html.h           */
    bool                titled; /* … its first line is written          */
    char                line[8192];
    size_t              length;  /* bytes in line   */
    size_t              columns; /* shown so far    */
    size_t              spaces;  /* owed, not shown: dropped at the end of a line */
};

void page_open(struct page *page, FILE *to, size_t width, bool color, bool ascii);

/* Adds text to the line; what does not fit the width is cut. */
void page_add(struct page *page, enum style style, const char *text);
void page_pad(struct page *page, size_t column); /* spaces up to that column */
void page_end(struct page *page);                /* writes the line          */

/* One line of its own. */
void page_line(struct page *page, enum style style, const char *text);

/* Words filled into lines: the first begins at the current column, the others at `indent`. */
void page_fill(struct page *page, size_t indent, enum style style, const char *text);

/* Bytes of the words of a text that fit `width` columns (a per cent sign stays with its number); of
 * a first word that is wider, as many characters as fit, and at least one. */
size_t page_words(const char *text, size_t width);

enum { COLUMN_EXTRA = 9 };
enum { TABLE_COLUMNS = 10, TABLE_ROWS = 80, TABLE_CELL = 160 };

struct column {
    const char *header;
    bool        right;   /* flush right                                              */
    unsigned    drop;    /* dropped when too wide, the highest first; 0: never;
                            COLUMN_EXTRA: before any name is shortened               */
    size_t      shrinks; /* may be cut to this many columns; 0: never                 */
};

struct cell {
    char        text[TABLE_CELL];
    enum style  style;
    const char *mark; /* a sign before the text, in a style of its own; or NULL */
    enum style  mark_style;
};

struct table {
    const struct column *columns;
    size_t               n_columns, n_rows;
    struct cell          cells[TABLE_ROWS][TABLE_COLUMNS];
};

/* An empty table; NULL when memory is out. Caller frees with free(). */
struct table *table_new(const struct column *columns, size_t n_columns);

/* A new row; what exceeds TABLE_ROWS is counted and not kept. False when full. */
bool table_row(struct table *table);

/* Sets a cell of the newest row. */
void table_set(struct table *table, size_t column, enum style style, const char *text);

/* Puts a sign (of page->signs) and a blank before the text of a cell. */
void table_mark(struct table *table, size_t column, enum style style, const char *sign);

/* The first header is the heading of the whole table. Rows are indented by `indent`. */
void table_write(struct table *table, struct page *page, size_t indent);

#endif
