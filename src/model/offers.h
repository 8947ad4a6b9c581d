/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/offers.h - what customers hear who have to wait: how long it may take, and that they can
 * be called back. Part of transitions.h, which calls these where plan->offered is set.
 *
 * Who balks has given up after a wait of 0. Who accepts a call-back waits as others do, in the same
 * queue or in one beside it (plan_queue.beside), but holds no line and does not give up; a call
 * that does not reach the customer is a task of the agent's.
 *
 * Estimates of waits: W. Whitt, "Predicting queueing delays", Management Science 45 (1999) for the
 * length of the queue; R. Ibrahim and W. Whitt, "Real-time delay estimation based on delay
 * history", M&SOM 11 (2009) for the last wait (LES).
 */
#include "model/transitions.h" /* whose part this is */

#ifndef MODEL_OFFERS_H
#define MODEL_OFFERS_H

/* What those hear who have to wait where a contact is now; offers are there. */
static const struct plan_offer *offer_to(const struct world *world, const struct contact *contact)
{
    const struct plan *plan = world->plan;
    return &plan->customer->offers[(size_t)contact->plan->class->channel * plan->n_tiers +
                                   contact->tier];
}

/* A contact is answered. Calls tell nothing of those who hold the line. Who is answered at once
 * where contacts wait for one pool tells those who wait for that. */
static void note_answer(struct world *world, const struct contact *contact,
                        const struct plan_server *server)
{
    const struct plan_queue *plan = &world->plan->queues[server->queue];
    uint32_t                 queue = server->queue;
    if (contact->flags & FLAG_PATIENT)
        return;
    for (uint32_t i = 0; plan->own && i < plan->n_servers; i++)
        if (plan->servers[i].pool == server->pool)
            queue = plan->own + i;
    world->last_wait_s[queue] = world->now_s - contact->since_s;
}

static double estimated_wait_s(const struct world *world, const struct contact *contact,
                               uint32_t queue)
{
    const struct plan_queue *plan = &world->plan->queues[queue];
    double                   agents = 0; /* as many as they are worth by their speed       */
    if (offer_to(world, contact)->estimate == ESTIMATE_LAST_ANSWERED)
        return world->last_wait_s[queue];
    for (uint32_t i = 0; i < plan->n_servers; i++)
        agents += world->pools[plan->servers[i].pool].scheduled.n / plan->servers[i].factor;
    if (agents <= 0)
        return INFINITY;
    const double work_s = world->plan->customer->work_s[contact->plan - world->plan->visits];
    return (count_waiting_for(world, queue) + 1.0) * work_s / agents;
}

/* ---- balking */

static double patience_when_told(const struct world *world, const struct contact *contact)
{
    const bool told = world->stories[contact - world->contacts].holder == NONE;
    return told ? offer_to(world, contact)->balking.patience : 1;
}

static bool balks(const struct world *world, const struct contact *contact, uint32_t queue,
                  double wait_s)
{
    const struct plan_balking *balking = &offer_to(world, contact)->balking;
    const uint32_t             waiting = count_waiting_for(world, queue);
    double                     share = 0;
    if (!balking->asked)
        return false;
    if (waiting > balking->from_waiting)
        share += balking->per_waiting * (waiting - balking->from_waiting);
    if (balking->per_s > 0 && wait_s > balking->from_wait_s)
        share += balking->per_s * (wait_s - balking->from_wait_s);
    const struct rng rng = rng_at(world->key, contact->plan->wait ^ world->plan->customer->balks,
                                  contact->ordinal, contact->times);
    if (rng_side(&rng, 0) < fmin(share, balking->most))
        return true;
    return balking->announced &&
           wait_s > patience_of(world, contact, 0, contact->times);
}

static void balk(struct world *world, uint32_t c)
{
    struct contact *contact = &world->contacts[c];
    contact->visit->balked++;
    tell(world, contact, EVENT_BALKED, NONE, 0, 0);
    record_abandoned(world, contact, 0);
    give_up(world, c, FATE_ABANDONED);
}

/* ---- call-backs */

/* The queue of those who are called, beside that of those who hold the line. */
static uint32_t queue_for_calls(const struct world *world, const struct contact *contact,
                                uint32_t queue)
{
    return offer_to(world, contact)->call_back.after_others ? world->plan->customer->late[queue]
                                                            : queue;
}

static bool accepts_call_back(const struct world *world, const struct contact *contact,
                              uint32_t queue, double wait_s)
{
    const struct plan_call_back *call_back = &offer_to(world, contact)->call_back;
    if (!call_back->offered || (count_waiting_for(world, queue) < call_back->from_waiting &&
                                wait_s < call_back->from_wait_s))
        return false;
    const struct rng rng = rng_at(world->key, contact->plan->wait ^ world->plan->customer->offer,
                                  contact->ordinal, contact->times);
    return rng_side(&rng, 0) < call_back->accepts;
}

