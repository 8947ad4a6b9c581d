/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/empowered.h"

#include <math.h>
#include <stdio.h>

#include "base/text.h"
#include "report/format.h"

char *empowered_limit(const struct tsim_limit *limit, const char *currency, bool ascii, char *to,
                      size_t size)
{
    if (isinf(limit->limit))
        snprintf(to, size, "no limit");
    else
        format_target(limit->limit, TSIM_UNIT_MONEY, currency, ascii, to, size);
    return to;
}

/* The limit of the scenario as it is. */
static size_t now_of(const struct tsim_limit *limits, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (limits[i].now)
            return i;
    return 0;
}

/* The cheapest of the limits that keep the most promises. */
static const struct tsim_limit *best_keeper(const struct tsim_limit *limits, size_t n)
{
    const struct tsim_limit *best = &limits[0];
    for (size_t i = 1; i < n; i++)
        if (limits[i].kept > best->kept ||
            (limits[i].kept == best->kept && limits[i].cost.value < best->cost.value))
            best = &limits[i];
    return best;
}

char *empowered_answer(const struct tsim_empowerment *empowerment, bool ascii, char *to,
                       size_t size)
{
    const struct tsim_empowerment_info *info = tsim_empowerment_info(empowerment);
    size_t                              n;
    const struct tsim_limit *limits = tsim_empowerment_limits(empowerment, &n);
    const struct tsim_limit *best = &limits[info->cheapest], *now = &limits[now_of(limits, n)];
    char        tier[FORMAT_NAME], limit[FORMAT_VALUE], other[FORMAT_VALUE], cost[FORMAT_VALUE];
    struct text text;
    text_open(&text, to, size);
    if (!info->needed) {
        text_add(&text, "No issue of this desk needs a concession, so no limit changes anything.");
        return to;
    }
    format_name(info->tier, 40, ascii, tier, sizeof tier);
    empowered_limit(best, info->currency, ascii, limit, sizeof limit);
    if (best->now) {
        text_add(&text, "The limit of %s, %s, is the cheapest of those tried", tier, limit);
    } else if (now->flat) {
        text_add(&text, "A limit of %s for %s is cheapest, but not shown to be cheaper than ",
                 limit, tier);
        text_add(&text, "today's %s",
                 empowered_limit(now, info->currency, ascii, other, sizeof other));
    } else {
        text_add(&text, "With a limit of %s for %s instead of ", limit, tier);
        text_add(&text, "%s a day costs %s less",
                 empowered_limit(now, info->currency, ascii, other, sizeof other),
                 format_value(now->dearer.value, TSIM_UNIT_MONEY, info->currency, ascii, cost,
                              sizeof cost));
    }
    if (info->flat_last > info->flat_first) {
        text_add(&text, "; from %s ", empowered_limit(&limits[info->flat_first], info->currency,
                                                      ascii, limit, sizeof limit));
        text_add(&text, "to %s no limit is shown to be dearer",
                 empowered_limit(&limits[info->flat_last], info->currency, ascii, limit,
                                 sizeof limit));
    }
    text_add(&text, ".");
    const struct tsim_limit *keeper = best_keeper(limits, n);
    if (keeper->kept > best->kept) {
        text_add(&text, " Of those that keep most promises, %zu of %zu, ", keeper->kept,
                 info->promises);
        text_add(&text, "%s is cheapest, %s a day dearer.",
                 empowered_limit(keeper, info->currency, ascii, limit, sizeof limit),
                 format_value(keeper->dearer.value, TSIM_UNIT_MONEY, info->currency, ascii, cost,
                              sizeof cost));
    }
    return to;
}
