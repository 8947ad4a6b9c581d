/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen of `tiersim trace`: one contact's life in plain words. */
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

enum { NAME_COLUMNS = 24 };

struct life {
    struct page                       page;
    const struct tsim_trace          *trace;
    const struct tsim_trace_info     *info;
    const struct tsim_screen_options *options;
    bool                              weeks; /* it does not end in the week of time 0 */
};

/* ---- values and names */

static char *value_of(const struct life *life, double value, enum tsim_unit unit, char *to,
                      size_t size)
{
    return screen_glue(
        format_value(value, unit, life->info->currency, life->page.ascii, to, size));
}

static char *time_of(const struct life *life, double seconds, char *to, size_t size)
{
    return value_of(life, seconds, TSIM_UNIT_DURATION, to, size);
}

static char *target_of(const struct life *life, double seconds, char *to, size_t size)
{
    return screen_glue(format_target(seconds, TSIM_UNIT_DURATION, life->info->currency,
                                     life->page.ascii, to, size));
}

static char *name_of(const struct life *life, const char *name, char *to, size_t size)
{
    return format_name(name ? name : "", NAME_COLUMNS, life->page.ascii, to, size);
}

/* "Mon 09:12:05", with the number of the week in longer lives. */
static void write_moment(const struct life *life, double at_s, char *to, size_t size)
{
    static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    const double   second = floor(life->info->start_s + at_s + 1e-6);
    const double   day = floor(second / 86400);
    const unsigned of_day = (unsigned)(second - day * 86400);
    struct text    text;
    text_open(&text, to, size);
    if (life->weeks)
        text_add(&text, "w%.0f ", floor(day / 7) + 1);
    text_add(&text, "%s %02u:%02u:%02u", days[(unsigned)(day - floor(day / 7) * 7)], of_day / 3600,
             of_day / 60 % 60, of_day % 60);
}

/* ---- events */

static const char *task_words(const char *task)
{
    static const char *const words[][2] = {
        { "approval", "an approval" },
        { "swarm", "a part of the work" },
        { "notify", "reading the notification" },
        { "root_cause", "looking into the cause" },
        { "follow_up", "a follow-up" },
        { "chase", "telling the customer how it stands" },
        { "call", "a call that does not reach the customer" },
    };
    for (size_t i = 0; task && i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], task) == 0)
            return words[i][1];
    return "a task";
}

static const char *clock_words(const char *clock)
{
    static const char *const words[][2] = {
        { "first_response", "first response" },
        { "next_reply", "next reply" },
        { "operational", "the tier" },
    };
    for (size_t i = 0; clock && i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], clock) == 0)
            return words[i][1];
    return clock ? clock : "";
}

/* What people do with it. */
static void say_work(const struct life *life, const struct tsim_trace_event *event,
                     struct text *text)
{
    char pool[FORMAT_NAME], tier[FORMAT_NAME], took[FORMAT_VALUE];
    name_of(life, event->pool, pool, sizeof pool);
    name_of(life, event->tier, tier, sizeof tier);
    time_of(life, event->took_s, took, sizeof took);
    switch (event->kind) {
    case TSIM_EVENT_WORK:
        text_add(text, "%s %u of %s %s", pool, event->agent, tier,
                 event->cause ? "goes on with it" : "begins");
        if (event->took_s > 0)
            text_add(text, " after a wait of %s", took);
        break;
    case TSIM_EVENT_DONE:
        text_add(text, "%s %u ends after %s", pool, event->agent, took);
        break;
    case TSIM_EVENT_INTERRUPTED:
        text_add(text, "%s %u has to leave it after %s; it waits again", pool, event->agent, took);
        break;
    case TSIM_EVENT_HELP:
        text_add(text, "somebody of %s begins %s", pool, task_words(event->cause));
        break;
    case TSIM_EVENT_HELPED:
        text_add(text, "somebody of %s ends %s after %s", pool, task_words(event->cause), took);
        break;
    default:
        text_add(text, "the agent of %s who was kept on it is free", pool);
    }
}

