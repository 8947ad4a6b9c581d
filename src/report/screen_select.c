/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen of `tiersim select`: which is best, how sure that is, what became of the others. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tiersim/report.h>

#include "base/text.h"
#include "report/format.h"
#include "report/page.h"
#include "report/screen.h"
#include "report/screen_parts.h"

enum { ROWS_MOST = 40, NAMES_MOST = 6, NAME_COLUMNS = 40 };

struct chosen {
    struct page                       page;
    const struct tsim_selection      *selection;
    const struct tsim_selection_info *info;
    const struct tsim_candidate      *candidates;
    size_t                            n;
};

/* ---- values and names */

static char *value_of(const struct chosen *chosen, double value, char *to, size_t size)
{
    return screen_glue(format_value(value, chosen->info->unit, chosen->info->currency,
                                    chosen->page.ascii, to, size));
}

/* Differences of shares are points. */
static char *zone_of(const struct chosen *chosen, char *to, size_t size)
{
    if (chosen->info->unit == TSIM_UNIT_SHARE) {
        const double points = 100 * chosen->info->zone;
        snprintf(to, size, "%.4g%cpoint%s", points, PAGE_GLUE,
                 points < 1 || points > 1 ? "s" : "");
        return to;
    }
    return screen_glue(format_target(chosen->info->zone, chosen->info->unit,
                                     chosen->info->currency, chosen->page.ascii, to, size));
}

static char *share_of(const struct chosen *chosen, double share, char *to, size_t size)
{
    return screen_glue(
        format_target(share, TSIM_UNIT_SHARE, "", chosen->page.ascii, to, size));
}

static char *name_of(const struct chosen *chosen, size_t i, char *to, size_t size)
{
    return format_name(chosen->candidates[i].name, NAME_COLUMNS, chosen->page.ascii, to, size);
}

static const char *plural(uint64_t n)
{
    return n == 1 ? "" : "s";
}

/* ---- what is said */

static void say_header(struct chosen *chosen)
{
    const struct tsim_selection_info *info = chosen->info;
    const char                       *dot = chosen->page.signs->dot;
    char        measure[FORMAT_NAME], number[FORMAT_VALUE], buffer[SCREEN_TEXT];
    struct text text;
    screen_title(&chosen->page, info->study);
    text_open(&text, buffer, sizeof buffer);
    text_add(&text, "%s %s by %s", info->largest ? "largest" : "smallest", dot,
             format_name(info->measure, 60, chosen->page.ascii, measure, sizeof measure));
    text_add(&text, " %s %zu%cscenarios", dot, chosen->n, PAGE_GLUE);
    text_add(&text, " %s %s%creplication%s", dot,
             format_whole(info->replications, number, sizeof number), PAGE_GLUE,
             plural(info->replications));
    text_add(&text, " %s seed%c%" PRIu64, dot, PAGE_GLUE, info->seed);
    screen_glue(format_value(info->wall_s, TSIM_UNIT_DURATION, "", chosen->page.ascii, number,
                             sizeof number));
    /* The line has three glued blanks, which are not counted. */
    if (info->wall_s > 0 && !chosen->page.html &&
        text_columns(buffer) + 3 + 3 + strlen(number) <= chosen->page.width)
        text_add(&text, " %s %s", dot, number);
    page_fill(&chosen->page, 0, STYLE_PLAIN, buffer);
}

static size_t how_many_left(const struct chosen *chosen)
{
    size_t left = 0;
    for (size_t i = 0; i < chosen->n; i++)
        left += chosen->candidates[i].dropped_after == 0;
    return left;
}

/* "… is the best: 4.2 min (4.1 – 4.3)." or what there is instead. */
static void say_best(struct chosen *chosen)
{
    const struct tsim_selection_info *info = chosen->info;
    const struct tsim_candidate      *best = &chosen->candidates[info->best];
    char        name[FORMAT_NAME], value[FORMAT_VALUE], span[FORMAT_VALUE], buffer[SCREEN_TEXT];
    struct text text;
    text_open(&text, buffer, sizeof buffer);
    name_of(chosen, info->best, name, sizeof name);
    if (!info->complete)
        text_add(&text, "PARTIAL: stopped before it was decided. Ahead so far is %s", name);
    else if (!info->decided)
        text_add(&text, "Not decided after %" PRIu32 " replications of each that is left (%zu). "
                        "Ahead is %s", best->replications, how_many_left(chosen), name);
    else
        text_add(&text, info->budget ? "%s is ahead" : "%s is the best", name);
    format_interval(&best->estimate, info->unit, info->currency, chosen->page.ascii, span,
                    sizeof span);
    text_add(&text, ": %s%s%s.", value_of(chosen, best->estimate.value, value, sizeof value),
             *span ? " " : "", screen_glue(span));
    page_end(&chosen->page);
    page_fill(&chosen->page, 2, info->decided ? STYLE_STRONG : STYLE_WARN, buffer);
}

