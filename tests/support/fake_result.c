/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake_result.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tiersim/run.h>
#include <tiersim/scenario.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { TEXT = 300, BARS = 40 };

static const struct tsim_measure desk[] = {
    { "contacts_per_day", TSIM_UNIT_COUNT, "Contacts offered in a day." },
    { "resolved_share", TSIM_UNIT_SHARE, "Share of contacts resolved." },
    { "first_response_mean", TSIM_UNIT_DURATION, "Mean time to the first response." },
    { "resolution_mean", TSIM_UNIT_DURATION, "Mean time to resolution." },
    { "cost_per_day", TSIM_UNIT_MONEY, "Cost of a day." },
    { "returns_mean", TSIM_UNIT_COUNT, "Back to a pool that had it." },
    { "satisfaction_mean", TSIM_UNIT_COUNT, "0 to 10." },
    { "displeased_share", TSIM_UNIT_SHARE, "Bad answers." },
    { "first_contact_resolution", TSIM_UNIT_SHARE, "Solved at the first contact." },
    { "first_level_resolution", TSIM_UNIT_SHARE, "Solved by the first tier alone." },
    { "backlog_mean", TSIM_UNIT_COUNT, "Open at a time." },
    { "backlog_end", TSIM_UNIT_COUNT, "Open at the end." },
    { "backlog_age_mean", TSIM_UNIT_DURATION, "For how long." },
    { "delay_cost_per_day", TSIM_UNIT_MONEY, "Cost of delay." },
    { "owners_mean", TSIM_UNIT_COUNT, "Owners one after another." },
    { "owner_found_share", TSIM_UNIT_SHARE, "Came back to them." },
};
static const struct tsim_measure fate[] = {
    { "share", TSIM_UNIT_SHARE, "Share of all contacts offered." },
    { "per_day", TSIM_UNIT_COUNT, "Contacts in a day." },
};
static const struct tsim_measure tier[] = {
    { "offered_per_day", TSIM_UNIT_COUNT, "Contacts that came to the tier in a day." },
    { "wait_mean", TSIM_UNIT_DURATION, "Mean wait of those answered." },
    { "wait_p90", TSIM_UNIT_DURATION, "Nine in ten wait no longer." },
    { "wait_p95", TSIM_UNIT_DURATION, "Nineteen in twenty wait no longer." },
    { "service_level", TSIM_UNIT_SHARE, "Answered in time." },
    { "abandoned_share", TSIM_UNIT_SHARE, "Gave up while waiting." },
    { "occupancy", TSIM_UNIT_SHARE, "Busy time of logged-in time." },
    { "agents_mean", TSIM_UNIT_COUNT, "People at work." },
    { "queue_mean", TSIM_UNIT_COUNT, "Waiting at a time." },
    { "escalation_rate", TSIM_UNIT_SHARE, "Handed on of those started." },
};
static const struct tsim_measure pool[] = {
    { "occupancy", TSIM_UNIT_SHARE, "Busy time of logged-in time." },
};
static const struct tsim_measure tier_interval[] = {
    { "offered", TSIM_UNIT_COUNT, "Contacts that came in the interval." },
    { "service_level", TSIM_UNIT_SHARE, "Answered in time." },
    { "wait_mean", TSIM_UNIT_DURATION, "Mean wait." },
    { "agents", TSIM_UNIT_COUNT, "Scheduled people." },
    { "busy", TSIM_UNIT_COUNT, "Busy people." },
    { "load", TSIM_UNIT_COUNT, "Offered work, in people." },
};
static const struct tsim_measure interval[] = {
    { "arrivals", TSIM_UNIT_COUNT, "Contacts that arrived." },
};
static const struct tsim_measure cost[] = {
    { "per_day", TSIM_UNIT_MONEY, "In a day." },
    { "per_contact", TSIM_UNIT_MONEY, "For each contact." },
    { "per_resolution", TSIM_UNIT_MONEY, "For each contact resolved." },
};
static const struct tsim_measure move[] = {
    { "per_day", TSIM_UNIT_COUNT, "In a day." },
    { "share", TSIM_UNIT_SHARE, "Of all hand-offs." },
    { "skill_per_day", TSIM_UNIT_COUNT, "For skill." },
    { "complexity_per_day", TSIM_UNIT_COUNT, "For complexity." },
    { "authority_per_day", TSIM_UNIT_COUNT, "For authority." },
    { "sla_breach_per_day", TSIM_UNIT_COUNT, "For SLA breaches." },
};
static const struct tsim_measure cause[] = {
    { "handed_over_per_day", TSIM_UNIT_COUNT, "Hand-offs in a day." },
    { "asked_per_day", TSIM_UNIT_COUNT, "Asked in a day." },
    { "notified_per_day", TSIM_UNIT_COUNT, "Told in a day." },
    { "per_contact", TSIM_UNIT_COUNT, "For each contact." },
    { "cost_per_escalation", TSIM_UNIT_MONEY, "For each." },
};
static const struct tsim_measure hops[] = {
    { "share", TSIM_UNIT_SHARE, "With so many hand-overs." },
};
static const struct tsim_measure sla[] = {
    { "breach_share", TSIM_UNIT_SHARE, "Missed." },
    { "clock_mean", TSIM_UNIT_DURATION, "What clocks ran." },
};
static const struct tsim_measure delay[] = {
    { "share", TSIM_UNIT_SHARE, "Of all clocks' time." },
    { "breached_share", TSIM_UNIT_SHARE, "Of that of those that missed." },
};
static const struct tsim_measure task[] = {
    { "per_day", TSIM_UNIT_COUNT, "In a day." },
    { "wait_mean", TSIM_UNIT_DURATION, "Until somebody begins." },
};

