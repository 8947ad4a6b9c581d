/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/record.h - what the transitions count, and when. Nothing here changes the world's course.
 *
 * Levels (busy agents, contacts waiting, contacts present) are integrated from edge to edge of the
 * report intervals.
 */
#ifndef MODEL_RECORD_H
#define MODEL_RECORD_H

#include <math.h>

#include "base/inline.h"
#include "model/uses.h"
#include "model/world.h"
#include "stats/histogram.h"

static inline bool is_counted(const struct contact *contact)
{
    return !(contact->flags & FLAG_SPARE);
}

TSIM_RARE void tell_listener(struct world *world, const struct contact *contact,
                             enum case_event_kind kind, uint32_t pool, uint8_t detail, uint32_t to,
                             double amount)
{
    const bool              by_agent = kind == EVENT_WORK || kind == EVENT_DONE ||
                          kind == EVENT_INTERRUPTED;
    const struct case_event event = {
        .at_s = world->now_s, .amount = amount, .number = contact->number,
        .class = contact->class, .pool = pool, .agent = by_agent ? contact->agent : NONE,
        .to = to, .kind = (uint8_t)kind, .tier = contact->tier, .detail = detail,
        .hops = (uint8_t)(contact->hops < UINT8_MAX ? contact->hops : UINT8_MAX),
        .counted = is_counted(contact),
    };
    world->events->take(world->events->user, &event);
}

/* Tells whoever listens what has just happened to a contact. */
static inline void tell_amount(struct world *world, const struct contact *contact,
                               enum case_event_kind kind, uint32_t pool, uint8_t detail,
                               uint32_t to, double amount)
{
    if (USES_CLASSIC(world->events))
        tell_listener(world, contact, kind, pool, detail, to, amount);
}

static inline void tell(struct world *world, const struct contact *contact,
                        enum case_event_kind kind, uint32_t pool, uint8_t detail, uint32_t to)
{
    tell_amount(world, contact, kind, pool, detail, to, 0);
}

/* The row of the contact's tier and class. */
static inline struct visit_row *visit_row_of(const struct world *world,
                                             const struct contact *contact)
{
    const uint32_t row = is_counted(contact) ? contact->class : world->plan->n_classes;
    return &world->tally.visit[(size_t)contact->tier * (world->plan->n_classes + 1) + row];
}

/* The row of the report interval that contains a time; the spare one outside the counted time. */
static inline uint32_t interval_at(const struct plan *plan, double time_s)
{
    if (time_s < plan->warmup_s || time_s >= plan->end_s)
        return plan->n_intervals;
    const uint32_t i = (uint32_t)(fmod(time_s, plan->cycle_s) / plan->interval_s);
    return i < plan->n_intervals ? i : plan->n_intervals - 1;
}

/* The block of the counted time that contains a time; the spare one outside all blocks. */
static inline uint32_t block_at(const struct plan *plan, double time_s)
{
    const double at_s = time_s - plan->warmup_s;
    if (at_s < 0 || time_s >= plan->end_s || at_s >= plan->block_s * plan->n_blocks)
        return plan->n_blocks;
    const uint32_t i = (uint32_t)(at_s / plan->block_s + 1e-9);
    return i < plan->n_blocks ? i : plan->n_blocks;
}

static inline struct task_row *task_row_of(const struct world *world,
                                           const struct contact *record, uint32_t kind)
{
    return &world->tally.task[(is_counted(record) ? 0 : TASK_KINDS) + kind];
}

/* ---- levels */

/* Time since the spans of all levels began. */
static inline double span_of(const struct world *world)
{
    return world->now_s - world->span_s;
}

