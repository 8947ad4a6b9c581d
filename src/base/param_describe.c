/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rows say about themselves: help, reference page, JSON Schema. */
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/json.h"
#include "base/param.h"

/* ---- the walk: every shape and family once, each before its parts */

#define SEEN_MOST 512

struct walk {
    const void *seen[SEEN_MOST];
    size_t      n;
    void (*shape_seen)(const struct shape *, void *user);
    void (*family_seen)(const struct family *, void *user);
    void *user;
};

static bool first_time(struct walk *walk, const void *thing)
{
    for (size_t i = 0; i < walk->n; i++)
        if (walk->seen[i] == thing)
            return false;
    TSIM_ASSERT(walk->n < SEEN_MOST);
    walk->seen[walk->n++] = thing;
    return true;
}

static void walk_params(struct walk *walk, const struct shape *shape);

static void walk_shape(struct walk *walk, const struct shape *shape)
{
    if (!first_time(walk, shape))
        return;
    if (walk->shape_seen)
        walk->shape_seen(shape, walk->user);
    walk_params(walk, shape);
}

static void walk_family(struct walk *walk, const struct family *family)
{
    if (!first_time(walk, family))
        return;
    if (walk->family_seen)
        walk->family_seen(family, walk->user);
    for (size_t i = 0; family->kinds[i]; i++)
        walk_params(walk, family->kinds[i]->shape);
}

static void walk_params(struct walk *walk, const struct shape *shape)
{
    for (size_t i = 0; i < shape->n_params; i++) {
        if (shape->params[i].shape)
            walk_shape(walk, shape->params[i].shape);
        if (shape->params[i].family)
            walk_family(walk, shape->params[i].family);
    }
}

void shape_walk(const struct shape *root, void (*shape_seen)(const struct shape *, void *user),
                void (*family_seen)(const struct family *, void *user), void *user)
{
    struct walk walk = { .shape_seen = shape_seen, .family_seen = family_seen, .user = user };
    walk_shape(&walk, root);
}

/* ---- help */

static const char *type_words(const struct param *param)
{
    static const char *const words[] = {
        [PARAM_NUMBER] = "number",          [PARAM_COUNT] = "whole number",
        [PARAM_SEED] = "whole number",      [PARAM_BOOL] = "true or false",
        [PARAM_SHARE] = "share",            [PARAM_DURATION] = "duration",
        [PARAM_RATE] = "rate",              [PARAM_MONEY] = "money",
        [PARAM_QUANTITY] = "duration, money or number", [PARAM_TEXT] = "text",
        [PARAM_NAME] = "name",              [PARAM_CHOICE] = "one of",
        [PARAM_NUMBERS] = "list of numbers", [PARAM_QUANTITIES] = "list of quantities",
        [PARAM_SHARES] = "list of shares",  [PARAM_OBJECT] = "object",
        [PARAM_LIST] = "list of",           [PARAM_KIND] = "",
        [PARAM_CUSTOM] = "see text",
    };
    return words[param->type];
}

static void write_type(const struct param *param, FILE *to)
{
    fputs(type_words(param), to);
    if (param->type == PARAM_CHOICE)
        for (size_t i = 0; param->choices[i]; i++)
            fprintf(to, "%s\"%s\"", i ? ", " : " ", param->choices[i]);
    if (param->type == PARAM_LIST || param->type == PARAM_OBJECT)
        fprintf(to, " %s", param->shape->name);
    if (param->type == PARAM_KIND)
        fprintf(to, "%s", param->family->name);
    if ((param->type == PARAM_NUMBER || param->type == PARAM_COUNT ||
         param->type == PARAM_MONEY) && param->high > param->low)
        fprintf(to, " %.12g to %.12g", param->low, param->high);
}

/* How far a word goes: to a space outside quotes, so that examples can be copied. */
static size_t word_length(const char *text)
{
    bool   quoted = false;
    size_t length = 0;
    for (; text[length] && (quoted || text[length] != ' '); length++)
        quoted ^= text[length] == '"';
    return length;
}

/* Goes on at `column` with text folded at 78 columns, every further line after `indent` spaces. */
static void write_on(const char *text, size_t column, size_t indent, FILE *to)
{
    bool first = true;
    while (*text) {
        const size_t length = word_length(text);
        if (!first && column + 1 + length > 78) {
            fprintf(to, "\n%*s", (int)indent, "");
            column = indent;
        } else if (!first) {
            fputc(' ', to);
            column++;
        }
        fwrite(text, 1, length, to);
        column += length;
        text += length + (text[length] == ' ');
        first = false;
    }
    fputc('\n', to);
}

