/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/preempt.h - a contact that finds nobody idle interrupts work of lower priority. Part of
 * transitions.h.
 *
 * Of the agents of all pools that may serve it, the one is interrupted whose contact has the lowest
 * priority, of those the one who began last, of those the one with the later contact. What was
 * interrupted is offered to whoever is idle, interrupts in its turn what is lower still, or waits
 * again (interrupt.h). Each interrupts only lower priorities, so this ends.
 */
#include "model/transitions.h" /* whose part this is */

#ifndef MODEL_PREEMPT_H
#define MODEL_PREEMPT_H

/* Whether work on contact a is to be interrupted rather than that on b. */
static bool is_less_important(const struct contact *a, const struct contact *b)
{
    if (a->level != b->level)
        return a->level > b->level;
    return a->since_s != b->since_s ? a->since_s > b->since_s : a->number > b->number;
}

/* The contact of an agent of a pool whose work is to be interrupted for `level`; NONE. */
static uint32_t least_important(const struct world *world, uint32_t p, uint32_t level,
                                uint32_t least)
{
    const struct plan_pool *pool = &world->plan->pools[p];
    for (uint32_t a = pool->agent_base; a < pool->agent_base + pool->agents_most; a++) {
        if (!is_interruptible(world, a) || is_over(world, &world->pools[p], a))
            continue; /* who should have gone takes nothing new */
        const struct contact *contact = &world->contacts[world->agents[a].contact];
        if (contact->level > level &&
            (least == NONE || is_less_important(contact, &world->contacts[least])))
            least = world->agents[a].contact;
    }
    return least;
}

/* A contact that came to a queue begins in place of another. False: there is none. */
TSIM_RARE bool preempt(struct world *world, uint32_t c, uint32_t q)
{
    const struct contact     *contact = &world->contacts[c];
    const struct plan_queue  *queue = &world->plan->queues[q];
    const struct plan_server *server = NULL;
    uint32_t                  victim = NONE;
    if (!world->plan->tiers[queue->tier].preempts)
        return false;
    for (uint32_t i = 0; i < queue->n_servers; i++) {
        const uint32_t p = queue->servers[i].pool, before = victim;
        if (gate_open(world, &queue->servers[i], world->pools[p].idle + 1, contact->since_s))
            victim = least_important(world, p, contact->level, victim);
        if (victim != before)
            server = &queue->servers[i];
    }
    if (victim == NONE)
        return false;
    const uint32_t a = world->contacts[victim].agent;
    interrupt(world, victim);
    begin(world, c, a, server);
    wait_again(world, victim);
    return true;
}

#endif
