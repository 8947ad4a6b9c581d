/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen of a schedule: people and hours of each pool, heads needed and on the floor over the
 * day or by day of the week, which shifts begin when, and what became of the promises. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tiersim/report.h>

#include "base/text.h"
#include "report/format.h"
#include "report/page.h"
#include "report/promise_table.h"
#include "report/screen_parts.h"

enum { LINE = 1024, DAYS = 7, MINUTES = 1440, SHIFTS_TOLD = 100 };

static const char *const day_names[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };

struct view {
    struct page                      page;
    const struct tsim_schedule      *schedule;
    const struct tsim_schedule_info *info;
    const struct tsim_schedule_pool *pools;
    const struct tsim_size_promise  *promises;
    const struct tsim_schedule_row  *rows;
    size_t                           n_pools, n_promises, n_rows;
};

static char *cost_words(const struct view *view, double cost, bool money, char *to, size_t size)
{
    if (money)
        return format_value(cost, TSIM_UNIT_MONEY, view->info->currency, view->page.ascii, to,
                            size);
    snprintf(to, size, "%.*f%chours", cost < 100 ? 1 : 0, cost, PAGE_GLUE);
    return to;
}

static const char *period(const struct view *view)
{
    return view->info->period_days > 1 ? "week" : "day";
}

/* ---- the answer in a sentence */

static void say_broken(const struct view *view, struct text *text)
{
    char        name[FORMAT_NAME];
    const char *why = view->info->end == TSIM_SCHEDULE_ROUNDS
                          ? "even after all rounds of asking for more heads. Allow more "
                            "\"rounds\", or other shifts"
                          : "and more heads on the floor do not help";
    if (view->n_promises == 0)
        return;
    text_add(text, "These shifts do not keep every promise: %s breaks, %s.",
             promise_name(&view->page, &view->promises[view->info->broken], view->info->currency,
                          50, name),
             view->info->priced ? "and being understaffed costs too little for more people, or "
                                  "more would not help" : why);
}

static void say_answer(struct view *view)
{
    const struct tsim_schedule_info *info = view->info;
    char        buffer[LINE], name[FORMAT_NAME];
    struct text text;
    enum style  style = STYLE_STRONG;
    uint32_t    people = 0;
    for (size_t p = 0; p < view->n_pools; p++)
        people += view->pools[p].people;
    text_open(&text, buffer, sizeof buffer);
    page_add(&view->page, STYLE_STRONG, format_name(info->study, view->page.width - 1,
                                                    view->page.ascii, name, sizeof name));
    page_end(&view->page);
    page_end(&view->page);
    switch (info->end) {
    case TSIM_SCHEDULE_KEPT:
        text_add(&text, "Shifts for %" PRIu32 " people that keep every promise %s, with %.4g%c%% "
                 "confidence.", people, info->days > 0 ? "on enough days" : "on average",
                 info->confidence * 100, PAGE_GLUE);
        break;
    case TSIM_SCHEDULE_NOTHING:
        text_add(&text, "Shifts for %" PRIu32 " people. The scenario makes no promises: nothing "
                 "but cover was asked of them.", people);
        break;
    case TSIM_SCHEDULE_STOPPED:
        style = STYLE_WARN;
        text_add(&text, "PARTIAL: stopped early; whether these shifts keep the promises is not "
                 "known.");
        break;
    default:
        style = STYLE_BAD;
        say_broken(view, &text);
    }
    page_add(&view->page, STYLE_PLAIN, "  ");
    page_fill(&view->page, 2, style, buffer);
}

/* ---- pools */

static void set_hours(struct table *table, size_t column, enum style style, double hours)
{
    char text[FORMAT_VALUE];
    snprintf(text, sizeof text, "%.*f", hours < 1000 ? 1 : 0, hours);
    table_set(table, column, style, text);
}

static void set_whole(struct table *table, size_t column, enum style style, uint32_t n)
{
    char text[FORMAT_VALUE];
    table_set(table, column, style, format_whole(n, text, sizeof text));
}

