/* SPDX-License-Identifier: GPL-3.0-or-later */
/* support/naive/naive.h - a second engine, written to be obviously right instead of fast.
 *
 * It reads the same compiled plan as model/replication.c and tells the same events, but shares no
 * code with it: whatever is next, first or best is found by looking at everything there is.
 *   - What is going to happen is a list without order; the next is the least of it by time, then by
 *     the documented order of one instant, then by the contact's number.
 *   - A contact is never forgotten: its number is its index for ever.
 *   - Who waits where is found by asking every contact; who idles, by asking every agent.
 *   - Every draw is made afresh at its documented address when it is needed.
 * Of the model it uses the plan, the kinds of arrivals, orders, selections and triggers, and the
 * draws of kernel/; nothing that changes a world.
 */
#ifndef SUPPORT_NAIVE_NAIVE_H
#define SUPPORT_NAIVE_NAIVE_H

#include "model/event.h"
#include "model/plan.h"
#include "model/tally.h"

/* Runs one replication and tells `sink` what happens; counts in a cleared tally what is not told:
 * SLA clocks. False when more than `happenings_most` took place, which is then the last to be
 * told. */
bool naive_run(const struct plan *plan, uint64_t seed, uint32_t replication,
               uint64_t happenings_most, const struct event_sink *sink, struct tally *tally);

#endif
