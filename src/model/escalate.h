/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/escalate.h - where a contact goes that cannot stay: routing at the door, rules of the
 * escalation matrix, places, hand-overs. Part of transitions.h.
 */
#include "model/transitions.h" /* whose part this is */

#ifndef MODEL_ESCALATE_H
#define MODEL_ESCALATE_H

/* ---- routing by context */

/* The first tier, from the one it enters at, that will solve the contact: has the skill, the
 * attempt will succeed, and some pool may approve the concession; else the last. */
static uint32_t solving_tier(const struct world *world, const struct contact *contact)
{
    const struct plan *plan = world->plan;
    const double       amount = concession_of(world, contact);
    for (uint32_t t = contact->tier; t < plan->n_tiers; t++) {
        const struct plan_visit *visit = contact->plan + t - contact->tier;
        if (visit->queue == NONE || visit->triage || plan->tiers[t].authority < amount)
            continue;
        const struct rng_block needs =
            rng_block_at(&world->schedule, visit->work, contact->ordinal, 0);
        if (rng_block_side(needs, 0) < visit->resolves)
            return t;
    }
    return plan->n_tiers - 1;
}

/* The tier at which a contact meets people. */
static uint32_t routed_tier(struct world *world, uint32_t c)
{
    const struct plan    *plan = world->plan;
    const struct contact *contact = &world->contacts[c];
    struct outside_row *outside = &world->tally.outside[!is_counted(contact)];
    if (plan->organisation == ORGANISATION_DIRECT)
        return plan->specialists;
    if (plan->organisation != ORGANISATION_CONTEXT_ROUTED)
        return contact->tier;
    const uint32_t   right = solving_tier(world, contact);
    const uint64_t   purpose = plan->streams[contact->plan->class->stream].routing;
    const struct rng rng = rng_at(world->key, purpose, contact->ordinal, contact->attempts);
    outside->routed++;
    if (rng_side(&rng, 0) < plan->accuracy || plan->n_tiers == 1)
        return right;
    outside->misrouted++;
    world->stories[c].misrouted = true;
    const uint32_t other = (uint32_t)(rng_side(&rng, 1) * (plan->n_tiers - 1));
    return other < right ? other : other + 1;
}

/* ---- rules and places */

/* The part of a rule's conditions that depends on how the contact fares. */
static bool rule_holds(const struct world *world, const struct contact *contact,
                       const struct plan_rule *rule)
{
    if (rule->slas && (world->clock_sla == NONE || !rule->slas[world->clock_sla]))
        return false;
    if (rule->point > 0 && (world->clock_sla == NONE || world->clock_point < rule->point))
        return false;
    return contact->attempts + 1u >= rule->attempts && contact->hops >= rule->hops &&
           world->now_s - contact->arrived_s >= rule->older_than_s &&
           (isnan(rule->time_left_s) ||
            clock_deadline(world, contact) - world->now_s <= rule->time_left_s);
}

/* The first path, of one and those it names otherwise, whose rule holds. */
TSIM_RARE const struct plan_path *path_that_holds(struct world *world, uint32_t c,
                                                  enum trigger trigger,
                                                  const struct plan_path *path)
{
    const struct plan *plan = world->plan;
    while (path->otherwise != NONE) {
        if (rule_holds(world, &world->contacts[c], path->rule)) {
            if (path->rule->form != FORM_NOTIFY)
                return path;
            notify(world, c, trigger, path);
        }
        path = &plan->paths[path->otherwise];
    }
    return path;
}

/* The path for a trigger that fired at the tier of `from` (a visit of the contact's class). Sends
 * the notifications of the rules on the way. */
TSIM_HOT const struct plan_path *path_for(struct world *world, uint32_t c, enum trigger trigger,
                                          const struct plan_visit *from)
{
    const struct plan      *plan = world->plan;
    const size_t            at = (size_t)(from - plan->visits);
    const struct plan_path *path = &plan->paths[plan->path_of[at * TRIGGERS + trigger]];
    return !USES_CLASSIC(path->otherwise != NONE) ? path : path_that_holds(world, c, trigger, path);
}

/* The path of a contact on which work has ended, as a policy says or else the matrix; NULL: it is
 * settled here all the same. */
TSIM_HOT const struct plan_path *way_on(struct world *world, uint32_t c, enum trigger trigger,
                                        const struct tsim_policy_outcome *outcome)
{
    const struct contact   *contact = &world->contacts[c];
    const struct plan_path *path;
    if (USES(world->plan->policy) && escalate_by_policy(world, contact, trigger, outcome, &path))
        return path;
    return path_for(world, c, trigger, contact->plan);
}

