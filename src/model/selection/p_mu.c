/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/selection/least.h"

static double cost(const struct tsim_policy_candidate *candidate)
{
    return -candidate->resolves / candidate->factor;
}

CHOOSE_LEAST(cost)

const struct selection_kind selection_p_mu = {
    .kind = {
        .name = "p_mu",
        .summary = "The pool with the greatest share of attempts that succeed over their mean "
                   "time; ties as in longest_idle.",
        .example = "\"p_mu\"",
        .shape = &empty_shape,
        .source = "F. de Vericourt, Y.-P. Zhou, Managing response time in a call-routing problem "
                  "with service failure, Operations Research 53 (2005) 968-981",
    },
    .by_facts = true,
    .choose = choose,
};
