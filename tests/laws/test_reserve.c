/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: a policy that holds agents back does what the theory of it says. Method: docs/examples/
 * reserve.c on a desk without waiting places is trunk reservation: with n of c agents busy the
 * others are let in while c - n > r, urgent ones while c - n > 0, so n is a birth-death process
 * whose stationary law gives both blocking probabilities exactly. Simulated shares must be within
 * 4.9 standard errors for each r (false alarm of all together below 1e-4), with standard errors
 * under 5 % of the share. */
#include "support/law.h"

#include <math.h>

#include "support/policies.h"

enum { AGENTS = 8, REPLICATIONS = 40 };

static const char desk[] =
    "{ \"name\": \"loss\",\n"
    "  \"run\": { \"kind\": \"steady_state\", \"warm_up\": \"3 h\", \"length\": \"500 h\", "
    "\"cycle\": \"1 h\", \"replications\": 40 },\n"
    "  \"severities\": [ { \"name\": \"urgent\", \"priority\": 1 }, { \"name\": \"normal\" } ],\n"
    "  \"issue_types\": [ { \"name\": \"fire\" }, { \"name\": \"rest\" } ],\n"
    "  \"streams\": [ { \"name\": \"u\", \"issues\": \"fire\", \"severities\": \"urgent\",\n"
    "      \"arrivals\": { \"kind\": \"poisson\", \"rate\": \"24 /h\" } },\n"
    "    { \"name\": \"n\", \"issues\": \"rest\", \"severities\": \"normal\",\n"
    "      \"arrivals\": { \"kind\": \"poisson\", \"rate\": \"48 /h\" } } ],\n"
    "  \"tiers\": [ { \"name\": \"line\", \"handling\": { \"kind\": \"exponential\", \"mean\": "
    "\"5 min\" },\n"
    "      \"queue\": { \"capacity\": 0 }, \"pools\": [ { \"name\": \"p\", \"agents\": 5 },\n"
    "        { \"name\": \"q\", \"agents\": 3 } ] } ] }";

/* Blocking of urgent and of other contacts with r agents reserved; loads in agents. */
static void solve(double urgent, double other, uint32_t r, double blocked[2])
{
    double weight[AGENTS + 1] = { 1 }, sum = 1;
    blocked[0] = blocked[1] = 0;
    for (uint32_t n = 1; n <= AGENTS; n++) {
        const bool all = AGENTS - (n - 1) > r; /* come in where n - 1 are busy */
        weight[n] = weight[n - 1] * (urgent + (all ? other : 0)) / n;
        sum += weight[n];
    }
    for (uint32_t n = 0; n <= AGENTS; n++)
        blocked[1] += AGENTS - n <= r ? weight[n] / sum : 0;
    blocked[0] = weight[AGENTS] / sum;
}

Test(reserve, blocking_is_that_of_trunk_reservation)
{
    for (uint32_t r = 0; r <= 2; r++) {
        char   rest[64];
        double exact[2];
        snprintf(rest, sizeof rest, ", \"parameters\": { \"reserve\": %u }", r);
        solve(2, 4, r, exact);
        struct tsim_problems *problems = tsim_problems_new();
        char                 *text = policy_text(desk, "example_reserve.so", rest);
        struct tsim_scenario *scenario = policy_load(text, problems);
        struct tsim_result   *result = scenario ? tsim_run(scenario, NULL, problems) : NULL;
        tsim_problems_print(problems, stderr, 0);
        cr_assert(result);
        const size_t measure =
            tsim_result_measure(result, TSIM_SCOPE_TIER_ISSUE, "blocked_share");
        for (size_t i = 0; i < 2; i++) {
            const struct tsim_estimate found =
                tsim_result_get(result, TSIM_SCOPE_TIER_ISSUE, i, measure);
            cr_assert_lt(found.std_error, 0.05 * exact[i]);
            cr_assert_lt(fabs(found.value - exact[i]), 4.9 * found.std_error,
                         "%u reserved, class %zu: %.5f instead of %.5f, std error %.5f", r, i,
                         found.value, exact[i], found.std_error);
        }
        tsim_result_free(result);
        tsim_scenario_free(scenario);
        tsim_problems_free(problems);
        free(text);
    }
}
