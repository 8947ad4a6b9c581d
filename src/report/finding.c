/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/finding.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

struct tsim_estimate finding_value(const struct tsim_result *result, enum tsim_scope scope,
                                   size_t entry, const char *measure)
{
    size_t index = tsim_result_measure(result, scope, measure);
    if (index == NOTHING || entry >= tsim_result_entries(result, scope))
        return (struct tsim_estimate){ 0 };
    struct tsim_estimate estimate = tsim_result_get(result, scope, entry, index);
    if (!isfinite(estimate.value) || !isfinite(estimate.low) || !isfinite(estimate.high))
        return (struct tsim_estimate){ 0 };
    return estimate;
}

static unsigned weekday_of(const char *name)
{
    static const char days[7][4] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    for (unsigned i = 0; name && i < 7; i++)
        if (strncmp(name, days[i], 3) == 0)
            return i;
    return 0;
}

double finding_hours(const struct tsim_run_info *info, size_t interval)
{
    return ((double)info->start_second + (double)interval * info->interval_s) / 3600.0;
}

char *finding_clock(const struct tsim_run_info *info, size_t interval, char *to, size_t size)
{
    static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    double   seconds = finding_hours(info, interval) * 3600.0;
    double   day     = floor(seconds / 86400.0);
    unsigned minute  = (unsigned)((seconds - day * 86400.0) / 60.0 + 0.5);
    bool     many    = info->cycle_s > 86400.5;
    bool     end     = (double)interval * info->interval_s > info->cycle_s - 0.5;
    /* The cycle ends at 24:00 of its last day, not at 00:00 of the next. */
    if (end && minute == 0 && day > 0) {
        day--;
        minute = 24 * 60;
    }
    if (!many)
        snprintf(to, size, "%02u:%02u", minute / 60, minute % 60);
    else
        snprintf(to, size, "%s %02u:%02u",
                 days[(weekday_of(info->start_day) + (unsigned)fmod(day, 7.0)) % 7], minute / 60,
                 minute % 60);
    return to;
}

struct span finding_active(const struct tsim_result *result)
{
    size_t      intervals = tsim_result_entries(result, TSIM_SCOPE_INTERVAL);
    size_t      tiers     = tsim_result_entries(result, TSIM_SCOPE_TIER);
    struct span span      = { intervals, 0 };
    for (size_t i = 0; i < intervals; i++) {
        bool active = false;
        for (size_t t = 0; t < tiers && !active; t++) {
            size_t entry = t * intervals + i;
            active = finding_value(result, TSIM_SCOPE_TIER_INTERVAL, entry, "agents").value > 0 ||
                     finding_value(result, TSIM_SCOPE_TIER_INTERVAL, entry, "busy").value > 0 ||
                     finding_value(result, TSIM_SCOPE_TIER_INTERVAL, entry, "offered").value > 0;
        }
        if (!active)
            continue;
        span.first = i < span.first ? i : span.first;
        span.end   = i + 1;
    }
    if (span.end == 0)
        span.first = 0;
    return span;
}

/* Behind a tier's name in the text of a promise, which begins with it ("L1 answered …") or
 * with whom it is about ("gold at L1 answered …"); NULL when it is not there. */
static const char *name_end(const char *text, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = text; length > 0;) {
        if (strncmp(at, name, length) == 0 && (at[length] == ' ' || at[length] == ':'))
            return at + length;
        const char *next = strstr(at, " at ");
        if (!next)
            return NULL;
        at = next + 4;
    }
    return NULL;
}

size_t finding_promise_tier(const struct tsim_result *result, const struct tsim_promise *promise)
{
    size_t found = NOTHING, longest = 0;
    for (size_t t = 0; t < tsim_result_entries(result, TSIM_SCOPE_TIER); t++) {
        const char *name = tsim_result_entry(result, TSIM_SCOPE_TIER, t);
        if (strlen(name) > longest && name_end(promise->text, name)) {
            found   = t;
            longest = strlen(name);
        }
    }
    return found;
}

