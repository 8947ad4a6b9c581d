/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/transitions.h - the moves of contacts and agents: the only code that changes a world
 * between two looks at the clock. Included by loop.h alone, so that the compiler sees the
 * whole event loop at once; its parts are the headers named first, which call each other.
 *
 * An agent who comes free takes the next contact before the contact just left moves on.
 */
#ifndef MODEL_TRANSITIONS_H
#define MODEL_TRANSITIONS_H

#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/assert.h"
#include "base/inline.h"
#include "model/clock.h"
#include "model/queue.h"
#include "model/record.h"

#include "model/plan_customer.h"
#include "model/route.h"
#include "model/policy.h"
#include "model/slots.h"
#include "model/match.h"
#include "model/moves.h"
#include "model/work.h"
#include "model/interrupt.h"
#include "model/preempt.h"
#include "model/duties.h"
#include "model/shift.h"
#include "model/escalate.h"
#include "model/consult.h"
#include "model/customer.h"
#include "model/offers.h"
#include "model/reasons.h"
#include "model/aftercare.h"

/* Time to write a case up before it moves on. */
static double write_up_time(const struct world *world, const struct contact *contact,
                            const struct plan_rule *rule)
{
    if (rule && rule->warm)
        return 0;
    double time_s = world->plan->write_up_s;
    if (rule && rule->briefing) {
        const uint64_t purpose = world->plan->streams[contact->plan->class->stream].briefing;
        struct rng     rng = rng_at(world->key, purpose, contact->ordinal, contact->hops + 1u);
        time_s += dist_draw(rule->briefing, &rng);
    }
    return time_s;
}

/* An agent's part is done where it may not end with a cold move at once. */
TSIM_RARE void work_done_specially(struct world *world, uint32_t c, uint32_t p)
{
    struct contact *contact = &world->contacts[c];
    struct story   *story = &world->stories[c];
    const struct hold done = hold_of(contact);
    enum trigger    trigger = TRIGGERS;
    struct tsim_policy_outcome outcome = { .situation = 0 };
    if (story->approved)
        outcome.concession = concession_of(world, contact);
    else
        trigger = trigger_of(world, contact, p, &outcome);
    const struct plan_path *path = trigger == TRIGGERS ? NULL
                                                       : way_on(world, c, trigger, &outcome);
    if (!path) {
        release_late(world, contact->agent, &done);
        resolve_late(world, c, p, outcome.concession);
        return;
    }
    const struct plan_rule *rule = path->rule;
    const bool              asks = asks_first(world, c, path);
    const double            writing_s = asks ? 0 : write_up_time(world, contact, rule);
    if (asks || writing_s > 0)
        contact->visit->parked++;
    if (!asks)
        contact->pools[p].escalated[trigger]++;
    story->path = path;
    story->trigger = (uint8_t)trigger;
    if ((asks && !rule->called_back) || writing_s > 0 || (rule && rule->warm))
        hold(world, c);
    else
        release_late(world, contact->agent, &done);
    if (asks) {
        ask(world, c, trigger, path, queue_to_ask(world, c, path));
    } else if (writing_s > 0) {
        contact->state = CONTACT_HANDED_OVER;
        enter_phase(world, c, PHASE_HAND_OVER);
        evq_set(&world->evq, world->now_s + writing_s, RANK_FINISH, contact->number,
                owner_of(world, c));
    } else {
        move(world, c, trigger, path);
    }
}

/* The case is written up: the agent is free, and it moves on. */
static void written_up(struct world *world, uint32_t c)
{
    struct story  *story = &world->stories[c];
    const uint32_t a = story->holder;
    world->contacts[c].visit->unparked++;
    story->holder = NONE;
    hold_done(world, a);
    move(world, c, (enum trigger)story->trigger, story->path);
}

