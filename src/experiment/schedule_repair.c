/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simulating a schedule, and asking for more heads where its promises break.
 *
 * Round after round the same customers come (replications 0 … n - 1); a schedule that keeps its
 * promises on them is verified on others. What breaks is traced to report intervals of a tier:
 * those that lack answers in time, or are too busy, or else those in which contacts wait. There one
 * more is asked for than are on the floor (of many, a fiftieth), in the busiest pool of the tier.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/problem.h"
#include "experiment/schedule.h"
#include "experiment/trials.h"

enum { SEARCH_LEAST = 20, SEARCH_MOST = 400, VERIFY_LEAST = 400, VERIFY_MOST = 20000 };

/* Replications from here on verify: neither the search nor a sizing before it goes so far. */
enum { FRESH = LIMIT_REPLICATIONS };

#define SEARCH_CONTACTS 1e5 /* of a schedule in the search, about               */
#define VERIFY_CONTACTS 5e6 /* … and at most, in the verification               */

static bool out_of_memory(struct scheduler *scheduler)
{
    return problem_plain(schedule_problems(scheduler), TSIM_PROBLEM_LIMIT, NULL, "memory is out");
}

/* ---- simulating */

struct lot {
    struct scheduler *scheduler;
    struct trials     trials;
    enum size_sample  sample;
};

static void see_tiers(struct scheduler *scheduler, const struct plan *plan,
                      const struct pair *pairs)
{
    const size_t level = measure_index(TSIM_SCOPE_TIER_INTERVAL, "service_level");
    const size_t queue = measure_index(TSIM_SCOPE_TIER_INTERVAL, "queue_mean");
    const size_t occupancy = measure_index(TSIM_SCOPE_TIER_INTERVAL, "occupancy");
    const size_t many = measure_count(TSIM_SCOPE_TIER_INTERVAL);
    const struct pair *at = pairs + measure_offset(plan, TSIM_SCOPE_TIER_INTERVAL);
    double            *seen = scheduler->seen;
    for (size_t k = 0; k < (size_t)plan->n_tiers * plan->n_intervals; k++, at += many) {
        seen[SEEN_IN_TIME] += at[level].x;
        seen[SEEN_COUNTED] += at[level].y;
        seen[SEEN_QUEUED] += at[queue].x;
        seen[SEEN_BUSY] += at[occupancy].x;
        seen[SEEN_STAFFED] += at[occupancy].y;
        seen += SEEN_MANY;
    }
    for (uint32_t p = 0; p < plan->n_pools; p++) {
        const struct pair pair = pairs[measure_offset(plan, TSIM_SCOPE_POOL) +
                                       p * measure_count(TSIM_SCOPE_POOL) +
                                       measure_index(TSIM_SCOPE_POOL, "occupancy")];
        scheduler->busy[(size_t)2 * p] += pair.x;
        scheduler->busy[(size_t)2 * p + 1] += pair.y;
    }
}

static bool take(void *user, const struct trial *trial)
{
    struct lot        *lot = user;
    struct scheduler  *scheduler = lot->scheduler;
    struct sizer      *sizer = &scheduler->sizer;
    const struct plan *plan = lot->trials.scenarios[0]->plan;
    struct size_seen  *seen = &scheduler->tried.seen[lot->sample];
    for (size_t i = 0; i < sizer->n_claims; i++) {
        const struct pair pair = size_claim_pair(&sizer->claims[i], trial->pairs);
        ratio_add(&seen->sums[i], pair.x, pair.y);
    }
    const struct pair cost = trial->pairs[measure_offset(plan, TSIM_SCOPE_DESK) +
                                          measure_index(TSIM_SCOPE_DESK, "cost_per_day")];
    ratio_add(&seen->sums[sizer->n_claims], cost.x, cost.y);
    see_tiers(scheduler, plan, trial->pairs);
    seen->n++;
    return true;
}

static void decide(void *user)
{
    (void)user; /* what is planned is all */
}

