/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levers: a row for each combination, then the sizing of the best; and the same for programs. */
#include <math.h>
#include <stdlib.h>

#include <tiersim/report.h>

#include "base/csv.h"
#include "base/json.h"
#include "base/text.h"
#include "report/format.h"
#include "report/json_parts.h"
#include "report/page.h"
#include "report/screen_parts.h"

enum { LINE = 1024, AGENTS = 200 };

/* "17, 6 and 2 agents" would be long: 17 · 6 · 2, in the order of the pools. */
static const char *agents_words(const struct tsim_sizing *sizing, bool ascii, char *to, size_t size)
{
    size_t                       n, said = 0;
    const struct tsim_size_pool *pools = tsim_sizing_pools(sizing, &n);
    struct text                  text;
    text_open(&text, to, size);
    for (size_t p = 0; p < n; p++)
        if (!pools[p].fixed)
            text_add(&text, "%s%u", said++ ? ascii ? " / " : " · " : "", (unsigned)pools[p].need);
    return to;
}

static void set_cost(struct table *table, size_t column, const struct tsim_size_info *info,
                     double cost, bool ascii)
{
    char words[FORMAT_VALUE];
    if (info->money)
        format_value(cost, TSIM_UNIT_MONEY, info->currency, ascii, words, sizeof words);
    else
        snprintf(words, sizeof words, "%.0f h", cost);
    table_set(table, column, STYLE_PLAIN, words);
}

static void write_row(struct table *table, const struct tsim_levers *levers, size_t k, bool ascii)
{
    size_t                       n;
    const struct tsim_lever     *lever = &tsim_levers_all(levers, &n)[k];
    const struct tsim_size_info *info = tsim_sizing_info(lever->sizing);
    char words[FORMAT_NAME], agents[AGENTS], low[FORMAT_VALUE], high[FORMAT_VALUE];
    table_set(table, 0, k == tsim_levers_best(levers) ? STYLE_STRONG : STYLE_PLAIN,
              format_name(lever->name, 60, ascii, words, sizeof words));
    if (lever->end != TSIM_LEVER_SIZED) {
        table_set(table, 1, STYLE_FAINT,
                  lever->end == TSIM_LEVER_DROPPED ? "too dear: dropped" : "promises not kept");
        return;
    }
    table_set(table, 1, STYLE_PLAIN, agents_words(lever->sizing, ascii, agents, sizeof agents));
    set_cost(table, 2, info, info->cost, ascii);
    set_cost(table, 3, info, lever->cost, ascii);
    if (k == tsim_levers_best(levers))
        table_set(table, 4, STYLE_GOOD, "best");
    if (!lever->dearer.has_interval)
        return;
    format_value(lever->dearer.low, TSIM_UNIT_MONEY, "", ascii, low, sizeof low);
    format_value(lever->dearer.high, TSIM_UNIT_MONEY, "", ascii, high, sizeof high);
    snprintf(words, sizeof words, "%+.0f (%s %s %s)", lever->dearer.value, low,
             ascii ? "to" : "…", high);
    table_set(table, 4, STYLE_FAINT, words);
}

/* The first combination but the best that was sized; n: none. */
static size_t other_sized(const struct tsim_levers *levers)
{
    size_t                   n;
    const struct tsim_lever *all = tsim_levers_all(levers, &n);
    for (size_t k = 0; k < n; k++)
        if (all[k].end == TSIM_LEVER_SIZED && k != tsim_levers_best(levers))
            return k;
    return n;
}

/* The best in a sentence: "authority = 100, and 3 fewer shift leads than with authority = 50." */
static void say_best(struct page *page, const struct tsim_levers *levers)
{
    enum { LINE_MOST = 1024 };
    size_t                       n, pools;
    const struct tsim_lever     *all = tsim_levers_all(levers, &n);
    const size_t                 best = tsim_levers_best(levers), other = other_sized(levers);
    char                         buffer[LINE_MOST], name[FORMAT_NAME];
    struct text                  text;
    size_t                       said = 0;
    if (best >= n || other >= n)
        return;
    const struct tsim_size_pool *with = tsim_sizing_pools(all[best].sizing, &pools);
    const struct tsim_size_pool *without = tsim_sizing_pools(all[other].sizing, &pools);
    text_open(&text, buffer, sizeof buffer);
    text_add(&text, "%s", format_name(all[best].name, 60, page->ascii, name, sizeof name));
    for (size_t p = 0; p < pools; p++) {
        const double by = (double)with[p].need - without[p].need;
        if (with[p].fixed || by == 0)
            continue;
        text_add(&text, "%s %.0f %s %s", said++ ? "," : ", and", fabs(by),
                 by < 0 ? "fewer" : "more",
                 format_name(with[p].pool, 30, page->ascii, name, sizeof name));
    }
    text_add(&text, "%s with %s.", said ? " than" : ", and as many people as",
             format_name(all[other].name, 60, page->ascii, name, sizeof name));
    page_add(page, STYLE_STRONG, "Best");
    page_pad(page, 9);
    page_fill(page, 9, STYLE_PLAIN, buffer);
}

