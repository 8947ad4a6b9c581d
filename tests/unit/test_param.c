/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: a row reads exactly the values it says, converts them once, fills defaults, and tells what
 * is wrong with anything else, where, and what was probably meant. Method: a made-up shape with a
 * row of every type; written-out tables of texts with their value or the problem they must give. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tiersim/problem.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/param.h"

/* ---- a shape with everything */

struct inner {
    const char        *name;
    double             weight;
    const struct json *at;
};

struct thing {
    double         number, share, duration, rate, money, quantity, positive;
    uint32_t       count, choice;
    uint64_t       seed;
    bool           flag, checked;
    const char    *text, *name;
    struct numbers numbers, quantities, shares;
    struct inner   object, frame;
    struct list    list;
    struct choice  kind;
    double         custom;
};

static const struct param inner_params[] = {
    { .key = "name", .type = PARAM_NAME, .offset = offsetof(struct inner, name),
      .flags = PARAM_REQUIRED, .doc = "Its name.", .example = "\"x\"" },
    { .key = "weight", .type = PARAM_NUMBER, .offset = offsetof(struct inner, weight), .low = -5,
      .high = 5, .fallback = "1.5", .doc = "Its weight." },
};

static const struct shape inner_shape = {
    .name = "inner", .summary = "An inner thing.", .params = inner_params,
    .n_params = COUNT_OF(inner_params), .size = sizeof(struct inner),
    .at_offset = offsetof(struct inner, at),
};

static const struct shape frame_shape = {
    .name = "frame", .summary = "Has only defaults.", .params = &inner_params[1], .n_params = 1,
    .size = sizeof(struct inner),
};

static const struct param round_params[] = {
    { .key = "radius", .type = PARAM_QUANTITY, .offset = 0, .high = 1e6, .doc = "How large.",
      .flags = PARAM_REQUIRED },
};
static const struct shape round_shape = { .name = "round", .summary = "Round.",
    .params = round_params, .n_params = 1, .size = sizeof(double) };
static const struct shape flat_shape = { .name = "flat", .summary = "Flat.", .size = 0 };
static const struct kind  round_kind = { .name = "round", .summary = "Round.",
                                         .shape = &round_shape,
                                         .example = "{ \"kind\": \"round\", \"radius\": 1 }" };
static const struct kind  flat_kind = { .name = "flat", .summary = "Flat.", .shape = &flat_shape,
                                        .example = "{ \"kind\": \"flat\" }" };
static const struct kind *const form_kinds[] = { &round_kind, &flat_kind, NULL };
static const struct family form_family = { .name = "form", .summary = "What it looks like.",
                                           .kinds = form_kinds };

static bool read_custom(struct reader *reader, const struct json *node, void *value)
{
    return read_number(reader, node, 10, 20, value);
}

static const char *const colours[] = { "red", "green", "blue", NULL };

#define ROW(key_, type_)                                                                       \
    .key = #key_, .type = type_, .offset = offsetof(struct thing, key_), .doc = "A " #key_ "."
static const struct param thing_params[] = {
    { ROW(number, PARAM_NUMBER), .low = -2, .high = 1e6 },
    { ROW(share, PARAM_SHARE), .fallback = "\"12.5 %\"" },
    { ROW(duration, PARAM_DURATION), .high = 7200, .fallback = "\"5 min\"" },
    { ROW(rate, PARAM_RATE) },
    { ROW(money, PARAM_MONEY), .high = 1e9 },
    { ROW(quantity, PARAM_QUANTITY), .high = 1e6 },
    { ROW(positive, PARAM_NUMBER), .high = 9, .flags = PARAM_POSITIVE, .fallback = "3" },
    { ROW(count, PARAM_COUNT), .low = 1, .high = 64 },
    { ROW(choice, PARAM_CHOICE), .choices = colours, .fallback = "\"green\"" },
    { ROW(seed, PARAM_SEED) },
    { ROW(flag, PARAM_BOOL), .fallback = "true" },
    { ROW(text, PARAM_TEXT), .fallback = "\"\"" },
    { ROW(name, PARAM_NAME) },
    { ROW(numbers, PARAM_NUMBERS), .low = 0, .high = 10 },
    { ROW(quantities, PARAM_QUANTITIES), .high = 100 },
    { ROW(shares, PARAM_SHARES) },
    { ROW(object, PARAM_OBJECT), .shape = &inner_shape },
    { ROW(frame, PARAM_OBJECT), .shape = &frame_shape, .fallback = "{}" },
    { ROW(list, PARAM_LIST), .shape = &inner_shape, .low = 1, .high = 3 },
    { ROW(kind, PARAM_KIND), .family = &form_family, .sets_quantity = true,
      .quantity = QUANTITY_COUNT },
    { ROW(custom, PARAM_CUSTOM), .read = read_custom },
};

