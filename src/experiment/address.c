/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/address.h"

#include <stdint.h>
#include <string.h>

#include "base/assert.h"
#include "base/problem.h"
#include "base/text.h"
#include "model/measure.h"

enum { WORDS = 1024, NAMES_MOST = 64 };

/* "a", "b" …: what there is, as far as it fits a line. */
static void add_word(struct text *text, const char *word)
{
    if (text->length < 200)
        text_add(text, "%s\"%s\"", text->length ? ", " : "", word);
    else if (text->length < 203)
        text_add(text, " ...");
}

static bool no_scope(const char *text, size_t length, const struct json *at,
                     struct tsim_problems *problems)
{
    char        given[64], words[WORDS], hint[128];
    const char *names[TSIM_SCOPES];
    struct text list;
    text_open(&list, words, sizeof words);
    for (int s = 0; s < TSIM_SCOPES; s++) {
        names[s] = tsim_scope_name((enum tsim_scope)s);
        add_word(&list, names[s]);
    }
    snprintf(given, sizeof given, "%.*s", (int)(length < 60 ? length : 60), text);
    const char *near = text_nearest(given, names, TSIM_SCOPES);
    snprintf(hint, sizeof hint, "did you mean \"%s\"?", near ? near : "");
    return problem_at(problems, TSIM_PROBLEM_INPUT, at, NULL, words, NULL,
                      near ? hint : "such as tier.L1.service_level or cost.total.per_day",
                      "there is no scope \"%s\"", given);
}

static bool no_measure(enum tsim_scope scope, const char *name, const struct json *at,
                       struct tsim_problems *problems)
{
    char         words[WORDS], hint[128];
    const char  *names[NAMES_MOST];
    size_t       n = 0;
    struct text  list;
    text_open(&list, words, sizeof words);
    for (; n < measure_count(scope) && n < NAMES_MOST; n++) {
        names[n] = measure_at(scope, n)->public.name;
        add_word(&list, names[n]);
    }
    const char *near = text_nearest(name, names, n);
    snprintf(hint, sizeof hint, "did you mean \"%s\"?", near ? near : "");
    return problem_at(problems, TSIM_PROBLEM_INPUT, at, NULL, words, NULL, near ? hint : NULL,
                      "the scope \"%s\" has no measure \"%.60s\"", tsim_scope_name(scope), name);
}

bool address_read(struct address *address, const char *text, const struct json *at,
                  struct tsim_problems *problems)
{
    const size_t first = strcspn(text, ".");
    const char  *last = strrchr(text, '.');
    int          scope = 0;
    *address = (struct address){ .entry = text };
    while (scope < TSIM_SCOPES &&
           (strlen(tsim_scope_name((enum tsim_scope)scope)) != first ||
            strncmp(tsim_scope_name((enum tsim_scope)scope), text, first) != 0))
        scope++;
    if (scope == TSIM_SCOPES)
        return no_scope(text, first, at, problems);
    address->scope = (enum tsim_scope)scope;
    if (!last)
        last = text + first - 1; /* no measure at all */
    address->measure = measure_index(address->scope, last + 1);
    if (address->measure == SIZE_MAX)
        return no_measure(address->scope, last + 1, at, problems);
    address->about = &measure_at(address->scope, address->measure)->public;
    if (last > text + first) {
        address->entry = text + first + 1;
        address->length = (size_t)(last - address->entry);
    }
    return true;
}

static bool is_entry(const struct address *address, const char *name)
{
    return strlen(name) == address->length && strncmp(name, address->entry, address->length) == 0;
}

size_t address_place(const struct address *address, const struct plan *plan)
{
    char name[WORDS];
    for (size_t e = 0; e < measure_entries(plan, address->scope); e++) {
        measure_entry_name(plan, address->scope, e, name, sizeof name);
        if (is_entry(address, name) ||
            (address->scope == TSIM_SCOPE_DESK && address->length == 0))
            return measure_offset(plan, address->scope) + e * measure_count(address->scope) +
                   address->measure;
    }
    return SIZE_MAX;
}

bool address_missing(const struct address *address, const struct plan *plan, const char *name,
                     const struct json *at, struct tsim_problems *problems)
{
    char        words[WORDS], entry[WORDS];
    struct text list;
    text_open(&list, words, sizeof words);
    for (size_t e = 0; e < measure_entries(plan, address->scope); e++) {
        measure_entry_name(plan, address->scope, e, entry, sizeof entry);
        add_word(&list, entry);
    }
    return problem_at(problems, TSIM_PROBLEM_INPUT, at, NULL, list.length ? words : NULL, NULL,
                      NULL, "\"%s\" has no %s \"%.*s\"", name, tsim_scope_name(address->scope),
                      (int)(address->length < 200 ? address->length : 200), address->entry);
}

/* Measures by the beginnings of their names. */
static enum tsim_sense sense_of(const char *name)
{
    static const char *const less[] = {
        "wait_", "abandoned_", "blocked_", "unresolved_", "open_", "withdrawn_", "breach", "late_",
        "sla_breach", "cost_", "penalty", "first_response_", "resolution_", "sojourn_", "backlog_",
        "redial", "reopen_", "customers_lost", "transfers_", "returns_", "misrouted_", "leakage_",
        "call_backs_late", "displeased_", "false_containment", "queue_", "delayed_", "avoidable_",
        "overtime_", "hop_limited", "per_contact", "per_resolution",
    };
    static const char *const more[] = { "service_level", "resolved_share", "human_resolved",
                                        "first_contact", "first_level", "satisfaction_",
                                        "answered_share" };
    for (size_t i = 0; i < COUNT_OF(less); i++)
        if (strncmp(name, less[i], strlen(less[i])) == 0)
            return TSIM_LESS_IS_BETTER;
    for (size_t i = 0; i < COUNT_OF(more); i++)
        if (strncmp(name, more[i], strlen(more[i])) == 0)
            return TSIM_MORE_IS_BETTER;
    return TSIM_NEITHER_IS_BETTER;
}

enum tsim_sense address_sense(const struct address *address)
{
    return address->scope == TSIM_SCOPE_COST ? TSIM_LESS_IS_BETTER
                                             : sense_of(address->about->name);
}
