/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/options.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/table.h"

/* ---- near words, for did-you-mean */

enum { WORD_MOST = 64, NEAR = 3 };

/* Edit distance of two words; a large number when one is long. */
static size_t distance(const char *a, const char *b)
{
    size_t       row[WORD_MOST];
    const size_t n = strlen(b);
    if (n >= WORD_MOST || strlen(a) >= WORD_MOST)
        return WORD_MOST;
    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 1; *a; a++, i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            const size_t up = row[j];
            size_t       best = corner + (*a != b[j - 1]);
            best = best < up + 1 ? best : up + 1;
            row[j] = best < row[j - 1] + 1 ? best : row[j - 1] + 1;
            corner = up;
        }
    }
    return row[n];
}

/* How far a typed word is from one of ours. A beginning of it of two letters or more counts as
 * near, and one slip in a short word is already far. */
static size_t slip(const char *given, const char *name)
{
    const size_t length = strlen(given);
    const size_t d = distance(given, name);
    if (d > 1 && length >= 2 && strncmp(given, name, length) == 0)
        return 1;
    return d < length ? d : WORD_MOST;
}

/* Complains about a word, and offers one of ours when it is near enough. */
static bool unknown(const char *what, const char *given, const char *near, const char *prefix,
                    const char *otherwise)
{
    fprintf(stderr, "tiersim: there is no %s \"%.80s\"", what, given);
    if (near)
        fprintf(stderr, "; did you mean \"%s%s\"?\n", prefix, near);
    else
        fprintf(stderr, "; %s\n", otherwise);
    return false;
}

/* An option of the command whose name is near; NULL when there is none. */
static const char *near_option(const char *given, enum command command)
{
    char         word[WORD_MOST];
    const char  *near = NULL;
    size_t       best = NEAR;
    const char  *text = given + strspn(given, "-");
    const size_t length = strcspn(text, "=");
    snprintf(word, sizeof word, "%.*s", (int)(length < WORD_MOST ? length : WORD_MOST - 1), text);
    for (size_t i = 0; i < option_count; i++) {
        const size_t d = slip(word, option_table[i].name);
        if (d < best && (option_table[i].commands & ON(command))) {
            best = d;
            near = option_table[i].name;
        }
    }
    return near;
}

static bool unknown_option(const char *given, enum command command)
{
    char otherwise[80];
    snprintf(otherwise, sizeof otherwise, "`tiersim help %s` lists the options",
             command_table[command].name);
    return unknown("option", given, near_option(given, command), "--", otherwise);
}

static bool unknown_command(const char *given)
{
    const char  *near = NULL;
    size_t       best = NEAR;
    const size_t length = strlen(given);
    if (length > 5 && strcmp(given + length - 5, ".json") == 0) {
        fprintf(stderr, "tiersim: to simulate a scenario write: tiersim run %.200s\n", given);
        return false;
    }
    for (int i = 0; i < COMMANDS; i++) {
        const size_t d = slip(given, command_table[i].name);
        if (d < best) {
            best = d;
            near = command_table[i].name;
        }
    }
    return unknown("command", given, near, "", "`tiersim help` lists the commands");
}

/* ---- values */

static bool bad_value(const struct option_row *option, const char *given, const char *expected)
{
    fprintf(stderr, "tiersim: --%s needs %s, got \"%.80s\"\n", option->name, expected, given);
    return false;
}

/* What a number may be followed by, and what that multiplies it with; 0: not that. */
static double scale_of(enum option_type type, const char *unit)
{
    static const struct {
        const char      *name;
        enum option_type type;
        double           scale;
    } units[] = {
        { "%", OPTION_SHARE, 0.01 },    { "s", OPTION_DURATION, 1 },
        { "min", OPTION_DURATION, 60 }, { "m", OPTION_DURATION, 60 },
        { "h", OPTION_DURATION, 3600 },
    };
    if (*unit == '\0')
        return 1;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (units[i].type == type && strcmp(units[i].name, unit) == 0)
            return units[i].scale;
    return 0;
}

