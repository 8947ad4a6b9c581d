/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/select.h"

#include <math.h>
#include <stdlib.h>

static const double observations_most = 1e15; /* exact in a double, and out of reach */

static bool sensible(const struct select_rule *rule)
{
    return rule->systems >= 1 && rule->first >= SELECT_FIRST_LEAST && rule->alpha > 0.0 &&
           rule->alpha < 1.0 && rule->delta > 0.0 && isfinite(rule->delta);
}

/* h^2 of the header. With few systems and a large alpha it would be negative: then the first
 * observations are enough. */
static double h_squared(const struct select_rule *rule)
{
    if (rule->systems < 2)
        return 0.0;
    const double degrees = (double)rule->first - 1.0;
    const double tail = 2.0 * rule->alpha / ((double)rule->systems - 1.0);
    return fmax(0.0, degrees * expm1(-2.0 / degrees * log(tail)));
}

bool selection_open(struct selection *selection, const struct select_rule *rule)
{
    *selection = (struct selection){ .rule = *rule };
    if (!sensible(rule))
        return false;
    const size_t k = rule->systems, first = rule->first;
    selection->systems = calloc(k, sizeof *selection->systems);
    selection->variances = k <= SIZE_MAX / k ? calloc(k * k, sizeof *selection->variances) : NULL;
    selection->memory = first <= SIZE_MAX / 2 / k ? calloc(2 * first * k, sizeof(double)) : NULL;
    selection->list = calloc(2 * k, sizeof *selection->list);
    if (!selection->systems || !selection->variances || !selection->memory || !selection->list) {
        selection_close(selection);
        return false;
    }
    selection->by = selection->list + k;
    for (size_t i = 0; i < k; i++) {
        selection->systems[i].first_x = selection->memory + 2 * first * i;
        selection->systems[i].first_y = selection->systems[i].first_x + first;
    }
    selection->h2 = h_squared(rule);
    selection->left = rule->systems;
    selection->decided = k == 1;
    return true;
}

void selection_close(struct selection *selection)
{
    free(selection->systems);
    free(selection->variances);
    free(selection->memory);
    free(selection->list);
    *selection = (struct selection){ 0 };
}

void selection_add(struct selection *selection, uint32_t system, double x, double y)
{
    struct select_system *to = &selection->systems[system];
    if (to->n < selection->rule.first) {
        to->first_x[to->n] = x;
        to->first_y[to->n] = y;
    }
    to->n++;
    to->sum_x += x;
    to->sum_y += y;
}

static bool has_mean(const struct select_system *system)
{
    return isfinite(system->sum_x) && isfinite(system->sum_y) &&
           (system->sum_y < 0.0 || system->sum_y > 0.0) &&
           isfinite(system->sum_x / system->sum_y);
}

double selection_mean(const struct selection *selection, uint32_t system)
{
    const struct select_system *of = &selection->systems[system];
    return has_mean(of) ? of->sum_x / of->sum_y : 0.0;
}

/* ---- after the first observations */

/* Puts the residuals x - R y, over the mean of y, in the place of x. */
static void make_residuals(const struct selection *selection, uint32_t i)
{
    struct select_system *system = &selection->systems[i];
    const double mean = selection_mean(selection, i);
    const double scale = system->sum_y / (double)system->n;
    for (uint32_t r = 0; r < selection->rule.first; r++)
        system->first_x[r] = (system->first_x[r] - mean * system->first_y[r]) / scale;
}

static double variance_of_difference(const struct selection *selection, uint32_t i, uint32_t l)
{
    const uint32_t first = selection->rule.first;
    const double  *a = selection->systems[i].first_x, *b = selection->systems[l].first_x;
    double         squares = 0.0;
    for (uint32_t r = 0; r < first; r++)
        squares += (a[r] - b[r]) * (a[r] - b[r]);
    return squares / ((double)first - 1.0);
}

static void learn_variances(struct selection *selection)
{
    const uint32_t k = selection->rule.systems;
    for (uint32_t i = 0; i < k; i++)
        make_residuals(selection, i);
    for (uint32_t i = 0; i < k; i++)
        for (uint32_t l = 0; l < i; l++) {
            const double variance = variance_of_difference(selection, i, l);
            selection->variances[(size_t)i * k + l] = variance;
            selection->variances[(size_t)l * k + i] = variance;
        }
}

/* ---- looks */

