/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of demand: severities, segments, channels, issue types, streams, self-service. */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "kernel/dist.h"
#include "model/arrival.h"
#include "model/scenario.h"
#include "model/shape_impl.h"

/* ---- custom readers shared by several shapes */

const char mix_schema[] = "\"anyOf\": [{ \"type\": \"string\" }, { \"type\": \"object\", "
                          "\"additionalProperties\": { \"type\": [\"string\", \"number\"] } }]";
const char texts_schema[] = "\"anyOf\": [{ \"type\": \"string\" }, { \"type\": \"array\", "
                            "\"items\": { \"type\": \"string\" } }]";

bool read_mix(struct reader *reader, const struct json *node, void *value)
{
    struct mix *mix = value;
    mix->node = node;
    mix->at = ARENA_ARRAY(reader->arena, node->size + 1, struct named_share);
    if (!mix->at)
        return false;
    if (node->type == JSON_STRING) {
        mix->at[mix->n++] = (struct named_share){ node->string, 1, node };
        return true;
    }
    if (node->type != JSON_OBJECT || node->size == 0)
        return wrong_value(reader, node, "a name, or shares by name such as "
                                         "{ \"billing\": \"30 %\", \"password\": \"70 %\" }", NULL);
    bool   good = true;
    double sum = 0;
    JSON_EACH(member, node)
    {
        struct named_share *entry = &mix->at[mix->n++];
        *entry = (struct named_share){ .name = member->key, .at = member };
        good &= read_share(reader, member, &entry->share);
        sum += entry->share;
    }
    if (good && fabs(sum - 1) > 1e-9) {
        char found[64];
        snprintf(found, sizeof found, "%.12g", sum);
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, NULL,
                          "shares that add up to 1", found, NULL,
                          "the shares of \"%s\" do not add up to 1",
                          node->key ? node->key : "the mix");
    }
    return good;
}

bool read_texts(struct reader *reader, const struct json *node, void *value)
{
    struct list *list = value;
    list->at = ARENA_ARRAY(reader->arena, node->size + 1, struct text_entry);
    struct text_entry *entries = list->at;
    if (!entries)
        return false;
    if (node->type == JSON_STRING) {
        entries[list->n++] = (struct text_entry){ node->string, node };
        return true;
    }
    if (node->type != JSON_ARRAY)
        return wrong_value(reader, node, "a name or a list of names", NULL);
    bool good = true;
    JSON_EACH(element, node)
    {
        if (element->type == JSON_STRING)
            entries[list->n++] = (struct text_entry){ element->string, element };
        else
            good = wrong_value(reader, element, "a name", NULL);
    }
    return good;
}

/* ---- severities and segments */

#define PRIORITY_PARAM(struct_, of)                                                            \
    { .key = "priority", .type = PARAM_NUMBER, .offset = offsetof(struct struct_, priority),   \
      .low = -1e6, .high = 1e6, .fallback = "0",                                               \
      .doc = "Where a queue goes by priority, the sum of severity's and segment's counts; the " \
             "highest goes first.", .example = "2" }

static const struct param severity_params[] = {
    { .key = "name", .type = PARAM_NAME, .offset = offsetof(struct severity_given, name),
      .flags = PARAM_REQUIRED, .doc = "Name of the severity.", .example = "\"high\"" },
    PRIORITY_PARAM(severity_given, "severity"),
};

static const struct elsewhere severity_elsewhere[] = {
    { "share", "each stream says its mix: \"severities\": { \"high\": \"10 %\", … }" },
    { NULL, NULL },
};

const struct shape severity_shape = {
    .name = "severity",
    .summary = "How serious a contact is.",
    .params = severity_params,
    .n_params = COUNT_OF(severity_params),
    .size = sizeof(struct severity_given),
    .bare = "name",
    .elsewhere = severity_elsewhere,
};

static const struct param segment_params[] = {
    { .key = "name", .type = PARAM_NAME, .offset = offsetof(struct segment_given, name),
      .flags = PARAM_REQUIRED, .doc = "Name of the segment.", .example = "\"gold\"" },
    PRIORITY_PARAM(segment_given, "segment"),
    { .key = "high_profile", .type = PARAM_BOOL, .fallback = "false",
      .offset = offsetof(struct segment_given, high_profile),
      .doc = "Somebody whose case is public or important: at the door of people the trigger "
             "high_profile fires, which moves them where a rule names it." },
    { .key = "value", .type = PARAM_MONEY, .offset = offsetof(struct segment_given, value),
      .high = 1e12, .fallback = "0", .doc = "What is lost with a customer who leaves (churn).",
      .example = "400" },
};

