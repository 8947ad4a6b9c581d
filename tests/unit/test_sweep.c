/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: a sweep's points are runs of their scenarios; effects, slopes and fronts of M/M/c desks are
 * those of the Erlang C formula; a sweep that is killed again and again ends with the bytes of one
 * that was left alone, with any number of threads; what is wrong in a study is told.
 * Method: points against tsim_run to the last bit; exact values within intervals at 99.99 % joint,
 * six families of them: fewer than one false alarm in a thousand seeds; children killed at random
 * moments (the seed of the moments is fixed, the moments are the machine's). */
#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <tiersim.h>

#include "base/file.h"
#include "theory/erlang.h"

#define DESK                                                                                     \
    "\"scenario\": { \"name\": \"desk\", \"run\": { \"kind\": \"steady_state\", "                \
    "\"warm_up\": \"5 h\", \"length\": \"15 h\" },\n"                                            \
    "\"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", \"rate\": "        \
    "\"200 /h\" } } ],\n"                                                                        \
    "\"tiers\": [ { \"name\": \"L1\", \"handling\": { \"kind\": \"exponential\", \"mean\": "     \
    "\"170 s\" }, \"answer_within\": \"20 s\",\n"                                                \
    "\"pools\": [ { \"name\": \"front\", \"agents\": 13, \"wage\": 30 } ] } ],\n"       \
    "\"promises\": [ { \"measure\": \"service_level\", \"tier\": \"L1\", \"at_least\": "         \
    "0.85 } ] }"

#define AGENTS "{ \"name\": \"agents\", \"set\": \"tiers[0].pools[0].agents\", "                 \
               "\"values\": [12, 13, 14], \"base\": 13 }"
#define WORK   "{ \"name\": \"work\", \"set\": \"tiers[0].handling.mean = ? s\", "               \
               "\"values\": [150, 160, 170], \"base\": 160 }"

static void enter(void)
{
    char folder[32];
    snprintf(folder, sizeof folder, "%ld", (long)getpid());
    cr_assert_eq(mkdir(folder, 0777), 0);
    cr_assert_eq(chdir(folder), 0);
}

TestSuite(sweep, .init = enter);

static struct tsim_study *parse(const char *study, struct tsim_problems *problems)
{
    return tsim_study_parse(study, strlen(study), "study.json", NULL, problems);
}

/* A sweep of a study that is in order. */
static struct tsim_sweep *run(const char *text, const struct tsim_sweep_options *options)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *study = parse(text, problems);
    struct tsim_sweep    *sweep = study ? tsim_sweep_run(study, options, problems) : NULL;
    tsim_problems_print(problems, stderr, 5);
    cr_assert_not_null(sweep);
    cr_assert_eq(tsim_problems_errors(problems), 0);
    tsim_problems_free(problems);
    tsim_study_free(study);
    return sweep;
}

static double exact_wait(double agents, double handling_s)
{
    const double load = 200.0 / 3600 * handling_s;
    return erlang_c(load, (uint32_t)agents) * handling_s / (agents - load);
}

static void within(struct tsim_estimate estimate, double exact, const char *what)
{
    cr_assert(estimate.defined && estimate.has_interval, "%s", what);
    cr_assert(estimate.low <= exact && exact <= estimate.high, "%s: %g is not in %g … %g", what,
              exact, estimate.low, estimate.high);
}

/* ---- values */

