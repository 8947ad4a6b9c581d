/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

static uint32_t choose(const struct selection_view *view)
{
    uint32_t idle = 0, last = UINT32_MAX;
    for (uint32_t i = 0; i < view->n_pools; i++)
        idle += view->pools[i].idle;
    double left = view->unit * idle;
    for (uint32_t i = 0; i < view->n_pools; i++) {
        if (view->pools[i].idle == 0)
            continue;
        last = i;
        left -= view->pools[i].idle;
        if (left < 0)
            break;
    }
    return last;
}

const struct selection_kind selection_random = {
    .kind = {
        .name = "random",
        .summary = "Any idle agent, each with the same chance.",
        .example = "\"random\"",
        .shape = &empty_shape,
    },
    .draws = true,
    .choose = choose,
};
