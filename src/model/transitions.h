/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/transitions.h - the moves of contacts and agents: the only code that changes a world
 * between two looks at the clock. Included by replication.c alone, so that the compiler sees the
 * whole event loop at once.
 *
 * An agent who comes free takes the next contact before the contact just left moves on.
 */
#ifndef MODEL_TRANSITIONS_H
#define MODEL_TRANSITIONS_H

#include <stddef.h>
#include <string.h>

#include "base/assert.h"
#include "model/clock.h"
#include "model/queue.h"
#include "model/record.h"

static void escalate(struct world *world, uint32_t c, enum trigger trigger);
static double concession_drawn(const struct world *world, const struct contact *contact);

/* What resolving the contact takes. */
static inline double concession_of(const struct world *world, const struct contact *contact)
{
    return contact->plan->class->concession ? concession_drawn(world, contact) : 0;
}

static inline uint32_t owner_of(const struct world *world, uint32_t c)
{
    return world->owner_contact + c;
}

/* ---- the end of a contact */

static void log_case(struct world *world, const struct contact *contact, enum fate fate)
{
    const struct case_record record = {
        .number = contact->number,
        .arrived_s = contact->arrived_s,
        .responded_s = contact->flags & FLAG_RESPONDED ? contact->responded_s : NAN,
        .ended_s = world->now_s,
        .concession = concession_of(world, contact),
        .class = contact->class,
        .hops = contact->hops,
        .entry_tier = contact->entry_tier,
        .tier = contact->tier,
        .fate = (uint8_t)fate,
        .breaches = (contact->flags & FLAG_BREACHED) != 0,
        .counted = is_counted(contact),
    };
    world->cases->take(world->cases->user, &record);
}

static double *fate_of(struct ledger_row *ledger, enum fate fate)
{
    static const uint8_t at[FATES] = {
        [FATE_SELF_SERVICE] = offsetof(struct ledger_row, self_service),
        [FATE_RESOLVED] = offsetof(struct ledger_row, resolved),
        [FATE_VENDOR] = offsetof(struct ledger_row, vendor),
        [FATE_ABANDONED] = offsetof(struct ledger_row, abandoned),
        [FATE_BLOCKED] = offsetof(struct ledger_row, blocked),
        [FATE_UNRESOLVED] = offsetof(struct ledger_row, unresolved),
        [FATE_OPEN] = offsetof(struct ledger_row, open),
    };
    return (double *)(void *)((char *)ledger + at[fate]);
}

/* Counts a contact's end. Its record is given back by leave. */
static void record_end(struct world *world, struct contact *contact, enum fate fate)
{
    struct ledger_row *ledger = contact->ledger;
    const double       elapsed_s = world->now_s - contact->arrived_s;
    ++*fate_of(ledger, fate);
    ledger->hops += contact->hops;
    ledger->escalated += (contact->flags & FLAG_ESCALATED) != 0;
    ledger->sojourn_s += elapsed_s;
    if (!(contact->flags & FLAG_RESPONDED) && fate != FATE_SELF_SERVICE)
        record_clock(world, contact, SLA_FIRST_RESPONSE, elapsed_s);
    record_clock(world, contact, SLA_RESOLUTION, elapsed_s);
    ledger->breached += (contact->flags & FLAG_BREACHED) != 0;
    if (fate == FATE_ABANDONED)
        watch_abandoned(world, contact, contact->plan->class->abandonment);
    if (fate == FATE_BLOCKED)
        ledger->turned_away += contact->hops == 0;
    tell(world, contact, EVENT_CLOSED, NONE, (uint8_t)fate, 0);
    if (world->cases)
        log_case(world, contact, fate);
}

/* A contact leaves the system. */
static void leave(struct world *world, uint32_t c, enum fate fate)
{
    struct contact *contact = &world->contacts[c];
    enter_phase(world, c, PHASE_DONE);
    record_end(world, contact, fate);
    level_down(&world->open, span_of(world));
    world->counted_open -= is_counted(contact);
    world->lines[contact->plan->class->channel]--;
    contact->state = CONTACT_FREE;
    contact->next = world->contact_free;
    world->contact_free = c;
}

