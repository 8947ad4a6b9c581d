/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cli/options.h - what a command line says.
 *
 * The rows of cli/table.h decide what may be said; options_read turns argv into one struct.
 * Texts point into argv.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/* How the program ends; docs/exit-codes.md and the man page explain them. */
enum exit_code {
    EXIT_OK = 0,
    EXIT_INTERNAL = 1, /* our fault                                                */
    EXIT_USAGE = 2,    /* the command line                                         */
    EXIT_INPUT = 3,    /* the scenario or a file it names                          */
    EXIT_IO = 4,       /* reading or writing failed                                */
    EXIT_TARGET = 5,   /* a promise is broken (only with --check)                  */
    EXIT_LIMIT = 6,    /* memory, time, events or another stated limit             */
};

enum command {
    COMMAND_RUN,
    COMMAND_COMPARE,
    COMMAND_SWEEP,
    COMMAND_SELECT,
    COMMAND_EMPOWER,
    COMMAND_STRESS,
    COMMAND_SIZE,
    COMMAND_SCHEDULE,
    COMMAND_TRACE,
    COMMAND_NEW,
    COMMAND_VALIDATE,
    COMMAND_EXPLAIN,
    COMMAND_SCHEMA,
    COMMAND_VERSION,
    COMMAND_HELP,
    COMMANDS
};

enum { SETS_MOST = 100 };

struct options {
    const char  *program;  /* as the user typed it: argv[0]                        */
    enum command command;
    const char **operands; /* heap; caller frees                                   */
    int          n_operands;
    const char  *folder;
    const char  *apply;      /* scenario to write                                  */
    const char  *which;      /* case to trace                                      */
    const char  *tier, *limits; /* to empower                                          */
    const char  *levers;          /* of sizing                                          */
    const char  *sets[SETS_MOST]; /* settings, each as given                           */
    size_t       n_sets;
    const char  *measure, *zone; /* to select by                                       */
    const char  *completion; /* shell to write completion for                      */
    bool         json, quiet, check, no_plots, png, pdf, case_log, no_color, ascii, reference, man,
        verbose, help, allow_plugins, until_decided, no_heal, largest, per_interval, each_interval,
        csv, force, strict;
    bool         has_seed;
    double       budget, seed, replications, replication, precision, threads, time_limit_s,
        max_contacts, max_events, width, confidence, days;
};

/* Parses argv. False, after a line on stderr that says what to write instead, when it is wrong. */
bool options_read(struct options *options, int argc, char **argv);

#endif
