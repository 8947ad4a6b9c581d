/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tiersim command. */
#define _DEFAULT_SOURCE /* SIGXFSZ */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/help.h"

/* A stream that was closed before we began would lend its number to the first file opened, and
 * words meant for the user would land in that file. */
static void occupy_streams(void)
{
    int file;
    do
        file = open("/dev/null", O_RDONLY);
    while (file >= 0 && file <= STDERR_FILENO);
    if (file >= 0)
        close(file);
}

static enum exit_code dispatch(const struct options *options, int argc, char **argv)
{
    if (options->help) {
        help_print_command(options->command, stdout);
        return EXIT_OK;
    }
    switch (options->command) {
    case COMMAND_RUN:
        return cmd_run(options, argc, argv);
    case COMMAND_COMPARE:
        return cmd_compare(options, argc, argv);
    case COMMAND_SWEEP:
        return cmd_sweep(options, argc, argv);
    case COMMAND_SELECT:
        return cmd_select(options, argc, argv);
    case COMMAND_EMPOWER:
        return cmd_empower(options, argc, argv);
    case COMMAND_STRESS:
        return cmd_stress(options, argc, argv);
    case COMMAND_SIZE:
        return cmd_size(options, argc, argv);
    case COMMAND_SCHEDULE:
        return cmd_schedule(options, argc, argv);
    case COMMAND_TRACE:
        return cmd_trace(options);
    case COMMAND_NEW:
        return cmd_new(options);
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
    enum exit_code code = EXIT_USAGE;
    occupy_streams();
    signal(SIGXFSZ, SIG_IGN);  /* a file too large is then an error of writing, which is told */
    setlocale(LC_CTYPE, "");   /* only characters: numbers are always written with a point    */
    if (options_read(&options, argc, argv))
        code = dispatch(&options, argc, argv);
    free(options.operands);
    if (fflush(stdout) == 0 && !ferror(stdout))
        return (int)code;
    if (errno != EPIPE) /* whoever closes a pipe knows it */
        fprintf(stderr, "tiersim: standard output cannot be written: %s\n", strerror(errno));
    return (int)(code == EXIT_OK ? EXIT_IO : code);
}
