/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: no number in a scenario, however large, small, negative or no number at all, can crash the
 * program, hang it, exhaust memory or make it say "nan". Method: a scenario with every key that
 * takes a number and every distribution; each number in turn is replaced by each of a list of
 * hostile values, plain and with the unit that was there; every case must end soon, as a result
 * whose JSON is strict JSON, or as a problem of input or of a limit. Then desks that run away:
 * overload without patience, loops of hand-overs that take no time. */
#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <tiersim.h>

#include "base/assert.h"
#include "base/json.h"

/* A case that has not ended by then hangs: an alarm far beyond what any machine, sanitizer or
 * load needs, for how long a case takes is no matter of a test. */
enum { SECONDS_HUNG = 300, MEGABYTES_MOST = 512 };

static const char *const values[] = {
    "0", "-0", "-1", "1e-300", "1e-9", "1", "2", "1e9", "1e12", "1e300", "1.7976931348623157e308",
    "2147483648", "4294967296", "9007199254740993", "-9223372036854775808", "0.5", "\"NaN\"",
    "\"Infinity\"", "\"5\"", "true", "null", "[]", "{}", "\"\"",
};

/* In front of the unit that was there. */
static const char *const amounts[] = {
    "0", "-0", "-1", "1e-300", "1e-9", "0.001", "1e6", "1e9", "1e12", "1e300", "1e309",
    "1.7976931348623157e308", "2147483648", "NaN", "inf", "0x10",
};

static char now_trying[400];

static void hangs(int signal_number)
{
    (void)signal_number;
    if (write(STDERR_FILENO, now_trying, strlen(now_trying)) >= 0 &&
        write(STDERR_FILENO, " hangs\n", 7) >= 0)
        _exit(1);
    _exit(2);
}

/* ---- one case */

static void check_json(const struct tsim_result *result)
{
    char  *text = NULL;
    size_t size;
    FILE  *to = open_memstream(&text, &size);
    cr_assert(to && tsim_report_json(result, to) && fclose(to) == 0);
    struct tsim_problems *problems = tsim_problems_new();
    struct json_document *document = json_read_text(text, size, "result", problems);
    if (!document)
        tsim_problems_print(problems, stderr, 3);
    cr_assert(document, "%s: the result is no JSON", now_trying);
    json_free(document);
    tsim_problems_free(problems);
    free(text);
}

/* As exit codes 0, 3 and 6. Returns whether there was a result. */
static bool ends_well(const char *text, const char *folder)
{
    const struct tsim_run_options options = { .threads = 1, .max_events = 100000 };
    struct tsim_problems         *problems = tsim_problems_new();
    alarm(SECONDS_HUNG);
    struct tsim_scenario *scenario =
        tsim_scenario_parse(text, strlen(text), "hostile.json", folder, problems);
    struct tsim_result *result = scenario ? tsim_run(scenario, &options, problems) : NULL;
    alarm(0);
    if (result)
        check_json(result);
    cr_assert_eq(result == NULL, tsim_problems_errors(problems) > 0, "%s", now_trying);
    for (size_t i = 0; i < tsim_problems_count(problems); i++) {
        const struct tsim_problem *problem = tsim_problems_get(problems, i);
        cr_assert(problem->kind == TSIM_PROBLEM_WARNING || problem->kind == TSIM_PROBLEM_INPUT ||
                      problem->kind == TSIM_PROBLEM_LIMIT,
                  "%s: %s", now_trying, problem->message);
    }
    const bool good = result != NULL;
    tsim_result_free(result);
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
    return good;
}

/* ---- the matrix */

struct matrix {
    const char *text;
    uint32_t    tried, results, fields;
};