/* ---- agents */

static inline void idle_push(struct world *world, struct pool_state *pool, uint32_t a)
{
    struct agent *agent = &world->agents[a];
    agent->state = AGENT_IDLE;
    agent->since_s = world->now_s;
    agent->next = NONE;
    if (pool->idle_tail != NONE)
        world->agents[pool->idle_tail].next = a;
    else
        pool->idle_head = a;
    pool->idle_tail = a;
    pool->idle++;
}

static inline uint32_t idle_pop(struct world *world, struct pool_state *pool)
{
    const uint32_t a = pool->idle_head;
    pool->idle_head = world->agents[a].next;
    if (pool->idle_head == NONE)
        pool->idle_tail = NONE;
    pool->idle--;
    return a;
}

static void send_away(struct world *world, struct pool_state *pool, uint32_t a)
{
    world->agents[a].state = AGENT_AWAY;
    world->agents[a].contact = NONE;
    world->agents[a].next = pool->away;
    pool->away = a;
    pool->present--;
}

/* Draws what a contact needs and begins the work. The agent counts as busy already. */
static void begin(struct world *world, uint32_t c, uint32_t a, const struct plan_server *server)
{
    struct contact          *contact = &world->contacts[c];
    const struct plan_visit *visit = contact->plan;
    const struct plan_class *class = visit->class;
    double work_s = dist_draw_at(visit->handling, world->key, visit->work, contact->ordinal,
                                 contact->times, &contact->needs) * server->factor;
    record_answered(world, contact, world->now_s - contact->since_s);
    if (world->stories)
        world->stories[c].waited_s += world->now_s - contact->since_s;
    if (!(contact->flags & FLAG_RESPONDED))
        record_responded(world, contact);
    contact->pools[server->pool].started++;
    if (is_counted(contact))
        world->tally.pool_issue[(size_t)server->pool * world->plan->n_issues + class->issue]++;
    const double resolves = server->resolves < 0 || visit->triage ? visit->resolves
                                                                  : server->resolves;
    bool         solved = rng_block_side(contact->needs, 0) < resolves;
    if (class->trace && class->trace->handling && contact->tier < class->trace->n_tiers) {
        const double *given =
            &class->trace->handling[(size_t)contact->ordinal * class->trace->n_tiers];
        if (!isnan(given[contact->tier]))
            work_s = given[contact->tier];
        solved = contact->tier + 1u == class->trace->n_tiers || isnan(given[contact->tier + 1]);
    }
    if (contact->times < UINT16_MAX)
        world->times[(size_t)c * world->times_stride + contact->tier] = ++contact->times;
    contact->flags = (uint8_t)((contact->flags & ~FLAG_SOLVED) | (solved ? FLAG_SOLVED : 0));
    contact->route = (float)rng_block_side(contact->needs, 1);
    contact->since_s = world->now_s;
    contact->agent = a;
    contact->state = CONTACT_AT_WORK;
    enter_phase(world, c, PHASE_WORK);
    tell(world, contact, EVENT_WORK, server->pool, 0, 0);
    world->agents[a].state = AGENT_AT_WORK;
    world->agents[a].contact = c;
    evq_set(&world->evq, world->now_s + work_s, RANK_FINISH, contact->number, owner_of(world, c));
}

/* The next contact for an agent of a pool, taken out of its queue; NONE when nobody waits whom it
 * may serve. */
static uint32_t pull(struct world *world, uint32_t p, const struct plan_server **server)
{
    const struct plan_pool  *pool = &world->plan->pools[p];
    const struct order_kind *order = world->plan->tiers[pool->tier].order;
    uint32_t                 best = NONE;
    if (world->tiers[pool->tier].waiting.n == 0)
        return NONE;
    for (uint32_t i = 0; i < pool->n_queues; i++) {
        const uint32_t head = queue_head(world, pool->queues[i].queue);
        if (head == NONE || (best != NONE && !head_before(world, order, head, best)))
            continue;
        best = head;
        *server = &pool->queues[i];
        if (order->across == ACROSS_LISTED)
            break;
    }
    if (best == NONE)
        return NONE;
    queue_leave(world, best);
    level_down(&world->tiers[pool->tier].waiting, span_of(world));
    evq_clear(&world->evq, owner_of(world, best));
    return best;
}