static const char *const trigger_entries[] = { "skill", "complexity", "authority", "sla_breach" };
static const char *const task_entries[] = { "approval", "swarm", "notify" };

enum { CAUSES = COUNT(trigger_entries), HOPS = 6, SLAS = 2, DELAYS = 2 * FAKE_TIERS + 1 };

static const char *const cost_entries[] = { "wages",     "overtime",     "concessions",
                                            "penalties", "self_service", "vendor",
                                            "contact",   "total" };
static const double      cost_per_day[] = { 9920, 0, 861.5, 344, 36.9, 120, 57.7, 11340.1 };

struct tsim_result {
    struct fake              fake;
    char                     labels[512][16];
    char                     moves[FAKE_TIERS * (FAKE_TIERS + 2)][64];
    char                     causes[FAKE_TIERS * CAUSES][64];
    char                     delays[SLAS * DELAYS][2 * TEXT];
    struct tsim_promise      promises[4];
    char                     promise_texts[4][2 * TEXT];
    struct tsim_split        split[FAKE_TIERS];
    struct tsim_crosscheck   checks[3];
    struct tsim_distribution waits[FAKE_TIERS];
    double                   edges[BARS + 1], shares[FAKE_TIERS][BARS];
};

void fake_desk(struct fake *fake)
{
    *fake = (struct fake){
        .info = { .scenario = "saas-support", .title = "Support desk of a software company",
                  .file = "scenarios/saas-support.json", .fingerprint = "0123456789abcdef",
                  .currency = "EUR", .seed = 1, .replications = 60, .planned = 60,
                  .complete = true, .length_s = 36000, .interval_s = 1800, .cycle_s = 36000,
                  .start_day = "Mon", .start_second = 28800, .confidence = 0.95, .tiers = 3,
                  .pools = 3, .agents_max = 42, .contacts = 46140, .events = 230700,
                  .wall_s = 1.23, .threads = 2, .self_service = "help pages" },
        .tiers = { "L1 front", "L2 product", "L3 engineers" },
        .vendor = "vendor",
        .intervals = 20,
        .promises = 4,
    };
}

/* A bump over the cycle, highest at `at` (0-1): morning rush, quiet evening. */
static double bump(double x, double at, double width)
{
    double d = (x - at) / width;
    return exp(-d * d);
}

static double position(const struct fake *fake, size_t i)
{
    if (fake->info.cycle_s > 86400.5) /* the same bump on each day */
        return fmod(((double)i + 0.5) * fake->info.interval_s / 86400, 1.0);
    return ((double)i + 0.5) / (double)fake->intervals;
}

static double offered_at(const struct fake *fake, size_t t, size_t i)
{
    double x = position(fake, i), scale = 45.0 / pow(4.5, (double)t);
    return fake->info.contacts ? scale * (0.15 + bump(x, 0.28, 0.16) + 0.7 * bump(x, 0.65, 0.14))
                               : 0;
}

static double mean_wait(size_t t)
{
    return 126 * pow(8, (double)t);
}

