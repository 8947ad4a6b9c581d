/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/promise_table.h"

#include <stdio.h>
#include <stdlib.h>

#include "report/format.h"

static void promise_row(struct table *table, const struct page *page,
                        const struct tsim_size_promise *promise, const char *currency)
{
    char       name[FORMAT_NAME], text[FORMAT_VALUE * 3], words[FORMAT_VALUE];
    const bool kept = promise->verdict == TSIM_KEPT;
    table_set(table, 0, STYLE_PLAIN,
              format_name(promise->text, 60, page->ascii, name, sizeof name));
    table_mark(table, 0,
               kept ? STYLE_GOOD : promise->verdict == TSIM_BROKEN ? STYLE_BAD : STYLE_WARN,
               kept                              ? page->signs->kept
               : promise->verdict == TSIM_BROKEN ? page->signs->broken
               : promise->estimate.defined       ? page->signs->close
                                                 : page->signs->unknown);
    table_set(table, 1, STYLE_FAINT,
              promise->at_least ? page->signs->at_least : page->signs->at_most);
    format_target(promise->target, promise->unit, currency, page->ascii, words, sizeof words);
    snprintf(text, sizeof text, "%s%s", words, promise->by_days ? " of days" : "");
    table_set(table, 2, STYLE_PLAIN, text);
    if (!promise->estimate.defined) {
        table_set(table, 3, STYLE_FAINT, page->signs->dash);
        table_set(table, 4, STYLE_FAINT, "no data");
        return;
    }
    table_set(table, 3, STYLE_STRONG,
              format_value(promise->estimate.value, promise->unit, currency, page->ascii, words,
                           sizeof words));
    table_set(table, 4, STYLE_FAINT,
              format_interval(&promise->estimate, promise->unit, currency, page->ascii, text,
                              sizeof text));
}

void promise_table(struct page *page, const struct tsim_size_promise *promises, size_t n,
                   const char *currency)
{
    static const struct column columns[] = {
        { .header = "PROMISES", .shrinks = 20 }, { .header = "" }, { .header = "", .right = true },
        { .header = "", .right = true },         { .header = "", .drop = 1 },
    };
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; table && i < n && table_row(table); i++)
        promise_row(table, page, &promises[i], currency);
    page_end(page);
    if (table)
        table_write(table, page, 2);
    free(table);
}
