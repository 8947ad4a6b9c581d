/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ctest: slow */
/* Goal: sizing finds the cheapest staffing, neither one agent more nor less.
 * Method: single lines in the long run have an exact fewest number (Erlang C and A, held against
 * published values elsewhere); two tiers of patient contacts an exact cheapest pair (Jackson, by
 * enumeration). Only cases in which the exact values lie at least 0.006 from the target on both
 * sides are taken; with some 10^6 contacts, whose standard error is below 0.001, an answer that is
 * off then has a chance below 1e-7 each. Where no exact answer is, the cheaper plans nearby are
 * simulated with another seed, and none may keep the promises. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <tiersim.h>

#include "support/sized.h"
#include "theory/erlang.h"

enum { TEXT = 4096, CASES = 40 };

#define CLEAR 0.006

/* ---- one line */

struct line {
    double load, service, patience, within, target; /* minutes; patience 0: for ever */
};

static double level(const struct line *line, uint32_t agents)
{
    const struct erlang_system system = {
        .arrival_rate = line->load / line->service, .service_rate = 1 / line->service,
        .abandon_rate = line->patience > 0 ? 1 / line->patience : 0, .agents = agents,
        .within = line->within
    };
    struct erlang_measures measures;
    return agents > 0 && erlang_solve(&system, &measures) && measures.stable
               ? measures.level[ERLANG_SERVED_OF_OFFERED] : 0;
}

/* The exact answer; 0 when the case is too close to tell. */
static uint32_t exact(const struct line *line)
{
    uint32_t n = 1;
    while (level(line, n) < line->target)
        n++;
    return level(line, n) - line->target > CLEAR && line->target - level(line, n - 1) > CLEAR ? n
                                                                                              : 0;
}

static struct tsim_scenario *scenario_of(const struct line *line)
{
    char         text[TEXT], patience[100] = "";
    const double per_hour = 60 * line->load / line->service;
    const double hours = ceil(10000 / per_hour); /* some 10^4 contacts */
    if (line->patience > 0)
        snprintf(patience, sizeof patience,
                 ", \"patience\": { \"kind\": \"exponential\", \"mean\": \"%g min\" }",
                 line->patience);
    snprintf(text, sizeof text,
             "{ \"name\": \"line\", \"run\": { \"kind\": \"steady_state\", \"length\": \"%g h\","
             " \"warm_up\": \"%g h\", \"replications\": 20, \"interval\": \"1 h\" },"
             " \"channels\": [ { \"name\": \"phone\"%s } ],"
             " \"streams\": [ { \"name\": \"calls\", \"arrivals\": { \"kind\": \"poisson\","
             " \"rate\": \"%.12g /h\" } } ],"
             " \"tiers\": [ { \"name\": \"team\", \"handling\": { \"kind\": \"exponential\","
             " \"mean\": \"%g min\" }, \"answer_within\": \"%g min\","
             " \"pools\": [ { \"name\": \"agents\", \"agents\": 1 } ] } ],"
             " \"promises\": [ { \"measure\": \"service_level\", \"tier\": \"team\","
             " \"at_least\": %g } ] }",
             hours, ceil(hours / 5), patience, per_hour, line->service, line->within,
             line->target);
    return sized_scenario(text);
}

Test(size, single_lines_get_exactly_the_fewest_agents, .timeout = 1100)
{
    int cases = 0, impatient = 0;
    for (int i = 0; cases < CASES; i++) {
        const struct line line = { .load = 0.7 * pow(1.13, i % 31), .service = 3 + i % 5,
                                   .patience = i % 3 == 0 ? 0 : 2 + i % 7,
                                   .within = 0.25 + 0.25 * (i % 4),
                                   .target = 0.7 + 0.05 * (i % 6) };
        const uint32_t expected = exact(&line);
        size_t         n;
        cr_assert_lt(i, 1000);
        if (expected == 0)
            continue;
        struct tsim_scenario *scenario = scenario_of(&line);
        struct tsim_sizing   *sizing = sized(scenario, NULL, 2, 0);
        cr_expect(tsim_sizing_info(sizing)->feasible);
        cr_expect_eq(tsim_sizing_pools(sizing, &n)[0].need, expected,
                     "case %d: %g erlang, patience %g: %u instead of %u", i, line.load,
                     line.patience, tsim_sizing_pools(sizing, &n)[0].need, expected);
        tsim_sizing_free(sizing);
        tsim_scenario_free(scenario);
        impatient += line.patience > 0;
        cases++;
    }
    cr_assert_geq(impatient, 15);
    cr_assert_geq(cases - impatient, 10);
}

/* ---- two tiers */

