/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/batch.h - how sure the mean of one long series is.
 *
 * Observations of one run hang together, so their spread says too little. Means of long batches
 * hardly do. Non-overlapping batch means are treated like replications; overlapping ones use every
 * stretch of m observations and estimate the variance parameter (n times the variance of the mean,
 * n large)
 *
 *     n m / ((n - m + 1) (n - m)) * sum over j of (mean of m from j on - mean)^2
 *
 * with about 1.5 (n / m - 1) degrees of freedom (M. S. Meketon and B. Schmeiser, Overlapping batch
 * means: something for nothing?, Winter Simulation Conference 1984).
 *
 * Whether batches are long enough is asked by von Neumann's ratio of squared successive differences
 * to squared deviations (Annals of Mathematical Statistics 12, 1941; G. S. Fishman, Grouping
 * observations in digital simulation, Management Science 24(5), 1978): batches are doubled until
 * nothing is left to be seen of a positive correlation between neighbours.
 */
#ifndef STATS_BATCH_H
#define STATS_BATCH_H

#include <stddef.h>

#include "stats/interval.h"

enum { BATCHES_LEAST = 10 };

/* The probability that so much positive correlation between neighbours comes by chance: near 0 when
 * they hang together; 1 where nobody can say (n below 3, or all alike). */
double batch_neighbours(const double *x, size_t n);

/* The variance parameter by overlapping batches of m, 1 <= m < n. */
double batch_variance(const double *x, size_t n, size_t m);

/* The least number of observations to a batch, 1, 2, 4 …, at which neighbours look independent
 * (probability above 0.1), so that BATCHES_LEAST or more are left. 0: the series is too short. */
size_t batch_size(const double *x, size_t n);

/* The interval of the mean, by overlapping batches whose number is between 10 and 20 of them, or as
 * large as batch_size says. No interval when that is 0. */
struct interval_estimate batch_interval(const double *x, size_t n, double confidence);

#endif
