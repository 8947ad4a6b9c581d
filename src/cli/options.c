/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/options.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum option_type { OPTION_FLAG, OPTION_TEXT, OPTION_COUNT, OPTION_SHARE, OPTION_SEED,
                   OPTION_DURATION };

#define ON(command) (1u << (command))

struct option {
    const char      *name;
    char             letter;
    const char      *argument; /* NULL: takes none */
    enum option_type type;
    size_t           offset;
    unsigned         commands;
    double           low, high;
    const char      *help;
};

#define AT(field) offsetof(struct options, field)

static const struct option table[] = {
    { "output", 'o', "DIR", OPTION_TEXT, AT(folder), ON(COMMAND_RUN), 0, 0,
      "write the results folder: CSV, JSON, plots" },
    { "reps", 0, "N", OPTION_COUNT, AT(replications), ON(COMMAND_RUN), 1, 1e6,
      "number of independent replications" },
    { "precision", 0, "SHARE", OPTION_SHARE, AT(precision), ON(COMMAND_RUN), 1e-6, 1,
      "go on until half-widths are this share of the value, e.g. 2%" },
    { "seed", 0, "N", OPTION_SEED, AT(seed), ON(COMMAND_RUN), 0, 0x1p53,
      "seed of all randomness; equal seeds give equal results" },
    { "threads", 0, "N", OPTION_COUNT, AT(threads), ON(COMMAND_RUN), 1, 256,
      "threads to use; never changes a result" },
    { "time-limit", 0, "TIME", OPTION_DURATION, AT(time_limit_s), ON(COMMAND_RUN), 1e-3, 1e9,
      "stop after this wall-clock time, e.g. 90s or 10min" },
    { "json", 0, NULL, OPTION_FLAG, AT(json), ON(COMMAND_RUN) | ON(COMMAND_VALIDATE), 0, 0,
      "print JSON for programs" },
    { "quiet", 'q', NULL, OPTION_FLAG, AT(quiet), ON(COMMAND_RUN) | ON(COMMAND_VALIDATE), 0, 0,
      "print nothing but problems" },
    { "check", 0, NULL, OPTION_FLAG, AT(check), ON(COMMAND_RUN), 0, 0,
      "exit with 5 when a promise is broken" },
    { "case-log", 0, NULL, OPTION_FLAG, AT(case_log), ON(COMMAND_RUN), 0, 0,
      "write every contact's life to cases.csv in the results folder" },
    { "no-plots", 0, NULL, OPTION_FLAG, AT(no_plots), ON(COMMAND_RUN), 0, 0,
      "leave the plots out of the results folder" },
    { "png", 0, NULL, OPTION_FLAG, AT(png), ON(COMMAND_RUN), 0, 0, "plots as PNG besides SVG" },
    { "pdf", 0, NULL, OPTION_FLAG, AT(pdf), ON(COMMAND_RUN), 0, 0, "plots as PDF besides SVG" },
    { "max-contacts", 0, "N", OPTION_COUNT, AT(max_contacts), ON(COMMAND_RUN), 1000, 16e6,
      "contacts in the system at once before a run gives up" },
    { "max-events", 0, "N", OPTION_COUNT, AT(max_events), ON(COMMAND_RUN), 1000, 1e15,
      "events of a replication before it gives up" },
    { "width", 0, "N", OPTION_COUNT, AT(width), ON(COMMAND_RUN), 60, 200, "columns of the screen" },
    { "no-color", 0, NULL, OPTION_FLAG, AT(no_color), ON(COMMAND_RUN), 0, 0, "no colours" },
    { "ascii", 0, NULL, OPTION_FLAG, AT(ascii), ON(COMMAND_RUN), 0, 0,
      "no characters outside ASCII" },
    { "reference", 0, NULL, OPTION_FLAG, AT(reference), ON(COMMAND_EXPLAIN), 0, 0,
      "the whole scenario reference as Markdown" },
    { "verbose", 'v', NULL, OPTION_FLAG, AT(verbose), ON(COMMAND_VERSION), 0, 0,
      "also say how the program was built" },
    { "help", 'h', NULL, OPTION_FLAG, AT(help), ~0u, 0, 0, "this help" },
};

#define N_OPTIONS (sizeof table / sizeof *table)

struct command_row {
    const char *name, *operands, *help, *example;
};

