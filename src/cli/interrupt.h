/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cli/interrupt.h - Ctrl-C and its relatives end a run in good order.
 *
 * SIGINT, SIGTERM, SIGHUP and SIGXCPU (the processor-time limit of ulimit -t) set a flag; a second
 * signal of the same kind ends the program at once. A signal that was ignored when the program
 * began (nohup, a background job) stays ignored.
 */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <stdbool.h>

/* From now on signals set the flag. */
void interrupt_watch(void);

/* A tsim_run_options.stop: whether a signal came. */
bool interrupt_asked(void *user);

/* The signal that came; 0: none. */
int interrupt_signal(void);

/* Ends the program by the signal that came, so that a shell sees what happened. */
void interrupt_end(void);

#endif