/* When the first call is due. */
static double call_due_s(const struct world *world, const struct contact *contact)
{
    const struct plan_call_back *call_back = &offer_to(world, contact)->call_back;
    const double                 start_s = world->plan->start_s;
    if (!call_back->due_in)
        return world->now_s;
    struct rng   rng = rng_at(world->key, contact->plan->wait ^ world->plan->customer->booking,
                              contact->ordinal, contact->times);
    const double due_s = world->now_s + dist_draw(call_back->due_in, &rng);
    if (call_back->grid_s <= 0)
        return due_s;
    return fmax(due_s, ceil((start_s + due_s) / call_back->grid_s) * call_back->grid_s - start_s);
}

static void put_phone_down(struct world *world, uint32_t c, double due_s)
{
    struct contact *contact = &world->contacts[c];
    struct story   *story = &world->stories[c];
    const double    within_s = offer_to(world, contact)->call_back.within_s;
    story->called = true;
    story->accepted_s = world->now_s;
    contact->flags |= FLAG_PATIENT;
    contact->visit->accepted++;
    contact->visit->called++;
    world->lines[contact->plan->class->channel]--;
    if (within_s > 0) {
        contact->ledger->call_backs++;
        story->call_back_by_s = due_s + within_s;
    }
    tell(world, contact, EVENT_CALL_BACK, NONE, 0, 0);
}

/* The visit ends with an appointment; the contact joins the queue again when it is due. */
static void book(struct world *world, uint32_t c, double due_s)
{
    struct contact *contact = &world->contacts[c];
    contact->visit->booked++;
    tell_amount(world, contact, EVENT_BOOKED, NONE, 0, 0, due_s - world->now_s);
    world->stories[c].away = AWAY_CALLED;
    enter_phase(world, c, PHASE_CUSTOMER);
    leave_until(world, c, CONTACT_AWAY, due_s);
}

/* The customer of a contact is on the line again, or needs none any more. */
static void takes_line(struct world *world, uint32_t c)
{
    struct story *story = &world->stories[c];
    world->lines[world->contacts[c].plan->class->channel] += story->called;
    story->called = false;
}

/* A contact that has come to `comes_to` has to wait: whether what its customer hears makes a
 * difference. Then it waits to be called, or is gone. An agent who stays with it says nothing. */
static bool hears_offer(struct world *world, uint32_t c, uint32_t comes_to)
{
    struct contact     *contact = &world->contacts[c];
    const struct story *story = &world->stories[c];
    const uint32_t queue = queue_to_wait_in(world, comes_to);
    if (!story->called) {
        if (contact->flags & FLAG_PATIENT || story->holder != NONE)
            return false;
        const double wait_s = estimated_wait_s(world, contact, queue);
        if (!accepts_call_back(world, contact, queue, wait_s)) {
            const bool leaves = balks(world, contact, queue, wait_s);
            if (leaves)
                balk(world, c);
            return leaves;
        }
        const double due_s = call_due_s(world, contact);
        put_phone_down(world, c, due_s);
        if (offer_to(world, contact)->call_back.due_in) {
            book(world, c, due_s);
            return true;
        }
    }
    contact->visit->called_delayed++;
    wait(world, c, queue_for_calls(world, contact, queue));
    return true;
}

/* ---- calls */

/* Agents who could take contacts of a queue and are idle. */
static uint32_t idle_for(const struct world *world, uint32_t queue)
{
    const struct plan_queue *plan = &world->plan->queues[queue];
    uint32_t                 idle = 0;
    for (uint32_t i = 0; i < plan->n_servers; i++)
        idle += world->pools[plan->servers[i].pool].idle;
    return idle;
}

/* A contact joins a queue, perhaps to be called: whether that has to wait for more idle agents. */
static bool waits_for_quiet(const struct world *world, const struct contact *contact,
                            uint32_t queue)
{
    if (!world->stories[contact - world->contacts].called)
        return false;
    const struct plan_call_back *call_back = &offer_to(world, contact)->call_back;
    return call_back->after_others && idle_for(world, queue) <= call_back->reserve;
}

/* Whether enough agents other than the one who asks are idle to call somebody. */
static bool is_quiet_for(const struct world *world, uint32_t c, uint32_t queue)
{
    return idle_for(world, queue) >= offer_to(world, &world->contacts[c])->call_back.reserve;
}

/* The first who is to be called beside a queue, if enough others are idle; NONE. The agent who asks
 * is not among the idle ones. */
