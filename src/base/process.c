/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For posix_spawn_file_actions_addchdir_np: a child that starts in its folder, without code of ours
 * between fork and exec. */
#define _GNU_SOURCE
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>

static bool prepare_files(const struct process_job *job, posix_spawn_file_actions_t *actions)
{
    const int made = O_WRONLY | O_CREAT | O_TRUNC;
    return posix_spawn_file_actions_addchdir_np(actions, job->folder) == 0 &&
           posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0) == 0 &&
           posix_spawn_file_actions_addopen(actions, 1, job->output ? job->output : "/dev/null",
                                            job->output ? made : O_WRONLY, 0600) == 0 &&
           posix_spawn_file_actions_adddup2(actions, job->errors < 0 ? 1 : job->errors, 2) == 0;
}

static bool prepare_signals(posix_spawnattr_t *attributes)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    return posix_spawnattr_setpgroup(attributes, 0) == 0 &&
           posix_spawnattr_setsigmask(attributes, &none) == 0 &&
           posix_spawnattr_setsigdefault(attributes, &all) == 0 &&
           posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                                    POSIX_SPAWN_SETSIGDEF) == 0;
}

int process_start(const struct process_job *job, pid_t *child)
{
    char  locale[40], path[] = "PATH=/usr/local/bin:/usr/bin:/bin", home[] = "HOME=/nonexistent";
    char *environment[] = { path, locale, home, NULL };
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t          attributes;
    snprintf(locale, sizeof locale, "LC_ALL=%.20s", job->locale);
    int error = posix_spawn_file_actions_init(&actions);
    if (error)
        return error;
    error = posix_spawnattr_init(&attributes);
    if (error) {
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    if (prepare_files(job, &actions) && prepare_signals(&attributes))
        error = posix_spawnp(child, job->arguments[0], &actions, &attributes, job->arguments,
                             environment);
    else
        error = ENOMEM;
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

bool process_ended(pid_t child)
{
    siginfo_t ended = { 0 };
    return waitid(P_PID, (id_t)child, &ended, WEXITED | WNOHANG | WNOWAIT) != 0 ||
           ended.si_pid == child;
}

bool process_reap(pid_t child)
{
    int   status = 0;
    pid_t reaped;
    kill(-child, SIGKILL);
    while ((reaped = waitpid(child, &status, 0)) < 0 && errno == EINTR)
        continue;
    return reaped != child || (WIFEXITED(status) && WEXITSTATUS(status) == 0);
}
