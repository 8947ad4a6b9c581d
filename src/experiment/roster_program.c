/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The integer programs of a roster: people and breaks together, and breaks of given people. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiment/integer.h"
#include "experiment/roster_impl.h"

/* With so many break places or fewer, they are whole from the beginning. */
enum { PLACES_WHOLE = 400, NODES_OF_BREAKS = 60 };

/* ---- a sparse program being written */

struct entry {
    uint32_t row, column;
    double   value;
};

struct writing {
    const struct roster_layout *layout;
    struct entry               *entries;
    size_t                      n, room;
    uint32_t                   *row_of; /* [slot]; UINT32_MAX: it needs nobody              */
    size_t                      rows, columns, short_at; /* short_at: of the first slot     */
    struct integer_row         *row;
    double                     *costs, *low, *high, *coefficients;
    bool                       *fractional;
    uint32_t                   *at;
    bool                        failed;
};

static void add(struct writing *to, size_t row, size_t column, double value)
{
    if (to->n == to->room) {
        const size_t  room = to->room ? 2 * to->room : 4096;
        struct entry *more = realloc(to->entries, room * sizeof *more);
        to->failed |= more == NULL;
        if (!more)
            return;
        to->entries = more;
        to->room = room;
    }
    to->entries[to->n++] = (struct entry){ (uint32_t)row, (uint32_t)column, value };
}

static void add_at_slot(struct writing *to, uint32_t slot, size_t column, double value)
{
    if (to->row_of[slot] != UINT32_MAX)
        add(to, to->row_of[slot], column, value);
}

static bool open_writing(struct writing *to, const struct roster_layout *layout, size_t rows,
                         size_t columns)
{
    *to = (struct writing){
        .layout = layout, .row_of = calloc(layout->slots + 1, sizeof *to->row_of),
        .row = calloc(rows + 1, sizeof *to->row), .costs = calloc(columns + 1, sizeof(double)),
        .low = calloc(columns + 1, sizeof(double)), .high = calloc(columns + 1, sizeof(double)),
        .fractional = calloc(columns + 1, sizeof(bool)), .columns = columns,
    };
    to->failed = !to->row_of || !to->row || !to->costs || !to->low || !to->high || !to->fractional;
    for (size_t j = 0; !to->failed && j < columns; j++)
        to->high[j] = INFINITY;
    return !to->failed;
}

static void close_writing(struct writing *to)
{
    free(to->entries);
    free(to->row_of);
    free(to->row);
    free(to->costs);
    free(to->low);
    free(to->high);
    free(to->fractional);
    free(to->at);
    free(to->coefficients);
}

/* A row of cover for each slot that needs somebody. */
static void begin_cover(struct writing *to)
{
    const struct roster_problem *problem = to->layout->problem;
    for (uint32_t i = 0; i < to->layout->slots; i++) {
        to->row_of[i] = problem->need[i] > 0 ? (uint32_t)to->rows : UINT32_MAX;
        if (problem->need[i] > 0)
            to->row[to->rows++].least = problem->need[i];
    }
}

/* Entries by rows. */
static bool end_writing(struct writing *to)
{
    size_t *next = calloc(to->rows + 2, sizeof *next);
    to->at = calloc(to->n + 1, sizeof *to->at);
    to->coefficients = calloc(to->n + 1, sizeof *to->coefficients);
    to->failed |= !next || !to->at || !to->coefficients;
    for (size_t e = 0; !to->failed && e < to->n; e++)
        to->row[to->entries[e].row].n++;
    for (size_t i = 0; !to->failed && i < to->rows; i++) {
        to->row[i].at = to->at + next[i];
        to->row[i].coefficients = to->coefficients + next[i];
        next[i + 1] = next[i] + to->row[i].n;
    }
    for (size_t e = 0; !to->failed && e < to->n; e++) {
        const size_t place = next[to->entries[e].row]++;
        to->at[place] = to->entries[e].column;
        to->coefficients[place] = to->entries[e].value;
    }
    free(next);
    return !to->failed;
}

static struct integer_program program_of(const struct writing *from, uint32_t nodes)
{
    const struct roster_problem *problem = from->layout->problem;
    return (struct integer_program){
        .columns = from->columns, .rows = from->rows, .costs = from->costs, .low = from->low,
        .high = from->high, .row = from->row, .time_limit_s = problem->time_limit_s,
        .gap = problem->gap, .fractional = from->fractional, .nodes = nodes, .dive = true,
        .stop = problem->stop, .user = problem->user,
    };
}

/* ---- people and breaks together */

/* Columns: people, break places, then what each slot is short of. */
static void write_people(struct writing *to)
{
    const struct roster_layout  *layout = to->layout;
    const struct roster_problem *problem = layout->problem;
    for (size_t c = 0; c < layout->n_columns; c++) {
        const struct roster_group *group = &layout->groups[layout->group_of[c]];
        const struct roster_kind  *kind = &problem->kinds[group->kind];
        const uint8_t              pattern = roster_pattern(layout, c);
        to->costs[c] = __builtin_popcount(pattern) *
                       (kind->cost + kind->length * problem->over_cost);
        if (kind->most < UINT32_MAX)
            to->high[c] = kind->most;
        for (uint32_t day = 0; day < problem->days; day++)
            for (uint32_t i = 0; i < kind->length && (pattern >> day & 1); i++)
                add_at_slot(to, roster_slot(layout, group, day, i), c, 1);
    }
}

