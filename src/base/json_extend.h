/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/json_extend.h - a document that says only in what it differs from another.
 *
 * The root's member "extends" names a file, looked up from the folder of the file that names it,
 * which may extend a further one. What comes out is a tree in which every node knows the document
 * in which it stands, so that problems are told there:
 *
 *     objects   key by key; a member that is null takes the base's out
 *     lists     whose elements are all objects with a "name": name by name, new ones at the end
 *     others    replace what the base says
 */
#ifndef BASE_JSON_EXTEND_H
#define BASE_JSON_EXTEND_H

#include "base/arena.h"
#include "base/json.h"

enum { EXTENSIONS_MOST = 8 }; /* files in a row */

struct json_extension {
    struct arena          arena; /* of the tree                                            */
    struct json_document *bases[EXTENSIONS_MOST];
    size_t                n;     /* 0: the document extends nothing                        */
    const struct json    *root;  /* of the tree, or of the document                        */
    const struct json    *too_long; /* a list too long to be merged; NULL: none            */
};

/* Follows what a document extends; `path` is its file, NULL when it has none, then `folder` is
 * where names are looked up. False when a problem was reported. Close in any case; the document
 * must live until then. */
bool json_extend(struct json_extension *extension, const struct json_document *document,
                 const char *path, const char *folder, struct tsim_problems *problems);
void json_extension_close(struct json_extension *extension);

/* The tree's text, from malloc; NULL when memory is out. */
char *json_extension_text(const struct json_extension *extension, size_t *length);

#endif
