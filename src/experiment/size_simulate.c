/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Candidates, simulated: each is the scenario with settings, and all see the same customers. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "experiment/size.h"
#include "experiment/trials.h"

#define SURELY 0.998 /* that a candidate is wrong, before it is left out */

static bool out_of_memory(struct sizer *sizer)
{
    sizer->failed = true;
    return problem_plain(sizer->problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
}

static size_t sums_of(const struct sizer *sizer)
{
    return sizer->n_claims + 1 + sizer->plan->n_pools;
}

static struct size_candidate *make_candidate(struct sizer *sizer, const uint32_t *agents)
{
    struct size_candidate *to = ARENA_NEW(&sizer->arena, struct size_candidate);
    if (sizer->n_candidates == sizer->room) {
        const size_t            room = sizer->room ? 2 * sizer->room : 64;
        struct size_candidate **more = realloc(sizer->candidates, room * sizeof *more);
        if (more)
            sizer->candidates = more;
        sizer->room = more ? room : sizer->room;
    }
    if (to && agents)
        to->agents = ARENA_ARRAY(&sizer->arena, sizer->n_cells, uint32_t);
    if (to && sizer->options.per_interval)
        to->response = ARENA_ARRAY(&sizer->arena, (size_t)sizer->plan->n_tiers *
                                                      sizer->plan->n_intervals * RESPONSES,
                                   struct moments);
    for (int s = 0; to && s < SAMPLES; s++)
        to->seen[s].sums = ARENA_ARRAY(&sizer->arena, sums_of(sizer), struct ratio_sums);
    if (sizer->arena.failed || sizer->n_candidates == sizer->room) {
        out_of_memory(sizer);
        return NULL;
    }
    for (size_t j = 0; j < sizer->n_cells; j++) {
        const uint32_t n = agents ? agents[j] : sizer->cells[j].now;
        if (agents)
            to->agents[j] = n;
        to->cost += n * sizer->cells[j].cost;
    }
    sizer->candidates[sizer->n_candidates++] = to;
    return to;
}

struct size_candidate *size_candidate(struct sizer *sizer, const uint32_t *agents)
{
    for (size_t j = 0; agents && j < sizer->n_cells; j++) {
        const uint32_t most = size_ceiling(sizer, j);
        sizer->within[j] = agents[j] < most ? agents[j] : most;
    }
    agents = agents ? sizer->within : NULL;
    for (size_t i = 0; agents && i < sizer->n_candidates; i++) {
        const uint32_t *have = sizer->candidates[i]->agents;
        if (have && memcmp(have, agents, sizer->n_cells * sizeof *have) == 0)
            return sizer->candidates[i];
    }
    return make_candidate(sizer, agents);
}

struct size_candidate *size_candidate_also(struct sizer *sizer, const uint32_t *agents,
                                           const char *also)
{
    struct size_candidate *made = make_candidate(sizer, agents);
    if (made) {
        sizer->n_candidates--; /* of its own: nobody is to find it by its agents */
        made->also = also;
    }
    return made;
}

/* ---- a lot of them at once */

struct lot {
    struct sizer           *sizer;
    struct trials           trials;
    struct size_candidate **candidates; /* [point]                                         */
    struct tsim_scenario  **scenarios;
    const struct tsim_scenario **points;
    size_t                  n;
    enum size_sample        sample;
    double                 *base; /* [replication][claim][2] of point 0; NULL: not compared  */
};

struct pair size_claim_pair(const struct size_claim *claim, const struct pair *pairs)
{
    const struct pair pair = pairs[claim->place];
    if (!claim->by_days)
        return pair;
    /* A day on which there was nothing to measure broke nothing. */
    const bool kept = pair.y == 0 ||
                      (claim->day_at_least ? pair.x >= claim->day_target * pair.y
                                           : pair.x <= claim->day_target * pair.y);
    return (struct pair){ kept, 1 };
}

/* By how much a claim is kept, times what it is a share of; and that. */
static struct pair kept_by(const struct size_claim *claim, struct pair pair)
{
    const double more = pair.x - claim->target * pair.y;
    return (struct pair){ claim->at_least ? more : -more, pair.y };
}

/* Point 0 is taken first: the others are held against it, replication by replication. */
static void compare(struct lot *lot, const struct trial *trial, size_t i, struct pair pair)
{
    const struct pair kept = kept_by(&lot->sizer->claims[i], pair);
    double *base = lot->base + (trial->replication * lot->sizer->n_claims + i) * 2;
    if (trial->point > 0) {
        ratio_add(&lot->candidates[trial->point]->differ[i], kept.x - base[0], base[1]);
        return;
    }
    base[0] = kept.x;
    base[1] = kept.y;
}

static void respond(const struct plan *plan, const struct pair *pairs, struct moments *response)
{
    const size_t level = measure_index(TSIM_SCOPE_TIER_INTERVAL, "service_level");
    const size_t abandoned = measure_index(TSIM_SCOPE_TIER_INTERVAL, "abandoned_share");
    const size_t queue = measure_index(TSIM_SCOPE_TIER_INTERVAL, "queue_mean");
    const size_t occupancy = measure_index(TSIM_SCOPE_TIER_INTERVAL, "occupancy");
    const size_t many = measure_count(TSIM_SCOPE_TIER_INTERVAL);
    const struct pair *at = pairs + measure_offset(plan, TSIM_SCOPE_TIER_INTERVAL);
    for (size_t k = 0; k < (size_t)plan->n_tiers * plan->n_intervals; k++, at += many) {
        moments_add(&response[RESPONSE_IN_TIME], at[level].x);
        moments_add(&response[RESPONSE_ANSWERED], at[level].y);
        moments_add(&response[RESPONSE_ABANDONED], at[abandoned].x);
        moments_add(&response[RESPONSE_QUEUED], at[queue].x);
        moments_add(&response[RESPONSE_BUSY], at[occupancy].x);
        moments_add(&response[RESPONSE_STAFFED], at[occupancy].y);
        response += RESPONSES;
    }
}

static bool take(void *user, const struct trial *trial)
{
    struct lot            *lot = user;
    struct sizer          *sizer = lot->sizer;
    const struct plan     *plan = lot->points[trial->point]->plan;
    struct size_candidate *candidate = lot->candidates[trial->point];
    struct size_seen      *seen = &candidate->seen[lot->sample];
    struct ratio_sums     *sums = seen->sums;
    for (size_t i = 0; i < sizer->n_claims; i++) {
        const struct pair pair = size_claim_pair(&sizer->claims[i], trial->pairs);
        ratio_add(sums++, pair.x, pair.y);
        if (lot->base)
            compare(lot, trial, i, pair);
    }
    if (candidate->response && lot->sample == SAMPLE_SEARCH)
        respond(plan, trial->pairs, candidate->response);
    const struct pair cost = trial->pairs[measure_offset(plan, TSIM_SCOPE_DESK) +
                                          measure_index(TSIM_SCOPE_DESK, "cost_per_day")];
    ratio_add(sums++, cost.x, cost.y);
    const size_t occupancy = measure_index(TSIM_SCOPE_POOL, "occupancy");
    for (uint32_t p = 0; p < plan->n_pools; p++) {
        const struct pair pair = trial->pairs[measure_offset(plan, TSIM_SCOPE_POOL) +
                                              p * measure_count(TSIM_SCOPE_POOL) + occupancy];
        ratio_add(sums++, pair.x, pair.y);
    }
    seen->n++;
    return true;
}

static void decide(void *user)
{
    (void)user; /* what is planned is all */
}

static void tell(void *user, struct tsim_progress *progress)
{
    const struct sizer *sizer = ((struct lot *)user)->sizer;
    progress->replications_done += (uint32_t)sizer->replications;
    progress->replications_planned += (uint32_t)sizer->replications;
    progress->contacts += sizer->contacts;
    progress->events += sizer->events;
    progress->elapsed_s = farm_clock() - sizer->began_s;
}

static bool make_scenarios(struct lot *lot)
{
    struct sizer *sizer = lot->sizer;
    struct arena  arena;
    bool          good = true;
    problem_leave_out_warnings(sizer->problems, true); /* of plans that nobody asked for */
    for (size_t i = 0; good && i < lot->n; i++) {
        arena_open(&arena);
        const uint32_t *agents = lot->candidates[i]->agents;
        const char     *also = lot->candidates[i]->also;
        const char     *settings = agents ? size_settings(sizer, agents, &arena) : NULL;
        if (settings && also) /* last: it may say who is there when */
            settings = arena_print(&arena, "%s, %s", settings, also);
        if (settings)
            lot->scenarios[i] = tsim_scenario_vary(sizer->scenario, settings, sizer->problems);
        lot->points[i] = agents ? lot->scenarios[i] : sizer->scenario;
        good = lot->points[i] != NULL;
        arena_close(&arena);
    }
    problem_leave_out_warnings(sizer->problems, false);
    return good;
}

static bool run_lot(struct lot *lot, uint32_t until)
{
    struct sizer *sizer = lot->sizer;
    lot->trials = (struct trials){
        .scenarios = lot->points, .n_points = (uint32_t)lot->n, .options = &sizer->run,
        .problems = sizer->problems, .seed = sizer->seed, .user = lot, .take = take,
        .decide = decide, .tell = tell,
    };
    bool good = trials_open(&lot->trials, 0);
    for (size_t i = 0; good && i < lot->n; i++) {
        const uint32_t have = lot->candidates[i]->seen[lot->sample].n;
        good = trials_plan(&lot->trials, (uint32_t)i,
                           size_sample_first(sizer, lot->sample) + have, until - have);
    }
    good = good && trials_run(&lot->trials);
    sizer->failed |= !good;
    sizer->stopped |= good && !lot->trials.complete;
    sizer->replications += lot->trials.taken;
    sizer->contacts += lot->trials.contacts;
    sizer->events += lot->trials.events;
    sizer->threads = lot->trials.threads;
    trials_close(&lot->trials);
    return good && !sizer->stopped;
}

/* What is left of the time limit, which holds for all lots together. */
static bool time_is_up(struct sizer *sizer, double limit_s)
{
    if (limit_s <= 0)
        return false;
    const double left_s = limit_s - (farm_clock() - sizer->began_s);
    sizer->run.time_limit_s = left_s;
    sizer->stopped |= left_s <= 0;
    return left_s <= 0;
}

static bool open_lot(struct lot *lot, struct sizer *sizer, size_t room, enum size_sample sample)
{
    *lot = (struct lot){ .sizer = sizer, .sample = sample,
                         .candidates = calloc(room + 1, sizeof(struct size_candidate *)),
                         .scenarios = calloc(room + 1, sizeof(struct tsim_scenario *)),
                         .points = calloc(room + 1, sizeof(struct tsim_scenario *)) };
    return (lot->candidates && lot->scenarios && lot->points) || out_of_memory(sizer);
}

static void add_to_lot(struct lot *lot, struct size_candidate *candidate, uint32_t below)
{
    bool known = candidate->seen[lot->sample].n >= below;
    for (size_t k = 0; k < lot->n; k++)
        known |= lot->candidates[k] == candidate;
    if (!known)
        lot->candidates[lot->n++] = candidate;
}

static bool simulate_lot(struct lot *lot, uint32_t replications)
{
    struct sizer *sizer = lot->sizer;
    const double  limit_s = sizer->run.time_limit_s;
    bool          good = true;
    if (lot->n > 0) {
        good = !sizer->stopped && !sizer->failed && !time_is_up(sizer, limit_s);
        if (good && !make_scenarios(lot))
            good = !(sizer->failed = true);
        good = good && run_lot(lot, replications);
    }
    sizer->run.time_limit_s = limit_s;
    return good;
}

static void close_lot(struct lot *lot)
{
    for (size_t i = 0; lot->scenarios && i < lot->n; i++)
        tsim_scenario_free(lot->scenarios[i]);
    free(lot->candidates);
    free(lot->scenarios);
    free(lot->points);
    free(lot->base);
}

bool size_simulate(struct sizer *sizer, struct size_candidate **candidates, size_t n,
                   enum size_sample sample, uint32_t replications)
{
    struct lot lot;
    bool       good = open_lot(&lot, sizer, n, sample);
    for (size_t i = 0; good && i < n; i++)
        add_to_lot(&lot, candidates[i], replications);
    good = good && simulate_lot(&lot, replications);
    close_lot(&lot);
    return good;
}

bool size_simulate_beside(struct sizer *sizer, struct size_candidate *base,
                          struct size_candidate **candidates, size_t n, uint32_t replications)
{
    struct lot             lot;
    struct size_candidate  twin = { .agents = base->agents };
    const size_t           claims = sizer->n_claims;
    bool                   good = open_lot(&lot, sizer, n + 1, SAMPLE_SEARCH);
    twin.seen[SAMPLE_SEARCH].sums = calloc(sums_of(sizer), sizeof(struct ratio_sums));
    lot.base = calloc(2 * claims * replications + 1, sizeof *lot.base);
    if (!good || !twin.seen[SAMPLE_SEARCH].sums || !lot.base)
        good = out_of_memory(sizer);
    else
        lot.candidates[lot.n++] = &twin;
    for (size_t i = 0; good && i < n; i++) {
        add_to_lot(&lot, candidates[i], 1);
        candidates[i]->differ = ARENA_ARRAY(&sizer->arena, claims, struct ratio_sums);
    }
    if (sizer->arena.failed)
        good = out_of_memory(sizer);
    good = good && (lot.n == 1 || simulate_lot(&lot, replications));
    close_lot(&lot);
    free(twin.seen[SAMPLE_SEARCH].sums);
    return good;
}

/* ---- what was seen */

double size_slack(const struct sizer *sizer, const struct size_candidate *candidate,
                  enum size_sample sample, size_t i, double t)
{
    const struct size_claim       *claim = &sizer->claims[i];
    const struct interval_estimate estimate =
        ratio_interval_t(&candidate->seen[sample].sums[i], 1);
    if (!estimate.defined)
        return 0;
    const double sure = estimate.value + (claim->at_least ? -t : t) * estimate.std_error;
    const double margin = sample == SAMPLE_SEARCH ? claim->margin : 0;
    return (claim->at_least ? sure - claim->target : claim->target - sure) - margin;
}

bool size_differs_wrongly(const struct sizer *sizer, const struct size_candidate *base,
                          const struct size_candidate *candidate)
{
    const uint64_t n = candidate->differ ? candidate->differ[0].n : 0;
    const double   t = n > 1 ? student_quantile(n - 1, SURELY) : 0;
    for (size_t i = 0; n > 1 && i < sizer->n_claims; i++) {
        const struct interval_estimate estimate = ratio_interval_t(&candidate->differ[i], 1);
        if ((sizer->all || sizer->claims[i].grows) && estimate.defined &&
            size_slack(sizer, base, SAMPLE_SEARCH, i, 0) + estimate.value +
                    t * estimate.std_error < 0)
            return true;
    }
    return false;
}

double size_relative(const struct sizer *sizer, const struct size_candidate *candidate,
                     enum size_sample sample, size_t i, double t)
{
    return size_slack(sizer, candidate, sample, i, t) /
           fmax(fabs(sizer->claims[i].target), 1e-9);
}

bool size_keeps(const struct sizer *sizer, const struct size_candidate *candidate)
{
    return size_broken(sizer, candidate, SAMPLE_SEARCH, !sizer->all) == sizer->n_claims;
}

size_t size_broken(const struct sizer *sizer, const struct size_candidate *candidate,
                   enum size_sample sample, bool growing)
{
    size_t worst = sizer->n_claims;
    double least = 0;
    for (size_t i = 0; i < sizer->n_claims; i++) {
        const double slack = size_relative(sizer, candidate, sample, i, 0);
        if ((growing && !sizer->claims[i].grows) || slack >= least)
            continue;
        least = slack;
        worst = i;
    }
    return worst;
}

double size_one_sided(const struct sizer *sizer, uint32_t n)
{
    return n > 1 ? student_quantile(n - 1, 2 * sizer->options.confidence - 1) : 0;
}
