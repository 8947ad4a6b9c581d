/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/customer.h - what customers do between two works: reply, redial, come back with what was
 * taken for solved. Part of transitions.h, which calls these where plan->customer is there.
 *
 * A customer who is gone for a while is away: not in any queue, on no line, the contact still
 * open. The contact ends once, after its last attempt.
 */
#include "model/transitions.h" /* whose part this is */

#ifndef MODEL_CUSTOMER_H
#define MODEL_CUSTOMER_H

static void meet_people(struct world *world, uint32_t c);
static void take_up_again(struct world *world, uint32_t c);
static void call_again(struct world *world, uint32_t c);

static inline const struct plan_attempt *attempt_of(const struct world *world,
                                                    const struct contact *contact)
{
    const struct plan *plan = world->plan;
    return &plan->customer->attempts[(size_t)contact->tier * plan->n_issues +
                                     contact->plan->class->issue];
}

static inline uint64_t stream_purpose(const struct world *world, const struct contact *contact,
                                      uint64_t purpose)
{
    return world->plan->streams[contact->plan->class->stream].who ^ purpose;
}

/* Whether a contact finds its channel closed and is turned away. */
TSIM_RARE bool finds_closed(const struct world *world, const struct contact *contact)
{
    const struct plan_channel *channel = &world->plan->channels[contact->plan->class->channel];
    return channel->turns_away && !hours_open(channel->hours, world->now_s);
}

/* Who would be turned away comes back at the next opening. */
TSIM_RARE double comes_back_by_hours(const struct world *world, const struct contact *contact,
                                     double at_s)
{
    const struct plan_channel *channel = &world->plan->channels[contact->plan->class->channel];
    return channel->turns_away ? hours_opens(channel->hours, at_s) : at_s;
}

/* Nothing happens until the customer does something, `delay` from now; NULL: at this instant, after
 * whatever else happens at it. */
static void leave_until(struct world *world, uint32_t c, enum contact_state state, double at_s)
{
    struct contact *contact = &world->contacts[c];
    contact->state = (uint8_t)state;
    contact->since_s = world->now_s;
    evq_set(&world->evq, at_s, RANK_RETURN, contact->number, owner_of(world, c));
}

static void leave_to_customer(struct world *world, uint32_t c, enum contact_state state,
                              const struct dist *delay, struct rng *rng)
{
    double at_s = world->now_s + (delay ? dist_draw(delay, rng) : 0);
    const uint8_t away = USES(world->plan->opening) ? world->stories[c].away : 0;
    if (USES(world->plan->opening) && state == CONTACT_AWAY &&
        (away == AWAY_REDIAL || away == AWAY_REOPENS))
        at_s = comes_back_by_hours(world, &world->contacts[c], at_s);
    leave_until(world, c, state, at_s);
}

static void go_away(struct world *world, uint32_t c, enum away away, const struct dist *delay,
                    struct rng *rng)
{
    world->stories[c].away = (uint8_t)away;
    if (world->stories[c].holder != NONE)
        let_go(world, c, world->now_s);
    takes_line(world, c);
    leave_tier(world, c);
    enter_phase(world, c, away == AWAY_REDIAL ? PHASE_CUSTOMER : PHASE_DONE);
    world->lines[world->contacts[c].plan->class->channel]--;
    leave_to_customer(world, c, CONTACT_AWAY, delay, rng);
}

/* ---- waiting on the customer */

static struct rng reply_rng(const struct world *world, const struct contact *contact)
{
    return rng_at(world->key, contact->plan->work ^ world->plan->customer->waits,
                  contact->ordinal, contact->times);
}

/* Work is done; whether it cannot go on before the customer has replied. */
static bool needs_reply(struct world *world, uint32_t c)
{
    const struct contact      *contact = &world->contacts[c];
    struct story              *story = &world->stories[c];
    const struct plan_attempt *attempt = attempt_of(world, contact);
    const uint32_t             moves = contact->hops + story->returns;
    if (attempt->waits.share <= 0 || contact->plan->triage || story->approved)
        return false;
    if (story->reply_moves != moves) { /* the rounds of a visit end with it */
        story->reply_moves = moves;
        story->replies = 0;
    }
    if (story->replies >= attempt->waits_most)
        return false;
    const struct rng rng = reply_rng(world, contact);
    return rng_side(&rng, 0) < attempt->waits.share;
}

