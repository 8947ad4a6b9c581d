/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

static bool fires(const struct tsim_policy_outcome *outcome)
{
    return (outcome->situation & TSIM_SITUATION_NO_SKILL) != 0;
}

const struct trigger_kind trigger_skill = {
    .kind = {
        .name = "skill",
        .summary = "Functional escalation: nobody in the tier has the skill the issue needs. With "
                   "a triage time any agent finds that out; without, the contact passes at once.",
        .example = "\"skill\"",
        .shape = &empty_shape,
    },
    .words = "lack of skill",
    .because = "nobody there has the skill",
    .woken_by = TSIM_SITUATION_NO_SKILL,
    .fires = fires,
};