/* Observations from which on W_il is 0. */
static double settled_at(const struct selection *selection, uint32_t i, uint32_t l)
{
    const double delta = selection->rule.delta;
    const double variance = selection->variances[(size_t)i * selection->rule.systems + l];
    return selection->h2 * (variance / delta / delta);
}

/* How much better system i is than l. */
static double lead(const struct selection *selection, uint32_t i, uint32_t l)
{
    const double difference = selection_mean(selection, i) - selection_mean(selection, l);
    return selection->rule.largest ? difference : -difference;
}

/* Observations after which W is 0 for all that are left. */
static double settled(const struct selection *selection)
{
    double last = 0.0;
    for (uint32_t i = 0; i < selection->rule.systems; i++)
        for (uint32_t l = 0; l < i && !selection->systems[i].dropped; l++)
            if (!selection->systems[l].dropped)
                last = fmax(last, settled_at(selection, i, l));
    return last;
}

/* Who of the n on the list drops i, and is furthest ahead of where that begins? k when nobody. */
static uint32_t who_drops(const struct selection *selection, uint32_t n, uint32_t i)
{
    const double r = (double)selection->stage;
    uint32_t     by = selection->rule.systems;
    double       most = 0.0;
    for (uint32_t at = 0; at < n; at++) {
        const uint32_t l = selection->list[at];
        if (l == i)
            continue;
        const double rest = fmax(0.0, settled_at(selection, i, l) - r);
        const double above = lead(selection, l, i) - selection->rule.delta / (2.0 * r) * rest;
        if (above > most) {
            most = above;
            by = l;
        }
    }
    return by;
}

static uint32_t list_left(struct selection *selection)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < selection->rule.systems; i++)
        if (!selection->systems[i].dropped)
            selection->list[n++] = i;
    return n;
}

static void find_best(struct selection *selection)
{
    bool found = false;
    for (uint32_t i = 0; i < selection->rule.systems; i++) {
        if (selection->systems[i].dropped)
            continue;
        if (!found || lead(selection, i, selection->best) > 0.0)
            selection->best = i;
        found = true;
    }
}

/* Dropping is against all that were left before this look, so the marks come afterwards. */
static void drop_who_is_behind(struct selection *selection)
{
    const uint32_t n = list_left(selection);
    for (uint32_t at = 0; at < n; at++)
        selection->by[at] = who_drops(selection, n, selection->list[at]);
    for (uint32_t at = 0; at < n; at++) {
        struct select_system *system = &selection->systems[selection->list[at]];
        if (selection->by[at] == selection->rule.systems)
            continue;
        system->dropped = true;
        system->dropped_at = selection->stage;
        system->dropped_by = selection->by[at];
        selection->left--;
    }
}

static bool all_have_means(struct selection *selection)
{
    for (uint32_t i = 0; i < selection->rule.systems; i++) {
        if (selection->systems[i].dropped || has_mean(&selection->systems[i]))
            continue;
        selection->failed = true;
        selection->best = i;
        return false;
    }
    return true;
}

void selection_look(struct selection *selection)
{
    if (selection->decided || selection->failed)
        return;
    selection->stage++;
    if (selection->stage < selection->rule.first || !all_have_means(selection))
        return;
    if (selection->stage == selection->rule.first)
        learn_variances(selection);
    drop_who_is_behind(selection);
    find_best(selection);
    selection->decided =
        selection->left == 1 || (double)selection->stage >= settled(selection);
}

/* ---- how much longer */

uint64_t selection_latest(const struct selection *selection)
{
    if (selection->decided)
        return selection->stage;
    if (selection->stage < selection->rule.first)
        return selection->rule.first;
    return (uint64_t)ceil(fmin(settled(selection), observations_most));
}

/* The best drops i where their distance d reaches W: at r = h^2 S^2 / (delta (2 d + delta)). */
uint64_t selection_expected(const struct selection *selection)
{
    if (selection->decided)
        return selection->stage;
    if (selection->stage < selection->rule.first)
        return selection->rule.first;
    const double delta = selection->rule.delta;
    double       longest = (double)selection->stage + 1.0;
    for (uint32_t i = 0; i < selection->rule.systems; i++) {
        if (selection->systems[i].dropped || i == selection->best)
            continue;
        const double times = 1.0 + 2.0 * lead(selection, selection->best, i) / delta;
        longest = fmax(longest, settled_at(selection, i, selection->best) / times);
    }
    return (uint64_t)ceil(fmin(longest, observations_most));
}
