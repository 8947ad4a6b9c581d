/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ctest: slow */
/* Goal: sizing keeps promises that more agents may hurt, a budget and the resolution split, as it
 * keeps all others: the answer is the cheapest of all numbers that keep every promise.
 * Method: a line of Erlang A whose lost customers cost money has an exact whole cost for each
 * number of agents, which falls and rises again; two tiers of which the first is patient have an
 * exact split (Burke: what the first hands on comes as Poisson; the second is Erlang A). All
 * numbers of agents are enumerated with these formulas. Targets lie midway between the values of
 * the answer and of its neighbour, many standard errors from both (some 10^6 contacts): a wrong
 * answer has a chance below 1e-6. Where no number will do, the promise is named, with what comes
 * nearest and what is in its way. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <tiersim.h>

#include "support/sized.h"
#include "theory/erlang.h"

enum { TEXT = 4096, AGENTS_MOST = 60 };

static struct tsim_sizing *sized_text(const char *text)
{
    struct tsim_scenario *scenario = sized_scenario(text);
    struct tsim_sizing   *sizing = sized(scenario, NULL, 2, 0);
    tsim_scenario_free(scenario);
    return sizing;
}

/* Rates an hour, times in hours. */
static struct erlang_measures line(double rate, double service, double patience, double within,
                                   uint32_t agents)
{
    const struct erlang_system system = {
        .arrival_rate = rate, .service_rate = 1 / service,
        .abandon_rate = patience > 0 ? 1 / patience : 0, .agents = agents, .within = within
    };
    struct erlang_measures measures = { 0 };
    cr_assert(erlang_solve(&system, &measures));
    return measures;
}

/* ---- a budget */

#define RATE   60.0 /* an hour */
#define WAGE   20.0
#define VALUE  40.0 /* of who gives up */

static double whole_cost(uint32_t agents)
{
    const double lost = line(RATE, 0.1, 0.1, 1 / 60.0, agents).abandon_share;
    return 24 * (WAGE * agents + VALUE * RATE * lost);
}

static const char budget[] =
    "{ \"name\": \"line\", \"run\": { \"kind\": \"steady_state\", \"length\": \"160 h\","
    " \"warm_up\": \"8 h\", \"replications\": 20, \"interval\": \"1 h\" },"
    " \"segments\": [ { \"name\": \"all\", \"value\": 40 } ], \"churn\": { \"abandoned\": 100 },"
    " \"channels\": [ { \"name\": \"phone\", \"patience\": { \"kind\": \"exponential\","
    " \"mean\": \"6 min\" } } ],"
    " \"streams\": [ { \"name\": \"calls\", \"arrivals\": { \"kind\": \"poisson\","
    " \"rate\": \"60 /h\" } } ],"
    " \"tiers\": [ { \"name\": \"team\", \"handling\": { \"kind\": \"exponential\","
    " \"mean\": \"6 min\" }, \"answer_within\": \"1 min\","
    " \"pools\": [ { \"name\": \"agents\", \"agents\": 6, \"wage\": 20 } ] } ],"
    " \"promises\": [ { \"measure\": \"service_level\", \"tier\": \"team\", \"at_least\": 0.4 },"
    " { \"measure\": \"cost_per_day\", \"at_most\": %.3f } ] }";

static uint32_t cheapest_whole(void)
{
    uint32_t best = 1;
    for (uint32_t n = 2; n < 30; n++)
        best = whole_cost(n) < whole_cost(best) ? n : best;
    return best;
}

static uint32_t fewest_by_level(void)
{
    uint32_t n = 1;
    while (line(RATE, 0.1, 0.1, 1 / 60.0, n).level[ERLANG_SERVED_OF_OFFERED] < 0.4)
        n++;
    return n;
}

