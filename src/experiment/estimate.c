/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From sums over replications to estimates, promises, the split and distributions. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "experiment/adjust.h"
#include "experiment/result.h"
#include "stats/digest.h"
#include "stats/sections.h"
#include "stats/verdict.h"

#define ROUNDING 1e-9 /* of long sums */

static bool name_entries(struct tsim_result *result, const struct plan *plan)
{
    for (int s = 0; s < TSIM_SCOPES; s++) {
        const enum tsim_scope scope = (enum tsim_scope)s;
        result->entries[s] = measure_entries(plan, scope);
        result->offset[s] = measure_offset(plan, scope);
        result->n_measures[s] = measure_count(scope);
        result->names[s] = ARENA_ARRAY(&result->arena, result->entries[s] + 1, const char *);
        result->measures[s] =
            ARENA_ARRAY(&result->arena, result->n_measures[s], struct tsim_measure);
        if (!result->names[s] || !result->measures[s])
            return false;
        for (size_t i = 0; i < result->n_measures[s]; i++)
            result->measures[s][i] = measure_at(scope, i)->public;
        for (size_t i = 0; i < result->entries[s]; i++) {
            char name[1024];
            measure_entry_name(plan, scope, i, name, sizeof name);
            result->names[s][i] = arena_copy(&result->arena, name);
        }
    }
    return true;
}

static const uint64_t *sections_of(const struct plan *plan, const struct gathered *gathered,
                                   enum bins bins, size_t entry)
{
    size_t at = entry;
    if (bins == BINS_RESPONSE)
        at = plan->n_tiers;
    if (bins == BINS_RESOLUTION)
        at = plan->n_tiers + 1u;
    return gathered->sections + at * SECTIONS_COUNTS;
}

static struct interval_estimate share_estimate(struct interval_estimate estimate)
{
    if (estimate.value > 1 && estimate.value < 1 + ROUNDING)
        estimate.value = 1; /* busy all the time, added up in two ways */
    return interval_clamp(estimate, 0, 1);
}

static struct interval_estimate estimate_one(const struct plan *plan,
                                             const struct gathered *gathered, size_t entry,
                                             const struct measure *measure,
                                             const struct ratio_sums *sums, double t)
{
    if (measure->bins == BINS_NONE) {
        const struct interval_estimate estimate = ratio_interval_t(sums, t);
        return measure->public.unit == TSIM_UNIT_SHARE ? share_estimate(estimate) : estimate;
    }
    uint64_t        pooled[HISTOGRAM_BINS];
    const uint64_t *counts = sections_of(plan, gathered, measure->bins, entry);
    sections_pool(counts, pooled);
    return interval_clamp(sections_quantile(counts, pooled, measure->probability,
                                            plan->given->run.confidence), 0, HUGE_VAL);
}

static void estimate_all(struct tsim_result *result, const struct plan *plan,
                         const struct gathered *gathered)
{
    const uint64_t units = gathered->sums[0].n;
    const double   t =
        units > 1 ? student_quantile(units - 1, plan->given->run.confidence) : 0;
    for (int s = 0; s < TSIM_SCOPES; s++)
        for (size_t entry = 0; entry < result->entries[s]; entry++)
            for (size_t i = 0; i < result->n_measures[s]; i++) {
                const size_t at = result->offset[s] + entry * result->n_measures[s] + i;
                result->estimates[at] = public_estimate(
                    estimate_one(plan, gathered, entry, measure_at((enum tsim_scope)s, i),
                                 &gathered->sums[at], t));
            }
}

/* ---- adjusted estimates, of what is kept of every replication */

static struct interval_estimate inner_estimate(struct tsim_estimate estimate)
{
    return (struct interval_estimate){ estimate.value, estimate.low, estimate.high,
                                       estimate.std_error, estimate.defined,
                                       estimate.has_interval };
}

