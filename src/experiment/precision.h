/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/precision.h - going on until named measures are known well enough.
 *
 * Asked only when all replications planned so far are folded, on the whole prefix, so the decision
 * is the same for any number of threads. The half-width relative to the value must reach what was
 * asked for every measure.
 */
#ifndef EXPERIMENT_PRECISION_H
#define EXPERIMENT_PRECISION_H

#include "experiment/result.h"

struct tsim_problems;

struct precision {
    double   asked;      /* relative half-width; 0: not asked      */
    double   reached;    /* worst so far; 0: not known             */
    bool     met;
    double   confidence;
    uint32_t most;       /* replications                           */
    size_t  *at;         /* places of the measures among the pairs */
    size_t   n;
};

bool precision_open(struct precision *precision, const struct plan *plan, double asked,
                    double confidence, struct tsim_problems *problems);
void precision_close(struct precision *precision);

/* How many replications more to run; 0: enough. */
uint32_t precision_more(struct precision *precision, const struct plan *plan,
                        const struct gathered *gathered);

#endif
