/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/page_html.h"

static const struct signs unicode_signs = {
    .kept = "✓", .broken = "✗", .close = "~", .unknown = "?", .at_least = "≥", .at_most = "≤",
    .dot = "·", .dash = "–", .times = "×", .bar = "█", .mark = "│", .empty = "░",
    .levels = { "·", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" },
};

static const struct signs ascii_signs = {
    .kept = "+", .broken = "X", .close = "~", .unknown = "?", .at_least = ">=", .at_most = "<=",
    .dot = "-", .dash = "-", .times = "x", .bar = "#", .mark = "|", .empty = ".",
    .levels = { ".", "_", "-", "=", "+", "*", "%", "#", "@" },
};

void page_open(struct page *page, FILE *to, size_t width, bool color, bool ascii)
{
    *page = (struct page){
        .to    = to,
        .width = width < 40 ? 40 : width > 400 ? 400 : width,
        .color = color,
        .ascii = ascii,
        .signs = ascii ? &ascii_signs : &unicode_signs,
    };
}

static const char *style_code(enum style style)
{
    switch (style) {
    case STYLE_STRONG:
        return "\x1b[1m";
    case STYLE_FAINT:
        return "\x1b[2m";
    case STYLE_GOOD:
        return "\x1b[32m";
    case STYLE_BAD:
        return "\x1b[1;31m";
    case STYLE_WARN:
        return "\x1b[33m";
    case STYLE_PLAIN:
        break;
    }
    return "";
}

static void page_bytes(struct page *page, const char *bytes, size_t n)
{
    if (page->length + n >= sizeof page->line)
        return;
    memcpy(page->line + page->length, bytes, n);
    page->length += n;
}

/* Length in bytes of the first character of a text. */
static size_t first_bytes(const char *text)
{
    size_t n = 1;
    while (((unsigned char)text[n] & 0xC0) == 0x80 && n < 4)
        n++;
    return n;
}

/* Bytes of `text` that fit into `columns`. */
static size_t fitting(const char *text, size_t columns)
{
    size_t end = 0, used = 0;
    char   part[8];
    while (text[end]) {
        size_t n = first_bytes(text + end);
        memcpy(part, text + end, n);
        part[n] = '\0';
        used += text_columns(part);
        if (used > columns)
            break;
        end += n;
    }
    return end;
}

size_t page_words(const char *text, size_t width)
{
    const size_t all = fitting(text, width);
    size_t       n = all;
    while (n > 0 && text[n] && (text[n] != ' ' || text[n + 1] == '%'))
        n--;
    return n > 0 ? n : all > 0 || !*text ? all : first_bytes(text);
}

static void unglue(char *text)
{
    for (; *text; text++)
        if (*text == PAGE_GLUE)
            *text = ' ';
}

void page_add(struct page *page, enum style style, const char *text)
{
    while (*text == ' ') {
        page->spaces++;
        text++;
    }
    if (!*text)
        return;
    if (page->html) {
        html_add(page, style, text);
        return;
    }
    size_t room = page->width > page->columns + page->spaces
                      ? page->width - page->columns - page->spaces
                      : 0;
    size_t n    = fitting(text, room);
    char   part[1024];
    if (n >= sizeof part)
        n = fitting(text, sizeof part / 4 - 1);
    if (n == 0)
        return;
    memcpy(part, text, n);
    part[n] = '\0';
    unglue(part);
    for (; page->spaces; page->spaces--, page->columns++)
        page_bytes(page, " ", 1);
    size_t trailing = n;
    while (part[trailing - 1] == ' ')
        trailing--;
    const char *code = page->color ? style_code(style) : "";
    page_bytes(page, code, strlen(code));
    page_bytes(page, part, trailing);
    if (*code)
        page_bytes(page, "\x1b[0m", 4);
    page->spaces = n - trailing;
    part[trailing] = '\0';
    page->columns += text_columns(part);
}

void page_pad(struct page *page, size_t column)
{
    size_t at = page->columns + page->spaces;
    if (column > at)
        page->spaces += column - at;
}

void page_end(struct page *page)
{
    if (page->html) {
        html_end(page);
        return;
    }
    fwrite(page->line, 1, page->length, page->to);
    fputc('\n', page->to);
    page->length = page->columns = page->spaces = 0;
}

void page_line(struct page *page, enum style style, const char *text)
{
    if (page->html) {
        html_line(page, style, text);
        return;
    }
    page_add(page, style, text);
    page_end(page);
}

/* Bytes up to the next space at which a line may end: not between a number and its percent sign. */
static size_t word_bytes(const char *text)
{
    size_t n = strcspn(text, " ");
    while (n > 0 && text[n] == ' ' && text[n + 1] == '%' && text[n - 1] >= '0' &&
           text[n - 1] <= '9')
        n += 1 + strcspn(text + n + 1, " ");
    return n;
}

void page_fill(struct page *page, size_t indent, enum style style, const char *text)
{
    bool first = true;
    if (page->html) {
        html_fill(page, style, text);
        return;
    }
    page_pad(page, indent);
    while (*text) {
        size_t n = word_bytes(text);
        char   word[512];
        if (n >= sizeof word)
            n = fitting(text, sizeof word / 4);
        memcpy(word, text, n);
        word[n] = '\0';
        unglue(word);
        size_t wide = text_columns(word);
        if (!first && page->columns + 1 + wide > page->width) {
            page_end(page);
            page_pad(page, indent);
            first = true;
        }
        if (!first)
            page_add(page, STYLE_PLAIN, " ");
        page_add(page, style, word);
        first = false;
        text += n;
        text += strspn(text, " ");
    }
    page_end(page);
}

struct table *table_new(const struct column *columns, size_t n_columns)
{
    struct table *table = calloc(1, sizeof *table);
    if (!table)
        return NULL;
    table->columns   = columns;
    table->n_columns = n_columns;
    return table;
}

bool table_row(struct table *table)
{
    if (table->n_rows == TABLE_ROWS)
        return false;
    table->n_rows++;
    return true;
}

void table_set(struct table *table, size_t column, enum style style, const char *text)
{
    struct cell *cell = &table->cells[table->n_rows - 1][column];
    cell->style       = style;
    struct text out;
    text_open(&out, cell->text, sizeof cell->text);
    text_add(&out, "%s", text);
    unglue(cell->text);
}

void table_mark(struct table *table, size_t column, enum style style, const char *sign)
{
    struct cell *cell = &table->cells[table->n_rows - 1][column];
    cell->mark        = sign;
    cell->mark_style  = style;
}

/* Widths of the columns by their contents; 0 for one that has nothing to show. */
static void table_measure(const struct table *table, size_t *widths)
{
    for (size_t c = 0; c < table->n_columns; c++) {
        size_t most = 0;
        for (size_t r = 0; r < table->n_rows; r++) {
            const struct cell *cell = &table->cells[r][c];
            size_t             wide = text_columns(cell->text) + (cell->mark ? 2 : 0);
            most                    = wide > most ? wide : most;
        }
        size_t header = text_columns(table->columns[c].header);
        widths[c]     = most == 0 && c > 0 ? 0 : header > most ? header : most;
    }
}

static size_t table_total(const struct table *table, const size_t *widths)
{
    size_t total = 0;
    for (size_t c = 0; c < table->n_columns; c++)
        if (widths[c])
            total += widths[c] + (c > 0 ? 2 : 0);
    return total;
}

/* Shortens names, then drops columns, until the table is no wider than `room`. */
static void table_fit(const struct table *table, size_t *widths, size_t room)
{
    enum { LEAST = 8 };
    for (;;) {
        size_t total = table_total(table, widths);
        if (total <= room)
            return;
        size_t excess = total - room, drop = table->n_columns, shrink = table->n_columns;
        for (size_t c = 0; c < table->n_columns; c++) {
            const struct column *column = &table->columns[c];
            if (column->shrinks && widths[c] >= column->shrinks + excess)
                shrink = c;
            if (widths[c] && column->drop &&
                (drop == table->n_columns || column->drop > table->columns[drop].drop))
                drop = c;
        }
        bool extra = drop < table->n_columns && table->columns[drop].drop == COLUMN_EXTRA;
        if (shrink < table->n_columns && !extra) {
            widths[shrink] -= excess;
            return;
        }
        if (drop == table->n_columns) {
            /* Nothing left to drop: names give what they have, the page cuts the rest. */
            widths[0] = widths[0] > excess + LEAST ? widths[0] - excess : LEAST;
            return;
        }
        widths[drop] = 0;
    }
}

static void cut_to(char *text, size_t size, size_t columns, bool ascii)
{
    if (text_columns(text) <= columns)
        return;
    const char *ellipsis = ascii ? ".." : "…";
    size_t      wide     = text_columns(ellipsis);
    size_t      end      = fitting(text, columns > wide ? columns - wide : 0);
    while (end > 0 && text[end - 1] == ' ')
        end--;
    struct text out;
    text_open(&out, text + end, size - end);
    text_add(&out, "%s", ellipsis);
}

static void table_cell(struct page *page, const struct column *column, const struct cell *cell,
                       size_t start, size_t width)
{
    char shown[TABLE_CELL];
    if (cell->mark) {
        page_pad(page, start);
        page_add(page, cell->mark_style, cell->mark);
        start += 2;
        width -= width > 2 ? 2 : width;
    }
    snprintf(shown, sizeof shown, "%s", cell->text);
    cut_to(shown, sizeof shown, width, page->ascii);
    size_t wide = text_columns(shown);
    page_pad(page, start + (column->right && wide < width ? width - wide : 0));
    page_add(page, cell->style, shown);
}

static void table_header(const struct table *table, struct page *page, const size_t *widths,
                         size_t indent)
{
    size_t start = indent;
    for (size_t c = 0; c < table->n_columns; c++) {
        if (!widths[c])
            continue;
        struct cell cell = { .style = c == 0 ? STYLE_STRONG : STYLE_FAINT };
        snprintf(cell.text, sizeof cell.text, "%s", table->columns[c].header);
        /* The heading stands out to the left of the names below it. */
        table_cell(page, &table->columns[c], &cell, c == 0 ? 0 : start,
                   widths[c] + (c == 0 ? indent : 0));
        start += widths[c] + 2;
    }
    page_end(page);
}

void table_write(struct table *table, struct page *page, size_t indent)
{
    size_t widths[TABLE_COLUMNS];
    table_measure(table, widths);
    if (page->html) {
        html_table(table, page, widths);
        return;
    }
    table_fit(table, widths, page->width - indent);
    table_header(table, page, widths, indent);
    for (size_t r = 0; r < table->n_rows; r++) {
        size_t start = indent;
        for (size_t c = 0; c < table->n_columns; c++) {
            if (!widths[c])
                continue;
            table_cell(page, &table->columns[c], &table->cells[r][c], start, widths[c]);
            start += widths[c] + 2;
        }
        page_end(page);
    }
}
