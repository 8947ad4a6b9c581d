/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/bench/workload.h - scenarios of tests/bench, as they are or with a few words changed.
 *
 * Whatever goes wrong here is a fault of the benchmark: it is printed and the program ends.
 */
#ifndef BENCH_WORKLOAD_H
#define BENCH_WORKLOAD_H

#include <stdint.h>

#include <tiersim/result.h>
#include <tiersim/run.h>
#include <tiersim/scenario.h>

/* Every `find` in the text becomes `put`; there must be one. */
struct edit {
    const char *find, *put;
};

/* Loads tests/bench/NAME after the edits, in order; the last has find NULL. NULL: none. Caller
 * frees. */
struct tsim_scenario *workload_load(const char *name, const struct edit *edits);

/* Runs with these options; the caller frees the result. */
struct tsim_result *workload_run(const struct tsim_scenario *scenario,
                                 const struct tsim_run_options *options);

/* One run on one thread: what it cost, and how much it did. */
struct work {
    double cpu_s, contacts, events;
};

struct work workload_measure(const struct tsim_scenario *scenario, uint32_t replications,
                             uint64_t seed);

/* Prints and ends the program with exit code 1. */
void fail(const char *what, const char *which) __attribute__((noreturn));

#endif
