/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/policy_calls.h"

#include <math.h>
#include <stdio.h>

#include "model/world.h"

#define NUMBERS_MOST 4096u

static const struct world *world_of(const struct tsim_policy_view *view)
{
    return view->world;
}

/* The numbers at the address of a decision: first its two side numbers, then the others. */
static double number_at(const struct world *world, uint64_t purpose, uint32_t entity,
                        uint32_t visit, uint32_t number)
{
    struct rng rng = rng_at(world->key, purpose, entity, visit);
    double     unit = rng_side(&rng, (int)(number & 1));
    for (number %= NUMBERS_MOST; number > 1; number--)
        unit = rng_unit(&rng);
    return unit;
}

static double unit(const struct tsim_policy_view *view, uint32_t number)
{
    const struct world       *world = world_of(view);
    const struct plan_policy *policy = world->plan->policy;
    const struct contact     *contact = world->asked;
    switch (world->asked_for) {
    case DECISION_NONE:
        return 0;
    case DECISION_TAKE:
        return number_at(world, policy->purposes[DECISION_TAKE], world->takes[world->asked_pool],
                         world->asked_pool, number);
    case DECISION_CHOOSE: /* the purpose of built-in selections is the visit's own */
        return number_at(world, contact->plan->select, contact->ordinal, contact->times, number);
    case DECISION_ROUTE: /* the contact has not been at a tier yet in this attempt */
        return number_at(world, contact->plan->select ^ policy->purposes[DECISION_ROUTE],
                         contact->ordinal, contact->attempts, number);
    default:
        return number_at(world, contact->plan->select ^ policy->purposes[world->asked_for],
                         contact->ordinal, contact->times, number);
    }
}

static uint32_t idle(const struct tsim_policy_view *view, uint32_t pool)
{
    return pool < world_of(view)->plan->n_pools ? world_of(view)->pools[pool].idle : 0;
}

static uint32_t present(const struct tsim_policy_view *view, uint32_t pool)
{
    return pool < world_of(view)->plan->n_pools ? world_of(view)->pools[pool].present : 0;
}

static uint32_t waiting(const struct tsim_policy_view *view, uint32_t queue)
{
    return queue < world_of(view)->plan->n_queues ? world_of(view)->queues[queue].n : 0;
}

static uint32_t waiting_at(const struct tsim_policy_view *view, uint32_t tier)
{
    const struct world *world = world_of(view);
    return tier < world->plan->n_tiers ? world->tiers[tier].waiting.n + world->tiers[tier].tasks
                                       : 0;
}

static void wake(const struct tsim_policy_view *view, double at_s)
{
    struct world *world = view->world;
    if (view->closed || !world->plan->policy)
        return;
    if (!(at_s >= world->now_s)) {
        snprintf(world->fault, sizeof world->fault, "it is to be woken at %.17g s, at %.17g s",
                 at_s, world->now_s);
        world->done = true;
    } else if (at_s < world->wake_s) {
        world->wake_s = at_s;
        evq_set(&world->sources, at_s, RANK_ROSTER, world->plan->n_pools, world->source_policy);
    }
}

const struct tsim_policy_calls policy_calls = {
    .unit = unit,
    .idle = idle,
    .present = present,
    .waiting = waiting,
    .waiting_at = waiting_at,
    .wake = wake,
};