static const struct elsewhere segment_elsewhere[] = {
    { "share", "each stream says its mix: \"segments\": { \"gold\": \"20 %\", … }" },
    { NULL, NULL },
};

const struct shape segment_shape = {
    .name = "segment",
    .summary = "A group of customers by their value.",
    .params = segment_params,
    .n_params = COUNT_OF(segment_params),
    .size = sizeof(struct segment_given),
    .bare = "name",
    .elsewhere = segment_elsewhere,
};

/* ---- channels */

static const struct param patience_at_params[] = {
    TEXTS_PARAM(patience_at, "tier", tier, "Only in the queues of these tiers.", "\"L2\""),
    TEXTS_PARAM(patience_at, "segment", segment, "Only these segments.", "\"gold\""),
    TEXTS_PARAM(patience_at, "severity", severity, "Only these severities.", "[\"high\"]"),
    TEXTS_PARAM(patience_at, "issue", issue, "Only these issue types.", "[\"billing\"]"),
    { .key = "patience", .type = PARAM_KIND, .offset = offsetof(struct patience_at, patience),
      .flags = PARAM_REQUIRED, .family = &dist_family, .sets_quantity = true,
      .quantity = QUANTITY_TIME, .doc = "How long such a customer waits there." },
};

static const struct shape patience_at_shape = {
    .name = "patience_at",
    .summary = "Patience of some customers, or in some tiers' queues, where it differs from the "
               "channel's; the first of a list that holds decides.",
    .params = patience_at_params,
    .n_params = COUNT_OF(patience_at_params),
    .size = sizeof(struct patience_at),
    .at_offset = offsetof(struct patience_at, at),
};

static const char *const outside_hours[] = { "wait", "turned_away", NULL };
static const char *const at_closing[] = { "stay", "cut_off", NULL };

