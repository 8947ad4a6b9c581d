/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reports ask of the library besides results: words, matrices, scenarios; next to nothing. */
#include <string.h>
#include <tiersim/matrix.h>
#include <tiersim/result.h>
#include <tiersim/scenario.h>

const char *tsim_trigger_words(const char *trigger)
{
    static const char *const words[][2] = {
        { "skill", "lack of skill" },
        { "complexity", "attempt failed" },
        { "authority", "above authority" },
        { "sla_breach", "SLA breached" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], trigger) == 0)
            return words[i][1];
    return trigger;
}

struct tsim_matrix *tsim_matrix_new(const struct tsim_scenario *scenario)
{
    (void)scenario;
    return NULL;
}

void tsim_matrix_free(struct tsim_matrix *matrix)
{
    (void)matrix;
}

const struct tsim_rule *tsim_matrix_rules(const struct tsim_matrix *matrix, size_t *count)
{
    (void)matrix;
    *count = 0;
    return NULL;
}

void tsim_matrix_check(const struct tsim_scenario *scenario, struct tsim_problems *problems)
{
    (void)scenario;
    (void)problems;
}

bool tsim_scenario_write_resolved(const struct tsim_scenario *scenario, FILE *to)
{
    (void)scenario;
    return fputs("{}\n", to) >= 0;
}
