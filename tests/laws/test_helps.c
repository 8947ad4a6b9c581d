/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: agents help another tier when nothing waits for them in their own and nobody there is idle,
 * and not otherwise.
 * Method: two tiers of one exponential agent each with bounded queues and a stream of their own, of
 * which the second helps the first, are a chain on (who works on what, who waits), solved by
 * iteration: blocking, queues and how busy each agent is are known exactly. Simulated values must
 * be within 4.9 standard errors (false alarm of all together below 1e-4), with standard errors
 * under 2 % of the value. Limits hold bit for bit: help that a reserve keeps from ever coming, or
 * that nobody is there to give, is as none. */
#include "support/law.h"

#include <math.h>

static const char desk[] =
    "{ \"name\": \"help\", \"run\": { \"kind\": \"steady_state\", \"warm_up\": \"10 h\", "
    "\"length\": \"2000 h\", \"replications\": 40 },\n"
    "  \"issue_types\": [{ \"name\": \"any\" }],\n"
    "  \"streams\": [\n"
    "    { \"name\": \"front\", \"arrivals\": { \"kind\": \"poisson\", \"rate\": \"12 /h\" } },\n"
    "    { \"name\": \"back\", \"arrivals\": { \"kind\": \"poisson\", \"rate\": \"4 /h\" }, "
    "\"enters_at\": \"L2\" }],\n"
    "  \"tiers\": [\n"
    "    { \"name\": \"L1\", \"handling\": { \"kind\": \"exponential\", \"mean\": \"5 min\" }, "
    "\"queue\": { \"capacity\": 2 }, \"pools\": [{ \"name\": \"one\", \"agents\": 1 }] },\n"
    "    { \"name\": \"L2\", \"handling\": { \"kind\": \"exponential\", \"mean\": \"6 min\" }, "
    "\"queue\": { \"capacity\": 2 }, \"pools\": [{ \"name\": \"two\", \"agents\": 1 HELPS }] }] }";

static struct tsim_result *run_with(const char *helps)
{
    char               *text = law_edited(desk, " HELPS", helps);
    struct law          law = law_load(text);
    struct tsim_result *result = law_run(&law, NULL);
    law_free(&law);
    free(text);
    return result;
}

static void expect(const struct tsim_result *result, enum tsim_scope scope, size_t entry,
                   const char *name, double exact)
{
    const struct tsim_estimate found =
        tsim_result_get(result, scope, entry, tsim_result_measure(result, scope, name));
    cr_expect(found.std_error < 0.02 * exact, "%s: std error %g of %g", name, found.std_error,
              exact);
    cr_expect(fabs(found.value - exact) < 4.9 * found.std_error, "%s: %.6f instead of %.6f (%.6f)",
              name, found.value, exact, found.std_error);
}

/* ---- the chain */

enum { IDLE, OWN, HELP };

struct state {
    int one, two, waiting_one, waiting_two; /* two: IDLE, OWN or HELP                        */
};

enum { STATES = 2 * 3 * 3 * 3 };

static int number_of(struct state s)
{
    return ((s.one * 3 + s.two) * 3 + s.waiting_one) * 3 + s.waiting_two;
}

/* The second agent is free: takes its own first, then helps. */
static struct state second_goes_on(struct state s)
{
    s.two = s.waiting_two > 0 ? OWN : s.waiting_one > 0 ? HELP : IDLE;
    s.waiting_two -= s.two == OWN;
    s.waiting_one -= s.two == HELP;
    return s;
}

static struct state front_comes(struct state s)
{
    if (s.one == 0)
        s.one = 1;
    else if (s.two == IDLE)
        s.two = HELP;
    else
        s.waiting_one += s.waiting_one < 2;
    return s;
}

static struct state back_comes(struct state s)
{
    if (s.two == IDLE)
        s.two = OWN;
    else
        s.waiting_two += s.waiting_two < 2;
    return s;
}

static struct state first_goes_on(struct state s)
{
    s.one = s.waiting_one > 0;
    s.waiting_one -= s.one;
    return s;
}

