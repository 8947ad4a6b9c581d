/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/consult.h - agents who are kept on a contact, and tasks: work that is not a contact
 * (approvals, experts, notifications, root causes, follow-ups). Part of transitions.h.
 *
 * A task waits in a queue among the contacts, in a record like theirs, and goes after contacts of
 * the same standing. Nobody gives up waiting for it.
 */
#include "model/transitions.h" /* whose part this is */

#ifndef MODEL_CONSULT_H
#define MODEL_CONSULT_H

/* ---- kept agents */

/* The agent who worked on a contact stays with it. */
static void hold(struct world *world, uint32_t c)
{
    const struct contact *contact = &world->contacts[c];
    struct agent         *agent = &world->agents[contact->agent];
    world->stories[c].holder = contact->agent;
    world->holds[contact->agent] = hold_of(contact);
    agent->state = AGENT_HOLDING;
    agent->contact = c;
    agent->since_s = world->now_s;
}

/* The agent who stays with a contact will be free of it at a time from now on, by an event of
 * their own. */
static void let_go(struct world *world, uint32_t c, double when_s)
{
    const uint32_t a = world->stories[c].holder;
    world->stories[c].holder = NONE;
    evq_set(&world->evq, when_s, RANK_FINISH, world->contacts[c].number, a);
}

static void hold_done(struct world *world, uint32_t a)
{
    const struct hold  *held = &world->holds[a];
    const struct agent *agent = &world->agents[a];
    const double        held_s = world->now_s - agent->since_s;
    held->visit->hold_s += held_s;
    held->pools[agent->pool].hold_s += held_s;
    const struct contact told = { .number = held->number, .class = held->class,
                                  .tier = held->tier, .flags = held->counted ? 0 : FLAG_SPARE };
    tell(world, &told, EVENT_RELEASED, agent->pool, 0, 0);
    struct story *story = &world->stories[agent->contact];
    if (story->briefed && world->contacts[agent->contact].number == held->number) {
        story->briefed = false;
        enter_phase(world, agent->contact, PHASE_WORK);
    }
    release_late(world, a, held);
}

/* ---- tasks */

/* Told under the number of the contact that was the occasion. */
static void tell_task(struct world *world, uint32_t c, enum case_event_kind kind, uint32_t pool)
{
    const struct contact *record = &world->contacts[c];
    const struct contact  told = { .number = world->tasks[c].number, .class = record->class,
                                   .tier = record->tier, .flags = record->flags };
    tell(world, &told, kind, pool, world->tasks[c].kind, 0);
}

/* A task about a contact (or one that it is the occasion of), for a queue; NONE when there is no
 * room for its record. */
static uint32_t make_task(struct world *world, uint32_t c, struct task task, uint32_t queue)
{
    const struct contact *of = &world->contacts[c];
    const uint32_t        t = contact_new(world);
    if (t == NONE) {
        world->full = true;
        return NONE;
    }
    const struct plan *plan = world->plan;
    const uint32_t     tier = plan->queues[queue].tier;
    struct contact    *record = &world->contacts[t];
    *record = (struct contact){
        .arrived_s = of->arrived_s, .since_s = world->now_s,
        .number = TASK_NUMBER + world->task_number++,
        .plan = of->plan + (ptrdiff_t)tier - of->tier, .ledger = of->ledger, .pools = of->pools,
        .class = of->class, .ordinal = of->ordinal, .agent = NONE, .queue = NONE,
        .times = (uint16_t)world->stories[c].asked, .tier = (uint8_t)tier, .level = of->level,
        .flags = (uint8_t)(FLAG_TASK | (of->flags & (FLAG_SPARE | FLAG_RESPONDED))),
        .cause = TRIGGERS, .cause_tier = of->tier & 127u,
    };
    world->tasks[t] = task;
    world->tasks[t].number = of->number;
    world->stories[t] = (struct story){ .holder = NONE };
    if (plan->clocked)
        world->clocks[t].deadline_s = clock_deadline(world, of);
    return t;
}

/* A task comes to its queue. */
static void offer_task(struct world *world, uint32_t t, uint32_t queue)
{
    struct contact *record = &world->contacts[t];
    record->since_s = world->now_s;
    task_row_of(world, record, world->tasks[t].kind)->offered++;
    const struct plan_server *server =
        choose_server_late(world, record, &world->plan->queues[queue]);
    if (server) {
        struct pool_state *pool = &world->pools[server->pool];
        level_up(&pool->busy, span_of(world));
        begin_task(world, t, idle_pop(world, pool), server);
        return;
    }
    record->state = CONTACT_WAITING;
    enqueue(world, t, queue);
    world->tiers[record->tier].tasks++;
}

static void spawn_task(struct world *world, uint32_t c, struct task task, uint32_t queue)
{
    const uint32_t t = make_task(world, c, task, queue);
    if (t != NONE)
        offer_task(world, t, queue);
}

