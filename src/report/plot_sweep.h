/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/plot_sweep.h - the pictures of a sweep: for each promise the front (cost against it),
 * and main effects (factorial designs) or a tornado (one at a time). */
#ifndef REPORT_PLOT_SWEEP_H
#define REPORT_PLOT_SWEEP_H

#include <tiersim/sweep.h>

#include "report/picture.h"

enum { SWEEP_PICTURES_MOST = 24 };

/* Fills in what there is to draw, at most SWEEP_PICTURES_MOST. Returns how many. */
size_t plot_sweep_pictures(const struct tsim_sweep *sweep, struct picture *pictures);

/* Removes every picture that some sweep could have left in the folder. */
void plot_sweep_remove(const char *folder);

#endif
