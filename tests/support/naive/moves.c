/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contacts: how they come, join, wait and end. */
#include <math.h>

#include "model/plan_customer.h"
#include "support/naive/desk.h"

struct rng draw_of(const struct desk *desk, uint32_t c, uint64_t purpose, uint32_t visit)
{
    return rng_at(desk->key, purpose, desk->contacts[c].ordinal, visit);
}

const struct plan_class *class_of(const struct desk *desk, uint32_t c)
{
    return &desk->plan->classes[desk->contacts[c].ticket.class];
}

const struct plan_stream *stream_of(const struct desk *desk, uint32_t c)
{
    return &desk->plan->streams[class_of(desk, c)->stream];
}

const struct plan_visit *visit_at(const struct desk *desk, uint32_t c, uint32_t tier)
{
    const size_t class = desk->contacts[c].ticket.class;
    return &desk->plan->visits[class * desk->plan->n_tiers + tier];
}

const struct plan_visit *visit_of(const struct desk *desk, uint32_t c)
{
    return visit_at(desk, c, desk->contacts[c].tier);
}

double concession_of(const struct desk *desk, uint32_t c)
{
    const struct plan_class *class = class_of(desk, c);
    if (!class->concession)
        return 0;
    struct rng rng = draw_of(desk, c, stream_of(desk, c)->concession, 0);
    return rng_side(&rng, 0) < class->concession_share ? dist_draw(class->concession, &rng) : 0;
}

void close_contact(struct desk *desk, uint32_t c, enum naive_fate fate)
{
    happens_not(desk, HAPPENS_PATIENCE_END, c);
    let_go(desk, c, desk->now_s);
    close_clocks_of(desk, c, fate);
    count_end(desk, c, fate);
    tell_event(desk, c, EVENT_CLOSED, NONE, fate, 0);
    desk->contacts[c].is = IS_GONE;
}

double hour_factor(const struct desk *desk, uint32_t c, const struct profile *factors)
{
    return factors ? profile_at(factors, desk->contacts[c].ticket.arrived_s) : 1;
}

/* ---- waiting */

double drawn_patience(const struct desk *desk, uint32_t c, uint64_t purpose, uint32_t draw)
{
    const struct naive_contact *contact = &desk->contacts[c];
    const struct plan_visit    *visit = visit_of(desk, c);
    const struct trace         *trace = class_of(desk, c)->trace;
    const double                factor = contact->attempts == 0 ? 1
        : desk->plan->customer->redials[class_of(desk, c)->channel].patience;
    if (contact->patient)
        return INFINITY;
    if (trace && trace->patience && contact->tier < trace->n_tiers &&
        contact->row < trace->n) {
        const double given_s =
            trace->patience[(size_t)contact->row * trace->n_tiers + contact->tier];
        return isnan(given_s) ? INFINITY : factor * given_s;
    }
    if (!visit->patience)
        return INFINITY;
    struct rng rng = draw_of(desk, c, purpose, draw);
    const double by_hour =
        hour_factor(desk, c, desk->plan->channels[class_of(desk, c)->channel].patience_by_hour);
    return factor * by_hour * dist_draw(visit->patience, &rng);
}

static double patience_to_wait(struct desk *desk, uint32_t c)
{
    return drawn_patience(desk, c, visit_of(desk, c)->wait, desk->contacts[c].works_before) *
           patience_when_told(desk, c);
}

static void wait_in(struct desk *desk, uint32_t c, uint32_t queue)
{
    struct naive_contact *contact = &desk->contacts[c];
    const double          patience_s = patience_to_wait(desk, c);
    contact->ticket.queue = queue_of_calls(desk, c, queue_waited_in(desk, queue));
    contact->is = IS_WAITING;
    enter(desk, c, DOES_QUEUE);
    contact->ticket.deadline_s = deadline_of(desk, c);
    count_delayed(desk, c);
    tell_event(desk, c, EVENT_QUEUED, NONE, count_elsewhere(desk, queue), 0);
    call_somebody_back(desk, contact->ticket.queue);
    await_end_of_patience(desk, c, patience_s);
}

void go_on_unworked(struct desk *desk, uint32_t c)
{
    struct naive_contact *contact = &desk->contacts[c];
    const struct rng      rng = draw_of(desk, c, visit_of(desk, c)->work, contact->works_before);
    contact->route = rng_side(&rng, 1);
    contact->works[contact->tier]++;
}

