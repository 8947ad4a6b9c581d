/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/clock.h"

#include "base/assert.h"
#include "model/record.h"

static const struct plan_sla *sla_of(const struct world *world, const struct clock *clock)
{
    return &world->plan->slas[clock->sla];
}

/* Time of the clock's calendar from a time until now. */
static double passed(const struct world *world, const struct clock *clock, double from_s)
{
    const uint32_t hours = sla_of(world, clock)->hours;
    return hours == 0 ? world->now_s - from_s
                      : hours_between(world->plan->hours[hours], from_s, world->now_s);
}

static double *parts_of(const struct world *world, uint32_t c, uint32_t kind)
{
    return &world->parts[(size_t)c * world->plan->parts_stride + world->plan->part_base[kind]];
}

/* Parts of a clock's time. Most are never touched and hold anything. */
static void add_part(const struct world *world, uint32_t c, uint32_t kind, uint32_t part,
                     double time_s)
{
    double        *parts = parts_of(world, c, kind);
    uint64_t      *touched = &world->clocks[c].at[kind].touched;
    const uint64_t bit = (uint64_t)1 << part % 64;
    for (uint32_t p = part % 64; p < world->plan->n_parts && !(*touched & bit); p += 64)
        parts[p] = 0;
    *touched |= bit;
    parts[part] += time_s;
}

/* Adds what was touched to a target's row. */
static void add_parts_to(const struct world *world, uint32_t c, uint32_t kind,
                         struct delay_row *row, bool breached)
{
    const double *parts = parts_of(world, c, kind);
    for (uint64_t left = world->clocks[c].at[kind].touched; left; left &= left - 1)
        for (uint32_t p = (uint32_t)__builtin_ctzll(left); p < world->plan->n_parts; p += 64) {
            row[p].all_s += parts[p];
            row[p].breached_s += breached ? parts[p] : 0;
        }
}

/* ---- when tiers are closed */

/* How long, by a calendar, nobody of a tier has been scheduled until now. */
static double closed_until_now(const struct world *world, uint32_t tier, uint32_t hours)
{
    const struct closing *closing = &world->closing[tier];
    const double          sum_s = world->closed_s[(size_t)tier * world->plan->n_hours + hours];
    if (!closing->closed || world->now_s < closing->since_s)
        return sum_s; /* who was on duty before time 0 is not known */
    return sum_s + hours_between(world->plan->hours[hours], closing->since_s, world->now_s);
}

void clock_change_staff(struct world *world, uint32_t tier)
{
    const struct plan      *plan = world->plan;
    const struct plan_tier *of = &plan->tiers[tier];
    struct closing         *closing = &world->closing[tier];
    uint32_t                scheduled = 0;
    for (uint32_t p = of->pool_base; p < of->pool_base + of->n_pools; p++)
        scheduled += world->pools[p].scheduled.n;
    if ((scheduled == 0) == closing->closed)
        return;
    for (uint32_t h = 0; h < plan->n_hours; h++)
        world->closed_s[(size_t)tier * plan->n_hours + h] = closed_until_now(world, tier, h);
    *closing = (struct closing){ world->now_s, scheduled == 0 };
}

/* ---- a clock runs, stands, ends */

/* When the clock, running, will have run for so long. */
static double time_of(const struct world *world, const struct clock *clock, double run_s)
{
    const uint32_t hours = sla_of(world, clock)->hours;
    const double   more_s = fmax(run_s - clock->used_s, 0);
    return hours == 0 ? clock->since_s + more_s
                      : hours_after(world->plan->hours[hours], clock->since_s, more_s);
}

static void set_point(const struct world *world, struct clock *clock)
{
    const struct plan_sla *sla = sla_of(world, clock);
    clock->point_s = clock->runs && clock->points < sla->n_points
                         ? time_of(world, clock, sla->points[clock->points] * sla->target_s)
                         : INFINITY;
}

static void run_on(const struct world *world, struct clock *clock)
{
    clock->runs = true;
    clock->since_s = world->now_s;
    if (!clock->breached)
        clock->due_s = time_of(world, clock, sla_of(world, clock)->target_s);
    set_point(world, clock);
}

static void stand_still(const struct world *world, struct contact *contact, struct clock *clock)
{
    clock->used_s += passed(world, clock, clock->since_s);
    clock->since_s = world->now_s;
    clock->runs = false;
    clock->point_s = INFINITY;
    if (clock->breached)
        return;
    if (world->now_s <= clock->due_s) {
        clock->due_s = INFINITY;
        return;
    }
    clock->breached = true;
    contact->flags |= FLAG_BREACHED;
}

