/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/validation/judge.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stats/interval.h"
#include "stats/sections.h"
#include "support/validation/casefile.h"

/* ---- runs */

bool case_has_scenario(const char *id)
{
    char path[4096];
    snprintf(path, sizeof path, TSIM_SOURCE_DIR "/tests/validation/%s.json", id);
    return strncmp(id, "TR", 2) != 0 && strncmp(id, "SQ", 2) != 0 && access(path, R_OK) == 0;
}

const struct tsim_result *case_result(struct case_runs *runs, const char *edit)
{
    for (size_t i = 0; i < runs->n; i++)
        if (strcmp(runs->edits[i], edit) == 0)
            return runs->results[i];
    if (runs->n == JUDGE_RUNS_MOST)
        return NULL;
    struct tsim_result *result = casefile_run(runs->id, edit[0] ? edit : NULL, &runs->options);
    if (result)
        runs->contacts += tsim_result_info(result)->contacts;
    snprintf(runs->edits[runs->n], sizeof runs->edits[0], "%s", edit);
    runs->results[runs->n] = result;
    return runs->results[runs->n++];
}

void case_close(struct case_runs *runs)
{
    for (size_t i = 0; i < runs->n; i++)
        tsim_result_free(runs->results[i]);
    runs->n = 0;
}

/* ---- values */

static double scale_of(const struct case_runs *runs, const struct tsim_run_info *info,
                       enum rule_scale scale)
{
    /* A terminating run of less than a day is one. */
    const double days = info->length_s < 86400 && !info->steady_state ? 1 : info->length_s / 86400;
    switch (scale) {
    case AS_IS:
        break;
    case IN_UNITS:
        return 1 / runs->unit_s;
    case PER_UNIT:
        return runs->unit_s / 86400;
    case PER_RUN:
        return days;
    case UNITS_PER_RUN:
        return days / runs->unit_s;
    case OVER_INTERVAL:
        return info->interval_s / runs->unit_s;
    case OVER_RUN:
        return info->length_s / runs->unit_s;
    }
    return 1;
}

static struct finding estimate_of(const struct tsim_result *result, const char *where)
{
    struct place place;
    if (!casefile_place(result, where, &place))
        return (struct finding){ 0 };
    const struct tsim_estimate estimate =
        tsim_result_get(result, place.scope, place.entry, place.measure);
    uint32_t degrees = tsim_result_info(result)->replications - 1;
    if (strstr(where, "wait_p") && degrees > SECTIONS - 1)
        degrees = SECTIONS - 1;
    return (struct finding){ estimate.value, estimate.std_error, degrees, estimate.defined };
}

struct finding judge_variance(const double *x, uint32_t n)
{
    struct moments moments = { 0 };
    double         fourth = 0;
    for (uint32_t i = 0; i < n; i++)
        moments_add(&moments, x[i]);
    for (uint32_t i = 0; i < n; i++)
        fourth += pow(x[i] - moments.mean, 4) / n;
    const double variance = moments.m2 / (n - 1.0);
    const double spread = fmax(0, fourth - variance * variance);
    return (struct finding){ variance, sqrt(spread / n), n - 1, true };
}

static struct finding of_replications(const struct tsim_result *result, const struct rule *rule,
                                      const char *where, double scale)
{
    const uint32_t n = tsim_result_info(result)->replications;
    double        *x = malloc(n * sizeof *x), *y = malloc(n * sizeof *y);
    struct finding finding = { 0 };
    struct ratio_sums sums = { 0 };
    if (x && y && casefile_sums(result, where, x, y)) {
        if (rule->kind == VARIANCE || rule->kind == DEVIATION)
            finding = judge_variance(x, n);
        for (uint32_t r = 0; r < n; r++) {
            if (rule->kind == AT_LEAST)
                x[r] = x[r] * scale >= rule->bound - 1e-6;
            if (rule->kind == AT_MOST)
                x[r] = x[r] * scale <= rule->bound + 1e-6;
            ratio_add(&sums, x[r], y[r]);
        }
    }
    if (sums.n > 0 && rule->kind != VARIANCE && rule->kind != DEVIATION) {
        const struct interval_estimate ratio = ratio_interval(&sums, 0.95);
        finding = (struct finding){ ratio.value, ratio.std_error, n - 1, ratio.defined };
    }
    free(x);
    free(y);
    return finding;
}

struct finding judge_find(struct case_runs *runs, const struct rule_match *match)
{
    const struct tsim_result *result = case_result(runs, match->edit);
    const struct rule        *rule = match->rule;
    if (!result)
        return (struct finding){ 0 };
    double scale = scale_of(runs, tsim_result_info(result), rule->scale);
    if (rule->kind == ESTIMATE || rule->kind == SCATTER) {
        struct finding finding = estimate_of(result, match->where);
        if (rule->kind == SCATTER) {
            const double n = finding.degrees + 1.0;
            finding.value = finding.std_error * finding.std_error * n;
            finding.std_error = finding.value * sqrt((2 + rule->bound) / n);
        }
        finding.value *= scale;
        finding.std_error *= scale;
        return finding;
    }
    struct finding finding = of_replications(result, rule, match->where, scale);
    if (rule->kind == AT_LEAST || rule->kind == AT_MOST)
        scale = 1;
    if (rule->kind == VARIANCE)
        scale *= scale;
    if (rule->kind == DEVIATION) { /* the delta method for the root */
        finding.value = sqrt(finding.value);
        finding.std_error /= 2 * finding.value;
    }
    finding.value *= scale;
    finding.std_error *= scale;
    return finding;
}

/* ---- verdicts */

double judge_z(const struct finding *finding, double exact)
{
    const double apart = finding->value - exact;
    if (fabs(apart) <= 1e-12 * fabs(exact))
        return 0;
    return finding->std_error > 0 ? apart / finding->std_error : copysign(INFINITY, apart);
}

double judge_limit(uint32_t degrees)
{
    return gsl_cdf_tdist_Qinv(JUDGE_FALSE_ALARM / JUDGE_VALUES_MOST / 2, degrees);
}
