/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What there is to measure: the entries of each scope and their names. */
#include <math.h>
#include <stdio.h>

#include "model/measure.h"

size_t measure_entries(const struct plan *plan, enum tsim_scope scope)
{
    switch (scope) {
    case TSIM_SCOPE_DESK:
        return 1;
    case TSIM_SCOPE_FATE:
        return plan->n_tiers + 6u;
    case TSIM_SCOPE_TIER:
        return plan->n_tiers;
    case TSIM_SCOPE_POOL:
        return plan->n_pools;
    case TSIM_SCOPE_ISSUE:
        return plan->n_issues;
    case TSIM_SCOPE_SEVERITY:
        return plan->n_severities;
    case TSIM_SCOPE_SEGMENT:
        return plan->n_segments;
    case TSIM_SCOPE_CHANNEL:
        return plan->n_channels;
    case TSIM_SCOPE_STREAM:
        return plan->n_streams;
    case TSIM_SCOPE_INTERVAL:
        return plan->n_intervals;
    case TSIM_SCOPE_TIER_INTERVAL:
        return (size_t)plan->n_tiers * plan->n_intervals;
    case TSIM_SCOPE_TIER_ISSUE:
        return (size_t)plan->n_tiers * plan->n_issues;
    case TSIM_SCOPE_POOL_ISSUE:
        return (size_t)plan->n_pools * plan->n_issues;
    case TSIM_SCOPE_SLA:
        return plan->n_slas;
    case TSIM_SCOPE_CAUSE:
        return (size_t)plan->n_tiers * TRIGGERS;
    case TSIM_SCOPE_TRIGGER:
        return TRIGGERS;
    case TSIM_SCOPE_HOPS:
        return HOPS_COUNTED;
    case TSIM_SCOPE_TASK:
        return TASK_KINDS;
    case TSIM_SCOPE_DELAY:
        return plan->n_delays;
    case TSIM_SCOPE_COST:
        return COST_LINES + 1;
    case TSIM_SCOPE_MOVE:
        return (size_t)plan->n_tiers * (plan->n_tiers + 2);
    case TSIM_SCOPES:
        break;
    }
    return 0;
}

static void clock_name(const struct plan *plan, size_t interval, char *to, size_t size)
{
    const double at = plan->start_s + (double)interval * plan->interval_s;
    const double second = fmod(at, DAY_S);
    const unsigned day = (unsigned)(fmod(at, WEEK_S) / DAY_S);
    snprintf(to, size, "%s%s%02d:%02d", plan->cycle_s > DAY_S ? calendar_day_name(day) : "",
             plan->cycle_s > DAY_S ? " " : "", (int)(second / 3600),
             (int)(fmod(second, 3600) / 60));
}

static const char *fate_name(const struct plan *plan, size_t entry)
{
    static const char *const after[] = { "vendor", "abandoned", "blocked", "unresolved", "open" };
    if (entry == 0)
        return plan->has_self_service ? plan->self_service_name : "self-service";
    if (entry <= plan->n_tiers)
        return plan->tiers[entry - 1].name;
    return after[entry - 1 - plan->n_tiers];
}

const char *const task_names[TASK_KINDS] = {
    [TASK_APPROVAL] = "approval",     [TASK_SWARM] = "swarm",         [TASK_NOTIFY] = "notify",
    [TASK_ROOT_CAUSE] = "root_cause", [TASK_FOLLOW_UP] = "follow_up",
    [TASK_CHASE] = "chase",           [TASK_CALL] = "call",
};

static void move_name(const struct plan *plan, size_t entry, char *to, size_t size)
{
    const size_t from = entry / (plan->n_tiers + 2), into = entry % (plan->n_tiers + 2);
    const char *name = into < plan->n_tiers    ? plan->tiers[into].name
                       : into == plan->n_tiers ? plan->vendor_name : "unresolved";
    snprintf(to, size, "%s > %s", plan->tiers[from].name, name);
}

