/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/steadiness.h - is a steady state steady?
 *
 * The counted time is cut into up to ten blocks of whole report cycles. Over the replications the
 * mean number of contacts in the system is compared, paired, between the first block and the last
 * half (a warm-up that is too short), and between the middle and the last block (a desk that cannot
 * keep up). What differs by more than five standard errors and 2 % is said as a warning: it is
 * reported, not hidden.
 */
#ifndef EXPERIMENT_STEADINESS_H
#define EXPERIMENT_STEADINESS_H

#include "model/plan.h"
#include "stats/interval.h"

struct tally;
struct tsim_problems;

struct steadiness {
    struct moments start; /* first block less the mean of the last half, per replication   */
    struct moments drift; /* last block less the middle one                                */
    struct moments level; /* mean of the last half                                         */
};

void steadiness_add(struct steadiness *steadiness, const struct plan *plan,
                    const struct tally *tally);

/* Warns about what was found. */
void steadiness_judge(const struct steadiness *steadiness, const struct plan *plan,
                      struct tsim_problems *problems);

#endif
