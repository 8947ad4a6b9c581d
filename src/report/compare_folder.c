/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results folder of a comparison. */
#include "report/compare_folder.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/problem.h"
#include "report/compared.h"
#include "report/manifest.h"
#include "report/plot_compare.h"
#include "report/tables.h"

enum { PICTURES_MOST = 12 };

struct folder {
    const struct tsim_comparison     *comparison;
    const struct tsim_study          *study;
    const struct tsim_run_options    *run;
    const struct tsim_folder_options *options;
    const struct comparison_more     *more;
    struct output                     output;
};

static void write_study(const void *of, FILE *to)
{
    const struct folder *folder = of;
    (void)tsim_study_write(folder->study, folder->run, to); /* the commit finds what failed */
}

static void write_comparison(const void *of, FILE *to)
{
    (void)tsim_report_comparison_json(((const struct folder *)of)->comparison, to);
}

static void write_ends(const struct tsim_estimate *estimate, FILE *to)
{
    tables_number(to, estimate->value, estimate->defined);
    tables_number(to, estimate->low, estimate->has_interval);
    tables_number(to, estimate->high, estimate->has_interval);
    tables_number(to, estimate->std_error, estimate->has_interval);
}

/* A row for every pair of points and measure. */
static void write_differences(const void *of, FILE *to)
{
    const struct tsim_comparison *comparison = ((const struct folder *)of)->comparison;
    size_t                        n_points, n_measures;
    const struct tsim_point      *points = tsim_comparison_points(comparison, &n_points);
    const struct tsim_compared   *measures = tsim_comparison_measures(comparison, &n_measures);
    fputs("measure,point,less,point_value,less_value,difference,low,high,std_error,outcome,"
          "variance_reduction,more_replications\r\n", to);
    for (size_t m = 0; m < n_measures; m++)
        for (size_t p = 1; p < n_points; p++)
            for (size_t other = 0; other < p; other++) {
                const struct tsim_difference d =
                    tsim_comparison_difference(comparison, p, other, m);
                const struct tsim_estimate value = tsim_comparison_value(comparison, p, m);
                const struct tsim_estimate less = tsim_comparison_value(comparison, other, m);
                csv_write_text(to, measures[m].name);
                fputc(',', to);
                csv_write_text(to, points[p].name);
                fputc(',', to);
                csv_write_text(to, points[other].name);
                tables_number(to, value.value, value.defined);
                tables_number(to, less.value, less.defined);
                write_ends(&d.difference, to);
                fprintf(to, ",%s", compared_outcome(d.outcome));
                tables_number(to, d.reduction, d.reduction > 0);
                fprintf(to, ",%u\r\n", (unsigned)d.more_replications);
            }
}

/* A row for every replication of every point, a column for every measure. */
static void write_replications(const void *of, FILE *to)
{
    const struct tsim_comparison *comparison = ((const struct folder *)of)->comparison;
    size_t                        n_points, n_measures;
    const struct tsim_point      *points = tsim_comparison_points(comparison, &n_points);
    const struct tsim_compared   *measures = tsim_comparison_measures(comparison, &n_measures);
    fputs("point,replication", to);
    for (size_t m = 0; m < n_measures; m++) {
        fputc(',', to);
        csv_write_text(to, measures[m].name);
    }
    fputs("\r\n", to);
    for (size_t p = 0; p < n_points; p++)
        for (uint32_t r = 0; r < tsim_comparison_info(comparison)->replications; r++) {
            csv_write_text(to, points[p].name);
            fprintf(to, ",%u", (unsigned)r + 1);
            for (size_t m = 0; m < n_measures; m++) {
                bool         defined;
                const double value =
                    tsim_comparison_of_replication(comparison, p, r, m, &defined);
                tables_number(to, value, defined);
            }
            fputs("\r\n", to);
        }
}

