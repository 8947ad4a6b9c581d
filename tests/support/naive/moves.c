/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contacts: how they come, wait, move on and end. */
#include <math.h>
#include <stdlib.h>

#include "support/naive/desk.h"

const struct plan_class *class_of(const struct desk *desk, uint32_t c)
{
    return &desk->plan->classes[desk->contacts[c].class];
}

const struct plan_visit *visit_of(const struct desk *desk, uint32_t c)
{
    const struct naive_contact *contact = &desk->contacts[c];
    return &desk->plan->visits[(size_t)contact->class * desk->plan->n_tiers + contact->tier];
}

static struct rng draw_of(const struct desk *desk, uint32_t c, uint64_t purpose, uint32_t visit)
{
    return rng_at(desk->key, purpose, desk->contacts[c].ordinal, visit);
}

void close_contact(struct desk *desk, uint32_t c, enum naive_fate fate)
{
    happens_not(desk, HAPPENS_PATIENCE_END, c);
    tell_event(desk, c, EVENT_CLOSED, NONE, fate, 0);
    desk->contacts[c].is = IS_GONE;
}

/* ---- waiting */

static double patience_of(const struct desk *desk, uint32_t c)
{
    const struct naive_contact *contact = &desk->contacts[c];
    const struct plan_visit    *visit = visit_of(desk, c);
    const struct trace         *trace = class_of(desk, c)->trace;
    if (trace && trace->patience && contact->tier < trace->n_tiers) {
        const double given_s =
            trace->patience[(size_t)contact->ordinal * trace->n_tiers + contact->tier];
        return isnan(given_s) ? INFINITY : given_s;
    }
    if (!visit->patience)
        return INFINITY;
    struct rng rng = draw_of(desk, c, visit->wait, contact->works_before);
    return dist_draw(visit->patience, &rng);
}

static void wait_in(struct desk *desk, uint32_t c, uint32_t queue)
{
    struct naive_contact *contact = &desk->contacts[c];
    const double          patience_s = patience_of(desk, c);
    contact->is = IS_WAITING;
    contact->queue = queue;
    tell_event(desk, c, EVENT_QUEUED, NONE, 0, 0);
    if (patience_s < INFINITY)
        happens_at(desk, desk->now_s + patience_s, MOMENT_PATIENCE, c, HAPPENS_PATIENCE_END, c);
}

/* Comes to a tier; `queue` NONE: the one of its skill. False when nobody there has the skill, not
 * even to look at it. */
static bool join_tier(struct desk *desk, uint32_t c, uint32_t tier, uint32_t queue)
{
    struct naive_contact *contact = &desk->contacts[c];
    contact->tier = tier;
    contact->joined_s = desk->now_s;
    contact->works_before = contact->works[tier];
    if (queue == NONE)
        queue = visit_of(desk, c)->queue;
    if (queue == NONE) {
        const struct rng rng = draw_of(desk, c, visit_of(desk, c)->work, contact->works_before);
        contact->route = rng_side(&rng, 1);
        contact->works[tier]++;
        tell_event(desk, c, EVENT_PASSED, NONE, TRIGGER_skill, 0);
        return false;
    }
    const struct plan_server *server = idle_server(desk, c, queue);
    if (server)
        begin_work(desk, c, longest_idle(desk, server->pool), server);
    else if (count_waiting(desk, tier) >= desk->plan->tiers[tier].capacity)
        close_contact(desk, c, NAIVE_BLOCKED);
    else if (desk->ended && desk->plan->at_end == END_FLUSH)
        close_contact(desk, c, NAIVE_UNRESOLVED);
    else
        wait_in(desk, c, queue);
    return true;
}

void end_patience(struct desk *desk, uint32_t c)
{
    tell_event(desk, c, EVENT_ABANDONED, NONE, 0, 0);
    close_contact(desk, c, NAIVE_ABANDONED);
}

/* ---- moving on */

static double concession_of(const struct desk *desk, uint32_t c)
{
    const struct plan_class *class = class_of(desk, c);
    if (!class->concession)
        return 0;
    struct rng rng = draw_of(desk, c, desk->plan->streams[class->stream].concession, 0);
    return rng_side(&rng, 0) < class->concession_share ? dist_draw(class->concession, &rng) : 0;
}

