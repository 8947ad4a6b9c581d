/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

const struct trigger_kind trigger_sla_warning = {
    .kind = {
        .name = "sla_warning",
        .summary = "An escalation point of an SLA target is reached before the target "
                   "itself, while the contact waits. Only where a rule of the matrix "
                   "names it.",
        .example = "\"sla_warning\"",
        .shape = &empty_shape,
    },
    .words = "SLA warning",
    .because = "an SLA target is near",
    .needs_rule = true,
};
