/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: policies of users run on many threads at once as on one. Method: a desk under a policy that
 * uses its memory and chance in every decision, at 1, 2 and 8 threads: equal digests; two runs at
 * once of two scenarios that name the same file, one of which is freed while the other runs. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tiersim.h>

static const char text[] =
    "{ \"policy\": { \"plugin\": \"" TSIM_PLUGINS "/plugin_wrong.so\" }, \"name\": \"threads\",\n"
    "  \"run\": { \"length\": \"8 h\", \"replications\": 40 },\n"
    "  \"issue_types\": [ { \"name\": \"a\", \"skill\": \"a\" }, { \"name\": \"b\" } ],\n"
    "  \"streams\": [ { \"name\": \"s\", \"issues\": { \"a\": 0.5, \"b\": 0.5 },\n"
    "    \"arrivals\": { \"kind\": \"poisson\", \"rate\": \"80 /h\" } } ],\n"
    "  \"tiers\": [ { \"name\": \"L1\", \"handling\": { \"kind\": \"gamma\", \"mean\": \"5 min\", "
    "\"cv\": 0.7 },\n"
    "      \"resolves\": 0.7, \"pools\": [ { \"name\": \"p\", \"agents\": 5 }, { \"name\": \"q\", "
    "\"agents\": 4 } ] },\n"
    "    { \"name\": \"L2\", \"handling\": \"4 min\",\n"
    "      \"pools\": [ { \"name\": \"r\", \"agents\": 4 } ] } ] }";

static int failures;

static void check(bool holds, const char *what, int line)
{
    if (holds)
        return;
    fprintf(stderr, "t_policy.c:%d: %s does not hold\n", line, what);
    failures++;
}

#define CHECK(what) check((what), #what, __LINE__)

/* The loader has locks of its own that ThreadSanitizer does not see: all loading is done by one
 * thread. */
static struct tsim_scenario *load(void)
{
    const struct tsim_source source = { .text = text, .length = sizeof text - 1,
                                        .name = "policy.json", .allow_plugins = true };
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *scenario = tsim_scenario_open(&source, problems);
    tsim_problems_print(problems, stderr, 0);
    tsim_problems_free(problems);
    return scenario;
}

/* The digest of a run, "" when it fails. */
static void run_desk(const struct tsim_scenario *scenario, uint32_t threads, char digest[17])
{
    const struct tsim_run_options options = { .threads = threads };
    struct tsim_problems         *problems = tsim_problems_new();
    struct tsim_result           *result = tsim_run(scenario, &options, problems);
    tsim_problems_print(problems, stderr, 0);
    snprintf(digest, 17, "%s", result ? tsim_result_digest(result) : "");
    tsim_result_free(result);
    tsim_problems_free(problems);
}

struct beside {
    const struct tsim_scenario *scenario;
    char                        digest[17];
};

static void *run_beside(void *user)
{
    struct beside *beside = user;
    run_desk(beside->scenario, 2, beside->digest);
    return NULL;
}

int main(void)
{
    static const uint32_t threads[] = { 1, 2, 8 };
    char                  one[17], digest[17];
    struct tsim_scenario *kept = load();
    CHECK(kept);
    if (!kept)
        return 1;
    run_desk(kept, 1, one);
    CHECK(strlen(one) == 16);
    for (size_t i = 0; i < 3; i++) {
        struct tsim_scenario *other = load();
        struct beside         beside = { .scenario = kept };
        pthread_t             thread;
        CHECK(pthread_create(&thread, NULL, run_beside, &beside) == 0);
        run_desk(other, threads[i], digest);
        tsim_scenario_free(other); /* the other may still run */
        pthread_join(thread, NULL);
        CHECK(strcmp(digest, one) == 0);
        CHECK(strcmp(beside.digest, one) == 0);
    }
    tsim_scenario_free(kept);
    return failures != 0;
}
