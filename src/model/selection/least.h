/* SPDX-License-Identifier: GPL-3.0-or-later */
/* selection/least.h - kinds that take the pool with the least of something; among equals the agent
 * who has been idle longest, then the pool listed first.
 *
 * Such a kind gives its cost, a function of a candidate with somebody idle that is never nan, and
 * has `choose` by CHOOSE_LEAST(cost): one function with the cost inlined, so that a choice is one
 * indirect call whatever the number of pools.
 */
#ifndef MODEL_SELECTION_LEAST_H
#define MODEL_SELECTION_LEAST_H

#include "model/catalog.h"

static inline uint32_t choose_least(const struct tsim_policy_candidate *candidates, uint32_t n,
                                    double (*cost)(const struct tsim_policy_candidate *candidate))
{
    uint32_t best = UINT32_MAX;
    double   least = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (candidates[i].idle == 0)
            continue;
        const double value = cost(&candidates[i]);
        if (best != UINT32_MAX &&
            (value > least || (value == least && candidates[i].idle_since_s >=
                                                     candidates[best].idle_since_s)))
            continue;
        best = i;
        least = value;
    }
    return best;
}

#define CHOOSE_LEAST(cost)                                                                \
    static uint32_t choose(const struct tsim_policy_view        *view,                    \
                           const struct tsim_policy_contact     *contact,                 \
                           const struct tsim_policy_candidate *candidates, uint32_t n)    \
    {                                                                                     \
        (void)view;                                                                       \
        (void)contact;                                                                    \
        return choose_least(candidates, n, cost);                                         \
    }

#endif
