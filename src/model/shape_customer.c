/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of what customers do (be waited for, redial, come back, insist on somebody higher) and of
 * what is done about it. */
#include "base/arena.h"
#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "kernel/dist.h"
#include "model/scenario.h"

#define SHARE_PARAM(struct_, doc_, example_)                                                   \
    { .key = "share", .type = PARAM_SHARE, .offset = offsetof(struct struct_, share),          \
      .flags = PARAM_REQUIRED, .doc = doc_, .example = example_ }

#define DELAY_PARAM(struct_, doc_, example_)                                                   \
    { .key = "delay", .type = PARAM_KIND, .offset = offsetof(struct struct_, delay),           \
      .flags = PARAM_REQUIRED, .family = &dist_family, .sets_quantity = true,                  \
      .quantity = QUANTITY_TIME, .doc = doc_, .example = example_ }

/* ---- waiting on the customer */

static const char *const reply_places[] = { "same", "owner", NULL };

static const struct param waits_params[] = {
    SHARE_PARAM(waits_given, "Share of works after which the customer has to do or say something "
                             "before anybody can go on.", "\"20 %\""),
    DELAY_PARAM(waits_given, "Time until the customer replies.",
                "{ \"kind\": \"exponential\", \"mean\": \"6 h\" }"),
    { .key = "to", .type = PARAM_CHOICE, .offset = offsetof(struct waits_given, to),
      .choices = reply_places, .fallback = "\"same\"",
      .doc = "Who goes on then: whoever is free first in the same queue, or the owner, if the "
             "agent who worked on it last is idle just then, else somebody idle of the same pool, "
             "else as for same." },
    { .key = "most", .type = PARAM_COUNT, .offset = offsetof(struct waits_given, most), .low = 1,
      .high = 1000, .fallback = "1",
      .doc = "Replies a contact may have to give before it is solved or handed over." },
};

const struct shape waits_shape = {
    .name = "waits_on_customer",
    .summary = "The work is not finished: the contact waits for the customer, then joins the queue "
               "of the same tier again for a new work with its own time and outcome.",
    .params = waits_params,
    .n_params = COUNT_OF(waits_params),
    .size = sizeof(struct waits_given),
    .at_offset = offsetof(struct waits_given, at),
};

/* ---- reopening */

static const char *const reopen_places[] = { "entry", "same", "owner", NULL };

static const struct param reopens_params[] = {
    SHARE_PARAM(reopens_given, "Share of contacts taken for solved that come back.", "\"8 %\""),
    DELAY_PARAM(reopens_given, "Time until they do.",
                "{ \"kind\": \"exponential\", \"mean\": \"2 d\" }"),
    { .key = "to", .type = PARAM_CHOICE, .offset = offsetof(struct reopens_given, to),
      .choices = reopen_places, .fallback = "\"entry\"",
      .doc = "Where they come to: the tier at which the contact entered; the same tier that took "
             "it for solved; or its owner, the agent who did, if idle just then, else somebody "
             "idle of the same pool, else the same tier." },
    { .key = "most", .type = PARAM_COUNT, .offset = offsetof(struct reopens_given, most), .low = 1,
      .high = 60000, .fallback = "20", .doc = "Times a contact may come back so." },
};

const struct shape reopens_shape = {
    .name = "reopens",
    .summary = "False resolution: the case was closed, but the customer comes back with it. It is "
               "still the same contact; its fate and the time to resolution are those of the "
               "last attempt.",
    .params = reopens_params,
    .n_params = COUNT_OF(reopens_params),
    .size = sizeof(struct reopens_given),
    .at_offset = offsetof(struct reopens_given, at),
};

static const struct param contained_params[] = {
    SHARE_PARAM(reopens_given, "Share of sessions taken for successful that were not.", "\"10 %\""),
    DELAY_PARAM(reopens_given, "Time until the customer comes to people.", "\"30 min\""),
};

const struct shape contained_shape = {
    .name = "false_containment",
    .summary = "What self-service took for solved comes back, to people this time.",
    .params = contained_params,
    .n_params = COUNT_OF(contained_params),
    .size = sizeof(struct reopens_given),
    .at_offset = offsetof(struct reopens_given, at),
};

