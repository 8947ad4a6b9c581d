/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

const struct trigger_kind trigger_high_profile = {
    .kind = {
        .name = "high_profile",
        .summary = "A contact of a segment that is high_profile comes to people. Only "
                   "where a rule of the matrix names it.",
        .example = "\"high_profile\"",
        .shape = &empty_shape,
    },
    .words = "high profile",
    .because = "the customer is high profile",
    .needs_rule = true,
};
