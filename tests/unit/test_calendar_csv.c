/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: what a CSV file says of volumes and agents is what windows in the scenario would say.
 * Method: the same desk both ways, with every form of a file, must give the same result to the last
 * bit; a file that says something else must not. Broken files: tests/invalid/csv-*.json. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <tiersim.h>
#include <unistd.h>

static const char desk[] =
    "{ \"name\": \"d\", \"run\": { \"length\": \"2 d\", \"replications\": 2 }, \"streams\": [ {"
    " \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", \"rate\": [ %s ] } } ],\n"
    "\"tiers\": [ { \"name\": \"L1\", \"handling\": \"5 min\", \"pools\": [ { \"name\": \"p\", "
    "\"agents\": [ %s ] } ] } ] }";

static const char volumes[] =
    "{ \"from\": \"08:00\", \"every\": \"30 min\", \"volumes\": [12, 20.5, 9] }";
static const char agents[] =
    "{ \"days\": \"Mon\", \"from\": \"08:00\", \"to\": \"12:00\", \"agents\": 3 }, "
    "{ \"days\": \"Tue-Sun\", \"from\": \"22:00\", \"to\": \"09:30\", \"agents\": 2 }";

static char folder[64];

static void put_file(const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    cr_assert(file);
    fputs(text, file);
    fclose(file);
}

static void remove_file(const char *name)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    cr_assert_eq(unlink(path), 0);
}

/* The digest of the desk's result. */
static void digest_of(const char *rate, const char *staff, char digest[17])
{
    char text[2000];
    snprintf(text, sizeof text, desk, rate, staff);
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *scenario =
        tsim_scenario_parse(text, strlen(text), "d.json", folder, problems);
    if (!scenario)
        tsim_problems_print(problems, stderr, 0);
    cr_assert(scenario);
    struct tsim_result *result =
        tsim_run(scenario, &(struct tsim_run_options){ .threads = 1 }, problems);
    cr_assert(result);
    snprintf(digest, 17, "%s", tsim_result_digest(result));
    tsim_result_free(result);
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
}

static void expect(bool same, const char *rate, const char *staff)
{
    char windows[17], files[17];
    digest_of(volumes, agents, windows);
    digest_of(rate, staff, files);
    cr_expect_eq(strcmp(windows, files) == 0, same, "%s %s", rate, staff);
}

Test(calendar_csv, rows_are_windows)
{
    snprintf(folder, sizeof folder, "/tmp/tiersim-csv-%ld", (long)getpid());
    cr_assert_eq(mkdir(folder, 0700), 0);
    put_file("volumes.csv", "from,to,volume\n08:00,08:30,12\n08:30,09:00,20.5\n09:00,09:30,9\n");
    put_file("steps.csv", "from;note;calls\r\n08:00;a;12\r\n08:30;\"b;c\";20.5\r\n09:00;;9\r\n");
    put_file("roster.csv", "agents,to,from,day\n3,12:00,08:00,Mon\n2,09:30,22:00,Tue-Sun\n");
    put_file("other.csv", "from,to,volume\n08:00,08:30,12\n08:30,09:00,20.5\n09:00,09:30,10\n");
    static const char roster[] = "{ \"csv\": \"roster.csv\" }";
    expect(true, "{ \"csv\": \"volumes.csv\" }", agents);
    expect(true, "{ \"csv\": \"steps.csv\", \"column\": \"calls\", \"every\": \"30 min\" }",
           roster);
    expect(true, volumes, roster);
    expect(false, "{ \"csv\": \"other.csv\" }", agents);
    expect(false, volumes, "{ \"csv\": \"roster.csv\" }, { \"agents\": 1 }");
    /* Windows before and after a file's rows. */
    expect(true, volumes, "{ \"agents\": 0 }, { \"csv\": \"roster.csv\" }, { \"agents\": 0 }");
    remove_file("volumes.csv");
    remove_file("steps.csv");
    remove_file("roster.csv");
    remove_file("other.csv");
    cr_assert_eq(rmdir(folder), 0);
}
