/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sweep's factors, the points of its design, and the scenario of each. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "base/setting.h"
#include "base/text.h"
#include "experiment/address.h"
#include "experiment/result.h"
#include "experiment/sweep.h"
#include "model/measure.h"
#include "model/plan.h"

static bool no_memory(struct tsim_problems *problems)
{
    return problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
}

const char *tsim_design_name(enum tsim_design design)
{
    return design_words[design];
}

/* ---- factors */

/* A tenth of a range, rounded to 1, 2 or 5 times a power of ten. */
static double round_tenth(double range)
{
    const double tenth = range / 10, power = pow(10, floor(log10(tenth)));
    const double digits = tenth / power;
    return power * (digits < 1.5 ? 1 : digits < 3.5 ? 2 : digits < 7.5 ? 5 : 10);
}

static void make_factor(struct tsim_sweep *sweep, const struct factor_given *given,
                        struct tsim_factor *factor)
{
    *factor = (struct tsim_factor){
        .name = given->name ? given->name : given->set,
        .setting = strchr(given->set, '?') ? given->set
                                           : arena_print(&sweep->arena, "%s = ?", given->set),
        .whole = given->whole,
        .low = given->low,
        .high = given->high,
        .base = given->base,
        .n_levels = given->values.n,
        .levels = given->values.at,
        .step = given->step > 0 ? given->step
                : given->whole  ? 1
                : given->low < given->high ? round_tenth(given->high - given->low) : 1,
    };
}

/* A text without the spaces around it, and its length. */
static const char *trimmed(const char *text, size_t *length)
{
    text += strspn(text, " ");
    *length = strlen(text);
    while (*length > 0 && text[*length - 1] == ' ')
        (*length)--;
    return text;
}

/* What the scenario itself has in the place of "?", when the setting is one path, "=" and a number
 * with the unit that it has there. */
static bool own_value(const struct tsim_sweep *sweep, const char *setting, double *value)
{
    const struct tsim_scenario *scenario = sweep->study->scenarios[0];
    const char  *equal = strchr(setting, '='), *place = strchr(setting, '?');
    size_t       length, unit_length, own_length;
    const char  *unit = trimmed(place + 1, &unit_length);
    char         path[LIMIT_NAME + 1];
    trimmed(equal + 1, &length);
    if (strchr(unit, ',') || equal + 1 + strspn(equal + 1, " ") != place ||
        (size_t)(equal - setting) > LIMIT_NAME)
        return false;
    memcpy(path, setting, (size_t)(equal - setting));
    path[equal - setting] = '\0';
    const char *name = trimmed(path, &length);
    path[(size_t)(name - path) + length] = '\0';
    const struct json *node = setting_find(json_root(scenario_document(scenario)), name);
    if (!node || (node->type != JSON_NUMBER && node->type != JSON_STRING))
        return false;
    char *end = NULL;
    *value = node->type == JSON_NUMBER ? node->number : strtod(node->string, &end);
    const char *own = trimmed(end ? end : "", &own_length);
    return isfinite(*value) && own_length == unit_length && memcmp(own, unit, unit_length) == 0;
}

static bool find_base(const struct tsim_sweep *sweep, const struct factor_given *given,
                      struct tsim_factor *factor, struct tsim_problems *problems)
{
    return sweep->info.design != TSIM_ONE_AT_A_TIME || given->has_base ||
           own_value(sweep, factor->setting, &factor->base) ||
           problem_at(problems, TSIM_PROBLEM_INPUT, given->at, "base",
                      "its value while other factors change", NULL, NULL,
                      "one at a time, a factor needs a base, and the scenario has no single number "
                      "there");
}

static bool make_factors(struct tsim_sweep *sweep, struct tsim_problems *problems)
{
    const struct list         *list = &sweep->study->given.sweep.factors;
    const struct factor_given *given = list->at;
    sweep->info.factors = list->n;
    sweep->factors = ARENA_ARRAY(&sweep->arena, list->n, struct tsim_factor);
    if (!sweep->factors)
        return no_memory(problems);
    for (uint32_t f = 0; f < list->n; f++) {
        make_factor(sweep, &given[f], &sweep->factors[f]);
        if (!sweep->factors[f].setting)
            return no_memory(problems);
        if (!find_base(sweep, &given[f], &sweep->factors[f], problems))
            return false;
        for (uint32_t g = 0; g < f; g++)
            if (strcmp(sweep->factors[f].name, sweep->factors[g].name) == 0)
                return problem_at(problems, TSIM_PROBLEM_INPUT, given[f].at, "name",
                                  "a name of its own", NULL, NULL,
                                  "two factors are called \"%s\"", sweep->factors[f].name);
    }
    return true;
}