/* An expert's part is what a visit of the contact to their tier would be. */
static double begin_expert(struct world *world, const struct task *task, uint32_t tier,
                           const struct plan_server *server)
{
    struct contact          *contact = &world->contacts[task->about];
    const struct plan_visit *visit = contact->plan + (ptrdiff_t)tier - contact->tier;
    uint16_t *times = &world->times[(size_t)task->about * world->times_stride + tier];
    const struct rng_block needs =
        rng_block_at(&world->schedule, visit->work, contact->ordinal, *times);
    const bool solved = rng_block_side(needs, 0) < resolves_of(server, visit);
    double work_s = dist_draw_at(visit->handling, world->key, visit->work, contact->ordinal,
                                 *times, &needs) * server->factor;
    if (world->plan->hourly)
        work_s *= hour_of_work(world, contact, visit, tier);
    *times = (uint16_t)(*times + (*times < UINT16_MAX));
    contact->flags = (uint8_t)((contact->flags & ~FLAG_SOLVED) | (solved ? FLAG_SOLVED : 0));
    contact->route = (float)rng_block_side(needs, 1);
    return work_s;
}

static void begin_task(struct world *world, uint32_t c, uint32_t a,
                       const struct plan_server *server)
{
    struct contact    *record = &world->contacts[c];
    const struct task *task = &world->tasks[c];
    struct task_row   *row = task_row_of(world, record, task->kind);
    double             work_s = task->work_s * world->plan->pools[server->pool].task_factor;
    row->started++;
    row->wait_s += world->now_s - record->since_s;
    tell_task(world, c, EVENT_HELP, server->pool);
    if (task->kind == TASK_SWARM)
        work_s = begin_expert(world, task, record->tier, server);
    if (USES(world->paces))
        work_s *= pace_of(world, a);
    record->since_s = world->now_s;
    record->agent = a;
    record->state = CONTACT_AT_WORK;
    world->agents[a].state = AGENT_AT_WORK;
    world->agents[a].contact = c;
    evq_set(&world->evq, world->now_s + work_s, RANK_TASK, record->number - TASK_NUMBER,
            owner_of(world, c));
}

/* ---- approvals and experts */

/* The queue where somebody is asked about a contact; NONE: there is nobody to ask. */
static uint32_t queue_to_ask(const struct world *world, uint32_t c, const struct plan_path *path)
{
    const struct contact   *contact = &world->contacts[c];
    const struct plan_place place = place_on(world, c, path);
    if (place.kind == PLACE_VENDOR || place.kind == PLACE_UNRESOLVED)
        return NONE;
    const uint32_t queue = queue_of(world->plan, place);
    if (queue != NONE)
        return queue;
    return (contact->plan + (ptrdiff_t)tier_of(world->plan, place) - contact->tier)->queue;
}

/* Whether a path begins with asking: an approval or an expert, where there is somebody to ask. */
static bool asks_first(const struct world *world, uint32_t c, const struct plan_path *path)
{
    const struct plan_rule *rule = path->rule;
    return rule && (rule->form == FORM_APPROVAL || rule->form == FORM_SWARM) &&
           world->stories[c].asked < world->plan->hop_limit &&
           queue_to_ask(world, c, path) != NONE;
}

static double task_time(const struct world *world, uint32_t c, const struct dist *work)
{
    const struct contact *contact = &world->contacts[c];
    const uint64_t purpose = world->plan->streams[contact->plan->class->stream].task;
    struct rng     rng = rng_at(world->key, purpose, contact->ordinal, world->stories[c].asked);
    return work ? dist_draw(work, &rng) : 0;
}

/* Tells somebody, and the contact goes its way. */
static void notify(struct world *world, uint32_t c, enum trigger trigger,
                   const struct plan_path *path)
{
    struct contact *contact = &world->contacts[c];
    const uint32_t  queue = queue_to_ask(world, c, path);
    if (queue == NONE)
        return;
    world->stories[c].asked++;
    cause_row_of(world, contact, contact->tier, trigger)->notified++;
    spawn_task(world, c,
               (struct task){ .work_s = task_time(world, c, path->rule->work), .about = NONE,
                              .kind = TASK_NOTIFY, .trigger = (uint8_t)trigger }, queue);
}

/* Asks for an approval or an expert, which is an escalation too; the contact waits. */
static void ask(struct world *world, uint32_t c, enum trigger trigger,
                const struct plan_path *path, uint32_t queue)
{
    struct contact *contact = &world->contacts[c];
    struct story   *story = &world->stories[c];
    const bool      swarm = path->rule->form == FORM_SWARM;
    story->path = path;
    story->trigger = (uint8_t)trigger;
    story->examined |= trigger == TRIGGER_authority;
    story->asked++;
    story->asked_tier = (uint8_t)world->plan->queues[queue].tier;
    contact->state = CONTACT_CONSULTING;
    enter_phase(world, c, PHASE_CONSULT);
    cause_row_of(world, contact, contact->tier, trigger)->asked++;
    tell(world, contact, EVENT_CONSULT, NONE, (uint8_t)trigger, story->asked_tier);
    spawn_task(world, c,
               (struct task){ .work_s = swarm ? 0 : task_time(world, c, path->rule->work),
                              .about = c, .kind = swarm ? TASK_SWARM : TASK_APPROVAL,
                              .trigger = (uint8_t)trigger }, queue);
    if (USES_CLASSIC(world->plan->n_causes > 0))
        look_into_cause(world, c);
}

