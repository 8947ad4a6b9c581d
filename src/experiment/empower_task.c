/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which tier, and which authority limits are tried. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "experiment/empower.h"

#define LIMITS_HINT "such as \"limits\": [25, 50, 100], or --limits 25,50,100"

/* The largest limit of a tier's pools, or INFINITY. */
static double limit_of(const struct plan *plan, uint32_t tier)
{
    double most = 0;
    for (uint32_t p = 0; p < plan->tiers[tier].n_pools; p++)
        most = fmax(most, plan->pools[plan->tiers[tier].pool_base + p].authority);
    return most;
}

static bool find_tier(struct tsim_study *study, struct tsim_problems *problems)
{
    const struct empower_given *given = &study->given.empower;
    const struct plan          *plan = study->scenarios[0]->plan;
    uint32_t                    t = 0;
    if (given->tier) {
        while (t < plan->n_tiers && strcmp(plan->tiers[t].name, given->tier) != 0)
            t++;
        if (t == plan->n_tiers)
            return problem_at(problems, TSIM_PROBLEM_INPUT, given->at, "tier",
                              "the name of a tier of the scenario", given->tier, NULL,
                              "there is no tier \"%s\"", given->tier);
    } else {
        while (t < plan->n_tiers && isinf(limit_of(plan, t)))
            t++;
        if (t == plan->n_tiers && given->limits.n == 0)
            return problem_at(problems, TSIM_PROBLEM_INPUT, given->at, "limits",
                              "authority limits to try", NULL, LIMITS_HINT,
                              "no pool of the scenario has an authority limit");
        t = t < plan->n_tiers ? t : 0;
    }
    study->limit_tier = t;
    study->limit_now = limit_of(plan, t);
    return true;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

bool empower_task_read(struct tsim_study *study, struct numbers *limits,
                       struct tsim_problems *problems)
{
    static const double usual[EMPOWER_LIMITS] = { 0, 0.25, 0.5, 0.75, 1.5, 2, 3, 5, 10, 20 };
    const struct empower_given *given = &study->given.empower;
    if (study->given.variants.n > 0)
        return problem_at(problems, TSIM_PROBLEM_INPUT, study->given.at, "variants", NULL, NULL,
                          "leave \"variants\" out, or compare", "the limits are the variants");
    if (!find_tier(study, problems))
        return false;
    if (given->limits.n == 0 && !(study->limit_now > 0 && isfinite(study->limit_now)))
        return problem_at(problems, TSIM_PROBLEM_INPUT, given->at, "limits",
                          "authority limits to try", NULL, LIMITS_HINT,
                          "the tier has no limit from which others could be made");
    const uint32_t n = given->limits.n ? given->limits.n : EMPOWER_LIMITS;
    limits->at = ARENA_ARRAY(&study->arena, n, double);
    if (!limits->at)
        return problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    for (uint32_t i = 0; i < n; i++)
        limits->at[i] = given->limits.n ? given->limits.at[i] : usual[i] * study->limit_now;
    qsort(limits->at, n, sizeof *limits->at, ascending);
    for (uint32_t i = 0; i < n; i++)
        if (limits->n == 0 || limits->at[i] > limits->at[limits->n - 1])
            limits->at[limits->n++] = limits->at[i];
    return true;
}
