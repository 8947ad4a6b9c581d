/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/shift.h - agents who come and go. Part of transitions.h.
 *
 * By count: idle agents leave first; then those who are done first, for who is busy finishes the
 * contact in hand, and an agent who comes free while more are there than scheduled goes. By name:
 * each agent has a duty of their own, idle or not. Contacts in hand are finished, or interrupted,
 * as the pool's rule says.
 */
#include "model/transitions.h" /* whose part this is */

#ifndef MODEL_SHIFT_H
#define MODEL_SHIFT_H

/* Somebody who is here and has nothing in hand takes the next contact, or idles. */
static void take_up(struct world *world, uint32_t p, uint32_t a)
{
    struct pool_state        *pool = &world->pools[p];
    const struct plan_server *server = NULL;
    const uint32_t next = pull(world, p, &server);
    if (next != NONE) {
        level_up(&pool->busy, span_of(world));
        begin(world, next, a, server);
    } else {
        idle_push(world, pool, a);
    }
}

static void come(struct world *world, uint32_t p, uint32_t a)
{
    world->pools[p].present++;
    take_up(world, p, a);
}

/* An agent leaves another duty, and the floor. */
static void go_from_duty(struct world *world, uint32_t a)
{
    evq_clear(&world->evq, a);
    leave_duty(world, a);
    send_away(world, &world->pools[world->agents[a].pool], a);
}

/* Of so many who are here and should not be, those who are at duties of idle agents go. */
TSIM_RARE void go_from_duties(struct world *world, uint32_t p, uint32_t n)
{
    const struct plan_pool *pool = &world->plan->pools[p];
    for (uint32_t a = pool->agent_base; n > 0 && a < pool->agent_base + pool->agents_most; a++)
        if (world->agents[a].state == AGENT_ON_DUTY) {
            go_from_duty(world, a);
            n--;
        }
}

/* Of `over` agents who are busy beyond the schedule, `late` only should be at another duty, with
 * `off` of the pool in all. */
static inline void set_over(struct world *world, struct pool_state *pool, uint32_t over,
                            uint32_t late, uint32_t off)
{
    level_set(&pool->overtime, over - late, span_of(world));
    if (USES(world->plan->n_duties > 0)) {
        level_set(&pool->late, late, span_of(world));
        level_set(&pool->duty, off - late, span_of(world));
    }
}

/* An agent leaves at once, with a contact in hand. */
static void leave_work(struct world *world, uint32_t p, uint32_t a)
{
    struct pool_state *pool = &world->pools[p];
    const uint32_t     c = world->agents[a].contact;
    interrupt(world, c);
    level_down(&pool->busy, span_of(world));
    send_away(world, pool, a);
    if (world->plan->pools[p].shift_end == SHIFT_REQUEUE)
        wait_again(world, c);
    else
        drop(world, c);
}

/* ---- absence */

/* Whether an agent of a pool does not come today. */
TSIM_RARE bool is_absent(const struct world *world, const struct plan_pool *pool, uint32_t i)
{
    const uint32_t day = (uint32_t)fmod((world->plan->start_s + world->now_s) / DAY_S, 65536);
    const struct rng rng = rng_at(world->key, pool->absence_purpose, i / pool->slots, day);
    return rng_side(&rng, 0) < pool->absence;
}

/* Of n agents planned, how many are here. */
static uint32_t present_of(struct world *world, uint32_t p, uint32_t n)
{
    const struct plan_pool *pool = &world->plan->pools[p];
    uint32_t                absent = 0;
    for (uint32_t i = 0; i < n && pool->absence > 0; i++)
        absent += is_absent(world, pool, i);
    level_set(&world->pools[p].absent, absent, span_of(world));
    return n - absent;
}

/* ---- by count */

/* Of the agents of a pool whose work may be interrupted, the one who began last, and of those who
 * began at one instant the one with the later contact; NONE: nobody's may. */
static uint32_t began_last(const struct world *world, uint32_t p)
{
    const struct plan_pool *pool = &world->plan->pools[p];
    uint32_t                last = NONE;
    double                  since_s = 0;
    uint64_t                number = 0;
    for (uint32_t a = pool->agent_base; a < pool->agent_base + pool->agents_most; a++) {
        if (!is_interruptible(world, a))
            continue;
        const struct contact *contact = &world->contacts[world->agents[a].contact];
        if (last != NONE && (contact->since_s < since_s ||
                             (contact->since_s <= since_s && contact->number < number)))
            continue;
        last = a;
        since_s = contact->since_s;
        number = contact->number;
    }
    return last;
}

TSIM_RARE void interrupt_surplus(struct world *world, uint32_t p)
{
    struct pool_state *pool = &world->pools[p];
    while (pool->present > pool->scheduled.n) {
        const uint32_t a = began_last(world, p);
        if (a == NONE)
            return;
        leave_work(world, p, a);
    }
}

