/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SLA clocks: each runs by its calendar, stands still in the phases that it pauses for, and is
 * counted when what it waits for happens. */
#include <math.h>
#include <stdlib.h>

#include "support/naive/desk.h"

static const struct plan_sla *target_of(const struct desk *desk, const struct naive_clock *clock)
{
    return &desk->plan->slas[clock->sla];
}

/* ---- by a calendar, of which number 0 is the wall clock */

static double time_between(const struct desk *desk, uint32_t hours, double from_s, double to_s)
{
    return hours ? hours_between(desk->plan->hours[hours], from_s, to_s) : to_s - from_s;
}

/* When the clock will have run for so long, if it runs on. */
static double time_at(const struct desk *desk, const struct naive_clock *clock, double run_s)
{
    const uint32_t hours = target_of(desk, clock)->hours;
    const double   left_s = run_s > clock->used_s ? run_s - clock->used_s : 0;
    return hours ? hours_after(desk->plan->hours[hours], clock->since_s, left_s)
                 : clock->since_s + left_s;
}

/* When the target passes, or has passed; INFINITY: never, as things stand. */
static double due_s(const struct desk *desk, const struct naive_clock *clock)
{
    if (clock->late)
        return clock->passed_s;
    return clock->runs ? time_at(desk, clock, target_of(desk, clock)->target_s) : INFINITY;
}

static double next_point_s(const struct desk *desk, const struct naive_clock *clock)
{
    const struct plan_sla *sla = target_of(desk, clock);
    if (!clock->runs || clock->points >= sla->n_points)
        return INFINITY;
    return time_at(desk, clock, sla->points[clock->points] * sla->target_s);
}

/* ---- what used up the time */

/* How much of a span nobody of the tier was scheduled. */
static double closed_between(const struct desk *desk, uint32_t tier, uint32_t hours, double from_s,
                             double to_s)
{
    double sum_s = 0;
    for (uint32_t i = 0; i < desk->n_closings; i++) {
        const struct naive_closing *closing = &desk->closings[i];
        const double a_s = fmax(closing->from_s, from_s), b_s = fmin(closing->to_s, to_s);
        if (closing->tier == tier && a_s < b_s)
            sum_s += time_between(desk, hours, a_s, b_s);
    }
    return sum_s;
}

static void add_part(const struct desk *desk, struct naive_clock *clock, uint32_t part,
                     double time_s)
{
    if (part < desk->plan->n_parts)
        clock->parts[part] += time_s;
}

/* The phase that has lasted until now goes into the parts of every clock that ran. */
static void account(struct desk *desk, uint32_t c)
{
    static const uint32_t of_desk[] = { [DOES_SELF_SERVICE] = PART_SELF_SERVICE,
                                        [DOES_CONSULT] = PART_CONSULT,
                                        [AWAITS_CUSTOMER] = PART_CUSTOMER,
                                        [AWAITS_VENDOR] = PART_VENDOR };
    struct naive_contact *contact = &desk->contacts[c];
    const uint32_t        tier = contact->phase_tier * TIER_PARTS;
    const double          from_s = contact->phase_s;
    for (uint32_t k = 0; k < SLA_CLOCKS; k++) {
        struct naive_clock *clock = &contact->clocks[k];
        if (clock->sla == NONE || !clock->runs)
            continue;
        const uint32_t hours = target_of(desk, clock)->hours;
        const double   time_s = time_between(desk, hours, from_s, desk->now_s);
        if (contact->phase == DOES_QUEUE) {
            const double closed_s =
                closed_between(desk, contact->phase_tier, hours, from_s, desk->now_s);
            add_part(desk, clock, tier + PART_CLOSED, closed_s);
            add_part(desk, clock, tier + PART_QUEUE, time_s - closed_s);
        } else if (contact->phase == DOES_WORK || contact->phase == DOES_HAND_OVER) {
            add_part(desk, clock,
                     tier + (contact->phase == DOES_WORK ? PART_WORK : PART_HAND_OVER), time_s);
        } else {
            add_part(desk, clock, desk->plan->n_tiers * TIER_PARTS + of_desk[contact->phase],
                     time_s);
        }
    }
    contact->phase_s = desk->now_s;
}

/* ---- a clock runs, stands, ends */

