/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/reasons.h - reasons to move a contact on that are not in how the work went: the customer
 * insists, policy forbids, the queue is long, somebody important or somebody again is at the door.
 * Part of transitions.h, which calls these where plan->customer is there.
 */
#include "model/transitions.h" /* whose part this is */

#ifndef MODEL_REASONS_H
#define MODEL_REASONS_H

/* A draw of the work just begun, or done. */
static struct rng work_rng(const struct world *world, const struct contact *contact,
                           uint64_t purpose)
{
    return rng_at(world->key, contact->plan->work ^ purpose, contact->ordinal, contact->times);
}

static bool falls_to(const struct world *world, const struct contact *contact, uint64_t purpose,
                     double share)
{
    if (share <= 0)
        return false;
    const struct rng rng =
        rng_at(world->key, stream_purpose(world, contact, purpose), contact->ordinal, 0);
    return rng_side(&rng, 0) < share;
}

/* Whether the customer is kept informed. */
static bool is_updated(const struct world *world, const struct contact *contact)
{
    const struct plan_customer *customer = world->plan->customer;
    return falls_to(world, contact, customer->updates, customer->updated_share);
}

/* Time waited so far, as it weighs on the customer. */
static double felt_wait_s(const struct world *world, uint32_t c)
{
    const struct plan_customer *customer = world->plan->customer;
    const double                waited_s = world->stories[c].waited_s;
    return is_updated(world, &world->contacts[c]) ? waited_s * (1 - customer->updates_relieve)
                                                  : waited_s;
}

/* ---- the customer wants somebody higher */

/* The hazard has an exponential threshold, drawn for each work: the probability is 1 - exp(-h). */
static bool insists(struct world *world, uint32_t c)
{
    const struct contact       *contact = &world->contacts[c];
    const struct plan_requests *requests = &world->plan->customer->requests;
    if (contact->tier >= world->plan->customer->top || world->stories[c].insisted)
        return false;
    const double hazard = requests->base + requests->per_wait_s * felt_wait_s(world, c) +
                          requests->per_transfer * contact->hops +
                          requests->per_repeat * contact->attempts;
    if (hazard <= 0)
        return false;
    struct rng rng = work_rng(world, contact, world->plan->customer->request);
    if (exact_exponential(rng_unit(&rng)) >= hazard)
        return false;
    const bool talked_down = rng_side(&rng, 0) < requests->talked_down;
    contact->ledger->requests++;
    contact->ledger->talked_down += talked_down;
    return !talked_down;
}

/* What there is, at the end of a work in pool p, besides how it went. */
static unsigned situation_besides(struct world *world, uint32_t c, uint32_t p)
{
    const struct contact       *contact = &world->contacts[c];
    const struct plan_customer *customer = world->plan->customer;
    unsigned                    situation = 0;
    if (world->stories[c].referred)
        return TSIM_SITUATION_REFERRED;
    if (!customer->cleared[p] &&
        falls_to(world, contact, customer->regulation,
                 customer->regulated[contact->plan->class->issue]))
        situation = TSIM_SITUATION_POLICY;
    if (customer->requests.asked && insists(world, c))
        situation |= TSIM_SITUATION_INSISTS;
    return situation;
}

/* ---- the queue is long */

/* A work begins that would take `work_s`; how long it takes if the agent refers the contact at
 * once instead, because too many wait. */
static double look_at_queue(struct world *world, uint32_t c, double work_s)
{
    struct contact               *contact = &world->contacts[c];
    struct story                 *story = &world->stories[c];
    const struct plan_congestion *congestion = &world->plan->customer->congestion[contact->tier];
    const uint32_t                waiting = world->tiers[contact->tier].waiting.n;
    story->referred = false;
    if (waiting <= congestion->from || contact->plan->triage || story->approved)
        return work_s;
    const double share = fmin(congestion->per_waiting * (waiting - congestion->from),
                              congestion->most);
    struct rng rng = work_rng(world, contact, world->plan->customer->refers);
    if (rng_side(&rng, 0) >= share)
        return work_s;
    story->referred = true;
    contact->flags &= (uint8_t)~FLAG_SOLVED;
    return congestion->time ? dist_draw(congestion->time, &rng) : 0;
}

/* ---- at the door */

/* Sends a contact from the door of a tier where a rule for the trigger says to; false: none does.
 * Where to is drawn as work there would have drawn it. */
static bool sends_on(struct world *world, uint32_t c, uint32_t t, enum trigger trigger)
{
    struct contact          *contact = &world->contacts[c];
    const struct plan_visit *visit = contact->plan + (ptrdiff_t)t - contact->tier;
    const uint16_t           times = world->times[(size_t)c * world->times_stride + t];
    const struct rng         rng = rng_at(world->key, visit->work, contact->ordinal, times);
    contact->route = (float)rng_side(&rng, 1);
    const struct plan_path *path = path_for(world, c, trigger, visit);
    if (path->n == 0)
        return false;
    come_to(world, c, t);
    pass(world, c, trigger);
    move(world, c, trigger, path);
    return true;
}

/* A contact comes to the door of people, at a tier; whether it goes elsewhere for who it is. */
static bool goes_elsewhere(struct world *world, uint32_t c, uint32_t t)
{
    const struct contact       *contact = &world->contacts[c];
    const struct plan_customer *customer = world->plan->customer;
    if (customer->sends_repeats && contact->attempts > 0 &&
        sends_on(world, c, t, TRIGGER_repeat))
        return true;
    return customer->sends_high_profile &&
           customer->high_profile[contact->plan->class->segment] &&
           sends_on(world, c, t, TRIGGER_high_profile);
}

#endif
