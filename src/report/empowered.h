/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/empowered.h - what authority buys, in words. */
#ifndef REPORT_EMPOWERED_H
#define REPORT_EMPOWERED_H

#include <stdbool.h>
#include <stddef.h>
#include <tiersim/empower.h>

/* "100 USD", or "no limit". */
char *empowered_limit(const struct tsim_limit *limit, const char *currency, bool ascii, char *to,
                      size_t size);

/* The answer for a manager, in a sentence or two. */
char *empowered_answer(const struct tsim_empowerment *empowerment, bool ascii, char *to,
                       size_t size);

#endif
