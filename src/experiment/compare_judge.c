/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Differences, what they show, and what would be needed for the rest. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "experiment/compare.h"
#include "experiment/result.h"
#include "stats/contrast.h"
#include "stats/verdict.h"

#define NOBODY ((size_t)-1)

static size_t place_of(const struct tsim_comparison *comparison, size_t point, size_t measure)
{
    return comparison->places[measure * comparison->n_points + point];
}

/* The pairs of a point, replication after replication. They are with the result once it is made. */
static const struct pair *pairs_of(const struct tsim_comparison *comparison, size_t point)
{
    return comparison->results[point] ? comparison->results[point]->pairs
                                      : comparison->gathered[point].pairs;
}

/* Fills the values of a measure at every point that has it. */
static void fill_response(const struct tsim_comparison *comparison, size_t m, uint32_t n,
                          struct response *response)
{
    for (size_t p = 0; p < comparison->n_points; p++) {
        const size_t place = place_of(comparison, p, m);
        response->defined[p] = false;
        if (place == SIZE_MAX)
            continue;
        const struct pair *pair = &pairs_of(comparison, p)[place];
        response_fill_sets(response, (uint32_t)p, &pair->x, &pair->y,
                           comparison->gathered[p].kept * 2, n, comparison->gathered[p].set);
    }
}

static enum tsim_outcome outcome_of(const struct interval_estimate *difference,
                                    enum tsim_sense sense)
{
    if (!difference->defined)
        return TSIM_UNDEFINED;
    if (difference->value == 0 && difference->has_interval && difference->std_error == 0)
        return TSIM_IDENTICAL;
    if (!difference->has_interval || (difference->low <= 0 && difference->high >= 0))
        return TSIM_NOT_SHOWN;
    const bool higher = difference->low > 0;
    if (sense == TSIM_NEITHER_IS_BETTER)
        return higher ? TSIM_HIGHER : TSIM_LOWER;
    return higher == (sense == TSIM_MORE_IS_BETTER) ? TSIM_BETTER : TSIM_WORSE;
}

/* How much smaller the variance of a difference is than of independent runs; 0 where one of the
 * two does not vary, or the difference does by rounding alone. */
static double reduction_of(double error_a, double error_b, double error_of_both, double size)
{
    const double rounding = 1e-12 * size;
    if (error_a <= rounding || error_b <= rounding || error_of_both <= rounding)
        return 0;
    return (error_a * error_a + error_b * error_b) / (error_of_both * error_of_both);
}

static struct tsim_difference differ(const struct response *response, uint32_t set, size_t high,
                                     size_t low, enum tsim_sense sense, double t)
{
    const struct interval_estimate estimate =
        contrast_of_two(response, (uint32_t)high, (uint32_t)low, t);
    struct tsim_difference difference = { .difference = public_estimate(estimate),
                                          .outcome = outcome_of(&estimate, sense) };
    if (estimate.has_interval)
        difference.reduction = reduction_of(response->error[high], response->error[low],
                                            estimate.std_error,
                                            fabs(response->value[high]) +
                                                fabs(response->value[low]));
    if (difference.outcome == TSIM_NOT_SHOWN)
        difference.more_replications =
            set * verdict_more_replications(&estimate, 0, response->replications);
    return difference;
}

/* ---- the best of a measure */

static double value_of(const struct tsim_comparison *comparison, size_t point, size_t measure,
                       bool *defined)
{
    const size_t place = place_of(comparison, point, measure);
    *defined = place != SIZE_MAX && comparison->gathered[point].sums[place].sum_y != 0;
    return *defined ? comparison->gathered[point].sums[place].sum_x /
                          comparison->gathered[point].sums[place].sum_y
                    : 0;
}

