/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of business calendars and SLA targets. */
#include <string.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "model/scenario.h"
#include "model/shape_impl.h"

/* ---- calendars */

static bool calendar_check(struct reader *reader, const struct json *node, void *value)
{
    const struct calendar_given *calendar = value;
    const struct text_entry     *dates = calendar->holidays.at;
    bool                         good = true;
    (void)node;
    for (uint32_t i = 0; i < calendar->holidays.n; i++) {
        double day;
        if (!calendar_read_date(dates[i].text, &day))
            good = wrong_value(reader, dates[i].at,
                               "a date such as \"2024-01-04\", not before 2024-01-01", NULL);
    }
    return good;
}

static const struct param calendar_params[] = {
    { .key = "name", .type = PARAM_NAME, .offset = offsetof(struct calendar_given, name),
      .flags = PARAM_REQUIRED, .doc = "Name of the calendar.", .example = "\"office hours\"" },
    { .key = "windows", .type = PARAM_LIST, .offset = offsetof(struct calendar_given, windows),
      .shape = &hours_window_shape, .low = 1, .high = 1000, .flags = PARAM_REQUIRED,
      .doc = "When it is open, week after week. Windows may overlap.",
      .example = "[ { \"days\": \"Mon-Fri\", \"from\": \"09:00\", \"to\": \"17:00\" } ]" },
    TEXTS_PARAM(calendar_given, "holidays", holidays,
                "Dates on which it is closed all day. Time 0 of a run is in the week of Monday, "
                "2024-01-01.", "[\"2024-01-01\", \"2024-01-04\"]"),
};

const struct shape calendar_shape = {
    .name = "calendar",
    .summary = "A business calendar: when the desk is at work for its customers.",
    .params = calendar_params,
    .n_params = COUNT_OF(calendar_params),
    .size = sizeof(struct calendar_given),
    .check = calendar_check,
    .at_offset = offsetof(struct calendar_given, at),
};

/* ---- SLA targets */

static const char *const clock_names[] = { "first_response", "next_reply", "resolution",
                                           "operational", NULL };
static const char *const change_names[] = { "continue", "restart", NULL };

static const char pauses_schema[] =
    "\"type\": \"array\", \"items\": { \"enum\": [\"customer\", \"vendor\"] }";

/* A list of "customer" and "vendor" as bits of enum sla_pause. */
static bool read_pauses(struct reader *reader, const struct json *node, void *value)
{
    uint32_t *pauses = value;
    if (node->type != JSON_ARRAY)
        return wrong_value(reader, node, "a list of \"customer\", \"vendor\", or neither", NULL);
    bool good = true;
    JSON_EACH(element, node)
    {
        if (element->type == JSON_STRING && strcmp(element->string, "customer") == 0)
            *pauses |= PAUSE_CUSTOMER;
        else if (element->type == JSON_STRING && strcmp(element->string, "vendor") == 0)
            *pauses |= PAUSE_VENDOR;
        else
            good = wrong_value(reader, element, "\"customer\" or \"vendor\"", NULL);
    }
    return good;
}

static const char points_schema[] =
    "\"type\": [\"number\", \"string\", \"array\"], \"items\": { \"type\": [\"number\", "
    "\"string\"] }";

static bool read_points(struct reader *reader, const struct json *node, void *value)
{
    struct numbers *points = value;
    const bool      list = node->type == JSON_ARRAY;
    points->at = ARENA_ARRAY(reader->arena, (list ? node->size : 1) + 1, double);
    if (!points->at)
        return false;
    if (!list)
        return read_multiple(reader, node, 1000, &points->at[points->n++]);
    if (node->size > LIMIT_POINTS)
        return wrong_value(reader, node, "at most 1000 points", NULL);
    bool good = true;
    JSON_EACH(element, node)
    {
        const uint32_t n = points->n++;
        if (!read_multiple(reader, element, 1000, &points->at[n]))
            good = false;
        else if (n > 0 && points->at[n] <= points->at[n - 1])
            good = wrong_value(reader, element, "points in ascending order", NULL);
    }
    return good;
}

