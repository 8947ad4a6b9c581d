/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/order.h - queue orders: which waiting contact is next. One kind a file in order/.
 *
 * A kind answers one question when a contact joins: its place among the waiting, as a level (lower
 * goes first) and a rank (lower goes first within a level). Ties go to the contact that arrived at
 * the desk first. Where ranks are join times, every level is a plain list; otherwise a heap is
 * kept. The functions are those of a user's own policy (tiersim/policy.h).
 *
 * What a contact is worth may change while it waits, and so who is next. Kinds with `worth` keep a
 * plain list for each *lane*: contacts of which all that the worth depends on is equal, but for how
 * long they have waited. Worth never falls with waiting, so within a lane who joined first is
 * always first, and an agent who comes free compares no more than the heads of lanes, at that very
 * moment: nothing has to be put in order again, and nothing is ever out of it.
 */
#ifndef MODEL_ORDER_H
#define MODEL_ORDER_H

#include <tiersim/policy.h>

#include "base/param.h"

enum order_across {
    ACROSS_KEYS,   /* an agent with several queues takes the best head of all         */
    ACROSS_LISTED, /* … the first queue of its own list that is not empty             */
};

/* What a worth depends on, a bit each: the members of a lane that a kind looks at. */
enum order_looks {
    LOOKS_AT_PRIORITY = 1,
    LOOKS_AT_WEIGHT = 2, /* and power                                                   */
    LOOKS_AT_VALUE = 4,  /* of the customer's segment, as the weight                    */
    LOOKS_AT_WORK = 8,
    LOOKS_AT_SUCCESS = 16,
};

struct order_lane {
    double priority; /* of severity and segment, as raised                              */
    double weight, power;
    double handling_s, wrap_up_s; /* means, by an agent of factor 1                     */
    double resolves, triage; /* share that an attempt solves; 1: is only looked at      */
};

/* A queue when an agent comes free, as that agent sees it. */
struct order_queue {
    double   factor;     /* times the handling time                                     */
    double   resolves;   /* share of its attempts that succeed; below 0: as the lane's  */
    double   fails;      /* times the share that fails                                  */
    double   weight;     /* the pool's for the queue                                    */
    uint32_t waiting;
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
    bool by_preference; /* … and before that the queue of the pool's lowest preference  */
    /* How much it is worth that this agent takes the first of a lane, who has waited so long: the
     * greatest goes first; ties by join time and number. NULL: by level and rank. */
    double (*worth)(const struct order_lane *lane, const struct order_queue *queue, double wait_s);
    unsigned looks_at; /* enum order_looks                                              */
};

/* Weights by what a contact is; the first row that holds decides. */
struct weight_given {
    struct list        severity, segment, channel, issue; /* of struct text_entry       */
    double             weight;
    const struct json *at;
};

struct order_given {
    double      weight, power;
    struct list rows; /* of struct weight_given                                         */
};

/* Keys of kinds with weights, with costs, with costs that grow. */
extern const struct shape weights_shape, costs_shape, growing_costs_shape;

extern const struct family order_family;

static inline const struct order_kind *order_of(const struct choice *choice)
{
    return (const struct order_kind *)(const void *)choice->kind;
}

/* Parts that several kinds have. */

/* The rank of who is first come, first served. */
static inline double rank_by_joining(const struct tsim_policy_view    *view,
                                     const struct tsim_policy_contact *contact)
{
    (void)view;
    return contact->joined_s;
}

/* Each second of waiting is worth the lane's weight. */
static inline double worth_of_wait(const struct order_lane *lane, const struct order_queue *queue,
                                   double wait_s)
{
    (void)queue;
    return lane->weight * wait_s;
}

/* Mean time of the agent that a contact of the lane takes, wrap-up included; work of no time counts
 * as a microsecond, so that rates are numbers. */
static inline double lane_time(const struct order_lane *lane, const struct order_queue *queue)
{
    const double time_s = lane->handling_s * queue->factor + lane->wrap_up_s;
    return time_s > 1e-6 ? time_s : 1e-6;
}

/* Share of this agent's attempts at a contact of the lane that succeed. */
static inline double lane_success(const struct order_lane *lane, const struct order_queue *queue)
{
    if (lane->triage > 0)
        return 0;
    return 1 - (1 - (queue->resolves < 0 ? lane->resolves : queue->resolves)) * queue->fails;
}

#endif
