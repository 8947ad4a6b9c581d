/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers: who is waited for, who redials, who comes back with what seemed solved. */
#include "model/plan_customer.h"
#include "support/naive/desk.h"

static const struct plan_attempt *attempt_of(const struct desk *desk, uint32_t c)
{
    return &desk->plan->customer->attempts[(size_t)desk->contacts[c].tier * desk->plan->n_issues +
                                           class_of(desk, c)->issue];
}

static double delay_s(const struct dist *delay, struct rng *rng)
{
    return delay ? dist_draw(delay, rng) : 0;
}

static struct rng reply_draw(const struct desk *desk, uint32_t c)
{
    const struct naive_contact *contact = &desk->contacts[c];
    return draw_of(desk, c, visit_of(desk, c)->work ^ desk->plan->customer->waits,
                   contact->works[contact->tier]);
}

bool needs_reply(struct desk *desk, uint32_t c)
{
    struct naive_contact  *contact = &desk->contacts[c];
    struct naive_customer *customer = &contact->customer;
    if (!desk->plan->customer || visit_of(desk, c)->triage || contact->approved)
        return false;
    const struct rng rng = reply_draw(desk, c);
    const uint32_t   returns = customer->redials + customer->reopenings;
    if (customer->replies_hops != contact->hops || customer->replies_returns != returns)
        customer->replies = 0;
    customer->replies_hops = contact->hops;
    customer->replies_returns = returns;
    return rng_side(&rng, 0) < attempt_of(desk, c)->waits.share &&
           customer->replies < attempt_of(desk, c)->waits_most;
}

void await_reply(struct desk *desk, uint32_t c)
{
    struct rng rng = reply_draw(desk, c);
    desk->contacts[c].customer.replies++;
    tell_event(desk, c, EVENT_CUSTOMER, NONE, 0, 0);
    enter(desk, c, AWAITS_CUSTOMER);
    happens_at(desk, desk->now_s + delay_s(attempt_of(desk, c)->waits.delay, &rng), MOMENT_RETURN,
               c, HAPPENS_REPLY, c);
}

void reply(struct desk *desk, uint32_t c)
{
    tell_event(desk, c, EVENT_REPLIED, NONE, 0, 0);
    await_next_reply(desk, c);
    desk->contacts[c].to_owner = attempt_of(desk, c)->reply_to == REPLY_OWNER;
    if (!join_tier(desk, c, desk->contacts[c].tier, desk->contacts[c].customer.sent_to))
        escalate_contact(desk, c, TRIGGER_skill);
}

void go_off_the_line(struct desk *desk, uint32_t c, double for_s)
{
    desk->contacts[c].is = IS_OFF_THE_LINE;
    desk->contacts[c].customer.called = false;
    let_go(desk, c, desk->now_s);
    leave_tier_of(desk, c);
    enter(desk, c, desk->contacts[c].customer.will_redial ? AWAITS_CUSTOMER : IS_DONE);
    double at_s = desk->now_s + for_s;
    if (!desk->contacts[c].customer.displeased)
        at_s = return_time(desk, c, at_s);
    happens_at(desk, at_s, MOMENT_RETURN, c, HAPPENS_RETURN, c);
}

bool will_reopen(struct desk *desk, uint32_t c, uint32_t pool)
{
    struct naive_contact *contact = &desk->contacts[c];
    if (!desk->plan->customer)
        return false;
    const struct plan_attempt *attempt = attempt_of(desk, c);
    struct rng rng = draw_of(desk, c, visit_of(desk, c)->work ^ desk->plan->customer->reopens,
                             contact->works[contact->tier]);
    const double prevented =
        contact->customer.followed ? desk->plan->customer->follow_up.reduces : 0;
    if (contact->customer.reopenings >= attempt->reopens_most ||
        rng_side(&rng, 0) >= attempt->reopens.share * (1 - prevented))
        return false;
    contact->customer.reopenings++;
    contact->customer.will_redial = false;
    contact->customer.goes_to = attempt->reopen_to;
    tell_event(desk, c, EVENT_RESOLVED, pool, 0, 0);
    go_off_the_line(desk, c, delay_s(attempt->reopens.delay, &rng));
    return true;
}

bool was_contained_falsely(struct desk *desk, uint32_t c)
{
    struct naive_contact *contact = &desk->contacts[c];
    if (!desk->plan->customer)
        return false;
    const struct plan_later *contained = &desk->plan->customer->contained;
    struct rng rng = draw_of(desk, c, stream_of(desk, c)->who ^ desk->plan->customer->returns, 0);
    if (rng_side(&rng, 0) >= contained->share)
        return false;
    contact->customer.will_redial = false;
    tell_event(desk, c, EVENT_RESOLVED, NONE, 0, 0);
    go_off_the_line(desk, c, delay_s(contained->delay, &rng));
    return true;
}

static bool will_redial(struct desk *desk, uint32_t c, enum naive_fate fate)
{
    struct naive_contact *contact = &desk->contacts[c];
    if (!desk->plan->customer)
        return false;
    const struct plan_redial *redial = &desk->plan->customer->redials[class_of(desk, c)->channel];
    const uint32_t            before = contact->customer.redials;
    if (before >= redial->most)
        return false;
    struct rng rng = draw_of(desk, c, stream_of(desk, c)->who ^ desk->plan->customer->redial,
                             before);
    double share = redial->blocked_share;
    if (fate == NAIVE_ABANDONED)
        share = redial->share.at[before < redial->share.n ? before : redial->share.n - 1];
    if (rng_side(&rng, 0) >= share)
        return false;
    contact->customer.redials++;
    contact->customer.will_redial = true;
    contact->works[contact->tier]++;
    contact->customer.goes_to = REOPEN_ENTRY;
    go_off_the_line(desk, c, delay_s(redial->delay, &rng));
    return true;
}

void give_up_as(struct desk *desk, uint32_t c, enum naive_fate fate)
{
    if (!will_redial(desk, c, fate))
        close_contact(desk, c, fate);
}

void come_back(struct desk *desk, uint32_t c)
{
    struct naive_contact *contact = &desk->contacts[c];
    if (contact->customer.displeased) {
        take_up_again(desk, c);
        return;
    }
    if (contact->customer.dialled) {
        call_again(desk, c);
        return;
    }
    contact->is = IS_ELSEWHERE;
    contact->attempts++;
    contact->handed_over = contact->rework = contact->patient = contact->approved = false;
    contact->call_back_by_s = 0;
    if (contact->customer.goes_to == REOPEN_ENTRY)
        contact->tier = contact->customer.entry_tier;
    tell_event(desk, c, contact->customer.will_redial ? EVENT_RETRIES : EVENT_REOPENED, NONE, 0, 0);
    if (!contact->customer.will_redial)
        reopen_clocks(desk, c);
    enter(desk, c, DOES_SELF_SERVICE); /* for no time, where there is none */
    begin_attempt(desk, c);
}