static void pool_row(const struct view *view, struct table *table,
                     const struct tsim_schedule_pool *pool)
{
    char name[FORMAT_NAME];
    table_set(table, 0, STYLE_PLAIN,
              format_name(pool->pool, 30, view->page.ascii, name, sizeof name));
    if (!pool->scheduled) {
        table_set(table, 1, STYLE_FAINT, "none");
        return;
    }
    set_whole(table, 1, STYLE_PLAIN, pool->floor_peak);
    set_whole(table, 2, STYLE_STRONG, pool->people);
    set_whole(table, 3, STYLE_PLAIN, pool->payroll);
    set_hours(table, 4, STYLE_PLAIN, pool->need_hours);
    set_hours(table, 5, STYLE_PLAIN, pool->floor_hours);
    set_hours(table, 6, STYLE_FAINT, pool->over_hours);
    if (pool->short_hours > 0)
        set_hours(table, 7, STYLE_WARN, pool->short_hours);
    set_hours(table, 8, STYLE_STRONG, pool->paid_hours);
}

static void pool_table(struct view *view)
{
    static const struct column columns[] = {
        { .header = "HEADS", .shrinks = 10 },
        { .header = "floor", .right = true },
        { .header = "roster", .right = true },
        { .header = "payroll", .right = true },
        { .header = "HOURS needed", .right = true },
        { .header = "floor", .right = true },
        { .header = "over", .right = true, .drop = 1 },
        { .header = "short", .right = true, .drop = 2 },
        { .header = "paid", .right = true },
    };
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);
    for (size_t p = 0; table && p < view->n_pools && table_row(table); p++)
        pool_row(view, table, &view->pools[p]);
    page_end(&view->page);
    if (table)
        table_write(table, &view->page, 2);
    free(table);
}

/* ---- heads over the day, or by day */

/* The fewest heads in the open slots of an interval; false when none is open. */
static bool fewest(const struct view *view, enum tsim_schedule_heads which, size_t pool,
                   size_t first, uint32_t *heads)
{
    bool open = false;
    for (size_t i = first; i < first + view->info->interval_slots && i < view->info->slots; i++) {
        const uint32_t here = tsim_schedule_heads(view->schedule, which, pool, i);
        if (!tsim_schedule_open(view->schedule, i))
            continue;
        *heads = open && *heads < here ? *heads : here;
        open = true;
    }
    return open;
}

static void heads_line(struct view *view, size_t pool, enum tsim_schedule_heads which,
                       size_t first, size_t end, const char *label, enum style style)
{
    char        buffer[LINE * 2];
    struct text text;
    uint32_t    heads = 0;
    text_open(&text, buffer, sizeof buffer);
    for (size_t i = first; i < end; i += view->info->interval_slots)
        if (fewest(view, which, pool, i, &heads))
            text_add(&text, "%s%" PRIu32, text.length > 0 ? " " : "", heads);
    page_pad(&view->page, 17);
    page_add(&view->page, STYLE_FAINT, label);
    page_pad(&view->page, 24);
    page_fill(&view->page, 24, style, buffer);
}

static void day_lines(struct view *view)
{
    const struct tsim_schedule_info *info = view->info;
    char   buffer[LINE], name[FORMAT_NAME];
    size_t first = 0, end = info->slots;
    while (first < end && !tsim_schedule_open(view->schedule, first))
        first++;
    while (end > first && !tsim_schedule_open(view->schedule, end - 1))
        end--;
    snprintf(buffer, sizeof buffer, "BY INTERVAL of %u min, from %s %02u:%02u on",
             (unsigned)(info->interval_slots * info->slot_minutes), day_names[info->first_day],
             (unsigned)(first * info->slot_minutes / 60),
             (unsigned)(first * info->slot_minutes % 60));
    page_end(&view->page);
    page_line(&view->page, STYLE_STRONG, buffer);
    for (size_t p = 0; p < view->n_pools; p++) {
        if (!view->pools[p].scheduled)
            continue;
        page_add(&view->page, STYLE_PLAIN, "  ");
        page_add(&view->page, STYLE_PLAIN,
                 format_name(view->pools[p].pool, 14, view->page.ascii, name, sizeof name));
        heads_line(view, p, TSIM_HEADS_NEEDED, first, end, "needed", STYLE_FAINT);
        heads_line(view, p, TSIM_HEADS_ON_FLOOR, first, end, "floor", STYLE_PLAIN);
    }
}

