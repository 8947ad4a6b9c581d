/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/bounds.h - how far a replication may go, and what is said when that is not enough. */
#ifndef EXPERIMENT_BOUNDS_H
#define EXPERIMENT_BOUNDS_H

#include "model/replication.h"

struct tsim_problems;

/* Contacts at once to make room for, and events of a replication; `asked` 0: the usual. */
uint32_t bounds_contacts(const struct plan *plan, uint64_t asked);
uint64_t bounds_events(uint64_t asked);

/* Reports when more events are expected than allowed, and then returns false. */
bool bounds_suffice(struct tsim_problems *problems, const struct plan *plan, uint64_t events);

/* How a replication ended. */
struct bounds_end {
    enum replication_status status;
    double                  at_s; /* simulated time reached                                */
    uint32_t                contacts_most;
    uint64_t                events_most;
    const struct json      *policy;     /* where a user's own is named, and …               */
    char                    fault[256]; /* … what was wrong with an answer of it            */
};

struct bounds_end bounds_reached(const struct world *world,
                                 const struct replication_limits *limits,
                                 enum replication_status         status);

/* Reports a replication (counted from 0) that reached a bound. Returns false. */
bool bounds_problem(struct tsim_problems *problems, const struct bounds_end *end, uint64_t seed,
                    uint32_t replication);

#endif
