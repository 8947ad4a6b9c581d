/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/authority_curve.h - what concessions cost when nobody has to queue.
 *
 * An amount X is settled by the first step whose limit is at least X; that step pays its factor
 * times X. Every step that has it costs its handling. With partial expectations
 * E[X; X <= a] = a F(a) - integral of F from 0 to a, the shares and the cost follow in closed form up
 * to that integral, which is done numerically (GSL, adaptive Gauss-Kronrod).
 */
#ifndef EXPERIMENT_AUTHORITY_CURVE_H
#define EXPERIMENT_AUTHORITY_CURVE_H

#include <stdbool.h>
#include <stddef.h>

struct dist;

struct authority_step {
    double limit;    /* INFINITY: none                                                       */
    double factor;   /* paid share of what is conceded                                       */
    double handling; /* cost of having it once                                               */
};

struct authority_cost {
    double paid;     /* per contact                                                          */
    double handling;
    double passed;   /* share that the first step may not settle                             */
};

/* Of one contact whose amount has the distribution. `steps` in the order in which they are asked;
 * `straight`: from the first to the one that may settle it, else through all between. What nobody
 * may settle costs only handling. False when the integral cannot be had. */
bool authority_cost_of(const struct dist *amount, const struct authority_step *steps, size_t n,
                       bool straight, struct authority_cost *cost);

#endif
