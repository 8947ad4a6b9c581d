/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

const struct order_kind order_fifo = {
    .kind = {
        .name = "fifo",
        .summary = "First come, first served: whoever joined the tier's queue first is next.",
        .example = "\"fifo\"",
        .shape = &empty_shape,
    },
    .rank = rank_by_joining,
};
