/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen of an empowerment: the answer in a sentence, then a row for every limit. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tiersim/report.h>

#include "base/text.h"
#include "report/empowered.h"
#include "report/format.h"
#include "report/page.h"
#include "report/screen_parts.h"

enum { LINE = 1024 };

struct view {
    struct page                         page;
    const struct tsim_empowerment      *empowerment;
    const struct tsim_empowerment_info *info;
    const struct tsim_limit            *limits;
    size_t                              n;
};

static char *money(const struct view *view, double value, char *to, size_t size)
{
    return format_value(value, TSIM_UNIT_MONEY, view->info->currency, view->page.ascii, to, size);
}

static char *limit_words(const struct view *view, size_t i, char *to, size_t size)
{
    return empowered_limit(&view->limits[i], view->info->currency, view->page.ascii, to, size);
}

static void header(struct view *view)
{
    const struct tsim_comparison_info *info =
        tsim_comparison_info(tsim_empowerment_comparison(view->empowerment));
    char what[FORMAT_NAME + 40], name[FORMAT_NAME];
    snprintf(what, sizeof what, "%zu authority limits of %s", view->n,
             format_name(view->info->tier, 30, view->page.ascii, name, sizeof name));
    screen_paired(&view->page, info, what, info->complete);
}

static void answer(struct view *view)
{
    char buffer[LINE];
    page_end(&view->page);
    empowered_answer(view->empowerment, view->page.ascii, buffer, sizeof buffer);
    page_fill(&view->page, 2, STYLE_STRONG, buffer);
}

/* ---- the table */

static void set_estimate(const struct view *view, struct table *table, size_t column,
                         const struct tsim_estimate *estimate, enum tsim_unit unit)
{
    char text[FORMAT_VALUE];
    if (!estimate->defined)
        table_set(table, column, STYLE_FAINT, view->page.signs->dash);
    else
        table_set(table, column, STYLE_PLAIN,
                  format_value(estimate->value, unit, view->info->currency, view->page.ascii, text,
                               sizeof text));
}

static void set_dearer(const struct view *view, struct table *table, size_t i)
{
    const struct tsim_limit *limit = &view->limits[i];
    char                     text[FORMAT_VALUE];
    if (i == view->info->cheapest)
        table_set(table, 2, STYLE_GOOD, "cheapest");
    else if (limit->flat)
        table_set(table, 2, STYLE_FAINT, "~");
    else
        table_set(table, 2, STYLE_PLAIN,
                  format_difference(&limit->dearer, TSIM_UNIT_MONEY, "", view->page.ascii, text,
                                    sizeof text));
}

static void rows(struct view *view)
{
    static const struct column columns[] = {
        { .header = "AUTHORITY" },
        { .header = "cost a day", .right = true },
        { .header = "dearer by", .right = true },
        { .header = "concessions", .right = true },
        { .header = "not needed", .right = true, .drop = 3 },
        { .header = "escalated", .right = true },
        { .header = "for it", .right = true, .drop = 2 },
        { .header = "wait", .right = true },
        { .header = "missed SLA", .right = true, .drop = 4 },
        { .header = "kept", .right = true },
    };
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; table && i < view->n && table_row(table); i++) {
        const struct tsim_limit *limit = &view->limits[i];
        char                     text[LINE], words[FORMAT_VALUE];
        snprintf(text, sizeof text, "%s%s", limit_words(view, i, words, sizeof words),
                 limit->now ? " (now)" : "");
        table_set(table, 0, limit->now ? STYLE_STRONG : STYLE_PLAIN, text);
        set_estimate(view, table, 1, &limit->cost, TSIM_UNIT_MONEY);
        set_dearer(view, table, i);
        set_estimate(view, table, 3, &limit->concessions, TSIM_UNIT_MONEY);
        set_estimate(view, table, 4, &limit->leakage, TSIM_UNIT_MONEY);
        set_estimate(view, table, 5, &limit->escalated, TSIM_UNIT_SHARE);
        set_estimate(view, table, 6, &limit->for_authority, TSIM_UNIT_SHARE);
        set_estimate(view, table, 7, &limit->wait, TSIM_UNIT_DURATION);
        set_estimate(view, table, 8, &limit->breach, TSIM_UNIT_SHARE);
        snprintf(text, sizeof text, "%zu of %zu", limit->kept, view->info->promises);
        table_set(table, 9, STYLE_PLAIN, view->info->promises ? text : view->page.signs->dash);
    }
    page_end(&view->page);
    if (table)
        table_write(table, &view->page, 2);
    free(table);
}

/* ---- below it */

static void promises(struct view *view)
{
    const struct tsim_comparison *comparison = tsim_empowerment_comparison(view->empowerment);
    size_t                        n;
    const struct tsim_promise    *promise =
        tsim_result_promises(tsim_comparison_result(comparison, 0), &n);
    for (size_t k = 0; k < n; k++) {
        const size_t from = tsim_empowerment_keeps(view->empowerment, k);
        char         buffer[LINE], name[FORMAT_NAME], words[FORMAT_VALUE];
        if (from < view->n)
            snprintf(buffer, sizeof buffer, "%s: kept from %s on",
                     format_name(promise[k].text, 50, view->page.ascii, name, sizeof name),
                     limit_words(view, from, words, sizeof words));
        else
            snprintf(buffer, sizeof buffer, "%s: not kept by the largest limit",
                     format_name(promise[k].text, 50, view->page.ascii, name, sizeof name));
        page_add(&view->page, STYLE_STRONG, k == 0 ? "Kept" : "");
        page_pad(&view->page, 9);
        page_fill(&view->page, 11, STYLE_PLAIN, buffer);
    }
}

static void notes(struct view *view)
{
    const struct tsim_comparison_info *info =
        tsim_comparison_info(tsim_empowerment_comparison(view->empowerment));
    char        buffer[LINE], words[FORMAT_VALUE], cost[FORMAT_VALUE];
    struct text text;
    if (view->info->no_queue_known) {
        const size_t best = view->info->no_queue_cheapest;
        snprintf(buffer, sizeof buffer,
                 "concessions and the wages of settling them would be least at %s, with %s a day.",
                 limit_words(view, best, words, sizeof words),
                 money(view, view->limits[best].no_queue, cost, sizeof cost));
        screen_note(&view->page, "No queue", buffer);
    }
    text_open(&text, buffer, sizeof buffer);
    text_add(&text, "differences are paired; all between the limits hold together with %.4g %% "
                    "(Bonferroni).", info->confidence * 100);
    if (info->reduction > 0)
        text_add(&text, " The same customers made the variance %.*f times smaller (median).",
                 info->reduction < 10 ? 1 : 0, info->reduction);
    screen_note(&view->page, "Sure", buffer);
}

void tsim_report_empowerment(const struct tsim_empowerment *empowerment,
                             const struct tsim_screen_options *options, FILE *to)
{
    struct view view = { .empowerment = empowerment,
                         .info = tsim_empowerment_info(empowerment) };
    view.limits = tsim_empowerment_limits(empowerment, &view.n);
    options = screen_open(&view.page, options, to);
    header(&view);
    answer(&view);
    rows(&view);
    page_end(&view.page);
    promises(&view);
    notes(&view);
    screen_wrote(&view.page, options->folder);
}
