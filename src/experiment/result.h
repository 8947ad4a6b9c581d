/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/result.h - the inside of a result. Private to the room. */
#ifndef EXPERIMENT_RESULT_H
#define EXPERIMENT_RESULT_H

#include <tiersim/result.h>

#include "base/arena.h"
#include "experiment/gather.h"

struct tsim_result {
    struct arena          arena;
    struct tsim_run_info  info;
    size_t                entries[TSIM_SCOPES], offset[TSIM_SCOPES];
    const char          **names[TSIM_SCOPES];
    struct tsim_measure  *measures[TSIM_SCOPES];
    size_t                n_measures[TSIM_SCOPES];
    struct tsim_estimate *estimates;  /* [measure_total]                                   */
    size_t                kept;       /* pairs kept of every replication                   */
    struct pair          *pairs;      /* [replication * kept], from malloc                 */
    size_t                promise_at; /* of the first promise's pair among those kept      */
    struct tsim_promise  *promises;
    struct tsim_split    *split;
    struct tsim_crosscheck *crosschecks;
    struct tsim_distribution *distributions;
    double               *gains;      /* [kept] see tsim_result_less_work                  */
    const char          **controls;   /* [n_controls]                                      */
    size_t                n_controls;
    size_t                n_promises, n_split, n_crosschecks, n_distributions;
    char                  digest[17];
};

/* Makes the result of a scenario, and takes the pairs over; NULL when memory is out. What is known
 * of the run but not of what was gathered (seed, how it ended) is left to the caller. */
struct tsim_result *result_make(const struct tsim_scenario *scenario, struct gathered *gathered);

/* In what a promise is measured. */
enum tsim_unit promise_unit(enum promise_measure measure);

/* Analytic values beside the simulated ones. */
void crosscheck(struct tsim_result *result, const struct plan *plan);

static inline struct tsim_estimate public_estimate(struct interval_estimate estimate)
{
    return (struct tsim_estimate){ estimate.value, estimate.low, estimate.high, estimate.std_error,
                                   estimate.defined, estimate.has_interval };
}

#endif