static bool runs_in(const struct desk *desk, const struct naive_clock *clock, enum does phase)
{
    const uint32_t pauses = target_of(desk, clock)->pauses;
    return phase != IS_DONE && !(phase == AWAITS_CUSTOMER && pauses & PAUSE_CUSTOMER) &&
           !(phase == AWAITS_VENDOR && pauses & PAUSE_VENDOR);
}

static void run_clock(struct desk *desk, struct naive_clock *clock)
{
    clock->runs = true;
    clock->since_s = desk->now_s;
}

static void stop_clock(struct desk *desk, uint32_t c, struct naive_clock *clock)
{
    if (!clock->runs)
        return;
    const double passes_s = due_s(desk, clock);
    if (desk->now_s > passes_s && !clock->late) {
        clock->late = desk->contacts[c].breached = true;
        clock->passed_s = passes_s;
    }
    clock->used_s += time_between(desk, target_of(desk, clock)->hours, clock->since_s, desk->now_s);
    clock->runs = false;
}

static void start_clock(struct desk *desk, uint32_t c, uint32_t kind, uint32_t sla)
{
    struct naive_clock *clock = &desk->contacts[c].clocks[kind];
    double             *parts = clock->parts;
    if (!parts)
        parts = calloc(desk->plan->n_parts, sizeof *parts);
    if (!parts)
        abort();
    for (uint32_t p = 0; p < desk->plan->n_parts; p++)
        parts[p] = 0;
    *clock = (struct naive_clock){ .sla = sla, .parts = parts };
    if (runs_in(desk, clock, desk->contacts[c].phase))
        run_clock(desk, clock);
}

static void count_breach(struct desk *desk, const struct naive_contact *contact, uint32_t kind,
                         double late_s, struct sla_row *row)
{
    const struct naive_clock *clock = &contact->clocks[kind];
    const struct plan_sla    *sla = target_of(desk, clock);
    const double              penalty = sla->penalty + sla->penalty_per_h * late_s / 3600;
    struct ledger_row        *ledger =
        &desk->tally->ledger[contact->counted ? contact->class : desk->plan->n_classes];
    ledger->breaches[kind]++;
    ledger->late_s[kind] += late_s;
    ledger->penalties += penalty;
    desk->tally->desk_interval[contact->counted ? interval_of(desk->plan, clock->passed_s)
                                                : desk->plan->n_intervals].breaches++;
    row->breaches++;
    row->late_s += late_s;
    row->penalty += penalty;
    row->clock_breached_s += clock->used_s;
}

static void end_clock(struct desk *desk, uint32_t c, uint32_t kind)
{
    const struct plan    *plan = desk->plan;
    struct naive_contact *contact = &desk->contacts[c];
    struct naive_clock   *clock = &contact->clocks[kind];
    const uint32_t        i = contact->counted ? clock->sla : plan->n_slas;
    if (clock->sla == NONE)
        return;
    stop_clock(desk, c, clock);
    tell_amount_of(desk, c, EVENT_CLOCK, NONE, clock->late, clock->sla, clock->used_s);
    desk->tally->ledger[contact->counted ? contact->class : plan->n_classes].clocked[kind]++;
    desk->tally->sla[i].clocked++;
    desk->tally->sla[i].clock_s += clock->used_s;
    if (clock->late)
        count_breach(desk, contact, kind, fmax(clock->used_s - target_of(desk, clock)->target_s, 0),
                     &desk->tally->sla[i]);
    for (uint32_t p = 0; p < plan->n_parts; p++) {
        struct delay_row *row = &desk->tally->delay[(size_t)i * plan->n_parts + p];
        row->all_s += clock->parts[p];
        row->breached_s += clock->late ? clock->parts[p] : 0;
    }
    clock->sla = NONE;
}

/* ---- phases */

static uint32_t tier_target(const struct desk *desk, uint32_t c, uint32_t tier)
{
    const uint32_t *sla_at = desk->plan->sla_at;
    return sla_at ? sla_at[desk->contacts[c].ticket.class * desk->plan->n_tiers + tier] : NONE;
}

