/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The unknowns of a sizing, what a candidate must keep, and the settings that make one. */
#include <math.h>
#include <stdlib.h>

#include "base/problem.h"
#include "base/text.h"
#include "experiment/size.h"

enum { MINUTES = 7 * 24 * 60 };

/* ---- cells */

/* Where a report interval begins in the run's time: in its first cycle. */
static double interval_start(const struct plan *plan, uint32_t interval)
{
    return interval * plan->interval_s;
}

uint32_t size_agents_now(const struct plan *plan, uint32_t pool, uint32_t interval)
{
    return (uint32_t)profile_at(&plan->pools[pool].agents, interval_start(plan, interval));
}

static bool is_open(const struct plan *plan, uint32_t pool, uint32_t interval)
{
    return plan->pools[pool].agents.n == 1 || size_agents_now(plan, pool, interval) > 0;
}

/* Time of the counted run in which the pool has agents, in hours a day. */
static double open_hours(const struct plan *plan, uint32_t pool)
{
    const struct profile *agents = &plan->pools[pool].agents;
    double                sum = 0;
    if (agents->n == 1)
        return (plan->end_s - plan->warmup_s) / 3600 / plan->days;
    for (double week_s = 0; week_s < plan->end_s; week_s += WEEK_S)
        for (uint32_t i = 0; i < agents->n; i++) {
            const double next = i + 1 < agents->n ? agents->time_s[i + 1] : WEEK_S;
            const double a = fmax(week_s + agents->time_s[i], plan->warmup_s);
            const double b = fmin(week_s + next, plan->end_s);
            sum += agents->value[i] > 0 && b > a ? b - a : 0;
        }
    return sum / 3600 / plan->days;
}

/* How often an interval comes about in the counted time, in hours a day. */
static double interval_hours(const struct plan *plan, uint32_t interval)
{
    const double length = fmin(plan->interval_s, plan->cycle_s - interval * plan->interval_s);
    return length * plan->cycles / 3600 / plan->days;
}

static double cost_of_hours(const struct sizer *sizer, uint32_t p, double hours)
{
    const struct plan_pool *pool = &sizer->plan->pools[p];
    const double            wage = sizer->money ? pool->wage_per_h : 1;
    return hours * wage / (1 - pool->shrinkage);
}

/* A pool's part of what its tier needs: as it has now, else evenly. */
static uint32_t part_of(const struct plan *plan, uint32_t p, uint32_t tier_needs)
{
    const struct plan_tier *tier = &plan->tiers[plan->pools[p].tier];
    double                  all = 0;
    for (uint32_t k = tier->pool_base; k < tier->pool_base + tier->n_pools; k++)
        all += plan->pools[k].agents.most;
    const double share = all > 0 ? plan->pools[p].agents.most / all : 1.0 / tier->n_pools;
    return (uint32_t)ceil(tier_needs * share - 1e-9);
}

static void add_cell(struct sizer *sizer, uint32_t p, uint32_t interval, double hours)
{
    const struct plan    *plan = sizer->plan;
    const struct preplan *preplan = &sizer->preplan;
    const uint32_t        t = plan->pools[p].tier;
    const uint32_t needs = interval == NONE
                               ? preplan->constant[t]
                               : preplan->agents[(size_t)t * plan->n_intervals + interval];
    const double training = sizer->money && interval == NONE ? plan->pools[p].improvement_cost : 0;
    sizer->cells[sizer->n_cells++] = (struct size_cell){
        .pool = p, .interval = interval, .hours = hours,
        .cost = cost_of_hours(sizer, p, hours) + training,
        .now = interval == NONE ? (uint32_t)plan->pools[p].agents.most
                                : size_agents_now(plan, p, interval),
        .preplan = part_of(plan, p, needs),
    };
}

static bool intervals_fit(struct sizer *sizer)
{
    const struct plan *plan = sizer->plan;
    const bool whole = fmod(plan->interval_s, 60) == 0 && fmod(plan->start_s, 60) == 0 &&
                       (fmod(WEEK_S, plan->cycle_s) == 0 || plan->end_s <= plan->cycle_s);
    return whole ||
           problem_plain(sizer->problems, TSIM_PROBLEM_INPUT,
                         "see the run's \"interval\", \"cycle\" and \"start\"",
                         "staff by interval needs intervals of whole minutes, and a report cycle "
                         "that fits a week");
}

/* Where a pool stands in the scenario. */
static const struct json *place_of(const struct plan *plan, uint32_t p)
{
    const struct json *tiers = json_member(plan->given->at, "tiers");
    const struct json *pools =
        json_member(json_element(tiers, plan->pools[p].tier), "pools");
    return json_element(pools, plan->pools[p].row);
}

