/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work that is not a contact: approvals, experts, notifications, root causes. */
#include <math.h>

#include "model/plan_customer.h"
#include "support/naive/desk.h"

static uint32_t make_task(struct desk *desk, struct naive_task task, uint32_t queue)
{
    const struct naive_contact *contact = &desk->contacts[task.contact];
    const uint32_t              t = desk->n_tasks++;
    task.is = IS_ELSEWHERE;
    task.tier = desk->plan->queues[queue].tier;
    task.visit = contact->asked;
    task.from_tier = contact->tier;
    task.ticket = contact->ticket;
    task.ticket.deadline_s = deadline_of(desk, task.contact);
    task.ticket.queue = queue;
    desk->tasks = one_more(desk->tasks, t, &desk->tasks_room, sizeof *desk->tasks);
    desk->tasks[t] = task;
    return t;
}

/* A task comes to its queue: somebody begins at once, or it waits like a contact, but for ever. */
void task_is_due(struct desk *desk, uint32_t t)
{
    struct naive_task *task = &desk->tasks[t];
    task->ticket.joined_s = desk->now_s;
    task_row(desk, t)->offered++;
    const struct plan_server *server =
        idle_server(desk, task->contact, task->ticket.queue, task->visit);
    if (server) {
        begin_task(desk, t, who_takes_it(desk, server->pool), server);
        return;
    }
    task->ticket.queue = queue_waited_in(desk, task->ticket.queue);
    task->is = IS_WAITING;
    call_somebody_back(desk, task->ticket.queue);
}

static void spawn(struct desk *desk, struct naive_task task, uint32_t queue)
{
    task_is_due(desk, make_task(desk, task, queue));
}

double time_of_task(const struct desk *desk, uint32_t c, const struct dist *work)
{
    struct rng rng = draw_of(desk, c, stream_of(desk, c)->task, desk->contacts[c].asked);
    return work ? dist_draw(work, &rng) : 0;
}

void begin_at_once(struct desk *desk, struct naive_task task, uint32_t agent,
                   const struct plan_server *server)
{
    const uint32_t t = make_task(desk, task, server->queue);
    desk->tasks[t].ticket.joined_s = desk->now_s;
    task_row(desk, t)->offered++;
    begin_task(desk, t, agent, server);
}

void put_off_task(struct desk *desk, uint32_t c, double for_s)
{
    const struct plan_follow_up *plan = &desk->plan->customer->follow_up;
    const uint32_t               t =
        make_task(desk, (struct naive_task){ .kind = TASK_FOLLOW_UP, .contact = c,
                                             .trigger = TRIGGERS,
                                             .work_s = time_of_task(desk, c, plan->work) },
                  plan->queue);
    happens_at(desk, desk->now_s + for_s, MOMENT_DUE, t, HAPPENS_TASK_DUE, t);
}

void put_off_chase(struct desk *desk, uint32_t c, uint32_t visit, double work_s, double for_s)
{
    const uint32_t t = make_task(desk, (struct naive_task){ .kind = TASK_CHASE, .contact = c,
                                                            .trigger = TRIGGERS,
                                                            .work_s = work_s },
                                 desk->plan->customer->chasing.queue);
    desk->tasks[t].visit = visit;
    happens_at(desk, desk->now_s + for_s, MOMENT_DUE, t, HAPPENS_TASK_DUE, t);
}

/* ---- asking */

bool asks_somebody(const struct desk *desk, uint32_t c, const struct plan_path *path)
{
    const struct plan_rule *rule = path->rule;
    return rule && (rule->form == FORM_APPROVAL || rule->form == FORM_SWARM) &&
           desk->contacts[c].asked < desk->plan->hop_limit && queue_on(desk, c, path) != NONE;
}

void ask_somebody(struct desk *desk, uint32_t c, enum trigger trigger,
                  const struct plan_path *path)
{
    struct naive_contact *contact = &desk->contacts[c];
    const bool            swarm = path->rule->form == FORM_SWARM;
    const uint32_t        queue = queue_on(desk, c, path);
    contact->path = path;
    contact->examined |= trigger == TRIGGER_authority;
    contact->asked++;
    contact->asked_tier = desk->plan->queues[queue].tier;
    enter(desk, c, DOES_CONSULT);
    tell_event(desk, c, EVENT_CONSULT, NONE, trigger, contact->asked_tier);
    spawn(desk, (struct naive_task){ .kind = swarm ? TASK_SWARM : TASK_APPROVAL, .contact = c,
                                     .trigger = trigger,
                                     .work_s = time_of_task(desk, c, path->rule->work) }, queue);
    count_for_cause(desk, c);
}

void notify_somebody(struct desk *desk, uint32_t c, enum trigger trigger,
                     const struct plan_path *path)
{
    const uint32_t queue = queue_on(desk, c, path);
    if (queue == NONE)
        return;
    desk->contacts[c].asked++;
    cause_row_at(desk, c, desk->contacts[c].tier, trigger)->notified++;
    spawn(desk, (struct naive_task){ .kind = TASK_NOTIFY, .contact = c, .trigger = trigger,
                                     .work_s = time_of_task(desk, c, path->rule->work) }, queue);
}

/* ---- root causes */

void count_for_cause(struct desk *desk, uint32_t c)
{
    for (uint32_t i = 0; i < desk->plan->n_causes; i++) {
        const struct plan_cause *cause = &desk->plan->causes[i];
        struct naive_cause      *state = &desk->causes[i];
        if (cause->issue != class_of(desk, c)->issue)
            continue;
        state->escalations++;
        if (state->escalations % cause->after != 0 || state->fixes == cause->most)
            continue;
        state->fixes++;
        desk->contacts[c].asked++;
        spawn(desk, (struct naive_task){ .kind = TASK_ROOT_CAUSE, .contact = c, .cause = i,
                                         .trigger = TRIGGERS,
                                         .work_s = time_of_task(desk, c, cause->work) },
              cause->queue);
    }
}

