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
    const char           *results;       /* folder, from the working directory; NULL: none */
    bool                  allow_plugins; /* of its scenarios                               */
    struct select_task    select;        /* if that is its method                          */
    uint32_t              limit_tier;    /* of the method "empower"                        */
    double                limit_now;     /* the scenario's own; INFINITY: none             */
    double               *demand;        /* [point] of the method "stress": rise of demand */
};

/* What a study runs with: its own word, or the scenario's, unless the options say otherwise; whole
 * sets of replications, where busy days are spread over them. */
uint32_t study_replications(const struct tsim_study *study,
                            const struct tsim_run_options *options);
/* All scenarios must spread busy days over sets of as many replications, so that sets are of the
 * same customers and can be paired. False when a problem was reported. */
bool study_same_sets(const struct tsim_scenario *const *scenarios, size_t n, const struct json *at,
                     struct tsim_problems *problems);
uint64_t study_seed(const struct tsim_study *study, const struct tsim_run_options *options);

#endif
