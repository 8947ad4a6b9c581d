/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cli/options.h - one table is the parser, the help and the did-you-mean of the command line. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Exit codes, documented in docs/exit-codes.md. */
enum exit_code {
    EXIT_OK = 0,
    EXIT_INTERNAL = 1,
    EXIT_USAGE = 2,
    EXIT_INPUT = 3,
    EXIT_IO = 4,
    EXIT_TARGET = 5,
    EXIT_LIMIT = 6,
};

enum command { COMMAND_RUN, COMMAND_VALIDATE, COMMAND_EXPLAIN, COMMAND_SCHEMA, COMMAND_VERSION,
               COMMAND_HELP, COMMANDS };

struct options {
    enum command command;
    const char **operands; /* points into argv */
    int          n_operands;
    const char  *folder;
    bool         json, quiet, check, no_plots, png, pdf, case_log, no_color, ascii, reference,
        verbose, help;
    bool         has_seed;
    double       seed, replications, precision, threads, time_limit_s, max_contacts, max_events,
        width;
};

/* Parses argv. False, after one line on stderr, when the user erred. */
bool options_read(struct options *options, int argc, char **argv);

/* Help on everything, or on one command, to `to`. */
void options_help(FILE *to);
void options_help_command(enum command command, FILE *to);

const char *command_name(enum command command);

/* The commands, each in its own file. */
int cmd_run(const struct options *options, int argc, char **argv);
int cmd_validate(const struct options *options);
int cmd_explain(const struct options *options);
int cmd_schema(const struct options *options);
int cmd_version(const struct options *options);

struct tsim_problems;

/* Prints problems to stderr and says which exit code they call for; EXIT_OK without errors. */
int exit_for(const struct tsim_problems *problems);

#endif
