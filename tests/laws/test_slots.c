/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: agents who work on several contacts at once do so as theory says, and pace is what it is
 * said to be; who comes, and what is paid by the piece.
 * Method: one agent with K places and slow-down s(n) is a birth-death process with
 * death rates n mu / s(n), whose stationary law gives blocking, the number there and the time in
 * hand exactly; two agents with two places each, of whom the one with less in hand is asked, are a
 * chain on the numbers in hand, solved by iteration. Simulated values must be within 4.9 standard
 * errors (false alarm of all together below 1e-4), with standard errors under 1 % of the value.
 * Limits hold bit for bit: one at a time is as without; places that slow nothing down are as many
 * agents; a factor of 1 and a rate of 100 % are as without. Individual factors and practice are
 * worked out by hand on a desk of clockwork. */
#include "support/law.h"

#include <math.h>

static const char desk[] =
    "{ \"name\": \"chat\", \"run\": { \"kind\": \"steady_state\", \"warm_up\": \"5 h\", "
    "\"length\": \"2000 h\", \"cycle\": \"1 h\", \"replications\": 40 },\n"
    "  \"streams\": [{ \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", "
    "\"rate\": \"18 /h\" } }],\n"
    "  \"tiers\": [{ \"name\": \"L1\", \"handling\": { \"kind\": \"exponential\", \"mean\": "
    "\"5 min\" }, \"queue\": { \"capacity\": 2 },\n"
    "    \"pools\": [{ \"name\": \"p\", \"agents\": AGENTS }] }] }";

static struct tsim_result *run_with(const char *agents)
{
    char               *text = law_edited(desk, "AGENTS", agents);
    struct law          law = law_load(text);
    struct tsim_result *result = law_run(&law, NULL);
    law_free(&law);
    free(text);
    return result;
}

static void expect(const struct tsim_result *result, enum tsim_scope scope, const char *name,
                   double exact)
{
    const struct tsim_estimate found =
        tsim_result_get(result, scope, 0, tsim_result_measure(result, scope, name));
    cr_expect(found.std_error < 0.01 * exact, "%s: std error %g of %g", name, found.std_error,
              exact);
    cr_expect(fabs(found.value - exact) < 4.9 * found.std_error, "%s: %.6f instead of %.6f (%.6f)",
              name, found.value, exact, found.std_error);
}

Test(slots, one_agent_is_a_birth_death_process)
{
    enum { PLACES = 4, WAITING = 2, STATES = PLACES + WAITING + 1 };
    static const double slow_down[PLACES] = { 1, 1.3, 1.7, 2.6 };
    const double lambda = 18, mu = 12;
    double       p[STATES] = { 1 }, sum = 1, there = 0, busy = 0;
    for (int n = 1; n < STATES; n++) {
        const int in_hand = n < PLACES ? n : PLACES;
        p[n] = p[n - 1] * lambda / (in_hand * mu / slow_down[in_hand - 1]);
        sum += p[n];
    }
    for (int n = 0; n < STATES; n++) {
        there += n * p[n] / sum;
        busy += (n < PLACES ? n : PLACES) * p[n] / sum;
    }
    struct tsim_result *result = run_with(
        "1, \"concurrency\": { \"contacts\": 4, \"slow_down\": [1, 1.3, 1.7, 2.6] }");
    const double let_in = lambda * (1 - p[STATES - 1] / sum) / 3600;
    expect(result, TSIM_SCOPE_TIER, "blocked_share", p[STATES - 1] / sum);
    expect(result, TSIM_SCOPE_DESK, "backlog_mean", there);
    expect(result, TSIM_SCOPE_TIER, "occupancy", busy / PLACES);
    expect(result, TSIM_SCOPE_TIER, "handling_mean", busy / let_in);
    tsim_result_free(result);
}

/* Rate at which an agent with n of two in hand is done with one. */
static double done_with(int n)
{
    return n == 0 ? 0 : n == 1 ? 12 : 2 * 12 / 1.6;
}

