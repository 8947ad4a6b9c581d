/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/pareto.h - the points that are not beaten on both counts.
 *
 * Point q beats p when it costs no more and serves no worse, and is better in one of the two. The
 * front are the points that no other beats, by their estimates; points that are equal in both do
 * not beat each other, so both are on it.
 *
 * Estimates are uncertain, so membership is too. It is `sure` when paired replications settle it:
 * off the front, some point beats p for certain (it is not worse in either within the intervals,
 * and better in one); on the front, every other point is for certain dearer or worse, or the same
 * in both. The intervals of one point's comparisons with all others hold together at the given
 * confidence (Bonferroni); what holds is about each point, not about all points at once.
 */
#ifndef STATS_PARETO_H
#define STATS_PARETO_H

#include "stats/contrast.h"

struct pareto_mark {
    bool on;   /* not beaten, by estimates */
    bool sure; /* and that is settled      */
};

/* Marks [n_points]. A point where either is not defined is off the front, and sure of it. */
void pareto_front(const struct response *cost, const struct response *service,
                  bool more_is_better, double confidence, struct pareto_mark *marks);

#endif
