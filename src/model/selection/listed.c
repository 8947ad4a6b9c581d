/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

static uint32_t choose(const struct selection_view *view)
{
    uint32_t i = 0;
    while (view->pools[i].idle == 0)
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