static const struct command_row commands[COMMANDS] = {
    [COMMAND_RUN] = { "run", "SCENARIO.json", "simulate a scenario and print what holds",
                      "tiersim run scenarios/it-service-desk.json -o results/desk" },
    [COMMAND_VALIDATE] = { "validate", "SCENARIO.json …", "check scenarios, all problems at once",
                           "tiersim validate my-desk.json" },
    [COMMAND_EXPLAIN] = { "explain", "[WORD]", "explain a word of a scenario",
                          "tiersim explain lognormal" },
    [COMMAND_SCHEMA] = { "schema", "", "print the JSON Schema of scenarios, for editors",
                         "tiersim schema > schema.json" },
    [COMMAND_VERSION] = { "version", "", "print the version", "tiersim version --verbose" },
    [COMMAND_HELP] = { "help", "[COMMAND]", "help on a command", "tiersim help run" },
};

const char *command_name(enum command command)
{
    return commands[command].name;
}

/* ---- near words, for did-you-mean */

static size_t distance(const char *a, const char *b)
{
    size_t row[64];
    const size_t n = strlen(b);
    if (n >= 64)
        return 64;
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

static bool wrong(const char *what, const char *given, const char *near, const char *prefix)
{
    fprintf(stderr, "tiersim: %s \"%.80s\"", what, given);
    if (near)
        fprintf(stderr, "; did you mean \"%s%s\"?", prefix, near);
    fputs("\n", stderr);
    return false;
}

static bool unknown_option(const char *given)
{
    const char *near = NULL;
    size_t      best = 3;
    for (size_t i = 0; i < N_OPTIONS; i++) {
        const size_t d = distance(given + strspn(given, "-"), table[i].name);
        if (d < best) {
            best = d;
            near = table[i].name;
        }
    }
    return wrong("there is no option", given, near, "--");
}

static bool unknown_command(const char *given)
{
    const char *near = NULL;
    size_t      best = 3;
    for (int i = 0; i < COMMANDS; i++) {
        const size_t d = distance(given, commands[i].name);
        if (d < best) {
            best = d;
            near = commands[i].name;
        }
    }
    const size_t length = strlen(given);
    if (length > 5 && strcmp(given + length - 5, ".json") == 0) {
        fprintf(stderr, "tiersim: to simulate a scenario write: tiersim run %.200s\n", given);
        return false;
    }
    wrong("there is no command", given, near, "");
    if (!near)
        fputs("tiersim: `tiersim help` lists the commands\n", stderr);
    return false;
}

/* ---- values */

static bool bad_value(const struct option *option, const char *given, const char *expected)
{
    fprintf(stderr, "tiersim: --%s needs %s, got \"%.80s\"\n", option->name, expected, given);
    return false;
}

static bool read_value(const struct option *option, const char *given, double *value)
{
    static const struct { const char *name; double scale; } units[] = {
        { "s", 1 }, { "", 1 }, { "min", 60 }, { "m", 60 }, { "h", 3600 }, { "%", 0.01 },
    };
    char       *end;
    const bool  digit = isdigit((unsigned char)given[0]) || given[0] == '.';
    double      number = digit ? strtod(given, &end) : NAN;
    const char *expected = option->type == OPTION_SHARE      ? "a share such as 2% or 0.02"
                           : option->type == OPTION_DURATION ? "a time such as 90s or 10min"
                                                             : "a whole number";
    if (!isfinite(number) || strspn(given, "xX") || strchr(given, 'x'))
        return bad_value(option, given, expected);
    end += strspn(end, " ");
    double scale = 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        const bool share = strcmp(units[i].name, "%") == 0;
        const bool fits = units[i].name[0] == '\0' ||
                          (share ? option->type == OPTION_SHARE : option->type == OPTION_DURATION);
        if (fits && strcmp(end, units[i].name) == 0)
            scale = units[i].scale;
    }
    number *= scale;
    const bool whole = option->type == OPTION_COUNT || option->type == OPTION_SEED;
    if (scale == 0 || (whole && floor(number) != number))
        return bad_value(option, given, expected);
    if (number < option->low || number > option->high) {
        char range[96];
        snprintf(range, sizeof range, "a value from %.10g to %.10g", option->low, option->high);
        return bad_value(option, given, range);
    }
    *value = number;
    return true;
}

static bool set_option(struct options *options, const struct option *option, const char *given)
{
    void *field = (char *)options + option->offset;
    switch (option->type) {
    case OPTION_FLAG:
        *(bool *)field = true;
        return true;
    case OPTION_TEXT:
        *(const char **)field = given;
        return given[0] != '\0' || bad_value(option, given, "a name");
    case OPTION_SEED:
        options->has_seed = true;
        break;
    default:
        break;
    }
    return read_value(option, given, field);
}

