/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The event loop: arrivals, staffing, the clock. The moves of contacts are in transitions.h.
 *
 * Order at one instant: window edges; ends of work with the pull and the hand-over they cause;
 * staffing changes; abandonments; customers who come back; arrivals, by the contact's number; idle
 * agents who turn to other duties, or are back from them, in the order of agents.
 */
#ifndef MODEL_LOOP_H
#define MODEL_LOOP_H

#include <stdio.h>

#include "base/limits.h"
#include "model/batches.h"
#include "model/replication.h"
#include "model/transitions.h"

#ifndef TSIM_CHECK_EVENTS
#define TSIM_CHECK_EVENTS 2000 /* of each replication after which TSIM_CHECKS looks at everything */
#endif

#define STOP_EVERY 8192 /* events between two looks at limits and the stop flag */

/* ---- arrivals */

static void plan_arrival(struct world *world, uint32_t s)
{
    const struct arrival *arrival = &world->plan->streams[s].arrival;
    const bool   follows = world->plan->at_end == END_FOLLOW;
    const double until_s = follows ? LIMIT_HORIZON_S * 4 : world->plan->end_s;
    const double at_s =
        arrival->kind->next(arrival, &world->arrivals[s], &world->schedule, until_s);
    if (at_s < until_s)
        evq_set(&world->sources, at_s, RANK_ARRIVE, s, s);
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

/* The record of a contact that comes now; NONE when there is no more room. */
TSIM_HOT uint32_t new_contact(struct world *world, uint32_t s, uint32_t ordinal)
{
    const uint32_t c = contact_new(world);
    if (c == NONE)
        return NONE;
    struct contact *contact = &world->contacts[c];
    /* What is not set here is set before it is looked at. */
    contact->arrived_s = world->now_s;
    contact->number = world->number++;
    contact->ordinal = ordinal;
    contact->agent = contact->queue = NONE;
    contact->route = 0;
    contact->hops = 0;
    contact->cause = TRIGGERS;
    contact->attempts = 0;
    if (USES_CLASSIC(world->plan->stories))
        world->stories[c] = (struct story){ .holder = NONE };
    if (USES_CLASSIC(world->had))
        memset(&world->had[(size_t)c * world->had_stride], 0,
               world->had_stride * sizeof *world->had);
    contact->returned = false;
    draw_who(world, &world->plan->streams[s], contact);
    return c;
}

/* Its class is known, and that it comes. */
TSIM_HOT void enter_books(struct world *world, uint32_t c, bool counted, uint8_t flags,
                          uint32_t incident)
{
    const struct plan *plan = world->plan;
    struct contact    *contact = &world->contacts[c];
    contact->flags = (uint8_t)(flags | (counted ? 0 : FLAG_SPARE));
    contact->tier = contact->entry_tier;
    contact->plan = &plan->visits[(size_t)contact->class * plan->n_tiers + contact->tier];
    contact->level = (uint8_t)contact->plan->class->level;
    contact->ledger = &world->tally.ledger[counted ? contact->class : plan->n_classes];
    contact->pools = world->tally.pool + (counted ? 0 : plan->n_pools);
    for (uint32_t i = 0; i < world->times_stride; i += 4)
        memset(&world->times[(size_t)c * world->times_stride + i], 0, 4 * sizeof *world->times);
    world->counted_open += counted;
    contact->ledger->offered++;
    contact->ledger->in_incident += incident > 0;
    tell(world, contact, EVENT_CREATED, NONE, (flags & FLAG_RESPONDED) != 0, incident);
    open_clocks(world, c);
    world->tally.outside[!counted].contacts_cost +=
        plan->channels[contact->plan->class->channel].cost;
    world->tally.desk_interval[world->interval].arrived += counted;
    if (USES_CLASSIC(plan->counts_needs))
        world->tally.outside[!counted].needed += concession_of(world, contact);
}

static enum replication_status arrive(struct world *world, uint32_t s)
{
    const struct plan        *plan = world->plan;
    const struct plan_stream *stream = &plan->streams[s];
    const uint32_t            row = world->arrivals[s].n - 1; /* where it is from a trace */
    const uint32_t incident = arrival_incident(&stream->arrival, &world->arrivals[s]);
    plan_arrival(world, s);
    const uint32_t c = new_contact(world, s, world->ordinals[s]);
    if (c == NONE)
        return REPLICATION_TOO_MANY_CONTACTS;
    world->ordinals[s]++;
    if (USES(world->rows))
        world->rows[c] = row;
    struct contact *contact = &world->contacts[c];
    const bool      counted = world->now_s >= plan->warmup_s && world->now_s < plan->end_s;
    if (USES_CLASSIC(plan->n_causes > 0) && is_prevented(world, stream, contact)) {
        world->tally.outside[!counted].prevented++;
        world->number--;
        contact->state = CONTACT_FREE;
        contact->next = world->contact_free;
        world->contact_free = c;
        return REPLICATION_DONE;
    }
    level_up(&world->open, span_of(world));
    enter_books(world, c, counted, 0, incident);
    attempt_begins(world, c);
    return REPLICATION_DONE;
}

/* ---- who waits at time 0 */

/* The contact is of the class, and waits in the tier, that the backlog says. */
static void be_of_backlog(const struct world *world, const struct plan_backlog *of,
                          struct contact *contact)
{
    const struct plan_stream *stream = &world->plan->streams[of->stream];
    const uint32_t            n_severities = stream->severities.n, n = stream->segments.n;
    const uint32_t            drawn = contact->class - stream->class_base;
    const uint32_t issue = of->issue == NONE ? drawn / n / n_severities : of->issue;
    const uint32_t severity = of->severity == NONE ? drawn / n % n_severities : of->severity;
    const uint32_t segment = of->segment == NONE ? drawn % n : of->segment;
    contact->class = stream->class_base + (issue * n_severities + severity) * n + segment;
}

/* It has come to its queue when it came, and waits there still. */
static enum replication_status put_in_queue(struct world *world, const struct plan_backlog *of)
{
    world->now_s = -of->age_s;
    const uint32_t c = new_contact(world, of->stream, of->ordinal);
    if (c == NONE)
        return REPLICATION_TOO_MANY_CONTACTS;
    struct contact *contact = &world->contacts[c];
    be_of_backlog(world, of, contact);
    if (world->rows)
        world->rows[c] = NONE;
    contact->responded_s = contact->arrived_s;
    enter_books(world, c, false, of->responded ? FLAG_RESPONDED : 0, 0);
    if (world->stories)
        world->stories[c].helped_itself = true;
    come_to(world, c, of->tier);
    if (world->stories)
        world->stories[c].queue = NONE;
    contact->needs =
        rng_block_at(&world->schedule, contact->plan->work, contact->ordinal, contact->times);
    contact->state = CONTACT_WAITING;
    enter_phase(world, c, PHASE_QUEUE);
    tell(world, contact, EVENT_QUEUED, NONE, 0, 0);
    world->now_s = 0;
    world->tally.outside[0].begun++;
    world->lines[contact->plan->class->channel]++;
    level_up(&world->open, 0);
    reach_people(world, c);
    stay_in_queue(world, c, contact->plan->queue);
    return REPLICATION_DONE;
}

TSIM_RARE enum replication_status put_backlog(struct world *world)
{
    enum replication_status status = REPLICATION_DONE;
    for (uint32_t i = 0; i < world->plan->n_backlog && status == REPLICATION_DONE; i++)
        status = put_in_queue(world, &world->plan->backlog[i]);
    world->now_s = 0;
    return status;
}

/* ---- staffing */

static void plan_roster(struct world *world, uint32_t p)
{
    struct pool_state    *pool = &world->pools[p];
    const struct profile *agents = &world->plan->pools[p].agents;
    double                end_s = profile_end(agents, pool->cursor);
    if (USES(world->plan->n_duties > 0 || world->plan->n_idle_duties > 0))
        end_s = fmin(end_s, duties_change(world, p));
    const bool            ends = world->plan->at_end != END_FOLLOW && end_s >= world->plan->end_s;
    if (end_s < INFINITY && !ends)
        evq_set(&world->sources, end_s, RANK_ROSTER, p, world->source_pool + p);
}

/* The idle agents of a pool are asked again. Says whether somebody took something. */
TSIM_RARE bool offer_to_pool(struct world *world, uint32_t p)
{
    struct pool_state *pool = &world->pools[p];
    const uint32_t     idle = pool->idle;
    while (pool->idle > 0) {
        const struct plan_server *server = NULL;
        pool->idle--; /* the one who is asked */
        const uint32_t next = pull(world, p, &server);
        pool->idle++;
        if (next == NONE)
            break;
        level_up(&pool->busy, span_of(world));
        begin(world, next, idle_pop(world, pool), server);
    }
    return pool->idle < idle;
}

/* Agents whom a policy has kept idle are asked again. */
TSIM_RARE void offer_idle(struct world *world)
{
    for (uint32_t p = 0; p < world->plan->n_pools; p++)
        offer_to_pool(world, p);
}

/* … where rules may keep them idle, until nothing more follows. */
TSIM_RARE void offer_gated(struct world *world)
{
    const struct plan *plan = world->plan;
    bool               again = true;
    while (again) {
        again = false;
        for (uint32_t p = 0; p < plan->n_pools; p++)
            if (plan->tiers[plan->pools[p].tier].gated)
                again |= offer_to_pool(world, p);
    }
}

static void roster(struct world *world, uint32_t p)
{
    struct pool_state    *pool = &world->pools[p];
    const struct profile *agents = &world->plan->pools[p].agents;
    if (USES(world->plan->n_duties > 0 || world->plan->n_idle_duties > 0)) {
        if (profile_end(agents, pool->cursor) <= world->now_s)
            profile_step(agents, &pool->cursor);
        pass_duties(world, p);
    } else {
        profile_step(agents, &pool->cursor);
    }
    set_staff(world, p);
    plan_roster(world, p);
}

/* ---- the clock: report intervals, warm-up, end */

/* The end of the block that now is in, where blocks end within report intervals. */
static double block_end(const struct world *world)
{
    const struct plan *plan = world->plan;
    const uint32_t     i = block_at(plan, world->now_s);
    return i < plan->n_blocks ? plan->warmup_s + (i + 1) * plan->block_s : INFINITY;
}

/* The next edge after now: of a report interval, a block, the warm-up, the end; later, when to
 * give up. */
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
    if (plan->blocks_apart && block_end(world) > now_s)
        edge_s = fmin(edge_s, block_end(world));
    if (world->batches)
        edge_s = fmin(edge_s, batch_end(plan, world->batch));
    return edge_s < plan->end_s ? edge_s : plan->end_s;
}