static struct interval_estimate adjusted(struct adjustment *adjustment, size_t at,
                                         enum tsim_unit unit, struct interval_estimate estimate)
{
    estimate = adjust_estimate(adjustment, at, estimate);
    if (unit != TSIM_UNIT_SHARE)
        return estimate;
    estimate.value = fmin(fmax(estimate.value, 0), 1);
    return interval_clamp(estimate, 0, 1);
}

static bool name_controls(struct tsim_result *result, const struct plan *plan,
                          const struct adjustment *adjustment)
{
    const struct knowns *knowns = &adjustment->gathered->knowns;
    result->n_controls = adjustment->fit ? adjustment->q : 0;
    result->controls = ARENA_ARRAY(&result->arena, result->n_controls + 1, const char *);
    for (size_t i = 0; result->controls && i < result->n_controls; i++) {
        char name[1024];
        known_name(&knowns->at[adjustment->chosen[i]], plan, name, sizeof name);
        result->controls[i] = arena_copy(&result->arena, name);
    }
    return result->controls != NULL;
}

static bool adjust_all(struct tsim_result *result, const struct plan *plan,
                       const struct gathered *gathered, struct adjustment *adjustment)
{
    result->gains = ARENA_ARRAY(&result->arena, result->kept, double);
    if (!result->gains || !name_controls(result, plan, adjustment))
        return false;
    if (!adjustment->fit && gathered->set == 1)
        return true;
    for (int s = 0; s < TSIM_SCOPES; s++)
        for (size_t i = 0; i < result->entries[s] * result->n_measures[s]; i++) {
            const size_t          at = result->offset[s] + i;
            const struct measure *measure = measure_at((enum tsim_scope)s,
                                                       i % result->n_measures[s]);
            if (at >= result->kept || measure->bins != BINS_NONE)
                continue;
            const struct interval_estimate estimate =
                adjusted(adjustment, at, measure->public.unit,
                         inner_estimate(result->estimates[at]));
            result->estimates[at] = public_estimate(estimate);
            result->gains[at] =
                adjust_gain(gathered, at, plan->given->run.confidence, &estimate);
        }
    return true;
}

/* ---- promises */

static bool judge_promises(struct tsim_result *result, const struct plan *plan,
                           const struct gathered *gathered, struct adjustment *adjustment)
{
    result->promises = ARENA_ARRAY(&result->arena, plan->n_promises + 1, struct tsim_promise);
    if (!result->promises)
        return false;
    for (uint32_t i = 0; i < plan->n_promises; i++) {
        const struct plan_promise *promise = &plan->promises[i];
        const enum tsim_unit       unit = promise_unit(promise->measure);
        struct interval_estimate   estimate = ratio_interval(
            &gathered->sums[result->promise_at + i], plan->given->run.confidence);
        if (unit == TSIM_UNIT_SHARE)
            estimate = share_estimate(estimate);
        estimate = adjusted(adjustment, result->promise_at + i, unit, estimate);
        const bool count = unit == TSIM_UNIT_SHARE && promise->measure != PROMISE_OCCUPANCY;
        if (count && promise->target > 0 && promise->target < 1) /* "none", "all": as it was seen */
            estimate = interval_of_alike(estimate, gathered->sums[result->promise_at + i].sum_y,
                                         plan->given->run.confidence);
        struct tsim_promise *to = &result->promises[result->n_promises++];
        *to = (struct tsim_promise){ .text = arena_copy(&result->arena, promise->text),
                                     .unit = unit, .at_least = promise->at_least,
                                     .target = promise->target,
                                     .estimate = public_estimate(estimate) };
        to->verdict = (enum tsim_verdict)verdict_of(&estimate, promise->target, promise->at_least);
        if (to->verdict == TSIM_TOO_CLOSE)
            to->more_replications = verdict_more_replications(&estimate, promise->target,
                                                              gathered->replications);
    }
    return true;
}

