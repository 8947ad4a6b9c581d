/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cli/table.h - the rows from which come parsing, help, man page, completion and did-you-mean.
 *
 * A new option is one row here and one field of struct options.
 */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include "cli/options.h"

enum option_type {
    OPTION_FLAG,     /* bool, no argument                   */
    OPTION_TEXT,     /* const char *                        */
    OPTION_SET,      /* text, may be there again: sets and n_sets */
    OPTION_COUNT,    /* whole number in a double            */
    OPTION_SEED,     /* the same, and has_seed              */
    OPTION_SHARE,    /* 0.02 or 2%                          */
    OPTION_DURATION, /* seconds, or 10min                   */
};

/* Groups of options, in the order of the help. */
enum option_group { GROUP_OUTPUT, GROUP_HOW_MUCH, GROUP_SCREEN, GROUP_LIMITS, GROUP_OTHER, GROUPS };

/* Bit of a command in option_row.commands. */
#define ON(command) (1u << (command))

struct option_row {
    const char       *name;
    char              letter;   /* 0: none                              */
    const char       *argument; /* name of the argument; NULL: none     */
    enum option_type  type;
    size_t            offset;   /* of the field of struct options       */
    unsigned          commands; /* ON(…) of those that take it          */
    enum option_group group;
    double            low, high; /* of numbers                          */
    bool              needs_folder;
    const char       *help;     /* one line                             */
};

struct command_row {
    const char *name, *operands, *help;
    const char *examples; /* lines "command<TAB>what it does"           */
    const char *more;     /* paragraph for its help; NULL: none         */
};

struct exit_row {
    int         code;
    const char *meaning;
};

extern const struct option_row  option_table[];
extern const size_t             option_count;
extern const struct command_row command_table[COMMANDS];
extern const char *const        group_names[GROUPS];
extern const struct exit_row    exit_table[];
extern const size_t             exit_count;

/* The row of an option by name of `length` bytes, or by letter when that is not 0; NULL: none. */
const struct option_row *option_find(const char *name, size_t length, char letter);

#endif
