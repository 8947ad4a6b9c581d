/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/manifest.h - manifest.json: where what is in a results folder comes from.
 *
 * The manifest holds what is not part of the reproducible result: the command line, the machine,
 * how long it took, and every file of the folder with its size.
 */
#ifndef REPORT_MANIFEST_H
#define REPORT_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { MANIFEST_FILES = 512, MANIFEST_NAME = 96 };

struct manifest {
    char   names[MANIFEST_FILES][MANIFEST_NAME]; /* relative to the folder */
    size_t n;
};

/* Names beyond MANIFEST_FILES are left out. */
void manifest_add(struct manifest *manifest, const char *name);

/* What the folder holds the results of. */
struct manifest_about {
    const char *kind; /* "scenario", "study"                         */
    const char *name, *file, *fingerprint, *digest; /* NULL: there is none */
    uint64_t    seed, done, planned; /* done and planned: replications */
    uint32_t    threads;
    bool        complete;
    double      wall_s;
};

/* `folder` is looked into for the sizes of the files; without a known `command_line` NULL. */
void manifest_write(const struct manifest *manifest, const struct manifest_about *about,
                    const char *command_line, const char *folder, FILE *to);

#endif
