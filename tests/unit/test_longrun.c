/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: one long run cut into batches is the same run, counted in parts; what is wrong with it is
 * said. Method: every number of desks with many features in the long run must be that of one
 * replication, in days and in hours that fit no interval; a run that grows, one that is too short
 * and one that starts apart are warned of, a good one is not; what makes no sense of batches is
 * refused. How sure the intervals are is measured in tests/validation/test_batches.c. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <tiersim.h>

static struct tsim_scenario *vary(const char *file, const char *settings,
                                  struct tsim_problems *problems)
{
    char path[500];
    snprintf(path, sizeof path, "%s/scenarios/%s", TSIM_SOURCE_DIR, file);
    struct tsim_scenario *scenario = tsim_scenario_load(path, problems);
    cr_assert(scenario, "%s", file);
    struct tsim_scenario *varied = tsim_scenario_vary(scenario, settings, problems);
    tsim_scenario_free(scenario);
    return varied;
}

static struct tsim_result *run(const char *file, const char *settings, uint32_t replications)
{
    struct tsim_problems         *problems = tsim_problems_new();
    struct tsim_scenario         *scenario = vary(file, settings, problems);
    const struct tsim_run_options options = { .replications = replications };
    if (!scenario)
        tsim_problems_print(problems, stderr, 0);
    cr_assert(scenario, "%s with %s", file, settings);
    struct tsim_result *result = tsim_run(scenario, &options, problems);
    cr_assert(result);
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
    return result;
}

/* Known only at an end, so of each batch by itself; or a product of sums. */
static bool is_of_batches(const char *measure)
{
    return strcmp(measure, "queue_max") == 0 || strcmp(measure, "queue_end") == 0 ||
           strncmp(measure, "backlog_", 8) == 0 || strcmp(measure, "load") == 0;
}

static unsigned compare(const char *file, const char *settings)
{
    struct tsim_result *batches = run(file, settings, 0), *whole = run(file, settings, 1);
    unsigned            compared = 0;
    cr_expect_eq(tsim_result_info(batches)->contacts, tsim_result_info(whole)->contacts);
    cr_expect(tsim_result_info(batches)->batches == tsim_result_info(batches)->replications);
    cr_expect_eq(tsim_result_info(whole)->batches, 0);
    for (int s = 0; s < TSIM_SCOPES; s++) {
        const enum tsim_scope      scope = (enum tsim_scope)s;
        size_t                     count;
        const struct tsim_measure *measures = tsim_result_measures(whole, scope, &count);
        for (size_t e = 0; e < tsim_result_entries(whole, scope); e++)
            for (size_t m = 0; m < count; m++) {
                const struct tsim_estimate a = tsim_result_get(batches, scope, e, m);
                const struct tsim_estimate b = tsim_result_get(whole, scope, e, m);
                if (is_of_batches(measures[m].name))
                    continue;
                compared++;
                cr_expect(a.defined == b.defined &&
                              fabs(a.value - b.value) <= 1e-9 * fmax(1, fabs(b.value)),
                          "%s %s %s: %.17g in batches, %.17g in one", file,
                          tsim_scope_name(scope), measures[m].name, a.value, b.value);
            }
    }
    tsim_result_free(batches);
    tsim_result_free(whole);
    return compared;
}

Test(longrun, batches_add_up_to_the_run)
{
    /* Days, and hours that are no multiple of a report interval. */
    cr_expect(compare("three-tiers.json", "run.kind = steady_state, run.warm_up = 1 d, "
                                          "run.length = 13 d, run.cycle = 1 d, "
                                          "run.batches = 5") > 1000);
    cr_expect(compare("erlang-c.json", "run.batches = 7, run.length = 40 h") > 100);
    cr_expect(compare("bank-day.json", "run.kind = steady_state, run.warm_up = 1 d, "
                                       "run.length = 13 d, run.cycle = 1 d, "
                                       "run.batches = 5") > 1000);
    cr_expect(compare("swarming.json", "run.kind = steady_state, run.warm_up = 1 d, "
                                       "run.length = 10 d, run.cycle = 1 d, "
                                       "run.batches = 5") > 1000);
}

static bool warns(const char *settings, const char *word)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *scenario = vary("erlang-c.json", settings, problems);
    cr_assert(scenario, "%s", settings);
    struct tsim_result *result = tsim_run(scenario, NULL, problems);
    cr_assert(result);
    bool found = false;
    for (size_t i = 0; i < tsim_problems_count(problems); i++)
        found |= strstr(tsim_problems_get(problems, i)->message, word) != NULL;
    tsim_result_free(result);
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
    return found;
}

Test(longrun, says_what_is_wrong)
{
    static const char good[] = "run.batches = 20, run.length = 1000 h";
    static const char grows[] = "run.batches = 20, run.length = 1000 h, "
                                "streams[0].arrivals.rate *= 1.45";
    static const char brief[] = "run.batches = 20, run.length = 5 h, "
                                "streams[0].arrivals.rate *= 1.3";
    static const char empty[] = "run.batches = 10, run.length = 400 h, run.warm_up = 0 h, "
                                "tiers[0].handling = { \"kind\": \"exponential\", \"mean\": "
                                "\"20 h\" }, tiers[0].pools[0].agents = 5000";
    cr_expect(!warns(good, "hang together"));
    cr_expect(!warns(good, "still grows"));
    cr_expect(!warns(good, "warm-up"));
    cr_expect(warns(grows, "still grows"));
    cr_expect(!warns(grows, "hang together"));
    cr_expect(warns(brief, "hang together"));
    cr_expect(!warns(brief, "still grows"));
    cr_expect(warns(empty, "first"));
}

static bool refuses(const char *file, const char *settings, const char *word)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *scenario = vary(file, settings, problems);
    bool                  found = false;
    for (size_t i = 0; i < tsim_problems_count(problems); i++)
        found |= strstr(tsim_problems_get(problems, i)->message, word) != NULL;
    found &= scenario == NULL;
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
    return found;
}

Test(longrun, refuses_what_makes_no_sense)
{
    cr_expect(refuses("three-tiers.json", "run.batches = 5", "terminating"));
    cr_expect(refuses("erlang-c.json", "run.batches = 5, run.precision = 2 %", "precision"));
    cr_expect(refuses("erlang-c.json", "run.batches = 5, run.control_variates = auto",
                      "control variates"));
    cr_expect(refuses("erlang-c.json", "run.batches = 5, run.busyness = stratified", "busy days"));
    cr_expect(refuses("shifts.json", "run.kind = steady_state, run.length = 3 d, "
                                          "run.cycle = 1 d, run.batches = 5", "whole cycles"));
}
