/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: what authority costs without queues is what the closed form says, and an empowerment reads
 * its limits right. Method: the shares and costs of a published lognormal case with three tiers,
 * to nine digits; a desk of that case with people enough that nobody waits, where the simulated
 * difference between two limits must be that of the curve within four standard errors (one false
 * alarm in 15,000 for each of three); ties, one limit, unknown tiers, no limit at all. */
#include <math.h>

#include "base/assert.h"
#include "experiment/empower.h"
#include "support/law.h"
#include "theory/authority.h"

static const char desk[] =
    "{ \"study\": \"refunds\", \"scenario\": { \"name\": \"refunds\",\n"
    "    \"run\": { \"length\": \"100 h\", \"replications\": 40 },\n"
    "    \"issue_types\": [ { \"name\": \"refund\",\n"
    "      \"concession\": { \"kind\": \"lognormal\", \"mu\": 3.6, \"sigma\": 1.0 } } ],\n"
    "    \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\",\n"
    "      \"rate\": \"60 /h\" } } ],\n"
    "    \"tiers\": [ { \"name\": \"L1\", \"handling\": \"4 min\", \"pools\": [\n"
    "        { \"name\": \"a\", \"agents\": 40, \"authority\": 50 } ] },\n"
    "      { \"name\": \"L2\", \"handling\": \"5 min\", \"pools\": [\n"
    "        { \"name\": \"b\", \"agents\": 40, \"authority\": 250,\n"
    "          \"concession_factor\": 0.85 } ] },\n"
    "      { \"name\": \"L3\", \"handling\": \"8 min\", \"pools\": [\n"
    "        { \"name\": \"c\", \"agents\": 40, \"concession_factor\": 0.7 } ] } ],\n"
    "    \"promises\": [\n"
    "      { \"measure\": \"escalation\", \"tier\": \"L1\", \"at_most\": \"30 %\" },\n"
    "      { \"measure\": \"escalation\", \"tier\": \"L1\", \"at_most\": \"1 %\" },\n"
    "      { \"measure\": \"escalation\", \"tier\": \"L1\", \"at_most\": \"90 %\" } ] },\n"
    "  \"empower\": { \"limits\": [250, 60, 30, 60, 100] } }";

static struct tsim_empowerment *empower(const struct tsim_study *study)
{
    struct tsim_problems    *problems = tsim_problems_new();
    struct tsim_empowerment *empowerment = tsim_empower(study, NULL, problems);
    if (!empowerment)
        tsim_problems_print(problems, stderr, 0);
    cr_assert(empowerment);
    tsim_problems_free(problems);
    return empowerment;
}

static double amount_cdf(double x, const void *dist)
{
    return dist_cdf(dist, x);
}

/* The amounts of the case, from its scenario. */
static struct authority_amount amounts(const struct tsim_study *study)
{
    const struct dist *dist = study->scenarios[0]->plan->classes[0].concession;
    return (struct authority_amount){ amount_cdf, dist, dist_mean(dist) };
}

static bool near(double value, double exact)
{
    return fabs(value - exact) <= 1e-8 * fabs(exact);
}

Test(empower, the_closed_form_is_that_of_the_case)
{
    struct tsim_study    *study = law_study(desk);
    struct authority_step steps[] = { { 50, 1, 4 }, { 250, 0.85, 9 }, { INFINITY, 0.7, 20 } };
    struct authority_cost cost, other;
    const struct authority_amount amount = amounts(study);
    cr_assert(authority_cost_of(&amount, steps, 3, false, &cost));
    cr_assert(near(cost.paid, 51.89863957096847), "%.12g", cost.paid);
    cr_assert(near(cost.handling, 7.944339928186354), "%.12g", cost.handling);
    cr_assert(near(cost.passed, 0.37751151986723896), "%.12g", cost.passed);
    /* The best limit of the first step is c2 / (phi1 - phi2) = 60. */
    steps[0].limit = 60;
    cr_assert(authority_cost_of(&amount, steps, 3, false, &cost));
    for (int i = 0; i < 2; i++) {
        steps[0].limit = i ? 63 : 57;
        cr_assert(authority_cost_of(&amount, steps, 3, false, &other));
        cr_assert_lt(cost.paid + cost.handling, other.paid + other.handling);
    }
    /* Straight to who may: the second step has only what it settles. */
    steps[0].limit = 50;
    cr_assert(authority_cost_of(&amount, steps, 3, true, &other));
    cr_assert(near(other.handling, 4 + 9 * 0.3501747073981788 + 20 * 0.027336812469060168));
    /* No limit anywhere: everything is paid at the first step. */
    steps[0] = (struct authority_step){ INFINITY, 1, 4 };
    cr_assert(authority_cost_of(&amount, steps, 3, false, &cost));
    cr_assert(near(cost.paid, 60.34028759736195) && cost.passed == 0 && cost.handling == 4);
    tsim_study_free(study);
}

