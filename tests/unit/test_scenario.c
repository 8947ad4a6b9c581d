/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: everything that one key alone cannot show to be wrong is found when a scenario is loaded,
 * and told where it stands. Method: one sound scenario, and one edit of it for each mistake; files
 * beside it for traces. The scenario written out with every default filled in loads to one that
 * gives the same result. */
#include <stdio.h>

#include "base/assert.h"
#include "support/law.h"

static const char sound[] =
    "{ \"name\": \"sound\",\n"
    "  \"run\": { \"length\": \"1 d\", \"replications\": 2 },\n"
    "  \"severities\": [ { \"name\": \"low\" }, { \"name\": \"high\", \"priority\": 2 } ],\n"
    "  \"segments\": [ { \"name\": \"gold\" }, { \"name\": \"standard\" } ],\n"
    "  \"channels\": [ { \"name\": \"phone\", \"patience_at\": [ { \"tier\": \"L1\", "
    "\"patience\": \"9 min\" } ] },\n"
    "    { \"name\": \"mail\" } ],\n"
    "  \"issue_types\": [ { \"name\": \"bill\", \"concession\": 20 }, { \"name\": \"login\" } ],\n"
    "  \"streams\": [\n"
    "    { \"name\": \"calls\", \"channel\": \"phone\", \"issues\": { \"bill\": 0.4, "
    "\"login\": 0.6 },\n"
    "      \"severities\": { \"low\": 0.9, \"high\": 0.1 }, \"segments\": \"gold\",\n"
    "      \"enters_at\": { \"L1\": 0.8, \"L2\": 0.2 },\n"
    "      \"arrivals\": { \"kind\": \"poisson\", \"rate\": \"30 /h\" } },\n"
    "    { \"name\": \"mails\", \"channel\": \"mail\", \"issues\": \"bill\", \"severities\": "
    "\"low\",\n"
    "      \"segments\": { \"gold\": 0.1, \"standard\": 0.9 },\n"
    "      \"arrivals\": { \"kind\": \"renewal\", \"between\": \"10 min\" } } ],\n"
    "  \"tiers\": [\n"
    "    { \"name\": \"L1\", \"handling\": \"6 min\", \"resolves\": 0.8,\n"
    "      \"by_issue\": [ { \"issue\": \"login\", \"handling\": \"2 min\" } ],\n"
    "      \"pools\": [ { \"name\": \"front\", \"agents\": 5, \"authority\": 10, "
    "\"shrinkage\": 0.3 } ] },\n"
    "    { \"name\": \"L2\", \"handling\": \"12 min\", \"pools\": [ { \"name\": \"back\",\n"
    "      \"agents\": [ { \"from\": \"08:00\", \"to\": \"20:00\", \"agents\": 3 } ] } ] } ],\n"
    "  \"escalation\": [ { \"when\": \"authority\", \"from\": \"L1\", \"to\": { \"back\": 0.5, "
    "\"next\": 0.5 } } ],\n"
    "  \"sla\": [ { \"name\": \"fast\", \"clock\": \"resolution\", \"target\": \"2 h\", "
    "\"severity\": \"high\" } ],\n"
    "  \"promises\": [ { \"measure\": \"service_level\", \"tier\": \"L1\", \"at_least\": 0.8 } "
    "] }\n";

struct edit {
    const char *find, *put; /* the first place that reads `find` then reads `put`              */
    const char *path;       /* of the one problem it makes                                     */
    const char *words;      /* in its message, its expected or its hint                        */
};

