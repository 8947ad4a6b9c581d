/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: numbers that look like slips are told of, at their line, and others are not. Method: a desk
 * about which nothing is odd, then one number after another changed into the slip, and, where there
 * is a bound, to what is only just no slip. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <tiersim.h>

struct desk {
    const char *patience, *concession, *authority, *skills, *handling, *resolves, *target;
};

static const struct desk fine = { "3 min", "{ \"kind\": \"uniform\", \"low\": 20, \"high\": 80 }",
                                  "50", "\"general\"", "6 min", "0.9", "20 min" };

/* Line n of the text is the n-th %s. */
static const char format[] =
    "{ \"name\": \"d\", \"run\": { \"length\": \"10 h\" }, \"channels\": [ { \"name\": \"phone\",\n"
    "  \"patience\": \"%s\" } ],\n"
    "  \"issue_types\": [ { \"name\": \"i\", \"concession\": %s } ],\n"
    "  \"streams\": [ { \"name\": \"s\", \"channel\": \"phone\", \"arrivals\": { \"kind\": "
    "\"poisson\", \"rate\": \"2 /h\" } } ],\n"
    "  \"tiers\": [ { \"name\": \"L1\", \"pools\": [ { \"name\": \"p\", \"agents\": 90 }, "
    "{ \"name\": \"q\", \"agents\": 1,\n"
    "    \"authority\": %s,\n"
    "    \"skills\": [ { \"skill\": %s } ] } ],\n"
    "    \"handling\": \"%s\", \"resolves\": %s } ],\n"
    "  \"sla\": [ { \"name\": \"solved\", \"clock\": \"resolution\",\n"
    "    \"target\": \"%s\" } ], \"escalation\": [ { \"to\": \"unresolved\" } ] }";

static void expect(const struct desk *desk, size_t line, const char *said)
{
    char text[2000];
    snprintf(text, sizeof text, format, desk->patience, desk->concession, desk->authority,
             desk->skills, desk->handling, desk->resolves, desk->target);
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *scenario =
        tsim_scenario_parse(text, strlen(text), "d.json", NULL, problems);
    if (!scenario)
        tsim_problems_print(problems, stderr, 0);
    cr_assert(scenario);
    bool found = false;
    for (size_t i = 0; i < tsim_problems_count(problems); i++) {
        const struct tsim_problem *problem = tsim_problems_get(problems, i);
        cr_expect_eq((int)problem->kind, TSIM_PROBLEM_WARNING);
        found |= said && problem->line == line && strstr(problem->message, said);
        cr_expect(said, "told without reason: %s", problem->message);
    }
    if (said && !found)
        tsim_problems_print(problems, stderr, 0);
    cr_expect(!said || found, "not told at line %zu: %s", line, said);
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
}

Test(advice_numbers, nothing_is_odd)
{
    expect(&fine, 0, NULL);
}

Test(advice_numbers, patience_that_looks_like_minutes)
{
    struct desk desk = fine;
    desk.patience = "3 s";
    expect(&desk, 2, "customers of phone wait 3 s on average before they give up");
    desk.patience = "15 s";
    expect(&desk, 0, NULL);
    desk.patience = "0 s"; /* meant: nobody waits */
    expect(&desk, 0, NULL);
}

Test(advice_numbers, work_of_seconds_or_of_hours)
{
    struct desk desk = fine;
    desk.handling = "4 s";
    expect(&desk, 8, "work at L1 takes 4 s on average");
    desk.handling = "5 s";
    expect(&desk, 0, NULL);
    desk.handling = "4 h";
    desk.target = "1 d";
    expect(&desk, 8, "work at L1 takes 4 h on average, and who waits for it gives up after 3 min");
    desk.patience = "1 h";
    expect(&desk, 0, NULL);
}

Test(advice_numbers, a_target_shorter_than_the_work)
{
    struct desk desk = fine;
    desk.target = "5 min";
    expect(&desk, 10, "solved is to take at most 5 min, and the work alone takes 6 on average");
    desk.target = "6 min";
    expect(&desk, 0, NULL);
}

Test(advice_numbers, authority_below_every_concession)
{
    struct desk desk = fine;
    desk.authority = "20";
    expect(&desk, 6, "q may spend less than nearly every concession takes");
    desk.authority = "21";
    expect(&desk, 0, NULL);
    desk.authority = "0"; /* meant */
    expect(&desk, 0, NULL);
}

Test(advice_numbers, a_pool_that_nobody_comes_to)
{
    struct desk desk = fine;
    desk.skills = "\"generel\"";
    expect(&desk, 7, "nobody ever comes to q: no issue type needs these skills");
}

Test(advice_numbers, an_issue_type_that_nobody_resolves)
{
    struct desk desk = fine;
    desk.resolves = "0";
    expect(&desk, 3, "nobody can resolve i");
    desk.skills = "\"general\", \"resolves\": 0.1";
    expect(&desk, 0, NULL);
}