/* A busy agent has nothing to do any more: leaves if its time is over, else takes the next
 * contact, else idles. */
static void agent_free(struct world *world, uint32_t a)
{
    const uint32_t      p = world->agents[a].pool;
    struct pool_state  *pool = &world->pools[p];
    const struct plan_server *server = NULL;
    const uint32_t next = pool->present > pool->scheduled.n ? NONE : pull(world, p, &server);
    if (next != NONE) {
        begin(world, next, a, server);
        return;
    }
    level_down(&pool->busy, span_of(world));
    world->agents[a].contact = NONE;
    if (pool->present > pool->scheduled.n) {
        level_down(&pool->overtime, span_of(world));
        send_away(world, pool, a);
    } else {
        idle_push(world, pool, a);
    }
}

/* The agent for a contact that need not wait; NULL when nobody is idle. */
static const struct plan_server *choose_server(struct world *world, const struct contact *contact,
                                               const struct plan_queue *queue)
{
    const struct selection_kind *kind = world->plan->tiers[queue->tier].selection;
    uint32_t                     idle = 0;
    if (queue->n_servers == 1)
        return world->pools[queue->servers[0].pool].idle > 0 ? &queue->servers[0] : NULL;
    for (uint32_t i = 0; i < queue->n_servers; i++) {
        const struct pool_state *pool = &world->pools[queue->servers[i].pool];
        world->candidates[i].idle = pool->idle;
        if (pool->idle > 0)
            world->candidates[i].idle_since_s = world->agents[pool->idle_head].since_s;
        idle += pool->idle;
    }
    if (idle == 0)
        return NULL;
    struct selection_view view = { .n_pools = queue->n_servers, .pools = world->candidates };
    if (kind->draws) {
        const struct rng rng = rng_at(world->key, contact->plan->select, contact->ordinal,
                                      contact->times);
        view.unit = rng_side(&rng, 0);
    }
    const uint32_t chosen = kind->choose(&view);
    TSIM_CHECK(chosen < queue->n_servers && world->candidates[chosen].idle > 0);
    return &queue->servers[chosen];
}

/* ---- joining a tier */

static double patience_of(const struct world *world, const struct contact *contact)
{
    const struct plan_visit *visit = contact->plan;
    const struct plan_class *class = visit->class;
    if (class->trace && class->trace->patience && contact->tier < class->trace->n_tiers) {
        const double given = class->trace->patience[(size_t)contact->ordinal *
                                                    class->trace->n_tiers + contact->tier];
        return isnan(given) ? INFINITY : given;
    }
    if (!visit->patience)
        return INFINITY;
    const struct rng_block block =
        rng_block_at(&world->schedule, visit->wait, contact->ordinal, contact->times);
    return dist_draw_at(visit->patience, world->key, visit->wait, contact->ordinal,
                        contact->times, &block);
}

/* The contact's next SLA deadline. */
static double deadline_of(const struct contact *contact)
{
    const double *target_s = contact->plan->class->target_s;
    if (!(contact->flags & FLAG_RESPONDED) && target_s[SLA_FIRST_RESPONSE] < INFINITY)
        return contact->arrived_s + target_s[SLA_FIRST_RESPONSE];
    return contact->arrived_s + target_s[SLA_RESOLUTION];
}

static void wait(struct world *world, uint32_t c, uint32_t q)
{
    struct contact         *contact = &world->contacts[c];
    const struct plan_tier *tier = &world->plan->tiers[contact->tier];
    struct tier_state      *state = &world->tiers[contact->tier];
    contact->visit->delayed++;
    contact->interval->delayed++;
    contact->state = CONTACT_WAITING;
    enter_phase(world, c, PHASE_QUEUE);
    tell(world, contact, EVENT_QUEUED, NONE, 0, 0);
    double key = 0;
    if (tier->order->by_key) {
        const struct order_view view = { .joined_s = world->now_s,
                                         .deadline_s = deadline_of(contact),
                                         .level = contact->level };
        key = tier->order->key(&view);
    }
    queue_join(world, q, c, tier->order->by_key, key);
    level_up(&state->waiting, span_of(world));
    if (state->waiting.n > state->most)
        state->most = state->waiting.n;
    const double patience_s = patience_of(world, contact);
    if (patience_s < INFINITY)
        evq_set(&world->evq, world->now_s + patience_s, RANK_ABANDON, contact->number,
                owner_of(world, c));
}

