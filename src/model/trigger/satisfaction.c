/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

const struct trigger_kind trigger_satisfaction = {
    .kind = {
        .name = "satisfaction",
        .summary = "The customer answers the survey with a score under the threshold; "
                   "see satisfaction. Only where a rule of the matrix names it.",
        .example = "\"satisfaction\"",
        .shape = &empty_shape,
    },
    .words = "unhappy customer",
    .because = "the customer is not satisfied",
    .needs_rule = true,
};