/* ---- redialling */

/* One share, or shares by the number of redials before. */
static bool read_redial_shares(struct reader *reader, const struct json *node, void *value)
{
    struct numbers *shares = value;
    const bool      several = node->type == JSON_ARRAY;
    shares->at = ARENA_ARRAY(reader->arena, node->size + 1, double);
    if (!shares->at)
        return false;
    if (several && node->size == 0)
        return wrong_value(reader, node, "a share, or a list of shares", NULL);
    if (!several) {
        shares->n = 1;
        return read_share(reader, node, shares->at);
    }
    bool good = true;
    JSON_EACH(element, node)
        good = read_share(reader, element, &shares->at[shares->n++]) && good;
    return good;
}

static const struct param redial_params[] = {
    { .key = "share", .type = PARAM_CUSTOM, .offset = offsetof(struct redial_given, share),
      .flags = PARAM_REQUIRED, .read = read_redial_shares,
      .schema = "\"type\": [\"string\", \"number\", \"array\"], \"items\": { \"type\": "
                "[\"string\", \"number\"] }",
      .doc = "Share of those who gave up that try again: one, or a list by the number of redials "
             "before, whose last holds for all more.", .example = "[\"60 %\", \"40 %\"]" },
    { .key = "blocked_share", .type = PARAM_SHARE, .fallback = "0",
      .offset = offsetof(struct redial_given, blocked_share),
      .doc = "Share of those who found lines or waiting places taken that try again.",
      .example = "\"70 %\"" },
    DELAY_PARAM(redial_given, "Time until they do.",
                "{ \"kind\": \"exponential\", \"mean\": \"10 min\" }"),
    { .key = "most", .type = PARAM_COUNT, .offset = offsetof(struct redial_given, most), .low = 1,
      .high = 60000, .fallback = "20", .doc = "Redials after which a customer gives up for good." },
};

const struct shape redial_shape = {
    .name = "redial",
    .summary = "Customers who gave up waiting, or found everything taken, try again later. It is "
               "still the same contact: its fate is that of the last attempt.",
    .params = redial_params,
    .n_params = COUNT_OF(redial_params),
    .size = sizeof(struct redial_given),
    .at_offset = offsetof(struct redial_given, at),
};

/* ---- customers who want somebody higher */

#define HAZARD_PARAM(struct_, key_, field_, doc_)                                              \
    { .key = key_, .type = PARAM_NUMBER, .offset = offsetof(struct struct_, field_),           \
      .high = 1000, .fallback = "0", .doc = doc_, .example = "0.05" }

#define AGENT_DAY_PARAM(struct_, what_)                                                        \
    { .key = "cost_per_agent_day", .type = PARAM_MONEY, .high = 1e9, .fallback = "0",          \
      .offset = offsetof(struct struct_, cost_per_agent_day),                                  \
      .doc = "Price of " what_ " of 1 per agent and day; agents are the most on the floor at " \
             "once.", .example = "4" }

static const struct param requests_params[] = {
    { .key = "base", .type = PARAM_SHARE, .offset = offsetof(struct requests_given, base),
      .fallback = "0",
      .doc = "Share of works at whose end a customer who has neither waited, been handed over nor "
             "come back asks for somebody higher.", .example = "\"2 %\"" },
    HAZARD_PARAM(requests_given, "per_wait_hour", per_wait_hour,
                 "Added to the hazard for each hour in queues so far: with a hazard h the "
                 "probability is 1 - exp(-h), about h while it is small."),
    HAZARD_PARAM(requests_given, "per_transfer", per_transfer,
                 "Added to the hazard for each hand-over so far."),
    HAZARD_PARAM(requests_given, "per_repeat", per_repeat,
                 "Added to the hazard for each redial and reopening so far."),
    { .key = "talked_down", .type = PARAM_SHARE, .fallback = "0",
      .offset = offsetof(struct requests_given, talked_down),
      .doc = "Share of those who ask whom the agent talks out of it.", .example = "\"30 %\"" },
    { .key = "empathy", .type = PARAM_SHARE, .offset = offsetof(struct requests_given, empathy),
      .fallback = "0",
      .doc = "Level of empathy training, 0 to 1: the hazard is multiplied by 1 - empathy.",
      .example = "0.4" },
    AGENT_DAY_PARAM(requests_given, "an empathy"),
};

