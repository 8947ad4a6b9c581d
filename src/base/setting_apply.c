/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding the places of a path, and writing the text with them changed. Places are visited in the
 * order of the text, so that it can be copied from one to the next. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/json_number.h"
#include "base/problem.h"
#include "base/setting.h"
#include "base/text.h"

enum { STEP_MOST = 1024, MESSAGE_MOST = 2048, NAMES_MOST = 256, HINT_MOST = 320 };

/* A setting in hand, and what it has come to. */
struct change {
    const struct settings *settings;
    const struct setting  *setting;
    struct tsim_problems  *problems;
    FILE                  *to;
    const char            *text;   /* of the document                                      */
    size_t                 copied; /* bytes of it that are written                         */
};

/* A step of a path: a member name, or what stood in brackets. */
struct step {
    char name[STEP_MOST];
    bool bracket;
};

__attribute__((format(printf, 3, 4))) static bool wrong(const struct change *change,
                                                        const char *hint, const char *format, ...)
{
    char    message[MESSAGE_MOST];
    va_list given;
    va_start(given, format);
    vsnprintf(message, sizeof message, format, given);
    va_end(given);
    return problem_in_file(change->problems, TSIM_PROBLEM_INPUT, "settings",
                           change->settings->text, strlen(change->settings->text), 1,
                           change->setting->column, NULL, NULL, hint, "%s: %s",
                           change->setting->path, message);
}

/* ---- writing */

static void copy_to(struct change *change, size_t end)
{
    fwrite(change->text + change->copied, 1, end - change->copied, change->to);
    change->copied = end;
}

static bool write_changed(struct change *change, const struct json *node, double value)
{
    const double number = change->setting->number;
    const double result = change->setting->how == SETTING_TIMES ? value * number : value + number;
    if (!isfinite(result))
        return wrong(change, NULL, "%g becomes too large a number", value);
    copy_to(change, node->start);
    change->copied = node->end;
    json_write_number(change->to, result);
    return true;
}

/* Changes the number that a text such as "100 /h" begins with. */
static bool change_text(struct change *change, const struct json *node)
{
    const size_t digits = strspn(node->string, "+-.0123456789eE");
    const char  *unit = node->string + digits;
    char        *end;
    const double value = strtod(node->string, &end);
    if (digits == 0 || end != unit || strpbrk(unit, "0123456789") || strpbrk(unit, "\"\\"))
        return wrong(change, "give the value in full with \"=\"",
                     "\"%s\" is not one number with its unit", node->string);
    copy_to(change, node->start);
    fputc('"', change->to);
    if (!write_changed(change, node, value))
        return false;
    fprintf(change->to, "%s\"", unit);
    return true;
}

/* The member of an object of a list that is called as the list is: the "agents" of
 * "agents": [ { "from": "08:00", "agents": 3 } ]. NULL: none. */
static const struct json *namesake(const struct json *object)
{
    const struct json *named = object;
    while (named && !named->key)
        named = named->parent;
    return named && object->type == JSON_OBJECT ? json_member(object, named->key) : NULL;
}

static bool change_number(struct change *change, const struct json *node)
{
    const struct json *inside = namesake(node);
    if (node->type == JSON_NUMBER)
        return write_changed(change, node, node->number);
    if (node->type == JSON_STRING)
        return change_text(change, node);
    if (inside)
        return change_number(change, inside);
    if (node->type != JSON_ARRAY)
        return wrong(change, "name the number itself", "there is %s, not a number",
                     json_type_name(node->type));
    JSON_EACH(child, node)
        if (!change_number(change, child))
            return false;
    return true;
}

static bool change_place(struct change *change, const struct json *node)
{
    if (change->setting->how != SETTING_PUT)
        return change_number(change, node);
    copy_to(change, node->start);
    fputs(change->setting->value, change->to);
    change->copied = node->end;
    return true;
}

/* ---- finding */

/* Takes the next step off a path; false when there is none that is well written. */
static bool next_step(const char **path, struct step *step)
{
    const char *at = *path;
    size_t      length;
    if (*at == '.')
        at++;
    step->bracket = *at == '[';
    at += step->bracket;
    length = strcspn(at, step->bracket ? "]" : ".[");
    if (length == 0 || length >= STEP_MOST || (step->bracket && at[length] != ']'))
        return false;
    memcpy(step->name, at, length);
    step->name[length] = '\0';
    *path = at + length + step->bracket;
    return **path == '\0' || **path == '.' || **path == '[';
}

/* The same of a JSON Pointer. */
static bool next_pointer_step(const char **path, struct step *step)
{
    const char *at = *path + 1;
    size_t      length = 0;
    step->bracket = false;
    for (; *at && *at != '/'; at++) {
        if (length + 1 >= STEP_MOST)
            return false;
        const bool escaped = *at == '~' && (at[1] == '0' || at[1] == '1');
        step->name[length++] = escaped ? (at[1] == '0' ? '~' : '/') : *at;
        at += escaped;
    }
    step->name[length] = '\0';
    *path = at;
    return length > 0;
}

static bool take_step(const struct change *change, const char **path, struct step *step)
{
    return change->setting->path[0] == '/' ? next_pointer_step(path, step)
                                           : next_step(path, step);
}

static bool bad_path(const struct change *change)
{
    return wrong(change, "such as tiers[0].pools[0].authority or tiers[L1].pools[phone].agents",
                 "this is not a path");
}

