/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: rosters cover what is needed with the shifts that may be, at least cost, and say how far
 * from it they may be.
 * Method: small random days and weeks against an exhaustive search over explicit shifts (a column
 * for every placing of the breaks), which shares nothing with the implicit program; laws (cover is
 * what the people make, breaks in their windows, patterns, "least" and "most", the bound is below
 * the cost) on larger random ones; shifts that cost the same, tried in each other's place; a
 * textbook case; what cannot be covered. Fixed seeds. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiment/roster.h"

enum { SLOTS_MOST = 7 * 48, KINDS = 3, EXPLICIT = 4000 };

/* xorshift64* (Vigna). */
static uint32_t below(uint64_t *state, uint32_t n)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (uint32_t)((*state * 2685821657736338717u) >> 33) % n;
}

/* A problem with room for what it points to. */
struct made {
    struct roster_problem problem;
    struct roster_kind    kinds[KINDS];
    struct roster_break   breaks[KINDS][2];
    uint32_t              starts[KINDS][48];
    uint8_t               patterns[7];
    uint32_t              need[SLOTS_MOST];
};

static void make(struct made *made, uint64_t *state, uint32_t days, uint32_t day_slots,
                 uint32_t most_need)
{
    *made = (struct made){ .problem = { .days = days, .day_slots = day_slots, .need = made->need,
                                        .kinds = made->kinds, .hard = true, .gap = 1e-9,
                                        .time_limit_s = 60, .nodes = 100000 } };
    made->problem.n_kinds = 1 + below(state, 2);
    for (uint32_t p = 0; p < 7; p++) { /* two days off together */
        const unsigned off = 1u << p | 1u << (p + 1) % 7;
        made->patterns[p] = (uint8_t)(days == 1 ? 1u : 0x7Fu & ~off);
    }
    for (uint32_t k = 0; k < made->problem.n_kinds; k++) {
        struct roster_kind *kind = &made->kinds[k];
        const uint32_t      window = below(state, 2);
        *kind = (struct roster_kind){ .length = 3 + below(state, day_slots / 2),
                                      .starts = made->starts[k], .patterns = made->patterns,
                                      .breaks = made->breaks[k],
                                      .n_patterns = days == 1 ? 1 : 7, .most = UINT32_MAX };
        kind->n_breaks = below(state, 3) > 0;
        made->breaks[k][0] = (struct roster_break){ 1, 1, 1 + window };
        if (kind->length < 4)
            made->breaks[k][0].last = 1;
        if (kind->length >= 7 && below(state, 2)) {
            made->breaks[k][1] = (struct roster_break){ 1 + below(state, 2), 3, 4 };
            kind->n_breaks = 2;
        }
        kind->cost = 1 + below(state, 5) + kind->length;
        for (uint32_t s = 0; s < day_slots; s++)
            if (below(state, 3) > 0 || s == 0)
                made->starts[k][kind->n_starts++] = s;
    }
    for (uint32_t i = 0; i < days * day_slots; i++)
        made->need[i] = below(state, 3) > 0 ? below(state, most_need + 1) : 0;
}

/* ---- exhaustive */

struct column {
    double  cost;
    uint8_t on[64]; /* [slot] */
};

struct search {
    const struct roster_problem *problem;
    struct column                columns[EXPLICIT];
    uint32_t                     n;
    double                       best;
};

static void add_columns(struct search *search, const struct roster_kind *kind, uint32_t start,
                        uint8_t pattern, struct column *column, uint32_t day, uint32_t b)
{
    const uint32_t slots = search->problem->days * search->problem->day_slots;
    if (day == search->problem->days) {
        cr_assert_lt(search->n, EXPLICIT);
        search->columns[search->n++] = *column;
        return;
    }
    const uint32_t at = day * search->problem->day_slots + start;
    if (!(pattern >> day & 1)) {
        add_columns(search, kind, start, pattern, column, day + 1, 0);
        return;
    }
    struct column with = *column;
    for (uint32_t i = 0; b == 0 && i < kind->length; i++)
        with.on[(at + i) % slots]++;
    with.cost += b == 0 ? kind->cost : 0;
    if (b == kind->n_breaks) {
        add_columns(search, kind, start, pattern, b == 0 ? &with : column, day + 1, 0);
        return;
    }
    for (uint32_t t = kind->breaks[b].first; t <= kind->breaks[b].last; t++) {
        struct column placed = with;
        for (uint32_t i = 0; i < kind->breaks[b].length; i++)
            placed.on[(at + t + i) % slots]--;
        if (b + 1 < kind->n_breaks) {
            placed.cost += 0;
            add_columns(search, kind, start, pattern, &placed, day, b + 1);
        } else {
            add_columns(search, kind, start, pattern, &placed, day + 1, 0);
        }
    }
}

