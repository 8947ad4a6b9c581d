/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mending and polishing numbers of a roster: people are added, dropped and swapped and breaks
 * moved, one at a time, as long as the cost falls. Being short where that is not allowed costs
 * more than any shift, so a roster that can be mended is. */
#include <math.h>
#include <stdlib.h>

#include "experiment/roster_impl.h"

/* Steps over slots of one polishing, so that it ends; much more than a day takes. */
#define STEPS_MOST 4e8

struct search {
    const struct roster_layout  *layout;
    const struct roster_problem *problem;
    struct roster_numbers       *numbers;
    double                       short_cost, least; /* least: a change that counts         */
    double                       steps;
    int64_t                      idle; /* slots of shifts in which nobody is needed         */
    uint32_t                    *chosen; /* [day][break], of the one put or taken last      */
    uint32_t                    *chosen_before;
    uint32_t                    *of_kind; /* [kind] people                                  */
};

static double penalty(const struct search *search, uint32_t slot, int64_t cover)
{
    const int64_t over = cover - search->problem->need[slot];
    return over > 0 ? (double)over * search->problem->over_cost
                    : (double)-over * search->short_cost;
}

/* Changes the cover of a slot; the cost of that. */
static double change(struct search *search, uint32_t slot, int64_t by)
{
    int64_t     *cover = &search->numbers->cover[slot];
    const double before = penalty(search, slot, *cover);
    *cover += by;
    search->steps++;
    return penalty(search, slot, *cover) - before;
}

static double change_break(struct search *search, const struct roster_group *group, uint32_t day,
                           const struct roster_break *rest, uint32_t t, int64_t by)
{
    double sum = 0;
    for (uint32_t i = 0; i < rest->length; i++)
        sum += change(search, roster_slot(search->layout, group, day, rest->first + t + i), by);
    return sum;
}

/* Of the places of a break, the one where taking it (sign 1) or giving it up (-1) costs least. */
static uint32_t best_place(struct search *search, const struct roster_group *group, uint32_t day,
                           const struct roster_break *rest, const uint32_t *taken, int sign)
{
    uint32_t best = 0;
    double   least = INFINITY;
    for (uint32_t t = 0; t < roster_window(rest); t++) {
        if (sign < 0 && taken[t] == 0)
            continue;
        const double cost = change_break(search, group, day, rest, t, -sign);
        change_break(search, group, day, rest, t, sign);
        if (cost < least) {
            least = cost;
            best = t;
        }
    }
    return best;
}

/* Adds somebody to a column (sign 1) or takes somebody away (-1), with the best breaks, or with
 * those given. The cost of it. */
static double put(struct search *search, size_t column, int sign, uint32_t *chosen, bool given)
{
    const struct roster_layout *layout = search->layout;
    const struct roster_group  *group = &layout->groups[layout->group_of[column]];
    const struct roster_kind   *kind = &search->problem->kinds[group->kind];
    const uint8_t               pattern = roster_pattern(layout, column);
    double                      sum = 0;
    for (uint32_t day = 0; day < search->problem->days; day++) {
        if (!(pattern >> day & 1))
            continue;
        sum += sign * kind->cost;
        for (uint32_t i = 0; i < kind->length; i++) {
            const uint32_t slot = roster_slot(layout, group, day, i);
            sum += change(search, slot, sign);
            search->idle += search->problem->need[slot] == 0 ? sign : 0;
        }
        for (uint32_t b = 0; b < kind->n_breaks; b++) {
            const struct roster_break *rest = &kind->breaks[b];
            uint32_t *taken = search->numbers->breaks + roster_place(layout, group, day, b);
            uint32_t *choice = &chosen[day * ROSTER_BREAKS + b];
            if (!given)
                *choice = best_place(search, group, day, rest, taken, sign);
            sum += change_break(search, group, day, rest, *choice, -sign);
            taken[*choice] += (uint32_t)sign;
        }
    }
    search->numbers->people[column] += (uint32_t)sign;
    search->of_kind[group->kind] += (uint32_t)sign;
    return sum;
}

static uint32_t kind_of(const struct search *search, size_t column)
{
    return search->layout->groups[search->layout->group_of[column]].kind;
}

static bool may_add(const struct search *search, size_t column)
{
    const uint32_t k = kind_of(search, column);
    return search->of_kind[k] < search->problem->kinds[k].most;
}

static bool is_over(const struct search *search)
{
    return search->steps > STEPS_MOST ||
           (search->problem->stop && search->problem->stop(search->problem->user));
}

/* ---- moves; each is true when it changed something for the better */