const struct tsim_promise *finding_worst_broken(const struct tsim_result *result)
{
    size_t                     count;
    const struct tsim_promise *promises = tsim_result_promises(result, &count), *worst = NULL;
    double                     furthest = -1;
    for (size_t i = 0; i < count; i++) {
        if (promises[i].verdict != TSIM_BROKEN)
            continue;
        double error = promises[i].estimate.std_error;
        double away  = fabs(promises[i].estimate.value - promises[i].target);
        double errors = error > 0 ? away / error : away > 0 ? 1e6 * away : 0;
        if (errors > furthest) {
            worst    = &promises[i];
            furthest = errors;
        }
    }
    return worst;
}

size_t finding_weak_tier(const struct tsim_result *result)
{
    const struct tsim_promise *broken = finding_worst_broken(result);
    if (broken && finding_promise_tier(result, broken) != NOTHING)
        return finding_promise_tier(result, broken);
    size_t weak = NOTHING;
    double most = 0;
    for (size_t t = 0; t < tsim_result_entries(result, TSIM_SCOPE_TIER); t++) {
        double spent = finding_value(result, TSIM_SCOPE_TIER, t, "queue_mean").value;
        if (spent > most) {
            most = spent;
            weak = t;
        }
    }
    return weak;
}

static double offered(const struct tsim_result *result, size_t tier, struct span span)
{
    size_t intervals = tsim_result_entries(result, TSIM_SCOPE_INTERVAL);
    double sum       = 0;
    for (size_t i = span.first; i < span.end; i++)
        sum += finding_value(result, TSIM_SCOPE_TIER_INTERVAL, tier * intervals + i, "offered")
                   .value;
    return sum;
}

bool finding_wait(const struct tsim_result *result, size_t tier, struct span span, double *wait_s)
{
    size_t intervals = tsim_result_entries(result, TSIM_SCOPE_INTERVAL);
    double n = 0, waited = 0;
    for (size_t i = span.first; i < span.end; i++) {
        struct tsim_estimate wait =
            finding_value(result, TSIM_SCOPE_TIER_INTERVAL, tier * intervals + i, "wait_mean");
        double came = offered(result, tier, (struct span){ i, i + 1 });
        if (!wait.defined || came <= 0)
            continue;
        n += came;
        waited += came * wait.value;
    }
    *wait_s = n > 0 ? waited / n : 0;
    return n > 0;
}

/* The wait of one interval where it can be trusted: 0 where hardly anyone arrives. */
static double sure_wait(const struct tsim_result *result, size_t tier, size_t interval,
                        double mean_offered)
{
    struct span one = { interval, interval + 1 };
    double      wait_s;
    if (offered(result, tier, one) < 0.2 * mean_offered)
        return 0;
    finding_wait(result, tier, one, &wait_s);
    return wait_s;
}

bool finding_peak(const struct tsim_result *result, size_t tier, struct span *span, double *wait_s)
{
    struct span active = finding_active(result);
    size_t      peak = active.first, wide = active.end - active.first;
    double      mean_wait, most = 0;
    if (wide < 4 || !finding_wait(result, tier, active, &mean_wait))
        return false;
    double mean_offered = offered(result, tier, active) / (double)wide;
    for (size_t i = active.first; i < active.end; i++) {
        double wait = sure_wait(result, tier, i, mean_offered);
        if (wait > most) {
            most = wait;
            peak = i;
        }
    }
    if (most < 1.25 * mean_wait || most <= 0)
        return false;
    /* As far as waits stay nearer to the peak than to the mean. */
    double level = 0.5 * (most + mean_wait);
    *span        = (struct span){ peak, peak + 1 };
    while (span->first > active.first &&
           sure_wait(result, tier, span->first - 1, mean_offered) >= level)
        span->first--;
    while (span->end < active.end && sure_wait(result, tier, span->end, mean_offered) >= level)
        span->end++;
    finding_wait(result, tier, *span, wait_s);
    return (span->end - span->first) * 2 <= wide;
}

const char *finding_per_day(const struct tsim_run_info *info)
{
    return info->steady_state && info->length_s < 86399.5 ? "per 24 h" : "per day";
}

const char *finding_cost_words(const char *entry)
{
    if (strcmp(entry, "self_service") == 0)
        return "self-service";
    if (strcmp(entry, "customers_lost") == 0)
        return "customers lost";
    return strcmp(entry, "contact") == 0 ? "contact fees" : entry;
}
