/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: whatever happens to a journal, opening it gives a beginning of what was appended, never
 * anything else; what was cut can be appended again and the file is then the same to the byte.
 * Method: files cut at every byte and with every byte changed; files of other studies, versions
 * and kinds; full disks (a file size limit); a second opener; processes killed at random. */
#define _DEFAULT_SOURCE
#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/journal.h"
#include "base/problem.h"

/* Tests run beside each other: each in a folder of its own. */
static void enter(void)
{
    char folder[32];
    snprintf(folder, sizeof folder, "%ld", (long)getpid());
    cr_assert_eq(mkdir(folder, 0777), 0);
    cr_assert_eq(chdir(folder), 0);
}

TestSuite(journal, .init = enter);

static const struct journal_about ours = { .study = 7, .layout = 9 };

/* Record number i: its length and its bytes follow from i. */
static size_t make_record(uint64_t i, unsigned char *to)
{
    const size_t length = (size_t)(i * 7 % 23);
    for (size_t b = 0; b < length; b++)
        to[b] = (unsigned char)(i * 31 + b * 5);
    return length;
}

/* Counts records, and checks that each is the one that was appended. */
static bool count_record(void *user, uint64_t number, const void *record, size_t length)
{
    unsigned char expected[64];
    uint64_t     *seen = user;
    cr_assert_eq(number, *seen);
    cr_assert_eq(length, make_record(number, expected));
    cr_assert(memcmp(record, expected, length) == 0);
    (*seen)++;
    return true;
}

/* Opens, appends what is missing up to `n` records, closes. Returns how many were there. */
static uint64_t complete(const char *path, uint64_t n)
{
    struct journal        journal;
    unsigned char         record[64];
    uint64_t              seen = 0;
    struct tsim_problems *problems = tsim_problems_new();
    cr_assert(journal_open(&journal, path, &ours, count_record, &seen, problems));
    cr_assert_eq(journal.records, seen);
    for (uint64_t i = seen; i < n; i++)
        cr_assert(journal_append(&journal, record, make_record(i, record), problems));
    cr_assert(journal_close(&journal, problems));
    cr_assert_eq(tsim_problems_errors(problems), 0);
    tsim_problems_free(problems);
    return seen;
}

static void put(const char *path, const char *bytes, size_t n)
{
    FILE *to = fopen(path, "w");
    cr_assert_not_null(to);
    cr_assert_eq(fwrite(bytes, 1, n, to), n);
    fclose(to);
}

static void same_file(const char *path, const char *bytes, size_t n)
{
    size_t length;
    char  *found = file_read(path, 1 << 24, &length, NULL);
    cr_assert_not_null(found);
    cr_assert_eq(length, n);
    cr_assert(memcmp(found, bytes, n) == 0);
    free(found);
}

/* The one problem of an opening that must fail; the file stays as it was. */
static void refused(const char *path, const struct journal_about *about, const char *message)
{
    struct journal        journal;
    uint64_t              seen = 0;
    struct tsim_problems *problems = tsim_problems_new();
    cr_assert_not(journal_open(&journal, path, about, count_record, &seen, problems));
    cr_assert_eq(tsim_problems_count(problems), 1);
    const struct tsim_problem *problem = tsim_problems_get(problems, 0);
    cr_assert_eq(problem->kind, TSIM_PROBLEM_IO);
    cr_assert(strstr(problem->message, message) != NULL, "%s", problem->message);
    cr_assert(journal_close(&journal, problems), "closing what is not open is nothing");
    tsim_problems_free(problems);
}

Test(journal, records_come_back_in_order)
{
    cr_assert_eq(complete("j", 0), 0);
    cr_assert_eq(complete("j", 3), 0);
    cr_assert_eq(complete("j", 3), 3);
    cr_assert_eq(complete("j", 100), 3);
    cr_assert_eq(complete("j", 100), 100);
}

