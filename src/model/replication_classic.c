/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The event loop without what few desks use: see uses.h. */
#define TSIM_CLASSIC_DESK
#include "model/loop.h"

enum replication_status replication_run_classic(struct world *world, struct tally *tally,
                                                uint64_t seed, uint32_t replication,
                                                const struct replication_limits *limits,
                                                const struct listeners *listeners)
{
    return run_loop(world, tally, seed, replication, limits, listeners);
}
