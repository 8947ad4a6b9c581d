/* SPDX-License-Identifier: GPL-3.0-or-later */
/* casefile.h - the reference cases: their scenario files and what a right simulator must find.
 *
 * tests/validation/expected.json holds the exact values of each case, tests/validation/ID.json the
 * scenario that must give them. A value is a measure of the result, named as files name it,
 * scope.entry.measure ("tier.L1.wait_mean", "interval.[2].arrivals"), or a ratio of sums of
 * products of them over the replications ("L1's in time + given up in time / offered").
 */
#ifndef VALIDATION_CASEFILE_H
#define VALIDATION_CASEFILE_H

#include <tiersim.h>

#include "base/json.h"

/* All expected values; the caller frees. NULL after printing why. */
struct json_document *casefile_expected(void);

/* The case of that id within them, or NULL. */
const struct json *casefile_find(const struct json_document *expected, const char *id);

/* Simulates the case. `edit` changes values of the file first: "length=15 min,interval=5 min" puts
 * those in the place of what stands behind the first "length" and the first "interval"; NULL
 * changes nothing. `options` as for tsim_run. NULL after printing the problems, warnings left
 * aside. */
struct tsim_result *casefile_run(const char *id, const char *edit,
                                 const struct tsim_run_options *options);

/* A loaded scenario, to be run more than once. */
struct tsim_scenario *casefile_load(const char *id, const char *edit);

/* The place of "scope.entry.measure"; an entry "[3]" is meant by its number. False when the result
 * has no such value. */
struct place {
    enum tsim_scope scope;
    size_t          entry, measure;
};

bool casefile_place(const struct tsim_result *result, const char *reference, struct place *place);

/* x and y of one formula in every replication: "a*b + c / d - 2*e" where a, b … are numbers or
 * references; operators stand between spaces, everything before "/" makes x, the rest y (1 when
 * there is none). False when it cannot be read. The arrays hold one element a replication. */
bool casefile_sums(const struct tsim_result *result, const char *formula, double *x, double *y);

#endif
