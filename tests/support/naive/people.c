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

/* Who of these takes it; NULL: nobody of them is idle. */
static const struct plan_server *idle_among(struct desk *desk, uint32_t c,
                                            const struct plan_queue *of,
                                            const struct plan_server *servers, uint32_t n,
                                            uint32_t visit)
{
    const struct selection_kind  *kind = desk->plan->tiers[of->tier].selection;
    struct tsim_policy_candidate *pools = calloc(n + 1, sizeof *pools);
    uint32_t                      idle = 0, chosen = 0;
    if (!pools)
        abort();
    for (uint32_t i = 0; i < n; i++) {
        pools[i] = candidate_of(desk, &servers[i], visit_at(desk, c, of->tier));
        idle += pools[i].idle;
    }
    if (servers == of->servers && of->own > 0 && desk->plan->tiers[of->tier].narrows)
        idle = leave_to_nearer(desk, of, pools);
    if (idle > 0) {
        const struct rng rng = draw_of(desk, c, visit_at(desk, c, of->tier)->select, visit);
        const struct tsim_policy_calls calls = { .unit = the_unit };
        double                         unit = rng_side(&rng, 0);
        const struct tsim_policy_view  view = { .calls = &calls, .world = &unit,
                                                .now_s = desk->now_s };
        chosen = kind->choose(&view, NULL, pools, n);
    }
    free(pools);
    return idle > 0 ? &servers[chosen] : NULL;
}

/* Somebody of the tier, else of those who help it. */
const struct plan_server *idle_server(struct desk *desk, uint32_t c, uint32_t queue,
                                      uint32_t visit)
{
    const struct plan_queue  *of = &desk->plan->queues[queue];
    const struct plan_server *server =
        idle_among(desk, c, of, of->servers, of->n_servers, visit);
    return server ? server : idle_among(desk, c, of, of->helpers, of->n_helpers, visit);
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
            *agent = who_takes_it(desk, pool);
        return &of->servers[i];
    }
    return NULL;
}

/* ---- who is next */

uint32_t count_all(const struct desk *desk)
{
    return desk->n_contacts + desk->n_tasks;
}

const struct ticket *ticket_of(const struct desk *desk, uint32_t i)
{
    return i < desk->n_contacts ? &desk->contacts[i].ticket
                                : &desk->tasks[i - desk->n_contacts].ticket;
}

bool waits_in(const struct desk *desk, uint32_t i, uint32_t queue)
{
    const enum being is =
        i < desk->n_contacts ? desk->contacts[i].is : desk->tasks[i - desk->n_contacts].is;
    return is == IS_WAITING && ticket_of(desk, i)->queue == queue;
}

static struct tsim_policy_contact shown(const struct desk *desk, const struct ticket *ticket)
{
    const struct plan *plan = desk->plan;
    const uint32_t     visit = ticket->class * plan->n_tiers + plan->queues[ticket->queue].tier;
    return (struct tsim_policy_contact){
        .joined_s = ticket->joined_s, .deadline_s = ticket->deadline_s, .level = ticket->level,
        .work_mean_s = dist_mean(plan->visits[visit].handling),
    };
}

/* What it is worth that an agent takes somebody who waits. */
static double worth_of(const struct desk *desk, const struct plan_server *server, uint32_t waiting,
                       uint32_t i)
{
    const struct plan        *plan = desk->plan;
    const struct plan_tier   *tier = &plan->tiers[plan->queues[server->queue].tier];
    const struct ticket      *ticket = ticket_of(desk, i);
    const struct order_queue  queue = {
        .factor = server->factor, .resolves = server->resolves, .fails = server->fails,
        .weight = server->queue_weight, .waiting = waiting,
    };
    if (!tier->order->worth)
        return 0;
    const uint8_t lane = tier->lane_of[ticket->class * plan->n_levels + ticket->level];
    return tier->order->worth(&tier->lanes[lane], &queue, desk->now_s - ticket->joined_s);
}

/* Whether a is served before b: by what they are worth, which is told; by level where the order has
 * levels, by the order's key, and by number. */
static bool goes_first(const struct desk *desk, const struct order_kind *order, uint32_t a,
                       double a_worth, uint32_t b, double b_worth)
{
    if (a_worth != b_worth)
        return a_worth > b_worth;
    const struct tsim_policy_contact x = shown(desk, ticket_of(desk, a));
    const struct tsim_policy_contact y = shown(desk, ticket_of(desk, b));
    const struct tsim_policy_view    nothing = { .desk = NULL };
    if (order->by_level && x.level != y.level)
        return x.level < y.level;
    if (order->rank(&nothing, &x) != order->rank(&nothing, &y))
        return order->rank(&nothing, &x) < order->rank(&nothing, &y);
    return a < b;
}

