/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study from the command line: written as a study file would be, and read as one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/source.h"
#include "cli/table.h"

void source_write_string(const char *text, FILE *to)
{
    fputc('"', to);
    for (; *text; text++)
        if (*text == '"' || *text == '\\')
            fprintf(to, "\\%c", *text);
        else if ((unsigned char)*text < 0x20)
            fprintf(to, "\\u%04x", (unsigned)(unsigned char)*text);
        else
            fputc(*text, to);
    fputc('"', to);
}

/* The text of the study; NULL when memory is out. Caller frees. */
static char *study_text(const struct options *options, const char *method)
{
    const bool together = options->command == COMMAND_EMPOWER ||
                          options->command == COMMAND_SCHEDULE;
    char      *text = NULL;
    size_t     length;
    FILE      *to = open_memstream(&text, &length);
    if (!to)
        return NULL;
    fputs("{\n  \"study\": ", to);
    source_write_string(options->operands[0], to);
    fputs(",\n  \"scenario\": ", to);
    source_write_string(options->operands[0], to);
    fputs(",\n  \"variants\": [", to);
    for (int i = 1; i < options->n_operands; i++) {
        fputs(i > 1 ? ",\n    { \"scenario\": " : "\n    { \"scenario\": ", to);
        source_write_string(options->operands[i], to);
        fputs(" }", to);
    }
    for (size_t i = 0; !together && i < options->n_sets; i++) {
        fputs(i > 0 || options->n_operands > 1 ? ",\n    { \"set\": " : "\n    { \"set\": ", to);
        source_write_string(options->sets[i], to);
        fputs(" }", to);
    }
    fputs("\n  ],\n  \"set\": [", to);
    for (size_t i = 0; together && i < options->n_sets; i++) {
        fputs(i > 0 ? ", " : "", to);
        source_write_string(options->sets[i], to);
    }
    fprintf(to, "],\n  %s\n}\n", method);
    return fclose(to) == 0 ? text : NULL;
}

static struct tsim_study *load(const struct options *options, bool is_study, const char *method,
                               struct tsim_problems *problems)
{
    struct tsim_source source = { .path = options->operands[0],
                                  .allow_plugins = options->allow_plugins };
    if (is_study)
        return tsim_study_open(&source, problems);
    char *text = study_text(options, method);
    source.path = NULL;
    source.text = text;
    source.length = text ? strlen(text) : 0;
    source.name = "command line";
    struct tsim_study *study = text ? tsim_study_open(&source, problems) : NULL;
    free(text);
    return study;
}

struct tsim_study *source_study(const struct options *options, const char *method,
                                enum exit_code *code)
{
    const char *name = command_table[options->command].name;
    *code = EXIT_USAGE;
    if (options->n_operands == 0) {
        fprintf(stderr, "tiersim: %s needs a scenario or a study: tiersim %s my-desk.json\n", name,
                name);
        return NULL;
    }
    const bool is_study = source_is_study(options->operands[0]);
    if (is_study && (options->n_operands > 1 || options->n_sets > 0)) {
        fprintf(stderr, "tiersim: %.200s is a study, which names its own variants; write them "
                        "there\n", options->operands[0]);
        return NULL;
    }
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *study = problems ? load(options, is_study, method, problems) : NULL;
    *code = problems ? problems_tell(problems) : EXIT_LIMIT;
    if (!study && *code == EXIT_OK) {
        fputs("tiersim: memory is out\n", stderr);
        *code = EXIT_LIMIT;
    }
    tsim_problems_free(problems);
    return study;
}
