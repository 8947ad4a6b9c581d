/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fewest added agents that keep every promise under a stress.
 * Every staffing sees the customers of the comparison, so more agents are compared with fewer and
 * not with luck. First agents are added where they lower the sum of what promises fall short most,
 * each step twice as many, until all are kept by their whole intervals. Then as many as possible
 * are taken out of each pool, by halving, and two are exchanged for one elsewhere, until nothing
 * of that helps: of one pool it is the fewest where more agents never serve worse; of several,
 * none fewer by one such step. */
#include "experiment/stress.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "experiment/farm.h"

enum { POOLS_MOST = 64 };

struct healer {
    struct tsim_stress            *stress;
    const struct tsim_scenario    *scenario; /* under the stress                           */
    const struct plan             *plan;
    const struct tsim_result      *usual;    /* without the stress                         */
    struct tsim_run_options        options;
    struct tsim_problems          *problems;
    double                         until_s;  /* when time is up; INFINITY: never            */
    uint32_t                       more[POOLS_MOST], n;
    double                         unhealed; /* shortfall without anybody added             */
    double                         cost;     /* a day, of the last staffing that was tried  */
    bool                           failed, stopped;
};

/* What promises fall short by, each as a share; 0: all are kept by their whole intervals. One of
 * which nothing is to be seen, for nobody is served in time to be counted, falls short wholly; but
 * not where nobody comes without the stress either. */
static double shortfall_of(const struct healer *healer, const struct tsim_result *result)
{
    size_t                     n, n_usual;
    const struct tsim_promise *promises = tsim_result_promises(result, &n);
    const struct tsim_promise *usual = tsim_result_promises(healer->usual, &n_usual);
    double                     sum = 0;
    for (size_t k = 0; k < n; k++) {
        const struct tsim_promise *promise = &promises[k];
        const double               scale = promise->unit == TSIM_UNIT_SHARE ? 1
                                                                : fmax(promise->target, 1e-9);
        if (promise->verdict == TSIM_UNKNOWN && k < n_usual && usual[k].verdict != TSIM_UNKNOWN)
            sum += 1;
        if (promise->verdict == TSIM_KEPT || promise->verdict == TSIM_UNKNOWN)
            continue;
        const double off = promise->at_least ? promise->target - promise->estimate.low
                                             : promise->estimate.high - promise->target;
        sum += fmax(off / scale, 1e-12);
    }
    return sum;
}

static const char *settings_of(struct healer *healer)
{
    struct arena *arena = &healer->stress->arena;
    const char   *all = "";
    for (uint32_t p = 0; p < healer->n && all; p++) {
        const uint32_t tier = healer->plan->pools[p].tier;
        if (healer->more[p] == 0)
            continue;
        const char *agents = stress_agents(arena, healer->plan, p, healer->more[p], 0, 0);
        all = agents ? arena_print(arena, "%s%stiers[%u].pools[%u].agents = %s", all,
                                   *all ? ", " : "", tier,
                                   healer->plan->pools[p].row, agents)
                     : NULL;
    }
    return all;
}

static uint32_t added(const struct healer *healer)
{
    uint32_t sum = 0;
    for (uint32_t p = 0; p < healer->n; p++)
        sum += healer->more[p];
    return sum;
}

/* Simulates the staffing in hand; the shortfall, or -1 when there is none to be had. */
static double try(struct healer *healer)
{
    if (added(healer) == 0)
        return healer->unhealed;
    const char           *settings = settings_of(healer);
    struct tsim_scenario *scenario =
        settings ? tsim_scenario_vary(healer->scenario, settings, healer->problems) : NULL;
    struct tsim_result   *result = NULL;
    const double          left_s = healer->until_s - farm_clock();
    double                shortfall = -1;
    healer->stopped |= left_s <= 0;
    if (isfinite(left_s))
        healer->options.time_limit_s = left_s;
    if (scenario && !healer->stopped)
        result = tsim_run(scenario, &healer->options, healer->problems);
    healer->failed |= !scenario || tsim_problems_errors(healer->problems) > 0;
    healer->stopped |= !result || !tsim_result_info(result)->complete;
    if (!healer->failed && !healer->stopped) {
        shortfall = shortfall_of(healer, result);
        healer->cost = tsim_result_find(result, TSIM_SCOPE_DESK, "desk", "cost_per_day").value;
        healer->stress->info.tried++;
    }
    tsim_result_free(result);
    tsim_scenario_free(scenario);
    return shortfall;
}

static double try_with(struct healer *healer, uint32_t pool, uint32_t more)
{
    const uint32_t before = healer->more[pool];
    healer->more[pool] = more;
    const double shortfall = try(healer);
    healer->more[pool] = before;
    return shortfall;
}

/* Whether agents can be added: some are there, and they have no names. */
static bool may_grow(const struct plan_pool *pool)
{
    return pool->agents.most > 0 && !pool->is_agent;
}

