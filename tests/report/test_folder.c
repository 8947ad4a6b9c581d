/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: a results folder holds what it promises, readable by strict readers, the same bytes for
 * the same result; and when it cannot be written, that is a problem, the old files stay as they
 * were and nothing temporary is left. Method: folders of made-up results are read back with the
 * strict JSON and CSV readers; writing is made to fail by a limit on file size, by folders in the
 * way and by a folder that may not be written. */
#include <dirent.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <tiersim/report.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/json.h"
#include "support/fake_result.h"

static int failures;

static void check(bool fact, const char *name, const char *what)
{
    if (fact)
        return;
    fprintf(stderr, "%s: %s\n", name, what);
    failures++;
}

static char *read_all(const char *folder, const char *name)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *from = fopen(path, "rb");
    char *text = calloc(1, 1 << 22);
    if (from && text)
        text[fread(text, 1, (1 << 22) - 1, from)] = '\0';
    if (from)
        fclose(from);
    return text;
}

/* Files below a folder whose name begins with `start`. */
static int count_files(const char *folder, const char *start)
{
    int  n   = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *file; dir && (file = readdir(dir));) {
        char        path[PATH_MAX];
        struct stat about;
        if (strcmp(file->d_name, ".") == 0 || strcmp(file->d_name, "..") == 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, file->d_name);
        if (stat(path, &about) == 0 && S_ISDIR(about.st_mode))
            n += count_files(path, start);
        else
            n += strncmp(file->d_name, start, strlen(start)) == 0;
    }
    if (dir)
        closedir(dir);
    return n;
}

static bool write_folder(const struct fake *fake, const char *folder,
                         const struct tsim_folder_options *options, size_t *errors)
{
    int                   place;
    struct tsim_result   *result   = fake_new(fake);
    struct tsim_problems *problems = tsim_problems_new();
    /* The fake scenario functions never look at it. */
    bool done = tsim_report_folder(result, (const struct tsim_scenario *)&place, folder, options,
                                   problems);
    *errors   = tsim_problems_errors(problems);
    for (size_t i = 0; i < tsim_problems_count(problems); i++) {
        const struct tsim_problem *problem = tsim_problems_get(problems, i);
        if (problem->kind != TSIM_PROBLEM_WARNING)
            check(problem->kind == TSIM_PROBLEM_IO, folder, problem->message);
    }
    tsim_problems_free(problems);
    tsim_result_free(result);
    return done;
}

/* ---- what is in it */

static const struct json *must(const struct json *object, const char *key)
{
    static const struct json nothing = { .type = JSON_NULL };
    const struct json       *found   = object ? json_member(object, key) : NULL;
    check(found != NULL, "json", key);
    return found ? found : &nothing;
}

static void check_summary(const char *folder, const struct fake *fake)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/summary.json", folder);
    struct tsim_problems *problems = tsim_problems_new();
    struct json_document *document = json_read_file(path, problems);
    check(document != NULL, folder, "summary.json is strict JSON");
    if (!document) {
        tsim_problems_print(problems, stderr, 0);
        tsim_problems_free(problems);
        return;
    }
    const struct json *root = json_root(document);
    check(strcmp(must(root, "schema")->string, "tiersim-summary-1") == 0, folder, "schema");
    check(must(must(root, "run"), "replications")->number == fake->info.replications, folder,
          "replications");
    check(must(root, "split")->size == fake->info.tiers, folder, "split");
    check(must(root, "promises")->size == fake->promises, folder, "promises");
    check(must(root, "tier_interval")->size == fake->info.tiers * fake->intervals, folder,
          "tier_interval");
    const struct json *cost = must(must(root, "desk"), "cost_per_day");
    if (fake->info.contacts == 0)
        check(cost->type == JSON_NULL, folder, "what was not measured is null");
    else
        check(must(cost, "value")->number == 11340.1, folder, "a value");
    if (fake->info.replications == 1)
        check(must(cost, "low")->type == JSON_NULL, folder, "no interval of one replication");
    check(must(root, "tier")->size == fake->info.tiers, folder, "tiers");
    json_free(document);
    tsim_problems_free(problems);
}

