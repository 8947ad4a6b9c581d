/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* More than a scenario may have: the loader then says that it is too long. */
enum { TEXT_MOST = (64 << 20) + 1, TEXT_FIRST = 1 << 16 };

/* Everything from standard input; NULL when it cannot be read. Caller frees. */
static char *read_input(size_t *length)
{
    size_t size = TEXT_FIRST;
    char  *text = malloc(size);
    *length = 0;
    while (text) {
        *length += fread(text + *length, 1, size - *length, stdin);
        if (*length < size || size >= TEXT_MOST)
            break;
        size *= 4;
        char *longer = realloc(text, size);
        if (!longer)
            free(text);
        text = longer;
    }
    if (!text) {
        fputs("tiersim: memory is out\n", stderr);
    } else if (ferror(stdin)) {
        fputs("tiersim: standard input cannot be read\n", stderr);
        free(text);
        text = NULL;
    }
    return text;
}

struct tsim_scenario *source_load(const char *path, const struct options *options,
                                  struct tsim_problems *problems)
{
    struct tsim_source source = { .path = path, .allow_plugins = options->allow_plugins };
    if (strcmp(path, "-") != 0)
        return tsim_scenario_open(&source, problems);
    if (isatty(STDIN_FILENO))
        fputs("tiersim: reading a scenario from the keyboard; Ctrl-D ends it\n", stderr);
    size_t                length;
    char                 *text = read_input(&length);
    source.path = NULL;
    source.text = text;
    source.length = length;
    source.name = "<stdin>";
    struct tsim_scenario *scenario =
        text ? tsim_scenario_open(&source, problems) : NULL;
    free(text);
    return scenario;
}

bool source_is_study(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISREG(about.st_mode) && tsim_study_is(path);
}

enum exit_code problems_code(const struct tsim_problems *problems)
{
    static const enum exit_code codes[] = {
        [TSIM_PROBLEM_WARNING] = EXIT_OK,        [TSIM_PROBLEM_INPUT] = EXIT_INPUT,
        [TSIM_PROBLEM_IO] = EXIT_IO,             [TSIM_PROBLEM_LIMIT] = EXIT_LIMIT,
        [TSIM_PROBLEM_INTERNAL] = EXIT_INTERNAL,
    };
    for (size_t i = 0; i < tsim_problems_count(problems); i++)
        if (tsim_problems_get(problems, i)->kind != TSIM_PROBLEM_WARNING)
            return codes[tsim_problems_get(problems, i)->kind];
    return tsim_problems_errors(problems) > 0 ? EXIT_INTERNAL : EXIT_OK;
}

enum exit_code problems_tell(const struct tsim_problems *problems)
{
    tsim_problems_print(problems, stderr, 20);
    return problems_code(problems);
}
