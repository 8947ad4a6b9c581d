/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cli/output.h - what commands that simulate share: how much, how it is shown, where it goes. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <tiersim/report.h>
#include <tiersim/run.h>

#include "cli/options.h"
#include "cli/progress.h"

enum { PATH_MOST = 4096 };

/* How to simulate, as the options say, with a progress bar; signals stop it. */
struct progress_bar     progress_bar_of(const struct options *options);
struct tsim_run_options output_run(const struct options *options, struct progress_bar *bar);

/* A results folder being written, and what is told of it. */
struct output_folder {
    struct tsim_folder_options options;
    struct tsim_problems      *problems;
    char                      *command_line; /* as a shell would need it               */
};

/* False, told, when memory is out. */
bool           output_folder_begin(struct output_folder *folder, const struct options *options,
                                   int argc, char **argv);
/* Tells the problems; EXIT_OK when all was written. */
enum exit_code output_folder_end(struct output_folder *folder);

/* The screen that the options and the terminal ask for; the names in it are left to the caller. */
struct tsim_screen_options output_screen(const struct options *options);

#endif
