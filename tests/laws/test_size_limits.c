/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: sizing keeps the limits that a pool's "sizing" sets, finds what is cheapest within them,
 * and says so where they are in the way.
 * Method: a line of Erlang C, whose agents are split into two pools alike but for the wage: only
 * their sum matters, and 14 are needed (exactly 89 % in time with 14, 80 % with 13; 85 % are
 * promised, some 10 standard errors from both: a wrong answer has a chance below 1e-6). Limits then
 * leave one cheapest pair, or none. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include <tiersim.h>

#include "support/sized.h"

enum { TEXT = 1024, NEED = 14 };

/* The line with these limits of its cheap and its dear pool. */
static struct tsim_sizing *limited_to(const char *cheap, const char *dear, bool per_interval)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *line =
        tsim_scenario_load(TSIM_SOURCE_DIR "/scenarios/erlang-c.json", problems);
    char                  settings[TEXT];
    snprintf(settings, sizeof settings,
             "tiers[0].pools = [ { \"name\": \"cheap\", \"agents\": 7, \"wage\": 10,"
             " \"sizing\": {%s} }, { \"name\": \"dear\", \"agents\": 7, \"wage\": 20,"
             " \"sizing\": {%s} } ]", cheap, dear);
    cr_assert_not_null(line);
    struct tsim_scenario *limited = tsim_scenario_vary(line, settings, problems);
    if (!limited)
        tsim_problems_print(problems, stderr, 0);
    cr_assert_not_null(limited);
    const struct tsim_size_options options = { .per_interval = per_interval };
    struct tsim_sizing            *sizing = sized(limited, &options, 2, 0);
    tsim_scenario_free(limited);
    tsim_scenario_free(line);
    tsim_problems_free(problems);
    return sizing;
}

Test(size_limits, the_cheapest_within_them, .timeout = 600)
{
    static const struct {
        const char *cheap, *dear;
        uint32_t    of_cheap, of_dear;
        bool        more; /* whether the cheap pool may have one more */
    } rows[] = {
        { "", "", NEED, 0, true },
        { "", "\"at_least\": 3", NEED - 3, 3, true },
        { "\"at_most\": 6", "", 6, NEED - 6, false },
        { "\"at_most\": 6", "\"at_least\": 10", 4, 10, true },
        { "\"at_most\": 14, \"at_least\": 14", "\"at_least\": 2", NEED, 2, false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t                       n;
        struct tsim_sizing          *sizing = limited_to(rows[i].cheap, rows[i].dear, false);
        const struct tsim_size_pool *pools = tsim_sizing_pools(sizing, &n);
        cr_assert(tsim_sizing_info(sizing)->feasible, "%zu", i);
        cr_expect_eq(pools[0].need, rows[i].of_cheap, "%zu: %u cheap ones", i, pools[0].need);
        cr_expect_eq(pools[1].need, rows[i].of_dear, "%zu: %u dear ones", i, pools[1].need);
        cr_expect_eq(pools[0].more_known, rows[i].more, "%zu", i);
        tsim_sizing_free(sizing);
    }
}

Test(size_limits, every_interval_is_within_them, .timeout = 600)
{
    struct tsim_sizing *sizing = limited_to("\"at_most\": 9", "\"at_least\": 2", true);
    const struct tsim_size_info *info = tsim_sizing_info(sizing);
    cr_assert(info->feasible);
    for (uint32_t i = 0; i < info->intervals; i++) {
        cr_expect_leq(tsim_sizing_agents(sizing, TSIM_SIZE_NEED, 0, i), 9);
        cr_expect_geq(tsim_sizing_agents(sizing, TSIM_SIZE_NEED, 1, i), 2);
    }
    tsim_sizing_free(sizing);
}

Test(size_limits, where_they_are_in_the_way_they_are_named, .timeout = 600)
{
    struct tsim_sizing            *sizing = limited_to("\"at_most\": 6", "\"at_most\": 7", false);
    size_t                         n;
    const struct tsim_size_reason *reasons = tsim_sizing_reasons(sizing, &n), *limits = NULL;
    cr_assert_not(tsim_sizing_info(sizing)->feasible);
    for (size_t i = 0; i < n; i++)
        if (reasons[i].cause == TSIM_CAUSE_LIMITS)
            limits = &reasons[i];
    cr_assert_not_null(limits);
    cr_expect(limits->keeps, "%g", limits->value);
    tsim_sizing_free(sizing);
}

/* Neither agents by name nor staff by date can be asked for. */
Test(size_limits, of_what_is_no_number)
{
    static const char *const agents[] = {
        "\"roster\": [ { \"name\": \"Ann\" } ]",
        "\"agents\": [ { \"agents\": 7 }, { \"dates\": \"2024-01-04\", \"agents\": 2 } ]",
    };
    for (size_t i = 0; i < sizeof agents / sizeof *agents; i++) {
        struct tsim_problems *problems = tsim_problems_new();
        struct tsim_scenario *line =
            tsim_scenario_load(TSIM_SOURCE_DIR "/scenarios/erlang-c.json", problems);
        char settings[TEXT];
        snprintf(settings, sizeof settings, "tiers[0].pools = [ { \"name\": \"p\", %s } ]",
                 agents[i]);
        struct tsim_scenario *varied = line ? tsim_scenario_vary(line, settings, problems) : NULL;
        cr_assert_not_null(varied);
        const struct tsim_run_options run = { .threads = 1 };
        cr_expect_null(tsim_size(varied, NULL, &run, problems), "%s", agents[i]);
        cr_expect_eq(tsim_problems_errors(problems), 1u);
        tsim_scenario_free(varied);
        tsim_scenario_free(line);
        tsim_problems_free(problems);
    }
}