static struct plan_place place_for(const struct desk *desk, uint32_t c, enum trigger trigger)
{
    const struct plan          *plan = desk->plan;
    const struct naive_contact *contact = &desk->contacts[c];
    const size_t at = (size_t)contact->class * plan->n_tiers + contact->tier;
    const struct plan_path *path = &plan->paths[plan->path_of[at * TRIGGERS + trigger]];
    struct plan_place       place = path->places[path->n - 1];
    for (uint32_t i = path->n; i-- > 0;)
        if (contact->route < path->places[i].up_to)
            place = path->places[i];
    if (place.kind != PLACE_AUTHORITY)
        return place;
    const double amount = concession_of(desk, c);
    for (uint32_t p = 0; p < plan->n_pools; p++)
        if (plan->pools[p].tier >= place.index && plan->pools[p].authority >= amount &&
            plan->pools[p].agents.most > 0)
            return (struct plan_place){ .kind = PLACE_POOL, .index = p };
    return (struct plan_place){ .kind = plan->has_vendor ? PLACE_VENDOR : PLACE_UNRESOLVED };
}

static void go_to_vendor(struct desk *desk, uint32_t c)
{
    const struct plan *plan = desk->plan;
    struct rng rng = draw_of(desk, c,
                             plan->vendor_purpose ^ plan->streams[class_of(desk, c)->stream].who,
                             0);
    desk->contacts[c].is = IS_OUTSIDE;
    desk->contacts[c].solved = rng_side(&rng, 0) < plan->vendor_resolves;
    tell_event(desk, c, EVENT_VENDOR, NONE, 0, 0);
    happens_at(desk, desk->now_s + dist_draw(&plan->vendor_delay, &rng), MOMENT_END_OF_WORK, c,
               HAPPENS_VENDOR_END, c);
}

/* Moves on for a trigger, and on for lack of skill from every tier it passes. */
static void move_on(struct desk *desk, uint32_t c, enum trigger trigger)
{
    const struct plan      *plan = desk->plan;
    struct naive_contact   *contact = &desk->contacts[c];
    const struct plan_place place = place_for(desk, c, trigger);
    const uint32_t          queue =
        place.kind == PLACE_POOL ? plan->pool_queue[place.index] : NONE;
    uint32_t to = plan->n_tiers + 1;
    if (place.kind == PLACE_TIER)
        to = place.index;
    else if (place.kind == PLACE_POOL)
        to = plan->pools[place.index].tier;
    else if (place.kind == PLACE_VENDOR)
        to = plan->n_tiers;
    tell_event(desk, c, EVENT_ESCALATED, NONE, trigger, to);
    if (place.kind == PLACE_UNRESOLVED || contact->hops == plan->hop_limit) {
        close_contact(desk, c, NAIVE_UNRESOLVED);
        return;
    }
    contact->hops++;
    if (place.kind == PLACE_VENDOR)
        go_to_vendor(desk, c);
    else if (!join_tier(desk, c, to, queue))
        move_on(desk, c, TRIGGER_skill);
}

/* ---- coming */

static void draw_who(struct desk *desk, uint32_t c, const struct plan_stream *stream)
{
    struct naive_contact *contact = &desk->contacts[c];
    struct rng            rng = draw_of(desk, c, stream->who, 0);
    const uint64_t        bits = rng_bits(&rng);
    const double issue = (double)(bits >> 32) / 4294967296.0;
    const double segment = (double)(bits & 0xFFFFFFFFu) / 4294967296.0;
    contact->class = stream->class_base;
    contact->class += mix_pick(&stream->issues, issue) * stream->severities.n * stream->segments.n;
    contact->class += mix_pick(&stream->severities, rng_side(&rng, 0)) * stream->segments.n;
    contact->class += mix_pick(&stream->segments, segment);
    contact->tier = stream->enters_at.index[mix_pick(&stream->enters_at, rng_side(&rng, 1))];
}

static void meet_people(struct desk *desk, uint32_t c)
{
    if (!join_tier(desk, c, desk->contacts[c].tier, NONE))
        move_on(desk, c, TRIGGER_skill);
}