static void try_value(struct matrix *matrix, const struct json *node, const char *value)
{
    const size_t size = strlen(matrix->text) + strlen(value) + 1;
    char        *text = malloc(size);
    cr_assert(text);
    snprintf(text, size, "%.*s%s%s", (int)node->start, matrix->text, value,
             matrix->text + node->end);
    char path[300];
    snprintf(path, sizeof path, "%s", "");
    for (const struct json *at = node; at; at = at->parent) {
        char before[300];
        snprintf(before, sizeof before, "%s", path);
        snprintf(path, sizeof path, "/%.60s%.200s", at->key ? at->key : "", before);
    }
    snprintf(now_trying, sizeof now_trying, "%s: %s", path, value);
    matrix->results += ends_well(text, NULL);
    matrix->tried++;
    free(text);
}

/* "12 min" and the like: an amount and a unit; false for other texts. */
static bool unit_of(const struct json *node, const char **unit)
{
    if (node->type != JSON_STRING || strspn(node->string, "0123456789") == 0 ||
        strchr(node->string, ':'))
        return false;
    *unit = node->string + strspn(node->string, "0123456789.");
    return true;
}

static void try_everything(struct matrix *matrix, const struct json *node)
{
    const char *unit;
    if (node->key && (strcmp(node->key, "notes") == 0))
        return;
    if (node->type == JSON_NUMBER || unit_of(node, &unit)) {
        matrix->fields++;
        for (size_t i = 0; i < COUNT_OF(values); i++)
            try_value(matrix, node, values[i]);
    }
    if (unit_of(node, &unit))
        for (size_t i = 0; i < COUNT_OF(amounts); i++) {
            char value[100];
            snprintf(value, sizeof value, "\"%s%s\"", amounts[i], unit);
            try_value(matrix, node, value);
        }
    JSON_EACH(child, node)
        try_everything(matrix, child);
}

static char *whole_file(const char *path)
{
    FILE *from = fopen(path, "rb");
    char *text = calloc(1, 1 << 20);
    cr_assert(from && text && fread(text, 1, (1 << 20) - 1, from) > 0, "%s", path);
    fclose(from);
    return text;
}

Test(hostile, numbers)
{
    static const char     path[] = TSIM_SOURCE_DIR "/tests/fuzz/corpus/scenario/full.json";
    char                 *text = whole_file(path);
    struct matrix         matrix = { .text = text };
    struct tsim_problems *problems = tsim_problems_new();
    struct json_document *document = json_read_text(text, strlen(text), "full.json", problems);
    cr_assert(document);
    signal(SIGALRM, hangs);
    snprintf(now_trying, sizeof now_trying, "the scenario as it is");
    cr_assert(ends_well(text, NULL));
    try_everything(&matrix, json_root(document));
    cr_assert_gt(matrix.fields, 150);
    cr_assert(matrix.results > matrix.tried / 20 && matrix.results < matrix.tried / 2,
              "%u results of %u cases", matrix.results, matrix.tried);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
#if !defined(__SANITIZE_ADDRESS__)
    cr_assert_lt(usage.ru_maxrss, MEGABYTES_MOST * 1024L);
#endif
    json_free(document);
    tsim_problems_free(problems);
    free(text);
}

/* ---- desks that run away */

/* Nobody has the skill, and the place to go is here: sixty thousand hand-overs at one instant. */
static const char nowhere[] =
    "{ \"name\": \"nowhere\", \"run\": { \"length\": \"4 h\", \"hop_limit\": 60000 },\n"
    "  \"issue_types\": [ { \"name\": \"a\", \"skill\": \"x\" } ],\n"
    "  \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", \"rate\": \"9 "
    "/h\" } } ],\n"
    "  \"tiers\": [ { \"name\": \"L1\", \"handling\": \"1 min\", \"pools\": [ { \"name\": "
    "\"p\", \"agents\": 1,\n"
    "    \"skills\": [ { \"skill\": \"y\" } ] } ] } ], \"escalation\": [ { \"to\": \"same\" } ] }";

