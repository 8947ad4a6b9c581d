/* SPDX-License-Identifier: GPL-3.0-or-later */
/* measures.list as functions and tables, and the places of all pairs. */
#include <string.h>

#include "base/assert.h"
#include "model/measure_impl.h"

#define M(name, unit, doc, x_, y_)                                                             \
    static struct pair PREFIX(name)(const struct view *v)                                      \
    {                                                                                          \
        (void)v;                                                                               \
        return (struct pair){ (double)(x_), (double)(y_) };                                    \
    }
#define Q(name, bins, probability, doc)

/* One function for each measure of each scope … */
#define DESK_MEASURES
#define PREFIX(name) desk_##name
#include "model/measures.list"
#undef DESK_MEASURES
#undef PREFIX
#define FATE_MEASURES
#define PREFIX(name) fate_##name
#include "model/measures.list"
#undef FATE_MEASURES
#undef PREFIX
#define TIER_MEASURES
#define PREFIX(name) tier_##name
#include "model/measures.list"
#undef TIER_MEASURES
#undef PREFIX
#define POOL_MEASURES
#define PREFIX(name) pool_##name
#include "model/measures.list"
#undef POOL_MEASURES
#undef PREFIX
#define CONTACT_MEASURES
#define PREFIX(name) contact_##name
#include "model/measures.list"
#undef CONTACT_MEASURES
#undef PREFIX
#define INTERVAL_MEASURES
#define PREFIX(name) interval_##name
#include "model/measures.list"
#undef INTERVAL_MEASURES
#undef PREFIX
#define TIER_INTERVAL_MEASURES
#define PREFIX(name) tier_interval_##name
#include "model/measures.list"
#undef TIER_INTERVAL_MEASURES
#undef PREFIX
#define TIER_ISSUE_MEASURES
#define PREFIX(name) tier_issue_##name
#include "model/measures.list"
#undef TIER_ISSUE_MEASURES
#undef PREFIX
#define POOL_ISSUE_MEASURES
#define PREFIX(name) pool_issue_##name
#include "model/measures.list"
#undef POOL_ISSUE_MEASURES
#undef PREFIX
#define SLA_MEASURES
#define PREFIX(name) sla_##name
#include "model/measures.list"
#undef SLA_MEASURES
#undef PREFIX
#define COST_MEASURES
#define PREFIX(name) cost_##name
#include "model/measures.list"
#undef COST_MEASURES
#undef PREFIX
#define MOVE_MEASURES
#define PREFIX(name) move_##name
#include "model/measures.list"
#undef MOVE_MEASURES
#undef PREFIX
#define CAUSE_MEASURES
#define PREFIX(name) cause_##name
#include "model/measures.list"
#undef CAUSE_MEASURES
#undef PREFIX
#define HOPS_MEASURES
#define PREFIX(name) hops_##name
#include "model/measures.list"
#undef HOPS_MEASURES
#undef PREFIX
#define TASK_MEASURES
#define PREFIX(name) task_##name
#include "model/measures.list"
#undef TASK_MEASURES
#undef PREFIX
#define DELAY_MEASURES
#define PREFIX(name) delay_##name
#include "model/measures.list"
#undef DELAY_MEASURES
#undef PREFIX
#undef M
#undef Q

