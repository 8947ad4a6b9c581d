/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/longrun.h - one long run, cut into batches that are gathered like replications.
 *
 * Means of long batches of a steady state are nearly independent and nearly normal (A. M. Law,
 * Simulation Modeling and Analysis, 5th ed., 9.5.3), so that each batch counts as a replication and
 * every interval is Student's over batches. Whether they are long enough is looked at in two ways:
 *
 *   - how long blocks of the contacts in the system must be until von Neumann's ratio sees
 *     nothing of a positive correlation (stats/batch.h, on up to 200 blocks, so finer than the
 *     batches);
 *   - von Neumann's ratio of the batches themselves, for the mean wait and the service level of
 *     each tier, at 1 % for all of them together.
 *
 * That the desk cannot keep up is seen by the slope of a straight line through the blocks, against
 * the overlapping-batch variance of what lies off the line.
 */
#ifndef EXPERIMENT_LONGRUN_H
#define EXPERIMENT_LONGRUN_H

#include "experiment/gather.h"
#include "model/world.h"

struct longrun {
    const struct plan *plan;
    struct tally       before; /* as it was when the last batch ended                        */
    struct tally      *tallies; /* [plan->n_batches]                                         */
    struct pair       *pairs;  /* of one batch                                               */
    uint32_t           done;
    struct batch_sink  sink;   /* to be listened with                                        */
};

/* Takes memory; false when it is out. */
bool longrun_open(struct longrun *longrun, const struct plan *plan);
void longrun_close(struct longrun *longrun);

/* The run is over: gathers its batches. False, reported, when memory is out. */
bool longrun_gather(struct longrun *longrun, const struct tally *whole,
                    struct gathered *gathered, struct tsim_problems *problems);

/* What the run says about being steady, and about its batches. */
struct tsim_steadiness longrun_found(const struct gathered *gathered, const struct plan *plan);

/* Warns of batches that hang together. */
void longrun_judge(const struct tsim_steadiness *found, const struct plan *plan,
                   struct tsim_problems *problems);

#endif