Test(sweep, points_are_runs_of_their_scenarios)
{
    struct tsim_sweep *sweep =
        run("{ \"study\": \"s\", " DESK ", \"replications\": 5, \"measures\": "
            "[\"tier.L1.wait_mean\"], \"sweep\": { \"factors\": [" AGENTS ", " WORK "] } }", NULL);
    const struct tsim_sweep_info *info = tsim_sweep_info(sweep);
    cr_assert_eq(info->points, 9);
    cr_assert_eq(info->responses, 3);
    cr_assert_eq(info->cost, 1);
    struct tsim_problems *problems = tsim_problems_new();
    for (size_t p = 0; p < info->points; p++) {
        const struct tsim_sweep_point *point = tsim_sweep_point(sweep, p);
        const char *text = "{ " DESK " }";
        const char *from = strchr(text + 1, '{');
        struct tsim_scenario *desk =
            tsim_scenario_parse(from, strlen(from) - 2, "desk", NULL, problems);
        struct tsim_scenario *varied = tsim_scenario_vary(desk, point->settings, problems);
        const struct tsim_run_options options = { .replications = 5 };
        struct tsim_result *result = tsim_run(varied, &options, problems);
        size_t              n;
        const struct tsim_estimate found[] = {
            tsim_result_promises(result, &n)[0].estimate,
            tsim_result_find(result, TSIM_SCOPE_COST, "total", "per_day"),
            tsim_result_find(result, TSIM_SCOPE_TIER, "L1", "wait_mean"),
        };
        for (size_t i = 0; i < 3; i++) {
            cr_assert_eq(point->estimates[i].value, found[i].value, "point %zu, %zu", p, i);
            cr_assert_float_eq(point->estimates[i].low, found[i].low,
                               1e-12 * fabs(found[i].low));
        }
        cr_assert_eq(point->verdicts[0], tsim_result_promises(result, &n)[0].verdict);
        cr_assert_eq(point->values[0], 12 + (double)(p / 3));
        cr_assert_eq(point->values[1], 150 + 10 * (double)(p % 3));
        tsim_result_free(result);
        tsim_scenario_free(varied);
        tsim_scenario_free(desk);
    }
    tsim_problems_free(problems);
    tsim_sweep_free(sweep);
}

Test(sweep, effects_and_levels_are_those_of_the_formula)
{
    struct tsim_sweep *sweep =
        run("{ \"study\": \"s\", " DESK ", \"replications\": 80, \"confidence\": 0.9999, "
            "\"measures\": [\"tier.L1.wait_mean\"], \"sweep\": { \"factors\": [" AGENTS ", " WORK
            "] } }", NULL);
    double exact[3][3], mean_of[2][3] = { { 0 }, { 0 } };
    for (int a = 0; a < 3; a++)
        for (int w = 0; w < 3; w++) {
            exact[a][w] = exact_wait(12 + a, 150 + 10 * w);
            mean_of[0][a] += exact[a][w] / 3;
            mean_of[1][w] += exact[a][w] / 3;
            within(tsim_sweep_point(sweep, (size_t)(a * 3 + w))->estimates[2], exact[a][w],
                   "wait");
        }
    size_t                    n;
    const struct tsim_effect *effects = tsim_sweep_effects(sweep, 2, &n);
    cr_assert_eq(n, 3);
    within(effects[0].change, mean_of[0][2] - mean_of[0][0], "effect of agents");
    within(effects[1].change, mean_of[1][2] - mean_of[1][0], "effect of work");
    within(effects[2].change,
           ((exact[2][2] - exact[0][2]) - (exact[2][0] - exact[0][0])) / 2, "interaction");
    cr_assert_lt(effects[0].change.high, 0, "more agents, less waiting");
    for (size_t f = 0; f < 2; f++)
        for (size_t level = 0; level < 3; level++)
            within(tsim_sweep_level(sweep, 2, f, level), mean_of[f][level], "level");
    /* Agents cost 30 an hour each, whatever happens. */
    effects = tsim_sweep_effects(sweep, 1, &n);
    cr_assert_float_eq(effects[0].change.value, 2 * 30 * 24, 1e-6);
    cr_assert_float_eq(effects[0].change.high, 2 * 30 * 24, 1e-6);
    cr_assert_float_eq(effects[1].change.value, 0, 1e-6);
    cr_assert_float_eq(tsim_sweep_slopes(sweep, 1)[0].change.value, 30 * 24, 1e-6);
    cr_assert(tsim_sweep_surface(sweep, 1)->r2 > 1 - 1e-9);
    cr_assert_null(tsim_sweep_swings(sweep, 0));
    tsim_sweep_free(sweep);
}

