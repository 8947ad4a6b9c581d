/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/manifest.h - a results folder, and manifest.json: where what is in it comes from.
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
#include <tiersim/problem.h>

enum { MANIFEST_FILES = 512, MANIFEST_NAME = 96 };

struct manifest {
    char   names[MANIFEST_FILES][MANIFEST_NAME]; /* relative to the folder */
    size_t n;
};

void manifest_add(struct manifest *manifest, const char *name);

/* What the folder holds the results of. */
struct manifest_about {
    const char *command_line; /* NULL: not known                     */
    const char *kind;         /* "scenario", "study"                 */
    const char *name, *file, *fingerprint, *digest;
    uint64_t    seed, done, planned; /* done and planned: replications */
    uint32_t    threads;
    bool        complete;
    double      wall_s;
};

void manifest_write(const struct manifest *manifest, const struct manifest_about *about,
                    const char *folder, FILE *to);

/* A folder being filled: every file that is written goes into the manifest. */
struct output {
    const char           *path;
    struct tsim_problems *problems;
    struct manifest      *manifest;
};

/* Writes a file of it with `write`, which is told what it is `of`. False, reported, if that
 * fails. */
bool output_file(const struct output *output, const char *name,
                 void (*write)(const void *of, FILE *to), const void *of);

/* Removes a file of the folder, if it is there. */
void output_remove(const struct output *output, const char *name);

/* The path of its folder "plots"; false, reported, when it is too long. */
bool output_plots(const struct output *output, char *to, size_t size);

/* A pictures_write's `written`; the user is the output. */
void output_picture(void *user, const char *name);

#endif
