/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/finding.h"
#include "report/format.h"
#include "report/screen.h"

static const char *verdict_sign(const struct page *page, enum tsim_verdict verdict,
                                enum style *style)
{
    switch (verdict) {
    case TSIM_KEPT:
        *style = STYLE_GOOD;
        return page->signs->kept;
    case TSIM_BROKEN:
        *style = STYLE_BAD;
        return page->signs->broken;
    case TSIM_TOO_CLOSE:
        *style = STYLE_WARN;
        return page->signs->close;
    case TSIM_UNKNOWN:
        break;
    }
    *style = STYLE_FAINT;
    return page->signs->unknown;
}

/* A value and its interval into two neighbouring columns. */
static void set_estimate(struct screen *screen, struct table *table, size_t column,
                         const struct tsim_estimate *estimate, enum tsim_unit unit)
{
    char text[FORMAT_VALUE * 3];
    if (!estimate->defined || !isfinite(estimate->value)) {
        table_set(table, column, STYLE_FAINT, screen->page.signs->dash);
        return;
    }
    table_set(table, column, STYLE_PLAIN,
              screen_value(screen, estimate->value, unit, text, sizeof text));
    table_set(table, column + 1, STYLE_FAINT,
              format_interval(estimate, unit, screen->info->currency, screen->page.ascii, text,
                              sizeof text));
}

static void set_name(struct screen *screen, struct table *table, const char *name)
{
    char text[FORMAT_NAME];
    table_set(table, 0, STYLE_PLAIN, screen_name(screen, name, 40, text, sizeof text));
}

/* Twenty columns for 0 to 100 %, and a mark where the target is. */
static void split_bar(const struct screen *screen, const struct tsim_split *split, char *to,
                      size_t size)
{
    enum { COLUMNS = 20 };
    const struct signs *signs = screen->page.signs;
    struct text         text;
    text_open(&text, to, size);
    if (!split->share.defined || !isfinite(split->share.value) || !isfinite(split->target))
        return;
    double mark = floor(split->target * COLUMNS), filled = split->share.value * COLUMNS;
    for (int i = 0; i < COLUMNS; i++) {
        const char *sign = i + 0.5 <= filled ? signs->bar : signs->empty;
        text_add(&text, "%s", (double)i == mark ? signs->mark : sign);
    }
}

/* "95 % interval", or nothing when no replications make one. */
static const char *interval_header(const struct screen *screen, char *to, size_t size)
{
    if (screen->info->replications < 2)
        return "";
    snprintf(to, size, "%.4g %% interval", screen->info->confidence * 100);
    return to;
}

void screen_split(struct screen *screen)
{
    char                header[FORMAT_VALUE];
    const struct column columns[] = {
        { .header = "RESOLVED BY", .shrinks = 14 },
        { .header = "target", .right = true },
        { .header = "share", .right = true },
        { .header = interval_header(screen, header, sizeof header), .drop = 1 },
        { .header = "", .drop = 2 },
    };
    size_t                   count;
    const struct tsim_split *split = tsim_result_split(screen->result, &count);
    struct table            *table = count ? table_new(columns, 5) : NULL;
    if (!table)
        return;
    for (size_t i = 0; i < count && table_row(table); i++) {
        char       text[TABLE_CELL];
        enum style style;
        set_name(screen, table, split[i].tier);
        const char *sign = verdict_sign(&screen->page, split[i].verdict, &style);
        table_mark(table, 0, style, sign);
        table_set(table, 1, STYLE_PLAIN,
                  screen_target(screen, split[i].target, TSIM_UNIT_SHARE, text, sizeof text));
        set_estimate(screen, table, 2, &split[i].share, TSIM_UNIT_SHARE);
        split_bar(screen, &split[i], text, sizeof text);
        table_set(table, 4, STYLE_FAINT, text);
    }
    page_end(&screen->page);
    table_write(table, &screen->page, 2);
    free(table);
}

