/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is counted besides what events say: joins, intervals, promises, money, satisfaction, loss. A
 * contact is always counted as what it came as, whatever severity it has now. */
#include <math.h>

#include "model/plan_customer.h"
#include "support/naive/desk.h"

/* ---- rows */

struct ledger_row *ledger_of(const struct desk *desk, uint32_t c)
{
    const struct naive_contact *contact = &desk->contacts[c];
    return &desk->tally->ledger[contact->counted ? contact->class : desk->plan->n_classes];
}

struct visit_row *visit_row(const struct desk *desk, uint32_t c, uint32_t tier)
{
    const struct naive_contact *contact = &desk->contacts[c];
    const size_t row = contact->counted ? contact->class : desk->plan->n_classes;
    return &desk->tally->visit[tier * (desk->plan->n_classes + (size_t)1) + row];
}

struct pool_row *pool_row(const struct desk *desk, uint32_t c, uint32_t pool)
{
    return &desk->tally->pool[desk->contacts[c].counted ? pool : desk->plan->n_pools + pool];
}

struct outside_row *outside_row(const struct desk *desk, uint32_t c)
{
    return &desk->tally->outside[desk->contacts[c].counted ? 0 : 1];
}

/* Report interval of a time; one more than there are outside the counted time. */
uint32_t interval_of(const struct plan *plan, double time_s)
{
    if (time_s < plan->warmup_s || time_s >= plan->end_s)
        return plan->n_intervals;
    uint32_t i = 0;
    for (double in_cycle_s = fmod(time_s, plan->cycle_s);
         i + 1 < plan->n_intervals && in_cycle_s >= (i + 1) * plan->interval_s;)
        i++;
    return i;
}

static struct tier_interval_row *joined_row(const struct desk *desk, uint32_t c)
{
    const struct naive_contact *contact = &desk->contacts[c];
    const size_t i = contact->counted ? interval_of(desk->plan, contact->ticket.joined_s)
                                      : desk->plan->n_intervals;
    return &desk->tally->tier_interval[i * desk->plan->n_tiers + contact->tier];
}

/* ---- promises */

/* As what it came. */
static const struct plan_class *first_class(const struct desk *desk, uint32_t c)
{
    return &desk->plan->classes[desk->contacts[c].class];
}

static const struct plan_visit *first_visit(const struct desk *desk, uint32_t c)
{
    const struct naive_contact *contact = &desk->contacts[c];
    return &desk->plan->visits[(size_t)contact->class * desk->plan->n_tiers + contact->tier];
}

static void promise(const struct desk *desk, uint32_t c, struct plan_watches watches, bool base,
                    double hit_after_s)
{
    for (uint32_t i = 0; i < watches.n && desk->contacts[c].counted; i++) {
        desk->tally->promise[watches.at[i].row].base += base;
        desk->tally->promise[watches.at[i].row].hit += hit_after_s <= watches.at[i].within_s;
    }
}

static void broken_off(const struct desk *desk, uint32_t c, struct plan_watches watches)
{
    for (uint32_t i = 0; i < watches.n && desk->contacts[c].counted; i++)
        desk->tally->promise[watches.at[i].row].hit++;
}

/* ---- visits */

void count_joined(struct desk *desk, uint32_t c)
{
    visit_row(desk, c, desk->contacts[c].tier)->offered++;
    joined_row(desk, c)->offered++;
    promise(desk, c, first_visit(desk, c)->abandonment, true, INFINITY);
}

void count_blocked(struct desk *desk, uint32_t c)
{
    visit_row(desk, c, desk->contacts[c].tier)->blocked++;
    joined_row(desk, c)->blocked++;
}

void count_flushed(struct desk *desk, uint32_t c)
{
    visit_row(desk, c, desk->contacts[c].tier)->flushed++;
}

void count_delayed(struct desk *desk, uint32_t c)
{
    joined_row(desk, c)->delayed++;
}

void count_answered(struct desk *desk, uint32_t c)
{
    const struct naive_contact *contact = &desk->contacts[c];
    struct tier_interval_row   *row = joined_row(desk, c);
    const double                wait_s = desk->now_s - contact->ticket.joined_s;
    row->answered++;
    row->wait_answered_s += wait_s;
    row->in_time += wait_s <= desk->plan->tiers[contact->tier].answer_within_s;
    promise(desk, c, first_visit(desk, c)->level, true, wait_s);
    ledger_of(desk, c)->call_backs_late += contact->call_back_by_s > 0 &&
                                           desk->now_s > contact->call_back_by_s;
    desk->contacts[c].call_back_by_s = 0;
    if (!contact->ticket.responded)
        promise(desk, c, first_class(desk, c)->response, false,
                desk->now_s - contact->ticket.arrived_s);
}

