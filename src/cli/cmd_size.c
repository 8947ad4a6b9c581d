/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim size: the cheapest staffing that keeps every promise. */
#define _DEFAULT_SOURCE /* SIGXCPU */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include <tiersim.h>

#include "cli/apply.h"
#include "cli/commands.h"
#include "cli/folder.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/source.h"

static struct tsim_size_options how_of(const struct options *options)
{
    return (struct tsim_size_options){ .confidence = options->confidence, .days = options->days,
                                       .per_interval = options->per_interval,
                                       .each_interval = options->each_interval };
}

static struct tsim_sizing *size(const struct options *options,
                                const struct tsim_scenario *scenario, enum exit_code *code)
{
    struct tsim_problems           *problems = tsim_problems_new();
    struct progress_bar             bar = progress_bar_of(options);
    const struct tsim_run_options   run = output_run(options, &bar);
    const struct tsim_size_options  how = how_of(options);
    *code = EXIT_LIMIT;
    if (!problems) {
        fputs("tiersim: memory is out\n", stderr);
        return NULL;
    }
    interrupt_watch();
    struct tsim_sizing *sizing = tsim_size(scenario, &how, &run, problems);
    progress_clear(&bar);
    const enum exit_code told = problems_tell(problems);
    tsim_problems_free(problems);
    if (told != EXIT_OK || (sizing && tsim_sizing_info(sizing)->complete))
        *code = told;
    else
        fprintf(stderr, "tiersim: %s before the search had an answer\n",
                interrupt_signal() ? "stopped" : "time was up");
    return sizing;
}

/* Runs the scenario with the staffing found as `tiersim run` would, and writes what that writes:
 * service level and waits by interval, with intervals, from fresh customers. */
static void confirm(const struct options *options, const struct tsim_scenario *staffed,
                    const struct tsim_folder_options *folder, struct tsim_problems *problems)
{
    char                  path[PATH_MOST];
    struct progress_bar   bar = progress_bar_of(options);
    struct options        plain = *options;
    struct tsim_result   *result;
    plain.replications = 0; /* those of the scenario; what was asked for is of the search */
    const struct tsim_run_options run = output_run(&plain, &bar);
    if (snprintf(path, sizeof path, "%s/staffed", options->folder) >= PATH_MOST)
        return;
    result = tsim_run(staffed, &run, problems);
    progress_clear(&bar);
    if (result)
        tsim_report_folder(result, staffed, path, folder, problems);
    tsim_result_free(result);
}

static enum exit_code write_folder(const struct options *options,
                                   const struct tsim_scenario *scenario,
                                   const struct tsim_sizing *sizing, int argc, char **argv)
{
    struct output_folder folder;
    if (!output_folder_begin(&folder, options, argc, argv))
        return EXIT_LIMIT;
    struct tsim_scenario *staffed =
        tsim_scenario_vary(scenario, tsim_sizing_settings(sizing), folder.problems);
    if (staffed &&
        tsim_report_sizing_folder(sizing, staffed, options->folder, &folder.options,
                                  folder.problems) &&
        !interrupt_signal())
        confirm(options, staffed, &folder.options, folder.problems);
    tsim_scenario_free(staffed);
    return output_folder_end(&folder);
}

static enum exit_code size_scenario(const struct options *options,
                                    const struct tsim_scenario *scenario, int argc, char **argv)
{
    enum exit_code             code;
    struct tsim_sizing        *sizing = size(options, scenario, &code);
    struct tsim_screen_options screen = output_screen(options);
    if (!sizing)
        return code;
    const bool found = tsim_sizing_info(sizing)->feasible && tsim_sizing_info(sizing)->complete;
    if (found && options->apply)
        code = apply_settings(options->apply, scenario, tsim_sizing_settings(sizing));
    if (options->folder) {
        const enum exit_code written = write_folder(options, scenario, sizing, argc, argv);
        code = written != EXIT_OK ? written : code;
        screen.folder = written == EXIT_OK ? options->folder : NULL;
    }
    screen.scenario = options->apply && code == EXIT_OK ? options->apply : options->operands[0];
    if (options->json)
        tsim_report_sizing_json(sizing, stdout);
    else if (options->csv)
        tsim_report_sizing_csv(sizing, stdout);
    else if (!options->quiet)
        tsim_report_sizing(sizing, &screen, stdout);
    if (code == EXIT_OK &&
        (!tsim_sizing_info(sizing)->feasible || tsim_sizing_info(sizing)->unsure))
        code = EXIT_TARGET;
    tsim_sizing_free(sizing);
    return code;
}

