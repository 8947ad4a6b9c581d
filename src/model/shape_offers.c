/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of what customers who have to wait are told and offered: balking, call-backs. */
#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "kernel/dist.h"
#include "model/scenario.h"

const char *const wait_estimates[] = { "queue_length", "last_answered", NULL };

#define TIER_PARAM(struct_)                                                                    \
    { .key = "tier", .type = PARAM_CUSTOM, .offset = offsetof(struct struct_, tier),           \
      .read = read_texts, .schema = texts_schema,                                              \
      .doc = "In the queues of this tier, or of these; without this key of all.",              \
      .example = "\"L1\"" }

static const struct param balking_params[] = {
    { .key = "from_waiting", .type = PARAM_COUNT, .high = LIMIT_CONTACTS_MOST, .fallback = "0",
      .offset = offsetof(struct balking_given, from_waiting),
      .doc = "Contacts that may wait in the queue before anybody balks at its length.",
      .example = "10" },
    { .key = "per_waiting", .type = PARAM_SHARE, .fallback = "0",
      .offset = offsetof(struct balking_given, per_waiting),
      .doc = "Share of customers who balk, for each contact that waits beyond that.",
      .example = "\"2 %\"" },
    { .key = "from_wait", .type = PARAM_DURATION, .high = LIMIT_HORIZON_S, .fallback = "0",
      .offset = offsetof(struct balking_given, from_wait_s),
      .doc = "Estimated wait up to which nobody balks at it.", .example = "\"5 min\"" },
    { .key = "per_minute", .type = PARAM_SHARE, .fallback = "0",
      .offset = offsetof(struct balking_given, per_minute),
      .doc = "Share of customers who balk, for each minute of the estimated wait beyond that; "
             "it is added to the share for the length.", .example = "\"3 %\"" },
    { .key = "most", .type = PARAM_SHARE, .offset = offsetof(struct balking_given, most),
      .fallback = "1", .doc = "The share of both is never more than this.",
      .example = "\"70 %\"" },
    { .key = "announced", .type = PARAM_BOOL, .fallback = "false",
      .offset = offsetof(struct balking_given, announced),
      .doc = "Customers are told the estimated wait, and leave at once when it is longer than "
             "their patience." },
    { .key = "patience_factor", .type = PARAM_NUMBER, .flags = PARAM_POSITIVE, .high = 1000,
      .offset = offsetof(struct balking_given, patience), .fallback = "1",
      .doc = "Patience of those who were told and stay is multiplied by this.",
      .example = "1.5" },
    TIER_PARAM(balking_given),
};

const struct shape balking_shape = {
    .name = "balking",
    .summary = "Customers who would have to wait and leave at once, for the queue is long or the "
               "wait announced is. They have given up after a wait of 0: they count as abandoned "
               "and redial as such.",
    .params = balking_params,
    .n_params = COUNT_OF(balking_params),
    .size = sizeof(struct balking_given),
    .at_offset = offsetof(struct balking_given, at),
};

static const char *const call_back_places[] = { "kept", "after_others", NULL };

