/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims that more agents may hurt: a budget, which tier resolves how much, how busy people are at
 * least. The search does without them first, for then more is never worse, which is what its bounds
 * and cuts live on. Where its answer breaks one of them, plans nearby are tried that keep all that
 * more agents help: from one to the best of its neighbours, as long as less is broken. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiment/size.h"

enum { TRIED_MOST = 120, SWAP_CELLS = 12, FAR_MOST = 4, COARSE = 5, COARSE_LEAST = 10 };

#define CAREFUL 0.05 /* share of a cell's agents that a step may change                    */
#define WORTH   0.05 /* of what is broken: what a step mends at least, or it is the last   */

/* How much of the claims that agents may hurt is broken; HUGE_VAL where one is that they help. */
static double broken_by(const struct sizer *sizer, const struct size_candidate *candidate)
{
    double sum = 0;
    for (size_t i = 0; i < sizer->n_claims; i++) {
        const double slack = size_relative(sizer, candidate, SAMPLE_SEARCH, i, 0);
        if (slack < 0 && sizer->claims[i].grows)
            return HUGE_VAL;
        sum += fmax(0, -slack);
    }
    return sum;
}

/* Whether b breaks less than a, or costs less where neither breaks anything. */
static bool is_better(const struct sizer *sizer, const struct size_candidate *a,
                      const struct size_candidate *b)
{
    const double x = broken_by(sizer, a), y = broken_by(sizer, b);
    return y < x * (1 - 1e-9) || (y == 0 && x == 0 && b->cost < a->cost);
}

/* Neighbours of a plan: some more or fewer in a cell; with `swaps`, one here instead of there. */
static size_t neighbours(struct sizer *sizer, const struct size_candidate *from, uint32_t by,
                         bool swaps, struct size_candidate **to)
{
    const size_t n = sizer->n_cells;
    size_t       made = 0;
    for (size_t j = 0; j < n && !sizer->failed; j++) {
        to[made++] = size_with(sizer, from, n, j, by);
        if (from->agents[j] >= size_floor(sizer, j) + by)
            to[made++] = size_with(sizer, from, n, j, -by);
        for (size_t k = 0; swaps && k < n && from->agents[j] > size_floor(sizer, j); k++)
            if (k != j)
                to[made++] = size_with(sizer, from, j, k, by);
    }
    return sizer->failed ? 0 : made;
}

/* So many plans at most are tried in all: what is at the very edge of what can be is not chased. */
static bool may_go_on(const struct sizer *sizer)
{
    return sizer->walked < TRIED_MOST * (uint64_t)sizer->fresh;
}

/* The neighbour that breaks least, of those the cheapest; farther ones only when near ones mend
 * next to nothing. NULL: none does. */
static struct size_candidate *best_near(struct sizer *sizer, struct size_candidate *from,
                                        struct size_candidate **room)
{
    const double enough = broken_by(sizer, from) * (1 - WORTH);
    for (uint32_t by = 1; by <= FAR_MOST && may_go_on(sizer); by *= 2) {
        struct size_candidate *best = NULL;
        const size_t n = neighbours(sizer, from, by, sizer->n_cells <= SWAP_CELLS, room);
        if (sizer->failed || !size_simulate(sizer, room, n, SAMPLE_SEARCH, sizer->n))
            return NULL;
        sizer->walked += sizer->n * n;
        for (size_t k = 0; k < n; k++)
            if (!room[k]->refused && (!best || is_better(sizer, best, room[k])))
                best = room[k];
        if (best && broken_by(sizer, best) < enough)
            return best;
    }
    return NULL;
}

static struct size_candidate *walk(struct sizer *sizer, struct size_candidate *from)
{
    const size_t            n = sizer->n_cells;
    struct size_candidate **room = calloc(n * (n + 2) + 1, sizeof *room), *next = from;
    bool good = room && size_simulate(sizer, &from, 1, SAMPLE_SEARCH, sizer->n);
    sizer->failed |= room == NULL;
    while (good && next && broken_by(sizer, from) > 0) {
        next = best_near(sizer, from, room);
        from = next ? next : from;
    }
    free(room);
    return from;
}

static uint32_t few_of(const struct sizer *sizer)
{
    const uint32_t few = sizer->n / COARSE;
    return few > COARSE_LEAST ? few : sizer->n < COARSE_LEAST ? sizer->n : COARSE_LEAST;
}

/* With few customers first, then with all of the sample. */
static struct size_candidate *walk_far(struct sizer *sizer, struct size_candidate *from)
{
    const uint32_t all = sizer->n;
    sizer->n = few_of(sizer);
    struct size_candidate *far = walk(sizer, from);
    sizer->n = all;
    if (sizer->failed || sizer->stopped ||
        !size_simulate(sizer, &far, 1, SAMPLE_SEARCH, sizer->n))
        return from;
    return walk(sizer, broken_by(sizer, far) < HUGE_VAL ? far : from);
}