static const struct edit edits[] = {
    /* names that do not exist */
    { "\"channel\": \"phone\"", "\"channel\": \"phnoe\"", "/streams/0/channel", "mean \"phone\"" },
    { "{ \"bill\": 0.4", "{ \"bills\": 0.4", "/streams/0/issues/bills", "mean \"bill\"" },
    { "\"low\": 0.9", "\"lo\": 0.9", "/streams/0/severities/lo", "is not the name of a severity" },
    { "\"gold\": 0.1", "\"silver\": 0.1", "/streams/1/segments/silver",
      "a segment: gold, standard" },
    { "\"L2\": 0.2", "\"L3\": 0.2", "/streams/0/enters_at/L3", "is not the name of a tier" },
    { "\"tier\": \"L1\", \"pat", "\"tier\": \"l1\", \"pat", "/channels/0/patience_at/0/tier",
      "mean \"L1\"" },
    { "\"issue\": \"login\"", "\"issue\": \"logon\"", "/tiers/0/by_issue/0/issue",
      "mean \"login\"" },
    { "\"when\": \"authority\"", "\"when\": \"autority\"", "/escalation/0/when",
      "mean \"authority\"" },
    { "\"from\": \"L1\", \"to\"", "\"from\": [\"L1\", \"L9\"], \"to\"", "/escalation/0/from/1",
      "is not the name of a tier" },
    { "{ \"back\": 0.5", "{ \"bakc\": 0.5", "/escalation/0/to/bakc", "a place to escalate to" },
    { "{ \"back\": 0.5", "{ \"vendor\": 0.5", "/escalation/0/to/vendor", "has no vendor" },
    { "\"severity\": \"high\"", "\"severity\": \"hihg\"", "/sla/0/severity", "mean \"high\"" },
    { "\"tier\": \"L1\", \"at", "\"tier\": \"L7\", \"at", "/promises/0/tier", "a tier" },
    { "\"sla\":", "\"business_hours\": \"Mon-Fri\", \"sla\":", "/business_hours",
      "list it by its name under \"calendars\"" },
    { "{ \"name\": \"mail\" }", "5", "/channels/1", "or just its \"name\"" },
    /* keys that belong somewhere else */
    { "\"name\": \"gold\"", "\"name\": \"gold\", \"share\": 0.2", "/segments/0/share",
      "each stream says its mix" },
    { "\"name\": \"mail\"", "\"name\": \"mail\", \"concurrency\": 3", "/channels/1/concurrency",
      "pools say how many" },
    { "\"name\": \"login\"", "\"name\": \"login\", \"skills\": [ \"a\" ]",
      "/issue_types/1/skills", "one \"skill\"" },
    { "\"resolves\": 0.8,", "\"resolves\": 0.8, \"redial\": {},", "/tiers/0/redial",
      "it is a key of a channel" },
    { "\"resolves\": 0.8,", "\"resolves\": 0.8, \"umbrella\": 1,", "/tiers/0/umbrella",
      "lists the keys" },
    { "\"run\"", "\"agents\": 5, \"run\"", "/agents", "each tier has \"pools\"" },
    /* names that stand twice */
    { "{ \"name\": \"gold\" }", "\"standard\"", "/segments/1/name", "already the name" },
    { "{ \"name\": \"L2\"", "{ \"name\": \"L1\"", "/tiers/1/name", "already the name of a tier" },
    { "\"name\": \"back\"", "\"name\": \"front\"", "/tiers/1/pools/0/name", "name of a pool" },
    { "\"name\": \"mail\" }", "\"name\": \"phone\" }", "/channels/1/name", "name of a channel" },
    { "{ \"name\": \"login\"", "{ \"name\": \"bill\"", "/issue_types/1/name", "an issue type" },
    { "\"name\": \"high\"", "\"name\": \"low\"", "/severities/1/name", "name of a severity" },
    { "{ \"name\": \"standard\"", "{ \"name\": \"gold\"", "/segments/1/name", "name of a segment" },
    { "\"name\": \"mails\"", "\"name\": \"calls\"", "/streams/1/name", "name of a stream" },
    { "\"name\": \"mails\"", "\"name\": \"mails\", \"key\": \"calls\"", "/streams/1",
      "the same random numbers" },
    { "\"severity\": \"high\" }",
      "\"severity\": \"high\" }, { \"name\": \"fast\", \"clock\": \"resolution\", \"target\": "
      "\"1 h\" }",
      "/sla/1/name", "an SLA target" },
    /* what must be said when there are several */
    { "\"segments\": \"gold\",", "", "/streams/0/segments", "must say its segments" },
    { "\"channel\": \"mail\",", "", "/streams/1/channel", "must say its channel" },
    { "\"issues\": \"bill\",", "", "/streams/1/issues", "must say its issues" },
    { "\"severities\": \"low\",", "", "/streams/1/severities", "must say its severities" },
    /* shares */
    { "\"login\": 0.6", "\"login\": 0.5", "/streams/0/issues", "do not add up to 1" },
    { "\"next\": 0.5", "\"next\": 0.4", "/escalation/0/to", "do not add up to 1" },
    { "\"to\": { \"back\": 0.5, \"next\": 0.5 }", "\"to\": {}", "/escalation/0/to", "a name, or" },
    { "\"to\": { \"back\": 0.5, \"next\": 0.5 }", "\"to\": 3", "/escalation/0/to", "a name, or" },
    { "\"run\"", "\"resolution_split\": { \"target\": [0.5, 0.4] }, \"run\"",
      "/resolution_split/target", "add up to 1" },
    { "\"run\"", "\"resolution_split\": { \"target\": [0.5, 0.4, 0.1] }, \"run\"",
      "/resolution_split/target", "3 target shares for 2 tiers" },
    /* promises */
    { "\"at_least\": 0.8", "\"at_least\": 0.8, \"at_most\": 0.9", "/promises/0/at_least",
      "either" },
    { ", \"at_least\": 0.8", "", "/promises/0/at_least", "either" },
    { "\"tier\": \"L1\", \"at_least\"", "\"at_least\"", "/promises/0/tier",
      "must name its \"tier\"" },
    { "\"service_level\", \"tier\": \"L1\"", "\"resolution\"", "/promises/0/within",
      "within what time" },
    { "\"service_level\"", "\"occupancy\", \"issue\": \"bill\"", "/promises/0",
      "about all contacts" },
    { "\"service_level\", \"tier\": \"L1\", \"at_least\": 0.8",
      "\"wait_mean\", \"tier\": \"L1\", \"at_most\": 0.8", "/promises/0/at_most", "a duration" },
    /* the run */
    { "\"length\": \"1 d\"", "\"length\": \"1 d\", \"warm_up\": \"1 h\"", "/run/warm_up",
      "starts empty" },
    { "\"length\": \"1 d\"", "\"length\": \"1 d\", \"start\": \"Monday\"", "/run/start",
      "a weekday" },
    { "\"length\": \"1 d\"", "\"length\": \"6 d\", \"interval\": \"1 s\"", "/run/interval",
      "report intervals in a cycle" },
    { "\"length\": \"1 d\"", "\"length\": 0", "/run/length", "from 1 s" },
    /* people */
    { "\"shrinkage\": 0.3", "\"shrinkage\": 0.96", "/tiers/0/pools/0/shrinkage", "at most 95 %" },
    { "\"agents\": 5", "\"agents\": 5.5", "/tiers/0/pools/0/agents", "a whole number of agents" },
    { "\"agents\": 5", "\"agents\": 1e12", "/tiers/0/pools/0/agents", "100000" },
    { "\"agents\": 3 }", "\"agents\": 60000 }, { \"agents\": 60000 }", "/tiers/1/pools/0/agents",
      "120000 agents at once" },
    { "\"to\": \"20:00\", \"agents\": 3", "\"to\": \"20:00\"", "/tiers/1/pools/0/agents/0/agents",
      "either \"agents\"," },
    { "\"to\": \"20:00\", \"agents\": 3", "\"values\": [1, 2]", "/tiers/1/pools/0/agents/0/every",
      "length of a step" },
    { "\"to\": \"20:00\", \"agents\": 3", "\"every\": \"1 h\", \"values\": [1, 2.5]",
      "/tiers/1/pools/0/agents/0/values/1", "whole number" },
    { "\"to\": \"20:00\", \"agents\": 3", "\"every\": \"3 d\", \"values\": [1, 2, 3]",
      "/tiers/1/pools/0/agents/0", "longer than a week" },
    /* customers */
    { "{ \"name\": \"mail\" }",
      "{ \"name\": \"mail\", \"redial\": { \"share\": [], \"delay\": 0 } }",
      "/channels/1/redial/share", "a list of shares" },
    { "{ \"name\": \"mail\" }",
      "{ \"name\": \"mail\", \"redial\": { \"share\": [0.5, 2], \"delay\": 0 } }",
      "/channels/1/redial/share/1", "from 0 to 1" },
    { "\"resolves\": 0.8,", "\"resolves\": 0.8, \"reopens\": { \"share\": 0.1 },",
      "/tiers/0/reopens/delay", "" },
    { "\"resolves\": 0.8,", "\"waits_on_customer\": { \"share\": 1, \"delay\": 0, \"most\": 0 },",
      "/tiers/0/waits_on_customer/most", "from 1" },
    { "\"sla\":", "\"follow_up\": { \"share\": 1, \"by\": \"L2\" }, \"sla\":", "/follow_up/by",
      "a pool: front, back" },
    { "\"sla\":", "\"customer_requests\": { \"per_transfer\": -1 }, \"sla\":",
      "/customer_requests/per_transfer", "from 0" },
    /* arrivals */
    { "\"between\": \"10 min\"", "\"between\": 0", "/streams/1/arrivals/between",
      "all contacts would" },
    { "\"rate\": \"30 /h\"", "\"rate\": [ { \"rate\": \"3 /h\", \"volumes\": [1] } ]",
      "/streams/0/arrivals/rate/0/every", "length of a step" },
    { "\"rate\": \"30 /h\"", "\"rate\": [ { \"from\": \"08:00\" } ]",
      "/streams/0/arrivals/rate/0/rate", "either \"rate\"," },
    { "\"kind\": \"poisson\", \"rate\": \"30 /h\"",
      "\"kind\": \"trace\", \"file\": \"good.csv\", \"only_column\": \"queue\"",
      "/streams/0/arrivals/only", "needs \"only\"" },
};

