/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tsim_size: the whole of a sizing, and its answer. */
#include "experiment/size.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "experiment/farm.h"
#include "experiment/result.h"
#include "stats/digest.h"

enum { SEARCH_LEAST = 20, SEARCH_MOST = 400, VERIFY_LEAST = 1000, VERIFY_MOST = 20000 };

#define SEARCH_CONTACTS 2e5 /* of a candidate in the search, about                  */
#define VERIFY_CONTACTS 1e7 /* … and at most, in the verification                   */

struct tsim_sizing {
    struct arena              arena;
    struct tsim_size_info     info;
    struct tsim_size_pool    *pools;
    struct tsim_size_promise *promises;
    struct tsim_size_reason  *reasons;
    size_t                    n_pools, n_promises, n_reasons;
    uint32_t                 *agents[3]; /* of enum tsim_size_which: [pool * intervals]    */
    double                   *load;      /* the same                                        */
    const char               *settings;
    char                      digest[17];
};

/* ---- what was found */

static bool tell_promises(struct tsim_sizing *to, const struct sizer *sizer,
                          const struct size_candidate *candidate, enum size_sample sample)
{
    to->n_promises = sizer->plan->n_promises;
    to->promises = ARENA_ARRAY(&to->arena, to->n_promises + 1, struct tsim_size_promise);
    for (size_t p = 0; to->promises && p < to->n_promises; p++) {
        size_tell_promise(sizer, candidate, sample, p, &to->promises[p]);
        to->promises[p].text = arena_copy(&to->arena, sizer->plan->promises[p].text);
    }
    return to->promises != NULL;
}

static void tell_reasons(struct tsim_sizing *to, const struct sizer *sizer)
{
    to->reasons = ARENA_ARRAY(&to->arena, sizer->n_reasons + 1, struct tsim_size_reason);
    for (size_t k = 0; to->reasons && k < sizer->n_reasons; k++) {
        const struct size_reason *reason = &sizer->reasons[k];
        struct tsim_size_reason  *told = &to->reasons[to->n_reasons++];
        *told = (struct tsim_size_reason){ .cause = reason->cause, .keeps = reason->keeps };
        told->value = size_estimate(reason->seen, SAMPLE_SEARCH, sizer->broken_claim, 0).value;
        if (reason->cause != TSIM_CAUSE_PROMISE)
            continue;
        told->other = sizer->claims[reason->other].promise;
        told->other_value = size_estimate(reason->seen, SAMPLE_SEARCH, reason->other, 0).value;
    }
}

/* The candidate with so many more or fewer in cell j. */
static struct size_candidate *neighbour(struct sizer *sizer, const struct size_candidate *candidate,
                                        size_t j, int by)
{
    struct size_candidate *made = NULL;
    uint32_t              *agents = malloc(sizer->n_cells * sizeof *agents);
    if (!agents)
        return NULL;
    memcpy(agents, candidate->agents, sizer->n_cells * sizeof *agents);
    if (by > 0 || agents[j] > 0) {
        agents[j] = (uint32_t)((int)agents[j] + by);
        made = size_candidate(sizer, agents);
    }
    free(agents);
    return made;
}

/* The claim with which a candidate with one agent fewer comes off worst, and whether it is not
 * surely kept. Of those that more agents may hurt, only what it breaks. */
static size_t worst_of(const struct sizer *sizer, const struct size_candidate *candidate,
                            bool *broken)
{
    double least = HUGE_VAL;
    size_t worst = sizer->n_claims;
    for (size_t k = 0; k < sizer->n_claims; k++) {
        const double slack = size_slack(sizer, candidate, SAMPLE_VERIFY, k,
                                        size_one_sided(sizer, candidate->seen[SAMPLE_VERIFY].n)) /
                             fmax(fabs(sizer->claims[k].target), 1e-9);
        if ((!sizer->claims[k].grows && slack >= 0) || slack >= least)
            continue;
        least = slack;
        worst = k;
    }
    *broken = least < 0;
    return worst;
}

static double whole_cost(const struct sizer *sizer, const struct size_candidate *candidate)
{
    const struct ratio_sums *cost = &candidate->seen[SAMPLE_VERIFY].sums[sizer->n_claims];
    return cost->mean_x / fmax(cost->mean_y, 1e-9);
}

