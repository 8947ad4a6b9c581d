/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/json.h - a JSON document with places.
 *
 * Reading is strict: the scanner (base/json_scan.h) checks RFC 8259, UTF-8, duplicate
 * keys and the published limits before cJSON builds its tree; then the two are walked
 * side by side into the nodes below, which know where in the text they stand. cJSON is
 * seen by json.c alone.
 *
 * A document and its nodes never change and live until json_free.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tsim_problems;
struct json_document;

enum json_type { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

struct json {
    enum json_type              type;
    bool                        boolean;
    uint32_t                    index;    /* position in its parent                  */
    uint32_t                    size;     /* members or elements                     */
    double                      number;   /* finite                                  */
    const char                 *string;   /* no NUL inside                           */
    const char                 *key;      /* member name; NULL in arrays and at root */
    size_t                      start, end;     /* bytes [start, end) of the value   */
    size_t                      key_start, key_end; /* the key with its quotes       */
    const struct json          *parent, *first, *next;
    const struct json_document *document;
};

/* Reads a file (or text). All problems go to `problems`; NULL when there was an error.
 * `name` is the file name for messages. Caller frees. */
struct json_document *json_read_file(const char *path, struct tsim_problems *problems);
struct json_document *json_read_text(const char *text, size_t length, const char *name,
                                     struct tsim_problems *problems);
void                  json_free(struct json_document *document);

const struct json *json_root(const struct json_document *document);
const char        *json_text(const struct json_document *document, size_t *length);
const char        *json_name(const struct json_document *document);

const struct json *json_member(const struct json *object, const char *key); /* or NULL */
/* The member; of a text that stands for an object with just that member, the text. */
const struct json *json_bare_member(const struct json *node, const char *key);
const struct json *json_element(const struct json *array, uint32_t index);  /* or NULL */
const char        *json_type_name(enum json_type type); /* "a number", "an object" …  */

/* Line and column (from 1, in bytes) of byte `offset` of the text. Cost: a 64 KiB scan. */
void json_place(const struct json_document *document, size_t offset, size_t *line,
                size_t *column);

/* Loops over children in order; `child` is a const struct json *. */
#define JSON_EACH(child, parent_) \
    for (const struct json *child = (parent_)->first; child; child = child->next)

/* ---- writing: strings escaped, doubles in the shortest form that reads back exactly */
#include <stdio.h>
void json_write_string(FILE *to, const char *text);
void json_write_number(FILE *to, double value); /* finite, or the word null */

#endif
