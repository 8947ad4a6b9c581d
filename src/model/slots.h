/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/slots.h - agents who work on several contacts at once, and at a pace of their own. Part of
 * transitions.h.
 *
 * An agent of a pool with `slots` places is so many records that stand together, each with a
 * contact of its own in hand; whatever an agent is or has belongs to the first of them. With n
 * contacts being worked on each takes slow_down[n - 1] times as long (a processor shared by what is
 * there). When n changes, what is left of the others is stretched, and their one event moves.
 * Tasks, wrap-up and agents who are kept take a place, but neither slow anything down nor are they
 * slowed down.
 *
 * Used where plan->slotted or plan->paced is set.
 */
#include "model/transitions.h" /* whose part this is */

#ifndef MODEL_SLOTS_H
#define MODEL_SLOTS_H

/* Owner of a contact's event. */
static inline uint32_t owner_of(const struct world *world, uint32_t c)
{
    return world->owner_contact + (c << USES_CLASSIC(world->owner_shift));
}

/* The first record of the agent whose place `a` is. */
static inline uint32_t first_place(const struct plan_pool *pool, uint32_t a)
{
    return a - (a - pool->agent_base) % pool->slots;
}

/* ---- pace */

/* What becomes of times by how long ago the agent has started. */
static double tenure_of(const struct world *world, const struct plan_pool *pool)
{
    const double since_s = world->now_s - pool->started_s, *at_s = pool->tenure_s;
    uint32_t     i = 0;
    while (i < pool->n_tenure && at_s[i] <= since_s)
        i++;
    if (i == 0 || i == pool->n_tenure)
        return pool->tenure_factor[i > 0 ? i - 1 : 0];
    const double from = pool->tenure_factor[i - 1], to = pool->tenure_factor[i];
    return from + (to - from) * ((since_s - at_s[i - 1]) / (at_s[i] - at_s[i - 1]));
}

/* What the agent's handling times are multiplied by: a factor of their own, that of the time since
 * they started, and practice. */
TSIM_RARE double pace_of(const struct world *world, uint32_t a)
{
    const struct plan_pool *pool = &world->plan->pools[world->agents[a].pool];
    const struct pace      *pace = &world->paces[first_place(pool, a)];
    const double own = pool->n_tenure > 0 ? pace->factor * tenure_of(world, pool) : pace->factor;
    if (pool->practice >= 0)
        return own;
    const double done = pool->practised + 1;
    return own *
           fmax(pool->practice_least, exact_pow((done + pace->done) / done, pool->practice));
}

static inline double factor_of(const struct world *world, const struct plan_server *server,
                               uint32_t a)
{
    return USES(world->paces) ? server->factor * pace_of(world, a) : server->factor;
}

/* ---- several at once */

/* Of the idle places, one of the agent with least in hand; among those the one idle longest. */
TSIM_RARE uint32_t idle_least(const struct world *world, const struct pool_state *pool)
{
    const struct plan_pool *plan = &world->plan->pools[pool - world->pools];
    uint32_t                best = pool->idle_head;
    for (uint32_t a = best; a != NONE; a = world->agents[a].next)
        if (world->loads[first_place(plan, a)] < world->loads[first_place(plan, best)])
            best = a;
    return best;
}

/* An agent who had `from` contacts in hand has `to`: what is left of those besides `a`'s. */
static void stretch(struct world *world, uint32_t a, uint32_t from, uint32_t to)
{
    const struct plan_pool *pool = &world->plan->pools[world->agents[a].pool];
    const uint32_t          first = first_place(pool, a);
    if (from == 0 || to == 0 || pool->slow_down[from - 1] == pool->slow_down[to - 1])
        return;
    for (uint32_t i = first; i < first + pool->slots; i++) {
        const uint32_t c = world->agents[i].contact;
        if (i == a || world->agents[i].state != AGENT_AT_WORK || c == NONE ||
            world->contacts[c].flags & FLAG_TASK)
            continue;
        struct story *story = &world->stories[c];
        const double  left_s = (story->ends_s - world->now_s) / pool->slow_down[from - 1];
        story->ends_s = world->now_s + left_s * pool->slow_down[to - 1];
        evq_set(&world->evq, story->ends_s, RANK_FINISH, world->contacts[c].number,
                owner_of(world, c));
    }
}

/* Work of so long, alone, begins or goes on at place `a`. */
static void take_in_hand(struct world *world, uint32_t c, uint32_t a, double work_s)
{
    const struct plan_pool *pool = &world->plan->pools[world->agents[a].pool];
    struct story           *story = &world->stories[c];
    story->work_s = work_s;
    if (pool->slots > 1) {
        const uint32_t n = ++world->loads[first_place(pool, a)];
        stretch(world, a, n - 1, n);
        work_s *= pool->slow_down[n - 1];
    }
    story->ends_s = world->now_s + work_s;
    evq_set(&world->evq, story->ends_s, RANK_FINISH, world->contacts[c].number,
            owner_of(world, c));
}

/* … and is out of hand: returns what was left of it, alone. */
static double put_down(struct world *world, uint32_t c)
{
    const uint32_t          a = world->contacts[c].agent;
    const struct plan_pool *pool = &world->plan->pools[world->agents[a].pool];
    const double            left_s = world->stories[c].ends_s - world->now_s;
    if (pool->slots == 1)
        return left_s;
    const uint32_t n = world->loads[first_place(pool, a)]--;
    stretch(world, a, n, n - 1);
    return left_s / pool->slow_down[n - 1];
}

#endif
