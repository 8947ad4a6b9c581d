/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of routing: weights and costs of queue orders, conditions on who serves whom. */
#include <math.h>

#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "model/order.h"
#include "model/scenario.h"
#include "model/shape_impl.h"

/* ---- weights of queue orders */

static const struct param weight_params[] = {
    CLASS_PARAMS(weight_given),
    { .key = "weight", .type = PARAM_NUMBER, .offset = offsetof(struct weight_given, weight),
      .flags = PARAM_REQUIRED, .high = 1e9, .doc = "Their weight.", .example = "4" },
};

static const struct shape weight_shape = {
    .name = "queue_weight",
    .summary = "The weight of some contacts in a queue order; the first of a list that holds "
               "decides.",
    .params = weight_params,
    .n_params = COUNT_OF(weight_params),
    .size = sizeof(struct weight_given),
    .at_offset = offsetof(struct weight_given, at),
};

static const struct param weights_params[] = {
    { .key = "weight", .type = PARAM_NUMBER, .offset = offsetof(struct order_given, weight),
      .high = 1e9, .fallback = "1",
      .doc = "Weight of contacts that no row of \"weights\" names.", .example = "0.5" },
    { .key = "weights", .type = PARAM_LIST, .offset = offsetof(struct order_given, rows),
      .shape = &weight_shape, .high = 1024, .doc = "Weights by what a contact is.",
      .example = "[{ \"segment\": \"gold\", \"weight\": 4 }]" },
};

const struct shape weights_shape = {
    .name = "weights",
    .summary = "Weights of a queue order.",
    .params = weights_params,
    .n_params = COUNT_OF(weights_params),
    .size = sizeof(struct order_given),
};

/* ---- costs of waiting */

static const struct param cost_params[] = {
    CLASS_PARAMS(weight_given),
    { .key = "cost", .type = PARAM_NUMBER, .offset = offsetof(struct weight_given, weight),
      .flags = PARAM_REQUIRED, .high = 1e9, .doc = "Their cost of waiting an hour.",
      .example = "50" },
};

static const struct shape cost_shape = {
    .name = "queue_cost",
    .summary = "What waiting costs some contacts; the first of a list that holds decides.",
    .params = cost_params,
    .n_params = COUNT_OF(cost_params),
    .size = sizeof(struct weight_given),
    .at_offset = offsetof(struct weight_given, at),
};

#define COST_PARAMS                                                                            \
    { .key = "cost", .type = PARAM_NUMBER, .offset = offsetof(struct order_given, weight),     \
      .high = 1e9, .fallback = "1",                                                            \
      .doc = "Cost of waiting an hour of contacts that no row of \"costs\" names." },        \
    { .key = "costs", .type = PARAM_LIST, .offset = offsetof(struct order_given, rows),        \
      .shape = &cost_shape, .high = 1024, .doc = "Costs by what a contact is.",                \
      .example = "[{ \"issue\": \"outage\", \"cost\": 50 }]" }

static const struct param costs_params[] = { COST_PARAMS };

const struct shape costs_shape = {
    .name = "costs",
    .summary = "Costs of waiting that a queue order goes by.",
    .params = costs_params,
    .n_params = COUNT_OF(costs_params),
    .size = sizeof(struct order_given),
};

static const struct param growing_costs_params[] = {
    COST_PARAMS,
    { .key = "power", .type = PARAM_NUMBER, .offset = offsetof(struct order_given, power),
      .low = 1, .high = 10, .fallback = "2",
      .doc = "Waiting w hours costs cost x w^power: 1 is proportional, 2 is twice as bad the "
             "second hour and three times the third." },
};

const struct shape growing_costs_shape = {
    .name = "growing_costs",
    .summary = "Costs of waiting that grow with the wait.",
    .params = growing_costs_params,
    .n_params = COUNT_OF(growing_costs_params),
    .size = sizeof(struct order_given),
};

/* ---- conditions on who serves whom */

static const char bound_schema[] = "\"type\": [\"number\", \"string\"]";

/* A number, or a duration for an expected wait: which, only the check can know. */
static bool keep_bound(struct reader *reader, const struct json *node, void *value)
{
    (void)reader;
    (void)node;
    *(double *)value = 0;
    return true;
}

static const struct param route_condition_params[] = {
    { .key = "waiting", .type = PARAM_NAME,
      .offset = offsetof(struct route_condition_given, waiting),
      .doc = "A skill: how many wait for it in this tier, tasks included.",
      .example = "\"sales\"" },
    { .key = "expected_wait", .type = PARAM_NAME,
      .offset = offsetof(struct route_condition_given, expected_wait),
      .doc = "A skill: mean work of all who wait for it in this tier over the agents present who "
             "may serve it.", .example = "\"sales\"" },
    { .key = "idle", .type = PARAM_NAME, .offset = offsetof(struct route_condition_given, idle),
      .doc = "A pool: how many of its agents are idle; of the pool itself the one who would take "
             "the contact included.", .example = "\"experts\"" },
    { .key = "at_least", .type = PARAM_CUSTOM, .read = keep_bound, .schema = bound_schema,
      .offset = offsetof(struct route_condition_given, at_least),
      .doc = "Not fewer (or not shorter) than this.", .example = "3" },
    { .key = "at_most", .type = PARAM_CUSTOM, .read = keep_bound, .schema = bound_schema,
      .offset = offsetof(struct route_condition_given, at_most),
      .doc = "Not more (or not longer) than this.", .example = "\"2 min\"" },
};

