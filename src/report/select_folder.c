/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A selection for programs: JSON, CSV and the results folder. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include <tiersim/report.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/json.h"
#include "base/problem.h"
#include "report/json_parts.h"
#include "report/manifest.h"
#include "report/plot_select.h"
#include "report/tables.h"

/* ---- JSON: only what is reproducible, so that equal selections give equal bytes */

static const char *standing_name(enum tsim_standing standing)
{
    switch (standing) {
    case TSIM_SELECTED:
        return "selected";
    case TSIM_CLOSE:
        return "close";
    case TSIM_BEHIND:
        break;
    }
    return "behind";
}

static void write_info(const struct tsim_selection *selection, FILE *to)
{
    const struct tsim_selection_info *info = tsim_selection_info(selection);
    size_t                            n;
    const struct tsim_candidate      *candidates = tsim_selection_candidates(selection, &n);
    fputs("{\n  \"schema\": \"tiersim-selection-1\",\n  ", to);
    part_text(to, "version", tsim_version());
    fputs(",\n  ", to);
    part_text(to, "study", info->study);
    fputs(",\n  ", to);
    part_text(to, "measure", info->measure);
    fputs(", ", to);
    part_text(to, "unit", part_unit(info->unit));
    fputs(", ", to);
    part_text(to, "currency", info->currency);
    fprintf(to, ", \"best_is\": \"%s\",\n  ", info->largest ? "largest" : "smallest");
    part_number(to, "zone", info->zone > 0 ? info->zone : (double)NAN);
    fputs(", ", to);
    part_number(to, "budget", info->budget > 0 ? (double)info->budget : (double)NAN);
    fprintf(to, ", \"first\": %" PRIu32 ", \"most\": %" PRIu32 ",\n  ", info->first, info->most);
    part_number(to, "confidence", info->confidence);
    fputs(",\n  ", to);
    part_whole(to, "seed", info->seed);
    fputs(", ", to);
    part_whole(to, "replications", info->replications);
    fputs(", ", to);
    part_whole(to, "equal_replications", info->equal);
    fputs(", ", to);
    part_whole(to, "contacts", info->contacts);
    fprintf(to, ",\n  \"complete\": %s, \"decided\": %s, \"guaranteed\": %s,\n  ",
            info->complete ? "true" : "false", info->decided ? "true" : "false",
            info->decided && info->budget == 0 ? "true" : "false");
    part_number(to, "probability", info->decided || info->budget ? info->probability : (double)NAN);
    fputs(",\n  ", to);
    part_text(to, "best", candidates[info->best].name);
    fputs(",\n  ", to);
    part_text(to, "digest", tsim_selection_digest(selection));
}

static void write_candidate(const struct tsim_candidate *candidates, size_t i, FILE *to)
{
    const struct tsim_candidate *candidate = &candidates[i];
    fputs("{ ", to);
    part_text(to, "name", candidate->name);
    fputs(", ", to);
    part_text(to, "file", candidate->file);
    fputs(", ", to);
    part_text(to, "settings", candidate->settings);
    fputs(",\n      ", to);
    part_text(to, "standing", standing_name(candidate->standing));
    fprintf(to, ", \"replications\": %" PRIu32 ", \"dropped_after\": ", candidate->replications);
    if (candidate->dropped_after > 0) {
        fprintf(to, "%" PRIu32 ", ", candidate->dropped_after);
        part_text(to, "dropped_by", candidates[candidate->dropped_by].name);
    } else {
        fputs("null, \"dropped_by\": null", to);
    }
    fputs(",\n      \"estimate\": ", to);
    part_estimate(to, &candidate->estimate);
    fputs(",\n      \"behind\": ", to);
    part_estimate(to, &candidate->behind);
    fputs(" }", to);
}

bool tsim_report_selection_json(const struct tsim_selection *selection, FILE *to)
{
    size_t                       n;
    const struct tsim_candidate *candidates = tsim_selection_candidates(selection, &n);
    write_info(selection, to);
    fputs(",\n  \"candidates\": [", to);
    for (size_t i = 0; i < n; i++) {
        fputs(i ? ",\n    " : "\n    ", to);
        write_candidate(candidates, i, to);
    }
    fputs("\n  ]\n}\n", to);
    fflush(to);
    return !ferror(to);
}

/* ---- CSV */