void count_abandonment(struct desk *desk, uint32_t c)
{
    const size_t now = interval_of(desk->plan, desk->now_s);
    desk->tally->tier_interval[now * desk->plan->n_tiers + desk->contacts[c].tier]
        .abandoned_events++;
}

void count_abandoned(struct desk *desk, uint32_t c)
{
    const struct naive_contact *contact = &desk->contacts[c];
    struct tier_interval_row   *row = joined_row(desk, c);
    row->abandoned++;
    row->abandoned_in_time += desk->now_s - contact->ticket.joined_s <=
                              desk->plan->tiers[contact->tier].answer_within_s;
    count_abandonment(desk, c);
    promise(desk, c, first_visit(desk, c)->level, true, INFINITY);
    broken_off(desk, c, first_visit(desk, c)->abandonment);
}

/* Escalated by the first tier although it had the skill, or should never have seen it. */
void count_avoidable(struct desk *desk, uint32_t c, enum trigger trigger)
{
    const struct naive_contact *contact = &desk->contacts[c];
    if (contact->tier == 0 && (trigger == TRIGGER_authority || contact->misrouted))
        visit_row(desk, c, 0)->avoidable++;
}

void count_wrap_up(struct desk *desk, uint32_t c, uint32_t tier, uint32_t pool, double wrap_s)
{
    visit_row(desk, c, tier)->wrap_s += wrap_s;
    pool_row(desk, c, pool)->wrap_s += wrap_s;
}

/* ---- tasks */

struct task_row *task_row(const struct desk *desk, uint32_t t)
{
    const struct naive_task *task = &desk->tasks[t];
    return &desk->tally->task[(desk->contacts[task->contact].counted ? 0 : TASK_KINDS) +
                              (uint32_t)task->kind];
}

struct cause_row *cause_row_at(const struct desk *desk, uint32_t c, uint32_t tier,
                               enum trigger trigger)
{
    const size_t n = desk->contacts[c].counted ? 0 : (size_t)desk->plan->n_tiers * TRIGGERS;
    return &desk->tally->cause[n + tier * TRIGGERS + trigger];
}

void count_task(struct desk *desk, uint32_t t)
{
    const struct naive_task *task = &desk->tasks[t];
    const uint32_t           pool = desk->agents[task->agent].pool;
    const double             work_s = desk->now_s - task->began_s;
    task_row(desk, t)->work_s += work_s;
    pool_row(desk, task->contact, pool)->tasks_s += work_s;
    if (task->trigger == TRIGGERS)
        return;
    struct cause_row *row = cause_row_at(desk, task->contact, task->from_tier, task->trigger);
    row->work_s += work_s / desk->plan->pools[pool].slots;
    row->money += work_s / desk->plan->pools[pool].slots / 3600 *
                  desk->plan->pools[pool].wage_per_h;
}

/* ---- contacts */

void count_arrival(struct desk *desk, uint32_t c)
{
    if (desk->contacts[c].counted)
        desk->tally->desk_interval[interval_of(desk->plan, desk->now_s)].arrived++;
    outside_row(desk, c)->contacts_cost += desk->plan->channels[class_of(desk, c)->channel].cost;
}

void count_meeting(struct desk *desk, uint32_t c)
{
    const struct plan_customer *customer = desk->plan->customer;
    ledger_of(desk, c)->to_people++;
    if (customer && falls_to(desk, c, customer->updates, customer->updated_share))
        outside_row(desk, c)->updated++;
    promise(desk, c, first_class(desk, c)->response, true, INFINITY);
    promise(desk, c, first_class(desk, c)->resolution, true, INFINITY);
    promise(desk, c, first_class(desk, c)->abandonment, true, INFINITY);
}

