/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/catalog.h"

static double worth(const struct order_lane *lane, const struct order_queue *queue, double wait_s)
{
    (void)queue;
    return lane->priority + lane->weight * (wait_s / 3600);
}

const struct order_kind order_ageing = {
    .kind = {
        .name = "ageing",
        .summary = "Ageing priority: base + weight x hours waited is the greatest; the base is "
                   "the sum of the severity's and the segment's priority. With weight 0 it is "
                   "strict priority, with equal bases and weights first come, first served.",
        .example = "{ \"kind\": \"ageing\", \"weight\": 1, \"weights\": [ { \"segment\": "
                   "\"gold\", \"weight\": 4 } ] }",
        .shape = &weights_shape,
        .source = "L. Kleinrock, A delay dependent queue discipline, Naval Research Logistics "
                  "Quarterly 11 (1964) 329-341",
    },
    .rank = rank_by_joining,
    .worth = worth,
    .looks_at = LOOKS_AT_PRIORITY | LOOKS_AT_WEIGHT,
};