static void write_folded(const char *text, size_t indent, FILE *to)
{
    fprintf(to, "%*s", (int)indent, "");
    write_on(text, indent, indent, to);
}

/* The type of a parameter, in a text to be freed; NULL when memory is out. */
static char *type_text(const struct param *param)
{
    char  *text = NULL;
    size_t length;
    FILE  *memory = open_memstream(&text, &length);
    if (!memory)
        return NULL;
    write_type(param, memory);
    if (param->flags & PARAM_REQUIRED)
        fputs("; required", memory);
    else if (param->fallback)
        fprintf(memory, "; default %s", param->fallback);
    return fclose(memory) == 0 ? text : NULL;
}

static void write_example(const char *key, const char *example, size_t indent, FILE *to)
{
    int column = fprintf(to, "%*sexample: ", (int)indent, "");
    if (key)
        column += fprintf(to, "\"%s\": ", key);
    write_on(example, (size_t)column, indent + 9, to);
}

static void explain_params(const struct shape *shape, FILE *to)
{
    for (size_t i = 0; i < shape->n_params; i++) {
        const struct param *param = &shape->params[i];
        char               *type = type_text(param);
        fprintf(to, "  %-20s ", param->key);
        write_on(type ? type : "", 23, 23, to);
        free(type);
        write_folded(param->doc, 23, to);
        if (param->example)
            write_example(param->key, param->example, 23, to);
    }
}

void param_explain(const char *owner, const struct param *param, FILE *to)
{
    fprintf(to, "%s (a key of %s)\n", param->key, owner);
    write_folded(param->doc, 2, to);
    if (param->example)
        write_example(NULL, param->example, 2, to);
}

void shape_explain(const struct shape *shape, FILE *to)
{
    fprintf(to, "%s\n", shape->name);
    write_folded(shape->summary, 2, to);
    if (shape->bare)
        fprintf(to, "  A text instead of the object serves as its \"%s\".\n", shape->bare);
    fputc('\n', to);
    explain_params(shape, to);
}

void family_explain(const struct family *family, FILE *to)
{
    fprintf(to, "%s\n", family->name);
    write_folded(family->summary, 2, to);
    if (family->shorthand) {
        fputs("  A bare value also serves: ", to);
        fprintf(to, "%s.\n", family->shorthand_doc);
    }
    fputs("\nkinds\n", to);
    for (size_t i = 0; family->kinds[i]; i++) {
        fprintf(to, "  %s\n", family->kinds[i]->name);
        write_folded(family->kinds[i]->summary, 6, to);
    }
}

void kind_explain(const struct family *family, const struct kind *kind, FILE *to)
{
    fprintf(to, "%s (a %s)\n", kind->name, family->name);
    write_folded(kind->summary, 2, to);
    if (kind->shape->n_params > 0)
        fputc('\n', to);
    explain_params(kind->shape, to);
    fputs("\nexample\n", to);
    write_folded(kind->example, 2, to);
    if (kind->source) {
        fputs("\nsource\n", to);
        write_folded(kind->source, 2, to);
    }
}

/* ---- reference page */

/* Table cells: a bar would end the cell. */
static void write_cell(const char *text, FILE *to)
{
    for (; *text; text++) {
        if (*text == '|')
            fputc('\\', to);
        fputc(*text, to);
    }
}

static void reference_params(const struct shape *shape, FILE *to)
{
    if (shape->n_params == 0) {
        fputs("No keys of its own.\n\n", to);
        return;
    }
    fputs("| key | type | default | meaning |\n|---|---|---|---|\n", to);
    for (size_t i = 0; i < shape->n_params; i++) {
        const struct param *param = &shape->params[i];
        fprintf(to, "| `%s` | ", param->key);
        write_type(param, to);
        fprintf(to, " | ");
        if (param->flags & PARAM_REQUIRED)
            fputs("required", to);
        else if (param->fallback)
            fprintf(to, "`%s`", param->fallback);
        fputs(" | ", to);
        write_cell(param->doc, to);
        if (param->example)
            fprintf(to, " Example: `%s`.", param->example);
        fputs(" |\n", to);
    }
    fputc('\n', to);
}

