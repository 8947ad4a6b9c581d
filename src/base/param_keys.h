/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/param_keys.h - keys that are unknown, misspelt, missing, or belong somewhere else. */
#ifndef BASE_PARAM_KEYS_H
#define BASE_PARAM_KEYS_H

#include <stdbool.h>

struct json;
struct param;
struct reader;
struct shape;

/* "a" or "an". */
const char *article(const char *noun);

/* Whether a key is one of the shape, one that every object may carry, or `also`. */
bool key_known(const struct shape *shape, const char *also, const char *key);

/* Whether a key is there but misspelt: that is reported, so it is not missing as well. */
bool key_misspelt(const struct json *node, const struct shape *shape, const char *also,
                  const char *key);

/* Report a member that the shape has no row for, a row that the node has no member for. False. */
bool key_unknown(struct reader *reader, const struct json *node, const struct shape *shape);
bool key_missing(struct reader *reader, const struct json *node, const struct param *param);

#endif
