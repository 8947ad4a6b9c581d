/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the vendor, promises, the run, the root. */
#include <math.h>
#include <stdio.h>

#include "base/assert.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/problem.h"
#include "kernel/dist.h"
#include "model/scenario.h"
#include "model/shape_impl.h"

static const struct param vendor_params[] = {
    { .key = "name", .type = PARAM_NAME, .offset = offsetof(struct vendor_given, name),
      .fallback = "\"vendor\"", .doc = "Name of the vendor tier." },
    { .key = "delay", .type = PARAM_KIND, .offset = offsetof(struct vendor_given, delay),
      .flags = PARAM_REQUIRED, .family = &dist_family, .sets_quantity = true,
      .quantity = QUANTITY_TIME, .doc = "Time the vendor takes.", .example = "\"2 d\"" },
    { .key = "fee", .type = PARAM_MONEY, .offset = offsetof(struct vendor_given, fee), .high = 1e12,
      .fallback = "0", .doc = "Fee of each contact handed over.", .example = "120" },
    { .key = "resolves", .type = PARAM_SHARE, .offset = offsetof(struct vendor_given, resolves),
      .fallback = "1", .doc = "Share the vendor resolves; the rest is unresolved." },
};

const struct shape vendor_shape = {
    .name = "vendor",
    .summary = "Help from outside after the last tier: a delay and a fee, no queue of ours.",
    .params = vendor_params,
    .n_params = COUNT_OF(vendor_params),
    .size = sizeof(struct vendor_given),
    .at_offset = offsetof(struct vendor_given, at),
};

/* ---- promises */

static const char *const measure_names[] = {
    "service_level", "first_response", "resolution", "abandonment", "occupancy",
    "escalation",    "sla_breach",     "wait_mean",  "cost_per_day", "resolution_split", NULL,
};

/* The bound of a promise: a share, a duration or money; which, only the check can know. Kept as the
 * node and read there. */
static bool keep_bound(struct reader *reader, const struct json *node, void *value)
{
    (void)reader;
    (void)node;
    *(double *)value = 0;
    return true;
}

static const struct param promise_params[] = {
    { .key = "measure", .type = PARAM_CHOICE, .offset = offsetof(struct promise_given, measure),
      .flags = PARAM_REQUIRED, .choices = measure_names,
      .doc = "What is promised: share answered in time at a tier (of answered and abandoned); "
             "share of contacts with first response, or resolved, in time (of all offered to "
             "people); share abandoned; occupancy; escalation rate of a tier; share of contacts "
             "that breach an SLA target; mean wait (seconds as a duration in at_most); cost per "
             "day; of what people resolve, the share that a tier resolves, or, without a tier, "
             "that every tier's share is on its target.",
      .example = "\"service_level\"" },
    { .key = "tier", .type = PARAM_NAME, .offset = offsetof(struct promise_given, tier),
      .doc = "Tier it is about; needed for service_level, occupancy, escalation and wait_mean. A "
             "resolution_split without it is the scenario's own, with its targets and tolerance." },
    CLASS_PARAMS(promise_given),
    { .key = "within", .type = PARAM_DURATION, .offset = offsetof(struct promise_given, within_s),
      .high = LIMIT_DURATION_S,
      .doc = "Time allowed; needed for first_response and resolution, and by default the tier's "
             "answer_within for service_level.", .example = "\"5 min\"" },
    { .key = "at_least", .type = PARAM_CUSTOM, .offset = offsetof(struct promise_given, at_least),
      .read = keep_bound, .schema = "\"type\": [\"number\", \"string\"]",
      .doc = "The value must not be below this.", .example = "\"80 %\"" },
    { .key = "at_most", .type = PARAM_CUSTOM, .offset = offsetof(struct promise_given, at_most),
      .read = keep_bound, .schema = "\"type\": [\"number\", \"string\"]",
      .doc = "The value must not be above this.", .example = "\"5 %\"" },
};

