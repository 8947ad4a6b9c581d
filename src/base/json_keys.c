/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json_keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/json_scan.h"
#include "base/limits.h"
#include "base/text.h"

enum { SLOTS_LEAST = 16, SLOTS_MOST = 8192 }; /* powers of two */

_Static_assert(SLOTS_MOST >= 2 * LIMIT_JSON_KEYS, "the set is at most half full");

/* A hash set with open addressing. The hash is seeded with the whole text, so that a file can
 * hardly be made of keys that all fall into one slot. */
struct json_keys {
    const char *text;
    uint64_t    seed;
    uint32_t    slot[SLOTS_MOST]; /* token number; 0, which is never a member: empty */
    uint64_t    hash[SLOTS_MOST];
    char        decoded[2][LIMIT_JSON_STRING];
};

static uint32_t hex4(const char *digits)
{
    uint32_t code = 0;
    for (size_t i = 0; i < 4; i++) {
        char c = digits[i];
        code = code << 4 | (uint32_t)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return code;
}

/* Decodes the escape at `from`, which the scanner found good, into UTF-8. Moves both ends. */
static void escape_decode(const char **from, char **to)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    char              letter = (*from)[1];
    if (letter != 'u') {
        const char *known = strchr(letters, letter);
        TSIM_ASSERT(known && letter);
        *(*to)++ = meanings[known - letters];
        *from += 2;
        return;
    }
    uint32_t code = hex4(*from + 2);
    *from += 6;
    if (code >= 0xD800 && code <= 0xDBFF) {
        code = 0x10000 + ((code - 0xD800) << 10) + (hex4(*from + 2) - 0xDC00);
        *from += 6;
    }
    if (code < 0x80) {
        *(*to)++ = (char)code;
        return;
    }
    size_t n = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    (*to)[0] = (char)((0xF00u >> n & 0xF0u) | code >> 6 * (n - 1));
    for (size_t i = 1; i < n; i++)
        (*to)[i] = (char)(0x80u | (code >> 6 * (n - 1 - i) & 0x3Fu));
    *to += n;
}

/* The characters of a key: in the text itself when nothing is escaped, else in `buffer`. */
static const char *key_decode(const struct json_keys *keys, const struct json_token *token,
                              char *buffer, size_t *length)
{
    const char *from = keys->text + token->key_start + 1, *end = keys->text + token->key_end - 1;
    *length = (size_t)(end - from);
    if (!(token->marks & JSON_MARK_KEY_ESCAPED))
        return from;
    char *to = buffer;
    while (from < end) {
        if (*from == '\\')
            escape_decode(&from, &to);
        else
            *to++ = *from++;
    }
    *length = (size_t)(to - buffer);
    TSIM_ASSERT(*length <= LIMIT_JSON_STRING);
    return buffer;
}

static bool key_equal(struct json_keys *keys, const struct json_token *a,
                      const struct json_token *b)
{
    size_t      n_a, n_b;
    const char *text_a = key_decode(keys, a, keys->decoded[0], &n_a);
    const char *text_b = key_decode(keys, b, keys->decoded[1], &n_b);
    return n_a == n_b && memcmp(text_a, text_b, n_a) == 0;
}

/* Adds the key of a token to the set. False when it was there. */
static bool key_add(struct json_keys *keys, uint32_t slots, const struct json_token *tokens,
                    uint32_t token)
{
    size_t      length;
    const char *key = key_decode(keys, &tokens[token], keys->decoded[0], &length);
    uint64_t    hash = text_hash_bytes(key, length, keys->seed);
    uint32_t    at = (uint32_t)hash & (slots - 1);
    for (; keys->slot[at]; at = (at + 1) & (slots - 1))
        if (keys->hash[at] == hash && key_equal(keys, &tokens[keys->slot[at]], &tokens[token]))
            return false;
    keys->slot[at] = token;
    keys->hash[at] = hash;
    return true;
}

bool json_keys_mark(struct json_keys **keys, const char *text, size_t length,
                    struct json_token *tokens, uint32_t object)
{
    uint32_t size = tokens[object].size, slots = SLOTS_LEAST;
    if (size < 2)
        return true;
    if (!*keys) {
        *keys = malloc(sizeof **keys);
        if (!*keys)
            return false;
        (*keys)->seed = text_hash_bytes(text, length, 0);
    }
    (*keys)->text = text;
    while (slots < 2 * size)
        slots *= 2;
    TSIM_ASSERT(slots <= SLOTS_MOST);
    memset((*keys)->slot, 0, slots * sizeof (*keys)->slot[0]);
    for (uint32_t i = object + 1; i < tokens[object].after; i = tokens[i].after)
        if (!key_add(*keys, slots, tokens, i))
            tokens[i].marks |= JSON_MARK_DUPLICATE;
    return true;
}

void json_keys_free(struct json_keys *keys)
{
    free(keys);
}
