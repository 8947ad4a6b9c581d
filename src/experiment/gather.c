/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/gather.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/limits.h"
#include "base/problem.h"
#include "model/tally.h"
#include "stats/sections.h"

enum { ROOM_FIRST = 64 };

bool gather_open(struct gathered *gathered, const struct plan *plan)
{
    *gathered = (struct gathered){ .total = measure_total(plan), .kept = measure_kept(plan),
                                   .room = ROOM_FIRST, .set = plan->busyness.strata,
                                   .knowns = knowns_of(plan) };
    gathered->sums = calloc(gathered->total, sizeof *gathered->sums);
    gathered->sections = calloc(((size_t)plan->n_tiers + 2) * SECTIONS_COUNTS,
                                sizeof *gathered->sections);
    gathered->pairs = malloc(ROOM_FIRST * gathered->kept * sizeof *gathered->pairs);
    gathered->known = malloc(ROOM_FIRST * (gathered->knowns.n + 1) * sizeof *gathered->known);
    if (gathered->set > 1 &&
        !(gathered->hand = calloc(gathered->total, sizeof *gathered->hand)))
        return false;
    return gathered->sums && gathered->sections && gathered->pairs && gathered->known;
}

void gather_close(struct gathered *gathered)
{
    free(gathered->sums);
    free(gathered->sections);
    free(gathered->pairs);
    free(gathered->known);
    free(gathered->hand);
    *gathered = (struct gathered){ 0 };
}

static bool keep(struct gathered *gathered, const struct plan *plan, const struct tally *tally,
                 const struct pair *pairs, struct tsim_problems *problems)
{
    const uint32_t r = gathered->replications;
    if (r == gathered->room) {
        const size_t room = 2 * (size_t)r;
        struct pair *more = realloc(gathered->pairs, room * gathered->kept * sizeof *more);
        if (more)
            gathered->pairs = more;
        double *known = realloc(gathered->known, room * (gathered->knowns.n + 1) * sizeof *known);
        if (known)
            gathered->known = known;
        if (!more || !known)
            return problem_plain(problems, TSIM_PROBLEM_LIMIT, "use fewer replications",
                                 "memory is out after %u replications", r);
        gathered->room = 2 * r;
    }
    memcpy(gathered->pairs + (size_t)r * gathered->kept, pairs, gathered->kept * sizeof *pairs);
    knowns_observe(&gathered->knowns, plan, tally,
                   gathered->known + (size_t)r * gathered->knowns.n);
    return true;
}

static void add_pairs(struct gathered *gathered, const struct pair *pairs)
{
    for (size_t i = 0; i < gathered->total; i++)
        ratio_add(&gathered->sums[i], pairs[i].x, pairs[i].y);
}

void gather_settle(struct gathered *gathered)
{
    if (gathered->in_hand == 0)
        return;
    add_pairs(gathered, gathered->hand);
    memset(gathered->hand, 0, gathered->total * sizeof *gathered->hand);
    gathered->in_hand = 0;
}

static void add_to_set(struct gathered *gathered, const struct pair *pairs)
{
    for (size_t i = 0; i < gathered->total; i++) {
        gathered->hand[i].x += pairs[i].x;
        gathered->hand[i].y += pairs[i].y;
    }
    if (++gathered->in_hand == gathered->set)
        gather_settle(gathered);
}

bool gather_add(struct gathered *gathered, const struct plan *plan, const struct tally *tally,
                const struct pair *pairs, struct tsim_problems *problems)
{
    if (!keep(gathered, plan, tally, pairs, problems))
        return false;
    if (gathered->hand)
        add_to_set(gathered, pairs);
    else
        add_pairs(gathered, pairs);
    const uint32_t  set = gathered->replications / gathered->set;
    const uint32_t *ends[] = { tally->response_bins, tally->resolution_bins };
    for (uint32_t t = 0; t < plan->n_tiers; t++)
        sections_add(gathered->sections + (size_t)t * SECTIONS_COUNTS, set,
                     tally->wait_bins + (size_t)t * HISTOGRAM_BINS);
    for (size_t i = 0; i < COUNT_OF(ends); i++)
        sections_add(gathered->sections + (plan->n_tiers + i) * SECTIONS_COUNTS, set, ends[i]);
    gathered->contacts += tally->contacts;
    gathered->events += tally->events;
    gathered->replications++;
    return true;
}

uint32_t gather_whole_sets(const struct plan *plan, uint32_t n)
{
    const uint32_t set = plan->busyness.strata, rest = n % set;
    return rest == 0 ? n : n + set - rest;
}

bool gather_fits(const struct plan *plan, double replications, struct tsim_problems *problems)
{
    const double bytes = replications * (double)measure_kept(plan) * sizeof(struct pair);
    return bytes <= LIMIT_KEPT_BYTES ||
           problem_plain(problems, TSIM_PROBLEM_LIMIT, "use fewer replications",
                         "the values of %.0f replications would need %.3g GB of memory",
                         replications, bytes / 1e9);
}
