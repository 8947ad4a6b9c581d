/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A trace as one JSON document. */
#include <inttypes.h>

#include <tiersim/report.h>

#include "base/json.h"
#include "report/json_parts.h"

/* A member of an object: text or null, or a number. */
static void write_text(FILE *to, const char *before, const char *key, const char *text)
{
    fprintf(to, "%s\"%s\": ", before, key);
    if (text)
        json_write_string(to, text);
    else
        fputs("null", to);
}

static void write_number(FILE *to, const char *before, const char *key, double value)
{
    fprintf(to, "%s\"%s\": ", before, key);
    json_write_number(to, value);
}

static void write_flag(FILE *to, const char *before, const char *key, bool value)
{
    fprintf(to, "%s\"%s\": %s", before, key, value ? "true" : "false");
}

static void write_case(const struct tsim_trace_info *info, FILE *to)
{
    write_text(to, "  \"case\": {\n    ", "id", info->id);
    fprintf(to, ", \"replication\": %" PRIu32 ", \"number\": %" PRIu64, info->replication,
            info->number);
    write_text(to, ",\n    ", "picked",
               info->pick == TSIM_PICK_NUMBER ? NULL : tsim_pick_name(info->pick));
    fprintf(to, ", \"searched\": %" PRIu64 ", \"searched_replications\": %" PRIu32,
            info->searched, info->searched_replications);
    write_text(to, ",\n    ", "stream", info->stream);
    write_text(to, ", ", "channel", info->channel);
    write_text(to, ", ", "type", info->issue);
    write_text(to, ",\n    ", "priority", info->severity);
    write_text(to, ", ", "segment", info->segment);
    write_text(to, ",\n    ", "outcome", info->outcome);
    write_flag(to, ", ", "counted", info->counted);
    fprintf(to, ", \"hops\": %" PRIu32, info->hops);
    write_number(to, ", ", "concession", info->concession);
    write_number(to, ",\n    ", "arrived_s", info->arrived_s);
    write_number(to, ", ", "ended_s", info->ended_s);
    write_number(to, ", ", "time_0_after_monday_s", info->start_s);
    fputs("\n  },\n", to);
}

static void write_events(const struct tsim_trace *trace, FILE *to)
{
    size_t                         count;
    const struct tsim_trace_event *events = tsim_trace_events(trace, &count);
    fputs("  \"events\": [", to);
    for (size_t i = 0; i < count; i++) {
        const struct tsim_trace_event *event = &events[i];
        fputs(i ? ",\n    { " : "\n    { ", to);
        write_number(to, "", "at_s", event->at_s);
        write_text(to, ", ", "event", event->name);
        write_text(to, ", ", "tier", event->tier);
        write_text(to, ", ", "pool", event->pool);
        if (event->agent)
            fprintf(to, ", \"agent\": %" PRIu32, event->agent);
        write_text(to, ", ", "owner", event->owner);
        if (event->to)
            write_text(to, ", ", "to", event->to);
        if (event->cause)
            write_text(to, ", ", "cause", event->cause);
        if (event->because)
            write_text(to, ", ", "because", event->because);
        if (event->took_s > 0)
            write_number(to, ", ", "took_s", event->took_s);
        if (event->amount > 0)
            write_number(to, ", ", "amount", event->amount);
        fputs(" }", to);
    }
    fputs(count ? "\n  ],\n" : "],\n", to);
}

static void write_parts(const struct tsim_trace *trace, FILE *to)
{
    size_t                        count;
    const struct tsim_trace_part *parts = tsim_trace_parts(trace, &count);
    fputs("  \"time\": [", to);
    for (size_t i = 0; i < count; i++) {
        write_text(to, i ? ",\n    { " : "\n    { ", "part", parts[i].name);
        write_text(to, ", ", "tier", parts[i].tier);
        write_number(to, ", ", "seconds", parts[i].seconds);
        fputs(" }", to);
    }
    fputs(count ? "\n  ],\n" : "],\n", to);
}

static void write_targets(const struct tsim_trace *trace, FILE *to)
{
    size_t                          count;
    const struct tsim_trace_target *targets = tsim_trace_targets(trace, &count);
    fputs("  \"sla\": [", to);
    for (size_t i = 0; i < count; i++) {
        write_text(to, i ? ",\n    { " : "\n    { ", "name", targets[i].name);
        write_text(to, ", ", "clock", targets[i].clock);
        write_number(to, ", ", "target_s", targets[i].target_s);
        write_number(to, ", ", "ran_s", targets[i].ran_s);
        write_flag(to, ", ", "met", targets[i].met);
        write_number(to, ", ", "penalty", targets[i].penalty);
        fputs(" }", to);
    }
    fputs(count ? "\n  ],\n" : "],\n", to);
}

static void write_promises(const struct tsim_trace *trace, FILE *to)
{
    size_t                           count;
    const struct tsim_trace_promise *promises = tsim_trace_promises(trace, &count);
    fputs("  \"promises\": [", to);
    for (size_t i = 0; i < count; i++) {
        write_text(to, i ? ",\n    { " : "\n    { ", "text", promises[i].text);
        write_flag(to, ", ", "kept", promises[i].kept);
        fputs(" }", to);
    }
    fputs(count ? "\n  ],\n" : "],\n", to);
}

static void write_costs(const struct tsim_trace *trace, FILE *to)
{
    size_t                        count;
    const struct tsim_trace_cost *costs = tsim_trace_costs(trace, &count);
    fputs("  \"cost\": {", to);
    for (size_t i = 0; i < count; i++)
        write_number(to, i ? ", " : " ", costs[i].name, costs[i].amount);
    fputs(count ? " }\n" : "}\n", to);
}

bool tsim_report_trace_json(const struct tsim_trace *trace, FILE *to)
{
    const struct tsim_trace_info *info = tsim_trace_info(trace);
    part_head(to, "trace");
    write_text(to, ",\n  ", "scenario", info->scenario);
    write_text(to, ", ", "fingerprint", info->fingerprint);
    fputs(", ", to);
    part_whole(to, "seed", info->seed);
    write_text(to, ", ", "currency", info->currency);
    fputs(",\n", to);
    write_case(info, to);
    write_events(trace, to);
    write_parts(trace, to);
    write_targets(trace, to);
    write_promises(trace, to);
    write_costs(trace, to);
    fputs("}\n", to);
    return !ferror(to);
}
