/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/exact.h"
#include "model/catalog.h"

/* w^power; the powers that a planner would take without a logarithm. */
static double grown(double w, double power)
{
    if (power == 0)
        return 1;
    return power == 1 ? w : exact_pow(w, power);
}

static double worth(const struct order_lane *lane, const struct order_queue *queue, double wait_s)
{
    return lane->weight * lane->power * grown(wait_s / 3600, lane->power - 1) /
           lane_time(lane, queue);
}

const struct order_kind order_generalised_c_mu = {
    .kind = {
        .name = "generalised_c_mu",
        .summary = "The generalised c-mu rule: waiting w hours costs cost x w^power; what the "
                   "next hour would cost, over the mean time that this agent needs, is the "
                   "greatest. With power 1 it is c_mu.",
        .example = "{ \"kind\": \"generalised_c_mu\", \"power\": 2, \"costs\": [ { \"segment\": "
                   "\"gold\", \"cost\": 9 } ] }",
        .shape = &growing_costs_shape,
        .source = "J. A. van Mieghem, Dynamic scheduling with convex delay costs: the "
                  "generalized c-mu rule, Annals of Applied Probability 5 (1995) 809-833; for "
                  "agents who differ: A. Mandelbaum, A. L. Stolyar, Operations Research 52 "
                  "(2004) 836-855",
    },
    .rank = rank_by_joining,
    .worth = worth,
    .looks_at = LOOKS_AT_WEIGHT | LOOKS_AT_WORK,
};
