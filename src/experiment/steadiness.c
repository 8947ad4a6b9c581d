/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/steadiness.h"

#include <math.h>

#include "base/problem.h"
#include "model/tally.h"
#include "stats/batch.h"
#include "stats/mser.h"

#define BLOCKS_LEAST       4
#define BLOCKS_OF_BATCHES  40   /* for overlapping batches of a tenth */
#define REPLICATIONS_LEAST 5
#define ERRORS_LEAST       5    /* standard errors: about one false alarm in a million runs */
#define SHARE_LEAST        0.02 /* of the level: smaller differences do no harm             */
#define PILOT_PRECISION    0.01 /* for which a pilot tells the time needed                  */

static double mean_of(const double *x, uint32_t first, uint32_t n)
{
    double sum = 0;
    for (uint32_t i = first; i < first + n; i++)
        sum += x[i];
    return sum / n;
}

void steadiness_add(struct steadiness *steadiness, const struct plan *plan,
                    const struct tally *tally)
{
    const uint32_t n = plan->n_blocks, part = n < 10 ? 1 : n / 10;
    double         present[PLAN_BLOCKS_MOST];
    if (!plan->steady_state || n < BLOCKS_LEAST)
        return;
    for (uint32_t i = 0; i < n; i++) {
        present[i] = tally->present_s[i] / plan->block_s;
        steadiness->series[i] += present[i];
    }
    const double late = mean_of(present, n / 2, n - n / 2);
    moments_add(&steadiness->level, late);
    moments_add(&steadiness->start, mean_of(present, 0, part) - late);
    moments_add(&steadiness->drift,
                mean_of(present, n - part, part) - mean_of(present, n / 2 - part, part));
    if (n < BLOCKS_OF_BATCHES)
        return;
    struct moments moments = { 0 };
    for (uint32_t i = 0; i < n; i++)
        moments_add(&moments, present[i]);
    steadiness->variance += batch_variance(present, n, n / 10);
    steadiness->square += moments.m2 / (n - 1);
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

struct tsim_steadiness steadiness_found(const struct steadiness *steadiness,
                                        const struct plan *plan)
{
    struct tsim_steadiness found = { 0 };
    const uint32_t         n = plan->n_blocks;
    const double           level = steadiness->level.mean;
    size_t                 cut;
    if (steadiness->level.n == 0)
        return found;
    found.drifts = steadiness->drift.mean > 0 && differs(&steadiness->drift, level);
    found.starts_apart = differs(&steadiness->start, level);
    found.settles = n >= MSER_BATCHES_LEAST && mser_cut(steadiness->series, n, &cut);
    found.settles_s = found.settles ? (double)cut * plan->block_s : 0;
    if (n < BLOCKS_OF_BATCHES || !(steadiness->square > 0) || !(level > 0))
        return found;
    const double count = (double)steadiness->level.n;
    const double t = student_quantile(UINT32_MAX, plan->given->run.confidence);
    const double need = t / (PILOT_PRECISION * level);
    found.remembers_s = steadiness->variance / steadiness->square / 2 * plan->block_s;
    found.needed_s = steadiness->variance / count * plan->block_s * need * need;
    return found;
}

void steadiness_judge(const struct steadiness *steadiness, const struct tsim_steadiness *found,
                      const struct plan *plan, struct tsim_problems *problems)
{
    const double level = steadiness->level.mean;
    if (found->drifts)
        problem_plain(problems, TSIM_PROBLEM_WARNING,
                      "the desk cannot keep up, or its steady state is far off: give it more "
                      "agents, or simulate a terminating run",
                      "the number of contacts in the system still grows at the end of the run (by "
                      "%.*f in its second half)", steadiness->drift.mean < 10 ? 1 : 0,
                      steadiness->drift.mean);
    else if (found->starts_apart && found->settles)
        problem_plain(problems, TSIM_PROBLEM_WARNING, "use a longer \"warm_up\"",
                      "the warm-up of %.3g h looks too short: %.3g contacts are in the system at "
                      "first, %.3g later; MSER-5 would leave out another %.3g h",
                      plan->warmup_s / 3600, level + steadiness->start.mean, level,
                      fmax(found->settles_s, plan->block_s) / 3600);
    else if (found->starts_apart && plan->n_blocks < MSER_BATCHES_LEAST)
        problem_plain(problems, TSIM_PROBLEM_WARNING, "use a longer \"warm_up\"",
                      "the warm-up of %.3g h looks too short: %.3g contacts are in the system at "
                      "first, %.3g later", plan->warmup_s / 3600, level + steadiness->start.mean,
                      level);
    else if (found->starts_apart)
        problem_plain(problems, TSIM_PROBLEM_WARNING, "use a longer \"length\" and \"warm_up\"",
                      "the run of %.3g h is too short to tell where the warm-up ends: %.3g "
                      "contacts are in the system at first, %.3g later",
                      (plan->end_s - plan->warmup_s) / 3600, level + steadiness->start.mean, level);
}
