/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/empower.h - the inside of the method "empower". Private to the room. */
#ifndef EXPERIMENT_EMPOWER_H
#define EXPERIMENT_EMPOWER_H

#include <tiersim/empower.h>

#include "base/arena.h"
#include "experiment/study.h"

enum { EMPOWER_LIMITS = 10 }; /* tried when none are named                                */

struct tsim_empowerment {
    struct arena                 arena;
    const struct tsim_study     *study;
    struct tsim_comparison      *comparison;
    struct tsim_empowerment_info info;
    struct tsim_limit           *limits; /* [info.limits], ascending                        */
    size_t                      *keeps;  /* [info.promises]                                 */
};

/* Finds the tier and the limits to try, ascending and without repetitions, and notes the tier and
 * its limit in the study. False when a problem was reported. */
bool empower_task_read(struct tsim_study *study, struct numbers *limits,
                       struct tsim_problems *problems);

/* Fills the curve without queues. */
void empower_curve(struct tsim_empowerment *empowerment);

#endif
