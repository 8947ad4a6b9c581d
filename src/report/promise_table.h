/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/promise_table.h - what became of promises with a staffing that was found. */
#ifndef REPORT_PROMISE_TABLE_H
#define REPORT_PROMISE_TABLE_H

#include <tiersim/size.h>

#include "report/format.h"
#include "report/page.h"

/* The promise in at most about that many characters; where it is to hold on a share of days, with
 * what is promised of each: "given up ≤ 6 %". */
char *promise_name(const struct page *page, const struct tsim_size_promise *promise,
                   const char *currency, size_t most, char to[FORMAT_NAME]);

/* Its target as far as it is said: "≥ 80 %", "≥ 90 % of days". */
char *promise_target(const struct page *page, const struct tsim_size_promise *promise,
                     const char *currency, char to[FORMAT_NAME]);

/* A value of it: "81.3 %", "77.6 % of days". */
char *promise_value(const struct page *page, const struct tsim_size_promise *promise,
                    const char *currency, double value, char *to, size_t size);

void promise_table(struct page *page, const struct tsim_size_promise *promises, size_t n,
                   const char *currency);

#endif