static const struct param channel_params[] = {
    { .key = "name", .type = PARAM_NAME, .offset = offsetof(struct channel_given, name),
      .flags = PARAM_REQUIRED, .doc = "Name of the channel.", .example = "\"phone\"" },
    { .key = "patience", .type = PARAM_KIND, .offset = offsetof(struct channel_given, patience),
      .family = &dist_family, .sets_quantity = true, .quantity = QUANTITY_TIME,
      .doc = "How long a customer waits in a queue before giving up, drawn afresh at each tier. "
             "Without this key customers never give up (e-mail).",
      .example = "{ \"kind\": \"exponential\", \"mean\": \"6 min\" }" },
    { .key = "patience_at", .type = PARAM_LIST, .shape = &patience_at_shape,
      .offset = offsetof(struct channel_given, patience_at), .high = 1024,
      .doc = "Patience that differs by tier, segment, severity or issue type.",
      .example = "[{ \"segment\": \"gold\", \"patience\": \"9 min\" }]" },
    { .key = "patience_by_hour", .type = PARAM_CUSTOM, .read = read_factors,
      .offset = offsetof(struct channel_given, patience_by_hour), .shape = &factor_window_shape,
      .schema = "\"type\": \"array\", \"items\": { \"$ref\": "
                "\"#/definitions/factor_window\" }",
      .doc = "Times the patience of a contact, by the hour at which it arrived.",
      .example = "[{ \"from\": \"12:00\", \"to\": \"14:00\", \"factor\": 0.7 }]" },
    { .key = "patience_on_return", .type = PARAM_NUMBER, .high = 1000, .fallback = "1",
      .offset = offsetof(struct channel_given, patience_on_return),
      .doc = "Patience of customers who come back (who redial, whose case reopens, whom "
             "self-service had not helped after all) is multiplied by this.",
      .example = "0.5" },
    { .key = "redial", .type = PARAM_OBJECT, .shape = &redial_shape,
      .offset = offsetof(struct channel_given, redial),
      .doc = "Customers who gave up try again; without this key nobody does.",
      .example = "{ \"share\": \"50 %\", \"delay\": \"10 min\" }" },
    { .key = "balking", .type = PARAM_OBJECT, .shape = &balking_shape,
      .offset = offsetof(struct channel_given, balking),
      .doc = "Customers who would have to wait and leave at once; without this key nobody does.",
      .example = "{ \"from_wait\": \"5 min\", \"per_minute\": \"4 %\" }" },
    { .key = "call_back", .type = PARAM_OBJECT, .shape = &call_back_shape,
      .offset = offsetof(struct channel_given, call_back),
      .doc = "Customers who would have to wait are offered to be called back; without this key "
             "nobody is.",
      .example = "{ \"from_wait\": \"3 min\", \"accepts\": \"40 %\", \"within\": \"2 h\" }" },
    { .key = "wait_estimate", .type = PARAM_CHOICE, .choices = wait_estimates,
      .offset = offsetof(struct channel_given, estimate), .fallback = "\"queue_length\"",
      .doc = "How the wait is estimated that balking and call_back look at. queue_length: "
             "(waiting + 1) x mean handling time / agents scheduled (W. Whitt, Management "
             "Science 45, 1999); last_answered: the wait of the customer answered last "
             "(R. Ibrahim and W. Whitt, M&SOM 11, 2009)." },
    { .key = "cost", .type = PARAM_MONEY, .offset = offsetof(struct channel_given, cost),
      .high = 1e9, .fallback = "0", .doc = "Platform or telecom cost of each contact.",
      .example = "0.35" },
    { .key = "lines", .type = PARAM_COUNT, .offset = offsetof(struct channel_given, lines),
      .low = 1, .high = LIMIT_CONTACTS_MOST,
      .doc = "Contacts of this channel that may be in the system at once; more are blocked. "
             "Without this key there is no bound.", .example = "60" },
    { .key = "hours", .type = PARAM_NAME, .offset = offsetof(struct channel_given, hours),
      .doc = "Calendar by which the channel is open; without this key it always is.",
      .example = "\"office\"" },
    { .key = "outside_hours", .type = PARAM_CHOICE, .choices = outside_hours,
      .offset = offsetof(struct channel_given, outside_hours), .fallback = "\"wait\"",
      .doc = "Who comes while it is closed. wait: joins as ever, and patience runs in open hours "
             "only (mail, tickets). turned_away: blocked, may call again (voice); who calls again "
             "or comes back while it is closed does so at the next opening." },
    { .key = "at_closing", .type = PARAM_CHOICE, .choices = at_closing,
      .offset = offsetof(struct channel_given, at_closing), .fallback = "\"stay\"",
      .doc = "Who is in a queue when it closes. stay: is served, or waits for the next day. "
             "cut_off: gives up then (and may call again)." },
};

static const struct elsewhere channel_elsewhere[] = {
    { "concurrency", "pools say how many contacts an agent works on at once: \"concurrency\"" },
    { NULL, NULL },
};

const struct shape channel_shape = {
    .name = "channel",
    .summary = "A way by which contacts come, with its patience and cost.",
    .params = channel_params,
    .n_params = COUNT_OF(channel_params),
    .size = sizeof(struct channel_given),
    .at_offset = offsetof(struct channel_given, at),
    .bare = "name",
    .elsewhere = channel_elsewhere,
};

/* ---- issue types */

static const struct param issue_params[] = {
    { .key = "name", .type = PARAM_NAME, .offset = offsetof(struct issue_given, name),
      .flags = PARAM_REQUIRED, .doc = "Name of the issue type.", .example = "\"billing\"" },
    { .key = "skill", .type = PARAM_NAME, .offset = offsetof(struct issue_given, skill),
      .fallback = "\"general\"", .doc = "Skill an agent needs to work on it.",
      .example = "\"accounts\"" },
    { .key = "concession", .type = PARAM_KIND, .offset = offsetof(struct issue_given, concession),
      .family = &dist_family, .sets_quantity = true, .quantity = QUANTITY_MONEY,
      .doc = "Amount (refund, credit) that must be approved to resolve it. Without this key: none.",
      .example = "{ \"kind\": \"lognormal\", \"median\": 95, \"sigma\": 1.29 }" },
    { .key = "concession_share", .type = PARAM_SHARE, .fallback = "1",
      .offset = offsetof(struct issue_given, concession_share),
      .doc = "Share of these contacts that need a concession at all.", .example = "\"15 %\"" },
    { .key = "unneeded", .type = PARAM_SHARE, .fallback = "0",
      .offset = offsetof(struct issue_given, unneeded),
      .doc = "Share of the concessions that are not needed: an agent who may settle alone pays "
             "them all the same, but who is asked for the authority finds it out and pays "
             "nothing.", .example = "\"10 %\"" },
    { .key = "self_service", .type = PARAM_SHARE, .fallback = "0",
      .offset = offsetof(struct issue_given, self_service),
      .doc = "Share that self-service resolves (deflection), where the scenario has self-service.",
      .example = "\"25 %\"" },
    { .key = "regulated", .type = PARAM_SHARE, .fallback = "0",
      .offset = offsetof(struct issue_given, regulated),
      .doc = "Share of these contacts that only cleared pools may settle (law, policy); others "
             "hand them on for the trigger policy.", .example = "\"5 %\"" },
};