Test(sweep, one_at_a_time_swings_are_those_of_the_formula)
{
    struct tsim_sweep *sweep =
        run("{ \"study\": \"s\", " DESK ", \"replications\": 80, \"confidence\": 0.9999, "
            "\"measures\": [\"tier.L1.wait_mean\"], \"sweep\": { \"design\": \"one_at_a_time\", "
            "\"factors\": [" AGENTS ", " WORK "] } }", NULL);
    const double             base = exact_wait(13, 160);
    const struct tsim_swing *swings = tsim_sweep_swings(sweep, 2);
    size_t                   n;
    cr_assert_eq(tsim_sweep_info(sweep)->points, 5);
    cr_assert_eq(tsim_sweep_info(sweep)->base, 0);
    within(swings[0].low, exact_wait(12, 160) - base, "one agent less");
    within(swings[0].high, exact_wait(14, 160) - base, "one agent more");
    cr_assert_float_eq(tsim_sweep_slopes(sweep, 2)[0].change.value, swings[0].high.value, 1e-9);
    cr_assert_float_eq(tsim_sweep_slopes(sweep, 2)[1].change.value, swings[1].high.value / 10,
                       1e-9);
    within(swings[1].low, exact_wait(13, 150) - base, "less work");
    within(swings[1].high, exact_wait(13, 170) - base, "more work");
    cr_assert_null(tsim_sweep_effects(sweep, 0, &n));
    cr_assert_eq(n, 0);
    cr_assert_not(tsim_sweep_level(sweep, 0, 0, 0).defined);
    /* Common random numbers: the difference is known far better than either value. */
    const struct tsim_estimate *at_base = tsim_sweep_point(sweep, 0)->estimates;
    cr_assert_lt(swings[0].high.std_error, 0.75 * at_base[2].std_error);
    tsim_sweep_free(sweep);
}

/* More agents cost more and serve better; more work never pays. */
Test(sweep, the_front_is_where_work_is_least)
{
    struct tsim_sweep *sweep =
        run("{ \"study\": \"s\", " DESK ", \"replications\": 30, \"sweep\": { \"factors\": [" AGENTS
            ", " WORK "] } }", NULL);
    const struct tsim_front_mark *marks = tsim_sweep_front(sweep, 0);
    for (size_t p = 0; p < 9; p++) {
        cr_assert_eq(marks[p].on, p % 3 == 0, "point %zu", p);
        cr_assert(marks[p].sure, "point %zu", p);
    }
    cr_assert_null(tsim_sweep_front(sweep, 1));
    tsim_sweep_free(sweep);
}

Test(sweep, designs_that_fill_space_have_surfaces)
{
    static const char *const designs[] = { "sobol", "latin_hypercube" };
    for (int d = 0; d < 2; d++) {
        char text[3000];
        snprintf(text, sizeof text,
                 "{ \"study\": \"s\", " DESK ", \"replications\": 10, \"measures\": "
                 "[\"tier.L1.occupancy\"], \"sweep\": { \"design\": \"%s\", \"points\": 40, "
                 "\"factors\": [ { \"name\": \"agents\", \"set\": \"tiers[0].pools[0].agents\", "
                 "\"low\": 14, \"high\": 20, \"whole\": true }, { \"name\": \"load\", \"set\": "
                 "\"streams[*].arrivals.rate *= ?\", \"low\": 0.8, \"high\": 1.2 } ] } }",
                 designs[d]);
        struct tsim_sweep *sweep = run(text, NULL);
        cr_assert_eq(tsim_sweep_info(sweep)->points, 40);
        /* Occupancy is load over agents: smooth, so the surface predicts it. */
        const struct tsim_surface *surface = tsim_sweep_surface(sweep, 2);
        cr_assert(surface->predicted_defined && surface->predicted > 0.97, "%g",
                  surface->predicted);
        const struct tsim_slope *slopes = tsim_sweep_slopes(sweep, 2);
        const double             load = 200.0 / 3600 * 170;
        cr_assert_float_eq(slopes[0].change.value, -load / 17 / 17, 0.01);
        cr_assert_float_eq(tsim_sweep_factor(sweep, 1)->step, 0.05, 1e-12);
        cr_assert_float_eq(slopes[1].change.value, 0.05 * load / 17, 0.01);
        tsim_sweep_free(sweep);
    }
}

/* ---- same bytes */

#define MANY                                                                                     \
    "{ \"study\": \"s\", " DESK ", \"replications\": 4, \"measures\": [\"tier.L1.wait_mean\"], " \
    "\"sweep\": { \"factors\": [" AGENTS ", " WORK "] } }"

static bool stop_after(void *user)
{
    int *left = user;
    return (*left)-- <= 0;
}

