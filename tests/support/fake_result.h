/* SPDX-License-Identifier: GPL-3.0-or-later */
/* support/fake_result.h - a result that no simulation made, for tests of the reports.
 *
 * Implements the accessors of tiersim/result.h (and the few other public functions the
 * reports call) over numbers computed from simple formulas, so that a report can be tested
 * with any shape of result: no contacts, one replication, many tiers, hostile names. Linked
 * instead of the real accessors, never beside them.
 */
#ifndef SUPPORT_FAKE_RESULT_H
#define SUPPORT_FAKE_RESULT_H

#include <tiersim/result.h>

enum { FAKE_TIERS = 16 };

struct fake {
    struct tsim_run_info info;
    const char          *tiers[FAKE_TIERS]; /* info.tiers of them                          */
    const char          *vendor;            /* a cost and fate of its own; NULL: none      */
    size_t               intervals;
    unsigned             promises;          /* 0 … 4 of them                               */
    bool                 no_split, no_checks;
    bool                 broken_check;      /* an exact value that does not agree          */
    bool                 poison;            /* nan and infinity here and there             */
};

/* A desk of three tiers, 08:00 to 18:00, 60 replications, four promises. */
void fake_desk(struct fake *fake);

struct tsim_result *fake_new(const struct fake *fake);

#endif