static bool is_over(const struct naive_contact *contact, uint32_t kind)
{
    const enum does phase = contact->phase;
    if (kind == SLA_FIRST_RESPONSE)
        return contact->ticket.responded;
    if (kind == SLA_NEXT_REPLY)
        return phase == DOES_WORK || phase == DOES_HAND_OVER || phase == IS_DONE;
    return kind == SLA_OPERATIONAL && phase == IS_DONE;
}

/* The event of the next escalation point of all clocks. */
static void wind_timer(struct desk *desk, uint32_t c)
{
    double next_s = INFINITY;
    happens_not(desk, HAPPENS_POINT, c);
    for (uint32_t k = 0; k < SLA_CLOCKS; k++)
        if (desk->contacts[c].clocks[k].sla != NONE)
            next_s = fmin(next_s, next_point_s(desk, &desk->contacts[c].clocks[k]));
    if (next_s < INFINITY)
        happens_at(desk, fmax(next_s, fmax(desk->now_s, 0)), MOMENT_CLOCK, c, HAPPENS_POINT, c);
}

void enter(struct desk *desk, uint32_t c, enum does phase)
{
    struct naive_contact *contact = &desk->contacts[c];
    const bool in_tier = phase == DOES_QUEUE || phase == DOES_WORK || phase == DOES_HAND_OVER ||
                         phase == DOES_CONSULT;
    account(desk, c);
    contact->phase = phase;
    contact->phase_tier = contact->tier;
    if (in_tier && contact->clocks[SLA_OPERATIONAL].sla == NONE &&
        tier_target(desk, c, contact->tier) != NONE)
        start_clock(desk, c, SLA_OPERATIONAL, tier_target(desk, c, contact->tier));
    for (uint32_t k = 0; k < SLA_CLOCKS; k++) {
        struct naive_clock *clock = &contact->clocks[k];
        if (clock->sla == NONE)
            continue;
        if (is_over(contact, k))
            end_clock(desk, c, k);
        else if (!runs_in(desk, clock, phase))
            stop_clock(desk, c, clock);
        else if (!clock->runs)
            run_clock(desk, clock);
    }
    wind_timer(desk, c);
}

/* ---- what happens to a contact */

void open_clocks_of(struct desk *desk, uint32_t c)
{
    struct naive_contact *contact = &desk->contacts[c];
    contact->phase = DOES_SELF_SERVICE; /* for no time, where there is none */
    contact->phase_s = desk->now_s;
    for (uint32_t k = 0; k < SLA_CLOCKS; k++) {
        const uint32_t sla = class_of(desk, c)->sla[k];
        contact->clocks[k] = (struct naive_clock){ .sla = NONE };
        if (sla != NONE && (k == SLA_RESOLUTION ||
                            (k == SLA_FIRST_RESPONSE && !contact->ticket.responded)))
            start_clock(desk, c, k, sla);
    }
    wind_timer(desk, c);
}

void await_next_reply(struct desk *desk, uint32_t c)
{
    const uint32_t sla = class_of(desk, c)->sla[SLA_NEXT_REPLY];
    account(desk, c);
    if (sla != NONE)
        start_clock(desk, c, SLA_NEXT_REPLY, sla);
}

void leave_tier_of(struct desk *desk, uint32_t c)
{
    account(desk, c);
    end_clock(desk, c, SLA_OPERATIONAL);
    wind_timer(desk, c);
}

void reopen_clocks(struct desk *desk, uint32_t c)
{
    for (uint32_t k = 0; k < SLA_CLOCKS; k++) {
        const uint32_t sla = desk->contacts[c].clocks[k].sla;
        if (sla == NONE || desk->plan->slas[sla].on_reopen != CHANGE_RESTART)
            continue;
        end_clock(desk, c, k);
        start_clock(desk, c, k, sla);
    }
}

/* The target of a clock is another one now: the clock is taken over, unless its own has passed, or
 * begins anew. */
static void change_target(struct desk *desk, uint32_t c, uint32_t kind, uint32_t sla)
{
    struct naive_clock *clock = &desk->contacts[c].clocks[kind];
    if (sla == NONE || desk->plan->slas[sla].on_severity_change == CHANGE_RESTART) {
        end_clock(desk, c, kind);
        if (sla != NONE)
            start_clock(desk, c, kind, sla);
        return;
    }
    const bool ran = clock->runs;
    stop_clock(desk, c, clock);
    if (!clock->late)
        clock->sla = sla;
    if (ran)
        run_clock(desk, clock);
}

