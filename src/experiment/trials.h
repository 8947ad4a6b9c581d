/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/trials.h - replications of one scenario or of several, on threads, taken in order.
 *
 * A point is one of the scenarios. Replication r of every point has the same random numbers, by
 * address (docs/random-numbers.md): the points see the same customers. What is to be done is
 * planned in batches, replications of a point one after another; when all are taken, the caller
 * is asked to plan more.
 */
#ifndef EXPERIMENT_TRIALS_H
#define EXPERIMENT_TRIALS_H

#include <tiersim/run.h>

#include "experiment/bounds.h"
#include "experiment/farm.h"
#include "model/measure.h"

/* A finished replication, as its taker sees it. */
struct trial {
    uint32_t            point, replication, slot;
    const struct tally *tally;
    const struct pair  *pairs; /* measure_tally's                                          */
};

struct trials {
    /* To be set before trials_open. */
    const struct tsim_scenario *const *scenarios; /* [n_points]                            */
    uint32_t                           n_points;
    const struct tsim_run_options     *options;   /* threads, limits, progress, stop       */
    struct tsim_problems              *problems;
    uint64_t                           seed;
    void                              *user;
    /* Takes a replication, in the order of the batches; false, reported, ends it all. */
    bool (*take)(void *user, const struct trial *trial);
    /* All batches are taken: plans more with trials_plan, or leaves it. */
    void (*decide)(void *user);
    /* Who listens to a replication, on the worker's thread; NULL: nobody. */
    const struct listeners *(*listen)(void *user, uint32_t slot, uint32_t replication);
    /* Completes what the progress callback is told; NULL: nothing to add. */
    void (*tell)(void *user, struct tsim_progress *progress);

    /* Read only. */
    uint64_t taken, planned;   /* replications                                             */
    uint64_t contacts, events; /* of those taken                                           */
    uint32_t threads, slots;
    bool     complete;         /* everything planned was taken                             */
    double   began_s;

    struct trials_inside *inside;
};

/* Plans `n` replications of a point, from number `first` on. False when memory is out. */
bool trials_plan(struct trials *trials, uint32_t point, uint32_t first, uint32_t n);

/* Takes memory; at least one batch must be planned after it and before trials_run. `most` bounds
 * the threads (0: not). False, reported, when it fails. */
bool trials_open(struct trials *trials, uint32_t most);
/* Works until nothing is planned. False, reported, when something failed; an interruption is not
 * a failure. */
bool trials_run(struct trials *trials);
void trials_close(struct trials *trials);

#endif
