/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiersim select: the best of many desks, with a guaranteed probability or within a budget. */
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/source.h"
#include "cli/study_command.h"

enum { METHOD_MOST = 512, WORD_MOST = 150 };

/* ---- the method, as a study file would have it */

/* A number is written as it is, anything else as a text. False when it would not fit there. */
static bool add_member(char *method, const char *key, const char *value)
{
    const size_t length = strlen(method);
    const bool   number = value[strspn(value, "0123456789.")] == '\0';
    const char  *quote = number ? "" : "\"";
    for (const char *c = value; *c; c++)
        if (*c == '"' || *c == '\\' || (unsigned char)*c < 0x20)
            return false;
    if (strlen(value) > WORD_MOST)
        return false;
    snprintf(method + length, METHOD_MOST - length, "%s\"%s\": %s%s%s",
             method[length - 1] == '{' ? " " : ", ", key, quote, value, quote);
    return true;
}

/* From the options; false, told, when one of them cannot be. */
static bool write_method(const struct options *options, char *method)
{
    char        budget[32];
    const char *wrong = NULL;
    snprintf(method, METHOD_MOST, "\"select\": {");
    snprintf(budget, sizeof budget, "%.0f", options->budget);
    if (options->measure && !add_member(method, "measure", options->measure))
        wrong = "measure";
    if (options->zone && !add_member(method, "zone", options->zone))
        wrong = "zone";
    if (options->largest)
        add_member(method, "best", "largest");
    if (options->budget > 0)
        add_member(method, "budget", budget);
    const size_t length = strlen(method);
    snprintf(method + length, METHOD_MOST - length, " }");
    if (wrong)
        fprintf(stderr, "tiersim: --%s needs a short text without quotes\n", wrong);
    return !wrong;
}

/* A study says by itself how to select. */
static bool may_have_method(const struct options *options)
{
    const bool given = options->measure || options->zone || options->largest ||
                       options->budget > 0;
    if (!given || options->n_operands == 0 || !source_is_study(options->operands[0]))
        return true;
    fprintf(stderr, "tiersim: %.200s is a study, which says by itself how to select; write it "
                    "there\n", options->operands[0]);
    return false;
}

/* ---- running it */

static void *select_best(const struct options *options, const struct tsim_study *study,
                         const struct tsim_run_options *run, struct tsim_problems *problems)
{
    (void)options;
    return tsim_select(study, run, problems);
}

static bool complete(const void *found)
{
    return tsim_selection_info(found)->complete;
}

static void stopped(const struct options *options, const void *found,
                    const struct tsim_progress *last)
{
    (void)options;
    (void)last;
    if (found)
        fprintf(stderr, ": nothing is decided after %llu replications\n",
                (unsigned long long)tsim_selection_info(found)->replications);
    else
        fputs(": not all had their first replications, so there is nothing to say\n", stderr);
}

static void folder(const void *found, const struct tsim_study *study,
                   const struct tsim_run_options *run, const char *path,
                   const struct tsim_folder_options *options, struct tsim_problems *problems)
{
    tsim_report_selection_folder(found, study, run, path, options, problems);
}

static void json(const void *found, FILE *to)
{
    tsim_report_selection_json(found, to);
}

static void screen(const void *found, const struct tsim_study *study,
                   const struct tsim_screen_options *options, FILE *to)
{
    (void)study;
    tsim_report_selection(found, options, to);
}

static void free_found(void *found)
{
    tsim_selection_free(found);
}

enum exit_code cmd_select(const struct options *options, int argc, char **argv)
{
    static const struct study_command command = {
        .method = TSIM_SELECT, .work = select_best, .complete = complete, .stopped = stopped,
        .folder = folder, .json = json, .screen = screen, .free = free_found,
    };
    char method[METHOD_MOST];
    if (!may_have_method(options) || !write_method(options, method))
        return EXIT_USAGE;
    return study_command_run(&command, options, method, argc, argv);
}
