/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of named agents. */
#include <math.h>

#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "model/scenario.h"

static const struct param tenure_params[] = {
    { .key = "after", .type = PARAM_DURATION, .offset = offsetof(struct tenure_given, after_s),
      .flags = PARAM_REQUIRED, .high = LIMIT_DURATION_S,
      .doc = "Time since the first day began.", .example = "\"8 w\"" },
    { .key = "time_factor", .type = PARAM_NUMBER, .low = 1e-3, .high = 1e3, .fallback = "1",
      .offset = offsetof(struct tenure_given, time_factor),
      .doc = "Handling times and tasks take so many times as long then.", .example = "1.4" },
};

const struct shape tenure_shape = {
    .name = "tenure",
    .summary = "A point of the curve by which new agents become as fast as others.",
    .params = tenure_params,
    .n_params = COUNT_OF(tenure_params),
    .size = sizeof(struct tenure_given),
    .at_offset = offsetof(struct tenure_given, at),
};

static bool read_started(struct reader *reader, const struct json *node, void *value)
{
    return (node->type == JSON_STRING && calendar_read_any_date(node->string, value)) ||
           wrong_value(reader, node, "a date such as \"2024-01-04\", not before 1900-01-01", NULL);
}

static const struct param agent_params[] = {
    { .key = "name", .type = PARAM_NAME, .offset = offsetof(struct agent_given, name),
      .doc = "The agent's name, unlike that of any other agent or pool.", .example = "\"Ann\"" },
    { .key = "shift", .type = PARAM_LIST, .offset = offsetof(struct agent_given, shift),
      .shape = &shift_window_shape, .low = 1, .high = 1000,
      .doc = "When the agent is on the floor; without this key always.",
      .example = "[{ \"days\": \"Mon-Fri\", \"from\": \"08:00\", \"to\": \"16:30\" }]" },
    { .key = "skills", .type = PARAM_LIST, .offset = offsetof(struct agent_given, skills),
      .shape = &skill_shape, .low = 1, .high = LIMIT_SKILLS,
      .doc = "The agent's skills; without this key those of the pool.",
      .example = "[{ \"skill\": \"billing\", \"time_factor\": 0.8 }]" },
    { .key = "helps", .type = PARAM_LIST, .offset = offsetof(struct agent_given, helps),
      .shape = &help_shape, .low = 1, .high = LIMIT_TIERS,
      .doc = "Other tiers that the agent helps; without this key those that the pool helps." },
    { .key = "authority", .type = PARAM_MONEY, .offset = offsetof(struct agent_given, authority),
      .high = 1e15, .doc = "Largest concession the agent may approve; otherwise as the pool says.",
      .example = "100" },
    { .key = "wage", .type = PARAM_MONEY, .offset = offsetof(struct agent_given, wage_per_h),
      .high = 1e9, .doc = "Money per paid hour; otherwise as the pool says.", .example = "24" },
    { .key = "time_factor", .type = PARAM_NUMBER, .low = 1e-3, .high = 1e3,
      .offset = offsetof(struct agent_given, time_factor),
      .doc = "The agent's own pace: handling times and tasks take so many times as long, besides "
             "the time_factor of the skill; otherwise as the pool says.", .example = "0.9" },
    { .key = "experience", .type = PARAM_COUNT, .high = 1e9,
      .offset = offsetof(struct agent_given, experience),
      .doc = "Contacts the agent had when the run begins, for the pool's `learning`: a new starter "
             "has few; otherwise as the pool says.", .example = "20" },
    { .key = "started", .type = PARAM_CUSTOM, .offset = offsetof(struct agent_given, started),
      .read = read_started, .schema = "\"type\": \"string\"",
      .doc = "Date of the agent's first day: not on the floor before, and from then on ever faster "
             "by the pool's `tenure`. Time 0 of a run is in the week of Monday, 2024-01-01. "
             "Without this key it is long ago.", .example = "\"2023-12-04\"" },
    { .key = "csv", .type = PARAM_TEXT, .offset = offsetof(struct agent_given, csv),
      .doc = "A CSV file of agents instead of one: a column name, and where they differ columns "
             "days, from, to (a shift; another row of the same name is another shift), skills "
             "(several apart by \"|\"; how they do is said by the pool's skills), authority, "
             "wage, time_factor, experience, started. Looked up from the scenario's folder.",
      .example = "\"agents.csv\"" },
};

static bool agent_check(struct reader *reader, const struct json *node, void *value)
{
    struct agent_given *agent = value;
    if (agent->csv ? node->size > 1 : !agent->name)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, agent->csv ? "csv" : NULL,
                          NULL, NULL, "an agent has a name; a line with \"csv\" nothing else",
                          agent->csv ? "what differs between agents of a file stands in its columns"
                                     : "\"name\" is missing");
    if (!json_member(node, "authority"))
        agent->authority = NAN;
    if (!json_member(node, "wage"))
        agent->wage_per_h = NAN;
    if (!json_member(node, "time_factor"))
        agent->time_factor = NAN;
    if (!json_member(node, "started"))
        agent->started = NAN;
    if (!json_member(node, "experience"))
        agent->experience = NOT_GIVEN;
    return true;
}

const struct shape agent_shape = {
    .name = "agent",
    .summary = "An agent of a roster: what differs from the pool. In results each is a pool of "
               "one; rules may name the agent, or the pool as a team.",
    .params = agent_params,
    .n_params = COUNT_OF(agent_params),
    .size = sizeof(struct agent_given),
    .check = agent_check,
    .at_offset = offsetof(struct agent_given, at),
};
