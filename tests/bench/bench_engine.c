/* SPDX-License-Identifier: GPL-3.0-or-later */
/* engine [--rounds N] [SECTION…]
 * engine --feature NUMBER REPLICATIONS
 *
 * The first: how fast the whole engine is, beside hand-written programs for the same model, and
 * whether its numbers are right. Sections: start memory w2 w1 agents threads sweep features; all
 * of them without a name.
 *
 * Everything that is compared runs in turn in this process; ratios are medians over rounds of the
 * ratio within a round, with the least and the most. Where one thread works, processor time counts.
 * Exit code 1 when a number of W2 or W1 is further from its exact value than chance explains.
 *
 * The second runs W2 with one feature added, a short one, for a tool that counts instructions. */
#include <math.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <tiersim/study.h>
#include <tiersim/sweep.h>

#include "features.h"
#include "floor.h"
#include "timing.h"
#include "workload.h"

#define REPLICATIONS 4 /* of W2 in a round: four million contacts */
#define Z_MOST       4.5

extern char **environ;

/* ---- what is exact */

struct exact {
    const char *tier, *measure;
    double      value;
};

/* Stationary values of the Markov chain of W2's three tiers (contacts at each, Gauss-Seidel);
 * tiers 2 and 3 are not seen by their arrivals as they are on average, so the law at their arrivals
 * is used. W1: Erlang C. */
static const struct exact exact_w2[] = {
    { "L1", "abandoned_share", 0.032507 },  { "L1", "wait_all_mean", 0.97521 * 60 },
    { "L1", "service_level", 0.925691 },    { "L2", "abandoned_share", 0.173896 },
    { "L2", "wait_all_mean", 5.21688 * 60 }, { "L2", "service_level", 0.518503 },
    { "L3", "abandoned_share", 0.475843 },  { "L3", "wait_all_mean", 14.27529 * 60 },
    { "L3", "service_level", 0.266469 },
};
static const struct exact exact_w1[] = { { "L1", "wait_all_mean", 0.668732 * 60 } };

#define EXACT_MOST 9

/* Sums over all replications of all rounds. */
struct seen {
    double   sum[EXACT_MOST], squares[EXACT_MOST];
    uint32_t n;
};

static void look(const struct tsim_result *result, const struct exact *exact, size_t n_exact,
                 struct seen *seen)
{
    for (uint32_t r = 0; r < tsim_result_info(result)->replications; r++, seen->n++) {
        for (size_t i = 0; i < n_exact; i++) {
            const size_t measure =
                tsim_result_measure(result, TSIM_SCOPE_TIER, exact[i].measure);
            bool         defined;
            const double value = tsim_result_of_replication(
                result, r, TSIM_SCOPE_TIER, (size_t)(exact[i].tier[1] - '1'), measure, &defined);
            seen->sum[i] += value;
            seen->squares[i] += value * value;
        }
    }
}

/* Prints each mean beside its exact value; true when chance explains all differences. */
static bool compare(const struct exact *exact, size_t n_exact, const struct seen *seen)
{
    bool good = true;
    printf("  %-22s %10s %10s %8s\n", "exactly known", "exact", "found", "z");
    for (size_t i = 0; i < n_exact; i++) {
        const double mean = seen->sum[i] / seen->n;
        const double variance = (seen->squares[i] - mean * seen->sum[i]) / (seen->n - 1);
        const double z = (mean - exact[i].value) / sqrt(variance / seen->n);
        const bool   wrong = !(fabs(z) < Z_MOST);
        printf("  %s %-19s %10.5f %10.5f %8.2f%s\n", exact[i].tier, exact[i].measure,
               exact[i].value, mean, z, wrong ? "   WRONG" : "");
        good = good && !wrong;
    }
    return good;
}

/* ---- the engine beside the floors */

/* One of several programs that are measured in turn. */
struct racer {
    const char *name;
    double      contact_s[ROUNDS_MOST], events; /* per contact */
};

static void racer_print(const struct racer *racer, const struct racer *floor, uint32_t rounds)
{
    const double contact_s = spread_of(racer->contact_s, rounds).median;
    printf("  %-22s", racer->name);
    spread_print(spread_of(racer->contact_s, rounds), 1e9, 1);
    printf("%7.1f %7.2f", contact_s / racer->events * 1e9, 1e-6 / contact_s);
    if (floor)
        spread_print(spread_of_ratios(floor->contact_s, racer->contact_s, rounds), 1, 3);
    putchar('\n');
}

static void race_heading(const char *what)
{
    printf("\n%s\n  %-22s%8s %-16s%7s %7s%8s\n", what, "", "ns per", "contact", "event", "M/s",
           "speed, floor full = 1");
}

