/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/select_task.h - what a study that selects asks for, with its names resolved. */
#ifndef EXPERIMENT_SELECT_TASK_H
#define EXPERIMENT_SELECT_TASK_H

#include <tiersim/study.h>

#include "experiment/address.h"
#include "model/study.h"

struct arena;

struct select_task {
    struct address address;
    const size_t  *places;     /* [point] of its pair among those of a replication         */
    bool           largest;
    double         zone;       /* in the measure's unit; 0: none                           */
    /* An observation is a replication, or a set of them where busy days are spread over sets:
     * only whole sets are independent. */
    uint32_t       set;         /* replications of an observation                          */
    uint64_t       budget;      /* replications of all; 0: none                            */
    uint32_t       first, most; /* observations of each                                    */
    double         confidence;
};

/* Reads the task of a study: a measure that each of its n points has, a zone in its unit, enough
 * replications. What it keeps is in the arena. False when a problem was reported. */
bool select_task_read(struct select_task *task, struct arena *arena,
                      const struct study_given *given, const struct tsim_point *points, size_t n,
                      struct tsim_problems *problems);

#endif
