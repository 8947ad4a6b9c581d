/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of other duties of agents: planned ones, and those for when nothing else is to be done. */
#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "kernel/dist.h"
#include "model/calendar.h"
#include "model/scenario.h"

static const struct param duty_params[] = {
    { .key = "name", .type = PARAM_NAME, .offset = offsetof(struct duty_given, name),
      .flags = PARAM_REQUIRED, .doc = "What it is.", .example = "\"team meeting\"" },
    { .key = "when", .type = PARAM_LIST, .offset = offsetof(struct duty_given, when),
      .shape = &hours_window_shape, .low = 1, .high = 1000, .flags = PARAM_REQUIRED,
      .doc = "When it is planned, week after week. Windows that touch or overlap are one.",
      .example = "[ { \"days\": \"Tue\", \"from\": \"10:00\", \"to\": \"10:30\" } ]" },
    { .key = "agents", .type = PARAM_COUNT, .offset = offsetof(struct duty_given, agents),
      .low = 1, .high = LIMIT_AGENTS_POOL,
      .doc = "How many agents it takes, if so many are on duty; without this key by `share`.",
      .example = "1" },
    { .key = "share", .type = PARAM_SHARE, .offset = offsetof(struct duty_given, share),
      .doc = "Share of the agents on duty that it takes, rounded to whole agents; with neither key "
             "all of them.",
      .example = "\"50 %\"" },
    { .key = "put_off_from", .type = PARAM_COUNT, .low = 1, .high = LIMIT_CONTACTS_MOST,
      .offset = offsetof(struct duty_given, put_off_from),
      .doc = "It does not begin while so many contacts wait in the tier; without this key it "
             "begins when it is planned.", .example = "6" },
    { .key = "look_again", .type = PARAM_DURATION, .low = 1, .high = LIMIT_DURATION_S,
      .offset = offsetof(struct duty_given, look_again_s),
      .doc = "Whether it can begin is looked at again after so long, by default 5 min.",
      .example = "\"10 min\"" },
    { .key = "put_off_most", .type = PARAM_DURATION, .high = LIMIT_DURATION_S,
      .offset = offsetof(struct duty_given, put_off_most_s),
      .doc = "It begins no later than so long after it was planned, else is cancelled. What "
             "begins late is as long as planned. Without this key it is not put off, but "
             "cancelled.",
      .example = "\"1 h\"" },
};

static bool duty_check(struct reader *reader, const struct json *node, void *value)
{
    struct duty_given *duty = value;
    duty->waits = json_member(node, "put_off_from") != NULL;
    if (json_member(node, "agents") && json_member(node, "share"))
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, json_member(node, "share"),
                          NULL, NULL, NULL,
                          "either a number of agents or a share of those on duty",
                          "\"agents\" and \"share\" both say how many");
    if (!duty->waits && (json_member(node, "put_off_most") || json_member(node, "look_again")))
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, NULL, NULL, NULL,
                          "for example \"put_off_from\": 6",
                          "\"put_off_from\" is missing, without which it is never put off");
    if (!json_member(node, "agents") && !json_member(node, "share"))
        duty->share = 1;
    if (duty->waits && !json_member(node, "look_again"))
        duty->look_again_s = 300;
    return true;
}

const struct shape duty_shape = {
    .name = "duty",
    .summary = "Planned time off the contacts, which is paid: meetings, coaching, training.",
    .params = duty_params,
    .n_params = COUNT_OF(duty_params),
    .size = sizeof(struct duty_given),
    .check = duty_check,
    .at_offset = offsetof(struct duty_given, at),
};

static const char *const left_overs[] = { "kept", "dropped", NULL };

static const struct param idle_duty_params[] = {
    { .key = "name", .type = PARAM_NAME, .offset = offsetof(struct idle_duty_given, name),
      .flags = PARAM_REQUIRED, .doc = "What it is.", .example = "\"knowledge articles\"" },
    { .key = "per_day", .type = PARAM_DURATION, .flags = PARAM_REQUIRED | PARAM_POSITIVE,
      .offset = offsetof(struct idle_duty_given, per_day_s), .high = LIMIT_DURATION_S,
      .doc = "Agents' time wanted for it: so much comes up at midnight of each day, and the whole "
             "of the first day's at the beginning.", .example = "\"6 h\"" },
    { .key = "days", .type = PARAM_TEXT, .offset = offsetof(struct idle_duty_given, days),
      .fallback = "\"Mon-Sun\"", .doc = "Days on which it comes up.", .example = "\"Mon-Fri\"" },
    { .key = "piece", .type = PARAM_KIND, .offset = offsetof(struct idle_duty_given, piece),
      .flags = PARAM_REQUIRED, .family = &dist_family, .sets_quantity = true,
      .quantity = QUANTITY_TIME,
      .doc = "How long an agent is at it at a time, at least 1 s; the last piece is what is left.",
      .example = "\"20 min\"" },
    { .key = "after", .type = PARAM_DURATION, .high = LIMIT_DURATION_S, .fallback = "0",
      .offset = offsetof(struct idle_duty_given, after_s),
      .doc = "An agent who has been idle for so long turns to it.", .example = "\"2 min\"" },
    { .key = "interruptible", .type = PARAM_BOOL, .fallback = "true",
      .offset = offsetof(struct idle_duty_given, interruptible),
      .doc = "Whether a contact calls the agent back; if not, a piece is finished first." },
    { .key = "back_after", .type = PARAM_DURATION, .high = LIMIT_DURATION_S, .fallback = "0",
      .offset = offsetof(struct idle_duty_given, back_after_s),
      .doc = "Time an agent who is called back needs to put it aside. 0: takes contacts like any "
             "idle agent.", .example = "\"30 s\"" },
    { .key = "left_over", .type = PARAM_CHOICE, .choices = left_overs, .fallback = "\"kept\"",
      .offset = offsetof(struct idle_duty_given, left_over),
      .doc = "What becomes at midnight of what was not begun: it is still wanted, or not." },
};

static bool idle_duty_check(struct reader *reader, const struct json *node, void *value)
{
    struct idle_duty_given *duty = value;
    if (!calendar_read_days(duty->days, &duty->day_mask))
        return wrong_value(reader, json_member(node, "days"), "days such as \"Mon-Fri\"", NULL);
    if (duty->back_after_s > 0 && !duty->interruptible)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, json_member(node, "back_after"),
                          NULL, NULL, NULL,
                          "\"interruptible\": true, or no \"back_after\"",
                          "nobody is called back from what is not interruptible");
    return true;
}

const struct shape idle_duty_shape = {
    .name = "idle_duty",
    .summary = "Work besides contacts that agents do when nothing else is to be done.",
    .params = idle_duty_params,
    .n_params = COUNT_OF(idle_duty_params),
    .size = sizeof(struct idle_duty_given),
    .check = idle_duty_check,
    .at_offset = offsetof(struct idle_duty_given, at),
};