static void await_reply(struct world *world, uint32_t c)
{
    struct contact *contact = &world->contacts[c];
    struct rng      rng = reply_rng(world, contact);
    world->stories[c].replies++;
    contact->visit->awaited++;
    enter_phase(world, c, PHASE_CUSTOMER);
    tell(world, contact, EVENT_CUSTOMER, NONE, 0, 0);
    leave_to_customer(world, c, CONTACT_WITH_CUSTOMER, attempt_of(world, contact)->waits.delay,
                      &rng);
}

static void customer_replies(struct world *world, uint32_t c)
{
    struct contact *contact = &world->contacts[c];
    contact->ledger->customer_s += world->now_s - contact->since_s;
    tell(world, contact, EVENT_REPLIED, NONE, 0, 0);
    reply_clock(world, c);
    world->stories[c].to_owner = attempt_of(world, contact)->reply_to == REPLY_OWNER;
    if (!join(world, c, contact->tier, world->stories[c].queue))
        escalate(world, c, TRIGGER_skill);
}

/* ---- redialling */

/* Whether who gave up, or was blocked, will try again. What they need and how long they wait is
 * then drawn afresh. */
static bool redials(struct world *world, uint32_t c, enum fate fate)
{
    struct contact           *contact = &world->contacts[c];
    struct story             *story = &world->stories[c];
    const struct plan_redial *redial =
        &world->plan->customer->redials[contact->plan->class->channel];
    if (story->redials >= redial->most)
        return false;
    const uint32_t last = redial->share.n - 1;
    const double   share = fate == FATE_BLOCKED
                               ? redial->blocked_share
                               : redial->share.at[story->redials < last ? story->redials : last];
    if (share <= 0)
        return false;
    struct rng rng =
        rng_at(world->key, stream_purpose(world, contact, world->plan->customer->redial),
               contact->ordinal, story->redials);
    if (rng_side(&rng, 0) >= share)
        return false;
    story->redials++;
    if (fate == FATE_ABANDONED)
        contact->visit->redials++;
    uint16_t *times = &world->times[(size_t)c * world->times_stride + contact->tier];
    *times = (uint16_t)(*times + (*times < UINT16_MAX));
    go_away(world, c, AWAY_REDIAL, redial->delay, &rng);
    return true;
}

/* The end of an attempt without help: the contact's end, unless the customer redials. */
static void give_up(struct world *world, uint32_t c, enum fate fate)
{
    const struct contact *contact = &world->contacts[c];
    if (fate == FATE_BLOCKED)
        contact->ledger->blocked_first += contact->hops == 0 && contact->attempts == 0;
    if (!USES_CLASSIC(world->plan->customer) || !redials(world, c, fate))
        leave(world, c, fate);
}

/* ---- coming back */

/* People took the issue for solved; whether the customer will be back with it. */
static bool reopens(struct world *world, uint32_t c, uint32_t p)
{
    struct contact            *contact = &world->contacts[c];
    struct story              *story = &world->stories[c];
    const struct plan_attempt *attempt = attempt_of(world, contact);
    if (attempt->reopens.share <= 0 || story->reopens >= attempt->reopens_most)
        return false;
    const uint16_t works = world->times[(size_t)c * world->times_stride + contact->tier];
    struct rng rng = rng_at(world->key, contact->plan->work ^ world->plan->customer->reopens,
                            contact->ordinal, works);
    const double prevented = story->followed ? world->plan->customer->follow_up.reduces : 0;
    if (rng_side(&rng, 0) >= attempt->reopens.share * (1 - prevented))
        return false;
    contact->visit->reopens++;
    contact->ledger->reopens++;
    tell(world, contact, EVENT_RESOLVED, p, 0, 0);
    story->reopens++;
    story->goes_to = (uint8_t)attempt->reopen_to;
    go_away(world, c, AWAY_REOPENS, attempt->reopens.delay, &rng);
    return true;
}

/* The same of self-service: they come to people next. */
static bool was_not_contained(struct world *world, uint32_t c)
{
    struct contact          *contact = &world->contacts[c];
    const struct plan_later *contained = &world->plan->customer->contained;
    if (contained->share <= 0)
        return false;
    struct rng rng =
        rng_at(world->key, stream_purpose(world, contact, world->plan->customer->returns),
               contact->ordinal, 0);
    if (rng_side(&rng, 0) >= contained->share)
        return false;
    contact->ledger->false_contained++;
    tell(world, contact, EVENT_RESOLVED, NONE, 0, 0);
    world->stories[c].goes_to = REOPEN_ENTRY;
    go_away(world, c, AWAY_REOPENS, contained->delay, &rng);
    return true;
}

