/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

const struct order_kind order_priority = {
    .kind = {
        .name = "priority",
        .summary = "Strict priority: the highest sum of the severity's and the segment's priority "
                   "is next, first come first served among equals. Work in hand is finished.",
        .example = "\"priority\"",
        .shape = &empty_shape,
    },
    .by_level = true,
    .rank = rank_by_joining,
};
