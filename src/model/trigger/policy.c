/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

static bool fires(const struct tsim_policy_outcome *outcome)
{
    return (outcome->situation & TSIM_SITUATION_POLICY) != 0;
}

const struct trigger_kind trigger_policy = {
    .kind = {
        .name = "policy",
        .summary = "Policy or regulation forbids this pool to settle the case: the issue "
                   "type's regulated share of contacts, outside pools that are cleared.",
        .example = "\"policy\"",
        .shape = &empty_shape,
    },
    .words = "policy forbids",
    .because = "policy asks for somebody who is cleared for it",
    .woken_by = TSIM_SITUATION_POLICY,
    .fires = fires,
};
