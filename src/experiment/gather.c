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
                                   .room = ROOM_FIRST };
    gathered->sums = calloc(gathered->total, sizeof *gathered->sums);
    gathered->sections = calloc(((size_t)plan->n_tiers + 2) * SECTIONS_COUNTS,
                                sizeof *gathered->sections);
    gathered->pairs = malloc(ROOM_FIRST * gathered->kept * sizeof *gathered->pairs);
    return gathered->sums && gathered->sections && gathered->pairs;
}

void gather_close(struct gathered *gathered)
{
    free(gathered->sums);
    free(gathered->sections);
    free(gathered->pairs);
    *gathered = (struct gathered){ 0 };
}

static bool keep_pairs(struct gathered *gathered, const struct pair *pairs,
                       struct tsim_problems *problems)
{
    const uint32_t r = gathered->replications;
    if (r == gathered->room) {
        struct pair *more = realloc(gathered->pairs,
                                    (size_t)r * 2 * gathered->kept * sizeof *more);
        if (!more)
            return problem_plain(problems, TSIM_PROBLEM_LIMIT, "use fewer replications",
                                 "memory is out after %u replications", r);
        gathered->pairs = more;
        gathered->room = 2 * r;
    }
    memcpy(gathered->pairs + (size_t)r * gathered->kept, pairs, gathered->kept * sizeof *pairs);
    return true;
}

bool gather_add(struct gathered *gathered, const struct plan *plan, const struct tally *tally,
                const struct pair *pairs, struct tsim_problems *problems)
{
    if (!keep_pairs(gathered, pairs, problems))
        return false;
    for (size_t i = 0; i < gathered->total; i++)
        ratio_add(&gathered->sums[i], pairs[i].x, pairs[i].y);
    const uint32_t  r = gathered->replications;
    const uint32_t *ends[] = { tally->response_bins, tally->resolution_bins };
    for (uint32_t t = 0; t < plan->n_tiers; t++)
        sections_add(gathered->sections + (size_t)t * SECTIONS_COUNTS, r,
                     tally->wait_bins + (size_t)t * HISTOGRAM_BINS);
    for (size_t i = 0; i < COUNT_OF(ends); i++)
        sections_add(gathered->sections + (plan->n_tiers + i) * SECTIONS_COUNTS, r, ends[i]);
    steadiness_add(&gathered->steadiness, plan, tally);
    gathered->contacts += tally->contacts;
    gathered->events += tally->events;
    gathered->replications++;
    return true;
}

bool gather_fits(const struct plan *plan, double replications, struct tsim_problems *problems)
{
    const double bytes = replications * (double)measure_kept(plan) * sizeof(struct pair);
    return bytes <= LIMIT_KEPT_BYTES ||
           problem_plain(problems, TSIM_PROBLEM_LIMIT, "use fewer replications",
                         "the values of %.0f replications would need %.3g GB of memory",
                         replications, bytes / 1e9);
}
