/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sizing with settings to choose among: each combination by itself, the dear ones dropped early. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tiersim/levers.h>

#include "base/arena.h"
#include "base/problem.h"
#include "experiment/farm.h"
#include "experiment/result.h"
#include "model/plan.h"
#include "stats/interval.h"

enum { LEVERS_MOST = 8, COMBINATIONS_MOST = 64, PAIRED = 400 };

struct tsim_levers {
    struct arena       arena;
    struct tsim_lever *all;
    size_t             n, best;
    bool               complete;
};

/* PATH, and where its values begin and end in the text. */
struct lever {
    const char *path, *value[COMBINATIONS_MOST];
    size_t      path_length, length[COMBINATIONS_MOST], n;
};

/* ---- reading */

static bool refuse(struct tsim_problems *problems, const char *what)
{
    return problem_plain(problems, TSIM_PROBLEM_INPUT,
                         "such as 'tiers[0].pools[0].authority = 25, 50, 100'", "%s", what);
}

/* The next of `ends` outside brackets and quotes, or the end of the text. */
static const char *ending(const char *text, const char *ends)
{
    int  depth = 0;
    bool quoted = false;
    for (; *text; text++) {
        if (*text == '"')
            quoted = !quoted;
        else if (!quoted && strchr("[{", *text))
            depth++;
        else if (!quoted && strchr("]}", *text))
            depth--;
        else if (!quoted && depth <= 0 && strchr(ends, *text))
            break;
    }
    return text;
}

static bool read_values(struct lever *lever, const char *text, const char *end,
                        struct tsim_problems *problems)
{
    while (text < end) {
        const char *until = ending(text, ",;");
        text += strspn(text, " ");
        if (lever->n == COMBINATIONS_MOST)
            return refuse(problems, "a lever has too many values");
        if (until <= text)
            return refuse(problems, "a lever has an empty value");
        lever->value[lever->n] = text;
        lever->length[lever->n++] = (size_t)(until - text);
        text = *until == ',' ? until + 1 : until;
    }
    return lever->n > 0 || refuse(problems, "a lever has no values");
}

/* How many levers; 0, reported, when the text makes no sense. */
static size_t read_levers(const char *text, struct lever *levers, struct tsim_problems *problems)
{
    size_t n = 0, combinations = 1;
    while (*text) {
        const char *end = ending(text, ";"), *equals = ending(text, "=;");
        text += strspn(text, " ");
        if (n == LEVERS_MOST || *equals != '=' || equals == text) {
            refuse(problems, n == LEVERS_MOST ? "there are too many levers"
                                              : "a lever is a path, \"=\" and values");
            return 0;
        }
        struct lever *lever = &levers[n++];
        *lever = (struct lever){ .path = text, .path_length = (size_t)(equals - text) };
        while (lever->path_length > 1 && text[lever->path_length - 1] == ' ')
            lever->path_length--;
        if (!read_values(lever, equals + 1, end, problems))
            return 0;
        combinations *= lever->n;
        if (combinations > COMBINATIONS_MOST) {
            refuse(problems, "the levers have more than 64 combinations");
            return 0;
        }
        text = *end ? end + 1 : end;
    }
    if (n == 0)
        refuse(problems, "there is no lever");
    return n;
}

/* The last key of a path, if no other lever ends in it; else all of it. */
static size_t shortened(const struct lever *levers, size_t n, size_t i)
{
    const struct lever *lever = &levers[i];
    size_t              from = lever->path_length;
    while (from > 0 && lever->path[from - 1] != '.')
        from--;
    const size_t length = lever->path_length - from;
    for (size_t k = 0; k < n; k++)
        if (k != i && levers[k].path_length >= length &&
            strncmp(levers[k].path + levers[k].path_length - length, lever->path + from,
                    length) == 0)
            return 0;
    return from;
}

/* Settings of combination k, with whole paths or only what tells them apart. NULL when memory is
 * out. */
static char *settings_of(const struct lever *levers, size_t n, size_t k, bool whole,
                         struct arena *arena)
{
    char *all = arena_copy(arena, "");
    for (size_t i = n; i-- > 0 && all;) {
        const struct lever *lever = &levers[i];
        const size_t        v = k % lever->n, from = whole ? 0 : shortened(levers, n, i);
        k /= lever->n;
        all = arena_print(arena, "%.*s = %.*s%s%s", (int)(lever->path_length - from),
                          lever->path + from,
                          (int)lever->length[v], lever->value[v], *all ? ", " : "", all);
    }
    return all;
}

/* ---- sizing */

static double cost_of(const struct tsim_sizing *sizing)
{
    const struct tsim_size_info *info = tsim_sizing_info(sizing);
    return info->money ? info->total.value : info->cost;
}

static enum tsim_lever_end end_of(const struct tsim_size_info *info)
{
    return info->dropped                    ? TSIM_LEVER_DROPPED
           : info->feasible && !info->unsure ? TSIM_LEVER_SIZED
                                             : TSIM_LEVER_INFEASIBLE;
}

