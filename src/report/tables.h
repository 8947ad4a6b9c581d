/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/tables.h - the CSV files of a results folder.
 *
 * RFC 4180 with a header row; numbers in the shortest form that reads back exactly; an empty
 * cell where there was nothing to measure. Names that a spreadsheet would take for a formula
 * are made harmless. Durations are seconds, shares 0-1.
 */
#ifndef REPORT_TABLES_H
#define REPORT_TABLES_H

#include <stdio.h>
#include <tiersim/result.h>

/* A row for each replication, a column for each measure that is kept by replication. */
void tables_replications(const struct tsim_result *result, FILE *to);

/* A row for each tier and interval of the report cycle. */
void tables_intervals(const struct tsim_result *result, FILE *to);

/* A row for each estimate of every scope without intervals: the long form, for R and Excel. */
void tables_estimates(const struct tsim_result *result, FILE *to);

/* One number, or an empty cell; a comma in front. */
void tables_number(FILE *to, double value, bool defined);

/* Value, low and high of an estimate: three such cells; and with its standard error four. */
void tables_estimate(FILE *to, const struct tsim_estimate *estimate);
void tables_estimate_error(FILE *to, const struct tsim_estimate *estimate);

#endif
