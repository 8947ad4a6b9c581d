/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: what is written down and never comes about is told of, at its line, and the rest is not.
 * Method: a desk about which nothing is odd, then one part after another changed into something
 * that cannot be, and to what only just can. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <tiersim.h>

struct desk {
    const char *rate, *patience, *pool, *sla, *promise;
};

static const struct desk fine = {
    "{ \"from\": \"09:00\", \"to\": \"17:00\", \"rate\": \"5 /h\" }",
    "\"patience\": \"3 min\"",
    "\"agents\": [ { \"from\": \"09:00\", \"to\": \"17:00\", \"agents\": 5 } ], \"skills\": [ { "
    "\"skill\": \"general\", \"reserve\": 4 } ]",
    "\"clock\": \"first_response\", \"segment\": \"gold\", \"target\": \"1 h\"",
    "\"measure\": \"resolution\", \"within\": \"1 h\", \"segment\": \"gold\", \"at_least\": 0.5",
};

/* Line n + 1 of the text is the n-th %s. */
static const char format[] =
    "{ \"name\": \"d\", \"run\": { \"length\": \"2 d\" }, \"segments\": [ { \"name\": \"gold\" }, "
    "{ \"name\": \"blue\" } ], \"streams\": [ { \"name\": \"s\", \"segments\": \"gold\", "
    "\"channel\": \"c\",\n"
    "  \"arrivals\": { \"kind\": \"poisson\", \"rate\": [ %s ] } } ],\n"
    "  \"channels\": [ { \"name\": \"c\", %s } ], \"tiers\": [ { \"name\": \"L1\", \"handling\": "
    "\"5 min\", \"pools\": [\n"
    "  { \"name\": \"p\", %s } ] } ],\n"
    "  \"sla\": [ { \"name\": \"t\", %s } ],\n"
    "  \"promises\": [ { %s } ] }";

static void expect(const struct desk *desk, size_t line, const char *said)
{
    char text[2000];
    snprintf(text, sizeof text, format, desk->rate, desk->patience, desk->pool, desk->sla,
             desk->promise);
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *scenario =
        tsim_scenario_parse(text, strlen(text), "d.json", NULL, problems);
    bool found = false;
    for (size_t i = 0; i < tsim_problems_count(problems); i++) {
        const struct tsim_problem *problem = tsim_problems_get(problems, i);
        found |= said && problem->line == line && strstr(problem->message, said);
        cr_expect(said, "told without reason: %s", problem->message);
    }
    if (said && !found)
        tsim_problems_print(problems, stderr, 0);
    cr_expect(scenario && (!said || found), "not told at line %zu: %s", line, said);
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
}

Test(advice_unmet, nothing_is_odd)
{
    expect(&fine, 0, NULL);
}

Test(advice_unmet, contacts_that_come_when_nobody_works)
{
    struct desk desk = fine;
    desk.rate = "{ \"from\": \"09:00\", \"to\": \"19:00\", \"rate\": \"5 /h\" }";
    expect(&desk, 2, "20 % of s come while nobody works at L1, and give up after 3 min");
    desk.patience = "\"patience\": \"3 h\""; /* they wait for the morning, or may */
    expect(&desk, 0, NULL);
    desk.patience = "\"cost\": 1";
    expect(&desk, 0, NULL);
    desk = fine;
    desk.rate = "{ \"from\": \"09:00\", \"to\": \"17:06\", \"rate\": \"5 /h\" }";
    expect(&desk, 0, NULL);
}

Test(advice_unmet, a_reserve_of_the_whole_pool)
{
    struct desk desk = fine;
    desk.pool = "\"agents\": [ { \"from\": \"09:00\", \"to\": \"17:00\", \"agents\": 5 } ], "
                "\"skills\": [ { \"skill\": \"general\", \"reserve\": 5 } ]";
    expect(&desk, 4, "p never takes general: it has 5 agents at most, and keeps 5 idle");
    desk.pool = "\"agents\": [ { \"from\": \"09:00\", \"to\": \"17:00\", \"agents\": 3 } ], "
                "\"concurrency\": { \"contacts\": 2 }, \"skills\": [ { \"skill\": \"general\", "
                "\"reserve\": 5 } ]";
    expect(&desk, 0, NULL);
}

Test(advice_unmet, targets_and_promises_about_nobody)
{
    struct desk desk = fine;
    desk.sla = "\"clock\": \"first_response\", \"segment\": \"blue\", \"target\": \"1 h\"";
    expect(&desk, 5, "no contact is ever held against the target t");
    desk.sla = "\"clock\": \"first_response\", \"target\": \"1 h\" }, { \"name\": \"u\", "
               "\"clock\": \"first_response\", \"segment\": \"gold\", \"target\": \"2 h\"";
    expect(&desk, 5, "no contact is ever held against the target u");
    desk.sla = "\"clock\": \"operational\", \"tier\": \"L1\", \"target\": \"1 h\"";
    expect(&desk, 0, NULL);
    desk = fine;
    desk.promise = "\"measure\": \"resolution\", \"within\": \"1 h\", \"segment\": \"blue\", "
                   "\"at_least\": 0.5";
    expect(&desk, 6, "no contact that comes is one that this promise is about");
    desk.promise = "\"measure\": \"occupancy\", \"tier\": \"L1\", \"at_most\": 0.9";
    expect(&desk, 0, NULL);
}