bool join_tier(struct desk *desk, uint32_t c, uint32_t tier, uint32_t queue)
{
    struct naive_contact *contact = &desk->contacts[c];
    contact->tier = tier;
    contact->customer.sent_to = queue;
    contact->ticket.joined_s = desk->now_s;
    contact->works_before = contact->works[tier];
    count_joined(desk, c);
    visit_row(desk, c, tier)->called += contact->customer.called;
    if (queue == NONE)
        queue = visit_of(desk, c)->queue;
    if (queue == NONE) {
        tell_event(desk, c, EVENT_PASSED, NONE, TRIGGER_skill, 0);
        go_on_unworked(desk, c);
        return false;
    }
    uint32_t                  agent = contact->agent;
    const struct plan_server *server =
        contact->to_owner ? server_of_owner(desk, c, queue, &agent) : NULL;
    contact->to_owner = false;
    if (!server && !waits_for_quiet(desk, c, queue) &&
        (server = idle_server(desk, c, queue, contact->works_before)))
        agent = who_takes_it(desk, server->pool);
    if (server) {
        begin_work(desk, c, agent, server);
    } else if (!waits_for_quiet(desk, c, queue) && take_over_work(desk, c, queue)) {
        return true;
    } else if (count_waiting(desk, tier) >= desk->plan->tiers[tier].capacity) {
        count_blocked(desk, c);
        give_up_as(desk, c, NAIVE_BLOCKED);
    } else if (desk->ended && desk->plan->at_end == END_FLUSH) {
        count_flushed(desk, c);
        close_contact(desk, c, NAIVE_UNRESOLVED);
    } else if (!leaves_at_once(desk, c, queue)) {
        wait_in(desk, c, queue);
    }
    return true;
}

void end_patience(struct desk *desk, uint32_t c)
{
    if (desk->contacts[c].interrupted) {
        end_second_wait(desk, c);
        count_abandonment(desk, c);
    } else {
        desk->contacts[c].customer.waited_s += desk->now_s - desk->contacts[c].ticket.joined_s;
        count_abandoned(desk, c);
    }
    tell_event(desk, c, EVENT_ABANDONED, NONE, 0, 0);
    give_up_as(desk, c, NAIVE_ABANDONED);
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
    contact->ticket.class = contact->class;
    contact->ticket.level = class_of(desk, c)->level;
}

static void meet_people(struct desk *desk, uint32_t c)
{
    struct naive_contact *contact = &desk->contacts[c];
    if (!contact->met_people) {
        count_meeting(desk, c);
        begin_chasing(desk, c);
    }
    contact->met_people = true;
    const enum reopen_to goes_to = contact->customer.goes_to;
    const uint32_t       queue = goes_to == REOPEN_OWNER ? contact->customer.sent_to : NONE;
    const uint32_t       tier = goes_to == REOPEN_ENTRY ? routed_tier(desk, c) : contact->tier;
    if (is_sent_elsewhere(desk, c, tier))
        return;
    desk->contacts[c].to_owner = goes_to == REOPEN_OWNER;
    if (!join_tier(desk, c, tier, queue))
        escalate_contact(desk, c, TRIGGER_skill);
}

static void meet_self_service(struct desk *desk, uint32_t c)
{
    struct rng rng = draw_of(desk, c, stream_of(desk, c)->self_service, 0);
    desk->contacts[c].customer.had_session = true;
    outside_row(desk, c)->sessions++;
    enter(desk, c, DOES_SELF_SERVICE);
    desk->contacts[c].customer.in_session = true;
    desk->contacts[c].solved = rng_side(&rng, 0) < class_of(desk, c)->self_service &&
                               concession_of(desk, c) <= desk->plan->bot_authority;
    tell_event(desk, c, EVENT_SELF_SERVICE, NONE, 0, 0);
    happens_at(desk, desk->now_s + dist_draw(&desk->plan->session, &rng), MOMENT_WORK, c,
               HAPPENS_SESSION_END, c);
}

static uint32_t count_on_channel(const struct desk *desk, uint32_t channel)
{
    uint32_t n = 0;
    for (uint32_t c = 0; c < desk->n_contacts; c++)
        n += desk->contacts[c].is != IS_GONE && desk->contacts[c].is != IS_OFF_THE_LINE &&
             !desk->contacts[c].customer.called && class_of(desk, c)->channel == channel;
    return n;
}

static uint32_t count_sessions(const struct desk *desk)
{
    uint32_t n = 0;
    for (uint32_t c = 0; c < desk->n_contacts; c++)
        n += desk->contacts[c].customer.in_session;
    return n;
}

static void find_sessions_taken(struct desk *desk, uint32_t c)
{
    outside_row(desk, c)->refused++;
    if (desk->plan->bot_turns_away)
        give_up_as(desk, c, NAIVE_BLOCKED);
    else
        meet_people(desk, c);
}