/* Sets the number of agents on the floor. */
static void set_count(struct world *world, uint32_t p, uint32_t n)
{
    struct pool_state *pool = &world->pools[p];
    uint32_t           off = 0;
    if (USES(world->plan->absences))
        n = present_of(world, p, n);
    if (USES(world->plan->n_duties > 0))
        n -= off = called_off(world, p, n);
    level_set(&pool->scheduled, n, span_of(world));
    clock_staff(world, world->plan->pools[p].tier);
    while (pool->present > n && pool->idle > 0)
        send_away(world, pool, idle_pop(world, pool));
    if (USES(world->plan->n_idle_duties > 0) && pool->present > n)
        go_from_duties(world, p, pool->present - n);
    if (USES(world->plan->interrupts) && world->plan->pools[p].shift_end != SHIFT_FINISH)
        interrupt_surplus(world, p);
    const uint32_t over = pool->busy.n > n ? pool->busy.n - n : 0;
    set_over(world, pool, over, over < off ? over : off, off);
    while (pool->present < n) {
        const uint32_t a = pool->away;
        TSIM_CHECK(a != NONE);
        pool->away = world->agents[a].next;
        come(world, p, a);
    }
}

/* ---- by name */

/* Who is on duty now; returns how many. */
static uint32_t set_duties(struct world *world, uint32_t p)
{
    const struct plan_pool *pool = &world->plan->pools[p];
    uint32_t                scheduled = 0, absent = 0;
    for (uint32_t i = 0; i < pool->n_lines; i++) {
        const struct plan_line *line = &pool->lines[i];
        const uint32_t          on = line->on[world->pools[p].cursor.i];
        for (uint32_t k = 0; k < line->agents; k++) {
            const bool away = k < on && pool->absence > 0 && is_absent(world, pool, line->base + k);
            world->agents[pool->agent_base + line->base + k].on = k < on && !away;
            absent += away;
        }
        scheduled += on;
    }
    level_set(&world->pools[p].absent, absent, span_of(world));
    return scheduled - absent;
}

/* Of n agents on duty the first in the pool's order are at other duties; returns how many. */
TSIM_RARE uint32_t take_off(struct world *world, uint32_t p, uint32_t n)
{
    const struct plan_pool *pool = &world->plan->pools[p];
    const uint32_t          off = called_off(world, p, n);
    uint32_t                more = off;
    for (uint32_t a = pool->agent_base; a < pool->agent_base + pool->agents_most; a++) {
        struct agent *agent = &world->agents[a];
        agent->off = agent->on && more > 0;
        agent->on = agent->on && !agent->off;
        more -= agent->off;
    }
    return off;
}

/* Agents go and come as their duties say: first those who idle go, then those whose work is
 * interrupted, then others come. */
TSIM_RARE void set_named(struct world *world, uint32_t p)
{
    const struct plan_pool *plan = &world->plan->pools[p];
    const uint32_t          end = plan->agent_base + plan->agents_most;
    struct pool_state      *pool = &world->pools[p];
    uint32_t                over = 0, late = 0, off = 0, n = set_duties(world, p);
    if (USES(world->plan->n_duties > 0))
        n -= off = take_off(world, p, n);
    level_set(&pool->scheduled, n, span_of(world));
    clock_staff(world, plan->tier);
    for (uint32_t a = plan->agent_base; a < end; a++)
        if (!world->agents[a].on && world->agents[a].state == AGENT_IDLE) {
            idle_remove(world, pool, a);
            send_away(world, pool, a);
        } else if (!world->agents[a].on && world->agents[a].state == AGENT_ON_DUTY) {
            go_from_duty(world, a);
        }
    for (uint32_t a = plan->agent_base; a < end; a++) {
        if (world->agents[a].on || world->agents[a].state == AGENT_AWAY)
            continue;
        if (plan->shift_end != SHIFT_FINISH && is_interruptible(world, a))
            leave_work(world, p, a);
        else
            over++, late += world->agents[a].off;
    }
    set_over(world, pool, over, late, off);
    for (uint32_t a = plan->agent_base; a < end; a++)
        if (world->agents[a].on && world->agents[a].state == AGENT_AWAY)
            come(world, p, a);
}

/* ---- both */

/* The staffing of a pool is that of its profile's step. */
static void set_staff(struct world *world, uint32_t p)
{
    const struct plan_pool *pool = &world->plan->pools[p];
    if (USES(pool->lines))
        set_named(world, p);
    else
        set_count(world, p, (uint32_t)profile_value(&pool->agents, world->pools[p].cursor));
}

#endif
