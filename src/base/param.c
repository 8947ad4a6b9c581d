/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading by rows. The describing half of base/param.h is in param_describe.c. */
#include "base/param.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/param_keys.h"
#include "base/problem.h"
#include "base/text.h"

/* What stands at a node, short enough to quote. */
static void spell_found(const struct json *node, char *to, size_t size)
{
    struct text text;
    text_open(&text, to, size);
    switch (node->type) {
    case JSON_STRING:
        text_add(&text, "\"%.60s\"", node->string);
        break;
    case JSON_NUMBER: {
        size_t      length;
        const char *source = json_text(node->document, &length);
        text_add(&text, "%.*s", (int)(node->end - node->start > 40 ? 40 : node->end - node->start),
                 source + node->start);
        break;
    }
    case JSON_BOOL:
        text_add(&text, node->boolean ? "true" : "false");
        break;
    default:
        text_add(&text, "%s", json_type_name(node->type));
    }
}

bool wrong_value(struct reader *reader, const struct json *node, const char *expected,
                 const char *hint)
{
    char found[128];
    spell_found(node, found, sizeof found);
    return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, NULL, expected, found, hint,
                      "%s%s%s cannot be %s", node->key ? "\"" : "", node->key ? node->key : "this",
                      node->key ? "\"" : "", found);
}

/* ---- units */

struct unit {
    const char *name;
    double      scale;
};

static const struct unit duration_units[] = {
    { "ms", 1e-3 },      { "s", 1 },         { "sec", 1 },       { "second", 1 },
    { "seconds", 1 },    { "min", 60 },      { "minute", 60 },   { "minutes", 60 },
    { "h", 3600 },       { "hour", 3600 },   { "hours", 3600 },  { "d", 86400 },
    { "day", 86400 },    { "days", 86400 },  { "w", 604800 },    { "week", 604800 },
    { "weeks", 604800 },
};

static const struct unit *find_unit(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(duration_units); i++)
        if (strcmp(name, duration_units[i].name) == 0)
            return &duration_units[i];
    return NULL;
}

/* Splits "12.5 min" into a number and the word behind it; false when there is no number. The
 * number must be written as in JSON, so that "0x10", "inf" and "nan" are no numbers. */
static bool split_number(const char *text, double *number, const char **rest)
{
    if (strspn(text, "+-0123456789.") == 0 || text[strspn(text, "0123456789")] == 'x')
        return false;
    char *end;
    *number = strtod(text, &end);
    if (end == text || !isfinite(*number))
        return false;
    *rest = end + strspn(end, " ");
    return true;
}

static void spell_seconds(char *to, size_t size, double seconds)
{
    static const struct unit steps[] = { { "d", 86400 }, { "h", 3600 }, { "min", 60 }, { "s", 1 } };
    struct text text;
    text_open(&text, to, size);
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        if (seconds >= steps[i].scale || i + 1 == COUNT_OF(steps)) {
            text_add(&text, "%.6g %s", seconds / steps[i].scale, steps[i].name);
            return;
        }
    }
}

bool read_duration(struct reader *reader, const struct json *node, double low, double high,
                   double *value)
{
    static const char expected[] = "a duration with its unit, such as \"90 s\", \"12 min\", "
                                   "\"4 h\" or \"2 d\"";
    if (node->type == JSON_NUMBER && node->number == 0)
        *value = 0;
    else if (node->type == JSON_NUMBER)
        return wrong_value(reader, node, expected, "write the number as text with a unit");
    else {
        const char *rest;
        if (node->type != JSON_STRING || !split_number(node->string, value, &rest))
            return wrong_value(reader, node, expected, NULL);
        const struct unit *unit = find_unit(rest);
        if (!unit)
            return wrong_value(reader, node, expected, "known units: ms, s, min, h, d, w");
        *value *= unit->scale;
    }
    if (*value >= low && *value <= high) {
        *value += 0.0; /* no negative zero */
        return true;
    }
    char bounds[160], from[40], to[40];
    spell_seconds(from, sizeof from, low);
    spell_seconds(to, sizeof to, high);
    struct text text;
    text_open(&text, bounds, sizeof bounds);
    text_add(&text, "a duration from %s to %s", from, to);
    return wrong_value(reader, node, bounds, NULL);
}

