/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: threads never race, and never change a result. Method: one scenario of many features at
 * 1, 2, 8 and 64 threads, with a case log, a progress callback and more replications than slots:
 * equal digests and logs byte for byte; the same with a precision, which lets the run grow; runs
 * stopped in the middle keep whole replications only; two runs at once share the scenario. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tiersim.h>

static const char text[] =
    "{ \"name\": \"threads\",\n"
    "  \"run\": { \"kind\": \"steady_state\", \"warm_up\": \"1 h\", \"length\": \"5 h\", "
    "\"start\": \"Tue 07:00\",\n"
    "    \"replications\": 70 },\n"
    "  \"severities\": [ { \"name\": \"low\" }, { \"name\": \"high\", \"priority\": 1 } ],\n"
    "  \"issue_types\": [ { \"name\": \"a\", \"skill\": \"a\", \"self_service\": 0.2,\n"
    "      \"concession\": { \"kind\": \"lognormal\", \"median\": 40, \"sigma\": 1 } }, { "
    "\"name\": \"b\" } ],\n"
    "  \"channels\": [ { \"name\": \"phone\", \"lines\": 40, \"cost\": 0.5,\n"
    "    \"patience\": { \"kind\": \"weibull\", \"shape\": 1.5, \"scale\": \"6 min\" } } ],\n"
    "  \"streams\": [ { \"name\": \"calls\", \"issues\": { \"a\": 0.5, \"b\": 0.5 },\n"
    "    \"severities\": { \"low\": 0.7, \"high\": 0.3 }, \"arrivals\": { \"kind\": \"poisson\",\n"
    "      \"busyness_cv\": 0.2, \"rate\": [ { \"from\": \"07:00\", \"every\": \"1 h\", "
    "\"volumes\": [40, 90, 70, 60, 80, 30, 9] } ] } },\n"
    "    { \"name\": \"alarms\", \"issues\": \"b\", \"severities\": \"high\", \"enters_at\": "
    "\"L2\",\n"
    "      \"arrivals\": { \"kind\": \"renewal\", \"between\": { \"kind\": \"gamma\", "
    "\"mean\": \"9 min\", \"cv\": 0.5 } } } ],\n"
    "  \"self_service\": { \"session\": \"3 min\", \"cost\": 0.1 },\n"
    "  \"tiers\": [ { \"name\": \"L1\", \"handling\": { \"kind\": \"gamma\", \"mean\": \"6 "
    "min\", \"cv\": 0.7 },\n"
    "      \"wrap_up\": \"30 s\", \"resolves\": 0.7, \"queue\": { \"order\": \"priority\", "
    "\"capacity\": 30 },\n"
    "      \"selection\": \"random\", \"pools\": [ { \"name\": \"p\", \"agents\": 4, "
    "\"authority\": 30, \"wage\": 20 },\n"
    "        { \"name\": \"q\", \"skills\": [ { \"skill\": \"a\", \"time_factor\": 0.8 } ],\n"
    "          \"agents\": [ { \"from\": \"08:00\", \"to\": \"11:30\", \"agents\": 3 } ] } ] },\n"
    "    { \"name\": \"L2\", \"handling\": { \"kind\": \"beta\", \"alpha\": 2, \"beta\": 3, "
    "\"high\": \"40 min\" },\n"
    "      \"queue\": { \"order\": \"earliest_deadline\" }, \"resolves\": 0.8,\n"
    "      \"pools\": [ { \"name\": \"r\", \"agents\": 6, \"wage\": 30 } ] } ],\n"
    "  \"vendor\": { \"delay\": { \"kind\": \"exponential\", \"mean\": \"1 h\" }, \"fee\": 50 },\n"
    "  \"escalation\": [ { \"from\": \"L1\", \"when\": \"authority\", \"to\": \"authority\" } ],\n"
    "  \"sla\": [ { \"name\": \"fast\", \"clock\": \"resolution\", \"target\": \"1 h\", "
    "\"penalty\": 5 } ],\n"
    "  \"promises\": [ { \"measure\": \"service_level\", \"tier\": \"L1\", \"at_least\": \"80 "
    "%\" } ] }\n";

static int failures;

#define CHECK(what) check((what), #what, __LINE__)

static void check(bool holds, const char *what, int line)
{
    if (holds)
        return;
    fprintf(stderr, "t_run.c:%d: %s does not hold\n", line, what);
    failures++;
}

static struct tsim_scenario *load(void)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *scenario =
        tsim_scenario_parse(text, sizeof text - 1, "threads.json", NULL, problems);
    if (!scenario)
        tsim_problems_print(problems, stderr, 0);
    tsim_problems_free(problems);
    return scenario;
}

/* What the callbacks of one run saw, and when they are to stop it. */
struct watch {
    uint32_t seen, calls, stop_after; /* replications; 0: never */
    bool     at_once;
};

static void progress(const struct tsim_progress *at, void *user)
{
    struct watch *watch = user;
    CHECK(at->replications_done >= watch->seen && at->elapsed_s >= 0);
    watch->seen = at->replications_done;
    watch->calls++;
}

