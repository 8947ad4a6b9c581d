/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

static bool fires(const struct trigger_view *view)
{
    return (view->situation & SITUATION_POLICY) != 0;
}

const struct trigger_kind trigger_policy = {
    .kind = {
        .name = "policy",
        .summary = "Policy or regulation forbids this pool to settle the case: the issue "
                   "type's regulated share of contacts, outside pools that are cleared.",
        .example = "\"policy\"",
        .shape = &empty_shape,
    },
    .woken_by = SITUATION_POLICY,
    .fires = fires,
};
