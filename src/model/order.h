/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/order.h - queue orders: which waiting contact is next. One kind a file in order/.
 *
 * A kind answers one question when a contact joins: its place among the waiting, as a level (lower
 * goes first) and a rank (lower goes first within a level). Ties go to the contact that arrived at
 * the desk first. Where ranks are join times, every level is a plain list; otherwise a heap is
 * kept. The functions are those of a user's own policy (tiersim/policy.h).
 */
#ifndef MODEL_ORDER_H
#define MODEL_ORDER_H

#include <tiersim/policy.h>

#include "base/param.h"

enum order_across {
    ACROSS_KEYS,   /* an agent with several queues takes the best head of all         */
    ACROSS_LISTED, /* … the first queue of its own list that is not empty             */
};

struct order_kind {
    struct kind       kind;
    bool              by_level; /* the contact's level goes before its rank          */
    bool              by_key;   /* rank is not the join time: needs a heap           */
    enum order_across across;
    double (*rank)(const struct tsim_policy_view *view, const struct tsim_policy_contact *contact);
    /* As in struct tsim_policy; NULL: as `across` says. That is written out where an agent takes a
     * contact (moves.h), for it happens at the end of every work. */
    uint32_t (*take)(const struct tsim_policy_view *view, uint32_t pool,
                     const struct tsim_policy_contact *heads, uint32_t n);
};

extern const struct family order_family;

static inline const struct order_kind *order_of(const struct choice *choice)
{
    return (const struct order_kind *)(const void *)choice->kind;
}

#endif