static void flow(const double *p, double *next, struct state from, struct state to, double rate)
{
    const double moved = p[number_of(from)] * rate / 60;
    next[number_of(from)] -= moved;
    next[number_of(to)] += moved;
}

static struct state state_of(int i)
{
    return (struct state){ i / 27, i / 9 % 3, i / 3 % 3, i % 3 };
}

static void solve(double *p, double help_rate)
{
    for (int i = 0; i < STATES; i++)
        p[i] = i == 0;
    for (int k = 0; k < 20000; k++) {
        double next[STATES];
        memcpy(next, p, sizeof next);
        for (int i = 0; i < STATES; i++) {
            const struct state s = state_of(i);
            if (p[i] == 0)
                continue;
            flow(p, next, s, front_comes(s), 12);
            flow(p, next, s, back_comes(s), 4);
            if (s.one)
                flow(p, next, s, first_goes_on(s), 12);
            if (s.two != IDLE)
                flow(p, next, s, second_goes_on(s), s.two == OWN ? 10 : help_rate);
        }
        memcpy(p, next, sizeof next);
    }
}

Test(helps, is_an_exact_chain)
{
    double p[STATES], blocked_one = 0, blocked_two = 0, one = 0, two = 0, waiting = 0;
    solve(p, 15);
    for (int i = 0; i < STATES; i++) {
        const struct state s = state_of(i);
        blocked_one += p[i] * (s.one && s.two != IDLE && s.waiting_one == 2);
        blocked_two += p[i] * (s.two != IDLE && s.waiting_two == 2);
        one += p[i] * s.one;
        two += p[i] * (s.two != IDLE);
        waiting += p[i] * s.waiting_one;
    }
    struct tsim_result *result =
        run_with(", \"helps\": [ { \"tier\": \"L1\", \"time_factor\": 0.8 } ]");
    expect(result, TSIM_SCOPE_TIER, 0, "blocked_share", blocked_one);
    expect(result, TSIM_SCOPE_TIER, 1, "blocked_share", blocked_two);
    expect(result, TSIM_SCOPE_TIER, 0, "queue_mean", waiting);
    expect(result, TSIM_SCOPE_POOL, 0, "occupancy", one);
    expect(result, TSIM_SCOPE_POOL, 1, "occupancy", two);
    tsim_result_free(result);
}

/* ---- limits */

static void expect_equal(const char *helps, const char *other)
{
    struct tsim_result *results[] = { run_with(helps), run_with(other) };
    cr_expect(strcmp(tsim_result_digest(results[0]), tsim_result_digest(results[1])) == 0,
              "%s, %s", helps, other);
    tsim_result_free(results[0]);
    tsim_result_free(results[1]);
}

Test(helps, that_never_comes_is_none)
{
    expect_equal("", ", \"helps\": [ { \"tier\": \"L1\", \"reserve\": 1 } ]");
    expect_equal("", ", \"helps\": [ { \"tier\": \"L1\", \"only_if\": [ { \"waiting\": "
                     "\"general\", \"at_least\": 3 } ] } ]");
    expect_equal(" }, { \"name\": \"three\", \"agents\": 0",
                 " }, { \"name\": \"three\", \"agents\": 0, \"helps\": [ { \"tier\": \"L1\" } ]");
}

Test(helps, may_come_after_a_wait)
{
    struct tsim_result *result =
        run_with(", \"helps\": [ { \"tier\": \"L1\", \"after\": \"1 min\" } ]");
    struct tsim_result *none = run_with("");
    struct tsim_result *at_once = run_with(", \"helps\": [ { \"tier\": \"L1\" } ]");
    const size_t blocked = tsim_result_measure(result, TSIM_SCOPE_TIER, "blocked_share");
    const double later = tsim_result_get(result, TSIM_SCOPE_TIER, 0, blocked).value;
    cr_expect(later < tsim_result_get(none, TSIM_SCOPE_TIER, 0, blocked).value * 0.8);
    cr_expect(later > tsim_result_get(at_once, TSIM_SCOPE_TIER, 0, blocked).value * 1.05);
    tsim_result_free(at_once);
    tsim_result_free(none);
    tsim_result_free(result);
}
