/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results folder of a schedule. */
#include <tiersim/report.h>

#include "report/output.h"
#include "report/plot_schedule.h"
#include "report/study_file.h"

static void write_json(const void *of, FILE *to)
{
    (void)tsim_report_schedule_json(of, to); /* told when the file is closed */
}

static void write_roster(const void *of, FILE *to)
{
    (void)tsim_report_roster_csv(of, to);
}

static void write_cover(const void *of, FILE *to)
{
    (void)tsim_report_cover_csv(of, to);
}

static void write_screen(const void *of, const struct tsim_screen_options *options, FILE *to)
{
    tsim_report_schedule(of, options, to);
}

bool tsim_report_schedule_folder(const struct tsim_schedule *schedule,
                                 const struct tsim_study *study,
                                 const struct tsim_run_options *run, const char *path,
                                 const struct tsim_folder_options *options,
                                 struct tsim_problems *problems)
{
    const struct tsim_schedule_info *info = tsim_schedule_info(schedule);
    size_t                           n;
    const struct tsim_point         *points = tsim_study_points(study, &n);
    const struct study_file asked = { study, run };
    struct picture                   pictures[SCHEDULE_PICTURES];
    const struct output_file         files[] = {
        { "study.json", study_file_write, &asked },
        { "schedule.json", write_json, schedule },
        { "roster.csv", write_roster, schedule },
        { "cover.csv", write_cover, schedule },
    };
    const struct output output = {
        .files = files, .n_files = sizeof files / sizeof *files,
        .pictures = pictures, .n_pictures = SCHEDULE_PICTURES,
        .screen = { write_screen, schedule },
        .about = { .kind = "study", .name = info->study, .file = points[0].file,
                   .fingerprint = tsim_scenario_fingerprint(points[0].scenario),
                   .digest = tsim_schedule_digest(schedule), .seed = info->seed,
                   .done = info->replications, .planned = info->replications,
                   .threads = info->threads, .complete = info->end != TSIM_SCHEDULE_STOPPED,
                   .wall_s = info->wall_s },
    };
    plot_schedule_pictures(schedule, pictures);
    return output_write(&output, path, options, problems);
}