static bool read_bound(struct reader *reader, const struct json *node, bool is_time,
                       double *value)
{
    return is_time ? read_duration(reader, node, 0, LIMIT_DURATION_S, value)
                   : read_number(reader, node, 0, 1e12, value);
}

static bool condition_check(struct reader *reader, const struct json *node, void *value)
{
    struct route_condition_given *given = value;
    const struct json *least = json_member(node, "at_least"), *most = json_member(node, "at_most");
    const int subjects = (given->waiting != NULL) + (given->expected_wait != NULL) +
                         (given->idle != NULL);
    bool      good = true;
    if (subjects != 1)
        return problem_at_key(reader->problems, TSIM_PROBLEM_INPUT, node,
                              "one of \"waiting\", \"expected_wait\" and \"idle\"", NULL,
                              "several conditions are several objects of the list",
                              "a condition is about one thing");
    if (!least && !most)
        return problem_at_key(reader->problems, TSIM_PROBLEM_INPUT, node,
                              "\"at_least\", \"at_most\" or both", NULL, NULL,
                              "the condition has no bound");
    given->at_least = -INFINITY;
    given->at_most = INFINITY;
    if (least)
        good = read_bound(reader, least, given->expected_wait != NULL, &given->at_least);
    if (most)
        good = read_bound(reader, most, given->expected_wait != NULL, &given->at_most) && good;
    if (good && given->at_least > given->at_most)
        return wrong_value(reader, most, "at least as much as at_least", "it would never hold");
    return good;
}

const struct shape route_condition_shape = {
    .name = "route_condition",
    .summary = "A condition on the desk at the moment: of one thing, not fewer or more than.",
    .params = route_condition_params,
    .n_params = COUNT_OF(route_condition_params),
    .size = sizeof(struct route_condition_given),
    .check = condition_check,
    .at_offset = offsetof(struct route_condition_given, at),
};

/* ---- help for other tiers */

static const struct param help_params[] = {
    { .key = "tier", .type = PARAM_NAME, .offset = offsetof(struct help_given, tier),
      .flags = PARAM_REQUIRED, .doc = "Tier that they help, with the skills they have.",
      .example = "\"L1\"" },
    { .key = "time_factor", .type = PARAM_NUMBER, .low = 1e-3, .high = 1e3,
      .offset = offsetof(struct help_given, time_factor),
      .doc = "Handling times there take so many times as long, instead of the time_factor of the "
             "skill.", .example = "0.8" },
    { .key = "resolves", .type = PARAM_SHARE, .offset = offsetof(struct help_given, resolves),
      .doc = "Share of attempts there that solve the issue; otherwise as the skill says, or the "
             "tier that is helped.", .example = "\"95 %\"" },
    { .key = "preference", .type = PARAM_COUNT, .high = 1e6, .fallback = "0",
      .offset = offsetof(struct help_given, preference),
      .doc = "Where agents are selected \"listed\" or by \"preference\": of those who help, pools "
             "of a lower number are tried first." },
    { .key = "after", .type = PARAM_DURATION, .high = LIMIT_DURATION_S, .fallback = "0",
      .offset = offsetof(struct help_given, after_s),
      .doc = "They take only contacts that have waited in that tier for so long.",
      .example = "\"1 min\"" },
    { .key = "reserve", .type = PARAM_COUNT, .high = LIMIT_AGENTS_POOL, .fallback = "0",
      .offset = offsetof(struct help_given, reserve),
      .doc = "They help only while more of the pool's agents than that are idle.",
      .example = "1" },
    { .key = "only_if", .type = PARAM_LIST, .offset = offsetof(struct help_given, only_if),
      .shape = &route_condition_shape, .high = 64,
      .doc = "They help only while all of these hold; \"waiting\" and \"expected_wait\" are about "
             "the tier that is helped.",
      .example = "[{ \"waiting\": \"general\", \"at_least\": 3 }]" },
};

const struct shape help_shape = {
    .name = "help",
    .summary = "Agents take contacts of another tier when nothing waits for them in their own, and "
               "nobody of that tier is idle.",
    .params = help_params,
    .n_params = COUNT_OF(help_params),
    .size = sizeof(struct help_given),
    .at_offset = offsetof(struct help_given, at),
    .bare = "tier",
};
