/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json_extend.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/problem.h"

#define KEY "extends"

enum { PAIRS_MOST = 10000000 }; /* of members or names to compare, in one list             */

/* A file on the way, to see circles. */
struct link {
    dev_t device;
    ino_t file;
};

/* ---- the tree */

static struct json *copy_node(struct arena *arena, const struct json *from,
                              const struct json *parent)
{
    struct json *node = ARENA_NEW(arena, struct json);
    if (!node)
        return NULL;
    *node = *from;
    node->parent = parent;
    node->first = node->next = NULL;
    node->size = 0;
    return node;
}

static const struct json *merge(struct json_extension *extension, const struct json *base,
                                const struct json *over, const struct json *parent);

/* Puts a child at the end of a node's children. */
struct builder {
    struct json_extension *extension;
    struct json           *node, *last;
};

static void add(struct builder *builder, const struct json *base, const struct json *over)
{
    /* Merged nodes are ours, and still to be linked. */
    struct json *child = (struct json *)(uintptr_t)merge(builder->extension, base, over,
                                                         builder->node);
    if (!child)
        return;
    child->index = builder->node->size++;
    if (builder->last)
        builder->last->next = child;
    else
        builder->node->first = child;
    builder->last = child;
}

static bool is_named(const struct json *list)
{
    JSON_EACH(element, list)
    {
        const struct json *name = json_member(element, "name");
        if (!name || name->type != JSON_STRING)
            return false;
    }
    return list->type == JSON_ARRAY && list->size > 0;
}

static const struct json *by_name(const struct json *list, const struct json *like)
{
    JSON_EACH(element, list)
        if (strcmp(json_member(element, "name")->string, json_member(like, "name")->string) == 0)
            return element;
    return NULL;
}

static void merge_objects(struct builder *builder, const struct json *base,
                          const struct json *over)
{
    const bool is_root = !over->parent;
    JSON_EACH(member, base)
    {
        const struct json *other = json_member(over, member->key);
        if ((is_root && strcmp(member->key, KEY) == 0) || (other && other->type == JSON_NULL))
            continue;
        add(builder, member, other);
    }
    JSON_EACH(member, over)
        if (!json_member(base, member->key) && member->type != JSON_NULL &&
            !(is_root && strcmp(member->key, KEY) == 0))
            add(builder, NULL, member);
}

static void merge_names(struct builder *builder, const struct json *base, const struct json *over)
{
    JSON_EACH(element, base)
        add(builder, element, by_name(over, element));
    JSON_EACH(element, over)
        if (!by_name(base, element))
            add(builder, NULL, element);
}

/* What `over` makes of `base`; either may be NULL. NULL when memory is out. The depth is that of a
 * document, which has a limit. */
static const struct json *merge(struct json_extension *extension, const struct json *base,
                                const struct json *over, const struct json *parent)
{
    const struct json *from = over ? over : base;
    struct builder     builder = { extension, copy_node(&extension->arena, from, parent), NULL };
    if (!builder.node)
        return NULL;
    if (base && over && (uint64_t)base->size * over->size > PAIRS_MOST)
        extension->too_long = over;
    else if (base && over && base->type == JSON_OBJECT && over->type == JSON_OBJECT)
        merge_objects(&builder, base, over);
    else if (base && over && is_named(base) && is_named(over))
        merge_names(&builder, base, over);
    else
        JSON_EACH(child, from)
            add(&builder, NULL, child);
    return builder.node;
}

/* ---- the files */

static bool wrong(const struct json *node, struct tsim_problems *problems, const char *hint,
                  const char *message)
{
    return problem_at(problems, TSIM_PROBLEM_INPUT, node, NULL, "the name of a JSON file", NULL,
                      hint, "%s", message);
}

/* The folder part of a path into `to`; false: it does not fit. */
static bool folder_of(const char *path, char *to, size_t size)
{
    const char  *slash = strrchr(path, '/');
    const size_t n = !slash ? 0 : slash == path ? 1 : (size_t)(slash - path);
    if (n >= size)
        return false;
    memcpy(to, path, n);
    to[n] = '\0';
    return true;
}