static void write_breaks(struct writing *to, size_t g, uint32_t day, uint32_t b)
{
    const struct roster_layout *layout = to->layout;
    const struct roster_group  *group = &layout->groups[g];
    const struct roster_kind   *kind = &layout->problem->kinds[group->kind];
    const struct roster_break  *rest = &kind->breaks[b];
    const size_t                first = layout->n_columns + roster_place(layout, group, day, b);
    for (uint32_t t = 0; t < roster_window(rest); t++) {
        to->costs[first + t] = -(double)rest->length * layout->problem->over_cost;
        to->fractional[first + t] = layout->n_places > PLACES_WHOLE;
        add(to, to->rows, first + t, 1);
        for (uint32_t i = 0; i < rest->length; i++)
            add_at_slot(to, roster_slot(layout, group, day, rest->first + t + i), first + t, -1);
    }
    for (uint32_t p = 0; p < kind->n_patterns; p++)
        if (kind->patterns[p] >> day & 1)
            add(to, to->rows, group->column + p, -1);
    to->row[to->rows++].equal = true;
}

static void write_numbers_of_kinds(struct writing *to)
{
    const struct roster_layout *layout = to->layout;
    for (uint32_t k = 0; k < layout->problem->n_kinds; k++) {
        const struct roster_kind *kind = &layout->problem->kinds[k];
        for (int side = 0; side < 2; side++) {
            if (side == 0 ? kind->least == 0 : kind->most == UINT32_MAX)
                continue;
            for (size_t c = 0; c < layout->n_columns; c++)
                if (layout->groups[layout->group_of[c]].kind == k)
                    add(to, to->rows, c, side == 0 ? 1 : -1);
            to->row[to->rows++].least = side == 0 ? kind->least : -(double)kind->most;
        }
    }
}

static size_t rows_of(const struct roster_layout *layout)
{
    size_t rows = layout->slots + (size_t)2 * layout->problem->n_kinds;
    for (size_t g = 0; g < layout->n_groups; g++)
        rows += (size_t)layout->problem->kinds[layout->groups[g].kind].n_breaks *
                layout->problem->days;
    return rows;
}

static bool write_whole(struct writing *to, const struct roster_layout *layout)
{
    const struct roster_problem *problem = layout->problem;
    const size_t                 short_at = layout->n_columns + layout->n_places;
    if (!open_writing(to, layout, rows_of(layout), short_at + (problem->hard ? 0 : layout->slots)))
        return false;
    begin_cover(to);
    write_people(to);
    for (size_t g = 0; g < layout->n_groups; g++)
        for (uint32_t day = 0; day < problem->days; day++) {
            const struct roster_group *group = &layout->groups[g];
            for (uint32_t b = 0; b < problem->kinds[group->kind].n_breaks; b++)
                if (group->days >> day & 1)
                    write_breaks(to, g, day, b);
        }
    write_numbers_of_kinds(to);
    for (uint32_t i = 0; !problem->hard && i < layout->slots; i++) {
        to->costs[short_at + i] = problem->short_cost + problem->over_cost;
        to->fractional[short_at + i] = true; /* whole by itself */
        add_at_slot(to, i, short_at + i, 1);
    }
    return end_writing(to);
}

/* Whole numbers of places, as near as can be to fractional ones, that add up. */
static void round_places(const struct roster_layout *layout, const double *wish,
                         struct roster_numbers *numbers, size_t g, uint32_t day, uint32_t b)
{
    const struct roster_group *group = &layout->groups[g];
    const struct roster_break *rest = &layout->problem->kinds[group->kind].breaks[b];
    const size_t               first = roster_place(layout, group, day, b);
    const uint32_t             all = roster_working(layout, numbers->people, g, day);
    double                     sum = 0, dealt = 0;
    uint32_t                   before = 0;
    for (uint32_t t = 0; t < roster_window(rest); t++)
        sum += fmax(wish ? wish[first + t] : 1, 0);
    for (uint32_t t = 0; t < roster_window(rest); t++) {
        dealt += sum > 1e-9 ? fmax(wish ? wish[first + t] : 1, 0) / sum : 0;
        const uint32_t until = t + 1 == roster_window(rest) || sum <= 1e-9
                                   ? all : (uint32_t)floor(dealt * all + 0.5);
        numbers->breaks[first + t] = until > before ? until - before : 0;
        before = until > before ? until : before;
    }
}

static void round_all_places(const struct roster_layout *layout, const double *wish,
                             struct roster_numbers *numbers)
{
    for (size_t g = 0; g < layout->n_groups; g++)
        for (uint32_t day = 0; day < layout->problem->days; day++)
            for (uint32_t b = 0; b < layout->problem->kinds[layout->groups[g].kind].n_breaks; b++)
                round_places(layout, wish, numbers, g, day, b);
}