static void tell(void *user, struct tsim_progress *progress)
{
    const struct sizer *sizer = &((struct lot *)user)->scheduler->sizer;
    progress->replications_done += (uint32_t)sizer->replications;
    progress->replications_planned += (uint32_t)sizer->replications;
    progress->contacts += sizer->contacts;
    progress->events += sizer->events;
    progress->elapsed_s = farm_clock() - sizer->began_s;
}

static bool run_lot(struct lot *lot, const struct tsim_scenario *scenario, uint32_t until)
{
    struct sizer           *sizer = &lot->scheduler->sizer;
    struct tsim_run_options run = sizer->run;
    const uint32_t          have = lot->scheduler->tried.seen[lot->sample].n;
    if (run.time_limit_s > 0) {
        run.time_limit_s -= farm_clock() - sizer->began_s;
        sizer->stopped |= run.time_limit_s <= 0;
    }
    if (sizer->stopped)
        return true;
    lot->trials = (struct trials){
        .scenarios = &scenario, .n_points = 1, .options = &run, .problems = sizer->problems,
        .seed = sizer->seed, .user = lot, .take = take, .decide = decide, .tell = tell,
    };
    bool good = trials_open(&lot->trials, 0) &&
                trials_plan(&lot->trials, 0, size_sample_first(sizer, lot->sample) + have,
                            until - have) &&
                trials_run(&lot->trials);
    sizer->failed |= !good;
    sizer->stopped |= good && !lot->trials.complete;
    sizer->replications += lot->trials.taken;
    sizer->contacts += lot->trials.contacts;
    sizer->events += lot->trials.events;
    sizer->threads = lot->trials.threads;
    trials_close(&lot->trials);
    return good;
}

bool schedule_simulate(struct scheduler *scheduler, enum size_sample sample, uint32_t until)
{
    struct lot   lot = { .scheduler = scheduler, .sample = sample };
    struct arena arena;
    arena_open(&arena);
    const char           *settings = schedule_settings(scheduler, &arena);
    struct tsim_scenario *scenario = NULL;
    problem_leave_out_warnings(schedule_problems(scheduler), true);
    if (settings)
        scenario = tsim_scenario_vary(scheduler->sizer.scenario, settings,
                                      schedule_problems(scheduler));
    else
        out_of_memory(scheduler);
    problem_leave_out_warnings(schedule_problems(scheduler), false);
    arena_close(&arena);
    const bool good = scenario && run_lot(&lot, scenario, until);
    tsim_scenario_free(scenario);
    return good;
}

void schedule_forget(struct scheduler *scheduler)
{
    const struct plan *plan = scheduler->plan;
    for (int s = 0; s < SAMPLES; s++) {
        scheduler->tried.seen[s].n = 0;
        memset(scheduler->tried.seen[s].sums, 0,
               (scheduler->sizer.n_claims + 1) * sizeof(struct ratio_sums));
    }
    memset(scheduler->seen, 0, (size_t)plan->n_tiers * plan->n_intervals * SEEN_MANY *
                                   sizeof *scheduler->seen);
    memset(scheduler->busy, 0, (size_t)2 * plan->n_pools * sizeof *scheduler->busy);
}

/* ---- judging */

/* KEPT: every claim that agents can help, with the confidence, on the verifying sample. */
static enum tsim_verdict judge(const struct scheduler *scheduler)
{
    const struct sizer *sizer = &scheduler->sizer;
    const double        t = size_one_sided(sizer, scheduler->tried.seen[SAMPLE_VERIFY].n);
    enum tsim_verdict   verdict = TSIM_KEPT;
    for (size_t i = 0; i < sizer->n_claims; i++) {
        if (!sizer->claims[i].grows)
            continue;
        if (size_slack(sizer, &scheduler->tried, SAMPLE_VERIFY, i, -t) < 0)
            return TSIM_BROKEN;
        if (size_slack(sizer, &scheduler->tried, SAMPLE_VERIFY, i, t) < 0)
            verdict = TSIM_TOO_CLOSE;
    }
    return verdict;
}

