/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/roster_impl.h - the inside of roster*.c: columns, and numbers for them. */
#ifndef EXPERIMENT_ROSTER_IMPL_H
#define EXPERIMENT_ROSTER_IMPL_H

#include "experiment/roster.h"

/* A kind with a start. */
struct roster_group {
    uint32_t kind, start;
    size_t   column;  /* of its first pattern                                              */
    size_t   place;   /* of its first break place of the first day                         */
    uint8_t  days;    /* on which somebody of it may work                                  */
};

struct roster_layout {
    const struct roster_problem *problem;
    uint32_t                     slots;
    struct roster_group         *groups;
    uint32_t                    *group_of; /* [column]                                     */
    uint32_t                    *places;   /* [kind] break places of one day               */
    uint32_t                   (*place_of)[ROSTER_BREAKS]; /* [kind][break] the first of it */
    size_t                       n_groups, n_columns, n_places;
};

/* Numbers for all of it. */
struct roster_numbers {
    uint32_t *people; /* [column]                                                          */
    uint32_t *breaks; /* [place]                                                           */
    int64_t  *cover;  /* [slot]                                                            */
};

static inline const struct roster_kind *roster_kind_of(const struct roster_layout *layout,
                                                       size_t column)
{
    return &layout->problem->kinds[layout->groups[layout->group_of[column]].kind];
}

static inline uint8_t roster_pattern(const struct roster_layout *layout, size_t column)
{
    const struct roster_group *group = &layout->groups[layout->group_of[column]];
    return layout->problem->kinds[group->kind].patterns[column - group->column];
}

static inline uint32_t roster_slot(const struct roster_layout *layout,
                                   const struct roster_group *group, uint32_t day, uint32_t after)
{
    return (day * layout->problem->day_slots + group->start + after) % layout->slots;
}

/* The first place of a break of a group on a day. */
static inline size_t roster_place(const struct roster_layout *layout,
                                  const struct roster_group *group, uint32_t day, uint32_t b)
{
    return group->place + (size_t)day * layout->places[group->kind] +
           layout->place_of[group->kind][b];
}

static inline uint32_t roster_window(const struct roster_break *rest)
{
    return rest->last - rest->first + 1;
}

/* Those who work on a day of a group. */
uint32_t roster_working(const struct roster_layout *layout, const uint32_t *people, size_t group,
                        uint32_t day);
/* Cover that follows from people and breaks. */
void roster_count(const struct roster_layout *layout, struct roster_numbers *numbers);

/* ---- roster_program.c */

struct roster_course {
    double   bound; /* -INFINITY: none                                                     */
    uint32_t nodes;
    bool     time_was_up, infeasible, external;
};

/* Fills numbers->people and ->breaks from the integer program, or from its relaxation rounded up;
 * with zeros where there is neither. False when memory is out. */
bool roster_program(const struct roster_layout *layout, struct roster_numbers *numbers,
                    struct roster_course *course);

/* ---- roster_search.c */

/* Mends and polishes, and counts the cover. False when memory is out. */
bool roster_polish(const struct roster_layout *layout, struct roster_numbers *numbers);

#endif
