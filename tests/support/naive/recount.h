/* SPDX-License-Identifier: GPL-3.0-or-later */
/* support/naive/recount.h - counting a replication a second time, from what was told of it. */
#ifndef SUPPORT_NAIVE_RECOUNT_H
#define SUPPORT_NAIVE_RECOUNT_H

#include "model/tally.h"

/* Adds up what events say into a tally in which naive_run has counted the rest: the members that
 * recount_differs compares. */
void recount(const struct plan *plan, const struct case_event *events, size_t n,
             struct tally *tally);

/* The first member in which a tally differs from a recounted one, told in `text`; NULL: none. */
const char *recount_differs(const struct plan *plan, const struct tally *tally,
                            const struct tally *again, char *text, size_t size);

#endif
