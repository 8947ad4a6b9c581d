/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/aftercare.h - what follows when a contact seems settled: what was paid, a follow-up, a
 * survey whose answer may bring the case back, the loss of the customer. Part of transitions.h,
 * which calls these where plan->customer is there.
 */
#include "model/transitions.h" /* whose part this is */

#ifndef MODEL_AFTERCARE_H
#define MODEL_AFTERCARE_H

/* ---- money */

/* Of a concession that pool p is about to pay, what it does pay: one that was not needed is found
 * out where somebody with more authority was asked. */
static double paid_after_all(struct world *world, uint32_t c, double amount, double paid)
{
    const struct contact       *contact = &world->contacts[c];
    const struct plan_customer *customer = world->plan->customer;
    if (amount <= 0 || !falls_to(world, contact, customer->need,
                                 customer->unneeded[contact->plan->class->issue]))
        return paid;
    if (world->stories[c].examined) {
        contact->ledger->found_out++;
        return 0;
    }
    contact->ledger->leaked += paid;
    return paid;
}

/* ---- chasing */

/* The customer will ask how the case stands, some time from now. */
static void expect_chase(struct world *world, uint32_t c)
{
    const struct contact      *contact = &world->contacts[c];
    const struct plan_chasing *plan = &world->plan->customer->chasing;
    const uint16_t             times = ++world->stories[c].chases;
    struct rng rng =
        rng_at(world->key, stream_purpose(world, contact, world->plan->customer->chases),
               contact->ordinal, times);
    const double   delay_s = plan->every ? dist_draw(plan->every, &rng) : 0;
    const double   work_s = plan->work ? dist_draw(plan->work, &rng) : 0;
    const uint32_t t = make_task(world, c,
                                 (struct task){ .work_s = work_s, .about = c, .kind = TASK_CHASE,
                                                .trigger = TRIGGERS }, plan->queue);
    if (t == NONE)
        return;
    world->contacts[t].times = times;
    world->contacts[t].queue = plan->queue;
    world->contacts[t].state = CONTACT_AWAY;
    evq_set(&world->evq, world->now_s + delay_s, RANK_DUE,
            world->contacts[t].number - TASK_NUMBER, owner_of(world, t));
}

/* A contact comes to people for the first time; whether its customer will ask, unless told. */
static void perhaps_chase(struct world *world, uint32_t c)
{
    const struct contact       *contact = &world->contacts[c];
    const struct plan_customer *customer = world->plan->customer;
    if (customer->chasing.share > 0 && !is_updated(world, contact) &&
        falls_to(world, contact, customer->chases, customer->chasing.share))
        expect_chase(world, c);
}

/* The customer would ask now; whether there is somebody to be asked: the case is open, and waits
 * on us. Its record is given back otherwise. Nobody asks after the end of a run that ends. */
static bool is_chased(struct world *world, uint32_t t)
{
    const uint32_t        c = world->tasks[t].about;
    const struct contact *contact = &world->contacts[c];
    const bool over = contact->state == CONTACT_FREE || contact->number != world->tasks[t].number ||
                      (world->closed && world->plan->at_end != END_FOLLOW);
    const bool waits = contact->state == CONTACT_WAITING ||
                       contact->state == CONTACT_CONSULTING || contact->state == CONTACT_AT_VENDOR;
    if (!over && world->stories[c].chases < world->plan->customer->chasing.most)
        expect_chase(world, c);
    if (!over && waits)
        return true;
    world->contacts[t].state = CONTACT_FREE;
    world->contacts[t].next = world->contact_free;
    world->contact_free = t;
    return false;
}

/* ---- follow-ups */

/* A contact seems settled: whether somebody will follow up, which then is arranged. */
static void follow_up(struct world *world, uint32_t c)
{
    const struct contact        *contact = &world->contacts[c];
    struct story                *story = &world->stories[c];
    const struct plan_follow_up *plan = &world->plan->customer->follow_up;
    const uint16_t works = world->times[(size_t)c * world->times_stride + contact->tier];
    story->followed = false;
    if (plan->later.share <= 0)
        return;
    struct rng rng = rng_at(world->key, contact->plan->work ^ world->plan->customer->follows,
                            contact->ordinal, works);
    if (rng_side(&rng, 0) >= plan->later.share)
        return;
    story->followed = true;
    world->tally.outside[!is_counted(contact)].followed++;
    if (plan->queue == NONE)
        return;
    story->asked++;
    const double   delay_s = plan->later.delay ? dist_draw(plan->later.delay, &rng) : 0;
    const uint32_t t = make_task(world, c,
                                 (struct task){ .work_s = task_time(world, c, plan->work),
                                                .about = NONE, .kind = TASK_FOLLOW_UP,
                                                .trigger = TRIGGERS }, plan->queue);
    if (t == NONE)
        return;
    world->contacts[t].queue = plan->queue;
    world->contacts[t].state = CONTACT_AWAY;
    evq_set(&world->evq, world->now_s + delay_s, RANK_DUE,
            world->contacts[t].number - TASK_NUMBER, owner_of(world, t));
}

/* ---- satisfaction */