static bool read_bound(struct reader *reader, const struct json *node, uint32_t measure,
                       double *value)
{
    *value = NAN;
    if (!node)
        return true;
    if (measure == PROMISE_WAIT_MEAN)
        return read_duration(reader, node, 0, LIMIT_DURATION_S, value);
    if (measure == PROMISE_COST_PER_DAY)
        return read_number(reader, node, 0, 1e18, value);
    return read_share(reader, node, value);
}

static bool promise_check(struct reader *reader, const struct json *node, void *value)
{
    struct promise_given *promise = value;
    const struct json    *least = json_member(node, "at_least");
    const struct json    *most = json_member(node, "at_most");
    const uint32_t        measure = promise->measure;
    bool good = read_bound(reader, least, measure, &promise->at_least);
    good = read_bound(reader, most, measure, &promise->at_most) && good;
    const bool           whole = measure == PROMISE_SPLIT && !promise->tier;
    if (whole && (least || most))
        good = problem_at(reader->problems, TSIM_PROBLEM_INPUT, node,
                          least ? "at_least" : "at_most", NULL, NULL,
                          "name its \"tier\", or leave the bound out",
                          "a promise of the whole resolution_split is held against its targets");
    else if (!whole && !least == !most)
        good = problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "at_least", NULL, NULL, NULL,
                          "a promise has either \"at_least\" or \"at_most\"");
    const bool of_tier = measure == PROMISE_SERVICE_LEVEL || measure == PROMISE_OCCUPANCY ||
                         measure == PROMISE_ESCALATION || measure == PROMISE_WAIT_MEAN;
    if (of_tier && !promise->tier)
        good = problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "tier", NULL, NULL, NULL,
                          "a promise of %s must name its \"tier\"", measure_names[measure]);
    if ((measure == PROMISE_FIRST_RESPONSE || measure == PROMISE_RESOLUTION) &&
        !json_member(node, "within"))
        good = problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "within", NULL, NULL,
                          "for example \"within\": \"4 h\"",
                          "a promise of %s must say within what time", measure_names[measure]);
    if (!json_member(node, "within"))
        promise->within_s = NAN;
    const bool filtered = promise->severity.n || promise->segment.n || promise->channel.n ||
                          promise->issue.n;
    if (filtered && measure != PROMISE_SERVICE_LEVEL && measure != PROMISE_FIRST_RESPONSE &&
        measure != PROMISE_RESOLUTION && measure != PROMISE_ABANDONMENT)
        good = problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, NULL,
                          "service_level, first_response, resolution or abandonment", NULL, NULL,
                          "a promise of %s is about all contacts", measure_names[measure]);
    return good;
}

const struct shape promise_shape = {
    .name = "promise",
    .summary = "Something the desk promises; the result says whether it is kept, with confidence.",
    .params = promise_params,
    .n_params = COUNT_OF(promise_params),
    .size = sizeof(struct promise_given),
    .check = promise_check,
    .at_offset = offsetof(struct promise_given, at),
};

/* ---- the resolution split */

static const struct param split_params[] = {
    { .key = "target", .type = PARAM_SHARES, .offset = offsetof(struct split_given, target),
      .doc = "Share of what people resolve that each tier should resolve; by default 80, 15, 5 % "
             "for three tiers, nothing for others.", .example = "[0.8, 0.15, 0.05]" },
    { .key = "tolerance", .type = PARAM_SHARE, .offset = offsetof(struct split_given, tolerance),
      .fallback = "0.05", .doc = "A share this near to its target is on target." },
};

static bool split_check(struct reader *reader, const struct json *node, void *value)
{
    const struct split_given *split = value;
    double                    sum = 0;
    for (uint32_t i = 0; i < split->target.n; i++)
        sum += split->target.at[i];
    if (split->target.n > 0 && fabs(sum - 1) > 1e-9)
        return wrong_value(reader, json_member(node, "target"), "shares that add up to 1", NULL);
    return true;
}

const struct shape split_shape = {
    .name = "resolution_split",
    .summary = "How the work of resolving should divide over the tiers.",
    .params = split_params,
    .n_params = COUNT_OF(split_params),
    .size = sizeof(struct split_given),
    .check = split_check,
};

/* ---- the run */

