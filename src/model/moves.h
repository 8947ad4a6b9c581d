/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/moves.h - the plain moves of contacts and agents: coming to a tier, waiting, work that
 * begins, leaving. Part of transitions.h.
 */
#include "model/transitions.h" /* whose part this is */

#ifndef MODEL_MOVES_H
#define MODEL_MOVES_H

static void escalate(struct world *world, uint32_t c, enum trigger trigger);
static void let_go(struct world *world, uint32_t c, double when_s);
static bool preempt(struct world *world, uint32_t c, uint32_t q);
static void hold_done(struct world *world, uint32_t a);
static void notify(struct world *world, uint32_t c, enum trigger trigger,
                   const struct plan_path *path);
static void begin_task(struct world *world, uint32_t c, uint32_t a,
                       const struct plan_server *server);
static void look_into_cause(struct world *world, uint32_t c);
static bool is_chased(struct world *world, uint32_t t);
static void give_up(struct world *world, uint32_t c, enum fate fate);
static bool is_not_over(struct world *world, uint32_t c, uint32_t p);
static double paid_after_all(struct world *world, uint32_t c, double amount, double paid);
static void customer_ends(struct world *world, uint32_t c, enum fate fate);
static double look_at_queue(struct world *world, uint32_t c, double work_s);
static double reached_by_call(struct world *world, uint32_t c, double work_s);
static bool calls_in_vain(struct world *world, uint32_t c, uint32_t a,
                          const struct plan_server *server);
static bool hears_offer(struct world *world, uint32_t c, uint32_t queue);
static bool waits_for_quiet(const struct world *world, const struct contact *contact,
                            uint32_t queue);
static void takes_line(struct world *world, uint32_t c);
static void note_answer(struct world *world, const struct contact *contact,
                        const struct plan_server *server);
static double patience_when_told(const struct world *world, const struct contact *contact);
static unsigned situation_besides(struct world *world, uint32_t c, uint32_t p);
static void resume(struct world *world, uint32_t c, uint32_t a, const struct plan_server *server);
static void idle_begins(struct world *world, uint32_t a);
static void idle_ends(struct world *world, uint32_t a);
static void call_back_from_duty(struct world *world, uint32_t q);
static uint8_t elsewhere(const struct world *world, uint32_t q);

static double concession_drawn(const struct world *world, const struct contact *contact)
{
    const struct plan_class *class = contact->plan->class;
    struct rng rng = rng_at(world->key, world->plan->streams[class->stream].concession,
                            contact->ordinal, 0);
    if (rng_side(&rng, 0) >= class->concession_share)
        return 0;
    return dist_draw(class->concession, &rng);
}

/* What resolving the contact takes. */
static inline double concession_of(const struct world *world, const struct contact *contact)
{
    return contact->plan->class->concession ? concession_drawn(world, contact) : 0;
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
              owner_of(world, world->contacts_used + 1));
    return world->contacts_used++;
}

/* Its row in the trace of its stream; no row at all where it came before time 0. */
static inline uint32_t row_of(const struct world *world, const struct contact *contact)
{
    return USES(world->rows) ? world->rows[contact - world->contacts] : contact->ordinal;
}

/* ---- the end of a contact */