bool schedule_try(struct scheduler *scheduler, enum size_sample *sample, bool *kept)
{
    struct sizer *sizer = &scheduler->sizer;
    *kept = false;
    *sample = SAMPLE_SEARCH;
    schedule_forget(scheduler);
    if (!schedule_simulate(scheduler, SAMPLE_SEARCH, sizer->n))
        return false;
    if (sizer->stopped ||
        size_broken(sizer, &scheduler->tried, SAMPLE_SEARCH, true) < sizer->n_claims)
        return true;
    *sample = SAMPLE_VERIFY;
    for (uint32_t n = 4 * sizer->n;; n *= 2) {
        n = n < sizer->verify_most ? n : sizer->verify_most;
        if (!schedule_simulate(scheduler, SAMPLE_VERIFY, n))
            return false;
        const enum tsim_verdict verdict = judge(scheduler);
        *kept = verdict == TSIM_KEPT;
        if (sizer->stopped || verdict != TSIM_TOO_CLOSE || n == sizer->verify_most)
            return true;
    }
}

/* ---- asking for more */

/* How much an interval of a tier has to do with what a claim lacks. */
static double blame(const struct scheduler *scheduler, const struct size_claim *claim,
                    uint32_t tier, uint32_t interval)
{
    const struct plan         *plan = scheduler->plan;
    const struct plan_promise *promise = &plan->promises[claim->promise];
    const double *seen = scheduler->seen +
                         ((size_t)tier * plan->n_intervals + interval) * SEEN_MANY;
    if (promise->tier != NONE && promise->tier != tier)
        return 0;
    if (promise->measure == PROMISE_SERVICE_LEVEL &&
        promise->within_s == plan->tiers[tier].answer_within_s)
        return promise->target * seen[SEEN_COUNTED] - seen[SEEN_IN_TIME];
    if (promise->measure == PROMISE_OCCUPANCY)
        return seen[SEEN_BUSY] - promise->target * seen[SEEN_STAFFED];
    return seen[SEEN_QUEUED];
}

/* The interval of a claim that is about one; NONE: of all. */
static uint32_t interval_of(const struct plan *plan, const struct size_claim *claim)
{
    const size_t first = measure_offset(plan, TSIM_SCOPE_TIER_INTERVAL);
    const size_t many = measure_count(TSIM_SCOPE_TIER_INTERVAL);
    const size_t end = first + many * plan->n_tiers * plan->n_intervals;
    return claim->place >= first && claim->place < end
               ? (uint32_t)((claim->place - first) / many % plan->n_intervals) : NONE;
}

/* One more than there are, in one interval of a pool. */
static bool raise_pool(struct scheduler *scheduler, uint32_t p, uint32_t interval)
{
    struct scheduled *pool = &scheduler->pools[p];
    uint32_t          have = UINT32_MAX;
    bool              any = false;
    for (uint32_t i = 0; i < scheduler->slots; i++)
        if (scheduler->interval_of[i] == interval && pool->roster.cover[i] < have)
            have = pool->roster.cover[i];
    for (uint32_t i = 0; i < scheduler->slots; i++) {
        const uint32_t wish = have + 1 + have / 50;
        if (scheduler->interval_of[i] != interval || wish > LIMIT_AGENTS_POOL)
            continue;
        any |= wish > pool->need[i];
        pool->need[i] = wish > pool->need[i] ? wish : pool->need[i];
    }
    return any;
}

/* … of the busiest pool of a tier that has anybody then. */
static bool raise_tier(struct scheduler *scheduler, uint32_t tier, uint32_t interval)
{
    const struct plan_tier *plan = &scheduler->plan->tiers[tier];
    uint32_t                best = NONE;
    double                  most = -1;
    for (uint32_t p = plan->pool_base; p < plan->pool_base + plan->n_pools; p++) {
        const double *busy = scheduler->busy + (size_t)2 * p;
        bool          there = false;
        for (uint32_t i = 0; i < scheduler->slots; i++)
            there |= scheduler->interval_of[i] == interval && scheduler->pools[p].need[i] > 0;
        const double share = busy[1] > 0 ? busy[0] / busy[1] : 0;
        if (!there || !scheduler->pools[p].any || share <= most)
            continue;
        most = share;
        best = p;
    }
    return best != NONE && raise_pool(scheduler, best, interval);
}

