/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/plot_compare.h - the pictures of a comparison; a page for every six variants. */
#ifndef REPORT_PLOT_COMPARE_H
#define REPORT_PLOT_COMPARE_H

#include <tiersim/compare.h>

#include "report/picture.h"

enum { COMPARE_PICTURES = 12 };

/* All that a comparison can have, as pictures_write takes them. */
void plot_compare_pictures(const struct tsim_comparison *comparison,
                           struct picture pictures[COMPARE_PICTURES]);

#endif
