/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of what moves the rates of several streams: incidents, busy days that hang together. */
#include "base/arena.h"
#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "kernel/dist.h"
#include "model/scenario.h"

/* ---- incidents */

static bool read_factor(struct reader *reader, const struct json *node, void *value)
{
    struct factors_given *given = value;
    bool                  good = true;
    given->node = node;
    if (node->type == JSON_NUMBER)
        return read_number(reader, node, 0, 1000, &given->value);
    if (node->type != JSON_OBJECT || node->size == 0)
        return wrong_value(reader, node, "a number, or a number for each stream such as "
                                         "{ \"calls\": 3, \"chats\": 1.5 }", NULL);
    given->at = ARENA_ARRAY(reader->arena, node->size, struct named_share);
    if (!given->at)
        return false;
    JSON_EACH(member, node)
    {
        struct named_share *entry = &given->at[given->n++];
        *entry = (struct named_share){ .name = member->key, .at = member };
        good &= read_number(reader, member, 0, 1000, &entry->share);
    }
    return good;
}

static const struct param incident_params[] = {
    { .key = "name", .type = PARAM_NAME, .offset = offsetof(struct incident_given, name),
      .flags = PARAM_REQUIRED,
      .doc = "Name of the incident; its random numbers are drawn under it.",
      .example = "\"outage\"" },
    { .key = "factor", .type = PARAM_CUSTOM, .offset = offsetof(struct incident_given, factor),
      .flags = PARAM_REQUIRED, .read = read_factor,
      .schema = "\"anyOf\": [{ \"type\": \"number\" }, { \"type\": \"object\", "
                "\"additionalProperties\": { \"type\": \"number\" } }]",
      .doc = "Times the rate while it lasts: of every stream that has a rate, or by stream.",
      .example = "{ \"calls\": 3, \"chats\": 1.5 }" },
    { .key = "between", .type = PARAM_KIND, .offset = offsetof(struct incident_given, between),
      .family = &dist_family, .sets_quantity = true, .quantity = QUANTITY_TIME,
      .doc = "Time from the end of one until the next begins, and from time 0 until the first.",
      .example = "{ \"kind\": \"exponential\", \"mean\": \"2 w\" }" },
    { .key = "begins", .type = PARAM_QUANTITIES, .high = LIMIT_HORIZON_S,
      .offset = offsetof(struct incident_given, begins_s),
      .doc = "Instead: when each begins, after time 0, ascending. One that would begin while "
             "another lasts begins when that ends.", .example = "[\"10 h\", \"34 h\"]" },
    { .key = "duration", .type = PARAM_KIND, .offset = offsetof(struct incident_given, duration),
      .flags = PARAM_REQUIRED, .family = &dist_family, .sets_quantity = true,
      .quantity = QUANTITY_TIME, .doc = "How long it lasts.",
      .example = "{ \"kind\": \"lognormal\", \"mean\": \"90 min\", \"cv\": 0.8 }" },
};

static bool incident_check(struct reader *reader, const struct json *node, void *value)
{
    const struct incident_given *given = value;
    const struct numbers        *begins = &given->begins_s;
    if (!given->between.kind == (begins->n == 0))
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "between", NULL, NULL, NULL,
                          "give either \"between\" or \"begins\": when the incident comes");
    for (uint32_t i = 1; i < begins->n; i++)
        if (begins->at[i] < begins->at[i - 1])
            return wrong_value(reader, json_element(json_member(node, "begins"), i),
                               "a time not before the one in front of it", NULL);
    return true;
}

const struct shape incident_shape = {
    .name = "incident",
    .summary = "Something (an outage, a bill run) that multiplies the rates of streams while it "
               "lasts.",
    .params = incident_params,
    .n_params = COUNT_OF(incident_params),
    .size = sizeof(struct incident_given),
    .check = incident_check,
    .at_offset = offsetof(struct incident_given, at),
};

/* ---- busy days */

static const struct param correlation_params[] = {
    { .key = "group", .type = PARAM_NAME, .offset = offsetof(struct correlation_given, group),
      .flags = PARAM_REQUIRED, .doc = "A `busyness_group`.", .example = "\"phone\"" },
    { .key = "with", .type = PARAM_NAME, .offset = offsetof(struct correlation_given, with),
      .flags = PARAM_REQUIRED, .doc = "Another.", .example = "\"chat\"" },
    { .key = "correlation", .type = PARAM_NUMBER, .low = -1, .high = 1,
      .offset = offsetof(struct correlation_given, value), .flags = PARAM_REQUIRED,
      .doc = "Of their factors of the same day.", .example = "0.6" },
};

static const struct shape correlation_shape = {
    .name = "busyness_correlation",
    .summary = "How the busyness of two groups goes together.",
    .params = correlation_params,
    .n_params = COUNT_OF(correlation_params),
    .size = sizeof(struct correlation_given),
    .at_offset = offsetof(struct correlation_given, at),
};

static const struct param busy_days_params[] = {
    { .key = "autocorrelation", .type = PARAM_NUMBER, .low = -0.99, .high = 0.99,
      .offset = offsetof(struct busy_days_given, autocorrelation), .fallback = "0",
      .doc = "Correlation of a group's factors on one day and the next; about the k-th power of it "
             "k days apart. Real desks show 0.5 to 0.6.", .example = "0.55" },
    { .key = "correlation", .type = PARAM_NUMBER, .low = -1, .high = 1,
      .offset = offsetof(struct busy_days_given, correlation), .fallback = "0",
      .doc = "Correlation of the factors of any two groups on the same day.", .example = "0.4" },
    { .key = "pairs", .type = PARAM_LIST, .shape = &correlation_shape, .high = 4096,
      .offset = offsetof(struct busy_days_given, pairs),
      .doc = "Correlations of single pairs, instead of that." },
    { .key = "every", .type = PARAM_QUANTITY, .quantity = QUANTITY_TIME, .low = 60,
      .high = DAY_S / 2, .offset = offsetof(struct busy_days_given, every_s),
      .doc = "Intervals of a day that have factors of their own, of the same law; without this key "
             "a day has one factor.", .example = "\"30 min\"" },
    { .key = "within_day", .type = PARAM_NUMBER, .high = 1, .fallback = "1",
      .offset = offsetof(struct busy_days_given, within_day),
      .doc = "Correlation of the factors of two intervals of one day that are far apart: what the "
             "day as a whole has to do with it.", .example = "0.5" },
    { .key = "next_interval", .type = PARAM_NUMBER, .high = 0.999,
      .offset = offsetof(struct busy_days_given, next_interval),
      .doc = "Correlation of an interval's factor and the next one's, at least `within_day`, its "
             "default; towards it the correlation falls as intervals lie further apart.",
      .example = "0.8" },
};

const struct shape busy_days_shape = {
    .name = "busy_days",
    .summary = "How busy days hang together, where streams have a `busyness_cv`.",
    .params = busy_days_params,
    .n_params = COUNT_OF(busy_days_params),
    .size = sizeof(struct busy_days_given),
    .at_offset = offsetof(struct busy_days_given, at),
};
