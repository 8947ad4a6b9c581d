/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/plot_size.h - the pictures of a sizing: agents over time, and what they cost. */
#ifndef REPORT_PLOT_SIZE_H
#define REPORT_PLOT_SIZE_H

#include <tiersim/size.h>

#include "report/picture.h"

enum { SIZE_PAGES_MOST = 16, SIZE_PICTURES = SIZE_PAGES_MOST + 1 };

/* All that a sizing can have, as pictures_write takes them: what the agents of each pool cost a
 * day, now and then; and the agents of each pool over the report cycle, needed, now and by
 * formulas, beside the load, a page for every six pools, unless the cycle has a single interval. */
void plot_size_pictures(const struct tsim_sizing *sizing, struct picture pictures[SIZE_PICTURES]);

#endif
