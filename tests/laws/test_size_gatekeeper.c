/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ctest: slow
 *
 * Goal: gatekeepers and experts are sized as exhaustive exact search sizes them: the cheapest pair
 * that keeps a promise about the whole desk, or one for each tier, where the tiers hang together.
 * Method: a gatekeeper diagnoses, treats a share of the cases at once with some success, and hands
 * the others to experts; customers give up in both lines. The stationary law of that Markov chain
 * (waiting, diagnosing, treating; at the experts) is computed for every pair of numbers by uniform
 * steps until nothing changes; its lines are cut off where fewer than one in 10^7 come. Targets lie
 * in the widest gaps between the values of pairs, many standard errors from all of them, so a wrong
 * answer has a chance below 1e-6. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tiersim.h>

#include "support/sized.h"

enum { TEXT = 4096, KEEPERS = 7, EXPERTS = 5, WAITING = 24, STEPS_MOST = 20000 };

/* Rates a minute. */
struct desk {
    double calls, diagnosis, treatment, expert; /* of work: per agent                         */
    double tried, solved;                       /* shares: of cases, of those tried           */
    double leave[2];                            /* giving up, at keepers and experts           */
    double wage[2];
    bool   apart;                               /* a promise for each tier, not one for all    */
};

static const struct desk desks[] = {
    { 1.0, 0.6, 0.6, 0.3, 0.7, 0.65, { 0.4, 0.2 }, { 20, 60 }, false },
    { 1.0, 0.6, 0.6, 0.3, 0.7, 0.65, { 0.4, 0.2 }, { 20, 60 }, true },
    { 1.4, 1.0, 1.0, 0.4, 0.8, 0.80, { 0.3, 0.3 }, { 25, 40 }, false },
    { 0.8, 0.5, 0.5, 0.25, 0.5, 0.90, { 0.5, 0.1 }, { 30, 90 }, false },
    { 0.9, 0.6, 0.6, 0.3, 0.6, 0.80, { 0.5, 0.3 }, { 20, 25 }, true },
};

/* ---- exact */

/* A state: waiting w (only when all keepers work), treating t, at work s, at the experts e. */
struct chain {
    const struct desk *desk;
    uint32_t           keepers, experts;
    double            *now, *next;
};

static size_t at(const struct chain *chain, uint32_t w, uint32_t s, uint32_t t, uint32_t e)
{
    const uint32_t first = s < chain->keepers ? s : chain->keepers + w; /* in the first line  */
    return ((size_t)first * (KEEPERS + 1) + t) * (EXPERTS + WAITING + 1) + e;
}

static size_t states(const struct chain *chain)
{
    return (size_t)(chain->keepers + WAITING + 1) * (KEEPERS + 1) * (EXPERTS + WAITING + 1);
}

/* Gives probability p * rate of a state to another, and takes it away. */
static void flow(const struct chain *chain, size_t from, double rate, size_t to)
{
    const double p = chain->now[from] * rate;
    chain->next[from] -= p;
    chain->next[to] += p;
}

/* What happens in one state in a step of length h. */
static void step(const struct chain *chain, uint32_t w, uint32_t s, uint32_t t, uint32_t e,
                 double h)
{
    const struct desk *desk = chain->desk;
    const size_t       from = at(chain, w, s, t, e);
    const uint32_t     most = chain->experts + WAITING;
    const uint32_t     up = e < most ? e + 1 : most; /* one in 10^7 is lost there             */
    const uint32_t     d = s - t, left = w > 0 ? w - 1 : 0, busy = w > 0 ? s : s - (s > 0);
    if (chain->now[from] <= 0)
        return;
    if (s < chain->keepers)
        flow(chain, from, h * desk->calls, at(chain, 0, s + 1, t, e));
    else if (w < WAITING)
        flow(chain, from, h * desk->calls, at(chain, w + 1, s, t, e));
    if (d > 0) {
        flow(chain, from, h * d * desk->diagnosis * desk->tried, at(chain, w, s, t + 1, e));
        flow(chain, from, h * d * desk->diagnosis * (1 - desk->tried),
             at(chain, left, busy, t, up));
    }
    if (t > 0) {
        const double rate = h * t * desk->treatment;
        flow(chain, from, rate * desk->solved, at(chain, left, busy, t - 1, e));
        flow(chain, from, rate * (1 - desk->solved), at(chain, left, busy, t - 1, up));
    }
    if (w > 0)
        flow(chain, from, h * w * desk->leave[0], at(chain, w - 1, s, t, e));
    if (e > 0) {
        const uint32_t serving = e < chain->experts ? e : chain->experts;
        flow(chain, from, h * (serving * desk->expert + (e - serving) * desk->leave[1]),
             at(chain, w, s, t, e - 1));
    }
}

