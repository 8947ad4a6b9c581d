/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* SIGXCPU */
#include "cli/study_command.h"

#include <signal.h>
#include <stdlib.h>

#include "cli/folder.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/source.h"
#include "cli/table.h"

/* A progress bar that remembers how far it was. */
struct watched {
    struct progress_bar  bar;
    struct tsim_progress last;
};

static void watch(const struct tsim_progress *progress, void *user)
{
    struct watched *watched = user;
    watched->last = *progress;
    progress_show(progress, &watched->bar);
}

/* Works with a progress bar. NULL when there is nothing to show; `code` says why. */
static void *work(const struct study_command *command, const struct options *options,
                  const struct tsim_study *study, struct tsim_run_options *run,
                  enum exit_code *code)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct watched        watched = { .bar = progress_bar_of(options) };
    *code = EXIT_LIMIT;
    if (!problems) {
        fputs("tiersim: memory is out\n", stderr);
        return NULL;
    }
    *run = output_run(options, &watched.bar);
    run->progress = watch;
    run->user = &watched;
    interrupt_watch();
    void *found = command->work(options, study, run, problems);
    progress_clear(&watched.bar);
    const enum exit_code told = problems_tell(problems);
    tsim_problems_free(problems);
    if (told != EXIT_OK || (found && command->complete(found))) {
        *code = told;
    } else {
        fprintf(stderr, "tiersim: %s", interrupt_signal() ? "stopped" : "time is up");
        if (command->stopped)
            command->stopped(options, found, &watched.last);
        else
            fputs(found ? " early\n" : " before there was anything to show\n", stderr);
    }
    if (found && command->remark)
        command->remark(options, found);
    return found;
}

static enum exit_code write_folder(const struct study_command *command,
                                   const struct options *options, const void *found,
                                   const struct tsim_study *study,
                                   const struct tsim_run_options *run, int argc, char **argv)
{
    struct output_folder folder;
    if (!output_folder_begin(&folder, options, argc, argv))
        return EXIT_LIMIT;
    command->folder(found, study, run, options->folder, &folder.options, folder.problems);
    return output_folder_end(&folder);
}

static enum exit_code run_study(const struct study_command *command,
                                const struct options *options, const struct tsim_study *study,
                                int argc, char **argv)
{
    enum exit_code          code, written = EXIT_OK;
    struct tsim_run_options run;
    void                   *found = work(command, options, study, &run, &code);
    if (!found)
        return code;
    if (options->folder)
        written = write_folder(command, options, found, study, &run, argc, argv);
    struct tsim_screen_options screen = output_screen(options);
    screen.folder = written == EXIT_OK ? options->folder : NULL;
    screen.scenario = options->operands[0];
    if (options->json)
        command->json(found, stdout);
    else if (options->csv && command->csv)
        command->csv(found, stdout);
    else if (!options->quiet)
        command->screen(found, study, &screen, stdout);
    if (code == EXIT_OK && written == EXIT_OK && command->finish)
        code = command->finish(options, study, found);
    command->free(found);
    return written != EXIT_OK ? written : code;
}

/* The options, with what the study wants where they do not say otherwise. */
static struct options with_outputs(const struct options *options, const struct tsim_study *study)
{
    const struct tsim_outputs outputs = tsim_study_outputs(study);
    struct options            all = *options;
    if (!all.folder)
        all.folder = outputs.folder;
    all.no_plots |= !outputs.plots;
    all.png |= outputs.png;
    all.pdf |= outputs.pdf;
    all.json |= outputs.json && !options->quiet;
    all.quiet |= outputs.quiet && !options->json;
    return all;
}

enum exit_code study_command_run(const struct study_command *command,
                                 const struct options *options, const char *method, int argc,
                                 char **argv)
{
    enum exit_code     code;
    struct tsim_study *study = source_study(options, method, &code);
    if (!study)
        return code;
    const struct options all = with_outputs(options, study);
    if (tsim_study_method(study) != command->method) {
        fprintf(stderr, "tiersim: %.200s asks for another method than %s\n",
                options->operands[0], command_table[options->command].name);
        code = EXIT_USAGE;
    } else if (all.folder && !folder_claim(all.folder)) {
        code = EXIT_IO;
    } else {
        code = run_study(command, &all, study, argc, argv);
    }
    tsim_study_free(study);
    if (interrupt_signal() && interrupt_signal() != SIGXCPU)
        interrupt_end();
    return code;
}