static void reference_shape(const struct shape *shape, void *user)
{
    FILE *to = user;
    fprintf(to, "## %s\n\n%s", shape->name, shape->summary);
    if (shape->bare)
        fprintf(to, " A text instead of the object serves as its `%s`.", shape->bare);
    fputs("\n\n", to);
    reference_params(shape, to);
}

static void reference_family(const struct family *family, void *user)
{
    FILE *to = user;
    fprintf(to, "## %s\n\n%s", family->name, family->summary);
    if (family->shorthand)
        fprintf(to, " A bare value also serves: %s.", family->shorthand_doc);
    fputs("\n\n", to);
    for (size_t i = 0; family->kinds[i]; i++) {
        const struct kind *kind = family->kinds[i];
        fprintf(to, "### %s: %s\n\n%s", family->name, kind->name, kind->summary);
        if (kind->source)
            fprintf(to, " Source: %s", kind->source);
        fprintf(to, "\n\nExample: `%s`\n\n", kind->example);
        reference_params(kind->shape, to);
    }
}

void shape_reference(const struct shape *root, FILE *to)
{
    shape_walk(root, reference_shape, reference_family, to);
}

/* ---- JSON Schema, draft-07: the subset editors know */

#define DURATION_SCHEMA                                                                        \
    "\"type\": [\"string\", \"number\"], \"pattern\": "                                        \
    "\"^[-+]?[0-9.]+([eE][-+]?[0-9]+)? *"                                                       \
    "(ms|s|sec|seconds?|min|minutes?|h|hours?|d|days?|w|weeks?)$\""
#define RATE_SCHEMA                                                                            \
    "\"type\": [\"string\", \"number\"], \"pattern\": "                                        \
    "\"^[-+]?[0-9.]+([eE][-+]?[0-9]+)? *(/|per ) *"                                             \
    "(ms|s|sec|seconds?|min|minutes?|h|hours?|d|days?|w|weeks?)$\""
#define SHARE_SCHEMA                                                                           \
    "\"type\": [\"string\", \"number\"], \"minimum\": 0, \"maximum\": 1, "                     \
    "\"pattern\": \"^[-+]?[0-9.]+([eE][-+]?[0-9]+)? *%$\""

static const char *fixed_schema(enum param_type type)
{
    switch (type) {
    case PARAM_BOOL:
        return "\"type\": \"boolean\"";
    case PARAM_SHARE:
        return SHARE_SCHEMA;
    case PARAM_DURATION:
        return DURATION_SCHEMA;
    case PARAM_RATE:
        return RATE_SCHEMA;
    case PARAM_QUANTITY:
        return "\"type\": [\"string\", \"number\"]";
    case PARAM_TEXT:
        return "\"type\": \"string\"";
    case PARAM_NAME:
        return "\"type\": \"string\", \"minLength\": 1, \"maxLength\": 256";
    case PARAM_NUMBERS:
        return "\"type\": \"array\", \"items\": { \"type\": \"number\" }";
    case PARAM_QUANTITIES:
        return "\"type\": \"array\", \"items\": { \"type\": [\"string\", \"number\"] }";
    case PARAM_SHARES:
        return "\"type\": \"array\", \"items\": { " SHARE_SCHEMA " }";
    default:
        return NULL;
    }
}

static void schema_type(const struct param *param, FILE *to)
{
    const char *fixed = fixed_schema(param->type);
    if (fixed) {
        fputs(fixed, to);
        return;
    }
    switch (param->type) {
    case PARAM_NUMBER:
    case PARAM_MONEY:
    case PARAM_COUNT:
    case PARAM_SEED:
        fprintf(to, "\"type\": \"%s\"",
                param->type == PARAM_COUNT || param->type == PARAM_SEED ? "integer" : "number");
        if (param->high > param->low) {
            fputs(", \"minimum\": ", to);
            json_write_number(to, param->low);
            fputs(", \"maximum\": ", to);
            json_write_number(to, param->high);
        }
        break;
    case PARAM_CHOICE:
        fputs("\"enum\": [", to);
        for (size_t i = 0; param->choices[i]; i++) {
            fputs(i ? ", " : "", to);
            json_write_string(to, param->choices[i]);
        }
        fputs("]", to);
        break;
    case PARAM_OBJECT:
        fprintf(to, "\"allOf\": [{ \"$ref\": \"#/definitions/%s\" }]", param->shape->name);
        break;
    case PARAM_LIST:
        fprintf(to, "\"type\": \"array\", \"minItems\": %.0f, \"items\": { \"$ref\": "
                    "\"#/definitions/%s\" }", param->low, param->shape->name);
        break;
    case PARAM_KIND:
        fprintf(to, "\"allOf\": [{ \"$ref\": \"#/definitions/%s\" }]", param->family->name);
        break;
    default:
        fputs(param->schema, to);
    }
}