/* Ends the spans of all levels: their areas go to the rows of the clock's interval. */
static inline void record_levels(struct world *world)
{
    const struct plan *plan = world->plan;
    const double       span_s = span_of(world);
    for (uint32_t p = 0; p < plan->n_pools; p++) {
        struct pool_state        *pool = &world->pools[p];
        struct pool_interval_row *row =
            &world->tally.pool_interval[(size_t)world->interval * plan->n_pools + p];
        /* Of an agent with several places each is a part. */
        const double part = USES(plan->slotted) ? 1.0 / plan->pools[p].slots : 1;
        const double busy_s = level_close(&pool->busy, span_s);
        row->busy_s += busy_s * part;
        row->scheduled_s += level_close(&pool->scheduled, span_s) * part;
        row->overtime_s += level_close(&pool->overtime, span_s) * part;
        if (USES(plan->absences))
            row->absent_s += level_close(&pool->absent, span_s) * part;
        if (USES(plan->n_duties > 0)) { /* who is late for a duty is on the floor */
            row->scheduled_s += level_close(&pool->late, span_s) * part;
            row->duty_s += level_close(&pool->duty, span_s) * part;
        }
        if (USES(plan->n_idle_duties > 0))
            row->idle_duty_s += level_close(&pool->idle_duty, span_s);
        pool->busy_area_s += busy_s;
    }
    for (uint32_t t = 0; t < plan->n_tiers; t++)
        world->tally.tier_interval[(size_t)world->interval * plan->n_tiers + t].queue_s +=
            level_close(&world->tiers[t].waiting, span_s);
    const double present_s = level_close(&world->open, span_s);
    world->tally.desk_interval[world->interval].present_s += present_s;
    world->tally.present_s[block_at(plan, world->span_s)] += present_s;
    world->span_s = world->now_s;
}

/* ---- promises counted on the way: a contact is counted as what it came as */

static inline const struct plan_visit *visit_as_it_came(const struct world *world,
                                                        const struct contact *contact)
{
    const struct plan *plan = world->plan;
    if (!USES_CLASSIC(plan->renames))
        return contact->plan;
    return &plan->visits[(size_t)contact->class * plan->n_tiers + contact->tier];
}

static inline void watch_base(struct world *world, const struct contact *contact,
                              struct plan_watches watches)
{
    for (uint32_t i = 0; i < watches.n && is_counted(contact); i++)
        world->tally.promise[watches.at[i].row].base++;
}

static inline void watch_hit(struct world *world, const struct contact *contact,
                             struct plan_watches watches, double elapsed_s)
{
    for (uint32_t i = 0; i < watches.n && is_counted(contact); i++)
        world->tally.promise[watches.at[i].row].hit += elapsed_s <= watches.at[i].within_s;
}

/* Both at once. */
static inline void watch_both(struct world *world, const struct contact *contact,
                              struct plan_watches watches, double elapsed_s)
{
    for (uint32_t i = 0; i < watches.n && is_counted(contact); i++) {
        struct promise_row *row = &world->tally.promise[watches.at[i].row];
        row->base++;
        row->hit += elapsed_s <= watches.at[i].within_s;
    }
}

/* An abandonment is a hit whatever the time. */
static inline void watch_abandoned(struct world *world, const struct contact *contact,
                                   struct plan_watches watches)
{
    for (uint32_t i = 0; i < watches.n && is_counted(contact); i++)
        world->tally.promise[watches.at[i].row].hit++;
}

/* ---- visits */

/* A contact comes to its tier: finds its rows. */
static inline void record_joined(struct world *world, struct contact *contact)
{
    const uint32_t interval = is_counted(contact) ? world->interval : world->plan->n_intervals;
    contact->visit = visit_row_of(world, contact);
    contact->interval =
        &world->tally.tier_interval[(size_t)interval * world->plan->n_tiers + contact->tier];
    contact->visit->offered++;
    contact->interval->offered++;
    watch_base(world, contact, visit_as_it_came(world, contact)->abandonment);
}

