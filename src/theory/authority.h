/* SPDX-License-Identifier: GPL-3.0-or-later */
/* theory/authority.h - what concessions cost when nobody has to queue.
 *
 * An amount X is settled by the first step whose limit is at least X; that step pays its factor
 * times X. Every step that has it costs its handling. With partial expectations
 * E[X; X <= a] = a F(a) - integral of F from 0 to a, the shares and the cost follow in closed form
 * up to that integral, which is done numerically: Gauss-Legendre of 16 points (GSL) on eight
 * pieces of every octave below a. Distribution functions without steps come out to eight digits.
 */
#ifndef THEORY_AUTHORITY_H
#define THEORY_AUTHORITY_H

#include <stdbool.h>
#include <stddef.h>

struct authority_amount {
    double (*cdf)(double x, const void *of); /* P(X <= x)                                    */
    const void *of;
    double      mean;
};

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

/* Of one contact. `steps` in the order in which they are asked; `straight`: from the first to the
 * one that may settle it, else through all between. What nobody may settle costs only handling.
 * False when memory is out or a number is not finite. */
bool authority_cost_of(const struct authority_amount *amount, const struct authority_step *steps,
                       size_t n, bool straight, struct authority_cost *cost);

#endif
