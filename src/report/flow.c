/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/flow.h"

#include <stdio.h>
#include <string.h>

#include "report/finding.h"

size_t flow_causes(const struct tsim_result *result)
{
    return tsim_result_entries(result, TSIM_SCOPE_TRIGGER);
}

/* A trigger and its colour: those that occur most often together differ most. */
static const struct {
    const char *trigger, *color;
} colors[] = {
    { "skill", "#009e73" },
    { "congestion", "#e69f00" },
    { "policy", "#7b4f9d" },
    { "customer_request", "#cc79a7" },
    { "complexity", "#0072b2" },
    { "authority", "#d55e00" },
    { "repeat", "#56b4e9" },
    { "high_profile", "#a6761d" },
    { "sla_warning", "#d4b400" },
    { "sla_breach", "#882255" },
    { "satisfaction", "#777777" },
};

const char *flow_cause(const struct tsim_result *result, size_t cause)
{
    return tsim_trigger_words(tsim_result_entry(result, TSIM_SCOPE_TRIGGER, cause));
}

const char *flow_color(const struct tsim_result *result, size_t cause)
{
    const char *name = tsim_result_entry(result, TSIM_SCOPE_TRIGGER, cause);
    for (size_t i = 0; i < sizeof colors / sizeof *colors; i++)
        if (strcmp(name, colors[i].trigger) == 0)
            return colors[i].color;
    return "#333333";
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