/* One fewer and one more; where a pool has many numbers, one fewer where it does least harm. */
static bool tell_neighbours(struct tsim_size_pool *told, struct sizer *sizer,
                            const struct size_candidate *candidate, uint32_t pool)
{
    const struct size_neighbours at = sizer->neighbours[pool];
    const uint32_t n = candidate->seen[SAMPLE_VERIFY].n < 4 * sizer->n
                           ? candidate->seen[SAMPLE_VERIFY].n : 4 * sizer->n;
    struct size_candidate *less = neighbour(sizer, candidate, at.less, -1),
                          *more = neighbour(sizer, candidate, at.more, 1);
    if (!more || !size_simulate(sizer, &more, 1, SAMPLE_VERIFY, n))
        return false;
    told->fewer_interval = sizer->cells[at.less].interval;
    told->more_interval = sizer->cells[at.more].interval;
    told->more_known = more != candidate; /* else the pool may have no more */
    told->more_cost = whole_cost(sizer, more) - whole_cost(sizer, candidate);
    const uint32_t asked = sizer->plan->pools[pool].size_least;
    if (!less || (candidate->agents[at.less] <= 1 && !less->refused) ||
        (asked > 0 && candidate->agents[at.less] <= asked))
        return true;
    if (!size_simulate(sizer, &less, 1, SAMPLE_VERIFY, n))
        return false;
    const size_t i = worst_of(sizer, less, &told->fewer_breaks);
    if (i == sizer->n_claims)
        return true;
    told->fewer_known = true;
    told->fewer_promise = sizer->claims[i].promise;
    told->fewer_value = size_estimate(less, SAMPLE_VERIFY, i, 0).value;
    told->more_value = size_estimate(more, SAMPLE_VERIFY, i, 0).value;
    return true;
}

static void tell_pool(struct tsim_sizing *to, const struct sizer *sizer,
                      const struct size_candidate *candidate, enum size_sample sample, uint32_t p)
{
    const struct plan      *plan = sizer->plan;
    const uint32_t          t = plan->pools[p].tier;
    struct tsim_size_pool  *told = &to->pools[p];
    const uint32_t          n = plan->n_intervals;
    double                  load = 0;
    uint32_t                open = 0;
    *told = (struct tsim_size_pool){ .tier = arena_copy(&to->arena, plan->tiers[t].name),
                                     .pool = arena_copy(&to->arena, plan->pools[p].name),
                                     .fixed = true };
    for (size_t j = 0; j < sizer->n_cells; j++) {
        const struct size_cell *cell = &sizer->cells[j];
        if (cell->pool != p)
            continue;
        const uint32_t need = candidate->agents[j];
        told->fixed = false;
        told->now = cell->now > told->now ? cell->now : told->now;
        told->preplan = cell->preplan > told->preplan ? cell->preplan : told->preplan;
        told->need = need > told->need ? need : told->need;
        told->floor_hours += need * cell->hours;
        told->cost += need * cell->cost;
        told->cost_now += cell->now * cell->cost;
    }
    told->shrinkage = plan->pools[p].shrinkage;
    told->paid_hours = told->floor_hours / (1 - plan->pools[p].shrinkage);
    told->payroll = (uint32_t)ceil(told->need / (1 - plan->pools[p].shrinkage) - 1e-9);
    for (uint32_t i = 0; i < n; i++) {
        const double here = sizer->preplan.load[(size_t)t * n + i];
        to->load[p * n + i] = here;
        load += here;
        open += here > 0;
        for (size_t j = 0; j < sizer->n_cells; j++)
            if (sizer->cells[j].pool == p &&
                (sizer->cells[j].interval == NONE || sizer->cells[j].interval == i)) {
                to->agents[TSIM_SIZE_PREPLAN][p * n + i] = sizer->cells[j].preplan;
                to->agents[TSIM_SIZE_NEED][p * n + i] =
                    size_agents_at(sizer, candidate->agents, p, i);
            }
        to->agents[TSIM_SIZE_NOW][p * n + i] = size_agents_now(plan, p, i);
    }
    told->load = open > 0 ? load / open : 0;
    told->occupancy = size_estimate(candidate, sample, sizer->n_claims + 1 + p, 0);
}

