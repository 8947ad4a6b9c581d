/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/plugin.h - policies of users: shared objects that are code, and are loaded with consent
 * only.
 */
#ifndef MODEL_PLUGIN_H
#define MODEL_PLUGIN_H

#include <stdbool.h>

#include <tiersim/policy.h>

struct json;
struct reader;

struct plugin {
    void                     *handle; /* of the loader; NULL: nothing is loaded            */
    const struct tsim_policy *table;  /* checked; NULL: there is none                      */
    char                      fingerprint[17]; /* of the file; "": none                    */
};

/* Loads the shared object that the text `node` names, from the scenario's folder, and checks its
 * table. False when a problem was reported, at the node. */
bool plugin_open(struct plugin *plugin, struct reader *reader, const struct json *node);

/* Nothing of it may be used after this. */
void plugin_close(struct plugin *plugin);

#endif
