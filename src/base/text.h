/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/text.h - bounded strings, and words that are nearly right.  */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A string being built in a fixed buffer; too long is cut at a UTF-8 boundary, never
 * overrun. Always terminated. */
struct text {
    char  *at;
    size_t size, length;
    bool   cut;
};

void text_open(struct text *text, char *buffer, size_t size);
void text_add(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* "4 h", "90 min", "2.5 s": in the largest unit of which it is a whole number, else seconds. */
void text_add_duration(struct text *text, double seconds);

/* Number of single-character edits (insert, delete, replace, swap of neighbours) between two
 * words, ignoring case; stops counting above `most`. */
unsigned text_distance(const char *a, const char *b, unsigned most);

/* The word of `words` (n of them) nearest to `given` when it is near enough to be meant
 * (distance at most 2, or a third of its length), else NULL. */
const char *text_nearest(const char *given, const char *const *words, size_t n);

/* Bytes of the UTF-8 character at `text` (`length` bytes are there), its code in `code`;
 * 0 when there is none or it is malformed (overlong, surrogate, above U+10FFFF, cut off). */
size_t text_utf8(const char *text, size_t length, uint32_t *code);

/* Length of `text` cut to at most `most` bytes without splitting a character. */
size_t text_cut(const char *text, size_t most);

/* 64-bit FNV-1a followed by a mixing step: for names and fingerprints, not for security. */
uint64_t text_hash(const char *text);
uint64_t text_hash_bytes(const void *bytes, size_t n, uint64_t start);

/* Writes `text` so that a terminal or a log shows it as it is: control characters, ESC, C1,
 * bidirectional overrides and invalid UTF-8 appear as \xNN. Returns what would be needed. */
size_t text_visible(char *to, size_t size, const char *text);

/* Columns a UTF-8 text takes on a terminal. */
size_t text_columns(const char *text);

#endif
