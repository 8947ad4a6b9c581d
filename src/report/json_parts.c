/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/json_parts.h"

#include <inttypes.h>
#include <math.h>
#include <tiersim/run.h>

#include "base/json.h"

const char *part_unit(enum tsim_unit unit)
{
    switch (unit) {
    case TSIM_UNIT_SHARE:
        return "share";
    case TSIM_UNIT_DURATION:
        return "seconds";
    case TSIM_UNIT_MONEY:
        return "money";
    case TSIM_UNIT_COUNT:
        break;
    }
    return "count";
}

const char *part_verdict(enum tsim_verdict verdict)
{
    switch (verdict) {
    case TSIM_KEPT:
        return "kept";
    case TSIM_BROKEN:
        return "broken";
    case TSIM_TOO_CLOSE:
        return "too_close";
    case TSIM_UNKNOWN:
        break;
    }
    return "unknown";
}

void part_head(FILE *to, const char *schema)
{
    fprintf(to, "{\n  \"schema\": \"tiersim-%s-1\",\n  ", schema);
    part_text(to, "version", tsim_version());
}

void part_text(FILE *to, const char *key, const char *text)
{
    fprintf(to, "\"%s\": ", key);
    json_write_string(to, text ? text : "");
}

void part_number(FILE *to, const char *key, double value)
{
    fprintf(to, "\"%s\": ", key);
    json_write_number(to, value);
}

void part_whole(FILE *to, const char *key, uint64_t value)
{
    if (value <= UINT64_C(1) << 53)
        fprintf(to, "\"%s\": %" PRIu64, key, value);
    else
        fprintf(to, "\"%s\": \"%" PRIu64 "\"", key, value);
}

void member_text(FILE *to, const char *key, const char *text)
{
    part_text(to, key, text);
    fputs(", ", to);
}

void member_number(FILE *to, const char *key, double value)
{
    part_number(to, key, value);
    fputs(", ", to);
}

void member_whole(FILE *to, const char *key, uint64_t value)
{
    part_whole(to, key, value);
    fputs(", ", to);
}

void member_bool(FILE *to, const char *key, bool value)
{
    fprintf(to, "\"%s\": %s, ", key, value ? "true" : "false");
}

void member_note(FILE *to, uint32_t replications)
{
    if (replications == 1)
        member_text(to, "note", "one replication gives no intervals: what differs may be luck");
}

void part_estimate(FILE *to, const struct tsim_estimate *estimate)
{
    if (!estimate->defined || !isfinite(estimate->value)) {
        fputs("null", to);
        return;
    }
    double missing = NAN;
    fputs("{", to);
    part_number(to, "value", estimate->value);
    fputs(", ", to);
    part_number(to, "low", estimate->has_interval ? estimate->low : missing);
    fputs(", ", to);
    part_number(to, "high", estimate->has_interval ? estimate->high : missing);
    fputs(", ", to);
    part_number(to, "std_error", estimate->has_interval ? estimate->std_error : missing);
    fputs("}", to);
}

void part_promises(FILE *to, const struct tsim_size_promise *promises, size_t n)
{
    fputs("\"promises\": [", to);
    for (size_t i = 0; i < n; i++) {
        fputs(i ? ",\n    { " : "\n    { ", to);
        member_text(to, "text", promises[i].text);
        member_text(to, "unit", part_unit(promises[i].unit));
        member_number(to, promises[i].at_least ? "at_least" : "at_most", promises[i].target);
        member_bool(to, "share_of_days", promises[i].by_days);
        if (promises[i].by_days) {
            member_text(to, "day_unit", part_unit(promises[i].day_unit));
            member_number(to, promises[i].day_at_least ? "day_at_least" : "day_at_most",
                          promises[i].day_target);
        }
        member_text(to, "verdict", part_verdict(promises[i].verdict));
        fputs("\"estimate\": ", to);
        part_estimate(to, &promises[i].estimate);
        fputs(" }", to);
    }
    fputs("\n  ]", to);
}
