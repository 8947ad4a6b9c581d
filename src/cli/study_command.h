/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cli/study_command.h - what the commands that work on studies share: load, work, write, show. */
#ifndef CLI_STUDY_COMMAND_H
#define CLI_STUDY_COMMAND_H

#include <stdio.h>
#include <tiersim.h>

#include "cli/options.h"

/* A command: what its method is, and the functions of what it finds. */
struct study_command {
    enum tsim_method method;
    /* Works; NULL when there is nothing to show. `run` has a progress bar and the signals. */
    void *(*work)(const struct options *options, const struct tsim_study *study,
                  const struct tsim_run_options *run, struct tsim_problems *problems);
    bool (*complete)(const void *found); /* it came to its end                             */
    /* Says on stderr, after how it ended, what there is; `found` may be NULL. NULL: no more than
     * whether there is something. */
    void (*stopped)(const struct options *options, const void *found,
                    const struct tsim_progress *last);
    void (*remark)(const struct options *options, const void *found); /* NULL: nothing to say */
    void (*folder)(const void *found, const struct tsim_study *study,
                   const struct tsim_run_options *run, const char *folder,
                   const struct tsim_folder_options *options, struct tsim_problems *problems);
    void (*json)(const void *found, FILE *to);
    void (*csv)(const void *found, FILE *to); /* NULL: there is none                         */
    /* When all else went well: what is left to do, and how the program ends. NULL: nothing. */
    enum exit_code (*finish)(const struct options *options, const struct tsim_study *study,
                             const void *found);
    void (*screen)(const void *found, const struct tsim_study *study,
                   const struct tsim_screen_options *options, FILE *to);
    void (*free)(void *found);
};

/* Runs it. `method` is the key and value of the method, for a study made from operands. */
enum exit_code study_command_run(const struct study_command *command,
                                 const struct options *options, const char *method, int argc,
                                 char **argv);

#endif
