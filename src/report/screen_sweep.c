/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen of a sweep: what each factor buys in plain words, what moves each promise, the
 * cheapest points, and the front of cost against each promise. */
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
#include "report/swept.h"

enum { LINE = 1024, SENTENCES_MOST = 12, EFFECTS_MOST = 6, BEST_MOST = 5, FRONT_MOST = 12,
       FACTORS_SHOWN = 4, RESPONSES_SHOWN = 3 };

struct view {
    struct page                   page;
    const struct tsim_sweep      *sweep;
    const struct tsim_sweep_info *info;
    size_t                       *order; /* points by cost; NULL: memory is out */
};

static char *words_of(const struct view *view, size_t response, size_t columns, char *to,
                      size_t size)
{
    char words[FORMAT_NAME];
    swept_words(tsim_sweep_response(view->sweep, response), words, sizeof words);
    return format_name(words, columns, view->page.ascii, to, size);
}

static void header(struct view *view)
{
    const struct tsim_sweep_info *info = view->info;
    struct page                  *page = &view->page;
    const char                   *dot = page->signs->dot;
    char        buffer[LINE], number[FORMAT_VALUE], design[32];
    struct text text;
    screen_title(page, info->study);
    snprintf(design, sizeof design, "%s", tsim_design_name(info->design));
    for (char *at = design; *at; at++)
        *at = *at == '_' ? ' ' : *at;
    text_open(&text, buffer, sizeof buffer);
    text_add(&text, "%s %s %zu %s %s ", design, dot, info->factors,
             info->factors == 1 ? "factor" : "factors", dot);
    text_add(&text, "%zu %s %s %" PRIu32 " %s on the same customers %s ", info->points,
             info->points == 1 ? "point" : "points", page->signs->times, info->replications,
             info->replications == 1 ? "replication" : "replications", dot);
    text_add(&text, "%s contacts %s seed%c%" PRIu64,
             format_whole(info->contacts, number, sizeof number), dot, PAGE_GLUE, info->seed);
    page_fill(page, 0, STYLE_PLAIN, buffer);
    if (info->complete)
        return;
    snprintf(buffer, sizeof buffer,
             "PARTIAL: stopped early; every number below rests on %" PRIu32 " of %" PRIu32
             " replications.", info->replications, info->planned);
    page_end(page);
    page_fill(page, 2, STYLE_WARN, buffer);
}

/* ---- in words */

static void sentences(struct view *view)
{
    char   buffer[LINE];
    size_t shown = 0, hidden = 0;
    if (view->info->replications == 1) {
        page_end(&view->page);
        page_fill(&view->page, 2, STYLE_WARN,
                  "One replication gives no intervals: each effect below may be luck.");
    }
    for (size_t i = 0; i < view->info->responses; i++)
        for (size_t f = 0; f < view->info->factors; f++) {
            if (!tsim_sweep_response(view->sweep, i)->promise ||
                !swept_sentence(view->sweep, i, f, view->page.ascii, buffer, sizeof buffer))
                continue;
            if (shown >= SENTENCES_MOST) {
                hidden++;
                continue;
            }
            if (shown++ == 0)
                page_end(&view->page);
            page_add(&view->page, STYLE_PLAIN, "  ");
            page_fill(&view->page, 4, STYLE_PLAIN, buffer);
        }
    if (hidden) {
        snprintf(buffer, sizeof buffer, "  and %zu more, in sweep.json", hidden);
        page_line(&view->page, STYLE_FAINT, buffer);
    }
}

/* ---- one more of each */

static void set_change(const struct view *view, struct table *table, size_t column,
                       const struct tsim_estimate *change, enum tsim_unit unit)
{
    char text[FORMAT_VALUE * 3];
    if (!change->defined)
        table_set(table, column, STYLE_FAINT, view->page.signs->dash);
    else if (!swept_shown(change))
        table_set(table, column, STYLE_FAINT, "~");
    else
        table_set(table, column, STYLE_PLAIN,
                  format_difference(change, unit, view->info->currency, view->page.ascii, text,
                                    sizeof text));
}