static bool race_w2(uint32_t rounds)
{
    struct tsim_scenario *scenario = workload_load("w2.json", NULL);
    struct racer engine = { .name = "engine" }, full = { .name = "floor full" },
                 lazy = { .name = "floor lazy" };
    struct seen  seen = { .n = 0 };
    for (uint32_t round = 0; round < rounds; round++) {
        const struct tsim_run_options options = { .replications = REPLICATIONS, .seed = round,
                                                  .has_seed = true, .threads = 1 };
        double              began_s = cpu_seconds();
        struct tsim_result *result = workload_run(scenario, &options);
        const double        contacts = (double)tsim_result_info(result)->contacts;
        engine.contact_s[round] = (cpu_seconds() - began_s) / contacts;
        engine.events = (double)tsim_result_info(result)->events / contacts;
        look(result, exact_w2, 9, &seen);
        tsim_result_free(result);
        struct floor_w2 counts;
        began_s = cpu_seconds();
        floor_w2_full((uint64_t)contacts, round, &counts);
        full.contact_s[round] = (cpu_seconds() - began_s) / contacts;
        full.events = (double)counts.events / contacts;
        began_s = cpu_seconds();
        floor_w2_lazy((uint64_t)contacts, round, &counts);
        lazy.contact_s[round] = (cpu_seconds() - began_s) / contacts;
        lazy.events = (double)counts.events / contacts;
    }
    tsim_scenario_free(scenario);
    race_heading("W2: three tiers, 27 agents, patience; one thread (bar 0.55, aim 0.8)");
    racer_print(&engine, &full, rounds);
    racer_print(&full, &full, rounds);
    racer_print(&lazy, &full, rounds);
    return compare(exact_w2, 9, &seen);
}

static bool race_w1(uint32_t rounds)
{
    struct tsim_scenario *scenario = workload_load("w1.json", NULL);
    struct racer          engine = { .name = "engine" }, full = { .name = "floor full" };
    struct seen           seen = { .n = 0 };
    for (uint32_t round = 0; round < rounds; round++) {
        const struct tsim_run_options options = { .replications = 2, .seed = round,
                                                  .has_seed = true, .threads = 1 };
        double              began_s = cpu_seconds();
        struct tsim_result *result = workload_run(scenario, &options);
        const double        contacts = (double)tsim_result_info(result)->contacts;
        engine.contact_s[round] = (cpu_seconds() - began_s) / contacts;
        engine.events = (double)tsim_result_info(result)->events / contacts;
        look(result, exact_w1, 1, &seen);
        tsim_result_free(result);
        struct floor_w1 counts;
        began_s = cpu_seconds();
        floor_w1_full((uint64_t)contacts, round, &counts);
        full.contact_s[round] = (cpu_seconds() - began_s) / contacts;
        full.events = (double)counts.events / contacts;
    }
    tsim_scenario_free(scenario);
    race_heading("W1: M/M/10, utilisation 0.9; one thread");
    racer_print(&engine, &full, rounds);
    racer_print(&full, &full, rounds);
    return compare(exact_w1, 1, &seen);
}

/* ---- more agents, more threads */

static bool scale_agents(uint32_t rounds)
{
    static const struct {
        const char *agents;
        struct edit edits[8];
    } sizes[] = {
        { "27", { { NULL, NULL } } },
        { "270",
          { { "\"agents\": 20", "\"agents\": 200" }, { "\"agents\": 5 ", "\"agents\": 50 " },
            { "\"agents\": 2 ", "\"agents\": 20 " }, { "\"100 /h\"", "\"1000 /h\"" },
            { "\"100 h\"", "\"10 h\"" }, { "\"10000 h\"", "\"1000 h\"" } } },
        { "2,700",
          { { "\"agents\": 20", "\"agents\": 2000" }, { "\"agents\": 5 ", "\"agents\": 500 " },
            { "\"agents\": 2 ", "\"agents\": 200 " }, { "\"100 /h\"", "\"10000 /h\"" },
            { "\"100 h\"", "\"2 h\"" }, { "\"10000 h\"", "\"100 h\"" } } },
        { "27,000",
          { { "\"agents\": 20", "\"agents\": 20000" }, { "\"agents\": 5 ", "\"agents\": 5000 " },
            { "\"agents\": 2 ", "\"agents\": 2000 " }, { "\"100 /h\"", "\"100000 /h\"" },
            { "\"100 h\"", "\"2 h\"" }, { "\"10000 h\"", "\"10 h\"" } } },
    };
    enum { SIZES = sizeof sizes / sizeof *sizes };
    struct tsim_scenario *scenarios[SIZES];
    double                event_s[SIZES][ROUNDS_MOST];
    for (int i = 0; i < SIZES; i++)
        scenarios[i] = workload_load("w2.json", sizes[i].edits);
    for (uint32_t round = 0; round < rounds; round++) {
        for (int i = 0; i < SIZES; i++) {
            const struct work work = workload_measure(scenarios[i], 1, round);
            event_s[i][round] = work.cpu_s / work.events;
        }
    }
    printf("\nW2 with more agents and contacts: ns per event (bar: 1.4 times at 2,700)\n");
    for (int i = 0; i < SIZES; i++) {
        printf("  %6s agents         ", sizes[i].agents);
        spread_print(spread_of(event_s[i], rounds), 1e9, 1);
        spread_print(spread_of_ratios(event_s[i], event_s[0], rounds), 1, 2);
        putchar('\n');
        tsim_scenario_free(scenarios[i]);
    }
    return true;
}

