/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/compared.h - what is compared, in words. */
#ifndef REPORT_COMPARED_H
#define REPORT_COMPARED_H

#include <stddef.h>
#include <tiersim/compare.h>

/* "L1 wait mean" of "tier.L1.wait_mean"; a promise's own text; "cost a day" of the total. */
char *compared_words(const struct tsim_compared *measure, char *to, size_t size);

/* "better", "not_shown" …: as in files. */
const char *compared_outcome(enum tsim_outcome outcome);

#endif
