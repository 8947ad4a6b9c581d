/* SPDX-License-Identifier: GPL-3.0-or-later */
/* selection/least.h - choosing the pool with the least of something; among equals the agent who has
 * been idle longest, then the pool listed first. */
#ifndef MODEL_SELECTION_LEAST_H
#define MODEL_SELECTION_LEAST_H

#include "model/catalog.h"

typedef double (*candidate_cost)(const struct tsim_policy_candidate *candidate);

static inline uint32_t choose_least(const struct tsim_policy_candidate *candidates, uint32_t n,
                                    candidate_cost cost)
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

#endif
