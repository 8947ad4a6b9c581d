/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/precision.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "experiment/adjust.h"

/* Finds "scope.entry.measure" among the kept scopes; entries may contain dots. */
static bool find_measure(const struct plan *plan, const char *path, size_t *at)
{
    static const enum tsim_scope kept[] = { TSIM_SCOPE_DESK, TSIM_SCOPE_FATE, TSIM_SCOPE_TIER,
                                            TSIM_SCOPE_POOL, TSIM_SCOPE_SLA, TSIM_SCOPE_COST };
    const char *last = strrchr(path, '.');
    for (size_t s = 0; last && s < sizeof kept / sizeof *kept; s++) {
        const char  *scope = tsim_scope_name(kept[s]);
        const size_t length = strlen(scope);
        if (strncmp(path, scope, length) != 0 || path[length] != '.' || path + length == last)
            continue;
        for (size_t entry = 0; entry < measure_entries(plan, kept[s]); entry++) {
            char name[1024];
            measure_entry_name(plan, kept[s], entry, name, sizeof name);
            if (strlen(name) != (size_t)(last - (path + length + 1)) ||
                strncmp(name, path + length + 1, strlen(name)) != 0)
                continue;
            for (size_t i = 0; i < measure_count(kept[s]); i++)
                if (strcmp(measure_at(kept[s], i)->public.name, last + 1) == 0 &&
                    measure_at(kept[s], i)->bins == BINS_NONE) {
                    *at = measure_offset(plan, kept[s]) + entry * measure_count(kept[s]) + i;
                    return true;
                }
        }
    }
    return false;
}

bool precision_open(struct precision *precision, const struct plan *plan, double asked,
                    double confidence, struct tsim_problems *problems)
{
    const struct list       *named = &plan->given->run.precision_of;
    const struct text_entry *entries = named->at;
    *precision = (struct precision){ .asked = asked, .confidence = confidence,
                                     .most = plan->given->run.replications_most };
    precision->at = calloc(named->n + plan->n_tiers + 1, sizeof *precision->at);
    if (!precision->at)
        return problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    bool good = true;
    for (uint32_t i = 0; i < named->n; i++)
        if (!find_measure(plan, entries[i].text, &precision->at[precision->n++]))
            good = problem_at(problems, TSIM_PROBLEM_INPUT, entries[i].at, NULL,
                              "scope.entry.measure of a mean or share, such as "
                              "tier.L1.service_level or desk.desk.cost_per_day", NULL, NULL,
                              "\"%s\" is not a measure of this scenario", entries[i].text);
    for (uint32_t t = 0; named->n == 0 && t < plan->n_tiers; t++)
        precision->at[precision->n++] = measure_offset(plan, TSIM_SCOPE_TIER) +
                                        t * measure_count(TSIM_SCOPE_TIER) +
                                        measure_index(TSIM_SCOPE_TIER, "service_level");
    return good;
}

void precision_close(struct precision *precision)
{
    free(precision->at);
    precision->at = NULL;
}

/* The widest of the half-widths relative to their values. Nothing to measure is nothing to wait
 * for; one replication says nothing. */
static double widest(const struct precision *precision, const struct plan *plan,
                     const struct gathered *gathered)
{
    struct adjustment adjustment;
    double            most = 0;
    adjust_open(&adjustment, plan, gathered, gathered->targets, gathered->n_targets);
    for (size_t i = 0; i < precision->n; i++) {
        const size_t                   at = precision->at[i];
        const struct interval_estimate estimate = adjust_estimate(
            &adjustment, at, ratio_interval(&gathered->sums[at], precision->confidence));
        if (estimate.defined)
            most = fmax(most, interval_relative_half_width(&estimate));
    }
    adjust_close(&adjustment);
    return most;
}

uint32_t precision_more(struct precision *precision, const struct plan *plan,
                        const struct gathered *gathered)
{
    const uint32_t n = gathered->replications;
    if (precision->asked <= 0)
        return 0;
    precision->reached = widest(precision, plan, gathered);
    precision->met = precision->reached <= precision->asked;
    if (precision->met || n >= precision->most)
        return 0;
    /* The half-width falls as the root of n; go there in steps that at most double n. */
    const double needed = n * (precision->reached / precision->asked) *
                          (precision->reached / precision->asked) * 1.05;
    const double more = fmin(fmax(ceil(fmin(needed, 2.0 * n) - n), 10), precision->most - n);
    return gather_whole_sets(plan, (uint32_t)more);
}
