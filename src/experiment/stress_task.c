/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What usually goes wrong, as settings on a scenario. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/json.h"
#include "base/setting.h"
#include "experiment/stress.h"

#define HOUR_S 3600.0

/* ---- agents, rewritten */

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Seconds of the week, from Monday 00:00, at which anything may change. */
static uint32_t edges_of(const struct plan *plan, const struct profile *agents, double away_s,
                         double back_s, double *edges)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < agents->n && agents->n > 1; i++)
        edges[n++] = fmod(plan->start_s + agents->time_s[i], WEEK_S);
    for (uint32_t day = 0; day <= 7; day++)
        edges[n++] = day * DAY_S;
    if (back_s > away_s) {
        edges[n++] = away_s;
        edges[n++] = back_s;
    }
    qsort(edges, n, sizeof *edges, ascending);
    return n;
}

static void write_clock(double second, char *to, size_t size)
{
    const unsigned s = (unsigned)(second + 0.5);
    snprintf(to, size, s % 60 ? "%02u:%02u:%02u" : "%02u:%02u", s / 3600, s / 60 % 60, s % 60);
}

const char *stress_agents(struct arena *arena, const struct plan *plan, uint32_t pool, double more,
                          double away_s, double back_s)
{
    const struct profile *agents = &plan->pools[pool].agents;
    double               *edges = ARENA_ARRAY(arena, agents->n + (size_t)10, double);
    const char           *all = "";
    if (agents->n == 1 && back_s <= away_s)
        return arena_print(arena, "%.0f", agents->value[0] > 0 ? fmax(agents->value[0] + more, 0)
                                                               : 0.0);
    const uint32_t n = edges ? edges_of(plan, agents, away_s, back_s, edges) : 0;
    for (uint32_t i = 0; i + 1 < n && all; i++) {
        const double from_s = edges[i], to_s = edges[i + 1];
        const bool   away = from_s >= away_s && to_s <= back_s;
        const double time_s = fmod(from_s + WEEK_S - fmod(plan->start_s, WEEK_S), WEEK_S);
        const double there = profile_at(agents, time_s);
        const double stays = there > 0 && !away ? fmax(there + more, 0) : 0;
        char         from[16], to[16];
        if (to_s - from_s < 0.5 || stays <= 0)
            continue;
        const unsigned day = (unsigned)((from_s + 0.5) / DAY_S);
        write_clock(from_s - day * DAY_S, from, sizeof from);
        write_clock(to_s - day * DAY_S, to, sizeof to);
        all = arena_print(arena, "%s%s{ \"days\": \"%s\", \"from\": \"%s\", \"to\": \"%s\", "
                                 "\"agents\": %.0f }", all, *all ? ", " : "",
                          calendar_day_name(day), from, to, stays);
    }
    if (!all || n == 0)
        return NULL;
    return *all ? arena_print(arena, "[%s]", all) : "0";
}

static const char *agents_setting(struct tsim_study *study, uint32_t pool, double more,
                                  double away_s, double back_s)
{
    const struct plan *plan = study->scenarios[0]->plan;
    const uint32_t     tier = plan->pools[pool].tier;
    const char *agents = stress_agents(&study->arena, plan, pool, more, away_s, back_s);
    return agents ? arena_print(&study->arena, "tiers[%u].pools[%u].agents = %s", tier,
                                plan->pools[pool].row, agents)
                  : NULL;
}

/* ---- the stresses */

static const struct json *given_at(const struct tsim_study *study, const char *path)
{
    return setting_find(json_root(study->scenarios[0]->document), path);
}

static const char *times(struct arena *arena, const char *all, const char *path, double factor)
{
    return arena_print(arena, "%s%s%s *= %.17g", all ? all : "", all ? ", " : "", path, factor);
}

/* The rates of a stream, of all windows if it has such; the times between contacts, divided. */
static const char *more_of(struct tsim_study *study, uint32_t stream, double rise, const char *all)
{
    static const char *const members[] = { "rate", "volumes" };
    char                     path[96];
    snprintf(path, sizeof path, "streams[%u].arrivals.rate", stream);
    const struct json *rate = given_at(study, path);
    if (rate && rate->type == JSON_ARRAY) {
        uint32_t w = 0;
        JSON_EACH(window, rate)
        {
            for (size_t m = 0; m < COUNT_OF(members); m++) {
                snprintf(path, sizeof path, "streams[%u].arrivals.rate[%u].%s", stream, w,
                         members[m]);
                if (json_member(window, members[m]))
                    all = times(&study->arena, all, path, 1 + rise);
            }
            w++;
        }
        return all;
    }
    if (rate)
        return times(&study->arena, all, path, 1 + rise);
    snprintf(path, sizeof path, "streams[%u].arrivals.between", stream);
    const struct json *between = given_at(study, path);
    if (between && between->type == JSON_OBJECT)
        snprintf(path, sizeof path, "streams[%u].arrivals.between.mean", stream);
    return between && given_at(study, path) ? times(&study->arena, all, path, 1 / (1 + rise))
                                            : all;
}

