/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why no staffing keeps a promise: the same plan, with one thing besides the staffing as it never
 * is. Nobody gives up, work takes no time, everybody may approve everything, …: with which of these
 * the promise would be kept, and what it would be. And where agents may hurt it, which other
 * promise a plan breaks that keeps this one, of all that were tried. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "experiment/size.h"
#include "model/scenario.h"

static const char *added(struct arena *arena, const char *all, const char *setting)
{
    return all && setting ? arena_print(arena, "%s%s%s", all, *all ? ", " : "", setting) : NULL;
}

/* ---- settings that take one thing away; "" where the scenario does not have it */

static const char *without_patience(const struct scenario_given *given, struct arena *arena)
{
    const char *all = arena_copy(arena, "");
    const struct channel_given *channels = given->channels.at;
    for (uint32_t i = 0; i < given->channels.n; i++) {
        const struct channel_given *channel = &channels[i];
        if (channel->patience.kind)
            all = added(arena, all, arena_print(arena, "channels[%u].patience = \"1000 d\"", i));
        if (channel->patience_at.n > 0)
            all = added(arena, all, arena_print(arena, "channels[%u].patience_at = []", i));
    }
    return all;
}

static const char *without_work(const struct scenario_given *given, struct arena *arena)
{
    const char *all = arena_copy(arena, "");
    for (uint32_t t = 0; t < given->tiers.n; t++) {
        const struct tier_given *tier = &((const struct tier_given *)given->tiers.at)[t];
        const struct work_given *work = tier->by_issue.at;
        all = added(arena, all, arena_print(arena, "tiers[%u].handling = \"1 s\"", t));
        for (uint32_t k = 0; k < tier->by_issue.n; k++)
            if (work[k].handling.kind)
                all = added(arena, all,
                            arena_print(arena, "tiers[%u].by_issue[%u].handling = \"1 s\"", t, k));
    }
    return all;
}

static const char *without_limits(const struct scenario_given *given, struct arena *arena)
{
    const char *all = arena_copy(arena, "");
    for (uint32_t t = 0; t < given->tiers.n; t++) {
        const struct tier_given *tier = &((const struct tier_given *)given->tiers.at)[t];
        const struct pool_given *pools = tier->pools.at;
        for (uint32_t p = 0; p < tier->pools.n; p++)
            if (isfinite(pools[p].authority))
                all = added(arena, all,
                            arena_print(arena, "tiers[%u].pools[%u].authority = 1e15", t, p));
    }
    return all;
}

static bool is_full(const struct sizer *sizer, const struct size_candidate *at, size_t cell)
{
    return at->agents[cell] >= size_ceiling(sizer, cell);
}

/* What could have been had without them is in agents_without_limits. */
static const char *without_ceilings(const struct sizer *sizer, const struct size_candidate *at,
                                    struct arena *arena)
{
    const struct plan *plan = sizer->plan;
    const char        *all = arena_copy(arena, "");
    uint32_t           before = NONE;
    for (size_t j = 0; j < sizer->n_cells; j++) {
        const uint32_t p = sizer->cells[j].pool, t = plan->pools[p].tier;
        if (p == before || !is_full(sizer, at, j))
            continue;
        before = p;
        all = added(arena, all, arena_print(arena, "tiers[%u].pools[%u].sizing = {}", t,
                                            p - plan->tiers[t].pool_base));
    }
    return all;
}

static const uint32_t *agents_without_limits(struct sizer *sizer, const struct size_candidate *at)
{
    for (size_t j = 0; j < sizer->n_cells; j++)
        sizer->within[j] = is_full(sizer, at, j) ? size_ample(at->agents[j]) : at->agents[j];
    return sizer->within;
}

/* Everybody is there all the time: as many as there are at most. */
static const char *without_hours(const struct sizer *sizer, const struct size_candidate *at,
                                 struct arena *arena)
{
    const struct plan *plan = sizer->plan;
    const char        *all = arena_copy(arena, "");
    for (uint32_t p = 0; p < plan->n_pools; p++) {
        const uint32_t t = plan->pools[p].tier;
        uint32_t       most = 0;
        for (size_t j = 0; j < sizer->n_cells; j++)
            if (sizer->cells[j].pool == p && at->agents[j] > most)
                most = at->agents[j];
        if (plan->pools[p].agents.n > 1 && most > 0)
            all = added(arena, all,
                        arena_print(arena, "tiers[%u].pools[%u].agents = %u", t,
                                    p - plan->tiers[t].pool_base, most));
    }
    return all;
}

