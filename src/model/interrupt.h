/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/interrupt.h - work that stops before its end. Part of transitions.h.
 *
 * A contact is taken off its agent; what was done is counted, and what is left is kept. Then it
 * waits again, or is dropped. It waits with the place in the order of its queue that it had when it
 * joined, so that it goes before all who joined after it, and with patience drawn afresh. Whoever
 * takes it up goes on with it: nothing of it is drawn again, and the visit was answered already.
 *
 * Used where plan->interrupts is set. Work on tasks and agents who stay with a contact, wrap up or
 * are being briefed are never interrupted.
 */
#include "model/transitions.h" /* whose part this is */

#ifndef MODEL_INTERRUPT_H
#define MODEL_INTERRUPT_H

/* Whether the work an agent has in hand may be interrupted. */
static bool is_interruptible(const struct world *world, uint32_t a)
{
    const struct agent *agent = &world->agents[a];
    if (agent->state != AGENT_AT_WORK || agent->contact == NONE)
        return false;
    return !(world->contacts[agent->contact].flags & FLAG_TASK) &&
           !world->stories[agent->contact].briefed;
}

/* Takes the contact off its agent, who is left busy with nothing in hand. What becomes of both is
 * the caller's to say at once: the contact waits again or is dropped. */
static void interrupt(struct world *world, uint32_t c)
{
    struct contact *contact = &world->contacts[c];
    struct story   *story = &world->stories[c];
    const uint32_t  p = world->agents[contact->agent].pool;
    const double    work_s = world->now_s - contact->since_s;
    evq_clear(&world->evq, owner_of(world, c));
    contact->visit->interrupted++;
    contact->visit->handled_s += work_s;
    contact->pools[p].handled_s += work_s;
    if (contact->cause != TRIGGERS)
        add_cause_work(world, contact, contact->cause, p, work_s);
    story->interrupted = true;
    story->interruptions++;
    const double left_s = put_down(world, c);
    story->left_s = world->plan->tiers[contact->tier].restarts ? story->work_s : left_s;
    world->agents[contact->agent].contact = NONE;
    contact->state = CONTACT_HANDED_OVER; /* in nobody's hands, for no time */
    tell(world, contact, EVENT_INTERRUPTED, p, 0, 0);
}

/* An interrupted contact is taken by whoever is idle, or waits again. */
static void wait_again(struct world *world, uint32_t c)
{
    struct contact *contact = &world->contacts[c];
    struct story   *story = &world->stories[c];
    const uint32_t  q = story->queue != NONE ? story->queue : contact->plan->queue;
    story->again_s = world->now_s;
    contact->since_s = story->joined_s;
    const struct plan_server *server = choose_server_late(world, contact, &world->plan->queues[q]);
    if (server) {
        struct pool_state *pool = &world->pools[server->pool];
        level_up(&pool->busy, span_of(world));
        begin(world, c, idle_pop(world, pool), server);
        return;
    }
    if (USES(world->plan->preempts) && preempt(world, c, q))
        return;
    struct tier_state *state = &world->tiers[contact->tier];
    contact->state = CONTACT_WAITING;
    enter_phase(world, c, PHASE_QUEUE);
    enqueue(world, c, q);
    level_up(&state->waiting, span_of(world));
    if (state->waiting.n > state->most)
        state->most = state->waiting.n;
    expect_abandonment(world, c, patience_of(world, contact, world->plan->patience_again,
                                             story->interruptions));
}

/* Somebody goes on with it. The agent counts as busy already. */
TSIM_RARE void resume(struct world *world, uint32_t c, uint32_t a,
                      const struct plan_server *server)
{
    struct contact *contact = &world->contacts[c];
    struct story   *story = &world->stories[c];
    const double    wait_s = world->now_s - story->again_s;
    contact->visit->wait_again_s += wait_s;
    story->waited_s += wait_s;
    story->interrupted = false;
    contact->ledger->owners += contact->agent != a;
    contact->agent = a;
    contact->state = CONTACT_AT_WORK;
    contact->since_s = world->now_s;
    if (USES_CLASSIC(world->had))
        note_pool(world, c, server->pool);
    enter_phase(world, c, PHASE_WORK);
    tell(world, contact, EVENT_WORK, server->pool, 1, 0);
    world->agents[a].state = AGENT_AT_WORK;
    world->agents[a].contact = c;
    const double factor = factor_of(world, server, a);
    const double work_s = story->left_s * (factor / story->left_factor);
    story->left_factor = factor;
    take_in_hand(world, c, a, work_s);
}

/* The second wait is over without anybody going on. */
static void end_second_wait(struct world *world, uint32_t c)
{
    struct story *story = &world->stories[c];
    world->contacts[c].visit->wait_again_s += world->now_s - story->again_s;
    story->waited_s += world->now_s - story->again_s;
    story->interrupted = false;
}

/* The customer gives up waiting for that, and has left the queue. */
static void abandon_again(struct world *world, uint32_t c)
{
    const struct contact *contact = &world->contacts[c];
    end_second_wait(world, c);
    contact->visit->gave_up_again++;
    world->tally.tier_interval[(size_t)world->interval * world->plan->n_tiers + contact->tier]
        .abandoned_events++;
    give_up(world, c, FATE_ABANDONED);
}

/* Nobody will go on with it: it is in no queue any more. */
static void drop(struct world *world, uint32_t c)
{
    world->contacts[c].visit->dropped++;
    leave(world, c, FATE_UNRESOLVED);
}

#endif