/* Where it goes, and why. */
static void say_move(const struct life *life, const struct tsim_trace_event *event,
                     struct text *text)
{
    char tier[FORMAT_NAME], to[FORMAT_NAME], took[FORMAT_VALUE], amount[FORMAT_VALUE];
    name_of(life, event->tier, tier, sizeof tier);
    name_of(life, event->to, to, sizeof to);
    time_of(life, event->took_s, took, sizeof took);
    switch (event->kind) {
    case TSIM_EVENT_PASSED:
        text_add(text, "passes %s", tier);
        break;
    case TSIM_EVENT_ESCALATED:
        if (event->to)
            text_add(text, "handed over to %s", to);
        else
            text_add(text, "to be handed over, but there is nobody left");
        break;
    case TSIM_EVENT_CONSULT:
        text_add(text, "%s is asked", to);
        break;
    default:
        text_add(text, "taken out of the queue after %s", took);
    }
    text_add(text, ": %s", event->because ? event->because : "");
    if (event->cause && strcmp(event->cause, "authority") == 0)
        text_add(text, " (%s)", value_of(life, life->info->concession, TSIM_UNIT_MONEY, amount,
                                         sizeof amount));
}

/* The end, where it has not been told yet. */
static bool say_end(const struct tsim_trace_event *event, struct text *text)
{
    static const char *const words[][2] = {
        { "self_service", "solved there" },
        { "vendor", "solved there" },
        { "blocked", "turned away: no line or no waiting place is free" },
        { "unresolved", "given up: it stays unresolved" },
        { "open", "still open when the run ends" },
    };
    for (size_t i = 0; event->cause && i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], event->cause) == 0) {
            text_add(text, "%s", words[i][1]);
            return true;
        }
    return false;
}

/* What customers do. */
static void say_customer(const struct life *life, const struct tsim_trace_event *event,
                         struct text *text)
{
    char took[FORMAT_VALUE], amount[FORMAT_VALUE];
    time_of(life, event->took_s, took, sizeof took);
    switch (event->kind) {
    case TSIM_EVENT_CUSTOMER:
        text_add(text, "waits for the customer's reply");
        break;
    case TSIM_EVENT_REPLIED:
        text_add(text, "the customer replies after %s", took);
        break;
    case TSIM_EVENT_ABANDONED:
        text_add(text, "the customer gives up after a wait of %s", took);
        break;
    case TSIM_EVENT_RETRIES:
        text_add(text, "the customer tries again after %s", took);
        break;
    case TSIM_EVENT_REOPENED:
        text_add(text, "the customer is back after %s: it was not solved", took);
        break;
    case TSIM_EVENT_BALKED:
        text_add(text, "would have to wait: the customer leaves at once");
        break;
    case TSIM_EVENT_CALL_BACK:
        text_add(text, "the customer puts the phone down to be called back");
        break;
    case TSIM_EVENT_BOOKED:
        text_add(text, "will be called in %s", took);
        break;
    case TSIM_EVENT_MISSED:
        text_add(text, "is called after %s: nobody answers", took);
        break;
    default:
        text_add(text, "resolved");
        if (event->amount > 0)
            text_add(text, " with a concession of %s",
                     value_of(life, event->amount, TSIM_UNIT_MONEY, amount, sizeof amount));
    }
}

/* The event as a line of text; false when it has none. */
static bool say_event(const struct life *life, const struct tsim_trace_event *event,
                      struct text *text)
{
    char name[FORMAT_NAME];
    switch (event->kind) {
    case TSIM_EVENT_CREATED:
        text_add(text, "arrives by %s", name_of(life, life->info->channel, name, sizeof name));
        if (event->cause)
            text_add(text, " during %s", name_of(life, event->cause, name, sizeof name));
        return true;
    case TSIM_EVENT_SELF_SERVICE:
    case TSIM_EVENT_VENDOR:
        text_add(text, "%s: %s", name_of(life, event->to, name, sizeof name),
                 event->kind == TSIM_EVENT_VENDOR ? "work begins" : "a session begins");
        return true;
    case TSIM_EVENT_QUEUED:
        text_add(text, "waits for %s", name_of(life, event->tier, name, sizeof name));
        if (event->cause)
            text_add(text, " (%s)", event->cause);
        return true;
    case TSIM_EVENT_WORK:
    case TSIM_EVENT_DONE:
    case TSIM_EVENT_INTERRUPTED:
    case TSIM_EVENT_HELP:
    case TSIM_EVENT_HELPED:
    case TSIM_EVENT_RELEASED:
        say_work(life, event, text);
        return true;
    case TSIM_EVENT_PASSED:
    case TSIM_EVENT_ESCALATED:
    case TSIM_EVENT_CONSULT:
    case TSIM_EVENT_WITHDRAWN:
        say_move(life, event, text);
        return true;
    case TSIM_EVENT_SLA:
        text_add(text, "the SLA clock of %s reaches an escalation point",
                 clock_words(event->cause));
        return true;
    case TSIM_EVENT_CLOSED:
        return say_end(event, text);
    case TSIM_EVENT_CLOCK:
    case TSIM_EVENTS:
        return false;
    default:
        say_customer(life, event, text);
        return true;
    }
}

