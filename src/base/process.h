/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/process.h - another program: started without a shell, in a folder of ours, and ended for
 * sure.
 *
 * It leads a process group of its own, with a small environment (PATH of the system, HOME nowhere),
 * no signals blocked or ignored, nothing to read. Any thread may start one; a child is asked and
 * reaped by the thread that started it.
 */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

struct process_job {
    char *const *arguments; /* the program, looked for in PATH, its arguments, NULL          */
    const char  *folder;    /* where it works                                                */
    const char  *locale;    /* "C", "C.UTF-8"                                                */
    const char  *output;    /* the file in that folder that it writes to, made new; NULL: lost */
    int          errors;    /* the descriptor that it complains to; -1: as `output`          */
};

/* 0, or an error number: ENOENT and EACCES when there is no such program. */
int process_start(const struct process_job *job, pid_t *child);

/* Whether it has ended. It is left unreaped, so that its number stays its own. */
bool process_ended(pid_t child);

/* Kills it, if it still runs, with all that it may have started, and reaps it. True when it had
 * ended by itself with 0; also where somebody else reaps children, for then nobody knows. */
bool process_reap(pid_t child);

#endif
