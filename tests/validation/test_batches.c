/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ctest: slow
 *
 * Goal: the intervals of one long run are true where no warning is given, and the warning comes
 * where they are not.
 * Method: M/M/c of three loads, whose mean wait and service level Erlang C knows, 400 long runs
 * each with other seeds. Of the nominal 95 % intervals so many must contain the exact value that a
 * true coverage of 92.5 % fails once in 10^4 for each measure; at most 10 % of long enough runs may
 * be warned of. Of runs of which the batches are far too short, at least 90 % must be. */
#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <tiersim.h>

#include "theory/erlang.h"

enum { REPETITIONS = 400 };

struct desk {
    const char *rate;
    double      per_min;
    uint32_t    agents;
    const char *length;
    bool        enough;
};

struct counted {
    unsigned waits, levels, warned;
};

static unsigned least_of(unsigned n, double coverage)
{
    unsigned k = n;
    while (k > 0 && gsl_cdf_binomial_P(k, coverage, n) > 1e-4)
        k--;
    return k;
}

static struct counted count(const struct desk *desk, double wait_s, double level)
{
    char           text[1024];
    struct counted counted = { 0 };
    snprintf(text, sizeof text,
             "{\"name\": \"long\", \"run\": {\"kind\": \"steady_state\", \"warm_up\": \"4 h\", "
             "\"length\": \"%s\", \"batches\": 20}, "
             "\"streams\": [{\"name\": \"s\", \"arrivals\": {\"kind\": \"poisson\", "
             "\"rate\": \"%s\"}}], \"tiers\": [{\"name\": \"L1\", \"handling\": "
             "{\"kind\": \"exponential\", \"mean\": \"1 min\"}, \"answer_within\": \"20 s\", "
             "\"pools\": [{\"name\": \"p\", \"agents\": %u}]}]}", desk->length, desk->rate,
             desk->agents);
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *scenario =
        tsim_scenario_parse(text, strlen(text), "long.json", NULL, problems);
    cr_assert(scenario);
    for (uint64_t seed = 1; seed <= REPETITIONS; seed++) {
        const struct tsim_run_options options = { .seed = seed * 1013, .has_seed = true };
        struct tsim_result           *result = tsim_run(scenario, &options, problems);
        cr_assert(result);
        const struct tsim_estimate wait = tsim_result_find(result, TSIM_SCOPE_TIER, "L1",
                                                           "wait_mean");
        const struct tsim_estimate in_time = tsim_result_find(result, TSIM_SCOPE_TIER, "L1",
                                                              "service_level");
        counted.waits += wait.low <= wait_s && wait_s <= wait.high;
        counted.levels += in_time.low <= level && level <= in_time.high;
        counted.warned += tsim_result_info(result)->steadiness.batches_hang ||
                          tsim_result_info(result)->steadiness.drifts ||
                          tsim_result_info(result)->steadiness.starts_apart;
        tsim_result_free(result);
    }
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
    return counted;
}

static void check(const struct desk *desk)
{
    const struct erlang_system system = { .arrival_rate = desk->per_min, .service_rate = 1,
                                          .agents = desk->agents };
    const double apart = desk->agents - desk->per_min;
    struct erlang_measures measures;
    cr_assert(erlang_solve(&system, &measures));
    const double wait_s = 60 * measures.wait_share / apart;
    const double level = 1 - measures.wait_share * exp(-apart / 3);
    const struct counted counted = count(desk, wait_s, level);
    printf("%s, %u agents, %s: waits %u, levels %u of %d covered, %u warned of\n", desk->rate,
           desk->agents, desk->length, counted.waits, counted.levels, REPETITIONS,
           counted.warned);
    if (!desk->enough) {
        cr_expect(counted.warned >= REPETITIONS * 9 / 10);
        return;
    }
    cr_expect(counted.waits >= least_of(REPETITIONS, 0.925));
    cr_expect(counted.levels >= least_of(REPETITIONS, 0.925));
    cr_expect(counted.warned <= REPETITIONS / 10);
}

Test(batches, cover_where_they_are_long_enough)
{
    check(&(struct desk){ "0.5 /min", 0.5, 1, "400 h", true });
    check(&(struct desk){ "0.8 /min", 0.8, 1, "1200 h", true });
    check(&(struct desk){ "8 /min", 8, 10, "200 h", true });
}

Test(batches, are_warned_of_where_they_are_too_short)
{
    check(&(struct desk){ "0.9 /min", 0.9, 1, "10 h", false });
}