static void write_events(struct life *life)
{
    enum { AFTER = 11 };
    struct page *page = &life->page;
    size_t       count;
    const struct tsim_trace_event *events = tsim_trace_events(life->trace, &count);
    const size_t clock = life->weeks ? 20 : 15;
    double       last_s = -1;
    page_end(page);
    page_add(page, STYLE_STRONG, "WHAT HAPPENED");
    page_pad(page, clock + AFTER - 7);
    page_add(page, STYLE_FAINT, "after");
    page_end(page);
    for (size_t i = 0; i < count; i++) {
        char        line[SCREEN_TEXT], when[FORMAT_VALUE], after[FORMAT_VALUE];
        struct text text;
        text_open(&text, line, sizeof line);
        if (!say_event(life, &events[i], &text))
            continue;
        if (events[i].at_s != last_s) {
            write_moment(life, events[i].at_s, when, sizeof when);
            page_add(page, STYLE_PLAIN, "  ");
            page_add(page, STYLE_PLAIN, when);
            time_of(life, events[i].at_s - life->info->arrived_s, after, sizeof after);
            page_pad(page, clock + AFTER - 2 - text_columns(after));
            page_add(page, STYLE_FAINT, after);
            last_s = events[i].at_s;
        }
        page_fill(page, clock + AFTER, STYLE_PLAIN, line);
    }
}

/* ---- who answered for it */

/* The first event after `i` that has another owner; the end is one. */
static size_t next_owner(const struct tsim_trace_event *events, size_t count, size_t i)
{
    const char *owner = events[i].owner;
    while (i < count && events[i].kind != TSIM_EVENT_CLOSED && strcmp(events[i].owner, owner) == 0)
        i++;
    return i;
}

static void write_owners(struct life *life)
{
    enum { MOST = 12 };
    static const struct column columns[] = {
        { .header = "WHO ANSWERED FOR IT", .shrinks = 20 },
        { .header = "for", .right = true },
    };
    size_t                         count, rows = 0;
    const struct tsim_trace_event *events = tsim_trace_events(life->trace, &count);
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0, next; table && i < count && events[i].kind != TSIM_EVENT_CLOSED; i = next) {
        char text[FORMAT_NAME];
        next = next_owner(events, count, i);
        const double for_s = events[next < count ? next : count - 1].at_s - events[i].at_s;
        if (for_s <= 0 && events[i].agent == 0)
            continue;
        if (rows++ == MOST)
            break;
        if (!table_row(table))
            break;
        table_set(table, 0, STYLE_PLAIN, name_of(life, events[i].owner, text, sizeof text));
        table_set(table, 1, STYLE_PLAIN, time_of(life, for_s, text, sizeof text));
    }
    if (table && rows > 0) {
        page_end(&life->page);
        table_write(table, &life->page, 2);
        if (rows > MOST)
            page_fill(&life->page, 2, STYLE_FAINT, "and others: --json tells all");
    }
    free(table);
}

/* ---- what it was made of */

static void part_name(const struct life *life, const struct tsim_trace_part *part, char *to,
                      size_t size)
{
    static const char *const words[][2] = {
        { "self_service", "in self-service" },
        { "queue", "waiting for" },
        { "work", "at work in" },
        { "hand_over", "being handed over" },
        { "approval_or_expert", "with an approver or expert" },
        { "customer", "waiting on the customer" },
        { "away", "the customer away" },
        { "vendor", "with the vendor" },
    };
    char        tier[FORMAT_NAME];
    struct text text;
    text_open(&text, to, size);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], part->name) == 0)
            text_add(&text, "%s", words[i][1]);
    if (part->tier)
        text_add(&text, " %s", name_of(life, part->tier, tier, sizeof tier));
}

