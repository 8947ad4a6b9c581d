/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/advice.h - warnings about what is legal but looks like a mistake. */
#ifndef MODEL_ADVICE_H
#define MODEL_ADVICE_H

struct plan;
struct tsim_problems;

/* Adds warnings: a tier that is offered more work than its agents can do, contacts that nobody can
 * resolve, a stream that brings nothing, what never comes about, times and limits that look like
 * slips; each at its place. */
void advise(const struct plan *plan, struct tsim_problems *problems);

#endif
