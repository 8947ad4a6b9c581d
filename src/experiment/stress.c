/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stresses do to the promises of a scenario. */
#include "experiment/stress.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "experiment/farm.h"

static const struct tsim_promise *promises_of(const struct tsim_stress *stress, size_t point,
                                              size_t *n)
{
    return tsim_result_promises(tsim_comparison_result(stress->comparison, point), n);
}

/* By its words: a variant may be another file. */
const struct tsim_promise *tsim_stress_promise(const struct tsim_stress *stress, size_t stressed,
                                               size_t promise)
{
    size_t                     n, others;
    const struct tsim_promise *base = promises_of(stress, 0, &n);
    if (stressed >= stress->info.stresses || promise >= n)
        return NULL;
    const struct tsim_promise *all = promises_of(stress, stress->list[stressed].point, &others);
    for (size_t i = 0; i < others; i++)
        if (strcmp(all[i].text, base[promise].text) == 0)
            return &all[i];
    return NULL;
}

static bool is_broken(const struct tsim_promise *promise)
{
    return promise->estimate.defined &&
           (promise->at_least ? promise->estimate.value < promise->target
                              : promise->estimate.value > promise->target);
}

/* ---- the list: as it is, rises of demand, the other usual ones, then variants */

static void add(struct tsim_stress *stress, size_t point)
{
    const struct tsim_study *study = stress->study;
    struct tsim_stressed    *to = &stress->list[stress->info.stresses++];
    size_t                   n;
    const struct tsim_promise *promises = promises_of(stress, point, &n);
    *to = (struct tsim_stressed){
        .name = point == 0 ? "as it is" : study->points[point].name,
        .settings = point == 0 ? "" : study->points[point].settings,
        .point = point, .heal = "", .heal_settings = "", .healing = TSIM_HEAL_NOT_TRIED,
        .demand = study->demand ? study->demand[point] : 0,
    };
    for (size_t k = 0; k < n; k++) {
        to->kept += promises[k].verdict == TSIM_KEPT;
        to->broken += promises[k].verdict == TSIM_BROKEN;
    }
    if (to->kept == n)
        to->healing = TSIM_HEAL_NOT_NEEDED;
}

static void make_list(struct tsim_stress *stress)
{
    const size_t own = stress->study->given.variants.n;
    add(stress, 0);
    for (size_t p = own + 1; p < stress->study->n_points; p++)
        add(stress, p);
    for (size_t p = 1; p <= own; p++)
        add(stress, p);
}

/* ---- demand */

/* Between the last rise that keeps it and the first that does not, by a straight line. */
static double breaks_at(const struct tsim_stress *stress, size_t promise)
{
    double before = 0, at = 0;
    for (size_t i = 0; i < stress->info.stresses; i++) {
        const struct tsim_stressed *stressed = &stress->list[i];
        const struct tsim_promise  *now = tsim_stress_promise(stress, i, promise);
        if ((i > 0 && !(stressed->demand > 0)) || !now || !now->estimate.defined)
            continue;
        const double off = now->estimate.value - now->target;
        if (is_broken(now))
            return i == 0 ? 0 : at + (stressed->demand - at) * before / (before - off);
        before = off;
        at = stressed->demand;
    }
    return NAN;
}

static void find_first(struct tsim_stress *stress)
{
    struct tsim_stress_info *info = &stress->info;
    info->first = SIZE_MAX;
    for (size_t k = 0; k < info->promises; k++) {
        stress->breaks_at[k] = breaks_at(stress, k);
        if (!isnan(stress->breaks_at[k]) &&
            (info->first == SIZE_MAX || stress->breaks_at[k] < stress->breaks_at[info->first]))
            info->first = k;
    }
}

/* ---- the whole */

static bool conclude(struct tsim_stress *stress, const struct tsim_run_options *options,
                     struct tsim_problems *problems)
{
    const struct tsim_study           *study = stress->study;
    const struct tsim_comparison_info *run = tsim_comparison_info(stress->comparison);
    struct tsim_stress_info           *info = &stress->info;
    promises_of(stress, 0, &info->promises);
    *info = (struct tsim_stress_info){
        .study = study->given.name, .currency = study->scenarios[0]->given.currency,
        .confidence = study->given.confidence, .promises = info->promises,
        .complete = run->complete,
    };
    stress->list = ARENA_ARRAY(&stress->arena, study->n_points, struct tsim_stressed);
    stress->breaks_at = ARENA_ARRAY(&stress->arena, info->promises, double);
    if (!stress->list || !stress->breaks_at)
        return problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    make_list(stress);
    find_first(stress);
    for (size_t i = 0; study->given.stress.heal && i < info->stresses && info->complete; i++)
        if (stress->list[i].healing == TSIM_HEAL_NOT_TRIED &&
            !stress_heal(stress, &stress->list[i], options, problems))
            return false;
    return true;
}

static bool has_promises(const struct tsim_study *study, struct tsim_problems *problems)
{
    return study->scenarios[0]->plan->n_promises > 0 ||
           problem_at(problems, TSIM_PROBLEM_INPUT, study->scenarios[0]->plan->given->at,
                      "promises", "at least one promise", NULL,
                      "such as { \"measure\": \"service_level\", \"tier\": …, \"at_least\": "
                      "\"80 %\" }", "the scenario makes no promises that could break");
}

struct tsim_stress *tsim_stress_test(const struct tsim_study *study,
                                     const struct tsim_run_options *options,
                                     struct tsim_problems *problems)
{
    static const struct tsim_run_options defaults;
    struct tsim_stress *stress = calloc(1, sizeof *stress);
    options = options ? options : &defaults;
    if (!stress) {
        problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
        return NULL;
    }
    arena_open(&stress->arena);
    stress->study = study;
    stress->began_s = farm_clock();
    if (has_promises(study, problems))
        stress->comparison = tsim_compare(study, options, problems);
    if (stress->comparison && conclude(stress, options, problems))
        return stress;
    tsim_stress_free(stress);
    return NULL;
}

/* ---- looking */

void tsim_stress_free(struct tsim_stress *stress)
{
    if (!stress)
        return;
    tsim_comparison_free(stress->comparison);
    arena_close(&stress->arena);
    free(stress);
}

const struct tsim_stress_info *tsim_stress_info(const struct tsim_stress *stress)
{
    return &stress->info;
}

const struct tsim_stressed *tsim_stress_list(const struct tsim_stress *stress, size_t *count)
{
    *count = stress->info.stresses;
    return stress->list;
}

double tsim_stress_breaks_at(const struct tsim_stress *stress, size_t promise)
{
    return promise < stress->info.promises ? stress->breaks_at[promise] : (double)NAN;
}

const struct tsim_comparison *tsim_stress_comparison(const struct tsim_stress *stress)
{
    return stress->comparison;
}
