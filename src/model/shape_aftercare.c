/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of what goes with a contact and follows it: questions how it stands, follow-up, survey, loss
 * of the customer. */
#include "base/assert.h"
#include "base/json.h"
#include "base/problem.h"
#include "kernel/dist.h"
#include "model/scenario.h"
#include "model/shape_impl.h"

/* ---- chasing */

static const struct param chasing_params[] = {
    { .key = "share", .type = PARAM_SHARE, .offset = offsetof(struct chasing_given, share),
      .flags = PARAM_REQUIRED,
      .doc = "Share of the customers who are not kept informed (status_updates) that ask.",
      .example = "\"30 %\"" },
    { .key = "every", .type = PARAM_KIND, .offset = offsetof(struct chasing_given, every),
      .flags = PARAM_REQUIRED, .family = &dist_family, .sets_quantity = true,
      .quantity = QUANTITY_TIME,
      .doc = "Time until they ask, from when they come to people, and between two times.",
      .example = "{ \"kind\": \"exponential\", \"mean\": \"4 h\" }" },
    { .key = "by", .type = PARAM_NAME, .offset = offsetof(struct chasing_given, by),
      .flags = PARAM_REQUIRED, .doc = "Pool whose agents answer.", .example = "\"front desk\"" },
    TIME_PARAM(chasing_given, "work", work, "Time it takes an agent; by default none.",
               "\"2 min\""),
    { .key = "most", .type = PARAM_COUNT, .offset = offsetof(struct chasing_given, most), .low = 1,
      .high = 60000, .fallback = "20", .doc = "Times after which they stop." },
};

const struct shape chasing_shape = {
    .name = "chasing",
    .summary = "Customers who ask how their case stands while it waits in a queue, for an approval "
               "or an expert, or at the vendor: work that status updates save.",
    .params = chasing_params,
    .n_params = COUNT_OF(chasing_params),
    .size = sizeof(struct chasing_given),
    .at_offset = offsetof(struct chasing_given, at),
};

/* ---- follow-ups */

static const struct param follow_up_params[] = {
    { .key = "share", .type = PARAM_SHARE, .offset = offsetof(struct follow_up_given, share),
      .flags = PARAM_REQUIRED,
      .doc = "Share of the contacts that people took for solved that are followed up.",
      .example = "\"25 %\"" },
    { .key = "by", .type = PARAM_NAME, .offset = offsetof(struct follow_up_given, by),
      .doc = "Pool whose agents do it; without this key it takes nobody's time.",
      .example = "\"front desk\"" },
    TIME_PARAM(follow_up_given, "delay", delay, "Time until it is due; by default at once.",
               "\"2 d\""),
    TIME_PARAM(follow_up_given, "work", work, "Time it takes an agent; by default none.",
               "\"3 min\""),
    { .key = "reduces_reopening", .type = PARAM_SHARE, .fallback = "0",
      .offset = offsetof(struct follow_up_given, reduces),
      .doc = "Share of reopenings that it prevents.", .example = "\"40 %\"" },
    { .key = "raises", .type = PARAM_NUMBER, .offset = offsetof(struct follow_up_given, raises),
      .high = 10, .fallback = "0", .doc = "Points by which it raises the customer's satisfaction.",
      .example = "0.5" },
    { .key = "cost", .type = PARAM_MONEY, .offset = offsetof(struct follow_up_given, cost),
      .high = 1e9, .fallback = "0", .doc = "Price of each, besides the agent's time.",
      .example = "0.3" },
};

const struct shape follow_up_shape = {
    .name = "follow_up",
    .summary = "A courtesy call after a contact was solved, to make sure that it is.",
    .params = follow_up_params,
    .n_params = COUNT_OF(follow_up_params),
    .size = sizeof(struct follow_up_given),
    .at_offset = offsetof(struct follow_up_given, at),
};

/* ---- satisfaction */

#define POINTS_PARAM(key_, field_, fallback_, doc_, example_)                                  \
    { .key = key_, .type = PARAM_NUMBER, .offset = offsetof(struct satisfaction_given, field_), \
      .high = 10, .fallback = fallback_, .doc = doc_, .example = example_ }

static const struct param satisfaction_params[] = {
    POINTS_PARAM("start", start, "9", "Score of a customer whom nothing has displeased.", "8.5"),
    POINTS_PARAM("per_wait_minute", per_wait_minute, "0",
                 "Points lost for each minute in queues.", "0.05"),
    POINTS_PARAM("per_transfer", per_transfer, "0", "Points lost for each hand-over.", "0.8"),
    POINTS_PARAM("per_repeat", per_repeat, "0", "Points lost for each redial and reopening.",
                 "1.5"),
    POINTS_PARAM("breach", breach, "0", "Points lost when an SLA target was breached.", "1"),
    POINTS_PARAM("unresolved", unresolved, "0",
                 "Points lost when it was not solved in the end, whyever.", "4"),
    POINTS_PARAM("spread", spread, "0",
                 "Standard deviation of what else makes customers differ (normal).", "1.2"),
    { .key = "answers", .type = PARAM_SHARE, .fallback = "1",
      .offset = offsetof(struct satisfaction_given, answers),
      .doc = "Share of customers who answer the survey.", .example = "\"20 %\"" },
    TIME_PARAM(satisfaction_given, "delay", delay,
               "Time until a bad answer has been read; by default none.", "\"1 d\""),
    POINTS_PARAM("threshold", threshold, "5",
                 "An answer below this is a bad one: where a rule of the matrix names the trigger "
                 "satisfaction, it brings a solved case back.", "6"),
};

const struct shape satisfaction_shape = {
    .name = "satisfaction",
    .summary = "How satisfied customers are who reached people, from 0 to 10, and a survey at the "
               "end.",
    .params = satisfaction_params,
    .n_params = COUNT_OF(satisfaction_params),
    .size = sizeof(struct satisfaction_given),
    .at_offset = offsetof(struct satisfaction_given, at),
};

/* ---- churn */

#define HAZARD_PARAM(key_, field_, doc_, example_)                                             \
    { .key = key_, .type = PARAM_NUMBER, .offset = offsetof(struct churn_given, field_),       \
      .high = 1000, .fallback = "0", .doc = doc_, .example = example_ }

static const struct param churn_params[] = {
    { .key = "base", .type = PARAM_SHARE, .offset = offsetof(struct churn_given, base),
      .fallback = "0", .doc = "Share of contacts after which the customer leaves for no reason "
                              "of ours.", .example = "\"0.5 %\"" },
    HAZARD_PARAM("per_wait_hour", per_wait_hour,
                 "Added to the hazard for each hour in queues: with a hazard h the probability is "
                 "1 - exp(-h), about h while it is small.", "0.02"),
    HAZARD_PARAM("per_transfer", per_transfer, "Added for each hand-over.", "0.01"),
    HAZARD_PARAM("breach", breach, "Added when an SLA target was breached.", "0.03"),
    HAZARD_PARAM("abandoned", abandoned,
                 "Added when the customer gave up waiting, or was blocked, for good.", "0.05"),
    HAZARD_PARAM("unresolved", unresolved, "Added when nobody could solve it.", "0.2"),
};

const struct shape churn_shape = {
    .name = "churn",
    .summary = "Customers who leave because of how their contact went: drawn once at its end.",
    .params = churn_params,
    .n_params = COUNT_OF(churn_params),
    .size = sizeof(struct churn_given),
    .at_offset = offsetof(struct churn_given, at),
};
