/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

static double worth(const struct order_lane *lane, const struct order_queue *queue, double wait_s)
{
    (void)lane;
    (void)wait_s;
    return queue->waiting;
}

const struct order_kind order_longest_queue = {
    .kind = {
        .name = "longest_queue",
        .summary = "Of the queues that the agent serves the one in which most wait is next, "
                   "first come, first served in it; of equally long ones the one whose first has "
                   "waited longest.",
        .example = "\"longest_queue\"",
        .shape = &empty_shape,
    },
    .rank = rank_by_joining,
    .worth = worth,
    .looks_at = 0,
};
