/* SPDX-License-Identifier: GPL-3.0-or-later */
/* theory/poisson.h - logarithms of Poisson probabilities, accurate in both tails.
 *
 * Relative error a few 1e-15 times the size of the logarithm. Pure functions.
 */
#ifndef THEORY_POISSON_H
#define THEORY_POISSON_H

#include <stdint.h>

/* log P(N = k) and log P(N < k) for N Poisson with this mean >= 0; -HUGE_VAL for 0. */
double poisson_log_mass(uint32_t k, double mean);
double poisson_log_below(uint32_t k, double mean);

#endif