static bool pauses(const struct world *world, const struct clock *clock, enum phase phase)
{
    const uint32_t of = sla_of(world, clock)->pauses;
    return phase == PHASE_DONE || (phase == PHASE_CUSTOMER && of & PAUSE_CUSTOMER) ||
           (phase == PHASE_VENDOR && of & PAUSE_VENDOR);
}

/* Where the part of the time that passes lies among all parts. */
static uint32_t part_of(const struct world *world, const struct contact *contact,
                        enum phase phase)
{
    static const uint8_t parts[PHASES] = {
        [PHASE_SELF_SERVICE] = PART_SELF_SERVICE, [PHASE_QUEUE] = PART_QUEUE,
        [PHASE_WORK] = PART_WORK,                 [PHASE_HAND_OVER] = PART_HAND_OVER,
        [PHASE_CONSULT] = PART_CONSULT,           [PHASE_CUSTOMER] = PART_CUSTOMER,
        [PHASE_VENDOR] = PART_VENDOR,
    };
    if (phase == PHASE_QUEUE || phase == PHASE_WORK || phase == PHASE_HAND_OVER)
        return contact->tier * TIER_PARTS + (uint32_t)parts[phase];
    return world->plan->n_tiers * TIER_PARTS + (uint32_t)parts[phase];
}

/* Looks up how long the tier has been closed, to know later how much of a wait was closing time. */
static void mark_closing(const struct world *world, const struct contact *contact,
                         struct clock *clock, enum phase phase)
{
    if (phase == PHASE_QUEUE && world->plan->tiers[contact->tier].closes)
        clock->closed_s = closed_until_now(world, contact->tier, sla_of(world, clock)->hours);
}

static void start(struct world *world, uint32_t c, uint32_t kind, uint32_t sla)
{
    const struct contact  *contact = &world->contacts[c];
    struct contact_clocks *clocks = &world->clocks[c];
    struct clock          *clock = &clocks->at[kind];
    const enum phase       phase = (enum phase)clocks->phase;
    *clock = (struct clock){ .since_s = world->now_s, .due_s = INFINITY, .point_s = INFINITY,
                             .sla = sla };
    if (!pauses(world, clock, phase))
        run_on(world, clock);
    mark_closing(world, contact, clock, phase);
}

/* A clock ends: counts it. */
static void end(struct world *world, uint32_t c, uint32_t kind)
{
    const struct plan     *plan = world->plan;
    struct contact        *contact = &world->contacts[c];
    struct clock          *clock = &world->clocks[c].at[kind];
    const struct plan_sla *sla = sla_of(world, clock);
    const uint32_t         i = is_counted(contact) ? clock->sla : plan->n_slas;
    struct sla_row        *row = &world->tally.sla[i];
    struct delay_row      *delays = &world->tally.delay[(size_t)i * plan->n_parts];
    struct ledger_row     *ledger = contact->ledger;
    if (clock->runs)
        stand_still(world, contact, clock);
    tell_amount(world, contact, EVENT_CLOCK, NONE, clock->breached, clock->sla, clock->used_s);
    ledger->clocked[kind]++;
    row->clocked++;
    row->clock_s += clock->used_s;
    add_parts_to(world, c, kind, delays, clock->breached);
    clock->sla = NONE;
    if (!clock->breached)
        return;
    const double late_s = fmax(clock->used_s - sla->target_s, 0);
    const double penalty = sla->penalty + sla->penalty_per_h * (late_s / 3600);
    ledger->breaches[kind]++;
    ledger->late_s[kind] += late_s;
    ledger->penalties += penalty;
    row->breaches++;
    row->late_s += late_s;
    row->penalty += penalty;
    row->clock_breached_s += clock->used_s;
    const uint32_t interval = is_counted(contact) ? interval_at(plan, clock->due_s)
                                                  : plan->n_intervals;
    world->tally.desk_interval[interval].breaches++;
}

/* ---- the time that passes */

/* Gives the time since the phase began to its part, in every clock that runs. */
static void account(struct world *world, uint32_t c)
{
    struct contact_clocks *clocks = &world->clocks[c];
    const uint32_t         n = world->plan->n_tiers * TIER_PARTS;
    const uint32_t         part = clocks->part, tier = part / TIER_PARTS;
    const bool queue = part < n && part % TIER_PARTS == PART_QUEUE &&
                       world->plan->tiers[tier].closes;
    for (uint32_t k = 0; k < SLA_CLOCKS; k++) {
        const struct clock *clock = &clocks->at[k];
        if (clock->sla == NONE || !clock->runs)
            continue;
        const double time_s = passed(world, clock, clocks->since_s);
        if (!queue) {
            add_part(world, c, k, part, time_s);
            continue;
        }
        const double until_s = closed_until_now(world, tier, sla_of(world, clock)->hours);
        const double closed_s = fmin(fmax(until_s - clock->closed_s, 0), time_s);
        add_part(world, c, k, part + PART_CLOSED - PART_QUEUE, closed_s);
        add_part(world, c, k, part, time_s - closed_s);
    }
    clocks->since_s = world->now_s;
}

