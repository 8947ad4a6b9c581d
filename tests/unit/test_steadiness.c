/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: a warm-up that is too short, and a desk that cannot keep up, are reported; a proper steady
 * state is not. Method: the same desk run three ways through the library, warnings read. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include <tiersim.h>

static bool says(const char *text, const char *word)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *scenario =
        tsim_scenario_parse(text, strlen(text), "steady.json", NULL, problems);
    cr_assert(scenario != NULL);
    struct tsim_result *result = tsim_run(scenario, NULL, problems);
    cr_assert(result != NULL);
    bool found = false;
    for (size_t i = 0; i < tsim_problems_count(problems); i++)
        found |= strstr(tsim_problems_get(problems, i)->message, word) != NULL;
    tsim_result_free(result);
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
    return found;
}

static bool warns(const char *warm_up, const char *rate, const char *word)
{
    char text[1024];
    snprintf(text, sizeof text,
             "{\"name\": \"steady\", \"run\": {\"kind\": \"steady_state\", \"warm_up\": %s, "
             "\"length\": \"40 h\", \"cycle\": \"4 h\", \"replications\": 200}, "
             "\"streams\": [{\"name\": \"s\", \"arrivals\": {\"kind\": \"poisson\", "
             "\"rate\": \"%s\"}}], "
             "\"tiers\": [{\"name\": \"L1\", \"handling\": {\"kind\": \"exponential\", \"mean\": "
             "\"1 h\"}, \"pools\": [{\"name\": \"p\", \"agents\": 20}]}]}", warm_up, rate);
    return says(text, word);
}

/* A hundred contacts at work at any time, without chance: the smallest false step would show. The
 * warm-up ends anywhere in a report interval. */
static bool warns_of_constant(const char *warm_up)
{
    char text[1024];
    snprintf(text, sizeof text,
             "{\"name\": \"steady\", \"run\": {\"kind\": \"steady_state\", \"warm_up\": \"%s\", "
             "\"length\": \"20 h\", \"cycle\": \"2 h\", \"interval\": \"30 min\", "
             "\"replications\": 6}, \"streams\": [{\"name\": \"s\", \"arrivals\": {\"kind\": "
             "\"renewal\", \"between\": \"36 s\"}}], \"tiers\": [{\"name\": \"L1\", "
             "\"handling\": \"1 h\", \"pools\": [{\"name\": \"p\", \"agents\": 120}]}]}", warm_up);
    return says(text, "warm-up") || says(text, "still grows");
}

Test(steadiness, needs_no_round_warm_up)
{
    cr_expect(warns_of_constant("20 min"));
    cr_expect(!warns_of_constant("10 h"));
    cr_expect(!warns_of_constant("601 min"));
    cr_expect(!warns_of_constant("617 min"));
    cr_expect(!warns_of_constant("36001 s"));
    cr_expect(!warns_of_constant("689 min"));
}

Test(steadiness, says_what_is_not_steady)
{
    cr_expect(warns("0", "16 /h", "warm-up of 0 h looks too short"));
    cr_expect(!warns("\"20 h\"", "16 /h", "warm-up"));
    cr_expect(!warns("\"20 h\"", "16 /h", "still grows"));
    cr_expect(warns("\"20 h\"", "24 /h", "still grows"));
}
