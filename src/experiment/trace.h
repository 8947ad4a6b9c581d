/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/trace.h - the inside of a trace. Private to the room. */
#ifndef EXPERIMENT_TRACE_H
#define EXPERIMENT_TRACE_H

#include <tiersim/trace.h>

#include "base/arena.h"
#include "experiment/bounds.h"
#include "experiment/course.h"

struct tsim_trace {
    struct arena               arena;
    struct tsim_trace_info     info;
    struct tsim_trace_event   *events;
    struct tsim_trace_part    *parts;
    struct tsim_trace_target  *targets;
    struct tsim_trace_promise *promises;
    struct tsim_trace_cost    *costs;
    size_t                     n_events, n_parts, n_targets, n_promises, n_costs;
};

/* What a replay has to do with. */
struct replay {
    const struct plan               *plan;
    const struct tsim_trace_options *options;
    struct tsim_problems            *problems;
    struct world                     world;
    struct tally                     tally;
    struct replication_limits        limits;
    atomic_bool                      stop;
    uint64_t                         seed;
    uint64_t                         told; /* events, to look at the clock now and then    */
};

/* Runs a replication (counted from 0) for a listener. False, reported, when that fails. */
bool replay_run(struct replay *replay, uint32_t replication, const struct event_sink *events,
                const struct case_sink *cases);

/* To be called at every event: asks now and then whether to stop. */
void replay_poll(struct replay *replay);

/* The contact that an option picks. */
struct found {
    uint32_t replication; /* from 0 */
    uint64_t number;      /* from 0 */
    uint64_t searched;
    bool     is;
};

/* False, reported, when a replication fails; when nothing is found, that is not yet reported. */
bool trace_find(struct replay *replay, struct found *found);

/* What a replay kept of the contact. */
struct kept {
    struct case_event *events; /* heap */
    size_t             n, room;
    struct case_record record;
    bool               has_record, failed;
};

/* Fills everything but the info from what was kept. False when memory is out. */
bool trace_tell(struct tsim_trace *trace, const struct plan *plan, const struct kept *kept);

#endif