static void set_part(const struct life *life, struct table *table, const char *name,
                     double seconds, double whole_s)
{
    enum { COLUMNS = 20 };
    char        text[FORMAT_NAME];
    struct text bar;
    if (!table_row(table))
        return;
    table_set(table, 0, STYLE_PLAIN, name);
    table_set(table, 1, STYLE_PLAIN, time_of(life, seconds, text, sizeof text));
    table_set(table, 2, STYLE_PLAIN,
              value_of(life, whole_s > 0 ? seconds / whole_s : 0, TSIM_UNIT_SHARE, text,
                       sizeof text));
    text_open(&bar, text, sizeof text);
    for (int i = 0; i < COLUMNS && i + 0.5 <= seconds / whole_s * COLUMNS; i++)
        text_add(&bar, "%s", life->page.signs->bar);
    table_set(table, 3, STYLE_PLAIN, text);
}

static void write_parts(struct life *life)
{
    static const struct column columns[] = {
        { .header = "WHERE THE TIME WENT", .shrinks = 20 },
        { .header = "", .right = true },
        { .header = "", .right = true },
        { .header = "", .drop = COLUMN_EXTRA },
    };
    size_t                        count;
    const struct tsim_trace_part *parts = tsim_trace_parts(life->trace, &count);
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);
    double        whole_s = 0;
    if (!table || count == 0) {
        free(table);
        return;
    }
    for (size_t i = 0; i < count; i++)
        whole_s += parts[i].seconds;
    for (size_t i = 0; i < count; i++) {
        char name[FORMAT_NAME];
        part_name(life, &parts[i], name, sizeof name);
        set_part(life, table, name, parts[i].seconds, whole_s);
    }
    set_part(life, table, "from arrival to the end", whole_s, whole_s);
    table_set(table, 3, STYLE_PLAIN, "");
    page_end(&life->page);
    table_write(table, &life->page, 2);
    free(table);
}

/* ---- targets, promises, money */

static void set_verdict(const struct life *life, struct table *table, bool good)
{
    const struct signs *signs = life->page.signs;
    table_mark(table, 0, good ? STYLE_GOOD : STYLE_BAD, good ? signs->kept : signs->broken);
}

static void write_targets(struct life *life)
{
    static const struct column columns[] = {
        { .header = "SLA TARGETS", .shrinks = 12 }, { .header = "clock", .drop = 1 },
        { .header = "target", .right = true },      { .header = "it ran", .right = true },
        { .header = "penalty", .right = true },
    };
    size_t                          count;
    const struct tsim_trace_target *targets = tsim_trace_targets(life->trace, &count);
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; table && i < count && table_row(table); i++) {
        char text[FORMAT_NAME];
        table_set(table, 0, STYLE_PLAIN, name_of(life, targets[i].name, text, sizeof text));
        set_verdict(life, table, targets[i].met);
        table_set(table, 1, STYLE_FAINT, clock_words(targets[i].clock));
        table_set(table, 2, STYLE_PLAIN, target_of(life, targets[i].target_s, text, sizeof text));
        table_set(table, 3, STYLE_PLAIN, time_of(life, targets[i].ran_s, text, sizeof text));
        if (targets[i].penalty > 0)
            table_set(table, 4, STYLE_PLAIN, value_of(life, targets[i].penalty, TSIM_UNIT_MONEY,
                                                      text, sizeof text));
    }
    if (table && count > 0) {
        page_end(&life->page);
        table_write(table, &life->page, 2);
    }
    free(table);
}

static void write_promises(struct life *life)
{
    static const struct column columns[] = { { .header = "PROMISES, for this contact" } };
    size_t                           count;
    const struct tsim_trace_promise *promises = tsim_trace_promises(life->trace, &count);
    struct table *table = table_new(columns, 1);
    for (size_t i = 0; table && i < count && table_row(table); i++) {
        char text[FORMAT_NAME];
        table_set(table, 0, STYLE_PLAIN,
                  format_name(promises[i].text, life->page.width - 6, life->page.ascii, text,
                              sizeof text));
        set_verdict(life, table, promises[i].kept);
    }
    if (table && count > 0) {
        page_end(&life->page);
        table_write(table, &life->page, 2);
    }
    free(table);
}