static bool says(const char *text, const char *words)
{
    return text && strstr(text, words);
}

static const struct tsim_problem *problem_on(const struct tsim_problems *problems, const char *path)
{
    for (size_t i = 0; i < tsim_problems_count(problems); i++) {
        const struct tsim_problem *problem = tsim_problems_get(problems, i);
        if (problem->kind != TSIM_PROBLEM_WARNING && problem->path &&
            strcmp(problem->path, path) == 0)
            return problem;
    }
    return NULL;
}

static void write_file(const char *name, const char *text)
{
    FILE *to = fopen(name, "w");
    cr_assert(to && fputs(text, to) >= 0 && fclose(to) == 0, "%s", name);
}

Test(scenario, each_mistake_is_found_where_it_stands)
{
    write_file("good.csv", "arrived_at,queue\n1,a\n2,b\n");
    struct law law = law_load(sound);
    cr_assert_eq(tsim_problems_errors(law.problems), 0);
    law_free(&law);
    for (size_t i = 0; i < COUNT_OF(edits); i++) {
        const struct edit    *edit = &edits[i];
        char                 *text = law_edited(sound, edit->find, edit->put);
        struct tsim_problems *problems = tsim_problems_new();
        struct tsim_scenario *scenario =
            tsim_scenario_parse(text, strlen(text), "edited.json", NULL, problems);
        cr_assert(!scenario, "\"%s\" is accepted", edit->put);
        const struct tsim_problem *problem = problem_on(problems, edit->path);
        if (!problem || tsim_problems_errors(problems) != 1)
            tsim_problems_print(problems, stderr, 0);
        cr_assert(problem, "\"%s\": no problem on %s", edit->put, edit->path);
        cr_assert_eq(tsim_problems_errors(problems), 1, "\"%s\"", edit->put);
        cr_assert(says(problem->message, edit->words) || says(problem->expected, edit->words) ||
                      says(problem->hint, edit->words),
                  "\"%s\": %s; %s; %s", edit->put, problem->message, problem->expected,
                  problem->hint);
        cr_assert(problem->line > 0 && problem->column > 0);
        tsim_problems_free(problems);
        free(text);
    }
}

