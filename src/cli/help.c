/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/help.h"

#include <string.h>

#include <tiersim/trace.h>

#include "cli/starters.h"
#include "cli/table.h"

enum { COLUMNS = 80 };

void help_print(FILE *to)
{
    fputs("tiersim simulates escalation staffing: tiers, skills, authority, SLA clocks.\n\n"
          "  tiersim new helpdesk && tiersim run helpdesk.json    a desk, and what holds\n\n"
          "commands\n", to);
    for (int i = 0; i < COMMANDS; i++)
        fprintf(to, "  %-9s %-16s  %s\n", command_table[i].name, command_table[i].operands,
                command_table[i].help);
    fputs("\n`tiersim help COMMAND` lists its options. Exit codes: 0 done, 1 internal error,\n"
          "2 usage, 3 input, 4 file trouble, 5 promise broken, 6 limit, 130 interrupted.\n", to);
}

/* Prints words in lines that fit. */
static void print_filled(const char *text, FILE *to)
{
    size_t column = 0;
    while (*text) {
        const size_t length = strcspn(text, " ");
        if (column > 0 && column + 1 + length > COLUMNS - 1) {
            fputc('\n', to);
            column = 0;
        } else if (column > 0) {
            fputc(' ', to);
            column++;
        }
        fprintf(to, "%.*s", (int)length, text);
        column += length;
        text += length;
        text += strspn(text, " ");
    }
    fputc('\n', to);
}

/* What each does stands beside it, or under it, flush right, where the two do not fit a line. */
static void print_examples(const char *examples, FILE *to)
{
    for (const char *line = examples; *line; line += strcspn(line, "\n") + 1) {
        const int command = (int)strcspn(line, "\t");
        const int what = (int)strcspn(line + command + 1, "\n");
        const int gap = command < 46 ? 46 - command : 2;
        fprintf(to, "  %.*s", command, line);
        if (2 + command + gap + what > COLUMNS)
            fprintf(to, "\n%*s%.*s\n", what < COLUMNS - 48 ? 48 : COLUMNS - what, "", what,
                    line + command + 1);
        else
            fprintf(to, "%*s%.*s\n", gap, "", what, line + command + 1);
    }
}

static void print_option(const struct option_row *row, FILE *to)
{
    char names[64];
    snprintf(names, sizeof names, "%s%c%s--%s%s%s", row->letter ? "-" : "  ",
             row->letter ? row->letter : ' ', row->letter ? ", " : " ", row->name,
             row->argument ? " " : "", row->argument ? row->argument : "");
    fprintf(to, "  %-23s %s\n", names, row->help);
}

static bool belongs(const struct option_row *row, enum command command, enum option_group group)
{
    return row->group == group && (row->commands & ON(command));
}

/* Whether the options of a command are of several groups, so that their names tell something. */
static bool has_groups(enum command command)
{
    size_t n = 0;
    for (int group = 0; group < GROUPS; group++) {
        bool any = false;
        for (size_t i = 0; i < option_count; i++)
            any |= belongs(&option_table[i], command, (enum option_group)group);
        n += any;
    }
    return n > 1;
}

void help_print_command(enum command command, FILE *to)
{
    const struct command_row *row = &command_table[command];
    print_examples(row->examples, to);
    fprintf(to, "\ntiersim %s%s%s: %s.\n", row->name, *row->operands ? " " : "", row->operands,
            row->help);
    if (row->more)
        print_filled(row->more, to);
    for (int group = 0; group < GROUPS; group++) {
        bool named = false;
        for (size_t i = 0; i < option_count; i++) {
            if (!belongs(&option_table[i], command, (enum option_group)group))
                continue;
            if (!named)
                fprintf(to, "\n%s\n", has_groups(command) ? group_names[group] : "options");
            named = true;
            print_option(&option_table[i], to);
        }
    }
}

/* ---- the manual page */

/* Text of the page: a hyphen is a minus there, a backslash an escape, and a line that begins with
 * a dot a request. */
