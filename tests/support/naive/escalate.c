/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a contact goes that cannot stay: routing, the escalation matrix, hand-overs. */
#include <math.h>

#include "support/naive/desk.h"

/* ---- routing */

/* The first tier, from where it came in, that will solve it; else the last. */
static uint32_t solving_tier(const struct desk *desk, uint32_t c)
{
    const struct plan *plan = desk->plan;
    for (uint32_t t = desk->contacts[c].tier; t < plan->n_tiers; t++) {
        const struct plan_visit *visit = visit_at(desk, c, t);
        const struct rng         rng = draw_of(desk, c, visit->work, 0);
        bool                     may_approve = false;
        for (uint32_t p = 0; p < plan->n_pools; p++)
            may_approve |= plan->pools[p].tier == t && plan->pools[p].agents_most > 0 &&
                           plan->pools[p].authority >= concession_of(desk, c);
        if (visit->queue != NONE && !visit->triage && may_approve &&
            rng_side(&rng, 0) < visit->resolves)
            return t;
    }
    return plan->n_tiers - 1;
}

uint32_t routed_tier(struct desk *desk, uint32_t c)
{
    const struct plan *plan = desk->plan;
    if (plan->organisation == ORGANISATION_DIRECT)
        return plan->specialists;
    if (plan->organisation != ORGANISATION_CONTEXT_ROUTED)
        return desk->contacts[c].tier;
    const uint32_t   right = solving_tier(desk, c);
    const struct rng rng =
        draw_of(desk, c, stream_of(desk, c)->routing, desk->contacts[c].attempts);
    outside_row(desk, c)->routed++;
    if (rng_side(&rng, 0) < plan->accuracy || plan->n_tiers == 1)
        return right;
    outside_row(desk, c)->misrouted++;
    desk->contacts[c].misrouted = true;
    /* Any of the others, each as likely. */
    uint32_t others = (uint32_t)(rng_side(&rng, 1) * (plan->n_tiers - 1));
    for (uint32_t t = 0;; t++)
        if (t != right && others-- == 0)
            return t;
}

/* ---- rules */

static bool rule_holds(const struct desk *desk, uint32_t c, const struct plan_rule *rule)
{
    const struct naive_contact *contact = &desk->contacts[c];
    const bool by_clock = desk->clock_sla != NONE;
    if (rule->slas && (!by_clock || !rule->slas[desk->clock_sla]))
        return false;
    if (rule->point > 0 && (!by_clock || desk->clock_point < rule->point))
        return false;
    if (contact->attempts + 1 < rule->attempts || contact->hops < rule->hops)
        return false;
    if (desk->now_s - contact->ticket.arrived_s < rule->older_than_s)
        return false;
    return isnan(rule->time_left_s) || deadline_of(desk, c) - desk->now_s <= rule->time_left_s;
}

const struct plan_path *find_path(struct desk *desk, uint32_t c, enum trigger trigger,
                                  uint32_t tier)
{
    const struct plan *plan = desk->plan;
    const size_t       at = ((size_t)desk->contacts[c].ticket.class * plan->n_tiers + tier) *
                            TRIGGERS + trigger;
    uint32_t           i = plan->path_of[at];
    for (;;) {
        const struct plan_path *path = &plan->paths[i];
        if (path->otherwise == NONE)
            return path;
        const bool holds = rule_holds(desk, c, path->rule);
        if (holds && path->rule->form != FORM_NOTIFY)
            return path;
        if (holds)
            notify_somebody(desk, c, trigger, path);
        i = path->otherwise;
    }
}

/* ---- places */