static struct tsim_estimate estimate(const struct fake *fake, double value, double relative)
{
    struct tsim_estimate e = { .value = value, .low = value, .high = value, .defined = true };
    if (fake->poison && fmod(value * 7, 3) < 0.7)
        e.value = e.low = value > 1 ? INFINITY : NAN;
    if (fake->info.contacts == 0)
        return (struct tsim_estimate){ 0 };
    if (fake->info.replications < 2)
        return e;
    e.has_interval = true;
    e.std_error    = fabs(value) * relative;
    e.low          = value - 2 * e.std_error;
    e.high         = value + 2 * e.std_error;
    return e;
}

static double tier_value(const struct fake *fake, size_t t, size_t measure)
{
    double k = (double)t;
    const double values[] = { 612 / pow(4.5, k), mean_wait(t), 3.05 * mean_wait(t),
                              4.3 * mean_wait(t), 0.831 + 0.02 * k, 0.031 / (1 + 3 * k),
                              0.81 + 0.06 * fmod(k, 3), t == 0 ? 28 : t == 1 ? 10 : 4,
                              t == 0 ? 2.1 : t == 1 ? 7.1 : 4.4,
                              t + 1 < fake->info.tiers ? 0.224 - 0.07 * fmod(k, 3) : 0 };
    return values[measure];
}

static struct tsim_estimate tier_interval_value(const struct fake *fake, size_t t, size_t i,
                                                size_t measure)
{
    double offered = offered_at(fake, t, i), x = position(fake, i);
    double load    = offered * 560 * (1 + (double)t) / fake->info.interval_s * 1.6;
    double agents  = ceil(load * 1.05 + 1);
    double values[] = { offered,
                        1 - 0.35 * bump(x, 0.62, 0.12) - 0.08 * (double)t * bump(x, 0.3, 0.1),
                        mean_wait(t) * (0.2 + 2.4 * bump(x, 0.62, 0.1)),
                        agents,
                        fmin(load, agents * 0.97),
                        load };
    if (fake->info.contacts == 0 && (measure == 3))
        return (struct tsim_estimate){ .value = 4, .low = 4, .high = 4, .defined = true };
    return estimate(fake, values[measure], measure == 3 ? 0 : 0.02 * (1 + (double)t));
}

/* Hand-overs a day: to the next tier for skill and complexity, back for complexity too, to the last
 * for authority. */
static double flow_value(const struct fake *fake, size_t from, size_t to, size_t c)
{
    const size_t last = fake->info.tiers - 1;
    const double n = tier_value(fake, from, 0) * tier_value(fake, from, 9);
    if (c == 2)
        return from < last && to == last ? 0.12 * n : 0;
    if (c == 1 && from > 0 && to == from - 1)
        return 0.03 * tier_value(fake, from, 0);
    return from < last && to == from + 1 && c < 2 ? (c ? 0.7 : 0.18) * n : 0;
}

static double move_value(const struct fake *fake, size_t from, size_t to, size_t measure)
{
    double n = 0;
    if (measure >= 2)
        return flow_value(fake, from, to, measure - 2);
    for (size_t c = 0; c < CAUSES; c++)
        n += flow_value(fake, from, to, c);
    return measure == 0 ? n : n / 200;
}

static double cause_value(const struct fake *fake, size_t from, size_t c, size_t measure)
{
    double n = 0;
    for (size_t to = 0; to < fake->info.tiers; to++)
        n += flow_value(fake, from, to, c);
    const double asked = c == 2 && fake->info.tiers > 1 ? 0.05 * n : 0;
    const double notified = c == 3 && from == 0 && fake->info.tiers > 1 ? 41 : 0;
    const double values[] = { n, asked, notified, (n + asked) / 612, 4.1 * (double)(c + 1) };
    return measure == 4 && n <= 0 ? 0 : values[measure];
}

static double trigger_value(const struct fake *fake, size_t c, size_t measure)
{
    double sum = 0;
    for (size_t t = 0; t < fake->info.tiers; t++)
        sum += cause_value(fake, t, c, measure);
    return measure == 4 && sum > 0 ? 4.1 * (double)(c + 1) : sum;
}

static const char *fake_tier(const struct fake *fake, size_t t)
{
    return t < fake->info.tiers ? fake->tiers[t] : "?";
}

