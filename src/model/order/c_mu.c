/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

static double worth(const struct order_lane *lane, const struct order_queue *queue, double wait_s)
{
    (void)wait_s;
    return lane->weight / lane_time(lane, queue);
}

const struct order_kind order_c_mu = {
    .kind = {
        .name = "c_mu",
        .summary = "The c-mu rule: the greatest cost of waiting an hour over the mean time that "
                   "this agent needs (handling x time_factor + wrap-up) is next. Without costs, "
                   "the shortest expected work.",
        .example = "{ \"kind\": \"c_mu\", \"costs\": [ { \"issue\": \"outage\", \"cost\": 50 } ] "
                   "}",
        .shape = &costs_shape,
        .source = "D. R. Cox, W. L. Smith, Queues (1961), section 3.3",
    },
    .rank = rank_by_joining,
    .worth = worth,
    .looks_at = LOOKS_AT_WEIGHT | LOOKS_AT_WORK,
};