static bool scale_threads(uint32_t rounds)
{
    struct tsim_scenario *scenario = workload_load("w2.json", NULL);
    double                wall_s[2][ROUNDS_MOST];
    for (uint32_t round = 0; round < rounds; round++) {
        for (uint32_t threads = 1; threads <= 2; threads++) {
            const struct tsim_run_options options = { .replications = 8, .seed = round,
                                                      .has_seed = true, .threads = threads };
            const double began_s = wall_seconds();
            tsim_result_free(workload_run(scenario, &options));
            wall_s[threads - 1][round] = wall_seconds() - began_s;
        }
    }
    tsim_scenario_free(scenario);
    printf("\nW2, 8 replications on threads: seconds on the wall, speed (bar: 1.9 on two cores)\n");
    for (uint32_t threads = 1; threads <= 2; threads++) {
        printf("  %u thread%-14s", threads, threads > 1 ? "s" : "");
        spread_print(spread_of(wall_s[threads - 1], rounds), 1, 2);
        spread_print(spread_of_ratios(wall_s[0], wall_s[threads - 1], rounds), 1, 2);
        putchar('\n');
    }
    return true;
}

/* ---- memory and start */

/* The most memory a process had that runs a workload and nothing else, in MB. */
static double peak_mb(const struct edit *edits, uint32_t replications)
{
    int    ends[2];
    double mb = 0;
    fflush(NULL);
    if (pipe(ends) != 0)
        fail("no pipe", "memory");
    const pid_t child = fork();
    if (child < 0)
        fail("no process", "memory");
    if (child == 0) {
        struct tsim_scenario *scenario = workload_load("w2.json", edits);
        struct rusage         usage;
        workload_measure(scenario, replications, 1);
        tsim_scenario_free(scenario);
        getrusage(RUSAGE_SELF, &usage);
        mb = (double)usage.ru_maxrss / 1024;
        _exit(write(ends[1], &mb, sizeof mb) == sizeof mb ? 0 : 1);
    }
    close(ends[1]);
    if (read(ends[0], &mb, sizeof mb) != sizeof mb)
        fail("the child said nothing", "memory");
    close(ends[0]);
    waitpid(child, NULL, 0);
    return mb;
}

static bool show_memory(uint32_t rounds)
{
    (void)rounds;
    const struct edit none[] = { { NULL, NULL } };
    const struct edit longer[] = { { "\"10000 h\"", "\"200000 h\"" }, { NULL, NULL } };
    printf("\nW2: peak memory of a process on one thread (bar: 16 MB)\n");
    printf("   1 M contacts, one replication        %6.1f MB\n", peak_mb(none, 1));
    printf("  20 M contacts, twenty replications    %6.1f MB\n", peak_mb(none, 20));
    printf("  20 M contacts, one replication        %6.1f MB\n", peak_mb(longer, 1));
    return true;
}

static bool show_start(uint32_t rounds)
{
    (void)rounds;
    char                       name[] = "tiersim", option[] = "--version";
    char                      *arguments[] = { name, option, NULL };
    double                     wall_s[ROUNDS_MOST];
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", 01, 0);
    for (int i = 0; i < ROUNDS_MOST; i++) {
        pid_t        child;
        int          status;
        const double began_s = wall_seconds();
        if (posix_spawn(&child, TSIM_COMMAND, &actions, NULL, arguments, environ) != 0 ||
            waitpid(child, &status, 0) != child || status != 0)
            fail("does not start", TSIM_COMMAND);
        wall_s[i] = wall_seconds() - began_s;
    }
    posix_spawn_file_actions_destroy(&actions);
    printf("\ntiersim --version, from start to end (bar: 5 ms)\n  ");
    spread_print(spread_of(wall_s, ROUNDS_MOST), 1e3, 2);
    printf("ms\n");
    return true;
}

