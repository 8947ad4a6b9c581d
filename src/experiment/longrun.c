/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/longrun.h"

#include <math.h>
#include <stdlib.h>

#include "base/assert.h"
#include "base/limits.h"
#include "base/problem.h"
#include "model/batches.h"
#include "stats/batch.h"

#define ERRORS_LEAST  5    /* standard errors of a slope, or of a difference                   */
#define GROWTH_LEAST  0.5  /* of the mean level: a desk that keeps up does not grow so much     */
#define SHARE_LEAST   0.02 /* of the level: smaller differences do no harm                      */
#define BY_CHANCE     0.01 /* of all neighbours that are looked at together                     */
#define BLOCKS_LEAST  40   /* for overlapping batches of a tenth                                */

static void end_batch(void *user, const struct tally *so_far)
{
    struct longrun *longrun = user;
    TSIM_CHECK(longrun->done < longrun->plan->n_batches);
    tally_since(&longrun->tallies[longrun->done++], so_far, &longrun->before, longrun->plan);
    tally_copy(&longrun->before, so_far);
}

bool longrun_open(struct longrun *longrun, const struct plan *plan)
{
    *longrun = (struct longrun){ .plan = plan, .sink = { end_batch, longrun } };
    longrun->tallies = calloc(plan->n_batches, sizeof *longrun->tallies);
    longrun->pairs = malloc(measure_total(plan) * sizeof *longrun->pairs);
    bool good = longrun->tallies && longrun->pairs && tally_open(&longrun->before, plan);
    for (uint32_t b = 0; good && b < plan->n_batches; b++)
        good = tally_open(&longrun->tallies[b], plan);
    return good;
}

void longrun_close(struct longrun *longrun)
{
    for (uint32_t b = 0; longrun->tallies && b < longrun->plan->n_batches; b++)
        tally_close(&longrun->tallies[b]);
    free(longrun->tallies);
    free(longrun->pairs);
    if (longrun->before.block)
        tally_close(&longrun->before);
    *longrun = (struct longrun){ .plan = NULL };
}

bool longrun_gather(struct longrun *longrun, const struct tally *whole,
                    struct gathered *gathered, struct tsim_problems *problems)
{
    const struct plan *plan = longrun->plan;
    bool               good = true;
    end_batch(longrun, whole);
    TSIM_CHECK(longrun->done == plan->n_batches);
    for (uint32_t b = 0; good && b < plan->n_batches; b++) {
        measure_stretch(plan, &longrun->tallies[b],
                        (struct stretch){ batch_begin(plan, b), batch_end(plan, b) },
                        longrun->pairs);
        good = gather_add(gathered, plan, &longrun->tallies[b], longrun->pairs, problems);
    }
    return good;
}

/* ---- the blocks of the one run */

/* The mean growth from block to block by least squares; its standard error. */
static double slope_of(const double *x, size_t n, double *error)
{
    double       off[PLAN_BLOCKS_MOST] = { 0 }, mean = 0, slope = 0;
    const double middle = ((double)n - 1) / 2, length = (double)n;
    const double squares = length * (length * length - 1) / 12;
    for (size_t i = 0; i < n; i++)
        mean += x[i] / length;
    for (size_t i = 0; i < n; i++)
        slope += ((double)i - middle) * (x[i] - mean) / squares;
    for (size_t i = 0; i < n; i++)
        off[i] = x[i] - mean - slope * ((double)i - middle);
    *error = sqrt(batch_variance(off, n, n / 10) / squares);
    return slope;
}

static double mean_of(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum / (double)n;
}

/* Whether the first tenth is not like the last half. */
static bool starts_apart(const double *x, size_t n)
{
    const size_t late = n / 2, part = n / 10;
    const double level = mean_of(x + n - late, late), apart = mean_of(x, part) - level;
    const double variance = batch_variance(x + n - late, late, late / 10);
    const double error = sqrt(variance / (double)part + variance / (double)late);
    return fabs(apart) > ERRORS_LEAST * error && fabs(apart) > SHARE_LEAST * fabs(level);
}

