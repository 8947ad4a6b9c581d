/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/compared.h"

#include <stdio.h>
#include <string.h>

char *compared_words(const struct tsim_compared *measure, char *to, size_t size)
{
    const char *name = measure->name, *first = strchr(name, '.'), *last = strrchr(name, '.');
    if (measure->promise || !first) {
        snprintf(to, size, "%s", name);
        return to;
    }
    char         words[128];
    const size_t length = last > first ? (size_t)(last - first - 1) : 0;
    snprintf(words, sizeof words, "%s", last + 1);
    for (char *at = words; *at; at++)
        if (*at == '_')
            *at = ' ';
    if (length == 0 || strncmp(name, "desk.", 5) == 0)
        snprintf(to, size, "%s", words);
    else if (strncmp(name, "cost.", 5) == 0)
        snprintf(to, size, "%.*s cost %s", (int)length, first + 1, words);
    else
        snprintf(to, size, "%.*s %s", (int)length, first + 1, words);
    return to;
}

const char *compared_outcome(enum tsim_outcome outcome)
{
    static const char *const names[] = {
        [TSIM_UNDEFINED] = "undefined", [TSIM_IDENTICAL] = "identical",
        [TSIM_NOT_SHOWN] = "not_shown", [TSIM_BETTER] = "better",
        [TSIM_WORSE] = "worse",         [TSIM_HIGHER] = "higher",
        [TSIM_LOWER] = "lower",
    };
    return names[outcome];
}