static void make_promises(struct tsim_result *result)
{
    static const struct {
        const char       *says;
        enum tsim_unit    unit;
        double            target, value, error;
        enum tsim_verdict verdict;
    } rows[4] = {
        { "answered within 5 min", TSIM_UNIT_SHARE, 0.8, 0.831, 0.004, TSIM_KEPT },
        { "picked up within 1 h", TSIM_UNIT_SHARE, 0.9, 0.902, 0.006, TSIM_TOO_CLOSE },
        { "picked up within 4 h", TSIM_UNIT_SHARE, 0.95, 0.887, 0.01, TSIM_BROKEN },
        { "mean time to resolution", TSIM_UNIT_DURATION, 86400, 35000, 0.01, TSIM_KEPT },
    };
    const struct fake *fake = &result->fake;
    for (size_t i = 0; i < fake->promises; i++) {
        const char *who = i < 3 ? fake_tier(fake, i % fake->info.tiers) : "all:";
        snprintf(result->promise_texts[i], sizeof result->promise_texts[i], "%.*s %s", TEXT, who,
                 rows[i].says);
        result->promises[i] = (struct tsim_promise){
            .text     = result->promise_texts[i],
            .unit     = rows[i].unit,
            .at_least = i < 3,
            .target   = rows[i].target,
            .estimate = estimate(fake, rows[i].value, rows[i].error),
            .verdict  = fake->info.contacts == 0      ? TSIM_UNKNOWN
                        : fake->info.replications < 2 ? TSIM_TOO_CLOSE
                                                      : rows[i].verdict,
            .more_replications = i == 1 && fake->info.replications > 1 ? 240 : 0,
        };
    }
}

static void make_moves(struct tsim_result *result)
{
    const size_t n = result->fake.info.tiers;
    for (size_t i = 0; i < n * (n + 2); i++)
        snprintf(result->moves[i], sizeof result->moves[i], "%zu > %zu", i / (n + 2) + 1,
                 i % (n + 2) + 1);
    for (size_t i = 0; i < n * CAUSES; i++)
        snprintf(result->causes[i], sizeof result->causes[i], "%zu/%s", i / CAUSES + 1,
                 trigger_entries[i % CAUSES]);
}

static const char *sla_name(const struct tsim_result *result, size_t i)
{
    return i ? result->fake.tiers[0] : "first answer";
}

/* For each target the queue and the work of each tier, and the customer. */
static void make_delays(struct tsim_result *result)
{
    const size_t n = 2 * result->fake.info.tiers + 1;
    for (size_t i = 0; i < SLAS * n; i++) {
        const size_t part = i % n;
        snprintf(result->delays[i], sizeof result->delays[i], "%.*s/%.*s%s", TEXT,
                 sla_name(result, i / n), TEXT - 20,
                 part + 1 < n ? result->fake.tiers[part / 2] : "",
                 part + 1 == n ? "customer" : part % 2 ? " work" : " queue");
    }
}

static void make_split(struct tsim_result *result)
{
    static const double target[] = { 0.8, 0.15, 0.05 }, share[] = { 0.812, 0.141, 0.047 };
    size_t              n        = result->fake.info.tiers;
    for (size_t t = 0; t < n; t++)
        result->split[t] = (struct tsim_split){
            .tier    = result->fake.tiers[t],
            .target  = n == 1 ? 1 : t < 3 ? target[t] : 0,
            .share   = estimate(&result->fake, n == 1 ? 1 : t < 3 ? share[t] : 0.001, 0.004),
            .verdict = result->fake.info.contacts ? TSIM_KEPT : TSIM_UNKNOWN,
        };
}

static void make_checks(struct tsim_result *result)
{
    const char *tier_name = result->fake.tiers[0];
    result->checks[0] = (struct tsim_crosscheck){
        .tier = tier_name, .model = "Erlang A", .measure = "wait_mean", .analytic = 118,
        .simulated = estimate(&result->fake, 126, 0.02), .exact = result->fake.broken_check,
        .reasons = result->fake.broken_check
                       ? ""
                       : "rates that change over the day, handling times that are not exponential",
    };
    if (result->fake.broken_check)
        result->checks[0].analytic = 190;
    result->checks[1]          = result->checks[0];
    result->checks[1].measure  = "service_level";
    result->checks[1].analytic = 0.84;
    result->checks[1].simulated = estimate(&result->fake, 0.831, 0.004);
    result->checks[2]           = result->checks[0];
    result->checks[2].tier      = fake_tier(&result->fake, result->fake.info.tiers - 1);
    result->checks[2].model     = "Erlang C";
    result->checks[2].exact     = true;
    result->checks[2].reasons   = "";
    result->checks[2].simulated = estimate(&result->fake, 120, 0.02);
}