Test(size_others, a_budget_is_kept_by_the_fewest_agents_that_keep_it, .timeout = 600)
{
    const uint32_t best = cheapest_whole(), fewest = fewest_by_level();
    cr_assert_geq(best, fewest + 2, "more agents must pay for themselves: %u, %u", best, fewest);
    for (uint32_t n = fewest + 1; n <= best; n++) {
        char   text[TEXT];
        size_t pools;
        snprintf(text, sizeof text, budget, (whole_cost(n) + whole_cost(n - 1)) / 2);
        struct tsim_sizing *sizing = sized_text(text);
        cr_expect(tsim_sizing_info(sizing)->feasible);
        cr_expect_not(tsim_sizing_info(sizing)->unsure);
        cr_expect_eq(tsim_sizing_pools(sizing, &pools)[0].need, n, "%u, not %u",
                     tsim_sizing_pools(sizing, &pools)[0].need, n);
        cr_expect_eq(tsim_sizing_promises(sizing, &pools)[1].verdict, TSIM_KEPT);
        tsim_sizing_free(sizing);
    }
}

Test(size_others, a_budget_below_all_is_told_with_what_comes_nearest, .timeout = 600)
{
    const uint32_t best = cheapest_whole();
    const double   least = whole_cost(best);
    char           text[TEXT];
    size_t         n;
    snprintf(text, sizeof text, budget, 0.95 * least);
    struct tsim_sizing *sizing = sized_text(text);
    cr_assert_not(tsim_sizing_info(sizing)->feasible);
    cr_assert(tsim_sizing_info(sizing)->budget);
    cr_assert_eq(tsim_sizing_info(sizing)->broken, 1);
    cr_expect_float_eq(tsim_sizing_promises(sizing, &n)[1].estimate.value, least, 0.02 * least);
    tsim_sizing_free(sizing);
}

/* ---- the split */

static double second_share(uint32_t agents)
{
    const double solved = 0.2 * (1 - line(20, 0.25, 0.2, 1 / 30.0, agents).abandon_share);
    return solved / (0.8 + solved);
}

static const char split[] =
    "{ \"name\": \"two\", \"run\": { \"kind\": \"steady_state\", \"length\": \"160 h\","
    " \"warm_up\": \"8 h\", \"replications\": 20, \"interval\": \"1 h\" },"
    " \"channels\": [ { \"name\": \"phone\", \"patience_at\": [ { \"tier\": \"L2\","
    " \"patience\": { \"kind\": \"exponential\", \"mean\": \"12 min\" } } ] } ],"
    " \"streams\": [ { \"name\": \"calls\", \"arrivals\": { \"kind\": \"poisson\","
    " \"rate\": \"100 /h\" } } ],"
    " \"tiers\": [ { \"name\": \"L1\", \"handling\": { \"kind\": \"exponential\", \"mean\":"
    " \"4 min\" }, \"resolves\": 0.8, \"answer_within\": \"30 s\", \"pools\": [ { \"name\":"
    " \"one\", \"agents\": 9, \"wage\": 20 } ] },"
    " { \"name\": \"L2\", \"handling\": { \"kind\": \"exponential\", \"mean\": \"15 min\" },"
    " \"answer_within\": \"2 min\", \"pools\": [ { \"name\": \"two\", \"agents\": 6,"
    " \"wage\": 45 } ] } ],"
    " \"resolution_split\": { \"target\": [%.9f, %.9f], \"tolerance\": %.9f },"
    " \"promises\": [ { \"measure\": \"service_level\", \"tier\": \"L1\", \"at_least\": 0.8 },"
    " { \"measure\": \"abandonment\", \"tier\": \"L2\", \"at_most\": 0.6 },"
    " { \"measure\": \"resolution_split\" } ] }";

/* L2's share is to lie in a window that only n agents at L2 give. */
Test(size_others, the_split_is_kept_by_the_enumerated_cheapest_pair, .timeout = 600)
{
    uint32_t first = 1;
    size_t   count;
    while (line(100, 1 / 15.0, 0, 1 / 120.0, first).level[ERLANG_SERVED_OF_OFFERED] < 0.8)
        first++;
    for (uint32_t n = 3; n <= 5; n++) {
        const double low = (second_share(n - 1) + second_share(n)) / 2;
        const double high = (second_share(n) + second_share(n + 1)) / 2;
        char         text[TEXT];
        snprintf(text, sizeof text, split, 1 - (low + high) / 2, (low + high) / 2,
                 (high - low) / 2);
        struct tsim_sizing          *sizing = sized_text(text);
        const struct tsim_size_pool *pools = tsim_sizing_pools(sizing, &count);
        cr_expect(tsim_sizing_info(sizing)->feasible);
        cr_expect_eq(pools[0].need, first, "L1: %u, not %u", pools[0].need, first);
        cr_expect_eq(pools[1].need, n, "L2: %u, not %u", pools[1].need, n);
        const struct tsim_size_promise *promises = tsim_sizing_promises(sizing, &count);
        cr_expect_eq(count, 6);
        for (size_t i = 0; i < count; i++)
            cr_expect_eq(promises[i].verdict, TSIM_KEPT, "%s", promises[i].text);
        tsim_sizing_free(sizing);
    }
}

