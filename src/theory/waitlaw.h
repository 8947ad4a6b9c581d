/* SPDX-License-Identifier: GPL-3.0-or-later */
/* theory/waitlaw.h - integrals over the wait that the line offers.
 *
 * In an M/M/n+M line, limited or not, let a contact of endless patience join when all agents are
 * busy. Measured in units of 1 / (agents * service rate), the density of its wait is, up to a
 * constant,
 *
 *     v(x) = exp(y(x) - x) P(N < places),   y(x) = load * (1 - exp(-theta x)) / theta,
 *
 * with N Poisson of mean y(x), load the arrival rate and theta the abandonment rate in these
 * units (F. Baccelli and G. Hebuterne, 1981; S. Zeltyn and A. Mandelbaum, Queueing Systems 51,
 * 2005; the limited line by summing the waits behind j others). With v(0) = 1, the integral of v
 * is the sum of the probabilities of all states in which a contact joins the line, in units of
 * the state "all agents busy, none waiting". Everything else about waiting is an integral of v
 * with a weight. All terms are positive: nothing cancels, whatever the parameters.
 *
 * The integrands are log-concave. They are integrated from 50 logarithms below their maximum to
 * 50 below, in panels that shrink by halves towards both ends of every smooth piece, so that
 * patience and handling may differ by any factor.
 */
#ifndef THEORY_WAITLAW_H
#define THEORY_WAITLAW_H

#include <stdbool.h>
#include <stdint.h>

struct wait_line {
    double   load, theta;
    bool     limited;
    uint32_t places; /* at least 1 when limited */
};

struct wait_sums {
    double all;         /* integral of v                                           */
    double served;      /* ... of v exp(-theta x): patience lasts                  */
    double served_wait; /* ... of v x exp(-theta x)                                */
    double stay;        /* ... of v (1 - exp(-theta x)) / theta: time in the line  */
    double left_wait;   /* stay - served_wait: the part of those who give up       */
};

/* Integrals over [0, within] and [within, infinity), both divided by exp(*log_scale). The line
 * must be limited, impatient, or have a load below 1. */
void wait_line_integrate(const struct wait_line *line, double within, struct wait_sums *early,
                         struct wait_sums *late, double *log_scale);

#endif