static void meet_self_service(struct world *world, uint32_t c)
{
    struct contact           *contact = &world->contacts[c];
    const struct plan_stream *stream = &world->plan->streams[contact->plan->class->stream];
    struct rng rng = rng_at(world->key, stream->self_service, contact->ordinal, 0);
    world->tally.outside[!is_counted(contact)].sessions++;
    if (USES_CLASSIC(world->stories))
        world->stories[c].helped_itself = true;
    if (rng_side(&rng, 0) < contact->plan->class->self_service &&
        !(USES(world->plan->bot) && concession_of(world, contact) > world->plan->bot_authority))
        contact->flags |= FLAG_SOLVED;
    world->sessions++;
    contact->state = CONTACT_SELF_SERVICE;
    enter_phase(world, c, PHASE_SELF_SERVICE);
    tell(world, contact, EVENT_SELF_SERVICE, NONE, 0, 0);
    evq_set(&world->evq, world->now_s + dist_draw(&world->plan->session, &rng), RANK_FINISH,
            contact->number, owner_of(world, c));
}

/* An attempt begins: on a line, if one is free; at self-service, if the customer has not been
 * there yet; else with people. */
TSIM_RARE void find_sessions_taken(struct world *world, uint32_t c)
{
    world->tally.outside[!is_counted(&world->contacts[c])].refused++;
    if (world->plan->bot_turns_away)
        give_up(world, c, FATE_BLOCKED);
    else
        meet_people(world, c);
}

/* Self-service has solved it, and grants what that takes. */
TSIM_RARE void grant(struct world *world, const struct contact *contact)
{
    const double amount = concession_of(world, contact);
    contact->ledger->concession_n += amount > 0;
    contact->ledger->concessions += amount;
    world->tally.outside[!is_counted(contact)].granted += amount;
}

TSIM_HOT void attempt_begins(struct world *world, uint32_t c)
{
    struct contact          *contact = &world->contacts[c];
    const struct plan       *plan = world->plan;
    const struct plan_class *class = contact->plan->class;
    const uint32_t           lines = plan->channels[class->channel].lines;
    const bool helped = USES_CLASSIC(world->stories) && world->stories[c].helped_itself;
    const bool closed = USES(plan->opening) && finds_closed(world, contact);
    if ((++world->lines[class->channel] > lines && lines > 0) || closed)
        give_up(world, c, FATE_BLOCKED);
    else if (!plan->has_self_service || contact->entry_tier != 0 || helped)
        meet_people(world, c);
    else if (USES(plan->bot) && world->sessions >= plan->sessions_most)
        find_sessions_taken(world, c);
    else
        meet_self_service(world, c);
}

static void customer_returns(struct world *world, uint32_t c)
{
    struct contact *contact = &world->contacts[c];
    struct story   *story = &world->stories[c];
    if (story->away == AWAY_DISPLEASED) {
        take_up_again(world, c);
        return;
    }
    if (story->away == AWAY_CALLED) {
        call_again(world, c);
        return;
    }
    const double    away_s = world->now_s - contact->since_s;
    const bool      redialled = story->away == AWAY_REDIAL;
    if (redialled)
        story->goes_to = REOPEN_ENTRY;
    contact->attempts = (uint8_t)(contact->attempts + (contact->attempts < UINT8_MAX));
    story->returns++;
    contact->cause = TRIGGERS;
    contact->returned = false;
    contact->flags &= (uint8_t)~(FLAG_REWORK | FLAG_PATIENT);
    story->approved = false;
    story->call_back_by_s = 0;
    if (story->goes_to == REOPEN_ENTRY) {
        contact->plan += (ptrdiff_t)contact->entry_tier - contact->tier;
        contact->tier = contact->entry_tier;
    }
    contact->ledger->redials += redialled;
    contact->ledger->redial_s += redialled ? away_s : 0;
    tell(world, contact, redialled ? EVENT_RETRIES : EVENT_REOPENED, NONE, 0, 0);
    if (!redialled)
        clock_reopen(world, c);
    enter_phase(world, c, PHASE_SELF_SERVICE); /* for no time, when there is none */
    attempt_begins(world, c);
}

#endif
