/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json_diff.h"

#include <ctype.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"

enum { PATH_MOST = 1024, VALUE_MOST = 64 };

struct diff {
    void (*told)(void *user, const char *path, const char *before, const char *after);
    void       *user;
    char        path[PATH_MOST];
};

/* The text of a value on one line, blanks between its parts made one, cut short. */
static const char *spelled(const struct json *node, char to[VALUE_MOST])
{
    size_t      length, n = 0;
    bool        blank = false, quoted = false;
    if (!node)
        return NULL;
    const char *text = json_text(node->document, &length);
    for (size_t i = node->start; i < node->end && n < VALUE_MOST - 1; i++) {
        if (!quoted && isspace((unsigned char)text[i])) {
            blank = true;
            continue;
        }
        if (blank && n > 0 && n < VALUE_MOST - 2)
            to[n++] = ' ';
        blank = false;
        quoted ^= text[i] == '"' && text[i - 1] != '\\';
        to[n++] = text[i];
    }
    to[n] = '\0';
    if (n == VALUE_MOST - 1)
        memcpy(to + text_cut(to, VALUE_MOST - 5), "...", sizeof "...");
    return to;
}

static void tell(struct diff *diff, const struct json *before, const struct json *after)
{
    char was[VALUE_MOST], is[VALUE_MOST];
    diff->told(diff->user, diff->path, spelled(before, was), spelled(after, is));
}

static void compare(struct diff *diff, const struct json *before, const struct json *after);

/* Compares below a step of the path, which is then taken back. */
static void step(struct diff *diff, const char *before_name, const char *name,
                 const char *after_name, const struct json *before, const struct json *after)
{
    const size_t length = strlen(diff->path);
    struct text  path;
    text_open(&path, diff->path + length, sizeof diff->path - length);
    text_add(&path, "%s%s%s", length > 0 || *before_name == '[' ? before_name : "", name,
             after_name);
    compare(diff, before, after);
    diff->path[length] = '\0';
}

static void compare_objects(struct diff *diff, const struct json *before,
                            const struct json *after)
{
    JSON_EACH(member, before)
        step(diff, ".", member->key, "", member, json_member(after, member->key));
    JSON_EACH(member, after)
        if (!json_member(before, member->key))
            step(diff, ".", member->key, "", NULL, member);
}

static const char *name_of(const struct json *element)
{
    const struct json *name = json_member(element, "name");
    return name && name->type == JSON_STRING ? name->string : NULL;
}

static const struct json *named(const struct json *list, const char *name)
{
    JSON_EACH(element, list)
    {
        const char *its = name_of(element);
        if (its && strcmp(its, name) == 0)
            return element;
    }
    return NULL;
}

static void compare_lists(struct diff *diff, const struct json *before, const struct json *after)
{
    uint32_t i = 0;
    JSON_EACH(element, before)
    {
        char        number[16];
        const char *name = name_of(element);
        snprintf(number, sizeof number, "%u", (unsigned)i);
        step(diff, "[", name ? name : number, "]", element,
             name ? named(after, name) : json_element(after, i));
        i++;
    }
    i = 0;
    JSON_EACH(element, after)
    {
        char        number[16];
        const char *name = name_of(element);
        snprintf(number, sizeof number, "%u", (unsigned)i);
        if (name ? !named(before, name) : i >= before->size)
            step(diff, "[", name ? name : number, "]", NULL, element);
        i++;
    }
}

static bool same_leaf(const struct json *a, const struct json *b)
{
    switch (a->type) {
    case JSON_NUMBER:
        return a->number == b->number;
    case JSON_STRING:
        return strcmp(a->string, b->string) == 0;
    case JSON_BOOL:
        return a->boolean == b->boolean;
    default:
        return true;
    }
}

static void compare(struct diff *diff, const struct json *before, const struct json *after)
{
    if (!before || !after || before->type != after->type)
        tell(diff, before, after);
    else if (before->type == JSON_OBJECT)
        compare_objects(diff, before, after);
    else if (before->type == JSON_ARRAY)
        compare_lists(diff, before, after);
    else if (!same_leaf(before, after))
        tell(diff, before, after);
}

void json_diff(const struct json *before, const struct json *after,
               void (*told)(void *user, const char *path, const char *before, const char *after),
               void *user)
{
    struct diff diff = { .told = told, .user = user };
    compare(&diff, before, after);
}
