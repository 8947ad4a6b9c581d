/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/replication.h - one replication: a pure function of plan, seed and number.
 *
 * No memory is taken between the first and the last event.
 */
#ifndef MODEL_REPLICATION_H
#define MODEL_REPLICATION_H

#include <stdatomic.h>

#include "model/world.h"

struct replication_limits {
    uint64_t           events; /* most events                                              */
    const atomic_bool *stop;   /* asked every few thousand events; NULL: never             */
};

/* Runs replication number `replication` of `seed` in `world`, filling `tally` (which it clears).
 * `listeners` may be NULL. */
enum replication_status replication_run(struct world *world, struct tally *tally, uint64_t seed,
                                        uint32_t replication,
                                        const struct replication_limits *limits,
                                        const struct listeners *listeners);

/* The same by one event loop, which must have all that the desk uses: that of plan->loop or one
 * after it, after the plain one when somebody is told of contacts. replication_run takes the
 * least. */
enum replication_status replication_run_plain(struct world *world, struct tally *tally,
                                              uint64_t seed, uint32_t replication,
                                              const struct replication_limits *limits,
                                              const struct listeners *listeners);
enum replication_status replication_run_classic(struct world *world, struct tally *tally,
                                                uint64_t seed, uint32_t replication,
                                                const struct replication_limits *limits,
                                                const struct listeners *listeners);
enum replication_status replication_run_whole(struct world *world, struct tally *tally,
                                              uint64_t seed, uint32_t replication,
                                              const struct replication_limits *limits,
                                              const struct listeners *listeners);

/* Checks the laws on a finished replication: every contact has one fate, busy time is handled
 * time, money adds up. NULL, or a sentence in `text` saying what does not balance. */
const char *replication_unbalanced(const struct world *world, char *text, size_t size);

#endif
