/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include <tiersim/report.h>

#include "base/json.h"

/* Only what is reproducible is written here: equal results give equal bytes. How long it
 * took, on what, and from which path is in the manifest. */

static const char *unit_name(enum tsim_unit unit)
{
    switch (unit) {
    case TSIM_UNIT_SHARE:
        return "share";
    case TSIM_UNIT_DURATION:
        return "seconds";
    case TSIM_UNIT_MONEY:
        return "money";
    case TSIM_UNIT_COUNT:
        break;
    }
    return "count";
}

static const char *verdict_name(enum tsim_verdict verdict)
{
    switch (verdict) {
    case TSIM_KEPT:
        return "kept";
    case TSIM_BROKEN:
        return "broken";
    case TSIM_TOO_CLOSE:
        return "too_close";
    case TSIM_UNKNOWN:
        break;
    }
    return "unknown";
}

static void write_text(FILE *to, const char *key, const char *text)
{
    fprintf(to, "\"%s\": ", key);
    json_write_string(to, text ? text : "");
}

static void write_number(FILE *to, const char *key, double value)
{
    fprintf(to, "\"%s\": ", key);
    json_write_number(to, value);
}

/* A whole number; above 2^53 as text, because readers keep numbers as doubles. */
static void write_whole(FILE *to, const char *key, uint64_t value)
{
    if (value <= UINT64_C(1) << 53)
        fprintf(to, "\"%s\": %" PRIu64, key, value);
    else
        fprintf(to, "\"%s\": \"%" PRIu64 "\"", key, value);
}

/* {"value": …, "low": …, "high": …, "std_error": …}; null when there was nothing to measure,
 * and null ends when there is no interval. */
static void write_estimate(FILE *to, const struct tsim_estimate *estimate)
{
    if (!estimate->defined || !isfinite(estimate->value)) {
        fputs("null", to);
        return;
    }
    double missing = NAN;
    fputs("{", to);
    write_number(to, "value", estimate->value);
    fputs(", ", to);
    write_number(to, "low", estimate->has_interval ? estimate->low : missing);
    fputs(", ", to);
    write_number(to, "high", estimate->has_interval ? estimate->high : missing);
    fputs(", ", to);
    write_number(to, "std_error", estimate->has_interval ? estimate->std_error : missing);
    fputs("}", to);
}

static void write_run(const struct tsim_result *result, FILE *to)
{
    const struct tsim_run_info *info = tsim_result_info(result);
    fputs("  \"run\": {\n    ", to);
    write_text(to, "fingerprint", info->fingerprint);
    fputs(", ", to);
    write_text(to, "digest", tsim_result_digest(result));
    if (info->policy) {
        fputs(", ", to);
        write_text(to, "policy", info->policy);
        fputs(", ", to);
        write_text(to, "policy_fingerprint", info->policy_fingerprint);
    }
    fputs(",\n    ", to);
    write_whole(to, "seed", info->seed);
    fprintf(to, ", \"replications\": %" PRIu32 ", \"complete\": %s,\n    ", info->replications,
            info->complete ? "true" : "false");
    fputs("\"precision\": ", to);
    json_write_number(to, info->precision_asked ? info->precision : NAN);
    fprintf(to, ", \"precision_reached\": %s, ",
            !info->precision_asked ? "null" : info->precision_reached ? "true" : "false");
    write_number(to, "confidence", info->confidence);
    fprintf(to, ",\n    \"steady_state\": %s, ", info->steady_state ? "true" : "false");
    write_number(to, "warmup_s", info->warmup_s);
    fputs(", ", to);
    write_number(to, "length_s", info->length_s);
    fputs(", ", to);
    write_number(to, "interval_s", info->interval_s);
    fputs(", ", to);
    write_number(to, "cycle_s", info->cycle_s);
    fputs(",\n    ", to);
    write_text(to, "start_day", info->start_day);
    fprintf(to, ", \"start_second\": %" PRIu32 ", ", info->start_second);
    write_text(to, "currency", info->currency);
    fprintf(to,
            ",\n    \"tiers\": %" PRIu32 ", \"pools\": %" PRIu32 ", \"agents_max\": %" PRIu32
            ", ",
            info->tiers, info->pools, info->agents_max);
    write_whole(to, "contacts", info->contacts);
    fputs(", ", to);
    write_whole(to, "events", info->events);
    fputs("\n  },\n", to);
}

static void write_split(const struct tsim_result *result, FILE *to)
{
    size_t                   count;
    const struct tsim_split *split = tsim_result_split(result, &count);
    fputs("  \"split\": [", to);
    for (size_t i = 0; i < count; i++) {
        fputs(i ? ",\n    {" : "\n    {", to);
        write_text(to, "tier", split[i].tier);
        fputs(", ", to);
        write_number(to, "target", split[i].target);
        fputs(", ", to);
        write_text(to, "verdict", verdict_name(split[i].verdict));
        fputs(", \"share\": ", to);
        write_estimate(to, &split[i].share);
        fputs("}", to);
    }
    fputs(count ? "\n  ],\n" : "],\n", to);
}

