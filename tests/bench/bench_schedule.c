/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schedule: how long schedules take, and how many simulated contacts they spend.
 *
 * The gallery's day and week (scenarios/studies), with as many threads as there are cores: the
 * integer programs, what sizing needs before them where they ask for it, and the simulations until
 * the promises are verified. Of the seconds, "programs" are those of the integer programs alone.
 * Exit code 1 when a schedule does not keep its promises. */
#include <stdio.h>

#include <tiersim.h>

#include "timing.h"
#include "workload.h"

static const struct {
    const char *name, *file;
} rows[] = {
    { "a day, three tiers", "shifts-of-a-day.json" },
    { "a week, one tier", "shifts-of-a-week.json" },
};

static bool measure(const char *name, const struct tsim_study *study,
                    struct tsim_problems *problems)
{
    const double          began = wall_seconds(), cpu = cpu_seconds();
    struct tsim_schedule *schedule = tsim_schedule_make(study, NULL, NULL, problems);
    if (!schedule) {
        tsim_problems_print(problems, stderr, 0);
        fail("cannot be scheduled", name);
    }
    const double                     wall_s = wall_seconds() - began, cpu_s = cpu_seconds() - cpu;
    const struct tsim_schedule_info *info = tsim_schedule_info(schedule);
    size_t                           n;
    const struct tsim_schedule_pool *pools = tsim_schedule_pools(schedule, &n);
    uint32_t                         people = 0;
    double                           cost = 0, bound = 0;
    for (size_t p = 0; p < n; p++) {
        people += pools[p].people;
        cost += pools[p].cost;
        bound += pools[p].bound;
    }
    printf("%-20s %6u %6u %8.1f %9.1f %9.1f %8.1f M %7.1f %%\n", name, people, info->rounds,
           wall_s, cpu_s, info->solve_s, (double)info->contacts / 1e6,
           cost > 0 ? 100 * (1 - bound / cost) : 0);
    const bool kept = info->end == TSIM_SCHEDULE_KEPT;
    tsim_schedule_free(schedule);
    return kept;
}

int main(void)
{
    bool good = true;
    printf("%-20s %6s %6s %8s %9s %9s %10s %9s\n", "", "people", "rounds", "seconds",
           "processor", "programs", "contacts", "gap");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tsim_problems *problems = tsim_problems_new();
        char                  path[4096];
        snprintf(path, sizeof path, "%s/scenarios/studies/%s", TSIM_SOURCE_DIR, rows[i].file);
        struct tsim_study *study = tsim_study_load(path, problems);
        if (!study) {
            tsim_problems_print(problems, stderr, 0);
            fail("cannot be loaded", rows[i].file);
        }
        good &= measure(rows[i].name, study, problems);
        tsim_study_free(study);
        tsim_problems_free(problems);
    }
    return good ? 0 : 1;
}