static const struct param call_back_params[] = {
    { .key = "from_waiting", .type = PARAM_COUNT, .high = LIMIT_CONTACTS_MOST,
      .offset = offsetof(struct call_back_given, from_waiting),
      .doc = "Offered when at least so many contacts wait in the queue. Without this key and "
             "from_wait: to all who have to wait; with both: when either holds.",
      .example = "3" },
    { .key = "from_wait", .type = PARAM_DURATION, .high = LIMIT_HORIZON_S,
      .offset = offsetof(struct call_back_given, from_wait_s),
      .doc = "Offered when the estimated wait is at least this.", .example = "\"3 min\"" },
    { .key = "accepts", .type = PARAM_SHARE, .flags = PARAM_REQUIRED,
      .offset = offsetof(struct call_back_given, accepts),
      .doc = "Share of customers who accept.", .example = "\"40 %\"" },
    { .key = "place", .type = PARAM_CHOICE, .choices = call_back_places, .fallback = "\"kept\"",
      .offset = offsetof(struct call_back_given, place),
      .doc = "kept: the place in the queue is kept (virtual queue). after_others: they are called "
             "when nobody waits on the line whom the agent could serve." },
    { .key = "reserve", .type = PARAM_COUNT, .high = LIMIT_AGENTS, .fallback = "0",
      .offset = offsetof(struct call_back_given, reserve),
      .doc = "after_others: … and at least so many other agents for that queue stay idle.",
      .example = "1" },
    { .key = "due_in", .type = PARAM_KIND, .offset = offsetof(struct call_back_given, due_in),
      .family = &dist_family, .sets_quantity = true, .quantity = QUANTITY_TIME,
      .doc = "An appointment: the call is agreed for a time that far away, and the contact joins "
             "the queue then. Without this key it waits in the queue at once.",
      .example = "{ \"kind\": \"uniform\", \"low\": \"1 h\", \"high\": \"5 h\" }" },
    { .key = "slots", .type = PARAM_DURATION, .high = 86400, .flags = PARAM_POSITIVE,
      .offset = offsetof(struct call_back_given, grid_s),
      .doc = "Appointments begin only at times of day that are multiples of this: the next one.",
      .example = "\"30 min\"" },
    { .key = "within", .type = PARAM_DURATION, .high = LIMIT_HORIZON_S, .flags = PARAM_POSITIVE,
      .offset = offsetof(struct call_back_given, within_s),
      .doc = "Promised: the first call begins within this time of the offer, or of the "
             "appointment. Later ones count as late, and so do those that are never made. "
             "Without this key nothing is promised.",
      .example = "\"2 h\"" },
    { .key = "reached", .type = PARAM_SHARE, .fallback = "1",
      .offset = offsetof(struct call_back_given, reached),
      .doc = "Share of calls that reach the customer.", .example = "\"80 %\"" },
    { .key = "dial", .type = PARAM_KIND, .offset = offsetof(struct call_back_given, dial),
      .family = &dist_family, .sets_quantity = true, .quantity = QUANTITY_TIME, .fallback = "0",
      .doc = "Agent's time of a call that does not.", .example = "\"40 s\"" },
    { .key = "again", .type = PARAM_KIND, .offset = offsetof(struct call_back_given, again),
      .family = &dist_family, .sets_quantity = true, .quantity = QUANTITY_TIME,
      .fallback = "\"30 min\"",
      .doc = "Time after which it is due again: the contact joins the end of the queue.",
      .example = "\"30 min\"" },
    { .key = "most", .type = PARAM_COUNT, .offset = offsetof(struct call_back_given, most),
      .low = 1, .high = 1000, .fallback = "3",
      .doc = "Calls to a contact's customer; when the last has not reached them the contact ends "
             "unresolved.", .example = "3" },
    { .key = "time_factor", .type = PARAM_NUMBER, .flags = PARAM_POSITIVE, .high = 1000,
      .offset = offsetof(struct call_back_given, time_factor), .fallback = "1",
      .doc = "Handling time of a contact that was called back is multiplied by this.",
      .example = "0.9" },
    { .key = "relieves", .type = PARAM_SHARE, .fallback = "0",
      .offset = offsetof(struct call_back_given, relieves),
      .doc = "Share of the wait for the call that does not weigh on the customer, where waiting "
             "makes customers insist, displeases them or drives them away.",
      .example = "\"70 %\"" },
    TIER_PARAM(call_back_given),
};

static bool call_back_check(struct reader *reader, const struct json *node, void *value)
{
    const struct call_back_given *given = value;
    if (given->due_in.kind || !json_member(node, "slots"))
        return true;
    return problem_at_key(reader->problems, TSIM_PROBLEM_INPUT, json_member(node, "slots"),
                          "\"due_in\" beside it", NULL, "how far away is the appointment?",
                          "slots are of appointments");
}

const struct shape call_back_shape = {
    .name = "call_back",
    .summary = "Customers who would have to wait put the phone down and are called. They do not "
               "give up, hold no line, and keep their waiting place.",
    .params = call_back_params,
    .n_params = COUNT_OF(call_back_params),
    .size = sizeof(struct call_back_given),
    .check = call_back_check,
    .at_offset = offsetof(struct call_back_given, at),
};
