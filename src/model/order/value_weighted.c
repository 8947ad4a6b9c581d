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

const struct order_kind order_value_weighted = {
    .kind = {
        .name = "value_weighted",
        .summary = "Value-weighted: the value of the customer's segment x time waited is the "
                   "greatest.",
        .example = "\"value_weighted\"",
        .shape = &empty_shape,
    },
    .rank = rank,
    .worth = worth,
    .looks_at = LOOKS_AT_VALUE,
};