/* How satisfied the customer is, 0 to 10. */
static double score_of(const struct world *world, uint32_t c, bool unresolved, struct rng *rng)
{
    const struct plan_satisfaction *plan = &world->plan->customer->satisfaction;
    const struct contact           *contact = &world->contacts[c];
    double score = plan->start - plan->per_wait_s * felt_wait_s(world, c) -
                   plan->per_transfer * contact->hops - plan->per_repeat * contact->attempts;
    if (contact->flags & FLAG_BREACHED)
        score -= plan->breach;
    if (unresolved)
        score -= plan->unresolved;
    if (world->stories[c].followed)
        score += world->plan->customer->follow_up.raises;
    if (plan->spread > 0)
        score += plan->spread * exact_normal_quantile(rng_unit(rng));
    return fmin(fmax(score, 0), 10);
}

/* Asks the customer, once in a contact's life; whether the answer is below the threshold. */
static bool is_displeased(struct world *world, uint32_t c, bool unresolved)
{
    const struct plan_satisfaction *plan = &world->plan->customer->satisfaction;
    const struct contact           *contact = &world->contacts[c];
    struct ledger_row              *ledger = contact->ledger;
    struct rng rng =
        rng_at(world->key, stream_purpose(world, contact, world->plan->customer->survey),
               contact->ordinal, 0);
    const double score = score_of(world, c, unresolved, &rng);
    const bool   answers = rng_side(&rng, 0) < plan->answers;
    world->stories[c].surveyed = true;
    ledger->scored++;
    ledger->score += score;
    ledger->answered += answers;
    ledger->displeased += answers && score < plan->threshold;
    return answers && score < plan->threshold;
}

/* A contact is settled; whether an answer to the survey brings it back, by a rule of the matrix. */
static bool comes_back_displeased(struct world *world, uint32_t c, uint32_t p)
{
    struct contact                 *contact = &world->contacts[c];
    struct story                   *story = &world->stories[c];
    const struct plan_satisfaction *plan = &world->plan->customer->satisfaction;
    if (!plan->escalates || story->surveyed)
        return false;
    enter_phase(world, c, PHASE_DONE);
    if (!is_displeased(world, c, false))
        return false;
    const struct plan_path *path = path_for(world, c, TRIGGER_satisfaction, contact->plan);
    if (path->n == 0)
        return false;
    struct rng rng =
        rng_at(world->key, stream_purpose(world, contact, world->plan->customer->answer),
               contact->ordinal, 0);
    story->path = path;
    contact->visit->parked++;
    tell(world, contact, EVENT_RESOLVED, p, 0, 0);
    go_away(world, c, AWAY_DISPLEASED, plan->delay, &rng);
    return true;
}

/* People took a contact for solved: perhaps a follow-up is arranged; whether it will be back for
 * all that. */
static bool is_not_over(struct world *world, uint32_t c, uint32_t p)
{
    follow_up(world, c);
    return reopens(world, c, p) || comes_back_displeased(world, c, p);
}

/* The answer is there: the case is taken up again, by others. */
static void take_up_again(struct world *world, uint32_t c)
{
    struct contact *contact = &world->contacts[c];
    world->stories[c].approved = false;
    world->lines[contact->plan->class->channel]++;
    tell(world, contact, EVENT_REOPENED, NONE, TRIGGER_satisfaction, 0);
    clock_reopen(world, c);
    enter_phase(world, c, PHASE_SELF_SERVICE); /* for no time */
    contact->visit->unparked++;
    move(world, c, TRIGGER_satisfaction, world->stories[c].path);
}

/* ---- the end */

/* Whether the customer is lost: a hazard, as of insisting on somebody higher. */
static void perhaps_lose(struct world *world, uint32_t c, enum fate fate)
{
    const struct plan_churn *plan = &world->plan->customer->churn;
    const struct contact    *contact = &world->contacts[c];
    double delay = plan->per_wait_s * felt_wait_s(world, c);
    if (contact->flags & FLAG_BREACHED)
        delay += plan->breach;
    if (fate == FATE_ABANDONED || fate == FATE_BLOCKED)
        delay += plan->abandoned;
    double hazard = plan->base + delay + plan->per_transfer * contact->hops;
    if (fate == FATE_UNRESOLVED)
        hazard += plan->unresolved;
    if (hazard <= 0)
        return;
    struct rng rng =
        rng_at(world->key, stream_purpose(world, contact, world->plan->customer->leaves),
               contact->ordinal, 0);
    if (exact_exponential(rng_unit(&rng)) >= hazard)
        return;
    const double value = world->plan->customer->value[contact->plan->class->segment];
    contact->ledger->lost++;
    contact->ledger->lost_value += value;
    contact->ledger->lost_by_delay += value * (delay / hazard);
}

/* A contact has ended; its clocks have too. */
static void customer_ends(struct world *world, uint32_t c, enum fate fate)
{
    const struct plan_customer *customer = world->plan->customer;
    const bool                  settled = fate == FATE_RESOLVED || fate == FATE_VENDOR;
    if (fate == FATE_OPEN || fate == FATE_SELF_SERVICE)
        return;
    const struct story *story = &world->stories[c];
    if (customer->satisfaction.asked && story->met_people && !story->surveyed)
        is_displeased(world, c, !settled);
    if (customer->churn.drawn)
        perhaps_lose(world, c, fate);
}

#endif
