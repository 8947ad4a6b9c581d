/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The event loop and the transitions: arrive, join, begin, finish, escalate, abandon, come, go.
 *
 * Order at one instant: window edges; ends of work with the pull and the hand-over they cause;
 * staffing changes; abandonments; arrivals; and within each by the contact's number. An agent who
 * comes free takes the next contact before the contact just left moves on.
 */
#include "model/replication.h"

#include <stdio.h>
#include <string.h>

#include "base/assert.h"
#include "base/limits.h"
#include "model/queue.h"
#include "model/record.h"

#define STOP_EVERY 8192 /* events between two looks at limits and the stop flag */

static void join(struct world *world, uint32_t c, uint32_t tier, uint32_t queue);
static void escalate(struct world *world, uint32_t c, enum trigger trigger);
static double concession_of(struct world *world, const struct contact *contact);

static inline const struct plan_visit *plan_visit_of(const struct world *world,
                                                     const struct contact *contact)
{
    return &world->plan->visits[(size_t)contact->class * world->plan->n_tiers + contact->tier];
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
        .counted = is_counted(world, contact),
    };
    world->cases->take(world->cases->user, &record);
}

static double *fate_of(struct ledger_row *ledger, enum fate fate)
{
    switch (fate) {
    case FATE_SELF_SERVICE:
        return &ledger->self_service;
    case FATE_RESOLVED:
        return &ledger->resolved;
    case FATE_VENDOR:
        return &ledger->vendor;
    case FATE_ABANDONED:
        return &ledger->abandoned;
    case FATE_BLOCKED:
        return &ledger->blocked;
    case FATE_UNRESOLVED:
        return &ledger->unresolved;
    default:
        return &ledger->open;
    }
}

/* Counts a contact's end. Its record is given back by leave. */
static void record_end(struct world *world, struct contact *contact, enum fate fate)
{
    struct ledger_row *ledger = ledger_of(world, contact);
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
        record_promises(world, contact, world->plan->n_tiers, PROMISE_ABANDONMENT, false,
                        -INFINITY);
    if (world->cases)
        log_case(world, contact, fate);
}

/* A contact leaves the system. */
static void leave(struct world *world, uint32_t c, enum fate fate)
{
    struct contact *contact = &world->contacts[c];
    record_end(world, contact, fate);
    record_present(world);
    world->open--;
    world->counted_open -= is_counted(world, contact);
    world->lines[world->plan->classes[contact->class].channel]--;
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
    const struct plan_class *class = &world->plan->classes[contact->class];
    const struct plan_visit *visit = plan_visit_of(world, contact);
    uint16_t *times = &world->visits[(size_t)c * world->plan->n_tiers + contact->tier];
    record_answered(world, contact, world->now_s - contact->since_s);
    if (!(contact->flags & FLAG_RESPONDED))
        record_responded(world, contact);
    pool_row_of(world, contact, server->pool)->started++;
    if (is_counted(world, contact))
        world->tally->pool_issue[(size_t)server->pool * world->plan->n_issues + class->issue]++;

    struct rng   rng = rng_at(world->key, visit->work, contact->ordinal, *times);
    double       work_s = dist_draw(visit->handling, &rng) * server->factor;
    const double resolves = server->resolves < 0 || visit->triage ? visit->resolves
                                                                  : server->resolves;
    bool         solved = rng_side(&rng, 0) < resolves;
    if (class->trace && class->trace->handling && contact->tier < class->trace->n_tiers) {
        const double *given =
            &class->trace->handling[(size_t)contact->ordinal * class->trace->n_tiers];
        if (!isnan(given[contact->tier]))
            work_s = given[contact->tier];
        solved = contact->tier + 1u == class->trace->n_tiers || isnan(given[contact->tier + 1]);
    }
    if (*times < UINT16_MAX)
        ++*times;
    contact->flags = (uint8_t)(solved ? contact->flags | FLAG_SOLVED
                                      : contact->flags & ~FLAG_SOLVED);
    contact->route = (float)rng_side(&rng, 1);
    contact->since_s = world->now_s;
    contact->agent = a;
    contact->state = CONTACT_AT_WORK;
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
    if (world->tiers[pool->tier].waiting == 0)
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
    record_waiting(world, pool->tier);
    world->tiers[pool->tier].waiting--;
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
    const uint32_t next = pool->present > pool->scheduled ? NONE : pull(world, p, &server);
    if (next != NONE) {
        begin(world, next, a, server);
        return;
    }
    record_pool(world, p);
    pool->busy--;
    world->agents[a].contact = NONE;
    if (pool->present > pool->scheduled)
        send_away(world, pool, a);
    else
        idle_push(world, pool, a);
}

