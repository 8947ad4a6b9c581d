/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/study.h - the inside of a study: its points, loaded. Private to the room. */
#ifndef EXPERIMENT_STUDY_H
#define EXPERIMENT_STUDY_H

#include <tiersim/run.h>
#include <tiersim/study.h>

#include "base/arena.h"
#include "base/param.h"
#include "experiment/select_task.h"
#include "model/scenario.h"
#include "model/study.h"

struct tsim_study {
    struct arena          arena;
    struct reader         reader;
    struct json_document *document;
    struct study_given    given;
    const char           *file, *folder; /* folder NULL: the working directory             */
    struct tsim_point    *points;        /* the scenario, then the variants                */
    struct tsim_scenario **origins;      /* [point] as their files have them; NULL: as the
                                            first's                                        */
    const struct tsim_scenario **scenarios; /* [point] those of the points                 */
    size_t                n_points;
    bool                  allow_plugins; /* of its scenarios                               */
    struct select_task    select;        /* if that is its method                          */
    uint32_t              limit_tier;    /* of the method "empower"                        */
    double                limit_now;     /* the scenario's own; INFINITY: none             */
};

/* What a study runs with: its own word, or the scenario's, unless the options say otherwise. */
uint32_t study_replications(const struct tsim_study *study,
                            const struct tsim_run_options *options);
uint64_t study_seed(const struct tsim_study *study, const struct tsim_run_options *options);

#endif
