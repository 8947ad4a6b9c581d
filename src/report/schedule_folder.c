/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results folder of a schedule. */
#include <stdlib.h>
#include <unistd.h>

#include <tiersim/report.h>

#include "base/file.h"
#include "base/problem.h"
#include "report/manifest.h"
#include "report/picture.h"
#include "report/plot_schedule.h"

enum { KINDS = 2, PATH_MOST = 4096 };

struct folder {
    const struct tsim_schedule       *schedule;
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

static void write_json(const void *of, FILE *to)
{
    (void)tsim_report_schedule_json(((const struct folder *)of)->schedule, to);
}

static void write_roster(const void *of, FILE *to)
{
    (void)tsim_report_roster_csv(((const struct folder *)of)->schedule, to);
}

static void write_cover(const void *of, FILE *to)
{
    (void)tsim_report_cover_csv(((const struct folder *)of)->schedule, to);
}

static void write_manifest(const void *of, FILE *to)
{
    const struct folder             *folder = of;
    const struct tsim_schedule_info *info = tsim_schedule_info(folder->schedule);
    size_t                           n;
    const struct tsim_point         *points = tsim_study_points(folder->study, &n);
    const struct manifest_about about = {
        .command_line = folder->options->command_line, .kind = "study", .name = info->study,
        .file = points[0].file, .fingerprint = tsim_scenario_fingerprint(points[0].scenario),
        .digest = tsim_schedule_digest(folder->schedule), .seed = info->seed,
        .done = info->replications, .planned = info->replications, .threads = info->threads,
        .complete = info->end != TSIM_SCHEDULE_STOPPED, .wall_s = info->wall_s,
    };
    manifest_write(folder->output.manifest, &about, folder->output.path, to);
}

/* "roster", "roster_2", … for the pools that are scheduled. */
static void picture_name(struct picture *picture, const char *name, size_t number)
{
    if (number == 0)
        snprintf(picture->name, sizeof picture->name, "%.40s", name);
    else
        snprintf(picture->name, sizeof picture->name, "%.40s_%zu", name, number + 1);
}

static bool write_plots(struct folder *folder)
{
    const struct picture kinds[KINDS] = {
        { .name = "cover", .title = "Heads needed and on the floor", .data = plot_cover_data,
          .script = plot_cover_script },
        { .name = "roster", .title = "Roster", .data = plot_roster_data,
          .script = plot_roster_script },
    };
    char                             path[PATH_MOST];
    struct picture                   pictures[KINDS * PLOT_POOLS];
    size_t                           n = 0, n_pools, shown = 0;
    const struct tsim_schedule_pool *pools = tsim_schedule_pools(folder->schedule, &n_pools);
    const struct picture_options     options = { .png = folder->options->png,
                                                 .pdf = folder->options->pdf,
                                                 .timeout_s = PICTURE_TIMEOUT_S };
    if (!output_plots(&folder->output, path, sizeof path))
        return false;
    for (size_t p = 0; !folder->options->no_plots && p < n_pools && shown < PLOT_POOLS; p++) {
        if (!pools[p].scheduled || pools[p].people == 0)
            continue;
        for (int k = 0; k < KINDS; k++) {
            pictures[n] = kinds[k];
            pictures[n].of = folder->schedule;
            pictures[n].page = p;
            picture_name(&pictures[n++], kinds[k].name, shown);
        }
        shown++;
    }
    for (size_t i = shown; i < PLOT_POOLS; i++) /* of a former run */
        for (int k = 0; k < KINDS; k++) {
            struct picture old = { .page = 0 };
            picture_name(&old, kinds[k].name, i);
            picture_remove(path, old.name);
        }
    if (n == 0) {
        (void)rmdir(path); /* only when nothing of somebody else is in it */
        return true;
    }
    return file_make_folder(path, folder->output.problems) &&
           pictures_write(pictures, n, path, &options, folder->output.problems, output_picture,
                          &folder->output);
}

bool tsim_report_schedule_folder(const struct tsim_schedule *schedule,
                                 const struct tsim_study *study,
                                 const struct tsim_run_options *run, const char *path,
                                 const struct tsim_folder_options *options,
                                 struct tsim_problems *problems)
{
    static const struct tsim_folder_options plain = { 0 };
    struct manifest *manifest = calloc(1, sizeof *manifest);
    struct folder    folder = { schedule, study, run, options ? options : &plain,
                                { path, problems, manifest } };
    if (!manifest)
        return problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    bool done = file_make_folder(path, problems);
    if (done) /* whatever happens, the old one does not describe the new files */
        output_remove(&folder.output, "manifest.json");
    done = done && output_file(&folder.output, "study.json", write_study, &folder) &&
           output_file(&folder.output, "schedule.json", write_json, &folder) &&
           output_file(&folder.output, "roster.csv", write_roster, &folder) &&
           output_file(&folder.output, "cover.csv", write_cover, &folder) &&
           write_plots(&folder) &&
           output_file(&folder.output, "manifest.json", write_manifest, &folder);
    free(manifest);
    return done;
}
