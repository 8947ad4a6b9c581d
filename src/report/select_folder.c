/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A selection for programs: JSON, CSV and the results folder. */
#include <inttypes.h>
#include <math.h>

#include <tiersim/report.h>

#include "base/csv.h"
#include "base/json.h"
#include "report/json_parts.h"
#include "report/output.h"
#include "report/plot_select.h"
#include "report/study_file.h"
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
    part_head(to, "selection");
    fputs(",\n  ", to);
    part_text(to, "study", info->study);
    fputs(",\n  ", to);
    member_text(to, "measure", info->measure);
    member_text(to, "unit", part_unit(info->unit));
    part_text(to, "currency", info->currency);
    fprintf(to, ", \"best_is\": \"%s\",\n  ", info->largest ? "largest" : "smallest");
    member_number(to, "zone", info->zone > 0 ? info->zone : (double)NAN);
    part_number(to, "budget", info->budget > 0 ? (double)info->budget : (double)NAN);
    fprintf(to, ", \"first\": %" PRIu32 ", \"most\": %" PRIu32 ",\n  ", info->first, info->most);
    part_number(to, "confidence", info->confidence);
    fputs(",\n  ", to);
    member_whole(to, "seed", info->seed);
    member_whole(to, "replications", info->replications);
    member_whole(to, "equal_replications", info->equal);
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
    member_text(to, "name", candidate->name);
    member_text(to, "file", candidate->file);
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
        tables_estimate(to, &candidates[i].estimate);
        tables_estimate(to, &candidates[i].behind);
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

static void write_json(const void *of, FILE *to)
{
    (void)tsim_report_selection_json(of, to); /* told when the file is closed */
}

static void write_screen(const void *of, const struct tsim_screen_options *options, FILE *to)
{
    tsim_report_selection(of, options, to);
}

bool tsim_report_selection_folder(const struct tsim_selection *selection,
                                  const struct tsim_study *study,
                                  const struct tsim_run_options *run, const char *path,
                                  const struct tsim_folder_options *options,
                                  struct tsim_problems *problems)
{
    const struct tsim_selection_info *info = tsim_selection_info(selection);
    const struct study_file asked = { study, run };
    const struct picture              picture = plot_select(selection);
    const struct output_file          files[] = {
        { "selection.json", write_json, selection },
        { "selection.csv", write_table, selection },
        { "replications.csv", write_values, selection },
        { "study.json", study_file_write, &asked },
    };
    const struct output output = {
        .files = files, .n_files = sizeof files / sizeof *files,
        .pictures = &picture, .n_pictures = 1,
        .screen = { write_screen, selection },
        .about = { .kind = "study", .name = info->study,
                   .digest = tsim_selection_digest(selection), .seed = info->seed,
                   .done = info->replications, .planned = info->replications,
                   .threads = info->threads, .complete = info->complete, .wall_s = info->wall_s },
    };
    return output_write(&output, path, options, problems);
}