static void write_ends(const struct tsim_estimate *estimate, FILE *to)
{
    tables_number(to, estimate->value, estimate->defined);
    tables_number(to, estimate->low, estimate->defined && estimate->has_interval);
    tables_number(to, estimate->high, estimate->defined && estimate->has_interval);
}

static void write_table(const void *of, FILE *to)
{
    size_t                       n;
    const struct tsim_candidate *candidates = tsim_selection_candidates(of, &n);
    fputs("name,settings,standing,replications,dropped_after,value,low,high,behind,behind_low,"
          "behind_high\r\n", to);
    for (size_t i = 0; i < n; i++) {
        csv_write_text(to, candidates[i].name);
        fputc(',', to);
        csv_write_text(to, candidates[i].settings);
        fprintf(to, ",%s,%" PRIu32, standing_name(candidates[i].standing),
                candidates[i].replications);
        tables_number(to, candidates[i].dropped_after, candidates[i].dropped_after > 0);
        write_ends(&candidates[i].estimate, to);
        write_ends(&candidates[i].behind, to);
        fputs("\r\n", to);
    }
}

/* The long form: a row for each candidate and replication. */
static void write_values(const void *of, FILE *to)
{
    size_t                       n;
    const struct tsim_candidate *candidates = tsim_selection_candidates(of, &n);
    fputs("name,replication,value\r\n", to);
    for (size_t i = 0; i < n; i++)
        for (uint32_t r = 0; r < candidates[i].replications; r++) {
            bool         defined;
            const double value = tsim_selection_value(of, i, r, &defined);
            csv_write_text(to, candidates[i].name);
            fprintf(to, ",%" PRIu32, r + 1);
            tables_number(to, value, defined);
            fputs("\r\n", to);
        }
}

/* ---- the folder */

struct select_folder {
    const struct tsim_selection      *selection;
    const struct tsim_study          *study;
    const struct tsim_run_options    *run;
    const struct tsim_folder_options *options;
    struct output                     output;
};

static void write_json(const void *of, FILE *to)
{
    (void)tsim_report_selection_json(of, to); /* the commit finds what failed */
}

static void write_study(const void *of, FILE *to)
{
    const struct select_folder *folder = of;
    (void)tsim_study_write(folder->study, folder->run, to);
}

static void write_manifest(const void *of, FILE *to)
{
    const struct select_folder       *folder = of;
    const struct tsim_selection_info *info = tsim_selection_info(folder->selection);
    const struct manifest_about       about = {
        .command_line = folder->options->command_line, .kind = "study", .name = info->study,
        .digest = tsim_selection_digest(folder->selection), .seed = info->seed,
        .done = info->replications, .planned = info->replications, .threads = info->threads,
        .complete = info->complete, .wall_s = info->wall_s,
    };
    manifest_write(folder->output.manifest, &about, folder->output.path, to);
}

static bool write_plots(struct select_folder *folder)
{
    char                         path[4096];
    const struct picture         picture = plot_select(folder->selection);
    const struct picture_options options = { .png = folder->options->png,
                                             .pdf = folder->options->pdf,
                                             .timeout_s = PICTURE_TIMEOUT_S };
    if (!output_plots(&folder->output, path, sizeof path))
        return false;
    if (folder->options->no_plots) {
        picture_remove(path, picture.name);
        (void)rmdir(path); /* only when nothing of somebody else is in it */
        return true;
    }
    return file_make_folder(path, folder->output.problems) &&
           pictures_write(&picture, 1, path, &options, folder->output.problems, output_picture,
                          &folder->output);
}

bool tsim_report_selection_folder(const struct tsim_selection *selection,
                                  const struct tsim_study *study,
                                  const struct tsim_run_options *run, const char *path,
                                  const struct tsim_folder_options *options,
                                  struct tsim_problems *problems)
{
    static const struct tsim_folder_options plain = { 0 };
    struct manifest     *manifest = calloc(1, sizeof *manifest);
    struct select_folder folder = { selection, study, run, options ? options : &plain,
                                    { path, problems, manifest } };
    const struct output *to = &folder.output;
    if (!manifest)
        return problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    bool done = file_make_folder(path, problems);
    if (done)
        output_remove(to, "manifest.json");
    done = done && output_file(to, "selection.json", write_json, selection) &&
           output_file(to, "selection.csv", write_table, selection) &&
           output_file(to, "replications.csv", write_values, selection) &&
           output_file(to, "study.json", write_study, &folder) && write_plots(&folder) &&
           output_file(to, "manifest.json", write_manifest, &folder);
    free(manifest);
    return done;
}
