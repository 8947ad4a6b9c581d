/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/order.h - queue orders: which waiting contact is next. One kind a file in order/.
 *
 * A kind answers one question when a contact joins: its place among the waiting, as a level (lower
 * goes first) and a key (lower goes first within a level). Ties go to the contact that arrived at
 * the desk first. Where keys are join times, every level is a plain list; otherwise a heap is kept.
 */
#ifndef MODEL_ORDER_H
#define MODEL_ORDER_H

#include "base/param.h"

/* What a queue order may look at. */
struct order_view {
    double   joined_s;   /* now: when the contact joins the queue                   */
    double   deadline_s; /* its next SLA deadline; INFINITY when it has none        */
    uint32_t level;      /* rank of its priority among all priorities, 0 the highest */
};

enum order_across {
    ACROSS_KEYS,   /* an agent with several queues takes the best head of all         */
    ACROSS_LISTED, /* … the first queue of its own list that is not empty             */
};

struct order_kind {
    struct kind       kind;
    bool              by_level; /* uses view->level                                  */
    bool              by_key;   /* key is not the join time: needs a heap            */
    enum order_across across;
    double (*key)(const struct order_view *view);
};

extern const struct family order_family;

static inline const struct order_kind *order_of(const struct choice *choice)
{
    return (const struct order_kind *)(const void *)choice->kind;
}

#endif
