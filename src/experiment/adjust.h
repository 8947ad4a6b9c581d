/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/adjust.h - estimates adjusted by what is known before (model/known.h,
 * stats/control.h).
 *
 * A ratio R = sum x / sum y is adjusted by its linearisation: d = (x - R y) / mean y has mean 0
 * in the sample, and R moves by the adjusted mean of d. The unit is the set of replications, as
 * in all intervals. One choice of controls serves all measures, so shares of a whole still add
 * up; it is made for the measures that matter: those a precision is asked for, or the service
 * levels of the tiers, the time to resolution, the breaches and the cost.
 */
#ifndef EXPERIMENT_ADJUST_H
#define EXPERIMENT_ADJUST_H

#include "experiment/gather.h"
#include "stats/control.h"

struct adjustment {
    const struct gathered *gathered;
    struct control_fit    *fit;      /* NULL: nothing is adjusted */
    size_t                 units, q;
    size_t                 chosen[CONTROLS_MOST]; /* among gathered->knowns */
    double                 t;        /* Student's factor */
    double                *response; /* [units]: room for one */
};

/* Chooses controls for measures `targets` (places among the kept pairs; none: those above). What
 * cannot be adjusted, for lack of anything known, of replications or of memory, is left as it
 * is. */
void adjust_open(struct adjustment *adjustment, const struct plan *plan,
                 const struct gathered *gathered, const size_t *targets, size_t n);
void adjust_close(struct adjustment *adjustment);

/* The estimate of the kept pair at `at`; the plain one is `estimate`. */
struct interval_estimate adjust_estimate(struct adjustment *adjustment, size_t at,
                                         struct interval_estimate estimate);

/* How many times as many independent replications without controls would have given the interval
 * of `estimate`: the ratio of the squared half-widths. 0: nobody can say. */
double adjust_gain(const struct gathered *gathered, size_t at, double confidence,
                   const struct interval_estimate *estimate);

#endif
