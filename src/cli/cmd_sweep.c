/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim sweep: what each number of a scenario does. With a results folder, finished replications
 * are kept in a journal there, and the same command goes on where it was interrupted. */
#define _DEFAULT_SOURCE /* SIGXCPU */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include <tiersim.h>

#include "cli/commands.h"
#include "cli/folder.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/source.h"

/* A progress bar that remembers how far it was. */
struct watched {
    struct progress_bar bar;
    uint32_t            done, planned;
};

static void watch(const struct tsim_progress *progress, void *user)
{
    struct watched *watched = user;
    watched->done = progress->replications_done;
    watched->planned = progress->replications_planned;
    progress_show(progress, &watched->bar);
}

static void tell_stopped(const struct options *options, const struct watched *watched)
{
    fprintf(stderr, "tiersim: %s after %u of %u replications; ",
            interrupt_signal() ? "stopped" : "time is up", watched->done, watched->planned);
    if (options->folder)
        fputs("they are kept: the same command goes on from there\n", stderr);
    else
        fputs("with -o DIR they would be kept\n", stderr);
}

/* Sweeps with a progress bar. NULL when there is nothing to show; `code` says why. */
static struct tsim_sweep *sweep_study(const struct options *options,
                                      const struct tsim_study *study,
                                      struct tsim_run_options *run, enum exit_code *code)
{
    char                  journal[PATH_MOST + 32];
    struct tsim_problems *problems = tsim_problems_new();
    struct watched        watched = { .bar = progress_bar_of(options) };
    *code = EXIT_LIMIT;
    if (!problems) {
        fputs("tiersim: memory is out\n", stderr);
        return NULL;
    }
    *run = output_run(options, &watched.bar);
    struct tsim_sweep_options sweep_options = { .run = *run };
    sweep_options.run.progress = watch;
    sweep_options.run.user = &watched;
    if (options->folder) {
        snprintf(journal, sizeof journal, "%s/sweep.journal", options->folder);
        sweep_options.journal = journal;
    }
    interrupt_watch();
    struct tsim_sweep *sweep = tsim_sweep_run(study, &sweep_options, problems);
    progress_clear(&watched.bar);
    const enum exit_code told = problems_tell(problems);
    tsim_problems_free(problems);
    if (sweep || told != EXIT_OK)
        *code = told;
    else
        tell_stopped(options, &watched);
    if (sweep && tsim_sweep_info(sweep)->resumed && !options->quiet)
        fprintf(stderr, "tiersim: %llu of %llu replications were done before\n",
                (unsigned long long)tsim_sweep_info(sweep)->resumed,
                (unsigned long long)tsim_sweep_info(sweep)->points *
                    tsim_sweep_info(sweep)->replications);
    return sweep;
}

static enum exit_code write_folder(const struct options *options, const struct tsim_sweep *sweep,
                                   const struct tsim_study *study,
                                   const struct tsim_run_options *run, int argc, char **argv)
{
    struct tsim_problems *problems = tsim_problems_new();
    char                 *line = output_command_line(argc, argv);
    const struct tsim_folder_options folder = { .no_plots = options->no_plots,
                                                .png = options->png, .pdf = options->pdf,
                                                .command_line = line };
    enum exit_code code = EXIT_LIMIT;
    if (problems) {
        tsim_report_sweep_folder(sweep, study, run, options->folder, &folder, problems);
        code = problems_tell(problems);
    } else {
        fputs("tiersim: memory is out\n", stderr);
    }
    free(line);
    tsim_problems_free(problems);
    return code;
}

static enum exit_code run_study(const struct options *options, const struct tsim_study *study,
                                int argc, char **argv)
{
    enum exit_code          code, written = EXIT_OK;
    struct tsim_run_options run;
    struct tsim_sweep      *sweep = sweep_study(options, study, &run, &code);
    if (!sweep)
        return code;
    if (options->folder)
        written = write_folder(options, sweep, study, &run, argc, argv);
    struct tsim_screen_options screen = output_screen(options);
    screen.folder = written == EXIT_OK ? options->folder : NULL;
    if (options->json)
        tsim_report_sweep_json(sweep, stdout);
    else if (!options->quiet)
        tsim_report_sweep(sweep, &screen, stdout);
    tsim_sweep_free(sweep);
    return written != EXIT_OK ? written : code;
}

enum exit_code cmd_sweep(const struct options *options, int argc, char **argv)
{
    enum exit_code code = EXIT_USAGE;
    if (options->n_operands != 1 || !source_is_study(options->operands[0])) {
        if (options->n_operands == 1)
            fprintf(stderr, "tiersim: %.200s is no study; ", options->operands[0]);
        else
            fputs("tiersim: sweep needs one study; ", stderr);
        fputs("a study names what is varied: see docs/experiments.md\n", stderr);
        return code;
    }
    struct tsim_study *study = source_study(options, "", &code);
    if (!study)
        return code;
    if (tsim_study_method(study) != TSIM_SWEEP) {
        fprintf(stderr, "tiersim: %.200s asks for another method than sweep\n",
                options->operands[0]);
        code = EXIT_USAGE;
    } else if (options->folder && !folder_claim(options->folder)) {
        code = EXIT_IO;
    } else {
        code = run_study(options, study, argc, argv);
    }
    tsim_study_free(study);
    if (interrupt_signal() && interrupt_signal() != SIGXCPU)
        interrupt_end();
    return code;
}
