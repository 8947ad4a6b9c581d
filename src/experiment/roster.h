/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/roster.h - shifts that cover a requirement at least cost.
 *
 * Time is a day, or a week of seven days, in equal slots; it comes round: the slot after the last
 * is the first. A kind of shift has a length, starts, breaks that begin within windows, and, over a
 * week, patterns of days worked; who has a start has it on every day worked.
 *
 * The set-covering program of G. B. Dantzig (Operations Research 2, 1954, 339-341) has a column
 * for every way to place a shift with its breaks. Here breaks are implicit, after T. Aykin
 * (Management Science 42, 1996, 591-602): one number of people for each kind, start and pattern,
 * and for each of its days and breaks the numbers who take it at each place of its window, which
 * add up to those who work that day:
 *
 *     minimise    sum c x + penalties
 *     subject to  sum of those present - sum of those on break + short(t) >= need(t)
 *                 sum over places of u(kind, start, day, break) = sum over patterns of x
 *
 * Windows of a kind do not overlap, so any choice of places goes with any other, and people are
 * dealt places afterwards. Where this is too large to be solved whole, only the numbers of people
 * are whole at first (which gives a bound all the same); breaks are then placed by a second
 * program. What is left over is mended and polished by adding, dropping, swapping people and moving
 * breaks, one at a time. Of rosters that cost the same, swaps prefer the one with less time of
 * shifts in slots in which nobody is needed; nothing is ever paid for that.
 */
#ifndef EXPERIMENT_ROSTER_H
#define EXPERIMENT_ROSTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

enum { ROSTER_DAYS = 7, ROSTER_BREAKS = 8 };

struct roster_break {
    uint32_t length;      /* slots                                                         */
    uint32_t first, last; /* it begins so many slots after the shift does                  */
};

struct roster_kind {
    uint32_t                   length; /* slots, breaks included                           */
    uint32_t                   n_starts, n_patterns, n_breaks;
    const uint32_t            *starts;   /* slots of a day                                 */
    const uint8_t             *patterns; /* days worked, bit 0 the first; of one day: 1    */
    const struct roster_break *breaks;   /* windows in order, which do not overlap         */
    double                     cost;     /* of one shift                                   */
    uint32_t                   least, most; /* people                                      */
};

struct roster_problem {
    uint32_t                  days, day_slots;
    const uint32_t           *need; /* [days * day_slots]                                  */
    const struct roster_kind *kinds;
    uint32_t                  n_kinds;
    bool                      hard; /* no slot may be short                                */
    double                    short_cost, over_cost; /* of each person and slot            */
    double                    gap, time_limit_s;
    uint32_t                  nodes;
    bool                      external; /* try the program cbc                             */
    bool (*stop)(void *user);
    void                     *user;
};

/* Somebody: the same start on every day of the pattern. */
struct roster_person {
    uint32_t        kind, start;
    uint8_t         pattern;
    const uint32_t *breaks; /* [day * breaks of the kind + break]: slots after the start   */
};

enum roster_end {
    ROSTER_FOUND,
    ROSTER_UNREACHED, /* no shift is on the floor at slot `where`                           */
    ROSTER_TOO_FEW,   /* "most" of the kinds do not let it be covered                       */
    ROSTER_FAILED,    /* memory, or it was stopped                                          */
};

struct roster {
    uint32_t              n;
    struct roster_person *people;
    uint32_t             *cover;  /* [slot] on the floor                                   */
    double                cost;   /* of shifts, and of shortage and surplus where they cost */
    double                bound;  /* nothing costs less                                    */
    uint32_t              nodes, where;
    bool                  time_was_up, external;
};

/* In the arena. */
enum roster_end roster_solve(const struct roster_problem *problem, struct arena *arena,
                             struct roster *roster);

#endif