/* ---- breaks of given people */

static void write_places(struct writing *to, size_t g, uint32_t day, uint32_t b, uint32_t n)
{
    const struct roster_layout *layout = to->layout;
    const struct roster_group  *group = &layout->groups[g];
    const struct roster_break  *rest = &layout->problem->kinds[group->kind].breaks[b];
    const size_t                first = roster_place(layout, group, day, b);
    for (uint32_t t = 0; t < roster_window(rest); t++) {
        to->high[first + t] = n;
        if (n == 0)
            continue;
        add(to, to->rows, first + t, 1);
        for (uint32_t i = 0; i < rest->length; i++)
            add_at_slot(to, roster_slot(layout, group, day, rest->first + t + i), first + t, -1);
    }
    if (n > 0) {
        to->row[to->rows].least = n;
        to->row[to->rows++].equal = true;
    }
}

static bool write_given(struct writing *to, const struct roster_layout *layout,
                        const struct roster_numbers *numbers)
{
    if (!open_writing(to, layout, rows_of(layout), layout->n_places + layout->slots))
        return false;
    begin_cover(to);
    for (size_t g = 0; g < layout->n_groups; g++)
        for (uint32_t day = 0; day < layout->problem->days; day++) {
            const struct roster_group *group = &layout->groups[g];
            const struct roster_kind  *kind = &layout->problem->kinds[group->kind];
            const uint32_t             n = roster_working(layout, numbers->people, g, day);
            for (uint32_t i = 0; n > 0 && i < kind->length; i++) {
                const uint32_t slot = roster_slot(layout, group, day, i);
                if (to->row_of[slot] != UINT32_MAX)
                    to->row[to->row_of[slot]].least -= n;
            }
            for (uint32_t b = 0; b < kind->n_breaks; b++)
                write_places(to, g, day, b, n);
        }
    for (uint32_t i = 0; i < layout->slots; i++) {
        to->costs[layout->n_places + i] = 1;
        to->fractional[layout->n_places + i] = true;
        add_at_slot(to, i, layout->n_places + i, 1);
    }
    return end_writing(to);
}

/* Places for the breaks of numbers->people that leave least short. */
static bool place_breaks(const struct roster_layout *layout, struct roster_numbers *numbers)
{
    struct writing        to = { 0 };
    struct integer_course course = { 0 };
    double               *x = calloc(2 * (layout->n_places + layout->slots) + 2, sizeof *x), bound;
    bool                  good = x && write_given(&to, layout, numbers);
    if (good) {
        const struct integer_program program = program_of(&to, NODES_OF_BREAKS);
        course.relaxed = x + to.columns;
        const enum integer_end end = integer_solve_told(&program, x, &bound, &course);
        round_all_places(layout, end == INTEGER_FOUND   ? x
                                 : course.has_relaxed ? course.relaxed : NULL, numbers);
    }
    close_writing(&to);
    free(x);
    return good;
}

/* ---- the whole */

/* Fractional people rounded up, which covers all; but no more than the kinds may have. */
static void round_people(const struct roster_layout *layout, const double *wish,
                         struct roster_numbers *numbers)
{
    for (uint32_t k = 0; k < layout->problem->n_kinds; k++) {
        uint64_t left = layout->problem->kinds[k].most;
        for (size_t c = 0; c < layout->n_columns; c++) {
            if (layout->groups[layout->group_of[c]].kind != k)
                continue;
            const double   up = ceil(fmax(wish[c], 0) - 1e-6);
            const uint64_t n = up < (double)left ? (uint64_t)up : left;
            numbers->people[c] = (uint32_t)n;
            left -= n;
        }
    }
}

bool roster_program(const struct roster_layout *layout, struct roster_numbers *numbers,
                    struct roster_course *course)
{
    const struct roster_problem *problem = layout->problem;
    struct integer_course        told = { 0 };
    struct writing               to = { 0 };
    double                       needs = 0, *x = NULL;
    bool                         good = write_whole(&to, layout);
    x = good ? calloc(2 * to.columns + 2, sizeof *x) : NULL;
    if (x) {
        struct integer_program program = program_of(&to, problem->nodes);
        program.external = problem->external;
        told.relaxed = x + to.columns;
        const enum integer_end end = integer_solve_told(&program, x, &course->bound, &told);
        for (uint32_t i = 0; i < layout->slots; i++)
            needs += problem->need[i];
        course->bound -= needs * problem->over_cost;
        course->infeasible = end == INTEGER_INFEASIBLE;
        course->nodes = told.nodes;
        course->time_was_up = told.time_was_up;
        course->external = told.external;
        if (end == INTEGER_FOUND || told.has_relaxed)
            round_people(layout, end == INTEGER_FOUND ? x : told.relaxed, numbers);
        if (end == INTEGER_FOUND && layout->n_places <= PLACES_WHOLE)
            round_all_places(layout, x + layout->n_columns, numbers);
        else if (!course->infeasible && told.has_relaxed)
            good = place_breaks(layout, numbers);
    }
    close_writing(&to);
    good = good && x;
    free(x);
    return good;
}