static uint32_t call_head(const struct world *world, uint32_t queue)
{
    const uint32_t head = queue_head(world, world->plan->customer->late[queue]);
    if (head == NONE)
        return NONE;
    return is_quiet_for(world, head, queue) ? head : NONE;
}

/* The first whom an agent of pool p calls, if nobody waits on the line; NONE. */
static uint32_t pull_call_back(struct world *world, uint32_t p, const struct plan_server **server)
{
    const struct plan_pool  *pool = &world->plan->pools[p];
    const struct order_kind *order = world->plan->tiers[pool->tier].order;
    uint32_t                 best = NONE;
    double                   most = 0, worth;
    if (!world->plan->customer->late)
        return NONE;
    for (uint32_t i = 0; i < pool->n_queues; i++)
        if (world->queues[pool->queues[i].queue].n > 0)
            return NONE; /* a policy keeps the agent from them, and so from calls          */
    if (order->take)
        return take_by_policy(world, p, true, server);
    for (uint32_t i = 0; i < pool->n_queues; i++) {
        const uint32_t     queue = pool->queues[i].queue;
        struct plan_server late = pool->queues[i];
        late.queue = world->plan->customer->late[queue];
        const uint32_t head = first_for(world, order, &late, &worth);
        if (head == NONE || !is_quiet_for(world, head, queue))
            continue;
        if (best != NONE && (order->across == ACROSS_LISTED ||
                             !goes_before(world, order, &pool->queues[i], head, worth, *server,
                                          best, most)))
            continue;
        best = head;
        most = worth;
        *server = &pool->queues[i];
    }
    return best;
}

/* An agent would begin with a contact; whether its customer had to be called and was not reached.
 * The agent has dialled then, and the contact waits for the next call or ends. */
static bool calls_in_vain(struct world *world, uint32_t c, uint32_t a,
                          const struct plan_server *server)
{
    struct contact *contact = &world->contacts[c];
    struct story   *story = &world->stories[c];
    if (!story->called)
        return false;
    const struct plan_call_back *call_back = &offer_to(world, contact)->call_back;
    struct rng rng = rng_at(world->key, stream_purpose(world, contact, world->plan->customer->call),
                            contact->ordinal, story->calls);
    if (call_back->reached >= 1 || rng_side(&rng, 0) < call_back->reached)
        return false;
    const uint32_t t = make_task(world, c,
                                 (struct task){ .work_s = task_time(world, c, call_back->dial),
                                                .about = NONE, .kind = TASK_CALL,
                                                .trigger = TRIGGERS }, server->queue);
    if (t == NONE)
        return false;
    const double waited_s = world->now_s - contact->since_s;
    contact->state = CONTACT_HANDED_OVER; /* it waits no more */
    story->asked++;
    story->calls++;
    story->waited_s += waited_s * (1 - call_back->relieves);
    contact->visit->missed++;
    contact->visit->wait_missed_s += waited_s;
    contact->ledger->call_backs_late += story->call_back_by_s > 0 &&
                                        world->now_s > story->call_back_by_s;
    story->call_back_by_s = 0;
    tell(world, contact, EVENT_MISSED, server->pool, 0, 0);
    task_row_of(world, &world->contacts[t], TASK_CALL)->offered++;
    begin_task(world, t, a, server);
    if (story->calls >= call_back->most) {
        contact->ledger->unreached++;
        leave(world, c, FATE_UNRESOLVED);
        return true;
    }
    story->away = AWAY_CALLED;
    enter_phase(world, c, PHASE_CUSTOMER);
    leave_to_customer(world, c, CONTACT_AWAY, call_back->again, &rng);
    return true;
}

/* It is time for the next call. */
static void call_again(struct world *world, uint32_t c)
{
    const uint32_t queue = world->stories[c].queue;
    if (!join(world, c, world->contacts[c].tier, queue))
        escalate(world, c, TRIGGER_skill);
}

/* The customer is on the line, and the work begins that would take `work_s`. */
static double reached_by_call(struct world *world, uint32_t c, double work_s)
{
    struct contact              *contact = &world->contacts[c];
    struct story                *story = &world->stories[c];
    const struct plan_call_back *call_back = &offer_to(world, contact)->call_back;
    const double                 waited_s = world->now_s - contact->since_s;
    const bool                   offered = call_back->offered; /* here, and not only before */
    contact->visit->reached++;
    contact->visit->wait_called_s += waited_s;
    contact->visit->called_s += world->now_s - story->accepted_s;
    story->waited_s -= waited_s * call_back->relieves;
    takes_line(world, c);
    return offered ? work_s * call_back->time_factor : work_s;
}

#endif
