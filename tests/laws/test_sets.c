/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: where busy days are spread over sets of replications, differences between scenarios are
 * paired by whole sets, so that their intervals are narrower and still true.
 * Method: two desks whose arrivals differ by a known number a day, 100, on days as uneven as 60 %,
 * are compared 200 times by 60 replications in sets of 5. So many of the nominal 95 % intervals
 * must contain 100 that a true coverage of 92.5 % fails once in 10^4; and they must be less than
 * half as wide on average as with independent days (measured: 0.43 times). A factorial sweep of the
 * same two must say the same. Paired one by one, the replications of a set would be taken for
 * independent, and the intervals be as wide as with independent days. */
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "experiment/compare.h"
#include "support/law.h"

#include <tiersim/sweep.h>

enum { REPETITIONS = 200 };

#define DESK(keys)                                                                                \
    "\"scenario\": { \"name\": \"days\",\n"                                                       \
    "    \"run\": { \"length\": \"30 min\", \"replications\": 58" keys " },\n"                    \
    "    \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\",\n"              \
    "      \"rate\": \"1000 /h\", \"busyness_cv\": 0.6 } } ],\n"                                  \
    "    \"tiers\": [ { \"name\": \"L1\", \"handling\": \"10 s\",\n"                              \
    "      \"pools\": [ { \"name\": \"p\", \"agents\": 20, \"wage\": 10 } ] } ] },\n"             \
    "  \"measures\": [\"desk.desk.contacts_per_day\"],\n"
#define COMPARE(keys)                                                                             \
    "{ \"study\": \"days\", " DESK(keys)                                                          \
    "  \"variants\": [ { \"set\": \"streams[0].arrivals.rate *= 1.2\" } ], \"compare\": {} }"
#define STRATIFIED ", \"busyness\": \"stratified\""

static double half_width(const char *text, unsigned *covered)
{
    struct tsim_study    *study = law_study(text);
    struct tsim_problems *problems = tsim_problems_new();
    double                sum = 0;
    for (uint64_t seed = 1; seed <= REPETITIONS; seed++) {
        const struct tsim_run_options options = { .seed = seed * 31, .has_seed = true };
        struct tsim_comparison *comparison = tsim_compare(study, &options, problems);
        cr_assert(comparison);
        const struct tsim_estimate d =
            tsim_comparison_difference(comparison, 1, 0, 0).difference;
        cr_assert(d.defined && d.has_interval);
        *covered += d.low <= 100 && 100 <= d.high;
        sum += (d.high - d.low) / 2;
        tsim_comparison_free(comparison);
    }
    tsim_problems_free(problems);
    tsim_study_free(study);
    return sum / REPETITIONS;
}

Test(sets, of_busy_days_are_what_is_paired)
{
    unsigned     covered = 0, plainly = 0;
    const double wide = half_width(COMPARE(""), &plainly);
    const double narrow = half_width(COMPARE(STRATIFIED), &covered);
    cr_log_info("%g with %u of %d covered, %g with %u covered by independent days", narrow, covered,
                REPETITIONS, wide, plainly);
    cr_expect(gsl_cdf_binomial_P(covered, 0.925, REPETITIONS) > 1e-4, "%u covered", covered);
    cr_expect(narrow < wide / 2, "%g against %g", narrow, wide);
}

Test(sets, are_whole_in_studies_and_the_same_in_a_sweep)
{
    struct tsim_problems   *problems = tsim_problems_new();
    struct tsim_study      *pair = law_study(COMPARE(STRATIFIED));
    struct tsim_study      *swept = law_study(
        "{ \"study\": \"days\", " DESK(STRATIFIED) " \"sweep\": { \"factors\": [ { \"set\": "
        "\"streams[0].arrivals.rate *= ?\", \"values\": [1, 1.2] } ] } }");
    struct tsim_comparison *comparison = tsim_compare(pair, NULL, problems);
    struct tsim_sweep      *sweep = tsim_sweep_run(swept, NULL, problems);
    cr_assert(comparison && sweep);
    cr_expect_eq(tsim_comparison_info(comparison)->replications, 60, "whole sets");
    cr_expect_eq(tsim_sweep_info(sweep)->replications, 60, "whole sets");
    size_t                     n, response = 0;
    while (strcmp(tsim_sweep_response(sweep, response)->name, "desk.desk.contacts_per_day") != 0)
        response++;
    const struct tsim_effect  *effects = tsim_sweep_effects(sweep, response, &n);
    const struct tsim_estimate d = tsim_comparison_difference(comparison, 1, 0, 0).difference;
    cr_assert_eq(n, 1);
    cr_expect_float_eq(effects[0].change.value, d.value, 1e-9);
    cr_expect_float_eq(effects[0].change.low, d.low, 1e-9);
    cr_expect_float_eq(effects[0].change.high, d.high, 1e-9);
    tsim_comparison_free(comparison);
    tsim_sweep_free(sweep);
    tsim_study_free(pair);
    tsim_study_free(swept);
    tsim_problems_free(problems);
}
