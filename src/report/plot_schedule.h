/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/plot_schedule.h - the pictures of a schedule: heads needed and on the floor, and the
 * roster as bars over time. */
#ifndef REPORT_PLOT_SCHEDULE_H
#define REPORT_PLOT_SCHEDULE_H

#include <tiersim/schedule.h>

#include "report/picture.h"

enum { PLOT_POOLS = 12, SCHEDULE_PICTURES = 2 * PLOT_POOLS };

/* All that a schedule can have, as pictures_write takes them: both for each of the first pools that
 * are scheduled and have somebody. */
void plot_schedule_pictures(const struct tsim_schedule *schedule,
                            struct picture pictures[SCHEDULE_PICTURES]);

#endif
