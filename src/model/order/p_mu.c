/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

static double worth(const struct order_lane *lane, const struct order_queue *queue, double wait_s)
{
    (void)wait_s;
    return lane_success(lane, queue) / lane_time(lane, queue);
}

const struct order_kind order_p_mu = {
    .kind = {
        .name = "p_mu",
        .summary = "Highest p x mu: the share of attempts that this agent resolves over the mean "
                   "time that an attempt takes is the greatest: most resolutions for the time.",
        .example = "\"p_mu\"",
        .shape = &empty_shape,
        .source = "F. de Vericourt, Y.-P. Zhou, Managing response time in a call-routing problem "
                  "with service failure, Operations Research 53 (2005) 968-981",
    },
    .rank = rank_by_joining,
    .worth = worth,
    .looks_at = LOOKS_AT_WORK | LOOKS_AT_SUCCESS,
};
