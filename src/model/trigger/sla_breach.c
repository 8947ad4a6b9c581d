/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

const struct trigger_kind trigger_sla_breach = {
    .kind = {
        .name = "sla_breach",
        .summary = "An SLA target is reached, or an escalation point after it, while the "
                   "contact waits. Only where a rule of the matrix names it.",
        .example = "\"sla_breach\"",
        .shape = &empty_shape,
    },
    .words = "SLA breached",
    .because = "an SLA target has passed",
    .needs_rule = true,
};