static const struct option *find_option(const char *name, size_t length, char letter)
{
    for (size_t i = 0; i < N_OPTIONS; i++) {
        if (letter ? table[i].letter == letter
                   : strlen(table[i].name) == length && strncmp(table[i].name, name, length) == 0)
            return &table[i];
    }
    return NULL;
}

/* Reads the option at argv[*i], and its value, which may follow "=" or be the next word. */
static bool read_option(struct options *options, int argc, char **argv, int *i)
{
    const char  *word = argv[*i];
    const bool   is_long = word[1] == '-';
    const size_t length = is_long ? strcspn(word + 2, "=") : 1;
    const struct option *option = find_option(word + 2, length, is_long ? 0 : word[1]);
    const char  *value = is_long && word[2 + length] == '=' ? word + 3 + length
                         : !is_long && word[2] != '\0'      ? word + 2 : NULL;
    if (!option)
        return unknown_option(word);
    if (!(option->commands & ON(options->command))) {
        fprintf(stderr, "tiersim: --%s is not an option of `tiersim %s`\n", option->name,
                commands[options->command].name);
        return false;
    }
    if (!option->argument && value) {
        fprintf(stderr, "tiersim: --%s takes no value\n", option->name);
        return false;
    }
    if (option->argument && !value) {
        if (*i + 1 >= argc) {
            fprintf(stderr, "tiersim: --%s needs a value: %s\n", option->name, option->argument);
            return false;
        }
        value = argv[++*i];
    }
    return set_option(options, option, value ? value : "");
}

bool options_read(struct options *options, int argc, char **argv)
{
    *options = (struct options){ .command = COMMAND_HELP };
    options->operands = malloc(((size_t)argc + 1) * sizeof *options->operands);
    if (!options->operands)
        return false;
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return true;
    int command = 0;
    while (command < COMMANDS && strcmp(argv[1], commands[command].name) != 0)
        command++;
    if (strcmp(argv[1], "--version") == 0)
        command = COMMAND_VERSION;
    if (command == COMMANDS)
        return argv[1][0] == '-' ? unknown_option(argv[1]) : unknown_command(argv[1]);
    options->command = (enum command)command;
    bool only_operands = false;
    for (int i = 2; i < argc; i++) {
        if (!only_operands && strcmp(argv[i], "--") == 0)
            only_operands = true;
        else if (!only_operands && argv[i][0] == '-' && argv[i][1] != '\0') {
            if (!read_option(options, argc, argv, &i))
                return false;
        } else {
            options->operands[options->n_operands++] = argv[i];
        }
    }
    return true;
}

/* ---- help */

void options_help(FILE *to)
{
    fputs("tiersim simulates escalation staffing: support tiers with skills, authority\n"
          "limits and SLA clocks.\n\n", to);
    fputs("  tiersim run scenarios/it-service-desk.json      see what holds and what does not\n"
          "  tiersim validate my-desk.json                   check a scenario\n"
          "  tiersim explain authority                       explain a word of a scenario\n\n"
          "commands\n", to);
    for (int i = 0; i < COMMANDS; i++)
        fprintf(to, "  %-9s %-17s %s\n", commands[i].name,
                strcmp(commands[i].operands, "SCENARIO.json …") == 0 ? "SCENARIO.json ..."
                                                                     : commands[i].operands,
                commands[i].help);
    fputs("\n`tiersim help COMMAND` lists the options of a command.\n"
          "Exit codes: 0 ok, 2 usage, 3 invalid input, 4 file trouble, 5 promise broken\n"
          "(--check), 6 limit reached, 1 internal error, 130 interrupted.\n", to);
}

void options_help_command(enum command command, FILE *to)
{
    const struct command_row *row = &commands[command];
    fprintf(to, "  %s\n\ntiersim %s %s\n  %s\n\noptions\n", row->example, row->name, row->operands,
            row->help);
    for (size_t i = 0; i < N_OPTIONS; i++) {
        char names[64];
        if (!(table[i].commands & ON(command)))
            continue;
        snprintf(names, sizeof names, "%s%c%s--%s%s%s", table[i].letter ? "-" : "  ",
                 table[i].letter ? table[i].letter : ' ', table[i].letter ? ", " : "",
                 table[i].name, table[i].argument ? " " : "",
                 table[i].argument ? table[i].argument : "");
        fprintf(to, "  %-24s %s\n", names, table[i].help);
    }
}
