/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim sweep: what each number of a scenario does. With a results folder, finished replications
 * are kept in a journal there, and the same command goes on where it was interrupted. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/source.h"
#include "cli/study_command.h"

static void *sweep_study(const struct options *options, const struct tsim_study *study,
                         const struct tsim_run_options *run, struct tsim_problems *problems)
{
    char                      journal[PATH_MOST + 32];
    struct tsim_sweep_options sweep_options = { .run = *run };
    if (options->folder) {
        snprintf(journal, sizeof journal, "%s/sweep.journal", options->folder);
        sweep_options.journal = journal;
    }
    return tsim_sweep_run(study, &sweep_options, problems);
}

static bool complete(const void *found)
{
    return tsim_sweep_info(found)->complete;
}

static void stopped(const struct options *options, const void *found,
                    const struct tsim_progress *last)
{
    (void)found;
    fprintf(stderr, " after %u of %u replications; ", last->replications_done,
            last->replications_planned);
    if (options->folder)
        fputs("they are kept: the same command goes on from there\n", stderr);
    else
        fputs("with -o DIR they would be kept\n", stderr);
}

static void remark(const struct options *options, const void *found)
{
    const struct tsim_sweep_info *info = tsim_sweep_info(found);
    if (info->resumed && !options->quiet)
        fprintf(stderr, "tiersim: %llu of %llu replications were done before\n",
                (unsigned long long)info->resumed,
                (unsigned long long)info->points * info->planned);
}

static void folder(const void *found, const struct tsim_study *study,
                   const struct tsim_run_options *run, const char *path,
                   const struct tsim_folder_options *options, struct tsim_problems *problems)
{
    tsim_report_sweep_folder(found, study, run, path, options, problems);
}

static void json(const void *found, FILE *to)
{
    tsim_report_sweep_json(found, to);
}

static void screen(const void *found, const struct tsim_study *study,
                   const struct tsim_screen_options *options, FILE *to)
{
    (void)study;
    tsim_report_sweep(found, options, to);
}

static void free_found(void *found)
{
    tsim_sweep_free(found);
}

enum exit_code cmd_sweep(const struct options *options, int argc, char **argv)
{
    static const struct study_command command = {
        .method = TSIM_SWEEP, .work = sweep_study, .complete = complete, .stopped = stopped,
        .remark = remark, .folder = folder, .json = json, .screen = screen, .free = free_found,
    };
    if (options->n_operands == 1 && source_is_study(options->operands[0]))
        return study_command_run(&command, options, "", argc, argv);
    if (options->n_operands == 1 && access(options->operands[0], R_OK) != 0) {
        fprintf(stderr, "tiersim: %.200s cannot be read: %s\n", options->operands[0],
                strerror(errno));
        return EXIT_IO;
    }
    if (options->n_operands == 1)
        fprintf(stderr, "tiersim: %.200s is no study; ", options->operands[0]);
    else
        fputs("tiersim: sweep needs one study; ", stderr);
    fputs("a study names what is varied: see docs/experiments.md\n", stderr);
    return EXIT_USAGE;
}