static const char *const run_kinds[] = { "terminating", "steady_state", NULL };
static const char *const run_busyness[] = { "independent", "stratified", "quasi_random", NULL };
static const char *const run_controls[] = { "none", "auto", NULL };
static const char *const run_ends[] = { "default", "drain", "flush", "cut", "follow", NULL };

static const struct param run_params[] = {
    { .key = "kind", .type = PARAM_CHOICE, .offset = offsetof(struct run_given, kind),
      .choices = run_kinds, .fallback = "\"terminating\"",
      .doc = "terminating: a day or a week that starts empty. steady_state: the long run, after a "
             "warm-up that is not counted." },
    { .key = "length", .type = PARAM_DURATION, .offset = offsetof(struct run_given, length_s),
      .flags = PARAM_REQUIRED, .low = 1, .high = LIMIT_HORIZON_S,
      .doc = "Simulated time of a replication that is counted.", .example = "\"1 d\"" },
    { .key = "warm_up", .type = PARAM_DURATION, .offset = offsetof(struct run_given, warmup_s),
      .fallback = "0", .high = LIMIT_HORIZON_S,
      .doc = "Simulated time before it, not counted.", .example = "\"12 h\"" },
    { .key = "interval", .type = PARAM_DURATION, .offset = offsetof(struct run_given, interval_s),
      .fallback = "\"30 min\"", .low = 1, .high = LIMIT_HORIZON_S,
      .doc = "Width of a report interval." },
    { .key = "cycle", .type = PARAM_DURATION, .offset = offsetof(struct run_given, cycle_s),
      .high = LIMIT_HORIZON_S,
      .doc = "Reports by interval fold the run into cycles of this length, usually a day or a "
             "week; by default the run's length up to a week for a terminating run, and a week "
             "otherwise (a day when nothing depends on the weekday)." },
    { .key = "start", .type = PARAM_TEXT, .offset = offsetof(struct run_given, start),
      .fallback = "\"Mon 00:00\"", .doc = "Weekday and time of day of simulated time 0.",
      .example = "\"Mon 08:00\"" },
    { .key = "replications", .type = PARAM_COUNT, .low = 1, .high = LIMIT_REPLICATIONS,
      .offset = offsetof(struct run_given, replications), .fallback = "40",
      .doc = "Independent replications; with a precision, the least number of them." },
    { .key = "batches", .type = PARAM_COUNT, .low = LIMIT_BATCHES_LEAST, .high = LIMIT_BATCHES,
      .offset = offsetof(struct run_given, batches),
      .doc = "Of a steady state: one long run instead of replications, its length cut into so many "
             "batches, over which intervals are made. Studies, --reps and --precision use "
             "replications all the same.", .example = "20" },
    { .key = "precision", .type = PARAM_SHARE, .offset = offsetof(struct run_given, precision),
      .fallback = "0",
      .doc = "Go on until every measure of precision_of has a half-width of at most this share of "
             "its value. 0: a fixed number of replications.", .example = "\"2 %\"" },
    { .key = "precision_of", .type = PARAM_CUSTOM, .read = read_texts, .schema = texts_schema,
      .offset = offsetof(struct run_given, precision_of),
      .doc = "Measures as scope.entry.measure; by default the service level of each tier.",
      .example = "[\"tier.L1.service_level\", \"desk.desk.cost_per_day\"]" },
    { .key = "replications_most", .type = PARAM_COUNT, .low = 1, .high = LIMIT_REPLICATIONS,
      .offset = offsetof(struct run_given, replications_most), .fallback = "10000",
      .doc = "Where the chase for precision ends." },
    { .key = "control_variates", .type = PARAM_CHOICE, .choices = run_controls,
      .offset = offsetof(struct run_given, controls), .fallback = "\"none\"",
      .doc = "auto: estimates of the desk, fates, tiers, pools, SLA targets, cost and promises are "
             "adjusted by what is known exactly, such as expected arrivals, where that narrows "
             "their intervals." },
    { .key = "busyness", .type = PARAM_CHOICE, .offset = offsetof(struct run_given, busyness),
      .choices = run_busyness, .fallback = "\"independent\"",
      .doc = "How days' busyness (busyness_cv of streams) is spread over replications. stratified: "
             "each set of `strata` replications has quiet and busy days in their proportions. "
             "quasi_random: so too, and several days evenly against each other. Intervals are made "
             "over whole sets." },
    { .key = "strata", .type = PARAM_COUNT, .low = 2, .high = 500,
      .offset = offsetof(struct run_given, strata), .fallback = "5",
      .doc = "Replications in a set, where busyness is not independent; the number of replications "
             "is rounded up to whole sets." },
    { .key = "seed", .type = PARAM_SEED, .offset = offsetof(struct run_given, seed),
      .fallback = "1", .high = 0x1p53, .doc = "Seed of all randomness." },
    { .key = "confidence", .type = PARAM_NUMBER, .low = 0.5, .high = 0.9999,
      .offset = offsetof(struct run_given, confidence), .fallback = "0.95",
      .doc = "Confidence level of every interval." },
    { .key = "at_end", .type = PARAM_CHOICE, .offset = offsetof(struct run_given, at_end),
      .choices = run_ends, .fallback = "\"default\"",
      .doc = "What becomes of contacts still there at the end. drain: no more arrivals, the last "
             "staffing stays until all are done. flush: queues are emptied (unresolved), work in "
             "hand is finished. cut: they count as open. follow: arrivals go on, uncounted, until "
             "all counted contacts are done. Default: drain for terminating, follow for "
             "steady_state." },
    { .key = "hop_limit", .type = PARAM_COUNT, .offset = offsetof(struct run_given, hop_limit),
      .low = 1, .high = 60000, .fallback = "100",
      .doc = "A contact that has been handed over this often is given up as unresolved." },
};

