/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ctest: slow
 *
 * Goal: a schedule has nobody whom its promises do not need. Method: small days with four kinds of
 * shift are small enough to try every roster. Each is simulated for customers of its own, and no
 * roster that keeps the promise with three standard errors to spare may cost less than the
 * schedule, but for one short shift: changes are made one person at a time. Trimming never makes
 * dearer, is the same for any number of threads, and leaves alone what somebody has asked for.
 * Fixed seeds. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tiersim.h>

#include "support/scheduled.h"

enum { TEXT = 4096, LONG_MOST = 6, SHORT_MOST = 4, STARTS = 3 };

#define WAGE 20.0
#define SHORT_PAY 1.1 /* times the wage */

struct desk {
    double      rates[4]; /* an hour, in each hour from 9 to 13 */
    const char *target;
};

static const struct desk desks[] = {
    { { 20, 40, 40, 20 }, "80 %" }, { { 10, 40, 20, 20 }, "70 %" }, { { 30, 30, 30, 30 }, "90 %" },
    { { 15, 25, 45, 25 }, "85 %" }, { { 40, 10, 10, 40 }, "80 %" }, { { 12, 18, 24, 30 }, "75 %" },
};

static struct tsim_study *study_of(const struct desk *desk, const char *more,
                                   struct tsim_problems *problems)
{
    char text[TEXT];
    snprintf(text, sizeof text,
             "{ \"study\": \"made\", \"seed\": 7, \"scenario\": { \"name\": \"desk\","
             " \"run\": { \"length\": \"4 h\", \"start\": \"Tue 09:00\", \"interval\": \"1 h\","
             " \"replications\": 300 },"
             " \"channels\": [ { \"name\": \"phone\", \"patience\": { \"kind\": \"exponential\","
             " \"mean\": \"5 min\" } } ],"
             " \"streams\": [ { \"name\": \"calls\", \"arrivals\": { \"kind\": \"poisson\","
             " \"rate\": [ { \"from\": \"09:00\", \"to\": \"13:00\", \"every\": \"1 h\","
             " \"volumes\": [%g, %g, %g, %g] } ] } } ],"
             " \"tiers\": [ { \"name\": \"L1\", \"answer_within\": \"1 min\","
             " \"handling\": { \"kind\": \"exponential\", \"mean\": \"6 min\" },"
             " \"pools\": [ { \"name\": \"front\", \"wage\": %g,"
             " \"agents\": [ { \"from\": \"09:00\", \"to\": \"13:00\", \"agents\": 4 } ] } ] } ],"
             " \"promises\": [ { \"measure\": \"service_level\", \"tier\": \"L1\","
             " \"at_least\": \"%s\" } ] },"
             " \"schedule\": { %s \"shifts\": [ { \"name\": \"long\", \"length\": \"4 h\","
             " \"earliest\": \"09:00\", \"latest\": \"09:00\" }, { \"name\": \"short\","
             " \"length\": \"2 h\", \"earliest\": \"09:00\", \"latest\": \"11:00\","
             " \"every\": \"1 h\", \"pay\": %g } ] } }",
             desk->rates[0], desk->rates[1], desk->rates[2], desk->rates[3], WAGE, desk->target,
             more, SHORT_PAY);
    return scheduled_study(text, problems);
}

/* The promise with so many agents in each hour, for fresh customers; its room to the target in
 * standard errors. */
static double room_of(const struct tsim_scenario *scenario, const uint32_t agents[4])
{
    struct tsim_problems         *problems = tsim_problems_new();
    const struct tsim_run_options run = { .replications = 300, .has_seed = true, .seed = 1234,
                                          .threads = 1 };
    char settings[200];
    snprintf(settings, sizeof settings,
             "tiers[0].pools[0].agents = [ { \"from\": \"09:00\", \"to\": \"13:00\", \"every\": "
             "\"1 h\", \"values\": [%u, %u, %u, %u] } ]",
             agents[0], agents[1], agents[2], agents[3]);
    struct tsim_scenario *varied = tsim_scenario_vary(scenario, settings, problems);
    struct tsim_result   *result = varied ? tsim_run(varied, &run, problems) : NULL;
    cr_assert_not_null(result);
    size_t                     n;
    const struct tsim_promise *promise = tsim_result_promises(result, &n);
    const double room = (promise->estimate.value - promise->target) / promise->estimate.std_error;
    tsim_result_free(result);
    tsim_scenario_free(varied);
    tsim_problems_free(problems);
    return room;
}

