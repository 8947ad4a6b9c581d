/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/paired.h - differences between two systems that saw the same customers.
 *
 * The measure of a system is a ratio of sums over replications, R = sum x / sum y. Replication r of
 * both had the same random numbers, so the difference D = R_b - R_a has the variance of the paired
 * values
 *
 *     d_r = (x_br - R_b y_br) / mean y_b  -  (x_ar - R_a y_ar) / mean y_a
 *
 * (delta method; A. M. Law, Simulation Modeling and Analysis, 5th ed., 10.2 and 11.2). How much
 * smaller that is than the sum of the two single variances says what the common random numbers
 * were worth.
 *
 * Values are pairs x, y, one after another; `stride` doubles lie between the pairs of two
 * replications.
 */
#ifndef STATS_PAIRED_H
#define STATS_PAIRED_H

#include "stats/interval.h"

struct paired_values {
    const double *xy;     /* x of the first replication; y follows it                      */
    size_t        stride;
};

struct paired {
    struct interval_estimate difference; /* b - a                                          */
    double                   reduction;  /* (var a + var b) / var of the difference; 0: cannot be
                                            said: one of them does not vary, or the difference
                                            does not                                       */
};

/* The difference over n replications, with an interval at `confidence`. Undefined where one of the
 * two measures is; no interval with fewer than two replications. */
struct paired paired_difference(struct paired_values a, struct paired_values b, size_t n,
                                double confidence);

/* The confidence each of `n` intervals needs so that all hold together with `confidence`, by
 * Bonferroni's inequality. */
double paired_joint(double confidence, size_t n);

#endif