/* Two keys that exclude each other: a check over several keys. */
static bool check_thing(struct reader *reader, const struct json *node, void *value)
{
    struct thing *thing = value;
    thing->checked = true;
    return thing->number != 13 || wrong_value(reader, json_member(node, "number"),
                                              "no unlucky number", NULL);
}

static const struct shape thing_shape = {
    .name = "thing", .summary = "Everything.", .params = thing_params,
    .n_params = COUNT_OF(thing_params), .size = sizeof(struct thing), .check = check_thing,
};

/* ---- reading one */

struct made {
    struct arena          arena;
    struct reader         reader;
    struct tsim_problems *problems;
    struct json_document *document;
    struct thing          thing;
    bool                  good;
};

static void open_thing(struct made *made, const char *text, enum quantity quantity)
{
    *made = (struct made){ .problems = tsim_problems_new() };
    arena_open(&made->arena);
    made->reader = (struct reader){ .arena = &made->arena, .problems = made->problems,
                                    .quantity = quantity };
    made->document = json_read_text(text, strlen(text), "thing.json", made->problems);
    cr_assert(made->document, "%s", text);
    made->good = shape_read(&made->reader, json_root(made->document), &thing_shape, &made->thing);
    cr_assert_eq(made->good, tsim_problems_errors(made->problems) == 0, "%s", text);
}

static void close_thing(struct made *made)
{
    reader_close(&made->reader);
    json_free(made->document);
    tsim_problems_free(made->problems);
    arena_close(&made->arena);
}

/* The one value `key` of a thing, which must read. */
static double value_of(const struct thing *thing, const char *key)
{
    for (size_t i = 0; i < COUNT_OF(thing_params); i++) {
        const struct param *param = &thing_params[i];
        const void         *at = (const char *)thing + param->offset;
        if (strcmp(param->key, key) != 0)
            continue;
        if (param->type == PARAM_COUNT || param->type == PARAM_CHOICE)
            return *(const uint32_t *)at;
        if (param->type == PARAM_SEED)
            return (double)*(const uint64_t *)at;
        if (param->type == PARAM_BOOL)
            return *(const bool *)at;
        return *(const double *)at;
    }
    cr_assert_fail("no row %s", key);
    return NAN;
}

static const struct {
    const char *key, *text;
    double      value;
} good[] = {
    { "number", "-2", -2 },          { "number", "1e6", 1e6 },       { "number", "0.5", 0.5 },
    { "share", "0", 0 },             { "share", "1", 1 },            { "share", "0.25", 0.25 },
    { "share", "\"25 %\"", 0.25 },   { "share", "\"100%\"", 1 },     { "share", "\"0.5 "
                                                                                "%\"", 0.005 },
    { "duration", "0", 0 },          { "duration", "\"0 s\"", 0 },   { "duration", "\"90 s\"", 90 },
    { "duration", "\"1.5 min\"", 90 }, { "duration", "\"2 h\"", 7200 }, { "duration", "\"500 "
                                                                                      "ms\"", 0.5 },
    { "duration", "\"2hours\"", 7200 }, { "duration", "\"1 minute\"", 60 },
    { "duration", "\"0.05 d\"", 4320 }, { "duration", "\"0.01 w\"", 6048 },
    { "duration", "\"1e1 s\"", 10 }, { "rate", "0", 0 },             { "rate", "\"90 /h\"", 0.025 },
    { "rate", "\"90/h\"", 0.025 },   { "rate", "\"90 per hour\"", 0.025 },
    { "rate", "\"90 / hour\"", 0.025 }, { "rate", "\"1.5 /min\"", 0.025 },
    { "rate", "\"2160 /d\"", 0.025 }, { "rate", "\"15120 /w\"", 0.025 },
    { "rate", "\"0.025 /s\"", 0.025 }, { "money", "0", 0 },          { "money", "12.75", 12.75 },
    { "positive", "1e-300", 1e-300 }, { "positive", "9", 9 },        { "count", "1", 1 },
    { "count", "64", 64 },           { "count", "6.4e1", 64 },       { "choice", "\"red\"", 0 },
    { "choice", "\"blue\"", 2 },     { "seed", "9007199254740992", 0x1p53 },
    { "seed", "0", 0 },              { "flag", "false", 0 },         { "flag", "true", 1 },
    { "quantity", "\"2 min\"", 120 }, { "custom", "15", 15 },        { "number", "-0", 0 },
};

