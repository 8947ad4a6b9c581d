/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results folder of a run. */
#include <tiersim/report.h>

#include "report/output.h"
#include "report/plots.h"
#include "report/tables.h"

static void write_summary(const void *of, FILE *to)
{
    (void)tsim_report_json(of, to); /* told when the file is closed */
}

static void write_replications(const void *of, FILE *to)
{
    tables_replications(of, to);
}

static void write_intervals(const void *of, FILE *to)
{
    tables_intervals(of, to);
}

static void write_estimates(const void *of, FILE *to)
{
    tables_estimates(of, to);
}

static void write_resolved(const void *of, FILE *to)
{
    (void)tsim_scenario_write_resolved(of, to);
}

static void write_screen(const void *of, const struct tsim_screen_options *options, FILE *to)
{
    tsim_report_screen(of, options, to);
}

/* Of this run they were written while it ran. */
static const struct output_file logs[] = { { .name = "cases.csv" }, { .name = "events.csv" } };

enum { LOGS = sizeof logs / sizeof *logs };

bool tsim_report_folder(const struct tsim_result *result, const struct tsim_scenario *scenario,
                        const char *path, const struct tsim_folder_options *options,
                        struct tsim_problems *problems)
{
    const struct tsim_run_info *info = tsim_result_info(result);
    const bool                  logged = options && options->case_log;
    struct picture              pictures[PLOT_PICTURES];
    const struct output_file    files[] = {
        logs[0],
        logs[1],
        { "summary.json", write_summary, result },
        { "replications.csv", write_replications, result },
        { "intervals.csv", write_intervals, result },
        { "estimates.csv", write_estimates, result },
        { "scenario.resolved.json", write_resolved, scenario },
    };
    const size_t        first = logged ? 0 : LOGS;
    const struct output output = {
        .files = files + first,
        .n_files = sizeof files / sizeof *files - first - (scenario == NULL),
        .pictures = pictures, .n_pictures = PLOT_PICTURES,
        .screen = { write_screen, result },
        .about = { .kind = "scenario", .name = info->scenario, .file = info->file,
                   .fingerprint = info->fingerprint, .digest = tsim_result_digest(result),
                   .seed = info->seed, .done = info->replications, .planned = info->planned,
                   .threads = info->threads, .complete = info->complete, .wall_s = info->wall_s },
    };
    for (size_t i = 0; !logged && i < LOGS; i++)
        output_remove(path, logs[i].name);
    plots_of(result, pictures);
    return output_write(&output, path, options, problems);
}
