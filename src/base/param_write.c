/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a document back with every default filled in: what was given stands as given, what was
 * left out is written as the row's default. */
#include <string.h>

#include "base/json.h"
#include "base/param.h"

static void write_object(const struct json *node, const struct shape *shape, int indent, FILE *to);

static void write_plain(const struct json *node, int indent, FILE *to)
{
    size_t      length;
    const char *text = json_text(node->document, &length);
    (void)indent;
    fwrite(text + node->start, 1, node->end - node->start, to);
}

static const struct kind *kind_named(const struct family *family, const struct json *object)
{
    const struct json *name = json_member(object, "kind");
    for (size_t i = 0; name && family->kinds[i]; i++)
        if (strcmp(family->kinds[i]->name, name->string) == 0)
            return family->kinds[i];
    return NULL;
}

static void write_list(const struct json *node, const struct shape *shape, int indent, FILE *to)
{
    fputs("[", to);
    JSON_EACH(element, node)
    {
        fprintf(to, "%s\n%*s", element->index ? "," : "", indent + 2, "");
        write_object(element, shape, indent + 2, to);
    }
    fprintf(to, "\n%*s]", indent, "");
}

static void write_member(const struct json *node, const struct param *param, int indent, FILE *to)
{
    const struct kind *kind = NULL;
    if (param->family && node->type == JSON_OBJECT)
        kind = kind_named(param->family, node);
    if (kind)
        write_object(node, kind->shape, indent, to);
    else if (param->shape && (node->type == JSON_OBJECT ||
                              (node->type == JSON_STRING && param->shape->bare)))
        write_object(node, param->shape, indent, to);
    else if (param->shape && node->type == JSON_ARRAY && node->size > 0)
        write_list(node, param->shape, indent, to);
    else
        write_plain(node, indent, to);
}

static void begin_member(const char *key, bool *first, int indent, FILE *to)
{
    fprintf(to, "%s\n%*s", *first ? "" : ",", indent + 2, "");
    json_write_string(to, key);
    fputs(": ", to);
    *first = false;
}

/* Whether the shape has a row of its own for a key that every object may carry. */
static bool has_row(const struct shape *shape, const char *key)
{
    for (size_t i = 0; i < shape->n_params; i++)
        if (strcmp(shape->params[i].key, key) == 0)
            return true;
    return false;
}

/* The member of a key; of a text that stands for an object, that is the text. */
static const struct json *member_of(const struct json *node, const struct shape *shape,
                                    const char *key)
{
    if (!node || node->type == JSON_OBJECT)
        return node ? json_member(node, key) : NULL;
    return shape->bare && strcmp(shape->bare, key) == 0 ? node : NULL;
}

/* The node is NULL for an object that was left out and has defaults of its own. */
static void write_object(const struct json *node, const struct shape *shape, int indent, FILE *to)
{
    bool first = true;
    fputs("{", to);
    static const char *const also[] = { "kind", "$comment", "notes" };
    for (size_t i = 0; i < sizeof also / sizeof *also; i++) {
        const struct json *member = member_of(node, shape, also[i]);
        if (!member || has_row(shape, also[i]))
            continue;
        begin_member(also[i], &first, indent, to);
        write_plain(member, indent + 2, to);
    }
    for (size_t i = 0; i < shape->n_params; i++) {
        const struct param *param = &shape->params[i];
        const struct json  *member = member_of(node, shape, param->key);
        if (!member && !param->fallback)
            continue;
        begin_member(param->key, &first, indent, to);
        if (member)
            write_member(member, param, indent + 2, to);
        else if (param->shape && strcmp(param->fallback, "{}") == 0)
            write_object(NULL, param->shape, indent + 2, to);
        else
            fputs(param->fallback, to);
    }
    if (first)
        fputs("}", to);
    else
        fprintf(to, "\n%*s}", indent, "");
}

void shape_write(const struct json *node, const struct shape *shape, FILE *to)
{
    write_object(node, shape, 0, to);
    fputc('\n', to);
}
