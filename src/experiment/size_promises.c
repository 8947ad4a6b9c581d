/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of the promises with a candidate, in public words: of a sizing, of a schedule. */
#include "experiment/size.h"

#include <math.h>

#include "experiment/result.h"

struct tsim_estimate size_estimate(const struct size_candidate *candidate,
                                   enum size_sample sample, size_t at, double t)
{
    return public_estimate(ratio_interval_t(&candidate->seen[sample].sums[at], t));
}

/* The claim of a promise that came off worst. */
static size_t worst_claim(const struct sizer *sizer, const struct size_candidate *candidate,
                          enum size_sample sample, size_t promise)
{
    size_t worst = sizer->n_claims;
    double least = HUGE_VAL;
    for (size_t i = 0; i < sizer->n_claims; i++) {
        const double slack = size_slack(sizer, candidate, sample, i, 0);
        if (sizer->claims[i].promise != promise || slack >= least)
            continue;
        least = slack;
        worst = i;
    }
    return worst;
}

void size_tell_promise(const struct sizer *sizer, const struct size_candidate *candidate,
                       enum size_sample sample, size_t promise, struct tsim_size_promise *told)
{
    const uint32_t n = candidate->seen[sample].n;
    const double   one = size_one_sided(sizer, n);
    const double   two = n > 1 ? student_quantile(n - 1, sizer->options.confidence) : 0;
    const size_t   i = worst_claim(sizer, candidate, sample, promise);
    const struct size_claim *claim = &sizer->claims[i];
    const enum tsim_unit     unit = promise_unit(sizer->plan->promises[promise].measure);
    *told = (struct tsim_size_promise){
        .at_least = claim->at_least, .target = claim->target, .by_days = claim->by_days,
        .unit = claim->by_days ? TSIM_UNIT_SHARE : unit, .day_at_least = claim->day_at_least,
        .day_target = claim->day_target, .day_unit = unit,
        .estimate = size_estimate(candidate, sample, i, two), .verdict = TSIM_TOO_CLOSE,
    };
    if (!told->estimate.defined)
        told->verdict = TSIM_UNKNOWN;
    else if (size_slack(sizer, candidate, sample, i, one) >= 0)
        told->verdict = TSIM_KEPT;
    else if (size_slack(sizer, candidate, sample, i, -one) < 0)
        told->verdict = TSIM_BROKEN;
}
