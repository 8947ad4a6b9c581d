/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/duties.h - what agents do besides contacts. Part of transitions.h.
 *
 * Planned duties take agents off the floor like a break: who is busy is late for it. They begin and
 * end with the staffing of their pool, in one step with it, so that nobody comes and goes at one
 * instant. A duty is put off while too many contacts wait, and then is as long as planned.
 *
 * Duties of idle agents come in pieces. An agent who can be called back at once stays among the
 * idle ones, so that nobody else sees a difference; who cannot is neither idle nor busy until the
 * piece is done, or has been put aside because a contact began to wait. The one event of an agent
 * without work is the next change of that: a piece begins, or ends.
 *
 * Used where plan->n_duties or plan->n_idle_duties is above 0.
 */
#include "model/transitions.h" /* whose part this is */

#ifndef MODEL_DUTIES_H
#define MODEL_DUTIES_H

static void take_up(struct world *world, uint32_t p, uint32_t a);

static struct pool_interval_row *pool_row_now(const struct world *world, uint32_t p)
{
    return &world->tally.pool_interval[(size_t)world->interval * world->plan->n_pools + p];
}

/* Whether there are duties after the end of the counted time. */
static bool has_duties(const struct world *world)
{
    return !world->closed || world->plan->at_end == END_FOLLOW;
}

/* ---- planned */

/* Of n people on duty, how many a duty takes. */
static uint32_t duty_takes(const struct plan_duty *duty, uint32_t n)
{
    const uint32_t wanted =
        duty->agents > 0 ? duty->agents : (uint32_t)(duty->share * n + 0.5);
    return wanted < n ? wanted : n;
}

/* People who should be on duty now, whether they came or not. */
static uint32_t people_planned(const struct world *world, uint32_t p)
{
    const struct plan_pool *pool = &world->plan->pools[p];
    uint32_t                n = 0;
    if (!pool->lines)
        return (uint32_t)profile_value(&pool->agents, world->pools[p].cursor);
    for (uint32_t i = 0; i < pool->n_lines; i++)
        n += pool->lines[i].on[world->pools[p].cursor.i];
    return n / pool->slots;
}

/* Of n agents on duty (places, where each has several), how many have duties elsewhere now. */
TSIM_RARE uint32_t called_off(const struct world *world, uint32_t p, uint32_t n)
{
    const struct plan_pool *pool = &world->plan->pools[p];
    const uint32_t          people = n / pool->slots;
    uint32_t                off = 0;
    for (uint32_t i = 0; i < pool->n_duties; i++)
        if (world->duties[pool->duty_base + i].on)
            off += duty_takes(&pool->duties[i], people);
    return pool->slots * (off < people ? off : people);
}

/* The next block of a duty is the one to come. */
static void next_block(const struct plan_duty *plan, struct duty_state *duty)
{
    if (duty->i == plan->n) {
        duty->i = 0;
        duty->week_s += WEEK_S;
    }
    duty->due_s = duty->week_s + plan->blocks[duty->i].begin_s;
    duty->looks_s = duty->on ? fmax(duty->due_s, duty->until_s) : duty->due_s;
    duty->length_s = plan->blocks[duty->i].length_s;
    duty->new = true;
    duty->i++;
}

/* So much is wanted from now on of what a duty takes, as far as that is in the run. */
static void want_duty(struct world *world, uint32_t p, const struct plan_duty *plan,
                      double length_s)
{
    const double left_s = fmax(0, world->plan->end_s - world->now_s);
    pool_row_now(world, p)->duty_wanted_s +=
        duty_takes(plan, people_planned(world, p)) * fmin(length_s, left_s);
}

/* A duty is due: it begins, is put off, or is cancelled. */
static void duty_due(struct world *world, uint32_t p, const struct plan_duty *plan,
                     struct duty_state *duty)
{
    struct pool_interval_row *row = pool_row_now(world, p);
    const struct plan_pool   *pool = &world->plan->pools[p];
    const bool poor = world->tiers[pool->tier].waiting.n >= plan->put_off_from;
    if (duty->new)
        want_duty(world, p, plan, duty->length_s);
    if (!poor) {
        duty->on = true;
        duty->until_s = world->now_s + duty->length_s;
        next_block(plan, duty);
    } else if (world->now_s + plan->look_again_s - duty->due_s > plan->put_off_most_s) {
        row->duties_cancelled++;
        next_block(plan, duty);
    } else {
        row->duties_put_off += duty->new;
        duty->new = false;
        duty->looks_s = world->now_s + plan->look_again_s;
    }
}

static double duty_changes(const struct duty_state *duty)
{
    return duty->on ? duty->until_s : duty->looks_s;
}

/* What is planned of a pool changes then. */
TSIM_RARE double duties_change(const struct world *world, uint32_t p)
{
    const struct plan_pool *pool = &world->plan->pools[p];
    double                  at_s = INFINITY;
    for (uint32_t i = 0; i < pool->n_duties; i++)
        at_s = fmin(at_s, duty_changes(&world->duties[pool->duty_base + i]));
    return pool->n_idle_duties > 0 ? fmin(at_s, world->pools[p].midnight_s) : at_s;
}