static const char runaway[] =
    "{ \"name\": \"runaway\", \"run\": { \"length\": \"%s\", \"replications\": 2, "
    "\"hop_limit\": %s },\n"
    "  \"streams\": [ { \"name\": \"s\", \"arrivals\": %s } ],\n"
    "  \"tiers\": [ { \"name\": \"L1\", \"handling\": %s, \"resolves\": %s,\n"
    "      \"pools\": [ { \"name\": \"p\", \"agents\": 1 } ] },\n"
    "    { \"name\": \"L2\", \"handling\": %s, \"resolves\": 0,\n"
    "      \"pools\": [ { \"name\": \"q\", \"agents\": 1 } ] } ],\n"
    "  \"escalation\": [ { \"from\": \"L2\", \"to\": \"L1\" } ] }";

/* Runs to its end, or into a limit whose problem has these words (NULL: any end will do). */
static void runs_away(const char *length, const char *hops, const char *arrivals,
                      const char *handling, const char *resolves, const char *handling2,
                      uint64_t max_events, const char *words)
{
    char text[1500];
    snprintf(text, sizeof text, runaway, length, hops, arrivals, handling, resolves, handling2);
    const struct tsim_run_options options = { .threads = 2, .max_events = max_events,
                                              .max_contacts = 20000 };
    struct tsim_problems *problems = tsim_problems_new();
    signal(SIGALRM, hangs);
    snprintf(now_trying, sizeof now_trying, "%s of %s", arrivals, handling);
    alarm(SECONDS_HUNG);
    struct tsim_scenario *scenario = tsim_scenario_parse(text, strlen(text), "r", NULL, problems);
    cr_assert(scenario, "%s", text);
    struct tsim_result *result = tsim_run(scenario, &options, problems);
    alarm(0);
    bool said = words == NULL && result;
    for (size_t i = 0; i < tsim_problems_count(problems); i++) {
        const struct tsim_problem *problem = tsim_problems_get(problems, i);
        cr_assert(problem->kind == TSIM_PROBLEM_WARNING || problem->kind == TSIM_PROBLEM_LIMIT,
                  "%s", problem->message);
        said |= problem->kind == TSIM_PROBLEM_LIMIT && words && strstr(problem->message, words);
    }
    cr_assert(said, "%s: nothing said of \"%s\"", text, words);
    tsim_result_free(result);
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
}

Test(hostile, hand_overs_without_end)
{
    snprintf(now_trying, sizeof now_trying, "hand-overs without end");
    signal(SIGALRM, hangs);
    cr_assert(ends_well(nowhere, NULL));
}

Test(hostile, desks_that_run_away)
{
    const char *fast = "{ \"kind\": \"poisson\", \"rate\": \"300 /min\" }";
    const char *slow = "{ \"kind\": \"poisson\", \"rate\": \"2 /h\" }";
    /* Five times what one agent can do, and nobody gives up. */
    runs_away("10 d", "100", fast, "\"1 s\"", "1", "0", 0, "grew without bound");
    /* Contacts go round for ever, in some time, in none, and almost none. */
    runs_away("10 d", "60000", slow, "\"1 s\"", "0", "\"1 s\"", 1000000, "events in replication");
    runs_away("2 h", "60000", slow, "0", "0", "0", 0, NULL);
    runs_away("2 h", "60000", slow, "\"1e-300 s\"", "0", "\"1e-300 s\"", 0, NULL);
    /* All at one instant: gaps of zero but for one in a million. */
    runs_away("1 d", "10",
              "{ \"kind\": \"renewal\", \"between\": { \"kind\": \"mixture\", \"parts\": [\n"
              "  { \"share\": 0.9999999, \"of\": 0 }, { \"share\": 1e-7, \"of\": \"5 min\" } ] } }",
              "0", "1", "0", 5000000, "events");
    /* Rates and lengths that are too much before they begin. */
    runs_away("36525 d", "10", "{ \"kind\": \"poisson\", \"rate\": \"1e9 /h\" }", "0", "1", "0", 0,
              "are expected in a replication");
    /* A rate of zero for a hundred years, in minutes. */
    runs_away("36525 d", "10",
              "{ \"kind\": \"poisson\", \"busyness_cv\": 0.2, \"rate\": [ { \"every\": \"1 min\",\n"
              "  \"volumes\": [0, 0, 0, 1e-9] } ] }", "0", "1", "0", 0, NULL);
}