void tsim_report_levers(const struct tsim_levers *levers,
                        const struct tsim_screen_options *options, FILE *to)
{
    static const struct column columns[] = {
        { .header = "LEVERS", .shrinks = 20 },  { .header = "agents" },
        { .header = "agents a day", .right = true, .drop = 2 },
        { .header = "whole cost", .right = true }, { .header = "dearer a day", .drop = 1 },
    };
    size_t        n;
    struct page   page;
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);
    options = screen_open(&page, options, to);
    tsim_levers_all(levers, &n);
    for (size_t k = 0; table && k < n && table_row(table); k++)
        write_row(table, levers, k, options->ascii);
    if (table)
        table_write(table, &page, 2);
    free(table);
    if (!tsim_levers_complete(levers))
        page_line(&page, STYLE_WARN, "PARTIAL: stopped early; other combinations were not tried.");
    else if (tsim_levers_best(levers) >= n)
        page_line(&page, STYLE_BAD, "No combination has a staffing that keeps every promise.");
    page_end(&page);
    say_best(&page, levers);
    page_end(&page);
    if (tsim_levers_best(levers) < n)
        tsim_report_sizing(tsim_levers_all(levers, &n)[tsim_levers_best(levers)].sizing, options,
                           to);
}

static const char *const ends[] = { "sized", "dropped", "infeasible" };

bool tsim_report_levers_json(const struct tsim_levers *levers, FILE *to)
{
    size_t                   n;
    const struct tsim_lever *all = tsim_levers_all(levers, &n);
    part_head(to, "levers");
    fprintf(to, ",\n  \"complete\": %s,\n  \"levers\": [",
            tsim_levers_complete(levers) ? "true" : "false");
    for (size_t k = 0; k < n; k++) {
        const struct tsim_size_info *info = tsim_sizing_info(all[k].sizing);
        fputs(k ? ",\n    { " : "\n    { ", to);
        part_text(to, "settings", all[k].settings);
        fprintf(to, ", \"best\": %s, ", k == tsim_levers_best(levers) ? "true" : "false");
        member_text(to, "end", ends[all[k].end]);
        member_text(to, "staffing", tsim_sizing_settings(all[k].sizing));
        member_number(to, "agents_cost_per_day",
                      all[k].end == TSIM_LEVER_SIZED ? info->cost : (double)NAN);
        member_number(to, "cost_per_day",
                      all[k].end == TSIM_LEVER_SIZED ? all[k].cost : (double)NAN);
        part_number(to, "bound", info->bound);
        fputs(", \"dearer_per_day\": ", to);
        part_estimate(to, &all[k].dearer);
        fputs(" }", to);
    }
    fputs("\n  ]\n}\n", to);
    return !ferror(to);
}

bool tsim_report_levers_csv(const struct tsim_levers *levers, FILE *to)
{
    size_t                   n;
    const struct tsim_lever *all = tsim_levers_all(levers, &n);
    fputs("settings,best,end,staffing,agents_cost_per_day,cost_per_day,bound,dearer_per_day,"
          "dearer_low,dearer_high\n", to);
    for (size_t k = 0; k < n; k++) {
        const struct tsim_size_info *info = tsim_sizing_info(all[k].sizing);
        const bool                   is_sized = all[k].end == TSIM_LEVER_SIZED;
        const struct tsim_estimate  *dearer = &all[k].dearer;
        const double numbers[] = { is_sized ? info->cost : (double)NAN,
                                   is_sized ? all[k].cost : (double)NAN, info->bound,
                                   dearer->has_interval ? dearer->value : (double)NAN,
                                   dearer->has_interval ? dearer->low : (double)NAN,
                                   dearer->has_interval ? dearer->high : (double)NAN };
        csv_write_text(to, all[k].settings);
        fprintf(to, ",%s,%s,", k == tsim_levers_best(levers) ? "yes" : "no", ends[all[k].end]);
        csv_write_text(to, is_sized ? tsim_sizing_settings(all[k].sizing) : "");
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
            fputc(',', to);
            if (isfinite(numbers[i]))
                json_write_number(to, numbers[i]);
        }
        fputc('\n', to);
    }
    return !ferror(to);
}
