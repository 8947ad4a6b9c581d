/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: problems are sorted, reported once, counted, bounded, and shown with their source line so
 * that a person finds the place and a terminal is not led astray. Method: written-out screens
 * and JSON; floods of problems; hostile texts; every shown line is measured. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "base/text.h"

/* What one of the two printers writes, from malloc. */
static char *shown(const struct tsim_problems *problems, bool json, size_t most)
{
    char  *text = NULL;
    size_t size = 0;
    FILE  *to = open_memstream(&text, &size);
    if (json)
        tsim_problems_print_json(problems, to);
    else
        tsim_problems_print(problems, to, most);
    fclose(to);
    return text;
}

static void shows(const struct tsim_problems *problems, bool json, size_t most,
                  const char *expected)
{
    char *text = shown(problems, json, most);
    cr_expect_str_eq(text, expected, "it shows:\n%s", text);
    free(text);
}

static const char source[] = "{\n"
                             "  \"tiers\": [\n"
                             "\t{\"name\": \"L1\"},\n"
                             "    {\"agnets\": 10, \"share\": 1.2}\n"
                             "  ]\n"
                             "}\n";

Test(problem, shows_the_source_line)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct json_document *document =
        json_read_text(source, sizeof source - 1, "bad.json", problems);
    const struct json *tiers = json_member(json_root(document), "tiers");
    const struct json *second = json_element(tiers, 1);
    cr_assert_not(problem_at(problems, TSIM_PROBLEM_WARNING, json_member(second, "share"), NULL,
                             NULL, NULL, NULL, "the share is %s", "large"));
    cr_assert_not(problem_at_key(problems, TSIM_PROBLEM_INPUT, json_member(second, "agnets"),
                                 "a key of a pool: name, agents", "agnets",
                                 "did you mean \"agents\"?", "unknown key \"%s\"", "agnets"));
    problem_at(problems, TSIM_PROBLEM_INPUT, json_element(tiers, 0), "agents", NULL, NULL, NULL,
               "a key is missing");
    problem_plain(problems, TSIM_PROBLEM_INPUT, "look again", "nothing works");
    json_free(document); /* the problems outlive it */
    shows(problems, false, 0,
          "bad.json:3:2: error: a key is missing\n"
          "    |\n"
          "  3 |  {\"name\": \"L1\"},\n"
          "    |  ^ /tiers/0/agents\n"
          "\n"
          "bad.json:4:6: error: unknown key \"agnets\"\n"
          "    |\n"
          "  4 |     {\"agnets\": 10, \"share\": 1.2}\n"
          "    |      ^^^^^^^^ /tiers/1/agnets\n"
          "    = expected: a key of a pool: name, agents\n"
          "    = found: agnets\n"
          "    = help: did you mean \"agents\"?\n"
          "\n"
          "bad.json:4:29: warning: the share is large\n"
          "    |\n"
          "  4 |     {\"agnets\": 10, \"share\": 1.2}\n"
          "    |                             ^^^ /tiers/1/share\n"
          "\n"
          "error: nothing works\n"
          "    = help: look again\n"
          "\n"
          "3 errors, 1 warning\n");
    shows(problems, false, 1,
          "bad.json:3:2: error: a key is missing\n"
          "    |\n"
          "  3 |  {\"name\": \"L1\"},\n"
          "    |  ^ /tiers/0/agents\n"
          "\n"
          "… and 3 more\n"
          "3 errors, 1 warning\n");
    tsim_problems_free(problems);
}

