/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: what a comparison says is true, and does not depend on threads. Method:
 *
 * Coverage: two loss systems whose blocking is known by Erlang's formula are compared 400 times
 * with other seeds on five measures; all intervals of a comparison must hold together in 95 % of
 * them. Those that do not are between 3 and 41 of 400 with probability 1 - 1e-5 when the true
 * share is anything from 2 to 5 % (Bonferroni may be wide; it may not be narrow: the upper end is
 * what is tested).
 *
 * Common random numbers: tier 1 of 90 agents and one more; the variance of the difference in wait
 * must be at least 20 times smaller than independent runs would have it (measured: 86).
 *
 * Whole studies: same digest for any number of threads, and of the study written out; going on
 * until decided ends with nothing undecided; what is the same is told to be identical. */
#include <math.h>

#include "base/assert.h"
#include "experiment/compare.h"
#include "support/law.h"
#include "theory/erlang.h"

static struct tsim_comparison *compare(const struct tsim_study *study,
                                       const struct tsim_run_options *options)
{
    struct tsim_problems   *problems = tsim_problems_new();
    struct tsim_comparison *comparison = tsim_compare(study, options, problems);
    if (!comparison)
        tsim_problems_print(problems, stderr, 0);
    cr_assert(comparison);
    tsim_problems_free(problems);
    return comparison;
}

static size_t measure_named(const struct tsim_comparison *comparison, const char *name)
{
    size_t                      n;
    const struct tsim_compared *measures = tsim_comparison_measures(comparison, &n);
    for (size_t m = 0; m < n; m++)
        if (strcmp(measures[m].name, name) == 0)
            return m;
    cr_assert(false, "%s", name);
    return 0;
}

/* ---- coverage */

static const char loss[] =
    "{ \"study\": \"loss\", \"scenario\": { \"name\": \"loss\",\n"
    "    \"run\": { \"kind\": \"steady_state\", \"warm_up\": \"1 h\", \"length\": \"5 h\",\n"
    "      \"replications\": 40 },\n"
    "    \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\",\n"
    "      \"rate\": \"60 /h\" } } ],\n"
    "    \"tiers\": [ { \"name\": \"L1\", \"queue\": { \"capacity\": 0 },\n"
    "      \"handling\": { \"kind\": \"exponential\", \"mean\": \"4 min\" },\n"
    "      \"pools\": [ { \"name\": \"p\", \"agents\": 5, \"wage\": 10 } ] } ] },\n"
    "  \"variants\": [ { \"name\": \"one more\", \"set\": \"tiers[0].pools[0].agents = 6\" } ],\n"
    "  \"measures\": [\"tier.L1.blocked_share\", \"tier.L1.busy_mean\", \"tier.L1.occupancy\",\n"
    "    \"desk.desk.backlog_mean\", \"fate.L1.share\"],\n"
    "  \"compare\": {} }";

Test(compare, intervals_of_differences_hold_together_as_often_as_they_say)
{
    struct tsim_study *study = law_study(loss);
    const double       a = erlang_b(4, 5), b = erlang_b(4, 6);
    const double       exact[] = { b - a, 4 * (a - b), 4 * (1 - b) / 6 - 4 * (1 - a) / 5,
                                   4 * (a - b), a - b };
    int                missed = 0;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        const struct tsim_run_options options = { .seed = seed, .has_seed = true };
        struct tsim_comparison       *comparison = compare(study, &options);
        bool                          held = true;
        for (size_t m = 0; m < COUNT_OF(exact); m++) {
            const struct tsim_estimate d =
                tsim_comparison_difference(comparison, 1, 0, m).difference;
            cr_assert(d.defined && d.has_interval);
            held &= d.low <= exact[m] && exact[m] <= d.high;
        }
        missed += !held;
        tsim_comparison_free(comparison);
    }
    cr_log_info("%d of 400 comparisons missed an exact difference", missed);
    cr_assert(missed >= 3 && missed <= 41, "%d of 400", missed);
    tsim_study_free(study);
}

/* ---- common random numbers */

