/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/verdict.h - was a promise kept, and can we tell?
 *
 * A promise is a number that must be at least (or at most) a target. It is kept when the whole
 * interval is on the good side, broken when the whole interval is on the bad side, and too close
 * to call in between. Meeting the target exactly keeps it.
 */
#ifndef STATS_VERDICT_H
#define STATS_VERDICT_H

#include <stdbool.h>
#include <stdint.h>

#include "stats/interval.h"

/* The order is that of enum tsim_verdict. */
enum verdict { VERDICT_KEPT, VERDICT_BROKEN, VERDICT_TOO_CLOSE, VERDICT_UNKNOWN };

enum { VERDICT_MORE_MAX = 1000000 };

/* Unknown when the estimate is undefined or has no interval. */
enum verdict verdict_of(const struct interval_estimate *estimate, double target, bool at_least);

/* About how many further replications would bring the half-width below the distance to the
 * target, after n so far: n * ((half / distance)^2 - 1), rounded up, at most VERDICT_MORE_MAX.
 * 0 when none are needed or nobody can say (no interval, or the value is the target). */
uint32_t verdict_more_replications(const struct interval_estimate *estimate, double target,
                                   uint64_t n);

#endif
