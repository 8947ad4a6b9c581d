/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: no bytes at all can hurt the scenario loader, and whatever it accepts runs without harm.
 * Method: load; a text without a scenario must have a problem and the other way round; written out
 * with every default filled in it must load to the same text again; a replication of few events
 * ends as a result or at a limit, and its report is printed. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tiersim.h>

#include "base/assert.h"

static char *resolved(const struct tsim_scenario *scenario, size_t *size)
{
    char *text = NULL;
    FILE *to = open_memstream(&text, size);
    TSIM_ASSERT(to && tsim_scenario_write_resolved(scenario, to));
    fclose(to);
    return text;
}

static void check_resolved(const struct tsim_scenario *scenario)
{
    size_t                size, again_size;
    char                 *text = resolved(scenario, &size);
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *again =
        tsim_scenario_parse(text, size, "resolved.json", "/nowhere", problems);
    TSIM_ASSERT(again);
    char *twice = resolved(again, &again_size);
    TSIM_ASSERT(size == again_size && memcmp(text, twice, size) == 0);
    free(twice);
    free(text);
    tsim_scenario_free(again);
    tsim_problems_free(problems);
}

static void check_run(const struct tsim_scenario *scenario)
{
    const struct tsim_run_options options = { .replications = 1, .threads = 1, .max_events = 20000,
                                              .max_contacts = 5000 };
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_result   *result = tsim_run(scenario, &options, problems);
    TSIM_ASSERT((result == NULL) == (tsim_problems_errors(problems) > 0));
    for (size_t i = 0; i < tsim_problems_count(problems); i++)
        TSIM_ASSERT(tsim_problems_get(problems, i)->kind != TSIM_PROBLEM_INTERNAL);
    FILE *nowhere = fopen("/dev/null", "w");
    if (result && nowhere) {
        tsim_report_json(result, nowhere);
        tsim_report_screen(result, &(struct tsim_screen_options){ .width = 80 }, nowhere);
    }
    if (nowhere)
        fclose(nowhere);
    tsim_result_free(result);
    tsim_problems_free(problems);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *scenario =
        tsim_scenario_parse((const char *)data, size, "input.json", "/nowhere", problems);
    TSIM_ASSERT((scenario == NULL) == (tsim_problems_errors(problems) > 0));
    for (size_t i = 0; i < tsim_problems_count(problems); i++)
        TSIM_ASSERT(tsim_problems_get(problems, i)->kind != TSIM_PROBLEM_INTERNAL);
    if (scenario) {
        check_resolved(scenario);
        check_run(scenario);
    }
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
    return 0;
}
