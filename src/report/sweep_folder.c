/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results folder of a sweep. */
#include <stdlib.h>
#include <tiersim/report.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/problem.h"
#include "report/json_parts.h"
#include "report/manifest.h"
#include "report/plot_sweep.h"
#include "report/tables.h"

struct folder {
    const struct tsim_sweep          *sweep;
    const struct tsim_study          *study;
    const struct tsim_run_options    *run;
    const struct tsim_folder_options *options;
    struct output                     output;
};

static void write_study(const void *of, FILE *to)
{
    const struct folder *folder = of;
    (void)tsim_study_write(folder->study, folder->run, to); /* the commit finds what failed */
}

static void write_sweep(const void *of, FILE *to)
{
    (void)tsim_report_sweep_json(((const struct folder *)of)->sweep, to);
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
    const struct tsim_sweep      *sweep = ((const struct folder *)of)->sweep;
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
    const struct tsim_sweep      *sweep = ((const struct folder *)of)->sweep;
    const struct tsim_sweep_info *info = tsim_sweep_info(sweep);
    write_factor_names(sweep, to);
    fputs(",response,unit,value,low,high,std_error\r\n", to);
    for (size_t p = 0; p < info->points; p++)
        for (size_t i = 0; i < info->responses; i++) {
            const struct tsim_estimate *at = &tsim_sweep_point(sweep, p)->estimates[i];
            write_factors(sweep, p, to);
            write_name(tsim_sweep_response(sweep, i)->name, to);
            fprintf(to, ",%s", part_unit(tsim_sweep_response(sweep, i)->unit));
            tables_number(to, at->value, at->defined);
            tables_number(to, at->low, at->has_interval);
            tables_number(to, at->high, at->has_interval);
            tables_number(to, at->std_error, at->has_interval);
            fputs("\r\n", to);
        }
}

/* A row for each point and replication, a column for each response. */
static void write_replications(const void *of, FILE *to)
{
    const struct tsim_sweep      *sweep = ((const struct folder *)of)->sweep;
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

static void write_manifest(const void *of, FILE *to)
{
    const struct folder          *folder = of;
    const struct tsim_sweep_info *info = tsim_sweep_info(folder->sweep);
    size_t                        n;
    const struct tsim_point      *points = tsim_study_points(folder->study, &n);
    const uint64_t                units = (uint64_t)info->points * info->replications;
    const struct manifest_about   about = {
        .command_line = folder->options->command_line, .kind = "study", .name = info->study,
        .file = points[0].file, .fingerprint = tsim_scenario_fingerprint(points[0].scenario),
        .digest = tsim_sweep_digest(folder->sweep), .seed = info->seed, .done = units,
        .planned = (uint64_t)info->points * info->planned, .threads = info->threads,
        .complete = info->complete, .wall_s = info->wall_s,
    };
    manifest_write(folder->output.manifest, &about, folder->output.path, to);
}

static bool write_plots(struct folder *folder)
{
    char                         path[4096];
    struct picture               pictures[SWEEP_PICTURES_MOST];
    const struct picture_options options = { .png = folder->options->png,
                                             .pdf = folder->options->pdf,
                                             .timeout_s = PICTURE_TIMEOUT_S };
    if (!output_plots(&folder->output, path, sizeof path))
        return false;
    plot_sweep_remove(path);
    const size_t n = folder->options->no_plots ? 0 : plot_sweep_pictures(folder->sweep, pictures);
    if (n == 0) {
        (void)rmdir(path); /* only when nothing of somebody else is in it */
        return true;
    }
    return file_make_folder(path, folder->output.problems) &&
           pictures_write(pictures, n, path, &options, folder->output.problems, output_picture,
                          &folder->output);
}

bool tsim_report_sweep_folder(const struct tsim_sweep *sweep, const struct tsim_study *study,
                              const struct tsim_run_options *run, const char *path,
                              const struct tsim_folder_options *options,
                              struct tsim_problems *problems)
{
    static const struct tsim_folder_options plain = { 0 };
    struct manifest *manifest = calloc(1, sizeof *manifest);
    struct folder    folder = { sweep, study, run, options ? options : &plain,
                                { path, problems, manifest } };
    const struct output *to = &folder.output;
    if (!manifest)
        return problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    bool done = file_make_folder(path, problems);
    if (done) /* whatever happens, the old one does not describe the new files */
        output_remove(to, "manifest.json");
    done = done && output_file(to, "study.json", write_study, &folder) &&
           output_file(to, "sweep.json", write_sweep, &folder) &&
           output_file(to, "points.csv", write_points, &folder) &&
           output_file(to, "responses.csv", write_responses, &folder) &&
           output_file(to, "replications.csv", write_replications, &folder) &&
           write_plots(&folder) && output_file(to, "manifest.json", write_manifest, &folder);
    free(manifest);
    return done;
}
