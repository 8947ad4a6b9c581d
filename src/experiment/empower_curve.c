/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The curve without queues: what the concessions of a day cost for each limit of the tier, with the
 * wages of those who settle them. Steps are the tier with the limit, then every tier after it that
 * may settle more than those before. How many contacts there are, and how long they take, is read
 * off the simulation of the scenario as it is. */
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "experiment/empower.h"
#include "theory/authority.h"

enum { STEPS_MOST = 64 };

/* Whether a rule sends contacts straight to whoever has the authority. */
static bool goes_straight(const struct scenario_given *given)
{
    const struct escalation_given *rules = given->escalation.at;
    for (uint32_t i = 0; i < given->escalation.n; i++) {
        const struct json *to = json_member(rules[i].at, "to");
        if (to && to->type == JSON_STRING && strcmp(to->string, "authority") == 0)
            return true;
    }
    return false;
}

static struct authority_step step_of(const struct plan *plan, const struct tsim_result *now,
                                     uint32_t tier)
{
    struct authority_step       step = { 0 };
    const struct tsim_estimate  handling = tsim_result_get(
        now, TSIM_SCOPE_TIER, tier, tsim_result_measure(now, TSIM_SCOPE_TIER, "handling_mean"));
    for (uint32_t p = 0; p < plan->tiers[tier].n_pools; p++) {
        const struct plan_pool *pool = &plan->pools[plan->tiers[tier].pool_base + p];
        if (p > 0 && pool->authority <= step.limit)
            continue;
        step.limit = pool->authority;
        step.factor = pool->concession_factor;
        step.handling = pool->wage_per_h / 3600 * (handling.defined ? handling.value : 0);
    }
    return step;
}

/* The tier and those after it, in order. */
static size_t steps_of(const struct tsim_empowerment *empowerment, double limit,
                       struct authority_step *steps)
{
    const struct tsim_study  *study = empowerment->study;
    const struct plan        *plan = study->scenarios[0]->plan;
    const struct tsim_result *now = tsim_comparison_result(empowerment->comparison, 0);
    size_t                    n = 0;
    for (uint32_t t = study->limit_tier; t < plan->n_tiers && n < STEPS_MOST; t++) {
        steps[n] = step_of(plan, now, t);
        if (t == study->limit_tier)
            steps[n].limit = limit;
        n++;
    }
    return n;
}

static double amount_cdf(double x, const void *dist)
{
    return dist_cdf(dist, x);
}

/* Concessions and their work a day, of one issue type. */
static double cost_of_issue(const struct tsim_empowerment *empowerment, uint32_t issue,
                            double share, const struct dist *amount, double limit, bool *known)
{
    struct authority_step     steps[STEPS_MOST];
    struct authority_cost     cost;
    const struct tsim_study  *study = empowerment->study;
    const struct tsim_result *now = tsim_comparison_result(empowerment->comparison, 0);
    const struct tsim_estimate offered = tsim_result_get(
        now, TSIM_SCOPE_ISSUE, issue,
        tsim_result_measure(now, TSIM_SCOPE_ISSUE, "contacts_per_day"));
    const size_t                  n = steps_of(empowerment, limit, steps);
    const struct authority_amount drawn = { amount_cdf, amount, dist_mean(amount) };
    *known &= authority_cost_of(&drawn, steps, n, goes_straight(&study->scenarios[0]->given),
                                &cost);
    return offered.value * share * (cost.paid + cost.handling);
}

void empower_curve(struct tsim_empowerment *empowerment)
{
    struct tsim_empowerment_info *info = &empowerment->info;
    const struct plan            *plan = empowerment->study->scenarios[0]->plan;
    bool                          known = true;
    for (size_t i = 0; i < info->limits; i++) {
        struct tsim_limit *limit = &empowerment->limits[i];
        for (uint32_t issue = 0; issue < plan->n_issues; issue++) {
            const struct plan_class *class = NULL;
            for (uint32_t c = 0; c < plan->n_classes && !class; c++)
                if (plan->classes[c].issue == issue && plan->classes[c].concession)
                    class = &plan->classes[c];
            if (!class)
                continue;
            info->needed |= class->concession_share > 0;
            limit->no_queue += cost_of_issue(empowerment, issue, class->concession_share,
                                             class->concession, limit->limit, &known);
        }
        if (limit->no_queue < empowerment->limits[info->no_queue_cheapest].no_queue)
            info->no_queue_cheapest = i;
    }
    info->no_queue_known = info->needed && known;
    for (size_t i = 0; i < info->limits && !info->no_queue_known; i++)
        empowerment->limits[i].no_queue = 0;
}
