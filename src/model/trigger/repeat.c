/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

const struct trigger_kind trigger_repeat = {
    .kind = {
        .name = "repeat",
        .summary = "The customer is back: a second or later attempt of the contact, "
                   "after a redial or a reopening, comes to people. Only where a rule of "
                   "the matrix names it.",
        .example = "\"repeat\"",
        .shape = &empty_shape,
    },
    .words = "customer is back",
    .because = "the customer is back with it",
    .needs_rule = true,
};
