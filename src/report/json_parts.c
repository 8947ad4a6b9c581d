/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/json_parts.h"

#include <inttypes.h>
#include <math.h>

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
