/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Named agents from CSV files: a row is an agent, or a further shift of one. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "model/scenario.h"
#include "model/team.h"

#define NO_COLUMN ((size_t)-1)

enum { SHIFTS_MOST = 100 }; /* of one agent */

enum column { NAME, DAYS, FROM, TO, SKILLS, AUTHORITY, WAGE, TIME_FACTOR, EXPERIENCE, STARTED,
              COLUMNS };

static const char *const headers[COLUMNS] = { "name", "days", "from", "to", "skills", "authority",
                                              "wage", "time_factor", "experience",
                                              "started" };

struct loading {
    struct reader            *reader;
    const struct pool_given  *pool;
    const struct agent_given *line; /* that names the file                                 */
    struct csv               *csv;
    size_t                    at[COLUMNS];
    struct agent_given       *agents;
    char                    **skills; /* [agent] the cell, to see whether a second row agrees */
    uint32_t                  n, room;
};

static bool bad_cell(const struct loading *loading, enum column column, const char *expected)
{
    char found[128];
    snprintf(found, sizeof found, "\"%.80s\"", csv_cell(loading->csv, loading->at[column]));
    return problem_in_file(loading->reader->problems, TSIM_PROBLEM_INPUT, csv_name(loading->csv),
                           NULL, 0, csv_line(loading->csv), loading->at[column] + 1, expected,
                           found, "the second number of the place is the column's",
                           "column \"%s\" cannot be read", headers[column]);
}

/* The cell of a row, NULL where it is empty or there is no such column. */
static const char *cell_of(const struct loading *loading, enum column column)
{
    const char *cell = loading->at[column] == NO_COLUMN
                           ? "" : csv_cell(loading->csv, loading->at[column]);
    return *cell ? cell : NULL;
}

static bool out_of_memory(const struct loading *loading)
{
    return problem_plain(loading->reader->problems, TSIM_PROBLEM_LIMIT, NULL,
                         "memory is out while reading %s", csv_name(loading->csv));
}

static bool read_number_of(const struct loading *loading, enum column column, double least,
                           double most, double *value)
{
    const char *cell = cell_of(loading, column);
    char       *end = NULL;
    *value = NAN;
    if (!cell)
        return true;
    if (isdigit((unsigned char)cell[0]) && !strpbrk(cell, "xX"))
        *value = strtod(cell, &end);
    return (end && *end == '\0' && *value >= least && *value <= most) ||
           bad_cell(loading, column, "a number, not below 0 and not too large");
}

/* ---- skills */

/* How the pool does a skill; where it does not say so, as usual. */
static struct skill_given skill_as_in_pool(const struct loading *loading, const char *skill)
{
    const struct skill_given *rows = loading->pool->skills.at;
    for (uint32_t i = 0; i < loading->pool->skills.n; i++)
        if (strcmp(rows[i].skill, skill) == 0)
            return rows[i];
    return (struct skill_given){ .skill = skill, .time_factor = 1, .at = loading->line->at };
}

static bool read_skills(const struct loading *loading, const char *cell, struct list *skills)
{
    struct arena *arena = loading->reader->arena;
    uint32_t      n = 1;
    for (const char *c = cell; *c; c++)
        n += *c == '|';
    struct skill_given *all = ARENA_ARRAY(arena, n, struct skill_given);
    if (!all)
        return out_of_memory(loading);
    for (uint32_t i = 0; i < n; i++) {
        cell += strspn(cell, " ");
        size_t       length = strcspn(cell, "|");
        const char  *next = cell + length + (cell[length] == '|');
        while (length > 0 && cell[length - 1] == ' ')
            length--;
        const char *name = arena_copy_n(arena, cell, length);
        if (!name)
            return out_of_memory(loading);
        if (length == 0 || length > LIMIT_NAME)
            return bad_cell(loading, SKILLS, "names of skills, apart by \"|\"");
        all[i] = skill_as_in_pool(loading, name);
        cell = next;
    }
    *skills = (struct list){ .at = all, .n = n };
    return true;
}

