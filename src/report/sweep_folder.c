/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results folder of a sweep. */
#include <tiersim/report.h>

#include "base/csv.h"
#include "report/json_parts.h"
#include "report/output.h"
#include "report/plot_sweep.h"
#include "report/study_file.h"
#include "report/tables.h"

static void write_sweep(const void *of, FILE *to)
{
    (void)tsim_report_sweep_json(of, to); /* told when the file is closed */
}

static void write_name(const char *name, FILE *to)
{
    fputc(',', to);
    csv_write_text(to, name);
}

static void write_factor_names(const struct tsim_sweep *sweep, FILE *to)
{
    fputs("point", to);
    for (size_t f = 0; f < tsim_sweep_info(sweep)->factors; f++)
        write_name(tsim_sweep_factor(sweep, f)->name, to);
}

static void write_factors(const struct tsim_sweep *sweep, size_t point, FILE *to)
{
    fprintf(to, "%zu", point + 1);
    for (size_t f = 0; f < tsim_sweep_info(sweep)->factors; f++)
        tables_number(to, tsim_sweep_point(sweep, point)->values[f], true);
}

/* A row for each point, a column for each response; of promises also the front. */
static void write_points(const void *of, FILE *to)
{
    const struct tsim_sweep      *sweep = of;
    const struct tsim_sweep_info *info = tsim_sweep_info(sweep);
    write_factor_names(sweep, to);
    for (size_t i = 0; i < info->responses; i++) {
        const char *name = tsim_sweep_response(sweep, i)->name;
        char        front[1100];
        write_name(name, to);
        snprintf(front, sizeof front, "front of %.1000s", name);
        if (tsim_sweep_front(sweep, i))
            write_name(front, to);
    }
    fputs(",keeps_all\r\n", to);
    for (size_t p = 0; p < info->points; p++) {
        const struct tsim_sweep_point *point = tsim_sweep_point(sweep, p);
        write_factors(sweep, p, to);
        for (size_t i = 0; i < info->responses; i++) {
            tables_number(to, point->estimates[i].value, point->estimates[i].defined);
            if (tsim_sweep_front(sweep, i))
                fprintf(to, ",%d", tsim_sweep_front(sweep, i)[p].on);
        }
        fprintf(to, ",%d\r\n", point->keeps_all);
    }
}

/* A row for each point and response: the long form. */
static void write_responses(const void *of, FILE *to)
{
    const struct tsim_sweep      *sweep = of;
    const struct tsim_sweep_info *info = tsim_sweep_info(sweep);
    write_factor_names(sweep, to);
    fputs(",response,unit,value,low,high,std_error\r\n", to);
    for (size_t p = 0; p < info->points; p++)
        for (size_t i = 0; i < info->responses; i++) {
            const struct tsim_estimate *at = &tsim_sweep_point(sweep, p)->estimates[i];
            write_factors(sweep, p, to);
            write_name(tsim_sweep_response(sweep, i)->name, to);
            fprintf(to, ",%s", part_unit(tsim_sweep_response(sweep, i)->unit));
            tables_estimate_error(to, at);
            fputs("\r\n", to);
        }
}

/* A row for each point and replication, a column for each response. */
static void write_replications(const void *of, FILE *to)
{
    const struct tsim_sweep      *sweep = of;
    const struct tsim_sweep_info *info = tsim_sweep_info(sweep);
    write_factor_names(sweep, to);
    fputs(",replication", to);
    for (size_t i = 0; i < info->responses; i++)
        write_name(tsim_sweep_response(sweep, i)->name, to);
    fputs("\r\n", to);
    for (size_t p = 0; p < info->points; p++)
        for (uint32_t r = 0; r < info->replications; r++) {
            write_factors(sweep, p, to);
            fprintf(to, ",%u", (unsigned)r + 1);
            for (size_t i = 0; i < info->responses; i++) {
                bool         defined;
                const double value = tsim_sweep_value(sweep, p, r, i, &defined);
                tables_number(to, value, defined);
            }
            fputs("\r\n", to);
        }
}

static void write_screen(const void *of, const struct tsim_screen_options *options, FILE *to)
{
    tsim_report_sweep(of, options, to);
}

bool tsim_report_sweep_folder(const struct tsim_sweep *sweep, const struct tsim_study *study,
                              const struct tsim_run_options *run, const char *path,
                              const struct tsim_folder_options *options,
                              struct tsim_problems *problems)
{
    const struct tsim_sweep_info *info = tsim_sweep_info(sweep);
    size_t                        n;
    const struct tsim_point      *points = tsim_study_points(study, &n);
    const struct study_file asked = { study, run };
    struct picture                pictures[SWEEP_PICTURES];
    const struct output_file      files[] = {
        { "study.json", study_file_write, &asked },
        { "sweep.json", write_sweep, sweep },
        { "points.csv", write_points, sweep },
        { "responses.csv", write_responses, sweep },
        { "replications.csv", write_replications, sweep },
    };
    const struct output output = {
        .files = files, .n_files = sizeof files / sizeof *files,
        .pictures = pictures, .n_pictures = SWEEP_PICTURES,
        .screen = { write_screen, sweep },
        .about = { .kind = "study", .name = info->study, .file = points[0].file,
                   .fingerprint = tsim_scenario_fingerprint(points[0].scenario),
                   .digest = tsim_sweep_digest(sweep), .seed = info->seed,
                   .done = (uint64_t)info->points * info->replications,
                   .planned = (uint64_t)info->points * info->planned, .threads = info->threads,
                   .complete = info->complete, .wall_s = info->wall_s },
    };
    plot_sweep_pictures(sweep, pictures);
    return output_write(&output, path, options, problems);
}
