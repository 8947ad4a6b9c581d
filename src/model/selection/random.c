/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

static uint32_t choose(const struct tsim_policy_view        *view,
                       const struct tsim_policy_contact     *contact,
                       const struct tsim_policy_candidate *candidates, uint32_t n)
{
    (void)contact;
    uint32_t idle = 0, last = UINT32_MAX;
    for (uint32_t i = 0; i < n; i++)
        idle += candidates[i].idle;
    double left = tsim_policy_unit(view, 0) * idle;
    for (uint32_t i = 0; i < n; i++) {
        if (candidates[i].idle == 0)
            continue;
        last = i;
        left -= candidates[i].idle;
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
    .choose = choose,
};
