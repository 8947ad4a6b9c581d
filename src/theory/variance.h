/* SPDX-License-Identifier: GPL-3.0-or-later */
/* theory/variance.h - how long a run must be.
 *
 * Exact long-run variance constants of the M/M/n line, patient or not, limited or not: an
 * estimate over a run of length t, its start forgotten, has variance v / t, so the standard error
 * is sqrt(v / t). Averages over time, and ratios of counts or time to arrivals (the estimators
 * that a simulation uses). Any one unit of time.
 *
 * The number of contacts is a birth-death chain, for which the deviation equation is solved by
 * one sum from either end (W. Whitt, Asymptotic formulas for Markov processes with applications
 * to simulation, Operations Research 40, 1992, gives the time averages; counts of events add
 * their jumps). The work is proportional to the number of states, at most VARIANCE_STATES_MAX.
 */
#ifndef THEORY_VARIANCE_H
#define THEORY_VARIANCE_H

#include "theory/erlang.h"

enum { VARIANCE_STATES_MAX = 2000000 };

struct variance_constants {
    double queue_mean, present_mean, utilisation; /* time averages                       */
    double arrival_rate;                          /* arrivals / time                     */
    double wait_share;                            /* who waited / arrivals               */
    double wait_mean;                             /* time in line / arrivals             */
    double abandon_share;                         /* who gave up / arrivals              */
};

/* The constants v. False when the system is not stable or outside erlang_solve's limits, when it
 * needs more states, or memory is out; then all are 0. */
bool variance_solve(const struct erlang_system *system, struct variance_constants *v);

#endif