/* The queue of a team that all of its agents serve who may approve an amount, and nobody else. */
static struct plan_place place_in_team(const struct plan *plan, uint32_t team, double amount)
{
    for (uint32_t q = 0; q < plan->n_queues; q++) {
        const struct plan_queue *queue = &plan->queues[q];
        uint32_t                 able = 0, serving = 0;
        for (uint32_t p = 0; p < plan->n_pools; p++)
            able += plan->pools[p].team == team && plan->pools[p].authority >= amount;
        for (uint32_t i = 0; i < queue->n_servers; i++)
            serving += plan->pools[queue->servers[i].pool].team == team &&
                       plan->pools[queue->servers[i].pool].authority >= amount;
        if (queue->of_team && serving == able && serving == queue->n_servers)
            return (struct plan_place){ .kind = PLACE_QUEUE, .index = q };
    }
    return (struct plan_place){ .kind = PLACE_UNRESOLVED };
}

/* The first pool, from a tier up, that may approve the concession. */
static struct plan_place authority_place(const struct desk *desk, uint32_t c, uint32_t tier)
{
    const struct plan *plan = desk->plan;
    const double       amount = concession_of(desk, c);
    for (uint32_t p = 0; p < plan->n_pools; p++)
        if (plan->pools[p].tier >= tier && plan->pools[p].authority >= amount &&
            plan->pools[p].agents.most > 0)
            return plan->pools[p].is_agent ? place_in_team(plan, plan->pools[p].team, amount)
                                           : (struct plan_place){ .kind = PLACE_POOL, .index = p };
    return (struct plan_place){ .kind = plan->has_vendor ? PLACE_VENDOR : PLACE_UNRESOLVED };
}

static struct plan_place place_on(const struct desk *desk, uint32_t c,
                                  const struct plan_path *path)
{
    const struct naive_contact *contact = &desk->contacts[c];
    struct plan_place           place = path->places[path->n - 1];
    for (uint32_t i = path->n; i-- > 0;)
        if (contact->route < path->places[i].up_to)
            place = path->places[i];
    if (place.kind == PLACE_AUTHORITY)
        return authority_place(desk, c, place.index);
    if (place.kind == PLACE_BACK)
        return (struct plan_place){ .kind = PLACE_TIER, .index = contact->handed_over
                                                                     ? contact->from_tier
                                                                     : place.index };
    return place;
}

/* A tier; the vendor is one after the last, and nowhere one more. */
static uint32_t tier_of_place(const struct plan *plan, struct plan_place place)
{
    if (place.kind == PLACE_TIER)
        return place.index;
    if (place.kind == PLACE_POOL)
        return plan->pools[place.index].tier;
    if (place.kind == PLACE_QUEUE)
        return plan->queues[place.index].tier;
    return place.kind == PLACE_VENDOR ? plan->n_tiers : plan->n_tiers + 1;
}

/* The queue that a place means; NONE: that of the contact's skill. */
static uint32_t queue_of_place(const struct plan *plan, struct plan_place place)
{
    if (place.kind == PLACE_POOL)
        return plan->pool_queue[place.index];
    return place.kind == PLACE_QUEUE ? place.index : NONE;
}

uint32_t queue_on(const struct desk *desk, uint32_t c, const struct plan_path *path)
{
    const struct plan_place place = place_on(desk, c, path);
    const uint32_t          queue = queue_of_place(desk->plan, place);
    if (place.kind == PLACE_VENDOR || place.kind == PLACE_UNRESOLVED || queue != NONE)
        return queue;
    return visit_at(desk, c, tier_of_place(desk->plan, place))->queue;
}

/* ---- hand-overs */

static void go_to_vendor(struct desk *desk, uint32_t c)
{
    const struct plan *plan = desk->plan;
    struct rng rng = draw_of(desk, c, plan->vendor_purpose ^ stream_of(desk, c)->who, 0);
    desk->contacts[c].solved = rng_side(&rng, 0) < plan->vendor_resolves;
    tell_event(desk, c, EVENT_VENDOR, NONE, 0, 0);
    enter(desk, c, AWAITS_VENDOR);
    let_go(desk, c, desk->now_s);
    happens_at(desk, desk->now_s + dist_draw(&plan->vendor_delay, &rng), MOMENT_WORK, c,
               HAPPENS_VENDOR_END, c);
}

