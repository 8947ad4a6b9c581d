/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of a roster, what they cover, and people from numbers. */
#include "experiment/roster.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiment/roster_impl.h"

/* ---- columns */

static bool lay_out(struct roster_layout *layout, const struct roster_problem *problem,
                    struct arena *arena)
{
    size_t groups = 0, columns = 0;
    for (uint32_t k = 0; k < problem->n_kinds; k++) {
        groups += problem->kinds[k].n_starts;
        columns += (size_t)problem->kinds[k].n_starts * problem->kinds[k].n_patterns;
    }
    *layout = (struct roster_layout){
        .problem = problem, .slots = problem->days * problem->day_slots,
        .groups = ARENA_ARRAY(arena, groups + 1, struct roster_group),
        .group_of = ARENA_ARRAY(arena, columns + 1, uint32_t),
        .places = ARENA_ARRAY(arena, problem->n_kinds + 1, uint32_t),
        .place_of = arena_take_array(arena, problem->n_kinds + 1, sizeof *layout->place_of),
    };
    if (arena->failed)
        return false;
    for (uint32_t k = 0; k < problem->n_kinds; k++) {
        const struct roster_kind *kind = &problem->kinds[k];
        uint8_t                   days = 0;
        for (uint32_t b = 0; b < kind->n_breaks; b++) {
            layout->place_of[k][b] = layout->places[k];
            layout->places[k] += roster_window(&kind->breaks[b]);
        }
        for (uint32_t p = 0; p < kind->n_patterns; p++)
            days |= kind->patterns[p];
        for (uint32_t s = 0; s < kind->n_starts; s++) {
            layout->groups[layout->n_groups] = (struct roster_group){
                k, kind->starts[s], layout->n_columns, layout->n_places, days
            };
            for (uint32_t p = 0; p < kind->n_patterns; p++)
                layout->group_of[layout->n_columns++] = (uint32_t)layout->n_groups;
            layout->n_places += (size_t)layout->places[k] * problem->days;
            layout->n_groups++;
        }
    }
    return true;
}

uint32_t roster_working(const struct roster_layout *layout, const uint32_t *people, size_t group,
                        uint32_t day)
{
    const struct roster_group *at = &layout->groups[group];
    const struct roster_kind  *kind = &layout->problem->kinds[at->kind];
    uint32_t                   n = 0;
    for (uint32_t p = 0; p < kind->n_patterns; p++)
        n += kind->patterns[p] >> day & 1 ? people[at->column + p] : 0;
    return n;
}

void roster_count(const struct roster_layout *layout, struct roster_numbers *numbers)
{
    memset(numbers->cover, 0, layout->slots * sizeof *numbers->cover);
    for (size_t g = 0; g < layout->n_groups; g++) {
        const struct roster_group *group = &layout->groups[g];
        const struct roster_kind  *kind = &layout->problem->kinds[group->kind];
        for (uint32_t day = 0; day < layout->problem->days; day++) {
            const uint32_t n = roster_working(layout, numbers->people, g, day);
            for (uint32_t i = 0; n > 0 && i < kind->length; i++)
                numbers->cover[roster_slot(layout, group, day, i)] += n;
            for (uint32_t b = 0; n > 0 && b < kind->n_breaks; b++) {
                const struct roster_break *rest = &kind->breaks[b];
                const uint32_t *taken = numbers->breaks + roster_place(layout, group, day, b);
                for (uint32_t t = 0; t < roster_window(rest); t++)
                    for (uint32_t i = 0; i < rest->length; i++)
                        numbers->cover[roster_slot(layout, group, day, rest->first + t + i)] -=
                            taken[t];
            }
        }
    }
}

/* ---- what cannot be covered */

/* Whether somebody of a kind may be on the floor so long after the start of the shift. */
static bool may_be_there(const struct roster_kind *kind, uint32_t after)
{
    for (uint32_t b = 0; b < kind->n_breaks; b++) {
        const struct roster_break *rest = &kind->breaks[b];
        /* Every place of the break covers the slot: the first and the last do. */
        if (after >= rest->last && after < rest->first + rest->length)
            return false;
    }
    return true;
}

static bool all_reached(const struct roster_layout *layout, struct roster *roster,
                        struct arena *arena)
{
    const struct roster_problem *problem = layout->problem;
    bool                        *reached = ARENA_ARRAY(arena, layout->slots + 1, bool);
    for (size_t g = 0; reached && g < layout->n_groups; g++) {
        const struct roster_group *group = &layout->groups[g];
        const struct roster_kind  *kind = &problem->kinds[group->kind];
        for (uint32_t day = 0; kind->most > 0 && day < problem->days; day++)
            for (uint32_t i = 0; i < kind->length && (group->days >> day & 1); i++)
                reached[roster_slot(layout, group, day, i)] |= may_be_there(kind, i);
    }
    for (roster->where = 0; reached && roster->where < layout->slots; roster->where++)
        if (problem->need[roster->where] > 0 && !reached[roster->where])
            return false;
    return true;
}

/* ---- people */