static void promise_remark(const struct screen *screen, const struct tsim_promise *promise,
                           struct text *text)
{
    char   by[FORMAT_VALUE];
    double away = fabs(promise->estimate.value - promise->target);
    if (!isfinite(away))
        return;
    switch (promise->verdict) {
    case TSIM_KEPT:
        break;
    case TSIM_BROKEN:
        screen_value(screen, away, promise->unit, by, sizeof by);
        if (promise->unit == TSIM_UNIT_SHARE)
            text_add(text, "%s%.*f pts", promise->at_least ? "-" : "+",
                     away < 0.0095 ? 2 : 1, away * 100);
        else
            text_add(text, "%s%s", promise->at_least ? "-" : "+", by);
        break;
    case TSIM_TOO_CLOSE:
        text_add(text, "too close");
        break;
    case TSIM_UNKNOWN:
        text_add(text, promise->estimate.defined ? "no interval" : "no data");
        break;
    }
}

void screen_promises(struct screen *screen)
{
    char                header[FORMAT_VALUE];
    const struct column columns[] = {
        { .header = "PROMISES", .shrinks = 30 },
        { .header = "target", .right = true },
        { .header = "found", .right = true },
        { .header = interval_header(screen, header, sizeof header), .drop = 1 },
        { .header = "", .drop = COLUMN_EXTRA },
    };
    size_t                     count;
    const struct tsim_promise *promises = tsim_result_promises(screen->result, &count);
    struct table              *table    = count ? table_new(columns, 5) : NULL;
    if (!table)
        return;
    for (size_t i = 0; i < count && table_row(table); i++) {
        const struct tsim_promise *promise = &promises[i];
        char                       name[FORMAT_NAME], value[FORMAT_VALUE], buffer[TABLE_CELL];
        enum style                 style;
        struct text                text;
        table_set(table, 0, STYLE_PLAIN,
                  screen_name(screen, promise->text, 60, name, sizeof name));
        const char *sign = verdict_sign(&screen->page, promise->verdict, &style);
        table_mark(table, 0, style, sign);
        text_open(&text, buffer, sizeof buffer);
        text_add(&text, "%s %s",
                 promise->at_least ? screen->page.signs->at_least : screen->page.signs->at_most,
                 screen_target(screen, promise->target, promise->unit, value, sizeof value));
        table_set(table, 1, STYLE_PLAIN, buffer);
        set_estimate(screen, table, 2, &promise->estimate, promise->unit);
        text_open(&text, buffer, sizeof buffer);
        promise_remark(screen, promise, &text);
        table_set(table, 4, style, buffer);
    }
    page_end(&screen->page);
    table_write(table, &screen->page, 2);
    free(table);
}

/* A measure of an entry as a table shows it; "" where there is none. */
static const char *measure_text(const struct screen *screen, enum tsim_scope scope, size_t entry,
                                const char *measure, enum tsim_unit unit, char *to, size_t size)
{
    const struct tsim_estimate estimate = finding_value(screen->result, scope, entry, measure);
    if (!estimate.defined)
        return "";
    /* Per cent of a whole team need no decimals. */
    if (unit == TSIM_UNIT_SHARE && strcmp(measure, "occupancy") == 0)
        snprintf(to, size, "%.0f %%", estimate.value * 100);
    else if (estimate.value == 0)
        snprintf(to, size, "%s",
                 unit == TSIM_UNIT_DURATION ? "0 s" : screen->page.signs->dash);
    else
        screen_value(screen, estimate.value, unit, to, size);
    return to;
}

struct shown {
    const char    *measure;
    enum tsim_unit unit;
};