static const char ninety[] =
    "{ \"study\": \"ninety\", \"scenario\": { \"name\": \"ninety\",\n"
    "    \"run\": { \"length\": \"12 h\", \"replications\": 60 },\n"
    "    \"channels\": [ { \"name\": \"phone\", \"patience\": { \"kind\": \"exponential\",\n"
    "      \"mean\": \"5 min\" } } ],\n"
    "    \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\",\n"
    "      \"rate\": \"880 /h\" } } ],\n"
    "    \"tiers\": [ { \"name\": \"L1\", \"resolves\": 0.8,\n"
    "      \"handling\": { \"kind\": \"exponential\", \"mean\": \"6 min\" },\n"
    "      \"pools\": [ { \"name\": \"p\", \"agents\": 90, \"wage\": 20 } ] },\n"
    "      { \"name\": \"L2\", \"handling\": { \"kind\": \"exponential\", \"mean\": \"8 min\" },\n"
    "      \"pools\": [ { \"name\": \"q\", \"agents\": 26, \"wage\": 30 } ] } ] },\n"
    "  \"variants\": [ { \"name\": \"one more\", \"set\": \"tiers[0].pools[0].agents += 1\" },\n"
    "    { \"name\": \"the same\", \"set\": \"title = same\" } ],\n"
    "  \"compare\": {} }";

Test(compare, the_same_customers_make_differences_much_sharper)
{
    struct tsim_study      *study = law_study(ninety);
    struct tsim_comparison *comparison = compare(study, NULL);
    const size_t            wait = measure_named(comparison, "tier.L1.wait_mean");
    const size_t            cost = measure_named(comparison, "cost.total.per_day");
    const struct tsim_difference d = tsim_comparison_difference(comparison, 1, 0, wait);
    cr_log_info("variance reduction %.1f", d.reduction);
    cr_assert_geq(d.reduction, 20);
    cr_assert_eq(d.outcome, TSIM_BETTER);
    cr_assert_eq(tsim_comparison_difference(comparison, 0, 1, wait).outcome, TSIM_WORSE);
    cr_assert_eq(tsim_comparison_difference(comparison, 1, 0, cost).outcome, TSIM_WORSE);
    /* A desk that differs in nothing but its title is the same to the last bit. */
    size_t                      n;
    const struct tsim_compared *measures = tsim_comparison_measures(comparison, &n);
    for (size_t m = 0; m < n; m++)
        cr_assert_eq(tsim_comparison_difference(comparison, 2, 0, m).outcome, TSIM_IDENTICAL,
                     "%s", measures[m].name);
    cr_assert_eq(measures[wait].best, 1);
    cr_assert_eq(measures[cost].best, (size_t)-1, "two are the same, so none is best");
    tsim_comparison_free(comparison);
    tsim_study_free(study);
}

/* ---- whole studies */

Test(compare, threads_and_writing_out_change_nothing)
{
    struct tsim_study            *study = law_study(loss);
    const struct tsim_run_options options = { .seed = 9, .has_seed = true, .replications = 70,
                                              .threads = 1 };
    const struct tsim_run_options many = { .seed = 9, .has_seed = true, .replications = 70,
                                           .threads = 5 };
    struct tsim_comparison *one = compare(study, &options), *five = compare(study, &many);
    cr_assert_str_eq(tsim_comparison_digest(one), tsim_comparison_digest(five));
    char  *text = NULL;
    size_t length;
    FILE  *to = open_memstream(&text, &length);
    cr_assert(tsim_study_write(study, &options, to) && fclose(to) == 0);
    struct tsim_study      *again = law_study(text);
    struct tsim_comparison *same = compare(again, NULL);
    cr_assert_str_eq(tsim_comparison_digest(one), tsim_comparison_digest(same));
    /* A point's result is that of a run of its own. */
    size_t                   n;
    const struct tsim_point *points = tsim_study_points(study, &n);
    struct tsim_problems    *problems = tsim_problems_new();
    struct tsim_result      *alone = tsim_run(points[1].scenario, &options, problems);
    cr_assert_str_eq(tsim_result_digest(alone),
                     tsim_result_digest(tsim_comparison_result(one, 1)));
    tsim_result_free(alone);
    tsim_problems_free(problems);
    free(text);
    tsim_comparison_free(one);
    tsim_comparison_free(five);
    tsim_comparison_free(same);
    tsim_study_free(again);
    tsim_study_free(study);
}

