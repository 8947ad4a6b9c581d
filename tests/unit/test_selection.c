/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: of desks whose mean waits are known exactly, the best is selected at least as often as
 * promised, with any number of threads to the same bytes; within a budget the estimated probability
 * is borne out; an interrupted selection says what it has; what is wrong in a study is told.
 * Method: M/M/c desks of 7 to 10 agents whose work is chosen by the Erlang C formula such that the
 * best is exactly the indifference zone ahead of two and twice that of the third. 100 selections
 * with seeds of their own. One that is right with probability 0.95 is right fewer than 87 times
 * with probability 0.0005 (binomial): the rate of false alarms. */
#include <math.h>
#include <stdio.h>

#include "experiment/study.h"
#include "support/law.h"
#include "theory/erlang.h"

enum { MACRO = 100, RIGHT_LOW = 87, DESKS = 4, BEST = 2 };

static const double   wait_s = 60, zone_s = 1.5, rate = 100.0 / 3600;
static const uint32_t agents[DESKS] = { 7, 10, 9, 8 };
static const int      zones_behind[DESKS] = { 1, 2, 0, 1 };

static double mean_wait(double handling_s, uint32_t n)
{
    const double load = rate * handling_s;
    return load < n ? erlang_c(load, n) * handling_s / (n - load) : HUGE_VAL;
}

/* The mean of the work that gives a mean wait. */
static double handling_for(double wait, uint32_t n)
{
    double low = 1, high = n / rate;
    for (int i = 0; i < 100; i++) {
        const double middle = 0.5 * (low + high);
        if (mean_wait(middle, n) < wait)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static struct tsim_study *make_study(const char *method, struct tsim_problems *problems)
{
    char  *text = NULL;
    size_t length;
    FILE  *to = open_memstream(&text, &length);
    fputs("{ \"study\": \"which desk\", \"replications_most\": 5000, \"scenario\": {\n"
          "  \"name\": \"desk\", \"run\": { \"kind\": \"steady_state\", \"warm_up\": \"6 h\", "
          "\"length\": \"3 h\" },\n"
          "  \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", \"rate\": "
          "\"100 /h\" } } ],\n"
          "  \"tiers\": [ { \"name\": \"L1\", \"handling\": { \"kind\": \"exponential\", "
          "\"mean\": \"1 s\" },\n"
          "    \"pools\": [ { \"name\": \"front\", \"agents\": 10 } ] } ] },\n", to);
    for (int i = 0; i < DESKS; i++)
        fprintf(to, "%s\"set\": \"tiers[0].pools[0].agents = %u, tiers[0].handling.mean = %.6f s\"",
                i == 0 ? "" : i == 1 ? ",\n  \"variants\": [ { " : " },\n    { ", agents[i],
                handling_for(wait_s + zones_behind[i] * zone_s, agents[i]));
    fprintf(to, " } ],\n  \"select\": { \"measure\": \"tier.L1.wait_mean\", %s } }", method);
    fclose(to);
    struct tsim_study *study = tsim_study_parse(text, length, "study.json", NULL, problems);
    if (!study)
        tsim_problems_print(problems, stderr, 0);
    cr_assert(study);
    free(text);
    return study;
}

static struct tsim_selection *select_with(const struct tsim_study *study, uint64_t seed,
                                          uint32_t threads, struct tsim_problems *problems)
{
    const struct tsim_run_options options = { .seed = seed, .has_seed = true, .threads = threads };
    struct tsim_selection        *selection = tsim_select(study, &options, problems);
    if (!selection)
        tsim_problems_print(problems, stderr, 0);
    cr_assert(selection);
    return selection;
}

Test(selection, the_best_desk_is_found_as_often_as_promised)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *study = make_study("\"zone\": \"1.5 s\"", problems);
    int                   right = 0;
    double                work = 0, equal = 0;
    for (int macro = 0; macro < MACRO; macro++) {
        struct tsim_selection *selection = select_with(study, 7000u + (unsigned)macro, 0, problems);
        const struct tsim_selection_info *info = tsim_selection_info(selection);
        cr_assert(info->decided && info->complete);
        right += info->best == BEST;
        work += (double)info->replications;
        equal += (double)info->equal;
        tsim_selection_free(selection);
    }
    cr_assert_geq(right, RIGHT_LOW, "%d of %d", right, MACRO);
    cr_assert_lt(work, 0.8 * equal);
    tsim_study_free(study);
    tsim_problems_free(problems);
}

/* The estimated probabilities are lower bounds: on average they are below the share of selections
 * that are right, up to four standard errors of that share (0.05 each at most). */
Test(selection, a_budget_is_spent_and_its_probability_borne_out)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *study = make_study("\"budget\": 300", problems);
    int                   right = 0;
    double                said = 0;
    for (int macro = 0; macro < MACRO; macro++) {
        struct tsim_selection *selection = select_with(study, 8000u + (unsigned)macro, 0, problems);
        const struct tsim_selection_info *info = tsim_selection_info(selection);
        size_t                            n;
        const struct tsim_candidate *candidates = tsim_selection_candidates(selection, &n);
        uint64_t                     spent = 0;
        for (size_t i = 0; i < n; i++)
            spent += candidates[i].replications;
        cr_assert_eq(spent, 300);
        cr_assert_eq(info->replications, 300);
        cr_assert(info->decided && info->probability >= 0 && info->probability <= 1);
        cr_assert_eq(candidates[info->best].standing, TSIM_SELECTED);
        right += info->best == BEST;
        said += info->probability;
        tsim_selection_free(selection);
    }
    cr_assert_gt(right, MACRO / 2);
    cr_assert_geq(right, said - 20, "%d right, %g said", right, said);
    tsim_study_free(study);
    tsim_problems_free(problems);
}

