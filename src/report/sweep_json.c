/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <math.h>
#include <tiersim/report.h>

#include "base/json.h"
#include "report/json_parts.h"

/* Only what is reproducible is written here: equal studies give equal bytes, however often the
 * sweep was interrupted. */

static void write_info(const struct tsim_sweep *sweep, FILE *to)
{
    const struct tsim_sweep_info *info = tsim_sweep_info(sweep);
    part_head(to, "sweep");
    fputs(",\n  ", to);
    part_text(to, "study", info->study);
    fputs(",\n  ", to);
    part_text(to, "scenario", info->scenario);
    fputs(",\n  ", to);
    part_text(to, "design", tsim_design_name(info->design));
    fputs(",\n  ", to);
    part_whole(to, "seed", info->seed);
    fprintf(to, ",\n  \"replications\": %" PRIu32 ", \"complete\": %s,\n  ", info->replications,
            info->complete ? "true" : "false");
    member_note(to, info->replications);
    part_number(to, "confidence", info->confidence);
    fputs(",\n  ", to);
    part_text(to, "currency", info->currency);
    fputs(",\n  ", to);
    part_whole(to, "contacts", info->contacts);
    fputs(",\n  ", to);
    part_whole(to, "events", info->events);
    fputs(",\n  ", to);
    part_text(to, "digest", tsim_sweep_digest(sweep));
    fputs(",\n", to);
}

static void write_factors(const struct tsim_sweep *sweep, FILE *to)
{
    fputs("  \"factors\": [", to);
    for (size_t f = 0; f < tsim_sweep_info(sweep)->factors; f++) {
        const struct tsim_factor *factor = tsim_sweep_factor(sweep, f);
        fputs(f ? ",\n    {" : "\n    {", to);
        member_text(to, "name", factor->name);
        member_text(to, "set", factor->setting);
        member_number(to, "low", factor->low);
        member_number(to, "high", factor->high);
        part_number(to, "step", factor->step);
        fputs(", \"values\": [", to);
        for (size_t i = 0; i < factor->n_levels; i++) {
            fputs(i ? ", " : "", to);
            json_write_number(to, factor->levels[i]);
        }
        fputs("]}", to);
    }
    fputs("\n  ],\n", to);
}

static void write_effects(const struct tsim_sweep *sweep, size_t response, FILE *to)
{
    size_t                    n;
    const struct tsim_effect *effects = tsim_sweep_effects(sweep, response, &n);
    fputs(",\n      \"effects\": [", to);
    for (size_t i = 0; i < n; i++) {
        fputs(i ? ",\n        {" : "\n        {", to);
        part_text(to, "factor", tsim_sweep_factor(sweep, effects[i].first)->name);
        if (effects[i].second != effects[i].first) {
            fputs(", ", to);
            part_text(to, "with", tsim_sweep_factor(sweep, effects[i].second)->name);
        }
        fputs(", \"change\": ", to);
        part_estimate(to, &effects[i].change);
        fputs(", ", to);
        part_number(to, "share", effects[i].share);
        fputs("}", to);
    }
    fputs("]", to);
}

static void write_swings(const struct tsim_sweep *sweep, size_t response, FILE *to)
{
    const struct tsim_swing *swings = tsim_sweep_swings(sweep, response);
    fputs(",\n      \"swings\": [", to);
    for (size_t f = 0; swings && f < tsim_sweep_info(sweep)->factors; f++) {
        fputs(f ? ",\n        {" : "\n        {", to);
        part_text(to, "factor", tsim_sweep_factor(sweep, f)->name);
        fputs(", \"low\": ", to);
        part_estimate(to, &swings[f].low);
        fputs(", \"high\": ", to);
        part_estimate(to, &swings[f].high);
        fputs("}", to);
    }
    fputs("]", to);
}

static void write_slopes(const struct tsim_sweep *sweep, size_t response, FILE *to)
{
    const struct tsim_surface *surface = tsim_sweep_surface(sweep, response);
    const struct tsim_slope   *slopes = tsim_sweep_slopes(sweep, response);
    fprintf(to, ",\n      \"surface\": {\"curved\": %s, ", surface->curved ? "true" : "false");
    member_number(to, "r2", surface->defined ? surface->r2 : NAN);
    part_number(to, "predicted", surface->predicted_defined ? surface->predicted : NAN);
    fputs("},\n      \"slopes\": [", to);
    for (size_t f = 0; f < tsim_sweep_info(sweep)->factors; f++) {
        fputs(f ? ",\n        {" : "\n        {", to);
        part_text(to, "factor", tsim_sweep_factor(sweep, f)->name);
        fputs(", \"change\": ", to);
        part_estimate(to, &slopes[f].change);
        fputs("}", to);
    }
    fputs("]", to);
}

static void write_responses(const struct tsim_sweep *sweep, FILE *to)
{
    fputs("  \"responses\": [", to);
    for (size_t i = 0; i < tsim_sweep_info(sweep)->responses; i++) {
        const struct tsim_response *response = tsim_sweep_response(sweep, i);
        fputs(i ? ",\n    {" : "\n    {", to);
        member_text(to, "name", response->name);
        part_text(to, "unit", part_unit(response->unit));
        fprintf(to, ", \"cost\": %s, \"promise\": %s", response->cost ? "true" : "false",
                response->promise ? "true" : "false");
        if (response->promise) {
            fprintf(to, ", \"at_least\": %s, ", response->at_least ? "true" : "false");
            part_number(to, "target", response->target);
        }
        write_slopes(sweep, i, to);
        write_effects(sweep, i, to);
        write_swings(sweep, i, to);
        fputs("}", to);
    }
    fputs("\n  ],\n", to);
}

static const char *mark_of(const struct tsim_front_mark *mark)
{
    return mark->on ? mark->sure ? "on" : "on, not sure" : mark->sure ? "off" : "off, not sure";
}

static void write_points(const struct tsim_sweep *sweep, FILE *to)
{
    const struct tsim_sweep_info *info = tsim_sweep_info(sweep);
    fputs("  \"points\": [", to);
    for (size_t p = 0; p < info->points; p++) {
        const struct tsim_sweep_point *point = tsim_sweep_point(sweep, p);
        fputs(p ? ",\n    {\"values\": [" : "\n    {\"values\": [", to);
        for (size_t f = 0; f < info->factors; f++) {
            fputs(f ? ", " : "", to);
            json_write_number(to, point->values[f]);
        }
        fputs("], ", to);
        part_text(to, "settings", point->settings);
        fprintf(to, ", \"keeps_all\": %s, \"estimates\": [", point->keeps_all ? "true" : "false");
        for (size_t i = 0; i < info->responses; i++) {
            fputs(i ? ",\n      " : "\n      ", to);
            part_estimate(to, &point->estimates[i]);
        }
        fputs("], \"fronts\": [", to);
        for (size_t i = 0; i < info->responses; i++) {
            const struct tsim_front_mark *marks = tsim_sweep_front(sweep, i);
            fputs(i ? ", " : "", to);
            if (marks)
                json_write_string(to, mark_of(&marks[p]));
            else
                fputs("null", to);
        }
        fputs("]}", to);
    }
    fputs("\n  ]\n}\n", to);
}

bool tsim_report_sweep_json(const struct tsim_sweep *sweep, FILE *to)
{
    write_info(sweep, to);
    write_factors(sweep, to);
    write_responses(sweep, to);
    write_points(sweep, to);
    fflush(to);
    return !ferror(to);
}
