/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/ocba.h - which of k systems has the best mean, when the work is given, not the certainty.
 *
 * Optimal computing budget allocation: C.-H. Chen, J. Lin, E. Yucesan and S. E. Chick, "Simulation
 * budget allocation for further enhancing the efficiency of ordinal optimization", Discrete Event
 * Dynamic Systems 10(3), 2000, 251-270, theorem 1. With b the system ahead, d_i its lead over i
 * and s_i^2 the variance of an observation, the numbers of observations are to be as
 *
 *     N_i / N_j = (s_i / d_i)^2 / (s_j / d_j)^2    (i, j not b),
 *     N_b = s_b sqrt(sum over i not b of N_i^2 / s_i^2).
 *
 * What is reported is their lower bound on the probability of correct selection (Bonferroni),
 *
 *     1 - sum over i not b of P(system i is better than b | what was seen),
 *
 * each term with the estimated standard error of the difference. It is an estimate, not a
 * guarantee: the variances and means in it are those seen.
 *
 * Pure functions of the numbers given; equal ones are settled in favour of the system named first.
 */
#ifndef STATS_OCBA_H
#define STATS_OCBA_H

#include <stdbool.h>
#include <stdint.h>

struct ocba_system {
    double   mean, variance; /* of one observation; both finite, variance >= 0             */
    uint64_t n;              /* observations so far                                        */
};

/* The system ahead. */
uint32_t ocba_best(const struct ocba_system *systems, uint32_t k, bool largest);

/* Deals `budget` further observations: more[i] of them to system i, adding up to the budget. A
 * system that has more than its share already gets none. Leads smaller than `delta` (0: none)
 * count as delta, so that no work is lost on telling equals apart. Where there is no variance at
 * all, everybody gets the same. */
void ocba_deal(const struct ocba_system *systems, uint32_t k, bool largest, double delta,
               uint64_t budget, uint64_t *more);

/* P(a system that was seen to be `lead` worse is really better), by Student's law. No standard
 * error: 0, 1 or (equal) 1/2. */
double ocba_error(double lead, double std_error, uint64_t degrees);

#endif