/* Every row has as many cells as the header; returns the rows, and the cells without a value. */
static size_t count_rows(const char *folder, const char *name, size_t *blank)
{
    char   path[PATH_MAX];
    size_t rows = 0;
    *blank      = 0;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    struct tsim_problems *problems = tsim_problems_new();
    struct csv           *csv      = csv_open(path, problems);
    while (csv && csv_next(csv)) {
        rows++;
        for (size_t c = 0; c < csv_columns(csv); c++) {
            const char *cell = csv_cell(csv, c);
            check(!strchr("=+@\t\r", *cell) || !*cell, name, cell);
            *blank += *cell == '\0';
            check(strcmp(cell, "null") != 0 && strcmp(cell, "nan") != 0 && !strstr(cell, "inf"),
                  name, "not a number");
        }
    }
    check(csv && !csv_failed(csv), folder, name);
    csv_close(csv);
    tsim_problems_free(problems);
    return rows;
}

static void check_tables(const char *folder, const struct fake *fake)
{
    size_t blank;
    check(count_rows(folder, "replications.csv", &blank) == fake->info.replications, folder,
          "a row for each replication");
    check((blank > 0) == (fake->poison || fake->info.contacts == 0), folder,
          "a cell is empty when there was nothing to measure, and only then");
    check(count_rows(folder, "intervals.csv", &blank) == fake->info.tiers * fake->intervals, folder,
          "a row for each tier and interval");
    check(count_rows(folder, "estimates.csv", &blank) > 20, folder, "a row for each estimate");
}

/* The manifest lists exactly what is there, with sizes. */
static void check_manifest(const char *folder, const struct fake *fake)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/manifest.json", folder);
    struct tsim_problems *problems = tsim_problems_new();
    struct json_document *document = json_read_file(path, problems);
    check(document != NULL, folder, "manifest.json is strict JSON");
    if (document) {
        const struct json *root = json_root(document), *files = must(root, "files");
        check(must(root, "complete")->boolean == fake->info.complete, folder, "complete");
        check((int)files->size + 1 == count_files(folder, ""), folder, "every file is listed");
        JSON_EACH(file, files) {
            struct stat about;
            snprintf(path, sizeof path, "%s/%s", folder, must(file, "name")->string);
            check(stat(path, &about) == 0, path, "listed and missing");
            check(must(file, "bytes")->number == (double)about.st_size, path, "size");
        }
    }
    json_free(document);
    tsim_problems_free(problems);
}

static void check_contents(void)
{
    struct fake fake;
    size_t      errors;
    fake_desk(&fake);
    check(write_folder(&fake, "a/b/desk", NULL, &errors) && errors == 0, "desk", "written");
    check_summary("a/b/desk", &fake);
    check_tables("a/b/desk", &fake);
    check_manifest("a/b/desk", &fake);

    /* Other times, threads and paths: the summary is the same to the byte. */
    const struct tsim_folder_options no_plots = { .no_plots = true, .command_line = "x \"y\"\n" };
    fake.info.wall_s  = 99;
    fake.info.threads = 8;
    fake.info.file    = "elsewhere.json";
    check(write_folder(&fake, "again", &no_plots, &errors) && errors == 0, "again", "written");
    check_manifest("again", &fake);
    static const char *const same[] = { "summary.json", "replications.csv", "intervals.csv",
                                        "estimates.csv" };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        char *a = read_all("a/b/desk", same[i]), *b = read_all("again", same[i]);
        check(strlen(a) > 100 && strcmp(a, b) == 0, same[i], "is not reproducible");
        free(a);
        free(b);
    }

    /* A folder written with plots, then without: no old plot stays. */
    check(write_folder(&fake, "a/b/desk", &no_plots, &errors), "desk", "written without plots");
    check(access("a/b/desk/plots", F_OK) != 0, "desk", "old plots are gone");
    check_manifest("a/b/desk", &fake);
}