Test(empower, where_nobody_waits_the_simulation_is_the_curve)
{
    struct tsim_study       *study = law_study(desk);
    struct tsim_empowerment *empowerment = empower(study);
    const struct tsim_empowerment_info *info = tsim_empowerment_info(empowerment);
    size_t                              n;
    const struct tsim_limit *limits = tsim_empowerment_limits(empowerment, &n);
    static const double      expected[] = { 30, 50, 60, 100, 250 };
    cr_assert_eq(n, COUNT_OF(expected));
    cr_assert(info->no_queue_known);
    for (size_t i = 0; i < n; i++) {
        cr_assert_eq(limits[i].limit, expected[i]);
        cr_assert_eq(limits[i].now, expected[i] == 50);
        /* Nobody is paid, so the least is what pays least: the lowest limit. */
        if (i == info->cheapest)
            continue;
        const double curve = limits[i].no_queue - limits[info->cheapest].no_queue;
        cr_assert_leq(fabs(limits[i].dearer.value - curve), 4 * limits[i].dearer.std_error,
                      "%g: %g, not %g", expected[i], limits[i].dearer.value, curve);
    }
    cr_assert_eq(info->cheapest, 0);
    cr_assert_eq(info->no_queue_cheapest, 0);
    /* P(X > L) is below 30 % from 62 on, so 100 keeps the promise, and all above. */
    cr_assert_eq(tsim_empowerment_keeps(empowerment, 0), 3);
    cr_assert_eq(tsim_empowerment_keeps(empowerment, 1), SIZE_MAX, "2.7 %% exceed 250");
    cr_assert_eq(tsim_empowerment_keeps(empowerment, 2), 0);
    cr_assert_eq(tsim_empowerment_keeps(empowerment, 3), SIZE_MAX, "there is no such promise");
    cr_assert(limits[0].kept == 1 && limits[3].kept == 2 && limits[4].kept == 2);
    tsim_empowerment_free(empowerment);
    tsim_study_free(study);
}

Test(empower, limits_are_made_up_where_none_are_named)
{
    char                    *text = law_edited(desk, "\"limits\": [250, 60, 30, 60, 100]", "");
    struct tsim_study       *study = law_study(text);
    struct tsim_empowerment *empowerment = empower(study);
    size_t                   n;
    const struct tsim_limit *limits = tsim_empowerment_limits(empowerment, &n);
    cr_assert_eq(n, EMPOWER_LIMITS + 1);
    cr_assert_eq(limits[0].limit, 0);
    cr_assert_eq(limits[n - 1].limit, 1000);
    tsim_empowerment_free(empowerment);
    tsim_study_free(study);
    free(text);
}

/* A concession that is needed by 0 % of contacts is none, either. */
Test(empower, where_nobody_needs_a_concession_it_says_so)
{
    static const char *const concessions[] = { "", ", \"concession_share\": \"0 %\"" };
    for (size_t i = 0; i <= COUNT_OF(concessions); i++) {
        char *text = i < COUNT_OF(concessions)
                         ? law_edited(desk, ",\n      \"concession\": { \"kind\": \"lognormal\", "
                                            "\"mu\": 3.6, \"sigma\": 1.0 }", concessions[i])
                         : strdup(desk);
        struct tsim_study       *study = law_study(text);
        struct tsim_empowerment *empowerment = empower(study);
        char                    *screen = NULL;
        size_t                   length;
        FILE                    *to = open_memstream(&screen, &length);
        tsim_report_empowerment(empowerment, NULL, to);
        fclose(to);
        const bool needed = i == COUNT_OF(concessions);
        cr_expect_eq(tsim_empowerment_info(empowerment)->needed, needed, "%zu", i);
        cr_expect_eq(strstr(screen, "No issue of this desk needs a concession") == NULL, needed);
        free(screen);
        tsim_empowerment_free(empowerment);
        tsim_study_free(study);
        free(text);
    }
}

Test(empower, the_limit_there_is_is_tried_once)
{
    char                    *text = law_edited(desk, "[250, 60, 30, 60, 100]", "[250, 50, 30]");
    struct tsim_study       *study = law_study(text);
    struct tsim_empowerment *empowerment = empower(study);
    size_t                   n;
    const struct tsim_limit *limits = tsim_empowerment_limits(empowerment, &n);
    cr_assert_eq(n, 3);
    cr_assert(limits[1].now && limits[1].limit == 50);
    tsim_empowerment_free(empowerment);
    tsim_study_free(study);
    free(text);
}

Test(empower, what_cannot_be_tried_is_told)
{
    static const struct {
        const char *find, *put, *words;
    } edits[] = {
        { "\"limits\": [250", "\"tier\": \"L9\", \"limits\": [250", "there is no tier" },
        { "\"limits\": [250, 60, 30, 60, 100]", "\"tier\": \"L3\"", "no limit" },
        { "[250, 60", "[-1, 60", "" },
        { "\"empower\": {", "\"variants\": [ { \"set\": \"title = x\" } ], \"empower\": {",
          "the limits are the variants" },
        { "\"empower\": {", "\"compare\": {}, \"empower\": {", "more than one method" },
    };
    for (size_t i = 0; i < COUNT_OF(edits); i++) {
        char                 *text = law_edited(desk, edits[i].find, edits[i].put);
        struct tsim_problems *problems = tsim_problems_new();
        cr_assert_null(tsim_study_parse(text, strlen(text), "s.json", NULL, problems), "%s",
                       edits[i].put);
        cr_assert_geq(tsim_problems_errors(problems), 1);
        cr_assert(strstr(tsim_problems_get(problems, 0)->message, edits[i].words), "%s: %s",
                  edits[i].put, tsim_problems_get(problems, 0)->message);
        tsim_problems_free(problems);
        free(text);
    }
}