/* What the cheapest roster costs that keeps the promise beyond doubt; those that are not cheaper
 * than `most` are not looked at. */
static double cheapest(const struct tsim_scenario *scenario, double most)
{
    uint32_t n[1 + STARTS] = { 0 };
    for (n[0] = 0; n[0] <= LONG_MOST; n[0]++)
        for (n[1] = 0; n[1] <= SHORT_MOST; n[1]++)
            for (n[2] = 0; n[2] <= SHORT_MOST; n[2]++)
                for (n[3] = 0; n[3] <= SHORT_MOST; n[3]++) {
                    const double cost = WAGE * (4 * n[0] + SHORT_PAY * 2 * (n[1] + n[2] + n[3]));
                    const uint32_t agents[4] = { n[0] + n[1], n[0] + n[1] + n[2],
                                                 n[0] + n[2] + n[3], n[0] + n[3] };
                    bool           there = true;
                    for (int h = 0; h < 4; h++)
                        there &= agents[h] > 0;
                    if (there && cost < most - 1e-6 && room_of(scenario, agents) > 3)
                        most = cost;
                }
    return most;
}

Test(schedule_trim, no_roster_is_cheaper, .timeout = 600)
{
    for (size_t i = 0; i < sizeof desks / sizeof *desks; i++) {
        struct tsim_problems *problems = tsim_problems_new();
        struct tsim_study    *study = study_of(&desks[i], "", problems);
        struct tsim_schedule *schedule = scheduled(study, 2);
        size_t                n;
        const struct tsim_schedule_info *info = tsim_schedule_info(schedule);
        const double cost = tsim_schedule_pools(schedule, &n)->cost;
        cr_assert_eq((int)info->end, (int)TSIM_SCHEDULE_KEPT, "desk %zu", i);
        cr_assert_leq(cost, info->untrimmed_cost + 1e-9, "desk %zu", i);
        const double least = cheapest(tsim_study_points(study, &n)[0].scenario, cost);
        printf("desk %zu: %g, before %g, least %g (%u of %u)\n", i, cost, info->untrimmed_cost,
               least, info->trims, info->trim_tries);
        cr_expect_leq(cost, least + 2 * SHORT_PAY * WAGE + 1e-9, "desk %zu: %g, least %g", i, cost,
                      least);
        tsim_schedule_free(schedule);
        tsim_study_free(study);
        tsim_problems_free(problems);
    }
}

Test(schedule_trim, threads_do_not_matter, .timeout = 300)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *study = study_of(&desks[0], "", problems);
    struct tsim_schedule *one = scheduled(study, 1), *two = scheduled(study, 3);
    cr_expect_str_eq(tsim_schedule_digest(one), tsim_schedule_digest(two));
    cr_expect_gt(tsim_schedule_info(one)->trim_tries, 0);
    tsim_schedule_free(one);
    tsim_schedule_free(two);
    tsim_study_free(study);
    tsim_problems_free(problems);
}

/* Heads that the scenario has are wanted as they are, whatever the promises need. */
Test(schedule_trim, what_is_asked_for_stays, .timeout = 300)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *study = study_of(&desks[5], "\"requirements\": \"scenario\",", problems);
    struct tsim_schedule *schedule = scheduled(study, 2);
    const struct tsim_schedule_info *info = tsim_schedule_info(schedule);
    cr_expect_eq(info->trim_tries, 0);
    for (uint32_t i = 0; i < info->slots; i++)
        cr_expect_geq(tsim_schedule_heads(schedule, TSIM_HEADS_ON_FLOOR, 0, i),
                      tsim_schedule_heads(schedule, TSIM_HEADS_ASKED, 0, i));
    tsim_schedule_free(schedule);
    tsim_study_free(study);
    tsim_problems_free(problems);
}
