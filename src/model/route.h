/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/route.h - who is next where that may change while contacts wait, and rules of who serves
 * whom. Part of transitions.h.
 *
 * A rule (struct plan_gate) is a gate between a queue and a pool: shut, the pool's agents do not
 * see the queue. Gates open and shut with time, lengths of queues, idle agents, so agents may idle
 * while contacts wait. After every event of a desk with gates its idle agents are therefore offered
 * what waits, pool by pool in the order of the scenario, until nobody takes anything.
 */
#include "model/transitions.h" /* whose part this is */

#ifndef MODEL_ROUTE_H
#define MODEL_ROUTE_H

static inline double resolves_of(const struct plan_server *server, const struct plan_visit *visit);

/* ---- gates */

/* What would pass before somebody who joins now is served, if work took as long as is usual and
 * all present served this queue alone. */
static double expected_wait(const struct world *world, uint32_t queue)
{
    const struct plan_queue *plan = &world->plan->queues[queue];
    uint64_t                 work_us = world->queues[queue].work_us;
    uint32_t                 present = 0;
    for (uint32_t i = 0; i < plan->n_servers; i++) {
        present += world->pools[plan->servers[i].pool].present;
        work_us += plan->own ? world->queues[plan->own + i].work_us : 0;
    }
    return present > 0 ? (double)work_us * 1e-6 / present : INFINITY;
}

/* Those who wait for a skill, for whomever they do. */
static uint32_t count_waiting_for(const struct world *world, uint32_t queue)
{
    const struct plan_queue *plan = &world->plan->queues[queue];
    uint32_t                 n = world->queues[queue].n;
    for (uint32_t i = 0; plan->own && i < plan->n_servers; i++)
        n += world->queues[plan->own + i].n;
    return n;
}

/* How a pool stands, for whom to wait: contacts (one more included) per agent, work that waits for
 * it alone per agent, or the wait of whom it took last. */
static double burden_of(const struct world *world, uint32_t p, enum waits_for by)
{
    const struct plan_pool *pool = &world->plan->pools[p];
    const double            present = world->pools[p].present;
    uint64_t                work_us = 0;
    double                  n = 1;
    for (uint32_t i = 0; i < pool->n_queues; i++) {
        const uint32_t q = pool->queues[i].queue;
        if (world->plan->queues[q].n_servers > 1)
            continue;
        n += world->queues[q].n;
        work_us += world->queues[q].work_us;
    }
    if (present <= 0)
        return INFINITY;
    if (by == WAITS_FOR_LAST_WAIT)
        return world->pools[p].last_wait_s;
    return by == WAITS_FOR_SHORTEST_QUEUE ? n / present : (double)work_us * 1e-6 / present;
}

/* Whether a pool has so few who wait for it that others are not troubled. */
static bool has_room(const struct world *world, uint32_t p)
{
    const double ratio = world->plan->pools[p].queue_ratio;
    return ratio > 0 && burden_of(world, p, WAITS_FOR_SHORTEST_QUEUE) <= ratio;
}

/* Of those who may serve a queue the one for whom to wait: of the lowest preference of pools that
 * have room left, if any have, the least burdened one; the first of equals. */
static uint32_t least_burdened(const struct world *world, const struct plan_queue *plan,
                               enum waits_for by)
{
    const bool rationed = world->plan->tiers[plan->tier].rationed;
    double     least = INFINITY;
    uint32_t   best = 0, first = UINT32_MAX;
    for (uint32_t i = 0; i < plan->n_servers; i++) {
        const struct plan_server *server = &plan->servers[i];
        const double              weight = by == WAITS_FOR_LAST_WAIT ? server->pool_weight : 1;
        const double              burden = burden_of(world, server->pool, by) / weight;
        const uint32_t            preference =
            rationed && has_room(world, server->pool) ? server->preference : UINT32_MAX;
        if (preference > first || (preference == first && burden >= least))
            continue;
        first = preference;
        least = burden;
        best = i;
    }
    return best;
}

/* The queue in which a contact waits that comes to `queue`: its own of one of the pools. */
static uint32_t queue_to_wait_in(const struct world *world, uint32_t queue)
{
    const struct plan_queue *plan = &world->plan->queues[queue];
    const enum waits_for     by = world->plan->tiers[plan->tier].waits_for;
    uint32_t                 best = plan->n_servers - 1;
    if (!plan->own || plan->beside != NONE)
        return queue;
    if (by != WAITS_FOR_LAST_POOL)
        best = least_burdened(world, plan, by);
    return plan->own + best;
}

/* Pools that a contact which comes does not see: where pools have a queue_ratio, those of a higher
 * preference than one that has room left; where it goes to a pool whoever idles, all others.
 * Returns how many agents are idle of those whom it sees. */
TSIM_RARE uint32_t leave_to_chosen(const struct world *world, const struct plan_queue *plan,
                                   struct tsim_policy_candidate *candidates)
{
    const enum waits_for by = world->plan->tiers[plan->tier].waits_for;
    const uint32_t       only = by == WAITS_FOR_LAST_WAIT ? least_burdened(world, plan, by) : NONE;
    uint32_t             first = UINT32_MAX, idle = 0;
    for (uint32_t i = 0; i < plan->n_servers && only == NONE; i++)
        if (plan->servers[i].preference < first && has_room(world, plan->servers[i].pool))
            first = plan->servers[i].preference;
    for (uint32_t i = 0; i < plan->n_servers; i++) {
        if (plan->servers[i].preference > first || (only != NONE && i != only))
            candidates[i].idle = 0;
        idle += candidates[i].idle;
    }
    return idle;
}

