/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

static uint32_t choose(const struct tsim_policy_view        *view,
                       const struct tsim_policy_contact     *contact,
                       const struct tsim_policy_candidate *candidates, uint32_t n)
{
    (void)view;
    (void)contact;
    (void)n;
    uint32_t i = 0;
    while (candidates[i].idle == 0)
        i++;
    return i;
}

const struct selection_kind selection_listed = {
    .kind = {
        .name = "listed",
        .summary = "The first pool with an idle agent, in the order in which the tier lists them.",
        .example = "\"listed\"",
        .shape = &empty_shape,
    },
    .choose = choose,
};
