/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules of routing: which pool may serve whom at the moment. */
#include <math.h>

#include "support/naive/desk.h"

/* Mean work of all who wait in a queue. */
static uint64_t work_in(const struct desk *desk, uint32_t queue)
{
    const struct plan *plan = desk->plan;
    uint64_t           work_us = 0;
    for (uint32_t i = 0; i < count_all(desk); i++)
        if (waits_in(desk, i, queue))
            work_us += plan->work_us[ticket_of(desk, i)->class * plan->n_tiers +
                                     plan->queues[queue].tier];
    return work_us;
}

/* … for a skill over the agents who have it. */
static double expected_wait_in(const struct desk *desk, uint32_t queue)
{
    const struct plan_queue *of = &desk->plan->queues[queue];
    uint64_t                 work_us = work_in(desk, queue);
    uint32_t                 here = 0;
    for (uint32_t i = 0; i < of->n_servers; i++) {
        here += count_here(desk, of->servers[i].pool);
        work_us += of->own > 0 ? work_in(desk, of->own + i) : 0;
    }
    return here > 0 ? (double)work_us * 1e-6 / here : INFINITY;
}

uint32_t count_for(const struct desk *desk, uint32_t queue)
{
    uint32_t n = count_in(desk, queue);
    for (uint32_t i = 0; desk->plan->queues[queue].own && i < desk->plan->queues[queue].n_servers;
         i++)
        n += count_in(desk, desk->plan->queues[queue].own + i);
    return n;
}

/* Contacts and one more, or work, that wait for a pool alone, per agent. */
static double load_on(const struct desk *desk, uint32_t pool, enum waits_for by)
{
    const uint32_t here = count_here(desk, pool);
    uint32_t       n = 1;
    uint64_t       work_us = 0;
    for (uint32_t q = 0; q < desk->plan->n_queues; q++) {
        const struct plan_queue *queue = &desk->plan->queues[q];
        if (queue->n_servers != 1 || queue->servers[0].pool != pool || queue->beside != NONE)
            continue;
        n += count_in(desk, q);
        if (by == WAITS_FOR_SHORTEST_WAIT)
            work_us += work_in(desk, q);
    }
    if (here == 0)
        return INFINITY;
    if (by == WAITS_FOR_LAST_WAIT)
        return desk->pool_wait_s[pool];
    return by == WAITS_FOR_SHORTEST_WAIT ? (double)work_us * 1e-6 / here : (double)n / here;
}

/* Whether the queue of a pool is short enough by its own ratio. */
static bool is_short(const struct desk *desk, uint32_t pool)
{
    const double most = desk->plan->pools[pool].queue_ratio;
    return most > 0 && load_on(desk, pool, WAITS_FOR_SHORTEST_QUEUE) <= most;
}

static bool has_nearer(const struct desk *desk, const struct plan_queue *of, uint32_t preference)
{
    for (uint32_t i = 0; i < of->n_servers; i++)
        if (of->servers[i].preference < preference && is_short(desk, of->servers[i].pool))
            return true;
    return false;
}

/* Whether who comes waits for pool a of a queue rather than for pool b. */
static bool is_waited_for(const struct desk *desk, const struct plan_server *a,
                          const struct plan_server *b, enum waits_for by)
{
    const bool rationed = desk->plan->tiers[desk->plan->pools[a->pool].tier].rationed;
    const bool a_short = rationed && is_short(desk, a->pool);
    const bool b_short = rationed && is_short(desk, b->pool);
    if (a_short != b_short)
        return a_short;
    if (a_short && a->preference != b->preference)
        return a->preference < b->preference;
    if (by == WAITS_FOR_LAST_WAIT)
        return load_on(desk, a->pool, by) / a->pool_weight <
               load_on(desk, b->pool, by) / b->pool_weight;
    return load_on(desk, a->pool, by) < load_on(desk, b->pool, by);
}

/* The one of a queue's pools to wait for. */
static uint32_t pool_waited_for(const struct desk *desk, const struct plan_queue *of)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < of->n_servers; i++)
        if (is_waited_for(desk, &of->servers[i], &of->servers[best],
                          desk->plan->tiers[of->tier].waits_for))
            best = i;
    return best;
}

uint32_t leave_to_nearer(const struct desk *desk, const struct plan_queue *of,
                         struct tsim_policy_candidate *pools)
{
    const enum waits_for by = desk->plan->tiers[of->tier].waits_for;
    uint32_t             idle = 0;
    for (uint32_t i = 0; i < of->n_servers; i++) {
        if (by == WAITS_FOR_LAST_WAIT ? i != pool_waited_for(desk, of)
                                      : has_nearer(desk, of, of->servers[i].preference))
            pools[i].idle = 0;
        idle += pools[i].idle;
    }
    return idle;
}

uint32_t queue_waited_in(const struct desk *desk, uint32_t queue)
{
    const struct plan_queue *of = &desk->plan->queues[queue];
    const enum waits_for     by = desk->plan->tiers[of->tier].waits_for;
    if (of->own == 0 || of->beside != NONE)
        return queue;
    if (by == WAITS_FOR_LAST_POOL)
        return of->own + of->n_servers - 1;
    return of->own + pool_waited_for(desk, of);
}

/* Whether work on a rather than b is interrupted. */
static bool gives_way_before(const struct naive_contact *a, const struct naive_contact *b)
{
    if (a->ticket.level != b->ticket.level)
        return a->ticket.level > b->ticket.level;
    return a->began_s != b->began_s ? a->began_s > b->began_s : a > b;
}

