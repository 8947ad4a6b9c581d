/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/clock.h - what a contact is doing, as its SLA clocks see it.
 *
 * Every change of what happens to a contact is told by enter_phase, whoever causes it. Where the
 * scenario has no SLA target that costs one look at the plan.
 */
#ifndef MODEL_CLOCK_H
#define MODEL_CLOCK_H

#include "model/uses.h"
#include "model/world.h"

/* A contact is now in this phase. To be called at every change, after contact->tier is the tier
 * at which the phase passes; the same phase may be entered again. */
static inline void enter_phase(struct world *world, uint32_t c, enum phase phase)
{
    if (!USES(world->plan->clocked))
        return;
    world->clocks[c].since_s = world->now_s;
    world->clocks[c].phase = (uint8_t)phase;
}

#endif
