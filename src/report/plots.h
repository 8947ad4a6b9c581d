/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/plots.h - the pictures of a results folder.
 *
 * A plot is one row of a table: its name, how many pages it takes, and two functions, one that
 * writes the numbers (NAME.csv) and one that writes the gnuplot script (NAME.gp) which draws
 * NAME.svg from them. Both stay in the folder, so that a reader can redraw a picture or change
 * it without us. A further page of a plot is NAME_2 and so on.
 */
#ifndef REPORT_PLOTS_H
#define REPORT_PLOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <tiersim/problem.h>
#include <tiersim/result.h>

#include "report/picture.h"

enum { PLOT_TIERS = 6 };

struct plot {
    const char *name;
    const char *title; /* in the head of the script */
    size_t (*pages)(const struct tsim_result *result); /* 0: nothing to show */
    void (*data)(const struct tsim_result *result, size_t page, FILE *to);
    void (*script)(const struct tsim_result *result, size_t page, FILE *to);
};

extern const struct plot plot_resolution, plot_flow, plot_causes, plot_load, plot_service,
    plot_waits, plot_delays, plot_cost;

/* Writes all plots into an existing folder, as pictures_write does. What a former run left of a
 * plot that is not written now is removed. */
bool plots_write(const struct tsim_result *result, const char *folder,
                 const struct picture_options *options, struct tsim_problems *problems,
                 void (*written)(void *user, const char *name), void *user);

/* Removes every file of every plot from the folder. */
void plots_remove(const char *folder);

/* ---- for the plots themselves */

/* The head of a picture: what it shows and what it is drawn from. */
struct frame {
    const char *title, *subtitle;
    unsigned    width, height; /* in points */
    unsigned    legend;        /* rows the legend takes under the subtitle */
    const char *axis;          /* what the vertical axis measures; NULL: said elsewhere */
    bool        xlabel;        /* room for a line under the horizontal axis */
    size_t      panels;        /* named drawings one above the other: a multiplot; 0: one alone */
};

/* Terminals, styles, title and subtitle as labels, and margins. */
void frame_write(const struct frame *frame, FILE *to);

/* "name · mean of 60 replications", and the level of the intervals if it shows any. */
void frame_subtitle(const struct tsim_result *result, bool intervals, char *to, size_t size);

/* Tiers of a page: [first, end). */
size_t plot_tier_pages(const struct tsim_result *result);
size_t plot_first_tier(size_t page);
size_t plot_end_tier(const struct tsim_result *result, size_t page);

/* Colours that differ for colour-blind readers too, and dashes and points for everybody. */
const char *plot_color(size_t i);
unsigned    plot_dash(size_t i);

#endif