/* Reads the file that a node names. Only plain files: others may have no end. */
static struct json_document *read_base(const struct json *node, const char *path,
                                       struct link *links, size_t n,
                                       struct tsim_problems *problems)
{
    struct stat about;
    if (stat(path, &about) != 0 || !S_ISREG(about.st_mode)) {
        wrong(node, problems, "names are looked up from the folder of this file",
              "there is no such file to extend");
        return NULL;
    }
    for (size_t i = 0; i < n; i++)
        if (links[i].device == about.st_dev && links[i].file == about.st_ino) {
            wrong(node, problems, NULL, "the files extend each other in a circle");
            return NULL;
        }
    links[n] = (struct link){ about.st_dev, about.st_ino };
    return json_read_file(path, problems);
}

/* Reads the bases one after another, the nearest first. */
static bool read_bases(struct json_extension *extension, const struct json_document *document,
                       const char *path, const char *folder, struct tsim_problems *problems)
{
    char        here[4096] = "", file[4096];
    struct link links[EXTENSIONS_MOST + 2] = { { 0, 0 } };
    struct stat about;
    const struct json *node = json_member(json_root(document), KEY);
    if (path && stat(path, &about) == 0)
        links[0] = (struct link){ about.st_dev, about.st_ino };
    if (path ? !folder_of(path, here, sizeof here)
             : folder && snprintf(here, sizeof here, "%s", folder) >= (int)sizeof here)
        return wrong(node, problems, NULL, "the path is too long");
    for (; node; node = json_member(json_root(extension->bases[extension->n - 1]), KEY)) {
        if (node->type != JSON_STRING || node->string[0] == '\0')
            return wrong(node, problems, NULL, "a scenario extends a file");
        if (extension->n == EXTENSIONS_MOST)
            return wrong(node, problems, NULL, "too many files extend each other in a row");
        if (!file_join(file, sizeof file, here[0] ? here : NULL, node->string) ||
            !folder_of(file, here, sizeof here))
            return wrong(node, problems, NULL, "the path is too long");
        struct json_document *base = read_base(node, file, links, extension->n + 1, problems);
        if (!base)
            return false;
        extension->bases[extension->n++] = base;
        if (json_root(base)->type != JSON_OBJECT)
            return wrong(node, problems, NULL, "what is extended is no object");
    }
    return true;
}

bool json_extend(struct json_extension *extension, const struct json_document *document,
                 const char *path, const char *folder, struct tsim_problems *problems)
{
    *extension = (struct json_extension){ .root = json_root(document) };
    arena_open(&extension->arena);
    if (!json_member(extension->root, KEY))
        return true;
    if (!read_bases(extension, document, path, folder, problems))
        return false;
    const struct json *tree = json_root(extension->bases[extension->n - 1]);
    for (size_t i = extension->n - 1; i-- > 0;)
        tree = merge(extension, tree, json_root(extension->bases[i]), NULL);
    extension->root = merge(extension, tree, json_root(document), NULL);
    if (extension->too_long)
        return problem_at(problems, TSIM_PROBLEM_LIMIT, extension->too_long, NULL, NULL, NULL,
                          NULL, "too many things to merge one by one");
    return !extension->arena.failed ||
           problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out");
}

void json_extension_close(struct json_extension *extension)
{
    for (size_t i = 0; i < extension->n; i++)
        json_free(extension->bases[i]);
    arena_close(&extension->arena);
}

/* ---- as text */

static void write_span(const struct json *node, size_t start, size_t end, FILE *to)
{
    size_t      length;
    const char *text = json_text(node->document, &length);
    fwrite(text + start, 1, end - start, to);
}

static void write_node(const struct json *node, FILE *to)
{
    const bool object = node->type == JSON_OBJECT;
    if (!object && node->type != JSON_ARRAY) {
        write_span(node, node->start, node->end, to);
        return;
    }
    fputc(object ? '{' : '[', to);
    JSON_EACH(child, node)
    {
        fputs(child == node->first ? "\n" : ",\n", to);
        if (object) {
            write_span(child, child->key_start, child->key_end, to);
            fputs(": ", to);
        }
        write_node(child, to);
    }
    fputc(object ? '}' : ']', to);
}

char *json_extension_text(const struct json_extension *extension, size_t *length)
{
    char *text = NULL;
    FILE *memory = open_memstream(&text, length);
    if (!memory)
        return NULL;
    write_node(extension->root, memory);
    if (fclose(memory) == 0)
        return text;
    free(text);
    return NULL;
}