/* ---- of idle agents */

/* What comes up at a midnight, or at the beginning. */
static void new_day(struct world *world, uint32_t p)
{
    const struct plan_pool *pool = &world->plan->pools[p];
    const double            at_s = world->plan->start_s + world->now_s;
    const unsigned          day = (unsigned)fmod(floor(at_s / DAY_S + 1e-9), 7);
    for (uint32_t i = 0; i < pool->n_idle_duties; i++) {
        const struct plan_idle_duty *plan = &pool->idle_duties[i];
        struct idle_duty_state      *duty = &world->idle_duties[pool->idle_duty_base + i];
        if (!plan->kept)
            duty->left_s = 0;
        if (!(plan->days & 1u << day))
            continue;
        duty->left_s += plan->per_day_s;
        pool_row_now(world, p)->duty_wanted_s += plan->per_day_s;
    }
    world->pools[p].midnight_s = (floor(at_s / DAY_S + 1e-9) + 1) * DAY_S - world->plan->start_s;
}

/* An idle agent will turn to the next duty then. */
TSIM_RARE void expect_duty(struct world *world, uint32_t a)
{
    const struct plan_pool *pool = &world->plan->pools[world->agents[a].pool];
    double                  after_s = INFINITY;
    for (uint32_t i = 0; i < pool->n_idle_duties && has_duties(world); i++)
        if (world->idle_duties[pool->idle_duty_base + i].left_s > 0)
            after_s = fmin(after_s, pool->idle_duties[i].after_s);
    if (after_s < INFINITY)
        evq_set(&world->evq, fmax(world->now_s, world->pastimes[a].idle_s + after_s), RANK_DUTY, 0,
                a);
}

/* An agent begins to idle. */
TSIM_RARE void idle_begins(struct world *world, uint32_t a)
{
    struct pastime *pastime = &world->pastimes[a];
    if (!pastime->goes_on)
        pastime->idle_s = world->now_s;
    pastime->goes_on = false;
    expect_duty(world, a);
}

/* Something is to be done again: idle agents look when they turn to it. */
static void look_again(struct world *world, uint32_t p)
{
    for (uint32_t a = world->pools[p].idle_head; a != NONE; a = world->agents[a].next)
        if (!world->pastimes[a].on)
            expect_duty(world, a);
}

/* What an agent was at stops; what is left of it is still to be done. */
static void stop_piece(struct world *world, uint32_t a)
{
    struct pastime         *pastime = &world->pastimes[a];
    const uint32_t          p = world->agents[a].pool;
    struct idle_duty_state *duty =
        &world->idle_duties[world->plan->pools[p].idle_duty_base + pastime->duty];
    const bool none = duty->left_s <= 0;
    pastime->on = false;
    level_down(&world->pools[p].idle_duty, span_of(world));
    if (pastime->ends_s <= world->now_s)
        return;
    duty->left_s += pastime->ends_s - world->now_s;
    pool_row_now(world, p)->duties_interrupted++;
    if (none)
        look_again(world, p);
}

/* An agent idles no more. */
TSIM_RARE void idle_ends(struct world *world, uint32_t a)
{
    evq_clear(&world->evq, a);
    if (world->pastimes[a].on)
        stop_piece(world, a);
}

/* The first duty of which something is left, for who has idled so long; NONE. */
static uint32_t duty_to_do(const struct world *world, uint32_t a)
{
    const struct plan_pool *pool = &world->plan->pools[world->agents[a].pool];
    for (uint32_t i = 0; i < pool->n_idle_duties && has_duties(world); i++)
        if (world->idle_duties[pool->idle_duty_base + i].left_s > 0 &&
            world->pastimes[a].idle_s + pool->idle_duties[i].after_s <= world->now_s)
            return i;
    return NONE;
}

/* An idle agent turns to what is to be done. */
static void begin_piece(struct world *world, uint32_t a)
{
    struct pool_state      *state = &world->pools[world->agents[a].pool];
    const struct plan_pool *pool = &world->plan->pools[world->agents[a].pool];
    const uint32_t          i = duty_to_do(world, a);
    if (i == NONE) {
        expect_duty(world, a);
        return;
    }
    const struct plan_idle_duty *plan = &pool->idle_duties[i];
    struct idle_duty_state      *duty = &world->idle_duties[pool->idle_duty_base + i];
    struct rng   rng = rng_at(world->key, plan->purpose, duty->pieces++, 0);
    const double piece_s = fmin(duty->left_s, fmax(1, dist_draw(plan->piece, &rng)));
    if (plan->back_s > 0) {
        idle_remove(world, state, a);
        world->agents[a].state = AGENT_ON_DUTY;
        state->on_duty++;
    }
    struct pastime *pastime = &world->pastimes[a];
    duty->left_s -= piece_s;
    pastime->duty = i;
    pastime->on = true;
    pastime->called = false;
    pastime->began_s = world->now_s;
    pastime->ends_s = world->now_s + piece_s;
    level_up(&state->idle_duty, span_of(world));
    evq_set(&world->evq, pastime->ends_s, RANK_DUTY, 0, a);
}