static void log_case(struct world *world, const struct contact *contact, enum fate fate)
{
    const struct story *story = world->stories ? &world->stories[contact - world->contacts] : NULL;
    const struct case_record record = {
        .number = contact->number,
        .arrived_s = contact->arrived_s,
        .responded_s = contact->flags & FLAG_RESPONDED ? contact->responded_s : NAN,
        .ended_s = world->now_s,
        .concession = concession_of(world, contact),
        .class = contact->class,
        .pool = contact->agent == NONE ? NONE : world->agents[contact->agent].pool,
        .hops = contact->hops,
        .reopened = story ? story->returns - story->redials : 0,
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
TSIM_HOT void record_end(struct world *world, struct contact *contact, enum fate fate)
{
    struct ledger_row *ledger = contact->ledger;
    const double       elapsed_s = world->now_s - contact->arrived_s;
    ++*fate_of(ledger, fate);
    ledger->hops += contact->hops;
    ledger->escalated += (contact->flags & FLAG_ESCALATED) != 0;
    ledger->sojourn_s += elapsed_s;
    close_clocks(world, (uint32_t)(contact - world->contacts), fate);
    ledger->breached += (contact->flags & FLAG_BREACHED) != 0;
    if (fate == FATE_ABANDONED)
        watch_abandoned(world, contact, visit_as_it_came(world, contact)->class->abandonment);
    if (USES(world->plan->n_backlog > 0) && contact->ordinal >= ORDINAL_BACKLOG)
        record_end_of_backlog(world, contact, fate);
    if (fate == FATE_BLOCKED)
        ledger->turned_away += contact->hops == 0 && contact->attempts == 0;
    if (USES_CLASSIC(world->plan->customer))
        customer_ends(world, (uint32_t)(contact - world->contacts), fate);
    tell(world, contact, EVENT_CLOSED, NONE, (uint8_t)fate, 0);
    if (USES_CLASSIC(world->cases))
        log_case(world, contact, fate);
}

/* What a contact that ends leaves behind: an agent who stayed with it, a promise to call back. */
TSIM_RARE void leave_story(struct world *world, uint32_t c)
{
    struct story *story = &world->stories[c];
    if (story->holder != NONE)
        let_go(world, c, world->now_s);
    world->contacts[c].ledger->call_backs_late += story->call_back_by_s > 0;
    takes_line(world, c);
}

/* A contact leaves the system. */
static void leave(struct world *world, uint32_t c, enum fate fate)
{
    struct contact *contact = &world->contacts[c];
    if (USES_CLASSIC(world->stories))
        leave_story(world, c);
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
    if (USES(world->plan->n_idle_duties > 0))
        idle_begins(world, a);
}

/* An idle agent of a pool is taken out of the list, wherever. */
static void idle_remove(struct world *world, struct pool_state *pool, uint32_t a)
{
    uint32_t before = NONE;
    for (uint32_t i = pool->idle_head; i != a; i = world->agents[i].next)
        before = i;
    const uint32_t next = world->agents[a].next;
    if (before == NONE)
        pool->idle_head = next;
    else
        world->agents[before].next = next;
    if (next == NONE)
        pool->idle_tail = before;
    pool->idle--;
    if (USES(world->plan->n_idle_duties > 0))
        idle_ends(world, a);
}

static inline uint32_t idle_pop(struct world *world, struct pool_state *pool)
{
    if (USES(world->plan->slotted) && pool->idle > 1) {
        const uint32_t least = idle_least(world, pool);
        idle_remove(world, pool, least);
        return least;
    }
    const uint32_t a = pool->idle_head;
    pool->idle_head = world->agents[a].next;
    if (pool->idle_head == NONE)
        pool->idle_tail = NONE;
    pool->idle--;
    if (USES(world->plan->n_idle_duties > 0))
        idle_ends(world, a);
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

/* Remembers that a pool has the contact; counts the first work after a hand-over when it is by a
 * pool that had it before. */
static void note_pool(const struct world *world, uint32_t c, uint32_t p)
{
    struct contact *contact = &world->contacts[c];
    uint64_t       *had = &world->had[(size_t)c * world->had_stride + p / 64];
    const uint64_t  bit = (uint64_t)1 << p % 64;
    contact->ledger->returns += contact->returned && (*had & bit) != 0;
    contact->returned = false;
    *had |= bit;
}

/* What work that follows a hand-over or an approval takes instead. */
TSIM_RARE double begin_specially(struct world *world, uint32_t c, double work_s)
{
    struct contact *contact = &world->contacts[c];
    struct story   *story = &world->stories[c];
    const uint64_t  stream = contact->plan->class->stream;
    story->waited_s += world->now_s - contact->since_s;
    if (world->plan->customer)
        work_s = look_at_queue(world, c, work_s);
    if (contact->flags & FLAG_REWORK)
        work_s *= 1 + world->plan->rework;
    if (story->called)
        work_s = reached_by_call(world, c, work_s);
    if (story->call_back_by_s > 0) {
        contact->ledger->call_backs_late += world->now_s > story->call_back_by_s;
        story->call_back_by_s = 0;
    }
    contact->flags &= (uint8_t)~(FLAG_REWORK | FLAG_PATIENT);
    if (story->approved) {
        const struct dist *closing = story->path->rule->closing;
        struct rng rng = rng_at(world->key, world->plan->streams[stream].closing, contact->ordinal,
                                story->asked);
        contact->flags |= FLAG_SOLVED;
        work_s = closing ? dist_draw(closing, &rng) : 0;
    }
    if (story->holder == NONE) {
        enter_phase(world, c, PHASE_WORK);
        return work_s;
    }
    const struct dist *briefing = story->path->rule->briefing;
    struct rng   rng = rng_at(world->key, world->plan->streams[stream].briefing, contact->ordinal,
                              contact->hops);
    const double briefing_s = briefing ? dist_draw(briefing, &rng) : 0;
    story->briefed = briefing_s > 0;
    enter_phase(world, c, briefing_s > 0 ? PHASE_HAND_OVER : PHASE_WORK);
    let_go(world, c, world->now_s + briefing_s);
    return work_s + briefing_s;
}

/* What the hour at which a contact came makes of its handling times at a tier. */
TSIM_RARE double hour_of_work(const struct world *world, const struct contact *contact,
                              const struct plan_visit *visit, uint32_t tier)
{
    const struct profile *factors = world->plan->tiers[tier].handling_by_hour;
    return factors && !visit->triage ? profile_at(factors, contact->arrived_s) : 1;
}

/* … and of its patience. */
TSIM_RARE double hour_of_patience(const struct world *world, const struct contact *contact)
{
    const struct profile *factors =
        world->plan->channels[contact->plan->class->channel].patience_by_hour;
    return factors ? profile_at(factors, contact->arrived_s) : 1;
}

/* Share of a pool's attempts at a visit that succeed. */
static inline double resolves_of(const struct plan_server *server, const struct plan_visit *visit)
{
    if (visit->triage)
        return visit->resolves;
    const double resolves = server->resolves < 0 ? visit->resolves : server->resolves;
    return USES_CLASSIC(server->fails < 1) ? 1 - (1 - resolves) * server->fails : resolves;
}

/* Draws what a contact needs and begins the work. The agent counts as busy already. */
static void begin(struct world *world, uint32_t c, uint32_t a, const struct plan_server *server)
{
    struct contact          *contact = &world->contacts[c];
    const struct plan_visit *visit = contact->plan;
    const struct plan_class *class = visit->class;
    if (USES_CLASSIC(contact->flags & FLAG_TASK)) {
        begin_task(world, c, a, server);
        return;
    }
    if (USES(world->plan->interrupts) && world->stories[c].interrupted) {
        resume(world, c, a, server);
        return;
    }
    if (USES(world->plan->offered) && calls_in_vain(world, c, a, server))
        return;
    const double factor = factor_of(world, server, a);
    double work_s = dist_draw_at(visit->handling, world->key, visit->work, contact->ordinal,
                                 contact->times, &contact->needs) * factor;
    if (USES(world->plan->hourly))
        work_s *= hour_of_work(world, contact, visit, contact->tier);
    record_answered(world, contact, world->now_s - contact->since_s);
    if (USES(world->plan->offered))
        note_answer(world, contact, server);
    if (USES(world->plan->last_waits) && !(contact->flags & FLAG_PATIENT))
        world->pools[server->pool].last_wait_s = world->now_s - contact->since_s;
    if (!(contact->flags & FLAG_RESPONDED))
        record_responded(world, contact);
    contact->pools[server->pool].started++;
    if (is_counted(contact))
        world->tally.pool_issue[(size_t)server->pool * world->plan->n_issues + class->issue]++;
    bool solved = rng_block_side(contact->needs, 0) < resolves_of(server, visit);
    if (class->trace && class->trace->handling && contact->tier < class->trace->n_tiers &&
        row_of(world, contact) < class->trace->n) {
        const double *given =
            &class->trace->handling[(size_t)row_of(world, contact) * class->trace->n_tiers];
        if (!isnan(given[contact->tier]))
            work_s = given[contact->tier];
        solved = contact->tier + 1u == class->trace->n_tiers || isnan(given[contact->tier + 1]);
    }
    if (contact->times < UINT16_MAX)
        world->times[(size_t)c * world->times_stride + contact->tier] = ++contact->times;
    contact->flags = (uint8_t)((contact->flags & ~FLAG_SOLVED) | (solved ? FLAG_SOLVED : 0));
    contact->route = (float)rng_block_side(contact->needs, 1);
    contact->ledger->owners += contact->agent != a;
    contact->agent = a;
    contact->state = CONTACT_AT_WORK;
    if (USES_CLASSIC(world->had))
        note_pool(world, c, world->plan->pools[server->pool].team);
    if (USES_CLASSIC(world->stories))
        work_s = begin_specially(world, c, work_s);
    else
        enter_phase(world, c, PHASE_WORK);
    if (USES(world->plan->interrupts)) {
        world->stories[c].joined_s = contact->since_s;
        world->stories[c].left_factor = factor;
    }
    if (USES(world->paces))
        world->paces[first_place(&world->plan->pools[server->pool], a)].done++;
    contact->since_s = world->now_s;
    tell(world, contact, EVENT_WORK, server->pool, 0, 0);
    world->agents[a].state = AGENT_AT_WORK;
    world->agents[a].contact = c;
    if (USES(world->plan->interrupts))
        take_in_hand(world, c, a, work_s);
    else
        evq_set(&world->evq, world->now_s + work_s, RANK_FINISH, contact->number,
                owner_of(world, c));
}

/* Whether a busy agent who comes free has to leave. */
static inline bool is_over(const struct world *world, const struct pool_state *pool, uint32_t a)
{
    if (USES(world->plan->named) && world->plan->pools[world->agents[a].pool].lines)
        return !world->agents[a].on;
    return pool->present > pool->scheduled.n;
}

/* An agent who should have gone goes: their time is over, or they are late for another duty. */
static inline void late_goes(struct world *world, struct pool_state *pool, uint32_t a)
{
    const bool named = USES(world->plan->named) && world->plan->pools[world->agents[a].pool].lines;
    if (USES(world->plan->n_duties > 0) &&
        (named ? world->agents[a].off : pool->overtime.n == 0)) {
        level_down(&pool->late, span_of(world));
        level_up(&pool->duty, span_of(world));
    } else {
        level_down(&pool->overtime, span_of(world));
    }
    send_away(world, pool, a);
}

/* A busy agent has nothing to do any more: leaves if its time is over, else takes the next
 * contact, else idles. */
static void agent_free(struct world *world, uint32_t a)
{
    const uint32_t      p = world->agents[a].pool;
    struct pool_state  *pool = &world->pools[p];
    const struct plan_server *server = NULL;
    const bool     over = is_over(world, pool, a);
    const uint32_t next = over ? NONE : pull(world, p, &server);
    if (next != NONE) {
        begin(world, next, a, server);
        return;
    }
    level_down(&pool->busy, span_of(world));
    world->agents[a].contact = NONE;
    if (over)
        late_goes(world, pool, a);
    else
        idle_push(world, pool, a);
}

/* The agent who takes a contact that comes back to its owner: the one who had it last, if idle,
 * else the first idle one of the same pool. NONE: nobody, or the pool does not serve the queue. */
TSIM_RARE uint32_t take_owner(struct world *world, struct contact *contact, uint32_t queue,
                              const struct plan_server **server)
{
    const struct plan_queue *plan = &world->plan->queues[queue];
    struct story            *story = &world->stories[contact - world->contacts];
    uint32_t                 a = contact->agent;
    if (!story->to_owner || a == NONE)
        return NONE;
    story->to_owner = false;
    contact->ledger->to_owner++;
    struct pool_state *pool = &world->pools[world->agents[a].pool];
    for (uint32_t i = 0; i < plan->n_servers && pool->idle > 0; i++) {
        if (plan->servers[i].pool != world->agents[a].pool)
            continue;
        *server = &plan->servers[i];
        if (world->agents[a].state != AGENT_IDLE)
            return idle_pop(world, pool);
        contact->ledger->at_owner++;
        idle_remove(world, pool, a);
        return a;
    }
    return NONE;
}

/* The agent who takes a contact that joins a queue, out of the idle ones; NONE: nobody is. */
static inline uint32_t take_idle(struct world *world, struct contact *contact, uint32_t queue,
                                 const struct plan_server **server)
{
    if (USES_CLASSIC(world->plan->owners)) {
        const uint32_t a = take_owner(world, contact, queue, server);
        if (a != NONE)
            return a;
    }
    *server = choose_server(world, contact, &world->plan->queues[queue]);
    if (USES(world->plan->helps) && !*server && world->plan->queues[queue].n_helpers > 0)
        *server = choose_helper(world, contact, &world->plan->queues[queue]);
    return *server ? idle_pop(world, &world->pools[(*server)->pool]) : NONE;
}

/* ---- joining a tier */

/* Drawn for a wait: number `draw` of its purpose, mixed with `mix`. */
static double patience_of(const struct world *world, const struct contact *contact, uint64_t mix,
                          uint32_t draw)
{
    const struct plan_visit *visit = contact->plan;
    const struct plan_class *class = visit->class;
    double                   factor = 1;
    if (USES_CLASSIC(world->plan->customer) && contact->attempts > 0)
        factor = world->plan->customer->redials[class->channel].patience;
    if (class->trace && class->trace->patience && contact->tier < class->trace->n_tiers &&
        row_of(world, contact) < class->trace->n) {
        const double given = class->trace->patience[(size_t)row_of(world, contact) *
                                                    class->trace->n_tiers + contact->tier];
        return isnan(given) ? INFINITY : given * factor;
    }
    if (!visit->patience)
        return INFINITY;
    if (USES(world->plan->hourly))
        factor *= hour_of_patience(world, contact);
    const struct rng_block block =
        rng_block_at(&world->schedule, visit->wait ^ mix, contact->ordinal, draw);
    return dist_draw_at(visit->patience, world->key, visit->wait ^ mix, contact->ordinal, draw,
                        &block) * factor;
}

/* When who waits from now gives up, where its channel has hours: it may be cut off at closing, and
 * the patience of who waits for the opening stands still until then. */
TSIM_RARE double gives_up_by_hours(const struct world *world, const struct contact *contact,
                                   double patience_s)
{
    const struct plan_channel *channel =
        &world->plan->channels[contact->plan->class->channel];
    double at_s = world->now_s + patience_s;
    if (!channel->hours)
        return at_s;
    if (!channel->turns_away && patience_s < INFINITY)
        at_s = hours_after(channel->hours, world->now_s, patience_s);
    if (!channel->cuts_off)
        return at_s;
    return fmin(at_s, hours_closes(channel->hours, hours_opens(channel->hours, world->now_s)));
}

/* Who waits from now gives up then, unless served or moved before. */
static inline void expect_abandonment(struct world *world, uint32_t c, double patience_s)
{
    double at_s = world->now_s + patience_s;
    if (USES(world->plan->opening))
        at_s = gives_up_by_hours(world, &world->contacts[c], patience_s);
    if (at_s < INFINITY)
        evq_set(&world->evq, at_s, RANK_ABANDON, world->contacts[c].number, owner_of(world, c));
}

/* Puts a contact or task into a queue, in the tier's order. */
TSIM_HOT void enqueue(struct world *world, uint32_t c, uint32_t q)
{
    if (USES(world->plan->parts))
        q = queue_to_wait_in(world, q);
    const struct contact   *contact = &world->contacts[c];
    const struct plan_tier *tier = &world->plan->tiers[contact->tier];
    double                  key = 0;
    if (tier->order->by_key) {
        const uint32_t beside = world->plan->queues[q].beside;
        key = rank_of(world, contact, USES(beside != NONE) ? beside : q, tier->order);
    }
    queue_join(world, q, c, tier->order->by_key, key);
    if (USES(world->plan->recalls))
        call_back_from_duty(world, q);
}

/* A contact that has to wait is in the queue from now on, until its customer gives up. */
TSIM_HOT void stay_in_queue(struct world *world, uint32_t c, uint32_t q)
{
    const struct contact *contact = &world->contacts[c];
    struct tier_state    *state = &world->tiers[contact->tier];
    contact->visit->delayed++;
    contact->interval->delayed++;
    enqueue(world, c, q);
    level_up(&state->waiting, span_of(world));
    if (state->waiting.n > state->most)
        state->most = state->waiting.n;
    double patience_s = USES_CLASSIC(contact->flags & FLAG_PATIENT)
                            ? INFINITY : patience_of(world, contact, 0, contact->times);
    if (USES(world->plan->offered))
        patience_s *= patience_when_told(world, contact);
    if (!USES_CLASSIC(contact->flags & FLAG_PATIENT))
        expect_abandonment(world, c, patience_s);
}

static void wait(struct world *world, uint32_t c, uint32_t q)
{
    struct contact *contact = &world->contacts[c];
    contact->state = CONTACT_WAITING;
    enter_phase(world, c, PHASE_QUEUE);
    uint8_t away = 0;
    if (USES(world->plan->n_duties > 0 || world->plan->n_idle_duties > 0))
        away = elsewhere(world, q);
    tell(world, contact, EVENT_QUEUED, NONE, away, 0);
    stay_in_queue(world, c, q);
}

/* A contact moves on from a tier where nobody has worked on it. Its draw for where to is the one
 * that work here would have made. */
static void go_unworked(struct world *world, uint32_t c)
{
    struct contact  *contact = &world->contacts[c];
    const struct rng rng = rng_at(world->key, contact->plan->work, contact->ordinal,
                                  contact->times);
    contact->route = (float)rng_side(&rng, 1);
    if (contact->times < UINT16_MAX)
        world->times[(size_t)c * world->times_stride + contact->tier] = ++contact->times;
}

/* Nobody here has the skill and nobody looks: the contact moves on at once. */
static void pass(struct world *world, uint32_t c, enum trigger trigger)
{
    struct contact *contact = &world->contacts[c];
    tell(world, contact, EVENT_PASSED, NONE, (uint8_t)trigger, 0);
    contact->visit->passed++;
    go_unworked(world, c);
}

/* A contact is now at a tier, and what follows is a visit to it. */
static inline void come_to(struct world *world, uint32_t c, uint32_t t)
{
    struct contact *contact = &world->contacts[c];
    contact->plan += (ptrdiff_t)t - contact->tier; /* visits of a class stand tier by tier */
    contact->tier = (uint8_t)t;
    contact->since_s = world->now_s;
    contact->times = world->times[(size_t)c * world->times_stride + t];
    record_joined(world, contact);
}

/* A contact comes to a tier: to its skill's queue, or to `queue` when that is given. False when it
 * has to pass on for lack of skill. */
static bool join(struct world *world, uint32_t c, uint32_t t, uint32_t queue)
{
    struct contact *contact = &world->contacts[c];
    if (USES_CLASSIC(world->stories))
        world->stories[c].queue = queue;
    come_to(world, c, t);
    if (USES(world->plan->offered))
        contact->visit->called += world->stories[c].called;
    if (queue == NONE)
        queue = contact->plan->queue;
    if (queue == NONE) {
        pass(world, c, TRIGGER_skill);
        return false;
    }
    /* Now, though work may begin later: the processor has other things to do meanwhile. */
    contact->needs =
        rng_block_at(&world->schedule, contact->plan->work, contact->ordinal, contact->times);
    const struct plan_server *server = NULL;
    const bool waits = USES(world->plan->offered) && waits_for_quiet(world, contact, queue);
    const uint32_t            a = waits ? NONE : take_idle(world, contact, queue, &server);
    if (a != NONE) {
        level_up(&world->pools[server->pool].busy, span_of(world));
        begin(world, c, a, server);
    } else if (USES(world->plan->preempts) && !waits && preempt(world, c, queue)) {
        return true;
    } else if (world->tiers[t].waiting.n >= world->plan->tiers[t].capacity) {
        contact->visit->blocked++;
        contact->interval->blocked++;
        give_up(world, c, FATE_BLOCKED);
    } else if (world->closed && world->plan->at_end == END_FLUSH) {
        contact->visit->flushed++;
        leave(world, c, FATE_UNRESOLVED);
    } else if (!USES(world->plan->offered) || !hears_offer(world, c, queue)) {
        wait(world, c, queue);
    }
    return true;
}

#endif
