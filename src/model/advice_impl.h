/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/advice_impl.h - what the files that advise share. Private to them. */
#ifndef MODEL_ADVICE_IMPL_H
#define MODEL_ADVICE_IMPL_H

#include "base/problem.h"
#include "model/plan.h"

/* A warning where it stands. */
#define ADVISE(problems, node, hint, ...)                                                      \
    problem_at(problems, TSIM_PROBLEM_WARNING, node, NULL, NULL, NULL, hint, __VA_ARGS__)

/* What is amiss with the escalation matrix: see tiersim/matrix.h. */
void advise_matrix(const struct plan *plan, struct tsim_problems *problems);

/* Numbers that look like slips. */
void advise_numbers(const struct plan *plan, struct tsim_problems *problems);

/* What is written down and never comes about. */
void advise_unmet(const struct plan *plan, struct tsim_problems *problems);

#endif