static void check_same(const char *method)
{
    struct tsim_problems  *problems = tsim_problems_new();
    struct tsim_study     *study = make_study(method, problems);
    struct tsim_selection *one = select_with(study, 5, 1, problems);
    struct tsim_selection *many = select_with(study, 5, 7, problems);
    struct tsim_selection *other = select_with(study, 6, 7, problems);
    cr_assert_str_eq(tsim_selection_digest(one), tsim_selection_digest(many));
    cr_assert_str_neq(tsim_selection_digest(one), tsim_selection_digest(other));
    tsim_selection_free(one);
    tsim_selection_free(many);
    tsim_selection_free(other);
    tsim_study_free(study);
    tsim_problems_free(problems);
}

Test(selection, the_same_with_any_number_of_threads)
{
    check_same("\"zone\": \"3 s\"");
    check_same("\"zone\": \"3 s\", \"budget\": 150");
}

/* ---- interruptions */

struct patience {
    int left;
};

static bool patience_ends(void *user)
{
    struct patience *patience = user;
    return patience->left-- <= 0;
}

/* Stopped at any time there is a selection that is not complete, or none. */
Test(selection, an_interrupted_selection_says_so)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *study = make_study("\"zone\": \"0.2 s\"", problems);
    int                   some = 0, none = 0;
    for (int left = 0; left < 400; left += 40) {
        struct patience               patience = { left };
        const struct tsim_run_options options = { .threads = 1, .stop = patience_ends,
                                                  .user = &patience };
        struct tsim_selection        *selection = tsim_select(study, &options, problems);
        cr_assert_eq(tsim_problems_errors(problems), 0);
        if (!selection) {
            none++;
            continue;
        }
        const struct tsim_selection_info *info = tsim_selection_info(selection);
        cr_assert(!info->complete && !info->decided);
        cr_assert_float_eq(info->probability, 0, 0);
        tsim_selection_free(selection);
        some++;
    }
    cr_assert(some > 0 && none > 0, "%d %d", some, none);
    tsim_study_free(study);
    tsim_problems_free(problems);
}

/* Replications end at the limit: the one ahead is named, and not called decided. */
Test(selection, what_cannot_be_told_apart_ends_at_the_limit)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *study = make_study("\"zone\": \"0.001 s\", \"first\": 5", problems);
    struct tsim_selection *selection;
    size_t                 n;
    study->select.most = 40;
    selection = select_with(study, 1, 0, problems);
    const struct tsim_selection_info *info = tsim_selection_info(selection);
    const struct tsim_candidate      *candidates = tsim_selection_candidates(selection, &n);
    cr_assert(info->complete && !info->decided);
    cr_assert_eq(candidates[info->best].replications, 40);
    tsim_selection_free(selection);
    tsim_study_free(study);
    tsim_problems_free(problems);
}

/* ---- studies that are wrong */

#define SCENARIO                                                                                 \
    "{ \"name\": \"desk\", \"currency\": \"EUR\", \"run\": { \"length\": \"1 h\" },\n"            \
    "  \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\",\n"                 \
    "    \"rate\": \"30 /h\" } } ],\n"                                                           \
    "  \"tiers\": [ { \"name\": \"L1\", \"handling\": \"6 min\",\n"                              \
    "    \"pools\": [ { \"name\": \"front\", \"agents\": 5 } ] } ] }"
#define STUDY(variant, method)                                                                   \
    "{ \"study\": \"who\", \"scenario\": " SCENARIO ",\n \"variants\": [" variant "],\n"          \
    " \"select\": {" method "} }"
#define SETS                                                                                     \
    "run.busyness = stratified, run.strata = 4, streams[0].arrivals.busyness_cv = 0.2"
#define MORE "{ \"set\": \"tiers[0].pools[0].agents += 1\" }"

static void check_whole_sets(const struct tsim_selection *selection, uint64_t budget)
{
    size_t                       n;
    const struct tsim_candidate *candidates = tsim_selection_candidates(selection, &n);
    uint64_t                     spent = 0;
    for (size_t i = 0; i < n; i++) {
        bool defined;
        cr_assert_eq(candidates[i].replications % 4, 0);
        cr_assert_eq(candidates[i].dropped_after % 4, 0);
        cr_assert_geq(candidates[i].replications, 40);
        (void)tsim_selection_value(selection, i, candidates[i].replications - 1, &defined);
        cr_assert(defined);
        (void)tsim_selection_value(selection, i, candidates[i].replications, &defined);
        cr_assert_not(defined);
        spent += candidates[i].replications;
    }
    cr_assert_eq(tsim_selection_info(selection)->replications, spent);
    cr_assert(budget == 0 || spent == budget, "%d", (int)spent);
}