static void all_steps(const struct chain *chain, double h)
{
    memcpy(chain->next, chain->now, states(chain) * sizeof *chain->next);
    for (uint32_t first = 0; first <= chain->keepers + WAITING; first++) {
        const uint32_t s = first < chain->keepers ? first : chain->keepers, w = first - s;
        for (uint32_t t = 0; t <= s; t++)
            for (uint32_t e = 0; e <= chain->experts + WAITING; e++)
                step(chain, w, s, t, e, h);
    }
}

/* Share given up: of all, of those who come to keepers, to experts. */
struct lost {
    double all, tier[2];
};

static struct lost lost_of(const struct chain *chain)
{
    const struct desk *desk = chain->desk;
    double             waiting[2] = { 0, 0 }, handed = 0;
    for (uint32_t first = 0; first <= chain->keepers + WAITING; first++) {
        const uint32_t s = first < chain->keepers ? first : chain->keepers, w = first - s;
        for (uint32_t t = 0; t <= s; t++)
            for (uint32_t e = 0; e <= chain->experts + WAITING; e++) {
                const double p = chain->now[at(chain, w, s, t, e)];
                waiting[0] += p * w;
                waiting[1] += p * (e > chain->experts ? e - chain->experts : 0);
                handed += p * ((s - t) * desk->diagnosis * (1 - desk->tried) +
                               t * desk->treatment * (1 - desk->solved));
            }
    }
    const double gone[2] = { waiting[0] * desk->leave[0], waiting[1] * desk->leave[1] };
    return (struct lost){ (gone[0] + gone[1]) / desk->calls,
                          { gone[0] / desk->calls, gone[1] / handed } };
}

static struct lost exact(const struct desk *desk, uint32_t keepers, uint32_t experts)
{
    struct chain chain = { desk, keepers, experts, NULL, NULL };
    chain.now = calloc(states(&chain), sizeof *chain.now);
    chain.next = calloc(states(&chain), sizeof *chain.next);
    cr_assert(chain.now && chain.next);
    const double h = 0.9 / (desk->calls + keepers * fmax(desk->diagnosis, desk->treatment) +
                            experts * desk->expert + WAITING * (desk->leave[0] + desk->leave[1]));
    double before = -1;
    chain.now[0] = 1;
    for (int i = 1; i <= STEPS_MOST; i++) {
        all_steps(&chain, h);
        double *swap = chain.now;
        chain.now = chain.next;
        chain.next = swap;
        if (i % 500 != 0)
            continue;
        const double all = lost_of(&chain).all;
        if (fabs(all - before) < 1e-9)
            break;
        cr_assert_lt(i, STEPS_MOST, "it does not settle");
        before = all;
    }
    const struct lost lost = lost_of(&chain);
    free(chain.now);
    free(chain.next);
    return lost;
}

/* ---- targets and the cheapest */

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The middle of the widest gap (as a ratio) between values from 2 to 12 %. */
static double between(double *values, size_t n)
{
    double best = 0, target = 0;
    qsort(values, n, sizeof *values, by_size);
    for (size_t i = 1; i < n; i++)
        if (values[i - 1] > 0.02 && values[i] < 0.12 && values[i] / values[i - 1] > best) {
            best = values[i] / values[i - 1];
            target = sqrt(values[i] * values[i - 1]);
        }
    cr_assert_gt(best, 1.04, "values are apart");
    return target;
}

struct answer {
    double   targets[2], cost; /* without `apart` only the first                              */
    uint32_t need[2];
};

static struct answer enumerate(const struct desk *desk)
{
    struct lost   lost[KEEPERS + 1][EXPERTS + 1];
    double        values[2][KEEPERS * EXPERTS];
    size_t        n = 0;
    struct answer answer = { .cost = HUGE_VAL };
    for (uint32_t a = 1; a <= KEEPERS; a++)
        for (uint32_t b = 1; b <= EXPERTS; b++) {
            lost[a][b] = exact(desk, a, b);
            values[0][n] = desk->apart ? lost[a][b].tier[0] : lost[a][b].all;
            values[1][n++] = lost[a][b].tier[1];
        }
    answer.targets[0] = between(values[0], n);
    answer.targets[1] = desk->apart ? between(values[1], n) : 0;
    for (uint32_t a = 1; a <= KEEPERS; a++)
        for (uint32_t b = 1; b <= EXPERTS; b++) {
            const struct lost *here = &lost[a][b];
            const double       cost = 24 * (a * desk->wage[0] + b * desk->wage[1]);
            const bool keeps = desk->apart ? here->tier[0] <= answer.targets[0] &&
                                                 here->tier[1] <= answer.targets[1]
                                           : here->all <= answer.targets[0];
            if (keeps && cost < answer.cost)
                answer = (struct answer){ { answer.targets[0], answer.targets[1] }, cost,
                                          { a, b } };
        }
    cr_assert_lt(answer.need[0], KEEPERS);
    cr_assert_lt(answer.need[1], EXPERTS);
    return answer;
}

/* ---- the same desk, sized */

