/* SPDX-License-Identifier: GPL-3.0-or-later */
/* size: how long sizing takes, and how many simulated contacts it spends.
 *
 * A day of 28 half-hours on three tiers with some 60 agents, by the half-hour (size_tiers.json,
 * 84 unknowns), also with service levels in every half-hour; and a desk of 8 pools with skills and
 * some 300 agents (size_skills.json). Each is sized and verified with as many threads as there are
 * cores. Exit code 1 when an answer is not verified. */
#include <stdio.h>

#include <tiersim.h>

#include "timing.h"
#include "workload.h"

static const struct {
    const char              *name, *file;
    struct tsim_size_options options;
} rows[] = {
    { "three tiers, 28 half-hours", "size_tiers.json", { .per_interval = true } },
    { "… and every half-hour", "size_tiers.json",
      { .per_interval = true, .each_interval = true } },
    { "8 pools with skills", "size_skills.json", { .confidence = 0 } },
};

int main(void)
{
    bool good = true;
    printf("%-28s %6s %8s %9s %10s %7s %9s %6s\n", "", "agents", "seconds", "processor",
           "contacts", "plans", "cost", "gap");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tsim_problems *problems = tsim_problems_new();
        struct tsim_scenario *scenario = workload_load(rows[i].file, NULL);
        const double          began = wall_seconds(), cpu = cpu_seconds();
        struct tsim_sizing   *sizing = tsim_size(scenario, &rows[i].options, NULL, problems);
        size_t                n;
        uint32_t              agents = 0;
        if (!sizing) {
            tsim_problems_print(problems, stderr, 0);
            return 1;
        }
        const struct tsim_size_info *info = tsim_sizing_info(sizing);
        const struct tsim_size_pool *pools = tsim_sizing_pools(sizing, &n);
        for (size_t p = 0; p < n; p++)
            agents += pools[p].need;
        printf("%-28s %6u %8.1f %9.1f %8.0f M %7u %9.0f %4.1f %%\n", rows[i].name, agents,
               wall_seconds() - began, cpu_seconds() - cpu, (double)info->contacts / 1e6,
               info->candidates, info->cost, 100 * (1 - info->bound / info->cost));
        good &= info->feasible && info->complete && !info->unsure;
        tsim_sizing_free(sizing);
        tsim_scenario_free(scenario);
        tsim_problems_free(problems);
    }
    return good ? 0 : 1;
}