static void make_waits(struct tsim_result *result)
{
    result->edges[0] = 0;
    for (size_t b = 1; b <= BARS; b++)
        result->edges[b] = 1.5 * pow(1.37, (double)b - 1);
    for (size_t t = 0; t < result->fake.info.tiers; t++) {
        double rate = 1 / mean_wait(t), sum = 0;
        for (size_t b = 0; b < BARS; b++) {
            double share = exp(-rate * result->edges[b]) - exp(-rate * result->edges[b + 1]);
            result->shares[t][b] = (b == 0 ? 0.3 : 0) + 0.7 * share;
            sum += result->shares[t][b];
        }
        for (size_t b = 0; b < BARS; b++)
            result->shares[t][b] = result->fake.info.contacts ? result->shares[t][b] / sum : 0;
        result->waits[t] = (struct tsim_distribution){
            .name = "wait", .entry = result->fake.tiers[t], .bars = BARS,
            .edges = result->edges, .shares = result->shares[t],
            .count = result->fake.info.contacts ? 36720 / (t + 1) : 0,
        };
    }
}

struct tsim_result *fake_new(const struct fake *fake)
{
    struct tsim_result *result = calloc(1, sizeof *result);
    if (!result)
        abort();
    result->fake = *fake;
    for (size_t i = 0; i < fake->intervals && i < COUNT(result->labels); i++) {
        unsigned minute = fake->info.start_second / 60 +
                          (unsigned)((double)i * fake->info.interval_s / 60);
        snprintf(result->labels[i], sizeof result->labels[i], "%02u:%02u", minute / 60 % 24,
                 minute % 60);
    }
    make_delays(result);
    make_moves(result);
    make_promises(result);
    make_split(result);
    make_checks(result);
    make_waits(result);
    return result;
}

void tsim_result_free(struct tsim_result *result)
{
    free(result);
}

const struct tsim_run_info *tsim_result_info(const struct tsim_result *result)
{
    return &result->fake.info;
}

const char *tsim_scope_name(enum tsim_scope scope)
{
    static const char *const names[TSIM_SCOPES] = {
        "desk",   "fate",     "tier",          "pool",       "issue", "severity", "segment",
        "channel", "stream",  "interval",      "tier_interval", "tier_issue", "pool_issue", "sla",
        "cost",   "move",     "cause",         "trigger",    "hops",  "task",     "delay",
    };
    return names[scope];
}

size_t tsim_result_entries(const struct tsim_result *result, enum tsim_scope scope)
{
    const struct fake *fake = &result->fake;
    switch (scope) {
    case TSIM_SCOPE_DESK:
        return 1;
    case TSIM_SCOPE_FATE:
        return fake->info.tiers + 5;
    case TSIM_SCOPE_TIER:
    case TSIM_SCOPE_POOL:
        return fake->info.tiers;
    case TSIM_SCOPE_INTERVAL:
        return fake->intervals;
    case TSIM_SCOPE_TIER_INTERVAL:
        return fake->intervals * fake->info.tiers;
    case TSIM_SCOPE_COST:
        return COUNT(cost_entries);
    case TSIM_SCOPE_MOVE:
        return fake->info.tiers * (fake->info.tiers + 2);
    case TSIM_SCOPE_CAUSE:
        return fake->info.tiers * CAUSES;
    case TSIM_SCOPE_TRIGGER:
        return CAUSES;
    case TSIM_SCOPE_HOPS:
        return HOPS;
    case TSIM_SCOPE_TASK:
        return COUNT(task_entries);
    case TSIM_SCOPE_SLA:
        return fake->info.tiers > 1 ? SLAS : 0;
    case TSIM_SCOPE_DELAY:
        return fake->info.tiers > 1 ? SLAS * (2 * fake->info.tiers + 1) : 0;
    default:
        return 0;
    }
}