/* … for an agent of `pool`, of whom so many are free, the one who is asked included. */
static bool condition_holds(const struct world *world, const struct plan_condition *condition,
                            uint32_t pool, uint32_t free)
{
    double value = 0;
    switch (condition->subject) {
    case ROUTE_WAITING:
        value = count_waiting_for(world, condition->index);
        break;
    case ROUTE_EXPECTED_WAIT:
        value = expected_wait(world, condition->index);
        break;
    case ROUTE_IDLE:
        for (uint32_t p = condition->index; p < condition->index + condition->pools; p++)
            value += p == pool ? free : world->pools[p].idle;
        break;
    }
    return value >= condition->at_least && value <= condition->at_most;
}

/* Whether a pool, of whom so many agents are free, may serve a queue, whose contact joined then. */
static bool gate_open(const struct world *world, const struct plan_server *server, uint32_t free,
                      double joined_s)
{
    const struct plan_gate *gate = server->gate;
    if (!gate)
        return true;
    if (free <= gate->reserve || joined_s + gate->after_s > world->now_s)
        return false;
    for (uint32_t i = 0; i < gate->n; i++)
        if (!condition_holds(world, &gate->conditions[i], server->pool, free))
            return false;
    return true;
}

/* What a selection may know of a pool that could serve a contact that comes. */
static void show_server(const struct world *world, const struct contact *contact,
                        const struct plan_server *server, struct tsim_policy_candidate *shown)
{
    const struct plan_pool *pool = &world->plan->pools[server->pool];
    shown->present = world->pools[server->pool].present;
    shown->skills = pool->n_skills;
    shown->preference = server->preference;
    shown->weight = server->pool_weight;
    shown->wage_per_h = pool->wage_per_h;
    shown->factor = server->factor;
    shown->resolves = resolves_of(server, contact->plan);
    if (!gate_open(world, server, shown->idle, world->now_s))
        shown->idle = 0;
}

/* ---- who is next */

/* Whether one of two contacts that wait in a tier joined it before the other. */
static inline bool joined_before(const struct world *world, uint32_t a, uint32_t b)
{
    const struct contact *x = &world->contacts[a], *y = &world->contacts[b];
    return x->since_s != y->since_s ? x->since_s < y->since_s : x->number < y->number;
}

/* The first of a queue for an agent of a pool who has come free; NONE: nobody whom it may serve.
 * Sets what it is worth to take that one. */
static uint32_t first_for(const struct world *world, const struct order_kind *order,
                          const struct plan_server *server, double *worth)
{
    const struct plan              *plan = world->plan;
    const struct queue_state       *state = &world->queues[server->queue];
    const uint32_t                  free = world->pools[server->pool].idle + 1;
    const struct order_lane        *lanes = plan->tiers[plan->queues[server->queue].tier].lanes;
    const struct order_queue        queue = { server->factor, server->resolves, server->fails,
                                              server->queue_weight, state->n };
    uint32_t                        best = NONE;
    *worth = 0;
    if (state->n == 0)
        return NONE;
    if (state->root != NONE)
        return gate_open(world, server, free, world->contacts[state->root].since_s) ? state->root
                                                                                    : NONE;
    for (uint64_t left = state->levels; left != 0; left &= left - 1) {
        const uint32_t level = (uint32_t)__builtin_ctzll(left);
        const uint32_t head = queue_list(world, server->queue, level)->head;
        const double   since_s = world->contacts[head].since_s;
        if (!gate_open(world, server, free, since_s))
            continue;
        if (!order->worth)
            return head;
        const double value = order->worth(&lanes[level], &queue, world->now_s - since_s);
        if (best == NONE || value > *worth ||
            (value == *worth && joined_before(world, head, best))) {
            best = head;
            *worth = value;
        }
    }
    return best;
}

/* Whether the first of one queue goes before that of another, each worth so much. */
static bool goes_before(const struct world *world, const struct order_kind *order,
                        const struct plan_server *a_of, uint32_t a, double a_worth,
                        const struct plan_server *b_of, uint32_t b, double b_worth)
{
    if (!order->worth)
        return head_before(world, order, a, b);
    if (order->by_preference && a_of->queue_preference != b_of->queue_preference)
        return a_of->queue_preference < b_of->queue_preference;
    return a_worth > b_worth || (a_worth == b_worth && joined_before(world, a, b));
}

/* The next contact for an agent who may serve these queues, where there are lanes or gates. */
TSIM_RARE uint32_t first_routed(const struct world *world, const struct plan_server *queues,
                                uint32_t n, const struct order_kind *order,
                                const struct plan_server **server)
{
    uint32_t best = NONE;
    double   most = 0;
    for (uint32_t i = 0; i < n; i++) {
        double         worth;
        const uint32_t c = first_for(world, order, &queues[i], &worth);
        if (c == NONE)
            continue;
        if (best != NONE &&
            !goes_before(world, order, &queues[i], c, worth, *server, best, most))
            continue;
        best = c;
        most = worth;
        *server = &queues[i];
        if (order->across == ACROSS_LISTED)
            break;
    }
    return best;
}

#endif