static bool move_breaks(struct search *search)
{
    const struct roster_layout *layout = search->layout;
    bool                        any = false;
    for (size_t g = 0; g < layout->n_groups; g++) {
        const struct roster_group *group = &layout->groups[g];
        const struct roster_kind  *kind = &search->problem->kinds[group->kind];
        for (uint32_t day = 0; day < search->problem->days; day++)
            for (uint32_t b = 0; b < kind->n_breaks; b++) {
                const struct roster_break *rest = &kind->breaks[b];
                uint32_t *taken = search->numbers->breaks + roster_place(layout, group, day, b);
                for (uint32_t t = 0; t < roster_window(rest); t++) {
                    if (taken[t] == 0)
                        continue;
                    double         cost = change_break(search, group, day, rest, t, 1);
                    const uint32_t to = best_place(search, group, day, rest, taken, 1);
                    cost += change_break(search, group, day, rest, to, -1);
                    if (cost < -search->least) {
                        taken[t]--;
                        taken[to]++;
                        any = true;
                    } else {
                        change_break(search, group, day, rest, to, 1);
                        change_break(search, group, day, rest, t, -1);
                    }
                }
            }
    }
    return any;
}

/* Those who are dear go first. */
static bool drop(struct search *search)
{
    const size_t n = search->layout->n_columns;
    bool         any = false;
    for (size_t c = n; c-- > 0 && !is_over(search);) {
        const uint32_t k = kind_of(search, c);
        while (search->numbers->people[c] > 0 &&
               search->of_kind[k] > search->problem->kinds[k].least) {
            if (put(search, c, -1, search->chosen, false) < -search->least) {
                any = true;
                continue;
            }
            put(search, c, 1, search->chosen, true);
            break;
        }
    }
    return any;
}

/* Adds where that saves most for its cost. */
static bool add_best(struct search *search, bool needed, uint32_t kind)
{
    size_t best = search->layout->n_columns;
    double least = needed ? INFINITY : -search->least;
    for (size_t c = 0; c < search->layout->n_columns; c++) {
        if (!may_add(search, c) || (needed && kind_of(search, c) != kind))
            continue;
        const double cost = put(search, c, 1, search->chosen, false);
        put(search, c, -1, search->chosen, true);
        if (cost < least) {
            least = cost;
            best = c;
        }
    }
    if (best == search->layout->n_columns)
        return false;
    put(search, best, 1, search->chosen, false);
    return true;
}

/* For something cheaper; or, where that costs the same, for less time when nobody is needed. */
static bool swap_one(struct search *search, size_t from)
{
    const uint32_t k = kind_of(search, from);
    const int64_t  idle = search->idle;
    const double   saved = put(search, from, -1, search->chosen_before, false);
    for (size_t c = 0; c < search->layout->n_columns; c++) {
        if (c == from || !may_add(search, c) ||
            (kind_of(search, c) != k && search->of_kind[k] < search->problem->kinds[k].least))
            continue;
        const double cost = saved + put(search, c, 1, search->chosen, false);
        if (cost < -search->least || (cost <= search->least && search->idle < idle))
            return true;
        put(search, c, -1, search->chosen, true);
    }
    put(search, from, 1, search->chosen_before, true);
    return false;
}

static bool swap(struct search *search)
{
    bool any = false;
    for (size_t c = 0; c < search->layout->n_columns && !is_over(search); c++)
        while (search->numbers->people[c] > 0 && !is_over(search) && swap_one(search, c))
            any = true;
    return any;
}

/* ---- the whole */

static void polish(struct search *search)
{
    const struct roster_problem *problem = search->problem;
    for (uint32_t k = 0; k < problem->n_kinds; k++)
        while (search->of_kind[k] < problem->kinds[k].least && add_best(search, true, k))
            ;
    for (bool again = true; again && !is_over(search);) {
        again = move_breaks(search);
        again |= drop(search);
        while (!is_over(search) && add_best(search, false, 0))
            again = true;
        again |= !again && swap(search);
    }
}

bool roster_polish(const struct roster_layout *layout, struct roster_numbers *numbers)
{
    const struct roster_problem *problem = layout->problem;
    const size_t                 choices = (size_t)ROSTER_DAYS * ROSTER_BREAKS;
    struct search search = { .layout = layout, .problem = problem, .numbers = numbers,
                             .chosen = calloc(choices, sizeof(uint32_t)),
                             .chosen_before = calloc(choices, sizeof(uint32_t)),
                             .of_kind = calloc(problem->n_kinds + 1, sizeof(uint32_t)) };
    const bool    good = search.chosen && search.chosen_before && search.of_kind;
    double        dearest = 1e-6;
    for (uint32_t k = 0; k < problem->n_kinds; k++)
        dearest = fmax(dearest, problem->kinds[k].cost + problem->kinds[k].length *
                                                             problem->over_cost);
    search.least = 1e-9 * dearest;
    search.short_cost = problem->hard ? 100.0 * ROSTER_DAYS * dearest : problem->short_cost;
    for (size_t c = 0; good && c < layout->n_columns; c++)
        search.of_kind[kind_of(&search, c)] += numbers->people[c];
    roster_count(layout, numbers);
    if (good)
        polish(&search);
    free(search.chosen);
    free(search.chosen_before);
    free(search.of_kind);
    return good;
}
