/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/json_diff.h - what differs between two documents.
 *
 * Objects are compared member by member, lists element by element: elements that have a "name" by
 * it, others by position. A path is written as settings take it (base/setting.h).
 */
#ifndef BASE_JSON_DIFF_H
#define BASE_JSON_DIFF_H

struct json;

/* Calls `told` for every value that differs, in the order of the documents, with its JSON text
 * before and after, on one line and cut short; NULL where it is not there. */
void json_diff(const struct json *before, const struct json *after,
               void (*told)(void *user, const char *path, const char *before, const char *after),
               void *user);

#endif