static const char two_tiers[] =
    "{ \"name\": \"two\", \"run\": { \"kind\": \"steady_state\", \"length\": \"80 h\","
    " \"warm_up\": \"20 h\", \"replications\": 20, \"interval\": \"1 h\" },"
    " \"streams\": [ { \"name\": \"calls\", \"arrivals\": { \"kind\": \"poisson\","
    " \"rate\": \"%g /h\" } } ],"
    " \"tiers\": [ { \"name\": \"L1\", \"handling\": { \"kind\": \"exponential\", \"mean\":"
    " \"4 min\" }, \"resolves\": %g, \"answer_within\": \"30 s\", \"pools\": [ { \"name\": \"one\","
    " \"agents\": 9, \"wage\": 20 } ] },"
    " { \"name\": \"L2\", \"handling\": { \"kind\": \"exponential\", \"mean\": \"10 min\" },"
    " \"answer_within\": \"2 min\", \"pools\": [ { \"name\": \"two\", \"agents\": 6,"
    " \"wage\": 45 } ] } ],"
    " \"promises\": [ { \"measure\": \"service_level\", \"tier\": \"L1\", \"at_least\": 0.8 },"
    " { \"measure\": \"service_level\", \"tier\": \"L2\", \"at_least\": 0.9 } ] }";

Test(size, two_tiers_get_the_enumerated_cheapest_pair, .timeout = 600)
{
    int cases = 0;
    for (int i = 0; i < 12 && cases < 5; i++) {
        const double      rate = 60 + 23 * i, resolves = 0.6 + 0.04 * (i % 5);
        const struct line first = { rate / 15, 4, 0, 0.5, 0.8 },
                          second = { rate * (1 - resolves) / 6, 10, 0, 2, 0.9 };
        double   best = HUGE_VAL;
        uint32_t pair[2] = { 0, 0 };
        char     text[TEXT];
        size_t   n;
        if (exact(&first) == 0 || exact(&second) == 0)
            continue;
        for (uint32_t a = 1; a < 60; a++)
            for (uint32_t b = 1; b < 60; b++)
                if (level(&first, a) >= 0.8 && level(&second, b) >= 0.9 &&
                    20 * a + 45 * b < best) {
                    best = 20 * a + 45 * b;
                    pair[0] = a;
                    pair[1] = b;
                }
        snprintf(text, sizeof text, two_tiers, rate, resolves);
        struct tsim_scenario        *scenario = sized_scenario(text);
        struct tsim_sizing          *sizing = sized(scenario, NULL, 2, 0);
        const struct tsim_size_pool *pools = tsim_sizing_pools(sizing, &n);
        cr_expect_eq(pools[0].need, pair[0], "L1: %u, not %u", pools[0].need, pair[0]);
        cr_expect_eq(pools[1].need, pair[1], "L2: %u, not %u", pools[1].need, pair[1]);
        cr_expect_float_eq(tsim_sizing_info(sizing)->cost, 24 * best, 1e-6 * best);
        cr_expect_leq(tsim_sizing_info(sizing)->bound, 24 * best * (1 + 1e-9));
        tsim_sizing_free(sizing);
        tsim_scenario_free(scenario);
        cases++;
    }
    cr_assert_geq(cases, 4);
}

/* ---- three tiers in a Jackson network */

static const char three_patient_tiers[] =
    "{ \"name\": \"three\", \"run\": { \"kind\": \"steady_state\", \"length\": \"80 h\","
    " \"warm_up\": \"20 h\", \"replications\": 20, \"interval\": \"1 h\" },"
    " \"streams\": [ { \"name\": \"calls\", \"arrivals\": { \"kind\": \"poisson\","
    " \"rate\": \"%g /h\" } } ],"
    " \"tiers\": [ { \"name\": \"L1\", \"handling\": { \"kind\": \"exponential\", \"mean\":"
    " \"4 min\" }, \"resolves\": 0.7, \"answer_within\": \"30 s\", \"pools\": [ { \"name\":"
    " \"one\", \"agents\": 9, \"wage\": 20 } ] },"
    " { \"name\": \"L2\", \"handling\": { \"kind\": \"exponential\", \"mean\": \"10 min\" },"
    " \"resolves\": 0.6, \"answer_within\": \"2 min\", \"pools\": [ { \"name\": \"two\","
    " \"agents\": 6, \"wage\": 45 } ] },"
    " { \"name\": \"L3\", \"handling\": { \"kind\": \"exponential\", \"mean\": \"20 min\" },"
    " \"answer_within\": \"10 min\", \"pools\": [ { \"name\": \"three\", \"agents\": 6,"
    " \"wage\": 70 } ] } ],"
    " \"promises\": [ { \"measure\": \"service_level\", \"tier\": \"L1\", \"at_least\": 0.8 },"
    " { \"measure\": \"service_level\", \"tier\": \"L2\", \"at_least\": 0.9 },"
    " { \"measure\": \"service_level\", \"tier\": \"L3\", \"at_least\": 0.8 } ] }";

