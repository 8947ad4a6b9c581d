/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a comparison looks at: the study's measures, or the promises, the split, waits and money. */
#include <stdint.h>
#include <string.h>

#include "base/assert.h"
#include "base/problem.h"
#include "experiment/address.h"
#include "experiment/compare.h"
#include "experiment/result.h"
#include "model/measure.h"

static const struct plan *plan_of(const struct tsim_comparison *comparison, size_t point)
{
    return comparison->study->scenarios[point]->plan;
}

/* Adds a promise of the first point; the others keep one of the same words, or none. */
static void add_promise(struct tsim_comparison *comparison, uint32_t promise)
{
    const struct plan_promise *given = &plan_of(comparison, 0)->promises[promise];
    const size_t               m = comparison->n_measures++;
    comparison->measures[m] = (struct tsim_compared){
        .name = given->text, .doc = "", .promise = true,
        .unit = promise_unit(given->measure),
        .sense = given->at_least ? TSIM_MORE_IS_BETTER : TSIM_LESS_IS_BETTER,
    };
    for (size_t p = 0; p < comparison->n_points; p++) {
        const struct plan *plan = plan_of(comparison, p);
        size_t            *place = &comparison->places[m * comparison->n_points + p];
        *place = SIZE_MAX;
        for (uint32_t i = 0; i < plan->n_promises && *place == SIZE_MAX; i++)
            if (strcmp(plan->promises[i].text, given->text) == 0)
                *place = measure_promises(plan) + i;
    }
}

/* Adds a measure by its name, which lives as long as the study or the arena. */
static bool add_named(struct tsim_comparison *comparison, const char *name, const struct json *at,
                      struct tsim_problems *problems)
{
    struct address address;
    if (!address_read(&address, name, at, problems))
        return false;
    const struct measure *measure = measure_at(address.scope, address.measure);
    const bool            total = address.scope == TSIM_SCOPE_COST && address.length == 5 &&
                       strncmp(address.entry, "total", 5) == 0;
    const size_t m = comparison->n_measures++;
    bool         kept = measure->bins == BINS_NONE;
    size_t       found = 0;
    for (size_t p = 0; p < comparison->n_points; p++) {
        const size_t place = address_place(&address, plan_of(comparison, p));
        comparison->places[m * comparison->n_points + p] = place;
        found += place != SIZE_MAX;
        kept &= place == SIZE_MAX || place < measure_promises(plan_of(comparison, p));
    }
    if (found == 0)
        return address_missing(&address, plan_of(comparison, 0),
                               comparison->study->points[0].name, at, problems);
    if (!kept)
        return problem_at(problems, TSIM_PROBLEM_INPUT, at, NULL,
                          "a mean or share of the desk, a fate, a tier, a pool, an SLA target or "
                          "a line of cost", NULL, NULL,
                          "\"%s\" is not kept for every replication, so it cannot be compared",
                          name);
    comparison->measures[m] = (struct tsim_compared){
        .name = name, .doc = measure->public.doc, .unit = measure->public.unit,
        .sense = address_sense(&address),
        .money = total,
    };
    return true;
}

/* Of a study of authority limits: what they change first. */
static bool add_of_limits(struct tsim_comparison *comparison)
{
    static const char *const of_tier[] = { "escalated_authority_share",
                                           "escalated_complexity_share",
                                           "escalated_skill_share" };
    const struct tsim_study *study = comparison->study;
    const char              *tier = plan_of(comparison, 0)->tiers[study->limit_tier].name;
    bool                     good = true;
    for (size_t i = 0; i < COUNT_OF(of_tier); i++) {
        const char *name = arena_print(&comparison->arena, "tier.%s.%s", tier, of_tier[i]);
        good &= name && add_named(comparison, name, NULL, NULL);
    }
    return good && add_named(comparison, "desk.desk.leakage_per_day", NULL, NULL) &&
           add_named(comparison, "cost.concessions.per_day", NULL, NULL);
}

static bool add_usual(struct tsim_comparison *comparison)
{
    static const char *const of_desk[] = { "desk.desk.escalated_share", "desk.desk.abandoned_share",
                                           "desk.desk.unresolved_share",
                                           "desk.desk.sla_breach_share",
                                           "desk.desk.resolution_mean" };
    static const char *const of_tier[] = { "split_share", "wait_mean" };
    struct arena      *arena = &comparison->arena;
    const struct plan *plan = plan_of(comparison, 0);
    bool               good = true;
    for (size_t i = 0; i < COUNT_OF(of_tier); i++)
        for (uint32_t t = 0; t < plan->n_tiers; t++) {
            const char *name = arena_print(arena, "tier.%s.%s", plan->tiers[t].name, of_tier[i]);
            good &= name && add_named(comparison, name, NULL, NULL);
        }
    for (size_t i = 0; i < COUNT_OF(of_desk); i++)
        good &= add_named(comparison, of_desk[i], NULL, NULL);
    if (comparison->study->given.empower.at)
        good &= add_of_limits(comparison);
    return good;
}

enum { USUAL_OF_DESK = 12, USUAL_OF_TIER = 2 };

bool compare_measures(struct tsim_comparison *comparison, struct tsim_problems *problems)
{
    const struct list       *named = &comparison->study->given.measures;
    const struct text_entry *entries = named->at;
    const struct plan       *plan = plan_of(comparison, 0);
    const size_t most = plan->n_promises + named->n + USUAL_OF_DESK +
                        (size_t)plan->n_tiers * USUAL_OF_TIER;
    bool good = true;
    comparison->measures = ARENA_ARRAY(&comparison->arena, most, struct tsim_compared);
    comparison->places = ARENA_ARRAY(&comparison->arena, most * comparison->n_points, size_t);
    if (!comparison->measures || !comparison->places)
        return problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    for (uint32_t i = 0; i < plan->n_promises; i++)
        add_promise(comparison, i);
    for (uint32_t i = 0; i < named->n; i++)
        good &= add_named(comparison, entries[i].text, entries[i].at, problems);
    if (named->n == 0 && !add_usual(comparison))
        good = problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    if (named->n == 0 || comparison->study->given.empower.at)
        good &= add_named(comparison, "cost.total.per_day", NULL, NULL);
    return good;
}

/* Whether anything but 0 was found anywhere. */
static bool is_filled(const struct tsim_comparison *comparison, size_t m)
{
    for (size_t p = 0; p < comparison->n_points; p++) {
        const size_t place = comparison->places[m * comparison->n_points + p];
        if (place != SIZE_MAX && comparison->gathered[p].sums[place].sum_x != 0)
            return true;
    }
    return false;
}

void compare_drop_empty(struct tsim_comparison *comparison)
{
    const size_t n = comparison->n_points;
    size_t       left = 0;
    for (size_t m = 0; m < comparison->n_measures; m++) {
        if (!comparison->measures[m].promise && !is_filled(comparison, m))
            continue;
        comparison->measures[left] = comparison->measures[m];
        memmove(&comparison->places[left * n], &comparison->places[m * n],
                n * sizeof *comparison->places);
        left++;
    }
    comparison->n_measures = left;
}
