/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of how agents differ, how much they do at once, and whether they come. */
#include "base/assert.h"
#include "base/json.h"
#include "base/problem.h"
#include "model/scenario.h"

static const struct param concurrency_params[] = {
    { .key = "contacts", .type = PARAM_COUNT, .low = 1, .high = CONCURRENCY_MOST,
      .offset = offsetof(struct concurrency_given, contacts), .flags = PARAM_REQUIRED,
      .doc = "Contacts that one agent works on at once, at most.", .example = "3" },
    { .key = "slow_down", .type = PARAM_NUMBERS, .low = 1, .high = 1e3,
      .offset = offsetof(struct concurrency_given, slow_down),
      .doc = "With 1, 2, … contacts in hand each takes so many times as long as alone; the last "
             "value holds for all more. Without this key nothing is slowed down.",
      .example = "[1, 1.3, 1.7]" },
};

static bool concurrency_check(struct reader *reader, const struct json *node, void *value)
{
    const struct concurrency_given *given = value;
    if (given->slow_down.n <= given->contacts)
        return true;
    return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "slow_down",
                      "at most one value for each number of contacts", NULL, NULL,
                      "%u values for up to %u contacts", given->slow_down.n, given->contacts);
}

const struct shape concurrency_shape = {
    .name = "concurrency",
    .summary = "How many contacts an agent works on at once, and what that costs each of them.",
    .params = concurrency_params,
    .n_params = COUNT_OF(concurrency_params),
    .size = sizeof(struct concurrency_given),
    .check = concurrency_check,
    .at_offset = offsetof(struct concurrency_given, at),
};

static const struct param absence_params[] = {
    { .key = "share", .type = PARAM_SHARE, .offset = offsetof(struct absence_given, share),
      .flags = PARAM_REQUIRED,
      .doc = "Probability with which an agent does not come on a day, each agent and day by "
             "themselves.", .example = "\"6 %\"" },
    { .key = "paid", .type = PARAM_BOOL, .offset = offsetof(struct absence_given, paid),
      .fallback = "true", .doc = "Whether agents are paid for the time they are absent." },
};

const struct shape absence_shape = {
    .name = "absence",
    .summary = "Agents who were planned and do not come, unforeseen.",
    .params = absence_params,
    .n_params = COUNT_OF(absence_params),
    .size = sizeof(struct absence_given),
    .at_offset = offsetof(struct absence_given, at),
};

static const struct param learning_params[] = {
    { .key = "rate", .type = PARAM_SHARE, .offset = offsetof(struct learning_given, rate),
      .flags = PARAM_REQUIRED,
      .doc = "Each time an agent has begun twice as many contacts, handling takes this share of "
             "the time (Wright's learning curve).", .example = "\"90 %\"" },
    { .key = "experience", .type = PARAM_COUNT, .high = 1e9,
      .offset = offsetof(struct learning_given, experience), .fallback = "0",
      .doc = "Contacts each agent had when the run begins, for which the handling times given "
             "hold.", .example = "200" },
    { .key = "least", .type = PARAM_SHARE, .offset = offsetof(struct learning_given, least),
      .fallback = "0", .doc = "Share of the handling times given below which practice does not "
                              "bring them.", .example = "\"60 %\"" },
};

static bool learning_check(struct reader *reader, const struct json *node, void *value)
{
    const struct learning_given *given = value;
    if (given->rate > 0)
        return true;
    return wrong_value(reader, json_member(node, "rate"), "a share above 0 %", NULL);
}

const struct shape learning_shape = {
    .name = "learning",
    .summary = "Agents who become faster with every contact.",
    .params = learning_params,
    .n_params = COUNT_OF(learning_params),
    .size = sizeof(struct learning_given),
    .check = learning_check,
    .at_offset = offsetof(struct learning_given, at),
};
