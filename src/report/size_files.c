/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sizing for programs: JSON, and a table of agents by interval that opens in a spreadsheet. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include <tiersim/report.h>

#include "base/csv.h"
#include "base/json.h"
#include "report/json_parts.h"

static void write_agents(const struct tsim_sizing *sizing, size_t pool, FILE *to)
{
    static const char *const keys[] = { "need_by_interval", "preplan_by_interval",
                                        "now_by_interval" };
    const uint32_t n = tsim_sizing_info(sizing)->intervals;
    for (int which = 0; which < 3; which++) {
        fprintf(to, "\"%s\": [", keys[which]);
        for (uint32_t i = 0; i < n; i++)
            fprintf(to, "%s%" PRIu32, i ? ", " : "",
                    tsim_sizing_agents(sizing, (enum tsim_size_which)which, pool, i));
        fputs("], ", to);
    }
}

static void write_pools(const struct tsim_sizing *sizing, FILE *to)
{
    size_t                       n;
    const struct tsim_size_pool *pools = tsim_sizing_pools(sizing, &n);
    fputs("  \"pools\": [", to);
    for (size_t i = 0; i < n; i++) {
        const struct tsim_size_pool *pool = &pools[i];
        fputs(i ? ",\n    { " : "\n    { ", to);
        member_text(to, "tier", pool->tier);
        member_text(to, "pool", pool->pool);
        member_number(to, "now", pool->now);
        member_number(to, "preplan", pool->preplan);
        member_number(to, "need", pool->need);
        member_number(to, "payroll", pool->payroll);
        member_number(to, "shrinkage", pool->shrinkage);
        member_number(to, "floor_hours", pool->floor_hours);
        member_number(to, "paid_hours", pool->paid_hours);
        member_number(to, "load", pool->load);
        member_number(to, "cost_per_day", pool->cost);
        write_agents(sizing, i, to);
        if (pool->fewer_known) {
            member_bool(to, "one_fewer_breaks", pool->fewer_breaks);
            member_whole(to, "one_fewer_promise", pool->fewer_promise);
            member_number(to, "one_fewer_value", pool->fewer_value);
            if (pool->fewer_interval != UINT32_MAX) {
                member_number(to, "one_fewer_interval", pool->fewer_interval + 1);
                member_number(to, "one_more_interval", pool->more_interval + 1);
            }
            member_number(to, "one_more_value", pool->more_value);
            member_number(to, "one_more_cost_per_day", pool->more_cost);
        }
        fputs("\"occupancy\": ", to);
        part_estimate(to, &pool->occupancy);
        fputs(" }", to);
    }
    fputs("\n  ],\n", to);
}

static void write_reasons(const struct tsim_sizing *sizing, FILE *to)
{
    static const char *const causes[] = { "patience", "work", "authority", "limits", "hours",
                                          "solving", "vendor", "promise" };
    size_t                         n;
    const struct tsim_size_reason *reasons = tsim_sizing_reasons(sizing, &n);
    fputs("  \"reasons\": [", to);
    for (size_t i = 0; i < n; i++) {
        fputs(i ? ",\n    { " : "\n    { ", to);
        member_text(to, "cause", causes[reasons[i].cause]);
        member_bool(to, "keeps", reasons[i].keeps);
        if (reasons[i].cause == TSIM_CAUSE_PROMISE) {
            member_whole(to, "other_promise", reasons[i].other);
            member_number(to, "other_value", reasons[i].other_value);
        }
        part_number(to, "value", reasons[i].value);
        fputs(" }", to);
    }
    fputs("\n  ],\n", to);
}

bool tsim_report_sizing_json(const struct tsim_sizing *sizing, FILE *to)
{
    const struct tsim_size_info    *info = tsim_sizing_info(sizing);
    size_t                          n_promises;
    const struct tsim_size_promise *promises = tsim_sizing_promises(sizing, &n_promises);
    part_head(to, "sizing");
    fputs(",\n  ", to);
    member_text(to, "scenario", info->scenario);
    member_text(to, "currency", info->currency);
    member_bool(to, "feasible", info->feasible);
    if (!info->feasible) {
        member_whole(to, "broken_promise", info->broken);
        member_bool(to, "asks_for_certainty", info->certain);
    }
    member_bool(to, "complete", info->complete);
    member_bool(to, "verified", info->feasible && info->verified > 0 && !info->unsure);
    member_bool(to, "cost_is_money", info->money);
    fputs("\n  ", to);
    member_number(to, "confidence", info->confidence);
    member_number(to, "days", info->days);
    member_number(to, "cost_now", info->cost_now);
    member_number(to, "cost_preplan", info->cost_preplan);
    member_number(to, "cost", info->cost);
    member_number(to, "bound", info->bound);
    member_bool(to, "bound_by_slopes", info->bound_by_slopes);
    fputs("\n  ", to);
    member_whole(to, "seed", info->seed);
    member_number(to, "replications_searched", info->searched);
    member_number(to, "replications_verified", info->verified);
    member_number(to, "candidates", info->candidates);
    part_whole(to, "contacts", info->contacts);
    fputs(",\n  \"total_per_day\": ", to);
    part_estimate(to, &info->total);
    fputs(",\n  \"total_per_day_now\": ", to);
    part_estimate(to, &info->total_now);
    fputs(",\n", to);
    fputs("  ", to);
    part_promises(to, promises, n_promises);
    fputs(",\n", to);
    if (!info->feasible)
        write_reasons(sizing, to);
    write_pools(sizing, to);
    fputs("  ", to);
    member_text(to, "settings", tsim_sizing_settings(sizing));
    part_text(to, "digest", tsim_sizing_digest(sizing));
    fputs("\n}\n", to);
    return !ferror(to);
}

bool tsim_report_sizing_csv(const struct tsim_sizing *sizing, FILE *to)
{
    const struct tsim_size_info *info = tsim_sizing_info(sizing);
    size_t                       n;
    const struct tsim_size_pool *pools = tsim_sizing_pools(sizing, &n);
    fputs("tier,pool,interval,start_s,now,preplan,need,payroll\n", to);
    for (size_t p = 0; p < n; p++)
        for (uint32_t i = 0; i < info->intervals; i++) {
            csv_write_text(to, pools[p].tier);
            fputc(',', to);
            csv_write_text(to, pools[p].pool);
            fprintf(to, ",%" PRIu32 ",", i + 1);
            json_write_number(to, i * info->interval_s);
            const uint32_t need = tsim_sizing_agents(sizing, TSIM_SIZE_NEED, p, i);
            fprintf(to, ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",%.0f\n",
                    tsim_sizing_agents(sizing, TSIM_SIZE_NOW, p, i),
                    tsim_sizing_agents(sizing, TSIM_SIZE_PREPLAN, p, i), need,
                    ceil(need / (1 - pools[p].shrinkage) - 1e-9));
        }
    return !ferror(to);
}
