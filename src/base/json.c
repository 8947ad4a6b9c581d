/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/file.h"
#include "base/json_number.h"
#include "base/json_scan.h"
#include "base/limits.h"
#include "base/problem.h"
#include "base/text.h"

enum {
    PLACE_STEP = 1 << 16,  /* bytes between two entries of the line index         */
    CJSON_NUMBER_MOST = 60 /* cJSON reads 63 bytes of a number and trips over more */
};

/* Where the line of byte i * PLACE_STEP began, so that no place costs a walk from the start. */
struct place {
    size_t line, line_start;
};

struct json_document {
    struct arena  arena;
    char         *text; /* from malloc; a NUL stands behind it */
    size_t        length;
    const char   *name;
    struct json  *nodes;
    struct place *places;
};

/* ---- places */

static bool places_build(struct json_document *document)
{
    size_t n = document->length / PLACE_STEP + 1, line = 1, line_start = 0;
    document->places = ARENA_ARRAY(&document->arena, n, struct place);
    if (!document->places)
        return false;
    for (size_t i = 0; i < n; i++) {
        document->places[i] = (struct place){ line, line_start };
        size_t at = i * PLACE_STEP, end = at + PLACE_STEP;
        end = end < document->length ? end : document->length;
        for (; at < end; at++)
            if (document->text[at] == '\n') {
                line++;
                line_start = at + 1;
            }
    }
    return true;
}

void json_place(const struct json_document *document, size_t offset, size_t *line, size_t *column)
{
    TSIM_ASSERT(offset <= document->length);
    size_t       i = offset / PLACE_STEP;
    struct place place = document->places[i];
    for (size_t at = i * PLACE_STEP; at < offset; at++)
        if (document->text[at] == '\n') {
            place.line++;
            place.line_start = at + 1;
        }
    *line = place.line;
    *column = offset - place.line_start + 1;
}

/* ---- reading */

static bool memory_out(const struct json_document *document, struct tsim_problems *problems)
{
    return problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out while reading %s",
                         document->name ? document->name : "JSON");
}

static void report_failure(const struct json_document *document, const struct json_scan *scan,
                           struct tsim_problems *problems)
{
    enum tsim_problem_kind kind = scan->limit ? TSIM_PROBLEM_LIMIT : TSIM_PROBLEM_INPUT;
    const char            *found = scan->found[0] ? scan->found : NULL;
    const char            *hint = scan->hint[0] ? scan->hint : NULL;
    size_t                 line = 0, column = 0;
    if (!scan->no_place)
        json_place(document, scan->offset, &line, &column);
    problem_in_file(problems, kind, document->name, scan->no_place ? NULL : document->text,
                    document->length, line, column, scan->expected, found, hint, "%s",
                    scan->message);
}

/* The problems of legal JSON that nobody can mean. */
static bool marks_report(const struct json *node, unsigned marks, struct tsim_problems *problems)
{
    bool fine = true;
    if (marks & JSON_MARK_DUPLICATE)
        fine = problem_at_key(problems, TSIM_PROBLEM_INPUT, node, NULL, NULL,
                              "keep one of the two", "the key \"%.*s\" is there twice",
                              (int)text_cut(node->key, LIMIT_NAME), node->key);
    if (marks & JSON_MARK_KEY_NUL)
        fine = problem_at_key(problems, TSIM_PROBLEM_INPUT, node, NULL, NULL, NULL,
                              "\\u0000 is not allowed in a key");
    if (marks & JSON_MARK_STRING_NUL)
        fine = problem_at(problems, TSIM_PROBLEM_INPUT, node, NULL, NULL, NULL, NULL,
                          "\\u0000 is not allowed in a text");
    if (marks & JSON_MARK_ROUNDED)
        fine = problem_at(problems, TSIM_PROBLEM_INPUT, node, NULL, NULL, NULL,
                          "whole numbers are exact up to 9007199254740992 (2^53)",
                          "a whole number is too large to be kept exactly");
    return fine;
}

/* cJSON's tree of the text. It gets a copy in which overlong numbers are replaced: their values
 * come from json_number_read in any case. */
