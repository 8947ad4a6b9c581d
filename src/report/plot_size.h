/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/plot_size.h - the pictures of a sizing: agents over time, and what they cost. */
#ifndef REPORT_PLOT_SIZE_H
#define REPORT_PLOT_SIZE_H

#include <tiersim/size.h>

#include "report/picture.h"

/* Agents of each pool over the report cycle, needed, now and by formulas, beside the load; a page
 * for every six pools. 0: the cycle has a single interval. */
size_t         plot_size_pages(const struct tsim_sizing *sizing);
struct picture plot_size_staffing(const struct tsim_sizing *sizing, size_t page);

/* What the agents of each pool cost a day, now and then. */
struct picture plot_size_cost(const struct tsim_sizing *sizing);

#endif
