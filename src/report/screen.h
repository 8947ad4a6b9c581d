/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/screen.h - the parts of the screen of `tiersim run`, in the order they are printed.
 *
 * Each writes its block, a blank line in front, or nothing when it has nothing to say.
 */
#ifndef REPORT_SCREEN_H
#define REPORT_SCREEN_H

#include <tiersim/report.h>

#include "report/page.h"

enum { SCREEN_TEXT = 1024 };

struct screen {
    struct page                       page;
    const struct tsim_result         *result;
    const struct tsim_run_info       *info;
    const struct tsim_screen_options *options;
};

void screen_split(struct screen *screen);
void screen_promises(struct screen *screen);
void screen_tiers(struct screen *screen);
void screen_channels(struct screen *screen);
void screen_waits(struct screen *screen);
void screen_escalations(struct screen *screen);
void screen_fates(struct screen *screen);
void screen_backlog(struct screen *screen);
void screen_duties(struct screen *screen);
void screen_quality(struct screen *screen);
void screen_customers(struct screen *screen);
void screen_cost(struct screen *screen);
void screen_checks(struct screen *screen);
void screen_saving(struct screen *screen);
void screen_steady(struct screen *screen);

/* A value in the screen's signs, its unit glued to it; a number somebody chose; a name. */
char *screen_value(const struct screen *screen, double value, enum tsim_unit unit, char *to,
                   size_t size);
char *screen_target(const struct screen *screen, double value, enum tsim_unit unit, char *to,
                    size_t size);
char *screen_name(const struct screen *screen, const char *name, size_t columns, char *to,
                  size_t size);
/* Keeps a text together where lines are filled. */
char *screen_glue(char *text);
char *screen_span(const struct screen *screen, size_t first, size_t end, char *to, size_t size);

#endif
