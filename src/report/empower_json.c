/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An empowerment as one JSON document. Only what is reproducible is written. */
#include <math.h>

#include <tiersim/report.h>

#include "report/json_parts.h"

static void write_estimate(const char *key, const struct tsim_estimate *estimate, FILE *to)
{
    fprintf(to, ",\n      \"%s\": ", key);
    part_estimate(to, estimate);
}

static void write_limit(const struct tsim_empowerment_info *info, const struct tsim_limit *limit,
                        FILE *to)
{
    part_number(to, "limit", limit->limit); /* null: none */
    fprintf(to, ", \"now\": %s, \"flat\": %s, \"promises_kept\": %zu",
            limit->now ? "true" : "false", limit->flat ? "true" : "false", limit->kept);
    write_estimate("cost_per_day", &limit->cost, to);
    write_estimate("dearer_than_cheapest", &limit->dearer, to);
    write_estimate("concessions_per_day", &limit->concessions, to);
    write_estimate("leakage_per_day", &limit->leakage, to);
    write_estimate("escalation_rate", &limit->escalated, to);
    write_estimate("escalated_authority_share", &limit->for_authority, to);
    write_estimate("wait_mean", &limit->wait, to);
    write_estimate("sla_breach_share", &limit->breach, to);
    fputs(",\n      ", to);
    part_number(to, "no_queue_cost_per_day", info->no_queue_known ? limit->no_queue : (double)NAN);
}

static void write_keeps(const struct tsim_empowerment *empowerment, FILE *to)
{
    size_t                     n, count;
    const struct tsim_limit   *limits = tsim_empowerment_limits(empowerment, &count);
    const struct tsim_promise *promises = tsim_result_promises(
        tsim_comparison_result(tsim_empowerment_comparison(empowerment), 0), &n);
    fputs(",\n  \"promises\": [", to);
    for (size_t k = 0; k < n; k++) {
        const size_t from = tsim_empowerment_keeps(empowerment, k);
        fputs(k > 0 ? ",\n    { " : "\n    { ", to);
        part_text(to, "promise", promises[k].text);
        fprintf(to, ", \"kept\": %s, ", from < count ? "true" : "false");
        part_number(to, "kept_from", from < count ? limits[from].limit : (double)NAN);
        fputs(" }", to);
    }
    fputs("\n  ]", to);
}

bool tsim_report_empowerment_json(const struct tsim_empowerment *empowerment, FILE *to)
{
    const struct tsim_empowerment_info *info = tsim_empowerment_info(empowerment);
    const struct tsim_comparison *comparison = tsim_empowerment_comparison(empowerment);
    const struct tsim_comparison_info *run = tsim_comparison_info(comparison);
    size_t                             n;
    const struct tsim_limit           *limits = tsim_empowerment_limits(empowerment, &n);
    part_head(to, "empowerment");
    fputs(",\n  ", to);
    part_text(to, "study", info->study);
    fputs(",\n  ", to);
    part_text(to, "tier", info->tier);
    fputs(",\n  ", to);
    part_text(to, "currency", info->currency);
    fputs(",\n  ", to);
    member_whole(to, "seed", run->seed);
    part_whole(to, "replications", run->replications);
    fprintf(to, ", \"complete\": %s,\n  ", run->complete ? "true" : "false");
    part_number(to, "confidence", info->confidence);
    fputs(",\n  ", to);
    member_number(to, "cheapest", limits[info->cheapest].limit);
    member_number(to, "flat_from", limits[info->flat_first].limit);
    member_number(to, "flat_to", limits[info->flat_last].limit);
    member_bool(to, "concessions_needed", info->needed);
    part_number(to, "no_queue_cheapest",
                info->no_queue_known ? limits[info->no_queue_cheapest].limit : (double)NAN);
    fputs(",\n  ", to);
    part_text(to, "digest", tsim_comparison_digest(comparison));
    write_keeps(empowerment, to);
    fputs(",\n  \"limits\": [", to);
    for (size_t i = 0; i < n; i++) {
        fputs(i > 0 ? ",\n    { " : "\n    { ", to);
        write_limit(info, &limits[i], to);
        fputs(" }", to);
    }
    fputs("\n  ]\n}\n", to);
    return !ferror(to);
}