/* A row for each entry of a scope: its name, and a column for each measure. */
static void measure_table(struct screen *screen, enum tsim_scope scope,
                          const struct column *columns, const struct shown *shown, size_t n)
{
    const size_t  entries = tsim_result_entries(screen->result, scope);
    struct table *table = entries ? table_new(columns, n + 1) : NULL;
    if (!table)
        return;
    for (size_t e = 0; e < entries && table_row(table); e++) {
        set_name(screen, table, tsim_result_entry(screen->result, scope, e));
        for (size_t m = 0; m < n; m++) {
            char        buffer[FORMAT_VALUE];
            const char *text = measure_text(screen, scope, e, shown[m].measure, shown[m].unit,
                                            buffer, sizeof buffer);
            if (*text)
                table_set(table, m + 1, STYLE_PLAIN, text);
        }
    }
    page_end(&screen->page);
    table_write(table, &screen->page, 2);
    free(table);
}

void screen_tiers(struct screen *screen)
{
    const struct column columns[] = {
        { .header = "TIERS", .shrinks = 10 },
        { .header = "agents", .right = true, .drop = 1 },
        { .header = "busy", .right = true },
        { .header = finding_per_day(screen->info), .right = true, .drop = 3 },
        { .header = "wait mean", .right = true },
        { .header = "90 %", .right = true, .drop = 2 },
        { .header = "95 %", .right = true, .drop = COLUMN_EXTRA },
        { .header = "escalates", .right = true, .drop = 4 },
        { .header = "gives up", .right = true, .drop = 4 },
    };
    static const struct shown shown[] = {
        { "agents_mean", TSIM_UNIT_COUNT },        { "occupancy", TSIM_UNIT_SHARE },
        { "offered_per_day", TSIM_UNIT_COUNT },    { "wait_mean", TSIM_UNIT_DURATION },
        { "wait_p90", TSIM_UNIT_DURATION },        { "wait_p95", TSIM_UNIT_DURATION },
        { "escalation_rate", TSIM_UNIT_SHARE },    { "abandoned_share", TSIM_UNIT_SHARE },
    };
    measure_table(screen, TSIM_SCOPE_TIER, columns, shown, sizeof shown / sizeof *shown);
}

/* Whether a measure is anything but 0 or unknown for some channel. */
static bool concerns_channels(const struct screen *screen, const char *measure)
{
    const size_t entries = tsim_result_entries(screen->result, TSIM_SCOPE_CHANNEL);
    for (size_t e = 0; e < entries; e++) {
        const struct tsim_estimate estimate =
            finding_value(screen->result, TSIM_SCOPE_CHANNEL, e, measure);
        if (estimate.defined && estimate.value != 0)
            return true;
    }
    return false;
}

/* Where there are several: what customers of each of them meet. */
void screen_channels(struct screen *screen)
{
    const struct column all_columns[] = {
        { .header = finding_per_day(screen->info), .right = true },
        { .header = "answered in", .right = true },
        { .header = "resolved in", .right = true, .drop = 3 },
        { .header = "gives up", .right = true },
        { .header = "turned away", .right = true, .drop = 2 },
        { .header = "SLA missed", .right = true, .drop = 4 },
        { .header = "score", .right = true, .drop = 1 },
    };
    static const struct shown all[] = {
        { "contacts_per_day", TSIM_UNIT_COUNT },
        { "first_response_mean", TSIM_UNIT_DURATION },
        { "resolution_mean", TSIM_UNIT_DURATION },
        { "abandoned_share", TSIM_UNIT_SHARE },
        { "blocked_share", TSIM_UNIT_SHARE },
        { "sla_breach_share", TSIM_UNIT_SHARE },
        { "satisfaction_mean", TSIM_UNIT_COUNT },
    };
    struct column columns[1 + sizeof all / sizeof *all] = { { .header = "CHANNELS",
                                                              .shrinks = 10 } };
    struct shown  shown[sizeof all / sizeof *all];
    size_t        n = 0;
    if (tsim_result_entries(screen->result, TSIM_SCOPE_CHANNEL) < 2)
        return;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (!concerns_channels(screen, all[i].measure))
            continue;
        shown[n] = all[i];
        columns[++n] = all_columns[i];
    }
    measure_table(screen, TSIM_SCOPE_CHANNEL, columns, shown, n);
}
