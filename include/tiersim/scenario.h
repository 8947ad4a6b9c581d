/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim/scenario.h - read a scenario file into an immutable scenario.
 *
 * A scenario is everything a user states: demand, people, escalation, promises,
 * money, and how long to simulate. It never changes after loading, so any number
 * of threads may use one at once.
 */
#ifndef TIERSIM_SCENARIO_H
#define TIERSIM_SCENARIO_H

#include <tiersim/problem.h>

#ifdef __cplusplus
extern "C" {
#endif

struct tsim_scenario;

/* Where a scenario comes from: a file, or text in memory. */
struct tsim_source {
    const char *path;   /* a file; NULL: the text below                                    */
    const char *text;   /* `length` bytes                                                  */
    size_t      length;
    const char *name;   /* used in messages                                                */
    const char *folder; /* where files named inside are; NULL: the working directory        */
    bool        allow_plugins; /* a policy that the scenario names may be loaded. That is code,
                                  which can do whatever your program can: allow it only for
                                  scenarios that you would run as a program (tiersim/policy.h) */
};

/* Reads and checks a scenario. The two functions below are this one, without plugins. */
TSIM_API struct tsim_scenario *tsim_scenario_open(const struct tsim_source *source,
                                                  struct tsim_problems     *problems);

/* Reads and checks `path`. Every problem found is added to `problems`, all in one
 * pass. Returns the scenario, or NULL when there was an error. Files named inside
 * (CSV traces) are looked up relative to the scenario's folder. Caller frees. */
TSIM_API struct tsim_scenario *tsim_scenario_load(const char *path,
                                                  struct tsim_problems *problems);

/* The same for text in memory of `length` bytes; `name` is used in messages and
 * `folder` for files named inside (NULL: the working directory). */
TSIM_API struct tsim_scenario *tsim_scenario_parse(const char *text, size_t length,
                                                   const char *name, const char *folder,
                                                   struct tsim_problems *problems);

/* A scenario like another with settings changed, written in one line: "tiers[0].pools[0].authority
 * = 100, streams[*].arrivals.rate *= 1.1" (docs/experiments.md). A name before a colon is not
 * used. Problems in what comes out are told at its changed text. NULL when there was an error.
 * Caller frees. */
TSIM_API struct tsim_scenario *tsim_scenario_vary(const struct tsim_scenario *scenario,
                                                  const char *settings,
                                                  struct tsim_problems *problems);

/* The settings by which it was changed: "" for none; valid while it lives. */
TSIM_API const char *tsim_scenario_settings(const struct tsim_scenario *scenario);

/* NULL is fine. */
TSIM_API void tsim_scenario_free(struct tsim_scenario *scenario);

/* The scenario's own name; valid while it lives. */
TSIM_API const char *tsim_scenario_name(const struct tsim_scenario *scenario);

/* 16 hexadecimal digits that identify the input text, and the policy it names. */
TSIM_API const char *tsim_scenario_fingerprint(const struct tsim_scenario *scenario);

/* Writes the scenario with every default filled in, as JSON that loads to the
 * same scenario. */
TSIM_API bool tsim_scenario_write_resolved(const struct tsim_scenario *scenario, FILE *to);

#ifdef __cplusplus
}
#endif
#endif
