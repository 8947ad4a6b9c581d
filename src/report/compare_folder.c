/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results folder of a comparison. */
#include "report/compare_folder.h"

#include "base/csv.h"
#include "report/compared.h"
#include "report/plot_compare.h"
#include "report/study_file.h"
#include "report/tables.h"

enum { COMPARISON_FILES = 4 };

static void write_comparison(const void *of, FILE *to)
{
    (void)tsim_report_comparison_json(of, to); /* told when the file is closed */
}

/* A row for every pair of points and measure. */
static void write_differences(const void *of, FILE *to)
{
    const struct tsim_comparison *comparison = of;
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
                tables_estimate_error(to, &d.difference);
                fprintf(to, ",%s", compared_outcome(d.outcome));
                tables_number(to, d.reduction, d.reduction > 0);
                fprintf(to, ",%u\r\n", (unsigned)d.more_replications);
            }
}

/* A row for every replication of every point, a column for every measure. */
static void write_replications(const void *of, FILE *to)
{
    const struct tsim_comparison *comparison = of;
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

bool comparison_folder(const struct tsim_comparison *comparison, const struct tsim_study *study,
                       const struct tsim_run_options *run, const char *path,
                       const struct tsim_folder_options *options,
                       const struct comparison_more *more, struct tsim_problems *problems)
{
    const struct tsim_comparison_info *info = tsim_comparison_info(comparison);
    const struct tsim_run_info        *first =
        tsim_result_info(tsim_comparison_result(comparison, 0));
    size_t                    n;
    const struct tsim_point  *points = tsim_comparison_points(comparison, &n);
    const struct study_file asked = { study, run };
    struct picture            pictures[COMPARE_PICTURES + 1];
    struct output_file        files[COMPARISON_FILES + COMPARISON_MORE] = {
        { "study.json", study_file_write, &asked },
        { "comparison.json", write_comparison, comparison },
        { "differences.csv", write_differences, comparison },
        { "replications.csv", write_replications, comparison },
    };
    const struct output output = {
        .files = files, .n_files = COMPARISON_FILES + more->n_files,
        .pictures = pictures, .n_pictures = COMPARE_PICTURES + (more->picture != NULL),
        .screen = more->screen,
        .about = { .kind = "study", .name = info->study, .file = points[0].file,
                   .fingerprint = first->fingerprint,
                   .digest = tsim_comparison_digest(comparison), .seed = info->seed,
                   .done = info->replications, .planned = first->planned,
                   .threads = info->threads, .complete = info->complete, .wall_s = info->wall_s },
    };
    for (size_t i = 0; i < more->n_files; i++)
        files[COMPARISON_FILES + i] = more->files[i];
    if (more->picture) /* what was asked for comes first */
        pictures[0] = *more->picture;
    plot_compare_pictures(comparison, pictures + (more->picture != NULL));
    return output_write(&output, path, options, problems);
}

struct compared_study {
    const struct tsim_comparison *comparison;
    const struct tsim_study      *study;
};

static void write_screen(const void *of, const struct tsim_screen_options *options, FILE *to)
{
    const struct compared_study *compared = of;
    tsim_report_comparison(compared->comparison, compared->study, options, to);
}

bool tsim_report_comparison_folder(const struct tsim_comparison *comparison,
                                   const struct tsim_study *study,
                                   const struct tsim_run_options *run, const char *path,
                                   const struct tsim_folder_options *options,
                                   struct tsim_problems *problems)
{
    const struct compared_study  of = { comparison, study };
    const struct comparison_more more = { .screen = { write_screen, &of } };
    return comparison_folder(comparison, study, run, path, options, &more, problems);
}