/* ---- the design */

/* Uniform numbers for the hypercube, by address: the seed and a number that counts up. */
struct uniforms {
    uint64_t seed, n;
};

static double next_uniform(void *state)
{
    struct uniforms *uniforms = state;
    const uint64_t   bits = text_hash_bytes(&uniforms->n, sizeof uniforms->n, uniforms->seed);
    uniforms->n++;
    return ((double)(bits >> 12) + 0.5) * 0x1p-52;
}

static enum design_status make_design(struct tsim_sweep *sweep,
                                      const struct design_factor *factors)
{
    const uint32_t             k = (uint32_t)sweep->info.factors;
    const uint32_t             n = sweep->study->given.sweep.points;
    struct uniforms            uniforms = { .seed = text_hash("sweep/latin hypercube") ^
                                                    sweep->info.seed };
    const struct design_random random = { next_uniform, &uniforms };
    switch (sweep->info.design) {
    case TSIM_FACTORIAL:
        return design_factorial(&sweep->design, factors, k);
    case TSIM_ONE_AT_A_TIME:
        return design_one_at_a_time(&sweep->design, factors, k);
    case TSIM_LATIN_HYPERCUBE:
        return design_latin_hypercube(&sweep->design, factors, k, n, &random);
    case TSIM_SOBOL:
        break;
    }
    return design_sobol(&sweep->design, factors, k, n);
}

static bool open_design(struct tsim_sweep *sweep, struct tsim_problems *problems)
{
    struct design_factor factors[LIMIT_FACTORS];
    for (size_t f = 0; f < sweep->info.factors; f++) {
        const struct tsim_factor *factor = &sweep->factors[f];
        factors[f] = (struct design_factor){ factor->levels, (uint32_t)factor->n_levels,
                                             factor->low, factor->high, factor->base,
                                             factor->whole };
    }
    const enum design_status status = make_design(sweep, factors);
    if (status == DESIGN_NO_MEMORY)
        return no_memory(problems);
    if (status != DESIGN_OK || sweep->design.n_points > LIMIT_SWEEP_POINTS)
        return problem_at(problems, TSIM_PROBLEM_LIMIT, sweep->study->given.sweep.at, NULL, NULL,
                          NULL, "fewer levels, or the design \"sobol\" with as many points as you "
                                "have time for",
                          "the design has more than %d points", LIMIT_SWEEP_POINTS);
    sweep->info.points = sweep->design.n_points;
    return true;
}

/* ---- scenarios */

/* Settings of a point: each factor's with its value in the place of "?". */
static const char *settings_of(struct tsim_sweep *sweep, const double *values)
{
    char  *text = NULL;
    size_t size;
    FILE  *to = open_memstream(&text, &size);
    if (!to)
        return NULL;
    for (size_t f = 0; f < sweep->info.factors; f++) {
        fputs(f ? ", " : "", to);
        for (const char *c = sweep->factors[f].setting; *c; c++)
            if (*c == '?')
                json_write_number(to, values[f]);
            else
                fputc(*c, to);
    }
    const bool  good = fclose(to) == 0;
    const char *copy = good ? arena_copy(&sweep->arena, text) : NULL;
    free(text);
    return copy;
}

/* The scenarios of all points; ends at the first that is not valid. */
static bool make_scenarios(struct tsim_sweep *sweep, struct tsim_problems *problems)
{
    const size_t n = sweep->info.points;
    sweep->points = ARENA_ARRAY(&sweep->arena, n, struct tsim_sweep_point);
    sweep->scenarios = ARENA_ARRAY(&sweep->arena, n, struct tsim_scenario *);
    if (!sweep->points || !sweep->scenarios)
        return no_memory(problems);
    problem_leave_out_warnings(problems, true); /* each would say the same again */
    bool good = true;
    for (size_t p = 0; good && p < n; p++) {
        const double *values = design_point(&sweep->design, (uint32_t)p);
        const char   *settings = settings_of(sweep, values);
        sweep->points[p] = (struct tsim_sweep_point){ .values = values, .settings = settings };
        sweep->scenarios[p] =
            settings ? tsim_scenario_vary(sweep->study->scenarios[0], settings, problems) : NULL;
        good = sweep->scenarios[p] || (!settings && no_memory(problems));
    }
    problem_leave_out_warnings(problems, false);
    return good;
}