/* ---- files of traces */

Test(scenario, traces_are_checked_row_by_row)
{
    static const struct {
        const char *csv, *more, *words; /* words NULL: it is good */
        size_t      line;
    } traces[] = {
        { "arrived_at,q\n2026-03-02T09:15:00+01:00,a\n2026-03-02 09:16:30,b\n", "", NULL, 0 },
        { "arrived_at\n0\n3.5\n7e3\n", "", NULL, 0 },
        { "arrived_at,h\n1,20\n2,\n", ", \"handling\": \"h\"", NULL, 0 },
        { "arrived_at,q\n1,a\n2,b\n", ", \"only_column\": \"q\", \"only\": [\"b\"]", NULL, 0 },
        { "time\n1\n", "", "no column \"arrived_at\"", 1 },
        { "arrived_at\n1\nsoon\n", "", "cannot be read", 3 },
        { "arrived_at\n1\n-2\n", "", "cannot be read", 3 },
        { "arrived_at\n2026-13-02T09:15:00\n", "", "cannot be read", 2 },
        { "arrived_at\n2026-03-02T09:61:00\n", "", "cannot be read", 2 },
        { "arrived_at,h\n1,-5\n", ", \"handling\": \"h\"", "cannot be read", 2 },
        { "arrived_at,h\n1,nan\n", ", \"handling\": \"h\"", "cannot be read", 2 },
        { "arrived_at\n1\n", ", \"handling\": \"h\"", "no column \"h\"", 1 },
        { "arrived_at,q\n1\n", "", "", 2 },
        { "", "", "", 0 },
        { NULL, "", "\"trace.csv\" cannot be read", 0 },
    };
    for (size_t i = 0; i < COUNT_OF(traces); i++) {
        char arrivals[300];
        snprintf(arrivals, sizeof arrivals, "\"kind\": \"trace\", \"file\": \"trace.csv\"%s",
                 traces[i].more);
        remove("trace.csv");
        if (traces[i].csv)
            write_file("trace.csv", traces[i].csv);
        char *text = law_edited(sound, "\"kind\": \"poisson\", \"rate\": \"30 /h\"", arrivals);
        struct tsim_problems *problems = tsim_problems_new();
        struct tsim_scenario *scenario =
            tsim_scenario_parse(text, strlen(text), "edited.json", NULL, problems);
        if (!scenario && !traces[i].words)
            tsim_problems_print(problems, stderr, 0);
        cr_assert_eq(scenario != NULL, traces[i].words == NULL, "trace %zu", i);
        bool found = traces[i].words == NULL;
        for (size_t k = 0; k < tsim_problems_count(problems) && !found; k++) {
            const struct tsim_problem *problem = tsim_problems_get(problems, k);
            found = says(problem->message, traces[i].words) &&
                    (traces[i].line == 0 || (problem->line == traces[i].line &&
                                             says(problem->file, "trace.csv")));
        }
        cr_assert(found, "trace %zu", i);
        tsim_scenario_free(scenario);
        tsim_problems_free(problems);
        free(text);
    }
}

