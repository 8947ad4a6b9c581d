/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen of a sizing: what is needed where, what keeps the promises, what one agent is worth,
 * what it costs and how far from the least that may be. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include <tiersim/report.h>

#include "base/text.h"
#include "report/format.h"
#include "report/page.h"
#include "report/promise_table.h"
#include "report/screen_parts.h"

enum { LINE = 1024, WORDS = FORMAT_VALUE * 2 };

struct view {
    struct page                     page;
    const struct tsim_sizing       *sizing;
    const struct tsim_size_info    *info;
    const struct tsim_size_pool    *pools;
    const struct tsim_size_promise *promises;
    size_t                          n_pools, n_promises;
};

/* The cost of agents: money, or hours where not every pool has a wage. */
static char *cost_words(const struct view *view, double cost, char *to, size_t size)
{
    if (view->info->money)
        return format_value(cost, TSIM_UNIT_MONEY, view->info->currency, view->page.ascii, to,
                            size);
    snprintf(to, size, "%.*f agent%chours", cost < 100 ? 1 : 0, cost, PAGE_GLUE);
    return to;
}

static char *value_words(const struct view *view, size_t promise, double value, char *to,
                         size_t size)
{
    return promise_value(&view->page, &view->promises[promise], view->info->currency, value, to,
                         size);
}

/* ---- the answer in a sentence */

static void say_found(struct view *view)
{
    const struct tsim_size_info *info = view->info;
    char                         buffer[LINE];
    struct text                  text;
    size_t                       unknown = 0;
    for (size_t i = 0; i < view->n_promises; i++)
        unknown += !view->promises[i].estimate.defined;
    if (unknown > 0 && unknown == view->n_promises) {
        page_fill(&view->page, 2, STYLE_WARN, "No promise can be measured, for nobody came whom "
                                              "one is about: any staffing will do.");
        return;
    }
    text_open(&text, buffer, sizeof buffer);
    if (info->unsure || info->verified == 0)
        text_add(&text, "UNSURE: this staffing is the best found, but fresh replications do not "
                 "show with %.4g%c%% confidence that every promise is kept%s. More --reps tell "
                 "more.", info->confidence * 100, PAGE_GLUE,
                 info->days > 0 ? " on enough days" : "");
    else
        text_add(&text, "Cheapest staffing found that keeps every promise %s, with %.4g%c%% "
                 "confidence.", info->days > 0 ? "on enough days" : "on average",
                 info->confidence * 100, PAGE_GLUE);
    if (unknown > 0)
        text_add(&text, " %zu of the %zu cannot be measured: nobody came whom %s about.", unknown,
                 view->n_promises, unknown == 1 ? "it is" : "they are");
    page_fill(&view->page, 2, info->unsure || unknown > 0 ? STYLE_WARN : STYLE_STRONG, buffer);
}

/* Why it is that no number of agents keeps a promise. */
static void say_infeasible(struct view *view)
{
    const struct tsim_size_promise *promise = &view->promises[view->info->broken];
    char        buffer[LINE], name[FORMAT_NAME], target[FORMAT_NAME], value[WORDS];
    struct text text;
    text_open(&text, buffer, sizeof buffer);
    value_words(view, view->info->broken, promise->estimate.value, value, sizeof value);
    text_add(&text, "No staffing keeps every promise: %s %s. ",
             promise_name(&view->page, promise, view->info->currency, 60, name),
             promise_target(&view->page, promise, view->info->currency, target));
    if (view->info->budget)
        text_add(&text, "The cheapest staffing that keeps all the others costs %s a day in all.",
                 value);
    else if (view->info->certain)
        text_add(&text, "That asks for certainty, and chance may always bring more contacts at "
                 "once than there are agents. With the staffing below it is %s; ask for a little "
                 "less.", value);
    else
        text_add(&text, "The best that was reached is %s, with the staffing below.", value);
    page_fill(&view->page, 2, STYLE_BAD, buffer);
}

/* What was tried to find out why: all that would let the promise be kept; else what moves it
 * most. */
