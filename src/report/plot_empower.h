/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/plot_empower.h - cost and escalations against the authority limit. */
#ifndef REPORT_PLOT_EMPOWER_H
#define REPORT_PLOT_EMPOWER_H

#include "report/picture.h"

/* Functions of a struct picture; `of` is the empowerment. */
void plot_empower_data(const struct picture *picture, FILE *to);
void plot_empower_script(const struct picture *picture, FILE *to);

#endif