bool size_counts_agents(const struct plan *plan, struct tsim_problems *problems)
{
    for (uint32_t p = 0; p < plan->n_pools; p++)
        if (plan->pools[p].is_agent)
            return problem_at(problems, TSIM_PROBLEM_INPUT, place_of(plan, p), "roster",
                              "a number of agents", NULL,
                              "give the pool a number of \"agents\" instead of a \"roster\"",
                              "\"%s\" is an agent by name, and how many are needed is asked",
                              plan->pools[p].name);
    for (uint32_t p = 0; p < plan->n_pools; p++)
        if (plan->pools[p].agents.end_s > WEEK_S)
            return problem_at(problems, TSIM_PROBLEM_INPUT, place_of(plan, p), "agents",
                              "the staff of an ordinary week", NULL,
                              "leave out the windows with \"dates\", or size such a day alone",
                              "staff of \"%s\" differs by date", plan->pools[p].name);
    return true;
}

bool size_cells_make(struct sizer *sizer)
{
    const struct plan *plan = sizer->plan;
    const size_t       each = sizer->options.per_interval ? plan->n_intervals : 1;
    if (!size_counts_agents(plan, sizer->problems))
        return false;
    if (sizer->options.per_interval && !intervals_fit(sizer))
        return false;
    sizer->money = true;
    for (uint32_t p = 0; p < plan->n_pools; p++)
        sizer->money &= plan->pools[p].wage_per_h > 0 || !(plan->pools[p].agents.most > 0);
    sizer->cells = ARENA_ARRAY(&sizer->arena, plan->n_pools * each + 1, struct size_cell);
    sizer->within = ARENA_ARRAY(&sizer->arena, plan->n_pools * each + 1, uint32_t);
    for (uint32_t p = 0; sizer->within && sizer->cells && p < plan->n_pools; p++) {
        if (!(plan->pools[p].agents.most > 0))
            continue;
        if (!sizer->options.per_interval)
            add_cell(sizer, p, NONE, open_hours(plan, p));
        for (uint32_t i = 0; sizer->options.per_interval && i < plan->n_intervals; i++)
            if (is_open(plan, p, i))
                add_cell(sizer, p, i, interval_hours(plan, i));
    }
    if (sizer->n_cells > 0 || !sizer->cells || !sizer->within)
        return sizer->cells && sizer->within;
    return problem_plain(sizer->problems, TSIM_PROBLEM_INPUT, "give a pool at least one agent",
                         "no pool has agents: which of them may have some is not known");
}

/* ---- claims */

/* Whether more agents can only help: not a budget, not who resolves what, and not how busy they are
 * at least. */
static bool grows(const struct plan_promise *promise)
{
    switch (promise->measure) {
    case PROMISE_SERVICE_LEVEL:
    case PROMISE_FIRST_RESPONSE:
    case PROMISE_RESOLUTION:
        return promise->at_least;
    case PROMISE_COST_PER_DAY:
    case PROMISE_ESCALATION:
    case PROMISE_SPLIT:
        return false;
    default:
        return !promise->at_least;
    }
}

/* Whether it is all or nothing: what the first unlucky contact breaks. */
static bool is_sure(const struct plan_promise *promise)
{
    return promise->at_least ? promise->measure != PROMISE_COST_PER_DAY && promise->target >= 1
                             : promise->measure != PROMISE_COST_PER_DAY && promise->target <= 0;
}

static void add_claim(struct sizer *sizer, size_t i, size_t place, uint32_t interval)
{
    const struct plan_promise *promise = &sizer->plan->promises[i];
    struct size_claim         *claim = &sizer->claims[sizer->n_claims++];
    *claim = (struct size_claim){ .promise = i, .place = place, .interval = interval,
                                  .at_least = promise->at_least, .grows = grows(promise),
                                  .sure = is_sure(promise), .target = promise->target };
    if (!(sizer->options.days > 0))
        return;
    claim->by_days = claim->at_least = true;
    claim->sure = false;
    claim->day_target = promise->target;
    claim->day_at_least = promise->at_least;
    claim->target = sizer->options.days;
}

bool size_claims_make(struct sizer *sizer)
{
    const struct plan *plan = sizer->plan;
    const size_t       level = measure_index(TSIM_SCOPE_TIER_INTERVAL, "service_level");
    const size_t most = plan->n_promises * (1 + (size_t)plan->n_intervals) + 1;
    sizer->claims = ARENA_ARRAY(&sizer->arena, most, struct size_claim);
    for (uint32_t i = 0; sizer->claims && i < plan->n_promises; i++) {
        const struct plan_promise *promise = &plan->promises[i];
        add_claim(sizer, i, measure_promises(plan) + i, NONE);
        if (!sizer->options.each_interval || promise->measure != PROMISE_SERVICE_LEVEL ||
            promise->within_s != plan->tiers[promise->tier].answer_within_s)
            continue;
        for (uint32_t k = 0; k < plan->n_intervals; k++)
            add_claim(sizer, i, measure_offset(plan, TSIM_SCOPE_TIER_INTERVAL) +
                                    ((size_t)promise->tier * plan->n_intervals + k) *
                                        measure_count(TSIM_SCOPE_TIER_INTERVAL) + level, k);
    }
    if (sizer->n_claims > 0 || !sizer->claims)
        return sizer->claims != NULL;
    return problem_at(sizer->problems, TSIM_PROBLEM_INPUT, plan->given->at, "promises",
                      "at least one promise", NULL,
                      "such as { \"measure\": \"service_level\", \"tier\": …, "
                      "\"at_least\": \"80 %\" }", "a scenario without promises needs nobody");
}