static void schema_object(const struct shape *shape, const struct kind *kind, const char *indent,
                          FILE *to)
{
    fprintf(to, "%s\"type\": \"object\", \"additionalProperties\": false,\n%s\"properties\": {\n",
            indent, indent);
    if (kind)
        fprintf(to, "%s  \"kind\": { \"const\": \"%s\" },\n", indent, kind->name);
    for (size_t i = 0; i < shape->n_params; i++) {
        const struct param *param = &shape->params[i];
        fprintf(to, "%s  \"%s\": { ", indent, param->key);
        schema_type(param, to);
        fputs(", \"description\": ", to);
        json_write_string(to, param->doc);
        if (param->fallback)
            fprintf(to, ", \"default\": %s", param->fallback);
        fputs(" },\n", to);
    }
    fprintf(to, "%s  \"notes\": true, \"$comment\": true\n%s}", indent, indent);
    bool any = kind != NULL;
    for (size_t i = 0; i < shape->n_params; i++)
        any |= (shape->params[i].flags & PARAM_REQUIRED) != 0;
    if (!any)
        return;
    fprintf(to, ",\n%s\"required\": [%s", indent, kind ? "\"kind\"" : "");
    bool first = kind == NULL;
    for (size_t i = 0; i < shape->n_params; i++) {
        if (!(shape->params[i].flags & PARAM_REQUIRED))
            continue;
        fprintf(to, "%s\"%s\"", first ? "" : ", ", shape->params[i].key);
        first = false;
    }
    fputs("]", to);
}

struct schema {
    FILE *to;
    bool  later; /* a definition was written before this one */
};

static void schema_definition(struct schema *schema, const char *name, const char *summary)
{
    fprintf(schema->to, "%s    \"%s\": {\n      \"description\": ", schema->later ? ",\n" : "",
            name);
    json_write_string(schema->to, summary);
    fputs(",\n", schema->to);
    schema->later = true;
}

static void schema_shape(const struct shape *shape, void *user)
{
    struct schema *schema = user;
    schema_definition(schema, shape->name, shape->summary);
    if (shape->bare)
        fputs("      \"anyOf\": [\n"
              "        { \"type\": \"string\", \"minLength\": 1 },\n        {\n", schema->to);
    schema_object(shape, NULL, shape->bare ? "          " : "      ", schema->to);
    fputs(shape->bare ? " }\n      ]\n    }" : "\n    }", schema->to);
}

static void schema_family(const struct family *family, void *user)
{
    struct schema *schema = user;
    schema_definition(schema, family->name, family->summary);
    fputs("      \"anyOf\": [\n", schema->to);
    if (family->shorthand)
        fprintf(schema->to, "        { %s },\n", family->shorthand_schema);
    for (size_t i = 0; family->kinds[i]; i++) {
        fputs("        { \"description\": ", schema->to);
        json_write_string(schema->to, family->kinds[i]->summary);
        fputs(",\n", schema->to);
        schema_object(family->kinds[i]->shape, family->kinds[i], "          ", schema->to);
        fprintf(schema->to, " }%s\n", family->kinds[i + 1] ? "," : "");
    }
    fputs("      ]\n    }", schema->to);
}

void shape_schema(const struct shape *root, FILE *to)
{
    struct schema schema = { .to = to };
    fputs("{\n  \"$schema\": \"http://json-schema.org/draft-07/schema#\",\n  \"title\": ", to);
    json_write_string(to, root->summary);
    fprintf(to, ",\n  \"allOf\": [{ \"$ref\": \"#/definitions/%s\" }],\n  \"definitions\": {\n",
            root->name);
    shape_walk(root, schema_shape, schema_family, &schema);
    fputs("\n  }\n}\n", to);
}