static const struct elsewhere issue_elsewhere[] = {
    { "share", "each stream says its mix: \"issues\": { \"billing\": \"30 %\", … }" },
    { "skills", "one \"skill\"; what needs two together is a skill of its own (\"billing fr\")" },
    { "handling", "tiers say how long work takes; \"by_issue\" there, where it differs" },
    { NULL, NULL },
};

const struct shape issue_shape = {
    .name = "issue_type",
    .summary = "What a contact is about.",
    .params = issue_params,
    .n_params = COUNT_OF(issue_params),
    .size = sizeof(struct issue_given),
    .at_offset = offsetof(struct issue_given, at),
    .bare = "name",
    .elsewhere = issue_elsewhere,
};

/* ---- streams */

#define MIX_PARAM(key_, field_, doc_, example_)                                                \
    { .key = key_, .type = PARAM_CUSTOM, .offset = offsetof(struct stream_given, field_),      \
      .read = read_mix, .schema = mix_schema, .doc = doc_, .example = example_ }

static const struct param stream_params[] = {
    { .key = "name", .type = PARAM_NAME, .offset = offsetof(struct stream_given, name),
      .flags = PARAM_REQUIRED, .doc = "Name of the stream.", .example = "\"calls\"" },
    { .key = "key", .type = PARAM_NAME, .offset = offsetof(struct stream_given, key),
      .doc = "Name under which its random numbers are drawn, by default its name. Keep it when "
             "renaming a stream and the same customers come." },
    { .key = "channel", .type = PARAM_NAME, .offset = offsetof(struct stream_given, channel),
      .doc = "Channel by which they come; needed when there are several.",
      .example = "\"phone\"" },
    { .key = "arrivals", .type = PARAM_KIND, .offset = offsetof(struct stream_given, arrivals),
      .flags = PARAM_REQUIRED, .family = &arrival_family, .doc = "When they come.",
      .example = "{ \"kind\": \"poisson\", \"rate\": \"100 /h\" }" },
    MIX_PARAM("issues", issues, "Issue types by share; needed when there are several.",
              "{ \"billing\": \"30 %\", \"password\": \"70 %\" }"),
    MIX_PARAM("severities", severities, "Severities by share; needed when there are several.",
              "{ \"high\": 0.1, \"normal\": 0.9 }"),
    MIX_PARAM("segments", segments, "Segments by share; needed when there are several.",
              "{ \"gold\": 0.2, \"standard\": 0.8 }"),
    MIX_PARAM("enters_at", enters_at, "Tiers at which they enter, by share; by default the first.",
              "{ \"L1\": \"89 %\", \"L2\": \"11 %\" }"),
};

const struct shape stream_shape = {
    .name = "stream",
    .summary = "A source of contacts of one mix of attributes.",
    .params = stream_params,
    .n_params = COUNT_OF(stream_params),
    .size = sizeof(struct stream_given),
    .at_offset = offsetof(struct stream_given, at),
};

/* ---- who already waits */

