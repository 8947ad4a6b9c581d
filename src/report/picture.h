/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/picture.h - files of a picture: NAME.csv, NAME.gp, and NAME.svg drawn from them.
 *
 * Numbers and script stay in the folder, so that a reader can redraw a picture or change it
 * without us. What the pictures of a run are is in report/plots.h; other results have their own.
 */
#ifndef REPORT_PICTURE_H
#define REPORT_PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <tiersim/problem.h>

enum { PICTURE_NAME = 64 };

/* One picture takes a few hundredths of a second. */
#define PICTURE_TIMEOUT_S 20.0

struct picture {
    char        name[PICTURE_NAME];
    const char *title; /* in the head of the script */
    const void *of;    /* what it shows             */
    size_t      page;  /* and which part of that    */
    /* What NAME.csv is, with a header row, and what follows the head of NAME.gp. Without `data`
     * there is nothing to show now: it is only a name that a former run may have left. */
    void (*data)(const struct picture *picture, FILE *to);
    void (*script)(const struct picture *picture, FILE *to);
};

/* Gives it the name of one of several pages: "load", "load_2", … for number 0, 1, … */
void picture_name(struct picture *picture, const char *name, size_t number);

struct picture_options {
    bool   png, pdf;
    double timeout_s; /* for one picture */
};

/* Writes pictures into an existing folder: data and scripts first, then what is drawn from them.
 * What a former run left of any of them is removed before. Those that cannot be drawn are one
 * warning. Calls `written` (if any) with the name of each file
 * made. False when a file could not be written. */
bool pictures_write(const struct picture *pictures, size_t n, const char *folder,
                    const struct picture_options *options, struct tsim_problems *problems,
                    void (*written)(void *user, const char *name), void *user);

/* Removes every file of pictures, if there are any. */
void pictures_remove(const struct picture *pictures, size_t n, const char *folder);

#endif