static void roff_part(const char *text, size_t length, FILE *to)
{
    if (length > 0 && (text[0] == '.' || text[0] == '\''))
        fputs("\\&", to);
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '-')
            fputs("\\-", to);
        else if (text[i] == '\\')
            fputs("\\e", to);
        else
            fputc(text[i], to);
    }
}

/* A paragraph: lines of moderate length, a new one for every sentence. */
static void roff(const char *text, FILE *to)
{
    size_t column = 0;
    bool   ended = false;
    while (*text) {
        const size_t length = strcspn(text, " ");
        if (column > 0 && (ended || column + length > 64)) {
            fputc('\n', to);
            column = 0;
        } else if (column > 0) {
            fputc(' ', to);
        }
        roff_part(text, length, to);
        ended = text[length - 1] == '.';
        column += length + 1;
        text += length;
        text += strspn(text, " ");
    }
    fputc('\n', to);
}

static void man_option(const struct option_row *row, FILE *to)
{
    fputs(".TP\n", to);
    if (row->letter)
        fprintf(to, "\\fB\\-%c\\fR, ", row->letter);
    fputs("\\fB\\-\\-", to);
    roff_part(row->name, strlen(row->name), to);
    fputs("\\fR", to);
    if (row->argument)
        fprintf(to, " \\fI%s\\fR", row->argument);
    fputc('\n', to);
    roff(row->help, to);
}

static void man_command(enum command command, FILE *to)
{
    const struct command_row *row = &command_table[command];
    fprintf(to, ".SS \"tiersim %s%s%s\"\n", row->name, *row->operands ? " " : "", row->operands);
    roff(row->help, to);
    if (row->more) {
        fputs(".P\n", to);
        roff(row->more, to);
    }
    for (int group = 0; group < GROUPS; group++)
        for (size_t i = 0; i < option_count; i++)
            if (belongs(&option_table[i], command, (enum option_group)group))
                man_option(&option_table[i], to);
}

static void man_examples(FILE *to)
{
    for (int command = 0; command < COMMANDS; command++)
        for (const char *line = command_table[command].examples; *line;
             line += strcspn(line, "\n") + 1) {
            const size_t length = strcspn(line, "\t");
            const char  *what = line + length + 1;
            fputs(".TP\n\\fB", to);
            roff_part(line, length, to);
            fputs("\\fR\n", to);
            roff_part(what, strcspn(what, "\n"), to);
            fputc('\n', to);
        }
}

void help_man(FILE *to)
{
    fputs(".TH TIERSIM 1 2026-11-22 tiersim \"User Commands\"\n"
          ".SH NAME\ntiersim \\- simulate escalation staffing\n"
          ".SH SYNOPSIS\n.B tiersim\n.I command\n.RI [ option ...]\n.RI [ operand ...]\n"
          ".SH DESCRIPTION\n"
          "tiersim simulates a support desk whose contacts escalate over tiers of\n"
          "people with skills, authority limits and SLA clocks, and says which\n"
          "promises the desk keeps, how sure that is, where contacts wait and what\n"
          "it costs.\n"
          "A desk is described by a scenario, a JSON file;\n"
          "\\fBtiersim explain\\fR knows all of its words.\n"
          ".SH COMMANDS\n", to);
    for (int command = 0; command < COMMANDS; command++)
        man_command((enum command)command, to);
    fputs(".SH FILES\n"
          "The folder named with \\fB\\-o\\fR gets\n"
          ".IR summary.json ,\n.IR estimates.csv ,\n.IR replications.csv ,\n.IR intervals.csv ,\n"
          ".IR scenario.resolved.json ,\n.IR manifest.json ,\n"
          "on request\n.IR cases.csv\nand\n.IR events.csv ,\nand the pictures of\n.IR plots/ ,\n"
          "each with the data and the gnuplot script that drew it.\n"
          "Every file appears complete or not at all.\n"
          ".SH ENVIRONMENT\n"
          ".TP\n.B NO_COLOR\nwhen set and not empty, no colours\n"
          ".TP\n.B TERM\nwhen \\(lqdumb\\(rq, no colours and no progress bar\n"
          ".TP\n.BR LC_ALL \", \" LC_CTYPE \", \" LANG\n"
          "the screen keeps to ASCII unless they name a UTF\\-8 locale; numbers never change\n"
          ".SH EXIT STATUS\n", to);
    for (size_t i = 0; i < exit_count; i++) {
        fprintf(to, ".TP\n.B %d\n", exit_table[i].code);
        roff(exit_table[i].meaning, to);
    }
    fputs(".SH EXAMPLES\n", to);
    man_examples(to);
}

