/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tsim_schedule_make: the whole of it, and what is told of it. */
#include "experiment/schedule.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "experiment/farm.h"
#include "experiment/result.h"
#include "stats/digest.h"

struct tsim_schedule {
    struct scheduler           scheduler;
    struct tsim_schedule_info  info;
    struct tsim_schedule_pool *pools;
    struct tsim_size_promise  *promises;
    struct tsim_schedule_row  *rows;
    size_t                     n_rows;
    const char                *settings;
    char                       digest[17];
};

/* ---- pools */

static void tell_hours(struct tsim_schedule_pool *told, const struct scheduler *scheduler,
                       const struct scheduled *pool)
{
    const double slot_h = schedule_slot_h(scheduler);
    for (uint32_t i = 0; i < scheduler->slots; i++) {
        const double over = (double)pool->roster.cover[i] - pool->need[i];
        told->floor_peak = pool->roster.cover[i] > told->floor_peak ? pool->roster.cover[i]
                                                                    : told->floor_peak;
        told->asked_hours += pool->asked[i] * slot_h;
        told->need_hours += pool->need[i] * slot_h;
        told->floor_hours += pool->roster.cover[i] * slot_h;
        told->over_hours += fmax(over, 0) * slot_h;
        told->short_hours += fmax(-over, 0) * slot_h;
    }
}

static void tell_pool(struct tsim_schedule *to, uint32_t p)
{
    const struct scheduler    *scheduler = &to->scheduler;
    const struct plan         *plan = scheduler->plan;
    const struct scheduled    *pool = &scheduler->pools[p];
    struct tsim_schedule_pool *told = &to->pools[p];
    *told = (struct tsim_schedule_pool){ .tier = plan->tiers[plan->pools[p].tier].name,
                                         .pool = plan->pools[p].name, .scheduled = pool->any,
                                         .money = pool->money };
    if (!pool->any)
        return;
    told->shrinkage = schedule_shrinkage(scheduler, p);
    told->people = pool->roster.n;
    for (uint32_t i = 0; i < pool->roster.n; i++)
        told->shifts += (uint32_t)__builtin_popcount(pool->roster.people[i].pattern);
    told->payroll = (uint32_t)ceil(told->people / (1 - told->shrinkage) - 1e-9);
    tell_hours(told, scheduler, pool);
    told->shift_hours = schedule_shift_hours(pool);
    told->paid_hours = told->shift_hours / (1 - told->shrinkage);
    told->cost = pool->roster.cost;
    told->bound = pool->roster.bound;
    told->solver = pool->roster.external ? "cbc" : "glpk";
    told->nodes = pool->roster.nodes;
    told->time_was_up = pool->roster.time_was_up;
}

/* ---- rows of the roster */

static void tell_breaks(struct tsim_schedule *to, struct tsim_schedule_row *row,
                        const struct roster_person *person, const struct roster_kind *kind,
                        const struct shift_given *shift, uint32_t day)
{
    const struct break_given   *given = shift->breaks.at;
    const uint32_t              minutes = to->scheduler.slot_minutes;
    struct tsim_schedule_break *breaks = ARENA_ARRAY(&to->scheduler.arena, kind->n_breaks + 1,
                                                     struct tsim_schedule_break);
    for (uint32_t b = 0; breaks && b < kind->n_breaks; b++) {
        const uint32_t start = row->start + person->breaks[day * kind->n_breaks + b] * minutes;
        breaks[b] = (struct tsim_schedule_break){ given[b].name, start,
                                                  start + kind->breaks[b].length * minutes };
    }
    row->breaks = breaks;
    row->n_breaks = breaks ? kind->n_breaks : 0;
}

static void tell_person(struct tsim_schedule *to, uint32_t p, uint32_t number)
{
    const struct scheduler     *scheduler = &to->scheduler;
    const struct scheduled     *pool = &scheduler->pools[p];
    const struct roster_person *person = &pool->roster.people[number];
    const struct roster_kind   *kind = &pool->kinds[person->kind];
    const uint32_t              minutes = scheduler->slot_minutes;
    for (uint32_t day = 0; day < scheduler->days; day++) {
        if (!(person->pattern >> day & 1))
            continue;
        struct tsim_schedule_row *row = &to->rows[to->n_rows++];
        *row = (struct tsim_schedule_row){
            .pool = p, .person = number + 1, .shift = pool->of[person->kind]->name,
            .day = (to->info.first_day + day) % 7, .start = person->start * minutes,
            .end = (person->start + kind->length) * minutes,
            .paid_hours = pool->paid_h[person->kind],
        };
        tell_breaks(to, row, person, kind, pool->of[person->kind], day);
    }
}

