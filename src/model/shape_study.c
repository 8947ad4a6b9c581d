/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a study: what every method shares. */
#include "model/study.h"

#include <math.h>

#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "model/scenario.h"
#include "model/shape_impl.h"

static bool read_source(struct reader *reader, const struct json *node, void *value)
{
    struct source_given *source = value;
    if (node->type == JSON_STRING && *node->string)
        source->file = node->string;
    else if (node->type == JSON_OBJECT)
        source->inside = node;
    else
        return wrong_value(reader, node, "the name of a scenario file, or a scenario", NULL);
    return true;
}

#define SOURCE_SCHEMA "\"type\": [\"string\", \"object\"]"

/* ---- variants */

static const struct param variant_params[] = {
    { .key = "name", .type = PARAM_NAME, .offset = offsetof(struct variant_given, name),
      .doc = "What it is called; by default its file or its settings.",
      .example = "\"one more\"" },
    { .key = "scenario", .type = PARAM_CUSTOM, .offset = offsetof(struct variant_given, scenario),
      .read = read_source, .schema = SOURCE_SCHEMA,
      .doc = "Another scenario; without this key it is the study's own.",
      .example = "\"more-l3.json\"" },
    TEXTS_PARAM(variant_given, "set", set,
                "Settings on top of it: PATH = VALUE, PATH *= FACTOR or PATH += DIFFERENCE, "
                "several with commas or as a list.", "\"tiers[0].pools[0].authority = 100\""),
};

const struct shape variant_shape = {
    .name = "variant",
    .summary = "A scenario of a study: another file, or the study's own with settings changed.",
    .params = variant_params,
    .n_params = COUNT_OF(variant_params),
    .size = sizeof(struct variant_given),
    .at_offset = offsetof(struct variant_given, at),
};

/* ---- comparing */

static const struct param compare_params[] = {
    { .key = "until_decided", .type = PARAM_BOOL, .fallback = "false",
      .offset = offsetof(struct compare_given, until_decided),
      .doc = "Go on until every difference is shown, or known to be too small to matter." },
    { .key = "indifference", .type = PARAM_SHARE, .fallback = "\"1 %\"",
      .offset = offsetof(struct compare_given, indifference),
      .doc = "A difference known to within this share of the measure does not matter; of measures "
             "that are shares themselves, to within so many points." },
};

const struct shape compare_shape = {
    .name = "compare",
    .summary = "Compares every variant with the study's scenario, on the same customers.",
    .params = compare_params,
    .n_params = COUNT_OF(compare_params),
    .size = sizeof(struct compare_given),
    .at_offset = offsetof(struct compare_given, at),
};

/* ---- what is written */

static const char *const prints[] = { "screen", "json", "nothing", NULL };

static const struct param outputs_params[] = {
    { .key = "folder", .type = PARAM_TEXT, .offset = offsetof(struct outputs_given, folder),
      .doc = "Results folder, looked up from the study's folder; -o on the command line overrules "
             "it.", .example = "\"../results/more-people\"" },
    { .key = "print", .type = PARAM_CHOICE, .choices = prints, .fallback = "\"screen\"",
      .offset = offsetof(struct outputs_given, print),
      .doc = "What is printed: the screen, JSON for programs, or nothing." },
    { .key = "plots", .type = PARAM_BOOL, .fallback = "true",
      .offset = offsetof(struct outputs_given, plots), .doc = "Draw plots into the folder." },
    { .key = "png", .type = PARAM_BOOL, .fallback = "false",
      .offset = offsetof(struct outputs_given, png), .doc = "… as PNG besides SVG." },
    { .key = "pdf", .type = PARAM_BOOL, .fallback = "false",
      .offset = offsetof(struct outputs_given, pdf), .doc = "… as PDF besides SVG." },
};

const struct shape outputs_shape = {
    .name = "outputs",
    .summary = "What a study leaves, as the options of the command line would have it.",
    .params = outputs_params,
    .n_params = COUNT_OF(outputs_params),
    .size = sizeof(struct outputs_given),
    .at_offset = offsetof(struct outputs_given, at),
};

/* ---- the study */