/* Names that stand somewhere as they are. */
static const char *ready_name(const struct plan *plan, enum tsim_scope scope, size_t entry)
{
    static const char *const lines[] = { "wages", "overtime", "concessions", "penalties",
                                         "self_service", "vendor", "contact", "routing",
                                         "improvement", "customers_lost",
                                         "total" };
    switch (scope) {
    case TSIM_SCOPE_DESK:
        return "desk";
    case TSIM_SCOPE_FATE:
        return fate_name(plan, entry);
    case TSIM_SCOPE_TIER:
        return plan->tiers[entry].name;
    case TSIM_SCOPE_POOL:
        return plan->pools[entry].name;
    case TSIM_SCOPE_ISSUE:
        return plan->issue_names[entry];
    case TSIM_SCOPE_SEVERITY:
        return plan->severity_names[entry];
    case TSIM_SCOPE_SEGMENT:
        return plan->segment_names[entry];
    case TSIM_SCOPE_CHANNEL:
        return plan->channels[entry].name;
    case TSIM_SCOPE_STREAM:
        return plan->streams[entry].name;
    case TSIM_SCOPE_SLA:
        return plan->slas[entry].name;
    case TSIM_SCOPE_COST:
        return lines[entry];
    case TSIM_SCOPE_TRIGGER:
        return triggers[entry]->kind.name;
    case TSIM_SCOPE_TASK:
        return task_names[entry];
    default:
        return "";
    }
}

static void delay_name(const struct plan *plan, size_t entry, char *to, size_t size)
{
    static const char *const of_tier[] = { [PART_QUEUE] = "queue", [PART_CLOSED] = "closing time",
                                           [PART_WORK] = "work",
                                           [PART_HAND_OVER] = "hand-over" };
    static const char *const of_desk[] = { [PART_SELF_SERVICE] = "self-service",
                                           [PART_CONSULT] = "approval and experts",
                                           [PART_CUSTOMER] = "customer",
                                           [PART_VENDOR] = "vendor" };
    const struct plan_delay *delay = &plan->delays[entry];
    const uint32_t           tier = delay->part / TIER_PARTS;
    if (tier < plan->n_tiers)
        snprintf(to, size, "%s/%s %s", plan->slas[delay->sla].name, plan->tiers[tier].name,
                 of_tier[delay->part % TIER_PARTS]);
    else
        snprintf(to, size, "%s/%s", plan->slas[delay->sla].name,
                 of_desk[delay->part - plan->n_tiers * TIER_PARTS]);
}

void measure_entry_name(const struct plan *plan, enum tsim_scope scope, size_t entry, char *to,
                        size_t size)
{
    switch (scope) {
    case TSIM_SCOPE_INTERVAL:
        clock_name(plan, entry, to, size);
        return;
    case TSIM_SCOPE_TIER_INTERVAL: {
        char clock[32];
        clock_name(plan, entry % plan->n_intervals, clock, sizeof clock);
        snprintf(to, size, "%s %s", plan->tiers[entry / plan->n_intervals].name, clock);
        return;
    }
    case TSIM_SCOPE_TIER_ISSUE:
        snprintf(to, size, "%s/%s", plan->tiers[entry / plan->n_issues].name,
                 plan->issue_names[entry % plan->n_issues]);
        return;
    case TSIM_SCOPE_POOL_ISSUE:
        snprintf(to, size, "%s/%s", plan->pools[entry / plan->n_issues].name,
                 plan->issue_names[entry % plan->n_issues]);
        return;
    case TSIM_SCOPE_CAUSE:
        snprintf(to, size, "%s/%s", plan->tiers[entry / TRIGGERS].name,
                 triggers[entry % TRIGGERS]->kind.name);
        return;
    case TSIM_SCOPE_HOPS:
        snprintf(to, size, "%zu%s", entry, entry + 1 < HOPS_COUNTED ? "" : " or more");
        return;
    case TSIM_SCOPE_MOVE:
        move_name(plan, entry, to, size);
        return;
    case TSIM_SCOPE_DELAY:
        delay_name(plan, entry, to, size);
        return;
    default:
        snprintf(to, size, "%s", ready_name(plan, scope, entry));
    }
}
