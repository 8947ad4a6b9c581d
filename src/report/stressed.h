/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/stressed.h - a stress test in words. */
#ifndef REPORT_STRESSED_H
#define REPORT_STRESSED_H

#include <stdbool.h>
#include <stddef.h>
#include <tiersim/stress.h>

/* The promises of the scenario as it is. */
const struct tsim_promise *stressed_promises(const struct tsim_stress *stress, size_t *count);

/* Which promise breaks first, in a sentence or two. */
char *stressed_answer(const struct tsim_stress *stress, bool ascii, char *to, size_t size);

/* "8 %", "more than 30 %", "at once": the rise of demand at which a promise breaks; "" where no
 * rise was tried. */
char *stressed_breaks_at(const struct tsim_stress *stress, size_t promise, char *to, size_t size);

/* What heals a stress: "2 more in front (L1)"; "no number of agents"; "" where nothing is broken or
 * nobody looked. */
const char *stressed_heal(const struct tsim_stressed *stressed);

#endif