/* Nobody here has the skill and nobody looks: the contact moves on at once. Its draw for where to
 * is the one that work here would have made. */
static void pass(struct world *world, uint32_t c, enum trigger trigger)
{
    struct contact  *contact = &world->contacts[c];
    const struct rng rng = rng_at(world->key, contact->plan->work, contact->ordinal,
                                  contact->times);
    tell(world, contact, EVENT_PASSED, NONE, (uint8_t)trigger, 0);
    contact->visit->passed++;
    contact->route = (float)rng_side(&rng, 1);
    if (contact->times < UINT16_MAX)
        world->times[(size_t)c * world->times_stride + contact->tier] = ++contact->times;
}

/* A contact comes to a tier: to its skill's queue, or to `queue` when that is given. False when it
 * has to pass on for lack of skill. */
static bool join(struct world *world, uint32_t c, uint32_t t, uint32_t queue)
{
    struct contact *contact = &world->contacts[c];
    contact->tier = (uint8_t)t;
    contact->since_s = world->now_s;
    contact->times = world->times[(size_t)c * world->times_stride + t];
    contact->plan = &world->plan->visits[(size_t)contact->class * world->plan->n_tiers + t];
    record_joined(world, contact);
    if (queue == NONE)
        queue = contact->plan->queue;
    if (queue == NONE) {
        pass(world, c, TRIGGER_skill);
        return false;
    }
    /* Now, though work may begin later: the processor has other things to do meanwhile. */
    contact->needs =
        rng_block_at(&world->schedule, contact->plan->work, contact->ordinal, contact->times);
    const struct plan_server *server = choose_server(world, contact, &world->plan->queues[queue]);
    if (server) {
        struct pool_state *pool = &world->pools[server->pool];
        level_up(&pool->busy, span_of(world));
        begin(world, c, idle_pop(world, pool), server);
    } else if (world->tiers[t].waiting.n >= world->plan->tiers[t].capacity) {
        contact->visit->blocked++;
        contact->interval->blocked++;
        leave(world, c, FATE_BLOCKED);
    } else if (world->closed && world->plan->at_end == END_FLUSH) {
        contact->visit->flushed++;
        leave(world, c, FATE_UNRESOLVED);
    } else {
        wait(world, c, queue);
    }
    return true;
}

/* A contact that self-service has not helped (or that met none) comes to people. */
static void meet_people(struct world *world, uint32_t c)
{
    const struct contact *contact = &world->contacts[c];
    record_to_people(world, contact);
    if (!join(world, c, contact->tier, NONE))
        escalate(world, c, TRIGGER_skill);
}

/* ---- escalation */

static void go_to_vendor(struct world *world, uint32_t c)
{
    struct contact     *contact = &world->contacts[c];
    const struct plan  *plan = world->plan;
    struct outside_row *outside = &world->tally.outside[!is_counted(contact)];
    const uint64_t purpose = plan->vendor_purpose ^
                             plan->streams[contact->plan->class->stream].who;
    struct rng     rng = rng_at(world->key, purpose, contact->ordinal, 0);
    outside->vendor_visits++;
    tell(world, contact, EVENT_VENDOR, NONE, 0, 0);
    contact->state = CONTACT_AT_VENDOR;
    enter_phase(world, c, PHASE_VENDOR);
    contact->flags = (uint8_t)(rng_side(&rng, 0) < plan->vendor_resolves
                                   ? contact->flags | FLAG_SOLVED
                                   : contact->flags & ~FLAG_SOLVED);
    evq_set(&world->evq, world->now_s + dist_draw(&plan->vendor_delay, &rng), RANK_FINISH,
            contact->number, owner_of(world, c));
}

