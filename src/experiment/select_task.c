/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/select_task.h"

#include <float.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/param.h"
#include "base/problem.h"
#include "model/scenario.h"

static bool find_places(struct select_task *task, struct arena *arena, const struct json *at,
                        const struct tsim_point *points, size_t n,
                        struct tsim_problems *problems)
{
    size_t *places = ARENA_ARRAY(arena, n, size_t);
    bool    good = places != NULL;
    for (size_t i = 0; places && i < n; i++) {
        const struct plan *plan = points[i].scenario->plan;
        places[i] = address_place(&task->address, plan);
        if (places[i] == SIZE_MAX)
            good = address_missing(&task->address, plan, points[i].name, at, problems);
    }
    task->places = places;
    return good;
}

/* Points in different currencies have no smallest cost. */
static bool one_currency(const struct select_task *task, const struct json *at,
                         const struct tsim_point *points, size_t n,
                         struct tsim_problems *problems)
{
    if (task->address.about->unit != TSIM_UNIT_MONEY)
        return true;
    for (size_t i = 1; i < n; i++)
        if (strcmp(points[i].scenario->plan->given->currency,
                   points[0].scenario->plan->given->currency) != 0)
            return problem_at(problems, TSIM_PROBLEM_INPUT, at, NULL, "one currency", NULL, NULL,
                              "\"%s\" and \"%s\" are in different currencies", points[0].name,
                              points[i].name);
    return true;
}

static bool read_zone(struct select_task *task, const struct json *zone, struct arena *arena,
                      struct tsim_problems *problems)
{
    struct reader reader = { .arena = arena, .problems = problems };
    bool          good = true;
    if (!zone)
        return true;
    switch (task->address.about->unit) {
    case TSIM_UNIT_DURATION:
        good = read_duration(&reader, zone, 0, LIMIT_DURATION_S, &task->zone);
        break;
    case TSIM_UNIT_SHARE:
        good = read_share(&reader, zone, &task->zone);
        break;
    case TSIM_UNIT_COUNT:
    case TSIM_UNIT_MONEY:
        good = read_number(&reader, zone, 0, DBL_MAX, &task->zone);
        break;
    }
    return good && (task->zone > 0 ||
                    problem_at(problems, TSIM_PROBLEM_INPUT, zone, NULL, "more than 0", NULL,
                               "the smallest difference that would change what you do",
                               "every difference would matter, and equals could never be told "
                               "apart"));
}

/* The smallest is best unless the study says otherwise, which few mean of a service level. */
static void right_way(const struct select_task *task, const struct select_given *select,
                      const struct json *at, struct tsim_problems *problems)
{
    if (!task->largest && !json_member(select->at, "best") &&
        address_sense(&task->address) == TSIM_MORE_IS_BETTER)
        problem_at(problems, TSIM_PROBLEM_WARNING, at, NULL, NULL, NULL,
                   "more of it is better: say \"best\": \"largest\", or --largest",
                   "the smallest \"%s\" will be taken for the best", select->measure);
}

enum { FIRST_SETS = 10 }; /* fewer tell too little about their variance */

static void find_sets(struct select_task *task, const struct tsim_point *first)
{
    task->set = first->scenario->plan->busyness.strata;
    if (task->set <= 1) {
        task->set = 1;
        return;
    }
    task->first = (task->first + task->set - 1) / task->set;
    task->first = task->first < FIRST_SETS ? FIRST_SETS : task->first;
    task->most = task->most / task->set;
}

static bool enough(const struct select_task *task, const struct json *at, size_t n,
                   struct tsim_problems *problems)
{
    if (n < 2)
        return problem_at(problems, TSIM_PROBLEM_INPUT, at, NULL, "\"variants\"", NULL, NULL,
                          "there is one scenario: nothing to select from");
    const uint64_t first = (uint64_t)task->first * task->set;
    if (task->budget > 0 && task->budget < first * n)
        return problem_at(problems, TSIM_PROBLEM_INPUT, json_member(at, "budget"), NULL, NULL,
                          NULL, "give more, or lower \"first\"",
                          "the budget is spent before anybody is compared: %zu scenarios need %zu "
                          "first replications", n, n * (size_t)first);
    if (task->most < task->first)
        return problem_at(problems, TSIM_PROBLEM_INPUT, at, NULL, NULL, NULL,
                          "raise \"replications_most\", or lower \"first\"",
                          "%llu first replications are more than are allowed",
                          (unsigned long long)first);
    return true;
}

bool select_task_read(struct select_task *task, struct arena *arena,
                      const struct study_given *given, const struct tsim_point *points, size_t n,
                      struct tsim_problems *problems)
{
    const struct select_given *select = &given->select;
    const struct json         *measure = json_member(select->at, "measure");
    const struct json         *at = measure ? measure : select->at;
    *task = (struct select_task){ .largest = select->best == SELECT_LARGEST,
                                  .budget = select->budget, .first = select->first,
                                  .most = given->replications_most,
                                  .confidence = given->confidence };
    if (!address_read(&task->address, select->measure, at, problems) ||
        !find_places(task, arena, at, points, n, problems) ||
        !one_currency(task, at, points, n, problems) ||
        !read_zone(task, select->zone, arena, problems))
        return false;
    right_way(task, select, at, problems);
    find_sets(task, &points[0]);
    return enough(task, select->at, n, problems);
}