static cJSON *parse(const struct json_document *document, const struct json_scan *scan)
{
    size_t length = document->length;
    char  *copy = malloc(length + 1);
    if (!copy)
        return NULL;
    memcpy(copy, document->text, length + 1);
    for (uint32_t i = 0; i < scan->n; i++) {
        const struct json_token *token = &scan->tokens[i];
        if (token->type == JSON_NUMBER && token->end - token->start > CJSON_NUMBER_MOST) {
            memset(copy + token->start, ' ', token->end - token->start);
            copy[token->start] = '0';
        }
    }
    cJSON *tree = cJSON_ParseWithLengthOpts(copy, length + 1, NULL, 1);
    free(copy);
    return tree;
}

static bool same_type(const cJSON *item, uint8_t type)
{
    switch (type) {
    case JSON_NULL:
        return cJSON_IsNull(item);
    case JSON_BOOL:
        return cJSON_IsBool(item);
    case JSON_NUMBER:
        return cJSON_IsNumber(item);
    case JSON_STRING:
        return cJSON_IsString(item);
    case JSON_ARRAY:
        return cJSON_IsArray(item);
    default:
        return cJSON_IsObject(item);
    }
}

static void node_fill(struct json_document *document, struct json *node,
                      const struct json_token *token, const cJSON *item)
{
    node->document = document;
    node->type = (enum json_type)token->type;
    node->size = token->size;
    node->start = token->start;
    node->end = token->end;
    node->key_start = token->key_start;
    node->key_end = token->key_end;
    if (token->key_end > 0)
        node->key = arena_copy(&document->arena, item->string);
    if (node->type == JSON_BOOL)
        node->boolean = cJSON_IsTrue(item);
    if (node->type == JSON_NUMBER)
        node->number =
            json_number_read(document->text + token->start, token->end - token->start);
    if (node->type == JSON_STRING)
        node->string = arena_copy(&document->arena, item->valuestring);
}

/* An object or array whose children are being built. */
struct level {
    struct json *node, *last; /* last: the child before the next one */
    const cJSON *item;        /* the next child                      */
    uint32_t     after;       /* token at which the level ends       */
};

/* Walks tokens and cJSON's tree side by side. False when the two disagree, which would be a bug
 * in one of them. */
static bool nodes_build(struct json_document *document, const struct json_scan *scan,
                        const cJSON *tree)
{
    struct level levels[LIMIT_JSON_DEPTH];
    size_t       depth = 0;
    for (uint32_t i = 0; i < scan->n; i++) {
        const struct json_token *token = &scan->tokens[i];
        struct json             *node = &document->nodes[i];
        while (depth > 0 && levels[depth - 1].after == i)
            if (levels[--depth].item)
                return false;
        const cJSON *item = depth > 0 ? levels[depth - 1].item : tree;
        if (!item || !same_type(item, token->type) || (token->key_end > 0) != !!item->string)
            return false;
        node_fill(document, node, token, item);
        if (depth > 0) {
            struct level *level = &levels[depth - 1];
            node->parent = level->node;
            if (level->last) {
                level->last->next = node;
                node->index = level->last->index + 1;
            } else {
                level->node->first = node;
            }
            level->last = node;
            level->item = item->next;
        }
        if (token->after > i + 1)
            levels[depth++] = (struct level){ node, NULL, item->child, token->after };
        else if (item->child)
            return false;
    }
    while (depth > 0)
        if (levels[--depth].item)
            return false;
    return true;
}

static bool document_build(struct json_document *document, const struct json_scan *scan,
                           struct tsim_problems *problems)
{
    document->nodes = ARENA_ARRAY(&document->arena, scan->n, struct json);
    cJSON *tree = document->nodes ? parse(document, scan) : NULL;
    if (!tree)
        return memory_out(document, problems);
    bool same = nodes_build(document, scan, tree);
    cJSON_Delete(tree);
    if (document->arena.failed)
        return memory_out(document, problems);
    if (!same)
        return problem_in_file(problems, TSIM_PROBLEM_INTERNAL, document->name, NULL, 0, 0, 0,
                               NULL, NULL, "please report this file as a bug",
                               "two readers of this JSON disagree");
    bool fine = true;
    for (uint32_t i = 0; i < scan->n; i++)
        if (!marks_report(&document->nodes[i], scan->tokens[i].marks, problems))
            fine = false;
    return fine;
}

