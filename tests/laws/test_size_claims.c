/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ctest: slow
 *
 * Goal: what a sizing claims with 95 % confidence is true at least so often, and holds for
 * customers that it has not seen.
 * Method: lines of Erlang A whose target lies 0.2 points above the exact service level of n agents:
 * n is wrong, and by so little that chance could make it look right. Of 30 sizings with seeds of
 * their own, at most 5 % may claim it: 6 or more of 30 would have a chance below 1 in 250 then. A
 * day sized to hold in every half-hour is run for 1,000 fresh days; every half-hour must keep its
 * target but for three standard errors (54 intervals at the edge of what is claimed, of which 5 %
 * may be wrong: a false alarm in 250). */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <tiersim.h>

#include "support/sized.h"
#include "theory/erlang.h"

enum { TEXT = 4096, SEEDS = 30, WRONG_MOST = 5 };

#define EDGE 0.002

Test(size_claims, a_claim_is_seldom_false, .timeout = 900)
{
    unsigned wrong = 0, unsure = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        const double               load = 2 + (double)(seed % 5); /* erlang, work of 3 min       */
        const uint32_t             n = (uint32_t)ceil(load);
        const struct erlang_system system = { .arrival_rate = load / 3, .service_rate = 1 / 3.0,
                                              .abandon_rate = 1 / 4.0, .agents = n,
                                              .within = 0.5 };
        struct erlang_measures     measures;
        char                       text[TEXT];
        size_t                     pools;
        cr_assert(erlang_solve(&system, &measures));
        snprintf(text, sizeof text,
                 "{ \"name\": \"line\", \"run\": { \"kind\": \"steady_state\", \"length\":"
                 " \"200 h\", \"warm_up\": \"5 h\", \"replications\": 20, \"interval\": \"1 h\" },"
                 " \"channels\": [ { \"name\": \"phone\", \"patience\": { \"kind\":"
                 " \"exponential\", \"mean\": \"4 min\" } } ],"
                 " \"streams\": [ { \"name\": \"calls\", \"arrivals\": { \"kind\": \"poisson\","
                 " \"rate\": \"%.12g /min\" } } ],"
                 " \"tiers\": [ { \"name\": \"team\", \"handling\": { \"kind\": \"exponential\","
                 " \"mean\": \"3 min\" }, \"answer_within\": \"30 s\","
                 " \"pools\": [ { \"name\": \"agents\", \"agents\": 3 } ] } ],"
                 " \"promises\": [ { \"measure\": \"service_level\", \"tier\": \"team\","
                 " \"at_least\": %.12g } ] }",
                 load / 3, measures.level[ERLANG_SERVED_OF_OFFERED] + EDGE);
        struct tsim_scenario *scenario = sized_scenario(text);
        struct tsim_sizing   *sizing = sized(scenario, NULL, 2, seed);
        const struct tsim_size_info *info = tsim_sizing_info(sizing);
        const uint32_t               need = tsim_sizing_pools(sizing, &pools)[0].need;
        wrong += info->feasible && !info->unsure && need <= n;
        unsure += info->unsure;
        cr_expect_leq(need, n + 1, "seed %u: %u", (unsigned)seed, need);
        tsim_sizing_free(sizing);
        tsim_scenario_free(scenario);
    }
    printf("%u of %d claims are false, %u unsure\n", wrong, SEEDS, unsure);
    cr_expect_leq(wrong, WRONG_MOST);
    cr_expect_leq(unsure, SEEDS / 10);
}

Test(size_claims, every_half_hour_holds_on_fresh_days, .timeout = 900)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *scenario =
        tsim_scenario_load(TSIM_SOURCE_DIR "/scenarios/sizing.json", problems);
    const struct tsim_size_options options = { .per_interval = true, .each_interval = true };
    cr_assert_not_null(scenario);
    struct tsim_sizing   *sizing = sized(scenario, &options, 2, 3);
    struct tsim_scenario *varied =
        tsim_scenario_vary(scenario, tsim_sizing_settings(sizing), problems);
    const struct tsim_run_options run = { .replications = 1000, .seed = 515, .has_seed = true };
    struct tsim_result           *result = tsim_run(varied, &run, problems);
    cr_assert_not_null(result);
    cr_assert(tsim_sizing_info(sizing)->feasible);
    const size_t n = tsim_result_entries(result, TSIM_SCOPE_TIER_INTERVAL);
    const size_t at = tsim_result_measure(result, TSIM_SCOPE_TIER_INTERVAL, "service_level");
    size_t       seen = 0;
    for (size_t i = 0; i < n; i++) {
        const struct tsim_estimate level =
            tsim_result_get(result, TSIM_SCOPE_TIER_INTERVAL, i, at);
        if (!level.defined)
            continue;
        cr_expect_geq(level.value, 0.8 - 3 * level.std_error, "interval %zu: %g", i,
                      level.value);
        seen++;
    }
    cr_expect_geq(seen, 3 * 18);
    size_t                     many;
    const struct tsim_promise *promises = tsim_result_promises(result, &many);
    for (size_t i = 0; i < many; i++)
        cr_expect_neq(promises[i].verdict, TSIM_BROKEN, "%s", promises[i].text);
    tsim_result_free(result);
    tsim_scenario_free(varied);
    tsim_sizing_free(sizing);
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
}
