/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/plot_compare.h - the picture of a comparison; a page for every six variants. */
#ifndef REPORT_PLOT_COMPARE_H
#define REPORT_PLOT_COMPARE_H

#include <tiersim/compare.h>

#include "report/picture.h"

/* 0: nothing to show. */
size_t plot_compare_pages(const struct tsim_comparison *comparison);

/* Functions of a struct picture; `of` is the comparison. */
void plot_compare_data(const struct picture *picture, FILE *to);
void plot_compare_script(const struct picture *picture, FILE *to);

#endif
