/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

static bool fires(const struct tsim_policy_outcome *outcome)
{
    return (outcome->situation & TSIM_SITUATION_FAILED) != 0;
}

const struct trigger_kind trigger_complexity = {
    .kind = {
        .name = "complexity",
        .summary = "The agent has the skill, and the attempt failed: with one minus the share "
                   "that the tier, the issue type or the pool's skill resolves.",
        .example = "\"complexity\"",
        .shape = &empty_shape,
    },
    .words = "attempt failed",
    .because = "the attempt did not solve it",
    .woken_by = TSIM_SITUATION_FAILED,
    .fires = fires,
};
