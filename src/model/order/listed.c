/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

const struct order_kind order_listed = {
    .kind = {
        .name = "listed",
        .summary = "An agent looks through the queues of the pool's skills in the order in which "
                   "the pool lists them and takes the first of the first that is not empty.",
        .example = "\"listed\"",
        .shape = &empty_shape,
    },
    .across = ACROSS_LISTED,
    .rank = rank_by_joining,
};
