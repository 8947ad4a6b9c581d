/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include <tiersim/report.h>

#include "base/json.h"
#include "report/json_parts.h"

/* Only what is reproducible is written here: equal results give equal bytes. How long it
 * took, on what, and from which path is in the manifest. */

/* {"drifts", "starts_apart", "settles_s", "remembers_s", "needed_s"}; null: no steady state. */
static void write_steadiness(const struct tsim_run_info *info, FILE *to)
{
    const struct tsim_steadiness *found = &info->steadiness;
    if (!info->steady_state) {
        fputs("  \"steadiness\": null,\n", to);
        return;
    }
    fprintf(to, "  \"steadiness\": {\"drifts\": %s, \"starts_apart\": %s, ",
            found->drifts ? "true" : "false", found->starts_apart ? "true" : "false");
    member_number(to, "settles_s", found->settles ? found->settles_s : NAN);
    member_number(to, "remembers_s", found->remembers_s > 0 ? found->remembers_s : NAN);
    part_number(to, "needed_s", found->needed_s > 0 ? found->needed_s : NAN);
    fputs("},\n", to);
}

static void write_run(const struct tsim_result *result, FILE *to)
{
    const struct tsim_run_info *info = tsim_result_info(result);
    fputs("  \"run\": {\n    ", to);
    member_text(to, "fingerprint", info->fingerprint);
    part_text(to, "digest", tsim_result_digest(result));
    if (info->policy) {
        fputs(", ", to);
        member_text(to, "policy", info->policy);
        part_text(to, "policy_fingerprint", info->policy_fingerprint);
    }
    fputs(",\n    ", to);
    part_whole(to, "seed", info->seed);
    fprintf(to, ", \"replications\": %" PRIu32 ", \"complete\": %s,\n    ", info->replications,
            info->complete ? "true" : "false");
    member_note(to, info->batches > 0 ? info->batches : info->replications);
    if (info->batches > 0)
        fprintf(to, "\"batches\": %" PRIu32 ", \"batch_needed_s\": ", info->batches);
    if (info->batches > 0)
        json_write_number(to, info->steadiness.batch_s > 0 ? info->steadiness.batch_s : NAN);
    if (info->batches > 0)
        fprintf(to, ", \"batches_hang_together\": %s,\n    ",
                info->steadiness.batches_hang ? "true" : "false");
    fputs("\"precision\": ", to);
    json_write_number(to, info->precision_asked ? info->precision : NAN);
    fprintf(to, ", \"precision_reached\": %s, ",
            !info->precision_asked ? "null" : info->precision_reached ? "true" : "false");
    part_number(to, "confidence", info->confidence);
    fprintf(to, ",\n    \"steady_state\": %s, ", info->steady_state ? "true" : "false");
    member_number(to, "warmup_s", info->warmup_s);
    member_number(to, "length_s", info->length_s);
    member_number(to, "interval_s", info->interval_s);
    part_number(to, "cycle_s", info->cycle_s);
    fputs(",\n    ", to);
    part_text(to, "start_day", info->start_day);
    fprintf(to, ", \"start_second\": %" PRIu32 ", ", info->start_second);
    part_text(to, "currency", info->currency);
    fprintf(to,
            ",\n    \"tiers\": %" PRIu32 ", \"pools\": %" PRIu32 ", \"agents_max\": %" PRIu32
            ", ",
            info->tiers, info->pools, info->agents_max);
    member_whole(to, "contacts", info->contacts);
    part_whole(to, "events", info->events);
    fputs("\n  },\n", to);
    write_steadiness(info, to);
}

static void write_split(const struct tsim_result *result, FILE *to)
{
    size_t                   count;
    const struct tsim_split *split = tsim_result_split(result, &count);
    fputs("  \"split\": [", to);
    for (size_t i = 0; i < count; i++) {
        fputs(i ? ",\n    {" : "\n    {", to);
        member_text(to, "tier", split[i].tier);
        member_number(to, "target", split[i].target);
        part_text(to, "verdict", part_verdict(split[i].verdict));
        fputs(", \"share\": ", to);
        part_estimate(to, &split[i].share);
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
        part_number(to, measures[m].name, gain);
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
        member_text(to, "text", promises[i].text);
        part_text(to, "unit", part_unit(promises[i].unit));
        fprintf(to, ", \"at_least\": %s, ", promises[i].at_least ? "true" : "false");
        member_number(to, "target", promises[i].target);
        part_text(to, "verdict", part_verdict(promises[i].verdict));
        fputs(", \"estimate\": ", to);
        part_estimate(to, &promises[i].estimate);
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
        part_estimate(to, &estimate);
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
            member_text(to, tsim_scope_name(first), tsim_result_entry(result, first, e / n));
        }
        part_text(to, tsim_scope_name(second), tsim_result_entry(result, second, e % n));
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
        member_text(to, "name", all[i].name);
        member_text(to, "entry", all[i].entry);
        part_whole(to, "count", all[i].count);
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
        member_text(to, "tier", checks[i].tier);
        member_text(to, "model", checks[i].model);
        member_text(to, "measure", checks[i].measure);
        part_number(to, "analytic", checks[i].analytic);
        fputs(", \"simulated\": ", to);
        part_estimate(to, &checks[i].simulated);
        fprintf(to, ", \"exact\": %s, ", checks[i].exact ? "true" : "false");
        part_text(to, "reasons", checks[i].reasons);
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
    part_head(to, "summary");
    fputs(",\n  ", to);
    part_text(to, "scenario", info->scenario);
    fputs(",\n  ", to);
    part_text(to, "title", info->title);
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
