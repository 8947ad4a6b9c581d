/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

const struct order_kind order_value_weighted = {
    .kind = {
        .name = "value_weighted",
        .summary = "Value-weighted: the value of the customer's segment x time waited is the "
                   "greatest.",
        .example = "\"value_weighted\"",
        .shape = &empty_shape,
    },
    .rank = rank_by_joining,
    .worth = worth_of_wait,
    .looks_at = LOOKS_AT_VALUE,
};
