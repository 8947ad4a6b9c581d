/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cli/progress.h - the bar on a terminal while a run goes on. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>

#include <tiersim/run.h>

struct progress_bar {
    bool   active; /* stderr is a terminal and nobody asked for quiet */
    bool   ascii;
    bool   shown;
    double last_s; /* when it was drawn */
};

/* A tsim_run_options.progress; user is the bar. Draws on stderr after half a second, then five
 * times a second, in one line of the terminal. */
void progress_show(const struct tsim_progress *progress, void *bar);

/* Takes the bar away, if it is there. */
void progress_clear(struct progress_bar *bar);

#endif