/* ---- completion */

static void bash_options(enum command command, FILE *to)
{
    for (size_t i = 0; i < option_count; i++)
        if (option_table[i].commands & ON(command))
            fprintf(to, " --%s", option_table[i].name);
}

void help_bash(FILE *to)
{
    fputs("# bash completion of tiersim; written by `tiersim help --completion bash`\n"
          "_tiersim()\n{\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} options=\n"
          "    local IFS=$' \\t\\n'\n"
          "    COMPREPLY=()\n"
          "    if ((COMP_CWORD == 1)); then\n"
          "        COMPREPLY=($(compgen -W '", to);
    for (int i = 0; i < COMMANDS; i++)
        fprintf(to, "%s%s", i ? " " : "", command_table[i].name);
    fputs(" --help --version' -- \"$word\"))\n"
          "        return\n    fi\n"
          "    case $before in\n"
          "    -o | --output)\n"
          "        compopt -o filenames\n"
          "        mapfile -t COMPREPLY < <(compgen -d -- \"$word\")\n"
          "        return ;;\n"
          "    --completion)\n"
          "        COMPREPLY=($(compgen -W 'bash' -- \"$word\"))\n"
          "        return ;;\n"
          "    --case)\n"
          "        COMPREPLY=($(compgen -W '", to);
    for (int pick = TSIM_PICK_NUMBER + 1; pick < TSIM_PICKS; pick++)
        fprintf(to, "%s%s", pick > 1 ? " " : "", tsim_pick_name((enum tsim_pick)pick));
    fputs("' -- \"$word\"))\n        return ;;\n   ", to);
    const char *separator = "";
    for (size_t i = 0; i < option_count; i++)
        if (option_table[i].argument && option_table[i].type != OPTION_TEXT) {
            fprintf(to, "%s --%s", separator, option_table[i].name);
            separator = " |";
        }
    fputs(") return ;;\n    esac\n    case ${COMP_WORDS[1]} in\n", to);
    for (int i = 0; i < COMMANDS; i++) {
        fprintf(to, "    %s) options='", command_table[i].name);
        bash_options((enum command)i, to);
        fputs("' ;;\n", to);
    }
    fputs("    esac\n"
          "    if [[ $word == -* ]]; then\n"
          "        COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
          "        return\n    fi\n"
          "    case ${COMP_WORDS[1]} in\n"
           "    run | compare | sweep | select | empower | stress | schedule | trace | validate)\n"
          "        compopt -o filenames\n"
          "        mapfile -t COMPREPLY < <(compgen -d -- \"$word\"; compgen -f -X '!*.json' -- "
          "\"$word\") ;;\n"
          "    explain)\n"
          "        COMPREPLY=($(compgen -W \"$(tiersim explain 2>/dev/null |\n"
          "            sed '1d; s/part of a scenario//; s/kinds://; s/,/ /g')\" -- \"$word\")) ;;\n"
          "    help) COMPREPLY=($(compgen -W '", to);
    for (int i = 0; i < COMMANDS; i++)
        fprintf(to, "%s%s", i ? " " : "", command_table[i].name);
    fputs("' -- \"$word\")) ;;\n    new) COMPREPLY=($(compgen -W '", to);
    for (size_t i = 0; i < starter_count; i++)
        fprintf(to, "%s%s", i ? " " : "", starter_table[i].name);
    fputs("' -- \"$word\")) ;;\n    esac\n}\ncomplete -F _tiersim tiersim\n", to);
}
