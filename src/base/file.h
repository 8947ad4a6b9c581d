/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/file.h - whole files in, whole files out.
 *
 * Writing is atomic: a file is written under a temporary name in the same folder, flushed,
 * renamed. A failure leaves the old file as it was and no temporary one behind.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct tsim_problems;

/* Reads a whole file, gzip-compressed or plain, into memory from malloc with a NUL behind the
 * last byte. More than `most` bytes is a limit problem. NULL on failure. */
char *file_read(const char *path, size_t most, size_t *length, struct tsim_problems *problems);

struct file_writer {
    FILE *to;
    char  path[4096], temporary[4096];
    bool  failed;
};

/* Opens `path` for atomic writing; write through writer->to; then commit or abandon. */
bool file_begin(struct file_writer *writer, const char *path, struct tsim_problems *problems);
bool file_commit(struct file_writer *writer, struct tsim_problems *problems);
void file_abandon(struct file_writer *writer);

/* Reports that something could not be done to a file, with the reason of the error number, as in
 * errno. Returns false. */
bool file_problem(struct tsim_problems *problems, const char *path, const char *what, int error);

/* Makes the folder and its parents; an existing folder is fine. */
bool file_make_folder(const char *path, struct tsim_problems *problems);

/* "folder/name" into `to`; false when it does not fit. An absolute `name` stays as it is;
 * `folder` may be NULL. */
bool file_join(char *to, size_t size, const char *folder, const char *name);

#endif
