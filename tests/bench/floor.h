/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/bench/floor.h - what a program written for one model alone needs for the same work.
 *
 * W2 is the three tiers of w2.json, W1 the M/M/10 of w1.json, with their numbers compiled in and
 * nothing else: no scenario, no intervals, no case-keyed randomness (xoshiro256++ and a ziggurat),
 * no other statistics than those below. The engine is measured beside them in one run, so that its
 * speed can be told without naming a machine. Times are minutes.
 */
#ifndef BENCH_FLOOR_H
#define BENCH_FLOOR_H

#include <stdint.h>

#define FLOOR_TIERS 3

struct floor_tier {
    uint64_t offered, answered, abandoned, escalated;
    uint64_t in_time; /* answered within 5 minutes                                          */
    double   wait_answered, wait_abandoned;
};

struct floor_w2 {
    uint64_t          events;
    struct floor_tier tiers[FLOOR_TIERS];
};

struct floor_w1 {
    uint64_t events;
    double   wait; /* of all, summed */
};

/* W2 with every event in one list: arrivals, ends of service and patience, which is cancelled when
 * service begins. An indexed 4-ary heap. What a general simulator must do at least. */
void floor_w2_full(uint64_t contacts, uint64_t seed, struct floor_w2 *result);

/* W2 with patience looked at when a customer's turn comes: no timers. Right for these statistics
 * only, as nothing looks at the queue in between. What this model alone needs. */
void floor_w2_lazy(uint64_t contacts, uint64_t seed, struct floor_w2 *result);

/* W1 with arrivals and ends of service in one list, as in floor_w2_full. */
void floor_w1_full(uint64_t contacts, uint64_t seed, struct floor_w1 *result);

#endif