/* Every tier is a line of its own there: the cheapest triple is the three fewest. */
Test(size, three_tiers_get_the_enumerated_cheapest_triple, .timeout = 600)
{
    int cases = 0;
    for (int i = 0; i < 20 && cases < 3; i++) {
        const double      rate = 60 + 17 * i;
        const struct line lines[3] = { { rate / 15, 4, 0, 0.5, 0.8 },
                                       { rate * 0.3 / 6, 10, 0, 2, 0.9 },
                                       { rate * 0.12 / 3, 20, 0, 10, 0.8 } };
        char              text[TEXT];
        size_t            n;
        if (exact(&lines[0]) == 0 || exact(&lines[1]) == 0 || exact(&lines[2]) == 0)
            continue;
        snprintf(text, sizeof text, three_patient_tiers, rate);
        struct tsim_scenario        *scenario = sized_scenario(text);
        struct tsim_sizing          *sizing = sized(scenario, NULL, 2, 0);
        const struct tsim_size_pool *pools = tsim_sizing_pools(sizing, &n);
        for (size_t t = 0; t < 3; t++)
            cr_expect_eq(pools[t].need, exact(&lines[t]), "%g /h, tier %zu: %u, not %u", rate,
                         t + 1, pools[t].need, exact(&lines[t]));
        tsim_sizing_free(sizing);
        tsim_scenario_free(scenario);
        cases++;
    }
    cr_assert_eq(cases, 3);
}

/* ---- three tiers, where only simulation knows */

static enum tsim_verdict judged(const struct tsim_scenario *scenario, const int agents[3])
{
    char                  settings[200];
    struct tsim_problems *problems = tsim_problems_new();
    snprintf(settings, sizeof settings,
             "tiers[0].pools[0].agents = %d, tiers[1].pools[0].agents = %d, "
             "tiers[2].pools[0].agents = %d", agents[0], agents[1], agents[2]);
    struct tsim_scenario         *varied = tsim_scenario_vary(scenario, settings, problems);
    const struct tsim_run_options run = { .replications = 400, .seed = 77, .has_seed = true };
    struct tsim_result           *result = varied ? tsim_run(varied, &run, problems) : NULL;
    size_t                        n;
    enum tsim_verdict             worst = TSIM_KEPT;
    cr_assert_not_null(result);
    const struct tsim_promise *promises = tsim_result_promises(result, &n);
    for (size_t i = 0; i < n; i++)
        if (worst != TSIM_BROKEN && promises[i].verdict != TSIM_KEPT)
            worst = promises[i].verdict;
    tsim_result_free(result);
    tsim_scenario_free(varied);
    tsim_problems_free(problems);
    return worst;
}

static struct tsim_scenario *three_tiers(void)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *scenario =
        tsim_scenario_load(TSIM_SOURCE_DIR "/scenarios/three-tiers.json", problems);
    cr_assert_not_null(scenario);
    tsim_problems_free(problems);
    return scenario;
}

Test(size, no_cheaper_plan_nearby_keeps_the_promises, .timeout = 600)
{
    static const int             wages[3] = { 21, 32, 55 };
    struct tsim_scenario        *scenario = three_tiers();
    struct tsim_sizing          *sizing = sized(scenario, NULL, 2, 0);
    size_t                       n;
    const struct tsim_size_pool *pools = tsim_sizing_pools(sizing, &n);
    const int need[3] = { (int)pools[0].need, (int)pools[1].need, (int)pools[2].need };
    int       tried = 0;
    cr_assert_neq(judged(scenario, need), TSIM_BROKEN);
    for (int a = -2; a <= 2; a++)
        for (int b = -2; b <= 2; b++)
            for (int c = -2; c <= 2; c++) {
                const int near[3] = { need[0] + a, need[1] + b, need[2] + c };
                if (a * wages[0] + b * wages[1] + c * wages[2] >= 0 || near[2] < 1)
                    continue;
                cr_expect_neq(judged(scenario, near), TSIM_KEPT, "%d %d %d is cheaper", near[0],
                              near[1], near[2]);
                tried++;
            }
    cr_assert_geq(tried, 30);
    tsim_sizing_free(sizing);
    tsim_scenario_free(scenario);
}