/* Sets the event of the contact's next escalation point. */
static void set_timer(struct world *world, uint32_t c)
{
    struct contact_clocks *clocks = &world->clocks[c];
    const uint32_t         owner = world->owner_contact + (c << world->owner_shift) + 1;
    double                 next_s = INFINITY;
    for (uint32_t k = 0; k < SLA_CLOCKS; k++)
        if (clocks->at[k].sla != NONE)
            next_s = fmin(next_s, clocks->at[k].point_s);
    if (next_s == clocks->timer_s)
        return;
    clocks->timer_s = next_s;
    if (next_s < INFINITY)
        evq_set(&world->evq, fmax(next_s, fmax(world->now_s, 0)), RANK_CLOCK,
                world->contacts[c].number, owner); /* what passed before time 0: then */
    else
        evq_clear(&world->evq, owner);
}

static bool is_over(const struct contact *contact, uint32_t kind, enum phase phase)
{
    switch (kind) {
    case SLA_FIRST_RESPONSE:
        return (contact->flags & FLAG_RESPONDED) != 0;
    case SLA_NEXT_REPLY:
        return phase == PHASE_WORK || phase == PHASE_HAND_OVER || phase == PHASE_DONE;
    case SLA_OPERATIONAL:
        return phase == PHASE_DONE;
    default:
        return false;
    }
}

/* Target of the contact's visit to its tier. */
static uint32_t tier_target(const struct world *world, const struct contact *contact)
{
    const struct plan *plan = world->plan;
    return plan->sla_at ? plan->sla_at[contact->plan - plan->visits] : NONE;
}

static bool in_tier(enum phase phase)
{
    return phase == PHASE_QUEUE || phase == PHASE_WORK || phase == PHASE_HAND_OVER ||
           phase == PHASE_CONSULT;
}

void clock_enter(struct world *world, uint32_t c, enum phase phase)
{
    struct contact        *contact = &world->contacts[c];
    struct contact_clocks *clocks = &world->clocks[c];
    if (world->now_s > clocks->since_s)
        account(world, c);
    clocks->phase = (uint8_t)phase;
    if (in_tier(phase) && clocks->at[SLA_OPERATIONAL].sla == NONE &&
        tier_target(world, contact) != NONE)
        start(world, c, SLA_OPERATIONAL, tier_target(world, contact));
    for (uint32_t k = 0; k < SLA_CLOCKS; k++) {
        struct clock *clock = &clocks->at[k];
        if (clock->sla == NONE)
            continue;
        if (is_over(contact, k, phase)) {
            end(world, c, k);
            continue;
        }
        const bool runs = !pauses(world, clock, phase);
        if (runs && !clock->runs)
            run_on(world, clock);
        else if (!runs && clock->runs)
            stand_still(world, contact, clock);
        mark_closing(world, contact, clock, phase);
    }
    clocks->part = part_of(world, contact, phase);
    if (world->plan->timed)
        set_timer(world, c);
}

/* ---- what happens to a contact */

void clock_open(struct world *world, uint32_t c)
{
    const struct contact  *contact = &world->contacts[c];
    struct contact_clocks *clocks = &world->clocks[c];
    clocks->since_s = world->now_s;
    clocks->timer_s = INFINITY;
    clocks->phase = PHASE_SELF_SERVICE; /* for no time, when there is none */
    clocks->part = part_of(world, contact, PHASE_SELF_SERVICE);
    for (uint32_t k = 0; k < SLA_CLOCKS; k++) {
        const uint32_t sla = contact->plan->class->sla[k];
        clocks->at[k].sla = NONE;
        const bool due = k == SLA_RESOLUTION ||
                         (k == SLA_FIRST_RESPONSE && !(contact->flags & FLAG_RESPONDED));
        if (sla != NONE && due)
            start(world, c, k, sla);
    }
    if (world->plan->timed)
        set_timer(world, c);
}

void clock_reply(struct world *world, uint32_t c)
{
    const uint32_t sla = world->contacts[c].plan->class->sla[SLA_NEXT_REPLY];
    if (sla == NONE)
        return;
    account(world, c);
    start(world, c, SLA_NEXT_REPLY, sla);
}

void clock_leave_tier(struct world *world, uint32_t c)
{
    if (world->clocks[c].at[SLA_OPERATIONAL].sla == NONE)
        return;
    account(world, c);
    end(world, c, SLA_OPERATIONAL);
    if (world->plan->timed)
        set_timer(world, c);
}

