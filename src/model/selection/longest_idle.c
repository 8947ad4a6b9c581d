/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

static uint32_t choose(const struct selection_view *view)
{
    uint32_t best = UINT32_MAX;
    for (uint32_t i = 0; i < view->n_pools; i++)
        if (view->pools[i].idle > 0 &&
            (best == UINT32_MAX || view->pools[i].idle_since_s < view->pools[best].idle_since_s))
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
