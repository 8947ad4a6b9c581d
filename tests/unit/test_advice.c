/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: whoever gives a tier more work than it has people is told when the file is loaded, and
 * nobody else is. Method: one desk whose second tier is just large enough for what the first fails
 * at, with matrices and organisations that send more there, seldom, or not at all. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <tiersim.h>

static const char format[] =
    "{ \"name\": \"d\", \"run\": { \"length\": \"100 h\" }%s,\n"
    "  \"streams\": [ { \"name\": \"s\",\n"
    "    \"arrivals\": { \"kind\": \"poisson\", \"rate\": \"60 /h\" } } ],\n"
    "  \"tiers\": [\n"
    "    { \"name\": \"L1\", %s, \"resolves\": 0.75,\n"
    "      \"pools\": [ { \"name\": \"p\", \"agents\": 8 } ] },\n"
    "    { \"name\": \"L2\", \"handling\": \"6 min\", \"resolves\": 0.9,\n"
    "      \"pools\": [ { \"name\": \"q\", \"agents\": 2 } ] },\n"
    "    { \"name\": \"L3\", \"handling\": \"6 min\",\n"
    "      \"pools\": [ { \"name\": \"r\", \"agents\": 1 } ] } ],\n"
    "  \"escalation\": [ %s ] }";

/* What is said of the load; "" when nothing is. */
static void expect_work(const char *first, const char *root, const char *rules,
                        const char *expected)
{
    char text[2000];
    snprintf(text, sizeof text, format, root, first, rules);
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *scenario =
        tsim_scenario_parse(text, strlen(text), "d.json", NULL, problems);
    char said[200] = "";
    cr_assert(scenario && tsim_problems_errors(problems) == 0);
    for (size_t i = 0; i < tsim_problems_count(problems); i++)
        if (strstr(tsim_problems_get(problems, i)->message, "is offered work"))
            snprintf(said, sizeof said, "%s", tsim_problems_get(problems, i)->message);
    cr_expect_str_eq(said, expected, "%s %s: %s", root, rules, said);
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
}

static void expect_advice(const char *root, const char *rules, const char *expected)
{
    expect_work("\"handling\": \"6 min\"", root, rules, expected);
}

Test(advice, tells_of_work_for_more_than_there_are)
{
    expect_advice("", "", "");
    expect_advice("", "{ \"from\": \"L1\", \"to\": \"L3\" }",
                  "L3 is offered work for 1.5 agents and has 1 on average");
    expect_advice(", \"organisation\": { \"form\": \"direct\" }", "",
                  "L3 is offered work for 6 agents and has 1 on average");
}

#define SELF_SERVICE(share) ", \"issue_types\": [ { \"name\": \"i\", \"self_service\": 0.5 } ], " \
                            "\"self_service\": { \"session\": \"1 min\", " \
                            "\"false_containment\": { \"share\": " share ", \"delay\": \"1 h\" } }"

/* 60 contacts an hour, 6 min each. */
Test(advice, counts_what_comes_back)
{
    static const char given_up[] = "{ \"to\": \"unresolved\" }";
    expect_work("\"handling\": \"6 min\", \"waits_on_customer\": { \"share\": 0.5, \"delay\": "
                "\"1 h\", \"most\": 1 }", "", given_up,
                "L1 is offered work for 9 agents and has 8 on average");
    expect_work("\"handling\": \"6 min\", \"waits_on_customer\": { \"share\": 0.5, \"delay\": "
                "\"1 h\", \"most\": 40 }", "", given_up,
                "L1 is offered work for 12 agents and has 8 on average");
    /* Three in four are solved, of which half come back: once, or for ever. */
    expect_work("\"handling\": \"7 min\", \"reopens\": { \"share\": 0.5, \"delay\": \"1 h\", "
                "\"most\": 50 }", "", given_up,
                "L1 is offered work for 11.2 agents and has 8 on average");
    expect_work("\"handling\": \"7 min\", \"reopens\": { \"share\": 0.5, \"delay\": \"1 h\", "
                "\"most\": 50, \"to\": \"owner\" }", "", given_up,
                "L1 is offered work for 11.2 agents and has 8 on average");
    expect_work("\"handling\": \"12 min\"", SELF_SERVICE("0"), given_up, "");
    expect_work("\"handling\": \"12 min\"", SELF_SERVICE("0.6"), given_up,
                "L1 is offered work for 9.6 agents and has 8 on average");
}

Test(advice, leaves_out_what_seldom_happens_or_is_not_known)
{
    expect_advice("", "{ \"from\": \"L1\", \"to\": \"L3\", \"older_than\": \"2 h\" }", "");
    expect_advice("", "{ \"from\": \"L1\", \"to\": \"L3\", \"hops\": 3 }", "");
    expect_advice("", "{ \"to\": \"L3\", \"form\": \"notify\", \"work\": \"1 min\" }", "");
    expect_advice(", \"organisation\": { \"form\": \"context_routed\" }", "", "");
}
