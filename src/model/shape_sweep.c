/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a study that varies numbers of its scenario. */
#include <math.h>
#include <string.h>

#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "model/study.h"

const char *const design_words[DESIGNS + 1] = { "factorial", "one_at_a_time", "latin_hypercube",
                                                "sobol", NULL };

static const struct param factor_params[] = {
    { .key = "name", .type = PARAM_NAME, .offset = offsetof(struct factor_given, name),
      .doc = "What it is called; by default its setting.", .example = "\"L2 agents\"" },
    { .key = "set", .type = PARAM_NAME, .offset = offsetof(struct factor_given, set),
      .flags = PARAM_REQUIRED,
      .doc = "The setting, with ? for the factor's value; a path alone stands for PATH = ?.",
      .example = "\"streams[*].arrivals.rate *= ?\"" },
    { .key = "values", .type = PARAM_NUMBERS, .offset = offsetof(struct factor_given, values),
      .low = -1e15, .high = 1e15, .doc = "Its levels, in order.", .example = "[8, 9, 10, 11]" },
    { .key = "low", .type = PARAM_NUMBER, .offset = offsetof(struct factor_given, low),
      .low = -1e15, .high = 1e15, .doc = "Instead of levels: the lowest value …",
      .example = "0.8" },
    { .key = "high", .type = PARAM_NUMBER, .offset = offsetof(struct factor_given, high),
      .low = -1e15, .high = 1e15, .doc = "… and the highest.", .example = "1.2" },
    { .key = "whole", .type = PARAM_BOOL, .offset = offsetof(struct factor_given, whole),
      .fallback = "false", .doc = "Only whole numbers between low and high." },
    { .key = "base", .type = PARAM_NUMBER, .offset = offsetof(struct factor_given, base),
      .low = -1e15, .high = 1e15,
      .doc = "Its value while others change, one at a time; by default the scenario's own, 1 of a "
             "factor (*= ?), 0 of a difference (+= ?).", .example = "10" },
    { .key = "step", .type = PARAM_NUMBER, .offset = offsetof(struct factor_given, step),
      .low = 0, .high = 1e15, .flags = PARAM_POSITIVE,
      .doc = "What is \"one more\" of it; by default 1 where all values are whole, else a round "
             "tenth of its range.", .example = "0.1" },
};

static bool check_levels(struct reader *reader, const struct json *node,
                         struct factor_given *factor)
{
    const struct json *list = json_member(node, "values");
    if (factor->values.n == 0 || factor->values.n > LIMIT_LEVELS)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, list, NULL, "1 to 1000 values",
                          NULL, NULL, "a factor needs levels, but not too many");
    factor->whole = true;
    factor->low = HUGE_VAL;
    factor->high = -HUGE_VAL;
    for (uint32_t i = 0; i < factor->values.n; i++) {
        const double value = factor->values.at[i];
        factor->low = fmin(factor->low, value);
        factor->high = fmax(factor->high, value);
        factor->whole &= floor(value) == value;
        for (uint32_t k = 0; k < i; k++)
            if (!(factor->values.at[k] < value) && !(factor->values.at[k] > value))
                return problem_at(reader->problems, TSIM_PROBLEM_INPUT, json_element(list, i),
                                  NULL, "each level once", NULL, NULL,
                                  "the factor has this level twice");
    }
    return true;
}

static bool check_range(struct reader *reader, const struct json *node,
                        const struct factor_given *factor)
{
    const struct json *low = json_member(node, "low"), *high = json_member(node, "high");
    if (!low || !high)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, NULL,
                          "\"values\", or \"low\" and \"high\"", NULL, NULL,
                          "the factor does not say between what it varies");
    if (!(factor->low < factor->high))
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, high, NULL, "more than \"low\"",
                          NULL, NULL, "there is nothing between low and high");
    return !factor->whole || floor(factor->high) > ceil(factor->low) ||
           problem_at(reader->problems, TSIM_PROBLEM_INPUT, high, NULL, "two whole numbers", NULL,
                      NULL, "there are no two whole numbers between low and high");
}

static bool factor_check(struct reader *reader, const struct json *node, void *value)
{
    struct factor_given *factor = value;
    const struct json   *set = json_member(node, "set");
    const bool           change = strstr(factor->set, "*=") || strstr(factor->set, "+=");
    const bool levels = json_member(node, "values") != NULL;
    const bool range = json_member(node, "low") || json_member(node, "high");
    factor->has_base = json_member(node, "base") != NULL;
    if (strchr(factor->set, '=') && !strchr(factor->set, '?'))
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, set, NULL,
                          "a setting with ?, such as \"tiers[0].target = ? min\"", NULL, NULL,
                          "the setting has no place for the factor's value");
    if (levels && range)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, NULL,
                          "\"values\", or \"low\" and \"high\"", NULL, NULL,
                          "the factor has levels and a range");
    if (!factor->has_base && change) {
        factor->base = strstr(factor->set, "*=") ? 1 : 0;
        factor->has_base = true;
    }
    return levels ? check_levels(reader, node, factor) : check_range(reader, node, factor);
}

static const struct shape factor_shape = {
    .name = "factor",
    .summary = "A number of the scenario, or several that change together, and its values.",
    .params = factor_params,
    .n_params = COUNT_OF(factor_params),
    .size = sizeof(struct factor_given),
    .check = factor_check,
    .at_offset = offsetof(struct factor_given, at),
};

static const struct param sweep_params[] = {
    { .key = "design", .type = PARAM_CHOICE, .offset = offsetof(struct sweep_given, design),
      .choices = design_words, .fallback = "\"factorial\"",
      .doc = "Which combinations: all of them, each factor alone, or points spread over the space "
             "at random (Latin hypercube) or evenly (Sobol)." },
    { .key = "factors", .type = PARAM_LIST, .offset = offsetof(struct sweep_given, factors),
      .shape = &factor_shape, .flags = PARAM_REQUIRED, .low = 1, .high = LIMIT_FACTORS,
      .doc = "What is varied.",
      .example = "[ { \"set\": \"tiers[0].pools[0].agents\", \"values\": [8, 9, 10] } ]" },
    { .key = "points", .type = PARAM_COUNT, .offset = offsetof(struct sweep_given, points),
      .low = 2, .high = LIMIT_SWEEP_POINTS, .fallback = "64",
      .doc = "Points of a Latin hypercube or of Sobol's sequence." },
    { .key = "cost", .type = PARAM_NAME, .offset = offsetof(struct sweep_given, cost),
      .fallback = "\"cost.total.per_day\"",
      .doc = "What promises are weighed against, as scope.entry.measure." },
};

const struct shape sweep_shape = {
    .name = "sweep",
    .summary = "Varies numbers of the study's scenario by a design, and says what each of them "
               "does.",
    .params = sweep_params,
    .n_params = COUNT_OF(sweep_params),
    .size = sizeof(struct sweep_given),
    .at_offset = offsetof(struct sweep_given, at),
};