static bool show_features(uint32_t rounds)
{
    features_measure(rounds);
    return true;
}

/* ---- */

/* A sweep of 100 points by 50 replications with its journal, and as many replications of the
 * scenario in the middle by a plain run, on all cores. */
static bool race_sweep(uint32_t rounds)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *study =
        tsim_study_load(TSIM_SOURCE_DIR "/tests/bench/sweep.json", problems);
    double speed[2][ROUNDS_MOST];
    size_t n;
    if (!study)
        fail("cannot load", "tests/bench/sweep.json");
    const struct tsim_point *points = tsim_study_points(study, &n);
    for (uint32_t round = 0; round < rounds; round++) {
        const struct tsim_run_options   plain = { .replications = 5000, .seed = round,
                                                  .has_seed = true };
        const struct tsim_sweep_options swept = { .run = { .seed = round, .has_seed = true },
                                                  .journal = "sweep.journal" };
        double              began_s = wall_seconds();
        struct tsim_result *result = workload_run(points[0].scenario, &plain);
        speed[0][round] = (double)tsim_result_info(result)->contacts /
                          (wall_seconds() - began_s) / tsim_result_info(result)->threads;
        unlink(swept.journal);
        began_s = wall_seconds();
        struct tsim_sweep *sweep = tsim_sweep_run(study, &swept, problems);
        if (!sweep)
            fail("cannot sweep", "tests/bench/sweep.json");
        speed[1][round] = (double)tsim_sweep_info(sweep)->contacts /
                          (wall_seconds() - began_s) / tsim_sweep_info(sweep)->threads;
        tsim_result_free(result);
        tsim_sweep_free(sweep);
    }
    unlink("sweep.journal");
    tsim_study_free(study);
    tsim_problems_free(problems);
    printf("\n100 points x 50 days of 5,000 contacts: million contacts per second per core, beside "
           "a plain run\n(bar: 0.9)\n  %-24s", "run");
    spread_print(spread_of(speed[0], rounds), 1e-6, 2);
    printf("\n  %-24s", "sweep, with journal");
    spread_print(spread_of(speed[1], rounds), 1e-6, 2);
    spread_print(spread_of_ratios(speed[1], speed[0], rounds), 1, 2);
    putchar('\n');
    return true;
}

static const struct section {
    const char *name;
    bool (*measure)(uint32_t rounds);
} sections[] = {
    { "start", show_start },     /* this and the next while this process is still small */
    { "memory", show_memory },
    { "w2", race_w2 },
    { "w1", race_w1 },
    { "agents", scale_agents },
    { "threads", scale_threads },
    { "sweep", race_sweep },
    { "features", show_features },
};

#define SECTIONS (sizeof sections / sizeof *sections)

static bool is_chosen(const char *name, char **chosen, int n)
{
    for (int i = 0; i < n; i++)
        if (strcmp(chosen[i], name) == 0)
            return true;
    return n == 0;
}

int main(int argc, char **argv)
{
    uint32_t rounds = 7;
    bool     good = true;
    int      first = 1, known = 0;
    if (argc == 4 && strcmp(argv[1], "--feature") == 0)
        return features_run((uint32_t)strtoul(argv[2], NULL, 10),
                            (uint32_t)strtoul(argv[3], NULL, 10)) ? 0 : 3;
    if (argc > 2 && strcmp(argv[1], "--rounds") == 0) {
        rounds = (uint32_t)strtoul(argv[2], NULL, 10);
        first = 3;
    }
    for (size_t i = 0; i < SECTIONS; i++)
        for (int j = first; j < argc; j++)
            known += strcmp(argv[j], sections[i].name) == 0;
    if (rounds < 5 || rounds > ROUNDS_MOST || known < argc - first) {
        fprintf(stderr, "usage: engine [--rounds 5…%d] [start] [memory] [w2] [w1] [agents] "
                "[threads] [sweep] [features]\n", ROUNDS_MOST);
        return 2;
    }
    printf("%s\n%u rounds, everything in turn: median [least, most]\n", tsim_build_info(), rounds);
    for (size_t i = 0; i < SECTIONS; i++) {
        if (!is_chosen(sections[i].name, argv + first, argc - first))
            continue;
        good = sections[i].measure(rounds) && good;
        fflush(stdout);
    }
    if (!good)
        printf("\nWRONG: a number is not what it must be, so speed means nothing.\n");
    return good ? 0 : 1;
}
