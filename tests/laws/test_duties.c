/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: what agents do besides contacts takes the time it should, and nothing else.
 * Method: one agent whose pieces are not interrupted is a queue with multiple vacations (B. T.
 * Doshi, Queueing systems with vacations, Queueing Systems 1, 1986): the mean wait is that of the
 * M/M/1 queue + E[V^2] / (2 E[V]); who is called back and needs a time D for it makes a queue with
 * a set-up time (H. Takagi, Queueing Analysis 1, 1991): + (2 D + r D^2) / (2 (1 + r D)) at rate r.
 * Both within 4.5 standard errors (each false alarm below 1e-5). Pieces that a contact interrupts
 * at once change no bit of the desk; with pieces without end an agent is always occupied. Planned
 * duties are breaks, to the last bit, but for the pay; put off, cancelled and late ones, and what
 * is left at midnight, are worked out by hand. */
#include "support/law.h"

#include <math.h>

static double measure(const struct tsim_result *result, enum tsim_scope scope, const char *name,
                      double *std_error)
{
    const struct tsim_estimate found =
        tsim_result_get(result, scope, 0, tsim_result_measure(result, scope, name));
    if (std_error)
        *std_error = found.std_error;
    return found.value;
}

static struct tsim_result *run_edited(const char *desk, const char *pool)
{
    char               *text = law_edited(desk, "\"agents\": 1", pool);
    struct law          law = law_load(text);
    struct tsim_result *result = law_run(&law, NULL);
    law_free(&law);
    free(text);
    return result;
}

/* ---- exact waits */

static const char long_run[] =
    "{ \"name\": \"long run\", \"run\": { \"kind\": \"steady_state\", \"warm_up\": \"20 d\", "
    "\"length\": \"400 d\", \"replications\": 64 },\n"
    "  \"streams\": [{ \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", "
    "\"rate\": \"6 /h\" } }],\n"
    "  \"tiers\": [{ \"name\": \"L1\", \"handling\": { \"kind\": \"exponential\", "
    "\"mean\": \"5 min\" },\n"
    "    \"pools\": [{ \"name\": \"p\", \"wage\": 20, \"agents\": 1 }] }] }";

static void expect_wait(const char *pool, double wait_s)
{
    struct tsim_result *result = run_edited(long_run, pool);
    double              error;
    const double        found = measure(result, TSIM_SCOPE_TIER, "wait_mean", &error);
    printf("%s: %.3f s, exactly %.3f, standard error %.3f\n", pool, found, wait_s, error);
    cr_expect_lt(fabs(found - wait_s), 4.5 * error, "%s: %g instead of %g", pool, found, wait_s);
    cr_expect_lt(error, wait_s / 50);
    tsim_result_free(result);
}

#define MM1_WAIT_S 300.0 /* load 1/2 */

Test(duties, pieces_that_are_finished_are_vacations)
{
    expect_wait("\"agents\": 1, \"idle_duties\": [ { \"name\": \"d\", \"per_day\": \"100 d\", "
                "\"interruptible\": false, \"piece\": \"4 min\" } ]", MM1_WAIT_S + 240 / 2);
    expect_wait("\"agents\": 1, \"idle_duties\": [ { \"name\": \"d\", \"per_day\": \"100 d\", "
                "\"interruptible\": false, \"piece\": { \"kind\": \"uniform\", \"low\": \"2 min\", "
                "\"high\": \"6 min\" } } ]", MM1_WAIT_S + 60 * (16 + 16 / 12.0) / 8);
}

Test(duties, putting_aside_is_a_set_up_time)
{
    const double d = 90, rate = 6 / 3600.0;
    expect_wait("\"agents\": 1, \"idle_duties\": [ { \"name\": \"d\", \"per_day\": \"1000 d\", "
                "\"back_after\": \"90 s\", \"piece\": \"100 d\" } ]",
                MM1_WAIT_S + (2 * d + rate * d * d) / (2 * (1 + rate * d)));
}

Test(duties, whoever_is_not_busy_is_at_them)
{
    struct tsim_result *result = run_edited(
        long_run, "\"agents\": 1, \"idle_duties\": [ { \"name\": \"d\", \"per_day\": \"100 d\", "
                  "\"interruptible\": false, \"piece\": \"4 min\" } ]");
    cr_expect(law_same(measure(result, TSIM_SCOPE_TIER, "occupancy_with_duties", NULL), 1));
    cr_expect(law_same(measure(result, TSIM_SCOPE_POOL, "cost_per_day", NULL), 20 * 24),
              "paid as ever");
    tsim_result_free(result);
}

/* ---- nothing is changed */

