/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: a policy that cannot be used is a problem at its place in the scenario, never a crash; one
 * that answers nonsense ends the run with a problem that says what it answered; and without consent
 * nothing of it is loaded. Method: a small desk with every policy of tests/plugins, and files that
 * are none (missing, a folder, text, cut off at many places); all faults that the policy "wrong"
 * knows, run and traced; what a result says of its policy. */
#include "support/policies.h"

#include <unistd.h>

#include "model/scenario.h"

static const char desk[] =
    "{ \"name\": \"desk\",\n"
    "  \"run\": { \"length\": \"10 h\", \"replications\": 3 },\n"
    "  \"issue_types\": [ { \"name\": \"a\", \"skill\": \"a\", \"concession\": \"uniform\" } ],\n"
    "  \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", \"rate\": "
    "\"60 /h\" } } ],\n"
    "  \"tiers\": [ { \"name\": \"L1\", \"handling\": { \"kind\": \"exponential\", \"mean\": "
    "\"5 min\" },\n"
    "      \"resolves\": \"70 %\", \"pools\": [ { \"name\": \"p\", \"agents\": 3, \"authority\": 5 "
    "},\n"
    "        { \"name\": \"q\", \"agents\": 4 } ] },\n"
    "    { \"name\": \"L2\", \"handling\": \"4 min\",\n"
    "      \"pools\": [ { \"name\": \"r\", \"agents\": 3 } ] } ] }";

/* The desk, with concessions of 0 to 10. */
static char *desk_with(const char *plugin, const char *rest)
{
    static const char concession[] = "\"uniform\"";
    static const char amounts[] = "{ \"kind\": \"uniform\", \"low\": 0, \"high\": 10 }";
    char              plain[sizeof desk + sizeof amounts];
    const char       *at = strstr(desk, concession);
    snprintf(plain, sizeof plain, "%.*s%s%s", (int)(at - desk), desk, amounts,
             at + strlen(concession));
    return policy_text(plain, plugin, rest);
}

/* One error, of a line and column, that says `words`. */
static void has_error(const struct tsim_problems *problems, const char *words, const char *path)
{
    cr_assert_eq(tsim_problems_errors(problems), 1u, "%s", words);
    for (size_t i = 0; i < tsim_problems_count(problems); i++) {
        const struct tsim_problem *problem = tsim_problems_get(problems, i);
        if (problem->kind == TSIM_PROBLEM_WARNING)
            continue;
        cr_assert(strstr(problem->message, words), "not \"%s\" but \"%s\"", words,
                  problem->message);
        cr_assert_str_eq(problem->path, path);
        cr_assert(problem->line == 1 && problem->column > 1);
    }
}

static void is_refused(const char *plugin, const char *rest, const char *words, const char *path)
{
    struct tsim_problems *problems = tsim_problems_new();
    char                 *text = desk_with(plugin, rest);
    struct tsim_scenario *scenario = policy_load(text, problems);
    cr_assert_null(scenario, "%s%s is not refused", plugin, rest);
    has_error(problems, words, path);
    free(text);
    tsim_problems_free(problems);
}

Test(policy, nothing_is_loaded_unasked)
{
    struct tsim_problems *problems = tsim_problems_new();
    char                 *text = desk_with("plugin_broken_1.so", "");
    cr_assert_null(tsim_scenario_parse(text, strlen(text), "policy.json", NULL, problems));
    has_error(problems, "not run unasked", "/policy/plugin");
    free(text);
    tsim_problems_free(problems);
}

Test(policy, broken_tables_are_refused)
{
    static const char *const words[] = {
        "version 99 of tiersim/policy.h; this is 1", "with other structs", "with other structs",
        "decides nothing", "does not define \"tsim_policy\"", "has no name",
        "a parameter that is not in order", "bytes of memory", "function_of_some_library",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char name[64];
        snprintf(name, sizeof name, "plugin_broken_%zu.so", i + 1);
        is_refused(name, "", words[i], "/policy/plugin");
    }
}

Test(policy, files_that_are_none_are_refused)
{
    is_refused("no_such.so", "", "cannot be read: No such file", "/policy/plugin");
    is_refused(".", "", "it is no file", "/policy/plugin");
    is_refused("../../CMakeCache.txt", "", "is no shared object", "/policy/plugin");
}

