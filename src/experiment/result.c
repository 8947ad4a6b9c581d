/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The accessors of tiersim/result.h. */
#include "experiment/result.h"

#include <stdlib.h>
#include <string.h>

void tsim_result_free(struct tsim_result *result)
{
    if (!result)
        return;
    free(result->pairs);
    arena_close(&result->arena);
    free(result);
}

const struct tsim_run_info *tsim_result_info(const struct tsim_result *result)
{
    return &result->info;
}

const char *tsim_scope_name(enum tsim_scope scope)
{
    static const char *const names[TSIM_SCOPES] = {
        [TSIM_SCOPE_DESK] = "desk",
        [TSIM_SCOPE_FATE] = "fate",
        [TSIM_SCOPE_TIER] = "tier",
        [TSIM_SCOPE_POOL] = "pool",
        [TSIM_SCOPE_ISSUE] = "issue",
        [TSIM_SCOPE_SEVERITY] = "severity",
        [TSIM_SCOPE_SEGMENT] = "segment",
        [TSIM_SCOPE_CHANNEL] = "channel",
        [TSIM_SCOPE_STREAM] = "stream",
        [TSIM_SCOPE_INTERVAL] = "interval",
        [TSIM_SCOPE_TIER_INTERVAL] = "tier_interval",
        [TSIM_SCOPE_TIER_ISSUE] = "tier_issue",
        [TSIM_SCOPE_POOL_ISSUE] = "pool_issue",
        [TSIM_SCOPE_SLA] = "sla",
        [TSIM_SCOPE_COST] = "cost",
        [TSIM_SCOPE_MOVE] = "move",
        [TSIM_SCOPE_CAUSE] = "cause",
        [TSIM_SCOPE_TRIGGER] = "trigger",
        [TSIM_SCOPE_HOPS] = "hops",
        [TSIM_SCOPE_TASK] = "task",
        [TSIM_SCOPE_DELAY] = "delay",
    };
    return (unsigned)scope < TSIM_SCOPES ? names[scope] : "";
}

size_t tsim_result_entries(const struct tsim_result *result, enum tsim_scope scope)
{
    return (unsigned)scope < TSIM_SCOPES ? result->entries[scope] : 0;
}

const char *tsim_result_entry(const struct tsim_result *result, enum tsim_scope scope,
                              size_t entry)
{
    return entry < tsim_result_entries(result, scope) ? result->names[scope][entry] : "";
}

const struct tsim_measure *tsim_result_measures(const struct tsim_result *result,
                                                enum tsim_scope scope, size_t *count)
{
    *count = (unsigned)scope < TSIM_SCOPES ? result->n_measures[scope] : 0;
    return *count > 0 ? result->measures[scope] : NULL;
}

size_t tsim_result_measure(const struct tsim_result *result, enum tsim_scope scope,
                           const char *name)
{
    for (size_t i = 0; (unsigned)scope < TSIM_SCOPES && i < result->n_measures[scope]; i++)
        if (strcmp(result->measures[scope][i].name, name) == 0)
            return i;
    return (size_t)-1;
}

struct tsim_estimate tsim_result_get(const struct tsim_result *result, enum tsim_scope scope,
                                     size_t entry, size_t measure)
{
    if (entry >= tsim_result_entries(result, scope) || measure >= result->n_measures[scope])
        return (struct tsim_estimate){ 0 };
    return result->estimates[result->offset[scope] + entry * result->n_measures[scope] + measure];
}

struct tsim_estimate tsim_result_find(const struct tsim_result *result, enum tsim_scope scope,
                                      const char *entry, const char *measure)
{
    for (size_t i = 0; i < tsim_result_entries(result, scope); i++)
        if (strcmp(result->names[scope][i], entry) == 0)
            return tsim_result_get(result, scope, i, tsim_result_measure(result, scope, measure));
    return (struct tsim_estimate){ 0 };
}

double tsim_result_of_replication(const struct tsim_result *result, uint32_t replication,
                                  enum tsim_scope scope, size_t entry, size_t measure,
                                  bool *defined)
{
    *defined = false;
    if (replication >= result->info.replications || entry >= tsim_result_entries(result, scope) ||
        measure >= result->n_measures[scope])
        return 0;
    const size_t at = result->offset[scope] + entry * result->n_measures[scope] + measure;
    if (at >= result->kept)
        return 0;
    const struct pair pair = result->pairs[(size_t)replication * result->kept + at];
    *defined = pair.y != 0;
    return *defined ? pair.x / pair.y : 0;
}

const struct tsim_promise *tsim_result_promises(const struct tsim_result *result, size_t *count)
{
    *count = result->n_promises;
    return result->promises;
}

const struct tsim_split *tsim_result_split(const struct tsim_result *result, size_t *count)
{
    *count = result->n_split;
    return result->split;
}

const struct tsim_crosscheck *tsim_result_crosschecks(const struct tsim_result *result,
                                                      size_t *count)
{
    *count = result->n_crosschecks;
    return result->crosschecks;
}

const struct tsim_distribution *tsim_result_distributions(const struct tsim_result *result,
                                                          size_t *count)
{
    *count = result->n_distributions;
    return result->distributions;
}

const char *const *tsim_result_controls(const struct tsim_result *result, size_t *count)
{
    *count = result->n_controls;
    return result->controls;
}

double tsim_result_less_work(const struct tsim_result *result, enum tsim_scope scope, size_t entry,
                             size_t measure)
{
    if (entry >= tsim_result_entries(result, scope) || measure >= result->n_measures[scope])
        return 0;
    const size_t at = result->offset[scope] + entry * result->n_measures[scope] + measure;
    return at < result->kept ? result->gains[at] : 0;
}

const char *tsim_result_digest(const struct tsim_result *result)
{
    return result->digest;
}

enum tsim_unit promise_unit(enum promise_measure measure)
{
    if (measure == PROMISE_WAIT_MEAN)
        return TSIM_UNIT_DURATION;
    return measure == PROMISE_COST_PER_DAY ? TSIM_UNIT_MONEY : TSIM_UNIT_SHARE;
}
