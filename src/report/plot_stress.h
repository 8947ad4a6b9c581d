/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/plot_stress.h - how far each stress is from each promise. */
#ifndef REPORT_PLOT_STRESS_H
#define REPORT_PLOT_STRESS_H

#include "report/picture.h"

/* Functions of a struct picture; `of` is the stress test. */
void plot_stress_data(const struct picture *picture, FILE *to);
void plot_stress_script(const struct picture *picture, FILE *to);

#endif
