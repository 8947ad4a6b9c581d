/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* flock */
#include "cli/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_MOST = 4096 };

static bool make(const char *path)
{
    char        part[PATH_MOST];
    struct stat about;
    if (strlen(path) >= sizeof part - sizeof "/events.csv") {
        fputs("tiersim: the name of the results folder is too long\n", stderr);
        return false;
    }
    for (size_t i = 1; i <= strlen(path); i++) {
        if (path[i] != '/' && path[i] != '\0')
            continue;
        memcpy(part, path, i);
        part[i] = '\0';
        if (mkdir(part, 0777) != 0 && errno != EEXIST && stat(part, &about) != 0) {
            fprintf(stderr, "tiersim: the results folder %s cannot be made: %s\n", part,
                    strerror(errno));
            return false;
        }
    }
    const bool there = stat(path, &about) == 0;
    if (there && !S_ISDIR(about.st_mode))
        errno = ENOTDIR;
    else if (there && access(path, W_OK | X_OK) == 0)
        return true;
    fprintf(stderr, "tiersim: the results cannot be written to %s: %s\n", path, strerror(errno));
    return false;
}

/* The lock is on the folder itself, so no file is left behind, and goes with the program, however
 * that ends. Where a file system has no locks, there is none. */
static bool lock(const char *path)
{
    const int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0 || flock(folder, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
        return true; /* stays open */
    fprintf(stderr, "tiersim: another run is writing to %s: wait for it, or name another folder\n",
            path);
    close(folder);
    return false;
}

bool folder_claim(const char *path)
{
    return make(path) && lock(path);
}
