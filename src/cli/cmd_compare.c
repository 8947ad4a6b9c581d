/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim compare: which desk is better, and by how much. */
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

static void tell_stopped(const struct tsim_comparison *comparison)
{
    fprintf(stderr, "tiersim: %s: ", interrupt_signal() ? "stopped" : "time is up");
    if (comparison)
        fprintf(stderr, "%u replications of each are complete\n",
                tsim_comparison_info(comparison)->replications);
    else
        fputs("not two replications of each were complete, so there is no comparison\n", stderr);
}

/* Compares with a progress bar. NULL when there is nothing to show; `code` says why. */
static struct tsim_comparison *compare(const struct options *options,
                                       const struct tsim_study *study,
                                       struct tsim_run_options *run, enum exit_code *code)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct progress_bar   bar = progress_bar_of(options);
    *code = EXIT_LIMIT;
    if (!problems) {
        fputs("tiersim: memory is out\n", stderr);
        return NULL;
    }
    *run = output_run(options, &bar);
    interrupt_watch();
    struct tsim_comparison *comparison = tsim_compare(study, run, problems);
    progress_clear(&bar);
    const enum exit_code told = problems_tell(problems);
    tsim_problems_free(problems);
    if (comparison && tsim_comparison_info(comparison)->complete)
        *code = told;
    else if (told != EXIT_OK)
        *code = told;
    else
        tell_stopped(comparison);
    return comparison;
}

static enum exit_code write_folder(const struct options *options,
                                   const struct tsim_comparison *comparison,
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
        tsim_report_comparison_folder(comparison, study, run, options->folder, &folder, problems);
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
    struct tsim_comparison *comparison = compare(options, study, &run, &code);
    if (!comparison)
        return code;
    if (options->folder)
        written = write_folder(options, comparison, study, &run, argc, argv);
    struct tsim_screen_options screen = output_screen(options);
    screen.folder = written == EXIT_OK ? options->folder : NULL;
    if (options->json)
        tsim_report_comparison_json(comparison, stdout);
    else if (!options->quiet)
        tsim_report_comparison(comparison, study, &screen, stdout);
    tsim_comparison_free(comparison);
    return written != EXIT_OK ? written : code;
}

enum exit_code cmd_compare(const struct options *options, int argc, char **argv)
{
    enum exit_code     code;
    struct tsim_study *study = source_study(
        options,
        options->until_decided ? "\"compare\": { \"until_decided\": true }" : "\"compare\": {}",
        &code);
    if (!study)
        return code;
    if (tsim_study_method(study) != TSIM_COMPARE) {
        fprintf(stderr, "tiersim: %.200s asks for another method than compare\n",
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