static void say_reasons(struct view *view)
{
    static const char *const causes[] = {
        "nobody gave up waiting", "work took no time", "every pool might approve everything",
        "no pool had an at_most", "agents were there all the time",
        "every tier solved all it tries", "the vendor was done at once",
    };
    size_t                         n, keeping = 0, most = 0;
    const struct tsim_size_reason *reasons = tsim_sizing_reasons(view->sizing, &n);
    const struct tsim_size_promise *promise = &view->promises[view->info->broken];
    const double sign = promise->at_least ? 1 : -1;
    char         buffer[LINE], value[WORDS], name[FORMAT_NAME];
    struct text  text;
    if (view->info->feasible || n == 0)
        return;
    text_open(&text, buffer, sizeof buffer);
    for (size_t k = 0; k < n; k++) {
        value_words(view, view->info->broken, reasons[k].value, value, sizeof value);
        if (reasons[k].cause == TSIM_CAUSE_PROMISE || !reasons[k].keeps) {
            most = sign * reasons[k].value > sign * reasons[most].value ||
                   reasons[most].cause == TSIM_CAUSE_PROMISE ? k : most;
            continue;
        }
        text_add(&text, "%s %s (%s)", keeping++ ? ", or if" : "It would be kept if",
                 causes[reasons[k].cause], value);
    }
    value_words(view, view->info->broken, reasons[most].value, value, sizeof value);
    if (keeping > 0)
        text_add(&text, ".");
    else if (reasons[most].cause != TSIM_CAUSE_PROMISE)
        text_add(&text, "Not even if %s would it be kept: %s.", causes[reasons[most].cause], value);
    if (reasons[0].cause == TSIM_CAUSE_PROMISE) {
        value_words(view, reasons[0].other, reasons[0].other_value, value, sizeof value);
        text_add(&text, "%sWhere the staffing keeps it, another promise is broken: %s %s.",
                 text.length ? " " : "",
                 promise_name(&view->page, &view->promises[reasons[0].other],
                              view->info->currency, 60, name), value);
    }
    page_end(&view->page);
    page_add(&view->page, STYLE_STRONG, "Why");
    page_pad(&view->page, 9);
    page_fill(&view->page, 9, STYLE_PLAIN, buffer);
}

static void say_answer(struct view *view)
{
    const struct tsim_size_info *info = view->info;
    char        name[FORMAT_NAME];
    struct page *page = &view->page;
    page_add(page, STYLE_STRONG, format_name(info->scenario, page->width - 1, page->ascii, name,
                                             sizeof name));
    page_end(page);
    page_end(page);
    page_add(page, STYLE_PLAIN, "  ");
    if (!info->complete)
        page_fill(page, 2, STYLE_WARN, "PARTIAL: stopped early; this is the best so far, and not "
                                       "verified.");
    else if (info->feasible)
        say_found(view);
    else
        say_infeasible(view);
}

/* ---- pools */

static void set_number(struct table *table, size_t column, enum style style, uint32_t number)
{
    char text[FORMAT_VALUE];
    table_set(table, column, style, format_whole(number, text, sizeof text));
}

static void pool_table(struct view *view)
{
    static const struct column columns[] = {
        { .header = "AGENTS", .shrinks = 10 },       { .header = "pool", .shrinks = 8, .drop = 3 },
        { .header = "now", .right = true },
        { .header = "formula", .right = true, .drop = 4 },
        { .header = "need", .right = true },
        { .header = "payroll", .right = true, .drop = 2 },
        { .header = "load", .right = true, .drop = 5 },
        { .header = "busy", .right = true, .drop = 1 },
        { .header = "cost a day", .right = true },
    };
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);
    for (size_t p = 0; table && p < view->n_pools && table_row(table); p++) {
        const struct tsim_size_pool *pool = &view->pools[p];
        char name[FORMAT_NAME], text[FORMAT_VALUE];
        table_set(table, 0, STYLE_PLAIN,
                  format_name(pool->tier, 30, view->page.ascii, name, sizeof name));
        table_set(table, 1, STYLE_FAINT,
                  format_name(pool->pool, 30, view->page.ascii, name, sizeof name));
        if (pool->fixed) {
            table_set(table, 4, STYLE_FAINT, "none");
            continue;
        }
        set_number(table, 2, STYLE_PLAIN, pool->now);
        set_number(table, 3, STYLE_FAINT, pool->preplan);
        set_number(table, 4, STYLE_STRONG, pool->need);
        set_number(table, 5, STYLE_PLAIN, pool->payroll);
        snprintf(text, sizeof text, "%.1f", pool->load);
        table_set(table, 6, STYLE_FAINT, text);
        if (pool->occupancy.defined)
            table_set(table, 7, STYLE_PLAIN,
                      format_value(pool->occupancy.value, TSIM_UNIT_SHARE, NULL,
                                   view->page.ascii, text, sizeof text));
        table_set(table, 8, STYLE_PLAIN, cost_words(view, pool->cost, text, sizeof text));
    }
    page_end(&view->page);
    if (table)
        table_write(table, &view->page, 2);
    free(table);
}

