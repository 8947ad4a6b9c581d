/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim empower: what does authority buy? */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/source.h"
#include "cli/study_command.h"

static void *empower(const struct options *options, const struct tsim_study *study,
                     const struct tsim_run_options *run, struct tsim_problems *problems)
{
    (void)options;
    return tsim_empower(study, run, problems);
}

static bool complete(const void *found)
{
    return tsim_comparison_info(tsim_empowerment_comparison(found))->complete;
}

static void folder(const void *found, const struct tsim_study *study,
                   const struct tsim_run_options *run, const char *path,
                   const struct tsim_folder_options *options, struct tsim_problems *problems)
{
    tsim_report_empowerment_folder(found, study, run, path, options, problems);
}

static void json(const void *found, FILE *to)
{
    tsim_report_empowerment_json(found, to);
}

static void screen(const void *found, const struct tsim_study *study,
                   const struct tsim_screen_options *options, FILE *to)
{
    (void)study;
    tsim_report_empowerment(found, options, to);
}

static void free_found(void *found)
{
    tsim_empowerment_free(found);
}

/* Whether a text is numbers with commas between them: then it can stand in a JSON list. */
static bool are_numbers(const char *text)
{
    while (*text) {
        char *end;
        text += strspn(text, " ");
        if (!isdigit((unsigned char)*text))
            return false;
        const double value = strtod(text, &end);
        if (!(value <= 1e12) || strspn(text, "0123456789.eE+") < (size_t)(end - text))
            return false;
        text = end + strspn(end, " ");
        if (*text != ',' && *text != '\0')
            return false;
        text += *text == ',';
    }
    return true;
}

/* The method as a study file would have it; NULL when the options are wrong, which is told. Caller
 * frees. */
static char *method_of(const struct options *options)
{
    char  *text = NULL;
    size_t length;
    if (options->limits && !are_numbers(options->limits)) {
        fprintf(stderr, "tiersim: --limits needs amounts such as 25,50,100, got \"%.80s\"\n",
                options->limits);
        return NULL;
    }
    FILE *to = open_memstream(&text, &length);
    if (!to) {
        fputs("tiersim: memory is out\n", stderr);
        return NULL;
    }
    fputs("\"empower\": {", to);
    if (options->tier) {
        fputs(" \"tier\": ", to);
        source_write_string(options->tier, to);
    }
    if (options->limits)
        fprintf(to, "%s \"limits\": [%s]", options->tier ? "," : "", options->limits);
    fputs(" }", to);
    fclose(to);
    return text;
}

enum exit_code cmd_empower(const struct options *options, int argc, char **argv)
{
    static const struct study_command command = {
        .method = TSIM_EMPOWER, .work = empower, .complete = complete,
        .folder = folder, .json = json, .screen = screen, .free = free_found,
    };
    char *method = method_of(options);
    if (!method)
        return EXIT_USAGE;
    const enum exit_code code = study_command_run(&command, options, method, argc, argv);
    free(method);
    return code;
}
