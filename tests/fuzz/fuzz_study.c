/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: no bytes at all can hurt the loader of studies, and what it accepts is worked on without
 * harm. Method: load; a text without a study must have a problem and the other way round; written
 * out with every scenario in place it must load again; its method is begun, stopped after some
 * work, and what came of it is printed. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tiersim.h>

#include "base/assert.h"

/* Asked after every replication, so that a study ends however much it asks for. */
static bool enough(void *user)
{
    unsigned *left = user;
    return *left == 0 || --*left == 0;
}

static void check_written(const struct tsim_study *study)
{
    char  *text = NULL;
    size_t size;
    FILE  *to = open_memstream(&text, &size);
    TSIM_ASSERT(to && tsim_study_write(study, NULL, to));
    fclose(to);
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *again = tsim_study_parse(text, size, "again.json", "/nowhere", problems);
    if (!again)
        tsim_problems_print(problems, stderr, 0);
    TSIM_ASSERT(again);
    tsim_study_free(again);
    tsim_problems_free(problems);
    free(text);
}

static void check_selection(const struct tsim_study *study, const struct tsim_run_options *run,
                            struct tsim_problems *problems, FILE *to)
{
    struct tsim_selection *selection = tsim_select(study, run, problems);
    if (selection) {
        tsim_report_selection(selection, NULL, to);
        TSIM_ASSERT(tsim_report_selection_json(selection, to));
    }
    tsim_selection_free(selection);
}

static void check_comparison(const struct tsim_study *study, const struct tsim_run_options *run,
                             struct tsim_problems *problems, FILE *to)
{
    struct tsim_comparison *comparison = tsim_compare(study, run, problems);
    if (comparison) {
        tsim_report_comparison(comparison, study, NULL, to);
        TSIM_ASSERT(tsim_report_comparison_json(comparison, to));
    }
    tsim_comparison_free(comparison);
}

static void check_sweep(const struct tsim_study *study, const struct tsim_run_options *run,
                        struct tsim_problems *problems, FILE *to)
{
    const struct tsim_sweep_options options = { .run = *run };
    struct tsim_sweep              *sweep = tsim_sweep_run(study, &options, problems);
    if (sweep) {
        tsim_report_sweep(sweep, NULL, to);
        TSIM_ASSERT(tsim_report_sweep_json(sweep, to));
    }
    tsim_sweep_free(sweep);
}

static void check_empowerment(const struct tsim_study *study, const struct tsim_run_options *run,
                              struct tsim_problems *problems, FILE *to)
{
    struct tsim_empowerment *empowerment = tsim_empower(study, run, problems);
    if (empowerment) {
        tsim_report_empowerment(empowerment, NULL, to);
        TSIM_ASSERT(tsim_report_empowerment_json(empowerment, to));
    }
    tsim_empowerment_free(empowerment);
}

static void check_stress(const struct tsim_study *study, const struct tsim_run_options *run,
                         struct tsim_problems *problems, FILE *to)
{
    struct tsim_stress *stress = tsim_stress_test(study, run, problems);
    if (stress) {
        tsim_report_stress(stress, NULL, to);
        TSIM_ASSERT(tsim_report_stress_json(stress, to));
    }
    tsim_stress_free(stress);
}

static void check_schedule(const struct tsim_study *study, const struct tsim_run_options *run,
                           struct tsim_problems *problems, FILE *to)
{
    struct tsim_schedule *schedule = tsim_schedule_make(study, NULL, run, problems);
    if (schedule) {
        tsim_report_schedule(schedule, NULL, to);
        TSIM_ASSERT(tsim_report_schedule_json(schedule, to));
        TSIM_ASSERT(tsim_report_roster_csv(schedule, to));
        TSIM_ASSERT(tsim_report_cover_csv(schedule, to));
    }
    tsim_schedule_free(schedule);
}

static void check_method(const struct tsim_study *study)
{
    unsigned                      left = 300;
    const struct tsim_run_options run = { .threads = 1, .max_events = 20000, .max_contacts = 5000,
                                          .stop = enough, .user = &left };
    struct tsim_problems *problems = tsim_problems_new();
    FILE                 *nowhere = fopen("/dev/null", "w");
    TSIM_ASSERT(nowhere);
    switch (tsim_study_method(study)) {
    case TSIM_COMPARE:
        check_comparison(study, &run, problems, nowhere);
        break;
    case TSIM_SELECT:
        check_selection(study, &run, problems, nowhere);
        break;
    case TSIM_SWEEP:
        check_sweep(study, &run, problems, nowhere);
        break;
    case TSIM_EMPOWER:
        check_empowerment(study, &run, problems, nowhere);
        break;
    case TSIM_STRESS:
        check_stress(study, &run, problems, nowhere);
        break;
    case TSIM_SCHEDULE:
        check_schedule(study, &run, problems, nowhere);
        break;
    }
    for (size_t i = 0; i < tsim_problems_count(problems); i++)
        TSIM_ASSERT(tsim_problems_get(problems, i)->kind != TSIM_PROBLEM_INTERNAL);
    fclose(nowhere);
    tsim_problems_free(problems);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *study =
        tsim_study_parse((const char *)data, size, "input.json", "/nowhere", problems);
    TSIM_ASSERT((study == NULL) == (tsim_problems_errors(problems) > 0));
    for (size_t i = 0; i < tsim_problems_count(problems); i++)
        TSIM_ASSERT(tsim_problems_get(problems, i)->kind != TSIM_PROBLEM_INTERNAL);
    if (study) {
        check_written(study);
        check_method(study);
    }
    tsim_study_free(study);
    tsim_problems_free(problems);
    return 0;
}
