/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/finding.h - what a result says that no single number of it does.
 *
 * Which tier is the weak point, when of the day its waits concentrate, which promise
 * belongs to which tier. The screen and the plots share these answers.
 */
#ifndef REPORT_FINDING_H
#define REPORT_FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <tiersim/result.h>

#define NOTHING ((size_t)-1)

/* An estimate by entry and measure name; undefined when there is no such measure or its
 * value is not a finite number. */
struct tsim_estimate finding_value(const struct tsim_result *result, enum tsim_scope scope,
                                   size_t entry, const char *measure);

/* Report intervals are counted from time 0. "09:30", or "Tue 09:30" in cycles over a day. An
 * index equal to the number of intervals is the end of the cycle: "24:00". */
char *finding_clock(const struct tsim_run_info *info, size_t interval, char *to, size_t size);

/* Hours from the midnight before time 0 to the start of an interval. */
double finding_hours(const struct tsim_run_info *info, size_t interval);

/* A run of intervals [first, end). */
struct span {
    size_t first, end;
};

/* Intervals from the first to the last in which any tier had work or people. */
struct span finding_active(const struct tsim_result *result);

/* The tier a promise is about, as its text says; NOTHING when it is about all. */
size_t finding_promise_tier(const struct tsim_result *result, const struct tsim_promise *promise);

/* The promise that is furthest from being kept, in standard errors; NULL when none is broken. */
const struct tsim_promise *finding_worst_broken(const struct tsim_result *result);

/* The tier to look at first: of the worst broken promise, else the one in whose queue most
 * time is spent. NOTHING when nobody waits anywhere. */
size_t finding_weak_tier(const struct tsim_result *result);

/* Mean wait of the contacts that arrive at a tier in a run of intervals and are answered. False
 * when there are none. */
bool finding_wait(const struct tsim_result *result, size_t tier, struct span span,
                  double *wait_s);

/* When waits at a tier concentrate: the run of intervals around the peak. False when they are
 * spread over most of the time. `wait_s` is the mean wait of who arrives then. */
bool finding_peak(const struct tsim_result *result, size_t tier, struct span *span,
                  double *wait_s);

/* What measures "per day" are about: "per day", or "per 24 h" where the counted time of a steady
 * state is shorter than a day. A terminating run of less than a day is a day. */
const char *finding_per_day(const struct tsim_run_info *info);

/* A line of the money ledger in words. */
const char *finding_cost_words(const char *entry);

#endif