/* The chain of two agents: a <= b in hand, w waiting when both have two. */
static void solve_pair(double *blocked, double *there)
{
    static const int hands[][2] = { { 0, 0 }, { 0, 1 }, { 1, 1 }, { 0, 2 }, { 1, 2 }, { 2, 2 } };
    double           p[8] = { 1 }, rates[8][8] = { { 0 } };
    for (int i = 0; i < 8; i++) { /* 6 and 7: one and two wait */
        const int a = i < 6 ? hands[i][0] : 2, b = i < 6 ? hands[i][1] : 2;
        if (i >= 5) {
            if (i < 7)
                rates[i][i + 1] += 18;
            if (i > 5)
                rates[i][i - 1] += 2 * done_with(2);
        }
        for (int j = 0; j < 6; j++) {
            const int x = hands[j][0], y = hands[j][1];
            if (i < 5 && a + b + 1 == x + y && (a + 1 == x || a + 1 == y) &&
                (a < b ? (a + 1 <= b ? x == a + 1 && y == b : 0) : x == a && y == a + 1))
                rates[i][j] += 18;
            if (i > 5 || a + b - 1 != x + y)
                continue;
            if (a > 0 && x == a - 1 && y == b)
                rates[i][j] += done_with(a);
            if (b > 0 && ((x == a && y == b - 1) || (x == b - 1 && y == a)))
                rates[i][j] += done_with(b);
        }
    }
    for (int k = 0; k < 20000; k++) { /* uniformised steps */
        double next[8];
        memcpy(next, p, sizeof next);
        for (int i = 0; i < 8; i++)
            for (int j = 0; j < 8; j++) {
                next[i] -= p[i] * rates[i][j] / 100;
                next[j] += p[i] * rates[i][j] / 100;
            }
        memcpy(p, next, sizeof p);
    }
    *blocked = p[7];
    *there = p[1] + 2 * p[2] + 2 * p[3] + 3 * p[4] + 4 * p[5] + 5 * p[6] + 6 * p[7];
}

Test(slots, the_one_with_less_in_hand_is_asked)
{
    double blocked, there;
    solve_pair(&blocked, &there);
    struct tsim_result *result =
        run_with("2, \"concurrency\": { \"contacts\": 2, \"slow_down\": [1, 1.6] }");
    expect(result, TSIM_SCOPE_TIER, "blocked_share", blocked);
    expect(result, TSIM_SCOPE_DESK, "backlog_mean", there);
    tsim_result_free(result);
}

/* ---- limits */

static void expect_equal(const char *agents, const char *other)
{
    struct tsim_result *results[] = { run_with(agents), run_with(other) };
    size_t              n;
    tsim_result_measures(results[0], TSIM_SCOPE_DESK, &n);
    for (size_t m = 0; m < n; m++) {
        const struct tsim_estimate a = tsim_result_get(results[0], TSIM_SCOPE_DESK, 0, m);
        const struct tsim_estimate b = tsim_result_get(results[1], TSIM_SCOPE_DESK, 0, m);
        cr_expect(memcmp(&a.value, &b.value, sizeof a.value) == 0, "%s: measure %zu", other, m);
    }
    tsim_result_free(results[0]);
    tsim_result_free(results[1]);
}

Test(slots, nothing_is_nothing)
{
    expect_equal("2", "2, \"concurrency\": { \"contacts\": 1, \"slow_down\": [7] }");
    expect_equal("6", "2, \"concurrency\": { \"contacts\": 3 }");
    expect_equal("6", "3, \"concurrency\": { \"contacts\": 2, \"slow_down\": [1, 1] }");
    expect_equal("2", "2, \"absence\": { \"share\": 0 }");
    expect_equal("2", "2, \"individual_factor\": 1");
    expect_equal("2", "2, \"learning\": { \"rate\": 1 }");
}

/* ---- absence */

/* The number here on a day is binomial: its mean and, over days, its variance (chi-square with 399
 * degrees of freedom: within 40 % of it but for a chance below 1e-5). Who is absent and paid costs
 * as much as who is here. */