static const char day[] =
    "{ \"name\": \"day\", \"run\": { \"kind\": \"terminating\", \"length\": \"24 h\", "
    "\"replications\": 10 },\n"
    "  \"channels\": [{ \"name\": \"c\", \"patience\": { \"kind\": \"exponential\", "
    "\"mean\": \"3 min\" } }],\n"
    "  \"streams\": [{ \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", "
    "\"rate\": \"60 /h\" } }],\n"
    "  \"tiers\": [{ \"name\": \"L1\", \"resolves\": \"70 %\", \"handling\": { \"kind\": "
    "\"exponential\", \"mean\": \"5 min\" }, \"wrap_up\": \"20 s\",\n"
    "    \"pools\": [{ \"name\": \"p\", \"wage\": 20, \"agents\": 1 }] }] }";

/* All estimates of the desk, and of its tier but for its agents' time and pay. */
static void expect_equal(const char *pool, const char *other)
{
    static const char *const of_agents[] = { "occupancy", "utilisation", "agents_mean", "overtime",
                                             "cost", "dut", NULL };
    struct tsim_result *results[] = { run_edited(day, pool), run_edited(day, other) };
    static const enum tsim_scope scopes[] = { TSIM_SCOPE_DESK, TSIM_SCOPE_TIER };
    for (size_t s = 0; s < 2; s++) {
        size_t                            n;
        const struct tsim_measure *const measures =
            tsim_result_measures(results[0], scopes[s], &n);
        for (size_t m = 0; m < n; m++) {
            const struct tsim_estimate a = tsim_result_get(results[0], scopes[s], 0, m);
            const struct tsim_estimate b = tsim_result_get(results[1], scopes[s], 0, m);
            bool skip = false;
            for (size_t i = 0; of_agents[i]; i++)
                skip |= strstr(measures[m].name, of_agents[i]) != NULL;
            cr_expect(skip || memcmp(&a.value, &b.value, sizeof a.value) == 0, "%s: %s", other,
                      measures[m].name);
        }
    }
    tsim_result_free(results[0]);
    tsim_result_free(results[1]);
}

Test(duties, that_are_dropped_at_once_change_nothing)
{
    expect_equal("\"agents\": 7", "\"agents\": 7, \"idle_duties\": [ { \"name\": \"d\", "
                                  "\"per_day\": \"8 h\", \"after\": \"1 min\", \"piece\": "
                                  "\"10 min\" } ]");
    expect_equal("\"agents\": 7", "\"agents\": 7, \"idle_duties\": [ { \"name\": \"d\", "
                                  "\"per_day\": \"1 h\", \"interruptible\": false, "
                                  "\"after\": \"2 d\", \"piece\": \"10 min\" } ]");
    expect_equal("\"agents\": 7", "\"agents\": 7, \"duties\": [ { \"name\": \"d\", \"when\": [ { "
                                  "\"from\": \"10:00\", \"to\": \"11:00\" } ], \"share\": 0 } ]");
}

#define BREAKS(times)                                                                              \
    "\"agents\": [ { \"agents\": 5 }, { \"agents\": 2, \"breaks\": [ " times " ] } ]"
#define DUTIES(times) "\"duties\": [ { \"name\": \"d\", \"when\": [ " times " ], \"agents\": 2 } ]"
#define TIMES                                                                                      \
    "{ \"from\": \"10:00\", \"to\": \"10:30\" }, { \"from\": \"14:10\", \"to\": \"16:00\" }"

Test(duties, planned_ones_are_breaks)
{
    expect_equal(BREAKS(TIMES), "\"agents\": 7, " DUTIES(TIMES));
    expect_equal("\"shift_end\": \"requeue\", " BREAKS(TIMES),
                 "\"shift_end\": \"requeue\", \"agents\": 7, " DUTIES(TIMES));
    expect_equal(BREAKS(TIMES), "\"agents\": [ { \"agents\": 7, \"to\": \"10:00\" }, { \"agents\": "
                                "7, \"from\": \"10:00\", \"to\": \"00:00\" } ], " DUTIES(TIMES));
}

/* ---- by hand */

/* Contacts come every 10 minutes, for 25 each, to two agents. */
static const char clockwork[] =
    "{ \"name\": \"clockwork\", \"run\": { \"kind\": \"terminating\", \"length\": \"50 min\", "
    "\"start\": \"Mon 00:00\", \"replications\": 2 },\n"
    "  \"streams\": [{ \"name\": \"s\", \"arrivals\": { \"kind\": \"renewal\", "
    "\"between\": { \"kind\": \"constant\", \"value\": \"10 min\" } } }],\n"
    "  \"tiers\": [{ \"name\": \"L1\", \"handling\": \"25 min\",\n"
    "    \"pools\": [{ \"name\": \"p\", \"wage\": 60, \"agents\": 1 }] }] }";

struct hand {
    const char *pool;
    double      done_s, wanted_s, put_off, cancelled, overtime_s;
};