/* ---- levers */

/* Writes the best combination's scenario with its staffing, and the folder of its sizing. */
static enum exit_code write_best(const struct options *options,
                                 const struct tsim_scenario *scenario,
                                 const struct tsim_lever *best, int argc, char **argv)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *varied =
        problems ? tsim_scenario_vary(scenario, best->settings, problems) : NULL;
    enum exit_code code = problems ? problems_tell(problems) : EXIT_LIMIT;
    if (varied && options->apply)
        code = apply_settings(options->apply, varied, tsim_sizing_settings(best->sizing));
    if (varied && options->folder && code == EXIT_OK)
        code = write_folder(options, varied, best->sizing, argc, argv);
    tsim_scenario_free(varied);
    tsim_problems_free(problems);
    return code;
}

static enum exit_code show_levers(const struct options *options,
                                  const struct tsim_scenario *scenario,
                                  const struct tsim_levers *levers, int argc, char **argv)
{
    struct tsim_screen_options screen = output_screen(options);
    enum exit_code             code = EXIT_OK;
    size_t                     n;
    const struct tsim_lever   *all = tsim_levers_all(levers, &n);
    const size_t               best = tsim_levers_best(levers);
    if (best < n && (options->apply || options->folder))
        code = write_best(options, scenario, &all[best], argc, argv);
    screen.folder = best < n && code == EXIT_OK ? options->folder : NULL;
    if (options->json)
        tsim_report_levers_json(levers, stdout);
    else if (options->csv)
        tsim_report_levers_csv(levers, stdout);
    else if (!options->quiet)
        tsim_report_levers(levers, &screen, stdout);
    if (code == EXIT_OK && !tsim_levers_complete(levers))
        code = EXIT_LIMIT;
    return code == EXIT_OK && best >= n ? EXIT_TARGET : code;
}

static enum exit_code size_levers(const struct options *options,
                                  const struct tsim_scenario *scenario, int argc, char **argv)
{
    struct tsim_problems           *problems = tsim_problems_new();
    struct progress_bar             bar = progress_bar_of(options);
    const struct tsim_run_options   run = output_run(options, &bar);
    const struct tsim_size_options  how = how_of(options);
    enum exit_code                  code = EXIT_LIMIT;
    if (problems) {
        interrupt_watch();
        struct tsim_levers *levers =
            tsim_size_levers(scenario, options->levers, &how, &run, problems);
        progress_clear(&bar);
        code = problems_tell(problems);
        if (levers)
            code = show_levers(options, scenario, levers, argc, argv);
        tsim_levers_free(levers);
    }
    tsim_problems_free(problems);
    return code;
}

enum exit_code cmd_size(const struct options *options, int argc, char **argv)
{
    struct tsim_problems *problems = tsim_problems_new();
    if (options->n_operands != 1 || !problems) {
        fputs(problems ? "tiersim: size needs one scenario: tiersim size my-desk.json\n"
                       : "tiersim: memory is out\n", stderr);
        tsim_problems_free(problems);
        return problems ? EXIT_USAGE : EXIT_LIMIT;
    }
    struct tsim_scenario *scenario = source_load(options->operands[0], options, problems);
    enum exit_code        code = problems_tell(problems);
    if (scenario && options->folder && !folder_claim(options->folder))
        code = EXIT_IO;
    else if (scenario && options->levers)
        code = size_levers(options, scenario, argc, argv);
    else if (scenario)
        code = size_scenario(options, scenario, argc, argv);
    else if (code == EXIT_OK)
        code = EXIT_IO; /* told already: standard input */
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
    if (interrupt_signal() && interrupt_signal() != SIGXCPU)
        interrupt_end();
    return code;
}