/* … and one table for each scope. */
#define M(name, unit, doc, x_, y_)                                                             \
    { { { #name, TSIM_UNIT_##unit, doc }, BINS_NONE, 0 }, PREFIX(name) },
#define BINS_wait       BINS_WAIT
#define BINS_response   BINS_RESPONSE
#define BINS_resolution BINS_RESOLUTION
#define Q(name, bins, probability, doc)                                                        \
    { { { #name, TSIM_UNIT_DURATION, doc }, BINS_##bins, probability }, NULL },

#define DESK_MEASURES
#define PREFIX(name) desk_##name
static const struct row desk_rows[] = {
#include "model/measures.list"
};
#undef DESK_MEASURES
#undef PREFIX
#define FATE_MEASURES
#define PREFIX(name) fate_##name
static const struct row fate_rows[] = {
#include "model/measures.list"
};
#undef FATE_MEASURES
#undef PREFIX
#define TIER_MEASURES
#define PREFIX(name) tier_##name
static const struct row tier_rows[] = {
#include "model/measures.list"
};
#undef TIER_MEASURES
#undef PREFIX
#define POOL_MEASURES
#define PREFIX(name) pool_##name
static const struct row pool_rows[] = {
#include "model/measures.list"
};
#undef POOL_MEASURES
#undef PREFIX
#define CONTACT_MEASURES
#define PREFIX(name) contact_##name
static const struct row contact_rows[] = {
#include "model/measures.list"
};
#undef CONTACT_MEASURES
#undef PREFIX
#define INTERVAL_MEASURES
#define PREFIX(name) interval_##name
static const struct row interval_rows[] = {
#include "model/measures.list"
};
#undef INTERVAL_MEASURES
#undef PREFIX
#define TIER_INTERVAL_MEASURES
#define PREFIX(name) tier_interval_##name
static const struct row tier_interval_rows[] = {
#include "model/measures.list"
};
#undef TIER_INTERVAL_MEASURES
#undef PREFIX
#define TIER_ISSUE_MEASURES
#define PREFIX(name) tier_issue_##name
static const struct row tier_issue_rows[] = {
#include "model/measures.list"
};
#undef TIER_ISSUE_MEASURES
#undef PREFIX
#define POOL_ISSUE_MEASURES
#define PREFIX(name) pool_issue_##name
static const struct row pool_issue_rows[] = {
#include "model/measures.list"
};
#undef POOL_ISSUE_MEASURES
#undef PREFIX
#define SLA_MEASURES
#define PREFIX(name) sla_##name
static const struct row sla_rows[] = {
#include "model/measures.list"
};
#undef SLA_MEASURES
#undef PREFIX
#define COST_MEASURES
#define PREFIX(name) cost_##name
static const struct row cost_rows[] = {
#include "model/measures.list"
};
#undef COST_MEASURES
#undef PREFIX
#define MOVE_MEASURES
#define PREFIX(name) move_##name
static const struct row move_rows[] = {
#include "model/measures.list"
};
#undef MOVE_MEASURES
#undef PREFIX
#define CAUSE_MEASURES
#define PREFIX(name) cause_##name
static const struct row cause_rows[] = {
#include "model/measures.list"
};
#undef CAUSE_MEASURES
#undef PREFIX
#define HOPS_MEASURES
#define PREFIX(name) hops_##name
static const struct row hops_rows[] = {
#include "model/measures.list"
};
#undef HOPS_MEASURES
#undef PREFIX
#define TASK_MEASURES
#define PREFIX(name) task_##name
static const struct row task_rows[] = {
#include "model/measures.list"
};
#undef TASK_MEASURES
#undef PREFIX
#define DELAY_MEASURES
#define PREFIX(name) delay_##name
static const struct row delay_rows[] = {
#include "model/measures.list"
};
#undef DELAY_MEASURES
#undef PREFIX

#define ROWS(rows) { rows, COUNT_OF(rows) }

static const struct scope_rows scopes[TSIM_SCOPES] = {
    [TSIM_SCOPE_DESK] = ROWS(desk_rows),
    [TSIM_SCOPE_FATE] = ROWS(fate_rows),
    [TSIM_SCOPE_TIER] = ROWS(tier_rows),
    [TSIM_SCOPE_POOL] = ROWS(pool_rows),
    [TSIM_SCOPE_ISSUE] = ROWS(contact_rows),
    [TSIM_SCOPE_SEVERITY] = ROWS(contact_rows),
    [TSIM_SCOPE_SEGMENT] = ROWS(contact_rows),
    [TSIM_SCOPE_CHANNEL] = ROWS(contact_rows),
    [TSIM_SCOPE_STREAM] = ROWS(contact_rows),
    [TSIM_SCOPE_INTERVAL] = ROWS(interval_rows),
    [TSIM_SCOPE_TIER_INTERVAL] = ROWS(tier_interval_rows),
    [TSIM_SCOPE_TIER_ISSUE] = ROWS(tier_issue_rows),
    [TSIM_SCOPE_POOL_ISSUE] = ROWS(pool_issue_rows),
    [TSIM_SCOPE_SLA] = ROWS(sla_rows),
    [TSIM_SCOPE_COST] = ROWS(cost_rows),
    [TSIM_SCOPE_MOVE] = ROWS(move_rows),
    [TSIM_SCOPE_CAUSE] = ROWS(cause_rows),
    [TSIM_SCOPE_TRIGGER] = ROWS(cause_rows),
    [TSIM_SCOPE_HOPS] = ROWS(hops_rows),
    [TSIM_SCOPE_TASK] = ROWS(task_rows),
    [TSIM_SCOPE_DELAY] = ROWS(delay_rows),
};

/* Scopes whose values are kept for every replication come first; the promises follow the last. */
#define SCOPE_KEPT_LAST TSIM_SCOPE_COST
static const enum tsim_scope scope_order[TSIM_SCOPES] = {
    TSIM_SCOPE_DESK,    TSIM_SCOPE_FATE,     TSIM_SCOPE_TIER,    TSIM_SCOPE_POOL,
    TSIM_SCOPE_SLA,     TSIM_SCOPE_COST,     TSIM_SCOPE_ISSUE,   TSIM_SCOPE_SEVERITY,
    TSIM_SCOPE_SEGMENT, TSIM_SCOPE_CHANNEL,  TSIM_SCOPE_STREAM,  TSIM_SCOPE_TIER_ISSUE,
    TSIM_SCOPE_POOL_ISSUE, TSIM_SCOPE_MOVE,  TSIM_SCOPE_CAUSE,   TSIM_SCOPE_TRIGGER,
    TSIM_SCOPE_HOPS,    TSIM_SCOPE_TASK,     TSIM_SCOPE_DELAY,   TSIM_SCOPE_INTERVAL,
    TSIM_SCOPE_TIER_INTERVAL,
};

const struct scope_rows *measure_rows(enum tsim_scope scope)
{
    return &scopes[scope];
}

size_t measure_count(enum tsim_scope scope)
{
    return scopes[scope].n;
}

const struct measure *measure_at(enum tsim_scope scope, size_t i)
{
    return &scopes[scope].rows[i].measure;
}

size_t measure_index(enum tsim_scope scope, const char *name)
{
    for (size_t i = 0; i < scopes[scope].n; i++)
        if (strcmp(scopes[scope].rows[i].measure.public.name, name) == 0)
            return i;
    return SIZE_MAX;
}

/* ---- places */

size_t measure_offset(const struct plan *plan, enum tsim_scope scope)
{
    size_t offset = 0;
    for (size_t i = 0; i < TSIM_SCOPES && scope_order[i] != scope; i++) {
        offset += measure_entries(plan, scope_order[i]) * scopes[scope_order[i]].n;
        offset += scope_order[i] == SCOPE_KEPT_LAST ? plan->n_promises : 0;
    }
    return offset;
}

size_t measure_promises(const struct plan *plan)
{
    return measure_kept(plan) - plan->n_promises;
}

size_t measure_kept(const struct plan *plan)
{
    return measure_offset(plan, TSIM_SCOPE_ISSUE);
}

size_t measure_total(const struct plan *plan)
{
    return measure_offset(plan, TSIM_SCOPE_TIER_INTERVAL) +
           measure_entries(plan, TSIM_SCOPE_TIER_INTERVAL) * scopes[TSIM_SCOPE_TIER_INTERVAL].n;
}