/* An agent is back from a duty, or leaves it for good. */
static void leave_duty(struct world *world, uint32_t a)
{
    world->pools[world->agents[a].pool].on_duty--;
    if (world->pastimes[a].on)
        stop_piece(world, a);
}

/* The event of an agent without work. */
TSIM_RARE void turn_to_duty(struct world *world, uint32_t a)
{
    struct pastime *pastime = &world->pastimes[a];
    if (world->agents[a].state == AGENT_IDLE) {
        if (pastime->on)
            stop_piece(world, a);
        begin_piece(world, a);
        return;
    }
    leave_duty(world, a);
    pastime->goes_on = true;
    take_up(world, world->agents[a].pool, a);
    pastime->goes_on = false;
}

/* Of the agents of a pool who can be called back the one who has been at it longest; NONE. */
static uint32_t longest_at_it(const struct world *world, uint32_t p)
{
    const struct plan_pool *pool = &world->plan->pools[p];
    uint32_t                longest = NONE;
    for (uint32_t a = pool->agent_base; a < pool->agent_base + pool->agents_most; a++)
        if (world->agents[a].state == AGENT_ON_DUTY && !world->pastimes[a].called &&
            pool->idle_duties[world->pastimes[a].duty].back_s < INFINITY &&
            (longest == NONE || world->pastimes[a].began_s < world->pastimes[longest].began_s))
            longest = a;
    return longest;
}

/* Of these pools an agent is called back, if one can be. */
static bool call_one_of(struct world *world, const struct plan_server *servers, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t p = servers[i].pool;
        const uint32_t a = world->pools[p].on_duty > 0 ? longest_at_it(world, p) : NONE;
        if (a == NONE)
            continue;
        struct pastime *pastime = &world->pastimes[a];
        const double back_s =
            world->now_s + world->plan->pools[p].idle_duties[pastime->duty].back_s;
        pastime->called = true;
        if (back_s < pastime->ends_s) { /* else the piece may as well be finished */
            stop_piece(world, a);
            evq_set(&world->evq, back_s, RANK_DUTY, 0, a);
        }
        return true;
    }
    return false;
}

/* How many agents who may serve a queue are at other duties that keep them from it, at most 255. */
TSIM_RARE uint8_t elsewhere(const struct world *world, uint32_t q)
{
    const struct plan_queue *queue = &world->plan->queues[q];
    uint32_t                 n = 0;
    for (uint32_t i = 0; i < queue->n_servers; i++) {
        const struct pool_state *pool = &world->pools[queue->servers[i].pool];
        n += pool->on_duty + pool->duty.n / world->plan->pools[queue->servers[i].pool].slots;
    }
    return (uint8_t)(n < UINT8_MAX ? n : UINT8_MAX);
}

/* Somebody waits in a queue from now on. */
TSIM_RARE void call_back_from_duty(struct world *world, uint32_t q)
{
    const struct plan_queue *queue = &world->plan->queues[q];
    if (!call_one_of(world, queue->servers, queue->n_servers))
        call_one_of(world, queue->helpers, queue->n_helpers);
}

/* ---- both */

/* All that is due by now of what is planned of a pool; its staffing is set after that. */
TSIM_RARE void pass_duties(struct world *world, uint32_t p)
{
    const struct plan_pool *pool = &world->plan->pools[p];
    for (uint32_t i = 0; i < pool->n_duties; i++) {
        struct duty_state *duty = &world->duties[pool->duty_base + i];
        while (duty_changes(duty) <= world->now_s)
            if (duty->on)
                duty->on = false;
            else
                duty_due(world, p, &pool->duties[i], duty);
    }
    if (pool->n_idle_duties == 0 || world->pools[p].midnight_s > world->now_s)
        return;
    new_day(world, p);
    look_again(world, p);
}

/* As at time 0. */
TSIM_RARE void open_duties(struct world *world, uint32_t p)
{
    const struct plan_pool *pool = &world->plan->pools[p];
    for (uint32_t i = 0; i < pool->n_duties; i++) {
        struct duty_state *duty = &world->duties[pool->duty_base + i];
        const double       lasts_s = pool->duties[i].lasts_s;
        *duty = (struct duty_state){ .on = lasts_s > 0, .until_s = lasts_s };
        want_duty(world, p, &pool->duties[i], lasts_s);
        next_block(&pool->duties[i], duty);
    }
    for (uint32_t i = 0; i < pool->n_idle_duties; i++)
        world->idle_duties[pool->idle_duty_base + i] = (struct idle_duty_state){ 0 };
}

#endif