static void flush_queues(struct world *world)
{
    for (uint32_t c = 0; c < world->contacts_used; c++) {
        struct contact *contact = &world->contacts[c];
        if (contact->state != CONTACT_WAITING || contact->flags & FLAG_TASK)
            continue;
        queue_leave(world, c);
        evq_clear(&world->evq, owner_of(world, c));
        level_down(&world->tiers[contact->tier].waiting, span_of(world));
        if (USES(world->plan->interrupts) && world->stories[c].interrupted) {
            end_second_wait(world, c);
            contact->state = CONTACT_HANDED_OVER; /* it waits no more */
            drop(world, c);
            continue;
        }
        contact->visit->flushed++;
        leave(world, c, FATE_UNRESOLVED);
    }
}

/* What is known only at the end, of the counted time or of a batch. */
static void record_ends(struct world *world)
{
    world->tally.backlog_end = world->open.n;
    world->tally.backlog_open_s = 0;
    for (uint32_t t = 0; t < world->plan->n_tiers; t++) {
        world->tally.queue_most[t] = world->tiers[t].most;
        world->tally.queue_end[t] = world->tiers[t].waiting.n;
    }
    for (uint32_t c = 0; c < world->contacts_used; c++)
        if (world->contacts[c].state != CONTACT_FREE && !(world->contacts[c].flags & FLAG_TASK))
            world->tally.backlog_open_s += world->now_s - world->contacts[c].arrived_s;
}