Test(compare, going_on_until_decided_leaves_nothing_open)
{
    char *text = law_edited(loss, "\"compare\": {}",
                        "\"replications\": 3, \"compare\": { \"until_decided\": true }");
    struct tsim_study      *study = law_study(text);
    struct tsim_comparison *comparison = compare(study, NULL);
    const struct tsim_comparison_info *info = tsim_comparison_info(comparison);
    size_t                             n;
    tsim_comparison_measures(comparison, &n);
    cr_assert(info->decided && info->complete);
    cr_assert_gt(info->replications, 3);
    for (size_t m = 0; m < n; m++) {
        const struct tsim_difference d = tsim_comparison_difference(comparison, 1, 0, m);
        const double half = (d.difference.high - d.difference.low) / 2;
        cr_assert(d.outcome != TSIM_NOT_SHOWN || half <= 0.01, "%zu", m);
    }
    tsim_comparison_free(comparison);
    tsim_study_free(study);
    free(text);
    text = law_edited(loss, "\"compare\": {}",
                  "\"replications\": 3, \"replications_most\": 5,"
                  "\"compare\": { \"until_decided\": true, \"indifference\": 0.0001 }");
    study = law_study(text);
    comparison = compare(study, NULL);
    cr_assert_eq(tsim_comparison_info(comparison)->replications, 5, "never more than the most");
    tsim_comparison_free(comparison);
    tsim_study_free(study);
    free(text);
}

Test(compare, a_precision_is_reached_by_every_difference)
{
    char *text = law_edited(loss, "\"compare\": {}",
                            "\"replications\": 5, \"precision\": \"1.5 %\", \"compare\": {}");
    struct tsim_study      *study = law_study(text);
    struct tsim_comparison *comparison = compare(study, NULL);
    size_t                  n;
    const struct tsim_compared *measures = tsim_comparison_measures(comparison, &n);
    cr_assert_gt(tsim_comparison_info(comparison)->replications, 5);
    cr_assert_lt(tsim_comparison_info(comparison)->replications, 10000);
    for (size_t m = 0; m < n; m++) {
        const struct tsim_difference d = tsim_comparison_difference(comparison, 1, 0, m);
        const double half = (d.difference.high - d.difference.low) / 2;
        const double scale = measures[m].unit == TSIM_UNIT_SHARE
                                 ? 1 : tsim_comparison_value(comparison, 0, m).value;
        cr_assert_leq(half, 0.015 * scale, "%s: %g", measures[m].name, half / scale);
    }
    tsim_comparison_free(comparison);
    tsim_study_free(study);
    free(text);
}

Test(compare, what_cannot_be_compared_is_told)
{
    static const struct {
        const char *find, *put, *words;
    } edits[] = {
        { "tier.L1.occupancy\"", "tier.L2.occupancy\"", "L2" },
        { "tier.L1.occupancy\"", "tier.L1.wait_p90\"", "cannot be compared" },
        { "tier.L1.occupancy\"", "issue.general.wait_mean\"", "cannot be compared" },
        { "tier.L1.occupancy\"", "occupancy\"", "scope" },
        { "\"variants\": [ { \"name\": \"one more\", \"set\": \"tiers[0].pools[0].agents = 6\" } ]",
          "\"variants\": []", "nothing to compare" },
        { "\"compare\": {}", "\"replications\": 1, \"compare\": {}", "two replications" },
    };
    for (size_t i = 0; i < COUNT_OF(edits); i++) {
        char                   *text = law_edited(loss, edits[i].find, edits[i].put);
        struct tsim_study      *study = law_study(text);
        struct tsim_problems   *problems = tsim_problems_new();
        struct tsim_comparison *comparison = tsim_compare(study, NULL, problems);
        cr_assert_null(comparison, "%s", edits[i].put);
        cr_assert_geq(tsim_problems_errors(problems), 1);
        cr_assert(strstr(tsim_problems_get(problems, 0)->message, edits[i].words), "%s: %s",
                  edits[i].put, tsim_problems_get(problems, 0)->message);
        tsim_problems_free(problems);
        tsim_study_free(study);
        free(text);
    }
}
