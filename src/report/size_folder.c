/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results folder of a sizing. */
#include <tiersim/report.h>

#include "report/output.h"
#include "report/plot_size.h"

static void write_json(const void *of, FILE *to)
{
    (void)tsim_report_sizing_json(of, to); /* told when the file is closed */
}

static void write_table(const void *of, FILE *to)
{
    (void)tsim_report_sizing_csv(of, to);
}

static void write_scenario(const void *of, FILE *to)
{
    (void)tsim_scenario_write_resolved(of, to);
}

static void write_screen(const void *of, const struct tsim_screen_options *options, FILE *to)
{
    tsim_report_sizing(of, options, to);
}

bool tsim_report_sizing_folder(const struct tsim_sizing *sizing,
                               const struct tsim_scenario *scenario, const char *path,
                               const struct tsim_folder_options *options,
                               struct tsim_problems *problems)
{
    const struct tsim_size_info *info = tsim_sizing_info(sizing);
    struct picture               pictures[SIZE_PICTURES];
    const struct output_file     files[] = {
        { "sizing.json", write_json, sizing },
        { "staffing.csv", write_table, sizing },
        { "staffed.json", write_scenario, scenario }, /* with the staffing found */
    };
    const struct output output = {
        .files = files, .n_files = sizeof files / sizeof *files,
        .pictures = pictures, .n_pictures = SIZE_PICTURES,
        .screen = { write_screen, sizing },
        .about = { .kind = "scenario", .name = info->scenario, .file = info->file,
                   .digest = tsim_sizing_digest(sizing), .seed = info->seed,
                   .done = info->replications, .planned = info->replications,
                   .threads = info->threads, .complete = info->complete, .wall_s = info->wall_s },
    };
    plot_size_pictures(sizing, pictures);
    return output_write(&output, path, options, problems);
}