/* The agent for a contact that need not wait; NULL when nobody is idle. */
static const struct plan_server *choose_server(struct world *world, const struct contact *contact,
                                               uint32_t c, const struct plan_queue *queue)
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
        const uint32_t   times = world->visits[(size_t)c * world->plan->n_tiers + contact->tier];
        const struct rng rng = rng_at(world->key, plan_visit_of(world, contact)->select,
                                      contact->ordinal, times);
        view.unit = rng_side(&rng, 0);
    }
    const uint32_t chosen = kind->choose(&view);
    TSIM_CHECK(chosen < queue->n_servers && world->candidates[chosen].idle > 0);
    return &queue->servers[chosen];
}

/* ---- joining a tier */

static double patience_of(struct world *world, const struct contact *contact, uint32_t c,
                          const struct plan_visit *visit)
{
    const struct plan_class *class = &world->plan->classes[contact->class];
    if (class->trace && class->trace->patience && contact->tier < class->trace->n_tiers) {
        const double given = class->trace->patience[(size_t)contact->ordinal *
                                                    class->trace->n_tiers + contact->tier];
        return isnan(given) ? INFINITY : given;
    }
    if (!visit->patience)
        return INFINITY;
    const uint32_t times = world->visits[(size_t)c * world->plan->n_tiers + contact->tier];
    struct rng     rng = rng_at(world->key, visit->wait, contact->ordinal, times);
    return dist_draw(visit->patience, &rng);
}

/* The contact's next SLA deadline. */
static double deadline_of(const struct world *world, const struct contact *contact)
{
    const double *target_s = world->plan->classes[contact->class].target_s;
    if (!(contact->flags & FLAG_RESPONDED) && target_s[SLA_FIRST_RESPONSE] < INFINITY)
        return contact->arrived_s + target_s[SLA_FIRST_RESPONSE];
    return contact->arrived_s + target_s[SLA_RESOLUTION];
}

static void wait(struct world *world, uint32_t c, uint32_t q, const struct plan_visit *visit)
{
    struct contact         *contact = &world->contacts[c];
    const struct plan_tier *tier = &world->plan->tiers[contact->tier];
    struct tier_state      *state = &world->tiers[contact->tier];
    visit_of(world, contact)->delayed++;
    contact->state = CONTACT_WAITING;
    double key = 0;
    if (tier->order->by_key) {
        const struct order_view view = { .joined_s = world->now_s,
                                         .deadline_s = deadline_of(world, contact),
                                         .level = world->plan->classes[contact->class].level };
        key = tier->order->key(&view);
    }
    queue_join(world, q, c, tier->order->by_key, key);
    record_waiting(world, contact->tier);
    if (++state->waiting > state->most)
        state->most = state->waiting;
    const double patience_s = patience_of(world, contact, c, visit);
    if (patience_s < INFINITY)
        evq_set(&world->evq, world->now_s + patience_s, RANK_ABANDON, contact->number,
                owner_of(world, c));
}

