/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/output.h - a results folder: files, pictures in plots/, and the manifest that names them.
 *
 * Every kind of result says what it has as a table of files and a list of pictures; how a folder is
 * filled is here, once.
 */
#ifndef REPORT_OUTPUT_H
#define REPORT_OUTPUT_H

#include <tiersim/report.h>

#include "report/manifest.h"
#include "report/picture.h"

struct output_file {
    const char *name; /* in the folder                                                    */
    /* NULL: somebody else has written it, and it is only named in the manifest. What cannot be
     * written shows at the stream, which is looked at when the file is closed. */
    void (*write)(const void *of, FILE *to);
    const void *of;
};

/* The screen of the same result, for report.html: as the screens of tiersim/report.h. */
struct output_screen {
    void (*write)(const void *of, const struct tsim_screen_options *options, FILE *to);
    const void *of;
};

/* What a folder is to hold; all is the caller's. */
struct output {
    const struct output_file *files; /* in the order in which they are written            */
    size_t                    n_files;
    const struct picture     *pictures; /* all that such a folder can have: as pictures_write */
    size_t                    n_pictures;
    struct output_screen      screen;
    struct manifest_about     about;
};

/* Makes the folder if it is not there, and writes all; the manifest last, and an old one is removed
 * first, for it does not describe the new files. `options` may be NULL. False, reported, when a
 * file could not be written. */
bool output_write(const struct output *output, const char *path,
                  const struct tsim_folder_options *options, struct tsim_problems *problems);

/* Removes a file of a folder, if it is there. */
void output_remove(const char *path, const char *name);

#endif