static void expect_by_hand(const struct hand *hand)
{
    struct tsim_result *result = run_edited(clockwork, hand->pool);
    const double done_s = measure(result, TSIM_SCOPE_POOL, "duties_per_day", NULL);
    const double wanted_s = measure(result, TSIM_SCOPE_POOL, "duties_wanted_per_day", NULL);
    const double put_off = measure(result, TSIM_SCOPE_POOL, "duties_put_off_per_day", NULL);
    const double cancelled = measure(result, TSIM_SCOPE_POOL, "duties_cancelled_per_day", NULL);
    const double overtime_s = measure(result, TSIM_SCOPE_POOL, "overtime_per_day", NULL);
    cr_expect(law_same(done_s, hand->done_s) && law_same(wanted_s, hand->wanted_s) &&
                  law_same(put_off, hand->put_off) && law_same(cancelled, hand->cancelled) &&
                  law_same(overtime_s, hand->overtime_s),
              "%s: %g s of %g s, put off %g, cancelled %g, overtime %g s", hand->pool, done_s,
              wanted_s, put_off, cancelled, overtime_s);
    tsim_result_free(result);
}

#define MEETING(more)                                                                              \
    "\"agents\": 2, \"duties\": [ { \"name\": \"d\", \"agents\": 1, \"when\": [ { \"from\": "      \
    "\"00:32\", \"to\": \"00:42\" } ]" more " } ]"

Test(duties, by_hand)
{
    static const struct hand hands[] = {
        /* Work ends at 35: then the agent goes, until 42. */
        { MEETING(""), 420, 600, 0, 0, 0 },
        /* At 32 somebody waits, at 36 nobody: until 46, but the next who is free is so at 45. */
        { MEETING(", \"put_off_from\": 1, \"look_again\": \"4 min\", \"put_off_most\": \"4 min\""),
          60, 600, 1, 0, 0 },
        { MEETING(", \"put_off_from\": 1, \"look_again\": \"4 min\", \"put_off_most\": \"3 min\""),
          0, 600, 0, 1, 0 },
        { MEETING(", \"put_off_from\": 2"), 420, 600, 0, 0, 0 },
        /* The first is at it from 3 to 10, then the second until 20. */
        { "\"agents\": 2, \"idle_duties\": [ { \"name\": \"d\", \"per_day\": \"1 h\", \"piece\": "
          "\"2 h\", \"after\": \"3 min\" } ]", 17 * 60, 3600, 0, 0, 0 },
        /* One goes home at 30, with overtime until 35; who is late for 10 minutes has none. */
        { "\"agents\": [ { \"to\": \"00:30\", \"agents\": 1 }, { \"agents\": 1 } ], \"duties\": "
          "[ { \"name\": \"d\", \"when\": [ { \"from\": \"00:30\", \"to\": \"00:40\" } ] } ]",
          0, 600, 0, 0, 300 },
    };
    for (size_t i = 0; i < sizeof hands / sizeof *hands; i++)
        expect_by_hand(&hands[i]);
}

/* From 23:00 on three hours a day are wanted of one agent who has nothing else to do; what is left
 * at midnight is kept or not. */
static void expect_left_over(const char *left_over, double done_s, double wanted_s)
{
    static const char nights[] =
        "{ \"name\": \"nights\", \"run\": { \"kind\": \"terminating\", \"length\": \"24 h\", "
        "\"start\": \"Mon 23:00\", \"replications\": 2 }, \"streams\": [{ \"name\": \"s\", "
        "\"arrivals\": { \"kind\": \"poisson\", \"rate\": 0 } }], \"tiers\": [{ \"name\": \"L1\", "
        "\"handling\": \"1 min\", \"pools\": [{ \"name\": \"p\", \"agents\": 1, \"idle_duties\": [ "
        "{ \"name\": \"d\", \"per_day\": \"3 h\", \"piece\": \"40 min\", \"left_over\": \"kept\" "
        "} ] }] }] }";
    char               *text = law_edited(nights, "\"kept\"", left_over);
    struct law          law = law_load(text);
    struct tsim_result *result = law_run(&law, NULL);
    cr_expect(law_same(measure(result, TSIM_SCOPE_POOL, "duties_per_day", NULL), done_s));
    cr_expect(law_same(measure(result, TSIM_SCOPE_POOL, "duties_undone_per_day", NULL),
                       wanted_s - done_s));
    tsim_result_free(result);
    law_free(&law);
    free(text);
}

Test(duties, what_is_left_at_midnight)
{
    expect_left_over("\"kept\"", 6 * 3600, 6 * 3600);
    /* A second piece has begun, and is finished. */
    expect_left_over("\"dropped\"", 80 * 60 + 3 * 3600, 6 * 3600);
}
