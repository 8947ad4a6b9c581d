/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cli/source.h - where scenarios come from, and what was wrong with them. */
#ifndef CLI_SOURCE_H
#define CLI_SOURCE_H

#include <stdio.h>
#include <tiersim/scenario.h>
#include <tiersim/study.h>

#include "cli/options.h"

/* tsim_scenario_open as the options say, with their settings made; "-" is standard input: files it
 * names are then looked up from the working directory. Caller frees. */
struct tsim_scenario *source_load(const char *path, const struct options *options,
                                  struct tsim_problems *problems);

/* Whether a path is a file that holds a study. What can be read only once is none. */
bool source_is_study(const char *path);

/* The study that the operands name: a study file alone; or a scenario, others to set beside it,
 * and a variant for every --set (of empower and schedule, settings of it all). `method` is the key
 * and value of its method, such as "\"compare\": {}". NULL when it cannot be had, which has been
 * told; `code` says why. Caller frees. */
struct tsim_study *source_study(const struct options *options, const char *method,
                                enum exit_code *code);

/* A text as JSON has it. */
void source_write_string(const char *text, FILE *to);

/* The exit code that problems call for: that of the first error. */
enum exit_code problems_code(const struct tsim_problems *problems);

/* Prints problems to stderr and returns their code. */
enum exit_code problems_tell(const struct tsim_problems *problems);

#endif
