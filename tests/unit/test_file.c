/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: files are read whole, plain or compressed, up to a limit; and written whole or not at all.
 * Method: each way to fail is brought about for real (missing and read-only folder, full device,
 * file size limit, taken names, symbolic links); then the old file must be as it was and nothing
 * temporary may be left. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include "base/file.h"
#include "base/problem.h"

static void put(const char *path, const char *text)
{
    FILE *to = fopen(path, "w");
    cr_assert_not_null(to, "%s", path);
    fputs(text, to);
    fclose(to);
}

static void holds(const char *path, const char *text)
{
    size_t length;
    char  *found = file_read(path, 1 << 20, &length, NULL);
    cr_assert_not_null(found, "%s", path);
    cr_assert_str_eq(found, text, "%s", path);
    cr_assert_eq(length, strlen(text));
    free(found);
}

/* How many files a folder holds, hidden ones included. */
static int count(const char *folder)
{
    int  n = 0;
    DIR *files = opendir(folder);
    while (readdir(files))
        n++;
    closedir(files);
    return n - 2;
}

/* The message of the only problem, which is of that kind. */
static void complains(struct tsim_problems *problems, enum tsim_problem_kind kind,
                      const char *message)
{
    cr_assert_eq(tsim_problems_count(problems), 1);
    const struct tsim_problem *problem = tsim_problems_get(problems, 0);
    cr_assert_eq(problem->kind, kind, "%s", problem->message);
    cr_assert(strstr(problem->message, message) != NULL, "\"%s\" is not in \"%s\"", message,
              problem->message);
    cr_assert_not_null(problem->file);
    tsim_problems_free(problems);
}

Test(file, is_read_whole)
{
    size_t length;
    put("plain", "one\ntwo");
    holds("plain", "one\ntwo");
    put("empty", "");
    holds("empty", "");
    gzFile out = gzopen("packed.gz", "wb");
    for (int i = 0; i < 100000; i++)
        gzprintf(out, "%d\n", i % 10);
    gzclose(out);
    char *text = file_read("packed.gz", 200000, &length, NULL);
    cr_assert_eq(length, 200000);
    cr_assert_eq(text[199998], '9');
    cr_assert_eq(text[200000], 0);
    free(text);

    struct tsim_problems *problems = tsim_problems_new();
    cr_assert_null(file_read("packed.gz", 199999, &length, problems));
    complains(problems, TSIM_PROBLEM_LIMIT, "199999 bytes");
    problems = tsim_problems_new();
    cr_assert_null(file_read("absent", 100, &length, problems));
    complains(problems, TSIM_PROBLEM_IO, "No such file");
    problems = tsim_problems_new();
    cr_assert_null(file_read(".", 100, &length, problems));
    complains(problems, TSIM_PROBLEM_IO, "directory");
    problems = tsim_problems_new();
    cr_assert_null(file_read("/dev/zero", 1 << 20, &length, problems));
    complains(problems, TSIM_PROBLEM_LIMIT, "too large");

    cr_assert_eq(truncate("packed.gz", 150), 0);
    problems = tsim_problems_new();
    cr_assert_null(file_read("packed.gz", 1 << 20, &length, problems));
    complains(problems, TSIM_PROBLEM_IO, "");
    put("broken.gz", "\x1f\x8b\x08no gzip");
    problems = tsim_problems_new();
    cr_assert_null(file_read("broken.gz", 1 << 20, &length, problems));
    complains(problems, TSIM_PROBLEM_IO, "");
}

static bool write_text(const char *path, const char *text, struct tsim_problems *problems)
{
    struct file_writer writer;
    if (!file_begin(&writer, path, problems))
        return false;
    fputs(text, writer.to);
    return file_commit(&writer, problems);
}

Test(file, is_written_whole)
{
    struct tsim_problems *problems = tsim_problems_new();
    cr_assert(file_make_folder("out/deep/er", problems));
    cr_assert(file_make_folder("out/deep/er/", problems), "again, and with a slash");
    cr_assert(write_text("out/deep/er/a", "new", problems));
    holds("out/deep/er/a", "new");
    cr_assert_eq(chmod("out/deep/er/a", 0640), 0);
    cr_assert(write_text("out/deep/er/a", "newer", problems));
    holds("out/deep/er/a", "newer");
    struct stat there;
    cr_assert_eq(stat("out/deep/er/a", &there), 0);
    cr_assert_eq(there.st_mode & 0777, 0640, "permissions are kept");
    cr_assert_eq(count("out/deep/er"), 1);

    /* Until it is committed, the old file is there; two writers do not meet. */
    struct file_writer one, two;
    cr_assert(file_begin(&one, "out/deep/er/a", problems));
    cr_assert(file_begin(&two, "out/deep/er/a", problems));
    fputs("one", one.to);
    fputs("two", two.to);
    fflush(one.to);
    holds("out/deep/er/a", "newer");
    file_abandon(&one);
    holds("out/deep/er/a", "newer");
    cr_assert(file_commit(&two, problems));
    holds("out/deep/er/a", "two");
    cr_assert_eq(count("out/deep/er"), 1);

    /* A symbolic link is replaced, not followed; a device is written, not replaced. */
    put("victim", "safe");
    cr_assert_eq(symlink("victim", "link"), 0);
    cr_assert(write_text("link", "mine", problems));
    holds("victim", "safe");
    holds("link", "mine");
    cr_assert(write_text("/dev/null", "gone", problems));
    cr_assert_eq(stat("/dev/null", &there), 0);
    cr_assert(S_ISCHR(there.st_mode));
    cr_assert_eq(tsim_problems_count(problems), 0);
    tsim_problems_free(problems);
}

