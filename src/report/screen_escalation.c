/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Escalations on the screen: by cause, then hand-overs and tasks in a sentence each. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/finding.h"
#include "report/flow.h"
#include "report/format.h"
#include "report/screen.h"

static double cause_value(const struct screen *screen, size_t cause, const char *measure)
{
    return finding_value(screen->result, TSIM_SCOPE_TRIGGER, cause, measure).value;
}

/* The target most contacts go to for a cause, and its share where others get some too. */
static void set_target(struct screen *screen, struct table *table, size_t column, size_t cause)
{
    const size_t tiers = tsim_result_entries(screen->result, TSIM_SCOPE_TIER);
    double       all = 0, most = 0;
    size_t       where = 0;
    for (size_t to = 0; to < flow_targets(screen->result); to++) {
        double here = 0;
        for (size_t from = 0; from < tiers; from++)
            here += flow_per_day(screen->result, from, to, cause).value;
        where = here > most ? to : where;
        most = here > most ? here : most;
        all += here;
    }
    if (all <= 0 || cause_value(screen, cause, "asked_per_day") > all) {
        table_set(table, column, STYLE_PLAIN,
                  cause_value(screen, cause, "asked_per_day") > 0 ? "asked about" : "told of");
        return;
    }
    char name[FORMAT_NAME], text[FORMAT_NAME + FORMAT_VALUE];
    screen_name(screen, flow_target(screen->result, where), 24, name, sizeof name);
    snprintf(text, sizeof text, most < 0.995 * all ? "%s %.0f %%" : "%s", name, 100 * most / all);
    table_set(table, column, STYLE_PLAIN, text);
}

static void add_cause(struct screen *screen, struct table *table, size_t cause)
{
    char         text[FORMAT_VALUE];
    const double escalated = cause_value(screen, cause, "handed_over_per_day") +
                             cause_value(screen, cause, "asked_per_day");
    const double notified = cause_value(screen, cause, "notified_per_day");
    const double share = cause_value(screen, cause, "per_contact");
    const double cost = cause_value(screen, cause, "cost_per_escalation");
    if (escalated + notified <= 0 || !table_row(table))
        return;
    table_set(table, 0, STYLE_PLAIN, flow_cause(screen->result, cause));
    table_set(table, 1, STYLE_PLAIN,
              screen_value(screen, escalated > 0 ? escalated : notified, TSIM_UNIT_COUNT, text,
                           sizeof text));
    if (share > 0)
        table_set(table, 2, STYLE_PLAIN,
                  screen_value(screen, share, TSIM_UNIT_SHARE, text, sizeof text));
    set_target(screen, table, 3, cause);
    if (cost > 0)
        table_set(table, 4, STYLE_PLAIN,
                  screen_value(screen, cost, TSIM_UNIT_MONEY, text, sizeof text));
}

/* "Hand-overs: none 75 %, one 24 %, two 0.3 %." */
static void say_hops(struct screen *screen, struct text *text)
{
    static const char *const words[] = { "none", "one", "two" };
    char                     value[FORMAT_VALUE];
    double                   more = 0;
    for (size_t h = 3; h < tsim_result_entries(screen->result, TSIM_SCOPE_HOPS); h++)
        more += finding_value(screen->result, TSIM_SCOPE_HOPS, h, "share").value;
    for (size_t h = 0; h <= 3; h++) {
        const double share =
            h < 3 ? finding_value(screen->result, TSIM_SCOPE_HOPS, h, "share").value : more;
        if (share <= 0)
            continue;
        text_add(text, "%s%s %s", text->length ? ", " : "Hand-overs: ",
                 h < 3 ? words[h] : "three or more",
                 screen_value(screen, share, TSIM_UNIT_SHARE, value, sizeof value));
    }
    const double returns =
        finding_value(screen->result, TSIM_SCOPE_DESK, 0, "returns_mean").value;
    if (returns > 0)
        text_add(text, "; ping-pong, to a pool that had it already: %s times per contact",
                 screen_value(screen, returns, TSIM_UNIT_COUNT, value, sizeof value));
    if (text->length)
        text_add(text, ".");
}

/* "1.2 owners per contact; 41 % of those who come back find theirs free." */
static void say_owners(struct screen *screen, struct text *text)
{
    char owners[FORMAT_VALUE], found[FORMAT_VALUE];
    const struct tsim_estimate share =
        finding_value(screen->result, TSIM_SCOPE_DESK, 0, "owner_found_share");
    const double mean = finding_value(screen->result, TSIM_SCOPE_DESK, 0, "owners_mean").value;
    if (!share.defined)
        return;
    text_add(text, "%s%s owners per contact; %s of those who come back for theirs find them free.",
             text->length ? " " : "",
             screen_value(screen, mean, TSIM_UNIT_COUNT, owners, sizeof owners),
             screen_value(screen, share.value, TSIM_UNIT_SHARE, found, sizeof found));
}

/* "12 approvals per day, begun after 3.1 min." */
static void say_tasks(struct screen *screen, struct text *text)
{
    static const char *const words[][2] = {
        { "approval", "approvals" },          { "swarm", "experts called in" },
        { "notify", "notifications" },        { "root_cause", "root-cause fixes" },
        { "follow_up", "follow-ups" },        { "chase", "questions how a case stands" },
        { "call", "calls that reached nobody" },
    };
    char value[FORMAT_VALUE];
    bool any = false;
    for (size_t k = 0; k < tsim_result_entries(screen->result, TSIM_SCOPE_TASK); k++) {
        const char  *name = tsim_result_entry(screen->result, TSIM_SCOPE_TASK, k);
        const double n = finding_value(screen->result, TSIM_SCOPE_TASK, k, "per_day").value;
        const struct tsim_estimate wait =
            finding_value(screen->result, TSIM_SCOPE_TASK, k, "wait_mean");
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            name = strcmp(name, words[i][0]) == 0 ? words[i][1] : name;
        if (n <= 0)
            continue;
        text_add(text, "%s%s %s", any ? "; " : text->length ? " " : "",
                 screen_value(screen, n, TSIM_UNIT_COUNT, value, sizeof value), name);
        if (!any)
            text_add(text, " %s", finding_per_day(screen->info));
        if (wait.defined)
            text_add(text, ", begun after %s",
                     screen_value(screen, wait.value, TSIM_UNIT_DURATION, value, sizeof value));
        any = true;
    }
    if (any)
        text_add(text, ".");
}

void screen_escalations(struct screen *screen)
{
    const struct column columns[] = {
        { .header = "ESCALATIONS" },
        { .header = finding_per_day(screen->info), .right = true },
        { .header = "per contact", .right = true, .drop = 2 },
        { .header = "mostly to", .shrinks = 12 },
        { .header = "costs each", .right = true, .drop = 1 },
    };
    char          buffer[SCREEN_TEXT];
    struct text   text;
    struct table *table = flow_any(screen->result)
                              ? table_new(columns, sizeof columns / sizeof *columns) : NULL;
    if (!table)
        return;
    for (size_t c = 0; c < flow_causes(screen->result); c++)
        add_cause(screen, table, c);
    page_end(&screen->page);
    table_write(table, &screen->page, 2);
    free(table);
    text_open(&text, buffer, sizeof buffer);
    say_hops(screen, &text);
    say_owners(screen, &text);
    say_tasks(screen, &text);
    if (text.length)
        page_fill(&screen->page, 2, STYLE_PLAIN, buffer);
}
