/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim run: simulate, print the screen or JSON, write the results folder. */
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
#include "cli/progress.h"
#include "cli/source.h"
#include "cli/terminal.h"

/* Says which promises are broken, unless the screen does; returns whether any is. */
static bool check_promises(const struct options *options, const struct tsim_result *result)
{
    size_t                     n;
    const struct tsim_promise *promises = tsim_result_promises(result, &n);
    bool                       broken = false;
    if (n == 0)
        fputs("tiersim: --check found nothing to check: the scenario makes no promises\n", stderr);
    for (size_t i = 0; i < n; i++) {
        if (promises[i].verdict != TSIM_BROKEN)
            continue;
        broken = true;
        if (options->quiet || options->json)
            fprintf(stderr, "tiersim: broken promise: %s\n", promises[i].text);
    }
    return broken;
}

/* Says on stderr that the run did not come to its end, and what there is. */
static void tell_stopped(const struct tsim_run_info *info, const char *folder)
{
    fprintf(stderr, "tiersim: %s: ", interrupt_signal() ? "stopped" : "time is up");
    if (!info)
        fputs("not one replication was complete, so there is no result", stderr);
    else
        fprintf(stderr, "%u of %u replications are complete", info->replications, info->planned);
    fprintf(stderr, "%s%s\n", folder ? "; partial results in " : "", folder ? folder : "");
}

/* Simulates with a progress bar. NULL when there is no result; `code` says why. */
static struct tsim_result *simulate(const struct options *options,
                                    const struct tsim_scenario *scenario, enum exit_code *code)
{
    char                  case_log[PATH_MOST], event_log[PATH_MOST];
    struct tsim_problems *problems = tsim_problems_new();
    struct progress_bar   bar = progress_bar_of(options);
    struct tsim_run_options run = output_run(options, &bar);
    run.precision = options->precision;
    run.case_log = options->case_log ? case_log : NULL;
    run.event_log = options->case_log ? event_log : NULL;
    if (options->case_log) {
        snprintf(case_log, sizeof case_log, "%s/cases.csv", options->folder);
        snprintf(event_log, sizeof event_log, "%s/events.csv", options->folder);
    }
    *code = EXIT_LIMIT;
    if (!problems) {
        fputs("tiersim: memory is out\n", stderr);
        return NULL;
    }
    interrupt_watch();
    struct tsim_result *result = tsim_run(scenario, &run, problems);
    progress_clear(&bar);
    const enum exit_code told = problems_tell(problems);
    tsim_problems_free(problems);
    if (result)
        *code = tsim_result_info(result)->complete ? told : EXIT_LIMIT;
    else if (told != EXIT_OK)
        *code = told;
    else
        tell_stopped(NULL, NULL);
    return result;
}

static enum exit_code write_folder(const struct options *options, const struct tsim_result *result,
                                   const struct tsim_scenario *scenario, int argc, char **argv)
{
    struct output_folder folder;
    if (!output_folder_begin(&folder, options, argc, argv))
        return EXIT_LIMIT;
    tsim_report_folder(result, scenario, options->folder, &folder.options, folder.problems);
    return output_folder_end(&folder);
}

/* Prints what was asked for; `folder` is NULL when it was not written. */
static void show(const struct options *options, const struct tsim_result *result,
                 const char *folder)
{
    char program[2 * PATH_MOST], scenario[2 * PATH_MOST];
    shell_word(options->program, program, sizeof program);
    shell_word(options->operands[0], scenario, sizeof scenario);
    struct tsim_screen_options screen = output_screen(options);
    screen.command = program;
    screen.folder = folder;
    screen.scenario = scenario;
    if (options->json)
        tsim_report_json(result, stdout);
    else if (!options->quiet)
        tsim_report_screen(result, &screen, stdout);
    if (!tsim_result_info(result)->complete && (options->json || options->quiet))
        tell_stopped(tsim_result_info(result), folder);
}

/* Runs, writes and shows. */
static enum exit_code run_scenario(const struct options *options,
                                   const struct tsim_scenario *scenario, int argc, char **argv)
{
    enum exit_code      code, written = EXIT_OK;
    struct tsim_result *result = simulate(options, scenario, &code);
    if (!result)
        return code;
    if (options->folder)
        written = write_folder(options, result, scenario, argc, argv);
    show(options, result, written == EXIT_OK ? options->folder : NULL);
    const bool broken = options->check && check_promises(options, result);
    tsim_result_free(result);
    if (written != EXIT_OK)
        return written;
    return code == EXIT_OK && broken ? EXIT_TARGET : code;
}

enum exit_code cmd_run(const struct options *options, int argc, char **argv)
{
    if (options->n_operands != 1) {
        fprintf(stderr, "tiersim: run needs one scenario%s: tiersim run my-desk.json\n",
                options->n_operands > 1 ? ", not several" : "");
        return EXIT_USAGE;
    }
    struct tsim_problems *problems = tsim_problems_new();
    if (!problems) {
        fputs("tiersim: memory is out\n", stderr);
        return EXIT_LIMIT;
    }
    struct tsim_scenario *scenario = source_load(options->operands[0], options, problems);
    enum exit_code        code = problems_tell(problems);
    if (!scenario)
        code = code == EXIT_OK ? EXIT_IO : code; /* told already: standard input */
    else if (options->folder && !folder_claim(options->folder))
        code = EXIT_IO;
    else
        code = run_scenario(options, scenario, argc, argv);
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
    /* A processor-time limit is a limit; the other signals end the program as they would have. */
    if (interrupt_signal() && interrupt_signal() != SIGXCPU)
        interrupt_end();
    return code;
}