static void work_done(struct world *world, uint32_t c)
{
    struct contact   *contact = &world->contacts[c];
    const uint32_t    p = world->agents[contact->agent].pool;
    const double      work_s = world->now_s - contact->since_s;
    if (USES(world->plan->slotted))
        put_down(world, c);
    struct visit_row *visit = contact->visit;
    struct pool_row  *pool = &contact->pools[p];
    visit->handled++;
    visit->handled_s += work_s;
    pool->handled++;
    pool->handled_s += work_s;
    tell(world, contact, EVENT_DONE, p, 0, 0);
    if (contact->cause != TRIGGERS)
        add_cause_work(world, contact, contact->cause, p, work_s);
    const bool waits = USES_CLASSIC(world->plan->customer) && needs_reply(world, c);
    if (USES_CLASSIC(world->plan->forms) && !waits) {
        work_done_specially(world, c, p);
        return;
    }
    release(world, contact->agent, hold_of(contact));
    if (waits) {
        await_reply(world, c);
        return;
    }
    struct tsim_policy_outcome outcome;
    const enum trigger         trigger = trigger_of(world, contact, p, &outcome);
    const struct plan_path    *path = trigger == TRIGGERS ? NULL
                                                          : way_on(world, c, trigger, &outcome);
    if (!path) {
        resolve(world, c, p, outcome.concession);
        return;
    }
    pool->escalated[trigger]++;
    move(world, c, trigger, path);
}

/* A contact comes to people for the first time. */
TSIM_HOT void reach_people(struct world *world, uint32_t c)
{
    const struct contact *contact = &world->contacts[c];
    record_to_people(world, contact);
    if (USES_CLASSIC(world->plan->customer)) {
        world->tally.outside[!is_counted(contact)].updated += is_updated(world, contact);
        perhaps_chase(world, c);
    }
    if (USES_CLASSIC(world->stories))
        world->stories[c].met_people = true;
}

/* A contact that self-service has not helped (or that met none) comes to people. */
static void meet_people(struct world *world, uint32_t c)
{
    const struct contact *contact = &world->contacts[c];
    struct story         *story = USES_CLASSIC(world->stories) ? &world->stories[c] : NULL;
    if (!story || !story->met_people)
        reach_people(world, c);
    const uint8_t goes_to = story ? story->goes_to : REOPEN_ENTRY;
    const bool    routed =
        USES_CLASSIC(world->plan->organisation != ORGANISATION_TIERED) && goes_to == REOPEN_ENTRY;
    uint32_t tier = routed ? routed_tier(world, c) : contact->tier;
    if (USES(world->plan->policy) && goes_to == REOPEN_ENTRY)
        tier = route_by_policy(world, c, tier);
    if (USES_CLASSIC(world->plan->customer) && goes_elsewhere(world, c, tier))
        return;
    const bool to_owner = goes_to == REOPEN_OWNER;
    if (to_owner)
        story->to_owner = true;
    if (!join(world, c, tier, to_owner ? story->queue : NONE))
        escalate(world, c, TRIGGER_skill);
}

static void contact_finish(struct world *world, uint32_t c)
{
    struct contact *contact = &world->contacts[c];
    switch (contact->state) {
    case CONTACT_AT_WORK:
        if (USES_CLASSIC(contact->flags & FLAG_TASK))
            task_done(world, c);
        else
            work_done(world, c);
        break;
    case CONTACT_HANDED_OVER:
        written_up(world, c);
        break;
    case CONTACT_SELF_SERVICE:
        world->sessions--;
        if (!(contact->flags & FLAG_SOLVED)) {
            meet_people(world, c);
        } else if (!USES_CLASSIC(world->plan->customer) || !was_not_contained(world, c)) {
            record_resolved(world, contact, false);
            if (USES(world->plan->bot_pays))
                grant(world, contact);
            leave(world, c, FATE_SELF_SERVICE);
        }
        break;
    case CONTACT_WITH_CUSTOMER:
        customer_replies(world, c);
        break;
    case CONTACT_AWAY:
        if (!(contact->flags & FLAG_TASK))
            customer_returns(world, c);
        else if (world->tasks[c].kind != TASK_CHASE || is_chased(world, c))
            offer_task(world, c, contact->queue);
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
    if (USES(world->plan->interrupts) && world->stories[c].interrupted) {
        abandon_again(world, c);
        return;
    }
    record_abandoned(world, contact, world->now_s - contact->since_s);
    if (USES_CLASSIC(world->stories))
        world->stories[c].waited_s += world->now_s - contact->since_s;
    give_up(world, c, FATE_ABANDONED);
}

#endif