static void deal_breaks(const struct roster_layout *layout, const struct roster_numbers *numbers,
                        size_t g, uint32_t day, struct roster_person *people, uint32_t n,
                        uint32_t *next)
{
    const struct roster_group *group = &layout->groups[g];
    const struct roster_kind  *kind = &layout->problem->kinds[group->kind];
    for (uint32_t b = 0; b < kind->n_breaks; b++) {
        const uint32_t *taken = numbers->breaks + roster_place(layout, group, day, b);
        uint32_t        t = 0, left = taken[0];
        for (uint32_t i = 0; i < n; i++) {
            uint32_t *breaks = next + ((size_t)i * layout->problem->days + day) * kind->n_breaks;
            if (!(people[i].pattern >> day & 1))
                continue;
            while (left == 0 && t + 1 < roster_window(&kind->breaks[b]))
                left = taken[++t];
            left -= left > 0;
            breaks[b] = kind->breaks[b].first + t;
        }
    }
}

/* People of each group, dealt the places of its breaks. */
static bool make_people(const struct roster_layout *layout, const struct roster_numbers *numbers,
                        struct arena *arena, struct roster *roster)
{
    uint64_t all = 0;
    for (size_t c = 0; c < layout->n_columns; c++)
        all += numbers->people[c];
    if (all > UINT32_MAX)
        return false;
    roster->people = ARENA_ARRAY(arena, all + 1, struct roster_person);
    for (size_t g = 0; roster->people && g < layout->n_groups; g++) {
        const struct roster_group *group = &layout->groups[g];
        const struct roster_kind  *kind = &layout->problem->kinds[group->kind];
        struct roster_person      *people = roster->people + roster->n;
        uint32_t                   n = 0;
        for (uint32_t p = 0; p < kind->n_patterns; p++)
            for (uint32_t i = 0; i < numbers->people[group->column + p]; i++)
                people[n++] = (struct roster_person){ group->kind, group->start,
                                                      kind->patterns[p], NULL };
        const size_t each = (size_t)layout->problem->days * kind->n_breaks;
        uint32_t    *breaks = ARENA_ARRAY(arena, n * each + 1, uint32_t);
        for (uint32_t day = 0; breaks && day < layout->problem->days; day++)
            deal_breaks(layout, numbers, g, day, people, n, breaks);
        for (uint32_t i = 0; breaks && i < n; i++)
            people[i].breaks = breaks + i * each;
        roster->n += n;
    }
    return !arena->failed;
}

/* ---- the whole */

static bool is_covered(const struct roster_layout *layout, const struct roster_numbers *numbers)
{
    for (uint32_t i = 0; i < layout->slots; i++)
        if (numbers->cover[i] < layout->problem->need[i])
            return false;
    return true;
}

static double cost_of(const struct roster_layout *layout, const struct roster_numbers *numbers)
{
    const struct roster_problem *problem = layout->problem;
    double                       cost = 0;
    for (size_t c = 0; c < layout->n_columns; c++)
        cost += numbers->people[c] * (double)__builtin_popcount(roster_pattern(layout, c)) *
                roster_kind_of(layout, c)->cost;
    for (uint32_t i = 0; i < layout->slots; i++) {
        const double over = (double)numbers->cover[i] - problem->need[i];
        cost += over > 0 ? over * problem->over_cost
                         : problem->hard ? 0 : -over * problem->short_cost;
    }
    return cost;
}

/* Each covered slot costs at least what it does in the shift where that is least. */
static double least_cost(const struct roster_problem *problem)
{
    double each = problem->hard ? INFINITY : problem->short_cost, all = 0;
    for (uint32_t k = 0; k < problem->n_kinds; k++) {
        const struct roster_kind *kind = &problem->kinds[k];
        double                    floor_slots = kind->length;
        for (uint32_t b = 0; b < kind->n_breaks; b++)
            floor_slots -= kind->breaks[b].length;
        if (floor_slots > 0)
            each = fmin(each, kind->cost / floor_slots);
    }
    for (uint32_t i = 0; i < problem->days * problem->day_slots; i++)
        all += problem->need[i] > 0 ? problem->need[i] * each : 0;
    return all;
}

enum roster_end roster_solve(const struct roster_problem *problem, struct arena *arena,
                             struct roster *roster)
{
    struct roster_layout  layout;
    struct roster_course  course = { .bound = -INFINITY };
    *roster = (struct roster){ .n = 0 };
    if (!lay_out(&layout, problem, arena))
        return ROSTER_FAILED;
    if (problem->hard && !all_reached(&layout, roster, arena))
        return ROSTER_UNREACHED;
    struct roster_numbers numbers = {
        ARENA_ARRAY(arena, layout.n_columns + 1, uint32_t),
        ARENA_ARRAY(arena, layout.n_places + 1, uint32_t),
        ARENA_ARRAY(arena, layout.slots + 1, int64_t),
    };
    if (arena->failed || !roster_program(&layout, &numbers, &course))
        return ROSTER_FAILED;
    if (course.infeasible)
        return ROSTER_TOO_FEW;
    if (!roster_polish(&layout, &numbers))
        return ROSTER_FAILED;
    if (problem->hard && !is_covered(&layout, &numbers))
        return ROSTER_TOO_FEW;
    roster->cover = ARENA_ARRAY(arena, layout.slots + 1, uint32_t);
    for (uint32_t i = 0; roster->cover && i < layout.slots; i++)
        roster->cover[i] = (uint32_t)numbers.cover[i];
    roster->cost = cost_of(&layout, &numbers);
    roster->bound = fmin(fmax(course.bound, least_cost(problem)), roster->cost);
    roster->nodes = course.nodes;
    roster->time_was_up = course.time_was_up;
    roster->external = course.external;
    return make_people(&layout, &numbers, arena, roster) ? ROSTER_FOUND : ROSTER_FAILED;
}
