/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/selection/least.h"

static double cost(const struct tsim_policy_candidate *candidate)
{
    return candidate->wage_per_h * candidate->factor;
}

CHOOSE_LEAST(cost)

const struct selection_kind selection_cheapest = {
    .kind = {
        .name = "cheapest",
        .summary = "The pool whose work on it costs least: wage x time_factor; ties as in "
                   "longest_idle.",
        .example = "\"cheapest\"",
        .shape = &empty_shape,
    },
    .by_facts = true,
    .choose = choose,
};