static bool stop(void *user)
{
    const struct watch *watch = user;
    return watch->at_once || (watch->stop_after > 0 && watch->seen >= watch->stop_after);
}

static struct tsim_result *run(const struct tsim_scenario *scenario,
                               struct tsim_run_options options, struct watch *watch)
{
    struct tsim_problems *problems = tsim_problems_new();
    options.progress = progress;
    options.stop = stop;
    options.user = watch;
    struct tsim_result *result = tsim_run(scenario, &options, problems);
    if (tsim_problems_errors(problems) > 0)
        tsim_problems_print(problems, stderr, 0);
    tsim_problems_free(problems);
    return result;
}

static char *whole_file(const char *path, size_t *size)
{
    FILE *from = fopen(path, "rb");
    char *bytes = malloc(1 << 24);
    *size = from && bytes ? fread(bytes, 1, 1 << 24, from) : 0;
    if (from)
        fclose(from);
    return bytes;
}

static void threads_give_one_result(const struct tsim_scenario *scenario, double precision)
{
    static const uint32_t threads[] = { 1, 2, 8, 64 };
    char                  digest[17] = "", *first = NULL;
    size_t                first_size = 0;
    for (size_t i = 0; i < 4; i++) {
        const struct tsim_run_options options = {
            .threads = threads[i], .replications = precision > 0 ? 0 : 70, .precision = precision,
            .case_log = "cases.csv", .event_log = "events.csv",
        };
        struct watch        watch = { 0 };
        struct tsim_result *result = run(scenario, options, &watch);
        size_t              size;
        char               *cases = whole_file("cases.csv", &size);
        CHECK(result != NULL && size > 10000);
        if (result) {
            if (i == 0)
                snprintf(digest, sizeof digest, "%s", tsim_result_digest(result));
            CHECK(strcmp(digest, tsim_result_digest(result)) == 0);
            CHECK(tsim_result_info(result)->complete && watch.calls > 0);
            CHECK(watch.seen == tsim_result_info(result)->replications);
        }
        CHECK(i == 0 || (size == first_size && memcmp(cases, first, size) == 0));
        if (i == 0) {
            first = cases;
            first_size = size;
        } else {
            free(cases);
        }
        tsim_result_free(result);
    }
    free(first);
}

/* What is there of a stopped run is what a shorter run gives. */
static void stopped_runs_keep_whole_replications(const struct tsim_scenario *scenario)
{
    for (uint32_t threads = 1; threads <= 64; threads *= 4) {
        struct watch        watch = { .stop_after = 9 };
        struct tsim_result *part = run(
            scenario, (struct tsim_run_options){ .threads = threads, .replications = 100000 },
            &watch);
        CHECK(part != NULL);
        if (!part)
            continue;
        const uint32_t done = tsim_result_info(part)->replications;
        CHECK(!tsim_result_info(part)->complete && done >= 9 && done < 100000);
        CHECK(tsim_result_info(part)->planned == 100000);
        struct watch        other = { 0 };
        struct tsim_result *whole = run(
            scenario, (struct tsim_run_options){ .threads = 2, .replications = done }, &other);
        CHECK(whole && strcmp(tsim_result_digest(part), tsim_result_digest(whole)) == 0);
        tsim_result_free(whole);
        tsim_result_free(part);
    }
    struct watch        at_once = { .at_once = true };
    struct tsim_result *nothing = run(
        scenario, (struct tsim_run_options){ .threads = 3, .replications = 50 }, &at_once);
    CHECK(!nothing || !tsim_result_info(nothing)->complete);
    tsim_result_free(nothing);
}

struct other {
    const struct tsim_scenario *scenario;
    char                        digest[17];
};

static void *run_beside(void *user)
{
    struct other       *other = user;
    struct watch        watch = { 0 };
    struct tsim_result *result = run(
        other->scenario, (struct tsim_run_options){ .threads = 4, .replications = 30 }, &watch);
    if (result)
        snprintf(other->digest, sizeof other->digest, "%s", tsim_result_digest(result));
    tsim_result_free(result);
    return NULL;
}

static void runs_may_share_a_scenario(const struct tsim_scenario *scenario)
{
    struct other others[3];
    pthread_t    threads[3];
    for (int i = 0; i < 3; i++) {
        others[i] = (struct other){ .scenario = scenario };
        CHECK(pthread_create(&threads[i], NULL, run_beside, &others[i]) == 0);
    }
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    CHECK(strlen(others[0].digest) == 16 && strcmp(others[0].digest, others[1].digest) == 0 &&
          strcmp(others[0].digest, others[2].digest) == 0);
}

int main(void)
{
    struct tsim_scenario *scenario = load();
    CHECK(scenario != NULL);
    if (scenario) {
        threads_give_one_result(scenario, 0);
        threads_give_one_result(scenario, 0.03);
        stopped_runs_keep_whole_replications(scenario);
        runs_may_share_a_scenario(scenario);
    }
    tsim_scenario_free(scenario);
    return failures > 0;
}
