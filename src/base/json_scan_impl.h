/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/json_scan_impl.h - what the scanner (json_scan.c) and its explanations of errors
 * (json_scan_fail.c) share.  */
#ifndef BASE_JSON_SCAN_IMPL_H
#define BASE_JSON_SCAN_IMPL_H

#include <string.h>

#include "base/json_scan.h"
#include "base/limits.h"

enum {
    NONE = -1, /* no byte: the end of the text */
};

enum state { WANT_VALUE, WANT_FIRST_ELEMENT, WANT_FIRST_KEY, WANT_KEY, WANT_NEXT, WANT_END };

struct scanner {
    struct json_scan *scan;
    const char       *text;
    size_t            length, at;
    enum state        state;
    uint32_t          stack[LIMIT_JSON_DEPTH]; /* tokens of the open objects and arrays */
    size_t            depth;
    size_t            comma; /* offset of the comma before a wanted key or value */
    size_t            string; /* offset of the last string's opening quote */
    uint32_t          key_start, key_end;
    uint8_t           key_marks;
    struct json_keys *keys; /* NULL until needed */
};

static inline int peek(const struct scanner *s, size_t at)
{
    return at < s->length ? (unsigned char)s->text[at] : NONE;
}

static inline bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static inline bool is_letter(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c >= 0x80;
}

static inline bool starts(const struct scanner *s, size_t at, const char *word)
{
    size_t n = strlen(word);
    return n <= s->length - at && memcmp(s->text + at, word, n) == 0;
}

static inline bool starts_any_case(const struct scanner *s, size_t at, const char *word)
{
    for (; *word; word++, at++)
        if (at >= s->length || (s->text[at] | 0x20) != *word)
            return false;
    return !is_letter(peek(s, at)) && !is_digit(peek(s, at));
}

static inline struct json_token *scan_innermost(const struct scanner *s)
{
    return s->depth > 0 ? &s->scan->tokens[s->stack[s->depth - 1]] : NULL;
}

/* The end of what was read last, before the white space here. */
size_t scan_value_end(const struct scanner *s);

/* Each of these notes the error at a byte and returns false. `hint` is a format and may be ""
 * through "%s". scan_fail also says what was expected and what stands there instead. */
bool scan_fail(struct scanner *s, size_t offset, const char *message, const char *expected,
               const char *hint, ...) __attribute__((format(printf, 5, 6)));
bool scan_fail_plain(struct scanner *s, size_t offset, const char *message, const char *hint, ...)
    __attribute__((format(printf, 4, 5)));
bool scan_fail_limit(struct scanner *s, size_t offset, const char *message, const char *hint);
bool scan_fail_memory(struct scanner *s);

/* What can be wrong behind a value: something where a comma should be (`end` is behind the
 * value), the closing bracket of another kind than what is open, a colon. */
bool scan_fail_no_comma(struct scanner *s, size_t end, const char *expected);
bool scan_fail_bracket(struct scanner *s, size_t end, const char *expected);
bool scan_fail_colon(struct scanner *s, size_t end, const char *expected);

/* Fails when something stands here that is wrong anywhere outside of strings: a comment, other
 * quotes, the end of the file, bytes that are no text. True when it did. */
bool scan_explain(struct scanner *s, const char *expected);

/* Fails when the string that was read last seems to lack its closing quote. True when it did. */
bool scan_explain_quote(struct scanner *s);

#endif