/* The guarantee in one sentence. */
static void say_certainty(struct chosen *chosen)
{
    const struct tsim_selection_info *info = chosen->info;
    char        share[FORMAT_VALUE], zone[FORMAT_VALUE], buffer[SCREEN_TEXT];
    struct text text;
    text_open(&text, buffer, sizeof buffer);
    if (info->budget > 0)
        text_add(&text, "None of the others is better%s%s%s with an estimated probability of %s "
                        "or more; that is no guarantee.", info->zone > 0 ? " by " : "",
                 info->zone > 0 ? zone_of(chosen, zone, sizeof zone) : "",
                 info->zone > 0 ? " or more" : "",
                 share_of(chosen, floor(1000 * info->probability) / 1000, share, sizeof share));
    else if (info->decided)
        text_add(&text, "Whenever one is better than every other by %s or more, this finds it "
                        "with probability %s or more.",
                 zone_of(chosen, zone, sizeof zone),
                 share_of(chosen, info->probability, share, sizeof share));
    else
        text_add(&text, "Nothing is guaranteed; a larger zone than %s is decided sooner.",
                 zone_of(chosen, zone, sizeof zone));
    page_fill(&chosen->page, 2, STYLE_PLAIN, buffer);
}

/* Those that may as well be taken. */
static void say_close(struct chosen *chosen)
{
    char        name[FORMAT_NAME], zone[FORMAT_VALUE], buffer[SCREEN_TEXT];
    size_t      n = 0;
    struct text text;
    text_open(&text, buffer, sizeof buffer);
    for (size_t i = 0; i < chosen->n; i++) {
        if (chosen->candidates[i].standing != TSIM_CLOSE)
            continue;
        if (n++ < NAMES_MOST)
            text_add(&text, "%s%s", n > 1 ? ", " : "", name_of(chosen, i, name, sizeof name));
    }
    if (n == 0)
        return;
    if (n > NAMES_MOST)
        text_add(&text, " and %zu more", n - NAMES_MOST);
    if (chosen->info->zone > 0)
        text_add(&text, " came out within %s of it: as good for this purpose.",
                 zone_of(chosen, zone, sizeof zone));
    else
        text_add(&text, " may be as good: no difference is shown.");
    page_fill(&chosen->page, 2, STYLE_PLAIN, buffer);
}

/* ---- the table */

/* Those that came out nearest are shown when there are many: how many are nearer than i? */
static size_t rank_of(const struct chosen *chosen, size_t i)
{
    const double behind = chosen->candidates[i].behind.value;
    size_t       rank = 0;
    for (size_t k = 0; i != chosen->info->best && k < chosen->n; k++) {
        const double other = chosen->candidates[k].behind.value;
        rank += k == chosen->info->best || other < behind || (other <= behind && k < i);
    }
    return rank;
}

static void set_behind(const struct chosen *chosen, struct table *table, size_t i)
{
    const struct tsim_estimate       *behind = &chosen->candidates[i].behind;
    const struct tsim_selection_info *info = chosen->info;
    char                              value[FORMAT_VALUE], span[FORMAT_VALUE];
    if (i == info->best || !behind->defined)
        return;
    table_set(table, 3, STYLE_PLAIN, format_difference(behind, info->unit, info->currency,
                                                       chosen->page.ascii, value, sizeof value));
    table_set(table, 4, STYLE_FAINT,
              format_difference_interval(behind, info->unit, info->currency, chosen->page.ascii,
                                         false, span, sizeof span));
}

/* With a zone it matters when somebody was dropped; with a budget, what was spent on him. */
static void set_end(const struct chosen *chosen, struct table *table, size_t i)
{
    const struct tsim_candidate *candidate = &chosen->candidates[i];
    const uint32_t n = chosen->info->budget > 0 ? candidate->replications
                                                : candidate->dropped_after;
    char           number[FORMAT_VALUE];
    table_set(table, 5, STYLE_PLAIN,
              n > 0 ? format_whole(n, number, sizeof number) : chosen->page.signs->dash);
}

