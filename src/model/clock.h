/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/clock.h - the SLA clocks of contacts.
 *
 * Each contact has at most one clock of each kind: first response, next reply, resolution, and
 * operational (its visit to a tier). A clock belongs to a target of the scenario, runs by that
 * target's calendar, stands still in the phases that it pauses for, and ends when what it waits
 * for happens, or with the contact. What it ran is split over the phases in which it ran.
 *
 * All a clock has to know is when the contact's phase changes: enter_phase tells it. A breach
 * needs no event of its own: when a clock stops, it has been breached if that is later than the
 * time at which the target passed, and is counted in the interval of that time. Only escalation
 * points have events, one at a time for each contact, and only where the scenario has some.
 *
 * Where the scenario has no SLA target, each call costs one look at the plan.
 */
#ifndef MODEL_CLOCK_H
#define MODEL_CLOCK_H

#include "model/uses.h"
#include "model/world.h"

/* The functions behind those below; c is a contact of a plan with SLA targets. */
void clock_open(struct world *world, uint32_t c);
void clock_enter(struct world *world, uint32_t c, enum phase phase);
void clock_reply(struct world *world, uint32_t c);
void clock_leave_tier(struct world *world, uint32_t c);
void clock_close(struct world *world, uint32_t c, enum fate fate);
void clock_restart(struct world *world, uint32_t c);
void clock_change_class(struct world *world, uint32_t c);
void clock_change_staff(struct world *world, uint32_t tier);

/* An escalation point that a clock has reached. */
struct clock_point {
    uint32_t     sla, point; /* point: 1 is the first                                     */
    enum trigger trigger;
};

/* The point whose event has just come, counted; sets the event of the next. */
struct clock_point clock_reached(struct world *world, uint32_t c);

/* When the contact's next target passes as things stand: first response or next reply while one
 * of them is awaited, else resolution or the tier's, whichever is first. INFINITY: none. */
double clock_deadline(const struct world *world, const struct contact *contact);

/* The next to be told of a contact: it has arrived. */
static inline void open_clocks(struct world *world, uint32_t c)
{
    if (USES_CLASSIC(world->plan->clocked))
        clock_open(world, c);
}

/* It is now in this phase. To be called at every change, after contact->tier is the tier at which
 * the phase passes; the same phase may be entered again. */
static inline void enter_phase(struct world *world, uint32_t c, enum phase phase)
{
    if (USES_CLASSIC(world->plan->clocked))
        clock_enter(world, c, phase);
}

/* It is handed over and leaves its tier, though perhaps for the same tier again. */
static inline void leave_tier(struct world *world, uint32_t c)
{
    if (USES_CLASSIC(world->plan->clocked))
        clock_leave_tier(world, c);
}

/* A customer who was waited on has replied: to be called before it enters another phase. */
static inline void reply_clock(struct world *world, uint32_t c)
{
    if (USES_CLASSIC(world->plan->clocked))
        clock_reply(world, c);
}

/* It was done, and is reopened: to be called before it enters another phase. */
static inline void clock_reopen(struct world *world, uint32_t c)
{
    if (USES_CLASSIC(world->plan->clocked))
        clock_restart(world, c);
}

/* Its class has changed, and so perhaps its targets: contact->plan is of the new class. */
static inline void clock_reclass(struct world *world, uint32_t c)
{
    if (USES_CLASSIC(world->plan->clocked))
        clock_change_class(world, c);
}

/* It ends, or is left open by the run: its last phase is done. */
static inline void close_clocks(struct world *world, uint32_t c, enum fate fate)
{
    if (USES_CLASSIC(world->plan->clocked))
        clock_close(world, c, fate);
}

/* The number of scheduled agents of a tier has changed. */
static inline void clock_staff(struct world *world, uint32_t tier)
{
    if (USES_CLASSIC(world->plan->clocked) && world->plan->tiers[tier].closes)
        clock_change_staff(world, tier);
}

#endif
