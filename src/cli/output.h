/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cli/output.h - what commands that simulate share: how much, how it is shown, where it goes. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <tiersim/report.h>
#include <tiersim/run.h>

#include "cli/options.h"
#include "cli/progress.h"

enum { PATH_MOST = 4096 };

/* The command line as a shell would need it; NULL when memory is out. Caller frees. */
char *output_command_line(int argc, char **argv);

/* How to simulate, as the options say, with a progress bar; signals stop it. */
struct progress_bar     progress_bar_of(const struct options *options);
struct tsim_run_options output_run(const struct options *options, struct progress_bar *bar);

/* The screen that the options and the terminal ask for; the names in it are left to the caller. */
struct tsim_screen_options output_screen(const struct options *options);

#endif