/* Shifts and hours of a pool on a day of the week. */
static void week_row(const struct view *view, struct table *table, size_t pool, uint32_t day)
{
    const uint32_t slots = view->info->slots / view->info->period_days;
    const double   slot_h = view->info->slot_minutes / 60.0;
    double         need = 0, floor_h = 0, over = 0, less = 0;
    uint32_t       shifts = 0, peak = 0;
    char           name[FORMAT_NAME];
    for (size_t i = (size_t)day * slots; i < (size_t)(day + 1) * slots; i++) {
        const uint32_t needed =
            tsim_schedule_heads(view->schedule, TSIM_HEADS_NEEDED, pool, i);
        const uint32_t there =
            tsim_schedule_heads(view->schedule, TSIM_HEADS_ON_FLOOR, pool, i);
        peak = there > peak ? there : peak;
        need += needed * slot_h;
        floor_h += there * slot_h;
        over += there > needed ? (there - needed) * slot_h : 0;
        less += there < needed ? (needed - there) * slot_h : 0;
    }
    for (size_t r = 0; r < view->n_rows; r++)
        shifts += view->rows[r].pool == pool && view->rows[r].day == day;
    table_set(table, 0, STYLE_PLAIN,
              format_name(view->pools[pool].pool, 30, view->page.ascii, name, sizeof name));
    table_set(table, 1, STYLE_PLAIN, day_names[day]);
    set_whole(table, 2, STYLE_STRONG, shifts);
    set_whole(table, 3, STYLE_PLAIN, peak);
    set_hours(table, 4, STYLE_PLAIN, need);
    set_hours(table, 5, STYLE_PLAIN, floor_h);
    set_hours(table, 6, STYLE_FAINT, over);
    if (less > 0)
        set_hours(table, 7, STYLE_WARN, less);
}

static void week_table(struct view *view)
{
    static const struct column columns[] = {
        { .header = "BY DAY", .shrinks = 10 },  { .header = "" },
        { .header = "shifts", .right = true },  { .header = "peak", .right = true },
        { .header = "HOURS needed", .right = true }, { .header = "floor", .right = true },
        { .header = "over", .right = true },    { .header = "short", .right = true },
    };
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);
    for (size_t p = 0; table && p < view->n_pools; p++)
        for (uint32_t day = 0; view->pools[p].scheduled && day < DAYS && table_row(table); day++)
            week_row(view, table, p, day);
    page_end(&view->page);
    if (table)
        table_write(table, &view->page, 2);
    free(table);
}

/* ---- which shifts begin when */

/* Rows of a person follow each other: the first stands for the person. */
static bool is_first_day(const struct view *view, size_t r)
{
    return r == 0 || view->rows[r - 1].pool != view->rows[r].pool ||
           view->rows[r - 1].person != view->rows[r].person;
}

static bool same_shift(const struct tsim_schedule_row *a, const struct tsim_schedule_row *b)
{
    return a->pool == b->pool && strcmp(a->shift, b->shift) == 0;
}

static void starts_of(const struct view *view, size_t first, struct text *text, uint32_t *people)
{
    uint32_t begin[MINUTES] = { 0 };
    *people = 0;
    for (size_t r = first; r < view->n_rows; r++)
        if (is_first_day(view, r) && same_shift(&view->rows[r], &view->rows[first]))
            begin[view->rows[r].start % MINUTES]++;
    for (unsigned minute = 0; minute < MINUTES; minute++) {
        if (begin[minute] > 0)
            text_add(text, "%s%02u:%02u%c(%" PRIu32 ")", *people > 0 ? ", " : "", minute / 60,
                     minute % 60, PAGE_GLUE, begin[minute]);
        *people += begin[minute];
    }
}

static void shift_lines(struct view *view)
{
    size_t told[SHIFTS_TOLD], n = 0;
    page_end(&view->page);
    page_line(&view->page, STYLE_STRONG, "SHIFTS and when they begin (people)");
    for (size_t r = 0; r < view->n_rows && n < SHIFTS_TOLD; r++) {
        char        buffer[LINE], line[LINE + FORMAT_NAME], name[FORMAT_NAME];
        struct text text;
        uint32_t    people;
        bool        before = false;
        for (size_t i = 0; i < n; i++)
            before |= same_shift(&view->rows[r], &view->rows[told[i]]);
        if (before)
            continue;
        told[n++] = r;
        text_open(&text, buffer, sizeof buffer);
        starts_of(view, r, &text, &people);
        page_add(&view->page, STYLE_PLAIN, "  ");
        page_add(&view->page, STYLE_PLAIN,
                 format_name(view->pools[view->rows[r].pool].pool, 18, view->page.ascii, name,
                             sizeof name));
        page_pad(&view->page, 22);
        snprintf(line, sizeof line, "%" PRIu32 " %s: %s", people,
                 format_name(view->rows[r].shift, 30, view->page.ascii, name, sizeof name),
                 buffer);
        page_fill(&view->page, 24, STYLE_PLAIN, line);
    }
}

