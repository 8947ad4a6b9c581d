/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

static uint32_t choose(const struct tsim_policy_view        *view,
                       const struct tsim_policy_contact     *contact,
                       const struct tsim_policy_candidate *candidates, uint32_t n)
{
    (void)view;
    (void)contact;
    uint32_t best = UINT32_MAX;
    for (uint32_t i = 0; i < n; i++)
        if (candidates[i].idle > 0 &&
            (best == UINT32_MAX || candidates[i].idle_since_s < candidates[best].idle_since_s))
            best = i;
    return best;
}

const struct selection_kind selection_longest_idle = {
    .kind = {
        .name = "longest_idle",
        .summary = "The agent who has been idle longest; ties go to the pool listed first.",
        .example = "\"longest_idle\"",
        .shape = &empty_shape,
    },
    .choose = choose,
};