/* What makes no sense of one long run. */
static bool check_batches(struct reader *reader, const struct json *node,
                          const struct run_given *run)
{
    const char *instead = "leave it out, or leave the batches out";
    if (run->kind != RUN_STEADY_STATE)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "batches", NULL, NULL,
                          "write \"kind\": \"steady_state\", or use replications",
                          "a terminating run is not cut into batches: its parts are not alike");
    if (run->precision > 0)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "precision", NULL, NULL,
                          instead, "a precision is reached by more replications, not by batches");
    if (run->controls != CONTROLS_NONE)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "control_variates", NULL,
                          NULL, instead, "control variates need replications, not batches");
    return run->busyness == BUSYNESS_INDEPENDENT ||
           problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "busyness", NULL, NULL, instead,
                      "busy days are spread over replications, not over batches");
}

static bool run_check(struct reader *reader, const struct json *node, void *value)
{
    struct run_given *run = value;
    unsigned          day;
    double            second;
    if (!calendar_read_start(run->start, &day, &second))
        return wrong_value(reader, json_member(node, "start"),
                           "a weekday and time of day such as \"Mon 08:00\"", NULL);
    run->start_s = day * DAY_S + second;
    if (run->kind == RUN_TERMINATING && run->warmup_s > 0)
        return problem_at(reader->problems, TSIM_PROBLEM_INPUT, node, "warm_up", NULL, NULL,
                          "write \"kind\": \"steady_state\", or leave the warm-up out",
                          "a terminating run starts empty and has no warm-up");
    if (run->batches > 0 && !check_batches(reader, node, run))
        return false;
    if (run->at_end == END_DEFAULT)
        run->at_end = run->kind == RUN_STEADY_STATE ? END_FOLLOW : END_DRAIN;
    return true;
}

const struct shape run_shape = {
    .name = "run",
    .summary = "How long to simulate, how often, and what to report.",
    .params = run_params,
    .n_params = COUNT_OF(run_params),
    .size = sizeof(struct run_given),
    .check = run_check,
    .at_offset = offsetof(struct run_given, at),
};

/* ---- the root */

#define LIST_PARAM(key_, field_, shape_, low_, high_, flags_, doc_)                            \
    { .key = key_, .type = PARAM_LIST, .offset = offsetof(struct scenario_given, field_),      \
      .shape = shape_, .low = low_, .high = high_, .flags = flags_, .doc = doc_ }