Test(param, values_are_read_and_converted)
{
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        struct made made;
        char        text[200];
        snprintf(text, sizeof text, "{ \"%s\": %s }", good[i].key, good[i].text);
        open_thing(&made, text, QUANTITY_TIME);
        cr_assert(made.good, "%s", text);
        const double value = value_of(&made.thing, good[i].key);
        cr_assert(value == good[i].value && !signbit(value) == !signbit(good[i].value),
                  "%s is read as %.17g", text, value);
        close_thing(&made);
    }
}

/* Each gives exactly one problem, whose path is of the key and whose words hold these. */
static const struct {
    const char *key, *text, *expected, *hint;
} bad[] = {
    { "number", "-2.1", "from -2 to 1000000", NULL },
    { "number", "1000000.5", "from -2 to 1000000", NULL },
    { "number", "\"5\"", "a number", "without quotes" },
    { "number", "13", "no unlucky number", NULL },
    { "number", "null", "a number", NULL },
    { "number", "[]", "a number", NULL },
    { "share", "1.01", "from 0 to 1", "\"20 %\"" },
    { "share", "25", "from 0 to 1", "as text" },
    { "share", "101", "from 0 to 1", NULL },
    { "share", "-0.1", "from 0 to 1", NULL },
    { "share", "\"101 %\"", "from 0 to 1", NULL },
    { "share", "\"25\"", "\"20 %\"", NULL },
    { "share", "\"25 percent\"", "\"20 %\"", NULL },
    { "share", "\"% 25\"", "\"20 %\"", NULL },
    { "share", "true", "\"20 %\"", NULL },
    { "duration", "90", "with its unit", "with a unit" },
    { "duration", "\"90\"", "with its unit", "min" },
    { "duration", "\"5 parsecs\"", "with its unit", "known units" },
    { "duration", "\"soon\"", "with its unit", NULL },
    { "duration", "\"121 min\"", "to 2 h", NULL },
    { "duration", "\"-1 s\"", "from 0 s", NULL },
    { "duration", "\"0x10 s\"", "with its unit", NULL },
    { "duration", "\"inf s\"", "with its unit", NULL },
    { "duration", "\"nan s\"", "with its unit", NULL },
    { "duration", "\"1e999 s\"", "with its unit", NULL },
    { "duration", "\"1 h 30 min\"", "with its unit", NULL },
    { "duration", "\"\"", "with its unit", NULL },
    { "duration", "{}", "with its unit", NULL },
    { "rate", "90", "a rate such as", NULL },
    { "rate", "\"90\"", "a rate such as", "per what" },
    { "rate", "\"90 h\"", "a rate such as", "per what" },
    { "rate", "\"90 /fortnight\"", "a rate such as", "known units" },
    { "rate", "\"-1 /h\"", "1e-9 to 1e9", NULL },
    { "rate", "\"1e10 /h\"", "1e-9 to 1e9", NULL },
    { "rate", "\"1e-10 /h\"", "1e-9 to 1e9", NULL },
    { "money", "-1", "from 0 to", NULL },
    { "money", "\"12 EUR\"", "a number", "without quotes" },
    { "positive", "0", "more than 0", NULL },
    { "count", "0", "whole number from 1 to 64", NULL },
    { "count", "65", "whole number from 1 to 64", NULL },
    { "count", "1.5", "whole number", NULL },
    { "count", "\"5\"", "whole number", "write it without quotes" },
    { "count", "\"5 h\"", "whole number", "the number alone" },
    { "choice", "\"grean\"", "\"red\", \"green\", \"blue\"", "did you mean \"green\"?" },
    { "choice", "\"violet\"", "one of", NULL },
    { "choice", "1", "one of", NULL },
    { "seed", "-1", "whole number", NULL },
    { "seed", "0.5", "whole number", NULL },
    { "flag", "1", "true or false", NULL },
    { "flag", "\"true\"", "true or false", NULL },
    { "text", "5", "text", NULL },
    { "name", "\"\"", "not empty", NULL },
    { "name", "7", "text", NULL },
    { "quantity", "5", "with its unit", "with a unit" },
    { "numbers", "3", "a list", NULL },
    { "object", "[]", "describes an inner", NULL },
    { "list", "{}", "a list of objects", NULL },
    { "kind", "\"round\"", "a form: { \"kind\": \"round\"", NULL },
    { "kind", "{ \"kind\": \"raund\", \"radius\": 1 }", "a kind of form: round, flat",
      "did you mean \"round\"?" },
    { "kind", "{ \"radius\": 1 }", "What it looks like.", "for example" },
    { "custom", "9", "from 10 to 20", NULL },
};

