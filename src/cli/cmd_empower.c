/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim empower: what does authority buy? */
#define _DEFAULT_SOURCE /* SIGXCPU */
#include <ctype.h>
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

/* Simulates with a progress bar. NULL when there is nothing to show; `code` says why. */
static struct tsim_empowerment *empower(const struct options *options,
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
    struct tsim_empowerment *empowerment = tsim_empower(study, run, problems);
    progress_clear(&bar);
    const enum exit_code told = problems_tell(problems);
    tsim_problems_free(problems);
    const struct tsim_comparison *comparison =
        empowerment ? tsim_empowerment_comparison(empowerment) : NULL;
    if (told != EXIT_OK || (comparison && tsim_comparison_info(comparison)->complete))
        *code = told;
    else
        fprintf(stderr, "tiersim: %s%s\n", interrupt_signal() ? "stopped" : "time is up",
                empowerment ? " early" : " before there was anything to show");
    return empowerment;
}

static enum exit_code write_folder(const struct options *options,
                                   const struct tsim_empowerment *empowerment,
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
        tsim_report_empowerment_folder(empowerment, study, run, options->folder, &folder,
                                       problems);
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
    enum exit_code           code, written = EXIT_OK;
    struct tsim_run_options  run;
    struct tsim_empowerment *empowerment = empower(options, study, &run, &code);
    if (!empowerment)
        return code;
    if (options->folder)
        written = write_folder(options, empowerment, study, &run, argc, argv);
    struct tsim_screen_options screen = output_screen(options);
    screen.folder = written == EXIT_OK ? options->folder : NULL;
    if (options->json)
        tsim_report_empowerment_json(empowerment, stdout);
    else if (!options->quiet)
        tsim_report_empowerment(empowerment, &screen, stdout);
    tsim_empowerment_free(empowerment);
    return written != EXIT_OK ? written : code;
}

/* Whether a text is numbers with commas between them: then it can stand in a JSON list. */
static bool are_numbers(const char *text)
{
    while (*text) {
        char *end;
        text += strspn(text, " ");
        if (!isdigit((unsigned char)*text))
            return false;
        const double value = strtod(text, &end);
        if (!(value <= 1e12) || strspn(text, "0123456789.eE+") < (size_t)(end - text))
            return false;
        text = end + strspn(end, " ");
        if (*text != ',' && *text != '\0')
            return false;
        text += *text == ',';
    }
    return true;
}

/* The method as a study file would have it; NULL when the options are wrong, which is told. Caller
 * frees. */
static char *method_of(const struct options *options)
{
    char  *text = NULL;
    size_t length;
    if (options->limits && !are_numbers(options->limits)) {
        fprintf(stderr, "tiersim: --limits needs amounts such as 25,50,100, got \"%.80s\"\n",
                options->limits);
        return NULL;
    }
    FILE *to = open_memstream(&text, &length);
    if (!to) {
        fputs("tiersim: memory is out\n", stderr);
        return NULL;
    }
    fputs("\"empower\": {", to);
    if (options->tier) {
        fputs(" \"tier\": ", to);
        source_write_string(options->tier, to);
    }
    if (options->limits)
        fprintf(to, "%s \"limits\": [%s]", options->tier ? "," : "", options->limits);
    fputs(" }", to);
    fclose(to);
    return text;
}

enum exit_code cmd_empower(const struct options *options, int argc, char **argv)
{
    enum exit_code code = EXIT_USAGE;
    char          *method = method_of(options);
    if (!method)
        return code;
    struct tsim_study *study = source_study(options, method, &code);
    free(method);
    if (!study)
        return code;
    if (tsim_study_method(study) != TSIM_EMPOWER) {
        fprintf(stderr, "tiersim: %.200s asks for another method than empower\n",
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
