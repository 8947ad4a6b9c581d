/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen of a stress test: what breaks first, the promises, then a row for every stress. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tiersim/report.h>

#include "base/text.h"
#include "report/format.h"
#include "report/page.h"
#include "report/screen_parts.h"
#include "report/stressed.h"

enum { LINE = 1024, PROMISES_SHOWN = 6, BESIDE_MOST = 2, HEAL_COLUMNS = 30 };

struct view {
    struct page                    page;
    const struct tsim_stress      *stress;
    const struct tsim_stress_info *info;
    const struct tsim_stressed    *list;
    const struct tsim_promise     *promises;
    size_t                         n, n_promises;
};

static void header(struct view *view)
{
    const size_t n = view->n - 1; /* the first is the scenario as it is */
    char         buffer[LINE];
    snprintf(buffer, sizeof buffer, "%zu %s", n, n == 1 ? "stress" : "stresses");
    screen_paired(&view->page, tsim_comparison_info(tsim_stress_comparison(view->stress)), buffer,
                  view->info->complete);
    page_end(&view->page);
    stressed_answer(view->stress, view->page.ascii, buffer, sizeof buffer);
    page_fill(&view->page, 2, STYLE_STRONG, buffer);
}

/* ---- promises, with the letters of the columns below */

static const char *const letters[PROMISES_SHOWN] = { "A", "B", "C", "D", "E", "F" };


static void promise_rows(struct view *view)
{
    static const struct column columns[] = {
        { .header = "" },
        { .header = "PROMISES", .shrinks = 30 },
        { .header = "target", .right = true },
        { .header = "breaks at demand", .right = true },
    };
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);
    for (size_t k = 0; table && k < view->n_promises && table_row(table); k++) {
        const struct tsim_promise *promise = &view->promises[k];
        char name[FORMAT_NAME], value[FORMAT_VALUE], text[TABLE_CELL];
        table_set(table, 0, STYLE_STRONG, k < PROMISES_SHOWN ? letters[k] : "");
        table_set(table, 1, STYLE_PLAIN,
                  format_name(promise->text, 60, view->page.ascii, name, sizeof name));
        snprintf(text, sizeof text, "%s %s",
                 promise->at_least ? view->page.signs->at_least : view->page.signs->at_most,
                 format_target(promise->target, promise->unit, view->info->currency,
                               view->page.ascii, value, sizeof value));
        table_set(table, 2, STYLE_PLAIN, text);
        const bool first = k == view->info->first;
        table_set(table, 3, first ? STYLE_BAD : STYLE_PLAIN,
                  stressed_breaks_at(view->stress, k, value, sizeof value));
    }
    page_end(&view->page);
    if (table)
        table_write(table, &view->page, 2);
    free(table);
}

/* ---- stresses */

static void set_promise(const struct view *view, struct table *table, size_t i, size_t k)
{
    const struct tsim_promise *promise = tsim_stress_promise(view->stress, i, k);
    const struct signs        *signs = view->page.signs;
    char                       value[FORMAT_VALUE];
    const char                *sign = signs->unknown;
    enum style                 style = STYLE_FAINT;
    if (!promise || !promise->estimate.defined) {
        table_set(table, k + 1, STYLE_FAINT, signs->dash);
        return;
    }
    if (promise->verdict == TSIM_KEPT) {
        sign = signs->kept;
        style = STYLE_GOOD;
    } else if (promise->verdict == TSIM_BROKEN) {
        sign = signs->broken;
        style = STYLE_BAD;
    } else if (promise->verdict == TSIM_TOO_CLOSE) {
        sign = signs->close;
        style = STYLE_WARN;
    }
    table_set(table, k + 1, STYLE_PLAIN,
              format_value(promise->estimate.value, promise->unit, view->info->currency,
                           view->page.ascii, value, sizeof value));
    table_mark(table, k + 1, style, sign);
}