static bool holds(const char *text, const char *word)
{
    return !word || (text && strstr(text, word));
}

Test(param, other_values_are_refused_with_words_that_help)
{
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct made made;
        char        text[200];
        snprintf(text, sizeof text, "{ \"%s\": %s }", bad[i].key, bad[i].text);
        open_thing(&made, text, QUANTITY_TIME);
        cr_assert_not(made.good, "%s", text);
        cr_assert_eq(tsim_problems_count(made.problems), 1, "%s", text);
        const struct tsim_problem *problem = tsim_problems_get(made.problems, 0);
        cr_assert(holds(problem->expected, bad[i].expected), "%s: expected %s", text,
                  problem->expected);
        cr_assert(holds(problem->hint, bad[i].hint), "%s: hint %s", text, problem->hint);
        cr_assert(problem->path[0] == '/' &&
                      strncmp(problem->path + 1, bad[i].key, strlen(bad[i].key)) == 0,
                  "%s: %s", text, problem->path);
        cr_assert(problem->line == 1 && problem->column > 2 && problem->kind == TSIM_PROBLEM_INPUT);
        close_thing(&made);
    }
}

/* ---- whole objects */

Test(param, defaults_fill_what_is_not_given)
{
    struct made made;
    open_thing(&made, "{}", QUANTITY_TIME);
    const struct thing *thing = &made.thing;
    cr_assert(made.good && thing->checked);
    cr_assert(thing->number == 0 && thing->share == 0.125 && thing->duration == 300);
    cr_assert(thing->positive == 3 && thing->choice == 1 && thing->flag && thing->seed == 0);
    cr_assert_str_eq(thing->text, "");
    cr_assert_null(thing->name);
    cr_assert(thing->frame.weight == 1.5 && !thing->object.at);
    cr_assert(thing->list.n == 0 && !thing->kind.kind && thing->numbers.n == 0);
    close_thing(&made);
}

Test(param, lists_objects_and_kinds)
{
    struct made made;
    open_thing(&made,
               "{ \"numbers\": [1, 2.5], \"quantities\": [3, 4], \"shares\": [0.5, \"50 %\"], "
               "\"object\": { \"name\": \"o\", \"weight\": -5, \"notes\": { \"any\": [1] } }, "
               "\"list\": [ { \"name\": \"a\" }, { \"$comment\": 1, \"name\": \"b\" } ], "
               "\"kind\": { \"kind\": \"round\", \"radius\": 7 }, \"quantity\": 8 }",
               QUANTITY_MONEY);
    const struct thing *thing = &made.thing;
    const struct inner *inner = thing->list.at;
    cr_assert(made.good);
    cr_assert(thing->numbers.n == 2 && thing->numbers.at[1] == 2.5);
    cr_assert(thing->quantities.n == 2 && thing->quantities.at[1] == 4 && thing->quantity == 8);
    cr_assert(thing->shares.n == 2 && thing->shares.at[1] == 0.5);
    cr_assert(thing->object.weight == -5 && strcmp(thing->object.name, "o") == 0);
    cr_assert(thing->list.n == 2 && strcmp(inner[1].name, "b") == 0 && inner[1].weight == 1.5);
    cr_assert(thing->kind.kind == &round_kind && *(const double *)thing->kind.given == 7);
    close_thing(&made);
}

static size_t problems_of(const char *text)
{
    struct made made;
    open_thing(&made, text, QUANTITY_COUNT);
    const size_t n = tsim_problems_errors(made.problems);
    close_thing(&made);
    return n;
}

