/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* flock */
#include "base/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/file.h"
#include "base/problem.h"
#include "base/text.h"

struct header {
    char     magic[8];
    uint64_t order; /* of bytes */
    uint64_t study, layout;
    uint64_t hash;  /* of the above; the records' hashes begin with it */
};

struct record_head {
    uint64_t length, hash;
};

static const struct header blank = { .magic = "tsimjrn1", .order = UINT64_C(0x0102030405060708) };

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static uint64_t chain_on(uint64_t chain, const void *record, size_t length)
{
    const uint64_t n = length;
    return text_hash_bytes(record, length, text_hash_bytes(&n, sizeof n, chain));
}

/* ---- reading and writing all of it */

/* 0, or the number of the error. */
static int write_all(int file, const void *bytes, size_t n)
{
    const char *at = bytes;
    while (n > 0) {
        const ssize_t got = write(file, at, n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got < 0 ? errno : EIO;
        at += got;
        n -= (size_t)got;
    }
    return 0;
}

/* Bytes read, fewer than `n` only at the end of the file; -1 on an error. */
static ssize_t read_all(int file, void *bytes, size_t n)
{
    char  *at = bytes;
    size_t have = 0;
    while (have < n) {
        const ssize_t got = read(file, at + have, n - have);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        have += (size_t)got;
    }
    return (ssize_t)have;
}

/* ---- opening */

static bool open_file(struct journal *journal, const char *path, struct tsim_problems *problems)
{
    struct stat about;
    if (strlen(path) >= sizeof journal->path)
        return file_problem(problems, path, "cannot open the journal", ENAMETOOLONG);
    memcpy(journal->path, path, strlen(path) + 1);
    journal->file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
    if (journal->file < 0)
        return file_problem(problems, journal->path, "cannot open the journal", errno);
    if (fstat(journal->file, &about) != 0)
        return file_problem(problems, journal->path, "cannot open the journal", errno);
    if (!S_ISREG(about.st_mode))
        return problem_in_file(problems, TSIM_PROBLEM_IO, path, NULL, 0, 0, 0, "a regular file",
                               NULL, NULL, "this cannot be a journal");
    if (flock(journal->file, LOCK_EX | LOCK_NB) == 0)
        return true;
    if (errno != EWOULDBLOCK)
        return file_problem(problems, journal->path, "cannot lock the journal", errno);
    return problem_in_file(problems, TSIM_PROBLEM_IO, path, NULL, 0, 0, 0, NULL, NULL,
                           "wait for it, or write to another folder",
                           "another process is at work on this study");
}

static bool refuse(const struct journal *journal, const char *why, struct tsim_problems *problems)
{
    return problem_in_file(problems, TSIM_PROBLEM_IO, journal->path, NULL, 0, 0, 0, NULL, NULL,
                           "write to another folder, or remove the file to begin anew", "%s", why);
}

/* Reads the header, or writes it where there is none, or only the beginning of ours. */
static bool open_header(struct journal *journal, const struct header *ours,
                        struct tsim_problems *problems)
{
    struct header theirs = { .order = 0 };
    const ssize_t got = read_all(journal->file, &theirs, sizeof theirs);
    if (got < 0)
        return file_problem(problems, journal->path, "cannot read the journal", errno);
    journal->end = sizeof *ours;
    journal->chain = ours->hash;
    if (memcmp(&theirs, ours, (size_t)got) == 0) {
        if ((size_t)got == sizeof *ours)
            return true;
        int error = ftruncate(journal->file, 0) != 0 || lseek(journal->file, 0, SEEK_SET) != 0
                        ? errno : write_all(journal->file, ours, sizeof *ours);
        return error == 0 ||
               file_problem(problems, journal->path, "cannot write the journal", error);
    }
    if ((size_t)got < sizeof theirs || memcmp(theirs.magic, ours->magic, sizeof ours->magic) != 0)
        return refuse(journal, "this file is not a journal of tiersim", problems);
    if (theirs.hash != text_hash_bytes(&theirs, offsetof(struct header, hash), 0))
        return refuse(journal, "the first bytes of this journal are damaged", problems);
    if (theirs.study != ours->study)
        return refuse(journal, "this journal belongs to another study, or the study or its "
                               "scenario was changed since", problems);
    return refuse(journal, "this journal was written by another version of tiersim", problems);
}

/* The next record into `bytes`, which grows; its length. False: there is no whole one, or memory
 * is out (`error` is set). */
static bool next_record(const struct journal *journal, char **bytes, size_t *room, uint64_t left,
                        size_t *length, int *error)
{
    struct record_head head;
    ssize_t            got = read_all(journal->file, &head, sizeof head);
    if (got < 0)
        *error = errno;
    if (got != (ssize_t)sizeof head || head.length > JOURNAL_RECORD_MOST ||
        head.length > left - sizeof head)
        return false;
    *length = (size_t)head.length;
    if (*length > *room) {
        char *more = realloc(*bytes, *length);
        if (!more) {
            *error = ENOMEM;
            return false;
        }
        *bytes = more;
        *room = *length;
    }
    got = *length ? read_all(journal->file, *bytes, *length) : 0;
    if (got < 0)
        *error = errno;
    return got == (ssize_t)*length && chain_on(journal->chain, *bytes, *length) == head.hash;
}

/* Hands out whole records; then everything behind them is cut off. */
static bool read_records(struct journal *journal, journal_take *take, void *user,
                         struct tsim_problems *problems)
{
    struct stat about;
    char       *bytes = NULL;
    size_t      room = 0, length;
    int         error = 0;
    if (fstat(journal->file, &about) != 0)
        return file_problem(problems, journal->path, "cannot read the journal", errno);
    const uint64_t size = (uint64_t)about.st_size;
    while (next_record(journal, &bytes, &room, size - journal->end, &length, &error) &&
           take(user, journal->records, length ? bytes : "", length)) {
        journal->records++;
        journal->end += sizeof(struct record_head) + length;
        journal->chain = chain_on(journal->chain, bytes, length);
    }
    free(bytes);
    if (error)
        return file_problem(problems, journal->path, "cannot read the journal", error);
    journal->dropped = size - journal->end;
    if (ftruncate(journal->file, (off_t)journal->end) != 0 ||
        lseek(journal->file, (off_t)journal->end, SEEK_SET) < 0)
        return file_problem(problems, journal->path, "cannot cut the journal", errno);
    return true;
}

/* Bytes of the longest record so far tell a torn record from more damage than that. */
struct measured {
    journal_take *take;
    void         *user;
    size_t        longest;
};

static bool take_measured(void *user, uint64_t number, const void *record, size_t length)
{
    struct measured *measured = user;
    if (!measured->take(measured->user, number, record, length))
        return false;
    if (length > measured->longest)
        measured->longest = length;
    return true;
}

bool journal_open(struct journal *journal, const char *path, const struct journal_about *about,
                  journal_take *take, void *user, struct tsim_problems *problems)
{
    struct header   ours = blank;
    struct measured measured = { .take = take, .user = user };
    *journal = (struct journal){ .file = -1, .synced_s = now_s() };
    ours.study = about->study;
    ours.layout = about->layout;
    ours.hash = text_hash_bytes(&ours, offsetof(struct header, hash), 0);
    if (!open_file(journal, path, problems) || !open_header(journal, &ours, problems) ||
        !read_records(journal, take_measured, &measured, problems)) {
        if (journal->file >= 0)
            close(journal->file);
        journal->file = -1;
        return false;
    }
    if (journal->dropped > measured.longest + sizeof(struct record_head) && journal->records > 0)
        problem_in_file(problems, TSIM_PROBLEM_WARNING, path, NULL, 0, 0, 0, NULL, NULL, NULL,
                        "the journal is damaged behind record %llu: what stood in its last %llu "
                        "bytes is done again", (unsigned long long)journal->records,
                        (unsigned long long)journal->dropped);
    return true;
}

/* ---- appending */

/* Gives the record up: the file ends as it did before. */
static bool append_failed(const struct journal *journal, int error, struct tsim_problems *problems)
{
    const bool cut = ftruncate(journal->file, (off_t)journal->end) == 0 &&
                     lseek(journal->file, (off_t)journal->end, SEEK_SET) >= 0;
    (void)cut; /* if it cannot be cut, the next opening does it */
    return file_problem(problems, journal->path, "cannot write the journal", error);
}

bool journal_append(struct journal *journal, const void *record, size_t length,
                    struct tsim_problems *problems)
{
    TSIM_ASSERT(journal->file >= 0 && length <= JOURNAL_RECORD_MOST);
    char           small[4096];
    const uint64_t chain = chain_on(journal->chain, record, length);
    const struct record_head head = { .length = length, .hash = chain };
    const size_t   whole = sizeof head + length;
    char          *bytes = whole <= sizeof small ? small : malloc(whole);
    if (!bytes)
        return problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    memcpy(bytes, &head, sizeof head);
    if (length)
        memcpy(bytes + sizeof head, record, length);
    int error = write_all(journal->file, bytes, whole);
    if (bytes != small)
        free(bytes);
    if (error == 0 && now_s() - journal->synced_s > JOURNAL_SYNC_S) {
        error = fdatasync(journal->file) == 0 ? 0 : errno;
        journal->synced_s = now_s();
    }
    if (error != 0)
        return append_failed(journal, error, problems);
    journal->records++;
    journal->end += whole;
    journal->chain = chain;
    return true;
}

bool journal_close(struct journal *journal, struct tsim_problems *problems)
{
    if (journal->file < 0)
        return true;
    int error = fdatasync(journal->file) == 0 ? 0 : errno;
    if (close(journal->file) != 0 && error == 0)
        error = errno;
    journal->file = -1;
    return error == 0 || file_problem(problems, journal->path, "cannot write the journal", error);
}