static void write_manifest(const void *of, FILE *to)
{
    const struct folder               *folder = of;
    const struct tsim_comparison_info *info = tsim_comparison_info(folder->comparison);
    size_t                             n;
    const struct tsim_point           *points = tsim_comparison_points(folder->comparison, &n);
    const struct tsim_run_info        *first =
        tsim_result_info(tsim_comparison_result(folder->comparison, 0));
    const struct manifest_about about = {
        .command_line = folder->options->command_line, .kind = "study", .name = info->study,
        .file = points[0].file, .fingerprint = first->fingerprint,
        .digest = tsim_comparison_digest(folder->comparison), .seed = info->seed,
        .done = info->replications, .planned = first->planned, .threads = info->threads,
        .complete = info->complete, .wall_s = info->wall_s,
    };
    manifest_write(folder->output.manifest, &about, folder->output.path, to);
}

static bool write_plots(struct folder *folder)
{
    char                         path[4096];
    struct picture               pictures[PICTURES_MOST + 1];
    size_t                       pages = plot_compare_pages(folder->comparison);
    const struct picture_options options = { .png = folder->options->png,
                                             .pdf = folder->options->pdf,
                                             .timeout_s = PICTURE_TIMEOUT_S };
    if (!output_plots(&folder->output, path, sizeof path))
        return false;
    pages = folder->options->no_plots ? 0 : pages < PICTURES_MOST ? pages : PICTURES_MOST;
    for (size_t i = 0; i < PICTURES_MOST; i++) {
        struct picture *picture = &pictures[i];
        *picture = (struct picture){ .title = "Differences with their intervals",
                                     .of = folder->comparison, .page = i,
                                     .data = plot_compare_data, .script = plot_compare_script };
        snprintf(picture->name, sizeof picture->name, i > 0 ? "differences_%zu" : "differences",
                 i + 1);
        if (i >= pages)
            picture_remove(path, picture->name);
    }
    const struct picture *also = folder->more->picture;
    if (also && folder->options->no_plots)
        picture_remove(path, also->name);
    else if (also)
        pictures[pages++] = *also;
    if (pages == 0) {
        (void)rmdir(path); /* only when nothing of somebody else is in it */
        return true;
    }
    return file_make_folder(path, folder->output.problems) &&
           pictures_write(pictures, pages, path, &options, folder->output.problems,
                          output_picture, &folder->output);
}

static bool write_more(const struct folder *folder)
{
    bool good = true;
    for (size_t i = 0; good && i < folder->more->n_files; i++)
        good = output_file(&folder->output, folder->more->files[i].name,
                           folder->more->files[i].write, folder->more->files[i].of);
    return good;
}

bool comparison_folder(const struct tsim_comparison *comparison, const struct tsim_study *study,
                       const struct tsim_run_options *run, const char *path,
                       const struct tsim_folder_options *options,
                       const struct comparison_more *more, struct tsim_problems *problems)
{
    static const struct tsim_folder_options plain = { 0 };
    struct manifest *manifest = calloc(1, sizeof *manifest);
    struct folder    folder = { comparison, study, run, options ? options : &plain, more,
                                { path, problems, manifest } };
    if (!manifest)
        return problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    bool done = file_make_folder(path, problems);
    if (done) /* whatever happens, the old one does not describe the new files */
        output_remove(&folder.output, "manifest.json");
    done = done && output_file(&folder.output, "study.json", write_study, &folder) &&
           output_file(&folder.output, "comparison.json", write_comparison, &folder) &&
           output_file(&folder.output, "differences.csv", write_differences, &folder) &&
           output_file(&folder.output, "replications.csv", write_replications, &folder) &&
           write_more(&folder) && write_plots(&folder) &&
           output_file(&folder.output, "manifest.json", write_manifest, &folder);
    free(manifest);
    return done;
}

bool tsim_report_comparison_folder(const struct tsim_comparison *comparison,
                                   const struct tsim_study *study,
                                   const struct tsim_run_options *run, const char *path,
                                   const struct tsim_folder_options *options,
                                   struct tsim_problems *problems)
{
    static const struct comparison_more nothing;
    return comparison_folder(comparison, study, run, path, options, &nothing, problems);
}