static void tell_info(struct tsim_sizing *to, const struct sizer *sizer,
                      const struct size_candidate *candidate, const struct size_candidate *now,
                      enum size_sample sample)
{
    const struct plan     *plan = sizer->plan;
    struct tsim_size_info *info = &to->info;
    const uint32_t         n = candidate->seen[sample].n, m = now->seen[sample].n;
    *info = (struct tsim_size_info){
        .scenario = arena_copy(&to->arena, plan->given->name),
        .file = arena_copy(&to->arena, sizer->scenario->file),
        .currency = arena_copy(&to->arena, plan->given->currency),
        .money = sizer->money, .confidence = sizer->options.confidence,
        .days = sizer->options.days, .per_interval = sizer->options.per_interval,
        .each_interval = sizer->options.each_interval, .feasible = !sizer->infeasible,
        .complete = !sizer->stopped, .bound = sizer->bound,
        .bound_by_slopes = sizer->bound_by_slopes, .unsure = sizer->unsure,
        .dropped = sizer->dropped,
        .cost = candidate->cost,
        .cost_now = now->cost, .seed = sizer->seed, .searched = sizer->n,
        .verified = candidate->seen[SAMPLE_VERIFY].n,
        .candidates = (uint32_t)sizer->n_candidates, .replications = sizer->replications,
        .contacts = sizer->contacts, .events = sizer->events, .intervals = plan->n_intervals,
        .interval_s = plan->interval_s, .threads = sizer->threads,
        .start_day = calendar_day_name((unsigned)(plan->start_s / DAY_S)),
        .start_second = (uint32_t)fmod(plan->start_s, DAY_S),
        .wall_s = farm_clock() - sizer->began_s,
        .total = size_estimate(candidate, sample, sizer->n_claims,
                      n > 1 ? student_quantile(n - 1, sizer->options.confidence) : 0),
        .total_now = size_estimate(now, sample, sizer->n_claims,
                          m > 1 ? student_quantile(m - 1, sizer->options.confidence) : 0),
    };
    for (size_t j = 0; j < sizer->n_cells; j++)
        info->cost_preplan += sizer->cells[j].preplan * sizer->cells[j].cost;
    if (sizer->infeasible) {
        info->broken = sizer->claims[sizer->broken_claim].promise;
        info->certain = sizer->certain;
        info->budget = plan->promises[info->broken].measure == PROMISE_COST_PER_DAY;
    }
}

static void digest_all(struct tsim_sizing *to, const struct sizer *sizer,
                       const struct size_candidate *candidate)
{
    struct digest digest;
    digest_open(&digest);
    digest_integer(&digest, sizer->seed);
    digest_integer(&digest, sizer->replications);
    digest_integer(&digest, sizer->contacts);
    for (size_t j = 0; j < sizer->n_cells; j++)
        digest_integer(&digest, candidate->agents[j]);
    for (size_t i = 0; i < to->n_promises; i++)
        digest_double(&digest, to->promises[i].estimate.value);
    snprintf(to->digest, sizeof to->digest, "%016llx", (unsigned long long)digest_value(&digest));
}

static struct tsim_sizing *tell(struct sizer *sizer, struct size_candidate *candidate,
                                struct size_candidate *now)
{
    const struct plan     *plan = sizer->plan;
    struct tsim_sizing    *to = calloc(1, sizeof *to);
    const enum size_sample sample =
        candidate->seen[SAMPLE_VERIFY].n > 1 ? SAMPLE_VERIFY : SAMPLE_SEARCH;
    if (!to)
        return NULL;
    arena_open(&to->arena);
    to->n_pools = plan->n_pools;
    to->pools = ARENA_ARRAY(&to->arena, plan->n_pools, struct tsim_size_pool);
    for (int k = 0; k < 3; k++)
        to->agents[k] = ARENA_ARRAY(&to->arena, (size_t)plan->n_pools * plan->n_intervals,
                                    uint32_t);
    to->load = ARENA_ARRAY(&to->arena, (size_t)plan->n_pools * plan->n_intervals, double);
    for (uint32_t p = 0; !to->arena.failed && p < plan->n_pools; p++)
        tell_pool(to, sizer, candidate, sample, p);
    const bool answered = sample == SAMPLE_VERIFY && !sizer->infeasible && !sizer->stopped;
    if (answered && size_look_around(sizer, candidate, sample))
        for (uint32_t p = 0; !to->arena.failed && p < plan->n_pools; p++)
            if (!to->pools[p].fixed &&
                !tell_neighbours(&to->pools[p], sizer, candidate, p))
                break;
    to->settings = size_settings(sizer, candidate->agents, &to->arena);
    tell_reasons(to, sizer);
    if (!to->arena.failed && tell_promises(to, sizer, candidate, sample)) {
        tell_info(to, sizer, candidate, now, sample);
        digest_all(to, sizer, candidate);
    }
    if (to->arena.failed || sizer->failed) {
        tsim_sizing_free(to);
        return NULL;
    }
    return to;
}

/* ---- the whole */

static uint32_t clamped(double value, uint32_t low, uint32_t high)
{
    return value < low ? low : value > high ? high : (uint32_t)value;
}

