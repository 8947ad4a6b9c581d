/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/setting.h - changes to a JSON document, written in one line.
 *
 *     more authority: tiers[0].pools[0].authority = 100, streams[*].arrivals.rate *= 1.1
 *
 * An optional name, then settings separated by commas. A path is made of member names and, in
 * brackets, positions of lists from 0, names of their elements (the member "name") or * for all;
 * a JSON Pointer such as /tiers/0/pools/0/authority will do too. Then
 *
 *     =    a value: a number, true, false, "text", a list or an object as in JSON; anything else
 *          up to the next comma is a text, so that 12 min needs no quotes
 *     *=   a factor, += a difference: of every number there, in lists too, and of texts that begin
 *          with a number ("100 /h"), whose unit stays; of a list of objects the member that
 *          is called as the list ("agents" of agents by the clock)
 *
 * Settings are made one after another. A member that is not there is added; the shape of the
 * scenario says afterwards whether it may be.
 */
#ifndef BASE_SETTING_H
#define BASE_SETTING_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct json;
struct json_document;
struct tsim_problems;

enum setting_how { SETTING_PUT, SETTING_TIMES, SETTING_PLUS };

struct setting {
    const char      *path;
    enum setting_how how;
    const char      *value;  /* SETTING_PUT: JSON text                                      */
    double           number; /* of the others                                               */
    size_t           column; /* where it stands in the text, from 1                         */
};

struct settings {
    const char     *text; /* as given                                                      */
    const char     *name; /* NULL: has none                                                */
    const char     *changes; /* the text after the name                                    */
    struct setting *at;
    size_t          n;
};

enum { SETTINGS_MOST = 1000 };

/* Reads a line of settings; all is in the arena. False when a problem was reported. */
bool settings_read(struct arena *arena, const char *text, struct settings *settings,
                   struct tsim_problems *problems);

/* The document's text with the settings made, from malloc, and its length. NULL when a problem
 * was reported: a path that leads nowhere, a factor of something that is no number. */
char *settings_apply(const struct settings *settings, const struct json_document *document,
                     size_t *length, struct tsim_problems *problems);

/* The place in a document that a path leads to, the first of those that * stands for; NULL when
 * there is none. */
const struct json *setting_find(const struct json *root, const char *path);

#endif
