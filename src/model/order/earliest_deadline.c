/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

static double rank(const struct tsim_policy_view *view, const struct tsim_policy_contact *contact)
{
    (void)view;
    return contact->deadline_s;
}

const struct order_kind order_earliest_deadline = {
    .kind = {
        .name = "earliest_deadline",
        .summary = "Earliest deadline first: the next SLA target to pass (first response until "
                   "somebody has responded, then resolution) is next; contacts without a target "
                   "come last, in order of arrival at the desk.",
        .example = "\"earliest_deadline\"",
        .shape = &empty_shape,
    },
    .by_key = true,
    .rank = rank,
};