/* ---- certainty */

/* No number of agents is enough for sure: that is said at once, and not searched for. */
Test(size_others, certainty_is_refused_at_once, .timeout = 600)
{
    static const char *const asked[] = {
        "{ \"measure\": \"abandonment\", \"at_most\": 0 }",
        "{ \"measure\": \"service_level\", \"tier\": \"L1\", \"at_least\": 1 }",
        "{ \"measure\": \"wait_mean\", \"tier\": \"L1\", \"at_most\": 0 }",
        "{ \"measure\": \"occupancy\", \"tier\": \"L2\", \"at_most\": 0 }",
    };
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        struct tsim_problems *problems = tsim_problems_new();
        struct tsim_scenario *scenario =
            tsim_scenario_load(TSIM_SOURCE_DIR "/scenarios/sizing.json", problems);
        char settings[TEXT];
        cr_assert_not_null(scenario);
        snprintf(settings, sizeof settings, "promises[2] = %s", asked[i]);
        struct tsim_scenario         *varied = tsim_scenario_vary(scenario, settings, problems);
        const struct tsim_run_options run = { .threads = 2 };
        struct tsim_sizing *sizing = varied ? tsim_size(varied, NULL, &run, problems) : NULL;
        cr_assert_not_null(sizing);
        cr_expect_not(tsim_sizing_info(sizing)->feasible, "%s", asked[i]);
        cr_expect(tsim_sizing_info(sizing)->certain, "%s", asked[i]);
        cr_expect_eq(tsim_sizing_info(sizing)->broken, 2);
        cr_expect_lt((double)tsim_sizing_info(sizing)->contacts, 1e7, "%s", asked[i]);
        tsim_sizing_free(sizing);
        tsim_scenario_free(varied);
        tsim_scenario_free(scenario);
        tsim_problems_free(problems);
    }
}

/* ---- a split out of reach */

/* L2 resolves at most a sixth. */
Test(size_others, a_split_that_nobody_gives_is_told, .timeout = 600)
{
    char   text[TEXT];
    size_t count;
    snprintf(text, sizeof text, split, 0.7, 0.3, 0.05);
    struct tsim_sizing *sizing = sized_text(text);
    cr_assert_not(tsim_sizing_info(sizing)->feasible);
    const struct tsim_size_promise *told =
        &tsim_sizing_promises(sizing, &count)[tsim_sizing_info(sizing)->broken];
    cr_expect(strstr(told->text, "resolved by L") != NULL, "%s", told->text);
    cr_expect_eq(told->verdict, TSIM_BROKEN);
    cr_expect_lt((double)tsim_sizing_info(sizing)->contacts, 60e6);
    tsim_sizing_free(sizing);
}

/* ---- why not */

static const struct tsim_size_reason *reason_of(const struct tsim_sizing *sizing,
                                                enum tsim_size_cause      cause)
{
    size_t                         n;
    const struct tsim_size_reason *reasons = tsim_sizing_reasons(sizing, &n);
    for (size_t k = 0; k < n; k++)
        if (reasons[k].cause == cause)
            return &reasons[k];
    return NULL;
}