/* ---- what no staffing near or far does */

#define FAR 2.5 /* standard errors: what is farther from its target is not there by chance */

/* A plan with one pool ample or at its fewest; pool n_pools: none. */
static struct size_candidate *with_pool(struct sizer *sizer, const struct size_candidate *from,
                                        const int *way)
{
    uint32_t              *agents = calloc(sizer->n_cells, sizeof *agents);
    struct size_candidate *made = NULL;
    sizer->failed |= agents == NULL;
    for (size_t j = 0; agents && j < sizer->n_cells; j++) {
        const int to = way[sizer->cells[j].pool];
        agents[j] = to > 0 ? size_ample(from->agents[j]) : to < 0 ? size_floor(sizer, j)
                                                                  : from->agents[j];
    }
    if (agents)
        made = size_candidate(sizer, agents);
    free(agents);
    return made;
}

/* The plan with which claim i does best when each pool is as it is, ample, or at its fewest: what
 * helps in one pool helps with what helps in others. `way` and `at` have room for the pools, and
 * for three times as many. NULL when it failed or was stopped. */
static struct size_candidate *reach(struct sizer *sizer, struct size_candidate *from, size_t i,
                                    int *way, struct size_candidate **at)
{
    const uint32_t         pools = sizer->plan->n_pools;
    struct size_candidate *best = from;
    size_t                 n = 0;
    memset(way, 0, pools * sizeof *way);
    at[n++] = from;
    for (uint32_t p = 0; p < pools && !sizer->failed; p++)
        for (int to = -1; to <= 1; to += 2) {
            way[p] = to;
            at[n++] = with_pool(sizer, from, way);
            way[p] = 0;
        }
    if (sizer->failed || !size_simulate(sizer, at, n, SAMPLE_SEARCH, sizer->n))
        return NULL;
    const double here = size_slack(sizer, from, SAMPLE_SEARCH, i, 0);
    for (uint32_t p = 0; p < pools; p++) {
        const double less = size_slack(sizer, at[1 + 2 * p], SAMPLE_SEARCH, i, 0) - here;
        const double more = size_slack(sizer, at[2 + 2 * p], SAMPLE_SEARCH, i, 0) - here;
        way[p] = less > 0 && less > more ? -1 : more > 0;
    }
    at[n++] = with_pool(sizer, from, way);
    if (sizer->failed || !size_simulate(sizer, &at[n - 1], 1, SAMPLE_SEARCH, sizer->n))
        return NULL;
    for (size_t k = 0; k < n; k++)
        if (size_slack(sizer, at[k], SAMPLE_SEARCH, i, 0) >
            size_slack(sizer, best, SAMPLE_SEARCH, i, 0))
            best = at[k];
    return best;
}

/* Whether some claim is out of reach of any staffing; then that is the answer, with the plan that
 * comes nearest. What a desk costs is least between few and ample, and is left to steps. */
static struct size_candidate *out_of_reach(struct sizer *sizer, struct size_candidate *from)
{
    int                    *way = calloc(sizer->plan->n_pools, sizeof *way);
    struct size_candidate **at = calloc(2 * (size_t)sizer->plan->n_pools + 2, sizeof *at);
    struct size_candidate  *found = NULL;
    sizer->failed |= !way || !at;
    for (size_t i = 0; i < sizer->n_claims && !found && !sizer->failed && !sizer->stopped; i++) {
        const struct size_claim *claim = &sizer->claims[i];
        if (claim->grows || size_slack(sizer, from, SAMPLE_SEARCH, i, 0) >= 0 ||
            sizer->plan->promises[claim->promise].measure == PROMISE_COST_PER_DAY)
            continue;
        struct size_candidate *best = reach(sizer, from, i, way, at);
        if (best && size_slack(sizer, best, SAMPLE_SEARCH, i, -FAR) < 0) {
            found = best;
            sizer->infeasible = true;
            sizer->broken_claim = i;
        }
    }
    free(way);
    free(at);
    return found;
}

struct size_candidate *size_settle(struct sizer *sizer, struct size_candidate *from)
{
    if (size_broken(sizer, from, SAMPLE_SEARCH, false) == sizer->n_claims)
        return from;
    sizer->all = true;
    struct size_candidate *nearest = out_of_reach(sizer, from);
    if (nearest || sizer->failed)
        return nearest;
    from = size_many(sizer) ? size_descend(sizer, from, CAREFUL) : walk_far(sizer, from);
    if (sizer->failed || sizer->stopped || !from)
        return sizer->failed ? NULL : from;
    if (!size_many(sizer) && size_keeps(sizer, from))
        from = size_polish(sizer, from);
    if (!from)
        return NULL;
    const size_t broken = size_broken(sizer, from, SAMPLE_SEARCH, false);
    sizer->infeasible = broken < sizer->n_claims;
    sizer->broken_claim = sizer->infeasible ? broken : sizer->broken_claim;
    return from;
}
