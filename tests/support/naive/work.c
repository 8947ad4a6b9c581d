/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work from its beginning to its end, and what becomes of the agent. */
#include <math.h>

#include "support/naive/desk.h"

/* ---- the beginning */

/* What a trace says of a contact at its tier, or NAN. */
static double given_at(const struct desk *desk, uint32_t c, const double *given, uint32_t tier)
{
    const struct trace *trace = class_of(desk, c)->trace;
    if (tier >= trace->n_tiers)
        return NAN;
    return given[(size_t)desk->contacts[c].row * trace->n_tiers + tier];
}

/* Both agents talk: who stayed with the contact is free afterwards. */
static double brief(struct desk *desk, uint32_t c)
{
    const struct naive_contact *contact = &desk->contacts[c];
    double                      briefing_s = 0;
    if (contact->keeper == NONE)
        return 0;
    if (contact->path->rule->briefing) {
        struct rng rng = draw_of(desk, c, stream_of(desk, c)->briefing, contact->hops);
        briefing_s = dist_draw(contact->path->rule->briefing, &rng);
    }
    let_go(desk, c, desk->now_s + briefing_s);
    return briefing_s;
}

/* The concession is approved, and the customer has to be told. */
static double close_the_case(struct desk *desk, uint32_t c)
{
    struct naive_contact *contact = &desk->contacts[c];
    struct rng rng = draw_of(desk, c, stream_of(desk, c)->closing, contact->asked);
    contact->solved = true;
    return contact->path->rule->closing ? dist_draw(contact->path->rule->closing, &rng) : 0;
}

void begin_work(struct desk *desk, uint32_t c, uint32_t a, const struct plan_server *server)
{
    struct naive_contact    *contact = &desk->contacts[c];
    const struct plan_visit *visit = visit_of(desk, c);
    const struct trace      *trace = class_of(desk, c)->trace;
    if (contact->interrupted) {
        take_up_work(desk, c, a, server);
        return;
    }
    if (calls_in_vain(desk, c, a, server))
        return;
    struct rng   rng = draw_of(desk, c, visit->work, contact->works_before);
    const double factor = server->factor * pace_of(desk, a);
    double       work_s = dist_draw(visit->handling, &rng) * factor;
    if (!visit->triage)
        work_s *= hour_factor(desk, c, desk->plan->tiers[contact->tier].handling_by_hour);
    contact->solved = rng_side(&rng, 0) < resolves_with(server, visit);
    contact->route = rng_side(&rng, 1);
    if (trace && trace->handling && contact->tier < trace->n_tiers &&
        contact->row < trace->n) {
        const double given_s = given_at(desk, c, trace->handling, contact->tier);
        work_s = isnan(given_s) ? work_s : given_s;
        contact->solved = isnan(given_at(desk, c, trace->handling, contact->tier + 1));
    }
    contact->works[contact->tier]++;
    contact->is = IS_WORKED_ON; /* no longer among those whom the agent sees waiting */
    contact->customer.waited_s += desk->now_s - contact->ticket.joined_s;
    work_s = refer_if_pressed(desk, c, work_s);
    if (contact->rework)
        work_s *= 1 + desk->plan->rework;
    if (!contact->patient)
        desk->pool_wait_s[server->pool] = desk->now_s - contact->ticket.joined_s;
    work_s = reach(desk, c, server, work_s);
    if (contact->approved)
        work_s = close_the_case(desk, c);
    const double briefing_s = brief(desk, c);
    work_s += briefing_s;
    contact->rework = contact->patient = false;
    count_answered(desk, c);
    contact->ticket.responded = true;
    ledger_of(desk, c)->owners += a != contact->agent;
    contact->agent = a;
    contact->briefed = briefing_s > 0;
    enter(desk, c, contact->briefed ? DOES_HAND_OVER : DOES_WORK);
    desk->agents[a].is = IS_BUSY;
    tell_event(desk, c, EVENT_WORK, server->pool, 0, 0);
    contact->factor = factor;
    practise(desk, a);
    take_in_hand(desk, c, work_s);
}

/* ---- the agent afterwards */

/* Notes what an agent has just done, for the wrap-up that may come later. */
static void note_work(struct desk *desk, uint32_t c)
{
    const struct naive_contact *contact = &desk->contacts[c];
    struct naive_agent         *agent = &desk->agents[contact->agent];
    agent->contact = c;
    agent->tier = contact->tier;
    agent->class = contact->ticket.class;
    agent->works = contact->works[contact->tier];
}

static void wrap_up(struct desk *desk, uint32_t a)
{
    struct naive_agent      *agent = &desk->agents[a];
    const struct plan_visit *visit =
        &desk->plan->visits[(size_t)agent->class * desk->plan->n_tiers + agent->tier];
    if (!visit->wrap_up || visit->triage) {
        become_free(desk, a);
        return;
    }
    struct rng rng = draw_of(desk, agent->contact, visit->wrap, agent->works);
    const double wrap_s = dist_draw(visit->wrap_up, &rng);
    count_wrap_up(desk, agent->contact, agent->tier, agent->pool, wrap_s);
    agent->is = IS_WRAPPING_UP;
    happens_at(desk, desk->now_s + wrap_s, MOMENT_WORK, agent->contact, HAPPENS_AGENT_END, a);
}