/* People have solved it: what is paid, unless it was not needed and somebody else has looked. */
void count_paid(struct desk *desk, uint32_t c, uint32_t pool)
{
    const struct plan_customer *customer = desk->plan->customer;
    const double                amount = concession_of(desk, c);
    double                      paid = amount * desk->plan->pools[pool].concession_factor;
    if (customer && amount > 0 &&
        falls_to(desk, c, customer->need, customer->unneeded[class_of(desk, c)->issue])) {
        if (desk->contacts[c].examined)
            paid = 0;
        ledger_of(desk, c)->found_out += desk->contacts[c].examined;
        ledger_of(desk, c)->leaked += paid;
    }
    ledger_of(desk, c)->concession_n += amount > 0;
    ledger_of(desk, c)->concessions += paid;
    pool_row(desk, c, pool)->concessions += paid;
    pool_row(desk, c, pool)->resolved++;
}

/* … and self-service, where it may grant anything. */
void count_granted(struct desk *desk, uint32_t c)
{
    const double amount = concession_of(desk, c);
    if (!desk->plan->bot_pays)
        return;
    ledger_of(desk, c)->concession_n += amount > 0;
    ledger_of(desk, c)->concessions += amount;
    outside_row(desk, c)->granted += amount;
}

static void count_settled(struct desk *desk, uint32_t c, enum naive_fate fate)
{
    const struct naive_contact *contact = &desk->contacts[c];
    const struct plan          *plan = desk->plan;
    const double                arrived_s = contact->ticket.arrived_s;
    if (contact->counted)
        desk->tally->desk_interval[interval_of(plan, desk->now_s)].resolved++;
    if (plan->has_business_hours)
        ledger_of(desk, c)->business_s +=
            hours_between(plan->hours[plan->business_hours], arrived_s, desk->now_s);
    if (fate != NAIVE_SELF_SERVICE)
        promise(desk, c, first_class(desk, c)->resolution, false, desk->now_s - arrived_s);
    ledger_of(desk, c)->first_contact += fate == NAIVE_RESOLVED && contact->attempts == 0;
}

static void count_loss(struct desk *desk, uint32_t c, enum naive_fate fate)
{
    const struct plan_customer *customer = desk->plan->customer;
    const struct plan_churn    *churn = &customer->churn;
    const struct naive_contact *contact = &desk->contacts[c];
    const bool   gave_up = fate == NAIVE_ABANDONED || fate == NAIVE_BLOCKED;
    const double delay = churn->per_wait_s * felt_wait(desk, c) +
                         (contact->breached ? churn->breach : 0) +
                         (gave_up ? churn->abandoned : 0);
    const double other = churn->base + churn->per_transfer * contact->hops +
                         (fate == NAIVE_UNRESOLVED ? churn->unresolved : 0);
    const double hazard = delay + other;
    struct rng rng = draw_of(desk, c, stream_of(desk, c)->who ^ customer->leaves, 0);
    if (!churn->drawn || exact_exponential(rng_unit(&rng)) >= hazard)
        return;
    ledger_of(desk, c)->lost++;
    ledger_of(desk, c)->lost_value += customer->value[class_of(desk, c)->segment];
    ledger_of(desk, c)->lost_by_delay +=
        customer->value[class_of(desk, c)->segment] * (1 - other / hazard);
}

void count_end(struct desk *desk, uint32_t c, enum naive_fate fate)
{
    const struct naive_contact *contact = &desk->contacts[c];
    const struct plan_customer *customer = desk->plan->customer;
    const bool ended = fate != NAIVE_OPEN && desk->now_s < desk->plan->end_s;
    struct outside_row *found = &desk->tally->outside[0];
    ledger_of(desk, c)->breached += contact->breached;
    if (contact->ticket.arrived_s < 0 || contact->ordinal >= ORDINAL_BACKLOG) {
        found->begun++;
        found->begun_late += contact->breached;
        found->begun_ended += ended;
        found->begun_s += ended ? desk->now_s : 0;
        found->begun_open += !ended;
    }
    ledger_of(desk, c)->call_backs_late += contact->call_back_by_s > 0 && fate != NAIVE_OPEN;
    if (fate <= NAIVE_VENDOR)
        count_settled(desk, c, fate);
    if (fate == NAIVE_ABANDONED)
        broken_off(desk, c, first_class(desk, c)->abandonment);
    if (fate == NAIVE_BLOCKED)
        ledger_of(desk, c)->turned_away += contact->hops == 0 && contact->attempts == 0;
    if (!customer || fate == NAIVE_OPEN || fate == NAIVE_SELF_SERVICE)
        return;
    if (customer->satisfaction.asked && contact->met_people && !contact->customer.surveyed)
        is_displeased(desk, c, fate != NAIVE_RESOLVED && fate != NAIVE_VENDOR);
    count_loss(desk, c, fate);
}
