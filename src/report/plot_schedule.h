/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/plot_schedule.h - heads needed and on the floor, and the roster as bars over time: a
 * page for each of the first pools. */
#ifndef REPORT_PLOT_SCHEDULE_H
#define REPORT_PLOT_SCHEDULE_H

#include "report/picture.h"

enum { PLOT_POOLS = 12 };

/* Functions of a struct picture; `of` is the schedule, the page a pool. */
void plot_cover_data(const struct picture *picture, FILE *to);
void plot_cover_script(const struct picture *picture, FILE *to);
void plot_roster_data(const struct picture *picture, FILE *to);
void plot_roster_script(const struct picture *picture, FILE *to);

#endif
