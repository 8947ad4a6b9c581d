/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/setting.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"

struct line {
    struct arena         *arena;
    const char           *text;
    size_t                at;
    struct tsim_problems *problems;
};

static bool wrong(const struct line *line, size_t at, const char *expected, const char *hint,
                  const char *message)
{
    return problem_in_file(line->problems, TSIM_PROBLEM_INPUT, "settings", line->text,
                           strlen(line->text), 1, at + 1, expected, NULL, hint, "%s", message);
}

static void skip_spaces(struct line *line)
{
    while (isspace((unsigned char)line->text[line->at]))
        line->at++;
}

/* The text from `from` up to `to` without the spaces around it. */
static char *trimmed(const struct line *line, size_t from, size_t to)
{
    while (from < to && isspace((unsigned char)line->text[from]))
        from++;
    while (to > from && isspace((unsigned char)line->text[to - 1]))
        to--;
    return arena_copy_n(line->arena, line->text + from, to - from);
}

/* Where a name ends: a colon that comes before any sign of a setting; 0: there is no name. */
static size_t name_end(const char *text)
{
    unsigned brackets = 0;
    for (size_t i = 0; text[i] && text[i] != '='; i++) {
        brackets += text[i] == '[';
        brackets -= text[i] == ']' && brackets > 0;
        if (text[i] == ':' && brackets == 0)
            return i;
    }
    return 0;
}

/* Where a value that begins with a quote or a bracket ends. */
static size_t bracketed_end(const char *text, size_t at)
{
    unsigned depth = 0;
    bool     quoted = false;
    for (; text[at]; at++) {
        if (quoted) {
            if (text[at] == '\\' && text[at + 1])
                at++;
            else if (text[at] == '"')
                quoted = false;
        } else if (text[at] == '"') {
            quoted = true;
        } else if (text[at] == '[' || text[at] == '{') {
            depth++;
        } else if (text[at] == ']' || text[at] == '}') {
            depth -= depth > 0;
        }
        if (depth == 0 && !quoted)
            return at + 1;
    }
    return at;
}

/* Whether a text is a JSON value by itself. */
static bool is_json(const char *text)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct json_document *document =
        problems ? json_read_text(text, strlen(text), "value", problems) : NULL;
    const bool is = document != NULL;
    json_free(document);
    tsim_problems_free(problems);
    return is;
}

static const char *quoted(struct arena *arena, const char *text)
{
    char  *spelled = NULL;
    size_t size;
    FILE  *memory = open_memstream(&spelled, &size);
    if (!memory)
        return NULL;
    json_write_string(memory, text);
    fclose(memory);
    const char *copy = arena_copy(arena, spelled);
    free(spelled);
    return copy;
}

static bool read_value(struct line *line, struct setting *setting)
{
    skip_spaces(line);
    const size_t from = line->at;
    const char   first = line->text[from];
    if (first == '"' || first == '[' || first == '{')
        line->at = bracketed_end(line->text, from);
    while (line->text[line->at] && line->text[line->at] != ',')
        line->at++;
    char *value = trimmed(line, from, line->at);
    if (!value || !*value)
        return wrong(line, from, "a value", "write PATH=VALUE", "there is no value");
    if (setting->how == SETTING_PUT) {
        if (is_json(value))
            setting->value = value;
        else if (first == '"' || first == '[' || first == '{')
            return wrong(line, from, "a JSON value", "look for a missing quote or bracket",
                         "this is no complete JSON value");
        else
            setting->value = quoted(line->arena, value);
        return setting->value != NULL;
    }
    const bool number = (first == '-' || isdigit((unsigned char)first)) && is_json(value);
    setting->number = number ? strtod(value, NULL) : (double)NAN;
    return isfinite(setting->number) ||
           wrong(line, from, "a number", "the unit stays: += 5 makes \"85 %\" of \"80 %\"",
                 "a factor or a difference must be a number");
}

static bool read_setting(struct line *line, struct setting *setting)
{
    skip_spaces(line);
    const size_t from = line->at;
    unsigned     brackets = 0;
    for (; line->text[line->at]; line->at++) {
        const char c = line->text[line->at];
        brackets += c == '[';
        brackets -= c == ']' && brackets > 0;
        if (brackets == 0 && (c == '=' || c == ','))
            break;
    }
    if (line->text[line->at] != '=')
        return wrong(line, from, "PATH=VALUE", "such as tiers[0].pools[0].authority=100",
                     "this sets nothing: there is no \"=\"");
    size_t     end = line->at++;
    const char before = end > from ? line->text[end - 1] : ' ';
    if (before == '-' || (before == '/' && line->text[from] != '/'))
        return wrong(line, end - 1, "=, *= or +=",
                     before == '-' ? "write += and a negative number"
                                   : "write *= and one over the number",
                     "there is no such sign");
    setting->how = before == '*' ? SETTING_TIMES : before == '+' ? SETTING_PLUS : SETTING_PUT;
    end -= setting->how != SETTING_PUT;
    setting->path = trimmed(line, from, end);
    setting->column = from + 1;
    if (!setting->path || !*setting->path)
        return wrong(line, from, "a path", "such as tiers[0].pools[0].authority",
                     "there is no path before \"=\"");
    return read_value(line, setting);
}

bool settings_read(struct arena *arena, const char *text, struct settings *settings,
                   struct tsim_problems *problems)
{
    struct line  line = { arena, text, 0, problems };
    const size_t end = name_end(text);
    *settings = (struct settings){ .text = arena_copy(arena, text) };
    size_t most = 1;
    for (const char *c = text; *c; c++)
        most += *c == ',';
    if (most > SETTINGS_MOST)
        most = SETTINGS_MOST;
    settings->at = ARENA_ARRAY(arena, most, struct setting);
    if (end > 0) {
        settings->name = trimmed(&line, 0, end);
        line.at = end + 1;
    }
    settings->changes = trimmed(&line, line.at, strlen(text));
    if (!settings->at || !settings->changes || !settings->text || (end > 0 && !settings->name))
        return problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    if (settings->name && strlen(settings->name) > LIMIT_NAME)
        return wrong(&line, 0, NULL, NULL, "the name is too long");
    for (;;) {
        if (settings->n == most)
            return wrong(&line, line.at, NULL, NULL, "these are too many settings");
        if (!read_setting(&line, &settings->at[settings->n++]))
            return false;
        if (!line.text[line.at])
            return true;
        line.at++;
    }
}
