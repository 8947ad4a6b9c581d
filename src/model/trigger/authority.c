/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

static bool fires(const struct tsim_policy_outcome *outcome)
{
    return outcome->concession > outcome->authority;
}

const struct trigger_kind trigger_authority = {
    .kind = {
        .name = "authority",
        .summary = "Hierarchical escalation: the issue is solved but for a concession above the "
                   "pool's authority.",
        .example = "\"authority\"",
        .shape = &empty_shape,
    },
    .words = "above authority",
    .because = "the concession is more than the agent may approve",
    .woken_by = TSIM_SITUATION_CONCESSION,
    .fires = fires,
};
