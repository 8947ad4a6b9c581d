/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/stress.h - the inside of the method "stress". Private to the room.
 *
 * stress_task.c makes the stresses, stress.c says what they do, stress_heal.c looks for agents.
 */
#ifndef EXPERIMENT_STRESS_H
#define EXPERIMENT_STRESS_H

#include <tiersim/stress.h>

#include "base/arena.h"
#include "experiment/study.h"

/* Of the usual stresses, at most: rises of demand, a pool, tiers with absent agents, a vendor. */
enum { STRESS_DEMANDS = 3, STRESS_TIERS = 8, STRESS_OTHERS = STRESS_TIERS + 2 };

struct tsim_stress {
    struct arena             arena;
    const struct tsim_study *study;
    struct tsim_comparison  *comparison;
    struct tsim_stress_info  info;
    struct tsim_stressed    *list;      /* [info.stresses]                                  */
    double                  *breaks_at; /* [info.promises]                                  */
    double                   began_s;
};

/* A usual stress, as settings on the study's scenario. */
struct stress_usual {
    const char *name, *settings;
    double      demand;
};

/* Makes the i-th usual stress; false when there is none of that number. `settings` is NULL where
 * the scenario has no such thing, or memory is out. */
bool stress_usual_at(struct tsim_study *study, uint32_t i, struct stress_usual *usual);

/* The agents of a pool as JSON: everybody who is there and `more` besides (fewer, but never fewer
 * than none), nobody where there is nobody, and nobody in the week's seconds [away_s, back_s). */
const char *stress_agents(struct arena *arena, const struct plan *plan, uint32_t pool, double more,
                          double away_s, double back_s);

/* Looks for the fewest added agents that keep every promise under a stress, and notes them. False,
 * reported, when something failed; an interruption is not a failure. */
bool stress_heal(struct tsim_stress *stress, struct tsim_stressed *stressed,
                 const struct tsim_run_options *options, struct tsim_problems *problems);

#endif
