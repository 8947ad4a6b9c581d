/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/verdict.h"

#include <math.h>

enum verdict verdict_of(const struct interval_estimate *estimate, double target, bool at_least)
{
    if (!estimate->defined || !estimate->has_interval)
        return VERDICT_UNKNOWN;
    const double worst = at_least ? estimate->low - target : target - estimate->high;
    const double best = at_least ? estimate->high - target : target - estimate->low;
    if (worst >= 0.0)
        return VERDICT_KEPT;
    return best < 0.0 ? VERDICT_BROKEN : VERDICT_TOO_CLOSE;
}

uint32_t verdict_more_replications(const struct interval_estimate *estimate, double target,
                                   uint64_t n)
{
    if (!estimate->defined || !estimate->has_interval)
        return 0;
    const double half = 0.5 * (estimate->high - estimate->low);
    const double distance = fabs(estimate->value - target);
    if (!(distance > 0.0) || half <= distance)
        return 0;
    const double more = ceil((double)n * ((half / distance) * (half / distance) - 1.0));
    return more < VERDICT_MORE_MAX ? (uint32_t)more : (uint32_t)VERDICT_MORE_MAX;
}