static inline void record_answered(struct world *world, struct contact *contact, double wait_s)
{
    struct visit_row         *visit = contact->visit;
    struct tier_interval_row *row = contact->interval;
    const bool in_time = wait_s <= world->plan->tiers[contact->tier].answer_within_s;
    visit->answered++;
    visit->wait_answered_s += wait_s;
    visit->in_time += in_time;
    row->answered++;
    row->in_time += in_time;
    row->wait_answered_s += wait_s;
    if (is_counted(contact))
        world->tally.wait_bins[contact->tier * HISTOGRAM_BINS + histogram_bin(wait_s)]++;
    watch_both(world, contact, visit_as_it_came(world, contact)->level, wait_s);
}

static inline void record_abandoned(struct world *world, const struct contact *contact,
                                    double wait_s)
{
    const struct plan_visit *plan = visit_as_it_came(world, contact);
    const struct plan_tier  *tier = &world->plan->tiers[contact->tier];
    struct visit_row        *visit = contact->visit;
    visit->abandoned++;
    visit->wait_abandoned_s += wait_s;
    visit->abandoned_in_time += wait_s <= tier->answer_within_s;
    visit->abandoned_short += wait_s <= tier->short_abandon_s;
    contact->interval->abandoned++;
    contact->interval->abandoned_in_time += wait_s <= tier->answer_within_s;
    world->tally.tier_interval[(size_t)world->interval * world->plan->n_tiers + contact->tier]
        .abandoned_events++;
    watch_base(world, contact, plan->level);
    watch_abandoned(world, contact, plan->abandonment);
}

/* ---- contacts */

/* A contact ends, or is left open, that waited at time 0. Such contacts are not counted: they came
 * before. */
static inline void record_end_of_backlog(struct world *world, const struct contact *contact,
                                         enum fate fate)
{
    struct outside_row *row = &world->tally.outside[0];
    const bool          ended = fate != FATE_OPEN && world->now_s < world->plan->end_s;
    row->begun_late += (contact->flags & FLAG_BREACHED) != 0;
    row->begun_open += !ended;
    row->begun_ended += ended;
    row->begun_s += ended ? world->now_s : 0;
}

static inline void record_to_people(struct world *world, const struct contact *contact)
{
    const struct plan_class *class = visit_as_it_came(world, contact)->class;
    contact->ledger->to_people++;
    watch_base(world, contact, class->response);
    watch_base(world, contact, class->resolution);
    watch_base(world, contact, class->abandonment);
}

static inline void record_responded(struct world *world, struct contact *contact)
{
    const double elapsed_s = world->now_s - contact->arrived_s;
    contact->flags |= FLAG_RESPONDED;
    contact->responded_s = world->now_s;
    contact->ledger->responded++;
    contact->ledger->response_s += elapsed_s;
    if (is_counted(contact))
        world->tally.response_bins[histogram_bin(elapsed_s)]++;
    watch_hit(world, contact, visit_as_it_came(world, contact)->class->response, elapsed_s);
}

static inline void record_resolved(struct world *world, struct contact *contact, bool by_people)
{
    const double       elapsed_s = world->now_s - contact->arrived_s;
    struct ledger_row *ledger = contact->ledger;
    ledger->resolution_s += elapsed_s;
    if (world->plan->has_business_hours)
        ledger->business_s += hours_between(world->plan->hours[world->plan->business_hours],
                                            contact->arrived_s, world->now_s);
    if (is_counted(contact)) {
        world->tally.resolution_bins[histogram_bin(elapsed_s)]++;
        world->tally.desk_interval[world->interval].resolved++;
    }
    if (contact->state != CONTACT_SELF_SERVICE) /* the promise is about those who reach people */
        watch_hit(world, contact, visit_as_it_came(world, contact)->class->resolution,
                  elapsed_s);
    if (!by_people)
        return;
    ledger->first_level += contact->tier == 0 && contact->hops == 0;
    ledger->first_contact += contact->attempts == 0;
    contact->visit->resolved++;
}

#endif