Test(problem, is_written_for_programs)
{
    struct tsim_problems *problems = tsim_problems_new();
    shows(problems, true, 0, "{\"problems\": [], \"errors\": 0, \"warnings\": 0}\n");
    shows(problems, false, 0, "");
    problem_in_file(problems, TSIM_PROBLEM_IO, "a \"b\".csv", NULL, 0, 3, 7, "x", "y\x1b", NULL,
                    "m\xFF");
    problem_plain(problems, TSIM_PROBLEM_WARNING, "h", "w");
    shows(problems, true, 0,
          "{\"problems\": [\n"
          "  {\"severity\": \"error\", \"kind\": \"io\", \"file\": \"a \\\"b\\\".csv\", "
          "\"line\": 3, "
          "\"column\": 7, \"path\": null, \"message\": \"m\\ufffd\", \"expected\": \"x\", "
          "\"found\": \"y\\u001b\", \"hint\": null},\n"
          "  {\"severity\": \"warning\", \"kind\": \"warning\", \"file\": null, \"line\": null, "
          "\"column\": null, \"path\": null, \"message\": \"w\", \"expected\": null, "
          "\"found\": null, \"hint\": \"h\"}\n"
          "], \"errors\": 1, \"warnings\": 1}\n");
    tsim_problems_free(problems);
}

static void add(struct tsim_problems *problems, const char *file, size_t line, size_t column,
                const char *message)
{
    problem_in_file(problems, TSIM_PROBLEM_INPUT, file, NULL, 0, line, column, NULL, NULL, NULL,
                    "%s", message);
}

Test(problem, is_sorted_and_reported_once)
{
    static const struct {
        const char *file;
        size_t      line, column;
        const char *message;
    } given[] = {
        { NULL, 0, 0, "9" },  { "b", 1, 1, "7" },  { "a", 10, 2, "5" }, { "a", 9, 9, "2" },
        { "a", 10, 1, "3" },  { "a", 0, 0, "1" },  { "a", 10, 2, "6" }, { "a", 10, 1, "4" },
        { "b", 1, 1, "7" },   { "a", 10, 2, "5" }, { "b", 2, 1, "8" },  { NULL, 0, 0, "9" },
    };
    struct tsim_problems *problems = tsim_problems_new();
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        add(problems, given[i].file, given[i].line, given[i].column, given[i].message);
    cr_assert_eq(tsim_problems_count(problems), 9);
    cr_assert_eq(tsim_problems_errors(problems), 9);
    for (size_t i = 0; i < 9; i++)
        cr_expect_eq(tsim_problems_get(problems, i)->message[0], (char)('1' + i), "number %zu", i);
    cr_assert_null(tsim_problems_get(problems, 9));
    tsim_problems_free(problems);
}

Test(problem, floods_are_bounded)
{
    struct tsim_problems *problems = tsim_problems_new();
    char                  message[32];
    for (size_t i = 0; i < 200000; i++) {
        snprintf(message, sizeof message, "number %zu", i);
        add(problems, "a", 200000 - i, 1, message);
    }
    cr_assert_eq(tsim_problems_errors(problems), 200000);
    cr_assert_eq(tsim_problems_count(problems), LIMIT_PROBLEMS + 1);
    const struct tsim_problem *rest = tsim_problems_get(problems, LIMIT_PROBLEMS);
    cr_assert_str_eq(rest->message, "199000 more problems were found and not kept");
    cr_assert_eq(rest->kind, TSIM_PROBLEM_INPUT);
    char *text = shown(problems, false, 3);
    cr_assert(strstr(text, "… and 998 more\na: 200000 errors\n") != NULL, "%s", text);
    free(text);
    tsim_problems_free(problems);

    problems = tsim_problems_new();
    char *longer = malloc(100001);
    memset(longer, 'a', 100000);
    longer[100000] = 0;
    problem_in_file(problems, TSIM_PROBLEM_INPUT, "a", NULL, 0, 1, 1, longer, longer, longer, "%s",
                    longer);
    cr_assert_lt(strlen(tsim_problems_get(problems, 0)->message), 1100);
    cr_assert_lt(strlen(tsim_problems_get(problems, 0)->hint), 1100);
    free(longer);
    tsim_problems_free(problems);

    cr_assert_eq(tsim_problems_count(NULL), 0);
    cr_assert_eq(tsim_problems_errors(NULL), 0);
    cr_assert_not(problem_plain(NULL, TSIM_PROBLEM_INPUT, NULL, "nobody listens"));
    tsim_problems_free(NULL);
}