Test(scenario, a_trace_without_rows_is_told)
{
    write_file("trace.csv", "arrived_at,q\n1,a\n");
    char *text = law_edited(sound, "\"kind\": \"poisson\", \"rate\": \"30 /h\"",
                            "\"kind\": \"trace\", \"file\": \"trace.csv\", \"only_column\": "
                            "\"q\", \"only\": [\"b\"]");
    struct law law = law_load(text);
    bool       told = false;
    for (size_t i = 0; i < tsim_problems_count(law.problems); i++) {
        const struct tsim_problem *problem = tsim_problems_get(law.problems, i);
        told |= problem->kind == TSIM_PROBLEM_WARNING && problem->path &&
                strcmp(problem->path, "/streams/0/arrivals/file") == 0 &&
                says(problem->message, "no row that is taken");
    }
    cr_expect(told);
    law_free(&law);
    free(text);
}

/* ---- limits */

static void is_over_a_limit(char *text, const char *words)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *scenario =
        tsim_scenario_parse(text, strlen(text), "large.json", NULL, problems);
    cr_assert(!scenario, "%s", words);
    const struct tsim_problem *problem = tsim_problems_get(problems, 0);
    cr_assert(problem->kind == TSIM_PROBLEM_LIMIT && says(problem->message, words), "%s",
              problem->message);
    tsim_problems_free(problems);
    free(text);
}

/* A list of n objects, each printed by `format` of its index twice. */
static char *list_of(unsigned n, const char *format)
{
    char  *text = NULL;
    size_t size;
    FILE  *to = open_memstream(&text, &size);
    for (unsigned i = 0; i < n; i++) {
        fputs(i ? ", " : "", to);
        fprintf(to, "{ \"name\": \"n%u\", ", i);
        fprintf(to, "%s %u }", format, i);
    }
    fclose(to);
    return text;
}