/* Responses [first, first + RESPONSES_SHOWN). */
static void slopes_table(struct view *view, size_t first)
{
    const size_t  n = view->info->responses - first < RESPONSES_SHOWN
                          ? view->info->responses - first : RESPONSES_SHOWN;
    const size_t  room = (view->page.width - 26) / RESPONSES_SHOWN;
    char          names[RESPONSES_SHOWN][FORMAT_NAME], step[FORMAT_VALUE], name[FORMAT_NAME];
    struct column columns[2 + RESPONSES_SHOWN] = { { .header = "ONE MORE", .shrinks = 12 },
                                                   { .header = "step", .right = true } };
    for (size_t i = 0; i < n; i++)
        columns[2 + i] = (struct column){
            .header = words_of(view, first + i, room, names[i], sizeof names[i]), .right = true
        };
    struct table *table = table_new(columns, 2 + n);
    for (size_t f = 0; table && f < view->info->factors && table_row(table); f++) {
        const struct tsim_factor *factor = tsim_sweep_factor(view->sweep, f);
        snprintf(step, sizeof step, "%.6g", factor->step);
        table_set(table, 0, STYLE_PLAIN,
                  format_name(factor->name, 40, view->page.ascii, name, sizeof name));
        table_set(table, 1, STYLE_PLAIN, step);
        for (size_t i = 0; i < n; i++)
            set_change(view, table, 2 + i,
                       &tsim_sweep_slopes(view->sweep, first + i)[f].change,
                       tsim_sweep_response(view->sweep, first + i)->unit);
    }
    page_end(&view->page);
    if (table)
        table_write(table, &view->page, 2);
    free(table);
}

/* ---- what moves a response */

static void effects_table(struct view *view, size_t response)
{
    size_t count, order[EFFECTS_MOST];
    char   header_[FORMAT_NAME + 16], name[FORMAT_NAME], text[FORMAT_VALUE * 3];
    const struct tsim_effect *effects = tsim_sweep_effects(view->sweep, response, &count);
    const enum tsim_unit      unit = tsim_sweep_response(view->sweep, response)->unit;
    const size_t n = swept_by_share(view->sweep, response, order, EFFECTS_MOST);
    snprintf(header_, sizeof header_, "MOVES %s", words_of(view, response, 34, name, sizeof name));
    const struct column columns[] = { { .header = header_, .shrinks = 20 },
                                      { .header = "first to last", .right = true },
                                      { .header = "", .drop = 1 },
                                      { .header = "share", .right = true } };
    struct table *table = table_new(columns, 4);
    for (size_t i = 0; table && i < n; i++) {
        const struct tsim_effect *effect = &effects[order[i]];
        char                      words[FORMAT_NAME * 2];
        if ((i > 0 && effect->share < 0.001) || !table_row(table))
            break;
        table_set(table, 0, STYLE_PLAIN,
                  swept_effect(view->sweep, effect, view->page.ascii, words, sizeof words));
        set_change(view, table, 1, &effect->change, unit);
        table_set(table, 2, STYLE_FAINT,
                  format_difference_interval(&effect->change, unit, view->info->currency,
                                             view->page.ascii, false, text, sizeof text));
        table_set(table, 3, STYLE_PLAIN,
                  format_value(effect->share, TSIM_UNIT_SHARE, "", view->page.ascii, text,
                               sizeof text));
    }
    page_end(&view->page);
    if (table)
        table_write(table, &view->page, 2);
    free(table);
}

static void swings_table(struct view *view, size_t response)
{
    const struct tsim_swing *swings = tsim_sweep_swings(view->sweep, response);
    const enum tsim_unit     unit = tsim_sweep_response(view->sweep, response)->unit;
    size_t                   order[40];
    char header_[FORMAT_NAME + 16], name[FORMAT_NAME], text[FORMAT_VALUE];
    swept_by_swing(view->sweep, response, order);
    snprintf(header_, sizeof header_, "MOVES %s", words_of(view, response, 34, name, sizeof name));
    const struct column columns[] = { { .header = header_, .shrinks = 20 },
                                      { .header = "low", .right = true },
                                      { .header = "", .right = true },
                                      { .header = "high", .right = true },
                                      { .header = "", .right = true } };
    struct table *table = table_new(columns, 5);
    for (size_t i = 0; table && i < view->info->factors && table_row(table); i++) {
        const struct tsim_factor *factor = tsim_sweep_factor(view->sweep, order[i]);
        table_set(table, 0, STYLE_PLAIN,
                  format_name(factor->name, 40, view->page.ascii, name, sizeof name));
        snprintf(text, sizeof text, "%.6g", factor->low);
        table_set(table, 1, STYLE_FAINT, text);
        set_change(view, table, 2, &swings[order[i]].low, unit);
        snprintf(text, sizeof text, "%.6g", factor->high);
        table_set(table, 3, STYLE_FAINT, text);
        set_change(view, table, 4, &swings[order[i]].high, unit);
    }
    page_end(&view->page);
    if (table)
        table_write(table, &view->page, 2);
    free(table);
}

