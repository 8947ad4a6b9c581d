/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cli/progress.h - the bar on a terminal, and Ctrl-C. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>

#include <tiersim/run.h>

struct progress_bar {
    bool   active;  /* stderr is a terminal and nobody asked for quiet */
    bool   shown;
    bool   ascii;
    int    width;
    double last_s;  /* when it was drawn */
};

/* A tsim_run_options.progress; user is the bar. Draws after half a second, ten times a second. */
void progress_show(const struct tsim_progress *progress, void *bar);
void progress_clear(struct progress_bar *bar);

/* SIGINT, SIGTERM and SIGHUP set a flag; a second one ends the program at once. */
void interrupt_watch(void);
bool interrupt_asked(void *user);
/* The signal that came, 0: none. */
int  interrupt_signal(void);
/* Ends the program by that signal, so that a shell sees what happened. */
void interrupt_end(void);

#endif