static const struct param scenario_params[] = {
    { .key = "$schema", .type = PARAM_TEXT, .offset = offsetof(struct scenario_given, schema),
      .doc = "Where an editor finds the schema of this file.", .example = "\"schema.json\"" },
    { .key = "extends", .type = PARAM_TEXT, .offset = offsetof(struct scenario_given, extends),
      .doc = "A scenario that this one only says the differences from, a file looked up from the "
             "folder of this one. Objects are merged key by key, null takes a key out; lists of "
             "things with a name are merged by name; all else replaces what the other says.",
      .example = "\"our-desk.json\"" },
    { .key = "name", .type = PARAM_NAME, .offset = offsetof(struct scenario_given, name),
      .flags = PARAM_REQUIRED, .doc = "Short name of the scenario.",
      .example = "\"it-service-desk\"" },
    { .key = "title", .type = PARAM_TEXT, .offset = offsetof(struct scenario_given, title),
      .fallback = "\"\"", .doc = "One line about it." },
    { .key = "currency", .type = PARAM_NAME, .offset = offsetof(struct scenario_given, currency),
      .fallback = "\"EUR\"", .doc = "Unit of all money in this file." },
    { .key = "run", .type = PARAM_OBJECT, .offset = offsetof(struct scenario_given, run),
      .flags = PARAM_REQUIRED, .shape = &run_shape, .doc = "How long and how often to simulate.",
      .example = "{ \"length\": \"1 d\", \"replications\": 100 }" },
    { .key = "resolution_split", .type = PARAM_OBJECT, .shape = &split_shape, .fallback = "{}",
      .offset = offsetof(struct scenario_given, split),
      .doc = "Target shares of resolution by tier." },
    LIST_PARAM("severities", severities, &severity_shape, 1, 256, 0,
               "Severities; without this key there is one, \"normal\"."),
    LIST_PARAM("segments", segments, &segment_shape, 1, 256, 0,
               "Customer segments; without this key there is one, \"standard\"."),
    LIST_PARAM("channels", channels, &channel_shape, 1, 256, 0,
               "Channels; without this key there is one, \"phone\", whose customers never give "
               "up."),
    LIST_PARAM("issue_types", issues, &issue_shape, 1, 4096, 0,
               "Issue types; without this key there is one, \"general\"."),
    LIST_PARAM("streams", streams, &stream_shape, 1, LIMIT_STREAMS, PARAM_REQUIRED,
               "Where contacts come from."),
    LIST_PARAM("incidents", incidents, &incident_shape, 0, 64, 0,
               "Outages and the like, while which rates are higher."),
    LIST_PARAM("backlog", backlog, &backlog_shape, 0, 4096, 0,
               "Contacts that already wait at time 0; without this key the desk starts empty."),
    { .key = "busy_days", .type = PARAM_OBJECT, .shape = &busy_days_shape,
      .offset = offsetof(struct scenario_given, busy_days),
      .doc = "How busy days hang together; without this key they are independent, and groups too.",
      .example = "{ \"autocorrelation\": 0.5 }" },
    { .key = "self_service", .type = PARAM_OBJECT, .shape = &self_service_shape,
      .offset = offsetof(struct scenario_given, self_service), .doc = "Tier 0, if there is one." },
    LIST_PARAM("tiers", tiers, &tier_shape, 1, LIMIT_TIERS, PARAM_REQUIRED,
               "Human tiers, in order of escalation."),
    LIST_PARAM("escalation", escalation, &escalation_shape, 0, 4096, 0,
               "The escalation matrix: rules in order, the first that holds decides."),
    { .key = "organisation", .type = PARAM_OBJECT, .shape = &organisation_shape, .fallback = "{}",
      .offset = offsetof(struct scenario_given, organisation),
      .doc = "How the desk is organised: in tiers, or otherwise." },
    { .key = "hand_offs", .type = PARAM_OBJECT, .shape = &hand_offs_shape, .fallback = "{}",
      .offset = offsetof(struct scenario_given, hand_offs),
      .doc = "What is lost when contacts are handed over, and how well they are documented." },
    LIST_PARAM("root_causes", root_causes, &root_cause_shape, 0, 4096, 0,
               "Root-cause fixes: work that makes an issue type rarer."),
    { .key = "customer_requests", .type = PARAM_OBJECT, .shape = &requests_shape,
      .offset = offsetof(struct scenario_given, requests),
      .doc = "Customers who ask for somebody higher; without this key nobody does.",
      .example = "{ \"base\": \"1 %\", \"per_wait_hour\": 0.2, \"per_transfer\": 0.05 }" },
    { .key = "status_updates", .type = PARAM_OBJECT, .shape = &updates_shape, .fallback = "{}",
      .offset = offsetof(struct scenario_given, updates),
      .doc = "Customers kept informed while they wait." },
    { .key = "chasing", .type = PARAM_OBJECT, .shape = &chasing_shape,
      .offset = offsetof(struct scenario_given, chasing),
      .doc = "Customers who ask how their case stands; without this key nobody does.",
      .example = "{ \"share\": \"30 %\", \"every\": \"4 h\", \"by\": \"front desk\", \"work\": "
                 "\"2 min\" }" },
    { .key = "follow_up", .type = PARAM_OBJECT, .shape = &follow_up_shape,
      .offset = offsetof(struct scenario_given, follow_up),
      .doc = "Calls after contacts were solved; without this key there are none.",
      .example = "{ \"share\": \"25 %\", \"raises\": 0.5 }" },
    { .key = "satisfaction", .type = PARAM_OBJECT, .shape = &satisfaction_shape,
      .offset = offsetof(struct scenario_given, satisfaction),
      .doc = "What pleases customers, and who is asked; without this key nobody is.",
      .example = "{ \"per_wait_minute\": 0.05, \"answers\": \"20 %\", \"threshold\": 6 }" },
    { .key = "churn", .type = PARAM_OBJECT, .shape = &churn_shape,
      .offset = offsetof(struct scenario_given, churn),
      .doc = "Customers who leave; without this key nobody does.",
      .example = "{ \"abandoned\": 0.05, \"unresolved\": 0.2 }" },
    { .key = "vendor", .type = PARAM_OBJECT, .shape = &vendor_shape,
      .offset = offsetof(struct scenario_given, vendor), .doc = "Help from outside, if any." },
    { .key = "policy", .type = PARAM_OBJECT, .shape = &policy_shape,
      .offset = offsetof(struct scenario_given, policy),
      .doc = "A policy of your own, written in C; without this key there is none.",
      .example = "{ \"plugin\": \"./reserve.so\" }" },
    LIST_PARAM("calendars", calendars, &calendar_shape, 0, 256, 0,
               "Business calendars, for SLA targets and for the time to resolution."),
    { .key = "business_hours", .type = PARAM_NAME,
      .offset = offsetof(struct scenario_given, business_hours),
      .doc = "Calendar of the desk: the time to resolution is also reported in its hours.",
      .example = "\"office hours\"" },
    LIST_PARAM("sla", slas, &sla_shape, 0, 4096, 0, "SLA targets, the first that holds counts."),
    LIST_PARAM("promises", promises, &promise_shape, 0, 256, 0,
               "What the desk promises and the result must judge."),
};

static const struct elsewhere scenario_elsewhere[] = {
    { "skills", "no list is needed: pools name the \"skills\" of their agents, issue types the "
                "\"skill\" they need" },
    { "pools", "each tier has its own \"pools\"" },
    { "agents", "each tier has \"pools\", and each pool \"agents\"" },
    { "arrivals", "each of \"streams\" has \"arrivals\"" },
    { "replications", "it belongs into \"run\"" },
    { "seed", "it belongs into \"run\"" },
    { NULL, NULL },
};

const struct shape scenario_shape = {
    .name = "scenario",
    .summary = "A scenario of tiersim: an escalation desk and how to simulate it.",
    .params = scenario_params,
    .n_params = COUNT_OF(scenario_params),
    .size = sizeof(struct scenario_given),
    .at_offset = offsetof(struct scenario_given, at),
    .elsewhere = scenario_elsewhere,
};
