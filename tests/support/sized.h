/* SPDX-License-Identifier: GPL-3.0-or-later */
/* support/sized.h - what tests of sizing share: a scenario of a text, and its sizing. Whatever
 * fails is printed, and ends the test. */
#ifndef SUPPORT_SIZED_H
#define SUPPORT_SIZED_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include <tiersim.h>

static inline struct tsim_scenario *sized_scenario(const char *text)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *scenario =
        tsim_scenario_parse(text, strlen(text), "made", NULL, problems);
    if (!scenario)
        tsim_problems_print(problems, stderr, 0);
    cr_assert_not_null(scenario);
    tsim_problems_free(problems);
    return scenario;
}

/* `options` may be NULL; seed 0: that of the scenario. */
static inline struct tsim_sizing *sized(const struct tsim_scenario     *scenario,
                                        const struct tsim_size_options *options, uint32_t threads,
                                        uint64_t seed)
{
    struct tsim_problems         *problems = tsim_problems_new();
    const struct tsim_run_options run = { .threads = threads, .has_seed = seed > 0, .seed = seed };
    struct tsim_sizing           *sizing = tsim_size(scenario, options, &run, problems);
    if (!sizing)
        tsim_problems_print(problems, stderr, 0);
    cr_assert_not_null(sizing);
    tsim_problems_free(problems);
    return sizing;
}

#endif
