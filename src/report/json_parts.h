/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/json_parts.h - members of JSON documents that several of them have. */
#ifndef REPORT_JSON_PARTS_H
#define REPORT_JSON_PARTS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <tiersim/result.h>
#include <tiersim/size.h>

/* "share", "seconds", "money", "count". */
const char *part_unit(enum tsim_unit unit);

/* "kept", "broken", "too_close", "unknown". */
const char *part_verdict(enum tsim_verdict verdict);

/* The head of every document: {, "schema": "tiersim-SCHEMA-1", "version", no comma. */
void part_head(FILE *to, const char *schema);

/* "key": value. A number that is not finite is null; a whole number above 2^53 is a text, because
 * readers keep numbers as doubles. */
void part_text(FILE *to, const char *key, const char *text);
void part_number(FILE *to, const char *key, double value);
void part_whole(FILE *to, const char *key, uint64_t value);

/* The same with a comma behind it. */
void member_text(FILE *to, const char *key, const char *text);
void member_number(FILE *to, const char *key, double value);
void member_whole(FILE *to, const char *key, uint64_t value);
void member_bool(FILE *to, const char *key, bool value);

/* "note": what a reader of numbers without intervals must know, and a comma; nothing where there is
 * more than one replication. */
void member_note(FILE *to, uint32_t replications);

/* {"value": …, "low": …, "high": …, "std_error": …}; null when there was nothing to measure, and
 * null ends when there is no interval. */
void part_estimate(FILE *to, const struct tsim_estimate *estimate);

/* "promises": what became of them with a staffing that was found. */
void part_promises(FILE *to, const struct tsim_size_promise *promises, size_t n);

#endif
