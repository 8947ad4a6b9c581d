/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Families of kinds, tabled from catalog.list, and the public catalogue. */
#include "model/catalog.h"

#include <string.h>

#include <tiersim/catalog.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/json.h"
#include "base/problem.h"
#include "base/text.h"
#include "model/scenario.h"
#include "model/study.h"

const struct shape empty_shape = { .name = "empty", .summary = "Nothing to say.", .size = 1 };

/* Each table takes its own lines of the list; the other words mean nothing to it. */
#define ORDER(name)
#define SELECTION(name)
#define ARRIVAL(name)
#define TRIGGER(name)

#undef ORDER
#define ORDER(name) &order_##name.kind,
static const struct kind *const orders[] = {
#include "model/catalog.list"
    NULL,
};
#undef ORDER
#define ORDER(name)

#undef SELECTION
#define SELECTION(name) &selection_##name.kind,
static const struct kind *const selections[] = {
#include "model/catalog.list"
    NULL,
};
#undef SELECTION
#define SELECTION(name)

#undef ARRIVAL
#define ARRIVAL(name) &arrival_##name.kind,
static const struct kind *const arrivals[] = {
#include "model/catalog.list"
    NULL,
};
#undef ARRIVAL
#define ARRIVAL(name)

#undef TRIGGER
#define TRIGGER(name) &trigger_##name.kind,
static const struct kind *const trigger_kinds[] = {
#include "model/catalog.list"
    NULL,
};
#undef TRIGGER
#define TRIGGER(name) &trigger_##name,
const struct trigger_kind *const triggers[TRIGGERS] = {
#include "model/catalog.list"
};

/* Every key of a kind as its row says. */
static bool with_defaults(struct reader *reader, struct choice *choice)
{
    static const struct json nothing = { .type = JSON_OBJECT };
    void *given = arena_take(reader->arena, choice->kind->shape->size);
    choice->given = given;
    return given && shape_read(reader, &nothing, choice->kind->shape, given);
}

/* A kind of which no key is needed may be written as its name alone. */
static bool name_alone(struct reader *reader, const struct json *node, struct choice *choice,
                       const struct family *family)
{
    const char *names[64];
    size_t      n = 0;
    for (; family->kinds[n] && n < COUNT_OF(names); n++) {
        names[n] = family->kinds[n]->name;
        if (node->type == JSON_STRING && strcmp(node->string, names[n]) == 0) {
            choice->kind = family->kinds[n];
            return with_defaults(reader, choice);
        }
    }
    char        expected[512], hint[128];
    struct text text;
    text_open(&text, expected, sizeof expected);
    text_add(&text, "a kind of %s: ", family->name);
    for (size_t i = 0; i < n; i++)
        text_add(&text, "%s\"%s\"", i ? ", " : "", names[i]);
    const char *near = node->type == JSON_STRING ? text_nearest(node->string, names, n) : NULL;
    text_open(&text, hint, sizeof hint);
    if (near)
        text_add(&text, "did you mean \"%s\"?", near);
    return wrong_value(reader, node, expected, near ? hint : NULL);
}

static bool order_name(struct reader *reader, const struct json *node, struct choice *choice)
{
    return name_alone(reader, node, choice, &order_family);
}

static bool selection_name(struct reader *reader, const struct json *node, struct choice *choice)
{
    return name_alone(reader, node, choice, &selection_family);
}

const struct family order_family = {
    .name = "queue_order",
    .summary = "Which waiting contact a freed agent takes.",
    .kinds = orders,
    .shorthand = order_name,
    .shorthand_doc = "the kind's name alone, \"fifo\"",
    .shorthand_schema = "\"type\": \"string\"",
};

const struct family selection_family = {
    .name = "agent_selection",
    .summary = "Which idle agent takes a contact.",
    .kinds = selections,
    .shorthand = selection_name,
    .shorthand_doc = "the kind's name alone, \"longest_idle\"",
    .shorthand_schema = "\"type\": \"string\"",
};

const struct family arrival_family = {
    .name = "arrivals",
    .summary = "When the contacts of a stream come.",
    .kinds = arrivals,
};

const struct family trigger_family = {
    .name = "trigger",
    .summary = "Why a contact has to move on; asked when work on it ends.",
    .kinds = trigger_kinds,
};

/* ---- the public catalogue */

