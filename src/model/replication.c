/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/loop.h"

enum replication_status replication_run_whole(struct world *world, struct tally *tally,
                                              uint64_t seed, uint32_t replication,
                                              const struct replication_limits *limits,
                                              const struct listeners *listeners)
{
    return run_loop(world, tally, seed, replication, limits, listeners);
}

enum replication_status replication_run(struct world *world, struct tally *tally, uint64_t seed,
                                        uint32_t replication,
                                        const struct replication_limits *limits,
                                        const struct listeners *listeners)
{
    const bool     heard = listeners && (listeners->cases || listeners->events);
    enum loop_kind loop = world->plan->loop;
    if (heard && loop == LOOP_PLAIN)
        loop = LOOP_CLASSIC;
    switch (loop) {
    case LOOP_PLAIN:
        return replication_run_plain(world, tally, seed, replication, limits, listeners);
    case LOOP_CLASSIC:
        return replication_run_classic(world, tally, seed, replication, limits, listeners);
    default:
        return replication_run_whole(world, tally, seed, replication, limits, listeners);
    }
}