/* What cannot be kept is put down to the one thing that is in its way, and to no other. */
Test(size_others, why_a_promise_cannot_be_kept_is_told, .timeout = 600)
{
    static const struct {
        const char          *file, *settings;
        enum tsim_size_cause cause;
    } rows[] = {
        { "three-tiers", "promises[1] = { \"measure\": \"resolution\", \"within\": \"20 min\","
                         " \"at_least\": 0.95 }", TSIM_CAUSE_WORK },
        { "three-tiers", "promises[1] = { \"measure\": \"escalation\", \"tier\": \"L1\","
                         " \"at_most\": 0.1 }", TSIM_CAUSE_SOLVING },
        { "authority-limit", "promises = [ { \"measure\": \"escalation\", \"tier\": \"agents\","
                             " \"at_most\": 0.1 } ]", TSIM_CAUSE_AUTHORITY },
        { "three-tiers", "tiers[0].pools[0].agents = [ { \"from\": \"12:00\", \"to\": \"18:00\","
                         " \"agents\": 16 } ], promises = [ { \"measure\": \"service_level\","
                         " \"tier\": \"L1\", \"at_least\": 0.8 } ]", TSIM_CAUSE_HOURS },
        { "three-tiers", "promises[1] = { \"measure\": \"occupancy\", \"tier\": \"L1\","
                         " \"at_least\": 0.97 }", TSIM_CAUSE_PROMISE },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tsim_problems *problems = tsim_problems_new();
        char                  path[TEXT];
        snprintf(path, sizeof path, "%s/scenarios/%s.json", TSIM_SOURCE_DIR, rows[i].file);
        struct tsim_scenario *scenario = tsim_scenario_load(path, problems);
        cr_assert_not_null(scenario);
        struct tsim_scenario *varied = tsim_scenario_vary(scenario, rows[i].settings, problems);
        if (!varied)
            tsim_problems_print(problems, stderr, 0);
        cr_assert_not_null(varied);
        const struct tsim_run_options  run = { .threads = 2, .replications = 40 };
        struct tsim_sizing            *sizing = tsim_size(varied, NULL, &run, problems);
        cr_assert_not_null(sizing);
        const struct tsim_size_reason *reason = reason_of(sizing, rows[i].cause);
        cr_expect_not(tsim_sizing_info(sizing)->feasible, "%zu", i);
        cr_assert_not_null(reason, "%zu", i);
        cr_expect(reason->keeps, "%zu: %g", i, reason->value);
        const struct tsim_size_reason *patience = reason_of(sizing, TSIM_CAUSE_PATIENCE);
        cr_expect(!patience || !patience->keeps, "%zu: patience is not the cause", i);
        tsim_sizing_free(sizing);
        tsim_scenario_free(varied);
        tsim_scenario_free(scenario);
        tsim_problems_free(problems);
    }
}

/* ---- formulas */

/* Agents with three places, all of them a half slower when taken, are a third of the lines of
 * Erlang A with that mean; handling that the hour makes twice as long is as if it were so long. */
Test(size_others, formulas_know_places_and_the_hour, .timeout = 600)
{
    static const struct {
        const char *settings;
        double      minutes; /* of handling, in the formula */
        uint32_t    places;
    } rows[] = {
        { "tiers[0].pools[0].concurrency = { \"contacts\": 3, \"slow_down\": [1, 1.2, 1.5] }",
          9, 3 },
        { "tiers[0].handling_by_hour = [ { \"from\": \"00:00\", \"to\": \"24:00\","
          " \"factor\": 2 } ]", 12, 1 },
    };
    char text[TEXT];
    snprintf(text, sizeof text, budget, 1e9);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tsim_problems *problems = tsim_problems_new();
        struct tsim_scenario *scenario = sized_scenario(text);
        struct tsim_scenario *varied = tsim_scenario_vary(scenario, rows[i].settings, problems);
        const struct tsim_run_options run = { .threads = 2, .replications = 4 };
        uint32_t                      lines = 1;
        size_t                        n;
        cr_assert_not_null(varied);
        while (line(RATE, rows[i].minutes / 60, 0.1, 1 / 60.0, lines)
                   .level[ERLANG_SERVED_OF_OFFERED] < 0.4)
            lines++;
        struct tsim_sizing *sizing = tsim_size(varied, NULL, &run, problems);
        cr_assert_not_null(sizing);
        const uint32_t expected = (lines + rows[i].places - 1) / rows[i].places;
        cr_expect_eq(tsim_sizing_pools(sizing, &n)[0].preplan, expected, "%zu: %u, not %u", i,
                     tsim_sizing_pools(sizing, &n)[0].preplan, expected);
        tsim_sizing_free(sizing);
        tsim_scenario_free(varied);
        tsim_scenario_free(scenario);
        tsim_problems_free(problems);
    }
}

/* Amounts are uniform up to 100: of 60 an hour a quarter is above the 75 that agents may approve, a
 * tenth above the 90 of the supervisors, and go on to whoever may; work of 10 minutes above. */