/* What was asked for is there: the agent who stayed settles the case; or, after an approval, the
 * customer is called back, by the owner or whoever is free in the tier. */
static void settle(struct world *world, uint32_t c, double amount)
{
    struct contact *contact = &world->contacts[c];
    struct story   *story = &world->stories[c];
    story->approved = true;
    if (story->holder == NONE && contact->plan->queue != NONE && !contact->plan->triage) {
        contact->flags |= FLAG_PATIENT;
        story->to_owner = true;
        join(world, c, contact->tier, NONE);
        return;
    }
    contact->visit->unparked++;
    if (story->holder != NONE)
        let_go(world, c, world->now_s);
    resolve_late(world, c, world->agents[contact->agent].pool, amount);
}

/* The part of an approver or expert is done: the case is solved in the hands of its owner, if one
 * of both may approve it, or goes on from the tier of the one who was asked. */
static void advised(struct world *world, uint32_t c, uint32_t asked)
{
    const struct plan_pool *pools = world->plan->pools;
    struct contact         *contact = &world->contacts[c];
    struct story           *story = &world->stories[c];
    const uint32_t          p = world->agents[contact->agent].pool;
    const bool              solved = (contact->flags & FLAG_SOLVED) != 0;
    const double            amount = solved ? concession_of(world, contact) : 0;
    if (solved && amount <= fmax(pools[p].authority, pools[asked].authority)) {
        settle(world, c, amount);
        return;
    }
    const struct plan_visit *from = contact->plan + (ptrdiff_t)story->asked_tier - contact->tier;
    const enum trigger       trigger = solved         ? TRIGGER_authority
                                       : from->triage ? TRIGGER_skill : TRIGGER_complexity;
    const struct plan_path  *path = path_for(world, c, trigger, from);
    if (asks_first(world, c, path)) {
        ask(world, c, trigger, path, queue_to_ask(world, c, path));
        return;
    }
    contact->visit->unparked++;
    if (story->holder != NONE && (!path->rule || !path->rule->warm))
        let_go(world, c, world->now_s);
    story->path = path;
    move(world, c, trigger, path);
}

/* ---- root causes */

/* One more escalation of an issue type whose cause may be fixed. */
static void look_into_cause(struct world *world, uint32_t c)
{
    const struct contact *contact = &world->contacts[c];
    const uint32_t        i = world->plan->cause_of[contact->plan->class->issue];
    if (i == NONE)
        return;
    const struct plan_cause *cause = &world->plan->causes[i];
    struct cause_state      *state = &world->causes[i];
    if (++state->escalated % cause->after != 0 || state->fixes == cause->most)
        return;
    state->fixes++;
    world->stories[c].asked++;
    spawn_task(world, c,
               (struct task){ .work_s = task_time(world, c, cause->work), .about = NONE,
                              .cause = i, .kind = TASK_ROOT_CAUSE, .trigger = TRIGGERS },
               cause->queue);
}

/* Whether a fix has made the contact unnecessary. */
static bool is_prevented(const struct world *world, const struct plan_stream *stream,
                         const struct contact *contact)
{
    const uint32_t i = world->plan->cause_of[world->plan->classes[contact->class].issue];
    if (i == NONE || world->causes[i].factor >= 1)
        return false;
    const struct rng rng = rng_at(world->key, stream->prevented, contact->ordinal, 0);
    return rng_side(&rng, 0) >= world->causes[i].factor;
}

/* ---- the end of a task */

static void task_done(struct world *world, uint32_t c)
{
    struct contact   *record = &world->contacts[c];
    const struct task task = world->tasks[c];
    const uint32_t    a = record->agent, p = world->agents[a].pool;
    const double      work_s = world->now_s - record->since_s;
    struct task_row  *row = task_row_of(world, record, task.kind);
    row->done++;
    row->work_s += work_s;
    record->pools[p].tasks++;
    record->pools[p].tasks_s += work_s;
    if (task.trigger < TRIGGERS)
        add_cause_work(world, record, task.trigger, p, work_s);
    tell_task(world, c, EVENT_HELPED, p);
    agent_free(world, a);
    record->state = CONTACT_FREE;
    record->next = world->contact_free;
    world->contact_free = c;
    if (task.kind == TASK_APPROVAL || task.kind == TASK_SWARM)
        advised(world, task.about, p);
    else if (task.kind == TASK_ROOT_CAUSE)
        world->causes[task.cause].factor *= 1 - world->plan->causes[task.cause].reduces;
}

#endif
