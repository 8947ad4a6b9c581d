/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/flow.h"

#include <stdio.h>
#include <string.h>

#include "report/finding.h"

size_t flow_causes(const struct tsim_result *result)
{
    return tsim_result_entries(result, TSIM_SCOPE_TRIGGER);
}

const char *flow_cause(const struct tsim_result *result, size_t cause)
{
    static const char *const words[][2] = {
        { "skill", "lack of skill" },       { "congestion", "long queue" },
        { "policy", "policy forbids" },     { "customer_request", "customer insists" },
        { "complexity", "attempt failed" }, { "authority", "above authority" },
        { "repeat", "customer is back" },   { "high_profile", "high profile" },
        { "sla_warning", "SLA warning" },   { "sla_breach", "SLA breached" },
        { "satisfaction", "unhappy customer" },
    };
    const char *name = tsim_result_entry(result, TSIM_SCOPE_TRIGGER, cause);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(name, words[i][0]) == 0)
            return words[i][1];
    return name;
}

size_t flow_targets(const struct tsim_result *result)
{
    return tsim_result_entries(result, TSIM_SCOPE_TIER) + 2;
}

const char *flow_target(const struct tsim_result *result, size_t to)
{
    const size_t tiers = tsim_result_entries(result, TSIM_SCOPE_TIER);
    return to < tiers    ? tsim_result_entry(result, TSIM_SCOPE_TIER, to)
           : to == tiers ? "the vendor"
                         : "unresolved";
}

struct tsim_estimate flow_per_day(const struct tsim_result *result, size_t from, size_t to,
                                  size_t cause)
{
    char measure[80];
    snprintf(measure, sizeof measure, "%s_per_day",
             tsim_result_entry(result, TSIM_SCOPE_TRIGGER, cause));
    return finding_value(result, TSIM_SCOPE_MOVE, from * flow_targets(result) + to, measure);
}

bool flow_any(const struct tsim_result *result)
{
    static const char *const measures[] = { "handed_over_per_day", "asked_per_day",
                                            "notified_per_day" };
    for (size_t c = 0; c < flow_causes(result); c++)
        for (size_t m = 0; m < sizeof measures / sizeof *measures; m++)
            if (finding_value(result, TSIM_SCOPE_TRIGGER, c, measures[m]).value > 0)
                return true;
    return false;
}
