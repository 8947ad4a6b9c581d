/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/param_keys.h"

#include <string.h>

#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/param.h"
#include "base/problem.h"
#include "base/text.h"

static const struct param *find_param(const struct shape *shape, const char *key)
{
    for (size_t i = 0; i < shape->n_params; i++)
        if (strcmp(shape->params[i].key, key) == 0)
            return &shape->params[i];
    return NULL;
}

const char *article(const char *noun)
{
    return strchr("aeiou", noun[0]) ? "an" : "a";
}

/* Keys that every object may carry for its readers: they say nothing to the program. */
static bool free_key(const char *key)
{
    return strcmp(key, "notes") == 0 || strcmp(key, "$comment") == 0;
}

/* The key of a shape that was probably meant; NULL when none is near. */
static const char *nearest_key(const struct shape *shape, const char *key)
{
    const char *keys[128];
    size_t      n = 0;
    while (n < shape->n_params && n < COUNT_OF(keys)) {
        keys[n] = shape->params[n].key;
        n++;
    }
    return text_nearest(key, keys, n);
}

/* The shapes that have a key, as shape_walk comes to them. */
struct owners {
    const char         *key;
    const struct shape *at[3];
    size_t              n;
};

static void owner_seen(const struct shape *shape, void *user)
{
    struct owners *owners = user;
    if (!find_param(shape, owners->key))
        return;
    if (owners->n < COUNT_OF(owners->at))
        owners->at[owners->n] = shape;
    owners->n++;
}

/* What the shape says of a key that people look for in it. */
static const char *sought_hint(const struct shape *shape, const char *key)
{
    for (const struct elsewhere *at = shape->elsewhere; at && at->key; at++)
        if (strcmp(at->key, key) == 0)
            return at->hint;
    return NULL;
}

/* Names the shapes that have the key, if they are few. */
static bool add_owners(const struct reader *reader, const char *key, struct text *hint)
{
    struct owners owners = { .key = key };
    if (reader->root)
        shape_walk(reader->root, owner_seen, NULL, &owners);
    if (owners.n == 0 || owners.n > COUNT_OF(owners.at))
        return false;
    for (size_t i = 0; i < owners.n; i++)
        text_add(hint, "%s%s %s", i == 0 ? "it is a key of " : i + 1 < owners.n ? ", " : " or ",
                 article(owners.at[i]->name), owners.at[i]->name);
    return true;
}

bool key_unknown(struct reader *reader, const struct json *node, const struct shape *shape)
{
    const char *quote = strchr(shape->name, ' ') ? "\"" : "";
    char        expected[512], hint[160];
    struct text text;
    text_open(&text, expected, sizeof expected);
    text_add(&text, "a key of %s %s: ", article(shape->name), shape->name);
    for (size_t i = 0; i < shape->n_params; i++)
        text_add(&text, "%s%s", i ? ", " : "", shape->params[i].key);
    const char *sought = sought_hint(shape, node->key), *near = nearest_key(shape, node->key);
    text_open(&text, hint, sizeof hint);
    if (sought)
        text_add(&text, "%s", sought);
    else if (near)
        text_add(&text, "did you mean \"%s\"?", near);
    else if (!add_owners(reader, node->key, &text))
        text_add(&text, "remarks go into \"notes\"; `tiersim explain %s%s%s` lists the keys",
                 quote, shape->name, quote);
    return problem_at_key(reader->problems, TSIM_PROBLEM_INPUT, node, expected, NULL, hint,
                          "unknown key \"%s\"", node->key);
}

bool key_known(const struct shape *shape, const char *also, const char *key)
{
    return find_param(shape, key) || free_key(key) || (also && strcmp(also, key) == 0);
}

bool key_misspelt(const struct json *node, const struct shape *shape, const char *also,
                        const char *key)
{
    JSON_EACH(member, node)
    {
        const char *near =
            key_known(shape, also, member->key) ? NULL : nearest_key(shape, member->key);
        if (near && strcmp(near, key) == 0)
            return true;
    }
    return false;
}

bool key_missing(struct reader *reader, const struct json *node, const struct param *param)
{
    char        hint[256];
    struct text text;
    text_open(&text, hint, sizeof hint);
    if (param->example)
        text_add(&text, "for example \"%s\": %s", param->key, param->example);
    return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, param->key, param->doc, NULL,
                      param->example ? hint : NULL, "\"%s\" is required", param->key);
}
