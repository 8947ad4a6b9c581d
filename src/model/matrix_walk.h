/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/matrix_walk.h - where the escalation matrix can take contacts: a walk over its paths
 * before any run, for advice about it.
 *
 * The walk knows what the plan knows: who has which skill, who fails how often, who may approve
 * what. Conditions on how a contact fares (its age, its hand-overs …) may hold or not; a trigger
 * of which the plan cannot tell whether it fires may fire.
 */
#ifndef MODEL_MATRIX_WALK_H
#define MODEL_MATRIX_WALK_H

#include "model/plan.h"

/* How contacts of a class come to a tier; a bit each. */
enum coming {
    COMING_JOINS = 1, /* to the queue of their skill                                       */
    COMING_SENT = 2,  /* to a pool or a skill's queue by its name                          */
    COMING_SURELY = COMING_JOINS | COMING_SENT,
    COMING_MAYBE = 4, /* perhaps not: by a trigger that may not fire, or only asked about  */
};

struct matrix_walk {
    const struct plan *plan;
    uint8_t           *coming;  /* [class * n_tiers + tier]                                */
    uint8_t           *left;    /* … with which the walk has gone on from there            */
    bool              *circles; /* … whether whoever comes there can never leave the desk  */
    bool              *high;    /* [tier * n_issues + issue] a concession may be above authority */
    bool              *listed;  /* [rule] a search for a path may come to it               */
    bool              *decides; /* [rule] … of a contact and trigger that can be           */
};

/* False when memory is out. Close in any case. */
bool matrix_walk_open(struct matrix_walk *walk, const struct plan *plan);
void matrix_walk_close(struct matrix_walk *walk);

/* Whether a trigger may fire for a visit to which contacts come so; whether the plan can tell. */
bool trigger_may_fire(const struct matrix_walk *walk, uint32_t visit, enum trigger trigger,
                      unsigned coming);
bool trigger_is_told(enum trigger trigger);

/* Whether an SLA target holds for a visit; whether it has an escalation point before its time
 * (sla_warning), or from then on (sla_breach). */
bool sla_is_for(const struct plan *plan, uint32_t sla, uint32_t visit);
bool sla_has_point(const struct plan_sla *sla, enum trigger trigger);

/* Whether a contact can have a second attempt. */
bool somebody_returns(const struct plan *plan);

/* The first path of a visit's trigger; follow `otherwise` for the others. */
const struct plan_path *path_of_visit(const struct plan *plan, uint32_t visit,
                                      enum trigger trigger);

/* The visit that a place leads to; NONE when it is none of this desk, or depends on the run. */
uint32_t visit_at_place(const struct plan *plan, uint32_t visit, const struct plan_path *path,
                        const struct plan_place *place);

#endif
