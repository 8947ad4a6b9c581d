/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/swept.h - what a sweep found, in words. The screen, the files and the plots share it. */
#ifndef REPORT_SWEPT_H
#define REPORT_SWEPT_H

#include <stddef.h>
#include <tiersim/sweep.h>

/* "cost a day", "L1 wait mean", or a promise's own text. */
char *swept_words(const struct tsim_response *response, char *to, size_t size);

/* Whether an interval leaves 0 out, or, without one, the value is another. */
bool swept_shown(const struct tsim_estimate *change);

/* The points in order of cost, as `order` [points]; those without a cost come last. */
void swept_by_cost(const struct tsim_sweep *sweep, size_t *order);

/* Effects on a response in order of their share, the largest first: indices into
 * tsim_sweep_effects, at most `most` of them. Returns how many. */
size_t swept_by_share(const struct tsim_sweep *sweep, size_t response, size_t *order, size_t most);

/* Factors in order of how far the response swings between their ends, the largest first. */
void swept_by_swing(const struct tsim_sweep *sweep, size_t response, size_t *order);

/* "agents", or "agents × work". */
char *swept_effect(const struct tsim_sweep *sweep, const struct tsim_effect *effect, bool ascii,
                   char *to, size_t size);

/* What one more of a factor does to a promise, and at what cost, as a sentence; false when neither
 * is seen. */
bool swept_sentence(const struct tsim_sweep *sweep, size_t response, size_t factor, bool ascii,
                    char *to, size_t size);

#endif