/* ---- money, and how it was found */

static void cost_line(struct view *view)
{
    double      cost = 0, bound = 0;
    bool        money = true, late = false;
    char        buffer[LINE], a[FORMAT_VALUE], b[FORMAT_VALUE];
    struct text text;
    for (size_t p = 0; p < view->n_pools; p++) {
        cost += view->pools[p].cost;
        bound += view->pools[p].bound;
        money &= view->pools[p].money || !view->pools[p].scheduled;
        late |= view->pools[p].time_was_up;
    }
    text_open(&text, buffer, sizeof buffer);
    text_add(&text, "shifts a %s %s", period(view), cost_words(view, cost, money, a, sizeof a));
    if (view->info->trims > 0)
        text_add(&text, " (before they were trimmed %s)",
                 cost_words(view, view->info->untrimmed_cost, money, b, sizeof b));
    if (cost - bound <= 1e-6 * fmax(cost, 1))
        text_add(&text, "; no roster with the heads needed, as they are above, is cheaper.");
    else
        text_add(&text, "; the heads needed cost at least %s (gap %.1f%c%%).",
                 cost_words(view, bound, money, b, sizeof b), (cost - bound) / cost * 100,
                 PAGE_GLUE);
    if (late)
        text_add(&text, " The time limit ended a search: another machine may find others.");
    if (view->info->total.defined && money)
        text_add(&text, " The desk's whole cost a day: %s.",
                 cost_words(view, view->info->total.value, true, a, sizeof a));
    page_end(&view->page);
    screen_note(&view->page, "Cost", buffer);
}

static void sure_line(struct view *view)
{
    const struct tsim_schedule_info *info = view->info;
    char        buffer[LINE], number[FORMAT_VALUE];
    struct text text;
    text_open(&text, buffer, sizeof buffer);
    text_add(&text, "%s", strcmp(info->requirements, "size") == 0
                              ? "heads needed as sizing found them"
                              : strcmp(info->requirements, "file") == 0
                                    ? "heads needed as the file says"
                                    : "heads needed are those of the scenario");
    if (info->rounds > 0)
        text_add(&text, ", raised in %" PRIu32 " round%s where a promise broke", info->rounds,
                 info->rounds == 1 ? "" : "s");
    if (info->trim_tries > 0)
        text_add(&text, "; of %" PRIu32 " changes to fewer or cheaper shifts %" PRIu32
                 " kept the promises", info->trim_tries, info->trims);
    if (info->verified)
        text_add(&text, "; verified on %s fresh replications",
                 format_whole(info->verified_on, number, sizeof number));
    text_add(&text, "; %s contacts in all.", format_whole(info->contacts, number, sizeof number));
    screen_note(&view->page, "Sure", buffer);
}

static void next_line(struct view *view, const struct tsim_screen_options *options)
{
    char        buffer[LINE], name[FORMAT_NAME];
    const char *command = options->command ? options->command : "tiersim";
    if (!options->scenario)
        return;
    format_name(options->scenario, 60, view->page.ascii, name, sizeof name);
    snprintf(buffer, sizeof buffer, "%s schedule %s --csv > roster.csv", command, name);
    page_end(&view->page);
    screen_note(&view->page, "Next", buffer);
    if (options->folder)
        snprintf(buffer, sizeof buffer, "see %s/roster.csv and plots/roster.svg",
                 format_name(options->folder, 50, view->page.ascii, name, sizeof name));
    else
        snprintf(buffer, sizeof buffer, "%s schedule %s --apply staffed.json", command, name);
    screen_note(&view->page, "", buffer);
}

void tsim_report_schedule(const struct tsim_schedule *schedule,
                          const struct tsim_screen_options *options, FILE *to)
{
    struct view view = { .schedule = schedule, .info = tsim_schedule_info(schedule) };
    options = screen_open(&view.page, options, to);
    view.pools = tsim_schedule_pools(schedule, &view.n_pools);
    view.promises = tsim_schedule_promises(schedule, &view.n_promises);
    view.rows = tsim_schedule_rows(schedule, &view.n_rows);
    say_answer(&view);
    pool_table(&view);
    if (view.info->period_days > 1)
        week_table(&view);
    else
        day_lines(&view);
    shift_lines(&view);
    if (view.n_promises > 0)
        promise_table(&view.page, view.promises, view.n_promises, view.info->currency);
    cost_line(&view);
    sure_line(&view);
    next_line(&view, options);
}
