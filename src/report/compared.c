/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/compared.h"

#include <stdio.h>
#include <string.h>

/* Measures that have a shorter name in a table; the others are read off their names. */
static const char *short_words(const char *measure)
{
    static const char *const words[][2] = {
        { "split_share", "split" },          { "wait_mean", "mean wait" },
        { "escalated_share", "escalated" },  { "abandoned_share", "gave up" },
        { "unresolved_share", "unresolved" }, { "sla_breach_share", "missed a target" },
        { "resolution_mean", "to resolution" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(measure, words[i][0]) == 0)
            return words[i][1];
    return measure;
}

char *compared_words(const struct tsim_compared *measure, char *to, size_t size)
{
    const char *name = measure->name, *first = strchr(name, '.'), *last = strrchr(name, '.');
    if (measure->promise || !first) {
        snprintf(to, size, "%s", name);
        return to;
    }
    char         words[128];
    const size_t length = last > first ? (size_t)(last - first - 1) : 0;
    snprintf(words, sizeof words, "%s", short_words(last + 1));
    for (char *at = words; *at; at++)
        if (*at == '_')
            *at = ' ';
    if (measure->money)
        snprintf(to, size, "cost a day");
    else if (length == 0 || strncmp(name, "desk.", 5) == 0)
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