/* Checks each line of a screen: at most 80 columns, nothing hidden; the caret line's caret stands
 * under the character `under` of the line before. */
static void screen_is_sane(char *text, const char *under)
{
    char *above = NULL;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        cr_expect_leq(text_columns(line), 80, "too wide: %s", line);
        for (const char *c = line; *c; c++)
            cr_expect((unsigned char)*c >= 0x20 && *c != 0x7F, "raw control: %s", line);
        char *caret = strchr(line, '^');
        if (caret && above) {
            *caret = 0;
            size_t column = text_columns(line), at = 0;
            char   before[200] = { 0 };
            while (above[at] && text_columns(before) < column)
                do {
                    before[at] = above[at];
                    at++;
                } while (((unsigned char)above[at] & 0xC0) == 0x80);
            cr_expect(strncmp(above + at, under, strlen(under)) == 0, "caret under \"%.8s\" of %s",
                      above + at, above);
        }
        above = line;
    }
}

Test(problem, long_and_hostile_lines_are_cut)
{
    static const char *const fillers[] = { "a", "é", "日", "\x1b", "\t", "😀", "\xE2\x80\xAE" };
    for (size_t f = 0; f < sizeof fillers / sizeof *fillers; f++)
        for (size_t before = 0; before < 400; before += 13)
            for (size_t after = 0; after < 300; after += 41) {
                char   line[4000];
                size_t length = 0, size = strlen(fillers[f]);
                for (size_t i = 0; i < before; i++, length += size)
                    memcpy(line + length, fillers[f], size);
                size_t column = length + 1;
                line[length++] = '!';
                for (size_t i = 0; i < after; i++, length += size)
                    memcpy(line + length, fillers[f], size);
                memcpy(line + length, "\nnext", 5);
                struct tsim_problems *problems = tsim_problems_new();
                problem_in_file(problems, TSIM_PROBLEM_INPUT, "x", line, length + 5, 1, column,
                                NULL, NULL, NULL, "here");
                char *text = shown(problems, false, 0);
                cr_expect_null(strstr(text, "next"));
                screen_is_sane(text, "!");
                free(text);
                tsim_problems_free(problems);
            }
}

Test(problem, hostile_texts_are_made_visible)
{
    const char           *text = "{\"a\\u001b[2J\": \"\\u202e\"}";
    struct tsim_problems *problems = tsim_problems_new();
    struct json_document *document =
        json_read_text(text, strlen(text), "n\x1b]0;x\x07.json", problems);
    const struct json *child = json_root(document)->first;
    problem_at(problems, TSIM_PROBLEM_INPUT, child, "k\x1b", child->string, child->key, "\r\n",
               "\"%s\" is wrong", child->key);
    json_free(document);
    char *screen = shown(problems, false, 0);
    cr_expect(strstr(screen, "/a\\x1b[2J/k\\x1b") != NULL, "%s", screen);
    cr_expect(strstr(screen, "= expected: \\xe2\\x80\\xae") != NULL, "%s", screen);
    cr_expect(strstr(screen, "= help: \\x0d\\x0a") != NULL, "%s", screen);
    for (const char *c = screen; *c; c++)
        cr_expect(*c == '\n' || (unsigned char)*c >= 0x20);
    free(screen);
    tsim_problems_free(problems);
    /* Places that are not there do no harm. */
    problems = tsim_problems_new();
    problem_in_file(problems, TSIM_PROBLEM_INPUT, "x", "ab", 2, 9, 9, NULL, NULL, NULL, "one");
    problem_in_file(problems, TSIM_PROBLEM_INPUT, "x", "ab", 2, 0, 0, NULL, NULL, NULL, "two");
    problem_in_file(problems, TSIM_PROBLEM_INPUT, "x", "", 0, 1, 1, NULL, NULL, NULL, "three");
    free(shown(problems, false, 0));
    tsim_problems_free(problems);
}
