/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/work.h - the end of work: what it led to, and what becomes of the agent. Part of
 * transitions.h.
 */
#include "model/transitions.h" /* whose part this is */

#ifndef MODEL_WORK_H
#define MODEL_WORK_H

static struct cause_row *cause_row_of(const struct world *world, const struct contact *contact,
                                      uint32_t tier, uint32_t trigger)
{
    const size_t n = (size_t)world->plan->n_tiers * TRIGGERS;
    return &world->tally.cause[(is_counted(contact) ? 0 : n) + tier * TRIGGERS + trigger];
}

TSIM_HOT void resolve(struct world *world, uint32_t c, uint32_t p, double amount)
{
    struct contact    *contact = &world->contacts[c];
    struct ledger_row *ledger = contact->ledger;
    struct pool_row   *pool = &contact->pools[p];
    double             paid = amount * world->plan->pools[p].concession_factor;
    if (USES_CLASSIC(world->plan->customer)) {
        if (is_not_over(world, c, p))
            return;
        paid = paid_after_all(world, c, amount, paid);
    }
    pool->resolved++;
    pool->concessions += paid;
    ledger->concessions += paid;
    ledger->concession_n += amount > 0;
    tell_amount(world, contact, EVENT_RESOLVED, p, 0, 0, amount);
    record_resolved(world, contact, true);
    leave(world, c, FATE_RESOLVED);
}

/* The same, where it is no matter of every contact. */
TSIM_RARE void resolve_late(struct world *world, uint32_t c, uint32_t p, double amount)
{
    resolve(world, c, p, amount);
}

/* What an agent has just done with a contact, and may have to wrap up. */
TSIM_HOT struct hold hold_of(const struct contact *contact)
{
    return (struct hold){ .plan = contact->plan, .visit = contact->visit, .pools = contact->pools,
                          .number = contact->number, .class = contact->class,
                          .ordinal = contact->ordinal, .times = contact->times,
                          .tier = contact->tier, .counted = is_counted(contact) };
}

/* Releases an agent whose work on a contact is done: wrap-up, or free at once. */
TSIM_HOT void release(struct world *world, uint32_t a, struct hold done)
{
    const struct plan_visit *visit = done.plan;
    if (!visit->wrap_up || visit->triage) {
        agent_free(world, a);
        return;
    }
    struct rng    rng = rng_at(world->key, visit->wrap, done.ordinal, done.times);
    const double  wrap_s = dist_draw(visit->wrap_up, &rng);
    struct agent *agent = &world->agents[a];
    done.visit->wrap_s += wrap_s;
    done.pools[agent->pool].wrap_s += wrap_s;
    agent->state = AGENT_WRAPPING;
    agent->contact = NONE;
    agent->since_s = world->now_s + wrap_s;
    evq_set(&world->evq, world->now_s + wrap_s, RANK_FINISH, done.number, a);
}

/* The same, where it is no matter of every contact. */
TSIM_RARE void release_late(struct world *world, uint32_t a, const struct hold *done)
{
    release(world, a, *done);
}

/* Agents' time that an earlier escalation has led to, and its wages. */
static void add_cause_work(struct world *world, const struct contact *contact, uint32_t trigger,
                           uint32_t p, double work_s)
{
    if (USES(world->plan->slotted))
        work_s /= world->plan->pools[p].slots;
    struct cause_row *row = cause_row_of(world, contact, contact->cause_tier, trigger);
    row->work_s += work_s;
    row->money += work_s / 3600 * world->plan->pools[p].wage_per_h;
}

/* The first trigger that fires now that pool p has done its work; TRIGGERS when none does. */
TSIM_HOT enum trigger trigger_of(struct world *world, const struct contact *contact, uint32_t p,
                                 struct tsim_policy_outcome *outcome)
{
    unsigned situation = 0;
    double   amount = 0;
    if (contact->plan->triage)
        situation = TSIM_SITUATION_NO_SKILL;
    else if (!(contact->flags & FLAG_SOLVED))
        situation = TSIM_SITUATION_FAILED;
    else if ((amount = concession_of(world, contact)) > 0)
        situation = TSIM_SITUATION_CONCESSION;
    if (USES_CLASSIC(world->plan->customer) && situation != TSIM_SITUATION_NO_SKILL)
        situation |= situation_besides(world, (uint32_t)(contact - world->contacts), p);
    outcome->concession = amount;
    if (!situation)
        return TRIGGERS;
    outcome->situation = situation;
    outcome->pool = p;
    outcome->authority = world->plan->pools[p].authority;
    for (int i = 0; i < TRIGGERS; i++)
        if ((triggers[i]->woken_by & situation) && triggers[i]->fires(outcome))
            return (enum trigger)i;
    return TRIGGERS;
}

#endif