Test(journal, cut_anywhere_it_is_completed_to_the_same_bytes)
{
    size_t length;
    complete("whole", 12);
    char *whole = file_read("whole", 1 << 20, &length, NULL);
    uint64_t before = 0;
    for (size_t n = 0; n <= length; n++) {
        put("cut", whole, n);
        const uint64_t there = complete("cut", 12);
        cr_assert(there >= before && there <= before + 1);
        before = there;
        same_file("cut", whole, length);
    }
    cr_assert_eq(before, 12);
    free(whole);
}

Test(journal, no_changed_byte_is_taken_for_a_record)
{
    size_t length;
    complete("whole", 12);
    char *whole = file_read("whole", 1 << 20, &length, NULL);
    for (size_t n = 40; n < length; n++) { /* behind the header */
        whole[n] = (char)(whole[n] ^ 1 << n % 8);
        put("bad", whole, length);
        whole[n] = (char)(whole[n] ^ 1 << n % 8);
        cr_assert_lt(complete("bad", 12), 12);
        same_file("bad", whole, length);
    }
    for (size_t n = 0; n < 40; n++) { /* the header */
        whole[n] = (char)(whole[n] ^ 1);
        put("bad", whole, length);
        refused("bad", &ours, n < 8 ? "not a journal" : "damaged");
        same_file("bad", whole, length);
        whole[n] = (char)(whole[n] ^ 1);
    }
    free(whole);
}

/* Records of another journal of the same study do not fit: hashes are chained. */
Test(journal, records_elsewhere_are_not_taken)
{
    size_t length;
    complete("whole", 12);
    char *whole = file_read("whole", 1 << 20, &length, NULL);
    /* Record 0 is empty, record 1 has 7 bytes, record 2 has 14: leave out record 1. */
    char *cut = malloc(length);
    memcpy(cut, whole, 56);
    memcpy(cut + 56, whole + 56 + 23, length - 56 - 23);
    put("cut", cut, length - 23);
    cr_assert_eq(complete("cut", 12), 1);
    same_file("cut", whole, length);
    free(cut);
    free(whole);
}

Test(journal, damage_before_the_end_is_a_warning)
{
    size_t                length;
    struct journal        journal;
    uint64_t              seen = 0;
    struct tsim_problems *problems = tsim_problems_new();
    complete("j", 12);
    char *whole = file_read("j", 1 << 20, &length, NULL);
    whole[100] ^= 1;
    put("j", whole, length);
    cr_assert(journal_open(&journal, "j", &ours, count_record, &seen, problems));
    cr_assert_eq(tsim_problems_count(problems), 1);
    cr_assert_eq(tsim_problems_get(problems, 0)->kind, TSIM_PROBLEM_WARNING);
    journal_close(&journal, problems);
    tsim_problems_free(problems);
    free(whole);
}

Test(journal, what_is_not_ours_is_refused_and_left)
{
    const struct journal_about study = { .study = 8, .layout = 9 };
    const struct journal_about layout = { .study = 7, .layout = 10 };
    const char text[] = "{\"name\": \"a scenario that somebody gave as a journal by mistake\"}";
    complete("j", 2);
    refused("j", &study, "another study");
    refused("j", &layout, "another version");
    put("text", text, sizeof text - 1);
    refused("text", &ours, "not a journal");
    same_file("text", text, sizeof text - 1);
    put("short", "{}", 2);
    refused("short", &ours, "not a journal");
    mkdir("folder", 0777);
    refused("folder", &ours, "cannot open");
    mkfifo("pipe", 0666);
    refused("pipe", &ours, "cannot be a journal");
    refused("missing/j", &ours, "cannot open");
    cr_assert_eq(symlink("j", "link"), 0);
    refused("link", &ours, "cannot open");
    char path[5000];
    memset(path, 'a', sizeof path - 1);
    path[sizeof path - 1] = 0;
    refused(path, &ours, "cannot open");
}

