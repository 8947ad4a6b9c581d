/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/plot_select.h - the picture of a selection: the value of every candidate with its
 * interval, in the order of the study, the best marked. */
#ifndef REPORT_PLOT_SELECT_H
#define REPORT_PLOT_SELECT_H

#include <tiersim/select.h>

#include "report/picture.h"

struct picture plot_select(const struct tsim_selection *selection);

#endif
