/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Agents come and go; work that is interrupted, and taken up again. */
#include <math.h>

#include "support/naive/desk.h"

/* ---- interrupted work */

uint32_t interruptible(const struct desk *desk, uint32_t a)
{
    for (uint32_t c = 0; c < desk->n_contacts; c++)
        if (desk->contacts[c].is == IS_WORKED_ON && desk->contacts[c].agent == a)
            return desk->contacts[c].briefed ? NONE : c;
    return NONE;
}

static void wait_in_line_again(struct desk *desk, uint32_t c, uint32_t queue)
{
    struct naive_contact    *contact = &desk->contacts[c];
    const struct plan_visit *visit = visit_of(desk, c);
    const double patience_s =
        drawn_patience(desk, c, visit->wait ^ rng_purpose("after an interruption"),
                       contact->interruptions);
    contact->ticket.queue = queue_waited_in(desk, queue);
    contact->is = IS_WAITING;
    enter(desk, c, DOES_QUEUE);
    contact->ticket.deadline_s = deadline_of(desk, c);
    call_somebody_back(desk, contact->ticket.queue);
    await_end_of_patience(desk, c, patience_s);
}

void stop_work(struct desk *desk, uint32_t c)
{
    struct naive_contact *contact = &desk->contacts[c];
    const double          left_s = put_out_of_hand(desk, c);
    contact->left_s = desk->plan->tiers[contact->tier].restarts ? contact->work_s : left_s;
    contact->again_s = desk->now_s;
    contact->interrupted = true;
    contact->interruptions++;
    contact->is = IS_ELSEWHERE;
    tell_event(desk, c, EVENT_INTERRUPTED, desk->agents[contact->agent].pool, 0, 0);
}

void look_for_somebody_else(struct desk *desk, uint32_t c)
{
    struct naive_contact *contact = &desk->contacts[c];
    const uint32_t        sent_to = contact->customer.sent_to;
    const uint32_t        queue = sent_to == NONE ? visit_of(desk, c)->queue : sent_to;
    const struct plan_server *server = idle_server(desk, c, queue, contact->works[contact->tier]);
    if (server)
        begin_work(desk, c, who_takes_it(desk, server->pool), server);
    else if (!take_over_work(desk, c, queue))
        wait_in_line_again(desk, c, queue);
}

/* The agent leaves now; what the contact still needs is remembered. */
static void interrupt_work(struct desk *desk, uint32_t c)
{
    const uint32_t agent = desk->contacts[c].agent;
    stop_work(desk, c);
    turn_to(desk, agent, IS_AWAY);
    if (desk->plan->pools[desk->agents[agent].pool].shift_end == SHIFT_DROP)
        close_contact(desk, c, NAIVE_UNRESOLVED);
    else
        look_for_somebody_else(desk, c);
}

void take_up_work(struct desk *desk, uint32_t c, uint32_t a, const struct plan_server *server)
{
    struct naive_contact *contact = &desk->contacts[c];
    contact->is = IS_WORKED_ON;
    end_second_wait(desk, c);
    ledger_of(desk, c)->owners += a != contact->agent;
    contact->agent = a;
    enter(desk, c, DOES_WORK);
    desk->agents[a].is = IS_BUSY;
    tell_event(desk, c, EVENT_WORK, server->pool, 1, 0);
    const double factor = server->factor * pace_of(desk, a);
    const double work_s = contact->left_s * (factor / contact->factor);
    contact->factor = factor;
    take_in_hand(desk, c, work_s);
}

void end_second_wait(struct desk *desk, uint32_t c)
{
    desk->contacts[c].customer.waited_s += desk->now_s - desk->contacts[c].again_s;
    desk->contacts[c].interrupted = false;
}

/* ---- coming and going */

bool is_off_duty(const struct desk *desk, uint32_t a)
{
    const uint32_t pool = desk->agents[a].pool;
    return desk->plan->pools[pool].lines ? !desk->agents[a].on_duty
                                         : count_here(desk, pool) > desk->scheduled[pool];
}

static void come_in(struct desk *desk, uint32_t a)
{
    desk->agents[a].is = IS_BUSY; /* until it is seen with what */
    if (!take_next_one(desk, a))
        turn_to(desk, a, IS_IDLE);
}

