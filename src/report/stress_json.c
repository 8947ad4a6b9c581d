/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stress test as one JSON document. Only what is reproducible is written. */
#include <math.h>
#include <stdint.h>

#include <tiersim/report.h>

#include "base/json.h"
#include "report/json_parts.h"
#include "report/stressed.h"

static const char *healing_word(enum tsim_healing healing)
{
    static const char *const words[] = { [TSIM_HEAL_NOT_NEEDED] = "not_needed",
                                         [TSIM_HEAL_NOT_TRIED] = "not_tried",
                                         [TSIM_HEAL_FOUND] = "found", [TSIM_HEAL_NONE] = "none" };
    return words[healing];
}

static void write_promises(const struct tsim_stress *stress, FILE *to)
{
    size_t                     n;
    const struct tsim_promise *promises = stressed_promises(stress, &n);
    fputs(",\n  \"promises\": [", to);
    for (size_t k = 0; k < n; k++) {
        fputs(k > 0 ? ",\n    { " : "\n    { ", to);
        member_text(to, "promise", promises[k].text);
        member_number(to, "target", promises[k].target);
        part_number(to, "breaks_at_demand", tsim_stress_breaks_at(stress, k));
        fputs(" }", to);
    }
    fputs("\n  ]", to);
}

static void write_under(const struct tsim_stress *stress, size_t i, FILE *to)
{
    const size_t n = tsim_stress_info(stress)->promises;
    fputs(",\n      \"promises\": [", to);
    for (size_t k = 0; k < n; k++) {
        const struct tsim_promise *promise = tsim_stress_promise(stress, i, k);
        fputs(k > 0 ? ",\n        { " : "\n        { ", to);
        part_text(to, "verdict", part_verdict(promise ? promise->verdict : TSIM_UNKNOWN));
        fputs(", \"estimate\": ", to);
        part_estimate(to, promise ? &promise->estimate : &(struct tsim_estimate){ 0 });
        fputs(" }", to);
    }
    fputs("\n      ]", to);
}

static void write_stressed(const struct tsim_stress *stress, size_t i, FILE *to)
{
    size_t                      n;
    const struct tsim_stressed *stressed = &tsim_stress_list(stress, &n)[i];
    member_text(to, "name", stressed->name);
    part_text(to, "settings", stressed->settings);
    fputs(",\n      ", to);
    part_number(to, "demand", stressed->demand);
    fprintf(to, ", \"kept\": %zu, \"broken\": %zu, ", stressed->kept, stressed->broken);
    part_text(to, "healing", healing_word(stressed->healing));
    fputs(",\n      ", to);
    member_whole(to, "added_agents", stressed->added);
    member_text(to, "heal", stressed->heal);
    member_text(to, "heal_settings", stressed->heal_settings);
    part_number(to, "heal_cost_per_day",
                stressed->healing == TSIM_HEAL_FOUND ? stressed->heal_cost : (double)NAN);
    write_under(stress, i, to);
}

bool tsim_report_stress_json(const struct tsim_stress *stress, FILE *to)
{
    const struct tsim_stress_info     *info = tsim_stress_info(stress);
    const struct tsim_comparison      *comparison = tsim_stress_comparison(stress);
    const struct tsim_comparison_info *run = tsim_comparison_info(comparison);
    size_t                             n;
    const struct tsim_promise         *promises = stressed_promises(stress, &n);
    part_head(to, "stress");
    fputs(",\n  ", to);
    part_text(to, "study", info->study);
    fputs(",\n  ", to);
    part_text(to, "currency", info->currency);
    fputs(",\n  ", to);
    member_whole(to, "seed", run->seed);
    part_whole(to, "replications", run->replications);
    fprintf(to, ", \"complete\": %s,\n  ", info->complete ? "true" : "false");
    part_number(to, "confidence", info->confidence);
    fputs(",\n  \"first_to_break\": ", to);
    if (info->first == SIZE_MAX)
        fputs("null", to);
    else
        json_write_string(to, promises[info->first].text);
    fputs(",\n  ", to);
    part_whole(to, "staffings_tried", info->tried);
    fputs(",\n  ", to);
    part_text(to, "digest", tsim_comparison_digest(comparison));
    write_promises(stress, to);
    fputs(",\n  \"stresses\": [", to);
    for (size_t i = 0; i < info->stresses; i++) {
        fputs(i > 0 ? ",\n    { " : "\n    { ", to);
        write_stressed(stress, i, to);
        fputs(" }", to);
    }
    fputs("\n  ]\n}\n", to);
    return !ferror(to);
}
