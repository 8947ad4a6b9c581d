/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of what customers do: be waited for, redial, come back. */
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

static const struct param waits_params[] = {
    SHARE_PARAM(waits_given, "Share of works after which the customer has to do or say something "
                             "before anybody can go on.", "\"20 %\""),
    DELAY_PARAM(waits_given, "Time until the customer replies.",
                "{ \"kind\": \"exponential\", \"mean\": \"6 h\" }"),
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

static const char *const reopen_places[] = { "entry", "same", NULL };

static const struct param reopens_params[] = {
    SHARE_PARAM(reopens_given, "Share of contacts taken for solved that come back.", "\"8 %\""),
    DELAY_PARAM(reopens_given, "Time until they do.",
                "{ \"kind\": \"exponential\", \"mean\": \"2 d\" }"),
    { .key = "to", .type = PARAM_CHOICE, .offset = offsetof(struct reopens_given, to),
      .choices = reopen_places, .fallback = "\"entry\"",
      .doc = "Where they come to: the tier at which the contact entered, or the same tier that "
             "took it for solved." },
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
