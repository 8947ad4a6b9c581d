/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

static double rank(const struct tsim_policy_view *view, const struct tsim_policy_contact *contact)
{
    (void)view;
    return contact->joined_s;
}

const struct order_kind order_listed = {
    .kind = {
        .name = "listed",
        .summary = "An agent looks through the queues of the pool's skills in the order in which "
                   "the pool lists them and takes the first of the first that is not empty.",
        .example = "\"listed\"",
        .shape = &empty_shape,
    },
    .across = ACROSS_LISTED,
    .rank = rank,
};
