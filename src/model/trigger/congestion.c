/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

static bool fires(const struct tsim_policy_outcome *outcome)
{
    return (outcome->situation & TSIM_SITUATION_REFERRED) != 0;
}

const struct trigger_kind trigger_congestion = {
    .kind = {
        .name = "congestion",
        .summary = "The queue was long when the work began, and the agent referred the "
                   "contact instead of attempting it; see the tier's congestion.",
        .example = "\"congestion\"",
        .shape = &empty_shape,
    },
    .words = "long queue",
    .because = "the queue was long",
    .woken_by = TSIM_SITUATION_REFERRED,
    .fires = fires,
};