/* On target when the whole interval is within the tolerance, off when it is wholly outside. */
static enum tsim_verdict split_verdict(const struct tsim_estimate *share, double target,
                                       double tolerance)
{
    const double low = target - tolerance, high = target + tolerance;
    if (!share->defined || !share->has_interval)
        return TSIM_UNKNOWN;
    if (share->low >= low && share->high <= high)
        return TSIM_KEPT;
    return share->high < low || share->low > high ? TSIM_BROKEN : TSIM_TOO_CLOSE;
}

static bool judge_split(struct tsim_result *result, const struct plan *plan,
                        const struct gathered *gathered)
{
    result->split = ARENA_ARRAY(&result->arena, plan->n_tiers, struct tsim_split);
    if (!result->split)
        return false;
    const size_t measure = tsim_result_measure(result, TSIM_SCOPE_TIER, "split_share");
    for (uint32_t t = 0; t < plan->n_tiers && plan->split_target; t++) {
        struct tsim_split *split = &result->split[result->n_split++];
        split->tier = result->names[TSIM_SCOPE_TIER][t];
        split->target = plan->split_target[t];
        const size_t at = result->offset[TSIM_SCOPE_TIER] +
                          t * result->n_measures[TSIM_SCOPE_TIER] + measure;
        split->share = public_estimate(
            interval_of_alike(inner_estimate(result->estimates[at]), gathered->sums[at].sum_y,
                              plan->given->run.confidence));
        split->verdict = split_verdict(&split->share, split->target, plan->split_tolerance);
    }
    return true;
}

/* ---- distributions: a histogram in a few dozen bars, of equal ratio but for the first */

#define BARS_MOST 160

static bool make_distribution(struct tsim_result *result, const char *name, const char *entry,
                              const uint64_t *pooled)
{
    struct tsim_distribution *to = &result->distributions[result->n_distributions++];
    double *edges = ARENA_ARRAY(&result->arena, BARS_MOST + 2, double);
    double *shares = ARENA_ARRAY(&result->arena, BARS_MOST + 1, double);
    if (!edges || !shares)
        return false;
    const uint64_t total = histogram_total(pooled);
    uint32_t       first = HISTOGRAM_BINS, last = 0;
    for (uint32_t i = 1; i < HISTOGRAM_BINS; i++) {
        if (pooled[i] == 0)
            continue;
        first = first < i ? first : i;
        last = i;
    }
    size_t bars = 0;
    edges[0] = 0;
    shares[bars++] = total ? (double)pooled[0] / (double)total : 0;
    edges[1] = first < HISTOGRAM_BINS ? histogram_edge(first) : 0;
    const uint32_t step = last >= first ? (last - first) / (BARS_MOST - 1) + 1 : 1;
    for (uint32_t i = first; i <= last; i += step) {
        uint64_t n = 0;
        for (uint32_t k = i; k < i + step && k < HISTOGRAM_BINS; k++)
            n += pooled[k];
        shares[bars++] = (double)n / (double)total;
        edges[bars] = histogram_edge(i + step < HISTOGRAM_BINS ? i + step : HISTOGRAM_BINS);
    }
    *to = (struct tsim_distribution){ name, entry, bars, edges, shares, total };
    return true;
}

static bool make_distributions(struct tsim_result *result, const struct plan *plan,
                               const struct gathered *gathered)
{
    uint64_t pooled[HISTOGRAM_BINS];
    bool     good = true;
    result->distributions = ARENA_ARRAY(&result->arena, plan->n_tiers + 2u,
                                        struct tsim_distribution);
    if (!result->distributions)
        return false;
    for (uint32_t t = 0; t < plan->n_tiers; t++) {
        sections_pool(sections_of(plan, gathered, BINS_WAIT, t), pooled);
        good &= make_distribution(result, "wait", result->names[TSIM_SCOPE_TIER][t], pooled);
    }
    sections_pool(sections_of(plan, gathered, BINS_RESPONSE, 0), pooled);
    good &= make_distribution(result, "first_response", "desk", pooled);
    sections_pool(sections_of(plan, gathered, BINS_RESOLUTION, 0), pooled);
    return good & make_distribution(result, "resolution", "desk", pooled);
}

