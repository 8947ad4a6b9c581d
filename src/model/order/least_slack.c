/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

static double rank(const struct tsim_policy_view *view, const struct tsim_policy_contact *contact)
{
    (void)view;
    return contact->deadline_s - contact->work_mean_s;
}

const struct order_kind order_least_slack = {
    .kind = {
        .name = "least_slack",
        .summary = "Least slack: the next SLA target's deadline less the mean handling time of "
                   "the contact's kind in this tier is the earliest; contacts without a target "
                   "come last, in order of arrival at the desk.",
        .example = "\"least_slack\"",
        .shape = &empty_shape,
    },
    .by_key = true,
    .rank = rank,
};