static const char *cost_words(const char *name)
{
    static const char *const words[][2] = {
        { "penalties", "penalties" }, { "self_service", "self-service" },
        { "contact", "contact fee" }, { "work", "agents' time" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], name) == 0)
            return words[i][1];
    return name;
}

static void write_costs(struct life *life)
{
    size_t                        count;
    const struct tsim_trace_cost *costs = tsim_trace_costs(life->trace, &count);
    char                          line[SCREEN_TEXT], amount[FORMAT_VALUE];
    struct text                   text;
    double                        sum = 0;
    if (count == 0)
        return;
    for (size_t i = 0; i < count; i++)
        sum += costs[i].amount;
    text_open(&text, line, sizeof line);
    text_add(&text, "%s of its own: ",
             value_of(life, sum, TSIM_UNIT_MONEY, amount, sizeof amount));
    for (size_t i = 0; i < count; i++)
        text_add(&text, "%s%s %s", i ? ", " : "", cost_words(costs[i].name),
                 value_of(life, costs[i].amount, TSIM_UNIT_MONEY, amount, sizeof amount));
    text_add(&text, ".");
    page_end(&life->page);
    page_add(&life->page, STYLE_STRONG, "COST");
    page_fill(&life->page, 10, STYLE_PLAIN, line);
}

/* ---- the whole */

static void write_header(struct life *life)
{
    static const char *const picked[TSIM_PICKS] = {
        [TSIM_PICK_WORST] = "the longest from arrival to its end",
        [TSIM_PICK_FIRST_BREACH] = "the first to miss an SLA target",
        [TSIM_PICK_MOST_HOPS] = "the most hand-overs",
        [TSIM_PICK_LONGEST_WAIT] = "the longest in queues",
        [TSIM_PICK_COSTLIEST] = "the costliest",
    };
    const struct tsim_trace_info *info = life->info;
    struct page                  *page = &life->page;
    const char                   *dot = page->signs->dot;
    char        name[FORMAT_NAME], line[SCREEN_TEXT], number[FORMAT_VALUE];
    struct text text;
    page_add(page, STYLE_STRONG,
             format_name(info->scenario, page->width / 2, page->ascii, name, sizeof name));
    page_add(page, STYLE_PLAIN, "  case ");
    page_add(page, STYLE_PLAIN, info->id);
    page_end(page);
    text_open(&text, line, sizeof line);
    if (info->pick != TSIM_PICK_NUMBER) {
        text_add(&text, "%s of %s contacts in ", picked[info->pick],
                 format_whole(info->searched, number, sizeof number));
        if (info->searched_replications > 1)
            text_add(&text, "%" PRIu32 " replications %s ", info->searched_replications, dot);
        else
            text_add(&text, "replication %" PRIu32 " %s ", info->replication, dot);
    }
    text_add(&text, "seed%c%" PRIu64, PAGE_GLUE, info->seed);
    if (!info->counted)
        text_add(&text, " %s not counted", dot);
    page_fill(page, 0, STYLE_PLAIN, line);
    text_open(&text, line, sizeof line);
    text_add(&text, "%s", name_of(life, info->issue, name, sizeof name));
    text_add(&text, " %s severity %s", dot, name_of(life, info->severity, name, sizeof name));
    text_add(&text, " %s segment %s", dot, name_of(life, info->segment, name, sizeof name));
    text_add(&text, " %s stream %s", dot, name_of(life, info->stream, name, sizeof name));
    text_add(&text, " %s %" PRIu32 " hand-over%s", dot, info->hops, info->hops == 1 ? "" : "s");
    page_fill(page, 0, STYLE_PLAIN, line);
}

void tsim_report_trace(const struct tsim_trace *trace, const struct tsim_screen_options *options,
                       FILE *to)
{
    struct life life = { .trace = trace, .info = tsim_trace_info(trace) };
    life.options = screen_open(&life.page, options, to);
    life.weeks = life.info->start_s + life.info->ended_s >= 7 * 86400.0;
    write_header(&life);
    write_events(&life);
    write_owners(&life);
    write_parts(&life);
    write_targets(&life);
    write_promises(&life);
    write_costs(&life);
}