static struct tsim_scenario *scenario_of(const struct desk *desk, const struct answer *answer)
{
    char text[TEXT], promises[300];
    if (desk->apart)
        snprintf(promises, sizeof promises,
                 "{ \"measure\": \"abandonment\", \"tier\": \"L1\", \"at_most\": %.9f },"
                 " { \"measure\": \"abandonment\", \"tier\": \"L2\", \"at_most\": %.9f }",
                 answer->targets[0], answer->targets[1]);
    else
        snprintf(promises, sizeof promises,
                 "{ \"measure\": \"abandonment\", \"at_most\": %.9f }", answer->targets[0]);
    cr_assert_eq(desk->diagnosis, desk->treatment); /* together they are an Erlang time         */
    snprintf(text, sizeof text,
             "{ \"name\": \"gate\", \"run\": { \"kind\": \"steady_state\", \"length\": \"200 h\","
             " \"warm_up\": \"10 h\", \"replications\": 20, \"interval\": \"1 h\" },"
             " \"channels\": [ { \"name\": \"phone\", \"patience\": { \"kind\": \"exponential\","
             " \"mean\": \"%.9f min\" }, \"patience_at\": [ { \"tier\": \"L2\", \"patience\":"
             " { \"kind\": \"exponential\", \"mean\": \"%.9f min\" } } ] } ],"
             " \"issue_types\": [ \"tried\", \"hard\" ],"
             " \"streams\": [ { \"name\": \"calls\", \"issues\": { \"tried\": %g, \"hard\": %g },"
             " \"arrivals\": { \"kind\": \"poisson\", \"rate\": \"%g /min\" } } ],"
             " \"tiers\": [ { \"name\": \"L1\","
             " \"handling\": { \"kind\": \"exponential\", \"mean\": \"%.9f min\" },"
             " \"resolves\": 0, \"by_issue\": [ { \"issue\": \"tried\", \"resolves\": %g,"
             " \"handling\": { \"kind\": \"erlang\", \"k\": 2, \"stage_mean\": \"%.9f min\" } } ],"
             " \"pools\": [ { \"name\": \"keepers\", \"agents\": 4, \"wage\": %g } ] },"
             " { \"name\": \"L2\", \"handling\": { \"kind\": \"exponential\","
             " \"mean\": \"%.9f min\" },"
             " \"pools\": [ { \"name\": \"experts\", \"agents\": 3, \"wage\": %g } ] } ],"
             " \"promises\": [ %s ] }",
             1 / desk->leave[0], 1 / desk->leave[1], desk->tried, 1 - desk->tried, desk->calls,
             1 / desk->diagnosis, desk->solved, 1 / desk->diagnosis, desk->wage[0],
             1 / desk->expert, desk->wage[1], promises);
    return sized_scenario(text);
}

Test(size_gatekeeper, the_cheapest_pair_is_found, .timeout = 600)
{
    for (size_t i = 0; i < sizeof desks / sizeof *desks; i++) {
        const struct answer           answer = enumerate(&desks[i]);
        struct tsim_scenario         *scenario = scenario_of(&desks[i], &answer);
        struct tsim_sizing           *sizing = sized(scenario, NULL, 2, 0);
        size_t                        n;
        const struct tsim_size_pool *pools = tsim_sizing_pools(sizing, &n);
        printf("desk %zu: %u and %u, exactly %u and %u; targets %.4f %.4f\n", i, pools[0].need,
               pools[1].need, answer.need[0], answer.need[1], answer.targets[0],
               answer.targets[1]);
        cr_expect(tsim_sizing_info(sizing)->feasible);
        cr_expect_not(tsim_sizing_info(sizing)->unsure);
        cr_expect_float_eq(tsim_sizing_info(sizing)->cost, answer.cost, 1e-6 * answer.cost,
                           "desk %zu: %g, not %g", i, tsim_sizing_info(sizing)->cost, answer.cost);
        cr_expect_eq(pools[0].need, answer.need[0], "desk %zu", i);
        cr_expect_eq(pools[1].need, answer.need[1], "desk %zu", i);
        tsim_sizing_free(sizing);
        tsim_scenario_free(scenario);
    }
}

/* The chain itself against a desk that is simulated. */
Test(size_gatekeeper, the_chain_is_the_desk, .timeout = 300)
{
    const struct desk            *desk = &desks[0];
    const struct lost             lost = exact(desk, 4, 3);
    const struct answer           targets = { { 0.05, 0.05 }, 0, { 0, 0 } };
    struct tsim_scenario         *scenario = scenario_of(desk, &targets);
    struct tsim_problems         *problems = tsim_problems_new();
    const struct tsim_run_options run = { .replications = 1000, .has_seed = true, .seed = 6 };
    struct tsim_result           *result = tsim_run(scenario, &run, problems);
    size_t                        n;
    cr_assert_not_null(result);
    const struct tsim_estimate found = tsim_result_promises(result, &n)->estimate;
    printf("given up: %.5f, exactly %.5f, %.2f standard errors\n", found.value, lost.all,
           (found.value - lost.all) / found.std_error);
    cr_expect_leq(fabs(found.value - lost.all), 4 * found.std_error);
    tsim_result_free(result);
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
}
