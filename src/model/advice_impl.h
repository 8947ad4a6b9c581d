/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/advice_impl.h - what the files that advise share. Private to them. */
#ifndef MODEL_ADVICE_IMPL_H
#define MODEL_ADVICE_IMPL_H

#include "model/plan.h"

struct tsim_problems;

/* What is amiss with the escalation matrix: see tiersim/matrix.h. */
void advise_matrix(const struct plan *plan, struct tsim_problems *problems);

/* Numbers that look like slips. */
void advise_numbers(const struct plan *plan, struct tsim_problems *problems);

#endif
