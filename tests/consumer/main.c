/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program of somebody else's: built against an installed tiersim by consumer.sh, in each of the
 * ways that are offered. Runs a scenario twice, on one thread and on two, and prints its digest. */
#include <stdio.h>
#include <string.h>
#include <tiersim.h>

static struct tsim_result *run(const struct tsim_scenario *scenario, uint32_t threads,
                               struct tsim_problems *problems)
{
    return tsim_run(scenario, &(struct tsim_run_options){ .replications = 2, .threads = threads },
                    problems);
}

int main(int argc, char **argv)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *scenario = argc == 2 ? tsim_scenario_load(argv[1], problems) : NULL;
    struct tsim_result *one = scenario ? run(scenario, 1, problems) : NULL;
    struct tsim_result *two = scenario ? run(scenario, 2, problems) : NULL;
    int status = 1;

    if (one && two && strcmp(tsim_result_digest(one), tsim_result_digest(two)) == 0) {
        const struct tsim_run_info *info = tsim_result_info(one);
        printf("tiersim %s: %s, %llu contacts, digest %s\n", tsim_version(), info->scenario,
               (unsigned long long)info->contacts, tsim_result_digest(one));
        status = info->contacts > 0 ? 0 : 1;
    }
    tsim_problems_print(problems, stderr, 0);
    tsim_result_free(two);
    tsim_result_free(one);
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
    return status;
}