bool take_over_work(struct desk *desk, uint32_t c, uint32_t queue)
{
    const struct plan_queue  *of = &desk->plan->queues[queue];
    const struct plan_server *server = NULL;
    uint32_t                  victim = NONE;
    for (uint32_t i = 0; desk->plan->tiers[of->tier].preempts && i < of->n_servers; i++)
        for (uint32_t a = 0; a < desk->plan->n_agents; a++) {
            const uint32_t pool = of->servers[i].pool;
            const uint32_t v = desk->agents[a].pool == pool && !is_off_duty(desk, a)
                                   ? interruptible(desk, a) : NONE;
            if (v == NONE || desk->contacts[v].ticket.level <= desk->contacts[c].ticket.level ||
                !gate_is_open(desk, &of->servers[i], count_agents(desk, pool, IS_IDLE) + 1,
                              desk->contacts[c].ticket.joined_s))
                continue;
            if (victim == NONE || gives_way_before(&desk->contacts[v], &desk->contacts[victim])) {
                victim = v;
                server = &of->servers[i];
            }
        }
    if (victim == NONE)
        return false;
    const uint32_t agent = desk->contacts[victim].agent;
    stop_work(desk, victim);
    begin_work(desk, c, agent, server);
    look_for_somebody_else(desk, victim);
    return true;
}

uint32_t count_in(const struct desk *desk, uint32_t queue)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < count_all(desk); i++)
        n += waits_in(desk, i, queue);
    return n;
}

bool waited_enough(const struct desk *desk, const struct plan_server *server, double joined_s)
{
    return !server->gate || desk->now_s >= joined_s + server->gate->after_s;
}

bool gate_is_open(const struct desk *desk, const struct plan_server *server, uint32_t free,
                  double joined_s)
{
    const struct plan_gate *gate = server->gate;
    if (!gate)
        return true;
    bool open = waited_enough(desk, server, joined_s) && free > gate->reserve;
    for (uint32_t i = 0; i < gate->n; i++) {
        const struct plan_condition *condition = &gate->conditions[i];
        double                       is = 0;
        if (condition->subject == ROUTE_WAITING)
            is = count_for(desk, condition->index);
        else if (condition->subject == ROUTE_EXPECTED_WAIT)
            is = expected_wait_in(desk, condition->index);
        for (uint32_t k = 0; condition->subject == ROUTE_IDLE && k < condition->pools; k++)
            is += condition->index + k == server->pool
                      ? free : count_agents(desk, condition->index + k, IS_IDLE);
        open = open && is >= condition->at_least && is <= condition->at_most;
    }
    return open;
}

struct tsim_policy_candidate candidate_of(const struct desk *desk,
                                          const struct plan_server *server,
                                          const struct plan_visit  *visit)
{
    const struct plan_pool      *pool = &desk->plan->pools[server->pool];
    struct tsim_policy_candidate candidate = {
        .pool = server->pool,
        .idle = count_agents(desk, server->pool, IS_IDLE),
        .present = count_here(desk, server->pool),
        .skills = pool->n_skills,
        .preference = server->preference,
        .weight = server->pool_weight,
        .wage_per_h = pool->wage_per_h,
        .factor = server->factor,
        .resolves = resolves_with(server, visit),
    };
    if (candidate.idle > 0)
        candidate.idle_since_s = desk->agents[longest_idle(desk, server->pool)].idle_since_s;
    if (!gate_is_open(desk, server, candidate.idle, desk->now_s))
        candidate.idle = 0;
    return candidate;
}

/* The agent of a pool who has been idle longest is asked; whether that one takes something. */
static bool offer_to_pool(struct desk *desk, uint32_t pool)
{
    const uint32_t a = who_takes_it(desk, pool);
    if (a == NONE)
        return false;
    desk->agents[a].is = IS_BUSY; /* who is asked does not count as idle */
    if (take_next_one(desk, a))
        return true;
    desk->agents[a].is = IS_IDLE;
    return false;
}

/* Idle agents take what they may, pool by pool, until nobody takes anything. */
void offer_to_idle(struct desk *desk)
{
    const struct plan *plan = desk->plan;
    bool               taken = true;
    while (taken) {
        taken = false;
        for (uint32_t p = 0; p < plan->n_pools; p++)
            while (plan->tiers[plan->pools[p].tier].gated && offer_to_pool(desk, p))
                taken = true;
    }
}

/* The next instant at which somebody who waits may go to more pools is the only one pending. */
void expect_stage(struct desk *desk)
{
    double next_s = INFINITY;
    happens_not(desk, HAPPENS_STAGE, 0);
    for (uint32_t q = 0; q < desk->plan->n_queues; q++)
        for (uint32_t i = 0; i < count_all(desk); i++)
            for (uint32_t k = 0; waits_in(desk, i, q) && k < desk->plan->queues[q].n_servers +
                                                             desk->plan->queues[q].n_helpers; k++) {
                const struct plan_queue *of = &desk->plan->queues[q];
                const struct plan_gate  *gate = k < of->n_servers
                                                    ? of->servers[k].gate
                                                    : of->helpers[k - of->n_servers].gate;
                const double at_s = ticket_of(desk, i)->joined_s + (gate ? gate->after_s : 0);
                if (at_s > desk->now_s && at_s < next_s)
                    next_s = at_s;
            }
    if (next_s < INFINITY)
        happens_at(desk, next_s, MOMENT_STAGE, 0, HAPPENS_STAGE, 0);
}