static void tell_rows(struct tsim_schedule *to)
{
    const uint32_t n = to->scheduler.plan->n_pools;
    size_t         all = 0;
    for (uint32_t p = 0; p < n; p++)
        all += to->pools[p].shifts;
    to->rows = ARENA_ARRAY(&to->scheduler.arena, all + 1, struct tsim_schedule_row);
    for (uint32_t p = 0; to->rows && p < n; p++)
        for (uint32_t i = 0; to->scheduler.pools[p].any && i < to->pools[p].people; i++)
            tell_person(to, p, i);
}

/* ---- promises, and the whole */

static enum size_sample sample_of(const struct scheduler *scheduler)
{
    return scheduler->tried.seen[SAMPLE_VERIFY].n > 1 ? SAMPLE_VERIFY : SAMPLE_SEARCH;
}

static void tell_promise(struct tsim_schedule *to, size_t p)
{
    const struct scheduler *scheduler = &to->scheduler;
    size_tell_promise(&scheduler->sizer, &scheduler->tried, sample_of(scheduler), p,
                      &to->promises[p]);
    to->promises[p].text = scheduler->plan->promises[p].text;
}

static void tell_info(struct tsim_schedule *to)
{
    static const char *const    words[] = { "size", "scenario", "file" };
    const struct scheduler     *scheduler = &to->scheduler;
    const struct sizer         *sizer = &scheduler->sizer;
    const struct plan          *plan = scheduler->plan;
    const uint32_t              n = scheduler->tried.seen[sample_of(scheduler)].n;
    const double                t = n > 1 ? student_quantile(n - 1, sizer->options.confidence) : 0;
    to->info = (struct tsim_schedule_info){
        .study = scheduler->study->given.name, .scenario = plan->given->name,
        .file = sizer->scenario->file, .currency = plan->given->currency, .end = scheduler->end,
        .verified = scheduler->tried.seen[SAMPLE_VERIFY].n > 1,
        .requirements = words[scheduler->given->requirements],
        .confidence = sizer->options.confidence, .days = sizer->options.days,
        .priced = scheduler->given->priced, .period_days = scheduler->days,
        .first_day = scheduler->days == 1 ? (uint32_t)(plan->start_s / DAY_S) % 7 : 0,
        .slots = scheduler->slots, .slot_minutes = scheduler->slot_minutes,
        .interval_slots = scheduler->interval_slots, .rounds = scheduler->rounds,
        .trims = scheduler->trims, .trim_tries = scheduler->trim_tries,
        .untrimmed_cost = scheduler->untrimmed_cost,
        .seed = sizer->seed, .searched = scheduler->tried.seen[SAMPLE_SEARCH].n,
        .verified_on = scheduler->tried.seen[SAMPLE_VERIFY].n,
        .replications = sizer->replications, .contacts = sizer->contacts,
        .total = size_estimate(&scheduler->tried, sample_of(scheduler), sizer->n_claims, t),
        .wall_s = farm_clock() - sizer->began_s, .solve_s = scheduler->solve_s,
        .threads = sizer->threads,
    };
    const size_t broken = size_broken(sizer, &scheduler->tried, sample_of(scheduler), false);
    if (broken == sizer->n_claims)
        return;
    to->info.broken = sizer->claims[broken].promise;
    /* What agents cannot help, such as a budget. */
    if (to->info.end == TSIM_SCHEDULE_KEPT)
        to->info.end = TSIM_SCHEDULE_NO_HELP;
}

static void digest_all(struct tsim_schedule *to)
{
    const struct scheduler *scheduler = &to->scheduler;
    struct digest           digest;
    digest_open(&digest);
    digest_integer(&digest, to->info.seed);
    digest_integer(&digest, to->info.replications);
    digest_integer(&digest, to->info.contacts);
    for (uint32_t p = 0; p < scheduler->plan->n_pools; p++)
        for (uint32_t i = 0; scheduler->pools[p].any && i < scheduler->slots; i++)
            digest_integer(&digest, scheduler->pools[p].roster.cover[i]);
    for (size_t r = 0; r < to->n_rows; r++)
        digest_integer(&digest, ((uint64_t)to->rows[r].day << 32) + to->rows[r].start);
    for (size_t i = 0; i < scheduler->plan->n_promises; i++)
        digest_double(&digest, to->promises[i].estimate.value);
    snprintf(to->digest, sizeof to->digest, "%016llx", (unsigned long long)digest_value(&digest));
}

static bool tell(struct tsim_schedule *to)
{
    struct scheduler  *scheduler = &to->scheduler;
    const struct plan *plan = scheduler->plan;
    to->pools = ARENA_ARRAY(&scheduler->arena, plan->n_pools, struct tsim_schedule_pool);
    to->promises = ARENA_ARRAY(&scheduler->arena, plan->n_promises + (size_t)1,
                               struct tsim_size_promise);
    to->settings = schedule_settings(scheduler, &scheduler->arena);
    if (!scheduler->arena.failed) {
        tell_info(to);
        for (uint32_t p = 0; p < plan->n_pools; p++)
            tell_pool(to, p);
        for (size_t i = 0; i < plan->n_promises; i++)
            tell_promise(to, i);
        tell_rows(to);
    }
    if (scheduler->arena.failed)
        return problem_plain(schedule_problems(scheduler), TSIM_PROBLEM_LIMIT, NULL,
                             "memory is out");
    digest_all(to);
    return true;
}