static bool read_number(const struct option_row *option, const char *given, double *value)
{
    const char *expected = option->type == OPTION_SHARE      ? "a share such as 2% or 0.02"
                           : option->type == OPTION_DURATION ? "a time such as 90s or 10min"
                                                             : "a whole number";
    /* strtod also takes signs, hexadecimal digits, "inf" and "nan"; a command line does not. */
    if ((!isdigit((unsigned char)given[0]) && given[0] != '.') || strpbrk(given, "xX"))
        return bad_value(option, given, expected);
    char        *end;
    const double number = strtod(given, &end);
    const double scale = scale_of(option->type, end + strspn(end, " "));
    const bool   whole = option->type == OPTION_COUNT || option->type == OPTION_SEED;
    if (!isfinite(number) || end == given || scale == 0 || (whole && floor(number) != number))
        return bad_value(option, given, expected);
    if (number * scale < option->low || number * scale > option->high) {
        char range[96];
        snprintf(range, sizeof range, whole ? "a value from %.0f to %.0f" : "a value from %g to %g",
                 option->low, option->high);
        return bad_value(option, given, range);
    }
    *value = number * scale;
    return true;
}

static bool set_option(struct options *options, const struct option_row *option, const char *given)
{
    void *field = (char *)options + option->offset;
    switch (option->type) {
    case OPTION_FLAG:
        *(bool *)field = true;
        return true;
    case OPTION_TEXT:
        *(const char **)field = given;
        return given[0] != '\0' || bad_value(option, given, "a name");
    case OPTION_SET:
        if (options->n_sets == SETS_MOST) {
            fprintf(stderr, "tiersim: --%s is possible %d times\n", option->name, SETS_MOST);
            return false;
        }
        options->sets[options->n_sets++] = given;
        return true;
    case OPTION_SEED:
        options->has_seed = true;
        break;
    default:
        break;
    }
    return read_number(option, given, field);
}

/* Reads the option at argv[*i], and its value, which may follow "=" or be the next word. */
static bool read_option(struct options *options, int argc, char **argv, int *i)
{
    const char  *word = argv[*i];
    const bool   is_long = word[1] == '-';
    const size_t length = is_long ? strcspn(word + 2, "=") : 1;
    const struct option_row *option = option_find(word + 2, length, is_long ? 0 : word[1]);
    const char  *value = is_long && word[2 + length] == '=' ? word + 3 + length
                         : !is_long && word[2] != '\0'      ? word + 2 : NULL;
    if (!option)
        return unknown_option(word, options->command);
    if (!(option->commands & ON(options->command))) {
        const char *near = near_option(word, options->command);
        fprintf(stderr, "tiersim: --%s is not an option of `tiersim %s`%s%s%s\n", option->name,
                command_table[options->command].name, near ? "; did you mean \"--" : "",
                near ? near : "", near ? "\"?" : "");
        return false;
    }
    if (!option->argument && value) {
        fprintf(stderr, "tiersim: --%s takes no value\n", option->name);
        return false;
    }
    if (option->argument && !value) {
        if (*i + 1 >= argc) {
            fprintf(stderr, "tiersim: --%s needs a value: --%s %s\n", option->name, option->name,
                    option->argument);
            return false;
        }
        value = argv[++*i];
    }
    return set_option(options, option, value ? value : "");
}

static bool check_together(const struct options *options)
{
    for (size_t i = 0; i < option_count; i++) {
        const struct option_row *row = &option_table[i];
        if (row->needs_folder && !options->folder &&
            *(const bool *)((const char *)options + row->offset)) {
            fprintf(stderr, "tiersim: --%s needs a results folder: -o DIR\n", row->name);
            return false;
        }
    }
    return true;
}

/* The command that the first word names; COMMANDS when there is none, which has been told. */
static enum command read_command(const char *word)
{
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
        return COMMAND_HELP;
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0)
        return COMMAND_VERSION;
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(word, command_table[i].name) == 0)
            return (enum command)i;
    if (word[0] == '-')
        fprintf(stderr, "tiersim: a command comes first, then its options: tiersim run "
                        "my-desk.json %.80s\n", word);
    else
        unknown_command(word);
    return COMMANDS;
}

bool options_read(struct options *options, int argc, char **argv)
{
    *options = (struct options){ .program = argc > 0 ? argv[0] : "tiersim",
                                 .command = COMMAND_HELP };
    options->operands = malloc(((size_t)argc + 1) * sizeof *options->operands);
    if (!options->operands) {
        fputs("tiersim: memory is out\n", stderr);
        return false;
    }
    if (argc < 2)
        return true;
    const enum command command = read_command(argv[1]);
    if (command == COMMANDS)
        return false;
    options->command = command;
    bool only_operands = false;
    for (int i = 2; i < argc; i++) {
        if (!only_operands && strcmp(argv[i], "--") == 0) {
            only_operands = true;
        } else if (!only_operands && argv[i][0] == '-' && argv[i][1] != '\0') {
            if (!read_option(options, argc, argv, &i))
                return false;
        } else {
            options->operands[options->n_operands++] = argv[i];
        }
    }
    return options->help || check_together(options);
}
