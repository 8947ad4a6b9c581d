/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tiersim command: dispatch and exit codes. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tiersim.h>

#include "cli/options.h"

int exit_for(const struct tsim_problems *problems)
{
    static const int codes[] = {
        [TSIM_PROBLEM_WARNING] = EXIT_OK,        [TSIM_PROBLEM_INPUT] = EXIT_INPUT,
        [TSIM_PROBLEM_IO] = EXIT_IO,             [TSIM_PROBLEM_LIMIT] = EXIT_LIMIT,
        [TSIM_PROBLEM_INTERNAL] = EXIT_INTERNAL,
    };
    tsim_problems_print(problems, stderr, 20);
    for (size_t i = 0; i < tsim_problems_count(problems); i++)
        if (tsim_problems_get(problems, i)->kind != TSIM_PROBLEM_WARNING)
            return codes[tsim_problems_get(problems, i)->kind];
    return tsim_problems_errors(problems) > 0 ? EXIT_INTERNAL : EXIT_OK;
}

static int cmd_help(const struct options *options)
{
    if (options->n_operands == 0) {
        options_help(stdout);
        return EXIT_OK;
    }
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(options->operands[0], command_name((enum command)i)) == 0) {
            options_help_command((enum command)i, stdout);
            return EXIT_OK;
        }
    fprintf(stderr, "tiersim: there is no command \"%.80s\"\n", options->operands[0]);
    return EXIT_USAGE;
}

static int dispatch(const struct options *options, int argc, char **argv)
{
    if (options->help) {
        options_help_command(options->command, stdout);
        return EXIT_OK;
    }
    switch (options->command) {
    case COMMAND_RUN:
        return cmd_run(options, argc, argv);
    case COMMAND_VALIDATE:
        return cmd_validate(options);
    case COMMAND_EXPLAIN:
        return cmd_explain(options);
    case COMMAND_SCHEMA:
        return cmd_schema(options);
    case COMMAND_VERSION:
        return cmd_version(options);
    default:
        return cmd_help(options);
    }
}

int main(int argc, char **argv)
{
    struct options options;
    setlocale(LC_CTYPE, ""); /* only characters: numbers are always written with a point */
    int code = EXIT_USAGE;
    if (options_read(&options, argc, argv))
        code = dispatch(&options, argc, argv);
    free(options.operands);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("tiersim: standard output cannot be written (is the disk full?)\n", stderr);
        return code == EXIT_OK ? EXIT_IO : code;
    }
    return code;
}
