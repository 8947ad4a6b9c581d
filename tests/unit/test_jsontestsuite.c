/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: the scanner accepts JSON and nothing else. Method: the 318 parsing tests of JSONTestSuite
 * (Nicolas Seriot, MIT), which are not part of this repository: they are read from the folder in
 * the environment variable TSIM_JSONTESTSUITE, else from ../shared/data/jsontestsuite beside the
 * source tree; without them the test is skipped. Files y_… must be accepted, n_… rejected with
 * a place inside the text, i_… may be either. */
#include <criterion/criterion.h>
#include <criterion/hooks.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json_scan.h"

/* Scans one file; 1 when it came out as its name says. */
static int check(const char *folder, const char *name)
{
    char   path[4096];
    size_t length;
    cr_assert(file_join(path, sizeof path, folder, name));
    char *text = file_read(path, 1 << 26, &length, NULL);
    cr_assert_not_null(text, "%s", path);
    struct json_scan scan;
    bool             accepted = json_scan(text, length, &scan);
    bool             right = name[0] == 'i' || accepted == (name[0] == 'y');
    cr_expect(right, "%s: %s", name, accepted ? "accepted" : scan.message);
    cr_expect(accepted == !scan.message && scan.offset <= length, "%s", name);
    json_scan_free(&scan);
    free(text);
    return right;
}

Test(jsontestsuite, passes_whole)
{
    const char *given = getenv("TSIM_JSONTESTSUITE");
    char        folder[4000];
    snprintf(folder, sizeof folder, "%s/test_parsing",
             given ? given : TSIM_SOURCE_DIR "/../shared/data/jsontestsuite");
    DIR *files = opendir(folder);
    if (!files)
        cr_skip_test("there is no folder %s", folder);
    int n[128] = { 0 }, right[128] = { 0 };
    for (struct dirent *file = readdir(files); file; file = readdir(files)) {
        size_t length = strlen(file->d_name);
        if (length < 5 || strcmp(file->d_name + length - 5, ".json") != 0)
            continue;
        int kind = file->d_name[0] & 127;
        n[kind]++;
        right[kind] += check(folder, file->d_name);
    }
    closedir(files);
    cr_assert(n['y'] >= 95 && n['n'] >= 188, "%d and %d files", n['y'], n['n']);
    cr_assert_eq(right['y'], n['y']);
    cr_assert_eq(right['n'], n['n']);
}

/* To ctest a test that had nothing to try is one that was skipped, not one that passed. */
ReportHook(POST_ALL)(struct criterion_global_stats *stats)
{
    if (stats->tests_skipped > 0 && stats->tests_passed + stats->tests_failed == 0)
        exit(77);
}