void begin_attempt(struct desk *desk, uint32_t c)
{
    const struct plan           *plan = desk->plan;
    const struct naive_customer *customer = &desk->contacts[c].customer;
    const uint32_t               channel = class_of(desk, c)->channel;
    const uint32_t               lines = plan->channels[channel].lines;
    if ((lines > 0 && count_on_channel(desk, channel) > lines) || is_turned_away(desk, c))
        give_up_as(desk, c, NAIVE_BLOCKED);
    else if (!plan->has_self_service || customer->entry_tier > 0 || customer->had_session)
        meet_people(desk, c);
    else if (count_sessions(desk) < plan->sessions_most)
        meet_self_service(desk, c);
    else
        find_sessions_taken(desk, c);
}

static uint32_t comes_now(struct desk *desk, uint32_t stream, uint32_t ordinal, uint32_t row)
{
    const struct plan *plan = desk->plan;
    const uint32_t     c = desk->n_contacts++;
    desk->contacts = one_more(desk->contacts, c, &desk->contacts_room, sizeof *desk->contacts);
    desk->contacts[c] = (struct naive_contact){
        .ordinal = ordinal,
        .row = row,
        .ticket.arrived_s = desk->now_s,
        .counted = desk->now_s >= plan->warmup_s && desk->now_s < plan->end_s,
        .keeper = NONE, .agent = NONE,
    };
    draw_who(desk, c, &plan->streams[stream]);
    return c;
}

/* It came when it did, has waited in its queue since, and goes on waiting. */
static void is_found_waiting(struct desk *desk, const struct plan_backlog *of)
{
    const struct plan_stream *stream = &desk->plan->streams[of->stream];
    desk->now_s = -of->age_s;
    const uint32_t        c = comes_now(desk, of->stream, of->ordinal, NONE);
    struct naive_contact *contact = &desk->contacts[c];
    const uint32_t        each = stream->severities.n * stream->segments.n;
    const uint32_t        drawn = contact->class - stream->class_base;
    uint32_t              at[] = { drawn / each, drawn % each / stream->segments.n,
                                   drawn % stream->segments.n };
    const uint32_t        said[] = { of->issue, of->severity, of->segment };
    for (int i = 0; i < 3; i++)
        at[i] = said[i] == NONE ? at[i] : said[i];
    contact->class = stream->class_base + at[0] * each + at[1] * stream->segments.n + at[2];
    contact->ticket.class = contact->class;
    contact->ticket.level = class_of(desk, c)->level;
    contact->ticket.responded = of->responded;
    contact->counted = false;
    contact->customer.entry_tier = contact->tier;
    contact->customer.had_session = true;
    contact->customer.sent_to = NONE;
    count_arrival(desk, c);
    tell_event(desk, c, EVENT_CREATED, NONE, of->responded, 0);
    open_clocks_of(desk, c);
    contact->tier = of->tier;
    contact->ticket.joined_s = desk->now_s;
    count_joined(desk, c);
    enter(desk, c, DOES_QUEUE);
    contact->ticket.deadline_s = deadline_of(desk, c);
    tell_event(desk, c, EVENT_QUEUED, NONE, 0, 0);
    desk->now_s = 0;
    contact->met_people = true;
    count_meeting(desk, c);
    begin_chasing(desk, c);
    contact = &desk->contacts[c];
    contact->ticket.queue = queue_waited_in(desk, visit_of(desk, c)->queue);
    contact->is = IS_WAITING;
    count_delayed(desk, c);
    await_end_of_patience(desk, c, patience_to_wait(desk, c));
}

void find_backlog(struct desk *desk)
{
    for (uint32_t i = 0; i < desk->plan->n_backlog; i++)
        is_found_waiting(desk, &desk->plan->backlog[i]);
}

void arrive_from(struct desk *desk, uint32_t s, uint32_t row, uint32_t incident)
{
    const uint32_t c = comes_now(desk, s, desk->ordinals[s]++, row);
    if (was_prevented(desk, c)) {
        outside_row(desk, c)->prevented++;
        desk->n_contacts--;
        return;
    }
    desk->contacts[c].customer.entry_tier = desk->contacts[c].tier;
    count_arrival(desk, c);
    tell_event(desk, c, EVENT_CREATED, NONE, 0, incident);
    open_clocks_of(desk, c);
    begin_attempt(desk, c);
}

void end_session(struct desk *desk, uint32_t c)
{
    desk->contacts[c].customer.in_session = false;
    if (!desk->contacts[c].solved) {
        meet_people(desk, c);
    } else if (!was_contained_falsely(desk, c)) {
        count_granted(desk, c);
        close_contact(desk, c, NAIVE_SELF_SERVICE);
    }
}

void end_vendor(struct desk *desk, uint32_t c)
{
    close_contact(desk, c, desk->contacts[c].solved ? NAIVE_VENDOR : NAIVE_UNRESOLVED);
}