/* A contact comes to a tier: to its skill's queue, or to `queue` when that is given. */
static void join(struct world *world, uint32_t c, uint32_t t, uint32_t queue)
{
    struct contact *contact = &world->contacts[c];
    contact->tier = (uint8_t)t;
    contact->since_s = world->now_s;
    record_joined(world, contact);
    const struct plan_visit *visit = plan_visit_of(world, contact);
    if (queue == NONE)
        queue = visit->queue;
    if (queue == NONE) {
        visit_of(world, contact)->passed++;
        escalate(world, c, TRIGGER_SKILL);
        return;
    }
    const struct plan_server *server = choose_server(world, contact, c, &world->plan->queues[queue]);
    if (server) {
        struct pool_state *pool = &world->pools[server->pool];
        record_pool(world, server->pool);
        pool->busy++;
        begin(world, c, idle_pop(world, pool), server);
    } else if (world->tiers[t].waiting >= world->plan->tiers[t].capacity) {
        visit_of(world, contact)->blocked++;
        tier_interval_of(world, contact)->blocked++;
        leave(world, c, FATE_BLOCKED);
    } else if (world->closed && world->plan->at_end == END_FLUSH) {
        visit_of(world, contact)->flushed++;
        leave(world, c, FATE_UNRESOLVED);
    } else {
        wait(world, c, queue, visit);
    }
}

/* A contact that self-service has not helped (or that met none) comes to people. */
static void meet_people(struct world *world, uint32_t c)
{
    const struct contact *contact = &world->contacts[c];
    ledger_of(world, contact)->to_people++;
    record_promises(world, contact, world->plan->n_tiers, PROMISE_FIRST_RESPONSE, true, INFINITY);
    record_promises(world, contact, world->plan->n_tiers, PROMISE_RESOLUTION, true, INFINITY);
    record_promises(world, contact, world->plan->n_tiers, PROMISE_ABANDONMENT, true, INFINITY);
    join(world, c, contact->tier, NONE);
}

/* ---- escalation */

static void go_to_vendor(struct world *world, uint32_t c)
{
    struct contact     *contact = &world->contacts[c];
    const struct plan  *plan = world->plan;
    struct outside_row *outside = &world->tally->outside[!is_counted(world, contact)];
    const uint64_t purpose = plan->vendor_purpose ^
                             plan->streams[plan->classes[contact->class].stream].who;
    struct rng     rng = rng_at(world->key, purpose, contact->ordinal, 0);
    outside->vendor_visits++;
    contact->state = CONTACT_AT_VENDOR;
    contact->flags = (uint8_t)(rng_side(&rng, 0) < plan->vendor_resolves
                                   ? contact->flags | FLAG_SOLVED
                                   : contact->flags & ~FLAG_SOLVED);
    evq_set(&world->evq, world->now_s + dist_draw(&plan->vendor_delay, &rng), RANK_FINISH,
            contact->number, owner_of(world, c));
}

