/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/loop.h"

enum replication_status replication_run(struct world *world, struct tally *tally, uint64_t seed,
                                        uint32_t replication,
                                        const struct replication_limits *limits,
                                        const struct listeners *listeners)
{
    const bool heard = listeners && (listeners->cases || listeners->events);
    if (world->plan->plain && !heard)
        return replication_run_plain(world, tally, seed, replication, limits, listeners);
    return run_loop(world, tally, seed, replication, limits, listeners);
}
