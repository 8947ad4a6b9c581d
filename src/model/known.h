/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/known.h - what a replication counts whose mean is known before.
 *
 * The means follow from the scenario, not from a simulation, and hold under every policy and
 * staffing:
 *
 *   arrivals      of each Poisson stream, and of all together: the integral of the rate, for
 *                 busyness has mean 1
 *   their square  of the distance of all arrivals from their mean: its mean is the variance, that
 *                 of Poisson counts whose rates share the gamma factors of their days
 *   work offered  mean handling time in tier 1 of each class, times its arrivals
 *   work excess   of a tier: handling times of finished works less their means. Who is served next
 *                 is decided without looking at how long it will take, so each term has mean 0
 *                 whatever was decided before, and so has the sum (a martingale; J. R. Wilson and
 *                 A. A. B. Pritsker, Management Science 30(12), 1984, call them work variables)
 *   concessions   needed by all who arrive, whether or not anybody can pay them
 *
 * What is not exactly known is not in the list: arrivals by renewal processes and traces; all
 * arrivals where root-cause fixes prevent some; work excess where a time depends on more than the
 * class (pools of different speed, reworked or interrupted work, given times, work cut off at the
 * end); anything of infinite variance.
 */
#ifndef MODEL_KNOWN_H
#define MODEL_KNOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "model/plan.h"
#include "model/tally.h"

enum { KNOWN_MOST = 16 };

enum known_kind { KNOWN_ARRIVALS, KNOWN_ALL_ARRIVALS, KNOWN_SQUARE, KNOWN_OFFERED, KNOWN_EXCESS,
                  KNOWN_CONCESSIONS };

struct known {
    enum known_kind kind;
    uint32_t        index; /* stream or tier */
    double          mean;
};

struct knowns {
    size_t       n;
    struct known at[KNOWN_MOST];
    double       arrivals; /* expected, of all streams */
};

/* What is known of a plan; nothing where controls are not asked for. */
struct knowns knowns_of(const struct plan *plan);

/* What each came to in a replication, less its mean. */
void knowns_observe(const struct knowns *knowns, const struct plan *plan,
                    const struct tally *tally, double *values);

/* "arrivals of phone", "work in L1": spelled into `to`. */
void known_name(const struct known *known, const struct plan *plan, char *to, size_t size);

/* Whether the concessions that contacts need are to be counted as they arrive. */
bool known_counts_needs(const struct plan *plan);

#endif
