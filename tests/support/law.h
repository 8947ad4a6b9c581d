/* SPDX-License-Identifier: GPL-3.0-or-later */
/* support/law.h - what tests of laws share: loading a text, running one replication by hand, and
 * the number of the random scenario in hand, told when an assertion of the engine fails. */
#ifndef SUPPORT_LAW_H
#define SUPPORT_LAW_H

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tiersim.h>

#include "model/measure.h"
#include "model/replication.h"
#include "support/random_scenario.h"

#define LAW_CONTACTS_MOST 200000

struct law {
    struct tsim_problems *problems;
    struct tsim_scenario *scenario;
    char                 *text; /* to free; NULL: not ours */
};

static volatile sig_atomic_t law_number;

static inline void law_aborted(int signal_number)
{
    char      said[64];
    const int n = snprintf(said, sizeof said, "while at random scenario %d\n", (int)law_number);
    if (write(STDERR_FILENO, said, (size_t)n) != n)
        _exit(1);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static inline struct law law_load(const char *text)
{
    struct law law = { .problems = tsim_problems_new() };
    cr_assert(law.problems);
    law.scenario = tsim_scenario_parse(text, strlen(text), "law.json", NULL, law.problems);
    if (!law.scenario)
        tsim_problems_print(law.problems, stderr, 0);
    cr_assert(law.scenario, "scenario %d is not valid:\n%s", (int)law_number, text);
    return law;
}

static inline struct law law_random(uint64_t number, const struct scenario_style *style)
{
    law_number = (sig_atomic_t)number;
    signal(SIGABRT, law_aborted);
    char      *text = random_scenario(number, style);
    struct law law = law_load(text);
    law.text = text;
    return law;
}

static inline void law_free(struct law *law)
{
    tsim_scenario_free(law->scenario);
    tsim_problems_free(law->problems);
    free(law->text);
}

static inline struct tsim_result *law_run(const struct law *law,
                                          const struct tsim_run_options *options)
{
    struct tsim_result *result = tsim_run(law->scenario, options, law->problems);
    if (!result)
        tsim_problems_print(law->problems, stderr, 0);
    cr_assert(result, "scenario %d does not run", (int)law_number);
    return result;
}

/* A study from a text that is in order. Caller frees. */
static inline struct tsim_study *law_study(const char *text)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *study = tsim_study_parse(text, strlen(text), "s.json", NULL, problems);
    if (!study)
        tsim_problems_print(problems, stderr, 0);
    cr_assert(study, "%s", text);
    tsim_problems_free(problems);
    return study;
}

/* The text with `find` replaced once; it must be there. Caller frees. */
static inline char *law_edited(const char *text, const char *find, const char *put)
{
    const char  *at = strstr(text, find);
    const size_t size = strlen(text) + strlen(put) + 1;
    char        *to = malloc(size);
    cr_assert(at && to, "%s", find);
    snprintf(to, size, "%.*s%s%s", (int)(at - text), text, put, at + strlen(find));
    return to;
}

/* Equal up to the rounding of long sums. */
static inline bool law_same(double a, double b)
{
    const double size = (a < 0 ? -a : a) + (b < 0 ? -b : b) + 1;
    return (a > b ? a - b : b - a) <= 1e-9 * size;
}

#endif