/* One combination; false when it failed or was stopped. */
static bool size_one(struct tsim_levers *to, const struct tsim_scenario *scenario,
                     const struct tsim_size_options *options, const struct tsim_run_options *run,
                     struct tsim_problems *problems)
{
    struct tsim_lever       *lever = &to->all[to->n];
    struct tsim_size_options how = options ? *options : (struct tsim_size_options){ 0 };
    problem_leave_out_warnings(problems, true); /* of a staffing that is to be found */
    struct tsim_scenario    *varied = tsim_scenario_vary(scenario, lever->settings, problems);
    problem_leave_out_warnings(problems, false);
    how.cost_most = to->best < to->n ? to->all[to->best].cost : 0;
    lever->sizing = varied ? tsim_size(varied, &how, run, problems) : NULL;
    tsim_scenario_free(varied);
    if (!lever->sizing)
        return false;
    lever->end = end_of(tsim_sizing_info(lever->sizing));
    lever->cost = cost_of(lever->sizing);
    if (lever->end == TSIM_LEVER_SIZED &&
        (to->best == SIZE_MAX || lever->cost < to->all[to->best].cost))
        to->best = to->n;
    to->n++;
    return true;
}

/* ---- differences, on customers that no search has seen */

/* The desk's whole cost a day in each replication. False when it failed. */
static bool costs_of(const struct tsim_scenario *scenario, const struct tsim_lever *lever,
                     const struct tsim_run_options *run, double *costs,
                     struct tsim_problems *problems)
{
    struct arena arena;
    arena_open(&arena);
    char *settings = arena_print(&arena, "%s, %s", lever->settings,
                                 tsim_sizing_settings(lever->sizing));
    problem_leave_out_warnings(problems, true); /* its sizing has told what there is to know */
    struct tsim_scenario *varied =
        settings ? tsim_scenario_vary(scenario, settings, problems) : NULL;
    struct tsim_result *result = varied ? tsim_run(varied, run, problems) : NULL;
    const bool good = result && tsim_result_info(result)->replications == PAIRED;
    const size_t at = good ? tsim_result_measure(result, TSIM_SCOPE_DESK, "cost_per_day") : 0;
    bool         defined;
    problem_leave_out_warnings(problems, false);
    for (uint32_t r = 0; good && r < PAIRED; r++)
        costs[r] = tsim_result_of_replication(result, r, TSIM_SCOPE_DESK, 0, at, &defined);
    tsim_result_free(result);
    tsim_scenario_free(varied);
    arena_close(&arena);
    return good;
}

static void find_differences(struct tsim_levers *to, const struct tsim_scenario *scenario,
                             const struct tsim_size_options *options,
                             const struct tsim_run_options *run, struct tsim_problems *problems)
{
    const struct tsim_size_info *info = tsim_sizing_info(to->all[to->best].sizing);
    const struct tsim_run_options paired = {
        .replications = PAIRED, .seed = info->seed + 1, .has_seed = true,
        .threads = run ? run->threads : 0, .stop = run ? run->stop : NULL,
        .user = run ? run->user : NULL,
    };
    double *costs = calloc(2 * PAIRED, sizeof *costs);
    bool    good = costs && info->money &&
                costs_of(scenario, &to->all[to->best], &paired, costs, problems);
    for (size_t k = 0; good && k < to->n; k++) {
        struct moments moments = { 0 };
        if (k == to->best || to->all[k].end != TSIM_LEVER_SIZED)
            continue;
        good = costs_of(scenario, &to->all[k], &paired, costs + PAIRED, problems);
        for (uint32_t r = 0; good && r < PAIRED; r++)
            moments_add(&moments, costs[PAIRED + r] - costs[r]);
        if (good)
            to->all[k].dearer = public_estimate(
                mean_interval(&moments, options && options->confidence > 0.5
                                            ? options->confidence : 0.95));
    }
    free(costs);
}

/* ---- the whole */

struct tsim_levers *tsim_size_levers(const struct tsim_scenario *scenario, const char *levers,
                                     const struct tsim_size_options *options,
                                     const struct tsim_run_options *run,
                                     struct tsim_problems *problems)
{
    struct lever       *read = calloc(LEVERS_MOST, sizeof *read);
    struct tsim_levers *to = calloc(1, sizeof *to);
    const size_t        before = tsim_problems_errors(problems);
    const size_t        n = read && to ? read_levers(levers, read, problems) : 0;
    size_t              combinations = n > 0;
    if (to)
        arena_open(&to->arena);
    for (size_t i = 0; i < n; i++)
        combinations *= read[i].n;
    if (to) {
        to->all = ARENA_ARRAY(&to->arena, combinations + 1, struct tsim_lever);
        to->best = SIZE_MAX;
        to->complete = true;
    }
    for (size_t k = 0; to && to->all && k < combinations && to->complete; k++) {
        to->all[k].settings = settings_of(read, n, k, true, &to->arena);
        to->all[k].name = settings_of(read, n, k, false, &to->arena);
        if (!to->all[k].settings || !to->all[k].name ||
            !size_one(to, scenario, options, run, problems))
            break;
        to->complete = tsim_sizing_info(to->all[k].sizing)->complete;
    }
    free(read);
    if (n > 0 && to && to->complete && to->best != SIZE_MAX && to->n == combinations)
        find_differences(to, scenario, options, run, problems);
    if (n == 0 || !to || tsim_problems_errors(problems) != before) {
        tsim_levers_free(to);
        return NULL;
    }
    return to;
}

void tsim_levers_free(struct tsim_levers *levers)
{
    if (!levers)
        return;
    for (size_t k = 0; k < levers->n; k++)
        tsim_sizing_free((struct tsim_sizing *)(uintptr_t)levers->all[k].sizing);
    arena_close(&levers->arena);
    free(levers);
}

const struct tsim_lever *tsim_levers_all(const struct tsim_levers *levers, size_t *count)
{
    *count = levers->n;
    return levers->all;
}

size_t tsim_levers_best(const struct tsim_levers *levers)
{
    return levers->best;
}

bool tsim_levers_complete(const struct tsim_levers *levers)
{
    return levers->complete;
}