static double concession_of(struct world *world, const struct contact *contact)
{
    const struct plan_class *class = &world->plan->classes[contact->class];
    if (!class->concession)
        return 0;
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

static void escalate(struct world *world, uint32_t c, enum trigger trigger)
{
    struct contact         *contact = &world->contacts[c];
    const struct plan      *plan = world->plan;
    const struct plan_place place = place_of(world, contact, trigger);
    struct visit_row       *visit = visit_of(world, contact);
    uint32_t                to = plan->n_tiers + (place.kind == PLACE_UNRESOLVED);
    if (place.kind == PLACE_TIER)
        to = place.index;
    if (place.kind == PLACE_POOL)
        to = plan->pools[place.index].tier;
    visit->escalated[trigger]++;
    visit->avoidable += trigger == TRIGGER_AUTHORITY && contact->tier == 0;
    if (is_counted(world, contact))
        world->tally->move[contact->tier * (plan->n_tiers + 2) + to]++;
    if (place.kind == PLACE_UNRESOLVED) {
        leave(world, c, FATE_UNRESOLVED);
        return;
    }
    contact->flags |= FLAG_ESCALATED;
    if (contact->hops >= plan->hop_limit) {
        ledger_of(world, contact)->hop_limited++;
        leave(world, c, FATE_UNRESOLVED);
        return;
    }
    contact->hops++;
    if (place.kind == PLACE_VENDOR)
        go_to_vendor(world, c);
    else
        join(world, c, to, place.kind == PLACE_POOL ? plan->pool_queue[place.index] : NONE);
}

/* ---- the end of work */

static void resolve(struct world *world, uint32_t c, uint32_t p, double amount)
{
    struct contact    *contact = &world->contacts[c];
    struct ledger_row *ledger = ledger_of(world, contact);
    struct pool_row   *pool = pool_row_of(world, contact, p);
    const double       paid = amount * world->plan->pools[p].concession_factor;
    pool->resolved++;
    pool->concessions += paid;
    ledger->concessions += paid;
    ledger->concession_n += amount > 0;
    record_resolved(world, contact, true);
    leave(world, c, FATE_RESOLVED);
}

/* Releases the agent of a contact whose work is done: wrap-up, or free at once. */
static void release(struct world *world, uint32_t c)
{
    struct contact          *contact = &world->contacts[c];
    const struct plan_visit *visit = plan_visit_of(world, contact);
    const uint32_t           a = contact->agent;
    if (visit->wrap_up && !visit->triage) {
        const uint32_t times = world->visits[(size_t)c * world->plan->n_tiers + contact->tier];
        struct rng     rng = rng_at(world->key, visit->wrap, contact->ordinal, times);
        const double   wrap_s = dist_draw(visit->wrap_up, &rng);
        struct agent  *agent = &world->agents[a];
        visit_of(world, contact)->wrap_s += wrap_s;
        pool_row_of(world, contact, agent->pool)->wrap_s += wrap_s;
        agent->state = AGENT_WRAPPING;
        agent->contact = NONE;
        agent->since_s = world->now_s;
        evq_set(&world->evq, world->now_s + wrap_s, RANK_FINISH, contact->number,
                world->owner_agent + a);
        return;
    }
    agent_free(world, a);
}

static void work_done(struct world *world, uint32_t c)
{
    struct contact   *contact = &world->contacts[c];
    const uint32_t    p = world->agents[contact->agent].pool;
    const double      work_s = world->now_s - contact->since_s;
    struct visit_row *visit = visit_of(world, contact);
    struct pool_row  *pool = pool_row_of(world, contact, p);
    visit->handled++;
    visit->handled_s += work_s;
    pool->handled++;
    pool->handled_s += work_s;
    world->handled_area_s += work_s;
    release(world, c);
    if (!(contact->flags & FLAG_SOLVED)) {
        const enum trigger trigger =
            plan_visit_of(world, contact)->triage ? TRIGGER_SKILL : TRIGGER_COMPLEXITY;
        pool->escalated[trigger]++;
        escalate(world, c, trigger);
        return;
    }
    const double amount = concession_of(world, contact);
    if (amount <= world->plan->pools[p].authority) {
        resolve(world, c, p, amount);
        return;
    }
    pool->escalated[TRIGGER_AUTHORITY]++;
    escalate(world, c, TRIGGER_AUTHORITY);
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

static void wrap_up_done(struct world *world, uint32_t a)
{
    world->handled_area_s += world->now_s - world->agents[a].since_s;
    agent_free(world, a);
}

static void abandon(struct world *world, uint32_t c)
{
    struct contact *contact = &world->contacts[c];
    TSIM_CHECK(contact->state == CONTACT_WAITING);
    queue_leave(world, c);
    record_waiting(world, contact->tier);
    world->tiers[contact->tier].waiting--;
    record_abandoned(world, contact, world->now_s - contact->since_s);
    leave(world, c, FATE_ABANDONED);
}

/* ---- arrivals */

static void plan_arrival(struct world *world, uint32_t s)
{
    const struct arrival *arrival = &world->plan->streams[s].arrival;
    const bool   follows = world->plan->at_end == END_FOLLOW;
    const double until_s = follows ? LIMIT_HORIZON_S * 4 : world->plan->end_s;
    const double at_s = arrival->kind->next(arrival, &world->arrivals[s], world->key, until_s);
    if (at_s < until_s)
        evq_set(&world->evq, at_s, RANK_ARRIVE, s, s);
}

/* A free record; NONE when the limit is reached. */
static uint32_t contact_new(struct world *world)
{
    const uint32_t c = world->contact_free;
    if (c != NONE) {
        world->contact_free = world->contacts[c].next;
        return c;
    }
    if (world->contacts_used == world->contacts_most)
        return NONE;
    evq_admit(&world->evq, owner_of(world, world->contacts_used),
              owner_of(world, world->contacts_used) + 1);
    return world->contacts_used++;
}

/* Who comes: class and entry tier, by inversion of the stream's mixes. */
static void draw_who(struct world *world, const struct plan_stream *stream,
                     struct contact *contact)
{
    contact->class = stream->class_base;
    contact->entry_tier = (uint8_t)stream->enters_at.index[0];
    if (stream->one_of_each)
        return;
    struct rng     rng = rng_at(world->key, stream->who, contact->ordinal, 0);
    const uint64_t bits = rng_bits(&rng);
    const uint32_t issue = mix_pick(&stream->issues, (double)(bits >> 32) * 0x1p-32);
    const uint32_t segment = mix_pick(&stream->segments, (double)(uint32_t)bits * 0x1p-32);
    const uint32_t severity = mix_pick(&stream->severities, rng_side(&rng, 0));
    contact->class += (issue * stream->severities.n + severity) * stream->segments.n + segment;
    contact->entry_tier =
        (uint8_t)stream->enters_at.index[mix_pick(&stream->enters_at, rng_side(&rng, 1))];
}

static void meet_self_service(struct world *world, uint32_t c, const struct plan_stream *stream)
{
    struct contact *contact = &world->contacts[c];
    struct rng      rng = rng_at(world->key, stream->self_service, contact->ordinal, 0);
    world->tally->outside[!is_counted(world, contact)].sessions++;
    if (rng_side(&rng, 0) < world->plan->classes[contact->class].self_service)
        contact->flags |= FLAG_SOLVED;
    contact->state = CONTACT_SELF_SERVICE;
    evq_set(&world->evq, world->now_s + dist_draw(&world->plan->session, &rng), RANK_FINISH,
            contact->number, owner_of(world, c));
}

static enum replication_status arrive(struct world *world, uint32_t s)
{
    const struct plan        *plan = world->plan;
    const struct plan_stream *stream = &plan->streams[s];
    plan_arrival(world, s);
    const uint32_t c = contact_new(world);
    if (c == NONE)
        return REPLICATION_TOO_MANY_CONTACTS;
    struct contact *contact = &world->contacts[c];
    *contact = (struct contact){ .arrived_s = world->now_s, .number = world->number++,
                                 .ordinal = world->ordinals[s]++, .agent = NONE, .queue = NONE,
                                 .prev = NONE, .next = NONE };
    draw_who(world, stream, contact);
    const bool counted = world->now_s >= plan->warmup_s && world->now_s < plan->end_s;
    contact->row = counted ? contact->class : plan->n_classes;
    contact->tier = contact->entry_tier;
    memset(&world->visits[(size_t)c * plan->n_tiers], 0, plan->n_tiers * sizeof *world->visits);
    record_present(world);
    world->open++;
    world->counted_open += counted;
    ledger_of(world, contact)->offered++;
    world->tally->outside[!counted].contacts_cost += plan->channels[stream->channel].cost;
    world->tally->desk_interval[world->interval].arrived += counted;
    const uint32_t lines = plan->channels[stream->channel].lines;
    if (++world->lines[stream->channel] > lines && lines > 0)
        leave(world, c, FATE_BLOCKED);
    else if (plan->has_self_service && contact->entry_tier == 0)
        meet_self_service(world, c, stream);
    else
        meet_people(world, c);
    return REPLICATION_DONE;
}

/* ---- staffing */

static void plan_roster(struct world *world, uint32_t p)
{
    struct pool_state    *pool = &world->pools[p];
    const struct profile *agents = &world->plan->pools[p].agents;
    const double          end_s = profile_end(agents, pool->cursor);
    const bool            ends = world->plan->at_end != END_FOLLOW && end_s >= world->plan->end_s;
    if (end_s < INFINITY && !ends)
        evq_set(&world->evq, end_s, RANK_ROSTER, p, world->owner_pool + p);
}

/* Somebody comes: takes the next contact, or idles. */
static void come(struct world *world, uint32_t p)
{
    struct pool_state        *pool = &world->pools[p];
    const uint32_t            a = pool->away;
    const struct plan_server *server = NULL;
    TSIM_CHECK(a != NONE);
    pool->away = world->agents[a].next;
    pool->present++;
    const uint32_t next = pull(world, p, &server);
    if (next != NONE) {
        pool->busy++;
        begin(world, next, a, server);
    } else {
        idle_push(world, pool, a);
    }
}

/* Sets the number of agents on the floor. Idle ones leave first; busy ones finish and then go. */
static void set_staff(struct world *world, uint32_t p, uint32_t n)
{
    struct pool_state *pool = &world->pools[p];
    record_pool(world, p);
    pool->scheduled = n;
    while (pool->present > n && pool->idle > 0)
        send_away(world, pool, idle_pop(world, pool));
    while (pool->present < n)
        come(world, p);
}

static void roster(struct world *world, uint32_t p)
{
    struct pool_state    *pool = &world->pools[p];
    const struct profile *agents = &world->plan->pools[p].agents;
    profile_step(agents, &pool->cursor);
    set_staff(world, p, (uint32_t)profile_value(agents, pool->cursor));
    plan_roster(world, p);
}

/* ---- the clock: report intervals, warm-up, end */

static void record_all_levels(struct world *world)
{
    for (uint32_t p = 0; p < world->plan->n_pools; p++)
        record_pool(world, p);
    for (uint32_t t = 0; t < world->plan->n_tiers; t++)
        record_waiting(world, t);
    record_present(world);
}

/* The next edge after now: of a report interval, the warm-up, the end; later, when to give up. */
static double next_edge(const struct world *world)
{
    const struct plan *plan = world->plan;
    const double       now_s = world->now_s;
    if (now_s >= plan->end_s)
        return plan->end_s + (plan->end_s > 0 ? plan->end_s : DAY_S);
    if (now_s < plan->warmup_s)
        return plan->warmup_s;
    const double cycle_s = floor(now_s / plan->cycle_s) * plan->cycle_s;
    const double i = floor((now_s - cycle_s) / plan->interval_s + 1e-9) + 1;
    double       edge_s = cycle_s + i * plan->interval_s;
    if (edge_s > cycle_s + plan->cycle_s)
        edge_s = cycle_s + plan->cycle_s;
    if (edge_s <= now_s) /* rounding at a cycle's end */
        edge_s = now_s + plan->interval_s;
    return edge_s < plan->end_s ? edge_s : plan->end_s;
}

static void flush_queues(struct world *world)
{
    for (uint32_t c = 0; c < world->contacts_used; c++) {
        struct contact *contact = &world->contacts[c];
        if (contact->state != CONTACT_WAITING)
            continue;
        queue_leave(world, c);
        evq_clear(&world->evq, owner_of(world, c));
        world->tiers[contact->tier].waiting--;
        visit_of(world, contact)->flushed++;
        leave(world, c, FATE_UNRESOLVED);
    }
}

static void reach_end(struct world *world)
{
    const struct plan *plan = world->plan;
    world->tally->backlog_end = world->open;
    for (uint32_t t = 0; t < plan->n_tiers; t++)
        world->tally->queue_most[t] = world->tiers[t].most;
    for (uint32_t c = 0; c < world->contacts_used; c++)
        if (world->contacts[c].state != CONTACT_FREE)
            world->tally->backlog_open_s += world->now_s - world->contacts[c].arrived_s;
    world->closed = true;
    if (plan->at_end == END_FLUSH)
        flush_queues(world);
    if (plan->at_end == END_CUT || (plan->at_end == END_FOLLOW && world->counted_open == 0))
        world->done = true;
}

static void window_edge(struct world *world)
{
    const struct plan *plan = world->plan;
    record_all_levels(world);
    world->interval = interval_at(plan, world->now_s);
    if (world->now_s >= plan->end_s) {
        if (world->closed) { /* followed as long again: give up */
            world->done = true;
            return;
        }
        reach_end(world);
        if (plan->at_end != END_FOLLOW)
            return;
    }
    if (world->now_s == plan->warmup_s)
        for (uint32_t t = 0; t < plan->n_tiers; t++)
            world->tiers[t].most = world->tiers[t].waiting;
    evq_set(&world->evq, next_edge(world), RANK_WINDOW, 0, world->owner_clock);
}

/* ---- a whole replication */

static void open_desk(struct world *world)
{
    const struct plan *plan = world->plan;
    window_edge(world);
    for (uint32_t p = 0; p < plan->n_pools; p++) {
        set_staff(world, p, (uint32_t)plan->pools[p].agents.value[0]);
        plan_roster(world, p);
    }
    for (uint32_t s = 0; s < plan->n_streams; s++)
        plan_arrival(world, s);
}

/* What is left when nothing more happens, or the run is cut: open contacts, work in hand. */
static void close_desk(struct world *world)
{
    record_all_levels(world);
    for (uint32_t c = 0; c < world->contacts_used; c++) {
        struct contact *contact = &world->contacts[c];
        if (contact->state == CONTACT_FREE)
            continue;
        if (contact->state == CONTACT_AT_WORK)
            world->handled_area_s += world->now_s - contact->since_s;
        if (contact->state == CONTACT_WAITING || contact->state == CONTACT_AT_WORK)
            visit_of(world, contact)->open++;
        record_end(world, contact, FATE_OPEN);
    }
    for (uint32_t a = 0; a < world->plan->n_agents; a++)
        if (world->agents[a].state == AGENT_WRAPPING)
            world->handled_area_s += world->now_s - world->agents[a].since_s;
}

static enum replication_status handle(struct world *world, evq_key event)
{
    const uint32_t owner = evq_owner_of(event);
    switch (evq_rank_of(event)) {
    case RANK_FINISH:
        if (owner >= world->owner_contact)
            contact_finish(world, owner - world->owner_contact);
        else
            wrap_up_done(world, owner - world->owner_agent);
        break;
    case RANK_ARRIVE:
        return arrive(world, owner);
    case RANK_ABANDON:
        abandon(world, owner - world->owner_contact);
        break;
    case RANK_ROSTER:
        roster(world, owner - world->owner_pool);
        break;
    case RANK_WINDOW:
        window_edge(world);
        break;
    }
    return REPLICATION_DONE;
}

enum replication_status replication_run(struct world *world, struct tally *tally, uint64_t seed,
                                        uint32_t replication,
                                        const struct replication_limits *limits,
                                        const struct case_sink *cases)
{
    enum replication_status status = REPLICATION_DONE;
    uint64_t                events = 0;
    double                  looked_s = -1;
    tally_clear(tally);
    world_reset(world, tally, seed, replication);
    world->cases = cases;
    open_desk(world);
    while (!world->done && !evq_empty(&world->evq) && status == REPLICATION_DONE) {
        const evq_key event = evq_pop(&world->evq);
        world->now_s = evq_time_of(event);
        status = handle(world, event);
#ifdef TSIM_CHECKS
        if (events < 2000)
            TSIM_ASSERT(world_broken(world) == NULL);
#endif
        if (world->closed && world->plan->at_end == END_FOLLOW && world->counted_open == 0)
            world->done = true;
        if (++events % STOP_EVERY != 0)
            continue;
        if (events >= limits->events)
            status = REPLICATION_TOO_MANY_EVENTS;
        if (limits->stop && atomic_load_explicit(limits->stop, memory_order_relaxed))
            status = REPLICATION_STOPPED;
        if (events % LIMIT_INSTANT_EVENTS < STOP_EVERY) {
            if (world->now_s == looked_s)
                status = REPLICATION_STANDS_STILL;
            looked_s = world->now_s;
        }
    }
    close_desk(world);
    tally->events = events;
    tally->contacts = world->number;
    return status;
}