/* Whether a fix has made the contact unnecessary before it came. */
bool was_prevented(const struct desk *desk, uint32_t c)
{
    for (uint32_t i = 0; i < desk->plan->n_causes; i++)
        if (desk->plan->causes[i].issue == class_of(desk, c)->issue) {
            const struct rng rng = draw_of(desk, c, stream_of(desk, c)->prevented, 0);
            return rng_side(&rng, 0) >= desk->causes[i].factor;
        }
    return false;
}

/* ---- doing it */

static void tell_task(struct desk *desk, uint32_t t, enum case_event_kind kind, uint32_t pool)
{
    const struct naive_task    *task = &desk->tasks[t];
    const struct naive_contact *contact = &desk->contacts[task->contact];
    const struct case_event     event = {
        .at_s = desk->now_s, .number = task->contact, .class = contact->class, .pool = pool,
        .agent = NONE,
        .kind = (uint8_t)kind, .tier = (uint8_t)task->tier, .detail = (uint8_t)task->kind,
        .counted = contact->counted,
    };
    desk->sink->take(desk->sink->user, &event);
}

/* An expert's part is what a visit of the contact to their tier would be. */
static double begin_expert(struct desk *desk, uint32_t c, uint32_t tier,
                           const struct plan_server *server)
{
    struct naive_contact    *contact = &desk->contacts[c];
    const struct plan_visit *visit = visit_at(desk, c, tier);
    struct rng               rng = draw_of(desk, c, visit->work, contact->works[tier]);
    double                   work_s = dist_draw(visit->handling, &rng) * server->factor;
    if (!visit->triage)
        work_s *= hour_factor(desk, c, desk->plan->tiers[tier].handling_by_hour);
    contact->works[tier]++;
    contact->solved = rng_side(&rng, 0) < resolves_with(server, visit);
    contact->route = rng_side(&rng, 1);
    return work_s;
}

void begin_task(struct desk *desk, uint32_t t, uint32_t a, const struct plan_server *server)
{
    struct naive_task *task = &desk->tasks[t];
    tell_task(desk, t, EVENT_HELP, server->pool);
    if (task->kind == TASK_SWARM)
        task->work_s = begin_expert(desk, task->contact, task->tier, server);
    else
        task->work_s *= desk->plan->pools[server->pool].task_factor;
    task->is = IS_WORKED_ON;
    task->began_s = desk->now_s;
    task_row(desk, t)->wait_s += desk->now_s - task->ticket.joined_s;
    task->agent = a;
    desk->agents[a].is = IS_BUSY;
    task->work_s *= pace_of(desk, a);
    happens_at(desk, desk->now_s + task->work_s, MOMENT_TASK, t, HAPPENS_TASK_END, t);
}

/* The agent who stayed settles the case; or the customer is called back by the owner or whoever is
 * free in the tier, where somebody has the skill. */
static void settle(struct desk *desk, uint32_t c)
{
    struct naive_contact    *contact = &desk->contacts[c];
    const struct plan_visit *visit = visit_of(desk, c);
    contact->approved = true;
    if (contact->keeper == NONE && visit->queue != NONE && !visit->triage) {
        contact->patient = true;
        contact->to_owner = true;
        join_tier(desk, c, contact->tier, NONE);
    } else {
        resolve(desk, c, desk->agents[contact->agent].pool);
    }
}

/* Solved in the hands of its owner, if one of both may approve it; else it goes on by the rules
 * of the tier of the one who was asked. */
static void advise(struct desk *desk, uint32_t c, uint32_t asked_pool)
{
    struct naive_contact   *contact = &desk->contacts[c];
    const struct plan_pool *pools = desk->plan->pools;
    const uint32_t          pool = desk->agents[contact->agent].pool;
    const double authority = fmax(pools[pool].authority, pools[asked_pool].authority);
    enum trigger trigger = TRIGGER_complexity;
    if (contact->solved && concession_of(desk, c) <= authority) {
        settle(desk, c);
        return;
    }
    if (contact->solved)
        trigger = TRIGGER_authority;
    else if (visit_at(desk, c, contact->asked_tier)->triage)
        trigger = TRIGGER_skill;
    const struct plan_path *path = find_path(desk, c, trigger, contact->asked_tier);
    if (asks_somebody(desk, c, path)) {
        ask_somebody(desk, c, trigger, path);
        return;
    }
    contact->path = path;
    if (contact->keeper != NONE && (!path->rule || !path->rule->warm))
        let_go(desk, c, desk->now_s);
    move_on(desk, c, trigger, path);
}

void end_task(struct desk *desk, uint32_t t)
{
    struct naive_task *task = &desk->tasks[t];
    const uint32_t     c = task->contact, agent = task->agent;
    const uint32_t     pool = desk->agents[agent].pool;
    const enum task_kind kind = task->kind;
    const uint32_t     cause = task->cause;
    task->is = IS_GONE;
    count_task(desk, t);
    tell_task(desk, t, EVENT_HELPED, pool);
    become_free(desk, agent);
    if (kind == TASK_APPROVAL || kind == TASK_SWARM)
        advise(desk, c, pool);
    else if (kind == TASK_ROOT_CAUSE)
        desk->causes[cause].factor *= 1 - desk->plan->causes[cause].reduces;
}
