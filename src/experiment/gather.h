/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/gather.h - what is kept of the replications of one scenario: sums of every measure,
 * all values of some, and histograms by sections.
 *
 * Replications are added in order of their numbers, so the sums are the same whoever ran them.
 * Where the busy days of a set of replications depend on each other (model/busyness.h), the set is
 * the unit of all intervals: each adds one pair to a sum. A set that is cut short by an
 * interruption is a small unit: its pairs count as much as they hold.
 */
#ifndef EXPERIMENT_GATHER_H
#define EXPERIMENT_GATHER_H

#include "experiment/steadiness.h"
#include "model/known.h"
#include "model/measure.h"
#include "stats/interval.h"

struct tsim_problems;

struct gathered {
    uint32_t           replications;
    size_t             total, kept; /* pairs of a replication                              */
    uint32_t           room;        /* replications that `pairs` has room for              */
    uint32_t           set, in_hand;/* replications of a set; those of the set in hand     */
    struct pair       *hand;        /* [total] of the set in hand; NULL where a set is one */
    struct ratio_sums *sums;        /* [total] over sets                                   */
    uint64_t          *sections;    /* [(n_tiers + 2) * SECTIONS_COUNTS]: waits, responses, ends */
    struct pair       *pairs;       /* [replication * kept]; a result takes them over      */
    struct knowns      knowns;      /* what is known of each replication beforehand        */
    const size_t      *targets;     /* [n_targets] controls are chosen for these; the owner's */
    size_t             n_targets;   /* 0: adjust_open's own                                */
    double            *known;       /* [replication * knowns.n] less its mean              */
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

/* All replications are in: the set in hand, if any, is one. */
void gather_settle(struct gathered *gathered);

/* n rounded up to whole sets of a plan. */
uint32_t gather_whole_sets(const struct plan *plan, uint32_t n);

/* False, reported, when the values of so many replications of a plan would need too much memory. */
bool gather_fits(const struct plan *plan, double replications, struct tsim_problems *problems);

#endif
