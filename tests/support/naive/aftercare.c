/* SPDX-License-Identifier: GPL-3.0-or-later */
/* After a contact seems settled: follow-ups, and bad answers to a survey that bring it back. */
#include <math.h>

#include "model/plan_customer.h"
#include "support/naive/desk.h"

/* Time until the customer asks again, and what that takes. */
static void expect_question(struct desk *desk, uint32_t c)
{
    const struct plan_customer *customer = desk->plan->customer;
    const uint32_t              times = ++desk->contacts[c].customer.chases;
    struct rng   rng = draw_of(desk, c, stream_of(desk, c)->who ^ customer->chases, times);
    const double after_s = customer->chasing.every ? dist_draw(customer->chasing.every, &rng) : 0;
    const double work_s = customer->chasing.work ? dist_draw(customer->chasing.work, &rng) : 0;
    put_off_chase(desk, c, times, work_s, after_s);
}

void begin_chasing(struct desk *desk, uint32_t c)
{
    const struct plan_customer *customer = desk->plan->customer;
    if (!customer || falls_to(desk, c, customer->updates, customer->updated_share) ||
        !falls_to(desk, c, customer->chases, customer->chasing.share))
        return;
    expect_question(desk, c);
}

void chase(struct desk *desk, uint32_t t)
{
    const uint32_t              c = desk->tasks[t].contact;
    const struct naive_contact *contact = &desk->contacts[c];
    const bool                  waits = contact->is == IS_WAITING ||
                       (contact->is == IS_ELSEWHERE && (contact->phase == DOES_CONSULT ||
                                                        contact->phase == AWAITS_VENDOR));
    if (contact->is == IS_GONE || (desk->ended && desk->plan->at_end != END_FOLLOW))
        return;
    if (contact->customer.chases < desk->plan->customer->chasing.most)
        expect_question(desk, c);
    if (waits)
        task_is_due(desk, t);
}

void arrange_follow_up(struct desk *desk, uint32_t c)
{
    const struct plan_customer *customer = desk->plan->customer;
    struct naive_contact       *contact = &desk->contacts[c];
    contact->customer.followed = false;
    if (!customer)
        return;
    struct rng rng = draw_of(desk, c, visit_of(desk, c)->work ^ customer->follows,
                             contact->works[contact->tier]);
    if (rng_side(&rng, 0) >= customer->follow_up.later.share)
        return;
    contact->customer.followed = true;
    outside_row(desk, c)->followed++;
    if (customer->follow_up.queue == NONE)
        return;
    const struct dist *delay = customer->follow_up.later.delay;
    contact->asked++;
    put_off_task(desk, c, delay ? dist_draw(delay, &rng) : 0);
}

static double score_of(const struct desk *desk, uint32_t c, bool unresolved, struct rng *rng)
{
    const struct plan_satisfaction *plan = &desk->plan->customer->satisfaction;
    const struct naive_contact     *contact = &desk->contacts[c];
    double score = plan->start;
    score -= plan->per_wait_s * felt_wait(desk, c);
    score -= plan->per_transfer * contact->hops;
    score -= plan->per_repeat * contact->attempts;
    score -= contact->breached ? plan->breach : 0;
    score -= unresolved ? plan->unresolved : 0;
    score += contact->customer.followed ? desk->plan->customer->follow_up.raises : 0;
    score += plan->spread * exact_normal_quantile(rng_unit(rng));
    return score < 0 ? 0 : score > 10 ? 10 : score;
}

bool is_displeased(struct desk *desk, uint32_t c, bool unresolved)
{
    const struct plan_customer *customer = desk->plan->customer;
    struct rng   rng = draw_of(desk, c, stream_of(desk, c)->who ^ customer->survey, 0);
    const double score = score_of(desk, c, unresolved, &rng);
    const bool   answers = rng_side(&rng, 0) < customer->satisfaction.answers;
    const bool   displeased = answers && score < customer->satisfaction.threshold;
    desk->contacts[c].customer.surveyed = true;
    ledger_of(desk, c)->scored++;
    ledger_of(desk, c)->score += score;
    ledger_of(desk, c)->answered += answers;
    ledger_of(desk, c)->displeased += displeased;
    return displeased;
}

bool is_back_displeased(struct desk *desk, uint32_t c, uint32_t pool)
{
    const struct plan_customer *customer = desk->plan->customer;
    struct naive_contact       *contact = &desk->contacts[c];
    if (!customer || !customer->satisfaction.escalates || contact->customer.surveyed)
        return false;
    enter(desk, c, IS_DONE);
    if (!is_displeased(desk, c, false))
        return false;
    const struct plan_path *path = find_path(desk, c, TRIGGER_satisfaction, contact->tier);
    if (path->n == 0)
        return false;
    struct rng rng = draw_of(desk, c, stream_of(desk, c)->who ^ customer->answer, 0);
    contact->path = path;
    contact->customer.displeased = true;
    contact->customer.will_redial = false;
    tell_event(desk, c, EVENT_RESOLVED, pool, 0, 0);
    go_off_the_line(desk, c, customer->satisfaction.delay
                                 ? dist_draw(customer->satisfaction.delay, &rng) : 0);
    return true;
}

void take_up_again(struct desk *desk, uint32_t c)
{
    desk->contacts[c].is = IS_ELSEWHERE;
    desk->contacts[c].customer.displeased = false;
    desk->contacts[c].approved = false;
    tell_event(desk, c, EVENT_REOPENED, NONE, TRIGGER_satisfaction, 0);
    reopen_clocks(desk, c);
    enter(desk, c, DOES_SELF_SERVICE); /* for no time */
    move_on(desk, c, TRIGGER_satisfaction, desk->contacts[c].path);
}
