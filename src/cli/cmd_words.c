/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands that explain: validate, explain, schema, version, help. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tiersim.h>

#include "cli/commands.h"
#include "cli/help.h"
#include "cli/output.h"
#include "cli/source.h"
#include "cli/table.h"

static bool validate_one(const struct options *options, const char *path,
                         struct tsim_problems *problems)
{
    struct tsim_study    *study = NULL;
    struct tsim_scenario *scenario = NULL;
    const bool            is_study = source_is_study(path);
    if (is_study)
        study = tsim_study_open(&(struct tsim_source){ .path = path,
                                                       .allow_plugins = options->allow_plugins },
                                problems);
    else
        scenario = source_load(path, options, problems);
    const bool good = study || scenario;
    if (good && !options->quiet && !options->json)
        printf("%s: \"%s\" is a valid %s\n", path,
               study ? tsim_study_name(study) : tsim_scenario_name(scenario),
               study ? "study" : "scenario");
    tsim_study_free(study);
    tsim_scenario_free(scenario);
    return good;
}

enum exit_code cmd_validate(const struct options *options)
{
    if (options->n_operands == 0) {
        fputs("tiersim: validate needs a scenario: tiersim validate my-desk.json\n", stderr);
        return EXIT_USAGE;
    }
    struct tsim_problems *problems = tsim_problems_new();
    if (!problems) {
        fputs("tiersim: memory is out\n", stderr);
        return EXIT_LIMIT;
    }
    bool good = true;
    for (int i = 0; i < options->n_operands; i++)
        good &= validate_one(options, options->operands[i], problems);
    fflush(stdout); /* what is well comes first, also where both streams go to one file */
    enum exit_code code = problems_code(problems);
    if (code == EXIT_OK && !good)
        code = EXIT_IO; /* told already: standard input */
    if (code == EXIT_OK && options->strict && tsim_problems_count(problems) > 0)
        code = EXIT_INPUT;
    if (options->json)
        tsim_problems_print_json(problems, stdout);
    else
        tsim_problems_print(problems, stderr, 20);
    tsim_problems_free(problems);
    return code;
}

/* Explains the escalation matrix of a scenario, with what is amiss; of other problems it tells
 * only those that keep the scenario from being loaded. */
static enum exit_code explain_scenario(const struct options *options, const char *path)
{
    const struct tsim_screen_options screen = output_screen(options);
    struct tsim_problems *problems = tsim_problems_new();
    enum exit_code        code = EXIT_LIMIT;
    if (!problems) {
        fputs("tiersim: memory is out\n", stderr);
        return code;
    }
    struct tsim_scenario *scenario = source_load(path, options, problems);
    if (!scenario) {
        code = problems_tell(problems);
        code = code == EXIT_OK ? EXIT_IO : code; /* told already: standard input */
    } else if (tsim_report_matrix(scenario, &screen, stdout)) {
        code = EXIT_OK;
    } else {
        fputs("tiersim: memory is out\n", stderr);
    }
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
    return code;
}

static bool ends_as_scenario(const char *word)
{
    const size_t length = strlen(word);
    return strcmp(word, "-") == 0 || (length > 5 && strcmp(word + length - 5, ".json") == 0);
}

/* Explains a word, a file that is there, or says on stderr which words are near. */
static enum exit_code explain(const struct options *options, const char *word)
{
    char  *text = NULL;
    size_t length;
    if (ends_as_scenario(word))
        return explain_scenario(options, word);
    FILE *memory = open_memstream(&text, &length);
    if (!memory) {
        fputs("tiersim: memory is out\n", stderr);
        return EXIT_LIMIT;
    }
    const bool good = tsim_catalog_explain(word, memory);
    fclose(memory);
    const bool file = !good && access(word, F_OK) == 0;
    if (!file)
        fputs(text, good ? stdout : stderr);
    free(text);
    return file ? explain_scenario(options, word) : good ? EXIT_OK : EXIT_USAGE;
}

enum exit_code cmd_explain(const struct options *options)
{
    enum exit_code code = EXIT_OK;
    if (options->reference)
        tsim_catalog_reference(stdout);
    else if (options->n_operands == 0)
        tsim_catalog_list(stdout);
    for (int i = 0; i < options->n_operands; i++) {
        if (i > 0 && code == EXIT_OK)
            fputc('\n', stdout);
        const enum exit_code one = explain(options, options->operands[i]);
        code = code == EXIT_OK ? one : code;
    }
    return code;
}

enum exit_code cmd_schema(const struct options *options)
{
    const char *of = options->n_operands > 0 ? options->operands[0] : "scenario";
    if (strcmp(of, "study") == 0)
        tsim_catalog_study_schema(stdout);
    else if (strcmp(of, "scenario") == 0)
        tsim_catalog_schema(stdout);
    else
        fprintf(stderr, "tiersim: there is a schema of a scenario and of a study, not of %.80s\n",
                of);
    return strcmp(of, "study") == 0 || strcmp(of, "scenario") == 0 ? EXIT_OK : EXIT_USAGE;
}

enum exit_code cmd_version(const struct options *options)
{
    printf("tiersim %s\n", tsim_version());
    if (options->verbose)
        printf("%s\nLicence GPL-3.0-or-later. No warranty.\n", tsim_build_info());
    return EXIT_OK;
}

enum exit_code cmd_help(const struct options *options)
{
    if (options->man) {
        help_man(stdout);
        return EXIT_OK;
    }
    if (options->completion) {
        if (strcmp(options->completion, "bash") != 0) {
            fprintf(stderr, "tiersim: there is completion for bash only, not for %.40s\n",
                    options->completion);
            return EXIT_USAGE;
        }
        help_bash(stdout);
        return EXIT_OK;
    }
    if (options->n_operands == 0) {
        help_print(stdout);
        return EXIT_OK;
    }
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(options->operands[0], command_table[i].name) == 0) {
            help_print_command((enum command)i, stdout);
            return EXIT_OK;
        }
    fprintf(stderr, "tiersim: there is no command \"%.80s\"; `tiersim help` lists them\n",
            options->operands[0]);
    return EXIT_USAGE;
}