bool sweep_make_points(struct tsim_sweep *sweep, struct tsim_problems *problems)
{
    double base[LIMIT_FACTORS];
    if (!make_factors(sweep, problems) || !open_design(sweep, problems) ||
        !make_scenarios(sweep, problems) ||
        !study_same_sets((const struct tsim_scenario *const *)sweep->scenarios,
                         sweep->info.points, sweep->study->given.sweep.at, problems))
        return false;
    for (size_t f = 0; f < sweep->info.factors; f++)
        base[f] = sweep->factors[f].base;
    if (sweep->info.design == TSIM_ONE_AT_A_TIME)
        sweep->info.base = design_find(&sweep->design, base);
    return true;
}

/* ---- responses */

/* Adds a response that every plan must have. */
static bool add_measure(struct tsim_sweep *sweep, const char *name, const struct json *at,
                        struct tsim_problems *problems)
{
    const size_t   i = sweep->info.responses++, n = sweep->info.points;
    struct address address;
    if (!address_read(&address, name, at, problems))
        return false;
    if (measure_at(address.scope, address.measure)->bins != BINS_NONE)
        return problem_at(problems, TSIM_PROBLEM_INPUT, at, NULL, "a mean or a share", NULL, NULL,
                          "\"%s\" is a quantile: replications have none of their own", name);
    sweep->responses[i] = (struct tsim_response){ .name = name, .unit = address.about->unit };
    for (size_t p = 0; p < n; p++) {
        const struct plan *plan = sweep->scenarios[p]->plan;
        sweep->place[i * n + p] = address_place(&address, plan);
        if (sweep->place[i * n + p] == SIZE_MAX)
            return address_missing(&address, plan, sweep->scenarios[p]->given.name, at,
                                   problems);
    }
    return true;
}

static bool same_promise(const struct plan *plan, uint32_t promise,
                         const struct plan_promise *first)
{
    if (promise >= plan->n_promises)
        return false;
    const struct plan_promise *here = &plan->promises[promise];
    return strcmp(here->text, first->text) == 0 && here->at_least == first->at_least &&
           !(here->target < first->target) && !(here->target > first->target);
}

static bool add_promise(struct tsim_sweep *sweep, uint32_t promise, struct tsim_problems *problems)
{
    const size_t               i = sweep->info.responses++, n = sweep->info.points;
    const struct plan_promise *first = &sweep->scenarios[0]->plan->promises[promise];
    const char                *text = arena_copy(&sweep->arena, first->text);
    sweep->responses[i] = (struct tsim_response){
        .name = text, .unit = promise_unit(first->measure), .promise = true,
        .at_least = first->at_least, .target = first->target,
    };
    for (size_t p = 0; p < n; p++) {
        const struct plan *plan = sweep->scenarios[p]->plan;
        sweep->place[i * n + p] = measure_promises(plan) + promise;
        if (!same_promise(plan, promise, first))
            return problem_at(problems, TSIM_PROBLEM_INPUT, sweep->study->given.sweep.at, NULL,
                              "the same promises at every point", NULL,
                              "vary a number that no promise is about",
                              "the promise \"%s\" is another one with %s", text,
                              sweep->points[p].settings);
    }
    return true;
}

bool sweep_make_responses(struct tsim_sweep *sweep, struct tsim_problems *problems)
{
    const struct study_given *given = &sweep->study->given;
    const struct text_entry  *measures = given->measures.at;
    const struct json        *cost = json_member(given->sweep.at, "cost");
    const uint32_t            promises = sweep->scenarios[0]->plan->n_promises;
    const size_t              most = promises + given->measures.n + (size_t)1;
    sweep->responses = ARENA_ARRAY(&sweep->arena, most, struct tsim_response);
    sweep->place = ARENA_ARRAY(&sweep->arena, most * sweep->info.points, size_t);
    if (!sweep->responses || !sweep->place)
        return no_memory(problems);
    for (uint32_t i = 0; i < promises; i++)
        if (!add_promise(sweep, i, problems))
            return false;
    sweep->info.cost = sweep->info.responses;
    if (!add_measure(sweep, given->sweep.cost, cost ? cost : given->sweep.at, problems))
        return false;
    sweep->responses[sweep->info.cost].cost = true;
    for (uint32_t i = 0; i < given->measures.n; i++)
        if (strcmp(measures[i].text, given->sweep.cost) != 0 &&
            !add_measure(sweep, measures[i].text, measures[i].at, problems))
            return false;
    return true;
}