bool read_rate(struct reader *reader, const struct json *node, double *value)
{
    static const char expected[] = "a rate such as \"100 /h\", \"4 /min\" or \"2000 /d\"";
    const char       *rest;
    if (node->type == JSON_NUMBER && node->number == 0) {
        *value = 0;
        return true;
    }
    if (node->type != JSON_STRING || !split_number(node->string, value, &rest))
        return wrong_value(reader, node, expected, NULL);
    if (*rest == '/')
        rest += 1 + strspn(rest + 1, " ");
    else if (strncmp(rest, "per ", 4) == 0)
        rest += 4;
    else
        return wrong_value(reader, node, expected, "say per what: /s, /min, /h, /d or /w");
    const struct unit *unit = find_unit(rest);
    if (!unit)
        return wrong_value(reader, node, expected, "known units: /s, /min, /h, /d, /w");
    *value /= unit->scale;
    /* A rate of more than 1e9 an hour is a mistake, and so is one below 1e-9. */
    if (*value == 0 || (*value >= 1e-9 / 3600 && *value <= 1e9 / 3600)) {
        *value += 0.0;
        return true;
    }
    return wrong_value(reader, node, "a rate of 0, or from 1e-9 to 1e9 per hour", NULL);
}

/* A number, or per cent as text. */
static bool find_share(const struct json *node, double *value)
{
    if (node->type == JSON_NUMBER) {
        *value = node->number;
        return true;
    }
    const char *rest;
    if (node->type != JSON_STRING || !split_number(node->string, value, &rest) ||
        strcmp(rest, "%") != 0)
        return false;
    *value /= 100;
    return true;
}

bool read_multiple(struct reader *reader, const struct json *node, double most, double *value)
{
    if (find_share(node, value) && *value > 0 && *value <= most)
        return true;
    char expected[96];
    snprintf(expected, sizeof expected, "a share above 0, at most %.12g, or such as \"75 %%\"",
             most);
    return wrong_value(reader, node, expected, NULL);
}

bool read_share(struct reader *reader, const struct json *node, double *value)
{
    static const char expected[] = "a share from 0 to 1, or such as \"20 %\"";
    if (!find_share(node, value))
        return wrong_value(reader, node, expected, NULL);
    if (*value >= 0 && *value <= 1) {
        *value += 0.0;
        return true;
    }
    return wrong_value(reader, node, expected,
                       node->type == JSON_NUMBER && node->number > 1 && node->number <= 100
                           ? "for per cent write it as text: \"20 %\"" : NULL);
}

/* For a number that was written as text, with a unit or without. */
static const char *unquote_hint(const struct json *node)
{
    if (node->type != JSON_STRING)
        return NULL;
    const char  *text = node->string + (*node->string == '-');
    const size_t digits = strspn(text, "0123456789.");
    if (digits == 0)
        return NULL;
    return text[digits] ? "write the number alone, without quotes and unit"
                        : "write it without quotes";
}

bool read_number(struct reader *reader, const struct json *node, double low, double high,
                 double *value)
{
    if (node->type == JSON_NUMBER && node->number >= low && node->number <= high) {
        *value = node->number + 0.0;
        return true;
    }
    char        expected[96];
    struct text text;
    text_open(&text, expected, sizeof expected);
    if (high < DBL_MAX)
        text_add(&text, "a number from %.12g to %.12g", low, high);
    else
        text_add(&text, "a number, %.12g or more", low);
    return wrong_value(reader, node, expected, unquote_hint(node));
}

static bool read_whole(struct reader *reader, const struct json *node, double low, double high,
                       double *value)
{
    if (node->type == JSON_NUMBER && node->number >= low && node->number <= high &&
        floor(node->number) == node->number) {
        *value = node->number + 0.0;
        return true;
    }
    char        expected[96];
    struct text text;
    text_open(&text, expected, sizeof expected);
    text_add(&text, "a whole number from %.12g to %.12g", low, high);
    return wrong_value(reader, node, expected, unquote_hint(node));
}

