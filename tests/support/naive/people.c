/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Agents and queues: who is idle, who is next, who comes and goes. */
#include <math.h>
#include <stdlib.h>

#include "model/plan_customer.h"
#include "support/naive/desk.h"

/* ---- counting */

uint32_t count_agents(const struct desk *desk, uint32_t pool, enum agent_is is)
{
    uint32_t n = 0;
    for (uint32_t a = 0; a < desk->plan->n_agents; a++)
        n += desk->agents[a].pool == pool && desk->agents[a].is == is;
    return n;
}

uint32_t count_idle(const struct desk *desk, uint32_t pool)
{
    return count_agents(desk, pool, IS_IDLE);
}

uint32_t count_here(const struct desk *desk, uint32_t pool)
{
    return desk->plan->pools[pool].agents_most - count_agents(desk, pool, IS_AWAY);
}

uint32_t count_waiting(const struct desk *desk, uint32_t tier)
{
    uint32_t n = 0;
    for (uint32_t c = 0; c < desk->n_contacts; c++)
        n += desk->contacts[c].is == IS_WAITING && desk->contacts[c].tier == tier;
    return n;
}

/* ---- who takes a contact */

uint32_t longest_idle(const struct desk *desk, uint32_t pool)
{
    uint32_t longest = NONE;
    for (uint32_t a = 0; a < desk->plan->n_agents; a++)
        if (desk->agents[a].pool == pool && desk->agents[a].is == IS_IDLE &&
            (longest == NONE || desk->agents[a].turn < desk->agents[longest].turn))
            longest = a;
    return longest;
}

/* Who left last; before anybody has left, in order. */
uint32_t next_to_come(const struct desk *desk, uint32_t pool)
{
    uint32_t next = NONE;
    for (uint32_t a = 0; a < desk->plan->n_agents; a++)
        if (desk->agents[a].pool == pool && desk->agents[a].is == IS_AWAY &&
            (next == NONE || desk->agents[a].turn > desk->agents[next].turn))
            next = a;
    return next;
}

/* What a selection that takes chances is given. */
static double the_unit(const struct tsim_policy_view *view, uint32_t number)
{
    return number == 0 ? *(const double *)view->world : 0;
}

const struct plan_server *idle_server(struct desk *desk, uint32_t c, uint32_t queue,
                                      uint32_t visit)
{
    const struct plan_queue     *of = &desk->plan->queues[queue];
    const struct selection_kind *kind = desk->plan->tiers[of->tier].selection;
    struct tsim_policy_candidate *pools = calloc(of->n_servers, sizeof *pools);
    uint32_t                     idle = 0, chosen = 0;
    if (!pools)
        abort();
    for (uint32_t i = 0; i < of->n_servers; i++) {
        const uint32_t pool = of->servers[i].pool;
        pools[i].pool = pool;
        pools[i].idle = count_agents(desk, pool, IS_IDLE);
        if (pools[i].idle > 0)
            pools[i].idle_since_s = desk->agents[longest_idle(desk, pool)].idle_since_s;
        idle += pools[i].idle;
    }
    if (idle > 0) {
        const struct rng rng = draw_of(desk, c, visit_at(desk, c, of->tier)->select, visit);
        const struct tsim_policy_calls calls = { .unit = the_unit };
        double                         unit = rng_side(&rng, 0);
        const struct tsim_policy_view  view = { .calls = &calls, .world = &unit };
        chosen = kind->choose(&view, NULL, pools, of->n_servers);
    }
    free(pools);
    return idle > 0 ? &of->servers[chosen] : NULL;
}

const struct plan_server *server_of_owner(struct desk *desk, uint32_t c, uint32_t queue,
                                          uint32_t *agent)
{
    const struct plan_queue *of = &desk->plan->queues[queue];
    const uint32_t           pool = desk->agents[*agent].pool;
    struct ledger_row       *ledger = ledger_of(desk, c);
    ledger->to_owner++;
    for (uint32_t i = 0; i < of->n_servers; i++) {
        if (of->servers[i].pool != pool || count_agents(desk, pool, IS_IDLE) == 0)
            continue;
        if (desk->agents[*agent].is == IS_IDLE)
            ledger->at_owner++;
        else
            *agent = longest_idle(desk, pool);
        return &of->servers[i];
    }
    return NULL;
}

/* ---- who is next */

