/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen of a comparison: each variant beside the first scenario, then who is best at what,
 * what would be needed where that cannot be said, and what was changed. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tiersim/report.h>

#include "base/text.h"
#include "report/compared.h"
#include "report/format.h"
#include "report/page.h"
#include "report/screen_parts.h"

enum { LINE = 1024, CHANGES_MOST = 12 };

struct view {
    struct page                        page;
    const struct tsim_comparison      *comparison;
    const struct tsim_study           *study;
    const struct tsim_comparison_info *info;
    const struct tsim_point           *points;
    const struct tsim_compared        *measures;
    size_t                             n_points, n_measures;
};

static char *name_of(const struct view *view, size_t point, size_t columns, char *to, size_t size)
{
    return format_name(view->points[point].name, columns, view->page.ascii, to, size);
}

static void header(struct view *view)
{
    char what[FORMAT_VALUE];
    snprintf(what, sizeof what, "%zu desks", view->n_points);
    screen_paired(&view->page, view->info, what, view->info->complete);
}

/* ---- a variant beside the first */

static const char *outcome_words(enum tsim_outcome outcome, enum style *style)
{
    *style = STYLE_PLAIN;
    switch (outcome) {
    case TSIM_BETTER:
        *style = STYLE_GOOD;
        return "better";
    case TSIM_WORSE:
        *style = STYLE_BAD;
        return "worse";
    case TSIM_HIGHER:
        return "higher";
    case TSIM_LOWER:
        return "lower";
    case TSIM_IDENTICAL:
        *style = STYLE_FAINT;
        return "same";
    case TSIM_NOT_SHOWN:
        *style = STYLE_FAINT;
        return "";
    case TSIM_UNDEFINED:
        break;
    }
    *style = STYLE_FAINT;
    return "";
}

static void set_value(const struct view *view, struct table *table, size_t column, size_t point,
                      size_t m)
{
    char                       text[FORMAT_VALUE];
    const struct tsim_estimate value = tsim_comparison_value(view->comparison, point, m);
    if (!value.defined)
        table_set(table, column, STYLE_FAINT, view->page.signs->dash);
    else
        table_set(table, column, STYLE_PLAIN,
                  format_value(value.value, view->measures[m].unit, view->info->currency,
                               view->page.ascii, text, sizeof text));
}

static void set_difference(const struct view *view, struct table *table, size_t point, size_t m)
{
    char        text[FORMAT_VALUE * 3];
    enum style  style;
    const enum tsim_unit         unit = view->measures[m].unit;
    const struct tsim_difference d = tsim_comparison_difference(view->comparison, point, 0, m);
    const char                  *words = outcome_words(d.outcome, &style);
    const bool shown = d.outcome != TSIM_NOT_SHOWN && d.outcome != TSIM_IDENTICAL;
    if (d.outcome == TSIM_UNDEFINED) {
        table_mark(table, 0, style, " ");
        table_set(table, 3, STYLE_FAINT, view->page.signs->dash);
        return;
    }
    table_set(table, 3, shown ? STYLE_STRONG : STYLE_FAINT,
              shown ? format_difference(&d.difference, unit, view->info->currency,
                                        view->page.ascii, text, sizeof text)
                    : d.outcome == TSIM_IDENTICAL ? "0" : "~");
    if (d.outcome != TSIM_IDENTICAL)
        table_set(table, 4, STYLE_FAINT,
                  format_difference_interval(&d.difference, unit, view->info->currency,
                                             view->page.ascii,
                                             !shown && unit != TSIM_UNIT_SHARE, text,
                                             sizeof text));
    table_set(table, 5, style, words);
    table_mark(table, 0, style, d.outcome == TSIM_BETTER  ? view->page.signs->kept
                                : d.outcome == TSIM_WORSE ? view->page.signs->broken
                                                          : " ");
}

static void variant_table(struct view *view, size_t point)
{
    char base[FORMAT_NAME], variant[FORMAT_NAME];
    const struct column columns[] = {
        { .header = "COMPARED", .shrinks = 14 },
        { .header = name_of(view, 0, 16, base, sizeof base), .right = true },
        { .header = name_of(view, point, 16, variant, sizeof variant), .right = true },
        { .header = "difference", .right = true },
        { .header = "", .drop = 1 },
        { .header = "", .drop = COLUMN_EXTRA },
    };
    struct table *table = table_new(columns, 6);
    for (size_t m = 0; table && m < view->n_measures && table_row(table); m++) {
        char words[FORMAT_NAME], name[FORMAT_NAME];
        compared_words(&view->measures[m], words, sizeof words);
        table_set(table, 0, STYLE_PLAIN,
                  format_name(words, 40, view->page.ascii, name, sizeof name));
        set_value(view, table, 1, 0, m);
        set_value(view, table, 2, point, m);
        set_difference(view, table, point, m);
    }
    page_end(&view->page);
    if (table)
        table_write(table, &view->page, 2);
    free(table);
}

/* ---- who is best at what */

static size_t kept(const struct view *view, size_t point)
{
    size_t                     n, good = 0;
    const struct tsim_promise *promises =
        tsim_result_promises(tsim_comparison_result(view->comparison, point), &n);
    for (size_t i = 0; i < n; i++)
        good += promises[i].verdict == TSIM_KEPT;
    return good;
}