/* Raises what is needed where a claim lacks most; false when nowhere. */
static bool raise_for(struct scheduler *scheduler, const struct size_claim *claim)
{
    const struct plan *plan = scheduler->plan;
    const uint32_t     only = interval_of(plan, claim);
    double             most = 0;
    bool               any = false;
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t t = 0; t < plan->n_tiers; t++)
            for (uint32_t k = 0; k < plan->n_intervals; k++) {
                const double here = blame(scheduler, claim, t, k);
                if (only != NONE && only != k)
                    continue;
                if (pass == 0)
                    most = fmax(most, here);
                else if (here > 0 && here >= most / 2)
                    any |= raise_tier(scheduler, t, k);
            }
    return any;
}

static bool raise_all(struct scheduler *scheduler, enum size_sample sample)
{
    const struct sizer *sizer = &scheduler->sizer;
    const uint32_t      n = scheduler->tried.seen[sample].n;
    const double        t = sample == SAMPLE_VERIFY ? size_one_sided(sizer, n) : 0;
    bool                any = false;
    for (size_t i = 0; i < sizer->n_claims; i++)
        if (sizer->claims[i].grows && size_slack(sizer, &scheduler->tried, sample, i, t) < 0)
            any |= raise_for(scheduler, &sizer->claims[i]);
    return any;
}

/* ---- the whole */

static uint32_t clamped(double value, uint32_t low, uint32_t high)
{
    return value < low ? low : value > high ? high : (uint32_t)value;
}

static bool open_samples(struct scheduler *scheduler)
{
    struct sizer      *sizer = &scheduler->sizer;
    const struct plan *plan = scheduler->plan;
    const double       contacts = fmax(plan->expected_contacts, 1);
    sizer->n = sizer->run.replications ? sizer->run.replications
                                       : clamped(SEARCH_CONTACTS / contacts, SEARCH_LEAST,
                                                 SEARCH_MOST);
    sizer->n = sizer->n < 2 ? 2 : sizer->n;
    sizer->fresh = FRESH;
    sizer->verify_most = clamped(VERIFY_CONTACTS / contacts, VERIFY_LEAST, VERIFY_MOST);
    if (sizer->verify_most < 4 * sizer->n)
        sizer->verify_most = 4 * sizer->n;
    for (int s = 0; s < SAMPLES; s++)
        scheduler->tried.seen[s].sums = ARENA_ARRAY(&scheduler->arena, sizer->n_claims + 1,
                                                    struct ratio_sums);
    scheduler->seen = ARENA_ARRAY(&scheduler->arena, (size_t)plan->n_tiers * plan->n_intervals *
                                                         SEEN_MANY, double);
    scheduler->busy = ARENA_ARRAY(&scheduler->arena, (size_t)2 * plan->n_pools, double);
    return !scheduler->arena.failed || out_of_memory(scheduler);
}

/* Not where somebody has said what is needed, or what it costs to have less. */
static bool may_trim(const struct scheduler *scheduler)
{
    return scheduler->given->requirements == REQUIREMENTS_SIZE && !scheduler->given->priced;
}

bool schedule_repair(struct scheduler *scheduler)
{
    struct sizer    *sizer = &scheduler->sizer;
    enum size_sample sample;
    bool             kept;
    if (!open_samples(scheduler))
        return false;
    for (;;) {
        if (!schedule_try(scheduler, &sample, &kept))
            return false;
        scheduler->end = sizer->stopped                               ? TSIM_SCHEDULE_STOPPED
                         : kept && sizer->n_claims == 0               ? TSIM_SCHEDULE_NOTHING
                         : kept                                       ? TSIM_SCHEDULE_KEPT
                         : scheduler->rounds == scheduler->given->rounds ? TSIM_SCHEDULE_ROUNDS
                                                                      : TSIM_SCHEDULE_NO_HELP;
        if (scheduler->end == TSIM_SCHEDULE_KEPT && may_trim(scheduler))
            return schedule_trim(scheduler);
        if (scheduler->end != TSIM_SCHEDULE_NO_HELP || !raise_all(scheduler, sample))
            return true;
        scheduler->rounds++;
        if (!schedule_solve(scheduler))
            return false;
    }
}
