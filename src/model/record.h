/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/record.h - what the transitions count, and when. Nothing here changes the world's course.
 *
 * Levels (busy agents, contacts waiting, contacts present) are integrated up to now before each
 * change, into the row of the clock's interval.
 */
#ifndef MODEL_RECORD_H
#define MODEL_RECORD_H

#include <math.h>

#include "model/world.h"
#include "stats/histogram.h"

static inline bool is_counted(const struct world *world, const struct contact *contact)
{
    return contact->row != world->plan->n_classes;
}

static inline struct ledger_row *ledger_of(const struct world *world,
                                           const struct contact *contact)
{
    return &world->tally->ledger[contact->row];
}

static inline struct visit_row *visit_of(const struct world *world, const struct contact *contact)
{
    return &world->tally->visit[(size_t)contact->tier * (world->plan->n_classes + 1) +
                                contact->row];
}

static inline struct tier_interval_row *tier_interval_of(const struct world *world,
                                                         const struct contact *contact)
{
    return &world->tally->tier_interval[(size_t)contact->interval * world->plan->n_tiers +
                                        contact->tier];
}

static inline struct pool_row *pool_row_of(const struct world *world,
                                           const struct contact *contact, uint32_t pool)
{
    return &(is_counted(world, contact) ? world->tally->pool : world->tally->pool_spare)[pool];
}

/* The row of the report interval that contains a time; the spare one outside the counted time. */
static inline uint32_t interval_at(const struct plan *plan, double time_s)
{
    if (time_s < plan->warmup_s || time_s >= plan->end_s)
        return plan->n_intervals;
    const uint32_t i = (uint32_t)(fmod(time_s, plan->cycle_s) / plan->interval_s);
    return i < plan->n_intervals ? i : plan->n_intervals - 1;
}

/* ---- levels */

static inline void record_pool(struct world *world, uint32_t p)
{
    struct pool_state        *pool = &world->pools[p];
    const double              dt = world->now_s - pool->last_s;
    struct pool_interval_row *row =
        &world->tally->pool_interval[(size_t)world->interval * world->plan->n_pools + p];
    const double busy_s = pool->busy * dt;
    row->busy_s += busy_s;
    row->scheduled_s += pool->scheduled * dt;
    if (pool->busy > pool->scheduled)
        row->overtime_s += (pool->busy - pool->scheduled) * dt;
    pool->busy_area_s += busy_s;
    pool->last_s = world->now_s;
}

static inline void record_waiting(struct world *world, uint32_t t)
{
    struct tier_state *tier = &world->tiers[t];
    world->tally->tier_interval[(size_t)world->interval * world->plan->n_tiers + t].queue_s +=
        tier->waiting * (world->now_s - tier->last_s);
    tier->last_s = world->now_s;
}

static inline void record_present(struct world *world)
{
    world->tally->desk_interval[world->interval].present_s +=
        world->open * (world->now_s - world->open_last_s);
    world->open_last_s = world->now_s;
}

/* ---- SLA clocks */

/* A clock has run for `elapsed_s` when what it waits for happens, or the contact ends. */
static inline void record_clock(struct world *world, struct contact *contact, enum sla_clock clock,
                                double elapsed_s)
{
    const struct plan_class *class = &world->plan->classes[contact->class];
    if (class->sla[clock] == NONE)
        return;
    const double       target_s = class->target_s[clock];
    const bool         late = elapsed_s > target_s;
    struct ledger_row *ledger = ledger_of(world, contact);
    ledger->clocked[clock]++;
    if (late) {
        ledger->breaches[clock]++;
        ledger->late_s[clock] += elapsed_s - target_s;
        contact->flags |= FLAG_BREACHED;
    }
    if (!is_counted(world, contact))
        return;
    const struct plan_sla *sla = &world->plan->slas[class->sla[clock]];
    struct sla_row        *row = &world->tally->sla[class->sla[clock]];
    row->clocked++;
    if (!late)
        return;
    const double late_s = elapsed_s - target_s;
    const double penalty = sla->penalty + sla->penalty_per_h * (late_s / 3600);
    row->breaches++;
    row->late_s += late_s;
    row->penalty += penalty;
    ledger->penalties += penalty;
    const uint32_t i = interval_at(world->plan, contact->arrived_s + target_s);
    world->tally->desk_interval[i].breaches++;
}

