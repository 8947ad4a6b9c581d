/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/selection/least.h"

static double cost(const struct tsim_policy_candidate *candidate)
{
    return candidate->preference;
}

CHOOSE_LEAST(cost)

const struct selection_kind selection_preference = {
    .kind = {
        .name = "preference",
        .summary = "The pool with the lowest preference for the skill; ties as in longest_idle.",
        .example = "\"preference\"",
        .shape = &empty_shape,
    },
    .by_facts = true,
    .choose = choose,
};
