/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <tiersim/report.h>
#include <unistd.h>

#include "base/file.h"
#include "base/problem.h"
#include "report/manifest.h"
#include "report/plots.h"
#include "report/tables.h"

/* One picture takes a few hundredths of a second. */
#define PICTURE_TIMEOUT_S 20.0

struct folder {
    const struct tsim_result         *result;
    const struct tsim_scenario       *scenario;
    const char                       *path;
    const struct tsim_folder_options *options;
    struct tsim_problems             *problems;
    struct manifest                  *manifest;
};

static void write_summary(const struct folder *folder, FILE *to)
{
    (void)tsim_report_json(folder->result, to); /* the commit finds what failed */
}

static void write_replications(const struct folder *folder, FILE *to)
{
    tables_replications(folder->result, to);
}

static void write_intervals(const struct folder *folder, FILE *to)
{
    tables_intervals(folder->result, to);
}

static void write_estimates(const struct folder *folder, FILE *to)
{
    tables_estimates(folder->result, to);
}

static void write_resolved(const struct folder *folder, FILE *to)
{
    (void)tsim_scenario_write_resolved(folder->scenario, to);
}

static void write_manifest(const struct folder *folder, FILE *to)
{
    manifest_write(folder->manifest, folder->result, folder->path, folder->options->command_line,
                   to);
}

static bool write_file(const struct folder *folder, const char *name,
                       void (*write)(const struct folder *folder, FILE *to))
{
    struct file_writer writer;
    char               path[4096];
    if (!file_join(path, sizeof path, folder->path, name))
        return problem_plain(folder->problems, TSIM_PROBLEM_IO, NULL,
                             "the path of the results folder is too long");
    if (!file_begin(&writer, path, folder->problems))
        return false;
    write(folder, writer.to);
    if (!file_commit(&writer, folder->problems))
        return false;
    manifest_add(folder->manifest, name);
    return true;
}

static void plot_written(void *user, const char *name)
{
    char file[MANIFEST_NAME];
    snprintf(file, sizeof file, "plots/%s", name);
    manifest_add(user, file);
}

static bool write_plots(const struct folder *folder)
{
    char                       path[4096];
    const struct plots_options options = { .png       = folder->options->png,
                                           .pdf       = folder->options->pdf,
                                           .timeout_s = PICTURE_TIMEOUT_S };
    if (!file_join(path, sizeof path, folder->path, "plots"))
        return problem_plain(folder->problems, TSIM_PROBLEM_IO, NULL,
                             "the path of the results folder is too long");
    if (folder->options->no_plots) {
        plots_remove(path);
        (void)rmdir(path); /* only when nothing of somebody else is in it */
        return true;
    }
    return file_make_folder(path, folder->problems) &&
           plots_write(folder->result, path, &options, folder->problems, plot_written,
                       folder->manifest);
}

static void remove_file(const struct folder *folder, const char *name)
{
    char path[4096];
    if (file_join(path, sizeof path, folder->path, name))
        unlink(path);
}

/* The old manifest goes first: whatever happens, it does not describe the new files. */
static void remove_old(const struct folder *folder)
{
    remove_file(folder, "manifest.json");
    static const char *const logs[] = { "cases.csv", "events.csv" };
    for (size_t i = 0; i < sizeof logs / sizeof *logs; i++)
        if (folder->options->case_log)
            manifest_add(folder->manifest, logs[i]);
        else
            remove_file(folder, logs[i]);
}

bool tsim_report_folder(const struct tsim_result *result, const struct tsim_scenario *scenario,
                        const char *path, const struct tsim_folder_options *options,
                        struct tsim_problems *problems)
{
    static const struct tsim_folder_options plain = { 0 };
    struct manifest *manifest = calloc(1, sizeof *manifest);
    struct folder    folder   = { .result   = result,
                                  .scenario = scenario,
                                  .path     = path,
                                  .options  = options ? options : &plain,
                                  .problems = problems,
                                  .manifest = manifest };
    if (!manifest)
        return problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    bool done = file_make_folder(path, problems);
    if (done)
        remove_old(&folder);
    done = done && write_file(&folder, "summary.json", write_summary) &&
           write_file(&folder, "replications.csv", write_replications) &&
           write_file(&folder, "intervals.csv", write_intervals) &&
           write_file(&folder, "estimates.csv", write_estimates) &&
           (!scenario || write_file(&folder, "scenario.resolved.json", write_resolved)) &&
           write_plots(&folder) && write_file(&folder, "manifest.json", write_manifest);
    free(manifest);
    return done;
}
