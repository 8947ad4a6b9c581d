/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rosters of all pools by their integer programs, and the scenario's settings that they make. */
#include <math.h>
#include <stdlib.h>

#include "base/problem.h"
#include "experiment/farm.h"
#include "experiment/schedule.h"

enum { WEEK_MINUTES = 7 * 24 * 60 };

static bool stopped(void *user)
{
    const struct tsim_run_options *run = user;
    return run->stop && run->stop(run->user);
}

static const char *day_of(const struct scheduler *scheduler, uint32_t slot)
{
    const uint32_t first = scheduler->days == 1 ? (uint32_t)(scheduler->plan->start_s / DAY_S) : 0;
    return calendar_day_name(first + slot / scheduler->day_slots);
}

static bool tell_unsolved(const struct scheduler *scheduler, uint32_t p, enum roster_end end)
{
    const struct scheduled *pool = &scheduler->pools[p];
    const char             *name = scheduler->plan->pools[p].name;
    const uint32_t          minute = pool->roster.where % scheduler->day_slots *
                            scheduler->slot_minutes;
    if (end == ROSTER_UNREACHED)
        return problem_at(schedule_problems(scheduler), TSIM_PROBLEM_INPUT, scheduler->given->at,
                          "shifts", "shifts that reach every time at which somebody is needed",
                          NULL, "see \"earliest\", \"latest\", \"length\", \"days\" and the "
                                "windows of breaks; or let \"understaffing\" have a price",
                          "no shift of \"%s\" is on the floor on %s at %02u:%02u, where %u are "
                          "needed", name, day_of(scheduler, pool->roster.where), minute / 60,
                          minute % 60, pool->need[pool->roster.where]);
    if (end == ROSTER_TOO_FEW)
        return problem_at(schedule_problems(scheduler), TSIM_PROBLEM_INPUT, scheduler->given->at,
                          "shifts", "enough people", NULL,
                          "raise \"most\", or let \"understaffing\" have a price",
                          "\"%s\" cannot be covered with so few people of each kind of shift",
                          name);
    return problem_plain(schedule_problems(scheduler), TSIM_PROBLEM_LIMIT, NULL,
                         "memory is out, or there are too many people for a roster");
}

static bool solve_pool(struct scheduler *scheduler, uint32_t p)
{
    struct scheduled            *pool = &scheduler->pools[p];
    const struct schedule_given *given = scheduler->given;
    const double                 slot_h = schedule_slot_h(scheduler);
    const struct roster_problem  problem = {
        .days = scheduler->days, .day_slots = scheduler->day_slots, .need = pool->need,
        .kinds = pool->kinds, .n_kinds = pool->n_kinds, .hard = !given->priced,
        .short_cost = given->understaffing * slot_h, .over_cost = given->overstaffing * slot_h,
        .gap = given->gap, .time_limit_s = given->time_limit_s, .nodes = given->nodes,
        .external = given->solver == SOLVER_CBC ||
                    (given->solver == SOLVER_AUTO && scheduler->days > 1),
        .stop = stopped, .user = &scheduler->sizer.run,
    };
    arena_close(&pool->arena);
    arena_open(&pool->arena);
    const enum roster_end end = roster_solve(&problem, &pool->arena, &pool->roster);
    return end == ROSTER_FOUND || tell_unsolved(scheduler, p, end);
}

bool schedule_solve(struct scheduler *scheduler)
{
    const double began_s = farm_clock();
    bool         good = true;
    for (uint32_t p = 0; p < scheduler->plan->n_pools; p++)
        if (scheduler->pools[p].any)
            good &= solve_pool(scheduler, p);
    scheduler->solve_s += farm_clock() - began_s;
    return good;
}

/* ---- settings */

double schedule_shift_hours(const struct scheduled *pool)
{
    double sum = 0;
    for (uint32_t i = 0; i < pool->roster.n; i++)
        sum += __builtin_popcount(pool->roster.people[i].pattern) *
               pool->paid_h[pool->roster.people[i].kind];
    return sum;
}

double schedule_shrinkage(const struct scheduler *scheduler, uint32_t p)
{
    return scheduler->given->shrinkage >= 0 ? scheduler->given->shrinkage
                                            : scheduler->plan->pools[p].shrinkage;
}

/* Share of what is paid that is not on the floor while the desk is simulated: breaks, time outside
 * of it, and what else is lost. */
static double whole_shrinkage(const struct scheduler *scheduler, uint32_t p)
{
    const struct scheduled *pool = &scheduler->pools[p];
    const double            paid = schedule_shift_hours(pool) /
                        (1 - schedule_shrinkage(scheduler, p));
    double floor_h = 0;
    for (uint32_t i = 0; i < scheduler->slots; i++)
        if (scheduler->interval_of[i] != NONE)
            floor_h += pool->roster.cover[i] * schedule_slot_h(scheduler);
    return paid > 0 ? fmin(fmax(1 - floor_h / paid, 0), 0.95) : 0;
}

char *schedule_settings(const struct scheduler *scheduler, struct arena *arena)
{
    const struct plan *plan = scheduler->plan;
    uint32_t          *week = ARENA_ARRAY(arena, WEEK_MINUTES, uint32_t);
    char              *all = week ? arena_copy(arena, "") : NULL;
    for (uint32_t p = 0; p < plan->n_pools && all; p++) {
        const struct scheduled *pool = &scheduler->pools[p];
        const uint32_t          t = plan->pools[p].tier, n = plan->pools[p].row;
        if (!pool->any)
            continue;
        for (uint32_t m = 0; m < WEEK_MINUTES; m++)
            week[m] = pool->roster.cover[m / scheduler->slot_minutes % scheduler->slots];
        const char *windows = size_windows(week, arena);
        if (!windows)
            return NULL;
        all = arena_print(arena, "%s%stiers[%u].pools[%u].agents = [%s], "
                          "tiers[%u].pools[%u].shrinkage = %.9g", all, *all ? ", " : "", t, n,
                          windows, t, n, whole_shrinkage(scheduler, p));
    }
    return all;
}