/* A study that stops by itself now and then, and goes on, with other numbers of threads. */
Test(sweep, interrupted_it_goes_on_to_the_same_bytes)
{
    struct tsim_sweep *whole = run(MANY, &(struct tsim_sweep_options){ .journal = "whole" });
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *study = parse(MANY, problems);
    struct tsim_sweep    *sweep = NULL;
    int                   times = 0, parts = 0;
    for (; !sweep || !tsim_sweep_info(sweep)->complete; times++) {
        int left = 2 + times % 5;
        parts += sweep != NULL;
        tsim_sweep_free(sweep);
        const struct tsim_sweep_options options = {
            .run = { .threads = 1 + (uint32_t)times % 3, .stop = stop_after, .user = &left },
            .journal = "parts",
        };
        sweep = tsim_sweep_run(study, &options, problems);
        cr_assert_eq(tsim_problems_count(problems), 0);
        cr_assert_lt(times, 200);
    }
    cr_assert_gt(times, 3);
    cr_assert_gt(parts, 0);
    cr_assert_gt(tsim_sweep_info(sweep)->resumed, 0);
    cr_assert_str_eq(tsim_sweep_digest(sweep), tsim_sweep_digest(whole));
    size_t n, m;
    char  *a = file_read("whole", 1 << 20, &n, NULL), *b = file_read("parts", 1 << 20, &m, NULL);
    cr_assert(n == m && memcmp(a, b, n) == 0, "the journals differ");
    for (size_t p = 0; p < 9; p++)
        for (size_t i = 0; i < 3; i++)
            cr_assert(memcmp(&tsim_sweep_point(sweep, p)->estimates[i],
                             &tsim_sweep_point(whole, p)->estimates[i],
                             sizeof(double[4])) == 0);
    free(a);
    free(b);
    tsim_sweep_free(sweep);
    tsim_sweep_free(whole);
    tsim_study_free(study);
    tsim_problems_free(problems);
}

/* What a sweep that was stopped says is what one of so many replications says. */
Test(sweep, stopped_it_says_what_it_has)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *study = parse(MANY, problems);
    struct tsim_sweep    *part = NULL;
    for (int stop = 1; !part && stop < 1000; stop++) {
        int left = stop;
        part = tsim_sweep_run(study, &(struct tsim_sweep_options){
                                         .run = { .threads = 1, .stop = stop_after, .user = &left },
                                     }, problems);
    }
    cr_assert(part && !tsim_sweep_info(part)->complete);
    cr_assert_eq(tsim_sweep_info(part)->replications, 2);
    cr_assert_eq(tsim_sweep_info(part)->planned, 4);
    struct tsim_sweep *two = tsim_sweep_run(study, &(struct tsim_sweep_options){
                                                       .run = { .replications = 2 } }, problems);
    cr_assert(two && tsim_sweep_info(two)->complete);
    for (size_t i = 0; i < 3; i++) {
        size_t                    n;
        const struct tsim_effect *a = tsim_sweep_effects(part, i, &n);
        const struct tsim_effect *b = tsim_sweep_effects(two, i, &n);
        for (size_t p = 0; p < 9; p++)
            cr_assert(memcmp(&tsim_sweep_point(part, p)->estimates[i],
                             &tsim_sweep_point(two, p)->estimates[i], sizeof(double[4])) == 0);
        for (size_t e = 0; e < n; e++)
            cr_assert(memcmp(&a[e].change, &b[e].change, sizeof(double[4])) == 0);
    }
    tsim_sweep_free(part);
    tsim_sweep_free(two);
    tsim_study_free(study);
    tsim_problems_free(problems);
}

Test(sweep, killed_again_and_again_it_ends_with_the_same_bytes)
{
    struct tsim_sweep *whole = run(MANY, &(struct tsim_sweep_options){ .journal = "whole" });
    uint32_t           dice = 2026;
    int                killed = 0;
    for (bool done = false; !done;) {
        const pid_t child = fork();
        if (child == 0) {
            struct tsim_problems *problems = tsim_problems_new();
            struct tsim_study    *study = parse(MANY, problems);
            const struct tsim_sweep_options options = { .run = { .threads = 2 },
                                                        .journal = "parts" };
            _exit(tsim_sweep_run(study, &options, problems) ? 0 : 1);
        }
        dice = dice * 1664525u + 1013904223u;
        const long most = 4000000 + killed * 200000L;
        nanosleep(&(struct timespec){ .tv_nsec = (long)(dice >> 4) % most }, NULL);
        kill(child, SIGKILL);
        int status;
        cr_assert_eq(waitpid(child, &status, 0), child);
        done = WIFEXITED(status);
        cr_assert(!done || WEXITSTATUS(status) == 0);
        killed += !done;
        cr_assert_lt(killed, 3000);
    }
    cr_assert_gt(killed, 2);
    struct tsim_sweep *sweep = run(MANY, &(struct tsim_sweep_options){ .journal = "parts" });
    cr_assert_eq(tsim_sweep_info(sweep)->resumed, 36);
    cr_assert_str_eq(tsim_sweep_digest(sweep), tsim_sweep_digest(whole));
    size_t n, m;
    char  *a = file_read("whole", 1 << 20, &n, NULL), *b = file_read("parts", 1 << 20, &m, NULL);
    cr_assert(n == m && memcmp(a, b, n) == 0, "the journals differ");
    free(a);
    free(b);
    tsim_sweep_free(sweep);
    tsim_sweep_free(whole);
}

