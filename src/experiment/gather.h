/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/gather.h - what is kept of the replications of one scenario: sums of every measure,
 * all values of some, and histograms by sections.
 *
 * Replications are added in order of their numbers, so the sums are the same whoever ran them.
 */
#ifndef EXPERIMENT_GATHER_H
#define EXPERIMENT_GATHER_H

#include "experiment/steadiness.h"
#include "model/measure.h"
#include "stats/interval.h"

struct tsim_problems;

struct gathered {
    uint32_t           replications;
    size_t             total, kept; /* pairs of a replication                              */
    uint32_t           room;        /* replications that `pairs` has room for              */
    struct ratio_sums *sums;        /* [total]                                             */
    uint64_t          *sections;    /* [(n_tiers + 2) * SECTIONS_COUNTS]: waits, responses, ends */
    struct pair       *pairs;       /* [replication * kept]; a result takes them over      */
    uint64_t           contacts, events;
    struct steadiness  steadiness;
};

/* Takes memory for a plan; false when it is out. */
bool gather_open(struct gathered *gathered, const struct plan *plan);
void gather_close(struct gathered *gathered);

/* Adds the next replication: its tally and its pairs (measure_tally). False, reported, when memory
 * is out. */
bool gather_add(struct gathered *gathered, const struct plan *plan, const struct tally *tally,
                const struct pair *pairs, struct tsim_problems *problems);

/* False, reported, when the values of so many replications of a plan would need too much memory. */
bool gather_fits(const struct plan *plan, double replications, struct tsim_problems *problems);

#endif
