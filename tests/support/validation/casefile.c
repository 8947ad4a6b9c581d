/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/validation/casefile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER TSIM_SOURCE_DIR "/tests/validation"

enum { FILE_MOST = 65536, TERMS_MOST = 8, FACTORS_MOST = 4 };

struct factor {
    bool         is_number;
    double       number;
    struct place place;
};

struct term {
    double        sign;
    size_t        n;
    struct factor factors[FACTORS_MOST];
};

struct sum {
    size_t      n;
    struct term terms[TERMS_MOST];
};

struct json_document *casefile_expected(void)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct json_document *document = json_read_file(FOLDER "/expected.json", problems);
    tsim_problems_print(problems, stderr, 0);
    tsim_problems_free(problems);
    return document;
}

const struct json *casefile_find(const struct json_document *expected, const char *id)
{
    JSON_EACH(element, json_root(expected))
    {
        const struct json *name = json_member(element, "id");
        if (name && strcmp(name->string, id) == 0)
            return element;
    }
    return NULL;
}

/* ---- scenarios */

static char *read_text(const char *path)
{
    FILE  *from = fopen(path, "rb");
    char  *text = calloc(1, FILE_MOST);
    size_t n = from && text ? fread(text, 1, FILE_MOST - 1, from) : 0;
    if (from)
        fclose(from);
    if (n > 0)
        return text;
    free(text);
    fprintf(stderr, "%s cannot be read\n", path);
    return NULL;
}

/* Puts another value in the place of the string or number after the key. */
static bool edit_value(char *text, const char *key_is_value)
{
    char        key[64], rest[FILE_MOST];
    const char *value = strchr(key_is_value, '=');
    if (!value || (size_t)(value - key_is_value) > sizeof key - 8)
        return false;
    snprintf(key, sizeof key, "\"%.*s\": ", (int)(value - key_is_value), key_is_value);
    char *at = strstr(text, key);
    if (!at)
        return false;
    at += strlen(key);
    const bool   quoted = *at == '"';
    const size_t old = quoted ? strcspn(at + 1, "\"") + 2 : strspn(at, "0123456789.");
    snprintf(rest, sizeof rest, "%s", at + old);
    snprintf(at, FILE_MOST - (size_t)(at - text), quoted ? "\"%s\"%s" : "%s%s", value + 1, rest);
    return true;
}

static bool edit_text(char *text, const char *edit)
{
    char edits[256], *rest = NULL;
    snprintf(edits, sizeof edits, "%s", edit);
    for (char *one = strtok_r(edits, ",", &rest); one; one = strtok_r(NULL, ",", &rest))
        if (!edit_value(text, one))
            return false;
    return true;
}

struct tsim_scenario *casefile_load(const char *id, const char *edit)
{
    char path[4096];
    snprintf(path, sizeof path, FOLDER "/%s.json", id);
    char *text = read_text(path);
    if (!text)
        return NULL;
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_scenario *scenario = NULL;
    if (edit && !edit_text(text, edit))
        fprintf(stderr, "%s: cannot change %s\n", path, edit);
    else
        scenario = tsim_scenario_parse(text, strlen(text), path, FOLDER, problems);
    if (tsim_problems_errors(problems) > 0)
        tsim_problems_print(problems, stderr, 0);
    tsim_problems_free(problems);
    free(text);
    return scenario;
}

struct tsim_result *casefile_run(const char *id, const char *edit,
                                 const struct tsim_run_options *options)
{
    struct tsim_scenario *scenario = casefile_load(id, edit);
    if (!scenario)
        return NULL;
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_result   *result = tsim_run(scenario, options, problems);
    if (tsim_problems_errors(problems) > 0)
        tsim_problems_print(problems, stderr, 0);
    tsim_problems_free(problems);
    tsim_scenario_free(scenario);
    return result;
}

/* ---- values */

bool casefile_place(const struct tsim_result *result, const char *reference, struct place *place)
{
    const char *dot = strchr(reference, '.'), *last = strrchr(reference, '.');
    char        entry[256];
    if (!dot || last == dot || (size_t)(last - dot) > sizeof entry)
        return false;
    snprintf(entry, sizeof entry, "%.*s", (int)(last - dot - 1), dot + 1);
    int s = 0;
    while (s < TSIM_SCOPES && (strncmp(tsim_scope_name((enum tsim_scope)s), reference,
                                       (size_t)(dot - reference)) != 0 ||
                               tsim_scope_name((enum tsim_scope)s)[dot - reference] != '\0'))
        s++;
    if (s == TSIM_SCOPES)
        return false;
    place->scope = (enum tsim_scope)s;
    place->measure = tsim_result_measure(result, place->scope, last + 1);
    const size_t entries = tsim_result_entries(result, place->scope);
    place->entry = 0;
    if (entry[0] == '[')
        place->entry = strtoul(entry + 1, NULL, 10);
    else
        while (place->entry < entries &&
               strcmp(tsim_result_entry(result, place->scope, place->entry), entry) != 0)
            place->entry++;
    return place->measure != (size_t)-1 && place->entry < entries;
}

static bool read_factor(const struct tsim_result *result, const char *text, struct factor *factor)
{
    char *end;
    factor->number = strtod(text, &end);
    factor->is_number = *end == '\0';
    return factor->is_number || casefile_place(result, text, &factor->place);
}

static bool read_term(const struct tsim_result *result, char *text, struct term *term)
{
    for (char *at = text; at; term->n++) {
        char *star = strchr(at, '*');
        if (star)
            *star = '\0';
        if (term->n == FACTORS_MOST || !read_factor(result, at, &term->factors[term->n]))
            return false;
        at = star ? star + 1 : NULL;
    }
    return true;
}

static bool read_formula(const struct tsim_result *result, const char *formula, struct sum sums[2])
{
    char   text[512], *rest = NULL;
    double sign = 1;
    int    side = 0;
    snprintf(text, sizeof text, "%s", formula);
    for (char *word = strtok_r(text, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        if (strcmp(word, "/") == 0) {
            side = 1;
            sign = 1;
        } else if (strcmp(word, "+") == 0 || strcmp(word, "-") == 0) {
            sign = word[0] == '-' ? -1 : 1;
        } else {
            if (sums[side].n == TERMS_MOST)
                return false;
            struct term *term = &sums[side].terms[sums[side].n++];
            term->sign = sign;
            if (!read_term(result, word, term)) {
                fprintf(stderr, "there is no \"%s\" in \"%s\"\n", word, formula);
                return false;
            }
        }
    }
    return sums[0].n > 0;
}

static double add_up(const struct tsim_result *result, uint32_t replication, const struct sum *sum)
{
    double total = 0;
    for (size_t i = 0; i < sum->n; i++) {
        double product = sum->terms[i].sign;
        for (size_t k = 0; k < sum->terms[i].n; k++) {
            const struct factor *factor = &sum->terms[i].factors[k];
            bool                 defined;
            product *= factor->is_number
                           ? factor->number
                           : tsim_result_of_replication(result, replication, factor->place.scope,
                                                        factor->place.entry,
                                                        factor->place.measure, &defined);
        }
        total += product;
    }
    return total;
}

bool casefile_sums(const struct tsim_result *result, const char *formula, double *x, double *y)
{
    struct sum sums[2] = { 0 };
    if (!read_formula(result, formula, sums))
        return false;
    for (uint32_t r = 0; r < tsim_result_info(result)->replications; r++) {
        x[r] = add_up(result, r, &sums[0]);
        y[r] = sums[1].n > 0 ? add_up(result, r, &sums[1]) : 1;
    }
    return true;
}
