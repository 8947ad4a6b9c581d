/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/selection/least.h"

static double cost(const struct tsim_policy_candidate *candidate)
{
    return -(double)candidate->idle / candidate->present;
}

CHOOSE_LEAST(cost)

const struct selection_kind selection_least_occupied = {
    .kind = {
        .name = "least_occupied",
        .summary = "The pool with the largest share of its agents idle at that moment; ties as "
                   "in longest_idle.",
        .example = "\"least_occupied\"",
        .shape = &empty_shape,
        .source = "I. Gurvich, W. Whitt, Queue-and-idleness-ratio controls in many-server "
                  "service systems, Mathematics of Operations Research 34 (2009) 363-396",
    },
    .by_facts = true,
    .choose = choose,
};