static double concession_drawn(const struct world *world, const struct contact *contact)
{
    const struct plan_class *class = contact->plan->class;
    struct rng rng = rng_at(world->key, world->plan->streams[class->stream].concession,
                            contact->ordinal, 0);
    if (rng_side(&rng, 0) >= class->concession_share)
        return 0;
    return dist_draw(class->concession, &rng);
}

/* The first pool from `tier` up that may approve the contact's concession. */
static struct plan_place authority_place(struct world *world, const struct contact *contact,
                                         uint32_t tier)
{
    const struct plan *plan = world->plan;
    const double       amount = concession_of(world, contact);
    for (uint32_t p = plan->tiers[tier].pool_base; p < plan->n_pools; p++)
        if (plan->pools[p].authority >= amount && plan->pools[p].agents.most > 0)
            return (struct plan_place){ PLACE_POOL, p, 1 };
    return (struct plan_place){ plan->has_vendor ? PLACE_VENDOR : PLACE_UNRESOLVED, 0, 1 };
}

static struct plan_place place_of(struct world *world, const struct contact *contact,
                                  enum trigger trigger)
{
    const struct plan *plan = world->plan;
    const size_t       at = (size_t)contact->class * plan->n_tiers + contact->tier;
    const struct plan_path *path = &plan->paths[plan->path_of[at * TRIGGERS + trigger]];
    uint32_t                i = 0;
    while (i + 1 < path->n && (double)contact->route >= path->places[i].up_to)
        i++;
    if (path->places[i].kind == PLACE_AUTHORITY)
        return authority_place(world, contact, path->places[i].index);
    return path->places[i];
}

/* Counts a hand-over to a place. False when it is the contact's end. */
static bool hand_over(struct world *world, uint32_t c, enum trigger trigger,
                      struct plan_place place, uint32_t to)
{
    struct contact    *contact = &world->contacts[c];
    const struct plan *plan = world->plan;
    struct visit_row  *visit = contact->visit;
    visit->escalated[trigger]++;
    visit->avoidable += trigger == TRIGGER_authority && contact->tier == 0;
    if (is_counted(contact))
        world->tally.move[contact->tier * (plan->n_tiers + 2) + to]++;
    tell(world, contact, EVENT_ESCALATED, NONE, (uint8_t)trigger, to);
    contact->cause = (uint8_t)trigger;
    if (place.kind == PLACE_UNRESOLVED) {
        leave(world, c, FATE_UNRESOLVED);
        return false;
    }
    contact->flags |= FLAG_ESCALATED;
    if (contact->hops >= plan->hop_limit) {
        contact->ledger->hop_limited++;
        leave(world, c, FATE_UNRESOLVED);
        return false;
    }
    contact->hops++;
    return true;
}

/* Moves a contact on, and on again for as long as it comes where nobody has the skill. */
static void escalate(struct world *world, uint32_t c, enum trigger trigger)
{
    const struct plan *plan = world->plan;
    for (;;) {
        const struct plan_place place = place_of(world, &world->contacts[c], trigger);
        uint32_t                to = plan->n_tiers + (place.kind == PLACE_UNRESOLVED);
        if (place.kind == PLACE_TIER)
            to = place.index;
        if (place.kind == PLACE_POOL)
            to = plan->pools[place.index].tier;
        if (!hand_over(world, c, trigger, place, to))
            return;
        if (place.kind == PLACE_VENDOR) {
            go_to_vendor(world, c);
            return;
        }
        if (join(world, c, to, place.kind == PLACE_POOL ? plan->pool_queue[place.index] : NONE))
            return;
        trigger = TRIGGER_skill;
    }
}

/* ---- the end of work */

static void resolve(struct world *world, uint32_t c, uint32_t p, double amount)
{
    struct contact    *contact = &world->contacts[c];
    struct ledger_row *ledger = contact->ledger;
    struct pool_row   *pool = &contact->pools[p];
    const double       paid = amount * world->plan->pools[p].concession_factor;
    pool->resolved++;
    pool->concessions += paid;
    ledger->concessions += paid;
    ledger->concession_n += amount > 0;
    tell(world, contact, EVENT_RESOLVED, p, 0, 0);
    record_resolved(world, contact, true);
    leave(world, c, FATE_RESOLVED);
}