static bool sla_check(struct reader *reader, const struct json *node, void *value)
{
    const struct sla_given *sla = value;
    if (sla->tier.n > 0 && sla->clock != SLA_OPERATIONAL)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "tier", NULL, NULL,
                          "leave \"tier\" out, or write \"clock\": \"operational\"",
                          "only an operational target is about tiers");
    return true;
}

static const struct param sla_params[] = {
    { .key = "name", .type = PARAM_NAME, .offset = offsetof(struct sla_given, name),
      .flags = PARAM_REQUIRED, .doc = "Name of the target.", .example = "\"high, response\"" },
    { .key = "clock", .type = PARAM_CHOICE, .offset = offsetof(struct sla_given, clock),
      .flags = PARAM_REQUIRED, .choices = clock_names,
      .doc = "What must happen in time. first_response: the first human's work begins, from "
             "arrival. next_reply: human work begins again, from each reply of a customer who was "
             "waited on. resolution: the final resolution, from arrival. operational: the contact "
             "leaves the tier, from joining it.", .example = "\"resolution\"" },
    TEXTS_PARAM(sla_given, "tier", tier,
                "Of an operational target: only in these tiers. Without this key: in each.",
                "\"L2\""),
    { .key = "target", .type = PARAM_DURATION, .offset = offsetof(struct sla_given, target_s),
      .high = LIMIT_DURATION_S, .flags = PARAM_REQUIRED | PARAM_POSITIVE,
      .doc = "Time allowed.", .example = "\"4 h\"" },
    CLASS_PARAMS(sla_given),
    { .key = "calendar", .type = PARAM_NAME, .offset = offsetof(struct sla_given, calendar),
      .doc = "Calendar by which the clock runs; without this key the wall clock.",
      .example = "\"office hours\"" },
    { .key = "pauses", .type = PARAM_CUSTOM, .offset = offsetof(struct sla_given, pauses),
      .read = read_pauses, .schema = pauses_schema, .fallback = "[\"customer\", \"vendor\"]",
      .doc = "While the contact waits on these the clock stands still.",
      .example = "[\"customer\"]" },
    { .key = "on_reopen", .type = PARAM_CHOICE, .offset = offsetof(struct sla_given, on_reopen),
      .choices = change_names, .fallback = "\"continue\"",
      .doc = "What the clock does when a contact is reopened: it goes on from where it stood, or "
             "begins anew, a run of its own." },
    { .key = "on_severity_change", .type = PARAM_CHOICE,
      .offset = offsetof(struct sla_given, on_severity_change), .choices = change_names,
      .fallback = "\"continue\"",
      .doc = "What it does when the severity changes and this target comes to hold: it takes over "
             "the time used so far, or begins anew." },
    { .key = "escalate_at", .type = PARAM_CUSTOM, .offset = offsetof(struct sla_given, points),
      .read = read_points, .schema = points_schema,
      .doc = "Escalation points, shares of the target in ascending order, also beyond it. At each "
             "the trigger sla_warning (before the target) or sla_breach (from it on) wakes the "
             "rules of the escalation matrix.", .example = "[\"75 %\", 1, 1.5]" },
    { .key = "penalty", .type = PARAM_MONEY, .offset = offsetof(struct sla_given, penalty),
      .high = 1e12, .fallback = "0", .doc = "Money lost at each breach.", .example = "50" },
    { .key = "penalty_per_hour", .type = PARAM_MONEY, .high = 1e12,
      .offset = offsetof(struct sla_given, penalty_per_h), .fallback = "0",
      .doc = "Money lost per hour late (of the clock), besides." },
};

const struct shape sla_shape = {
    .name = "sla",
    .summary = "An SLA target. For each contact and clock (and tier) the first target in the list "
               "whose conditions hold counts.",
    .params = sla_params,
    .n_params = COUNT_OF(sla_params),
    .size = sizeof(struct sla_given),
    .check = sla_check,
    .at_offset = offsetof(struct sla_given, at),
};