/* Adds until all are kept. False: nothing helps, too many would be needed, or it was stopped. */
static bool reach(struct healer *healer, double shortfall)
{
    const uint32_t most = healer->stress->study->given.stress.most;
    for (uint32_t step = 1; shortfall > 0; step *= 2) {
        uint32_t best = UINT32_MAX;
        double   least = shortfall;
        if (added(healer) + step > most)
            step = most - added(healer);
        for (uint32_t p = 0; p < healer->n && step > 0; p++) {
            if (!may_grow(&healer->plan->pools[p]))
                continue;
            const double now = try_with(healer, p, healer->more[p] + step);
            if (now < 0)
                return false;
            if (now < least) {
                least = now;
                best = p;
            }
        }
        if (best == UINT32_MAX && added(healer) + step >= most)
            return false;
        if (best == UINT32_MAX)
            continue; /* so far below that a few are not seen */
        healer->more[best] += step;
        shortfall = least;
    }
    return true;
}

/* Takes as many out of a pool as can be missed. */
static void thin(struct healer *healer, uint32_t pool)
{
    uint32_t too_few = 0, enough = healer->more[pool];
    const double without = enough > 0 ? try_with(healer, pool, 0) : -1;
    if (without >= 0 && !(without > 0))
        healer->more[pool] = enough = 0;
    while (enough - too_few > 1 && !healer->stopped && !healer->failed) {
        const uint32_t middle = too_few + (enough - too_few) / 2;
        const double   shortfall = try_with(healer, pool, middle);
        if (shortfall < 0)
            return;
        if (shortfall > 0)
            too_few = middle;
        else
            enough = middle;
    }
    healer->more[pool] = enough;
}

/* Exchanges two of one pool for one of another. True when that keeps all promises. */
static bool exchange(struct healer *healer)
{
    for (uint32_t from = 0; from < healer->n; from++)
        for (uint32_t to = 0; to < healer->n && healer->more[from] >= 2; to++) {
            if (to == from || !may_grow(&healer->plan->pools[to]))
                continue;
            healer->more[from] -= 2;
            const double shortfall = try_with(healer, to, healer->more[to] + 1);
            if (shortfall >= 0 && !(shortfall > 0)) {
                healer->more[to]++;
                return true;
            }
            healer->more[from] += 2;
            if (shortfall < 0)
                return false;
        }
    return false;
}

static void polish(struct healer *healer)
{
    do
        for (uint32_t p = 0; p < healer->n && !healer->stopped && !healer->failed; p++)
            thin(healer, p);
    while (!healer->stopped && !healer->failed && exchange(healer));
}

/* "2 more in front (L1), 1 more in back (L2)". */
static const char *words_of(struct healer *healer)
{
    struct arena *arena = &healer->stress->arena;
    const char   *all = "";
    for (uint32_t p = 0; p < healer->n && all; p++)
        if (healer->more[p] > 0)
            all = arena_print(arena, "%s%s%u more in %s (%s)", all, *all ? ", " : "",
                              healer->more[p], healer->plan->pools[p].name,
                              healer->plan->tiers[healer->plan->pools[p].tier].name);
    return all;
}

bool stress_heal(struct tsim_stress *stress, struct tsim_stressed *stressed,
                 const struct tsim_run_options *options, struct tsim_problems *problems)
{
    const struct tsim_comparison_info *run = tsim_comparison_info(stress->comparison);
    const struct tsim_result *alone = tsim_comparison_result(stress->comparison, stressed->point);
    struct healer healer = { .stress = stress, .options = *options, .problems = problems,
                             .scenario = stress->study->scenarios[stressed->point] };
    healer.plan = healer.scenario->plan;
    healer.n = healer.plan->n_pools < POOLS_MOST ? healer.plan->n_pools : POOLS_MOST;
    healer.options.replications = run->replications;
    healer.options.seed = run->seed;
    healer.options.has_seed = true;
    healer.until_s = options->time_limit_s > 0 ? stress->began_s + options->time_limit_s
                                               : (double)INFINITY;
    problem_leave_out_warnings(problems, true);
    healer.usual = tsim_comparison_result(stress->comparison, 0);
    healer.unhealed = shortfall_of(&healer, alone);
    const bool reached = reach(&healer, healer.unhealed);
    if (reached)
        polish(&healer);
    const bool sure = reached && !healer.stopped && !healer.failed && added(&healer) > 0 &&
                      !(try(&healer) > 0);
    problem_leave_out_warnings(problems, false);
    stress->info.complete &= !healer.stopped;
    if (healer.failed || healer.stopped)
        return !healer.failed;
    stressed->healing = sure ? TSIM_HEAL_FOUND : TSIM_HEAL_NONE;
    if (!sure)
        return true;
    stressed->added = added(&healer);
    stressed->heal = words_of(&healer);
    stressed->heal_settings = settings_of(&healer);
    stressed->heal_cost =
        healer.cost - tsim_result_find(alone, TSIM_SCOPE_DESK, "desk", "cost_per_day").value;
    return stressed->heal && stressed->heal_settings
               ? true : problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
}
