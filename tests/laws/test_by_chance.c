/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: idle pools are chosen by chance in the ratio of their weights, and only among those of the
 * lowest preference.
 * Method: two agents of different pace without waiting places are a chain of four states (who
 * works), solved here; simulated shares must be within 4.5 standard errors (six of them: false
 * alarm below 1e-4), which must be small. Where preferences differ, the choice is that of the
 * selection by preference, and where one pool is left, there is none: to the last bit. */
#include "support/law.h"

#include <math.h>

static const char desk[] =
    "{ \"name\": \"two\", \"run\": { \"kind\": \"steady_state\", \"warm_up\": \"100 h\", "
    "\"length\": \"4000 h\", \"replications\": 20 },\n"
    "  \"streams\": [{ \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", "
    "\"rate\": \"12 /h\" } }],\n"
    "  \"tiers\": [{ \"name\": \"L1\", \"handling\": { \"kind\": \"exponential\", "
    "\"mean\": \"5 min\" }, \"selection\": \"by_chance\", \"queue\": { \"capacity\": 0 },\n"
    "    \"pools\": [{ \"name\": \"a\", \"agents\": 1, \"skills\": [ { \"skill\": \"general\", "
    "\"pool_weight\": 3, \"preference\": 0 } ] },\n"
    "      { \"name\": \"b\", \"agents\": 1, \"time_factor\": 2, \"skills\": [ { \"skill\": "
    "\"general\", \"pool_weight\": 1 } ] }] }] }";

static struct tsim_result *run_edited(const char *find, const char *put)
{
    char               *text = law_edited(desk, find, put);
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
    cr_expect_lt(fabs(found.value - exact), 4.5 * found.std_error, "%s %zu: %g instead of %g",
                 name, entry, found.value, exact);
    cr_expect_lt(found.std_error, exact / 100, "%s", name);
}

/* Of a weight of the first pool against 1 of the second. */
static void expect_chain(const char *weight, double first)
{
    /* At rates of 12, 12 and 6 an hour: nobody, a, b, both at work; uniformised. */
    const double p = first / (first + 1);
    double       at[4] = { 1 };
    for (int k = 0; k < 5000; k++) {
        const double flow[4] = { 12 * at[1] + 6 * at[2] - 12 * at[0],
                                 12 * p * at[0] + 6 * at[3] - 24 * at[1],
                                 12 * (1 - p) * at[0] + 12 * at[3] - 18 * at[2],
                                 12 * at[1] + 12 * at[2] - 18 * at[3] };
        for (int i = 0; i < 4; i++)
            at[i] += flow[i] / 40;
    }
    struct tsim_result *result = run_edited("\"pool_weight\": 3", weight);
    expect(result, TSIM_SCOPE_TIER, 0, "blocked_share", at[3]);
    expect(result, TSIM_SCOPE_POOL, 0, "occupancy", at[1] + at[3]);
    expect(result, TSIM_SCOPE_POOL, 1, "occupancy", at[2] + at[3]);
    tsim_result_free(result);
}

Test(by_chance, is_an_exact_chain)
{
    expect_chain("\"pool_weight\": 3", 3);
    expect_chain("\"pool_weight\": 0.25", 0.25);
}

static void expect_same(struct tsim_result *a, struct tsim_result *b)
{
    size_t n;
    tsim_result_measures(a, TSIM_SCOPE_POOL, &n);
    for (size_t i = 0; i < 2; i++)
        for (size_t m = 0; m < n; m++) {
            const struct tsim_estimate x = tsim_result_get(a, TSIM_SCOPE_POOL, i, m);
            const struct tsim_estimate y = tsim_result_get(b, TSIM_SCOPE_POOL, i, m);
            cr_expect(memcmp(&x.value, &y.value, sizeof x.value) == 0, "pool %zu, measure %zu", i,
                      m);
        }
    tsim_result_free(a);
    tsim_result_free(b);
}

Test(by_chance, only_among_equal_ranks)
{
    char *ranked = law_edited(desk, "\"preference\": 0", "\"preference\": 1");
    char *other = law_edited(ranked, "by_chance", "preference");
    struct law laws[] = { law_load(ranked), law_load(other) };
    expect_same(law_run(&laws[0], NULL), law_run(&laws[1], NULL));
    law_free(&laws[0]);
    law_free(&laws[1]);
    free(other);
    free(ranked);
    /* A pool that is next to never drawn is one of a higher preference. */
    expect_same(run_edited("\"pool_weight\": 3", "\"pool_weight\": 1e-12"),
                run_edited("\"preference\": 0", "\"preference\": 1"));
}
