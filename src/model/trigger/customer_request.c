/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

static bool fires(const struct tsim_policy_outcome *outcome)
{
    return (outcome->situation & TSIM_SITUATION_INSISTS) != 0;
}

const struct trigger_kind trigger_customer_request = {
    .kind = {
        .name = "customer_request",
        .summary = "The customer insists on somebody higher (\"a manager, please\"), with "
                   "a probability that grows with waits, hand-overs and repeats; see "
                   "customer_requests.",
        .example = "\"customer_request\"",
        .shape = &empty_shape,
    },
    .words = "customer insists",
    .because = "the customer asked for somebody higher",
    .woken_by = TSIM_SITUATION_INSISTS,
    .fires = fires,
};
