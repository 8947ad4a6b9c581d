/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/adjust.h"

#include <math.h>
#include <stdlib.h>

#include "base/assert.h"
#include "base/limits.h"

/* The measures that matter when nothing is said. */
static size_t targets_of(const struct plan *plan, size_t *to)
{
    static const char *const desk[] = { "resolution_mean", "sla_breach_share", "cost_per_day" };
    size_t                   n = 0;
    for (uint32_t t = 0; t < plan->n_tiers; t++)
        to[n++] = measure_offset(plan, TSIM_SCOPE_TIER) + t * measure_count(TSIM_SCOPE_TIER) +
                  measure_index(TSIM_SCOPE_TIER, "service_level");
    for (size_t i = 0; i < COUNT_OF(desk); i++)
        to[n++] = measure_offset(plan, TSIM_SCOPE_DESK) + measure_index(TSIM_SCOPE_DESK, desk[i]);
    return n;
}

/* The sum of a pair over a set. */
static struct pair pair_of(const struct gathered *gathered, size_t unit, size_t at)
{
    struct pair  sum = { 0, 0 };
    const size_t end = (unit + 1) * gathered->set;
    for (size_t r = unit * gathered->set; r < end && r < gathered->replications; r++) {
        sum.x += gathered->pairs[r * gathered->kept + at].x;
        sum.y += gathered->pairs[r * gathered->kept + at].y;
    }
    return sum;
}

/* What each unit adds to the linearised ratio, into to[unit * stride]. False when there is none. */
static bool linearise(const struct adjustment *adjustment, size_t at, double *to, size_t stride)
{
    const struct ratio_sums *sums = &adjustment->gathered->sums[at];
    const double             mean_y = sums->sum_y / (double)sums->n;
    if (!(mean_y < 0) && !(mean_y > 0))
        return false;
    const double ratio = sums->sum_x / sums->sum_y;
    for (size_t unit = 0; unit < adjustment->units; unit++) {
        const struct pair pair = pair_of(adjustment->gathered, unit, at);
        to[unit * stride] = (pair.x - ratio * pair.y) / mean_y;
    }
    return true;
}

/* What was known, a row for each unit. */
static double *controls_of(const struct adjustment *adjustment)
{
    const struct gathered *gathered = adjustment->gathered;
    const size_t           k = gathered->knowns.n;
    double                *rows = calloc(adjustment->units * k, sizeof *rows);
    for (size_t r = 0; rows && r < gathered->replications; r++)
        for (size_t i = 0; i < k; i++)
            rows[r / gathered->set * k + i] += gathered->known[r * k + i];
    return rows;
}

static double *responses_of(const struct adjustment *adjustment, const size_t *targets, size_t n)
{
    double *rows = calloc(adjustment->units * n, sizeof *rows);
    for (size_t i = 0; rows && i < n; i++)
        linearise(adjustment, targets[i], rows + i, n);
    return rows;
}

void adjust_open(struct adjustment *adjustment, const struct plan *plan,
                 const struct gathered *gathered, const size_t *targets, size_t n)
{
    *adjustment = (struct adjustment){ .gathered = gathered,
                                       .units = gathered->sums[0].n };
    size_t own[LIMIT_TIERS + 3];
    if (gathered->knowns.n == 0 || adjustment->units < CONTROL_UNITS_LEAST)
        return;
    if (n == 0) {
        n = targets_of(plan, own);
        targets = own;
    }
    double *controls = controls_of(adjustment), *responses = responses_of(adjustment, targets, n);
    adjustment->response = malloc(adjustment->units * sizeof *adjustment->response);
    if (controls && responses && adjustment->response) {
        const size_t               k = gathered->knowns.n;
        const struct control_table known = { controls, adjustment->units, k, k };
        const struct control_table of = { responses, adjustment->units, n, n };
        adjustment->q = control_choose(&known, &of, adjustment->chosen);
        adjustment->fit = control_fit_new(&known, adjustment->chosen, adjustment->q);
    }
    if (adjustment->fit)
        adjustment->t = student_quantile(control_fit_degrees(adjustment->fit),
                                         plan->given->run.confidence);
    free(controls);
    free(responses);
}

void adjust_close(struct adjustment *adjustment)
{
    control_fit_free(adjustment->fit);
    free(adjustment->response);
    *adjustment = (struct adjustment){ 0 };
}

struct interval_estimate adjust_estimate(struct adjustment *adjustment, size_t at,
                                         struct interval_estimate estimate)
{
    double mean, std_error;
    if (!adjustment->fit || !estimate.has_interval || !(estimate.std_error > 0) ||
        !linearise(adjustment, at, adjustment->response, 1))
        return estimate;
    control_fit_mean(adjustment->fit, adjustment->response, 1, &mean, &std_error);
    return interval_around(estimate.value + mean, std_error, adjustment->t);
}

double adjust_gain(const struct gathered *gathered, size_t at, double confidence,
                   const struct interval_estimate *estimate)
{
    struct ratio_sums independent = { 0 };
    const double      half = (estimate->high - estimate->low) / 2;
    if (!estimate->has_interval || !(half > 1e-9 * fabs(estimate->value)))
        return 0;
    for (size_t r = 0; r < gathered->replications; r++)
        ratio_add(&independent, gathered->pairs[r * gathered->kept + at].x,
                  gathered->pairs[r * gathered->kept + at].y);
    const struct interval_estimate plain = ratio_interval(&independent, confidence);
    const double                   ratio = (plain.high - plain.low) / 2 / half;
    return plain.has_interval ? ratio * ratio : 0;
}