/* Those of an agent's team who may approve an amount: as much as the one of them who may least. */
static struct plan_place peers_place(const struct plan *plan, uint32_t agent, double amount)
{
    uint32_t least = agent;
    for (uint32_t p = agent; p < plan->n_pools && plan->pools[p].team == plan->pools[agent].team;
         p++)
        if (plan->pools[p].authority >= amount &&
            plan->pools[p].authority < plan->pools[least].authority)
            least = p;
    return (struct plan_place){ PLACE_QUEUE, plan->peer_queue[least], 1 };
}

/* The first pool from `tier` up that may approve the contact's concession. */
static struct plan_place authority_place(const struct world *world, const struct contact *contact,
                                         uint32_t tier)
{
    const struct plan *plan = world->plan;
    const double       amount = concession_of(world, contact);
    for (uint32_t p = plan->tiers[tier].pool_base; p < plan->n_pools; p++)
        if (plan->pools[p].authority >= amount && plan->pools[p].agents.most > 0)
            return plan->pools[p].is_agent ? peers_place(plan, p, amount)
                                           : (struct plan_place){ PLACE_POOL, p, 1 };
    return (struct plan_place){ plan->has_vendor ? PLACE_VENDOR : PLACE_UNRESOLVED, 0, 1 };
}

static struct plan_place place_on(const struct world *world, uint32_t c,
                                  const struct plan_path *path)
{
    const struct contact *contact = &world->contacts[c];
    uint32_t              i = 0;
    while (i + 1 < path->n && (double)contact->route >= path->places[i].up_to)
        i++;
    const struct plan_place place = path->places[i];
    if (place.kind == PLACE_AUTHORITY)
        return authority_place(world, contact, place.index);
    if (place.kind != PLACE_BACK)
        return place;
    const bool came = contact->cause != TRIGGERS;
    return (struct plan_place){ PLACE_TIER, came ? world->stories[c].from_tier : place.index, 1 };
}

/* The tier of a place, as tally->move counts: those outside come after the last. */
static uint32_t tier_of(const struct plan *plan, struct plan_place place)
{
    switch (place.kind) {
    case PLACE_TIER:
        return place.index;
    case PLACE_POOL:
        return plan->pools[place.index].tier;
    case PLACE_QUEUE:
        return plan->queues[place.index].tier;
    default:
        return plan->n_tiers + (place.kind == PLACE_UNRESOLVED);
    }
}

/* The queue of a place for a contact; NONE: its skill's. */
static uint32_t queue_of(const struct plan *plan, struct plan_place place)
{
    if (place.kind == PLACE_POOL)
        return plan->pool_queue[place.index];
    return place.kind == PLACE_QUEUE ? place.index : NONE;
}

/* ---- hand-overs */

static void go_to_vendor(struct world *world, uint32_t c)
{
    struct contact     *contact = &world->contacts[c];
    const struct plan  *plan = world->plan;
    struct outside_row *outside = &world->tally.outside[!is_counted(contact)];
    const uint64_t purpose = plan->vendor_purpose ^
                             plan->streams[contact->plan->class->stream].who;
    struct rng     rng = rng_at(world->key, purpose, contact->ordinal, 0);
    outside->vendor_visits++;
    cause_row_of(world, contact, contact->cause_tier, contact->cause)->money += plan->vendor_fee;
    tell(world, contact, EVENT_VENDOR, NONE, 0, 0);
    if (USES_CLASSIC(world->stories) && world->stories[c].holder != NONE)
        let_go(world, c, world->now_s);
    contact->state = CONTACT_AT_VENDOR;
    enter_phase(world, c, PHASE_VENDOR);
    contact->flags = (uint8_t)(rng_side(&rng, 0) < plan->vendor_resolves
                                   ? contact->flags | FLAG_SOLVED
                                   : contact->flags & ~FLAG_SOLVED);
    evq_set(&world->evq, world->now_s + dist_draw(&plan->vendor_delay, &rng), RANK_FINISH,
            contact->number, owner_of(world, c));
}

/* From now on the contact has another severity: other queues' order, rules and targets. */
static void change_severity(struct world *world, struct contact *contact, uint32_t severity)
{
    const struct plan        *plan = world->plan;
    const struct plan_class  *class = contact->plan->class;
    const struct plan_stream *stream = &plan->streams[class->stream];
    ptrdiff_t                 to = 0, from = 0;
    for (uint32_t i = 0; i < stream->severities.n; i++) {
        if (stream->severities.index[i] == severity)
            to = i;
        if (stream->severities.index[i] == class->severity)
            from = i;
    }
    contact->plan += (to - from) * (ptrdiff_t)stream->segments.n * (ptrdiff_t)plan->n_tiers;
    contact->level = (uint8_t)contact->plan->class->level;
    clock_reclass(world, (uint32_t)(contact - world->contacts));
}

