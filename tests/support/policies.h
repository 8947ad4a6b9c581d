/* SPDX-License-Identifier: GPL-3.0-or-later */
/* support/policies.h - scenarios with a policy of tests/plugins or docs/examples put in. */
#ifndef SUPPORT_POLICIES_H
#define SUPPORT_POLICIES_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tiersim.h>

/* `text` with a policy, from malloc; `rest` follows its "plugin" (may be ""). */
static inline char *policy_text(const char *text, const char *plugin, const char *rest)
{
    const size_t room = strlen(text) + strlen(TSIM_PLUGINS) + strlen(plugin) + strlen(rest) + 64;
    char        *with = malloc(room);
    cr_assert(with && text[0] == '{');
    snprintf(with, room, "{ \"policy\": { \"plugin\": \"%s/%s\"%s },%s", TSIM_PLUGINS, plugin, rest,
             text + 1);
    return with;
}

static inline struct tsim_scenario *policy_load(const char *text, struct tsim_problems *problems)
{
    const struct tsim_source source = { .text = text, .length = strlen(text), .name = "policy.json",
                                        .allow_plugins = true };
    return tsim_scenario_open(&source, problems);
}

#endif