/* ---- the batches */

/* The probability that the batches of a measure look so alike to their neighbours by chance. */
static double neighbours_of(const struct gathered *gathered, size_t place, double *x)
{
    const uint32_t n = gathered->replications;
    double         sum_x = 0, sum_y = 0;
    for (uint32_t b = 0; b < n; b++) {
        sum_x += gathered->pairs[(size_t)b * gathered->kept + place].x;
        sum_y += gathered->pairs[(size_t)b * gathered->kept + place].y;
    }
    if (!(sum_y > 0))
        return 1;
    for (uint32_t b = 0; b < n; b++) {
        const struct pair pair = gathered->pairs[(size_t)b * gathered->kept + place];
        x[b] = pair.x - sum_x / sum_y * pair.y;
    }
    return batch_neighbours(x, n);
}

static bool batches_hang(const struct gathered *gathered, const struct plan *plan)
{
    static const char *const measures[] = { "wait_mean", "service_level" };
    double *x = malloc(gathered->replications * sizeof *x);
    double  least = 1;
    for (uint32_t t = 0; x && t < plan->n_tiers; t++)
        for (size_t m = 0; m < COUNT_OF(measures); m++)
            least = fmin(least,
                         neighbours_of(gathered, measure_offset(plan, TSIM_SCOPE_TIER) +
                                                     t * measure_count(TSIM_SCOPE_TIER) +
                                                     measure_index(TSIM_SCOPE_TIER, measures[m]),
                                       x));
    free(x);
    return least * plan->n_tiers * COUNT_OF(measures) < BY_CHANCE;
}

struct tsim_steadiness longrun_found(const struct gathered *gathered, const struct plan *plan)
{
    const double          *series = gathered->steadiness.series;
    const size_t           n = plan->n_blocks;
    struct tsim_steadiness found = steadiness_found(&gathered->steadiness, plan);
    const double           length_s = plan->end_s - plan->warmup_s;
    found.batches_hang = batches_hang(gathered, plan);
    if (n < BLOCKS_LEAST)
        return found;
    double       error;
    const double slope = slope_of(series, n, &error), growth = slope * (double)(n - 1);
    found.drifts = slope > ERRORS_LEAST * error && growth > GROWTH_LEAST * mean_of(series, n);
    found.starts_apart = !found.drifts && starts_apart(series, n);
    found.batch_s = (double)batch_size(series, n) * plan->block_s;
    found.batches_hang |= found.batch_s <= 0 || found.batch_s > length_s / plan->n_batches * 1.001;
    return found;
}

void longrun_judge(const struct tsim_steadiness *found, const struct plan *plan,
                   struct tsim_problems *problems)
{
    char hint[160];
    if (!found->batches_hang || found->drifts)
        return;
    const double length_s = plan->end_s - plan->warmup_s, each_s = length_s / plan->n_batches;
    const double fit = found->batch_s > each_s ? floor(length_s / found->batch_s) : 0;
    if (fit >= LIMIT_BATCHES_LEAST)
        snprintf(hint, sizeof hint,
                 "use a \"length\" of %.3g h or more, or at most %u \"batches\"",
                 found->batch_s * plan->n_batches / 3600, (unsigned)fit);
    else if (fit > 0)
        snprintf(hint, sizeof hint, "use a \"length\" of %.3g h or more",
                 found->batch_s * plan->n_batches / 3600);
    else
        snprintf(hint, sizeof hint, "use a \"length\" that is at least four times as long");
    problem_plain(problems, TSIM_PROBLEM_WARNING, hint,
                  found->batch_s > 0
                      ? "the batches of %.3g h hang together, so intervals are too narrow"
                      : "the run is too short for intervals: batches of %.3g h hang together, and "
                        "longer ones do too",
                  each_s / 3600);
}
