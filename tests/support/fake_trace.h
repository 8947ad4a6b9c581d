/* SPDX-License-Identifier: GPL-3.0-or-later */
/* support/fake_trace.h - a trace that no simulation made, for tests of the reports: every kind of
 * event happens in it. Implements the accessors of tiersim/trace.h; linked instead of the real
 * ones, never beside them.
 */
#ifndef SUPPORT_FAKE_TRACE_H
#define SUPPORT_FAKE_TRACE_H

#include <tiersim/trace.h>

enum { FAKE_EVENTS = 64, FAKE_PARTS = 12 };

struct tsim_trace {
    struct tsim_trace_info    info;
    struct tsim_trace_event   events[FAKE_EVENTS];
    struct tsim_trace_part    parts[FAKE_PARTS];
    struct tsim_trace_target  targets[2];
    struct tsim_trace_promise promises[3];
    struct tsim_trace_cost    costs[6];
    size_t                    n_events, n_parts, n_targets, n_promises, n_costs;
};

/* A contact to which everything happens. */
void fake_life(struct tsim_trace *trace);

#endif
