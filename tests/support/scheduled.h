/* SPDX-License-Identifier: GPL-3.0-or-later */
/* support/scheduled.h - what tests of schedules share: a study of a text, and its schedule.
 * Whatever fails is printed, and ends the test. */
#ifndef SUPPORT_SCHEDULED_H
#define SUPPORT_SCHEDULED_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include <tiersim.h>

static inline struct tsim_study *scheduled_study(const char *text, struct tsim_problems *problems)
{
    struct tsim_study *study = tsim_study_parse(text, strlen(text), "made", NULL, problems);
    if (!study)
        tsim_problems_print(problems, stderr, 0);
    cr_assert_not_null(study);
    return study;
}

static inline struct tsim_schedule *scheduled(const struct tsim_study *study, uint32_t threads)
{
    struct tsim_problems         *problems = tsim_problems_new();
    const struct tsim_run_options run = { .threads = threads };
    struct tsim_schedule *schedule = tsim_schedule_make(study, NULL, &run, problems);
    if (!schedule)
        tsim_problems_print(problems, stderr, 0);
    cr_assert_not_null(schedule);
    tsim_problems_free(problems);
    return schedule;
}

#endif
