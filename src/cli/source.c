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

static struct tsim_scenario *load_plain(const char *path, const struct options *options,
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

/* All settings of the options as one text; NULL when memory is out. Caller frees. */
static char *all_settings(const struct options *options)
{
    char  *all = NULL;
    size_t length;
    FILE  *memory = open_memstream(&all, &length);
    if (!memory) {
        fputs("tiersim: memory is out\n", stderr);
        return NULL;
    }
    for (size_t i = 0; i < options->n_sets; i++)
        fprintf(memory, "%s%s", i > 0 ? ", " : "", options->sets[i]);
    fclose(memory);
    return all;
}

struct tsim_scenario *source_load(const char *path, const struct options *options,
                                  struct tsim_problems *problems)
{
    if (options->n_sets == 0)
        return load_plain(path, options, problems);
    /* What is warned of may be what is changed; only errors of the file as it is matter. */
    struct tsim_problems *as_it_is = tsim_problems_new();
    struct tsim_scenario *scenario = as_it_is ? load_plain(path, options, as_it_is) : NULL;
    struct tsim_scenario *varied = NULL;
    char                 *settings = scenario ? all_settings(options) : NULL;
    if (settings)
        varied = tsim_scenario_vary(scenario, settings, problems);
    else if (!scenario && strcmp(path, "-") != 0)
        scenario = load_plain(path, options, problems);
    else
        tsim_problems_print(as_it_is, stderr, 20);
    free(settings);
    tsim_scenario_free(scenario);
    tsim_problems_free(as_it_is);
    return varied;
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
