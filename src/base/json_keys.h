/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/json_keys.h - finds the keys that an object has twice.
 *
 * Keys are compared as the characters they stand for: "a" and "\u0061" are the same. Cost:
 * linear in the object, whatever its keys are.
 */
#ifndef BASE_JSON_KEYS_H
#define BASE_JSON_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_keys;
struct json_token;

/* Marks (JSON_MARK_DUPLICATE) those members of the complete object `tokens[object]` of `text`
 * whose key came before. `*keys` is working memory, made when NULL. False when memory is out. */
bool json_keys_mark(struct json_keys **keys, const char *text, size_t length,
                    struct json_token *tokens, uint32_t object);
void json_keys_free(struct json_keys *keys);

#endif
