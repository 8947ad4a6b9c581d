/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/screen_parts.h - what several screens have: how they open, their head and their foot. */
#ifndef REPORT_SCREEN_PARTS_H
#define REPORT_SCREEN_PARTS_H

#include <tiersim/report.h>

#include "report/page.h"

/* Opens a page as the options say; NULL: 80 columns, no colour. Returns the options, never NULL. */
const struct tsim_screen_options *screen_open(struct page *page,
                                              const struct tsim_screen_options *options, FILE *to);

/* A name somebody chose as the first line. */
void screen_title(struct page *page, const char *name);

/* The head of what rests on one comparison: the study, then "`what`, the same customers · …". */
void screen_paired(struct page *page, const struct tsim_comparison_info *info, const char *what,
                   bool complete);

/* A label, and words filled in beside it. */
void screen_note(struct page *page, const char *label, const char *words);

/* The results folder; NULL: nothing. */
void screen_wrote(struct page *page, const char *folder);

#endif