/* The number of every interval, for staff that changes over time. */
static void interval_lines(struct view *view)
{
    for (size_t p = 0; view->info->per_interval && p < view->n_pools; p++) {
        char        buffer[LINE * 4], name[FORMAT_NAME];
        struct text text;
        if (view->pools[p].fixed)
            continue;
        text_open(&text, buffer, sizeof buffer);
        for (uint32_t i = 0; i < view->info->intervals; i++)
            text_add(&text, "%s%" PRIu32, i ? " " : "",
                     tsim_sizing_agents(view->sizing, TSIM_SIZE_NEED, p, i));
        if (p == 0) {
            snprintf(name, sizeof name, "by interval of %.4g min, from %s %02u:%02u on",
                     view->info->interval_s / 60, view->info->start_day,
                     view->info->start_second / 3600, view->info->start_second / 60 % 60);
            page_end(&view->page);
            page_add(&view->page, STYLE_STRONG, name);
            page_end(&view->page);
        }
        page_add(&view->page, STYLE_PLAIN, "  ");
        page_add(&view->page, STYLE_PLAIN,
                 format_name(view->pools[p].tier, 14, view->page.ascii, name, sizeof name));
        page_pad(&view->page, 18);
        page_fill(&view->page, 18, STYLE_PLAIN, buffer);
    }
}

/* ---- one agent less, one more */

/* " at Mon 14:30" of a report interval; nothing where there is one number for the whole time. */
static const char *at_words(const struct view *view, uint32_t interval, char *to, size_t size)
{
    const struct tsim_size_info *info = view->info;
    const double day_s = 86400, t = info->start_second + interval * info->interval_s;
    to[0] = 0;
    if (interval == UINT32_MAX)
        return to;
    const int at = (int)fmod(t, day_s);
    if (t >= day_s)
        snprintf(to, size, " at %02d:%02d of day %d", at / 3600, at / 60 % 60,
                 (int)(t / day_s) + 1);
    else
        snprintf(to, size, " at %02d:%02d", at / 3600, at / 60 % 60);
    return to;
}

/* Whether a value is on the wrong side of its promise by itself, and not only too near to it. */
static bool is_wrong(const struct tsim_size_promise *promise, double value)
{
    return promise->at_least ? value < promise->target : value > promise->target;
}

static void add_fewer(struct view *view, const struct tsim_size_pool *pool, struct text *text)
{
    const struct tsim_size_promise *of = &view->promises[pool->fewer_promise];
    char less[WORDS], promise[FORMAT_NAME], at[FORMAT_VALUE];
    value_words(view, pool->fewer_promise, pool->fewer_value, less, sizeof less);
    promise_name(&view->page, of, view->info->currency, 50, promise);
    text_add(text, "one fewer%s %s: %s %s%s",
             at_words(view, pool->fewer_interval, at, sizeof at),
             !pool->fewer_breaks                    ? "alone breaks nothing"
             : is_wrong(of, pool->fewer_value) ? "breaks"
                                                    : "is no longer sure", promise,
             of->by_days ? "on " : "", less);
}

static void neighbour_lines(struct view *view)
{
    bool any = false;
    for (size_t p = 0; p < view->n_pools; p++) {
        const struct tsim_size_pool *pool = &view->pools[p];
        char buffer[LINE], name[FORMAT_NAME], more[WORDS], cost[FORMAT_VALUE], at[FORMAT_VALUE];
        struct text text;
        if (!pool->fewer_known)
            continue;
        if (!any) {
            page_end(&view->page);
            page_line(&view->page, STYLE_STRONG, "ONE AGENT");
        }
        any = true;
        value_words(view, pool->fewer_promise, pool->more_value, more, sizeof more);
        text_open(&text, buffer, sizeof buffer);
        add_fewer(view, pool, &text);
        if (pool->more_known)
            text_add(&text, "; one more%s: %s", at_words(view, pool->more_interval, at, sizeof at),
                     more);
        else
            text_add(&text, "; it may have no more (at_most)");
        if (pool->more_known && view->info->money)
            text_add(&text, ", %s%s a day in all", pool->more_cost < 0 ? "" : "+",
                     cost_words(view, pool->more_cost, cost, sizeof cost));
        page_add(&view->page, STYLE_PLAIN, "  ");
        page_add(&view->page, STYLE_PLAIN,
                 format_name(pool->pool, 18, view->page.ascii, name, sizeof name));
        page_pad(&view->page, 22);
        page_fill(&view->page, 22, STYLE_PLAIN, buffer);
    }
}

