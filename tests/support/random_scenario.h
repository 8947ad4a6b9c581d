/* SPDX-License-Identifier: GPL-3.0-or-later */
/* support/random_scenario.h - valid scenarios at random, for laws that hold for every scenario.
 *
 * A text is a pure function of a number and a style. The number decides what the scenario means:
 * tiers, pools, distributions, queue orders, rules, windows, all that a file may say. The style
 * decides how the same meaning is written down, or adds what must not matter. One replication
 * sees a few hundred to a few thousand contacts.
 */
#ifndef SUPPORT_RANDOM_SCENARIO_H
#define SUPPORT_RANDOM_SCENARIO_H

#include <stdbool.h>
#include <stdint.h>

struct scenario_style {
    bool     other_names; /* other names for everything; streams keep their numbers by "key"   */
    bool     other_order; /* lists and sections whose order says nothing are turned round      */
    bool     other_units; /* the same values in other units                                    */
    bool     unused;      /* one more tier, pool in each tier, stream, channel, issue type,
                             severity and segment that nobody meets                            */
    uint32_t more_agents; /* as many more in every pool, all the time                          */
    bool     rich;        /* forms of escalation and organisation, root causes: what makes later
                             contacts depend on earlier ones, and tiers on there being others  */
    bool     wall_clock;  /* no calendars                                                      */
    bool     small;       /* about a hundred contacts                                          */
    bool     even;        /* all times are whole minutes out of a few: much at one instant     */
    bool     routed;      /* any queue order and agent selection, rules of who serves whom      */
};

/* What a test must know of a scenario to say what equal means. */
struct scenario_traits {
    bool     ties;         /* contacts of two streams may arrive at the very same instant      */
    uint32_t n_tiers, n_streams;
};

/* The text, from malloc. `style` may be NULL: the plain one. */
char *random_scenario(uint64_t number, const struct scenario_style *style);

struct scenario_traits random_scenario_traits(uint64_t number);

/* A small generator for tests that need numbers of their own: splitmix64. */
static inline uint64_t random_next(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static inline uint32_t random_below(uint64_t *state, uint32_t n)
{
    return (uint32_t)((random_next(state) >> 32) * n >> 32);
}

#endif
