/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study: how long do callers wait, and what does it cost, with one agent fewer or more?
 *
 *     cc -std=c17 study.c $(pkg-config --cflags --libs tiersim) -o study && ./study desk.json
 *
 * The same seed sends the same callers to every staffing. Prints a table that R and Python read. */
#include <stdio.h>
#include <tiersim.h>

int main(int argc, char **argv)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *desk = argc == 2 ? tsim_scenario_load(argv[1], problems) : NULL;
    bool                  good = desk != NULL;
    if (good)
        puts("agents,wait_mean_s,low,high,cost_per_day");
    for (int agents = 15; good && agents <= 18; agents++) {
        char settings[64];
        snprintf(settings, sizeof settings, "tiers[0].pools[0].agents = %d", agents);
        const struct tsim_run_options options = { .replications = 20, .seed = 7,
                                                  .has_seed = true };
        struct tsim_scenario *varied = tsim_scenario_vary(desk, settings, problems);
        struct tsim_result   *result = varied ? tsim_run(varied, &options, problems) : NULL;
        good = result != NULL;
        if (good) {
            const struct tsim_estimate wait =
                tsim_result_find(result, TSIM_SCOPE_TIER, "L1", "wait_mean");
            const struct tsim_estimate cost =
                tsim_result_find(result, TSIM_SCOPE_DESK, "desk", "cost_per_day");
            printf("%d,%.3f,%.3f,%.3f,%.2f\n", agents, wait.value, wait.low, wait.high, cost.value);
        }
        tsim_result_free(result);
        tsim_scenario_free(varied);
    }
    tsim_problems_print(problems, stderr, 0);
    tsim_scenario_free(desk);
    tsim_problems_free(problems);
    return !good;
}
