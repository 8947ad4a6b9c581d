/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/selection/least.h"

static double cost(const struct tsim_policy_candidate *candidate)
{
    return candidate->skills;
}

CHOOSE_LEAST(cost)

const struct selection_kind selection_least_skilled = {
    .kind = {
        .name = "least_skilled",
        .summary = "The pool with the fewest skills, to keep who can do more for those who need "
                   "it; ties as in longest_idle.",
        .example = "\"least_skilled\"",
        .shape = &empty_shape,
    },
    .by_facts = true,
    .choose = choose,
};