/* The class that differs from the contact's only in its severity. */
static uint32_t class_with(const struct desk *desk, uint32_t c, uint32_t severity)
{
    const struct plan_class *of = class_of(desk, c);
    for (uint32_t k = 0; k < desk->plan->n_classes; k++) {
        const struct plan_class *class = &desk->plan->classes[k];
        if (class->stream == of->stream && class->issue == of->issue &&
            class->segment == of->segment && class->severity == severity)
            return k;
    }
    return desk->contacts[c].ticket.class;
}

static void apply_rule(struct desk *desk, uint32_t c, const struct plan_rule *rule)
{
    struct naive_contact *contact = &desk->contacts[c];
    contact->rework |= desk->plan->rework > 0 && contact->ticket.responded &&
                       contact->keeper == NONE && !(rule && rule->warm);
    if (!rule)
        return;
    if (rule->severity != NONE) {
        contact->ticket.class = class_with(desk, c, rule->severity);
        contact->ticket.level = class_of(desk, c)->level;
        reclass_clocks(desk, c);
    }
    for (uint32_t i = 0; i < rule->raise_priority && contact->ticket.level > 0; i++)
        contact->ticket.level--;
    if (rule->call_back_within_s > 0) {
        contact->patient = true;
        contact->call_back_by_s = desk->now_s + rule->call_back_within_s;
        ledger_of(desk, c)->call_backs++;
    }
}

/* Moves along a path, and on for lack of skill from every tier it passes. */
void move_on(struct desk *desk, uint32_t c, enum trigger trigger, const struct plan_path *path)
{
    const struct plan      *plan = desk->plan;
    struct naive_contact   *contact = &desk->contacts[c];
    const struct plan_place place = place_on(desk, c, path);
    const uint32_t          to = tier_of_place(plan, place);
    tell_event(desk, c, EVENT_ESCALATED, NONE, trigger, to);
    leave_tier_of(desk, c);
    count_avoidable(desk, c, trigger);
    count_for_cause(desk, c);
    if (place.kind == PLACE_UNRESOLVED || contact->hops == plan->hop_limit) {
        ledger_of(desk, c)->hop_limited += place.kind != PLACE_UNRESOLVED;
        contact->handed_over = true;
        close_contact(desk, c, NAIVE_UNRESOLVED);
        return;
    }
    contact->hops++;
    contact->handed_over = true;
    contact->from_tier = contact->tier;
    contact->examined |= trigger == TRIGGER_authority;
    contact->customer.insisted |= trigger == TRIGGER_customer_request;
    apply_rule(desk, c, path->rule);
    if (place.kind == PLACE_VENDOR)
        go_to_vendor(desk, c);
    else if (!join_tier(desk, c, to, queue_of_place(plan, place)))
        escalate_contact(desk, c, TRIGGER_skill);
}

void escalate_contact(struct desk *desk, uint32_t c, enum trigger trigger)
{
    move_on(desk, c, trigger, find_path(desk, c, trigger, desk->contacts[c].tier));
}

void escalate_by_clock(struct desk *desk, uint32_t c, enum trigger trigger, uint32_t sla,
                       uint32_t point)
{
    desk->clock_sla = sla;
    desk->clock_point = point;
    const struct plan_path *path = find_path(desk, c, trigger, desk->contacts[c].tier);
    desk->clock_sla = NONE;
    if (path->n == 0 || desk->contacts[c].is != IS_WAITING || desk->contacts[c].interrupted)
        return;
    happens_not(desk, HAPPENS_PATIENCE_END, c);
    desk->contacts[c].is = IS_ELSEWHERE;
    desk->contacts[c].customer.waited_s += desk->now_s - desk->contacts[c].ticket.joined_s;
    tell_event(desk, c, EVENT_WITHDRAWN, NONE, trigger, 0);
    go_on_unworked(desk, c);
    move_on(desk, c, trigger, path);
}
