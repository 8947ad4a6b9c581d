/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/result.h - the inside of a result. Private to the room. */
#ifndef EXPERIMENT_RESULT_H
#define EXPERIMENT_RESULT_H

#include <tiersim/result.h>

#include "base/arena.h"
#include "model/measure.h"
#include "stats/interval.h"

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
    struct tsim_promise  *promises;
    struct tsim_split    *split;
    struct tsim_crosscheck *crosschecks;
    struct tsim_distribution *distributions;
    size_t                n_promises, n_split, n_crosschecks, n_distributions;
    char                  digest[17];
};

/* What the fold has gathered when all replications are in. */
struct gathered {
    uint32_t           replications;
    struct ratio_sums *sums;     /* [measure_total]                                        */
    struct ratio_sums *promises; /* [n_counted]                                            */
    uint64_t          *sections; /* [(n_tiers + 2) * SECTIONS_COUNTS]: waits, responses, ends */
    struct pair       *pairs;    /* ownership passes to the result                         */
    uint64_t           contacts, events;
};

/* Makes the result; NULL when memory is out. */
struct tsim_result *result_make(const struct plan *plan, struct gathered *gathered);

/* Analytic values beside the simulated ones. */
void crosscheck(struct tsim_result *result, const struct plan *plan);

static inline struct tsim_estimate public_estimate(struct interval_estimate estimate)
{
    return (struct tsim_estimate){ estimate.value, estimate.low, estimate.high, estimate.std_error,
                                   estimate.defined, estimate.has_interval };
}

#endif