static void keep(struct desk *desk, uint32_t c)
{
    desk->contacts[c].keeper = desk->contacts[c].agent;
    desk->agents[desk->contacts[c].agent].is = IS_KEPT;
}

void let_go(struct desk *desk, uint32_t c, double at_s)
{
    if (desk->contacts[c].keeper == NONE)
        return;
    happens_at(desk, at_s, MOMENT_WORK, c, HAPPENS_AGENT_END, desk->contacts[c].keeper);
    desk->contacts[c].keeper = NONE;
}

static void release_keeper(struct desk *desk, uint32_t a)
{
    const struct naive_agent   *agent = &desk->agents[a];
    const struct naive_contact *contact = &desk->contacts[agent->contact];
    const struct case_event     event = {
        .at_s = desk->now_s, .number = agent->contact, .class = contact->class,
        .pool = agent->pool, .agent = NONE, .kind = EVENT_RELEASED, .tier = (uint8_t)agent->tier,
        .counted = contact->counted,
    };
    desk->sink->take(desk->sink->user, &event);
    if (contact->briefed && contact->is == IS_WORKED_ON)
        enter(desk, agent->contact, DOES_WORK);
    desk->contacts[agent->contact].briefed = false;
    wrap_up(desk, a);
}

void end_agent(struct desk *desk, uint32_t a)
{
    if (desk->agents[a].is == IS_KEPT)
        release_keeper(desk, a);
    else
        become_free(desk, a);
}

/* ---- the end */

void resolve(struct desk *desk, uint32_t c, uint32_t pool)
{
    arrange_follow_up(desk, c);
    if (will_reopen(desk, c, pool) || is_back_displeased(desk, c, pool))
        return;
    count_paid(desk, c, pool);
    tell_amount_of(desk, c, EVENT_RESOLVED, pool, 0, 0, concession_of(desk, c));
    close_contact(desk, c, NAIVE_RESOLVED);
}

/* Why the contact has to move on, or TRIGGERS: it is solved. */
static enum trigger trigger_now(const struct desk *desk, uint32_t c, uint32_t pool)
{
    const struct naive_contact *contact = &desk->contacts[c];
    if (contact->approved)
        return TRIGGERS;
    if (visit_of(desk, c)->triage)
        return TRIGGER_skill;
    if (contact->customer.referred)
        return TRIGGER_congestion;
    const bool asks = asks_for_manager(desk, c); /* also where it is forbidden */
    if (is_forbidden(desk, c, pool))
        return TRIGGER_policy;
    if (asks)
        return TRIGGER_customer_request;
    if (!contact->solved)
        return TRIGGER_complexity;
    return concession_of(desk, c) > desk->plan->pools[pool].authority ? TRIGGER_authority
                                                                      : TRIGGERS;
}

/* How long the agent writes before a cold hand-over. */
static double write_up_time(const struct desk *desk, uint32_t c, const struct plan_rule *rule)
{
    if (rule && rule->warm)
        return 0;
    if (!rule || !rule->briefing)
        return desk->plan->write_up_s;
    struct rng rng = draw_of(desk, c, stream_of(desk, c)->briefing, desk->contacts[c].hops + 1);
    return desk->plan->write_up_s + dist_draw(rule->briefing, &rng);
}

static void write_up(struct desk *desk, uint32_t c, double writing_s)
{
    enter(desk, c, DOES_HAND_OVER);
    happens_at(desk, desk->now_s + writing_s, MOMENT_WORK, c, HAPPENS_WRITE_UP_END, c);
}

/* Notifications go out first; then the agent stays or goes on to the next contact; then this one
 * moves on. */
void end_work(struct desk *desk, uint32_t c)
{
    struct naive_contact *contact = &desk->contacts[c];
    const uint32_t        agent = contact->agent, pool = desk->agents[agent].pool;
    tell_event(desk, c, EVENT_DONE, pool, 0, 0);
    contact->is = IS_ELSEWHERE;
    put_out_of_hand(desk, c);
    note_work(desk, c);
    if (needs_reply(desk, c)) {
        wrap_up(desk, agent);
        await_reply(desk, c);
        return;
    }
    const enum trigger trigger = trigger_now(desk, c, pool);
    if (trigger == TRIGGERS) {
        wrap_up(desk, agent);
        resolve(desk, c, pool);
        return;
    }
    const struct plan_path *path = find_path(desk, c, trigger, contact->tier);
    const struct plan_rule *rule = path->rule;
    const bool              asks = asks_somebody(desk, c, path);
    const double            writing_s = asks ? 0 : write_up_time(desk, c, rule);
    contact->path = path;
    contact->trigger = trigger;
    pool_row(desk, c, pool)->escalated[trigger] += !asks;
    if (asks ? !rule->called_back : writing_s > 0 || (rule && rule->warm))
        keep(desk, c);
    else
        wrap_up(desk, agent);
    if (asks)
        ask_somebody(desk, c, trigger, path);
    else if (writing_s > 0)
        write_up(desk, c, writing_s);
    else
        move_on(desk, c, trigger, path);
}
void end_write_up(struct desk *desk, uint32_t c)
{
    struct naive_contact *contact = &desk->contacts[c];
    const uint32_t        keeper = contact->keeper;
    contact->keeper = NONE;
    release_keeper(desk, keeper);
    move_on(desk, c, contact->trigger, contact->path);
}