/* All streams but traces. */
static const char *more_demand(struct tsim_study *study, double rise)
{
    const char *all = NULL;
    for (uint32_t s = 0; s < study->scenarios[0]->given.streams.n; s++)
        all = more_of(study, s, rise, all);
    return all;
}

static uint32_t largest_pool(const struct plan *plan, uint32_t tier)
{
    uint32_t at = plan->tiers[tier].pool_base;
    for (uint32_t p = at; p < plan->tiers[tier].pool_base + plan->tiers[tier].n_pools; p++)
        if (plan->pools[p].agents.most > plan->pools[at].agents.most)
            at = p;
    return at;
}

/* The whole hour of the counted time, of its first week, in which the pool is largest; of those the
 * one nearest to the middle. In seconds of the week. */
static double best_hour(const struct plan *plan, uint32_t pool)
{
    const double until_s = fmin(plan->end_s, plan->warmup_s + WEEK_S);
    const double middle_s = (plan->warmup_s + until_s) / 2;
    double       hour_s = ceil((plan->start_s + plan->warmup_s) / HOUR_S) * HOUR_S;
    double       best_s = hour_s, most = -1, apart_s = 0;
    for (; hour_s + HOUR_S <= plan->start_s + until_s; hour_s += HOUR_S) {
        const double time_s = fmax(hour_s - plan->start_s, 0);
        const double there =
            profile_integral(&plan->pools[pool].agents, time_s, time_s + HOUR_S) / HOUR_S;
        const double apart = fabs(time_s + HOUR_S / 2 - middle_s);
        if (there > most || (there >= most && apart < apart_s)) {
            best_s = hour_s;
            most = there;
            apart_s = apart;
        }
    }
    return fmod(best_s, WEEK_S);
}

static void pool_away(struct tsim_study *study, struct stress_usual *usual)
{
    const struct plan *plan = study->scenarios[0]->plan;
    const uint32_t     pool = largest_pool(plan, 0);
    const double       from_s = best_hour(plan, pool);
    const unsigned     day = (unsigned)(from_s / DAY_S);
    char               clock[16];
    if (plan->pools[pool].is_agent)
        return;
    write_clock(from_s - day * DAY_S, clock, sizeof clock);
    usual->name = arena_print(&study->arena, "%s away %s %s", plan->pools[pool].name,
                              calendar_day_name(day), clock);
    usual->settings = agents_setting(study, pool, 0, from_s, from_s + HOUR_S);
}

static void absent(struct tsim_study *study, uint32_t tier, struct stress_usual *usual)
{
    const struct plan *plan = study->scenarios[0]->plan;
    if (tier >= plan->n_tiers)
        return;
    const uint32_t pool = largest_pool(plan, tier);
    const double   most = plan->pools[pool].agents.most;
    const unsigned away = most < 4 ? 1 : 2;
    if (most < 2)
        return;
    usual->name = arena_print(&study->arena, "%s absent in %s", away == 1 ? "one" : "two",
                              plan->tiers[tier].name);
    usual->settings = agents_setting(study, pool, -(double)away, 0, 0);
}

static void slow_vendor(struct tsim_study *study, struct stress_usual *usual)
{
    static const char *const parts[] = { "mean", "value", "min", "max", "mode", "median", "scale" };
    const struct json *delay = given_at(study, "vendor.delay");
    if (!delay)
        return;
    usual->name = "a vendor twice as slow";
    if (delay->type != JSON_OBJECT) {
        usual->settings = "vendor.delay *= 2";
        return;
    }
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (json_member(delay, parts[i]))
            usual->settings = arena_print(&study->arena, "%s%svendor.delay.%s *= 2",
                                          usual->settings ? usual->settings : "",
                                          usual->settings ? ", " : "", parts[i]);
}

bool stress_usual_at(struct tsim_study *study, uint32_t i, struct stress_usual *usual)
{
    static const double        rises[STRESS_DEMANDS] = { 0.1, 0.2, 0.3 };
    const struct stress_given *given = &study->given.stress;
    const uint32_t             n = given->demand.n ? given->demand.n : STRESS_DEMANDS;
    *usual = (struct stress_usual){ .name = NULL };
    if (i < n) {
        usual->demand = given->demand.n ? given->demand.at[i] : rises[i];
        usual->name = arena_print(&study->arena, "demand +%.4g %%", 100 * usual->demand);
        usual->settings = more_demand(study, usual->demand);
    } else if (i == n) {
        pool_away(study, usual);
    } else if (i - n <= STRESS_TIERS) {
        absent(study, i - n - 1, usual);
    } else if (i - n == STRESS_OTHERS - 1) {
        slow_vendor(study, usual);
    } else {
        return false;
    }
    return true;
}
