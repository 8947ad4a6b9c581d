/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command that writes a scenario to begin with. */
#define _DEFAULT_SOURCE /* fsync */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/starters.h"

static enum exit_code list_starters(void)
{
    puts("Scenarios to begin with, each a desk whose every number is yours to change:\n");
    for (size_t i = 0; i < starter_count; i++)
        printf("  %-11s %s\n", starter_table[i].name, starter_table[i].help);
    puts("\n`tiersim new helpdesk` writes helpdesk.json, `tiersim new helpdesk my-desk.json`\n"
         "a file of that name, and `tiersim new helpdesk -` prints it.");
    return EXIT_OK;
}

static const struct starter *find_starter(const char *name)
{
    for (size_t i = 0; i < starter_count; i++)
        if (strcmp(starter_table[i].name, name) == 0)
            return &starter_table[i];
    fprintf(stderr, "tiersim: there is no starter \"%.80s\"; there are", name);
    for (size_t i = 0; i < starter_count; i++)
        fprintf(stderr, "%s %s", i ? "," : "", starter_table[i].name);
    fputc('\n', stderr);
    return NULL;
}

static bool write_all(int file, const unsigned char *text, size_t length)
{
    while (length > 0) {
        const ssize_t n = write(file, text, length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        text += n;
        length -= (size_t)n;
    }
    return fsync(file) == 0 || errno == EINVAL || errno == ENOTSUP;
}

/* Writes a new file; one that is there is only replaced where `force` says so. */
static enum exit_code write_file(const struct starter *starter, const char *path, bool force)
{
    const int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (force ? O_TRUNC : O_EXCL), 0666);
    if (file < 0 && errno == EEXIST) {
        fprintf(stderr, "tiersim: %.200s is there already; name another file, or replace it with "
                        "--force\n", path);
        return EXIT_IO;
    }
    bool good = file >= 0 && write_all(file, starter->text, starter->length);
    int  error = errno;
    if (file >= 0 && close(file) != 0 && good) {
        good = false;
        error = errno;
    }
    if (good)
        return EXIT_OK;
    fprintf(stderr, "tiersim: %.200s cannot be written: %s\n", path, strerror(error));
    return EXIT_IO;
}

static void say_what_next(const struct starter *starter, const char *path)
{
    printf("%s: %s\n\nChange first:\n", path, starter->help);
    for (const char *line = starter->first; *line; line += strcspn(line, "\n") + 1)
        printf("  %.*s\n", (int)strcspn(line, "\n"), line);
    printf("\nThen:\n"
           "  tiersim validate %s   says what is wrong or odd, and where\n"
           "  tiersim run %s        says what holds and what does not\n", path, path);
}

enum exit_code cmd_new(const struct options *options)
{
    if (options->n_operands == 0)
        return list_starters();
    if (options->n_operands > 2) {
        fputs("tiersim: new needs a starter and a file: tiersim new helpdesk my-desk.json\n",
              stderr);
        return EXIT_USAGE;
    }
    const struct starter *starter = find_starter(options->operands[0]);
    if (!starter)
        return EXIT_USAGE;
    char        own[64];
    const char *path = options->n_operands > 1 ? options->operands[1] : own;
    snprintf(own, sizeof own, "%s.json", starter->name);
    if (strcmp(path, "-") == 0)
        return fwrite(starter->text, 1, starter->length, stdout) == starter->length ? EXIT_OK
                                                                                   : EXIT_IO;
    const enum exit_code code = write_file(starter, path, options->force);
    if (code == EXIT_OK && !options->quiet)
        say_what_next(starter, path);
    return code;
}