const char *tsim_result_entry(const struct tsim_result *result, enum tsim_scope scope,
                              size_t entry)
{
    static const char *const fates[] = { "vendor", "abandoned", "unresolved", "open" };
    static const char *const hops_entries[HOPS] = { "0", "1", "2", "3", "4", "5 or more" };
    const struct fake       *fake    = &result->fake;
    switch (scope) {
    case TSIM_SCOPE_FATE:
        if (entry == 0)
            return "self_service";
        return entry <= fake->info.tiers ? fake->tiers[entry - 1]
                                         : fates[entry - fake->info.tiers - 1];
    case TSIM_SCOPE_TIER:
    case TSIM_SCOPE_POOL:
        return fake->tiers[entry];
    case TSIM_SCOPE_INTERVAL:
        return result->labels[entry];
    case TSIM_SCOPE_TIER_INTERVAL:
        return result->labels[entry % fake->intervals];
    case TSIM_SCOPE_COST:
        return cost_entries[entry];
    case TSIM_SCOPE_MOVE:
        return result->moves[entry];
    case TSIM_SCOPE_CAUSE:
        return result->causes[entry];
    case TSIM_SCOPE_TRIGGER:
        return trigger_entries[entry];
    case TSIM_SCOPE_HOPS:
        return hops_entries[entry];
    case TSIM_SCOPE_TASK:
        return task_entries[entry];
    case TSIM_SCOPE_SLA:
        return sla_name(result, entry);
    case TSIM_SCOPE_DELAY:
        return result->delays[entry];
    default:
        return "desk";
    }
}

const struct tsim_measure *tsim_result_measures(const struct tsim_result *result,
                                                enum tsim_scope scope, size_t *count)
{
    static const struct {
        const struct tsim_measure *at;
        size_t                     n;
    } rows[TSIM_SCOPES] = {
        [TSIM_SCOPE_DESK] = { desk, COUNT(desk) },
        [TSIM_SCOPE_FATE] = { fate, COUNT(fate) },
        [TSIM_SCOPE_TIER] = { tier, COUNT(tier) },
        [TSIM_SCOPE_POOL] = { pool, COUNT(pool) },
        [TSIM_SCOPE_INTERVAL] = { interval, COUNT(interval) },
        [TSIM_SCOPE_TIER_INTERVAL] = { tier_interval, COUNT(tier_interval) },
        [TSIM_SCOPE_COST] = { cost, COUNT(cost) },
        [TSIM_SCOPE_MOVE] = { move, COUNT(move) },
        [TSIM_SCOPE_CAUSE] = { cause, COUNT(cause) },
        [TSIM_SCOPE_TRIGGER] = { cause, COUNT(cause) },
        [TSIM_SCOPE_HOPS] = { hops, COUNT(hops) },
        [TSIM_SCOPE_TASK] = { task, COUNT(task) },
        [TSIM_SCOPE_SLA] = { sla, COUNT(sla) },
        [TSIM_SCOPE_DELAY] = { delay, COUNT(delay) },
    };
    (void)result;
    *count = rows[scope].n;
    return rows[scope].at;
}

size_t tsim_result_measure(const struct tsim_result *result, enum tsim_scope scope,
                           const char *name)
{
    size_t                     count;
    const struct tsim_measure *measures = tsim_result_measures(result, scope, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(measures[i].name, name) == 0)
            return i;
    return (size_t)-1;
}