struct word_search {
    const char *word;
    FILE       *to;
    bool        found;
    const char *words[1024]; /* all words seen, for the nearest */
    size_t      n;
};

static void see_word(struct word_search *search, const char *word)
{
    if (search->n < COUNT_OF(search->words))
        search->words[search->n++] = word;
}

static bool is_word(struct word_search *search, const char *word)
{
    see_word(search, word);
    if (strcmp(word, search->word) != 0)
        return false;
    if (search->found)
        fputc('\n', search->to);
    search->found = true;
    return true;
}

static void search_keys(struct word_search *search, const char *owner, const struct shape *shape)
{
    for (size_t i = 0; i < shape->n_params; i++)
        if (is_word(search, shape->params[i].key))
            param_explain(owner, &shape->params[i], search->to);
}

static void search_shape(const struct shape *shape, void *user)
{
    struct word_search *search = user;
    if (is_word(search, shape->name))
        shape_explain(shape, search->to);
    search_keys(search, shape->name, shape);
}

static void search_family(const struct family *family, void *user)
{
    struct word_search *search = user;
    if (is_word(search, family->name))
        family_explain(family, search->to);
    for (size_t i = 0; family->kinds[i]; i++) {
        if (is_word(search, family->kinds[i]->name))
            kind_explain(family, family->kinds[i], search->to);
        search_keys(search, family->kinds[i]->name, family->kinds[i]->shape);
    }
}

bool tsim_catalog_explain(const char *word, FILE *to)
{
    struct word_search search = { .word = word, .to = to };
    shape_walk(&scenario_shape, search_shape, search_family, &search);
    shape_walk(&study_shape, search_shape, search_family, &search);
    if (search.found)
        return true;
    char shown[128];
    text_visible(shown, sizeof shown, word);
    const char *near = text_nearest(word, search.words, search.n);
    fprintf(to, "\"%s\" is not a word of a scenario", shown);
    if (near)
        fprintf(to, "; did you mean \"%s\"?\n", near);
    else
        fputs(". Without a word, explain lists them all.\n", to);
    return false;
}

static void list_shape(const struct shape *shape, void *user)
{
    fprintf(user, "%-18s part of a scenario\n", shape->name);
}

static void list_study_shape(const struct shape *shape, void *user)
{
    fprintf(user, "%-18s part of a study\n", shape->name);
}

static void list_family(const struct family *family, void *user)
{
    size_t column = (size_t)fprintf(user, "%-18s kinds:", family->name);
    for (size_t i = 0; family->kinds[i]; i++) {
        const size_t length = strlen(family->kinds[i]->name);
        if (column + length + 2 > 78) {
            fprintf(user, "\n%25s", "");
            column = 25;
        }
        fprintf(user, " %s%s", family->kinds[i]->name, family->kinds[i + 1] ? "," : "\n");
        column += length + 2;
    }
}

void tsim_catalog_list(FILE *to)
{
    fputs("Words to explain (tiersim explain WORD): parts, kinds, and every key.\n\n", to);
    shape_walk(&scenario_shape, list_shape, list_family, to);
    shape_walk(&study_shape, list_study_shape, list_family, to);
}

void tsim_catalog_schema(FILE *to)
{
    shape_schema(&scenario_shape, to);
}

void tsim_catalog_study_schema(FILE *to)
{
    shape_schema(&study_shape, to);
}

void tsim_catalog_reference(FILE *to)
{
    fputs("# Scenario reference\n\nEverything a scenario file may say, in the order in which it is "
          "met from the root\n(`scenario`). This page is printed by `tiersim explain --reference`; "
          "the same rows check\na scenario, so page and program cannot differ. Every object may "
          "also carry `notes`\n(any value), which the program does not read.\n\n"
          "Durations carry a unit: `\"90 s\"`, `\"12 min\"`, `\"4 h\"`, `\"2 d\"`, `\"1 w\"`. "
          "Rates are such as\n`\"100 /h\"`. Shares are 0 to 1, or `\"20 %\"`. Money is a number in "
          "the scenario's currency.\n\n", to);
    shape_reference(&scenario_shape, to);
    fputs("# Study reference\n\nEverything a study file may say; what studies are is in "
          "[experiments.md](experiments.md).\n\n", to);
    shape_reference(&study_shape, to);
}