static void what_moves(struct view *view)
{
    size_t shown = 0;
    for (size_t i = 0; i < view->info->responses && shown < RESPONSES_SHOWN; i++) {
        if (tsim_sweep_response(view->sweep, i)->cost)
            continue;
        if (view->info->design == TSIM_FACTORIAL)
            effects_table(view, i);
        else if (view->info->design == TSIM_ONE_AT_A_TIME)
            swings_table(view, i);
        shown++;
    }
}

/* ---- points */

static void set_value(const struct view *view, struct table *table, size_t column, size_t point,
                      size_t response)
{
    const struct tsim_sweep_point *at = tsim_sweep_point(view->sweep, point);
    const struct tsim_response    *about = tsim_sweep_response(view->sweep, response);
    char                           text[FORMAT_VALUE];
    if (!at->estimates[response].defined) {
        table_set(table, column, STYLE_FAINT, view->page.signs->dash);
        return;
    }
    table_set(table, column, STYLE_PLAIN,
              format_value(at->estimates[response].value, about->unit, view->info->currency,
                           view->page.ascii, text, sizeof text));
    if (about->promise && at->verdicts[response] == TSIM_TOO_CLOSE)
        table_mark(table, column, STYLE_WARN, view->page.signs->close);
}

/* A table of points: their factors, the cost and a response or two. */
struct points {
    struct table *table;
    size_t        factors, responses[RESPONSES_SHOWN], n;
    char          names[FACTORS_SHOWN + RESPONSES_SHOWN][FORMAT_NAME];
    struct column columns[FACTORS_SHOWN + RESPONSES_SHOWN + 1];
};

static void points_open(struct view *view, struct points *points, const char *title)
{
    size_t c = 0;
    points->factors = view->info->factors < FACTORS_SHOWN ? view->info->factors : FACTORS_SHOWN;
    points->columns[c++] = (struct column){ .header = title };
    for (size_t f = 0; f < points->factors; f++) {
        format_name(tsim_sweep_factor(view->sweep, f)->name, 16, view->page.ascii,
                    points->names[f], FORMAT_NAME);
        points->columns[c++] = (struct column){ .header = points->names[f], .right = true,
                                                .drop = (unsigned)f };
    }
    for (size_t i = 0; i < points->n; i++) {
        char *name = points->names[points->factors + i];
        points->columns[c++] = (struct column){
            .header = words_of(view, points->responses[i], 22, name, FORMAT_NAME), .right = true
        };
    }
    points->table = table_new(points->columns, c);
}

static bool points_add(struct view *view, struct points *points, size_t point, const char *sign,
                       enum style style)
{
    char text[FORMAT_VALUE];
    if (!points->table || !table_row(points->table))
        return false;
    snprintf(text, sizeof text, "%zu", point + 1);
    table_set(points->table, 0, STYLE_FAINT, text);
    table_mark(points->table, 0, style, sign);
    for (size_t f = 0; f < points->factors; f++) {
        snprintf(text, sizeof text, "%.6g", tsim_sweep_point(view->sweep, point)->values[f]);
        table_set(points->table, 1 + f, STYLE_PLAIN, text);
    }
    for (size_t i = 0; i < points->n; i++)
        set_value(view, points->table, 1 + points->factors + i, point, points->responses[i]);
    return true;
}

static void points_close(struct view *view, struct points *points)
{
    page_end(&view->page);
    if (points->table)
        table_write(points->table, &view->page, 2);
    free(points->table);
}

/* A promise that is too close to call somewhere is kept by estimate only. */
static bool is_certain(const struct view *view, size_t point)
{
    const struct tsim_sweep_point *at = tsim_sweep_point(view->sweep, point);
    for (size_t i = 0; i < view->info->responses; i++)
        if (tsim_sweep_response(view->sweep, i)->promise && at->verdicts[i] != TSIM_KEPT)
            return false;
    return true;
}

static void cheapest(struct view *view)
{
    struct points points = { .responses = { view->info->cost }, .n = 1 };
    size_t        promises = 0, shown = 0;
    for (size_t i = 0; i < view->info->responses; i++)
        if (tsim_sweep_response(view->sweep, i)->promise) {
            promises++;
            if (points.n < RESPONSES_SHOWN)
                points.responses[points.n++] = i;
        }
    if (promises == 0 || !view->order)
        return;
    points_open(view, &points, "CHEAPEST");
    for (size_t k = 0; k < view->info->points && shown < BEST_MOST; k++) {
        const size_t p = view->order[k];
        const bool   sure = is_certain(view, p);
        if (tsim_sweep_point(view->sweep, p)->keeps_all &&
            points_add(view, &points, p,
                       sure ? view->page.signs->kept : view->page.signs->close,
                       sure ? STYLE_GOOD : STYLE_WARN))
            shown++;
    }
    if (shown > 0) {
        points_close(view, &points);
        return;
    }
    free(points.table);
    page_end(&view->page);
    page_fill(&view->page, 2, STYLE_WARN,
              promises == 1 ? "No point keeps the promise."
                            : "No point keeps every promise; the fronts say what each costs.");
}