/* Releases the agent of a contact whose work is done: wrap-up, or free at once. */
static void release(struct world *world, uint32_t c)
{
    struct contact          *contact = &world->contacts[c];
    const struct plan_visit *visit = contact->plan;
    const uint32_t           a = contact->agent;
    if (visit->wrap_up && !visit->triage) {
        struct rng    rng = rng_at(world->key, visit->wrap, contact->ordinal, contact->times);
        const double   wrap_s = dist_draw(visit->wrap_up, &rng);
        struct agent  *agent = &world->agents[a];
        contact->visit->wrap_s += wrap_s;
        contact->pools[agent->pool].wrap_s += wrap_s;
        agent->state = AGENT_WRAPPING;
        agent->contact = NONE;
        agent->since_s = world->now_s + wrap_s;
        evq_set(&world->evq, world->now_s + wrap_s, RANK_FINISH, contact->number,
                a);
        return;
    }
    agent_free(world, a);
}

/* The first trigger that fires now that work is done; TRIGGERS when none does. Sets the
 * concession that resolving takes. */
static enum trigger trigger_of(struct world *world, const struct contact *contact, uint32_t p,
                               double *amount)
{
    unsigned situation = 0;
    if (contact->plan->triage)
        situation = SITUATION_NO_SKILL;
    else if (!(contact->flags & FLAG_SOLVED))
        situation = SITUATION_FAILED;
    else if ((*amount = concession_of(world, contact)) > 0)
        situation = SITUATION_CONCESSION;
    if (!situation)
        return TRIGGERS;
    const struct trigger_view view = { .situation = situation, .concession = *amount,
                                       .authority = world->plan->pools[p].authority };
    for (int i = 0; i < TRIGGERS; i++)
        if ((triggers[i]->woken_by & view.situation) && triggers[i]->fires(&view))
            return (enum trigger)i;
    return TRIGGERS;
}

static void work_done(struct world *world, uint32_t c)
{
    struct contact   *contact = &world->contacts[c];
    const uint32_t    p = world->agents[contact->agent].pool;
    const double      work_s = world->now_s - contact->since_s;
    struct visit_row *visit = contact->visit;
    struct pool_row  *pool = &contact->pools[p];
    visit->handled++;
    visit->handled_s += work_s;
    pool->handled++;
    pool->handled_s += work_s;
    tell(world, contact, EVENT_DONE, p, 0, 0);
    release(world, c);
    double             amount = 0;
    const enum trigger trigger = trigger_of(world, contact, p, &amount);
    if (trigger == TRIGGERS) {
        resolve(world, c, p, amount);
        return;
    }
    pool->escalated[trigger]++;
    escalate(world, c, trigger);
}

static void contact_finish(struct world *world, uint32_t c)
{
    struct contact *contact = &world->contacts[c];
    switch (contact->state) {
    case CONTACT_AT_WORK:
        work_done(world, c);
        break;
    case CONTACT_SELF_SERVICE:
        if (contact->flags & FLAG_SOLVED) {
            record_resolved(world, contact, false);
            leave(world, c, FATE_SELF_SERVICE);
        } else {
            meet_people(world, c);
        }
        break;
    default:
        TSIM_CHECK(contact->state == CONTACT_AT_VENDOR);
        if (contact->flags & FLAG_SOLVED)
            record_resolved(world, contact, false);
        leave(world, c, contact->flags & FLAG_SOLVED ? FATE_VENDOR : FATE_UNRESOLVED);
    }
}

static void abandon(struct world *world, uint32_t c)
{
    struct contact *contact = &world->contacts[c];
    TSIM_CHECK(contact->state == CONTACT_WAITING);
    queue_leave(world, c);
    level_down(&world->tiers[contact->tier].waiting, span_of(world));
    tell(world, contact, EVENT_ABANDONED, NONE, 0, 0);
    record_abandoned(world, contact, world->now_s - contact->since_s);
    if (world->stories)
        world->stories[c].waited_s += world->now_s - contact->since_s;
    leave(world, c, FATE_ABANDONED);
}


#endif
