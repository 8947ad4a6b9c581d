/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/gnuplot.h - run gnuplot on scripts of ours, and let nothing else through.
 *
 * gnuplot scripts can start programs, so the only way a text from outside gets into one is
 * gp_label and gp_tick. gnuplot itself is a stranger: it runs without a shell, without its
 * user's settings, with a reduced environment, its own process group, limits on memory, file
 * size and time; what it leaves is checked before it is given its name.
 */
#ifndef REPORT_GNUPLOT_H
#define REPORT_GNUPLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Writes a text as a quoted gnuplot string: valid UTF-8 only, one line, at most `columns` wide
 * (and never above 120), harmless inside an SVG. An apostrophe becomes a typographic one:
 * gnuplot reads the doubled quote it documents, but not at the start of a string. A tick label
 * may hold a number format, so there per cent signs are doubled. */
void gp_label(FILE *to, const char *text, size_t columns);
void gp_tick(FILE *to, const char *text, size_t columns);

/* The same cleaning without quotes, for the text columns of a plot's CSV. */
void gp_clean(char *to, size_t size, const char *text, size_t columns);

enum gnuplot_outcome {
    GNUPLOT_DREW,
    GNUPLOT_MISSING, /* no such program                                   */
    GNUPLOT_FAILED,  /* it complained, or what it left is not a picture   */
    GNUPLOT_SLOW,    /* stopped after the time limit                      */
};

struct gnuplot_job {
    const char *folder;    /* where the script is; gnuplot runs there     */
    const char *name;      /* NAME.gp is run; letters, digits and '_'     */
    const char *format;    /* "svg", "png", "pdf"; NAME.format is made    */
    double      timeout_s;
};

/* Draws one picture. `reason` gets one line that says what went wrong. */
enum gnuplot_outcome gnuplot_draw(const struct gnuplot_job *job, char *reason, size_t size);

#endif
