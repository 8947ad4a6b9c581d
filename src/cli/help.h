/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cli/help.h - the rows of cli/table.h for readers: help, manual page, completion. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include <stdio.h>

#include "cli/options.h"

/* On everything, in less than a screen; and all about one command. */
void help_print(FILE *to);
void help_print_command(enum command command, FILE *to);

/* The manual page tiersim(1) in the man macros. */
void help_man(FILE *to);

/* Completion for bash. */
void help_bash(FILE *to);

#endif