/* Wherever it is cut off: never loaded half, never a crash. */
Test(policy, half_a_file_is_refused)
{
    char whole[1 << 16], path[4096];
    snprintf(path, sizeof path, "%s/example_least_slack.so", TSIM_PLUGINS);
    FILE        *from = fopen(path, "rb");
    const size_t length = from ? fread(whole, 1, sizeof whole, from) : 0;
    cr_assert(from && length > 4096 && length < sizeof whole);
    fclose(from);
    snprintf(path, sizeof path, "%s/cut_%ld.so", TSIM_PLUGINS, (long)getpid());
    for (size_t cut = 0; cut < length / 2; cut += 97) {
        FILE *to = fopen(path, "wb");
        cr_assert(to && fwrite(whole, 1, cut, to) == cut && fclose(to) == 0);
        is_refused(strrchr(path, '/') + 1, "", "is no shared object, or not all", "/policy/plugin");
    }
    remove(path);
}

Test(policy, parameters_are_checked)
{
    is_refused("plugin_wrong.so", ", \"parameters\": { \"falut\": 1 }",
               "has no parameter \"falut\"", "/policy/parameters/falut");
    is_refused("plugin_wrong.so", ", \"parameters\": { \"fault\": 100 }", "cannot be 100",
               "/policy/parameters/fault");
    is_refused("plugin_wrong.so", ", \"parameters\": { \"fault\": \"one\" }", "cannot be \"one\"",
               "/policy/parameters/fault");
    is_refused("plugin_wrong.so", ", \"parameters\": 3", "cannot be 3", "/policy/parameters");
    is_refused("example_least_slack.so", ", \"parameters\": { \"x\": 3 }", "has no parameter \"x\"",
               "/policy/parameters/x");
    is_refused("plugin_wrong.so", ", \"tiers\": [\"L9\"]", "not the name of a tier",
               "/policy/tiers/0");
}

Test(policy, nonsense_ends_the_run)
{
    static const char *const words[] = {
        "\"rank\" gave what is not a number for contact",
        "\"choose\" gave 1, with 1 candidates, for contact 1",
        "a pool in which nobody is idle",
        "\"take\" of pool \"",
        "\"route\" gave tier 99 of 2 for contact 1",
        "\"escalate\" gave step 1, index 99, which cannot be, for contact",
        "\"escalate\" gave step 2, index 99",
        "\"escalate\" gave step 3",
        "\"escalate\" gave step 5",
        "\"escalate\" gave step 77",
        "it is to be woken at",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char rest[64];
        snprintf(rest, sizeof rest, ", \"parameters\": { \"fault\": %zu }", i + 1);
        struct tsim_problems *problems = tsim_problems_new();
        char                 *text = desk_with("plugin_wrong.so", rest);
        struct tsim_scenario *scenario = policy_load(text, problems);
        cr_assert(scenario);
        cr_assert_null(tsim_run(scenario, NULL, problems), "fault %zu goes unnoticed", i + 1);
        has_error(problems, words[i], "/policy/plugin");
        tsim_problems_free(problems);
        problems = tsim_problems_new();
        const struct tsim_trace_options options = { .pick = TSIM_PICK_WORST };
        cr_assert_null(tsim_trace(scenario, &options, problems));
        has_error(problems, words[i], "/policy/plugin");
        tsim_scenario_free(scenario);
        tsim_problems_free(problems);
        free(text);
    }
}

/* Equal policies, equal fingerprints; another file or parameter, another one. */
Test(policy, is_part_of_where_a_result_comes_from)
{
    static const char *const rests[] = { "", ", \"parameters\": { \"fault\": 0 }" };
    struct tsim_problems    *problems = tsim_problems_new();
    char                     fingerprints[3][17], files[3][17];
    for (size_t i = 0; i < 3; i++) {
        char *text = desk_with(i == 1 ? "plugin_copies.so" : "plugin_wrong.so", rests[i == 2]);
        struct tsim_scenario *scenario = policy_load(text, problems);
        struct tsim_result   *result = tsim_run(scenario, NULL, problems);
        cr_assert(result);
        const struct tsim_run_info *info = tsim_result_info(result);
        tsim_scenario_free(scenario); /* the result keeps its own words */
        cr_assert_str_eq(info->policy, i == 1 ? "copies" : "wrong");
        snprintf(fingerprints[i], sizeof *fingerprints, "%s", info->fingerprint);
        snprintf(files[i], sizeof *files, "%s", info->policy_fingerprint);
        tsim_result_free(result);
        free(text);
    }
    cr_assert_str_eq(files[0], files[2]);
    cr_assert_str_neq(files[0], files[1]);
    cr_assert_str_neq(fingerprints[0], fingerprints[1]);
    cr_assert_str_neq(fingerprints[0], fingerprints[2]);
    tsim_problems_free(problems);
}

