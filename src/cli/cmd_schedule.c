/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim schedule: shifts with breaks that keep every promise. */
#include <stdio.h>

#include "cli/apply.h"
#include "cli/commands.h"
#include "cli/study_command.h"

static void *schedule(const struct options *options, const struct tsim_study *study,
                      const struct tsim_run_options *run, struct tsim_problems *problems)
{
    const struct tsim_size_options how = { .confidence = options->confidence,
                                           .days = options->days,
                                           .each_interval = options->each_interval };
    return tsim_schedule_make(study, &how, run, problems);
}

static bool complete(const void *found)
{
    return tsim_schedule_info(found)->end != TSIM_SCHEDULE_STOPPED;
}

static void stopped(const struct options *options, const void *found,
                    const struct tsim_progress *last)
{
    (void)options;
    (void)last;
    fputs(found ? " before the schedule was verified\n" : " before there was a schedule\n",
          stderr);
}

static void folder(const void *found, const struct tsim_study *study,
                   const struct tsim_run_options *run, const char *path,
                   const struct tsim_folder_options *options, struct tsim_problems *problems)
{
    tsim_report_schedule_folder(found, study, run, path, options, problems);
}

static void json(const void *found, FILE *to)
{
    tsim_report_schedule_json(found, to);
}

static void csv(const void *found, FILE *to)
{
    tsim_report_roster_csv(found, to);
}

static void screen(const void *found, const struct tsim_study *study,
                   const struct tsim_screen_options *options, FILE *to)
{
    (void)study;
    tsim_report_schedule(found, options, to);
}

static void free_found(void *found)
{
    tsim_schedule_free(found);
}

static enum exit_code finish(const struct options *options, const struct tsim_study *study,
                             const void *found)
{
    size_t                       n;
    const enum tsim_schedule_end end = tsim_schedule_info(found)->end;
    if (end != TSIM_SCHEDULE_KEPT && end != TSIM_SCHEDULE_NOTHING)
        return EXIT_TARGET;
    return options->apply ? apply_settings(options->apply,
                                           tsim_study_points(study, &n)[0].scenario,
                                           tsim_schedule_settings(found))
                          : EXIT_OK;
}

enum exit_code cmd_schedule(const struct options *options, int argc, char **argv)
{
    static const struct study_command command = {
        .method = TSIM_SCHEDULE, .work = schedule, .complete = complete, .stopped = stopped,
        .folder = folder, .json = json, .csv = csv, .finish = finish, .screen = screen,
        .free = free_found,
    };
    return study_command_run(&command, options, "\"schedule\": {}", argc, argv);
}