Test(slots, absence_is_binomial_by_day)
{
    static const char text[] =
        "{ \"name\": \"absence\", \"run\": { \"kind\": \"terminating\", \"length\": \"24 h\", "
        "\"replications\": 400 },\n"
        "  \"streams\": [{ \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", "
        "\"rate\": \"2 /h\" } }],\n"
        "  \"tiers\": [{ \"name\": \"L1\", \"handling\": \"1 min\", \"pools\": [{ \"name\": \"p\", "
        "\"agents\": 20, \"wage\": 10, \"absence\": { \"share\": 0.15, \"paid\": PAID } }] }] }";
    double cost[2];
    for (int paid = 0; paid < 2; paid++) {
        char               *whole = law_edited(text, "PAID", paid ? "true" : "false");
        struct law          law = law_load(whole);
        struct tsim_result *result = law_run(&law, NULL);
        const struct tsim_estimate here =
            tsim_result_find(result, TSIM_SCOPE_POOL, "p", "agents_mean");
        const double variance = here.std_error * here.std_error * 400;
        cr_expect(fabs(here.value - 17) < 4.9 * here.std_error, "%.4f agents (%.4f)", here.value,
                  here.std_error);
        cr_expect(fabs(variance / (20 * 0.15 * 0.85) - 1) < 0.4, "variance %.4f", variance);
        cost[paid] = tsim_result_find(result, TSIM_SCOPE_COST, "wages", "per_day").value;
        cr_expect(law_same(cost[paid], 240 * (paid ? 20 : here.value)), "%g", cost[paid]);
        tsim_result_free(result);
        law_free(&law);
        free(whole);
    }
}

/* ---- pace, by hand */

/* A contact every 10 minutes, of 8 minutes each; the last comes after 50. */
static double sum_of_works(const char *pace)
{
    static const char text[] =
        "{ \"name\": \"clockwork\", \"run\": { \"kind\": \"terminating\", \"length\": \"51 min\", "
        "\"replications\": 2 },\n"
        "  \"streams\": [{ \"name\": \"s\", \"arrivals\": { \"kind\": \"renewal\", "
        "\"between\": \"10 min\" } }],\n"
        "  \"tiers\": [{ \"name\": \"L1\", \"handling\": \"8 min\",\n"
        "    \"pools\": [{ \"name\": \"p\", \"agents\": 1PACE }] }] }";
    char               *whole = law_edited(text, "PACE", pace);
    struct law          law = law_load(whole);
    struct tsim_result *result = law_run(&law, NULL);
    const double        mean =
        tsim_result_find(result, TSIM_SCOPE_TIER, "L1", "handling_mean").value;
    const double wages = tsim_result_find(result, TSIM_SCOPE_COST, "wages", "per_day").value;
    if (strstr(pace, "fee"))
        cr_expect(law_same(wages, 5 * 3 + 40 / 60.0 * 30), "wages %g", wages);
    tsim_result_free(result);
    law_free(&law);
    free(whole);
    return 5 * mean / 60;
}

Test(slots, pace_by_hand)
{
    cr_expect(law_same(sum_of_works(""), 40));
    cr_expect(law_same(sum_of_works(", \"individual_factor\": 0.5"), 20));
    cr_expect(law_same(sum_of_works(", \"wage\": 0, \"fee_per_contact\": 3, \"fee_per_hour\": 30"),
                       40));
    double sum = 0, least = 0;
    for (int done = 0; done < 5; done++) {
        sum += 8 * pow((4 + done) / 4.0, log2(0.8));
        least += 8 * fmax(0.9, pow(1 + done, log2(0.8)));
    }
    cr_expect(law_same(sum_of_works(", \"learning\": { \"rate\": 0.8, \"experience\": 3 }"), sum));
    cr_expect(law_same(sum_of_works(", \"learning\": { \"rate\": 0.8, \"least\": 0.9 }"), least));
}
