/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim run: simulate, print the screen or JSON, write the results folder. */
#define _DEFAULT_SOURCE /* terminal width */
#include <errno.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <tiersim.h>

#include "cli/options.h"
#include "cli/progress.h"

static bool wants_color(const struct options *options)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    return !options->no_color && isatty(STDOUT_FILENO) && !(no_color && no_color[0]) &&
           !(term && strcmp(term, "dumb") == 0);
}

static bool wants_ascii(const struct options *options)
{
    return options->ascii || strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
}

static int screen_width(const struct options *options)
{
    struct winsize size;
    if (options->width > 0)
        return (int)options->width;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 60)
        return size.ws_col < 100 ? size.ws_col : 100;
    return 80;
}

/* Makes a folder and its parents before the run, so that a bad name is told at once. */
static bool make_folder(const char *path)
{
    char part[4096];
    if (strlen(path) >= sizeof part) {
        fputs("tiersim: the name of the results folder is too long\n", stderr);
        return false;
    }
    for (size_t i = 1; i <= strlen(path); i++) {
        if (path[i] != '/' && path[i] != '\0')
            continue;
        memcpy(part, path, i);
        part[i] = '\0';
        if (mkdir(part, 0777) != 0 && errno != EEXIST) {
            fprintf(stderr, "tiersim: the results folder %s cannot be made: %s\n", part,
                    strerror(errno));
            return false;
        }
    }
    struct stat about;
    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode) && access(path, W_OK) == 0)
        return true;
    fprintf(stderr, "tiersim: %s is not a folder that can be written to\n", path);
    return false;
}

static char *join_arguments(int argc, char **argv)
{
    size_t length = 1;
    for (int i = 0; i < argc; i++)
        length += strlen(argv[i]) + 1;
    char *line = calloc(length, 1);
    for (int i = 0; line && i < argc; i++) {
        strcat(line, i ? " " : "");
        strcat(line, argv[i]);
    }
    return line;
}

static bool promise_broken(const struct tsim_result *result)
{
    size_t                     n;
    const struct tsim_promise *promises = tsim_result_promises(result, &n);
    for (size_t i = 0; i < n; i++)
        if (promises[i].verdict == TSIM_BROKEN)
            return true;
    return false;
}

static void show(const struct options *options, const struct tsim_result *result)
{
    const struct tsim_screen_options screen = {
        .width = screen_width(options),
        .color = wants_color(options),
        .ascii = wants_ascii(options),
        .folder = options->folder,
        .scenario = options->operands[0],
    };
    if (options->json)
        tsim_report_json(result, stdout);
    else if (!options->quiet)
        tsim_report_screen(result, &screen, stdout);
}

/* Runs and writes; the exit code. */
static int run_scenario(const struct options *options, const struct tsim_scenario *scenario,
                        int argc, char **argv, struct tsim_problems *problems)
{
    char                case_log[4200];
    struct progress_bar bar = { .active = isatty(STDERR_FILENO) && !options->quiet,
                                .ascii = wants_ascii(options), .width = 80 };
    const struct tsim_run_options run = {
        .replications = (uint32_t)options->replications,
        .precision = options->precision,
        .seed = (uint64_t)options->seed,
        .has_seed = options->has_seed,
        .threads = (uint32_t)options->threads,
        .max_contacts = (uint64_t)options->max_contacts,
        .max_events = (uint64_t)options->max_events,
        .time_limit_s = options->time_limit_s,
        .case_log = options->case_log ? case_log : NULL,
        .progress = progress_show,
        .user = &bar,
        .stop = interrupt_asked,
    };
    if (options->case_log)
        snprintf(case_log, sizeof case_log, "%s/cases.csv", options->folder);
    struct tsim_result *result = tsim_run(scenario, &run, problems);
    progress_clear(&bar);
    int code = exit_for(problems);
    if (!result) {
        if (code == EXIT_OK)
            fputs("tiersim: stopped before the first replication was complete\n", stderr);
        return code == EXIT_OK && !interrupt_signal() ? EXIT_LIMIT : code;
    }
    struct tsim_problems *writing = tsim_problems_new();
    if (options->folder && writing) {
        char *line = join_arguments(argc, argv);
        const struct tsim_folder_options folder = { .no_plots = options->no_plots,
                                                    .png = options->png, .pdf = options->pdf,
                                                    .command_line = line };
        tsim_report_folder(result, scenario, options->folder, &folder, writing);
        free(line);
        const int written = exit_for(writing);
        code = code == EXIT_OK ? written : code;
    }
    tsim_problems_free(writing);
    show(options, result);
    if (code == EXIT_OK && options->check && promise_broken(result))
        code = EXIT_TARGET;
    tsim_result_free(result);
    return code;
}

int cmd_run(const struct options *options, int argc, char **argv)
{
    if (options->n_operands != 1) {
        fputs("tiersim: run needs one scenario: tiersim run my-desk.json\n", stderr);
        return EXIT_USAGE;
    }
    if (options->case_log && !options->folder) {
        fputs("tiersim: --case-log needs a results folder: -o DIR\n", stderr);
        return EXIT_USAGE;
    }
    if (options->folder && !make_folder(options->folder))
        return EXIT_IO;
    interrupt_watch();
    struct tsim_problems *problems = tsim_problems_new();
    if (!problems)
        return EXIT_LIMIT;
    struct tsim_scenario *scenario = tsim_scenario_load(options->operands[0], problems);
    const int code = scenario ? run_scenario(options, scenario, argc, argv, problems)
                              : exit_for(problems);
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
    if (interrupt_signal())
        interrupt_end();
    return code;
}
