/* SPDX-License-Identifier: GPL-3.0-or-later */
/* judge.h - compares what a case's runs found with what is exact.
 *
 * Every value gives z = (found - exact) / standard error, to be compared with Student's t for the
 * replications behind it. The limit is set so that all comparisons together raise a false alarm
 * with probability JUDGE_FALSE_ALARM at most (Bonferroni over JUDGE_VALUES_MOST values).
 */
#ifndef VALIDATION_JUDGE_H
#define VALIDATION_JUDGE_H

#include <tiersim.h>

#include "base/json.h"
#include "support/validation/rules.h"

#define JUDGE_FALSE_ALARM 2e-4
enum { JUDGE_VALUES_MOST = 1200, JUDGE_RUNS_MOST = 8 };

/* A value found by a run, in the case's unit. */
struct finding {
    double   value, std_error;
    uint32_t degrees;
    bool     found; /* false: the result has no such value                            */
};

/* The runs of one case: the file as it is and its edits, made when first asked for. */
struct case_runs {
    const char         *id;
    double              unit_s;
    struct tsim_run_options options; /* of every run; all 0: as the file says              */
    size_t              n;
    char                edits[JUDGE_RUNS_MOST][96];
    struct tsim_result *results[JUDGE_RUNS_MOST];
    uint64_t            contacts;
};

/* Whether a case has a scenario file that is judged by its values; traces, and experiments on the
 * method as a whole, have tests of their own. */
bool case_has_scenario(const char *id);

/* NULL when it fails (the problems are printed). */
const struct tsim_result *case_result(struct case_runs *runs, const char *edit);
void                      case_close(struct case_runs *runs);

struct finding judge_find(struct case_runs *runs, const struct rule_match *match);

/* The variance of n values and its standard error by their fourth moment. */
struct finding judge_variance(const double *x, uint32_t n);

/* How many standard errors found and exact are apart: 0 when both are the same to 12 digits and
 * nothing varies, infinite when they are not. */
double judge_z(const struct finding *finding, double exact);

/* The largest |z| that passes. */
double judge_limit(uint32_t degrees);

#endif
