/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/cbc.h - the program cbc (COIN-OR branch and cut), where it is installed.
 *
 * It is a stranger: it runs without a shell, in a folder of its own that nobody else can read and
 * that is removed, with a reduced environment, in its own process group, which is killed when its
 * time is up. What it writes is read with suspicion: numbers of columns that are not there, or that
 * are not finite, are no solution; that rows hold is for the caller to check.
 */
#ifndef EXPERIMENT_CBC_H
#define EXPERIMENT_CBC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cbc_job {
    /* Writes the program as an MPS file whose columns are C0000001, C0000002 …; false when it
     * cannot. */
    bool (*write)(void *user, const char *path);
    void    *user;
    size_t   columns;
    double   time_limit_s, gap;
    uint32_t nodes; /* 0: any                                                              */
    bool (*stop)(void *user_of_stop);
    void    *user_of_stop;
};

/* Fills x[columns], and `bound` where it proved one (-INFINITY: not). False when there is no such
 * program, or it found nothing in its time. */
bool cbc_solve(const struct cbc_job *job, double *x, double *bound, bool *time_was_up);

#endif
