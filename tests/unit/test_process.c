/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: another program works in the folder it is given, with nothing to read, a small environment
 * and its words where they were asked for; its end is known, and it can be ended with all that it
 * started. Method: small shell scripts, their output read back. */
#define _DEFAULT_SOURCE /* usleep */
#include <criterion/criterion.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/process.h"

/* Runs a script to its end. */
static bool run(const char *script, const char *output, int errors)
{
    char  text[400];
    char *arguments[] = { (char[]){ "sh" }, (char[]){ "-c" }, text, NULL };
    const struct process_job job = { .arguments = arguments, .folder = ".", .locale = "C",
                                     .output = output, .errors = errors };
    pid_t child;
    snprintf(text, sizeof text, "%s", script);
    cr_assert_eq(process_start(&job, &child), 0);
    while (!process_ended(child))
        usleep(1000);
    cr_assert(process_ended(child), "it can be asked again");
    return process_reap(child);
}

static void expect_file(const char *name, const char *words)
{
    char  text[400];
    FILE *from = fopen(name, "r");
    cr_assert(from, "%s", name);
    text[fread(text, 1, sizeof text - 1, from)] = '\0';
    fclose(from);
    cr_expect_str_eq(text, words);
}

Test(process, it_says_how_it_ended)
{
    cr_expect(run("exit 0", NULL, -1));
    cr_expect_not(run("exit 3", NULL, -1));
    cr_expect_not(run("kill -9 $$", NULL, -1));
}

Test(process, words_go_where_they_are_asked_for)
{
    int  ends[2];
    char said[40] = "";
    cr_expect(run("echo out; echo err >&2", "both.txt", -1));
    expect_file("both.txt", "out\nerr\n");
    cr_expect(run("echo new", "both.txt", -1));
    expect_file("both.txt", "new\n");
    cr_assert_eq(pipe(ends), 0);
    cr_expect(run("echo out; echo err >&2", NULL, ends[1]));
    cr_expect_eq(read(ends[0], said, sizeof said - 1), 4);
    cr_expect_str_eq(said, "err\n");
    close(ends[0]);
    close(ends[1]);
}

Test(process, it_knows_little_of_us)
{
    setenv("SECRET", "yes", 1);
    signal(SIGTERM, SIG_IGN);
    cr_expect(run("echo \"$LC_ALL $HOME $SECRET.\"; cat; trap | wc -l", "env.txt", -1));
    expect_file("env.txt", "C /nonexistent .\n0\n");
    /* What we ignore it does not. */
    cr_expect_not(run("kill -TERM $$; exit 0", NULL, -1));
    signal(SIGTERM, SIG_DFL);
}

/* Of a process, as the system has it: 'Z' for one that only waits to be reaped, 'X' for none. */
static char state_of(long process)
{
    char path[60], state = 'X';
    snprintf(path, sizeof path, "/proc/%ld/stat", process);
    FILE *from = fopen(path, "r");
    if (from && fscanf(from, "%*d %*s %c", &state) != 1)
        state = 'X';
    if (from)
        fclose(from);
    return state;
}

Test(process, it_is_ended_with_all_it_started)
{
    char *arguments[] = { (char[]){ "sh" }, (char[]){ "-c" },
                          (char[]){ "sleep 600 & echo $! >child.txt; wait" }, NULL };
    const struct process_job job = { .arguments = arguments, .folder = ".", .locale = "C",
                                     .errors = -1 };
    pid_t child;
    long  other = 0;
    cr_assert_eq(process_start(&job, &child), 0);
    for (int i = 0; i < 2000 && other == 0; i++) {
        FILE *from = fopen("child.txt", "r");
        if (from && fscanf(from, "%ld", &other) != 1)
            other = 0;
        if (from)
            fclose(from);
        usleep(1000);
    }
    cr_assert(other > 0);
    cr_expect_not(process_ended(child));
    cr_expect_not(process_reap(child));
    for (int i = 0; i < 2000 && !strchr("XZ", state_of(other)); i++)
        usleep(1000);
    cr_expect(strchr("XZ", state_of(other)), "%c", state_of(other));
}

Test(process, what_is_not_there_is_told)
{
    char *arguments[] = { (char[]){ "no-such-program-here" }, NULL };
    struct process_job job = { .arguments = arguments, .folder = ".", .locale = "C",
                               .errors = -1 };
    pid_t child;
    cr_expect_eq(process_start(&job, &child), ENOENT);
    arguments[0] = (char[]){ "sh" };
    job.folder = "no/such/folder";
    cr_expect_eq(process_start(&job, &child), ENOENT);
}