/* How much less work the same intervals took: {"controls": […], "set": …, "desk": {measure: times},
 * "tier": {entry: {measure: times}}}; null where nothing was done for it. */
static void write_gains(const struct tsim_result *result, enum tsim_scope scope, size_t entry,
                        FILE *to)
{
    size_t                     count, n = 0;
    const struct tsim_measure *measures = tsim_result_measures(result, scope, &count);
    for (size_t m = 0; m < count; m++) {
        const double gain = tsim_result_less_work(result, scope, entry, m);
        if (!(gain > 0))
            continue;
        fputs(n++ ? ", " : "", to);
        write_number(to, measures[m].name, gain);
    }
}

static void write_less_work(const struct tsim_result *result, FILE *to)
{
    const struct tsim_run_info *info = tsim_result_info(result);
    size_t                      count;
    const char *const          *controls = tsim_result_controls(result, &count);
    if (!info->adjusts && info->set < 2) {
        fputs("  \"less_work\": null,\n", to);
        return;
    }
    fputs("  \"less_work\": {\n    \"controls\": [", to);
    for (size_t i = 0; i < count; i++) {
        fputs(i ? ", " : "", to);
        json_write_string(to, controls[i]);
    }
    fprintf(to, "], \"set\": %" PRIu32 ",\n    \"desk\": {", info->set);
    write_gains(result, TSIM_SCOPE_DESK, 0, to);
    fputs("},\n    \"tier\": {", to);
    for (size_t t = 0; t < tsim_result_entries(result, TSIM_SCOPE_TIER); t++) {
        fputs(t ? ",\n      " : "\n      ", to);
        json_write_string(to, tsim_result_entry(result, TSIM_SCOPE_TIER, t));
        fputs(": {", to);
        write_gains(result, TSIM_SCOPE_TIER, t, to);
        fputs("}", to);
    }
    fputs("\n    }\n  },\n", to);
}

static void write_promises(const struct tsim_result *result, FILE *to)
{
    size_t                     count;
    const struct tsim_promise *promises = tsim_result_promises(result, &count);
    fputs("  \"promises\": [", to);
    for (size_t i = 0; i < count; i++) {
        fputs(i ? ",\n    {" : "\n    {", to);
        write_text(to, "text", promises[i].text);
        fputs(", ", to);
        write_text(to, "unit", unit_name(promises[i].unit));
        fprintf(to, ", \"at_least\": %s, ", promises[i].at_least ? "true" : "false");
        write_number(to, "target", promises[i].target);
        fputs(", ", to);
        write_text(to, "verdict", verdict_name(promises[i].verdict));
        fputs(", \"estimate\": ", to);
        write_estimate(to, &promises[i].estimate);
        fputs("}", to);
    }
    fputs(count ? "\n  ],\n" : "],\n", to);
}

static void write_measures(const struct tsim_result *result, enum tsim_scope scope, size_t entry,
                           const char *indent, FILE *to)
{
    size_t                     count;
    const struct tsim_measure *measures = tsim_result_measures(result, scope, &count);
    for (size_t m = 0; m < count; m++) {
        struct tsim_estimate estimate = tsim_result_get(result, scope, entry, m);
        fprintf(to, "%s\n%s\"%s\": ", m ? "," : "", indent, measures[m].name);
        write_estimate(to, &estimate);
    }
}

/* Entries before this one that have its name: two things of one name stay two members. */
static size_t namesakes(const struct tsim_result *result, enum tsim_scope scope, size_t entry)
{
    size_t      n    = 0;
    const char *name = tsim_result_entry(result, scope, entry);
    for (size_t i = 0; i < entry; i++)
        n += strcmp(tsim_result_entry(result, scope, i), name) == 0;
    return n;
}

/* "tier": {"L1": {"wait_mean": {…}, …}, …} */
static void write_scope(const struct tsim_result *result, enum tsim_scope scope, FILE *to)
{
    size_t entries = tsim_result_entries(result, scope);
    fprintf(to, "  \"%s\": {", tsim_scope_name(scope));
    for (size_t e = 0; e < entries; e++) {
        char   name[1024];
        size_t before = namesakes(result, scope, e);
        snprintf(name, sizeof name, "%s", tsim_result_entry(result, scope, e));
        if (before)
            snprintf(name, sizeof name, "%.*s (%zu)", 900, tsim_result_entry(result, scope, e),
                     before + 1);
        fputs(e ? ",\n    " : "\n    ", to);
        json_write_string(to, name);
        fputs(": {", to);
        write_measures(result, scope, e, "      ", to);
        fputs("\n    }", to);
    }
    fputs(entries ? "\n  },\n" : "},\n", to);
}

static void write_desk(const struct tsim_result *result, FILE *to)
{
    fputs("  \"desk\": {", to);
    if (tsim_result_entries(result, TSIM_SCOPE_DESK) > 0)
        write_measures(result, TSIM_SCOPE_DESK, 0, "    ", to);
    fputs("\n  },\n", to);
}