static void check_shapes(void)
{
    const struct tsim_folder_options no_plots = { .no_plots = true };
    struct fake                      fake;
    size_t                           errors;
    fake_desk(&fake);
    fake.info.contacts = 0;
    check(write_folder(&fake, "empty", &no_plots, &errors), "empty", "written");
    check_summary("empty", &fake);
    check_tables("empty", &fake);

    fake_desk(&fake);
    fake.info.replications = fake.info.planned = 1;
    fake.info.seed                             = UINT64_MAX;
    check(write_folder(&fake, "one", &no_plots, &errors), "one", "written");
    check_summary("one", &fake);

    fake_desk(&fake);
    fake.poison        = true;
    fake.info.complete = false;
    check(write_folder(&fake, "poison", NULL, &errors), "poison", "written");
    check_tables("poison", &fake);
    check_manifest("poison", &fake);

    /* Names that are formulas, not texts, and the same as others. */
    fake_desk(&fake);
    fake.info.tiers = 5;
    fake.tiers[0]   = "=cmd|' /C calc'!A0";
    fake.tiers[1]   = "+1\t\"quoted\", and\r\nlines";
    fake.tiers[2]   = "@sum";
    fake.tiers[3]   = "same";
    fake.tiers[4]   = "same";
    check(write_folder(&fake, "names", &no_plots, &errors), "names", "written");
    check_summary("names", &fake);
    check_tables("names", &fake);
}

/* ---- when it cannot be written */

static void check_full_disk(void)
{
    static const rlim_t limits[] = { 0, 1, 500, 5000, 20000, 50000 };
    const struct tsim_folder_options no_plots = { .no_plots = true };
    struct rlimit                    before, limit;
    struct fake                      fake;
    size_t                           errors;
    fake_desk(&fake);
    check(write_folder(&fake, "full", &no_plots, &errors), "full", "written once");
    char *old = read_all("full", "summary.json");
    fake.info.seed = 2; /* what would be written now differs */
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        limit          = before;
        limit.rlim_cur = limits[i];
        setrlimit(RLIMIT_FSIZE, &limit);
        bool done = write_folder(&fake, "full", &no_plots, &errors);
        setrlimit(RLIMIT_FSIZE, &before);
        check(!done && errors == 1, "full", "a full disk is one I/O problem");
        char *now = read_all("full", "summary.json");
        check(strcmp(old, now) == 0, "full", "the old file is as it was");
        free(now);
        check(count_files("full", ".tiersim") == 0, "full", "temporary files are left");
        check(access("full/manifest.json", F_OK) != 0, "full", "no manifest of a failed run");
    }
    free(old);
    signal(SIGXFSZ, SIG_DFL);

    struct tsim_result *result = fake_new(&fake);
    FILE               *to     = fopen("/dev/full", "w");
    if (to) {
        check(!tsim_report_json(result, to), "full", "the JSON says that it was not written");
        fclose(to);
    }
    tsim_result_free(result);
}

static void check_obstacles(void)
{
    const struct tsim_folder_options no_plots = { .no_plots = true };
    struct fake                      fake;
    size_t                           errors;
    char                             deep[PATH_MAX + 200];
    fake_desk(&fake);
    mkdir("blocked", 0777);
    mkdir("blocked/intervals.csv", 0777);
    check(!write_folder(&fake, "blocked", &no_plots, &errors) && errors == 1, "blocked",
          "a folder where a file should be");
    check(count_files("blocked", ".tiersim") == 0, "blocked", "temporary files are left");

    FILE *file = fopen("file", "w");
    if (file)
        fclose(file);
    check(!write_folder(&fake, "file", &no_plots, &errors) && errors == 1, "file",
          "a file where the folder should be");
    check(!write_folder(&fake, "file/below", &no_plots, &errors) && errors == 1, "file/below",
          "a file above the folder");
    check(!write_folder(&fake, "/proc/nowhere", &no_plots, &errors) && errors == 1, "/proc",
          "a folder that cannot be made");

    memset(deep, 'd', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    check(!write_folder(&fake, deep, &no_plots, &errors) && errors == 1, "deep",
          "a path that is too long");

    mkdir("plotless", 0777);
    file = fopen("plotless/plots", "w");
    if (file)
        fclose(file);
    check(!write_folder(&fake, "plotless", NULL, &errors) && errors == 1, "plotless",
          "a file where the plots should be");

    mkdir("locked", 0555);
    if (geteuid() != 0)
        check(!write_folder(&fake, "locked", &no_plots, &errors) && errors == 1, "locked",
              "a folder that may not be written");
}

int main(void)
{
    check_contents();
    check_shapes();
    check_full_disk();
    check_obstacles();
    return failures ? 1 : 0;
}