/* One pass finds them all; a check over several keys is asked only when each is right. */
Test(param, all_problems_are_found_at_once)
{
    cr_assert_eq(problems_of("{ \"number\": 13, \"share\": 2 }"), 1);
    cr_assert_eq(problems_of("{ \"number\": \"a\", \"share\": 2, \"count\": 0, \"nummber\": 1 "
                             "}"), 4);
    cr_assert_eq(problems_of("{ \"list\": [ {}, { \"name\": \"\" }, { \"name\": 1 } ] }"), 3);
    cr_assert_eq(problems_of("{ \"list\": [ { \"nmae\": \"a\" } ] }"), 1); /* not missing as well */
    cr_assert_eq(problems_of("{ \"list\": [ { \"weigth\": 1 } ] }"), 2);
    cr_assert_eq(problems_of("{ \"list\": [] }"), 1);
    cr_assert_eq(problems_of("{ \"list\": [ {}, {}, {}, {} ] }"), 1);
    cr_assert_eq(problems_of("{ \"numbers\": [ 1, 11, \"x\", -1 ] }"), 3);
    cr_assert_eq(problems_of("{ \"shares\": [ 1, 2, \"3\" ] }"), 2);
    cr_assert_eq(problems_of("{ \"kind\": { \"kind\": \"flat\", \"radius\": 1 } }"), 1);
    cr_assert_eq(problems_of("{ \"kind\": { \"kind\": \"round\" } }"), 1);
    cr_assert_eq(problems_of("[]"), 1);
    cr_assert_eq(problems_of("3"), 1);
}

Test(param, names_have_a_limit)
{
    char text[LIMIT_NAME + 40];
    for (int more = 0; more < 2; more++) {
        const int n = LIMIT_NAME + more;
        snprintf(text, sizeof text, "{ \"name\": \"%.*s%0*d\" }", 0, "", n, 7);
        cr_assert_eq(problems_of(text), (size_t)more, "%d bytes", n);
    }
}

/* A misspelt key: the nearest is offered, the place is the key's own. */
Test(param, unknown_keys_are_named_with_the_nearest)
{
    static const struct {
        const char *key, *near;
    } keys[] = {
        { "nmuber", "number" }, { "Number", "number" }, { "shar", "share" },
        { "durration", "duration" }, { "colour", NULL }, { "chioce", "choice" },
        { "quantites", "quantities" }, { "zzz", NULL }, { "obejct", "object" },
    };
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        struct made made;
        char        text[100], hint[100];
        snprintf(text, sizeof text, "{\n  \"%s\": 1 }", keys[i].key);
        open_thing(&made, text, QUANTITY_TIME);
        cr_assert_eq(tsim_problems_count(made.problems), 1);
        const struct tsim_problem *problem = tsim_problems_get(made.problems, 0);
        snprintf(hint, sizeof hint, "did you mean \"%s\"?", keys[i].near ? keys[i].near : "");
        cr_assert(keys[i].near ? strcmp(problem->hint, hint) == 0 : !strstr(problem->hint, "mean"),
                  "%s: %s", text, problem->hint);
        cr_assert(problem->line == 2 && problem->column == 3, "%s", text);
        close_thing(&made);
    }
}

/* A missing required key: its path, its meaning and an example. */
Test(param, missing_keys_are_explained)
{
    struct made made;
    open_thing(&made, "{ \"object\": { \"weight\": 1 } }", QUANTITY_TIME);
    const struct tsim_problem *problem = tsim_problems_get(made.problems, 0);
    cr_assert_str_eq(problem->message, "\"name\" is required");
    cr_assert_str_eq(problem->path, "/object/name");
    cr_assert_str_eq(problem->expected, "Its name.");
    cr_assert_str_eq(problem->hint, "for example \"name\": \"x\"");
    close_thing(&made);
}

/* What is written with every default filled in reads as the same, and is then written the same. */
Test(param, writing_fills_defaults_and_reads_back)
{
    static const char text[] =
        "{ \"number\": 2, \"kind\": { \"kind\": \"round\", \"radius\": 7 }, \"notes\": \"n\", "
        "\"list\": [ { \"name\": \"a\" } ] }";
    char       *first = NULL, *second = NULL;
    size_t      size;
    struct made made;
    open_thing(&made, text, QUANTITY_COUNT);
    FILE *to = open_memstream(&first, &size);
    shape_write(json_root(made.document), &thing_shape, to);
    fclose(to);
    close_thing(&made);
    open_thing(&made, first, QUANTITY_COUNT);
    cr_assert(made.good && made.thing.number == 2 && made.thing.share == 0.125, "%s", first);
    to = open_memstream(&second, &size);
    shape_write(json_root(made.document), &thing_shape, to);
    fclose(to);
    close_thing(&made);
    cr_assert_str_eq(first, second);
    cr_assert(strstr(first, "\"duration\": \"5 min\"") && strstr(first, "\"weight\": 1.5"), "%s",
              first);
    free(first);
    free(second);
}