static bool read_quantity(struct reader *reader, const struct json *node,
                          const struct param *param, double *value)
{
    if (reader->quantity == QUANTITY_TIME)
        return read_duration(reader, node, fmax(param->low, 0), fmin(param->high, LIMIT_DURATION_S),
                             value);
    return read_number(reader, node, param->low, param->high, value);
}

/* ---- one value by its row */

static bool read_text(struct reader *reader, const struct json *node, const struct param *param,
                      const char **value)
{
    if (node->type != JSON_STRING)
        return wrong_value(reader, node, "text", NULL);
    if (param->type == PARAM_NAME && node->string[0] == '\0')
        return wrong_value(reader, node, "a name that is not empty", NULL);
    if (param->type == PARAM_NAME && strlen(node->string) > LIMIT_NAME)
        return wrong_value(reader, node, "a name of at most 256 bytes", NULL);
    *value = node->string;
    return true;
}

static bool read_choice(struct reader *reader, const struct json *node,
                        const struct param *param, uint32_t *value)
{
    size_t n = 0;
    for (; param->choices[n]; n++) {
        if (node->type == JSON_STRING && strcmp(node->string, param->choices[n]) == 0) {
            *value = (uint32_t)n;
            return true;
        }
    }
    char        expected[512], hint[128];
    struct text text;
    text_open(&text, expected, sizeof expected);
    text_add(&text, "one of ");
    for (size_t i = 0; i < n; i++)
        text_add(&text, "%s\"%s\"", i ? ", " : "", param->choices[i]);
    const char *near = node->type == JSON_STRING ? text_nearest(node->string, param->choices, n)
                                                 : NULL;
    text_open(&text, hint, sizeof hint);
    if (near)
        text_add(&text, "did you mean \"%s\"?", near);
    return wrong_value(reader, node, expected, near ? hint : NULL);
}

static bool read_numbers(struct reader *reader, const struct json *node,
                         const struct param *param, struct numbers *numbers)
{
    if (node->type != JSON_ARRAY)
        return wrong_value(reader, node, "a list such as [1, 2, 3]", NULL);
    numbers->at = ARENA_ARRAY(reader->arena, node->size + 1, double);
    if (!numbers->at)
        return false;
    bool good = true;
    JSON_EACH(element, node)
    {
        double *value = &numbers->at[numbers->n++];
        if (param->type == PARAM_SHARES)
            good &= read_share(reader, element, value);
        else if (param->type == PARAM_QUANTITIES)
            good &= read_quantity(reader, element, param, value);
        else
            good &= read_number(reader, element, param->low, param->high, value);
    }
    return good;
}

static bool read_list(struct reader *reader, const struct json *node, const struct param *param,
                      struct list *list)
{
    if (node->type != JSON_ARRAY)
        return wrong_value(reader, node, "a list of objects: [ { … }, … ]", NULL);
    if (node->size > param->high)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, NULL, NULL, NULL, NULL,
                          "\"%s\" has %u entries; at most %.0f are allowed", param->key,
                          node->size, param->high);
    if (node->size < param->low)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, NULL, NULL, NULL, NULL,
                          "\"%s\" needs at least %.0f %s", param->key, param->low,
                          param->low == 1 ? "entry" : "entries");
    list->at = arena_take_array(reader->arena, node->size + 1, param->shape->size);
    if (!list->at)
        return false;
    bool good = true;
    JSON_EACH(element, node)
        good &= shape_read(reader, element, param->shape,
                           (char *)list->at + param->shape->size * list->n++);
    return good;
}

static bool above_zero(struct reader *reader, const struct json *node, const struct param *param,
                       double value)
{
    if (!(param->flags & PARAM_POSITIVE) || value > param->low)
        return true;
    return wrong_value(reader, node, param->low == 0 ? "more than 0" : "more than its lower bound",
                       NULL);
}

