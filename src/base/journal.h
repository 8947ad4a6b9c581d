/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/journal.h - work that is done stays done.
 *
 * A journal is a file to which records are appended one by one. A program that was killed at any
 * moment opens it again and is told every whole record in order; then it goes on where it was.
 *
 * The file: a header that says what the records are about (a study, and the layout of a record),
 * then records, each with its length, a 64-bit hash chained through all records before it, and
 * its bytes. A record that was cut off, changed or put elsewhere does not hash, and the file is
 * cut there: what was lost is done again. A file that is no journal, or is about something else,
 * is refused and left as it is.
 *
 * Each record is one write: a killed process loses only what it had not yet appended. At most
 * every JOURNAL_SYNC_S seconds, and at the end, the file is synced to the disk: a power cut loses
 * at most what came after that, and what it garbles does not hash.
 *
 * While it is open the file is locked: a second opener, in this process or another, is refused.
 * Numbers are written in the order of bytes of the machine; another order does not match.
 */
#ifndef BASE_JOURNAL_H
#define BASE_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tsim_problems;

enum { JOURNAL_SYNC_S = 5, JOURNAL_RECORD_MOST = 64 << 20 };

/* What the records are about. A journal is opened only by who says the same. */
struct journal_about {
    uint64_t study;  /* hash of everything that decides what the records say */
    uint64_t layout; /* hash of the version and of the form of a record      */
};

struct journal {
    int      file;     /* -1: not open                                       */
    char     path[4096];
    uint64_t records;  /* in the file                                        */
    uint64_t end;      /* bytes of the file up to the last whole record      */
    uint64_t dropped;  /* bytes behind it that were cut off on opening       */
    uint64_t chain;    /* hash of everything so far                          */
    double   synced_s; /* when, by the monotonic clock                       */
};

/* Told every record on opening, in order; `number` counts from 0. False: the record is not one
 * that can be there, and the file is cut before it. */
typedef bool journal_take(void *user, uint64_t number, const void *record, size_t length);

/* Opens the journal, making the file if there is none, and hands its records to `take`. Bytes
 * that are cut off for more than a torn last record are a warning. False on a problem. */
bool journal_open(struct journal *journal, const char *path, const struct journal_about *about,
                  journal_take *take, void *user, struct tsim_problems *problems);

/* Appends a record. After a failure, as on a full disk, the file ends with the record before. */
bool journal_append(struct journal *journal, const void *record, size_t length,
                    struct tsim_problems *problems);

/* Syncs and closes; nothing happens if it is not open. */
bool journal_close(struct journal *journal, struct tsim_problems *problems);

#endif