/* The first short slot must be covered by one of its columns. */
static void branch(struct search *search, const int *left, double cost, double per_slot)
{
    const uint32_t slots = search->problem->days * search->problem->day_slots;
    uint32_t       first = slots;
    double         still = 0;
    for (uint32_t i = slots; i-- > 0;) {
        still += left[i] > 0 ? left[i] : 0;
        first = left[i] > 0 ? i : first;
    }
    if (cost + still * per_slot >= search->best - 1e-9)
        return;
    if (first == slots) {
        search->best = cost;
        return;
    }
    for (uint32_t c = 0; c < search->n; c++) {
        int next[64];
        if (!search->columns[c].on[first])
            continue;
        for (uint32_t i = 0; i < slots; i++)
            next[i] = left[i] - search->columns[c].on[i];
        branch(search, next, cost + search->columns[c].cost, per_slot);
    }
}

static double exhaustive(const struct roster_problem *problem)
{
    static struct search search;
    int                  left[64];
    double               per_slot = INFINITY;
    search = (struct search){ .problem = problem, .best = INFINITY };
    for (uint32_t k = 0; k < problem->n_kinds; k++)
        for (uint32_t s = 0; s < problem->kinds[k].n_starts; s++)
            for (uint32_t p = 0; p < problem->kinds[k].n_patterns; p++) {
                struct column empty = { 0 };
                add_columns(&search, &problem->kinds[k], problem->kinds[k].starts[s],
                            problem->kinds[k].patterns[p], &empty, 0, 0);
            }
    for (uint32_t i = 0; i < problem->days * problem->day_slots; i++)
        left[i] = (int)problem->need[i];
    for (uint32_t c = 0; c < search.n; c++) {
        uint32_t on = 0;
        for (uint32_t i = 0; i < problem->days * problem->day_slots; i++)
            on += search.columns[c].on[i];
        per_slot = fmin(per_slot, search.columns[c].cost / on);
    }
    branch(&search, left, 0, per_slot);
    return search.best;
}

/* ---- laws */

static void check_laws(const struct roster_problem *problem, const struct roster *roster)
{
    const uint32_t slots = problem->days * problem->day_slots;
    uint32_t       cover[SLOTS_MOST] = { 0 }, of_kind[KINDS] = { 0 };
    double         cost = 0;
    for (uint32_t i = 0; i < roster->n; i++) {
        const struct roster_person *person = &roster->people[i];
        const struct roster_kind   *kind = &problem->kinds[person->kind];
        bool                        start = false, pattern = false;
        of_kind[person->kind]++;
        for (uint32_t s = 0; s < kind->n_starts; s++)
            start |= kind->starts[s] == person->start;
        for (uint32_t p = 0; p < kind->n_patterns; p++)
            pattern |= kind->patterns[p] == person->pattern;
        cr_assert(start && pattern);
        for (uint32_t day = 0; day < problem->days; day++) {
            const uint32_t at = day * problem->day_slots + person->start;
            if (!(person->pattern >> day & 1))
                continue;
            cost += kind->cost;
            for (uint32_t o = 0; o < kind->length; o++)
                cover[(at + o) % slots]++;
            for (uint32_t b = 0; b < kind->n_breaks; b++) {
                const uint32_t t = person->breaks[day * kind->n_breaks + b];
                cr_assert(t >= kind->breaks[b].first && t <= kind->breaks[b].last);
                for (uint32_t o = 0; o < kind->breaks[b].length; o++)
                    cover[(at + t + o) % slots]--;
            }
        }
    }
    for (uint32_t i = 0; i < slots; i++) {
        const double over = (double)cover[i] - problem->need[i];
        cr_assert_eq(cover[i], roster->cover[i]);
        cr_assert(!problem->hard || over >= 0);
        cost += over > 0 ? over * problem->over_cost : -over * problem->short_cost;
    }
    for (uint32_t k = 0; k < problem->n_kinds; k++)
        cr_assert(of_kind[k] >= problem->kinds[k].least && of_kind[k] <= problem->kinds[k].most);
    cr_assert_float_eq(cost, roster->cost, 1e-9 * fmax(cost, 1));
    cr_assert_leq(roster->bound, roster->cost + 1e-9 * fmax(cost, 1));
}