/* The same of the first of two queues of a pool. */
static bool queue_goes_first(const struct desk *desk, const struct order_kind *order,
                             const struct plan_server *a_of, uint32_t a, double a_worth,
                             const struct plan_server *b_of, uint32_t b, double b_worth)
{
    if (order->across != ACROSS_KEYS)
        return false; /* the list's order */
    if (order->by_preference && a_of->queue_preference != b_of->queue_preference)
        return a_of->queue_preference < b_of->queue_preference;
    return goes_first(desk, order, a, a_worth, b, b_worth);
}

/* Whether somebody waits in the queue before i in all that the order looks at but the wait. */
static bool is_hidden(const struct desk *desk, const struct plan_server *server, uint32_t i)
{
    const struct plan       *plan = desk->plan;
    const struct plan_tier  *tier = &plan->tiers[plan->queues[server->queue].tier];
    const struct order_kind *order = tier->order;
    for (uint32_t k = 0; order->by_key && k < count_all(desk); k++)
        if (waits_in(desk, k, server->queue) && goes_first(desk, order, k, 0, i, 0))
            return true; /* of a heap an agent sees the first alone */
    return false;
}

static uint32_t first_of_queue(const struct desk *desk, const struct plan_server *server,
                               uint32_t free, double *worth)
{
    const struct plan_tier *tier = &desk->plan->tiers[desk->plan->queues[server->queue].tier];
    const uint32_t          waiting = count_in(desk, server->queue);
    uint32_t                first = NONE;
    if (waiting == 0 || !gate_is_open(desk, server, free, -INFINITY))
        return NONE;
    for (uint32_t i = 0; i < count_all(desk); i++) {
        if (!waits_in(desk, i, server->queue) ||
            !waited_enough(desk, server, ticket_of(desk, i)->joined_s) ||
            (server->gate && is_hidden(desk, server, i)))
            continue;
        const double is = worth_of(desk, server, waiting, i);
        if (first != NONE && !goes_first(desk, tier->order, i, is, first, *worth))
            continue;
        first = i;
        *worth = is;
    }
    return first;
}

/* Who is called next, now that nobody waits in the pool's queues; NONE. */
static uint32_t next_to_call(const struct desk *desk, const struct plan_pool *pool, uint32_t free,
                             const struct plan_server **server)
{
    const struct plan_customer *customer = desk->plan->customer;
    const struct order_kind    *order = desk->plan->tiers[pool->tier].order;
    uint32_t                    best = NONE;
    double                      most = 0, worth = 0;
    for (uint32_t i = 0; i < pool->n_queues; i++)
        if (count_in(desk, pool->queues[i].queue) > 0)
            return NONE; /* a rule keeps the agent from them, and so from calls */
    for (uint32_t i = 0; customer && customer->late && i < pool->n_queues; i++) {
        const uint32_t queue = pool->queues[i].queue;
        struct plan_server late = pool->queues[i];
        late.queue = customer->late[queue];
        const uint32_t first = first_of_queue(desk, &late, free, &worth);
        if (first == NONE || !is_quiet_for(desk, first, queue))
            continue;
        if (best == NONE || queue_goes_first(desk, order, &pool->queues[i], first, worth, *server,
                                             best, most)) {
            best = first;
            most = worth;
            *server = &pool->queues[i];
        }
    }
    return best;
}

/* Who is next in queues of a tier, NONE, for an agent of a pool of whom so many are free. */
static uint32_t next_in(const struct desk *desk, uint32_t tier, const struct plan_server *queues,
                        uint32_t n, uint32_t free, const struct plan_server **server)
{
    const struct order_kind *order = desk->plan->tiers[tier].order;
    uint32_t                 best = NONE;
    double                   most = 0, worth = 0;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t first = first_of_queue(desk, &queues[i], free, &worth);
        if (first == NONE)
            continue;
        if (best == NONE || queue_goes_first(desk, order, &queues[i], first, worth, *server, best,
                                             most)) {
            best = first;
            most = worth;
            *server = &queues[i];
        }
    }
    return best;
}

/* The agent takes who is next in the pool's queues, else in those of tiers that it helps. False
 * when nobody is. */
bool take_next_one(struct desk *desk, uint32_t a)
{
    const uint32_t            p = desk->agents[a].pool;
    const struct plan_pool   *pool = &desk->plan->pools[p];
    const struct plan_server *server = NULL;
    const uint32_t free = count_agents(desk, p, IS_IDLE) + 1; /* and this one */
    uint32_t       best = next_in(desk, pool->tier, pool->queues, pool->n_queues, free, &server);
    if (best == NONE)
        best = next_to_call(desk, pool, free, &server);
    for (uint32_t i = 0; i < pool->n_helps && best == NONE; i++)
        best = next_in(desk, pool->helps[i].tier, pool->helps[i].queues, pool->helps[i].n_queues,
                       free, &server);
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
    desk->agents[a].idle_since_s = desk->agents[a].idles_s = desk->now_s;
}

void become_free(struct desk *desk, uint32_t a)
{
    if (is_off_duty(desk, a))
        turn_to(desk, a, IS_AWAY);
    else if (!take_next_one(desk, a))
        turn_to(desk, a, IS_IDLE);
}