static void front(struct view *view, size_t response)
{
    const struct tsim_front_mark *marks = tsim_sweep_front(view->sweep, response);
    struct points points = { .responses = { view->info->cost, response }, .n = 2 };
    size_t        shown = 0, hidden = 0, open = 0;
    char          buffer[LINE], name[FORMAT_NAME];
    points_open(view, &points, "FRONT");
    for (size_t k = 0; k < view->info->points; k++) {
        const size_t p = view->order[k];
        open += !marks[p].on && !marks[p].sure;
        if (!marks[p].on)
            continue;
        if (shown < FRONT_MOST &&
            points_add(view, &points, p, marks[p].sure ? " " : view->page.signs->close,
                       STYLE_WARN))
            shown++;
        else
            hidden++;
    }
    points_close(view, &points);
    struct text text;
    text_open(&text, buffer, sizeof buffer);
    text_add(&text, "where cost and \"%s\" cannot both be better",
             words_of(view, response, 50, name, sizeof name));
    if (hidden)
        text_add(&text, "; %zu more of its points %s in points.csv", hidden,
                 hidden == 1 ? "is" : "are");
    if (open)
        text_add(&text, "; %zu other %s not told apart from it", open,
                 open == 1 ? "point is" : "points are");
    text_add(&text, ".");
    page_add(&view->page, STYLE_PLAIN, "    ");
    page_fill(&view->page, 4, STYLE_FAINT, buffer);
}

/* ---- how sure */

/* Responses that a surface does not describe. */
static void say_fit(struct view *view, struct text *text)
{
    size_t poor = 0;
    char   name[FORMAT_NAME];
    for (size_t i = 0; i < view->info->responses; i++) {
        const struct tsim_surface *surface = tsim_sweep_surface(view->sweep, i);
        const double fit = surface->predicted_defined ? surface->predicted : surface->r2;
        if (!surface->defined || fit > 0.9)
            continue;
        text_add(text, "%s%s (%.0f %%)",
                 poor++ ? ", "
                        : " Only roughly a surface, so what one more does depends on where: ",
                 words_of(view, i, 40, name, sizeof name), fmax(0, floor(100 * fit)));
    }
    if (poor)
        text_add(text, ".");
}

static void how_sure(struct view *view)
{
    const struct tsim_sweep_info *info = view->info;
    char        buffer[LINE];
    struct text text;
    text_open(&text, buffer, sizeof buffer);
    text_add(&text, "what one more does is told %s; ",
             info->design == TSIM_ONE_AT_A_TIME
                 ? "from the base to the next value"
                 : "at the middle of what was tried, by a surface through all points");
    if (info->replications == 1)
        text_add(&text, "one replication gives no intervals, so ~ is what made no difference.");
    else
        text_add(&text, "intervals of one measure's %s hold together with %.4g %%; ~ is not told "
                        "from 0 or from the target.",
                 info->design == TSIM_FACTORIAL       ? "effects"
                 : info->design == TSIM_ONE_AT_A_TIME ? "swings"
                                                      : "slopes",
                 100 * info->confidence);
    say_fit(view, &text);
    page_end(&view->page);
    screen_note(&view->page, "Sure", buffer);
}

void tsim_report_sweep(const struct tsim_sweep *sweep, const struct tsim_screen_options *options,
                       FILE *to)
{
    struct view view = { .sweep = sweep, .info = tsim_sweep_info(sweep) };
    options = screen_open(&view.page, options, to);
    view.order = calloc(view.info->points, sizeof *view.order);
    if (view.order)
        swept_by_cost(sweep, view.order);
    header(&view);
    sentences(&view);
    for (size_t first = 0; first < view.info->responses; first += RESPONSES_SHOWN)
        slopes_table(&view, first);
    what_moves(&view);
    /* One at a time, points are for seeing what moves, not for choosing. */
    const bool choose = view.order && view.info->design != TSIM_ONE_AT_A_TIME;
    if (choose)
        cheapest(&view);
    for (size_t i = 0; choose && i < view.info->responses; i++)
        if (tsim_sweep_front(sweep, i))
            front(&view, i);
    how_sure(&view);
    screen_wrote(&view.page, options->folder);
    free(view.order);
}
