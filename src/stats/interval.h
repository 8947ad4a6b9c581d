/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/interval.h - how sure a number is.
 *
 * Estimates over independent replications, each with a Student interval. The accumulators are
 * updated with one replication after another (Welford's recurrences), in the order of the
 * replications, so that the result does not depend on who ran them.
 *
 * Ratios are ratios of sums over replications, never averages of ratios; their standard error
 * is the delta method's. No function here gives a nan: what cannot be said is not `defined`, or
 * has no interval.
 */
#ifndef STATS_INTERVAL_H
#define STATS_INTERVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Not `defined`: nothing was measured, all numbers are 0. No interval: low and high are the
 * value, std_error is 0. */
struct interval_estimate {
    double value, low, high, std_error;
    bool   defined, has_interval;
};

/* Zeroed before use. */
struct moments {
    uint64_t n;
    double   mean, m2; /* m2: sum of squared deviations from the mean */
};

/* Sums of pairs (x, y) for the ratio x / y. Zeroed before use. The plain sums are kept beside the
 * means because a ratio of counts must be the quotient of whole numbers, to the last bit. */
struct ratio_sums {
    uint64_t n;
    double   sum_x, sum_y;
    double   mean_x, mean_y, m2_x, m2_y, c_xy;
};

void moments_add(struct moments *moments, double x);
void ratio_add(struct ratio_sums *sums, double x, double y);

/* The factor t with P(|T| <= t) = confidence for `degrees` of freedom. 0 when there is none
 * (degrees 0, or a confidence outside (0, 1)). Three microseconds: with thousands of estimates
 * over the same replications, ask once and use the functions that take t. */
double student_quantile(uint64_t degrees, double confidence);

/* Mean of n values: t is Student's factor for n - 1 degrees of freedom. */
struct interval_estimate mean_interval_t(const struct moments *moments, double t);
struct interval_estimate mean_interval(const struct moments *moments, double confidence);

/* Defined when the sum of y is not 0; an interval from two replications on. A ratio that was the
 * same in every replication has an interval of width 0. */
struct interval_estimate ratio_interval_t(const struct ratio_sums *sums, double t);
struct interval_estimate ratio_interval(const struct ratio_sums *sums, double confidence);

/* A share that was 0, or 1, in every replication has no spread, but two contacts are not two
 * thousand: where n were seen, the interval reaches as far as the exact one of n independent trials
 * (Clopper and Pearson, Biometrika 26, 1934), to 1 - (alpha / 2)^(1/n). Others stay as they are. */
struct interval_estimate interval_of_alike(struct interval_estimate estimate, double n,
                                           double confidence);

/* The same ratio with the jackknife's standard error: leaves each replication out in turn. Needs
 * all pairs. A second opinion on the delta method. */
struct interval_estimate ratio_jackknife(const double *x, const double *y, size_t n,
                                         double confidence);

/* The value with limits value +- t * std_error; undefined if the value is not finite. */
struct interval_estimate interval_around(double value, double std_error, double t);

/* A known number: zero width and no interval. */
struct interval_estimate interval_of_value(double value);

/* Limits cut to [low, high], for shares. The value is left as it is. */
struct interval_estimate interval_clamp(struct interval_estimate estimate, double low,
                                        double high);

/* Half the width over the size of the value: 0 for a width of 0; HUGE_VAL when there is no
 * interval or the value is 0. */
double interval_relative_half_width(const struct interval_estimate *estimate);

#endif