struct tsim_estimate tsim_result_get(const struct tsim_result *result, enum tsim_scope scope,
                                     size_t entry, size_t measure)
{
    static const double desk_values[] = { 769, 0.962, 240, 35000, 11340.1, 0.017, 7.84,
                                          0.124, 0.713, 0.681, 41.3, 12.6, 187000, 812.5, 1.24,
                                          0.43 };
    static const double fates[]       = { 0.0082, 0.031, 0, 0.0198 };
    static const double self          = 0.081;
    static const double hop_shares[]  = { 0.78, 0.19, 0.025, 0.004, 0.001, 0 };
    static const double task_days[]   = { 14, 0, 41 };
    const struct fake  *fake          = &result->fake;
    size_t              n             = fake->info.tiers;
    double              share;
    switch (scope) {
    case TSIM_SCOPE_DESK:
        return estimate(fake, measure >= 5 && n == 1 ? 0 : desk_values[measure], 0.003);
    case TSIM_SCOPE_FATE:
        share = entry == 0 ? self : fates[entry > n ? entry - n - 1 : 0];
        if (entry > 0 && entry <= n)
            share = 0.86 * result->split[entry - 1].share.value;
        return estimate(fake, measure ? share * 769 : share, 0.01);
    case TSIM_SCOPE_TIER:
        return estimate(fake, tier_value(fake, entry, measure), 0.01);
    case TSIM_SCOPE_POOL:
        return estimate(fake, 0.8, 0.01);
    case TSIM_SCOPE_INTERVAL:
        return estimate(fake, offered_at(fake, 0, entry), 0.01);
    case TSIM_SCOPE_TIER_INTERVAL:
        return tier_interval_value(fake, entry / fake->intervals, entry % fake->intervals,
                                   measure);
    case TSIM_SCOPE_COST:
        return estimate(fake, cost_per_day[entry] / (measure == 0 ? 1 : measure == 1 ? 769 : 740),
                        entry == 0 ? 0 : 0.02);
    case TSIM_SCOPE_MOVE:
        return estimate(fake, move_value(fake, entry / (n + 2), entry % (n + 2), measure), 0.03);
    case TSIM_SCOPE_CAUSE:
        return estimate(fake, cause_value(fake, entry / CAUSES, entry % CAUSES, measure), 0.03);
    case TSIM_SCOPE_TRIGGER:
        return estimate(fake, trigger_value(fake, entry, measure), 0.02);
    case TSIM_SCOPE_HOPS:
        return estimate(fake, n > 1 ? hop_shares[entry] : entry == 0, 0.01);
    case TSIM_SCOPE_TASK:
        return estimate(fake, n == 1 ? 0 : measure ? 95 * (double)(entry + 1) : task_days[entry],
                        0.02);
    case TSIM_SCOPE_SLA:
        return estimate(fake, measure ? 7300 : 0.07, 0.02);
    case TSIM_SCOPE_DELAY:
        return estimate(fake, 1 / (double)(2 * n + 1), 0.02);
    default:
        return (struct tsim_estimate){ 0 };
    }
}

struct tsim_estimate tsim_result_find(const struct tsim_result *result, enum tsim_scope scope,
                                      const char *entry, const char *measure)
{
    size_t index = tsim_result_measure(result, scope, measure);
    for (size_t i = 0; index != (size_t)-1 && i < tsim_result_entries(result, scope); i++)
        if (strcmp(tsim_result_entry(result, scope, i), entry) == 0)
            return tsim_result_get(result, scope, i, index);
    return (struct tsim_estimate){ 0 };
}

double tsim_result_of_replication(const struct tsim_result *result, uint32_t replication,
                                  enum tsim_scope scope, size_t entry, size_t measure,
                                  bool *defined)
{
    struct tsim_estimate e = tsim_result_get(result, scope, entry, measure);
    *defined               = e.defined && isfinite(e.value);
    return *defined ? e.value * (1 + 0.01 * ((double)(replication % 7) - 3)) : 0;
}

const struct tsim_promise *tsim_result_promises(const struct tsim_result *result, size_t *count)
{
    *count = result->fake.promises;
    return result->promises;
}

const struct tsim_split *tsim_result_split(const struct tsim_result *result, size_t *count)
{
    *count = result->fake.no_split ? 0 : result->fake.info.tiers;
    return result->split;
}

const struct tsim_crosscheck *tsim_result_crosschecks(const struct tsim_result *result,
                                                      size_t *count)
{
    *count = result->fake.no_checks || !result->fake.info.contacts ? 0 : 3;
    return result->checks;
}

const struct tsim_distribution *tsim_result_distributions(const struct tsim_result *result,
                                                          size_t *count)
{
    *count = result->fake.info.tiers;
    return result->waits;
}

const char *const *tsim_result_controls(const struct tsim_result *result, size_t *count)
{
    static const char *const controls[] = { "arrivals of phone", "work in L1" };
    *count = result->fake.info.adjusts ? 2 : 0;
    return controls;
}

double tsim_result_less_work(const struct tsim_result *result, enum tsim_scope scope, size_t entry,
                             size_t measure)
{
    if (!result->fake.info.adjusts && result->fake.info.set < 2)
        return 0;
    return scope == TSIM_SCOPE_TIER && entry == 1 ? 0.9 : 2.5 + (double)measure;
}

const char *tsim_result_digest(const struct tsim_result *result)
{
    (void)result;
    return "feedfacecafebeef";
}

const char *tsim_version(void)
{
    return "1.2.3";
}

const char *tsim_build_info(void)
{
    return "a test";
}

const char *tsim_scenario_name(const struct tsim_scenario *scenario)
{
    (void)scenario;
    return "fake";
}