Test(file, failures_leave_the_old_file)
{
    struct file_writer writer;
    mkdir("d", 0755);
    put("d/old", "old");
    struct tsim_problems *problems = tsim_problems_new();
    cr_assert_not(write_text("absent/x", "new", problems));
    complains(problems, TSIM_PROBLEM_IO, "No such file");
    problems = tsim_problems_new();
    cr_assert_not(write_text("d", "new", problems));
    complains(problems, TSIM_PROBLEM_IO, "directory");
    problems = tsim_problems_new();
    cr_assert_not(write_text("d/old/x", "new", problems));
    complains(problems, TSIM_PROBLEM_IO, "");
    problems = tsim_problems_new();
    cr_assert_not(file_make_folder("d/old/x", problems));
    complains(problems, TSIM_PROBLEM_IO, "Not a directory");
    problems = tsim_problems_new();
    cr_assert_not(file_make_folder("", problems));
    complains(problems, TSIM_PROBLEM_IO, "");

    /* Full device: found out on the way, or at the last flush. */
    problems = tsim_problems_new();
    cr_assert_not(write_text("/dev/full", "new", problems));
    complains(problems, TSIM_PROBLEM_IO, "No space");
    problems = tsim_problems_new();
    cr_assert(file_begin(&writer, "/dev/full", problems));
    for (int i = 0; i < 100000; i++)
        fputs("much ", writer.to);
    cr_assert_not(file_commit(&writer, problems));
    complains(problems, TSIM_PROBLEM_IO, "No space");

    /* The folder goes away between begin and commit. */
    problems = tsim_problems_new();
    mkdir("gone", 0755);
    cr_assert(file_begin(&writer, "gone/x", problems));
    cr_assert_eq(unlink(writer.temporary), 0);
    cr_assert_eq(rmdir("gone"), 0);
    cr_assert_not(file_commit(&writer, problems));
    complains(problems, TSIM_PROBLEM_IO, "No such file");

    char longer[5000];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = 0;
    problems = tsim_problems_new();
    cr_assert_not(write_text(longer, "new", problems));
    complains(problems, TSIM_PROBLEM_IO, "too long");
    problems = tsim_problems_new();
    cr_assert_not(file_make_folder(longer, problems));
    complains(problems, TSIM_PROBLEM_IO, "too long");
    holds("d/old", "old");
    cr_assert_eq(count("d"), 1);
}

Test(file, size_limit_leaves_the_old_file)
{
    struct rlimit limit = { 100000, 100000 };
    mkdir("limited", 0755); /* a folder of its own: tests run side by side */
    put("limited/old", "old");
    signal(SIGXFSZ, SIG_IGN);
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    struct tsim_problems *problems = tsim_problems_new();
    struct file_writer    writer;
    cr_assert(file_begin(&writer, "limited/old", problems));
    for (int i = 0; i < 100000; i++)
        fputs("much ", writer.to);
    cr_assert_not(file_commit(&writer, problems));
    complains(problems, TSIM_PROBLEM_IO, "too large");
    holds("limited/old", "old");
    cr_assert_eq(count("limited"), 1);
}

Test(file, read_only_folder_is_reported)
{
    /* The superuser may write everywhere: become somebody else in a child process. */
    mkdir("locked", 0755);
    put("locked/old", "old");
    chmod("locked", 0555);
    pid_t child = fork();
    if (child == 0) {
        if (getuid() == 0 && setuid(65534) != 0)
            _exit(9);
        struct tsim_problems *problems = tsim_problems_new();
        bool                  written = write_text("locked/old", "new", problems);
        bool made = file_make_folder("locked/x", problems);
        size_t n = tsim_problems_errors(problems);
        tsim_problems_free(problems);
        _exit(written || made || n != 2);
    }
    int status;
    cr_assert_eq(waitpid(child, &status, 0), child);
    chmod("locked", 0755);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 9)
        cr_skip_test("cannot become another user");
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0, "status %d", status);
    holds("locked/old", "old");
    cr_assert_eq(count("locked"), 1);
}

Test(file, paths_are_joined)
{
    char path[12];
    cr_assert(file_join(path, sizeof path, "a", "b"));
    cr_assert_str_eq(path, "a/b");
    cr_assert(file_join(path, sizeof path, "a/", "b"));
    cr_assert_str_eq(path, "a/b");
    cr_assert(file_join(path, sizeof path, "a", "/b"));
    cr_assert_str_eq(path, "/b");
    cr_assert(file_join(path, sizeof path, NULL, "b"));
    cr_assert_str_eq(path, "b");
    cr_assert(file_join(path, sizeof path, "", "b"));
    cr_assert_str_eq(path, "b");
    cr_assert(file_join(path, sizeof path, "folder", "name"));
    cr_assert_not(file_join(path, sizeof path, "folder", "names"));
}
