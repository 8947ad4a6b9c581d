/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/output.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/interrupt.h"
#include "cli/source.h"
#include "cli/terminal.h"

static char *command_line_of(int argc, char **argv)
{
    char  *line = NULL;
    size_t length;
    FILE  *memory = open_memstream(&line, &length);
    if (!memory)
        return NULL;
    for (int i = 0; i < argc; i++) {
        fputs(i ? " " : "", memory);
        shell_write(argv[i], memory);
    }
    fclose(memory);
    return line;
}

bool output_folder_begin(struct output_folder *folder, const struct options *options, int argc,
                         char **argv)
{
    folder->problems = tsim_problems_new();
    if (!folder->problems) {
        fputs("tiersim: memory is out\n", stderr);
        return false;
    }
    folder->command_line = command_line_of(argc, argv);
    folder->options = (struct tsim_folder_options){ .no_plots = options->no_plots,
                                                    .png = options->png, .pdf = options->pdf,
                                                    .case_log = options->case_log,
                                                    .command_line = folder->command_line };
    return true;
}

enum exit_code output_folder_end(struct output_folder *folder)
{
    const enum exit_code code = problems_tell(folder->problems);
    free(folder->command_line);
    tsim_problems_free(folder->problems);
    return code;
}

struct progress_bar progress_bar_of(const struct options *options)
{
    return (struct progress_bar){ .active = terminal_smart(stderr) && !options->quiet,
                                  .ascii = options->ascii || terminal_ascii() };
}

struct tsim_run_options output_run(const struct options *options, struct progress_bar *bar)
{
    return (struct tsim_run_options){
        .replications = (uint32_t)options->replications,
        .seed = (uint64_t)options->seed,
        .has_seed = options->has_seed,
        .threads = (uint32_t)options->threads,
        .max_contacts = (uint64_t)options->max_contacts,
        .max_events = (uint64_t)options->max_events,
        .time_limit_s = options->time_limit_s,
        .progress = progress_show,
        .user = bar,
        .stop = interrupt_asked,
    };
}

struct tsim_screen_options output_screen(const struct options *options)
{
    return (struct tsim_screen_options){
        .width = terminal_page(stdout, (int)options->width),
        .color = !options->no_color && !terminal_no_color() && terminal_smart(stdout),
        .ascii = options->ascii || terminal_ascii(),
    };
}
