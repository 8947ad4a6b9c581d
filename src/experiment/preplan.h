/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/preplan.h - what formulas say of the staffing, before anything is simulated.
 *
 * The traffic equations through the tiers, in time (model/traffic.h, theory/staffing.h), give each
 * tier's offered load by report interval; Erlang A with the modified offered load gives the agents
 * that keep the promises made of that tier. A tier of which nothing is promised gets its load and
 * the square root of it. Sessions of self-service, where they are bounded, are all taken as often
 * as Erlang B says of what comes in the interval. Handling that depends on the hour is its mean in
 * each interval; agents who work on several contacts at once count as so many lines, as slow as
 * when all are taken. Desk-wide promises, skills and shares of busy agents lent to other tiers are
 * left to the simulation.
 */
#ifndef EXPERIMENT_PREPLAN_H
#define EXPERIMENT_PREPLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "model/plan.h"

struct preplan {
    uint32_t  n_tiers, n_intervals;
    double   *load;     /* [tier * n_intervals + interval]: agents busy if all were answered      */
    uint32_t *agents;   /* the same: needed in that interval                                      */
    uint32_t *constant; /* [tier]: needed, if the number is the same in all intervals with load   */
};

/* False when memory is out. */
bool preplan_make(struct preplan *preplan, const struct plan *plan);
void preplan_free(struct preplan *preplan);

#endif
