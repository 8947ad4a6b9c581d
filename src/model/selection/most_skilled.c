/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/selection/least.h"

static double cost(const struct tsim_policy_candidate *candidate)
{
    return -(double)candidate->skills;
}

CHOOSE_LEAST(cost)

const struct selection_kind selection_most_skilled = {
    .kind = {
        .name = "most_skilled",
        .summary = "The pool with the most skills; ties as in longest_idle.",
        .example = "\"most_skilled\"",
        .shape = &empty_shape,
    },
    .by_facts = true,
    .choose = choose,
};
