/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim/run.h - simulate a scenario.
 *
 * A run is a number of independent replications. Replication r of seed s is a pure
 * function of (scenario, s, r): the result is the same to the last bit for any
 * number of threads.
 */
#ifndef TIERSIM_RUN_H
#define TIERSIM_RUN_H

#include <stdint.h>
#include <tiersim/problem.h>
#include <tiersim/result.h>
#include <tiersim/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a progress callback is told; called on the thread that called tsim_run. */
struct tsim_progress {
    uint32_t replications_done;
    uint32_t replications_planned; /* grows while a precision is chased             */
    uint64_t contacts;             /* offered so far                                */
    uint64_t events;               /* simulated so far                              */
    double   elapsed_s;            /* wall clock                                    */
    double   precision_reached;    /* worst relative half-width so far; 0: not asked */
};

/* Zero means: as the scenario says, or the default. */
struct tsim_run_options {
    uint32_t replications; /* fixed number; 0: as the scenario says                 */
    double   precision;    /* relative half-width to reach, e.g. 0.02; 0: scenario   */
    uint64_t seed;         /* used when has_seed                                    */
    bool     has_seed;
    uint32_t threads;      /* 0: one per core; never changes the result             */
    uint64_t max_contacts; /* contacts in the system at once; 0: 1,000,000          */
    uint64_t max_events;   /* per replication; 0: 10,000,000,000                    */
    double   time_limit_s; /* wall clock; stop and report what is complete; 0: none  */
    const char *case_log;  /* write a row for every contact to this CSV; NULL: no    */
    const char *event_log; /* … and for everything that happens to it; NULL: no      */

    void (*progress)(const struct tsim_progress *progress, void *user);
    void *user;
    /* Asked often; true stops the run after the replications in hand. */
    bool (*stop)(void *user);
};

/* Runs. `options` may be NULL. Returns NULL on errors, which are in `problems`.
 * An interrupted run returns the complete replications and says so in the result;
 * NULL when none was complete. Caller frees the result. */
TSIM_API struct tsim_result *tsim_run(const struct tsim_scenario *scenario,
                                      const struct tsim_run_options *options,
                                      struct tsim_problems *problems);

/* "1.0.0"; and what it was built with, one line. */
TSIM_API const char *tsim_version(void);
TSIM_API const char *tsim_build_info(void);

#ifdef __cplusplus
}
#endif
#endif
