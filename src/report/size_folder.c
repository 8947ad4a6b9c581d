/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results folder of a sizing. */
#include <stdlib.h>
#include <unistd.h>

#include <tiersim/report.h>

#include "base/file.h"
#include "base/problem.h"
#include "report/manifest.h"
#include "report/plot_size.h"

enum { PAGES_MOST = 16 };

struct size_folder {
    const struct tsim_sizing         *sizing;
    const struct tsim_scenario       *scenario; /* with the staffing found                 */
    const struct tsim_folder_options *options;
    struct output                     output;
};

static void write_json(const void *of, FILE *to)
{
    (void)tsim_report_sizing_json(of, to); /* the commit finds what failed */
}

static void write_table(const void *of, FILE *to)
{
    (void)tsim_report_sizing_csv(of, to);
}

static void write_scenario(const void *of, FILE *to)
{
    (void)tsim_scenario_write_resolved(of, to);
}

static void write_manifest(const void *of, FILE *to)
{
    const struct size_folder    *folder = of;
    const struct tsim_size_info *info = tsim_sizing_info(folder->sizing);
    const struct manifest_about  about = {
        .command_line = folder->options->command_line, .kind = "scenario",
        .name = info->scenario, .file = info->file,
        .digest = tsim_sizing_digest(folder->sizing), .seed = info->seed,
        .done = info->replications, .planned = info->replications, .threads = info->threads,
        .complete = info->complete, .wall_s = info->wall_s,
    };
    manifest_write(folder->output.manifest, &about, folder->output.path, to);
}

static bool write_plots(struct size_folder *folder)
{
    char                         path[4096];
    struct picture               pictures[PAGES_MOST + 1];
    const size_t                 pages = plot_size_pages(folder->sizing);
    size_t                       n = 0;
    const struct picture_options options = { .png = folder->options->png,
                                             .pdf = folder->options->pdf,
                                             .timeout_s = PICTURE_TIMEOUT_S };
    if (!output_plots(&folder->output, path, sizeof path))
        return false;
    pictures[n++] = plot_size_cost(folder->sizing);
    for (size_t page = 0; page < PAGES_MOST; page++) {
        const struct picture picture = plot_size_staffing(folder->sizing, page);
        if (page < pages)
            pictures[n++] = picture;
        else
            picture_remove(path, picture.name);
    }
    for (size_t i = 0; folder->options->no_plots && i < n; i++)
        picture_remove(path, pictures[i].name);
    if (folder->options->no_plots) {
        (void)rmdir(path); /* only when nothing of somebody else is in it */
        return true;
    }
    return file_make_folder(path, folder->output.problems) &&
           pictures_write(pictures, n, path, &options, folder->output.problems, output_picture,
                          &folder->output);
}

bool tsim_report_sizing_folder(const struct tsim_sizing *sizing,
                               const struct tsim_scenario *scenario, const char *path,
                               const struct tsim_folder_options *options,
                               struct tsim_problems *problems)
{
    static const struct tsim_folder_options plain = { 0 };
    struct manifest     *manifest = calloc(1, sizeof *manifest);
    struct size_folder   folder = { sizing, scenario, options ? options : &plain,
                                    { path, problems, manifest } };
    const struct output *to = &folder.output;
    if (!manifest)
        return problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    bool done = file_make_folder(path, problems);
    if (done) /* whatever happens, the old one does not describe the new files */
        output_remove(to, "manifest.json");
    done = done && output_file(to, "sizing.json", write_json, sizing) &&
           output_file(to, "staffing.csv", write_table, sizing) &&
           output_file(to, "staffed.json", write_scenario, scenario) && write_plots(&folder) &&
           output_file(to, "manifest.json", write_manifest, &folder);
    free(manifest);
    return done;
}