/* Where busy days are spread over sets, whole sets are observations. */
Test(selection, sets_stay_whole)
{
#define WHOLE                                                                                    \
    "{ \"study\": \"s\", \"scenario\": " SCENARIO ", \"set\": \"" SETS "\",\n"                     \
    "  \"variants\": [ " MORE " ], "
    static const char *const texts[] = {
        WHOLE "\"select\": { \"measure\": \"tier.L1.wait_mean\", \"zone\": \"5 s\" } }",
        WHOLE "\"select\": { \"measure\": \"tier.L1.wait_mean\", \"budget\": 203 } }",
    };
    for (size_t i = 0; i < 2; i++) {
        struct tsim_problems *problems = tsim_problems_new();
        struct tsim_study    *study =
            tsim_study_parse(texts[i], strlen(texts[i]), "s.json", NULL, problems);
        cr_assert(study);
        struct tsim_selection *selection = select_with(study, 3, 0, problems);
        check_whole_sets(selection, i == 0 ? 0 : 200);
        tsim_selection_free(selection);
        tsim_study_free(study);
        tsim_problems_free(problems);
    }
}

/* The text of its first problem has these words in it. */
static void check_wrong(const char *text, const char *words)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study *study = tsim_study_parse(text, strlen(text), "s.json", NULL, problems);
    if (study)
        cr_assert_null(tsim_select(study, NULL, problems), "%s", words);
    cr_assert_eq(tsim_problems_errors(problems), 1, "%s", words);
    const struct tsim_problem *problem = tsim_problems_get(problems, 0);
    cr_assert(strstr(problem->message, words), "\"%s\" is not \"%s\"", problem->message, words);
    cr_assert(study || problem->line > 0, "%s", words);
    tsim_study_free(study);
    tsim_problems_free(problems);
}

Test(selection, wrong_studies)
{
    check_wrong(STUDY(MORE, ""), "which differences matter");
    check_wrong(STUDY("", "\"zone\": 1"), "nothing to select from");
    check_wrong(STUDY(MORE, "\"zone\": 0"), "every difference would matter");
    check_wrong(STUDY(MORE, "\"zone\": -1"), "zone");
    check_wrong(STUDY(MORE, "\"zone\": \"1 s\""), "zone");
    check_wrong(STUDY(MORE, "\"zone\": []"), "zone");
    check_wrong(STUDY(MORE, "\"zone\": 5, \"measure\": \"tier.L1.wait_mean\""), "zone");
    check_wrong(STUDY(MORE, "\"zone\": \"150 %\", \"measure\": \"tier.L1.service_level\""), "zone");
    check_wrong(STUDY(MORE, "\"zone\": 1, \"measure\": \"teir.L1.wait_mean\""),
                "no scope \"teir\"");
    check_wrong(STUDY(MORE, "\"zone\": 1, \"measure\": \"tier.L1.wait_meen\""), "no measure");
    check_wrong(STUDY(MORE, "\"zone\": 1, \"measure\": \"tier\""), "no measure");
    check_wrong(STUDY(MORE, "\"zone\": 1, \"measure\": \".\""), "no scope \"\"");
    check_wrong(STUDY(MORE, "\"zone\": \"1 s\", \"measure\": \"pool.back.wait_mean\""), "no ");
    check_wrong(STUDY("{ \"set\": \"tiers[0].name = L9\" }",
                      "\"zone\": \"1 s\", \"measure\": \"tier.L1.wait_mean\""),
                "has no tier \"L1\"");
    check_wrong(STUDY("{ \"set\": \"currency = USD\" }", "\"zone\": 1"), "different currencies");
    check_wrong(STUDY(MORE, "\"budget\": 39"), "before anybody is compared");
    check_wrong(STUDY("{ \"set\": \"" SETS "\" }", "\"zone\": 1"),
                "over different sets");
    check_wrong(STUDY(MORE, "\"zone\": 1, \"first\": 10000, \"budget\": 0"), "budget");
    check_wrong(STUDY(MORE, "\"zone\": 1, \"best\": \"biggest\""), "best");
    check_wrong(STUDY(MORE, "\"zone\": \"1 s\", \"measure\": \"fate.vendor.age_mean\""),
                "no measure");
    check_wrong(STUDY(MORE, "\"zone\": 1 }, \"compare\": {"), "more than one method");
}

Test(selection, what_was_not_measured_cannot_be_selected_by)
{
    check_wrong(STUDY("{ \"set\": \"streams[0].arrivals.rate = 0.000001 /h\" }",
                      "\"zone\": \"1 s\", \"measure\": \"tier.L1.wait_mean\""),
                "nothing was measured in");
}