static bool open_scheduler(struct scheduler *scheduler, const struct tsim_study *study,
                           const struct tsim_size_options *options,
                           const struct tsim_run_options *run, struct tsim_problems *problems)
{
    struct sizer *sizer = &scheduler->sizer;
    scheduler->study = study;
    scheduler->given = &study->given.schedule;
    scheduler->plan = study->scenarios[0]->plan;
    arena_open(&scheduler->arena);
    *sizer = (struct sizer){ .scenario = study->scenarios[0], .plan = scheduler->plan,
                             .problems = problems, .began_s = farm_clock() };
    arena_open(&sizer->arena);
    if (options)
        sizer->options = *options;
    if (run)
        sizer->run = *run;
    if (!(sizer->options.confidence > 0.5 && sizer->options.confidence < 1))
        sizer->options.confidence = study->given.confidence;
    sizer->seed = study_seed(study, &sizer->run);
    sizer->run.seed = sizer->seed;
    sizer->run.has_seed = true;
    if (!sizer->run.replications)
        sizer->run.replications = study->given.replications;
    scheduler->pools = ARENA_ARRAY(&scheduler->arena, scheduler->plan->n_pools, struct scheduled);
    if (!scheduler->pools)
        return problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    for (uint32_t p = 0; p < scheduler->plan->n_pools; p++)
        arena_open(&scheduler->pools[p].arena);
    return size_counts_agents(scheduler->plan, problems) &&
           (scheduler->plan->n_promises == 0 || size_claims_make(sizer));
}

struct tsim_schedule *tsim_schedule_make(const struct tsim_study *study,
                                         const struct tsim_size_options *options,
                                         const struct tsim_run_options *run,
                                         struct tsim_problems *problems)
{
    struct tsim_schedule *to = calloc(1, sizeof *to);
    if (!to) {
        problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
        return NULL;
    }
    struct scheduler *scheduler = &to->scheduler;
    const size_t      before = tsim_problems_errors(problems);
    if (open_scheduler(scheduler, study, options, run, problems) && schedule_slots(scheduler) &&
        schedule_kinds(scheduler) && schedule_needs(scheduler) && schedule_solve(scheduler) &&
        schedule_repair(scheduler) && tsim_problems_errors(problems) == before && tell(to))
        return to;
    if (tsim_problems_errors(problems) == before)
        problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "it was stopped before it knew anything");
    tsim_schedule_free(to);
    return NULL;
}

void tsim_schedule_free(struct tsim_schedule *schedule)
{
    if (!schedule)
        return;
    struct scheduler *scheduler = &schedule->scheduler;
    for (uint32_t p = 0; scheduler->pools && p < scheduler->plan->n_pools; p++)
        arena_close(&scheduler->pools[p].arena);
    arena_close(&scheduler->sizer.arena);
    arena_close(&scheduler->arena);
    free(schedule);
}

/* ---- looking */

const struct tsim_schedule_info *tsim_schedule_info(const struct tsim_schedule *schedule)
{
    return &schedule->info;
}

const struct tsim_schedule_pool *tsim_schedule_pools(const struct tsim_schedule *schedule,
                                                     size_t *count)
{
    *count = schedule->scheduler.plan->n_pools;
    return schedule->pools;
}

const struct tsim_size_promise *tsim_schedule_promises(const struct tsim_schedule *schedule,
                                                       size_t *count)
{
    *count = schedule->scheduler.plan->n_promises;
    return schedule->promises;
}

const struct tsim_schedule_row *tsim_schedule_rows(const struct tsim_schedule *schedule,
                                                   size_t *count)
{
    *count = schedule->n_rows;
    return schedule->rows;
}

uint32_t tsim_schedule_heads(const struct tsim_schedule *schedule, enum tsim_schedule_heads which,
                             size_t pool, size_t slot)
{
    if (pool >= schedule->scheduler.plan->n_pools || slot >= schedule->info.slots ||
        !schedule->scheduler.pools[pool].any)
        return 0;
    const struct scheduled *from = &schedule->scheduler.pools[pool];
    return which == TSIM_HEADS_ASKED    ? from->asked[slot]
           : which == TSIM_HEADS_NEEDED ? from->need[slot] : from->roster.cover[slot];
}

bool tsim_schedule_open(const struct tsim_schedule *schedule, size_t slot)
{
    return slot < schedule->info.slots && schedule->scheduler.interval_of[slot] != NONE;
}

const char *tsim_schedule_settings(const struct tsim_schedule *schedule)
{
    return schedule->settings;
}

const char *tsim_schedule_digest(const struct tsim_schedule *schedule)
{
    return schedule->digest;
}
