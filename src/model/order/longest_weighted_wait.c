/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

const struct order_kind order_longest_weighted_wait = {
    .kind = {
        .name = "longest_weighted_wait",
        .summary = "Longest weighted wait: the greatest weight x time waited is next.",
        .example = "{ \"kind\": \"longest_weighted_wait\", \"weights\": [ { \"channel\": "
                   "\"phone\", \"weight\": 20 } ] }",
        .shape = &weights_shape,
    },
    .rank = rank_by_joining,
    .worth = worth_of_wait,
    .looks_at = LOOKS_AT_WEIGHT,
};