/* What a rule changes about a contact that it hands over. */
static void apply_rule(struct world *world, uint32_t c, const struct plan_rule *rule)
{
    struct contact *contact = &world->contacts[c];
    const bool      warm = (rule && rule->warm) || world->stories[c].holder != NONE;
    if (world->plan->rework > 0 && !warm && (contact->flags & FLAG_RESPONDED))
        contact->flags |= FLAG_REWORK;
    if (!rule)
        return;
    if (rule->severity != NONE)
        change_severity(world, contact, rule->severity);
    contact->level -= (uint8_t)(rule->raise_priority < contact->level ? rule->raise_priority
                                                                      : contact->level);
    if (rule->call_back_within_s > 0) {
        contact->flags |= FLAG_PATIENT;
        contact->ledger->call_backs++;
        world->stories[c].call_back_by_s = world->now_s + rule->call_back_within_s;
    }
}

/* Counts a hand-over to a place. False when it is the contact's end. */
static bool hand_over(struct world *world, uint32_t c, enum trigger trigger,
                      const struct plan_path *path, struct plan_place place, uint32_t to)
{
    struct contact    *contact = &world->contacts[c];
    const struct plan *plan = world->plan;
    struct visit_row  *visit = contact->visit;
    visit->escalated[trigger]++;
    visit->avoidable += contact->tier == 0 &&
                        (trigger == TRIGGER_authority ||
                         (USES_CLASSIC(world->stories) && world->stories[c].misrouted));
    cause_row_of(world, contact, contact->tier, trigger)->handed_over++;
    if (is_counted(contact))
        world->tally.move[(contact->tier * (plan->n_tiers + 2) + to) * TRIGGERS + trigger]++;
    tell(world, contact, EVENT_ESCALATED, NONE, (uint8_t)trigger, to);
    contact->cause = (uint8_t)trigger;
    contact->cause_tier = contact->tier & 127u;
    leave_tier(world, c);
    if (USES_CLASSIC(plan->n_causes > 0))
        look_into_cause(world, c);
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
    if (contact->hops + 1 < HOPS_COUNTED) {
        contact->ledger->by_hops[contact->hops] -= contact->hops > 0;
        contact->ledger->by_hops[contact->hops + 1]++;
    }
    contact->hops++;
    contact->returned = true;
    if (USES_CLASSIC(world->stories)) {
        world->stories[c].from_tier = contact->tier;
        world->stories[c].examined |= trigger == TRIGGER_authority;
        world->stories[c].insisted |= trigger == TRIGGER_customer_request;
        apply_rule(world, c, path->rule);
    }
    return true;
}

/* Moves a contact along a path, and on again for as long as it comes where nobody has the skill. */
static void move(struct world *world, uint32_t c, enum trigger trigger,
                 const struct plan_path *path)
{
    const struct plan *plan = world->plan;
    for (;;) {
        const struct plan_place place = place_on(world, c, path);
        const uint32_t          to = tier_of(plan, place);
        if (!hand_over(world, c, trigger, path, place, to))
            return;
        if (place.kind == PLACE_VENDOR) {
            go_to_vendor(world, c);
            return;
        }
        if (join(world, c, to, queue_of(plan, place)))
            return;
        trigger = TRIGGER_skill;
        path = path_for(world, c, trigger, world->contacts[c].plan);
    }
}

static void escalate(struct world *world, uint32_t c, enum trigger trigger)
{
    move(world, c, trigger, path_for(world, c, trigger, world->contacts[c].plan));
}

/* A contact is taken out of its queue. */
static void withdraw(struct world *world, uint32_t c, enum trigger trigger)
{
    struct contact *contact = &world->contacts[c];
    queue_leave(world, c);
    evq_clear(&world->evq, owner_of(world, c));
    level_down(&world->tiers[contact->tier].waiting, span_of(world));
    contact->visit->withdrawn++;
    contact->visit->wait_withdrawn_s += world->now_s - contact->since_s;
    contact->state = CONTACT_HANDED_OVER; /* it waits no more */
    tell(world, contact, EVENT_WITHDRAWN, NONE, (uint8_t)trigger, 0);
    if (world->stories)
        world->stories[c].waited_s += world->now_s - contact->since_s;
    go_unworked(world, c);
}

/* A clock of an SLA target has reached an escalation point (1 the first). Notifications go out
 * whatever the contact is doing; a waiting one is moved where a rule says so, unless somebody has
 * begun with it and was interrupted. */
static inline void automatic(struct world *world, uint32_t c, enum trigger trigger, uint32_t sla,
                             uint32_t point)
{
    world->clock_sla = sla;
    world->clock_point = point;
    const struct plan_path *path = path_for(world, c, trigger, world->contacts[c].plan);
    world->clock_sla = NONE;
    if (USES(world->plan->interrupts) && world->stories[c].interrupted)
        return;
    if (path->n > 0 && world->contacts[c].state == CONTACT_WAITING) {
        withdraw(world, c, trigger);
        move(world, c, trigger, path);
    }
}

#endif