static void promises_kept(struct view *view)
{
    char        buffer[LINE], name[FORMAT_NAME];
    struct text text;
    size_t      n;
    tsim_result_promises(tsim_comparison_result(view->comparison, 0), &n);
    if (n == 0)
        return;
    text_open(&text, buffer, sizeof buffer);
    for (size_t p = 0; p < view->n_points; p++) {
        tsim_result_promises(tsim_comparison_result(view->comparison, p), &n);
        text_add(&text, "%s%s %zu of %zu", p > 0 ? ", " : "",
                 name_of(view, p, 30, name, sizeof name), kept(view, p), n);
    }
    text_add(&text, ".");
    screen_note(&view->page, "Kept", buffer);
}

/* What cannot be told apart yet, and about how much more would do. */
static void undecided(const struct tsim_compared *measure, struct text *text)
{
    char number[FORMAT_VALUE];
    if (measure->more_replications > 0 && measure->more_replications < 1000000)
        text_add(text, "not distinguishable: about %s more replications would tell",
                 format_whole(measure->more_replications, number, sizeof number));
    else
        text_add(text, "no difference to be told");
}

/* Of promises and the total cost. */
static void best_of_each(struct view *view)
{
    bool any = false;
    for (size_t m = 0; m < view->n_measures; m++) {
        const struct tsim_compared *measure = &view->measures[m];
        char                        buffer[LINE], words[FORMAT_NAME], name[FORMAT_NAME];
        struct text                 text;
        if (!measure->promise && !measure->money)
            continue;
        text_open(&text, buffer, sizeof buffer);
        compared_words(measure, words, sizeof words);
        text_add(&text, "%s: ", format_name(words, 50, view->page.ascii, name, sizeof name));
        if (measure->best != (size_t)-1)
            text_add(&text, "%s", name_of(view, measure->best, 40, name, sizeof name));
        else
            undecided(measure, &text);
        page_add(&view->page, STYLE_STRONG, any ? "" : "Best at");
        page_pad(&view->page, 9);
        page_fill(&view->page, 11, STYLE_PLAIN, buffer);
        any = true;
    }
}

/* ---- how sure, and what was changed */

static void how_sure(struct view *view)
{
    const struct tsim_comparison_info *info = view->info;
    char        buffer[LINE], number[FORMAT_VALUE];
    struct text text;
    text_open(&text, buffer, sizeof buffer);
    text_add(&text, "paired over %s replications; ",
             format_whole(info->replications, number, sizeof number));
    text_add(&text, "%s differences, which hold together with %.4g %% (Bonferroni).",
             format_whole(info->differences, number, sizeof number), info->confidence * 100);
    if (info->reduction > 0)
        text_add(&text, " The same customers made the variance %.*f times smaller (median).",
                 info->reduction < 10 ? 1 : 0, info->reduction);
    if (info->until_decided)
        text_add(&text, info->decided ? " Went on until all was decided."
                                      : " Not all was decided within the most replications.");
    screen_note(&view->page, "Sure", buffer);
}

struct changes {
    struct view *view;
    size_t       point, n;
};

static void tell_point(struct changes *changes)
{
    struct page *page = &changes->view->page;
    char         name[FORMAT_NAME];
    page_add(page, STYLE_STRONG, changes->point == 1 ? "Changed" : "");
    page_pad(page, 9);
    page_add(page, STYLE_PLAIN, name_of(changes->view, changes->point, page->width - 12, name,
                                        sizeof name));
    page_end(page);
}

static void tell_nothing(struct changes *changes)
{
    tell_point(changes);
    page_pad(&changes->view->page, 11);
    page_add(&changes->view->page, STYLE_WARN, "nothing differs");
    page_end(&changes->view->page);
}

static void tell_change(void *user, const char *path, const char *before, const char *after)
{
    struct changes *changes = user;
    struct page    *page = &changes->view->page;
    char            line[LINE], shown[LINE];
    if (changes->n++ >= CHANGES_MOST)
        return;
    if (changes->n == 1)
        tell_point(changes);
    snprintf(line, sizeof line, "%s: %s %s %s", path, before ? before : "nothing",
             page->ascii ? "->" : "→", after ? after : "nothing");
    page_pad(page, 11);
    page_fill(page, 13, STYLE_FAINT, format_name(line, 120, page->ascii, shown, sizeof shown));
}

static void what_changed(struct view *view)
{
    for (size_t p = 1; p < view->n_points; p++) {
        struct changes changes = { view, p, 0 };
        char           line[LINE];
        tsim_study_changes(view->study, p, tell_change, &changes);
        if (changes.n == 0)
            tell_nothing(&changes);
        if (changes.n <= CHANGES_MOST)
            continue;
        snprintf(line, sizeof line, "and %zu more", changes.n - CHANGES_MOST);
        page_pad(&view->page, 11);
        page_add(&view->page, STYLE_FAINT, line);
        page_end(&view->page);
    }
}

void tsim_report_comparison(const struct tsim_comparison *comparison,
                            const struct tsim_study *study,
                            const struct tsim_screen_options *options, FILE *to)
{
    struct view view = { .comparison = comparison, .study = study,
                         .info = tsim_comparison_info(comparison) };
    view.points = tsim_comparison_points(comparison, &view.n_points);
    view.measures = tsim_comparison_measures(comparison, &view.n_measures);
    options = screen_open(&view.page, options, to);
    header(&view);
    for (size_t p = 1; p < view.n_points; p++)
        variant_table(&view, p);
    page_end(&view.page);
    promises_kept(&view);
    best_of_each(&view);
    how_sure(&view);
    what_changed(&view);
    screen_wrote(&view.page, options->folder);
}