/* A list, one object for each pair of a tier and an issue (or of nothing and an interval). */
static void write_list(const struct tsim_result *result, enum tsim_scope scope,
                       enum tsim_scope first, enum tsim_scope second, FILE *to)
{
    size_t entries = tsim_result_entries(result, scope);
    size_t n       = tsim_result_entries(result, second);
    fprintf(to, "  \"%s\": [", tsim_scope_name(scope));
    for (size_t e = 0; e < entries && n > 0; e++) {
        fputs(e ? ",\n    {" : "\n    {", to);
        if (first != second) {
            write_text(to, tsim_scope_name(first), tsim_result_entry(result, first, e / n));
            fputs(", ", to);
        }
        write_text(to, tsim_scope_name(second), tsim_result_entry(result, second, e % n));
        fputs(",", to);
        write_measures(result, scope, e, "      ", to);
        fputs("\n    }", to);
    }
    fputs(entries && n ? "\n  ],\n" : "],\n", to);
}

static void write_distributions(const struct tsim_result *result, FILE *to)
{
    size_t                          count;
    const struct tsim_distribution *all = tsim_result_distributions(result, &count);
    fputs("  \"distributions\": [", to);
    for (size_t i = 0; i < count; i++) {
        fputs(i ? ",\n    {" : "\n    {", to);
        write_text(to, "name", all[i].name);
        fputs(", ", to);
        write_text(to, "entry", all[i].entry);
        fputs(", ", to);
        write_whole(to, "count", all[i].count);
        fputs(",\n      \"edges_s\": [", to);
        for (size_t b = 0; all[i].bars && b <= all[i].bars; b++) {
            fputs(b ? ", " : "", to);
            json_write_number(to, all[i].edges[b]);
        }
        fputs("],\n      \"shares\": [", to);
        for (size_t b = 0; b < all[i].bars; b++) {
            fputs(b ? ", " : "", to);
            json_write_number(to, all[i].shares[b]);
        }
        fputs("]}", to);
    }
    fputs(count ? "\n  ],\n" : "],\n", to);
}

static void write_crosschecks(const struct tsim_result *result, FILE *to)
{
    size_t                        count;
    const struct tsim_crosscheck *checks = tsim_result_crosschecks(result, &count);
    fputs("  \"crosschecks\": [", to);
    for (size_t i = 0; i < count; i++) {
        fputs(i ? ",\n    {" : "\n    {", to);
        write_text(to, "tier", checks[i].tier);
        fputs(", ", to);
        write_text(to, "model", checks[i].model);
        fputs(", ", to);
        write_text(to, "measure", checks[i].measure);
        fputs(", ", to);
        write_number(to, "analytic", checks[i].analytic);
        fputs(", \"simulated\": ", to);
        write_estimate(to, &checks[i].simulated);
        fprintf(to, ", \"exact\": %s, ", checks[i].exact ? "true" : "false");
        write_text(to, "reasons", checks[i].reasons);
        fputs("}", to);
    }
    fputs(count ? "\n  ]\n" : "]\n", to);
}

bool tsim_report_json(const struct tsim_result *result, FILE *to)
{
    static const enum tsim_scope named[] = {
        TSIM_SCOPE_FATE,    TSIM_SCOPE_TIER,    TSIM_SCOPE_POOL,   TSIM_SCOPE_ISSUE,
        TSIM_SCOPE_SEVERITY, TSIM_SCOPE_SEGMENT, TSIM_SCOPE_CHANNEL, TSIM_SCOPE_STREAM,
        TSIM_SCOPE_SLA,     TSIM_SCOPE_COST,    TSIM_SCOPE_MOVE,   TSIM_SCOPE_CAUSE,
        TSIM_SCOPE_TRIGGER, TSIM_SCOPE_HOPS,    TSIM_SCOPE_TASK,   TSIM_SCOPE_DELAY,
    };
    const struct tsim_run_info *info = tsim_result_info(result);
    fputs("{\n  \"schema\": \"tiersim-summary-1\",\n  ", to);
    write_text(to, "scenario", info->scenario);
    fputs(",\n  ", to);
    write_text(to, "title", info->title);
    fputs(",\n", to);
    write_run(result, to);
    write_less_work(result, to);
    write_split(result, to);
    write_promises(result, to);
    write_desk(result, to);
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        write_scope(result, named[i], to);
    write_list(result, TSIM_SCOPE_TIER_ISSUE, TSIM_SCOPE_TIER, TSIM_SCOPE_ISSUE, to);
    write_list(result, TSIM_SCOPE_POOL_ISSUE, TSIM_SCOPE_POOL, TSIM_SCOPE_ISSUE, to);
    write_list(result, TSIM_SCOPE_INTERVAL, TSIM_SCOPE_INTERVAL, TSIM_SCOPE_INTERVAL, to);
    write_list(result, TSIM_SCOPE_TIER_INTERVAL, TSIM_SCOPE_TIER, TSIM_SCOPE_INTERVAL, to);
    write_distributions(result, to);
    write_crosschecks(result, to);
    fputs("}\n", to);
    fflush(to);
    return !ferror(to);
}