Test(size_others, formulas_know_authority, .timeout = 600)
{
    static const char desk[] =
        "{ \"name\": \"sums\", \"run\": { \"kind\": \"steady_state\", \"length\": \"100 h\","
        " \"warm_up\": \"8 h\", \"replications\": 4, \"interval\": \"1 h\" },"
        " \"issue_types\": [ { \"name\": \"refund\", \"concession\": { \"kind\": \"uniform\","
        " \"low\": 0, \"high\": 100 } } ],"
        " \"streams\": [ { \"name\": \"calls\", \"arrivals\": { \"kind\": \"poisson\","
        " \"rate\": \"60 /h\" } } ],"
        " \"tiers\": [ { \"name\": \"L1\", \"handling\": { \"kind\": \"exponential\","
        " \"mean\": \"6 min\" }, \"answer_within\": \"1 min\","
        " \"pools\": [ { \"name\": \"agents\", \"agents\": 9, \"authority\": 75 } ] },"
        " { \"name\": \"L2\", \"handling\": { \"kind\": \"exponential\", \"mean\": \"10 min\" },"
        " \"pools\": [ { \"name\": \"supervisors\", \"agents\": 5, \"authority\": 90 } ] },"
        " { \"name\": \"L3\", \"handling\": { \"kind\": \"exponential\", \"mean\": \"10 min\" },"
        " \"pools\": [ { \"name\": \"managers\", \"agents\": 4 } ] } ],"
        " \"escalation\": [ { \"when\": \"authority\", \"to\": \"authority\" } ],"
        " \"promises\": [ { \"measure\": \"service_level\", \"tier\": \"L1\", \"at_least\": 0.8"
        " } ] }";
    struct tsim_sizing          *sizing = sized_text(desk);
    size_t                       n;
    const struct tsim_size_pool *pools = tsim_sizing_pools(sizing, &n);
    cr_expect_float_eq(pools[0].load, 6, 1e-6, "%g", pools[0].load);
    cr_expect_float_eq(pools[1].load, 60 * 0.15 / 6, 1e-6, "%g", pools[1].load);
    cr_expect_geq(pools[2].load, 60 * 0.1 / 6 - 1e-6, "%g", pools[2].load);
    tsim_sizing_free(sizing);
}

/* Two sessions of two minutes, 60 an hour: by Erlang B two fifths find both taken. Of the others a
 * half is helped; who finds them taken comes to people, or not at all. Work of six minutes. */
Test(size_others, formulas_know_full_sessions, .timeout = 600)
{
    static const char *const full[] = { "people", "turned_away" };
    static const double      load[] = { 6 * (0.4 + 0.6 / 2), 6 * 0.6 / 2 };
    for (size_t i = 0; i < 2; i++) {
        char text[2000];
        snprintf(text, sizeof text,
                 "{ \"name\": \"sums\", \"run\": { \"kind\": \"steady_state\", \"length\":"
                 " \"100 h\", \"warm_up\": \"8 h\", \"replications\": 4, \"interval\": \"1 h\" },"
                 " \"self_service\": { \"session\": \"2 min\", \"sessions\": 2,"
                 " \"when_full\": \"%s\" },"
                 " \"issue_types\": [ { \"name\": \"bill\", \"self_service\": \"50 %%\" } ],"
                 " \"streams\": [ { \"name\": \"calls\", \"arrivals\": { \"kind\": \"poisson\","
                 " \"rate\": \"60 /h\" } } ],"
                 " \"tiers\": [ { \"name\": \"L1\", \"handling\": { \"kind\": \"exponential\","
                 " \"mean\": \"6 min\" }, \"answer_within\": \"1 min\","
                 " \"pools\": [ { \"name\": \"agents\", \"agents\": 9 } ] } ],"
                 " \"promises\": [ { \"measure\": \"service_level\", \"tier\": \"L1\","
                 " \"at_least\": 0.8 } ] }", full[i]);
        struct tsim_sizing *sizing = sized_text(text);
        size_t              n;
        cr_expect_float_eq(tsim_sizing_pools(sizing, &n)[0].load, load[i], 1e-6, "%s: %g",
                           full[i], tsim_sizing_pools(sizing, &n)[0].load);
        tsim_sizing_free(sizing);
    }
}
