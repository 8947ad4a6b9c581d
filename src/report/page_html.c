/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/page_html.h"

#include <stdlib.h>
#include <string.h>

static const char *class_of(enum style style)
{
    static const char *const classes[] = {
        [STYLE_PLAIN] = NULL,  [STYLE_STRONG] = "strong", [STYLE_FAINT] = "faint",
        [STYLE_GOOD] = "good", [STYLE_BAD] = "bad",       [STYLE_WARN] = "warn",
    };
    return classes[style];
}

void html_text(FILE *to, const char *text)
{
    for (; *text; text++)
        switch (*text) {
        case '&':
            fputs("&amp;", to);
            break;
        case '<':
            fputs("&lt;", to);
            break;
        case '>':
            fputs("&gt;", to);
            break;
        case '"':
            fputs("&quot;", to);
            break;
        case PAGE_GLUE:
            fputs("&#160;", to);
            break;
        default: /* no control characters: HTML has none but these */
            fputc((unsigned char)*text < ' ' && *text != '\n' ? ' ' : *text, to);
        }
}

static void write_styled(FILE *to, enum style style, const char *text)
{
    const char *class = class_of(style);
    if (class)
        fprintf(to, "<span class=\"%s\">", class);
    html_text(to, text);
    if (class)
        fputs("</span>", to);
}

void html_add(struct page *page, enum style style, const char *text)
{
    char  *made = NULL;
    size_t size;
    FILE  *memory = open_memstream(&made, &size);
    if (!memory)
        return;
    for (; page->spaces > 0; page->spaces--, page->columns++)
        fputc(' ', memory);
    write_styled(memory, style, text);
    if (fclose(memory) == 0 && page->length + size < sizeof page->line) {
        memcpy(page->line + page->length, made, size);
        page->length += size;
    }
    free(made);
}

/* Gives what the line holds, and empties it. */
static void write_line(struct page *page)
{
    fwrite(page->line, 1, page->length, page->to);
    page->length = page->columns = page->spaces = 0;
}

void html_end(struct page *page)
{
    if (page->length == 0) {
        page->columns = page->spaces = 0;
        return;
    }
    fputs(page->titled ? "<pre>" : "<h1>", page->to);
    write_line(page);
    fputs(page->titled ? "</pre>\n" : "</h1>\n", page->to);
    page->titled = true;
}

void html_line(struct page *page, enum style style, const char *text)
{
    if (!page->titled || style != STYLE_STRONG || page->length > 0) {
        html_add(page, style, text);
        html_end(page);
        return;
    }
    fputs("<h2>", page->to);
    html_text(page->to, text);
    fputs("</h2>\n", page->to);
}

void html_fill(struct page *page, enum style style, const char *text)
{
    fputs("<p>", page->to);
    if (page->length > 0) {
        write_line(page);
        fputc(' ', page->to);
    }
    page->spaces = 0;
    write_styled(page->to, style, text);
    fputs("</p>\n", page->to);
}

static void write_cell(const struct column *column, const struct cell *cell, bool names, FILE *to)
{
    fprintf(to, names ? "<th scope=\"row\"%s>" : "<td%s>", column->right ? " class=\"n\"" : "");
    if (cell->mark) {
        write_styled(to, cell->mark_style, cell->mark);
        fputc(' ', to);
    }
    write_styled(to, cell->style, cell->text);
    fputs(names ? "</th>" : "</td>", to);
}

void html_table(const struct table *table, struct page *page, const size_t *shown)
{
    FILE *to = page->to;
    if (table->columns[0].header[0])
        html_line(page, STYLE_STRONG, table->columns[0].header);
    fputs("<div class=\"wide\"><table>\n<thead><tr>", to);
    for (size_t c = 0; c < table->n_columns; c++) {
        if (c > 0 && !shown[c])
            continue;
        const bool empty = c == 0 || !table->columns[c].header[0];
        fprintf(to, empty ? "<td%s>" : "<th scope=\"col\"%s>",
                table->columns[c].right ? " class=\"n\"" : "");
        html_text(to, c == 0 ? "" : table->columns[c].header);
        fputs(empty ? "</td>" : "</th>", to);
    }
    fputs("</tr></thead>\n<tbody>\n", to);
    for (size_t r = 0; r < table->n_rows; r++) {
        fputs("<tr>", to);
        for (size_t c = 0; c < table->n_columns; c++)
            if (c == 0 || shown[c])
                write_cell(&table->columns[c], &table->cells[r][c], c == 0, to);
        fputs("</tr>\n", to);
    }
    fputs("</tbody></table></div>\n", to);
}
