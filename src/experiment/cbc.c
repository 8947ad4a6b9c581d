/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* P_tmpdir */
#include "experiment/cbc.h"

#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/process.h"
#include "experiment/farm.h"

enum { PATH_MOST = 600, LINE = 512, NAP_MS = 10 };

/* After its own time limit it may still have to write. */
#define GRACE_S 10.0

static const char *const files[] = { "model.mps", "solution.txt", "log.txt" };

static void path_of(char *to, const char *folder, const char *name)
{
    snprintf(to, PATH_MOST, "%.500s/%.40s", folder, name);
}

static bool make_folder(char *folder)
{
    const int length = snprintf(folder, PATH_MOST - 8, "%s/tiersim-cbc-", P_tmpdir);
    memset(folder + length, 'X', 6);
    folder[length + 6] = '\0';
    return mkdtemp(folder) != NULL; /* 0700 */
}

static void remove_folder(const char *folder)
{
    char path[PATH_MOST];
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        path_of(path, folder, files[i]);
        unlink(path);
    }
    rmdir(folder);
}

/* ---- the process */

static int start(const struct cbc_job *job, const char *folder, pid_t *child)
{
    char  seconds[40], ratio[40], nodes[40];
    char *arguments[] = { (char[]){ "cbc" }, (char[]){ "model.mps" }, (char[]){ "-timeMode" },
                          (char[]){ "elapsed" }, (char[]){ "-sec" }, seconds,
                          (char[]){ "-ratio" }, ratio, (char[]){ "-maxN" }, nodes,
                          (char[]){ "-threads" }, (char[]){ "0" }, (char[]){ "-solve" },
                          (char[]){ "-solution" }, (char[]){ "solution.txt" }, NULL };
    const struct process_job process = { .arguments = arguments, .folder = folder, .locale = "C",
                                         .output = "log.txt", .errors = -1 };
    snprintf(seconds, sizeof seconds, "%.3f", job->time_limit_s);
    snprintf(ratio, sizeof ratio, "%.9f", job->gap);
    snprintf(nodes, sizeof nodes, "%u", job->nodes ? (unsigned)job->nodes : 2000000000u);
    return process_start(&process, child);
}

/* True when it ended by itself, and well. */
static bool await(const struct cbc_job *job, pid_t child)
{
    const double until_s = farm_clock() + job->time_limit_s + GRACE_S;
    bool         ended = false, over = false;
    while (!over && !ended) {
        ended = process_ended(child);
        over = farm_clock() > until_s || (job->stop && job->stop(job->user_of_stop));
        if (!ended && !over)
            poll(NULL, 0, NAP_MS);
    }
    return process_reap(child) && ended;
}

/* ---- what it wrote */

/* Lines such as "      3 C0000004     2     7.5": a column's value; those not named are 0. */
static bool read_solution(const struct cbc_job *job, const char *folder, double *x, bool *late)
{
    char  path[PATH_MOST], line[LINE];
    path_of(path, folder, files[1]);
    FILE *from = fopen(path, "r");
    bool  good = from && fgets(line, sizeof line, from) &&
                (strncmp(line, "Optimal", 7) == 0 || strncmp(line, "Stopped", 7) == 0) &&
                !strstr(line, "no integer");
    *late = good && strncmp(line, "Stopped on time", 15) == 0;
    for (size_t j = 0; good && j < job->columns; j++)
        x[j] = 0;
    while (good && fgets(line, sizeof line, from)) {
        unsigned long column;
        double        value;
        good = sscanf(line, " %*u C%lu %lf", &column, &value) == 2 && column >= 1 &&
               column <= job->columns && isfinite(value);
        if (good)
            x[column - 1] = value;
    }
    if (from)
        fclose(from);
    return good;
}

/* "Lower bound: 7.5", or that what it found is optimal, in its log. */
static double read_bound(const char *folder)
{
    char   path[PATH_MOST], line[LINE];
    double bound = -INFINITY, objective = -INFINITY, value;
    bool   optimal = false;
    path_of(path, folder, files[2]);
    FILE *from = fopen(path, "r");
    while (from && fgets(line, sizeof line, from)) {
        optimal |= strcmp(line, "Result - Optimal solution found\n") == 0;
        if (sscanf(line, " Lower bound: %lf", &value) == 1 && isfinite(value))
            bound = value;
        else if (sscanf(line, " Objective value: %lf", &value) == 1 && isfinite(value))
            objective = value;
    }
    if (from)
        fclose(from);
    return optimal ? objective : bound;
}

bool cbc_solve(const struct cbc_job *job, double *x, double *bound, bool *time_was_up)
{
    char  folder[PATH_MOST], path[PATH_MOST];
    pid_t child;
    bool  good = make_folder(folder);
    *bound = -INFINITY;
    *time_was_up = false;
    if (!good)
        return false;
    path_of(path, folder, files[0]);
    good = job->write(job->user, path) && start(job, folder, &child) == 0 && await(job, child) &&
           read_solution(job, folder, x, time_was_up);
    if (good)
        *bound = read_bound(folder);
    remove_folder(folder);
    return good;
}