static bool read_double(struct reader *reader, const struct json *node,
                        const struct param *param, double *value)
{
    bool good;
    switch (param->type) {
    case PARAM_SHARE:
        good = read_share(reader, node, value);
        break;
    case PARAM_DURATION:
        good = read_duration(reader, node, param->low, param->high, value);
        break;
    case PARAM_RATE:
        good = read_rate(reader, node, value);
        break;
    case PARAM_QUANTITY:
        good = read_quantity(reader, node, param, value);
        break;
    default:
        good = read_number(reader, node, param->low, param->high, value);
    }
    return good && above_zero(reader, node, param, *value);
}

static bool param_read(struct reader *reader, const struct json *node, const struct param *param,
                       void *value)
{
    double number = 0;
    switch (param->type) {
    case PARAM_NUMBER:
    case PARAM_SHARE:
    case PARAM_DURATION:
    case PARAM_RATE:
    case PARAM_MONEY:
    case PARAM_QUANTITY:
        return read_double(reader, node, param, value);
    case PARAM_COUNT:
        if (!read_whole(reader, node, param->low, param->high, &number))
            return false;
        *(uint32_t *)value = (uint32_t)number;
        return true;
    case PARAM_SEED:
        if (!read_whole(reader, node, 0, 0x1p53, &number))
            return false;
        *(uint64_t *)value = (uint64_t)number;
        return true;
    case PARAM_BOOL:
        if (node->type != JSON_BOOL)
            return wrong_value(reader, node, "true or false", NULL);
        *(bool *)value = node->boolean;
        return true;
    case PARAM_TEXT:
    case PARAM_NAME:
        return read_text(reader, node, param, value);
    case PARAM_CHOICE:
        return read_choice(reader, node, param, value);
    case PARAM_NUMBERS:
    case PARAM_QUANTITIES:
    case PARAM_SHARES:
        return read_numbers(reader, node, param, value);
    case PARAM_OBJECT:
        return shape_read(reader, node, param->shape, value);
    case PARAM_LIST:
        return read_list(reader, node, param, value);
    case PARAM_KIND: {
        const enum quantity outer = reader->quantity;
        if (param->sets_quantity)
            reader->quantity = param->quantity;
        const bool good = choice_read(reader, node, param->family, value);
        reader->quantity = outer;
        return good;
    }
    case PARAM_CUSTOM:
        return param->read(reader, node, value);
    }
    TSIM_ASSERT(false && "a param of no type");
    return false;
}

struct kept {
    struct kept          *next;
    struct json_document *document;
};

void reader_close(struct reader *reader)
{
    for (const struct kept *kept = reader->kept; kept; kept = kept->next)
        json_free(kept->document);
    reader->kept = NULL;
}

/* Fills a default. It is written as JSON text in the row and read like the user's own. */
static bool fill_default(struct reader *reader, const struct param *param, void *value)
{
    if (!param->fallback)
        return true;
    struct kept *kept = ARENA_NEW(reader->arena, struct kept);
    if (!kept)
        return false;
    kept->document =
        json_read_text(param->fallback, strlen(param->fallback), "default", reader->problems);
    TSIM_ASSERT(kept->document);
    kept->next = reader->kept;
    reader->kept = kept;
    return param_read(reader, json_root(kept->document), param, value);
}

/* ---- objects */

/* `also` is a key the caller has read already ("kind"), or NULL. */
static bool read_members(struct reader *reader, const struct json *node, const struct shape *shape,
                         const char *also, void *value)
{
    bool good = true;
    memset(value, 0, shape->size);
    for (size_t i = 0; i < shape->n_params; i++) {
        const struct param *param = &shape->params[i];
        void               *field = (char *)value + param->offset;
        const struct json  *member = json_member(node, param->key);
        if (member)
            good &= param_read(reader, member, param, field);
        else if (param->flags & PARAM_REQUIRED)
            good = !key_misspelt(node, shape, also, param->key) && key_missing(reader, node, param);
        else
            good &= fill_default(reader, param, field);
    }
    JSON_EACH(member, node)
    {
        if (!key_known(shape, also, member->key))
            good = key_unknown(reader, member, shape);
    }
    if (shape->at_offset)
        *(const struct json **)(void *)((char *)value + shape->at_offset) = node;
    if (good && shape->check)
        good = shape->check(reader, node, value);
    return good;
}