/* ---- what is wrong */

static void is_refused(const char *text, const char *journal, const char *message)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *study = parse(text, problems);
    const struct tsim_sweep_options options = { .journal = journal };
    struct tsim_sweep    *sweep = study ? tsim_sweep_run(study, &options, problems) : NULL;
    cr_assert_null(sweep, "%s", message);
    cr_assert_geq(tsim_problems_errors(problems), 1, "%s", message);
    const struct tsim_problem *problem = tsim_problems_get(problems, 0);
    cr_assert(strstr(problem->message, message) != NULL, "\"%s\" is not in \"%s\"", message,
              problem->message);
    tsim_study_free(study);
    tsim_problems_free(problems);
}

Test(sweep, a_journal_of_another_study_is_refused)
{
    tsim_sweep_free(run(MANY, &(struct tsim_sweep_options){ .journal = "j" }));
    is_refused("{ \"study\": \"s\", " DESK ", \"replications\": 5, \"measures\": "
               "[\"tier.L1.wait_mean\"], \"sweep\": { \"factors\": [" AGENTS ", " WORK "] } }",
               "j", "another study");
    is_refused("{ \"study\": \"s\", " DESK ", \"replications\": 4, \"seed\": 9, \"measures\": "
               "[\"tier.L1.wait_mean\"], \"sweep\": { \"factors\": [" AGENTS ", " WORK "] } }",
               "j", "another study");
}

/* A scenario whose CSV was changed behind its back: the journal's last replication tells. */
Test(sweep, a_file_that_was_changed_is_noticed)
{
    static const char study[] =
        "{ \"study\": \"s\", \"replications\": 2, \"scenario\": { \"name\": \"t\", \"run\": { "
        "\"length\": \"1 h\" }, \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": "
        "\"trace\", \"file\": \"t.csv\" } } ], \"tiers\": [ { \"name\": "
        "\"L1\", \"handling\": \"5 min\", \"pools\": [ { \"name\": \"p\", \"agents\": 1 } ] } ] }, "
        "\"measures\": [\"tier.L1.wait_mean\"], \"sweep\": { \"factors\": [ { \"set\": "
        "\"tiers[0].pools[0].agents\", \"values\": [1, 2] } ] } }";
    FILE *to = fopen("t.csv", "w");
    fputs("arrived_at\n10\n20\n30\n40\n", to);
    fclose(to);
    tsim_sweep_free(run(study, &(struct tsim_sweep_options){ .journal = "j" }));
    to = fopen("t.csv", "w");
    fputs("arrived_at\n10\n11\n12\n13\n", to);
    fclose(to);
    is_refused(study, "j", "comes out differently");
}

/* The base is the scenario's own value, in the unit that it has there. */
Test(sweep, a_base_is_found_in_the_scenario)
{
    struct tsim_sweep *sweep =
        run("{ \"study\": \"s\", " DESK ", \"replications\": 2, \"sweep\": { \"design\": "
            "\"one_at_a_time\", \"factors\": [ { \"set\": \"tiers[L1].pools[front].agents\", "
            "\"values\": [12, 14] }, { \"set\": \"/tiers/0/handling/mean = ? s \", \"low\": 160, "
            "\"high\": 180 }, { \"set\": \"streams[*].arrivals.rate = ? /h\", \"values\": [190] "
            "}, { \"set\": \"tiers[0].handling.mean *= ?\", \"values\": [0.9] } ] } }", NULL);
    const double base[] = { 13, 170, 200, 1 };
    for (size_t f = 0; f < 4; f++) {
        cr_assert_eq(tsim_sweep_factor(sweep, f)->base, base[f]);
        cr_assert_eq(tsim_sweep_point(sweep, 0)->values[f], base[f]);
    }
    cr_assert_eq(tsim_sweep_info(sweep)->points, 7);
    tsim_sweep_free(sweep);
}

