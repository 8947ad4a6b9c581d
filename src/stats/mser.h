/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/mser.h - where a warm-up ends.
 *
 * MSER-5 (K. P. White, An effective truncation heuristic for bias reduction in simulation output,
 * Simulation 69(6), 1997; K. P. White, M. J. Cobb and S. C. Spratt, Winter Simulation Conference
 * 2000): the series is taken in means of five; of all numbers d of means to leave out in front, the
 * one is taken at which
 *
 *     sum over j > d of (z_j - mean of those)^2 / (m - d)^2
 *
 * is least: leaving out more would lose more precision than the bias is worth. The mean of several
 * replications, observation by observation, may stand for one series. A minimum beyond the
 * middle is no answer: the series is too short, or has no steady state (K. Hoad, S. Robinson and
 * R. Davies, Automating warm-up length estimation, Journal of the Operational Research Society
 * 61(9), 2010). Short series are taken as they are, not by fives.
 */
#ifndef STATS_MSER_H
#define STATS_MSER_H

#include <stdbool.h>
#include <stddef.h>

enum { MSER_BATCH = 5, MSER_BATCHES_LEAST = 10 };

/* How many of n observations to leave out in front, into *cut. False when there is no answer. */
bool mser_cut(const double *x, size_t n, size_t *cut);

#endif
