/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

static double rank(const struct tsim_policy_view *view, const struct tsim_policy_contact *contact)
{
    (void)view;
    return contact->joined_s;
}

static double worth(const struct order_lane *lane, const struct order_queue *queue, double wait_s)
{
    (void)queue;
    return lane->weight * wait_s;
}

const struct order_kind order_longest_weighted_wait = {
    .kind = {
        .name = "longest_weighted_wait",
        .summary = "Longest weighted wait: the greatest weight x time waited is next.",
        .example = "{ \"kind\": \"longest_weighted_wait\", \"weights\": [ { \"channel\": "
                   "\"phone\", \"weight\": 20 } ] }",
        .shape = &weights_shape,
    },
    .rank = rank,
    .worth = worth,
    .looks_at = LOOKS_AT_WEIGHT,
};