static const char *without_failures(const struct scenario_given *given, struct arena *arena)
{
    const char *all = arena_copy(arena, "");
    for (uint32_t t = 0; t < given->tiers.n; t++) {
        const struct tier_given *tier = &((const struct tier_given *)given->tiers.at)[t];
        const struct work_given *work = tier->by_issue.at;
        if (tier->resolves < 1)
            all = added(arena, all, arena_print(arena, "tiers[%u].resolves = 1", t));
        for (uint32_t k = 0; k < tier->by_issue.n; k++)
            if (work[k].resolves < 1)
                all = added(arena, all,
                            arena_print(arena, "tiers[%u].by_issue[%u].resolves = 1", t, k));
    }
    return all;
}

static const char *without(const struct sizer *sizer, const struct size_candidate *at,
                           enum tsim_size_cause cause, struct arena *arena)
{
    const struct scenario_given *given = sizer->plan->given;
    switch (cause) {
    case TSIM_CAUSE_PATIENCE:
        return without_patience(given, arena);
    case TSIM_CAUSE_WORK:
        return without_work(given, arena);
    case TSIM_CAUSE_AUTHORITY:
        return without_limits(given, arena);
    case TSIM_CAUSE_LIMITS:
        return without_ceilings(sizer, at, arena);
    case TSIM_CAUSE_HOURS:
        return without_hours(sizer, at, arena);
    case TSIM_CAUSE_SOLVING:
        return without_failures(given, arena);
    case TSIM_CAUSE_VENDOR:
        return given->vendor.at ? "vendor.delay = \"1 s\"" : "";
    default:
        return "";
    }
}

/* ---- what it would be */

/* Whether the scenario can be so, and has the same measures then. */
static bool is_possible(const struct sizer *sizer, const char *settings)
{
    struct tsim_problems *scratch = tsim_problems_new();
    struct tsim_scenario *varied =
        scratch ? tsim_scenario_vary(sizer->scenario, settings, scratch) : NULL;
    const bool good = varied && measure_promises(varied->plan) == measure_promises(sizer->plan);
    tsim_scenario_free(varied);
    tsim_problems_free(scratch);
    return good;
}

static struct size_reason *add_reason(struct sizer *sizer, enum tsim_size_cause cause,
                                      const struct size_candidate *candidate)
{
    const size_t        i = sizer->broken_claim;
    struct size_reason *to = &sizer->reasons[sizer->n_reasons++];
    *to = (struct size_reason){ .cause = cause, .seen = candidate,
                                .keeps = size_slack(sizer, candidate, SAMPLE_SEARCH, i, 0) >= 0 };
    return to;
}

static bool explain_by(struct sizer *sizer, const struct size_candidate *at,
                       enum tsim_size_cause cause)
{
    const char *also = without(sizer, at, cause, &sizer->arena);
    if (!also || !*also || !is_possible(sizer, also))
        return also != NULL;
    struct size_candidate *candidate =
        size_candidate_also(sizer, cause == TSIM_CAUSE_LIMITS ? agents_without_limits(sizer, at)
                                                              : at->agents, also);
    if (!candidate || !size_simulate(sizer, &candidate, 1, SAMPLE_SEARCH, sizer->n))
        return false;
    add_reason(sizer, cause, candidate);
    return true;
}

/* Of all plans that keep the claim which `at` breaks, the one that breaks the others least. */
static void explain_conflict(struct sizer *sizer)
{
    const size_t                 i = sizer->broken_claim;
    const struct size_candidate *best = NULL;
    size_t                       worst = sizer->n_claims;
    double                       most = -HUGE_VAL;
    for (size_t k = 0; k < sizer->n_candidates; k++) {
        const struct size_candidate *candidate = sizer->candidates[k];
        if (!candidate->agents || candidate->seen[SAMPLE_SEARCH].n < 2 ||
            size_slack(sizer, candidate, SAMPLE_SEARCH, i, 0) < 0)
            continue;
        const size_t other = size_broken(sizer, candidate, SAMPLE_SEARCH, false);
        const double slack = other < sizer->n_claims
                                 ? size_relative(sizer, candidate, SAMPLE_SEARCH, other, 0) : 0;
        if (other == sizer->n_claims || slack <= most)
            continue;
        most = slack;
        best = candidate;
        worst = other;
    }
    if (best)
        add_reason(sizer, TSIM_CAUSE_PROMISE, best)->other = worst;
}

bool size_explain(struct sizer *sizer, const struct size_candidate *at)
{
    const struct size_claim *claim = &sizer->claims[sizer->broken_claim];
    sizer->reasons = ARENA_ARRAY(&sizer->arena, TSIM_CAUSES, struct size_reason);
    if (!sizer->reasons)
        return false;
    if (!claim->grows)
        explain_conflict(sizer);
    /* Money buys none of these: only the other promises make it dear. */
    bool good = true;
    for (int cause = 0; good && cause < TSIM_CAUSE_PROMISE; cause++)
        if (sizer->plan->promises[claim->promise].measure != PROMISE_COST_PER_DAY)
            good = explain_by(sizer, at, (enum tsim_size_cause)cause);
    return good;
}