/* A text that stands for an object with just the shape's bare key. */
static bool read_bare(struct reader *reader, const struct json *node, const struct shape *shape,
                      void *value)
{
    bool good = true;
    memset(value, 0, shape->size);
    for (size_t i = 0; i < shape->n_params; i++) {
        const struct param *param = &shape->params[i];
        void               *field = (char *)value + param->offset;
        good &= strcmp(param->key, shape->bare) == 0 ? param_read(reader, node, param, field)
                                                      : fill_default(reader, param, field);
    }
    if (shape->at_offset)
        *(const struct json **)(void *)((char *)value + shape->at_offset) = node;
    return good && (!shape->check || shape->check(reader, node, value));
}

bool shape_read(struct reader *reader, const struct json *node, const struct shape *shape,
                void *value)
{
    if (node->type == JSON_OBJECT)
        return read_members(reader, node, shape, NULL, value);
    if (node->type == JSON_STRING && shape->bare)
        return read_bare(reader, node, shape, value);
    memset(value, 0, shape->size);
    char        expected[160];
    struct text text;
    text_open(&text, expected, sizeof expected);
    text_add(&text, "an object { … } that describes %s %s%s%s%s", article(shape->name),
             shape->name, shape->bare ? ", or just its \"" : "", shape->bare ? shape->bare : "",
             shape->bare ? "\"" : "");
    return wrong_value(reader, node, expected, NULL);
}

/* ---- families */

static bool unknown_kind(struct reader *reader, const struct json *node,
                         const struct family *family)
{
    const char *names[64];
    size_t      n = 0;
    char        expected[512], hint[160];
    struct text text;
    text_open(&text, expected, sizeof expected);
    text_add(&text, "a kind of %s: ", family->name);
    for (; family->kinds[n] && n < COUNT_OF(names); n++) {
        names[n] = family->kinds[n]->name;
        text_add(&text, "%s%s", n ? ", " : "", names[n]);
    }
    const char *near = node->type == JSON_STRING ? text_nearest(node->string, names, n) : NULL;
    text_open(&text, hint, sizeof hint);
    if (near)
        text_add(&text, "did you mean \"%s\"?", near);
    return wrong_value(reader, node, expected, near ? hint : NULL);
}

static bool read_kind(struct reader *reader, const struct json *node, const struct kind *kind,
                      struct choice *choice)
{
    void *given = arena_take(reader->arena, kind->shape->size + 1);
    choice->kind = kind;
    choice->given = given;
    choice->at = node;
    return given && read_members(reader, node, kind->shape, "kind", given);
}

bool choice_read(struct reader *reader, const struct json *node, const struct family *family,
                 struct choice *choice)
{
    *choice = (struct choice){ .at = node };
    if (node->type != JSON_OBJECT) {
        if (family->shorthand && (node->type == JSON_STRING || node->type == JSON_NUMBER))
            return family->shorthand(reader, node, choice);
        char        expected[256];
        struct text text;
        text_open(&text, expected, sizeof expected);
        text_add(&text, "%s %s: { \"kind\": \"%s\", … }%s%s", article(family->name), family->name,
                 family->kinds[0]->name, family->shorthand ? ", or " : "",
                 family->shorthand ? family->shorthand_doc : "");
        return wrong_value(reader, node, expected, NULL);
    }
    const struct json *name = json_member(node, "kind");
    if (!name) {
        char        hint[256];
        struct text text;
        text_open(&text, hint, sizeof hint);
        text_add(&text, "for example %s", family->kinds[0]->example);
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "kind", family->summary, NULL,
                          hint, "\"kind\" is required");
    }
    for (size_t i = 0; family->kinds[i]; i++)
        if (name->type == JSON_STRING && strcmp(name->string, family->kinds[i]->name) == 0)
            return read_kind(reader, node, family->kinds[i], choice);
    return unknown_kind(reader, name, family);
}
