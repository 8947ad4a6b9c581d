/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a study that selects the best of its points. */
#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "model/study.h"

static bool read_zone(struct reader *reader, const struct json *node, void *value)
{
    const struct json **zone = value; /* its unit is the measure's: read when that is known */
    *zone = node;
    return node->type == JSON_NUMBER || node->type == JSON_STRING ||
           wrong_value(reader, node, "a value of the measure, such as \"30 s\", \"1 %\" or 50",
                       NULL);
}

static const char *const best_choices[] = { "smallest", "largest", NULL };

static const struct param select_params[] = {
    { .key = "measure", .type = PARAM_NAME, .offset = offsetof(struct select_given, measure),
      .fallback = "\"cost.total.per_day\"",
      .doc = "What they are judged by, as scope.entry.measure.",
      .example = "\"tier.L1.service_level\"" },
    { .key = "best", .type = PARAM_CHOICE, .offset = offsetof(struct select_given, best),
      .choices = best_choices, .fallback = "\"smallest\"",
      .doc = "Which value of it is best." },
    { .key = "zone", .type = PARAM_CUSTOM, .offset = offsetof(struct select_given, zone),
      .read = read_zone, .schema = "\"type\": [\"number\", \"string\"]",
      .doc = "Indifference zone: a smaller difference does not matter; in the measure's unit. "
             "Needed without a budget.", .example = "50" },
    { .key = "first", .type = PARAM_COUNT, .offset = offsetof(struct select_given, first),
      .low = 5, .high = 10000, .fallback = "20",
      .doc = "Replications of each before anybody is dropped; ten sets or more where busy days are "
             "spread over sets." },
    { .key = "budget", .type = PARAM_COUNT, .offset = offsetof(struct select_given, budget),
      .low = 1, .high = LIMIT_REPLICATIONS,
      .doc = "Replications of all together: dealt to those that might be best, without a "
             "guarantee.", .example = "500" },
};

static bool select_check(struct reader *reader, const struct json *node, void *value)
{
    const struct select_given *select = value;
    return select->zone || select->budget > 0 ||
           problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "zone",
                      "a difference that does not matter, in the measure's unit", NULL,
                      "or a \"budget\" of replications, which gives no guarantee",
                      "it is not said which differences matter");
}

const struct shape select_shape = {
    .name = "select",
    .summary = "Selects the best of the study's scenario and its variants, with a guaranteed "
               "probability or within a budget.",
    .params = select_params,
    .n_params = COUNT_OF(select_params),
    .size = sizeof(struct select_given),
    .check = select_check,
    .at_offset = offsetof(struct select_given, at),
};
