/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/steadiness.h"

#include <math.h>

#include "base/problem.h"
#include "model/tally.h"

#define BLOCKS_LEAST       4
#define REPLICATIONS_LEAST 5
#define ERRORS_LEAST       5    /* standard errors: about one false alarm in a million runs */
#define SHARE_LEAST        0.02 /* of the level: smaller differences do no harm             */

void steadiness_add(struct steadiness *steadiness, const struct plan *plan,
                    const struct tally *tally)
{
    const uint32_t n = plan->n_blocks;
    if (!plan->steady_state || n < BLOCKS_LEAST)
        return;
    double late = 0;
    for (uint32_t i = n / 2; i < n; i++)
        late += tally->present_s[i] / plan->block_s / (n - n / 2);
    moments_add(&steadiness->level, late);
    moments_add(&steadiness->start, tally->present_s[0] / plan->block_s - late);
    moments_add(&steadiness->drift,
                (tally->present_s[n - 1] - tally->present_s[n / 2 - 1]) / plan->block_s);
}

/* True when a paired difference is certain and large enough to matter. */
static bool differs(const struct moments *difference, double level)
{
    if (difference->n < REPLICATIONS_LEAST)
        return false;
    const double error = sqrt(difference->m2 / (double)(difference->n - 1) /
                              (double)difference->n);
    return fabs(difference->mean) > ERRORS_LEAST * error &&
           fabs(difference->mean) > SHARE_LEAST * fabs(level);
}

void steadiness_judge(const struct steadiness *steadiness, const struct plan *plan,
                      struct tsim_problems *problems)
{
    const double level = steadiness->level.mean;
    if (steadiness->drift.mean > 0 && differs(&steadiness->drift, level))
        problem_plain(problems, TSIM_PROBLEM_WARNING,
                      "the desk cannot keep up, or its steady state is far off: give it more "
                      "agents, or simulate a terminating run",
                      "the number of contacts in the system still grows at the end of the run (by "
                      "%.3g in its second half)", steadiness->drift.mean);
    else if (differs(&steadiness->start, level))
        problem_plain(problems, TSIM_PROBLEM_WARNING, "use a longer \"warm_up\"",
                      "the warm-up of %.3g h looks too short: %.3g contacts are in the system at "
                      "first, %.3g later", plan->warmup_s / 3600, level + steadiness->start.mean,
                      level);
}
