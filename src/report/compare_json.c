/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison as one JSON document. Only what is reproducible is written. */
#include <tiersim/report.h>

#include "base/json.h"
#include "report/compared.h"
#include "report/json_parts.h"

static void write_info(const struct tsim_comparison *comparison, FILE *to)
{
    const struct tsim_comparison_info *info = tsim_comparison_info(comparison);
    part_head(to, "comparison");
    fputs(",\n  ", to);
    part_text(to, "study", info->study);
    fputs(",\n  ", to);
    part_text(to, "currency", info->currency);
    fputs(",\n  ", to);
    part_whole(to, "seed", info->seed);
    fputs(",\n  ", to);
    part_whole(to, "replications", info->replications);
    fputs(",\n  ", to);
    part_whole(to, "contacts", info->contacts);
    fprintf(to, ",\n  \"complete\": %s", info->complete ? "true" : "false");
    if (info->until_decided)
        fprintf(to, ",\n  \"decided\": %s", info->decided ? "true" : "false");
    fputs(",\n  ", to);
    part_number(to, "confidence", info->confidence);
    fputs(",\n  ", to);
    part_whole(to, "differences_together", info->differences);
    fputs(",\n  ", to);
    part_number(to, "confidence_of_each", info->each);
    fputs(",\n  ", to);
    part_number(to, "variance_reduction", info->reduction);
    fputs(",\n  ", to);
    part_text(to, "digest", tsim_comparison_digest(comparison));
}

static void write_points(const struct tsim_comparison *comparison, FILE *to)
{
    size_t                   n;
    const struct tsim_point *points = tsim_comparison_points(comparison, &n);
    fputs(",\n  \"points\": [", to);
    for (size_t p = 0; p < n; p++) {
        const struct tsim_result *result = tsim_comparison_result(comparison, p);
        fputs(p > 0 ? ",\n    { " : "\n    { ", to);
        member_text(to, "name", points[p].name);
        member_text(to, "file", points[p].file);
        part_text(to, "settings", points[p].settings);
        fputs(",\n      ", to);
        member_text(to, "fingerprint", tsim_result_info(result)->fingerprint);
        part_text(to, "digest", tsim_result_digest(result));
        fputs(" }", to);
    }
    fputs("\n  ]", to);
}

static void write_difference(const struct tsim_comparison *comparison, size_t point, size_t other,
                             size_t m, FILE *to)
{
    const struct tsim_difference d = tsim_comparison_difference(comparison, point, other, m);
    size_t                       n;
    const struct tsim_point     *points = tsim_comparison_points(comparison, &n);
    fputs("\n        { ", to);
    member_text(to, "point", points[point].name);
    member_text(to, "less", points[other].name);
    part_text(to, "outcome", compared_outcome(d.outcome));
    fputs(",\n          \"difference\": ", to);
    part_estimate(to, &d.difference);
    fputs(",\n          ", to);
    if (d.reduction > 0)
        part_number(to, "variance_reduction", d.reduction);
    else
        fputs("\"variance_reduction\": null", to);
    fputs(", ", to);
    part_whole(to, "more_replications", d.more_replications);
    fputs(" }", to);
}

static void write_measure(const struct tsim_comparison *comparison,
                          const struct tsim_compared *measure, size_t m, FILE *to)
{
    static const char *const senses[] = { "neither", "more", "less" };
    size_t                   n;
    const struct tsim_point *points = tsim_comparison_points(comparison, &n);
    member_text(to, "name", measure->name);
    member_text(to, "unit", part_unit(measure->unit));
    part_text(to, "better", senses[measure->sense]);
    fprintf(to, ", \"promise\": %s,\n      \"best\": ", measure->promise ? "true" : "false");
    if (measure->best < n)
        json_write_string(to, points[measure->best].name);
    else
        fputs("null", to);
    fputs(",\n      \"values\": [", to);
    for (size_t p = 0; p < n; p++) {
        const struct tsim_estimate value = tsim_comparison_value(comparison, p, m);
        fputs(p > 0 ? ",\n        " : "\n        ", to);
        part_estimate(to, &value);
    }
    fputs("\n      ],\n      \"differences\": [", to);
    for (size_t p = 1; p < n; p++)
        for (size_t other = 0; other < p; other++) {
            fputs(p > 1 ? "," : "", to);
            write_difference(comparison, p, other, m, to);
        }
    fputs("\n      ]", to);
}

bool tsim_report_comparison_json(const struct tsim_comparison *comparison, FILE *to)
{
    size_t                      n;
    const struct tsim_compared *measures = tsim_comparison_measures(comparison, &n);
    write_info(comparison, to);
    write_points(comparison, to);
    fputs(",\n  \"measures\": [", to);
    for (size_t m = 0; m < n; m++) {
        fputs(m > 0 ? ",\n    { " : "\n    { ", to);
        write_measure(comparison, &measures[m], m, to);
        fputs(" }", to);
    }
    fputs("\n  ]\n}\n", to);
    return !ferror(to);
}