/* ---- the whole */

static void digest_result(struct tsim_result *result, const struct gathered *gathered)
{
    struct digest digest;
    digest_open(&digest);
    digest_integer(&digest, result->info.seed);
    digest_integer(&digest, gathered->replications);
    digest_integer(&digest, gathered->contacts);
    digest_integer(&digest, gathered->events);
    for (size_t i = 0; i < gathered->total; i++) {
        digest_double(&digest, gathered->sums[i].sum_x);
        digest_double(&digest, gathered->sums[i].sum_y);
        digest_double(&digest, gathered->sums[i].m2_x);
        digest_double(&digest, result->estimates[i].value);
    }
    snprintf(result->digest, sizeof result->digest, "%016llx",
             (unsigned long long)digest_value(&digest));
}

static void fill_info(struct tsim_result *result, const struct plan *plan,
                      const struct gathered *gathered)
{
    const struct scenario_given *given = plan->given;
    struct arena                *arena = &result->arena;
    double                       most = 0;
    for (uint32_t p = 0; p < plan->n_pools; p++)
        most += plan->pools[p].agents.most;
    result->info = (struct tsim_run_info){
        .scenario = arena_copy(arena, given->name),
        .title = arena_copy(arena, given->title),
        .currency = arena_copy(arena, given->currency),
        .replications = gathered->replications,
        .steady_state = plan->steady_state,
        .warmup_s = plan->warmup_s,
        .length_s = plan->end_s - plan->warmup_s,
        .interval_s = plan->interval_s,
        .set = gathered->set,
        .adjusts = given->run.controls == CONTROLS_AUTO,
        .cycle_s = plan->cycle_s,
        .start_day = calendar_day_name((unsigned)(plan->start_s / DAY_S)),
        .start_second = (uint32_t)fmod(plan->start_s, DAY_S),
        .confidence = given->run.confidence,
        .tiers = plan->n_tiers,
        .pools = plan->n_pools,
        .agents_max = (uint32_t)most,
        .contacts = gathered->contacts,
        .events = gathered->events,
        .self_service = plan->has_self_service ? arena_copy(arena, plan->self_service_name) : NULL,
    };
    if (plan->policy) {
        result->info.policy = arena_copy(arena, plan->policy->table->name);
        result->info.policy_fingerprint = arena_copy(arena, plan->policy->fingerprint);
    }
}

struct tsim_result *result_make(const struct tsim_scenario *scenario, struct gathered *gathered)
{
    const struct plan  *plan = scenario->plan;
    struct tsim_result *result = calloc(1, sizeof *result);
    if (!result)
        return NULL;
    gather_settle(gathered);
    arena_open(&result->arena);
    result->estimates = ARENA_ARRAY(&result->arena, gathered->total, struct tsim_estimate);
    result->kept = gathered->kept;
    result->promise_at = measure_promises(plan);
    if (!result->estimates || !name_entries(result, plan)) {
        tsim_result_free(result);
        return NULL;
    }
    fill_info(result, plan, gathered);
    result->info.fingerprint = arena_copy(&result->arena, scenario->fingerprint);
    result->info.file = arena_copy(&result->arena, scenario->file);
    estimate_all(result, plan, gathered);
    digest_result(result, gathered);
    struct adjustment adjustment;
    adjust_open(&adjustment, plan, gathered, gathered->targets, gathered->n_targets);
    const bool good = adjust_all(result, plan, gathered, &adjustment) &&
                      judge_promises(result, plan, gathered, &adjustment) &&
                      judge_split(result, plan, gathered) &&
                      make_distributions(result, plan, gathered);
    adjust_close(&adjustment);
    crosscheck(result, plan);
    if (!good || result->arena.failed) {
        tsim_result_free(result);
        return NULL;
    }
    result->pairs = gathered->pairs;
    gathered->pairs = NULL;
    return result;
}