/* What heals each, below the table. */
static void heals(struct view *view)
{
    bool first = true;
    for (size_t i = 0; i < view->n; i++) {
        char        buffer[LINE], name[FORMAT_NAME], heal[FORMAT_NAME];
        const char *words = stressed_heal(&view->list[i]);
        if (!*words)
            continue;
        snprintf(buffer, sizeof buffer, "%s: %s",
                 format_name(view->list[i].name, 40, view->page.ascii, name, sizeof name),
                 format_name(words, 120, view->page.ascii, heal, sizeof heal));
        if (first)
            page_end(&view->page);
        page_add(&view->page, STYLE_STRONG, first ? "Heals" : "");
        page_pad(&view->page, 9);
        page_fill(&view->page, 11, STYLE_PLAIN, buffer);
        first = false;
    }
}

/* Whether it stands beside the promises: where they are few, and it is short. */
static bool heals_beside(const struct view *view)
{
    bool is = view->n_promises <= BESIDE_MOST;
    for (size_t i = 0; i < view->n; i++)
        is &= text_columns(stressed_heal(&view->list[i])) <= HEAL_COLUMNS;
    return is;
}

static void stress_rows(struct view *view)
{
    const size_t  shown = view->n_promises < PROMISES_SHOWN ? view->n_promises : PROMISES_SHOWN;
    const bool    beside = heals_beside(view);
    struct column columns[PROMISES_SHOWN + 2] = { { .header = "STRESS", .shrinks = 20 } };
    for (size_t k = 0; k < shown; k++)
        columns[k + 1] = (struct column){ .header = letters[k], .right = true };
    columns[shown + 1] = (struct column){ .header = "what heals it" };
    struct table *table = table_new(columns, shown + 1 + beside);
    for (size_t i = 0; table && i < view->n && table_row(table); i++) {
        char name[FORMAT_NAME], heal[FORMAT_NAME];
        table_set(table, 0, i == 0 ? STYLE_STRONG : STYLE_PLAIN,
                  format_name(view->list[i].name, 40, view->page.ascii, name, sizeof name));
        for (size_t k = 0; k < shown; k++)
            set_promise(view, table, i, k);
        if (beside)
            table_set(table, shown + 1, STYLE_PLAIN,
                      format_name(stressed_heal(&view->list[i]), 60, view->page.ascii, heal,
                                  sizeof heal));
    }
    page_end(&view->page);
    if (table)
        table_write(table, &view->page, 2);
    free(table);
    if (!beside)
        heals(view);
}

static void notes(struct view *view)
{
    char        buffer[LINE], tried[FORMAT_VALUE];
    struct text text;
    bool        healed = false;
    for (size_t i = 0; i < view->n; i++)
        healed |= view->list[i].healing == TSIM_HEAL_FOUND;
    text_open(&text, buffer, sizeof buffer);
    text_add(&text, "%s, %s and %s are by intervals of %.4g %%, each its own; where demand breaks "
                    "a promise is read off a straight line between the rises tried.",
             view->page.signs->kept, view->page.signs->broken, view->page.signs->close,
             100 * view->info->confidence);
    if (healed)
        text_add(&text, " What heals keeps every promise by its whole interval, with the fewest "
                        "added agents found in %s staffings tried.",
                 format_whole(view->info->tried, tried, sizeof tried));
    page_end(&view->page);
    screen_note(&view->page, "Sure", buffer);
}

void tsim_report_stress(const struct tsim_stress *stress,
                        const struct tsim_screen_options *options, FILE *to)
{
    struct view view = { .stress = stress, .info = tsim_stress_info(stress) };
    view.list = tsim_stress_list(stress, &view.n);
    view.promises = stressed_promises(stress, &view.n_promises);
    options = screen_open(&view.page, options, to);
    header(&view);
    promise_rows(&view);
    stress_rows(&view);
    notes(&view);
    screen_wrote(&view.page, options->folder);
}
