/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim compare: which desk is better, and by how much. */
#include "cli/commands.h"
#include "cli/study_command.h"

static void *compare(const struct options *options, const struct tsim_study *study,
                     const struct tsim_run_options *run, struct tsim_problems *problems)
{
    (void)options;
    return tsim_compare(study, run, problems);
}

static bool complete(const void *found)
{
    return tsim_comparison_info(found)->complete;
}

static void stopped(const struct options *options, const void *found,
                    const struct tsim_progress *last)
{
    (void)options;
    (void)last;
    if (found)
        fprintf(stderr, ": %u replications of each are complete\n",
                tsim_comparison_info(found)->replications);
    else
        fputs(": not two replications of each were complete, so there is no comparison\n", stderr);
}

static void folder(const void *found, const struct tsim_study *study,
                   const struct tsim_run_options *run, const char *path,
                   const struct tsim_folder_options *options, struct tsim_problems *problems)
{
    tsim_report_comparison_folder(found, study, run, path, options, problems);
}

static void json(const void *found, FILE *to)
{
    tsim_report_comparison_json(found, to);
}

static void screen(const void *found, const struct tsim_study *study,
                   const struct tsim_screen_options *options, FILE *to)
{
    tsim_report_comparison(found, study, options, to);
}

static void free_found(void *found)
{
    tsim_comparison_free(found);
}

enum exit_code cmd_compare(const struct options *options, int argc, char **argv)
{
    static const struct study_command command = {
        .method = TSIM_COMPARE, .work = compare, .complete = complete, .stopped = stopped,
        .folder = folder, .json = json, .screen = screen, .free = free_found,
    };
    return study_command_run(&command, options,
                             options->until_decided ? "\"compare\": { \"until_decided\": true }"
                                                    : "\"compare\": {}",
                             argc, argv);
}
