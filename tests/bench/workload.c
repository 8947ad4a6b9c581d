/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "timing.h"

#define TEXT_MOST 65536

void fail(const char *what, const char *which)
{
    fflush(stdout);
    fprintf(stderr, "bench: %s: %s\n", what, which);
    exit(1);
}

static void fail_with(const char *which, const struct tsim_problems *problems)
{
    tsim_problems_print(problems, stderr, 0);
    fail("does not load or run", which);
}

static void read_text(const char *path, char *text)
{
    FILE *file = fopen(path, "r");
    if (!file)
        fail("cannot be opened", path);
    const size_t n = fread(text, 1, TEXT_MOST - 1, file);
    if (ferror(file) || !feof(file))
        fail("cannot be read whole", path);
    text[n] = '\0';
    fclose(file);
}

static void edit_text(char *text, const struct edit *edit)
{
    const size_t found = strlen(edit->find), put = strlen(edit->put);
    char        *at = strstr(text, edit->find);
    if (!at)
        fail("is not in the scenario", edit->find);
    for (; at; at = strstr(at + put, edit->find)) {
        if (strlen(text) + put >= TEXT_MOST)
            fail("makes the scenario too long", edit->put);
        memmove(at + put, at + found, strlen(at + found) + 1);
        memcpy(at, edit->put, put);
    }
}

struct tsim_scenario *workload_load(const char *name, const struct edit *edits)
{
    static char           text[TEXT_MOST];
    char                  path[4096];
    struct tsim_problems *problems = tsim_problems_new();
    snprintf(path, sizeof path, "%s/tests/bench/%s", TSIM_SOURCE_DIR, name);
    read_text(path, text);
    for (; edits && edits->find; edits++)
        edit_text(text, edits);
    struct tsim_scenario *scenario =
        tsim_scenario_parse(text, strlen(text), name, NULL, problems);
    if (!scenario)
        fail_with(name, problems);
    tsim_problems_free(problems);
    return scenario;
}

struct tsim_result *workload_run(const struct tsim_scenario *scenario,
                                 const struct tsim_run_options *options)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_result   *result = tsim_run(scenario, options, problems);
    if (!result)
        fail_with(tsim_scenario_name(scenario), problems);
    tsim_problems_free(problems);
    return result;
}

struct work workload_measure(const struct tsim_scenario *scenario, uint32_t replications,
                             uint64_t seed)
{
    const struct tsim_run_options options = { .replications = replications, .seed = seed,
                                              .has_seed = true, .threads = 1 };
    const double                began_s = cpu_seconds();
    struct tsim_result         *result = workload_run(scenario, &options);
    const struct tsim_run_info *info = tsim_result_info(result);
    const struct work           work = { .cpu_s = cpu_seconds() - began_s,
                                         .contacts = (double)info->contacts,
                                         .events = (double)info->events };
    tsim_result_free(result);
    return work;
}