Test(scenario, limits_are_told)
{
    char *priorities = list_of(65, "\"priority\":");
    char *text = law_edited(sound, "{ \"name\": \"low\" }, { \"name\": \"high\", \"priority\": 2 }",
                        priorities);
    char *shares = NULL;
    size_t size;
    FILE *to = open_memstream(&shares, &size);
    fputs("\"severities\": { ", to);
    for (unsigned i = 0; i < 65; i++)
        fprintf(to, "%s\"n%u\": %s", i ? ", " : "", i, i < 64 ? "0.015" : "0.04");
    fputs(" }", to);
    fclose(to);
    char *mixed = law_edited(text, "\"severities\": { \"low\": 0.9, \"high\": 0.1 }", shares);
    char *first = law_edited(mixed, "\"severities\": \"low\"", "\"severities\": \"n0\"");
    is_over_a_limit(law_edited(first, "\"severity\": \"high\"", "\"severity\": \"n1\""),
                    "65 different priorities");
    free(first);
    free(mixed);
    free(shares);
    free(text);
    free(priorities);

    char *pools = list_of(11, "\"agents\": 100000, \"wage\":");
    is_over_a_limit(law_edited(sound, "{ \"name\": \"front\", \"agents\": 5, \"authority\": 10, "
                                  "\"shrinkage\": 0.3 }", pools), "more than 1000000 agents");
    free(pools);
}

/* ---- written short, written out */

static void digest_of(const struct tsim_scenario *scenario, char *digest)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_result   *result = tsim_run(scenario, NULL, problems);
    cr_assert(result);
    snprintf(digest, 17, "%s", tsim_result_digest(result));
    tsim_result_free(result);
    tsim_problems_free(problems);
}

/* A text in the place of an object with just a name, a skill or a tier is that object. */
Test(scenario, texts_serve_as_names)
{
    static const struct {
        const char *find, *put, *shorter;
    } ways[] = {
        { "{ \"name\": \"gold\" }", NULL, "\"gold\"" },
        { "{ \"name\": \"mail\" }", NULL, "\"mail\"" },
        { "{ \"name\": \"low\" }", NULL, "\"low\"" },
        { "{ \"name\": \"login\" }", NULL, "\"login\"" },
        { "\"authority\": 10", "\"skills\": [ { \"skill\": \"general\" } ]",
          "\"skills\": [ \"general\" ]" },
        { "\"agents\": 5", "\"agents\": 5, \"helps\": [ { \"tier\": \"L2\" } ]",
          "\"agents\": 5, \"helps\": [ \"L2\" ]" },
    };
    for (size_t i = 0; i < COUNT_OF(ways); i++) {
        char *longer = law_edited(sound, ways[i].find, ways[i].put ? ways[i].put : ways[i].find);
        char *shorter = law_edited(sound, ways[i].find, ways[i].shorter);
        struct law one = law_load(longer), other = law_load(shorter);
        char       digests[2][17];
        digest_of(one.scenario, digests[0]);
        digest_of(other.scenario, digests[1]);
        cr_expect_str_eq(digests[0], digests[1], "%s", ways[i].shorter);
        law_free(&one);
        law_free(&other);
        free(longer);
        free(shorter);
    }
}

static char *resolved(const struct tsim_scenario *scenario)
{
    char  *text = NULL;
    size_t size;
    FILE  *to = open_memstream(&text, &size);
    cr_assert(to && tsim_scenario_write_resolved(scenario, to));
    fclose(to);
    return text;
}

static void resolves_to_itself(const struct law *law)
{
    char       before[17], after[17];
    char      *text = resolved(law->scenario);
    struct law again = law_load(text);
    char      *second = resolved(again.scenario);
    cr_assert_str_eq(text, second);
    digest_of(law->scenario, before);
    digest_of(again.scenario, after);
    cr_assert_str_eq(before, after, "scenario %d", (int)law_number);
    free(second);
    law_free(&again);
    free(text);
}

Test(scenario, written_out_it_is_the_same)
{
    struct law law = law_load(sound);
    char      *text = resolved(law.scenario);
    cr_assert(says(text, "\"at_end\": \"default\"") && says(text, "\"order\": \"fifo\"") &&
                  says(text, "\"answer_within\": \"5 min\""),
              "%s", text);
    free(text);
    cr_assert_eq(strlen(tsim_scenario_fingerprint(law.scenario)), 16);
    cr_assert_str_eq(tsim_scenario_name(law.scenario), "sound");
    resolves_to_itself(&law);
    law_free(&law);
}
