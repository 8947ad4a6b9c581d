/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/json_scan.h - what a JSON text is made of, and where exactly it goes wrong.
 *
 * The scanner accepts the texts of RFC 8259 and no others: UTF-8 without a byte order mark,
 * no comments, no trailing commas, escapes of whole characters only, finite numbers. It stops
 * at the first error, or at the first limit of base/limits.h that is exceeded. It never calls
 * itself, so nesting costs no stack. Cost: linear in the text.
 *
 * The result is a flat list of values in the order in which they begin: an object or array
 * comes before its children, and `after` skips over them. Three things are legal JSON but
 * not what anyone can mean, and are marked rather than refused: duplicate keys, \u0000
 * inside a text, whole numbers that a double cannot hold.
 */
#ifndef BASE_JSON_SCAN_H
#define BASE_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"

enum json_mark {
    JSON_MARK_DUPLICATE = 1,   /* an earlier member of the object has the same key     */
    JSON_MARK_KEY_NUL = 2,     /* the key contains \u0000                              */
    JSON_MARK_STRING_NUL = 4,  /* the string contains \u0000                           */
    JSON_MARK_ROUNDED = 8,     /* a whole number above 2^53 that changes when read     */
    JSON_MARK_KEY_ESCAPED = 16 /* the key contains a backslash                         */
};

struct json_token {
    uint32_t start, end;         /* bytes [start, end) of the value                    */
    uint32_t key_start, key_end; /* the key with its quotes; both 0 outside objects    */
    uint32_t size;               /* members or elements                                */
    uint32_t after;              /* first token that is not inside this one            */
    uint8_t  type;               /* enum json_type                                     */
    uint8_t  marks;              /* of enum json_mark                                  */
};

struct json_scan {
    struct json_token *tokens;
    uint32_t           n, room;
    bool               failed;
    bool               limit;    /* … because of a limit, not of wrong JSON            */
    bool               no_place; /* … and the offset says nothing (UTF-16, no memory)  */
    size_t             offset;   /* byte at which the error is                         */
    const char        *message;  /* the rest may be NULL                               */
    const char        *expected;
    char               found[64], hint[160]; /* "" when there is nothing to say        */
};

/* Scans `length` bytes. False when it failed; call json_scan_free in either case. */
bool json_scan(const char *text, size_t length, struct json_scan *scan);
void json_scan_free(struct json_scan *scan);

#endif
