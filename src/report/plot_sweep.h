/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/plot_sweep.h - the pictures of a sweep: for each promise the front (cost against it),
 * and main effects (factorial designs) or a tornado (one at a time). */
#ifndef REPORT_PLOT_SWEEP_H
#define REPORT_PLOT_SWEEP_H

#include <tiersim/sweep.h>

#include "report/picture.h"

enum { SWEEP_RESPONSES_MOST = 8, SWEEP_PICTURES = 3 * SWEEP_RESPONSES_MOST };

/* All that a sweep can have, as pictures_write takes them: those of the first responses. */
void plot_sweep_pictures(const struct tsim_sweep *sweep, struct picture pictures[SWEEP_PICTURES]);

#endif