/* The longest queues from now on. */
static void watch_queues(struct world *world)
{
    for (uint32_t t = 0; t < world->plan->n_tiers; t++)
        world->tiers[t].most = world->tiers[t].waiting.n;
}

TSIM_RARE void end_batch(struct world *world)
{
    record_ends(world);
    world->batches->take(world->batches->user, &world->tally);
    world->batch++;
    watch_queues(world);
}

static void reach_end(struct world *world)
{
    const struct plan *plan = world->plan;
    record_ends(world);
    world->closed = true;
    if (plan->at_end == END_FLUSH)
        flush_queues(world);
    else if (USES(plan->policy) && plan->at_end == END_DRAIN)
        offer_idle(world);
    if (plan->at_end == END_CUT || (plan->at_end == END_FOLLOW && world->counted_open == 0))
        world->done = true;
}

static void window_edge(struct world *world)
{
    const struct plan *plan = world->plan;
    record_levels(world);
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
        watch_queues(world);
    if (world->batches && !world->closed && world->now_s >= batch_end(plan, world->batch))
        end_batch(world);
    evq_set(&world->sources, next_edge(world), RANK_WINDOW, 0, world->source_clock);
}

/* ---- a whole replication */

static enum replication_status open_desk(struct world *world)
{
    const struct plan      *plan = world->plan;
    enum replication_status status = REPLICATION_DONE;
    window_edge(world);
    if (USES(plan->n_backlog > 0))
        status = put_backlog(world);
    for (uint32_t p = 0; p < plan->n_pools; p++) {
        if (USES(plan->n_duties > 0 || plan->n_idle_duties > 0)) {
            open_duties(world, p);
            pass_duties(world, p);
        }
        set_staff(world, p);
        plan_roster(world, p);
    }
    if (USES(plan->gated))
        offer_gated(world);
    for (uint32_t s = 0; s < plan->n_streams; s++)
        plan_arrival(world, s);
    return status;
}

