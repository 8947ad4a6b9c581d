/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/measure.h - from a tally to the numbers a result reports.
 *
 * Every measure is a ratio of two sums, (x, y), of one replication; means have y = 1 or a length of
 * time. They stand in one flat array: for each scope, entry after entry, measure after measure.
 * Quantiles are of histograms: their pair is (this replication's quantile, 1).
 */
#ifndef MODEL_MEASURE_H
#define MODEL_MEASURE_H

#include <tiersim/result.h>

#include "model/plan.h"
#include "model/tally.h"

struct pair {
    double x, y;
};

enum bins { BINS_NONE, BINS_WAIT, BINS_RESPONSE, BINS_RESOLUTION };

struct measure {
    struct tsim_measure public;
    enum bins           bins;        /* not BINS_NONE: a quantile of that histogram        */
    double              probability;
};

/* How many measures a scope has, and one of them. */
size_t                measure_count(enum tsim_scope scope);
const struct measure *measure_at(enum tsim_scope scope, size_t i);
size_t                measure_index(enum tsim_scope scope, const char *name); /* or SIZE_MAX */

/* Entries of a scope, and the place of its first pair. The scopes whose pairs are kept for every
 * replication (desk, fates, tiers, pools, SLA targets, money) come first, then the promises. */
size_t measure_entries(const struct plan *plan, enum tsim_scope scope);
size_t measure_offset(const struct plan *plan, enum tsim_scope scope);
size_t measure_promises(const struct plan *plan); /* place of the first promise's pair          */
size_t measure_kept(const struct plan *plan);  /* pairs kept for every replication           */
size_t measure_total(const struct plan *plan); /* all pairs                                  */

/* Name of an entry, spelled into `to`. */
void measure_entry_name(const struct plan *plan, enum tsim_scope scope, size_t entry, char *to,
                        size_t size);

/* Fills all pairs of one replication. */
void measure_tally(const struct plan *plan, const struct tally *tally, struct pair *pairs);

/* Part of the counted time. */
struct stretch {
    double from_s, until_s;
};

/* The same for a tally of what was counted in that part alone. */
void measure_stretch(const struct plan *plan, const struct tally *tally, struct stretch stretch,
                     struct pair *pairs);

/* Lines of the money ledger. */
enum { COST_WAGES, COST_OVERTIME, COST_CONCESSIONS, COST_PENALTIES, COST_SELF_SERVICE, COST_VENDOR,
       COST_CONTACT, COST_ROUTING, COST_IMPROVEMENT, COST_LOST, COST_LINES };

struct money {
    double line[COST_LINES], total;
};

struct money measure_money(const struct plan *plan, const struct tally *tally);

#endif