Test(sweep, wrong_studies_are_told)
{
    static const struct {
        const char *sweep, *message;
    } wrong[] = {
        { "{}", "factors" },
        { "{ \"factors\": [] }", "factors" },
        { "{ \"factors\": [ { \"set\": \"tiers[0].pools[0].agents\" } ] }", "between what" },
        { "{ \"factors\": [ { \"set\": \"a\", \"values\": [1, 1] } ] }", "twice" },
        { "{ \"factors\": [ { \"set\": \"a\", \"values\": [] } ] }", "levels" },
        { "{ \"factors\": [ { \"set\": \"a = 3\", \"values\": [1] } ] }", "no place" },
        { "{ \"factors\": [ { \"set\": \"a\", \"values\": [1], \"low\": 1 } ] }", "and a range" },
        { "{ \"factors\": [ { \"set\": \"a\", \"low\": 2, \"high\": 1 } ] }", "nothing between" },
        { "{ \"factors\": [ { \"set\": \"a\", \"low\": 2 } ] }", "between what" },
        { "{ \"factors\": [ { \"set\": \"a\", \"low\": 2.1, \"high\": 2.9, \"whole\": true } ] }",
          "no two whole" },
        { "{ \"design\": \"factorail\", \"factors\": [" AGENTS "] }", "design" },
        { "{ \"design\": \"one_at_a_time\", \"factors\": [ { \"set\": \"tiers[0].pools = ?\", "
          "\"values\": [1, 2] } ] }", "base" },
        { "{ \"design\": \"one_at_a_time\", \"factors\": [ { \"set\": \"tiers[9].x\", "
          "\"values\": [1, 2] } ] }", "base" },
        { "{ \"design\": \"one_at_a_time\", \"factors\": [ { \"set\": "
          "\"tiers[0].handling.mean = ? min\", \"values\": [1, 2] } ] }", "base" },
        { "{ \"factors\": [" AGENTS ", " AGENTS "] }", "two factors" },
        { "{ \"factors\": [ { \"set\": \"tiers[7].pools[0].agents\", \"values\": [1, 2] } ] }",
          "none of the 1" },
        { "{ \"factors\": [ { \"set\": \"tiers[0].pools[0].agents\", \"values\": [3.5, 4] } ] }",
          "agents" },
        { "{ \"factors\": [ { \"set\": \"promises[0].at_least\", \"values\": [0.8, 0.9] } ] }",
          "another one" },
        { "{ \"cost\": \"cost.totl.per_day\", \"factors\": [" AGENTS "] }", "totl" },
        { "{ \"cost\": \"tier.L1.wait_p90\", \"factors\": [" AGENTS "] }", "quantile" },
        { "{ \"points\": 1, \"design\": \"sobol\", \"factors\": [" AGENTS "] }", "points" },
        { "{ \"design\": \"factorial\", \"factors\": [ { \"set\": \"a ?\", \"low\": 1, \"high\": 2 "
          "} ] }", "sets nothing" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char text[3000];
        snprintf(text, sizeof text, "{ \"study\": \"s\", " DESK ", \"sweep\": %s }",
                 wrong[i].sweep);
        is_refused(text, NULL, wrong[i].message);
    }
    is_refused("{ \"study\": \"s\", " DESK ", \"compare\": {} }", NULL, "not sweep");
    is_refused("{ \"study\": \"s\", " DESK ", \"compare\": {}, \"sweep\": { \"factors\": [" AGENTS
               "] } }", NULL, "more than one method");
}

Test(sweep, too_many_points_are_a_limit)
{
    char  *text = NULL;
    size_t size;
    FILE  *to = open_memstream(&text, &size);
    fputs("{ \"study\": \"s\", " DESK ", \"sweep\": { \"factors\": [", to);
    for (int f = 0; f < 12; f++)
        fprintf(to, "%s{ \"name\": \"%d\", \"set\": \"tiers[0].pools[0].agents\", "
                    "\"low\": 1, \"high\": 2 }", f ? ", " : "", f);
    fputs("] } }", to);
    fclose(to);
    is_refused(text, NULL, "more than 2000 points");
    free(text);
}
