/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: a study file gives the scenarios that it names, with its settings made, in order; what is
 * wrong in it is told at its place; written out it loads to the same study. Method: studies in
 * memory on a scenario in place, looked at through the public functions. */
#include <stdio.h>

#include "base/assert.h"
#include "support/law.h"

#define SCENARIO                                                                                 \
    "{ \"name\": \"desk\", \"run\": { \"length\": \"1 d\", \"replications\": 7, \"seed\": 3 },\n" \
    "  \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\",\n"               \
    "    \"rate\": \"30 /h\" } } ],\n"                                                           \
    "  \"tiers\": [ { \"name\": \"L1\", \"handling\": \"6 min\",\n"                              \
    "    \"pools\": [ { \"name\": \"front\", \"agents\": 5 } ] } ] }"

static const char sound[] =
    "{ \"study\": \"who\", \"scenario\": " SCENARIO ",\n"
    "  \"set\": \"run.length = 2 d\", \"base\": \"now\",\n"
    "  \"variants\": [ { \"set\": [\"tiers[0].pools[0].agents += 1\", \"currency = USD\"] },\n"
    "    { \"name\": \"other\", \"scenario\": " SCENARIO " } ],\n"
    "  \"compare\": {} }";

static struct tsim_study *parse(const char *text, struct tsim_problems *problems)
{
    return tsim_study_parse(text, strlen(text), "study.json", NULL, problems);
}

static void check_points(const struct tsim_study *study)
{
    static const char *const names[] = {
        "now", "tiers[0].pools[0].agents += 1, currency = USD", "other"
    };
    static const char *const settings[] = {
        "run.length = 2 d",
        "run.length = 2 d, tiers[0].pools[0].agents += 1, currency = USD",
        "run.length = 2 d",
    };
    static const uint32_t    agents[] = { 5, 6, 5 };
    size_t                   n;
    const struct tsim_point *points = tsim_study_points(study, &n);
    cr_assert_eq(n, COUNT_OF(names));
    for (size_t i = 0; i < n; i++) {
        cr_assert_str_eq(points[i].name, names[i]);
        cr_assert_str_eq(points[i].settings, settings[i]);
        cr_assert_eq(points[i].scenario->plan->pools[0].agents_most, agents[i]);
        cr_assert_eq(points[i].scenario->plan->end_s, 2 * 86400.0);
    }
    cr_assert_str_eq(points[1].scenario->given.currency, "USD");
}

Test(study, points_are_the_scenario_and_its_variants)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *study = parse(sound, problems);
    if (!study)
        tsim_problems_print(problems, stderr, 0);
    cr_assert(study);
    cr_assert_str_eq(tsim_study_name(study), "who");
    check_points(study);
    tsim_study_free(study);
    tsim_problems_free(problems);
}

Test(study, written_out_it_is_the_same)
{
    struct tsim_problems         *problems = tsim_problems_new();
    struct tsim_study            *study = parse(sound, problems);
    char                         *text = NULL;
    size_t                        length;
    FILE                         *to = open_memstream(&text, &length);
    const struct tsim_run_options options = { .replications = 9, .seed = 11, .has_seed = true };
    cr_assert(tsim_study_write(study, &options, to));
    fclose(to);
    tsim_study_free(study);
    study = parse(text, problems);
    if (!study)
        tsim_problems_print(problems, stderr, 0);
    cr_assert(study, "%s", text);
    check_points(study);
    cr_assert(strstr(text, "\"seed\": 11") && strstr(text, "\"replications\": 9"));
    tsim_study_free(study);
    free(text);
    tsim_problems_free(problems);
}

Test(study, mistakes_are_told_at_their_place)
{
    static const struct {
        const char *find, *put, *words;
    } edits[] = {
        { "\"compare\": {}", "\"seed\": 1", "does not say what to do" },
        { "\"compare\": {}", "\"compare\": { \"x\": 1 }", "unknown key \"x\"" },
        { "\"name\": \"other\"", "\"name\": \"now\"", "called \"now\"" },
        { ", \"scenario\": " SCENARIO " } ]", " } ]", "is the scenario itself" },
        { "\"set\": \"run.length", "\"set\": \"run.lenght", "unknown key \"lenght\"" },
        { "pools[0].agents += 1", "pools[4].agents += 1", "none of the 1 elements" },
        { "\"scenario\": " SCENARIO ",\n  \"set\"", "\"scenario\": \"none.json\",\n  \"set\"",
          "cannot open the file" },
        { "\"scenario\": " SCENARIO ",\n  \"set\"", "\"scenario\": 4,\n  \"set\"",
          "\"scenario\"" },
        { "\"rate\": \"30 /h\"", "\"rate\": \"30 h\"", "rate" },
    };
    for (size_t i = 0; i < COUNT_OF(edits); i++) {
        char                  text[3 * sizeof sound];
        const char           *at = strstr(sound, edits[i].find);
        struct tsim_problems *problems = tsim_problems_new();
        cr_assert(at, "%s", edits[i].find);
        snprintf(text, sizeof text, "%.*s%s%s", (int)(at - sound), sound, edits[i].put,
                 at + strlen(edits[i].find));
        cr_assert_null(parse(text, problems), "%s", edits[i].put);
        cr_assert_geq(tsim_problems_errors(problems), 1);
        const struct tsim_problem *problem = tsim_problems_get(problems, 0);
        cr_assert(strstr(problem->message, edits[i].words), "%s: %s", edits[i].put,
                  problem->message);
        tsim_problems_free(problems);
    }
}

Test(study, problems_of_a_scenario_in_place_have_the_places_of_the_study)
{
    static const char     text[] = "{ \"study\": \"s\", \"compare\": {}, \"scenario\":\n"
                                   "  { \"name\": \"desk\",\n    \"tyers\": [] } }";
    struct tsim_problems *problems = tsim_problems_new();
    bool                  found = false;
    cr_assert_null(parse(text, problems));
    for (size_t i = 0; i < tsim_problems_count(problems); i++) {
        const struct tsim_problem *problem = tsim_problems_get(problems, i);
        found |= problem->line == 3 && problem->column == 5 && strstr(problem->message, "tyers");
    }
    cr_assert(found);
    tsim_problems_free(problems);
}
