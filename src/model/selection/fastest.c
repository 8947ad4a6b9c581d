/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/selection/least.h"

static double cost(const struct tsim_policy_candidate *candidate)
{
    return candidate->factor;
}

CHOOSE_LEAST(cost)

const struct selection_kind selection_fastest = {
    .kind = {
        .name = "fastest",
        .summary = "The pool with the lowest time_factor for the skill; ties as in longest_idle.",
        .example = "\"fastest\"",
        .shape = &empty_shape,
    },
    .by_facts = true,
    .choose = choose,
};
