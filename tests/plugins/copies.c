/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies of the built-in queue orders and agent selections, through the header that users have.
 * Parameters say for each tier which one: the number of the kind in the arrays below. What it is
 * asked besides, it leaves as planned. */
#include <tiersim/policy.h>

#define TIERS 8

enum { FIFO, PRIORITY, EARLIEST_DEADLINE, LISTED };
enum { LONGEST_IDLE, RANDOM, FIRST };

#define ORDER(t)  { .name = "order" #t, .doc = "queue order of the tier", .high = 3 }
#define SELECT(t) { .name = "selection" #t, .doc = "agent selection of the tier", .high = 2 }

static const struct tsim_policy_parameter parameters[] = {
    ORDER(0),  ORDER(1),  ORDER(2),  ORDER(3),  ORDER(4),  ORDER(5),  ORDER(6),  ORDER(7),
    SELECT(0), SELECT(1), SELECT(2), SELECT(3), SELECT(4), SELECT(5), SELECT(6), SELECT(7),
};

static int order_of(const struct tsim_policy_view *view, uint32_t tier)
{
    return (int)view->desk->parameters[tier];
}

/* A level counts more than two years; what is left tells times 3e-8 s apart. */
static double rank(const struct tsim_policy_view *view, const struct tsim_policy_contact *contact)
{
    switch (order_of(view, contact->tier)) {
    case PRIORITY:
        return contact->level * 0x1p26 + contact->joined_s;
    case EARLIEST_DEADLINE:
        return contact->deadline_s;
    default:
        return contact->joined_s;
    }
}

static bool goes_first(const struct tsim_policy_contact *a, const struct tsim_policy_contact *b)
{
    if (a->rank != b->rank)
        return a->rank < b->rank;
    if (a->is_task != b->is_task)
        return b->is_task;
    return a->number < b->number;
}

static uint32_t take(const struct tsim_policy_view *view, uint32_t pool,
                     const struct tsim_policy_contact *heads, uint32_t n)
{
    uint32_t first = 0;
    if (order_of(view, view->desk->pools[pool].tier) == LISTED)
        return 0;
    for (uint32_t i = 1; i < n; i++)
        if (goes_first(&heads[i], &heads[first]))
            first = i;
    return first;
}

static uint32_t draw(const struct tsim_policy_view        *view,
                     const struct tsim_policy_candidate *candidates, uint32_t n)
{
    uint32_t idle = 0, last = TSIM_POLICY_NONE;
    for (uint32_t i = 0; i < n; i++)
        idle += candidates[i].idle;
    double left = tsim_policy_unit(view, 0) * idle;
    for (uint32_t i = 0; i < n; i++) {
        if (candidates[i].idle == 0)
            continue;
        last = i;
        left -= candidates[i].idle;
        if (left < 0)
            break;
    }
    return last;
}

static uint32_t choose(const struct tsim_policy_view        *view,
                       const struct tsim_policy_contact     *contact,
                       const struct tsim_policy_candidate *candidates, uint32_t n)
{
    const int kind = (int)view->desk->parameters[TIERS + contact->tier];
    uint32_t  best = TSIM_POLICY_NONE;
    if (kind == RANDOM)
        return draw(view, candidates, n);
    for (uint32_t i = 0; i < n; i++) {
        if (candidates[i].idle == 0)
            continue;
        if (best == TSIM_POLICY_NONE || (kind == LONGEST_IDLE && candidates[i].idle_since_s <
                                                                     candidates[best].idle_since_s))
            best = i;
    }
    return best;
}

static uint32_t route(const struct tsim_policy_view    *view,
                      const struct tsim_policy_contact *contact)
{
    (void)view;
    (void)contact;
    return TSIM_POLICY_NONE;
}

static struct tsim_policy_move escalate(const struct tsim_policy_view    *view,
                                        const struct tsim_policy_contact *contact,
                                        const struct tsim_policy_outcome *outcome,
                                        uint32_t                          trigger)
{
    (void)view;
    (void)contact;
    (void)outcome;
    (void)trigger;
    return (struct tsim_policy_move){ .step = TSIM_POLICY_AS_PLANNED };
}

const struct tsim_policy tsim_policy = {
    TSIM_POLICY_HEAD,
    .n_parameters = sizeof parameters / sizeof *parameters,
    .name = "copies",
    .parameters = parameters,
    .rank = rank,
    .choose = choose,
    .take = take,
    .route = route,
    .escalate = escalate,
};
