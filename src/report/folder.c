/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <tiersim/report.h>
#include <unistd.h>

#include "base/file.h"
#include "base/problem.h"
#include "report/manifest.h"
#include "report/plots.h"
#include "report/tables.h"

struct folder {
    const struct tsim_result         *result;
    const struct tsim_scenario       *scenario;
    const struct tsim_folder_options *options;
    struct output                     output;
};

static void write_summary(const void *of, FILE *to)
{
    (void)tsim_report_json(of, to); /* the commit finds what failed */
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

static void write_manifest(const void *of, FILE *to)
{
    const struct folder        *folder = of;
    const struct tsim_run_info *info = tsim_result_info(folder->result);
    const struct manifest_about about = {
        .command_line = folder->options->command_line,
        .kind         = "scenario",
        .name         = info->scenario,
        .file         = info->file,
        .fingerprint  = info->fingerprint,
        .digest       = tsim_result_digest(folder->result),
        .seed         = info->seed,
        .done         = info->replications,
        .planned      = info->planned,
        .threads      = info->threads,
        .complete     = info->complete,
        .wall_s       = info->wall_s,
    };
    manifest_write(folder->output.manifest, &about, folder->output.path, to);
}

static bool write_plots(struct folder *folder)
{
    char                         path[4096];
    const struct picture_options options = { .png       = folder->options->png,
                                             .pdf       = folder->options->pdf,
                                             .timeout_s = PICTURE_TIMEOUT_S };
    if (!output_plots(&folder->output, path, sizeof path))
        return false;
    if (folder->options->no_plots) {
        plots_remove(path);
        (void)rmdir(path); /* only when nothing of somebody else is in it */
        return true;
    }
    return file_make_folder(path, folder->output.problems) &&
           plots_write(folder->result, path, &options, folder->output.problems, output_picture,
                       &folder->output);
}

/* The old manifest goes first: whatever happens, it does not describe the new files. */
static void remove_old(const struct folder *folder)
{
    output_remove(&folder->output, "manifest.json");
    static const char *const logs[] = { "cases.csv", "events.csv" };
    for (size_t i = 0; i < sizeof logs / sizeof *logs; i++)
        if (folder->options->case_log)
            manifest_add(folder->output.manifest, logs[i]);
        else
            output_remove(&folder->output, logs[i]);
}

bool tsim_report_folder(const struct tsim_result *result, const struct tsim_scenario *scenario,
                        const char *path, const struct tsim_folder_options *options,
                        struct tsim_problems *problems)
{
    static const struct tsim_folder_options plain = { 0 };
    struct manifest *manifest = calloc(1, sizeof *manifest);
    struct folder    folder   = { .result   = result,
                                  .scenario = scenario,
                                  .options  = options ? options : &plain,
                                  .output   = { path, problems, manifest } };
    const struct output *to = &folder.output;
    if (!manifest)
        return problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    bool done = file_make_folder(path, problems);
    if (done)
        remove_old(&folder);
    done = done && output_file(to, "summary.json", write_summary, result) &&
           output_file(to, "replications.csv", write_replications, result) &&
           output_file(to, "intervals.csv", write_intervals, result) &&
           output_file(to, "estimates.csv", write_estimates, result) &&
           (!scenario || output_file(to, "scenario.resolved.json", write_resolved, scenario)) &&
           write_plots(&folder) && output_file(to, "manifest.json", write_manifest, &folder);
    free(manifest);
    return done;
}