const struct shape requests_shape = {
    .name = "customer_requests",
    .summary = "\"A manager, please\": at the end of a work below the last tier with agents a "
               "customer may ask for somebody higher (trigger customer_request), once it is "
               "granted not again.",
    .params = requests_params,
    .n_params = COUNT_OF(requests_params),
    .size = sizeof(struct requests_given),
    .at_offset = offsetof(struct requests_given, at),
};

static const struct param updates_params[] = {
    { .key = "share", .type = PARAM_SHARE, .offset = offsetof(struct updates_given, share),
      .fallback = "0", .doc = "Share of contacts whose customer is kept informed.",
      .example = "\"80 %\"" },
    { .key = "relieves", .type = PARAM_SHARE, .offset = offsetof(struct updates_given, relieves),
      .fallback = "\"50 %\"",
      .doc = "Share of the time waited that then weighs no more on the customer, where waiting "
             "makes customers insist or displeases them." },
    { .key = "cost", .type = PARAM_MONEY, .offset = offsetof(struct updates_given, cost),
      .high = 1e9, .fallback = "0", .doc = "Price of each contact kept informed.",
      .example = "0.2" },
};

const struct shape updates_shape = {
    .name = "status_updates",
    .summary = "Telling customers how their case stands, before they ask.",
    .params = updates_params,
    .n_params = COUNT_OF(updates_params),
    .size = sizeof(struct updates_given),
};

/* ---- agents */

static const struct param congestion_params[] = {
    { .key = "from", .type = PARAM_COUNT, .offset = offsetof(struct congestion_given, from),
      .high = LIMIT_CONTACTS_MOST, .fallback = "0",
      .doc = "Contacts that may wait in the tier before anybody does so.", .example = "8" },
    { .key = "per_waiting", .type = PARAM_SHARE, .flags = PARAM_REQUIRED,
      .offset = offsetof(struct congestion_given, per_waiting),
      .doc = "Share of works not tried, for each contact that waits beyond that as the work "
             "begins.", .example = "\"5 %\"" },
    { .key = "most", .type = PARAM_SHARE, .offset = offsetof(struct congestion_given, most),
      .fallback = "1", .doc = "That share is never more than this.", .example = "\"60 %\"" },
    { .key = "time", .type = PARAM_KIND, .offset = offsetof(struct congestion_given, time),
      .family = &dist_family, .sets_quantity = true, .quantity = QUANTITY_TIME, .fallback = "0",
      .doc = "Time it takes instead of the handling time.", .example = "\"1 min\"" },
};

const struct shape congestion_shape = {
    .name = "congestion",
    .summary = "Under pressure agents hand contacts on without trying (trigger congestion).",
    .params = congestion_params,
    .n_params = COUNT_OF(congestion_params),
    .size = sizeof(struct congestion_given),
    .at_offset = offsetof(struct congestion_given, at),
};

static const struct param training_params[] = {
    { .key = "level", .type = PARAM_SHARE, .offset = offsetof(struct training_given, level),
      .fallback = "0", .doc = "Level of training, 0 to 1.", .example = "0.5" },
    { .key = "gain", .type = PARAM_SHARE, .offset = offsetof(struct training_given, gain),
      .fallback = "0",
      .doc = "Share of failing attempts that succeed at level 1: the failing share is multiplied "
             "by 1 - level x gain.", .example = "\"30 %\"" },
    { .key = "saving", .type = PARAM_SHARE, .offset = offsetof(struct training_given, saving),
      .fallback = "0",
      .doc = "Share of the handling time saved at level 1.", .example = "\"10 %\"" },
    AGENT_DAY_PARAM(training_given, "a level"),
};

const struct shape training_shape = {
    .name = "training",
    .summary = "Training of a pool beyond what its figures say: fewer attempts fail, work is "
               "quicker, and it has a price.",
    .params = training_params,
    .n_params = COUNT_OF(training_params),
    .size = sizeof(struct training_given),
};
