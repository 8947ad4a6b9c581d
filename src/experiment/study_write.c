/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study as one file: what it says, with every scenario in place of its file's name. */
#include <string.h>

#include "base/json.h"
#include "experiment/study.h"

/* What the options overrule is written as they have it. */
struct writing {
    const struct tsim_study       *study;
    const struct tsim_run_options *options;
    FILE                          *to;
};

static void write_slice(const struct json *node, FILE *to)
{
    size_t      length;
    const char *text = json_text(node->document, &length);
    fwrite(text + node->start, 1, node->end - node->start, to);
}

static void write_scenario(const struct tsim_scenario *origin, const struct json *node, FILE *to)
{
    write_slice(origin && node->type == JSON_STRING ? json_root(origin->document) : node, to);
}

static void write_key(const char *key, bool *first, FILE *to)
{
    fputs(*first ? "\n  " : ",\n  ", to);
    *first = false;
    json_write_string(to, key);
    fputs(": ", to);
}

/* Variants are points 1, 2, … in order. */
static void write_variants(const struct writing *writing, const struct json *list)
{
    size_t point = 1;
    fputs("[", writing->to);
    JSON_EACH(variant, list)
    {
        bool first = true;
        fputs(point > 1 ? ",\n  {" : "\n  {", writing->to);
        JSON_EACH(member, variant)
        {
            write_key(member->key, &first, writing->to);
            if (strcmp(member->key, "scenario") == 0)
                write_scenario(writing->study->origins[point], member, writing->to);
            else
                write_slice(member, writing->to);
        }
        if (!json_member(variant, "name")) {
            write_key("name", &first, writing->to);
            json_write_string(writing->to, writing->study->points[point].name);
        }
        fputs("\n  }", writing->to);
        point++;
    }
    fputs("\n  ]", writing->to);
}

/* Keys that are written last, with what was in force; where results go is left to whoever runs it
 * again. */
static bool comes_last(const char *key)
{
    return strcmp(key, "seed") == 0 || strcmp(key, "replications") == 0 ||
           strcmp(key, "base") == 0;
}

static bool is_left_out(const char *key)
{
    return comes_last(key) || strcmp(key, "outputs") == 0;
}

bool tsim_study_write(const struct tsim_study *study, const struct tsim_run_options *options,
                      FILE *to)
{
    static const struct tsim_run_options defaults;
    const struct writing writing = { study, options ? options : &defaults, to };
    bool                 first = true;
    fputs("{", to);
    JSON_EACH(member, json_root(study->document))
    {
        if (is_left_out(member->key))
            continue;
        write_key(member->key, &first, to);
        if (strcmp(member->key, "scenario") == 0)
            write_scenario(study->origins[0], member, to);
        else if (strcmp(member->key, "variants") == 0)
            write_variants(&writing, member);
        else
            write_slice(member, to);
    }
    write_key("base", &first, to);
    json_write_string(to, study->points[0].name);
    write_key("seed", &first, to);
    json_write_number(to, (double)study_seed(study, writing.options));
    write_key("replications", &first, to);
    json_write_number(to, study_replications(study, writing.options));
    fputs("\n}\n", to);
    return !ferror(to);
}