Test(roster, small_days_cost_what_the_best_explicit_shifts_cost)
{
    uint64_t state = 20261122;
    for (int i = 0; i < 60; i++) {
        struct made   made;
        struct arena  arena;
        struct roster roster;
        make(&made, &state, 1, 8, 2);
        const double best = exhaustive(&made.problem);
        arena_open(&arena);
        const enum roster_end end = roster_solve(&made.problem, &arena, &roster);
        if (isinf(best)) {
            cr_assert_neq(end, ROSTER_FOUND, "case %d", i);
        } else {
            cr_assert_eq(end, ROSTER_FOUND, "case %d: end %d", i, (int)end);
            check_laws(&made.problem, &roster);
            cr_assert_float_eq(roster.cost, best, 1e-6, "case %d: %g, best %g", i, roster.cost,
                               best);
            cr_assert_leq(roster.bound, best + 1e-6);
        }
        arena_close(&arena);
    }
}

Test(roster, larger_days_and_weeks_obey_the_laws)
{
    uint64_t state = 7;
    for (int i = 0; i < 30; i++) {
        struct made   made;
        struct arena  arena;
        struct roster roster;
        make(&made, &state, i % 3 == 2 ? 7 : 1, i % 3 == 2 ? 12 : 40, 9);
        made.problem.gap = 0.01;
        made.problem.nodes = 200;
        if (i % 2) {
            made.problem.hard = false;
            made.problem.short_cost = 1 + below(&state, 4);
            made.problem.over_cost = below(&state, 2);
        }
        if (i % 4 == 0)
            made.kinds[0].least = below(&state, 8);
        if (i % 4 == 3)
            made.kinds[0].most = below(&state, 4);
        arena_open(&arena);
        const enum roster_end end = roster_solve(&made.problem, &arena, &roster);
        cr_assert(end == ROSTER_FOUND || made.problem.hard, "case %d: %d", i, (int)end);
        if (end == ROSTER_FOUND)
            check_laws(&made.problem, &roster);
        arena_close(&arena);
    }
}

/* Slots of a shift of one day in which nobody is needed. */
static uint32_t idle_slots(const struct roster_problem *problem, uint32_t start)
{
    uint32_t n = 0;
    for (uint32_t o = 0; o < problem->kinds[0].length; o++)
        n += problem->need[(start + o) % problem->day_slots] == 0;
    return n;
}

/* Whether all is covered when somebody begins at another time. */
static bool covers(const struct roster_problem *problem, const struct roster *roster,
                   uint32_t from, uint32_t to)
{
    uint32_t cover[SLOTS_MOST];
    memcpy(cover, roster->cover, problem->day_slots * sizeof *cover);
    for (uint32_t o = 0; o < problem->kinds[0].length; o++) {
        cover[(from + o) % problem->day_slots]--;
        cover[(to + o) % problem->day_slots]++;
    }
    for (uint32_t i = 0; i < problem->day_slots; i++)
        if (cover[i] < problem->need[i])
            return false;
    return true;
}

/* Nobody could begin at another time, which costs the same, and be there less when nobody is
 * needed. */
Test(roster, shifts_that_cost_the_same_lie_where_somebody_is_needed)
{
    uint64_t state = 1730;
    for (int i = 0; i < 40; i++) {
        struct made    made;
        struct arena   arena;
        struct roster  roster;
        const uint32_t opens = 6 + below(&state, 6), closes = 30 + below(&state, 6);
        make(&made, &state, 1, 40, 9);
        made.problem.n_kinds = 1;
        made.kinds[0].n_breaks = 0;
        made.kinds[0].length = 5 + below(&state, 4);
        for (uint32_t s = 0; s < 40; s++)
            made.need[s] = s < opens || s >= closes ? 0 : 1 + below(&state, 9);
        arena_open(&arena);
        const enum roster_end end = roster_solve(&made.problem, &arena, &roster);
        for (uint32_t n = 0; end == ROSTER_FOUND && n < roster.n; n++)
            for (uint32_t s = 0; s < made.kinds[0].n_starts; s++) {
                const uint32_t from = roster.people[n].start, to = made.starts[0][s];
                cr_assert(idle_slots(&made.problem, to) >= idle_slots(&made.problem, from) ||
                              !covers(&made.problem, &roster, from, to),
                          "case %d: who begins in slot %u could in %u", i, from, to);
            }
        if (end == ROSTER_FOUND)
            check_laws(&made.problem, &roster);
        arena_close(&arena);
    }
}

