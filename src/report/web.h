/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/web.h - report.html of a results folder: what the screen says, with the pictures, in one
 * file that opens from disk, prints, and can be sent to somebody.
 *
 * It asks for nothing from anywhere: pictures are in it, there is no script, and its policy forbids
 * both. It holds only what is reproducible: how long it took and on which machine is in the
 * manifest.
 */
#ifndef REPORT_WEB_H
#define REPORT_WEB_H

#include <stdio.h>

#include <tiersim/report.h>

#include "report/manifest.h"
#include "report/picture.h"

struct web {
    const char *title;
    /* Writes the screen. */
    void (*screen)(const void *of, const struct tsim_screen_options *options, FILE *to);
    const void                  *of;
    const struct picture        *pictures;
    size_t                       n_pictures;
    const struct manifest       *manifest; /* the files of the folder so far */
    const struct manifest_about *about;
    const char                  *folder;   /* where plots/ is                */
};

void web_write(const struct web *web, FILE *to);

#endif
