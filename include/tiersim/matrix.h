/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim/matrix.h - the escalation matrix of a scenario in words, and what is amiss with it.
 *
 * The texts hold names of the scenario as they stand there; who prints them makes them
 * safe for a terminal.
 */
#ifndef TIERSIM_MATRIX_H
#define TIERSIM_MATRIX_H

#include <tiersim/problem.h>
#include <tiersim/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

struct tsim_matrix;

/* A rule. The first whose triggers and conditions hold decides; the last row is what
 * happens where none does. */
struct tsim_rule {
    const char *when; /* its triggers: "skill, complexity"                          */
    const char *only; /* its conditions: "from L1; severity high"; "" none          */
    const char *then; /* form and path: "hand over to the next tier"                */
    size_t      line; /* in the file; 0: the default                                */
};

/* NULL when memory is out. Caller frees; valid while the scenario lives. */
TSIM_API struct tsim_matrix *tsim_matrix_new(const struct tsim_scenario *scenario);
TSIM_API void tsim_matrix_free(struct tsim_matrix *matrix);

/* The rules in their order, and the default. */
TSIM_API const struct tsim_rule *tsim_matrix_rules(const struct tsim_matrix *matrix,
                                                   size_t *count);

/* Adds a warning for each rule that can never decide, each trigger whose contacts end
 * unresolved though no rule says so, each one that is set up but moves nobody for want
 * of a rule, and each circle that contacts cannot leave. Loading warns of the same. */
TSIM_API void tsim_matrix_check(const struct tsim_scenario *scenario,
                                struct tsim_problems *problems);

#ifdef __cplusplus
}
#endif
#endif
