/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a user's own policy. */
#include <stdio.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "model/scenario.h"
#include "model/shape_impl.h"

static bool read_parameters(struct reader *reader, const struct json *node, void *value)
{
    struct list *list = value;
    if (node->type != JSON_OBJECT)
        return wrong_value(reader, node, "an object of numbers such as { \"reserve\": 2 }", NULL);
    struct number_given *numbers = arena_take_array(reader->arena, node->size + 1, sizeof *numbers);
    bool                 good = numbers != NULL;
    uint32_t             n = 0;
    JSON_EACH(member, node)
    {
        if (!numbers)
            break;
        numbers[n] = (struct number_given){ .name = member->key, .at = member };
        good &= read_number(reader, member, -1e15, 1e15, &numbers[n].value);
        n++;
    }
    *list = (struct list){ .at = numbers, .n = n };
    return good;
}

static const struct param policy_params[] = {
    { .key = "plugin", .type = PARAM_TEXT, .offset = offsetof(struct policy_given, plugin),
      .flags = PARAM_REQUIRED,
      .doc = "Shared object with the policy, from the scenario's folder. It is code: the command "
             "loads it only with --allow-plugins.", .example = "\"./reserve.so\"" },
    { .key = "parameters", .type = PARAM_CUSTOM, .read = read_parameters,
      .offset = offsetof(struct policy_given, parameters),
      .schema = "\"type\": \"object\", \"additionalProperties\": { \"type\": \"number\" }",
      .doc = "Numbers that the policy asks for; others are as it says.",
      .example = "{ \"reserve\": 2 }" },
    TEXTS_PARAM(policy_given, "tiers", tiers, "Only in these tiers; by default in all. Routing at "
                "the door is about the whole desk.", "[\"L1\"]"),
};

const struct shape policy_shape = {
    .name = "policy",
    .summary = "A routing or escalation policy of your own, written in C (docs/policies.md).",
    .params = policy_params,
    .n_params = COUNT_OF(policy_params),
    .size = sizeof(struct policy_given),
    .at_offset = offsetof(struct policy_given, at),
};
