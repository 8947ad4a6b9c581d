/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Agents and queues: who is idle, who is next, and the beginning of work. */
#include <math.h>
#include <stdlib.h>

#include "support/naive/desk.h"

/* ---- counting */

uint32_t count_agents(const struct desk *desk, uint32_t pool, enum agent_is is)
{
    uint32_t n = 0;
    for (uint32_t a = 0; a < desk->plan->n_agents; a++)
        n += desk->agents[a].pool == pool && desk->agents[a].is == is;
    return n;
}

static uint32_t count_here(const struct desk *desk, uint32_t pool)
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
    for (uint32_t a = 0; a < desk->plan->n_agents; a++) {
        const struct naive_agent *agent = &desk->agents[a];
        if (agent->pool == pool && agent->is == IS_IDLE &&
            (longest == NONE || agent->idle_since_s < desk->agents[longest].idle_since_s))
            longest = a;
    }
    return longest;
}

const struct plan_server *idle_server(struct desk *desk, uint32_t c, uint32_t queue)
{
    const struct plan_queue     *of = &desk->plan->queues[queue];
    const struct selection_kind *kind = desk->plan->tiers[of->tier].selection;
    const struct naive_contact  *contact = &desk->contacts[c];
    struct selection_pool       *pools = calloc(of->n_servers, sizeof *pools);
    uint32_t                     idle = 0, chosen = 0;
    if (!pools)
        abort();
    for (uint32_t i = 0; i < of->n_servers; i++) {
        const uint32_t pool = of->servers[i].pool;
        pools[i].idle = count_agents(desk, pool, IS_IDLE);
        if (pools[i].idle > 0)
            pools[i].idle_since_s = desk->agents[longest_idle(desk, pool)].idle_since_s;
        idle += pools[i].idle;
    }
    if (idle > 0) {
        const struct rng rng = rng_at(desk->key, visit_of(desk, c)->select, contact->ordinal,
                                      contact->works_before);
        const struct selection_view view = { .n_pools = of->n_servers, .pools = pools,
                                             .unit = rng_side(&rng, 0) };
        chosen = kind->choose(&view);
    }
    free(pools);
    return idle > 0 ? &of->servers[chosen] : NULL;
}

/* ---- who is next */

static struct order_view view_of(const struct desk *desk, uint32_t c)
{
    const struct naive_contact *contact = &desk->contacts[c];
    const struct plan_class    *class = class_of(desk, c);
    const bool responds = !contact->responded && class->target_s[SLA_FIRST_RESPONSE] < INFINITY;
    return (struct order_view){
        .joined_s = contact->joined_s,
        .deadline_s = contact->arrived_s +
                      class->target_s[responds ? SLA_FIRST_RESPONSE : SLA_RESOLUTION],
        .level = class->level,
    };
}

/* Whether a is served before b: by level where the order has levels, by the order's key, and by
 * number. */
static bool goes_first(const struct desk *desk, const struct order_kind *order, uint32_t a,
                       uint32_t b)
{
    const struct order_view x = view_of(desk, a), y = view_of(desk, b);
    if (order->by_level && x.level != y.level)
        return x.level < y.level;
    if (order->key(&x) != order->key(&y))
        return order->key(&x) < order->key(&y);
    return a < b;
}

static uint32_t first_of_queue(const struct desk *desk, const struct order_kind *order,
                               uint32_t queue)
{
    uint32_t first = NONE;
    for (uint32_t c = 0; c < desk->n_contacts; c++)
        if (desk->contacts[c].is == IS_WAITING && desk->contacts[c].queue == queue &&
            (first == NONE || goes_first(desk, order, c, first)))
            first = c;
    return first;
}

/* The agent takes the contact that is next in the pool's queues. False when there is none. */
static bool take_next_contact(struct desk *desk, uint32_t a)
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
        return false;
    happens_not(desk, HAPPENS_PATIENCE_END, best);
    begin_work(desk, best, a, server);
    return true;
}

/* ---- coming, going, working */

static void become_idle(struct desk *desk, uint32_t a)
{
    desk->agents[a].is = IS_IDLE;
    desk->agents[a].idle_since_s = desk->now_s;
}

void become_free(struct desk *desk, uint32_t a)
{
    const uint32_t pool = desk->agents[a].pool;
    if (count_here(desk, pool) > desk->scheduled[pool])
        desk->agents[a].is = IS_AWAY;
    else if (!take_next_contact(desk, a))
        become_idle(desk, a);
}

/* Idle agents leave first, the one idle longest first of all; who comes takes the next contact. */
void set_agents(struct desk *desk, uint32_t pool, uint32_t n)
{
    desk->scheduled[pool] = n;
    while (count_here(desk, pool) > n && count_agents(desk, pool, IS_IDLE) > 0)
        desk->agents[longest_idle(desk, pool)].is = IS_AWAY;
    for (uint32_t a = 0; a < desk->plan->n_agents && count_here(desk, pool) < n; a++)
        if (desk->agents[a].pool == pool && desk->agents[a].is == IS_AWAY &&
            !take_next_contact(desk, a))
            become_idle(desk, a);
}

/* What a trace says of a contact at its tier, or NAN. */
static double given_at(const struct desk *desk, uint32_t c, const double *given, uint32_t tier)
{
    const struct trace *trace = class_of(desk, c)->trace;
    if (tier >= trace->n_tiers)
        return NAN;
    return given[(size_t)desk->contacts[c].ordinal * trace->n_tiers + tier];
}

void begin_work(struct desk *desk, uint32_t c, uint32_t a, const struct plan_server *server)
{
    struct naive_contact    *contact = &desk->contacts[c];
    const struct plan_visit *visit = visit_of(desk, c);
    const struct trace      *trace = class_of(desk, c)->trace;
    struct rng   rng = rng_at(desk->key, visit->work, contact->ordinal, contact->works_before);
    double       work_s = dist_draw(visit->handling, &rng) * server->factor;
    const double resolves =
        server->resolves >= 0 && !visit->triage ? server->resolves : visit->resolves;
    contact->solved = rng_side(&rng, 0) < resolves;
    contact->route = rng_side(&rng, 1);
    if (trace && trace->handling && contact->tier < trace->n_tiers) {
        const double given_s = given_at(desk, c, trace->handling, contact->tier);
        work_s = isnan(given_s) ? work_s : given_s;
        contact->solved = isnan(given_at(desk, c, trace->handling, contact->tier + 1));
    }
    contact->works[contact->tier]++;
    contact->responded = true;
    contact->is = IS_WORKED_ON;
    contact->agent = a;
    desk->agents[a].is = IS_WORKING;
    tell_event(desk, c, EVENT_WORK, server->pool, 0, 0);
    happens_at(desk, desk->now_s + work_s, MOMENT_END_OF_WORK, c, HAPPENS_WORK_END, c);
}