void reclass_clocks(struct desk *desk, uint32_t c)
{
    struct naive_contact *contact = &desk->contacts[c];
    account(desk, c);
    for (uint32_t k = 0; k < SLA_CLOCKS; k++) {
        const uint32_t now = contact->clocks[k].sla;
        const uint32_t then = k == SLA_OPERATIONAL ? tier_target(desk, c, contact->tier)
                                                   : class_of(desk, c)->sla[k];
        if (now != NONE && now != then)
            change_target(desk, c, k, then);
        else if (now == NONE && then != NONE &&
                 (k == SLA_RESOLUTION ||
                  (k == SLA_FIRST_RESPONSE && !contact->ticket.responded)))
            start_clock(desk, c, k, then);
    }
    wind_timer(desk, c);
}

void close_clocks_of(struct desk *desk, uint32_t c, enum naive_fate fate)
{
    struct naive_contact *contact = &desk->contacts[c];
    account(desk, c);
    if (fate == NAIVE_SELF_SERVICE)
        contact->clocks[SLA_FIRST_RESPONSE].sla = NONE;
    for (uint32_t k = 0; k < SLA_CLOCKS; k++)
        end_clock(desk, c, k);
    contact->phase = IS_DONE;
    happens_not(desk, HAPPENS_POINT, c);
}

/* A clock has reached an escalation point; of several, the one listed first in enum sla_clock. */
void reach_point_of(struct desk *desk, uint32_t c)
{
    struct naive_contact *contact = &desk->contacts[c];
    uint32_t              k = 0;
    for (uint32_t i = 1; i < SLA_CLOCKS; i++)
        if (contact->clocks[i].sla != NONE &&
            (contact->clocks[k].sla == NONE || next_point_s(desk, &contact->clocks[i]) <
                                                   next_point_s(desk, &contact->clocks[k])))
            k = i;
    struct naive_clock *clock = &contact->clocks[k];
    const uint32_t      sla = clock->sla, point = ++clock->points;
    const bool          late = desk->plan->slas[sla].points[point - 1] >= 1;
    desk->tally->sla[contact->counted ? sla : desk->plan->n_slas].points++;
    tell_event(desk, c, EVENT_SLA, NONE, k, point);
    wind_timer(desk, c);
    escalate_by_clock(desk, c, late ? TRIGGER_sla_breach : TRIGGER_sla_warning, sla, point);
}

double deadline_of(const struct desk *desk, uint32_t c)
{
    const struct naive_clock *clocks = desk->contacts[c].clocks;
    if (clocks[SLA_FIRST_RESPONSE].sla != NONE)
        return due_s(desk, &clocks[SLA_FIRST_RESPONSE]);
    if (clocks[SLA_NEXT_REPLY].sla != NONE)
        return due_s(desk, &clocks[SLA_NEXT_REPLY]);
    double least_s = INFINITY;
    if (clocks[SLA_RESOLUTION].sla != NONE)
        least_s = due_s(desk, &clocks[SLA_RESOLUTION]);
    if (clocks[SLA_OPERATIONAL].sla != NONE)
        least_s = fmin(least_s, due_s(desk, &clocks[SLA_OPERATIONAL]));
    return least_s;
}

/* ---- when tiers are closed */

void note_staffing(struct desk *desk, uint32_t tier)
{
    uint32_t scheduled = 0, open = NONE;
    for (uint32_t p = 0; p < desk->plan->n_pools; p++)
        if (desk->plan->pools[p].tier == tier)
            scheduled += desk->scheduled[p];
    for (uint32_t i = 0; i < desk->n_closings; i++)
        if (desk->closings[i].tier == tier && desk->closings[i].to_s == INFINITY)
            open = i;
    if (scheduled > 0 && open != NONE)
        desk->closings[open].to_s = desk->now_s;
    if (scheduled > 0 || open != NONE)
        return;
    desk->closings = one_more(desk->closings, desk->n_closings, &desk->closings_room,
                              sizeof *desk->closings);
    desk->closings[desk->n_closings++] = (struct naive_closing){ tier, desk->now_s, INFINITY };
}
