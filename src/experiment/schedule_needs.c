/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slots of time, heads needed in each, and the kinds of shift as the programs have them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/problem.h"
#include "experiment/schedule.h"

enum { PATH_MOST = 4096 };

static bool out_of_memory(const struct scheduler *scheduler)
{
    return problem_plain(schedule_problems(scheduler), TSIM_PROBLEM_LIMIT, NULL, "memory is out");
}

/* ---- slots */

static uint32_t common(uint32_t a, double seconds)
{
    uint32_t b = (uint32_t)(seconds / 60);
    while (b > 0) {
        const uint32_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* The longest slot in which all times are whole. */
static uint32_t slot_of(const struct scheduler *scheduler)
{
    const struct shift_given *shifts = scheduler->given->shifts.at;
    uint32_t                  slot = common(1440, scheduler->plan->interval_s);
    slot = common(slot, fmod(scheduler->plan->start_s, DAY_S));
    slot = common(slot, fmod(scheduler->plan->cycle_s, DAY_S));
    for (uint32_t k = 0; k < scheduler->given->shifts.n; k++) {
        const struct break_given *breaks = shifts[k].breaks.at;
        slot = common(slot, shifts[k].length_s);
        slot = common(slot, shifts[k].every_s);
        slot = common(slot, shifts[k].earliest_s);
        for (uint32_t b = 0; b < shifts[k].breaks.n; b++) {
            slot = common(slot, breaks[b].length_s);
            slot = common(slot, breaks[b].from_s);
        }
    }
    return slot;
}

/* Seconds of the run's time at which a slot begins for the first time. */
static double slot_time(const struct scheduler *scheduler, uint32_t slot)
{
    const double period_s = scheduler->days * DAY_S;
    const double t = slot * scheduler->slot_minutes * 60.0 -
                     fmod(scheduler->plan->start_s, period_s);
    return t < 0 ? t + period_s : t;
}

bool schedule_slots(struct scheduler *scheduler)
{
    const struct plan *plan = scheduler->plan;
    const bool once = plan->end_s <= plan->cycle_s;
    scheduler->days = plan->cycle_s <= DAY_S ? 1 : ROSTER_DAYS;
    const double period_s = scheduler->days * DAY_S;
    if (fmod(plan->interval_s, 60) != 0 || fmod(plan->start_s, 60) != 0 ||
        (!once && fmod(period_s, plan->cycle_s) != 0) || plan->cycle_s > period_s)
        return problem_plain(schedule_problems(scheduler), TSIM_PROBLEM_INPUT,
                             "see the run's \"interval\", \"cycle\" and \"start\"",
                             "shifts need intervals of whole minutes, and a report cycle that "
                             "fits a day or a week");
    scheduler->slot_minutes = slot_of(scheduler);
    scheduler->day_slots = 1440 / scheduler->slot_minutes;
    scheduler->slots = scheduler->days * scheduler->day_slots;
    scheduler->interval_slots = (uint32_t)(plan->interval_s / 60) / scheduler->slot_minutes;
    if (scheduler->slots > LIMIT_SHIFT_SLOTS)
        return problem_at(schedule_problems(scheduler), TSIM_PROBLEM_INPUT, scheduler->given->at,
                          "shifts", "times that are multiples of 5 minutes or more", NULL,
                          "look for one odd length, start or break",
                          "together these times need slots of %u min, %u of them",
                          scheduler->slot_minutes, scheduler->slots);
    scheduler->interval_of = ARENA_ARRAY(&scheduler->arena, scheduler->slots, uint32_t);
    for (uint32_t i = 0; scheduler->interval_of && i < scheduler->slots; i++) {
        const double t = slot_time(scheduler, i);
        const bool   outside = once && t >= plan->end_s;
        scheduler->interval_of[i] =
            outside ? NONE : (uint32_t)(fmod(t, plan->cycle_s) / plan->interval_s);
    }
    return scheduler->interval_of || out_of_memory(scheduler);
}

/* ---- heads needed */

static void need_of_interval(struct scheduler *scheduler, uint32_t pool, uint32_t interval,
                             uint32_t heads)
{
    for (uint32_t i = 0; i < scheduler->slots; i++)
        if (scheduler->interval_of[i] == interval)
            scheduler->pools[pool].asked[i] = heads;
}

static bool needs_of_size(struct scheduler *scheduler)
{
    struct tsim_size_options options = scheduler->sizer.options;
    options.per_interval = true;
    struct tsim_sizing *sizing = tsim_size(scheduler->sizer.scenario, &options,
                                           &scheduler->sizer.run, schedule_problems(scheduler));
    if (!sizing)
        return false;
    const struct tsim_size_info *info = tsim_sizing_info(sizing);
    scheduler->sizer.replications += info->replications;
    scheduler->sizer.contacts += info->contacts;
    scheduler->sizer.stopped |= !info->complete;
    if (info->complete && !info->feasible)
        problem_plain(schedule_problems(scheduler), TSIM_PROBLEM_INPUT,
                      "ask tiersim size why, or take \"requirements\": \"scenario\"",
                      "no staffing keeps every promise, so none can be scheduled: \"%s\"",
                      scheduler->plan->promises[info->broken].text);
    else if (!info->complete)
        problem_plain(schedule_problems(scheduler), TSIM_PROBLEM_LIMIT, NULL,
                      "the sizing was stopped before it knew how many are needed");
    const bool good = info->complete && info->feasible;
    for (uint32_t p = 0; good && p < scheduler->plan->n_pools; p++)
        for (uint32_t k = 0; k < info->intervals; k++)
            need_of_interval(scheduler, p, k, tsim_sizing_agents(sizing, TSIM_SIZE_NEED, p, k));
    tsim_sizing_free(sizing);
    return good;
}

static void needs_of_scenario(struct scheduler *scheduler)
{
    for (uint32_t p = 0; p < scheduler->plan->n_pools; p++)
        for (uint32_t i = 0; i < scheduler->slots; i++)
            if (scheduler->interval_of[i] != NONE)
                scheduler->pools[p].asked[i] = (uint32_t)profile_at(
                    &scheduler->plan->pools[p].agents, slot_time(scheduler, i));
}

/* A cell as a whole number up to `most`; false when it is none. */
static bool whole(const char *cell, uint32_t low, uint32_t most, uint32_t *number)
{
    char                *end;
    const unsigned long value = strtoul(cell, &end, 10);
    *number = (uint32_t)value;
    return cell[0] >= '0' && cell[0] <= '9' && *end == '\0' && value >= low && value <= most;
}

static bool needs_of_row(struct scheduler *scheduler, struct csv *csv, const size_t *columns)
{
    const struct plan *plan = scheduler->plan;
    uint32_t           p = 0, interval, need;
    while (p < plan->n_pools && strcmp(plan->pools[p].name, csv_cell(csv, columns[0])) != 0)
        p++;
    const bool good = p < plan->n_pools &&
                      whole(csv_cell(csv, columns[1]), 1, plan->n_intervals, &interval) &&
                      whole(csv_cell(csv, columns[2]), 0, LIMIT_AGENTS_POOL, &need);
    if (good)
        need_of_interval(scheduler, p, interval - 1, need);
    return good ||
           problem_in_file(schedule_problems(scheduler), TSIM_PROBLEM_INPUT, csv_name(csv), NULL,
                           0, csv_line(csv), 0,
                           p == plan->n_pools ? "the name of a pool of the scenario"
                                              : "an interval of the run, and whole heads",
                           NULL, "see tiersim size --per-interval --csv",
                           "the row says nothing of the scenario");
}

static bool needs_of_file(struct scheduler *scheduler)
{
    static const char *const names[] = { "pool", "interval", "need" };
    char                     path[PATH_MOST];
    size_t                   columns[3];
    bool                     good = true;
    if (!file_join(path, sizeof path, scheduler->study->folder, scheduler->given->file))
        return problem_plain(schedule_problems(scheduler), TSIM_PROBLEM_IO, NULL,
                             "the name of the requirements file is too long");
    struct csv *csv = csv_open(path, schedule_problems(scheduler));
    for (int i = 0; csv && good && i < 3; i++) {
        columns[i] = csv_find(csv, names[i]);
        if (columns[i] == (size_t)-1)
            good = problem_in_file(schedule_problems(scheduler), TSIM_PROBLEM_INPUT, path, NULL, 0,
                                   1, 0, "the columns pool, interval and need", NULL,
                                   "see tiersim size --per-interval --csv",
                                   "there is no column \"%s\"", names[i]);
    }
    while (csv && good && csv_next(csv))
        good = needs_of_row(scheduler, csv, columns);
    good = csv && good && !csv_failed(csv);
    csv_close(csv);
    return good;
}

bool schedule_needs(struct scheduler *scheduler)
{
    const struct plan *plan = scheduler->plan;
    bool               good = true, any = false;
    for (uint32_t p = 0; p < plan->n_pools; p++) {
        scheduler->pools[p].asked = ARENA_ARRAY(&scheduler->arena, scheduler->slots, uint32_t);
        scheduler->pools[p].need = ARENA_ARRAY(&scheduler->arena, scheduler->slots, uint32_t);
    }
    if (scheduler->arena.failed)
        return out_of_memory(scheduler);
    if (scheduler->given->requirements == REQUIREMENTS_SIZE)
        good = needs_of_size(scheduler);
    else if (scheduler->given->requirements == REQUIREMENTS_SCENARIO)
        needs_of_scenario(scheduler);
    else
        good = needs_of_file(scheduler);
    for (uint32_t p = 0; good && p < plan->n_pools; p++) {
        struct scheduled *pool = &scheduler->pools[p];
        memcpy(pool->need, pool->asked, scheduler->slots * sizeof *pool->need);
        for (uint32_t i = 0; i < scheduler->slots; i++)
            pool->any |= pool->asked[i] > 0;
        any |= pool->any;
    }
    if (good && !any)
        return problem_plain(schedule_problems(scheduler), TSIM_PROBLEM_INPUT,
                             "give a pool agents, or \"need\" in the file",
                             "nobody is needed at any time: there is nothing to schedule");
    return good;
}

/* ---- kinds of shift */

static bool is_for(const struct shift_given *shift, const char *pool)
{
    const struct text_entry *names = shift->pools.at;
    for (uint32_t i = 0; i < shift->pools.n; i++)
        if (strcmp(names[i].text, pool) == 0)
            return true;
    return shift->pools.n == 0;
}

static bool pools_exist(const struct scheduler *scheduler, const struct shift_given *shift)
{
    const struct text_entry *names = shift->pools.at;
    bool                     good = true;
    for (uint32_t i = 0; i < shift->pools.n; i++) {
        bool found = false;
        for (uint32_t p = 0; p < scheduler->plan->n_pools; p++)
            found |= strcmp(scheduler->plan->pools[p].name, names[i].text) == 0;
        if (!found)
            good = problem_at(schedule_problems(scheduler), TSIM_PROBLEM_INPUT, names[i].at, NULL,
                              "the name of a pool of the scenario", names[i].text, NULL,
                              "there is no pool \"%s\"", names[i].text);
    }
    return good;
}

/* Days off of a week, bit 0 Monday: enough of them, all on which it is not worked, and, if asked,
 * one after the other round the week. */
static bool are_days_off(const struct shift_given *shift, unsigned off)
{
    const unsigned never = 0x7Fu & ~shift->day_mask;
    const int      most = __builtin_popcount(never);
    unsigned       runs = 0;
    for (unsigned day = 0; day < 7; day++)
        runs += (off >> day & 1) && !(off >> (day + 1) % 7 & 1);
    return (off & never) == never &&
           __builtin_popcount(off) == (most > (int)shift->days_off ? most
                                                                   : (int)shift->days_off) &&
           (shift->days_off_apart || runs <= 1);
}

static bool make_patterns(struct scheduler *scheduler, const struct shift_given *shift,
                          struct roster_kind *kind)
{
    const unsigned start_day = (unsigned)(scheduler->plan->start_s / DAY_S);
    uint8_t       *patterns = ARENA_ARRAY(&scheduler->arena, 128, uint8_t);
    kind->patterns = patterns;
    if (!patterns)
        return out_of_memory(scheduler);
    if (scheduler->days == 1 && (shift->day_mask >> start_day & 1))
        patterns[kind->n_patterns++] = 1;
    for (unsigned off = 0; scheduler->days > 1 && off < 0x7F; off++)
        if (are_days_off(shift, off))
            patterns[kind->n_patterns++] = (uint8_t)(0x7Fu & ~off);
    return kind->n_patterns > 0 || scheduler->days == 1 ||
           problem_at(schedule_problems(scheduler), TSIM_PROBLEM_INPUT, shift->at, "days_off",
                      "days off that can follow each other", NULL,
                      "set \"days_off_apart\", or change \"days\"",
                      "\"%s\" can be worked on no such days", shift->name);
}

static bool make_kind(struct scheduler *scheduler, const struct shift_given *shift,
                      struct roster_kind *kind, double *paid_h)
{
    const double              slot_s = scheduler->slot_minutes * 60.0;
    const struct break_given *given = shift->breaks.at;
    uint32_t                 *starts = ARENA_ARRAY(&scheduler->arena, scheduler->day_slots,
                                                   uint32_t);
    struct roster_break *breaks = ARENA_ARRAY(&scheduler->arena, shift->breaks.n + 1,
                                              struct roster_break);
    if (!starts || !breaks)
        return out_of_memory(scheduler);
    *kind = (struct roster_kind){ .length = (uint32_t)(shift->length_s / slot_s),
                                  .starts = starts, .breaks = breaks,
                                  .n_breaks = shift->breaks.n, .least = shift->least,
                                  .most = shift->most };
    for (double at = shift->earliest_s; at <= shift->latest_s; at += shift->every_s)
        starts[kind->n_starts++] = (uint32_t)(at / slot_s);
    *paid_h = shift->length_s / 3600;
    for (uint32_t b = 0; b < shift->breaks.n; b++) {
        breaks[b] = (struct roster_break){ (uint32_t)(given[b].length_s / slot_s),
                                           (uint32_t)(given[b].from_s / slot_s),
                                           (uint32_t)(given[b].to_s / slot_s) };
        *paid_h -= given[b].paid ? 0 : given[b].length_s / 3600;
    }
    return make_patterns(scheduler, shift, kind);
}

/* Columns and break places of a pool's program. */
static size_t places_of(const struct scheduler *scheduler, const struct scheduled *pool)
{
    size_t all = 0;
    for (uint32_t k = 0; k < pool->n_kinds; k++) {
        size_t of_start = pool->kinds[k].n_patterns;
        for (uint32_t b = 0; b < pool->kinds[k].n_breaks; b++)
            of_start += (size_t)scheduler->days *
                        (pool->kinds[k].breaks[b].last - pool->kinds[k].breaks[b].first + 1);
        all += of_start * pool->kinds[k].n_starts;
    }
    return all;
}

static bool kinds_of_pool(struct scheduler *scheduler, uint32_t p)
{
    const struct shift_given *shifts = scheduler->given->shifts.at;
    const struct plan_pool   *plan = &scheduler->plan->pools[p];
    struct scheduled         *pool = &scheduler->pools[p];
    const uint32_t            n = scheduler->given->shifts.n;
    pool->money = plan->wage_per_h > 0;
    pool->kinds = ARENA_ARRAY(&scheduler->arena, n + 1, struct roster_kind);
    pool->of = ARENA_ARRAY(&scheduler->arena, n + 1, const struct shift_given *);
    pool->paid_h = ARENA_ARRAY(&scheduler->arena, n + 1, double);
    if (scheduler->arena.failed)
        return out_of_memory(scheduler);
    for (uint32_t s = 0; s < n; s++) {
        const uint32_t k = pool->n_kinds;
        if (!is_for(&shifts[s], plan->name))
            continue;
        if (!make_kind(scheduler, &shifts[s], &pool->kinds[k], &pool->paid_h[k]))
            return false;
        pool->kinds[k].cost = pool->paid_h[k] * shifts[s].pay *
                              (pool->money ? plan->wage_per_h : 1);
        pool->of[k] = &shifts[s];
        pool->n_kinds++;
    }
    return places_of(scheduler, pool) <= LIMIT_SHIFT_PLACES ||
           problem_at(schedule_problems(scheduler), TSIM_PROBLEM_INPUT, scheduler->given->at,
                      "shifts", "fewer starts, or narrower windows of breaks", NULL, NULL,
                      "there are more than %d ways to place these shifts and their breaks",
                      LIMIT_SHIFT_PLACES);
}

bool schedule_kinds(struct scheduler *scheduler)
{
    const struct shift_given *shifts = scheduler->given->shifts.at;
    bool                      good = true;
    for (uint32_t s = 0; s < scheduler->given->shifts.n; s++)
        good &= pools_exist(scheduler, &shifts[s]);
    for (uint32_t p = 0; good && p < scheduler->plan->n_pools; p++)
        good = kinds_of_pool(scheduler, p);
    return good;
}