static bool never(void *user, uint64_t number, const void *record, size_t length)
{
    (void)user, (void)record, (void)length;
    return number < 4;
}

Test(journal, a_record_its_owner_does_not_want_ends_it)
{
    struct journal        journal;
    struct tsim_problems *problems = tsim_problems_new();
    complete("j", 9);
    cr_assert(journal_open(&journal, "j", &ours, never, NULL, problems));
    cr_assert_eq(journal.records, 4);
    journal_close(&journal, problems);
    cr_assert_eq(complete("j", 4), 4);
    tsim_problems_free(problems);
}

Test(journal, a_second_opener_is_refused)
{
    struct journal        journal;
    uint64_t              seen = 0;
    struct tsim_problems *problems = tsim_problems_new();
    cr_assert(journal_open(&journal, "j", &ours, count_record, &seen, problems));
    refused("j", &ours, "another process");
    const pid_t child = fork();
    if (child == 0) {
        struct journal second;
        const bool     open = journal_open(&second, "j", &ours, count_record, &seen, NULL);
        _exit(open ? 1 : 0);
    }
    int status;
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    journal_close(&journal, problems);
    cr_assert_eq(complete("j", 1), 0);
    tsim_problems_free(problems);
}

/* A file size limit makes writes short, then fail, like a disk that fills up. */
Test(journal, a_full_disk_loses_nothing_that_was_there)
{
    struct journal        journal;
    unsigned char         record[64];
    uint64_t              seen = 0, n = 0;
    struct tsim_problems *problems = tsim_problems_new();
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){ 500, RLIM_INFINITY });
    cr_assert(journal_open(&journal, "j", &ours, count_record, &seen, problems));
    while (journal_append(&journal, record, make_record(n, record), problems))
        n++;
    cr_assert_eq(tsim_problems_errors(problems), 1);
    cr_assert_eq(tsim_problems_get(problems, 0)->kind, TSIM_PROBLEM_IO);
    struct stat about;
    cr_assert_eq(stat("j", &about), 0);
    cr_assert_eq((uint64_t)about.st_size, journal.end);
    cr_assert_leq(about.st_size, 500);
    journal_close(&journal, problems);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){ RLIM_INFINITY, RLIM_INFINITY });
    cr_assert_eq(complete("j", 40), n);
    cr_assert_eq(complete("j", 40), 40);
    tsim_problems_free(problems);
}

enum { RECORDS = 4000 };

/* A child appends until it is killed; then another goes on, to the end. Returns how many were
 * killed: on a busy machine the first may be done before anybody gets to kill it. */
static int append_and_kill(uint32_t *dice)
{
    int killed = 0;
    for (;;) {
        const pid_t child = fork();
        if (child == 0) {
            complete("j", RECORDS);
            _exit(0);
        }
        *dice = *dice * 1664525u + 1013904223u;
        /* Longer and longer, so that slow machines, too, come to the end. */
        const uint32_t most = 1500000 + (uint32_t)killed * 50000;
        nanosleep(&(struct timespec){ .tv_nsec = 100000 + (*dice >> 8) % most }, NULL);
        kill(child, SIGKILL);
        int status;
        cr_assert_eq(waitpid(child, &status, 0), child);
        if (WIFEXITED(status))
            return killed;
        cr_assert_lt(++killed, 10000);
    }
}

/* Kills fall anywhere, into openings and into writes. In the end the file is what one undisturbed
 * process would have written. */
Test(journal, killed_many_times_it_ends_the_same)
{
    size_t   length;
    int      killed = 0;
    uint32_t dice = 12345;
    complete("whole", RECORDS);
    char *whole = file_read("whole", 1 << 24, &length, NULL);
    for (int round = 0; round < 1000 && killed < 3; round++) {
        killed += append_and_kill(&dice);
        same_file("j", whole, length);
        cr_assert_eq(unlink("j"), 0);
    }
    cr_assert_geq(killed, 3);
    free(whole);
}