static void find_best(struct tsim_comparison *comparison, size_t m)
{
    struct tsim_compared *measure = &comparison->measures[m];
    size_t                leader = NOBODY;
    double                best = 0;
    measure->best = NOBODY;
    measure->more_replications = 0;
    for (size_t p = 0; p < comparison->n_points; p++) {
        bool         defined;
        const double value = value_of(comparison, p, m, &defined);
        const bool   ahead = measure->sense == TSIM_MORE_IS_BETTER ? value > best : value < best;
        if (defined && (leader == NOBODY || ahead)) {
            leader = p;
            best = value;
        }
    }
    if (measure->sense == TSIM_NEITHER_IS_BETTER || leader == NOBODY)
        return;
    size_t others = 0, beaten = 0;
    for (size_t p = 0; p < comparison->n_points; p++) {
        if (p == leader)
            continue;
        const struct tsim_difference d = tsim_comparison_difference(comparison, leader, p, m);
        others += d.outcome != TSIM_UNDEFINED;
        beaten += d.outcome == TSIM_BETTER;
        if (d.more_replications > measure->more_replications)
            measure->more_replications = d.more_replications;
    }
    if (others > 0 && others == beaten)
        measure->best = leader;
}

/* ---- all of them */

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The median reduction of variance of those that can be said. */
static double median_reduction(struct tsim_comparison *comparison, size_t n)
{
    double *all = malloc((n + 1) * sizeof *all);
    size_t  said = 0;
    for (size_t i = 0; all && i < n; i++)
        if (comparison->differences[i].reduction > 0)
            all[said++] = comparison->differences[i].reduction;
    if (said > 0)
        qsort(all, said, sizeof *all, ascending);
    const double median = said > 0 ? (all[(said - 1) / 2] + all[said / 2]) / 2 : 0;
    free(all);
    return median;
}

bool compare_judge(struct tsim_comparison *comparison, uint32_t n, double confidence)
{
    const size_t    points = comparison->n_points;
    const size_t    all = points * (points - 1) / 2 * comparison->n_measures;
    const uint32_t  set = comparison->gathered[0].set, units = response_sets(n, set);
    struct response response;
    bool            good = response_open(&response, (uint32_t)points, units);
    comparison->info.differences = all;
    comparison->info.each = all > 0 ? 1 - (1 - confidence) / (double)all : confidence;
    const double t = student_quantile(units - 1, comparison->info.each);
    for (size_t m = 0; good && m < comparison->n_measures; m++) {
        fill_response(comparison, m, n, &response);
        for (size_t high = 1; high < points; high++)
            for (size_t low = 0; low < high; low++)
                comparison->differences[compare_at(comparison, high, low, m)] =
                    differ(&response, set, high, low, comparison->measures[m].sense, t);
        find_best(comparison, m);
    }
    response_close(&response);
    comparison->info.reduction = good ? median_reduction(comparison, all) : 0;
    return good;
}

/* By how many times as many replications a difference would about be decided; 0: it is. */
static double more_for(const struct tsim_comparison *comparison, const struct tsim_difference *d,
                       double scale)
{
    const double asked = comparison->study->given.precision * scale;
    const double half = (d->difference.high - d->difference.low) / 2;
    const double enough = fmax(comparison->info.indifference * scale, fabs(d->difference.value));
    double       factor = 0;
    if (!d->difference.has_interval)
        return 0;
    if (asked > 0 && half > asked)
        factor = (half / asked) * (half / asked);
    if (comparison->info.until_decided && d->outcome == TSIM_NOT_SHOWN &&
        half > comparison->info.indifference * scale && enough > 0)
        factor = fmax(factor, (half / enough) * (half / enough));
    return factor;
}

uint32_t compare_undecided(const struct tsim_comparison *comparison, uint32_t n)
{
    double factor = 0;
    for (size_t high = 1; high < comparison->n_points; high++)
        for (size_t low = 0; low < high; low++)
            for (size_t m = 0; m < comparison->n_measures; m++) {
                const struct tsim_difference *d =
                    &comparison->differences[compare_at(comparison, high, low, m)];
                bool         defined;
                const double value = fabs(value_of(comparison, low, m, &defined));
                const double scale = comparison->measures[m].unit == TSIM_UNIT_SHARE ? 1 : value;
                factor = fmax(factor, more_for(comparison, d, scale));
            }
    return factor > 0 ? (uint32_t)fmin(ceil(n * fmax(factor, 1.1)), UINT32_MAX) : 0;
}