/* ---- money, and how it was found */

static void cost_lines(struct view *view)
{
    const struct tsim_size_info *info = view->info;
    char        buffer[LINE], now[FORMAT_VALUE], need[FORMAT_VALUE];
    struct text text;
    if (!info->feasible && !info->budget)
        return;
    text_open(&text, buffer, sizeof buffer);
    text_add(&text, "agents a day %s now, %s needed",
             cost_words(view, info->cost_now, now, sizeof now),
             cost_words(view, info->cost, need, sizeof need));
    if (info->cost_now > 0)
        text_add(&text, " (%+.1f%c%%)", (info->cost / info->cost_now - 1) * 100, PAGE_GLUE);
    text_add(&text, "; by formulas alone %s.",
             cost_words(view, info->cost_preplan, now, sizeof now));
    if (info->money && info->total.defined && info->total_now.defined)
        text_add(&text, " The desk's whole cost: %s now, %s then.",
                 cost_words(view, info->total_now.value, now, sizeof now),
                 cost_words(view, info->total.value, need, sizeof need));
    page_end(&view->page);
    screen_note(&view->page, "Cost", buffer);
}

static void sure_lines(struct view *view)
{
    const struct tsim_size_info *info = view->info;
    char        buffer[LINE], number[FORMAT_VALUE], bound[FORMAT_VALUE];
    struct text text;
    text_open(&text, buffer, sizeof buffer);
    text_add(&text, "%s plans ", format_whole(info->candidates, number, sizeof number));
    text_add(&text, "simulated on the same customers (%" PRIu32 " replications)", info->searched);
    if (info->verified > 0)
        text_add(&text, ", the answer verified on %s fresh ones",
                 format_whole(info->verified, number, sizeof number));
    text_add(&text, "; %s contacts in all. ",
             format_whole(info->contacts, number, sizeof number));
    if (info->feasible && info->bound > 0 && info->cost > 0) {
        if (info->cost <= info->bound * (1 + 1e-9) && !info->bound_by_slopes)
            text_add(&text, "Each pool needs that many even if all others were ample: no cheaper "
                     "staffing was possible on these customers.");
        else
            text_add(&text, "Not proven cheapest: the lower bound is %s (gap %.1f%c%%)%s.",
                     cost_words(view, info->bound, bound, sizeof bound),
                     (1 - info->bound / info->cost) * 100, PAGE_GLUE,
                     info->bound_by_slopes ? ", if each further agent adds less than the one "
                                             "before" : "");
    }
    screen_note(&view->page, "Sure", buffer);
}

static void folder_line(struct view *view, const struct tsim_screen_options *options)
{
    char buffer[LINE], name[FORMAT_NAME];
    if (!options->folder)
        return;
    snprintf(buffer, sizeof buffer, "in %s; what that staffing does, in its folder staffed",
             format_name(options->folder, 60, view->page.ascii, name, sizeof name));
    page_end(&view->page);
    screen_note(&view->page, "Results", buffer);
}

static void next_line(struct view *view, const struct tsim_screen_options *options)
{
    char buffer[LINE], name[FORMAT_NAME];
    if (!options->scenario || !view->info->feasible)
        return;
    snprintf(buffer, sizeof buffer, "%s size %s --apply staffed.json",
             options->command ? options->command : "tiersim",
             format_name(options->scenario, 60, view->page.ascii, name, sizeof name));
    page_end(&view->page);
    screen_note(&view->page, "Next", buffer);
}

void tsim_report_sizing(const struct tsim_sizing *sizing,
                        const struct tsim_screen_options *options, FILE *to)
{
    struct view view = { .sizing = sizing, .info = tsim_sizing_info(sizing) };
    options = screen_open(&view.page, options, to);
    view.pools = tsim_sizing_pools(sizing, &view.n_pools);
    view.promises = tsim_sizing_promises(sizing, &view.n_promises);
    say_answer(&view);
    pool_table(&view);
    interval_lines(&view);
    promise_table(&view.page, view.promises, view.n_promises, view.info->currency);
    say_reasons(&view);
    neighbour_lines(&view);
    cost_lines(&view);
    sure_lines(&view);
    folder_line(&view, options);
    next_line(&view, options);
}
