/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/page_html.h - a page in a browser: what page.h does where page->html is set.
 *
 * The first line is the title. Filled words are paragraphs, with what stood before them on their
 * line as its head; tables are tables, with every column that has something to show, and their
 * heading above; other lines keep their spaces. Everything is escaped.
 */
#ifndef REPORT_PAGE_HTML_H
#define REPORT_PAGE_HTML_H

#include "report/page.h"

/* Text with & < > " written as HTML wants them; a glued blank does not break. */
void html_text(FILE *to, const char *text);

void html_add(struct page *page, enum style style, const char *text);
void html_end(struct page *page);
void html_line(struct page *page, enum style style, const char *text);
void html_fill(struct page *page, enum style style, const char *text);

/* `shown` tells which columns have something. */
void html_table(const struct table *table, struct page *page, const size_t *shown);

#endif
