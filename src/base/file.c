/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/assert.h"
#include "base/problem.h"
#include "base/text.h"

enum { CHUNK = 1 << 16, NAMES_TRIED = 100 };

bool file_problem(struct tsim_problems *problems, const char *path, const char *what, int error)
{
    char reason[256];
    if (error == 0 || strerror_r(error, reason, sizeof reason) != 0)
        snprintf(reason, sizeof reason, "unknown reason");
    const char *hint = error == ENOSPC ? "free some space on that disk" : NULL;
    return problem_in_file(problems, TSIM_PROBLEM_IO, path, NULL, 0, 0, 0, NULL, NULL, hint,
                           "%s: %s", what, reason);
}

/* ---- reading */

static bool limit_problem(struct tsim_problems *problems, const char *path, size_t most)
{
    return problem_in_file(problems, TSIM_PROBLEM_LIMIT, path, NULL, 0, 0, 0, NULL, NULL, NULL,
                           "the file is too large: the limit is %zu bytes (%zu MiB)", most,
                           most >> 20);
}

static bool gzip_problem(gzFile from, const char *path, struct tsim_problems *problems)
{
    int         code;
    const char *reason = gzerror(from, &code);
    if (code == Z_ERRNO)
        return file_problem(problems, path, "cannot read the file", errno);
    return problem_in_file(problems, TSIM_PROBLEM_IO, path, NULL, 0, 0, 0, NULL, NULL,
                           "the file looks like gzip: check it with gzip -t",
                           "cannot decompress the file: %s", reason);
}

/* Reads all there is, growing the memory as needed; one byte above `most` tells a file that is
 * too large. */
static char *read_all(gzFile from, const char *path, size_t most, size_t *length,
                      struct tsim_problems *problems)
{
    char  *bytes = NULL;
    size_t n = 0, room = 0;
    for (;;) {
        if (room - n < CHUNK) {
            room = room ? room * 2 : 2 * CHUNK;
            char *more = realloc(bytes, room + 1);
            if (!more) {
                problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL,
                              "memory is out while reading %s", path);
                break;
            }
            bytes = more;
        }
        errno = 0;
        int got = gzread(from, bytes + n, CHUNK);
        if (got < 0) {
            gzip_problem(from, path, problems);
            break;
        }
        n += (size_t)got;
        if (n > most) {
            limit_problem(problems, path, most);
            break;
        }
        if (got == 0) {
            bytes[n] = 0;
            *length = n;
            return bytes;
        }
    }
    free(bytes);
    return NULL;
}

char *file_read(const char *path, size_t most, size_t *length, struct tsim_problems *problems)
{
    *length = 0;
    errno = 0;
    gzFile from = gzopen(path, "rb");
    if (!from) {
        file_problem(problems, path, "cannot open the file", errno);
        return NULL;
    }
    gzbuffer(from, 2 * CHUNK);
    char *bytes = read_all(from, path, most, length, problems);
    int   closed = gzclose_r(from);
    if (bytes && closed != Z_OK) {
        problem_in_file(problems, TSIM_PROBLEM_IO, path, NULL, 0, 0, 0, NULL, NULL,
                        "it may not have been copied completely: check it with gzip -t",
                        "the compressed file ends too early");
        free(bytes);
        return NULL;
    }
    return bytes;
}

/* ---- writing */

/* Copies the folder of `path` ("." when it names none) into `to`, which has room for `path`. */
static void folder_of(const char *path, char *to)
{
    const char *slash = strrchr(path, '/');
    size_t      n = slash ? (size_t)(slash - path) : 0;
    if (slash == path)
        n = 1;
    memcpy(to, path, n);
    to[n] = 0;
    if (n == 0)
        memcpy(to, ".", 2);
}

/* A name no other writer has: the process and a number that counts up while names are taken. */
static int temporary_open(struct file_writer *writer, mode_t mode)
{
    char folder[sizeof writer->path];
    folder_of(writer->path, folder);
    for (int i = 0; i < NAMES_TRIED; i++) {
        char name[64];
        snprintf(name, sizeof name, ".tiersim-%ld-%d.tmp", (long)getpid(), i);
        if (!file_join(writer->temporary, sizeof writer->temporary, folder, name)) {
            errno = ENAMETOOLONG;
            break;
        }
        int file = open(writer->temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                        mode);
        if (file >= 0 || errno != EEXIST)
            return file;
    }
    return -1;
}

