/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/match.h - whom an agent takes who comes free, and who takes a contact that comes. Part of
 * transitions.h.
 *
 * Agents look into the queues of their own tier, then into those of tiers that they help; a contact
 * is offered to the idle agents of its tier, then to those who help it.
 */
#include "model/transitions.h" /* whose part this is */

#ifndef MODEL_MATCH_H
#define MODEL_MATCH_H

static uint32_t pull_call_back(struct world *world, uint32_t p,
                               const struct plan_server **server);

/* ---- who is next */

/* The next contact for an agent who may serve these queues: the first of their heads. */
TSIM_HOT uint32_t first_head(const struct world *world, const struct plan_server *queues,
                             uint32_t n, const struct order_kind *order,
                             const struct plan_server **server)
{
    uint32_t best = NONE;
    if (USES(order->worth || world->plan->gated))
        return first_routed(world, queues, n, order, server);
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t head = queue_head(world, queues[i].queue);
        if (head == NONE || (best != NONE && !head_before(world, order, head, best)))
            continue;
        best = head;
        *server = &queues[i];
        if (order->across == ACROSS_LISTED)
            break;
    }
    return best;
}

/* Takes a contact or task out of its queue in a tier. */
static inline void take_out(struct world *world, struct tier_state *tier, uint32_t c)
{
    queue_leave(world, c);
    if (USES_CLASSIC(world->contacts[c].flags & FLAG_TASK)) {
        tier->tasks--;
        return;
    }
    level_down(&tier->waiting, span_of(world));
    evq_clear(&world->evq, owner_of(world, c));
}

/* The next contact for an agent of a pool in its own tier, taken out of its queue; NONE when nobody
 * waits whom it may serve. */
static inline uint32_t pull_own(struct world *world, uint32_t p, const struct plan_server **server)
{
    const struct plan_pool  *pool = &world->plan->pools[p];
    const struct order_kind *order = world->plan->tiers[pool->tier].order;
    struct tier_state       *tier = &world->tiers[pool->tier];
    if (tier->waiting.n + USES_CLASSIC(tier->tasks) == 0)
        return NONE;
    uint32_t best = USES(order->take)
                        ? take_by_policy(world, p, false, server)
                        : first_head(world, pool->queues, pool->n_queues, order, server);
    if (USES(world->plan->offered) && best == NONE)
        best = pull_call_back(world, p, server);
    if (best != NONE)
        take_out(world, tier, best);
    return best;
}

/* … in the tiers that it helps. */
TSIM_RARE uint32_t pull_elsewhere(struct world *world, uint32_t p,
                                  const struct plan_server **server)
{
    const struct plan_pool *pool = &world->plan->pools[p];
    for (uint32_t i = 0; i < pool->n_helps; i++) {
        const struct plan_help *help = &pool->helps[i];
        struct tier_state      *tier = &world->tiers[help->tier];
        if (tier->waiting.n + tier->tasks == 0)
            continue;
        const uint32_t best = first_head(world, help->queues, help->n_queues,
                                         world->plan->tiers[help->tier].order, server);
        if (best == NONE)
            continue;
        take_out(world, tier, best);
        return best;
    }
    return NONE;
}

static uint32_t pull(struct world *world, uint32_t p, const struct plan_server **server)
{
    const uint32_t own = pull_own(world, p, server);
    return USES(world->plan->helps) && own == NONE ? pull_elsewhere(world, p, server) : own;
}

/* ---- who takes it */

/* Fills world->candidates with these, with all `facts` or how long they have been idle; returns how
 * many are idle. */
static inline uint32_t ask_servers(struct world *world, const struct contact *contact, bool facts,
                                   const struct plan_server *servers, uint32_t n)
{
    uint32_t idle = 0;
    for (uint32_t i = 0; i < n; i++) {
        const struct pool_state *pool = &world->pools[servers[i].pool];
        world->candidates[i].pool = servers[i].pool;
        world->candidates[i].idle = pool->idle;
        if (pool->idle > 0)
            world->candidates[i].idle_since_s = world->agents[pool->idle_head].since_s;
        if (facts)
            show_server(world, contact, &servers[i], &world->candidates[i]);
        idle += world->candidates[i].idle;
    }
    return idle;
}

/* … of whom one is chosen. */
static inline const struct plan_server *choose_among(struct world *world,
                                                     const struct contact *contact,
                                                     const struct selection_kind *kind,
                                                     const struct plan_server *servers, uint32_t n)
{
    const uint32_t chosen = kind->choose(view_for(world, contact, DECISION_CHOOSE), NULL,
                                         world->candidates, n);
    TSIM_CHECK(chosen < n && world->candidates[chosen].idle > 0);
    return &servers[chosen];
}

/* The agent of a tier for a contact that need not wait; NULL when it has to. */
TSIM_HOT const struct plan_server *choose_server(struct world *world,
                                                 const struct contact *contact,
                                                 const struct plan_queue *queue)
{
    const struct selection_kind *kind = world->plan->tiers[queue->tier].selection;
    if (queue->n_servers == 1 && !USES(kind->by_policy || world->plan->gated))
        return world->pools[queue->servers[0].pool].idle > 0 ? &queue->servers[0] : NULL;
    const bool facts = USES(kind->by_facts || kind->by_policy || world->plan->gated);
    uint32_t   idle = ask_servers(world, contact, facts, queue->servers, queue->n_servers);
    if (USES(world->plan->parts) && world->plan->tiers[queue->tier].narrows && queue->own)
        idle = leave_to_chosen(world, queue, world->candidates);
    if (idle == 0)
        return NULL;
    if (USES(kind->by_policy))
        return choose_by_policy(world, contact, queue);
    return choose_among(world, contact, kind, queue->servers, queue->n_servers);
}

/* … of those who help it, now that nobody of the tier is idle. */
TSIM_RARE const struct plan_server *choose_helper(struct world *world,
                                                  const struct contact    *contact,
                                                  const struct plan_queue *queue)
{
    const struct selection_kind *kind = world->plan->tiers[queue->tier].selection;
    const bool facts = kind->by_facts || world->plan->gated;
    if (ask_servers(world, contact, facts, queue->helpers, queue->n_helpers) == 0)
        return NULL;
    return choose_among(world, contact, kind, queue->helpers, queue->n_helpers);
}

/* The agent of either, where it is no matter of every contact. */
TSIM_RARE const struct plan_server *choose_server_late(struct world *world,
                                                       const struct contact *contact,
                                                       const struct plan_queue *queue)
{
    const struct plan_server *server = choose_server(world, contact, queue);
    return server || queue->n_helpers == 0 ? server : choose_helper(world, contact, queue);
}

#endif
