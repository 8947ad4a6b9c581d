/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

static double worth(const struct order_lane *lane, const struct order_queue *queue, double wait_s)
{
    (void)lane;
    (void)wait_s;
    return -(double)queue->preference;
}

const struct order_kind order_preference = {
    .kind = {
        .name = "preference",
        .summary = "Of the queues that the agent serves the one with the lowest queue_preference "
                   "in the pool's skills is next; among equals whoever joined first.",
        .example = "\"preference\"",
        .shape = &empty_shape,
    },
    .rank = rank_by_joining,
    .worth = worth,
    .looks_at = 0,
};