static const struct param backlog_params[] = {
    { .key = "stream", .type = PARAM_NAME, .offset = offsetof(struct backlog_given, stream),
      .doc = "Stream that they came with; needed when there are several.",
      .example = "\"mails\"" },
    { .key = "tier", .type = PARAM_NAME, .offset = offsetof(struct backlog_given, tier),
      .doc = "Tier in whose queue they wait; without this key the one at which the stream enters.",
      .example = "\"L2\"" },
    { .key = "contacts", .type = PARAM_COUNT, .offset = offsetof(struct backlog_given, contacts),
      .flags = PARAM_REQUIRED, .high = 100000, .doc = "How many.", .example = "40" },
    { .key = "age", .type = PARAM_KIND, .offset = offsetof(struct backlog_given, age),
      .family = &dist_family, .sets_quantity = true, .quantity = QUANTITY_TIME, .fallback = "0",
      .doc = "How long before time 0 they came, and have waited since. Of a distribution, evenly "
             "spaced quantiles are taken, the same in every replication: a backlog is known.",
      .example = "{ \"kind\": \"uniform\", \"low\": 0, \"high\": \"16 h\" }" },
    { .key = "issue", .type = PARAM_NAME, .offset = offsetof(struct backlog_given, issue),
      .doc = "Issue type; without this key by the stream's shares.", .example = "\"billing\"" },
    { .key = "severity", .type = PARAM_NAME, .offset = offsetof(struct backlog_given, severity),
      .doc = "Severity; without this key by the stream's shares.", .example = "\"high\"" },
    { .key = "segment", .type = PARAM_NAME, .offset = offsetof(struct backlog_given, segment),
      .doc = "Segment; without this key by the stream's shares.", .example = "\"gold\"" },
    { .key = "responded", .type = PARAM_BOOL, .offset = offsetof(struct backlog_given, responded),
      .fallback = "false",
      .doc = "Whether somebody has answered them: their clock of first response has ended." },
};

const struct shape backlog_shape = {
    .name = "backlog",
    .summary = "Contacts that already wait at time 0.",
    .params = backlog_params,
    .n_params = COUNT_OF(backlog_params),
    .size = sizeof(struct backlog_given),
    .at_offset = offsetof(struct backlog_given, at),
};

/* ---- tier 0 */

static const char *const when_full[] = { "people", "turned_away", NULL };

static const struct param self_service_params[] = {
    { .key = "name", .type = PARAM_NAME, .offset = offsetof(struct self_service_given, name),
      .fallback = "\"self-service\"", .doc = "Name of tier 0." },
    { .key = "session", .type = PARAM_KIND, .offset = offsetof(struct self_service_given, session),
      .family = &dist_family, .sets_quantity = true, .quantity = QUANTITY_TIME, .fallback = "0",
      .doc = "Time a customer spends there, successful or not.", .example = "\"3 min\"" },
    { .key = "cost", .type = PARAM_MONEY, .offset = offsetof(struct self_service_given, cost),
      .high = 1e9, .fallback = "0", .doc = "Cost of each session.", .example = "0.1" },
    { .key = "sessions", .type = PARAM_COUNT, .low = 1, .high = LIMIT_CONTACTS_MOST,
      .offset = offsetof(struct self_service_given, sessions),
      .doc = "Sessions at once; without this key there is no bound.", .example = "40" },
    { .key = "when_full", .type = PARAM_CHOICE, .choices = when_full, .fallback = "\"people\"",
      .offset = offsetof(struct self_service_given, when_full),
      .doc = "Who finds all sessions taken. people: goes on to people. turned_away: blocked, may "
             "call again." },
    { .key = "authority", .type = PARAM_MONEY, .high = 1e15,
      .offset = offsetof(struct self_service_given, authority),
      .doc = "Largest concession it may grant, and then pays; more is left to people. Without "
             "this key it asks nobody and pays nothing.", .example = "20" },
    { .key = "false_containment", .type = PARAM_OBJECT, .shape = &contained_shape,
      .offset = offsetof(struct self_service_given, contained),
      .doc = "What was taken for solved and comes back; without this key nothing does.",
      .example = "{ \"share\": \"10 %\", \"delay\": \"1 h\" }" },
};

const struct shape self_service_shape = {
    .name = "self_service",
    .summary = "Tier 0: help pages or a bot that every contact entering at the first tier meets "
               "before people do. Its success is a share of each issue type.",
    .params = self_service_params,
    .n_params = COUNT_OF(self_service_params),
    .size = sizeof(struct self_service_given),
    .at_offset = offsetof(struct self_service_given, at),
};