/* Who began last, of those whose work may be interrupted. */
static uint32_t last_to_begin(const struct desk *desk, uint32_t pool)
{
    uint32_t last = NONE;
    for (uint32_t a = 0; a < desk->plan->n_agents; a++) {
        const uint32_t c = desk->agents[a].pool == pool ? interruptible(desk, a) : NONE;
        if (c == NONE)
            continue;
        const double later_s =
            last == NONE ? 1 : desk->contacts[c].began_s - desk->contacts[last].began_s;
        if (later_s > 0 || (later_s >= 0 && c > last))
            last = c;
    }
    return last;
}

/* Agents are numbered from 0 within the pool, those of several places by the place. */
static bool is_absent_today(const struct desk *desk, uint32_t pool, uint32_t i)
{
    const struct plan_pool *plan = &desk->plan->pools[pool];
    const uint32_t day = (uint32_t)((desk->plan->start_s + desk->now_s) / DAY_S) % 65536;
    const struct rng rng = rng_at(desk->key, plan->absence_purpose, i / plan->slots, day);
    return plan->absence > 0 && rng_side(&rng, 0) < plan->absence;
}

/* Idle agents leave first, the one idle longest first of all; who comes takes the next contact. */
static void set_number(struct desk *desk, uint32_t pool, uint32_t n)
{
    for (uint32_t i = 0, planned = n; i < planned; i++)
        n -= is_absent_today(desk, pool, i);
    n -= desk->off[pool] = count_off(desk, pool, n);
    desk->scheduled[pool] = n;
    note_staffing(desk, desk->plan->pools[pool].tier);
    while (count_here(desk, pool) > n && count_agents(desk, pool, IS_IDLE) > 0)
        turn_to(desk, longest_idle(desk, pool), IS_AWAY);
    for (uint32_t a = 0; a < desk->plan->n_agents && count_here(desk, pool) > n; a++)
        if (desk->agents[a].pool == pool && desk->agents[a].is == IS_ELSE_OCCUPIED)
            leave_duty_for_good(desk, a);
    while (desk->plan->pools[pool].shift_end != SHIFT_FINISH && count_here(desk, pool) > n) {
        const uint32_t c = last_to_begin(desk, pool);
        if (c == NONE)
            break;
        interrupt_work(desk, c);
    }
    while (count_here(desk, pool) < n)
        come_in(desk, next_to_come(desk, pool));
}

/* Each window has agents of its own. */
static void set_duties(struct desk *desk, uint32_t pool, uint32_t step)
{
    const struct plan_pool *plan = &desk->plan->pools[pool];
    struct naive_agent     *agents = &desk->agents[plan->agent_base];
    uint32_t                a = 0;
    desk->scheduled[pool] = 0;
    for (uint32_t i = 0; i < plan->n_lines; i++)
        for (uint32_t k = 0; k < plan->lines[i].agents; k++, a++) {
            agents[a].on_duty = k < plan->lines[i].on[step] && !is_absent_today(desk, pool, a);
            desk->scheduled[pool] += agents[a].on_duty;
        }
    for (uint32_t i = 0, off = count_off(desk, pool, desk->scheduled[pool]); i < a; i++) {
        agents[i].is_off = agents[i].on_duty && off > 0;
        agents[i].on_duty = agents[i].on_duty && !agents[i].is_off;
        off -= agents[i].is_off;
        desk->scheduled[pool] -= agents[i].is_off;
    }
    note_staffing(desk, plan->tier);
    for (uint32_t i = 0; i < a; i++)
        if (!agents[i].on_duty && agents[i].is == IS_IDLE)
            turn_to(desk, plan->agent_base + i, IS_AWAY);
        else if (!agents[i].on_duty && agents[i].is == IS_ELSE_OCCUPIED)
            leave_duty_for_good(desk, plan->agent_base + i);
    for (uint32_t i = 0; i < a && plan->shift_end != SHIFT_FINISH; i++) {
        const uint32_t c = interruptible(desk, plan->agent_base + i);
        if (!agents[i].on_duty && c != NONE)
            interrupt_work(desk, c);
    }
    for (uint32_t i = 0; i < a; i++)
        if (agents[i].on_duty && agents[i].is == IS_AWAY)
            come_in(desk, plan->agent_base + i);
}

void set_agents(struct desk *desk, uint32_t pool)
{
    const struct plan_pool *plan = &desk->plan->pools[pool];
    if (plan->lines)
        set_duties(desk, pool, desk->shift[pool].i);
    else
        set_number(desk, pool, (uint32_t)profile_value(&plan->agents, desk->shift[pool]));
}