bool file_begin(struct file_writer *writer, const char *path, struct tsim_problems *problems)
{
    struct stat old;
    *writer = (struct file_writer){ .failed = true };
    if (strlen(path) >= sizeof writer->path)
        return file_problem(problems, path, "cannot write the file", ENAMETOOLONG);
    memcpy(writer->path, path, strlen(path) + 1);
    bool exists = stat(path, &old) == 0;
    if (exists && S_ISDIR(old.st_mode))
        return file_problem(problems, path, "cannot write the file", EISDIR);
    int file;
    if (exists && !S_ISREG(old.st_mode))
        /* A device or pipe, such as /dev/stdout, must not be replaced: it is written as it is. */
        file = open(path, O_WRONLY | O_CLOEXEC);
    else
        file = temporary_open(writer, 0666);
    if (file < 0) {
        int error = errno;
        writer->temporary[0] = 0;
        return file_problem(problems, path, "cannot write the file", error);
    }
    if (exists && writer->temporary[0])
        (void)fchmod(file, old.st_mode & 0777); /* only a courtesy: may be refused */
    writer->to = fdopen(file, "w");
    if (!writer->to) {
        int error = errno;
        close(file);
        file_abandon(writer);
        return file_problem(problems, path, "cannot write the file", error);
    }
    writer->failed = false;
    return true;
}

/* Makes the renaming itself last. A folder that cannot be opened or synced is no failure: the
 * file is in place, and some file systems do not know the operation. */
static void folder_sync(const char *path)
{
    char folder[sizeof((struct file_writer *)0)->path];
    folder_of(path, folder);
    int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0)
        return;
    (void)fsync(file);
    close(file);
}

/* Flushes and closes. 0, or the number of the first error. */
static int writer_close(struct file_writer *writer)
{
    int error = 0;
    errno = 0;
    bool failed_before = ferror(writer->to) != 0;
    if (fflush(writer->to) != 0)
        error = errno;
    if (failed_before && error == 0) {
        /* stdio has forgotten why; the file is given up, so one more byte may ask again. */
        bool again = writer->temporary[0] && write(fileno(writer->to), "", 1) < 0;
        error = again && errno ? errno : EIO;
    }
    /* Pipes and devices cannot be synced and say so. */
    if (error == 0 && fsync(fileno(writer->to)) != 0 && errno != EINVAL && errno != EROFS &&
        errno != ENOTSUP)
        error = errno;
    if (fclose(writer->to) != 0 && error == 0)
        error = errno;
    writer->to = NULL;
    return error;
}

bool file_commit(struct file_writer *writer, struct tsim_problems *problems)
{
    TSIM_ASSERT(writer->to && !writer->failed);
    int error = writer_close(writer);
    if (error == 0 && writer->temporary[0]) {
        if (rename(writer->temporary, writer->path) == 0) {
            writer->temporary[0] = 0;
            folder_sync(writer->path);
        } else {
            error = errno;
        }
    }
    if (error == 0)
        return true;
    file_abandon(writer);
    return file_problem(problems, writer->path, "cannot write the file", error);
}

void file_abandon(struct file_writer *writer)
{
    if (writer->to)
        fclose(writer->to);
    writer->to = NULL;
    if (writer->temporary[0])
        unlink(writer->temporary);
    writer->temporary[0] = 0;
    writer->failed = true;
}

/* ---- folders */

/* 0, or the number of the error. */
static int folder_make(const char *path)
{
    struct stat there;
    if (mkdir(path, 0777) == 0)
        return 0;
    int error = errno;
    /* Some systems say EROFS or EACCES of a folder that exists. */
    if (stat(path, &there) != 0)
        return error;
    return S_ISDIR(there.st_mode) ? 0 : ENOTDIR;
}

bool file_make_folder(const char *path, struct tsim_problems *problems)
{
    char   part[4096];
    size_t length = strlen(path);
    int    error = length > 0 && length < sizeof part ? 0 : length == 0 ? ENOENT : ENAMETOOLONG;
    for (size_t i = 1; error == 0 && i <= length; i++) {
        if (path[i] != '/' && path[i] != 0)
            continue;
        memcpy(part, path, i);
        part[i] = 0;
        error = folder_make(part);
    }
    return error == 0 || file_problem(problems, path, "cannot make the folder", error);
}

bool file_join(char *to, size_t size, const char *folder, const char *name)
{
    bool alone = !folder || !*folder || name[0] == '/';
    bool slash = !alone && folder[strlen(folder) - 1] != '/';
    int  needed = snprintf(to, size, "%s%s%s", alone ? "" : folder, slash ? "/" : "", name);
    return needed >= 0 && (size_t)needed < size;
}
