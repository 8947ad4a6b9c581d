/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/problem.h - how the library's own code reports problems.
 *
 * Each function returns false, so that `return problem_at(...)` reads as a sentence.
 * `expected`, `found` and `hint` may be NULL. Texts are copied.
 */
#ifndef BASE_PROBLEM_H
#define BASE_PROBLEM_H

#include <tiersim/problem.h>

struct json;

/* A problem of the value at `node` (its line, column and path). With `key`, a problem
 * of that missing member of the object `node`; the path then names the member. */
bool problem_at(struct tsim_problems *problems, enum tsim_problem_kind kind,
                const struct json *node, const char *key, const char *expected,
                const char *found, const char *hint, const char *message, ...)
    __attribute__((format(printf, 8, 9)));

/* A problem of the member name of `node` itself (unknown key): the caret is under the key. */
bool problem_at_key(struct tsim_problems *problems, enum tsim_problem_kind kind,
                    const struct json *node, const char *expected, const char *found,
                    const char *hint, const char *message, ...)
    __attribute__((format(printf, 7, 8)));

/* A problem at a byte of a text that is no JSON document (a CSV file, or JSON that does not
 * parse): line and column from 1; `text` (may be NULL) is where the excerpt is taken. */
bool problem_in_file(struct tsim_problems *problems, enum tsim_problem_kind kind, const char *file,
                     const char *text, size_t length, size_t line, size_t column,
                     const char *expected, const char *found, const char *hint,
                     const char *message, ...) __attribute__((format(printf, 11, 12)));

/* A problem without a place. */
bool problem_plain(struct tsim_problems *problems, enum tsim_problem_kind kind, const char *hint,
                   const char *message, ...) __attribute__((format(printf, 4, 5)));

/* While set, warnings that come are not kept. */
void problem_leave_out_warnings(struct tsim_problems *problems, bool leave_out);

/* Spells the JSON Pointer of `node` (with "~0" and "~1"), and of its member `key` if given,
 * into `to` of `size` bytes; always terminated. */
void problem_path(const struct json *node, const char *key, char *to, size_t size);

#endif
