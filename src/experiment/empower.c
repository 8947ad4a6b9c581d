/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each authority limit of a tier costs and saves: a comparison of limits, read in order. */
#include "experiment/empower.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "experiment/compare.h"

static struct tsim_estimate value_of(const struct tsim_empowerment *empowerment, size_t point,
                                     enum tsim_scope scope, size_t entry, const char *measure)
{
    const struct tsim_result *result = tsim_comparison_result(empowerment->comparison, point);
    return tsim_result_get(result, scope, entry, tsim_result_measure(result, scope, measure));
}

static void fill_limit(struct tsim_empowerment *empowerment, size_t point,
                       struct tsim_limit *limit)
{
    const struct tsim_study  *study = empowerment->study;
    const struct tsim_result *result = tsim_comparison_result(empowerment->comparison, point);
    const size_t              tier = study->limit_tier;
    size_t                    n;
    const struct tsim_promise *promises = tsim_result_promises(result, &n);
    *limit = (struct tsim_limit){
        .limit = point > 0 ? strtod(study->points[point].name, NULL) : study->limit_now,
        .point = point,
        .now = point == 0,
        .cost = tsim_result_find(result, TSIM_SCOPE_COST, "total", "per_day"),
        .concessions = tsim_result_find(result, TSIM_SCOPE_COST, "concessions", "per_day"),
        .leakage = value_of(empowerment, point, TSIM_SCOPE_DESK, 0, "leakage_per_day"),
        .escalated = value_of(empowerment, point, TSIM_SCOPE_TIER, tier, "escalation_rate"),
        .for_authority = value_of(empowerment, point, TSIM_SCOPE_TIER, tier,
                                  "escalated_authority_share"),
        .wait = value_of(empowerment, point, TSIM_SCOPE_TIER, tier, "wait_mean"),
        .breach = value_of(empowerment, point, TSIM_SCOPE_DESK, 0, "sla_breach_share"),
    };
    for (size_t i = 0; i < n; i++)
        limit->kept += promises[i].verdict == TSIM_KEPT;
}

static int by_limit(const void *a, const void *b)
{
    const struct tsim_limit *x = a, *y = b;
    return (x->limit > y->limit) - (x->limit < y->limit);
}

/* The measure of the comparison that is the total cost. */
static size_t cost_measure(const struct tsim_comparison *comparison)
{
    size_t                      n;
    const struct tsim_compared *measures = tsim_comparison_measures(comparison, &n);
    for (size_t m = 0; m < n; m++)
        if (measures[m].money)
            return m;
    return SIZE_MAX;
}

/* The cheapest, and the limits around it that are not shown to be dearer. */
static void find_cheapest(struct tsim_empowerment *empowerment)
{
    struct tsim_empowerment_info *info = &empowerment->info;
    const size_t                  m = cost_measure(empowerment->comparison);
    for (size_t i = 1; i < info->limits; i++)
        if (empowerment->limits[i].cost.value < empowerment->limits[info->cheapest].cost.value)
            info->cheapest = i;
    for (size_t i = 0; i < info->limits; i++) {
        struct tsim_limit *limit = &empowerment->limits[i];
        if (i == info->cheapest || m == SIZE_MAX) {
            limit->flat = true;
            continue;
        }
        const struct tsim_difference d = tsim_comparison_difference(
            empowerment->comparison, limit->point,
            empowerment->limits[info->cheapest].point, m);
        limit->dearer = d.difference;
        limit->flat = d.outcome == TSIM_NOT_SHOWN || d.outcome == TSIM_IDENTICAL;
    }
    info->flat_first = info->flat_last = info->cheapest;
    while (info->flat_first > 0 && empowerment->limits[info->flat_first - 1].flat)
        info->flat_first--;
    while (info->flat_last + 1 < info->limits && empowerment->limits[info->flat_last + 1].flat)
        info->flat_last++;
}

/* For each promise the lowest limit from which on it is kept. */
static void find_keeps(struct tsim_empowerment *empowerment)
{
    for (size_t k = 0; k < empowerment->info.promises; k++) {
        empowerment->keeps[k] = SIZE_MAX;
        for (size_t i = empowerment->info.limits; i-- > 0;) {
            size_t                     n;
            const struct tsim_promise *promises = tsim_result_promises(
                tsim_comparison_result(empowerment->comparison, empowerment->limits[i].point),
                &n);
            if (k >= n || promises[k].verdict != TSIM_KEPT)
                break;
            empowerment->keeps[k] = i;
        }
    }
}

static bool conclude(struct tsim_empowerment *empowerment)
{
    struct tsim_empowerment_info *info = &empowerment->info;
    const struct tsim_study      *study = empowerment->study;
    tsim_result_promises(tsim_comparison_result(empowerment->comparison, 0), &info->promises);
    info->study = study->given.name;
    info->tier = study->scenarios[0]->plan->tiers[study->limit_tier].name;
    info->currency = study->scenarios[0]->given.currency;
    info->confidence = study->given.confidence;
    info->limits = study->n_points;
    empowerment->limits = ARENA_ARRAY(&empowerment->arena, info->limits, struct tsim_limit);
    empowerment->keeps = ARENA_ARRAY(&empowerment->arena, info->promises + 1, size_t);
    if (!empowerment->limits || !empowerment->keeps)
        return false;
    for (size_t p = 0; p < info->limits; p++)
        fill_limit(empowerment, p, &empowerment->limits[p]);
    qsort(empowerment->limits, info->limits, sizeof *empowerment->limits, by_limit);
    find_cheapest(empowerment);
    find_keeps(empowerment);
    empower_curve(empowerment);
    return true;
}

struct tsim_empowerment *tsim_empower(const struct tsim_study *study,
                                      const struct tsim_run_options *options,
                                      struct tsim_problems *problems)
{
    struct tsim_empowerment *empowerment = calloc(1, sizeof *empowerment);
    if (!empowerment) {
        problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
        return NULL;
    }
    arena_open(&empowerment->arena);
    empowerment->study = study;
    empowerment->comparison = tsim_compare(study, options, problems);
    if (empowerment->comparison && conclude(empowerment))
        return empowerment;
    if (empowerment->comparison)
        problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    tsim_empowerment_free(empowerment);
    return NULL;
}

/* ---- looking */

void tsim_empowerment_free(struct tsim_empowerment *empowerment)
{
    if (!empowerment)
        return;
    tsim_comparison_free(empowerment->comparison);
    arena_close(&empowerment->arena);
    free(empowerment);
}

const struct tsim_empowerment_info *
tsim_empowerment_info(const struct tsim_empowerment *empowerment)
{
    return &empowerment->info;
}

const struct tsim_limit *tsim_empowerment_limits(const struct tsim_empowerment *empowerment,
                                                 size_t *count)
{
    *count = empowerment->info.limits;
    return empowerment->limits;
}

size_t tsim_empowerment_keeps(const struct tsim_empowerment *empowerment, size_t promise)
{
    return promise < empowerment->info.promises ? empowerment->keeps[promise] : SIZE_MAX;
}

const struct tsim_comparison *
tsim_empowerment_comparison(const struct tsim_empowerment *empowerment)
{
    return empowerment->comparison;
}