/* ---- rows */

static bool read_attributes(const struct loading *loading, struct agent_given *agent)
{
    double experience = NAN;
    bool   good = read_number_of(loading, AUTHORITY, 0, 1e15, &agent->authority);
    good &= read_number_of(loading, WAGE, 0, 1e9, &agent->wage_per_h);
    good &= read_number_of(loading, TIME_FACTOR, 1e-3, 1e3, &agent->time_factor);
    good &= read_number_of(loading, EXPERIENCE, 0, 1e9, &experience);
    if (experience > floor(experience))
        good = bad_cell(loading, EXPERIENCE, "a whole number of contacts");
    agent->started = NAN;
    if (cell_of(loading, STARTED) &&
        !calendar_read_any_date(cell_of(loading, STARTED), &agent->started))
        good = bad_cell(loading, STARTED, "a date such as 2024-01-04, not before 1900-01-01");
    agent->experience = isnan(experience) || !good ? NOT_GIVEN : (uint32_t)experience;
    return good;
}

static bool same_number(double a, double b)
{
    return isnan(b) || a == b;
}

/* A further row of an agent may say again what the first said, and nothing else. */
static bool agrees(const struct loading *loading, uint32_t of, const struct agent_given *row)
{
    const struct agent_given *first = &loading->agents[of];
    const char               *skills = cell_of(loading, SKILLS);
    if (same_number(first->authority, row->authority) &&
        same_number(first->wage_per_h, row->wage_per_h) &&
        same_number(first->time_factor, row->time_factor) &&
        same_number(first->started, row->started) &&
        (row->experience == NOT_GIVEN || row->experience == first->experience) &&
        (!skills || strcmp(skills, loading->skills[of]) == 0))
        return true;
    return bad_cell(loading, NAME, "the same as in the agent's first row, but for the shift");
}

static bool read_shift(const struct loading *loading, struct agent_given *agent)
{
    const char    *days = cell_of(loading, DAYS), *from = cell_of(loading, FROM),
                  *to = cell_of(loading, TO);
    struct window  shift = { .day_mask = 127, .value = 1, .to_s = DAY_S, .at = loading->line->at };
    const struct window *before = agent->shift.at;
    if (!days && !from && !to)
        return true;
    if (days && !calendar_read_days(days, &shift.day_mask))
        return bad_cell(loading, DAYS, "days such as Mon or Mon-Fri");
    if (from && !calendar_read_clock(from, &shift.from_s))
        return bad_cell(loading, FROM, "a time of day such as 08:00");
    if (to && !calendar_read_clock(to, &shift.to_s))
        return bad_cell(loading, TO, "a time of day such as 17:30");
    if (agent->shift.n == SHIFTS_MOST)
        return problem_in_file(loading->reader->problems, TSIM_PROBLEM_LIMIT,
                               csv_name(loading->csv), NULL, 0, csv_line(loading->csv), 1, NULL,
                               NULL, NULL, "more than %d shifts of one agent", SHIFTS_MOST);
    struct window *all = ARENA_ARRAY(loading->reader->arena, agent->shift.n + 1, struct window);
    if (!all)
        return out_of_memory(loading);
    for (uint32_t i = 0; i < agent->shift.n; i++)
        all[i] = before[i];
    all[agent->shift.n++] = shift;
    agent->shift.at = all;
    return true;
}

static bool make_room(struct loading *loading)
{
    if (loading->n == LIMIT_POOLS)
        return problem_in_file(loading->reader->problems, TSIM_PROBLEM_LIMIT,
                               csv_name(loading->csv), NULL, 0, csv_line(loading->csv), 1, NULL,
                               NULL, NULL, "more than %d agents by name", LIMIT_POOLS);
    if (loading->n < loading->room)
        return true;
    const uint32_t      room = loading->room * 2 + 64;
    struct agent_given *agents = realloc(loading->agents, room * sizeof *agents);
    if (agents)
        loading->agents = agents;
    char **skills = agents ? realloc(loading->skills, room * sizeof *skills) : NULL;
    if (!skills)
        return out_of_memory(loading);
    loading->skills = skills;
    loading->room = room;
    return true;
}