/* ---- settings */

uint32_t size_agents_at(const struct sizer *sizer, const uint32_t *agents, uint32_t pool,
                        uint32_t interval)
{
    for (size_t j = 0; j < sizer->n_cells; j++) {
        const struct size_cell *cell = &sizer->cells[j];
        if (cell->pool == pool && cell->interval == interval)
            return agents[j];
        if (cell->pool == pool && cell->interval == NONE)
            return is_open(sizer->plan, pool, interval) ? agents[j] : 0;
    }
    return 0;
}

/* Agents at a minute of the week, counted from Monday 00:00. */
static uint32_t agents_at_minute(const struct sizer *sizer, const uint32_t *agents, size_t first,
                                 int minute)
{
    const struct plan      *plan = sizer->plan;
    const struct size_cell *cell = &sizer->cells[first];
    double                  t = minute * 60.0 - plan->start_s;
    t += t < 0 ? WEEK_S : 0;
    if (cell->interval == NONE)
        return profile_at(&plan->pools[cell->pool].agents, t) > 0 ? agents[first] : 0;
    /* Who is there at the end of a run stays until all is done. */
    if (plan->end_s <= plan->cycle_s && t >= plan->cycle_s)
        t = plan->cycle_s - 1;
    const uint32_t interval = (uint32_t)(fmod(t, plan->cycle_s) / plan->interval_s);
    for (size_t j = first; j < sizer->n_cells && sizer->cells[j].pool == cell->pool; j++)
        if (sizer->cells[j].interval == interval)
            return agents[j];
    return 0;
}

char *size_windows(const uint32_t *week, struct arena *arena)
{
    char *all = arena_copy(arena, "");
    for (unsigned day = 0; day < 7 && all; day++) {
        const char *days = calendar_day_name(day);
        bool        said = false;
        for (unsigned other = 0; other < 7; other++) {
            bool same = other != day;
            for (int m = 0; same && m < 1440; m++)
                same = week[day * 1440 + (unsigned)m] == week[other * 1440 + (unsigned)m];
            said |= same && other < day;
            if (same && other > day)
                days = arena_print(arena, "%s,%s", days, calendar_day_name(other));
        }
        const uint32_t *at = week + day * 1440;
        for (int m = 0, end; m < 1440 && !said && all; m = end) {
            for (end = m + 1; end < 1440 && at[end] == at[m]; end++)
                ;
            if (at[m] > 0)
                all = arena_print(arena, "%s%s{ \"days\": \"%s\", \"from\": \"%02d:%02d\", "
                                  "\"to\": \"%02d:%02d\", \"agents\": %u }", all, *all ? ", " : "",
                                  days ? days : "", m / 60, m % 60, end / 60, end % 60, at[m]);
        }
    }
    return all;
}

/* A number where the pool always has the same, else windows. NULL when memory is out. */
static char *value_of(const struct sizer *sizer, const uint32_t *agents, size_t first,
                      struct arena *arena)
{
    const struct size_cell *cell = &sizer->cells[first];
    if (cell->interval == NONE && sizer->plan->pools[cell->pool].agents.n == 1)
        return arena_print(arena, "%u", agents[first]);
    uint32_t *week = ARENA_ARRAY(arena, MINUTES, uint32_t);
    for (int m = 0; week && m < MINUTES; m++)
        week[m] = agents_at_minute(sizer, agents, first, m);
    char *windows = week ? size_windows(week, arena) : NULL;
    if (!windows)
        return NULL;
    return *windows ? arena_print(arena, "[%s]", windows) : arena_copy(arena, "0");
}

char *size_settings(const struct sizer *sizer, const uint32_t *agents, struct arena *arena)
{
    char    *all = arena_copy(arena, "");
    uint32_t before = NONE;
    for (size_t j = 0; j < sizer->n_cells && all; j++) {
        const uint32_t p = sizer->cells[j].pool, t = sizer->plan->pools[p].tier;
        if (p == before)
            continue;
        before = p;
        const char *value = value_of(sizer, agents, j, arena);
        all = value ? arena_print(arena, "%s%stiers[%u].pools[%u].agents = %s", all,
                                  *all ? ", " : "", t, sizer->plan->pools[p].row, value)
                    : NULL;
    }
    return all;
}