static bool open_sizer(struct sizer *sizer, const struct tsim_size_options *options,
                       const struct tsim_run_options *run)
{
    const struct run_given *given = &sizer->plan->given->run;
    const double            contacts = fmax(sizer->plan->expected_contacts, 1);
    sizer->began_s = farm_clock();
    arena_open(&sizer->arena);
    if (options)
        sizer->options = *options;
    if (run)
        sizer->run = *run;
    if (!(sizer->options.confidence > 0.5 && sizer->options.confidence < 1))
        sizer->options.confidence = 0.95;
    sizer->seed = sizer->run.has_seed ? sizer->run.seed : given->seed;
    const double sample = sizer->options.per_interval ? 1.25 * SEARCH_CONTACTS : SEARCH_CONTACTS;
    sizer->n = sizer->run.replications ? sizer->run.replications
                                       : clamped(sample / contacts, SEARCH_LEAST, SEARCH_MOST);
    if (sizer->n < 2)
        sizer->n = 2;
    sizer->fresh = sizer->n;
    sizer->verify_most = clamped(VERIFY_CONTACTS / contacts, VERIFY_LEAST, VERIFY_MOST);
    if (sizer->verify_most < 4 * sizer->n)
        sizer->verify_most = 4 * sizer->n;
    if (!preplan_make(&sizer->preplan, sizer->plan))
        return problem_plain(sizer->problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    return size_cells_make(sizer) && size_claims_make(sizer);
}

struct tsim_sizing *tsim_size(const struct tsim_scenario *scenario,
                              const struct tsim_size_options *options,
                              const struct tsim_run_options *run, struct tsim_problems *problems)
{
    struct sizer           sizer = { .scenario = scenario, .plan = scenario->plan,
                                     .problems = problems };
    struct tsim_sizing    *sizing = NULL;
    struct size_candidate *candidate = NULL, *now = NULL;
    const size_t           before = tsim_problems_errors(problems);
    if (open_sizer(&sizer, options, run))
        candidate = size_search(&sizer);
    if (candidate && !sizer.infeasible && !sizer.dropped && !sizer.stopped)
        candidate = size_verify(&sizer, candidate);
    if (candidate && sizer.infeasible && !sizer.certain && !sizer.stopped)
        size_explain(&sizer, candidate);
    if (candidate) {
        const bool           verified = candidate->seen[SAMPLE_VERIFY].n > 1;
        now = size_candidate(&sizer, NULL);
        if (now && !sizer.stopped)
            size_simulate(&sizer, &now, 1, verified ? SAMPLE_VERIFY : SAMPLE_SEARCH,
                          verified ? candidate->seen[SAMPLE_VERIFY].n : sizer.n);
    }
    if (now && tsim_problems_errors(problems) == before)
        sizing = tell(&sizer, candidate, now);
    preplan_free(&sizer.preplan);
    free(sizer.candidates);
    arena_close(&sizer.arena);
    return sizing;
}

void tsim_sizing_free(struct tsim_sizing *sizing)
{
    if (!sizing)
        return;
    arena_close(&sizing->arena);
    free(sizing);
}

const struct tsim_size_info *tsim_sizing_info(const struct tsim_sizing *sizing)
{
    return &sizing->info;
}

const struct tsim_size_pool *tsim_sizing_pools(const struct tsim_sizing *sizing, size_t *count)
{
    *count = sizing->n_pools;
    return sizing->pools;
}

const struct tsim_size_promise *tsim_sizing_promises(const struct tsim_sizing *sizing,
                                                     size_t *count)
{
    *count = sizing->n_promises;
    return sizing->promises;
}

const struct tsim_size_reason *tsim_sizing_reasons(const struct tsim_sizing *sizing,
                                                   size_t *count)
{
    *count = sizing->n_reasons;
    return sizing->reasons;
}

uint32_t tsim_sizing_agents(const struct tsim_sizing *sizing, enum tsim_size_which which,
                            size_t pool, size_t interval)
{
    if (pool >= sizing->n_pools || interval >= sizing->info.intervals)
        return 0;
    return sizing->agents[which][pool * sizing->info.intervals + interval];
}

double tsim_sizing_load(const struct tsim_sizing *sizing, size_t pool, size_t interval)
{
    if (pool >= sizing->n_pools || interval >= sizing->info.intervals)
        return 0;
    return sizing->load[pool * sizing->info.intervals + interval];
}

const char *tsim_sizing_settings(const struct tsim_sizing *sizing)
{
    return sizing->settings;
}

const char *tsim_sizing_digest(const struct tsim_sizing *sizing)
{
    return sizing->digest;
}