static void meet_self_service(struct desk *desk, uint32_t c)
{
    const struct plan *plan = desk->plan;
    struct rng rng = draw_of(desk, c, plan->streams[class_of(desk, c)->stream].self_service, 0);
    desk->contacts[c].solved = rng_side(&rng, 0) < class_of(desk, c)->self_service;
    tell_event(desk, c, EVENT_SELF_SERVICE, NONE, 0, 0);
    happens_at(desk, desk->now_s + dist_draw(&plan->session, &rng), MOMENT_END_OF_WORK, c,
               HAPPENS_SESSION_END, c);
}

static uint32_t count_on_channel(const struct desk *desk, uint32_t channel)
{
    uint32_t n = 0;
    for (uint32_t c = 0; c < desk->n_contacts; c++)
        n += desk->contacts[c].is != IS_GONE && class_of(desk, c)->channel == channel;
    return n;
}

void arrive_from(struct desk *desk, uint32_t s)
{
    const struct plan        *plan = desk->plan;
    const struct plan_stream *stream = &plan->streams[s];
    const uint32_t            c = desk->n_contacts++, lines = plan->channels[stream->channel].lines;
    if (c == desk->contacts_room) {
        desk->contacts_room = 2 * desk->contacts_room + 64;
        desk->contacts = realloc(desk->contacts, desk->contacts_room * sizeof *desk->contacts);
        if (!desk->contacts)
            abort();
    }
    desk->contacts[c] = (struct naive_contact){
        .ordinal = desk->ordinals[s]++,
        .arrived_s = desk->now_s,
        .counted = desk->now_s >= plan->warmup_s && desk->now_s < plan->end_s,
    };
    draw_who(desk, c, stream);
    const uint32_t entry_tier = desk->contacts[c].tier;
    tell_event(desk, c, EVENT_CREATED, NONE, 0, 0);
    if (lines > 0 && count_on_channel(desk, stream->channel) > lines)
        close_contact(desk, c, NAIVE_BLOCKED);
    else if (plan->has_self_service && entry_tier == 0)
        meet_self_service(desk, c);
    else
        meet_people(desk, c);
}

void end_session(struct desk *desk, uint32_t c)
{
    if (desk->contacts[c].solved)
        close_contact(desk, c, NAIVE_SELF_SERVICE);
    else
        meet_people(desk, c);
}

void end_vendor(struct desk *desk, uint32_t c)
{
    close_contact(desk, c, desk->contacts[c].solved ? NAIVE_VENDOR : NAIVE_UNRESOLVED);
}

/* ---- the end of work */

static void release_agent(struct desk *desk, uint32_t c)
{
    const struct naive_contact *contact = &desk->contacts[c];
    const struct plan_visit    *visit = visit_of(desk, c);
    const uint32_t              a = contact->agent;
    if (!visit->wrap_up || visit->triage) {
        become_free(desk, a);
        return;
    }
    struct rng rng = draw_of(desk, c, visit->wrap, contact->works[contact->tier]);
    desk->agents[a].is = IS_WRAPPING_UP;
    happens_at(desk, desk->now_s + dist_draw(visit->wrap_up, &rng), MOMENT_END_OF_WORK, c,
               HAPPENS_WRAP_UP_END, a);
}

/* The agent goes on to the next contact before this one moves on. */
void end_work(struct desk *desk, uint32_t c)
{
    const struct naive_contact *contact = &desk->contacts[c];
    const uint32_t              pool = desk->agents[contact->agent].pool;
    tell_event(desk, c, EVENT_DONE, pool, 0, 0);
    desk->contacts[c].is = IS_OUTSIDE;
    release_agent(desk, c);
    if (visit_of(desk, c)->triage) {
        move_on(desk, c, TRIGGER_skill);
    } else if (!contact->solved) {
        move_on(desk, c, TRIGGER_complexity);
    } else if (concession_of(desk, c) > desk->plan->pools[pool].authority) {
        move_on(desk, c, TRIGGER_authority);
    } else {
        tell_event(desk, c, EVENT_RESOLVED, pool, 0, 0);
        close_contact(desk, c, NAIVE_RESOLVED);
    }
}
