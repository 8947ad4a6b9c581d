/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/steadiness.h - is a steady state steady, and how long would be long enough?
 *
 * The counted time is cut into up to 200 equal blocks (of whole report cycles, where the time of
 * day matters); the series is the mean number of contacts in the system, block by block.
 *
 * Over the replications it is compared, paired, between the first tenth and the last half (a
 * warm-up that is too short), and between the middle and the last tenth (a desk that cannot keep
 * up). What differs by more than five standard errors and 2 % is said as a warning: it is reported,
 * not hidden. How much longer a warm-up should be is MSER-5's answer for the mean series
 * (stats/mser.h); if that has none, the run is too short to tell.
 *
 * Of each replication, overlapping batch means of a tenth (stats/batch.h) give the variance
 * parameter v of the series: a mean over the time t has variance v / t. From it follow how long
 * contacts in the system remember (v / (2 variance), the integrated autocorrelation time) and, as
 * from a pilot, how much counted time in all a precision takes.
 */
#ifndef EXPERIMENT_STEADINESS_H
#define EXPERIMENT_STEADINESS_H

#include <tiersim/result.h>

#include "model/plan.h"
#include "stats/interval.h"

struct tally;
struct tsim_problems;

struct steadiness {
    struct moments start;   /* first tenth less the mean of the last half, per replication */
    struct moments drift;   /* last tenth less the middle one                              */
    struct moments level;   /* mean of the last half                                       */
    double series[PLAN_BLOCKS_MOST]; /* contacts in the system, summed over replications */
    double variance, square;         /* variance parameters, in blocks, and variances, summed */
};

void steadiness_add(struct steadiness *steadiness, const struct plan *plan,
                    const struct tally *tally);

/* What was found. */
struct tsim_steadiness steadiness_found(const struct steadiness *steadiness,
                                        const struct plan *plan);

/* Warns about what was found. */
void steadiness_judge(const struct steadiness *steadiness, const struct tsim_steadiness *found,
                      const struct plan *plan, struct tsim_problems *problems);

#endif