static void add_row(struct chosen *chosen, struct table *table, size_t i)
{
    static const enum style styles[] = {
        [TSIM_SELECTED] = STYLE_GOOD, [TSIM_CLOSE] = STYLE_WARN, [TSIM_BEHIND] = STYLE_FAINT,
    };
    const struct signs *signs = chosen->page.signs;
    const char *const   marks[] = {
        [TSIM_SELECTED] = signs->kept, [TSIM_CLOSE] = signs->close, [TSIM_BEHIND] = signs->dot,
    };
    const struct tsim_candidate *candidate = &chosen->candidates[i];
    const struct tsim_selection_info *info = chosen->info;
    char name[FORMAT_NAME], value[FORMAT_VALUE], span[FORMAT_VALUE];
    if (!table_row(table))
        return;
    table_set(table, 0, candidate->standing == TSIM_SELECTED ? STYLE_STRONG : STYLE_PLAIN,
              name_of(chosen, i, name, sizeof name));
    table_mark(table, 0, styles[candidate->standing], marks[candidate->standing]);
    table_set(table, 1, STYLE_PLAIN, format_value(candidate->estimate.value, info->unit,
                                                  info->currency, chosen->page.ascii, value,
                                                  sizeof value));
    table_set(table, 2, STYLE_FAINT, format_interval(&candidate->estimate, info->unit,
                                                     info->currency, chosen->page.ascii, span,
                                                     sizeof span));
    set_behind(chosen, table, i);
    set_end(chosen, table, i);
}

static void show_table(struct chosen *chosen)
{
    const struct column columns[] = {
        { .header = "CANDIDATES", .shrinks = 12 },
        { .header = "value", .right = true },
        { .header = "", .drop = 2 },
        { .header = "worse by", .right = true },
        { .header = "", .drop = 1 },
        { .header = chosen->info->budget > 0 ? "replications" : "dropped after", .right = true },
    };
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);
    if (!table)
        return;
    for (size_t i = 0; i < chosen->n; i++)
        if (chosen->n <= ROWS_MOST || rank_of(chosen, i) < ROWS_MOST)
            add_row(chosen, table, i);
    page_end(&chosen->page);
    table_write(table, &chosen->page, 2);
    free(table);
    if (chosen->n > ROWS_MOST) {
        char buffer[SCREEN_TEXT];
        snprintf(buffer, sizeof buffer, "… and %zu that came out further behind; all are in "
                                        "selection.csv (-o DIR).", chosen->n - ROWS_MOST);
        page_fill(&chosen->page, 2, STYLE_FAINT, chosen->page.ascii ? buffer + strlen("… ")
                                                                     : buffer);
    }
}

/* How many replications that took, against simulating all alike. */
static void say_work(struct chosen *chosen)
{
    const struct tsim_selection_info *info = chosen->info;
    char        spent[FORMAT_VALUE], equal[FORMAT_VALUE], joint[FORMAT_VALUE];
    char        buffer[SCREEN_TEXT];
    struct text text;
    text_open(&text, buffer, sizeof buffer);
    format_whole(info->replications, spent, sizeof spent);
    format_whole(info->equal, equal, sizeof equal);
    if ((double)info->equal > 1.05 * (double)info->replications)
        text_add(&text, "%s replications; %s would take %s (%.1f times as many). ", spent,
                 info->budget ? "the same probability with equal shares"
                              : "all as often as the one most simulated",
                 equal, (double)info->equal / (double)info->replications);
    text_add(&text, "All see the same customers; what one is worse by holds for all together at "
                    "%s (Bonferroni).",
             share_of(chosen, info->confidence, joint, sizeof joint));
    page_end(&chosen->page);
    page_fill(&chosen->page, 2, STYLE_FAINT, buffer);
}

static void say_folder(struct chosen *chosen, const char *folder)
{
    char shown[FORMAT_NAME], buffer[SCREEN_TEXT];
    if (!folder)
        return;
    format_name(folder, 100, chosen->page.ascii, shown, sizeof shown);
    const size_t length = strlen(shown);
    snprintf(buffer, sizeof buffer, "%s%s (report.html, selection.json, tables, plots/)", shown,
             length && shown[length - 1] == '/' ? "" : "/");
    page_end(&chosen->page);
    page_add(&chosen->page, STYLE_STRONG, "Wrote");
    page_fill(&chosen->page, 7, STYLE_PLAIN, buffer);
}

void tsim_report_selection(const struct tsim_selection *selection,
                           const struct tsim_screen_options *options, FILE *to)
{
    struct chosen chosen = { .selection = selection, .info = tsim_selection_info(selection) };
    options = screen_open(&chosen.page, options, to);
    chosen.candidates = tsim_selection_candidates(selection, &chosen.n);
    say_header(&chosen);
    say_best(&chosen);
    say_certainty(&chosen);
    say_close(&chosen);
    show_table(&chosen);
    say_work(&chosen);
    say_folder(&chosen, options->folder);
}