static const struct param study_params[] = {
    { .key = "$schema", .type = PARAM_TEXT, .offset = offsetof(struct study_given, schema),
      .doc = "Where an editor finds the schema of this file.", .example = "\"schema.json\"" },
    { .key = "study", .type = PARAM_NAME, .offset = offsetof(struct study_given, name),
      .flags = PARAM_REQUIRED, .doc = "What it is called, or asks.",
      .example = "\"more authority or more people?\"" },
    { .key = "scenario", .type = PARAM_CUSTOM, .offset = offsetof(struct study_given, scenario),
      .flags = PARAM_REQUIRED, .read = read_source, .schema = SOURCE_SCHEMA,
      .doc = "The scenario it is about: a file, looked up from the study's folder, or the "
             "scenario itself.", .example = "\"../three-tiers.json\"" },
    { .key = "base", .type = PARAM_NAME, .offset = offsetof(struct study_given, base),
      .doc = "What that scenario is called beside its variants; by default its file.",
      .example = "\"today\"" },
    TEXTS_PARAM(study_given, "set", set, "Settings for all of the study, its variants too.",
                "\"run.length = 5 d\""),
    { .key = "variants", .type = PARAM_LIST, .offset = offsetof(struct study_given, variants),
      .shape = &variant_shape, .low = 0, .high = LIMIT_VARIANTS,
      .doc = "What is set beside the scenario.",
      .example = "[ { \"name\": \"one more\", \"set\": \"tiers[0].pools[0].agents += 1\" } ]" },
    TEXTS_PARAM(study_given, "measures", measures,
                "What to look at, as scope.entry.measure; by default the promises, the split, "
                "waits and money.",
                "[\"tier.L1.service_level\", \"cost.total.per_day\"]"),
    { .key = "replications", .type = PARAM_COUNT, .low = 1, .high = LIMIT_REPLICATIONS,
      .offset = offsetof(struct study_given, replications),
      .doc = "Replications of each; by default as many as the scenario says.", .example = "200" },
    { .key = "replications_most", .type = PARAM_COUNT, .low = 1, .high = LIMIT_REPLICATIONS,
      .offset = offsetof(struct study_given, replications_most), .fallback = "10000",
      .doc = "Where methods that go on by themselves end." },
    { .key = "seed", .type = PARAM_SEED, .offset = offsetof(struct study_given, seed),
      .high = 0x1p53, .doc = "Seed of all randomness; by default the scenario's.",
      .example = "7" },
    { .key = "confidence", .type = PARAM_NUMBER, .low = 0.5, .high = 0.9999,
      .offset = offsetof(struct study_given, confidence), .fallback = "0.95",
      .doc = "Confidence with which all that is said holds together." },
    { .key = "precision", .type = PARAM_SHARE, .offset = offsetof(struct study_given, precision),
      .doc = "Go on, from `replications`, until every difference between the scenarios is known to "
             "within this share of the measure, or of so many points where it is a share; or to "
             "`replications_most`. Of compare, empower and stress.", .example = "\"2 %\"" },
    { .key = "outputs", .type = PARAM_OBJECT, .shape = &outputs_shape,
      .offset = offsetof(struct study_given, outputs), .fallback = "{}",
      .doc = "What is written and printed.", .example = "{ \"folder\": \"results\" }" },
    { .key = "compare", .type = PARAM_OBJECT, .shape = &compare_shape,
      .offset = offsetof(struct study_given, compare),
      .doc = "Method: compare the variants with the scenario.", .example = "{}" },
    { .key = "select", .type = PARAM_OBJECT, .shape = &select_shape,
      .offset = offsetof(struct study_given, select),
      .doc = "Method: select the best of the scenario and its variants.",
      .example = "{ \"zone\": 50 }" },
    { .key = "sweep", .type = PARAM_OBJECT, .shape = &sweep_shape,
      .offset = offsetof(struct study_given, sweep),
      .doc = "Method: vary numbers of the scenario by a design.",
      .example = "{ \"factors\": [ { \"set\": \"tiers[0].pools[0].agents\", "
                 "\"values\": [8, 9, 10] } ] }" },
    { .key = "empower", .type = PARAM_OBJECT, .shape = &empower_shape,
      .offset = offsetof(struct study_given, empower),
      .doc = "Method: try authority limits of a tier.",
      .example = "{ \"limits\": [25, 50, 100, 200] }" },
    { .key = "schedule", .type = PARAM_OBJECT, .shape = &schedule_shape,
      .offset = offsetof(struct study_given, schedule),
      .doc = "Method: find shifts that cover what is needed.",
      .example = "{ \"shifts\": [ { \"name\": \"full time\", \"length\": \"8 h\" } ] }" },
    { .key = "stress", .type = PARAM_OBJECT, .shape = &stress_shape,
      .offset = offsetof(struct study_given, stress),
      .doc = "Method: try what may go wrong; the variants are stresses, too.", .example = "{}" },
};

/* A study has one method. */
static bool study_check(struct reader *reader, const struct json *node, void *value)
{
    struct study_given *study = value;
    const struct json  *methods[] = { study->compare.at, study->select.at, study->sweep.at,
                                    study->empower.at, study->stress.at,
                                    study->schedule.at };
    size_t              n = 0;
    for (size_t i = 0; i < COUNT_OF(methods); i++)
        n += methods[i] != NULL;
    if (study->sweep.at && study->variants.n > 0)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "variants",
                          "factors, under \"sweep\"", NULL, NULL,
                          "a sweep makes its own variants");
    if (study->precision > 0 && (study->select.at || study->sweep.at))
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "precision", NULL, NULL,
                          study->sweep.at ? "use \"replications\"" : "use its \"zone\"",
                          "a precision cannot be asked of this method");
    return n == 1 || problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, NULL,
                                "one method: \"compare\", \"select\", \"sweep\", \"empower\", "
                                "\"stress\" or \"schedule\"", NULL,
                                "such as \"compare\": {}",
                                n == 0 ? "the study does not say what to do"
                                       : "the study has more than one method");
}

const struct shape study_shape = {
    .name = "study",
    .summary = "A study of tiersim: scenarios to set against each other, and how.",
    .params = study_params,
    .n_params = COUNT_OF(study_params),
    .size = sizeof(struct study_given),
    .check = study_check,
    .at_offset = offsetof(struct study_given, at),
};