Test(size, threads_do_not_change_the_answer)
{
    struct tsim_scenario *scenario = three_tiers();
    struct tsim_sizing   *one = sized(scenario, NULL, 1, 0), *three = sized(scenario, NULL, 3, 0);
    cr_assert_str_eq(tsim_sizing_digest(one), tsim_sizing_digest(three));
    cr_assert_str_eq(tsim_sizing_settings(one), tsim_sizing_settings(three));
    tsim_sizing_free(one);
    tsim_sizing_free(three);
    tsim_scenario_free(scenario);
}

/* Days on which a promise holds are counted on 1,000 replications that the sizing did not see. */
Test(size, what_is_to_hold_on_nine_days_of_ten_does, .timeout = 600)
{
    const struct tsim_size_options options = { .days = 0.9 };
    struct tsim_scenario *scenario = three_tiers();
    struct tsim_sizing   *sizing = sized(scenario, &options, 2, 0);
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *varied =
        tsim_scenario_vary(scenario, tsim_sizing_settings(sizing), problems);
    const struct tsim_run_options run = { .replications = 1000, .seed = 4711, .has_seed = true };
    struct tsim_result           *result = tsim_run(varied, &run, problems);
    const size_t at = tsim_result_measure(result, TSIM_SCOPE_DESK, "abandoned_share");
    int          days = 0;
    cr_assert_neq(at, (size_t)-1);
    for (uint32_t r = 0; r < 1000; r++) {
        bool defined;
        days += tsim_result_of_replication(result, r, TSIM_SCOPE_DESK, 0, at, &defined) <= 0.05;
    }
    /* 0.9 of 1,000, less three standard errors: a false alarm in 700 at worst. */
    cr_assert_geq(days, 872, "%d", days);
    tsim_result_free(result);
    tsim_scenario_free(varied);
    tsim_problems_free(problems);
    tsim_sizing_free(sizing);
    tsim_scenario_free(scenario);
}

/* ---- what cannot be */

Test(size, infeasible_promises_are_named)
{
    struct tsim_scenario *scenario = three_tiers();
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *slow = tsim_scenario_vary(
        scenario, "promises[1] = { \"measure\": \"resolution\", \"within\": \"20 min\", "
                  "\"at_least\": 0.95 }", problems);
    struct tsim_scenario *dear = tsim_scenario_vary(
        scenario, "promises[1] = { \"measure\": \"cost_per_day\", \"at_most\": 3000 }", problems);
    cr_assert(slow && dear);
    struct tsim_sizing *sizing = sized(slow, NULL, 2, 0);
    cr_assert_not(tsim_sizing_info(sizing)->feasible);
    cr_assert_eq(tsim_sizing_info(sizing)->broken, 1);
    cr_assert_not(tsim_sizing_info(sizing)->budget);
    tsim_sizing_free(sizing);
    sizing = sized(dear, NULL, 2, 0);
    cr_assert_not(tsim_sizing_info(sizing)->feasible);
    cr_assert(tsim_sizing_info(sizing)->budget);
    tsim_sizing_free(sizing);
    tsim_scenario_free(slow);
    tsim_scenario_free(dear);
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
}

Test(size, a_scenario_without_promises_has_no_answer)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *scenario = three_tiers();
    struct tsim_scenario *none = tsim_scenario_vary(scenario, "promises = []", problems);
    cr_assert_not_null(none);
    cr_assert_null(tsim_size(none, NULL, NULL, problems));
    cr_assert_gt(tsim_problems_errors(problems), 0);
    tsim_scenario_free(none);
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
}

/* Interval by interval is never dearer than one number for the whole day, and holds. */
Test(size, by_interval_is_cheaper_and_holds, .timeout = 600)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *scenario =
        tsim_scenario_load(TSIM_SOURCE_DIR "/scenarios/bank-day.json", problems);
    const struct tsim_size_options each = { .per_interval = true };
    cr_assert_not_null(scenario);
    struct tsim_sizing   *whole = sized(scenario, NULL, 2, 0), *by = sized(scenario, &each, 2, 0);
    struct tsim_scenario *varied =
        tsim_scenario_vary(scenario, tsim_sizing_settings(by), problems);
    cr_assert_lt(tsim_sizing_info(by)->cost, tsim_sizing_info(whole)->cost);
    cr_assert_not_null(varied);
    const struct tsim_run_options run = { .replications = 1500, .seed = 99, .has_seed = true };
    struct tsim_result           *result = tsim_run(varied, &run, problems);
    size_t                        n;
    const struct tsim_promise    *promises = tsim_result_promises(result, &n);
    for (size_t i = 0; i < n; i++)
        cr_expect_neq(promises[i].verdict, TSIM_BROKEN, "%s", promises[i].text);
    tsim_result_free(result);
    tsim_scenario_free(varied);
    tsim_sizing_free(whole);
    tsim_sizing_free(by);
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
}
