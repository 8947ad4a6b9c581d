/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

static double worth(const struct order_lane *lane, const struct order_queue *queue, double wait_s)
{
    (void)lane;
    return queue->weight * wait_s;
}

const struct order_kind order_preference = {
    .kind = {
        .name = "preference",
        .summary = "Of the queues that the agent serves the one with the lowest queue_preference "
                   "in the pool's skills is next; among equals whoever has waited longest, times "
                   "the queue_weight.",
        .example = "\"preference\"",
        .shape = &empty_shape,
    },
    .rank = rank_by_joining,
    .worth = worth,
    .by_preference = true,
    .looks_at = 0,
};
