/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/sections.h - how sure a quantile is.
 *
 * Quantiles of waits are quantiles over contacts of all replications together, and contacts of
 * one replication are alike, so the binomial interval for a quantile would be far too narrow.
 * Sectioning asks the replications instead: they are dealt into up to 20 sections (replication r
 * into section r mod 20), each section gives its own quantile q_i, and the pooled quantile q has
 *
 *     q +- t * s / sqrt(k),    s^2 = sum (q_i - q)^2 / (k - 1),    t = Student, k - 1 degrees
 *
 * over the k sections that have observations (S. Asmussen and P. W. Glynn, Stochastic
 * Simulation, Springer 2007, III.5; M. K. Nakayama, ACM TOMACS 24(4), 2014). The pooled quantile
 * is the centre because it is less biased than the mean of the sections'. With fewer than two
 * such sections there is no interval. The grid of the histogram adds at most 1/64 of the value.
 *
 * Counts are SECTIONS histograms one after another, owned by the caller and zeroed before use.
 * Adding is exact, so the order of adding does not matter.
 */
#ifndef STATS_SECTIONS_H
#define STATS_SECTIONS_H

#include <stddef.h>
#include <stdint.h>

#include "stats/histogram.h"
#include "stats/interval.h"

enum { SECTIONS = 20, SECTIONS_COUNTS = SECTIONS * HISTOGRAM_BINS };

/* Adds the histogram of one replication to its section. */
void sections_add(uint64_t *counts, uint64_t replication, const uint32_t *histogram);

/* Adds all sections together into `pooled` (HISTOGRAM_BINS numbers, overwritten). */
void sections_pool(const uint64_t *counts, uint64_t *pooled);

/* The quantile at `probability` of all observations, with its interval. */
struct interval_estimate sections_quantile(const uint64_t *counts, const uint64_t *pooled,
                                           double probability, double confidence);

#endif
