/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim select: the best of many desks, with a guaranteed probability or within a budget. */
#define _DEFAULT_SOURCE /* SIGXCPU */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tiersim.h>

#include "cli/commands.h"
#include "cli/folder.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/source.h"

enum { METHOD_MOST = 512, WORD_MOST = 150 };

/* ---- the method, as a study file would have it */

/* A number is written as it is, anything else as a text. False when it would not fit there. */
static bool add_member(char *method, const char *key, const char *value)
{
    const size_t length = strlen(method);
    const bool   number = value[strspn(value, "0123456789.")] == '\0';
    const char  *quote = number ? "" : "\"";
    for (const char *c = value; *c; c++)
        if (*c == '"' || *c == '\\' || (unsigned char)*c < 0x20)
            return false;
    if (strlen(value) > WORD_MOST)
        return false;
    snprintf(method + length, METHOD_MOST - length, "%s\"%s\": %s%s%s",
             method[length - 1] == '{' ? " " : ", ", key, quote, value, quote);
    return true;
}

/* From the options; false, told, when one of them cannot be. */
static bool write_method(const struct options *options, char *method)
{
    char        budget[32];
    const char *wrong = NULL;
    snprintf(method, METHOD_MOST, "\"select\": {");
    snprintf(budget, sizeof budget, "%.0f", options->budget);
    if (options->measure && !add_member(method, "measure", options->measure))
        wrong = "measure";
    if (options->zone && !add_member(method, "zone", options->zone))
        wrong = "zone";
    if (options->largest)
        add_member(method, "best", "largest");
    if (options->budget > 0)
        add_member(method, "budget", budget);
    const size_t length = strlen(method);
    snprintf(method + length, METHOD_MOST - length, " }");
    if (wrong)
        fprintf(stderr, "tiersim: --%s needs a short text without quotes\n", wrong);
    return !wrong;
}

/* A study says by itself how to select. */
static bool may_have_method(const struct options *options)
{
    const bool given = options->measure || options->zone || options->largest ||
                       options->budget > 0;
    if (!given || options->n_operands == 0 || !source_is_study(options->operands[0]))
        return true;
    fprintf(stderr, "tiersim: %.200s is a study, which says by itself how to select; write it "
                    "there\n", options->operands[0]);
    return false;
}

/* ---- running it */

static void tell_stopped(const struct tsim_selection *selection)
{
    fprintf(stderr, "tiersim: %s: ", interrupt_signal() ? "stopped" : "time is up");
    if (selection)
        fprintf(stderr, "nothing is decided after %llu replications\n",
                (unsigned long long)tsim_selection_info(selection)->replications);
    else
        fputs("not all had their first replications, so there is nothing to say\n", stderr);
}

/* Selects with a progress bar. NULL when there is nothing to show; `code` says why. */
static struct tsim_selection *select_best(const struct options *options,
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
    struct tsim_selection *selection = tsim_select(study, run, problems);
    progress_clear(&bar);
    const enum exit_code told = problems_tell(problems);
    tsim_problems_free(problems);
    if ((selection && tsim_selection_info(selection)->complete) || told != EXIT_OK)
        *code = told;
    else
        tell_stopped(selection);
    return selection;
}

static enum exit_code write_folder(const struct options *options,
                                   const struct tsim_selection *selection,
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
        tsim_report_selection_folder(selection, study, run, options->folder, &folder, problems);
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
    struct tsim_selection  *selection = select_best(options, study, &run, &code);
    if (!selection)
        return code;
    if (options->folder)
        written = write_folder(options, selection, study, &run, argc, argv);
    struct tsim_screen_options screen = output_screen(options);
    screen.folder = written == EXIT_OK ? options->folder : NULL;
    if (options->json)
        tsim_report_selection_json(selection, stdout);
    else if (!options->quiet)
        tsim_report_selection(selection, &screen, stdout);
    tsim_selection_free(selection);
    return written != EXIT_OK ? written : code;
}

enum exit_code cmd_select(const struct options *options, int argc, char **argv)
{
    enum exit_code code;
    char           method[METHOD_MOST];
    if (!may_have_method(options) || !write_method(options, method))
        return EXIT_USAGE;
    struct tsim_study *study = source_study(options, method, &code);
    if (!study)
        return code;
    if (tsim_study_method(study) != TSIM_SELECT) {
        fprintf(stderr, "tiersim: %.200s asks for another method than select\n",
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