/* ---- promises counted on the way */

static inline void record_promises(struct world *world, const struct contact *contact, uint32_t t,
                                   enum promise_measure measure, bool base, double elapsed_s)
{
    const struct plan_list list = world->plan->promises_of_tier[t];
    for (uint32_t i = 0; i < list.n; i++) {
        const struct plan_promise *promise = &world->plan->promises[list.at[i]];
        if (promise->measure != measure || !promise->classes[contact->class] ||
            !is_counted(world, contact))
            continue;
        struct promise_row *row = &world->tally->promise[promise->row];
        row->base += base;
        row->hit += elapsed_s <= promise->within_s;
    }
}

/* ---- visits */

static inline void record_joined(struct world *world, struct contact *contact)
{
    contact->interval = is_counted(world, contact) ? interval_at(world->plan, world->now_s)
                                                   : world->plan->n_intervals;
    visit_of(world, contact)->offered++;
    tier_interval_of(world, contact)->offered++;
    record_promises(world, contact, contact->tier, PROMISE_ABANDONMENT, true, INFINITY);
}

static inline void record_answered(struct world *world, struct contact *contact, double wait_s)
{
    const struct plan_tier   *tier = &world->plan->tiers[contact->tier];
    struct visit_row         *visit = visit_of(world, contact);
    struct tier_interval_row *row = tier_interval_of(world, contact);
    const bool                in_time = wait_s <= tier->answer_within_s;
    visit->answered++;
    visit->wait_answered_s += wait_s;
    visit->in_time += in_time;
    row->answered++;
    row->in_time += in_time;
    row->wait_s += wait_s;
    row->wait_answered_s += wait_s;
    if (is_counted(world, contact))
        world->tally->wait_bins[contact->tier * HISTOGRAM_BINS + histogram_bin(wait_s)]++;
    record_promises(world, contact, contact->tier, PROMISE_SERVICE_LEVEL, true, wait_s);
}

static inline void record_abandoned(struct world *world, const struct contact *contact,
                                    double wait_s)
{
    const struct plan_tier   *tier = &world->plan->tiers[contact->tier];
    struct visit_row         *visit = visit_of(world, contact);
    struct tier_interval_row *row = tier_interval_of(world, contact);
    visit->abandoned++;
    visit->wait_abandoned_s += wait_s;
    visit->abandoned_in_time += wait_s <= tier->answer_within_s;
    visit->abandoned_short += wait_s <= tier->short_abandon_s;
    row->abandoned++;
    row->wait_s += wait_s;
    world->tally->tier_interval[(size_t)world->interval * world->plan->n_tiers + contact->tier]
        .abandoned_events++;
    record_promises(world, contact, contact->tier, PROMISE_SERVICE_LEVEL, true, INFINITY);
    record_promises(world, contact, contact->tier, PROMISE_ABANDONMENT, false, -INFINITY);
}

/* ---- contacts */

static inline void record_responded(struct world *world, struct contact *contact)
{
    const double elapsed_s = world->now_s - contact->arrived_s;
    struct ledger_row *ledger = ledger_of(world, contact);
    contact->flags |= FLAG_RESPONDED;
    contact->responded_s = world->now_s;
    ledger->responded++;
    ledger->response_s += elapsed_s;
    if (is_counted(world, contact))
        world->tally->response_bins[histogram_bin(elapsed_s)]++;
    record_clock(world, contact, SLA_FIRST_RESPONSE, elapsed_s);
    record_promises(world, contact, world->plan->n_tiers, PROMISE_FIRST_RESPONSE, false, elapsed_s);
}

static inline void record_resolved(struct world *world, struct contact *contact, bool by_people)
{
    const double       elapsed_s = world->now_s - contact->arrived_s;
    struct ledger_row *ledger = ledger_of(world, contact);
    ledger->resolution_s += elapsed_s;
    if (is_counted(world, contact)) {
        world->tally->resolution_bins[histogram_bin(elapsed_s)]++;
        world->tally->desk_interval[interval_at(world->plan, world->now_s)].resolved++;
    }
    record_promises(world, contact, world->plan->n_tiers, PROMISE_RESOLUTION, false, elapsed_s);
    if (!by_people)
        return;
    ledger->first_contact++;
    ledger->first_level += contact->tier == 0 && contact->hops == 0;
    visit_of(world, contact)->resolved++;
}

#endif