/* The element of a list by its position or its "name"; NULL: none. */
static const struct json *element_of(const struct json *list, const char *name)
{
    if (strspn(name, "0123456789") == strlen(name) && strlen(name) < 9)
        return json_element(list, (uint32_t)atoi(name));
    JSON_EACH(child, list) {
        const struct json *named = json_bare_member(child, "name");
        if (named && named->type == JSON_STRING && strcmp(named->string, name) == 0)
            return child;
    }
    return NULL;
}

/* Says that a list has no such element, and which name is near. */
static bool no_element(const struct change *change, const struct json *list, const char *name)
{
    const char *names[NAMES_MOST];
    size_t      n = 0;
    char        hint[HINT_MOST];
    JSON_EACH(child, list)
    {
        const struct json *named = json_bare_member(child, "name");
        if (named && named->type == JSON_STRING && n < NAMES_MOST)
            names[n++] = named->string;
    }
    const char *near = text_nearest(name, names, n);
    snprintf(hint, sizeof hint, "did you mean [%s]?", near ? near : "");
    return wrong(change, near ? hint : "elements are counted from 0, or named by their \"name\"",
                 "\"%s\" is none of the %u elements of the list", name, (unsigned)list->size);
}

/* Adds a member that is not there, with the objects that the rest of the path asks for. */
static bool add_member(struct change *change, const struct json *object, const char *path,
                       struct step *step)
{
    size_t end = object->end - 1, braces = 0;
    if (change->setting->how != SETTING_PUT)
        return wrong(change, "set it with \"=\"", "there is no \"%s\" to change", step->name);
    while (end > object->start + 1 && strchr(" \t\r\n", change->text[end - 1]))
        end--;
    copy_to(change, end);
    fputs(object->size > 0 ? ", " : " ", change->to);
    for (;;) {
        json_write_string(change->to, step->name);
        fputs(": ", change->to);
        if (!*path)
            break;
        if (!take_step(change, &path, step))
            return bad_path(change);
        if (step->bracket)
            return wrong(change, NULL, "there is no list in which to look for \"%s\"", step->name);
        fputs("{ ", change->to);
        braces++;
    }
    fputs(change->setting->value, change->to);
    while (braces-- > 0)
        fputs(" }", change->to);
    return true;
}

static bool walk(struct change *change, const struct json *node, const char *path)
{
    struct step step;
    if (!*path)
        return change_place(change, node);
    if (!take_step(change, &path, &step))
        return bad_path(change);
    if (node->type == JSON_OBJECT && !step.bracket) {
        const struct json *member = json_member(node, step.name);
        return member ? walk(change, member, path) : add_member(change, node, path, &step);
    }
    if (node->type != JSON_ARRAY)
        return wrong(change, node->type == JSON_STRING
                                 ? "what is written short, as a text, has no members: write it as "
                                   "an object { … }"
                                 : "look at the scenario: names after a dot are members of an "
                                   "object, brackets pick from a list",
                     "\"%s\" cannot be looked for in %s", step.name, json_type_name(node->type));
    if (strcmp(step.name, "*") == 0) {
        JSON_EACH(child, node)
            if (!walk(change, child, path))
                return false;
        return node->size > 0 || wrong(change, NULL, "the list is empty");
    }
    const struct json *element = element_of(node, step.name);
    if (element)
        return walk(change, element, path);
    return no_element(change, node, step.name);
}

const struct json *setting_find(const struct json *root, const char *path)
{
    const bool  pointer = *path == '/';
    struct step step;
    while (root && *path) {
        if (!(pointer ? next_pointer_step(&path, &step) : next_step(&path, &step)))
            return NULL;
        if (root->type == JSON_OBJECT && !step.bracket)
            root = json_member(root, step.name);
        else if (root->type == JSON_ARRAY)
            root = strcmp(step.name, "*") == 0 ? root->first : element_of(root, step.name);
        else
            return NULL;
    }
    return root;
}

/* ---- all settings */

static char *apply_one(const struct settings *settings, const struct setting *setting,
                       const struct json_document *document, size_t *length,
                       struct tsim_problems *problems)
{
    char         *text = NULL;
    struct change change = { .settings = settings, .setting = setting, .problems = problems,
                             .to = open_memstream(&text, length) };
    size_t        whole;
    if (!change.to) {
        problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
        return NULL;
    }
    change.text = json_text(document, &whole);
    bool good = walk(&change, json_root(document), setting->path);
    copy_to(&change, good ? whole : change.copied);
    if (fclose(change.to) != 0 && good)
        good = problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
    if (good)
        return text;
    free(text);
    return NULL;
}

char *settings_apply(const struct settings *settings, const struct json_document *document,
                     size_t *length, struct tsim_problems *problems)
{
    const char           *name = json_name(document);
    struct json_document *changed = NULL;
    char                 *text = NULL;
    for (size_t i = 0; i < settings->n; i++) {
        free(text);
        text = apply_one(settings, &settings->at[i], changed ? changed : document, length,
                         problems);
        json_free(changed);
        changed = text && i + 1 < settings->n ? json_read_text(text, *length, name, problems)
                                              : NULL;
        if (!text || (i + 1 < settings->n && !changed))
            break;
        if (i + 1 == settings->n)
            return text;
    }
    free(text);
    return NULL;
}