/* Who waits, or would: contacts first, then tasks, each in their order. */
static uint32_t count_all(const struct desk *desk)
{
    return desk->n_contacts + desk->n_tasks;
}

static const struct ticket *ticket_of(const struct desk *desk, uint32_t i)
{
    return i < desk->n_contacts ? &desk->contacts[i].ticket
                                : &desk->tasks[i - desk->n_contacts].ticket;
}

static bool waits_in(const struct desk *desk, uint32_t i, uint32_t queue)
{
    const enum being is =
        i < desk->n_contacts ? desk->contacts[i].is : desk->tasks[i - desk->n_contacts].is;
    return is == IS_WAITING && ticket_of(desk, i)->queue == queue;
}

static struct tsim_policy_contact shown(const struct ticket *ticket)
{
    return (struct tsim_policy_contact){ .joined_s = ticket->joined_s,
                                         .deadline_s = ticket->deadline_s,
                                         .level = ticket->level };
}

/* Whether a is served before b: by level where the order has levels, by the order's key, and by
 * number. */
static bool goes_first(const struct desk *desk, const struct order_kind *order, uint32_t a,
                       uint32_t b)
{
    const struct tsim_policy_contact x = shown(ticket_of(desk, a));
    const struct tsim_policy_contact y = shown(ticket_of(desk, b));
    const struct tsim_policy_view    nothing = { .desk = NULL };
    if (order->by_level && x.level != y.level)
        return x.level < y.level;
    if (order->rank(&nothing, &x) != order->rank(&nothing, &y))
        return order->rank(&nothing, &x) < order->rank(&nothing, &y);
    return a < b;
}

static uint32_t first_of_queue(const struct desk *desk, const struct order_kind *order,
                               uint32_t queue)
{
    uint32_t first = NONE;
    for (uint32_t i = 0; i < count_all(desk); i++)
        if (waits_in(desk, i, queue) && (first == NONE || goes_first(desk, order, i, first)))
            first = i;
    return first;
}

/* Who is called next, now that nobody waits in the pool's queues; NONE. */
static uint32_t next_to_call(const struct desk *desk, const struct plan_pool *pool,
                             const struct order_kind *order, const struct plan_server **server)
{
    const struct plan_customer *customer = desk->plan->customer;
    uint32_t                    best = NONE;
    for (uint32_t i = 0; customer && customer->late && i < pool->n_queues; i++) {
        const uint32_t queue = pool->queues[i].queue;
        const uint32_t first = first_of_queue(desk, order, customer->late[queue]);
        if (first == NONE || !is_quiet_for(desk, first, queue))
            continue;
        if (best == NONE ||
            (order->across == ACROSS_KEYS && goes_first(desk, order, first, best))) {
            best = first;
            *server = &pool->queues[i];
        }
    }
    return best;
}

/* The agent takes who is next in the pool's queues. False when nobody is. */
bool take_next_one(struct desk *desk, uint32_t a)
{
    const struct plan_pool   *pool = &desk->plan->pools[desk->agents[a].pool];
    const struct order_kind  *order = desk->plan->tiers[pool->tier].order;
    const struct plan_server *server = NULL;
    uint32_t                  best = NONE;
    for (uint32_t i = 0; i < pool->n_queues; i++) {
        const uint32_t first = first_of_queue(desk, order, pool->queues[i].queue);
        if (first == NONE)
            continue;
        if (best == NONE ||
            (order->across == ACROSS_KEYS && goes_first(desk, order, first, best))) {
            best = first;
            server = &pool->queues[i];
        }
    }
    if (best == NONE)
        best = next_to_call(desk, pool, order, &server);
    if (best == NONE)
        return false;
    if (best >= desk->n_contacts) {
        begin_task(desk, best - desk->n_contacts, a, server);
        return true;
    }
    happens_not(desk, HAPPENS_PATIENCE_END, best);
    begin_work(desk, best, a, server);
    return true;
}

/* ---- coming and going */

void turn_to(struct desk *desk, uint32_t a, enum agent_is is)
{
    desk->agents[a].is = is;
    desk->agents[a].turn = ++desk->turns;
    desk->agents[a].idle_since_s = desk->now_s;
}

void become_free(struct desk *desk, uint32_t a)
{
    if (is_off_duty(desk, a))
        turn_to(desk, a, IS_AWAY);
    else if (!take_next_one(desk, a))
        turn_to(desk, a, IS_IDLE);
}