/* Takes over `text`, which comes from malloc and ends with a NUL. */
static struct json_document *document_read(char *text, size_t length, const char *name,
                                           struct tsim_problems *problems)
{
    struct json_document *document = calloc(1, sizeof *document);
    if (!document) {
        free(text);
        problem_plain(problems, TSIM_PROBLEM_LIMIT, NULL, "memory is out while reading JSON");
        return NULL;
    }
    arena_open(&document->arena);
    document->text = text;
    document->length = length;
    if (name)
        document->name = arena_copy(&document->arena, name);
    struct json_scan scan;
    bool             fine = false;
    if (document->arena.failed || !places_build(document)) {
        memory_out(document, problems);
    } else {
        if (!json_scan(text, length, &scan))
            report_failure(document, &scan, problems);
        else
            fine = document_build(document, &scan, problems);
        json_scan_free(&scan);
    }
    if (fine)
        return document;
    json_free(document);
    return NULL;
}

struct json_document *json_read_file(const char *path, struct tsim_problems *problems)
{
    size_t length;
    char  *text = file_read(path, LIMIT_FILE_BYTES, &length, problems);
    return text ? document_read(text, length, path, problems) : NULL;
}

struct json_document *json_read_text(const char *text, size_t length, const char *name,
                                     struct tsim_problems *problems)
{
    char *copy = length <= LIMIT_FILE_BYTES ? malloc(length + 1) : NULL;
    if (!copy) {
        problem_in_file(problems, TSIM_PROBLEM_LIMIT, name, NULL, 0, 0, 0, NULL, NULL, NULL,
                        length <= LIMIT_FILE_BYTES ? "memory is out"
                                                   : "the text is longer than 64 MiB");
        return NULL;
    }
    if (length > 0)
        memcpy(copy, text, length);
    copy[length] = 0;
    return document_read(copy, length, name, problems);
}

void json_free(struct json_document *document)
{
    if (!document)
        return;
    arena_close(&document->arena);
    free(document->text);
    free(document);
}

/* ---- looking */

const struct json *json_root(const struct json_document *document)
{
    return document->nodes;
}

const char *json_text(const struct json_document *document, size_t *length)
{
    *length = document->length;
    return document->text;
}

const char *json_name(const struct json_document *document)
{
    return document->name;
}

const struct json *json_member(const struct json *object, const char *key)
{
    if (object->type != JSON_OBJECT)
        return NULL;
    JSON_EACH(child, object)
        if (strcmp(child->key, key) == 0)
            return child;
    return NULL;
}

const struct json *json_bare_member(const struct json *node, const char *key)
{
    return node->type == JSON_STRING ? node : json_member(node, key);
}

const struct json *json_element(const struct json *array, uint32_t index)
{
    if (array->type != JSON_ARRAY || index >= array->size)
        return NULL;
    const struct json *child = array->first;
    while (index-- > 0)
        child = child->next;
    return child;
}

const char *json_type_name(enum json_type type)
{
    static const char *const names[] = {
        [JSON_NULL] = "null",       [JSON_BOOL] = "true or false", [JSON_NUMBER] = "a number",
        [JSON_STRING] = "a text",   [JSON_ARRAY] = "a list",       [JSON_OBJECT] = "an object",
    };
    return names[type];
}

/* ---- writing */

void json_write_string(FILE *to, const char *text)
{
    size_t length = strlen(text);
    fputc('"', to);
    for (size_t at = 0; at < length;) {
        uint32_t code = 0;
        size_t   n = text_utf8(text + at, length - at, &code);
        if (n == 0)
            fputs("\\ufffd", to);
        else if (code == '"' || code == '\\')
            fprintf(to, "\\%c", (char)code);
        else if (code == '\n' || code == '\t')
            fputs(code == '\n' ? "\\n" : "\\t", to);
        else if (code < 0x20 || (code >= 0x7F && code < 0xA0))
            fprintf(to, "\\u%04x", (unsigned)code);
        else
            fwrite(text + at, 1, n, to);
        at += n > 0 ? n : 1;
    }
    fputc('"', to);
}

void json_write_number(FILE *to, double value)
{
    char spelled[JSON_NUMBER_SIZE];
    if (isfinite(value))
        json_number_write(spelled, value);
    fputs(isfinite(value) ? spelled : "null", to);
}