/* Days off of Baker's and others' textbook kind: five days on, two off together, and a need by day
 * of 17 13 15 19 14 16 11 takes 23 people (W. L. Winston, Operations Research, the post office
 * problem). */
Test(roster, post_office)
{
    static const uint32_t need[] = { 17, 13, 15, 19, 14, 16, 11 }, start = 0;
    uint8_t               patterns[7];
    for (uint32_t p = 0; p < 7; p++)
        patterns[p] = (uint8_t)(0x7F & ~(1u << p) & ~(1u << (p + 1) % 7));
    const struct roster_kind    kind = { .length = 1, .n_starts = 1, .n_patterns = 7,
                                         .starts = &start, .patterns = patterns, .cost = 1,
                                         .most = UINT32_MAX };
    const struct roster_problem problem = { .days = 7, .day_slots = 1, .need = need,
                                            .kinds = &kind, .n_kinds = 1, .hard = true,
                                            .gap = 1e-9, .time_limit_s = 60, .nodes = 10000 };
    struct arena                arena;
    struct roster               roster;
    arena_open(&arena);
    cr_assert_eq(roster_solve(&problem, &arena, &roster), ROSTER_FOUND);
    cr_expect_eq(roster.n, 23, "%u people", roster.n);
    check_laws(&problem, &roster);
    arena_close(&arena);
}

Test(roster, what_no_shift_reaches_or_too_few_may_cover_is_told)
{
    static const uint32_t     starts[] = { 0 };
    static const uint8_t      always = 1;
    const struct roster_break lunch = { 1, 2, 2 };
    uint32_t                  need[8] = { 3, 3, 0, 3 };
    struct roster_kind        kind = { .length = 4, .n_starts = 1, .n_patterns = 1,
                                       .n_breaks = 1, .starts = starts, .patterns = &always,
                                       .breaks = &lunch, .cost = 4, .most = UINT32_MAX };
    struct roster_problem     problem = { .days = 1, .day_slots = 8, .need = need,
                                          .kinds = &kind, .n_kinds = 1, .hard = true,
                                          .gap = 1e-9, .time_limit_s = 60, .nodes = 100 };
    struct arena              arena;
    struct roster             roster;
    arena_open(&arena);
    cr_assert_eq(roster_solve(&problem, &arena, &roster), ROSTER_FOUND);
    cr_expect_eq(roster.n, 3);
    kind.most = 2;
    cr_expect_eq(roster_solve(&problem, &arena, &roster), ROSTER_TOO_FEW);
    problem.hard = false;
    problem.short_cost = 100;
    cr_assert_eq(roster_solve(&problem, &arena, &roster), ROSTER_FOUND);
    cr_expect_eq(roster.n, 2);
    cr_expect_float_eq(roster.cost, 2 * 4 + 3 * 100, 1e-9);
    problem.hard = true;
    kind.most = UINT32_MAX;
    need[2] = 1; /* all are at lunch */
    cr_assert_eq(roster_solve(&problem, &arena, &roster), ROSTER_UNREACHED);
    cr_expect_eq(roster.where, 2);
    need[2] = 0;
    need[6] = 1;
    cr_assert_eq(roster_solve(&problem, &arena, &roster), ROSTER_UNREACHED);
    cr_expect_eq(roster.where, 6);
    memset(need, 0, sizeof need);
    cr_assert_eq(roster_solve(&problem, &arena, &roster), ROSTER_FOUND);
    cr_expect_eq(roster.n, 0);
    cr_expect_eq(roster.cost, 0);
    need[0] = 100000;
    cr_assert_eq(roster_solve(&problem, &arena, &roster), ROSTER_FOUND);
    cr_expect_eq(roster.n, 100000);
    arena_close(&arena);
}

static bool at_once(void *user)
{
    ++*(int *)user;
    return true;
}

/* Stopped, it hands back what it has: that is what it is asked for. */
Test(roster, a_stop_ends_the_search)
{
    uint64_t      state = 99;
    int           asked = 0;
    struct made   made;
    struct arena  arena;
    struct roster roster;
    make(&made, &state, 1, 40, 9);
    made.problem.stop = at_once;
    made.problem.user = &asked;
    arena_open(&arena);
    const enum roster_end end = roster_solve(&made.problem, &arena, &roster);
    if (end == ROSTER_FOUND)
        check_laws(&made.problem, &roster);
    cr_expect_gt(asked, 0);
    arena_close(&arena);
}