static bool read_row(struct loading *loading)
{
    const char        *name = cell_of(loading, NAME), *skills = cell_of(loading, SKILLS);
    struct agent_given row = { .at = loading->line->at };
    uint32_t           i = 0;
    if (!name || strlen(name) > LIMIT_NAME)
        return bad_cell(loading, NAME, "the name of an agent");
    if (!read_attributes(loading, &row))
        return false;
    while (i < loading->n && strcmp(loading->agents[i].name, name) != 0)
        i++;
    if (i < loading->n)
        return agrees(loading, i, &row) && read_shift(loading, &loading->agents[i]);
    if (!make_room(loading))
        return false;
    row.name = arena_copy(loading->reader->arena, name);
    loading->skills[i] = arena_copy(loading->reader->arena, skills ? skills : "");
    if (!row.name || !loading->skills[i])
        return out_of_memory(loading);
    const bool good = (!skills || read_skills(loading, skills, &row.skills)) &&
                      read_shift(loading, &row);
    loading->agents[loading->n++] = row;
    return good;
}

/* ---- files */

static bool read_rows(struct loading *loading)
{
    bool good = true;
    for (int i = 0; i < COLUMNS; i++)
        loading->at[i] = csv_find(loading->csv, headers[i]);
    if (loading->at[NAME] == NO_COLUMN)
        return problem_in_file(loading->reader->problems, TSIM_PROBLEM_INPUT,
                               csv_name(loading->csv), NULL, 0, 1, 1,
                               "a header row with that column", NULL, NULL,
                               "there is no column \"name\"");
    while (csv_next(loading->csv))
        good &= read_row(loading);
    if (good && loading->n == 0)
        return problem_in_file(loading->reader->problems, TSIM_PROBLEM_INPUT,
                               csv_name(loading->csv), NULL, 0, 1, 1, NULL, NULL, NULL,
                               "there is no agent in this file");
    return good && !csv_failed(loading->csv);
}

/* The agents of the file that line number k of a roster names, in its place. */
static bool read_file(struct reader *reader, struct pool_given *pool, uint32_t k)
{
    struct agent_given *lines = pool->roster.at;
    struct loading      loading = { .reader = reader, .pool = pool, .line = &lines[k] };
    char                path[4096];
    loading.csv = file_join(path, sizeof path, reader->folder, lines[k].csv)
                      ? csv_open(path, reader->problems) : NULL;
    if (!loading.csv)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, json_member(lines[k].at, "csv"),
                          NULL, "a readable CSV file", NULL,
                          "paths are looked up from the scenario's folder",
                          "the file \"%s\" cannot be read", lines[k].csv);
    bool                good = read_rows(&loading);
    const uint32_t      n = pool->roster.n - 1 + loading.n;
    struct agent_given *all = good ? ARENA_ARRAY(reader->arena, n, struct agent_given) : NULL;
    good = good && (all || out_of_memory(&loading));
    for (uint32_t i = 0; good && i < n; i++)
        all[i] = i < k ? lines[i] : i < k + loading.n ? loading.agents[i - k]
                                                      : lines[i - loading.n + 1];
    if (good)
        pool->roster = (struct list){ .at = all, .n = n };
    csv_close(loading.csv);
    free(loading.agents);
    free(loading.skills);
    return good;
}

bool roster_read_files(struct reader *reader, struct pool_given *pool)
{
    for (uint32_t k = 0; k < pool->roster.n; k++)
        if (((const struct agent_given *)pool->roster.at)[k].csv && !read_file(reader, pool, k))
            return false;
    return true;
}