void clock_close(struct world *world, uint32_t c, enum fate fate)
{
    struct contact_clocks *clocks = &world->clocks[c];
    account(world, c);
    if (fate == FATE_SELF_SERVICE) /* nobody had to respond */
        clocks->at[SLA_FIRST_RESPONSE].sla = NONE;
    for (uint32_t k = 0; k < SLA_CLOCKS; k++)
        if (clocks->at[k].sla != NONE)
            end(world, c, k);
    if (world->plan->timed)
        set_timer(world, c);
}

void clock_restart(struct world *world, uint32_t c)
{
    struct contact_clocks *clocks = &world->clocks[c];
    for (uint32_t k = 0; k < SLA_CLOCKS; k++) {
        const uint32_t sla = clocks->at[k].sla;
        if (sla == NONE || world->plan->slas[sla].on_reopen != CHANGE_RESTART)
            continue;
        end(world, c, k);
        start(world, c, k, sla);
    }
}

/* One clock of a contact whose class has changed goes on for another target, or none. */
static void change_target(struct world *world, uint32_t c, uint32_t kind, uint32_t sla)
{
    struct contact *contact = &world->contacts[c];
    struct clock   *clock = &world->clocks[c].at[kind];
    const bool      ran = clock->runs;
    if (sla == NONE || world->plan->slas[sla].on_severity_change == CHANGE_RESTART) {
        end(world, c, kind);
        if (sla != NONE)
            start(world, c, kind, sla);
        return;
    }
    if (ran)
        stand_still(world, contact, clock);
    if (!clock->breached)
        clock->sla = sla;
    if (ran)
        run_on(world, clock);
    mark_closing(world, contact, clock, (enum phase)world->clocks[c].phase);
}

void clock_change_class(struct world *world, uint32_t c)
{
    const struct contact  *contact = &world->contacts[c];
    struct contact_clocks *clocks = &world->clocks[c];
    account(world, c);
    for (uint32_t k = 0; k < SLA_CLOCKS; k++) {
        const uint32_t sla = k == SLA_OPERATIONAL ? tier_target(world, contact)
                                                  : contact->plan->class->sla[k];
        const bool due = k == SLA_RESOLUTION ||
                         (k == SLA_FIRST_RESPONSE && !(contact->flags & FLAG_RESPONDED));
        if (clocks->at[k].sla != NONE && clocks->at[k].sla != sla)
            change_target(world, c, k, sla);
        else if (clocks->at[k].sla == NONE && sla != NONE && due)
            start(world, c, k, sla);
    }
    if (world->plan->timed)
        set_timer(world, c);
}

/* ---- asking */

double clock_deadline(const struct world *world, const struct contact *contact)
{
    if (!world->plan->clocked)
        return INFINITY;
    const struct contact_clocks *clocks = &world->clocks[contact - world->contacts];
    const struct clock          *at = clocks->at;
    double                       due_s = INFINITY;
    if (contact->flags & FLAG_TASK)
        return clocks->deadline_s;
    if (at[SLA_FIRST_RESPONSE].sla != NONE)
        return at[SLA_FIRST_RESPONSE].due_s;
    if (at[SLA_NEXT_REPLY].sla != NONE)
        return at[SLA_NEXT_REPLY].due_s;
    if (at[SLA_RESOLUTION].sla != NONE)
        due_s = at[SLA_RESOLUTION].due_s;
    if (at[SLA_OPERATIONAL].sla != NONE)
        due_s = fmin(due_s, at[SLA_OPERATIONAL].due_s);
    return due_s;
}

struct clock_point clock_reached(struct world *world, uint32_t c)
{
    const struct contact  *contact = &world->contacts[c];
    struct contact_clocks *clocks = &world->clocks[c];
    uint32_t               kind = NONE;
    for (uint32_t k = 0; k < SLA_CLOCKS; k++)
        if (clocks->at[k].sla != NONE &&
            (kind == NONE || clocks->at[k].point_s < clocks->at[kind].point_s))
            kind = k;
    TSIM_CHECK(kind != NONE && clocks->at[kind].point_s <= world->now_s);
    struct clock          *clock = &clocks->at[kind];
    const struct plan_sla *sla = sla_of(world, clock);
    const bool             late = sla->points[clock->points] >= 1;
    clock->points++;
    world->tally.sla[is_counted(contact) ? clock->sla : world->plan->n_slas].points++;
    tell(world, contact, EVENT_SLA, NONE, (uint8_t)kind, clock->points);
    set_point(world, clock);
    clocks->timer_s = INFINITY; /* its event has just been taken */
    set_timer(world, c);
    return (struct clock_point){ clock->sla, clock->points,
                                 late ? TRIGGER_sla_breach : TRIGGER_sla_warning };
}
