/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/manifest.h - manifest.json: where the results of a folder come from.
 *
 * Holds what is not part of the reproducible result: the command line, the machine, how long
 * it took, and every file of the folder with its size.
 */
#ifndef REPORT_MANIFEST_H
#define REPORT_MANIFEST_H

#include <stdio.h>
#include <tiersim/report.h>

enum { MANIFEST_FILES = 512, MANIFEST_NAME = 96 };

struct manifest {
    char   names[MANIFEST_FILES][MANIFEST_NAME]; /* relative to the folder */
    size_t n;
};

void manifest_add(struct manifest *manifest, const char *name);

void manifest_write(const struct manifest *manifest, const struct tsim_result *result,
                    const char *folder, const char *command_line, FILE *to);

#endif
