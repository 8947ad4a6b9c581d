/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim stress: what if it goes wrong? */
#include "cli/commands.h"
#include "cli/study_command.h"

static void *stress(const struct options *options, const struct tsim_study *study,
                    const struct tsim_run_options *run, struct tsim_problems *problems)
{
    (void)options;
    return tsim_stress_test(study, run, problems);
}

static bool complete(const void *found)
{
    return tsim_stress_info(found)->complete;
}

static void folder(const void *found, const struct tsim_study *study,
                   const struct tsim_run_options *run, const char *path,
                   const struct tsim_folder_options *options, struct tsim_problems *problems)
{
    tsim_report_stress_folder(found, study, run, path, options, problems);
}

static void json(const void *found, FILE *to)
{
    tsim_report_stress_json(found, to);
}

static void screen(const void *found, const struct tsim_study *study,
                   const struct tsim_screen_options *options, FILE *to)
{
    (void)study;
    tsim_report_stress(found, options, to);
}

static void free_found(void *found)
{
    tsim_stress_free(found);
}

enum exit_code cmd_stress(const struct options *options, int argc, char **argv)
{
    static const struct study_command command = {
        .method = TSIM_STRESS, .work = stress, .complete = complete,
        .folder = folder, .json = json, .screen = screen, .free = free_found,
    };
    return study_command_run(&command, options,
                             options->no_heal ? "\"stress\": { \"heal\": false }"
                                              : "\"stress\": {}",
                             argc, argv);
}
