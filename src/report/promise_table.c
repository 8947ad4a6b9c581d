/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/promise_table.h"

#include <stdio.h>
#include <stdlib.h>


static const char *sign_of(const struct page *page, bool at_least)
{
    return at_least ? page->signs->at_least : page->signs->at_most;
}

char *promise_name(const struct page *page, const struct tsim_size_promise *promise,
                   const char *currency, size_t most, char to[FORMAT_NAME])
{
    char value[FORMAT_VALUE], name[FORMAT_NAME];
    if (!promise->by_days)
        return format_name(promise->text, most, page->ascii, to, FORMAT_NAME);
    format_target(promise->day_target, promise->day_unit, currency, page->ascii, value,
                  sizeof value);
    snprintf(to, FORMAT_NAME, "%s %s %s",
             format_name(promise->text, most, page->ascii, name, FORMAT_NAME - 2 * FORMAT_VALUE),
             sign_of(page, promise->day_at_least), value);
    return to;
}

/* "80 %", "90 % of days" */
static char *target_words(const struct page *page, const struct tsim_size_promise *promise,
                          const char *currency, char *to, size_t size)
{
    char value[FORMAT_VALUE];
    format_target(promise->target, promise->unit, currency, page->ascii, value, sizeof value);
    snprintf(to, size, "%s%s", value, promise->by_days ? " of days" : "");
    return to;
}

char *promise_target(const struct page *page, const struct tsim_size_promise *promise,
                     const char *currency, char to[FORMAT_NAME])
{
    char value[FORMAT_VALUE * 2];
    snprintf(to, FORMAT_NAME, "%s %s", sign_of(page, promise->at_least),
             target_words(page, promise, currency, value, sizeof value));
    return to;
}

char *promise_value(const struct page *page, const struct tsim_size_promise *promise,
                    const char *currency, double value, char *to, size_t size)
{
    char words[FORMAT_VALUE];
    format_value(value, promise->unit, currency, page->ascii, words, sizeof words);
    snprintf(to, size, "%s%s", words, promise->by_days ? " of days" : "");
    return to;
}

static void promise_row(struct table *table, const struct page *page,
                        const struct tsim_size_promise *promise, const char *currency)
{
    char       name[FORMAT_NAME], text[FORMAT_VALUE * 3], words[FORMAT_VALUE];
    const bool kept = promise->verdict == TSIM_KEPT;
    table_set(table, 0, STYLE_PLAIN, promise_name(page, promise, currency, 60, name));
    table_mark(table, 0,
               kept ? STYLE_GOOD : promise->verdict == TSIM_BROKEN ? STYLE_BAD : STYLE_WARN,
               kept                              ? page->signs->kept
               : promise->verdict == TSIM_BROKEN ? page->signs->broken
               : promise->estimate.defined       ? page->signs->close
                                                 : page->signs->unknown);
    table_set(table, 1, STYLE_FAINT, sign_of(page, promise->at_least));
    table_set(table, 2, STYLE_PLAIN, target_words(page, promise, currency, text, sizeof text));
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