/* What is left when nothing more happens, or the run is cut: open contacts, work in hand. */
static void close_desk(struct world *world)
{
    record_levels(world);
    for (uint32_t c = 0; c < world->contacts_used; c++) {
        struct contact *contact = &world->contacts[c];
        if (contact->state == CONTACT_FREE)
            continue;
        if (contact->state == CONTACT_AT_WORK)
            world->cut_area_s += world->now_s - contact->since_s;
        if (contact->flags & FLAG_TASK)
            continue;
        if (contact->state == CONTACT_WAITING || contact->state == CONTACT_AT_WORK)
            contact->visit->open++;
        record_end(world, contact, FATE_OPEN);
    }
    for (uint32_t a = 0; a < world->plan->n_agents; a++) {
        if (world->agents[a].state == AGENT_WRAPPING)
            world->cut_area_s -= world->agents[a].since_s - world->now_s;
        if (world->agents[a].state == AGENT_HOLDING)
            world->cut_area_s += world->now_s - world->agents[a].since_s;
    }
}

static enum replication_status handle_source(struct world *world)
{
    const evq_key  event = evq_pop(&world->sources);
    const uint32_t owner = evq_owner_of(event);
    world->now_s = evq_time_of(event);
    enum replication_status status = REPLICATION_DONE;
    switch (evq_rank_of(event)) {
    case RANK_ARRIVE:
        status = arrive(world, owner);
        break;
    case RANK_ROSTER:
        if (USES(owner == world->source_policy)) {
            world->wake_s = INFINITY;
            offer_idle(world);
        } else {
            roster(world, owner - world->source_pool);
        }
        break;
    default: /* how time is reported must not matter to who works */
        window_edge(world);
        return REPLICATION_DONE;
    }
    if (USES(world->plan->gated))
        offer_gated(world);
    return status;
}

/* A clock of a contact reaches an escalation point. */
TSIM_RARE void reach_point(struct world *world, uint32_t c)
{
    const struct clock_point point = clock_reached(world, c);
    automatic(world, c, point.trigger, point.sla, point.point);
}

static inline void handle_work(struct world *world)
{
    const evq_key  event = evq_pop(&world->evq);
    const uint32_t owner = evq_owner_of(event);
    world->now_s = evq_time_of(event);
    const uint32_t c = (owner - world->owner_contact) >> USES_CLASSIC(world->owner_shift);
    if (evq_rank_of(event) == RANK_ABANDON)
        abandon(world, c);
    else if (USES_CLASSIC(evq_rank_of(event) == RANK_CLOCK))
        reach_point(world, c);
    else if (USES(evq_rank_of(event) == RANK_STAGE))
        stage_set(world, c);
    else if (USES(evq_rank_of(event) == RANK_DUTY))
        turn_to_duty(world, owner);
    else if (owner >= world->owner_contact)
        contact_finish(world, c);
    else if (world->agents[owner].state == AGENT_HOLDING)
        hold_done(world, owner);
    else
        agent_free(world, owner);
    if (USES(world->plan->gated))
        offer_gated(world);
}

/* A whole replication, as loop.h is compiled here. */
static enum replication_status run_loop(struct world *world, struct tally *tally, uint64_t seed,
                                        uint32_t replication,
                                        const struct replication_limits *limits,
                                        const struct listeners *listeners)
{
    enum replication_status status;
    uint64_t                events = 0;
    double                  looked_s = -1;
    tally_clear(tally);
    world_reset(world, tally, seed, replication);
    if (USES(world->plan->policy))
        open_policy(world);
    world->cases = listeners ? listeners->cases : NULL;
    world->events = listeners ? listeners->events : NULL;
    world->batches = listeners ? listeners->batches : NULL;
    world->batch = 0;
    status = open_desk(world);
    while (!world->done && status == REPLICATION_DONE) {
        const evq_key source = evq_top(&world->sources), work = evq_top(&world->evq);
        if (source < work)
            status = handle_source(world);
        else if (work != EVQ_NEVER)
            handle_work(world);
        else
            break;
#ifdef TSIM_CHECKS
        if (events < TSIM_CHECK_EVENTS)
            TSIM_ASSERT(world_broken(world) == NULL);
#endif
        if (world->closed && world->plan->at_end == END_FOLLOW && world->counted_open == 0)
            world->done = true;
        if (++events % STOP_EVERY != 0)
            continue;
        if (world->full)
            break;
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
    if (world->fault[0] != '\0')
        status = REPLICATION_BAD_POLICY;
    if (world->full && status == REPLICATION_DONE)
        status = REPLICATION_TOO_MANY_CONTACTS;
    close_desk(world);
    world->tally.events = events;
    world->tally.contacts = world->number;
    *tally = world->tally;
    return status;
}

#endif