/* Whether the textbook is held to apply exactly to the first tier of a desk, with this policy. */
static bool is_exact(const char *plugin, const char *rest)
{
    static const char plain[] =
        "{ \"name\": \"plain\", \"run\": { \"kind\": \"steady_state\", \"warm_up\": \"5 h\", "
        "\"length\": \"50 h\", \"replications\": 2 },\n"
        "  \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", \"rate\": "
        "\"20 /h\" } } ],\n"
        "  \"tiers\": [ { \"name\": \"L1\", \"handling\": { \"kind\": \"exponential\", \"mean\": "
        "\"5 min\" },\n"
        "      \"pools\": [ { \"name\": \"p\", \"agents\": 3 } ] },\n"
        "    { \"name\": \"L2\", \"handling\": \"4 min\",\n"
        "      \"pools\": [ { \"name\": \"r\", \"agents\": 3 } ] } ] }";
    struct tsim_problems *problems = tsim_problems_new();
    char                 *text = plugin ? policy_text(plain, plugin, rest) : strdup(plain);
    struct tsim_scenario *scenario = policy_load(text, problems);
    struct tsim_result   *result = scenario ? tsim_run(scenario, NULL, problems) : NULL;
    size_t                count;
    cr_assert(result);
    const struct tsim_crosscheck *checks = tsim_result_crosschecks(result, &count);
    cr_assert(count > 0 && strcmp(checks[0].tier, "L1") == 0);
    const bool exact = checks[0].exact;
    cr_assert(exact || strcmp(checks[0].reasons, "a policy of the scenario's own") == 0 ||
                  strstr(checks[0].reasons, "first come"), "%s", checks[0].reasons);
    tsim_result_free(result);
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
    free(text);
    return exact;
}

Test(policy, the_textbook_does_not_know_it)
{
    cr_assert(is_exact(NULL, NULL));
    cr_assert_not(is_exact("example_reserve.so", ""));
    cr_assert(is_exact("example_reserve.so", ", \"tiers\": [\"L2\"]"));
    cr_assert_not(is_exact("plugin_copies.so", ", \"tiers\": [\"L2\"]")); /* it may move contacts */
}

/* Contacts at 100 s, 200 s and 300 s of 250 s of work each; one agent, and one who takes those who
 * have waited for a minute. The first begins at once, the second waits until 260 s, the third until
 * the first agent is free at 350 s. */
Test(policy, agents_are_woken)
{
    static const char plain[] =
        "{ \"name\": \"overflow\", \"run\": { \"length\": \"310 s\", \"replications\": 1 },\n"
        "  \"streams\": [ { \"name\": \"s\",\n"
        "    \"arrivals\": { \"kind\": \"renewal\", \"between\": \"100 s\" } } ],\n"
        "  \"tiers\": [ { \"name\": \"L1\", \"handling\": \"250 s\",\n"
        "      \"pools\": [ { \"name\": \"own\", \"agents\": 1 },\n"
        "        { \"name\": \"others\", \"agents\": 1 } ] } ] }";
    struct tsim_problems *problems = tsim_problems_new();
    char                 *text = policy_text(plain, "example_overflow.so", "");
    struct tsim_scenario *scenario = policy_load(text, problems);
    cr_assert(scenario);
    static const double begins_s[] = { 100, 260, 350 };
    for (uint64_t i = 0; i < 3; i++) {
        const struct tsim_trace_options options = { .pick = TSIM_PICK_NUMBER, .number = i + 1 };
        struct tsim_trace *trace = tsim_trace(scenario, &options, problems);
        size_t             n, worked = 0;
        cr_assert(trace);
        const struct tsim_trace_event *events = tsim_trace_events(trace, &n);
        for (size_t k = 0; k < n; k++) {
            if (events[k].kind != TSIM_EVENT_WORK)
                continue;
            worked++;
            cr_assert_eq(events[k].at_s, begins_s[i], "contact %zu at %g s", (size_t)i,
                         events[k].at_s);
            cr_assert_str_eq(events[k].pool, i == 1 ? "others" : "own");
        }
        cr_assert_eq(worked, 1u);
        tsim_trace_free(trace);
    }
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
    free(text);
}
