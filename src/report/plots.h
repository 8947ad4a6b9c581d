/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/plots.h - the pictures of a run.
 *
 * A plot is one row of a table: its name, how many pages it takes, and the two functions of its
 * pictures (report/picture.h), a picture for each page.
 */
#ifndef REPORT_PLOTS_H
#define REPORT_PLOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <tiersim/result.h>

#include "report/picture.h"

enum { PLOT_TIERS = 6, PLOTS = 8, PLOT_PAGES_MOST = 16, PLOT_PICTURES = PLOTS * PLOT_PAGES_MOST };

struct plot {
    const char *name;
    const char *title; /* in the head of the script */
    size_t (*pages)(const struct tsim_result *result); /* 0: nothing to show */
    void (*data)(const struct picture *picture, FILE *to); /* `of` is the result */
    void (*script)(const struct picture *picture, FILE *to);
};

extern const struct plot plot_resolution, plot_flow, plot_causes, plot_load, plot_service,
    plot_waits, plot_delays, plot_cost;

/* All pictures that a run can have, as pictures_write takes them. */
void plots_of(const struct tsim_result *result, struct picture pictures[PLOT_PICTURES]);

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
