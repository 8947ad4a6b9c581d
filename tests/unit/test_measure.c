/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: a tally becomes the right numbers. Method: tallies filled in by hand and results computed
 * on paper: the six service levels of a worked example from practice, money, intervals,
 * quantiles; and the table of measures itself: names are unique, places neither overlap nor leave
 * gaps. */
#include <ctype.h>
#include <math.h>

#include "stats/histogram.h"
#include "support/law.h"

static const char text[] =
    "{ \"name\": \"by hand\", \"run\": { \"length\": \"2 d\", \"cycle\": \"1 d\", "
    "\"interval\": \"6 h\" },\n"
    "  \"severities\": [ { \"name\": \"low\" }, { \"name\": \"high\" } ],\n"
    "  \"streams\": [ { \"name\": \"calls\", \"arrivals\": { \"kind\": \"poisson\", \"rate\": "
    "\"1 /h\" },\n"
    "    \"severities\": { \"low\": 0.5, \"high\": 0.5 } } ],\n"
    "  \"self_service\": { \"cost\": 0.5 },\n"
    "  \"status_updates\": { \"cost\": 3.5 },\n"
    "  \"vendor\": { \"delay\": \"1 d\", \"fee\": 40 },\n"
    "  \"tiers\": [ { \"name\": \"L1\", \"handling\": \"5 min\", \"answer_within\": \"20 s\", "
    "\"pools\": [\n"
    "      { \"name\": \"a\", \"agents\": 2, \"wage\": 20, \"shrinkage\": 0.2 },\n"
    "      { \"name\": \"b\", \"agents\": 1, \"wage\": 30, \"overtime_factor\": 2,\n"
    "        \"training\": { \"level\": 0.5, \"cost_per_agent_day\": 8 } } ] },\n"
    "    { \"name\": \"L2\", \"handling\": \"9 min\", \"pools\": [ { \"name\": \"c\", "
    "\"agents\": 1 } ] } ],\n"
    "  \"sla\": [ { \"name\": \"fast\", \"clock\": \"resolution\", \"target\": \"1 h\" } ] }";

struct hand {
    struct law         law;
    const struct plan *plan;
    struct tally       tally;
    struct pair       *pairs;
};

static struct hand open_hand(void)
{
    struct hand hand = { .law = law_load(text) };
    hand.plan = hand.law.scenario->plan;
    cr_assert(tally_open(&hand.tally, hand.plan));
    hand.pairs = calloc(measure_total(hand.plan), sizeof *hand.pairs);
    cr_assert(hand.pairs);
    return hand;
}

static void close_hand(struct hand *hand)
{
    free(hand->pairs);
    tally_close(&hand->tally);
    law_free(&hand->law);
}

static double value_of(const struct hand *hand, enum tsim_scope scope, size_t entry,
                       const char *measure)
{
    const size_t m = measure_index(scope, measure);
    cr_assert_neq(m, SIZE_MAX, "%s", measure);
    const struct pair pair =
        hand->pairs[measure_offset(hand->plan, scope) + entry * measure_count(scope) + m];
    cr_assert_neq(pair.y, 0, "%s is not defined", measure);
    return pair.x / pair.y;
}

#define EXPECT(scope, entry, measure, value)                                                   \
    do {                                                                                       \
        const double v = value_of(&hand, scope, entry, measure), w = value;                    \
        cr_assert_float_eq(v, w, 1e-9 * (1 + w), "%s is %.12g, not %.12g", measure, v, w);     \
    } while (0)

/* ---- the table */

Test(measure, names_are_unique_and_documented)
{
    for (int s = 0; s < TSIM_SCOPES; s++) {
        const enum tsim_scope scope = (enum tsim_scope)s;
        cr_assert_gt(measure_count(scope), 0);
        cr_assert_neq(tsim_scope_name(scope)[0], '\0');
        for (size_t i = 0; i < measure_count(scope); i++) {
            const struct measure *measure = measure_at(scope, i);
            const char           *name = measure->public.name;
            cr_assert_eq(measure_index(scope, name), i, "%s stands twice", name);
            for (const char *c = name; *c; c++)
                cr_assert(islower((unsigned char)*c) || isdigit((unsigned char)*c) || *c == '_',
                          "%s", name);
            cr_assert_gt(strlen(measure->public.doc), 4, "%s", name);
            cr_assert(measure->bins == BINS_NONE || (measure->probability > 0 &&
                                                     measure->probability < 1));
        }
    }
    cr_assert_eq(measure_index(TSIM_SCOPE_DESK, "no such thing"), SIZE_MAX);
}

Test(measure, places_neither_overlap_nor_leave_gaps)
{
    struct hand hand = open_hand();
    char       *taken = calloc(measure_total(hand.plan), 1);
    size_t      kept = 0;
    cr_assert(taken);
    for (int s = 0; s < TSIM_SCOPES; s++) {
        const enum tsim_scope scope = (enum tsim_scope)s;
        const size_t n = measure_entries(hand.plan, scope) * measure_count(scope);
        for (size_t i = 0; i < n; i++) {
            const size_t at = measure_offset(hand.plan, scope) + i;
            cr_assert(at < measure_total(hand.plan) && !taken[at]++);
        }
        if (measure_offset(hand.plan, scope) < measure_kept(hand.plan))
            kept += n;
    }
    cr_assert_null(memchr(taken, 0, measure_total(hand.plan)));
    cr_assert_eq(kept, measure_kept(hand.plan));
    free(taken);
    close_hand(&hand);
}

Test(measure, entries_have_names_of_their_own)
{
    struct hand hand = open_hand();
    for (int s = 0; s < TSIM_SCOPES; s++) {
        const enum tsim_scope scope = (enum tsim_scope)s;
        char                  names[64][100];
        const size_t          n = measure_entries(hand.plan, scope);
        cr_assert_leq(n, 64);
        for (size_t i = 0; i < n; i++) {
            measure_entry_name(hand.plan, scope, i, names[i], sizeof names[i]);
            for (size_t k = 0; k < i; k++)
                cr_assert_str_neq(names[i], names[k], "%s", tsim_scope_name(scope));
        }
    }
    close_hand(&hand);
}

/* ---- service levels */

/* A = 1000 answered, B = 60 gave up; within T: 860 and 20; 10 of those at once. */
Test(measure, six_service_levels)
{
    struct hand hand = open_hand();
    /* Two classes, and one that is not counted, which must not be seen. */
    for (uint32_t c = 0; c < 3; c++)
        hand.tally.visit[c] = (struct visit_row){
            .offered = 530, .answered = 500, .abandoned = 30, .in_time = 430,
            .abandoned_in_time = 10, .abandoned_short = 5, .handled = 500, .resolved = 500,
        };
    cr_assert_eq(hand.plan->n_classes, 2);
    measure_tally(hand.plan, &hand.tally, hand.pairs);
    EXPECT(TSIM_SCOPE_TIER, 0, "service_level_with_abandoned", 880.0 / 1060);
    EXPECT(TSIM_SCOPE_TIER, 0, "service_level_of_answered", 860.0 / 1000);
    EXPECT(TSIM_SCOPE_TIER, 0, "service_level", 860.0 / 1060);
    EXPECT(TSIM_SCOPE_TIER, 0, "service_level_excluding_early", 860.0 / 1040);
    EXPECT(TSIM_SCOPE_TIER, 0, "service_level_with_short", 870.0 / 1060);
    EXPECT(TSIM_SCOPE_TIER, 0, "service_level_excluding_short", 860.0 / 1050);
    static const struct {
        const char *measure;
        const char *printed;
    } screen[] = {
        { "service_level_with_abandoned", "83.02" }, { "service_level_of_answered", "86.00" },
        { "service_level", "81.13" },                { "service_level_excluding_early", "82.69" },
        { "service_level_with_short", "82.08" },     { "service_level_excluding_short", "81.90" },
    };
    for (size_t i = 0; i < sizeof screen / sizeof *screen; i++) {
        char printed[16];
        snprintf(printed, sizeof printed, "%.2f",
                 100 * value_of(&hand, TSIM_SCOPE_TIER, 0, screen[i].measure));
        cr_assert_str_eq(printed, screen[i].printed, "%s", screen[i].measure);
    }
    EXPECT(TSIM_SCOPE_TIER, 0, "abandoned_share", 60.0 / 1060);
    close_hand(&hand);
}

/* ---- contacts */

Test(measure, contacts_and_fates)
{
    struct hand hand = open_hand();
    hand.tally.ledger[0] = (struct ledger_row){ .offered = 100, .self_service = 20, .resolved = 50,
        .vendor = 10, .abandoned = 8, .blocked = 6, .unresolved = 4, .open = 2, .to_people = 74,
        .responded = 66, .response_s = 660, .resolution_s = 8000, .escalated = 30, .hops = 37,
        .breached = 5, .first_level = 40, .first_contact = 120, .redials = 30,
        .redial_s = 86400, .blocked_first = 9, .reopens = 50, .false_contained = 5,
        .customer_s = 870 };
    hand.tally.ledger[1] = (struct ledger_row){ .offered = 100, .resolved = 100, .to_people = 100,
        .responded = 100, .response_s = 340, .resolution_s = 10000 };
    hand.tally.ledger[2] = (struct ledger_row){ .offered = 1e6, .resolved = 1e6 }; /* not counted */
    hand.tally.visit[0] = (struct visit_row){ .offered = 74, .answered = 66, .handled = 66,
        .resolved = 40, .escalated = { [TRIGGER_complexity] = 24, [TRIGGER_authority] = 2 },
        .avoidable = 2 };
    hand.tally.visit[1] = (struct visit_row){ .offered = 100, .answered = 100, .resolved = 90 };
    hand.tally.visit[3] = (struct visit_row){ .offered = 26, .answered = 20, .passed = 6,
        .resolved = 10, .escalated = { [TRIGGER_complexity] = 10, [TRIGGER_skill] = 6 } };
    hand.tally.visit[4] = (struct visit_row){ .resolved = 10 };
    measure_tally(hand.plan, &hand.tally, hand.pairs);
    EXPECT(TSIM_SCOPE_DESK, 0, "contacts_per_day", 100);
    EXPECT(TSIM_SCOPE_DESK, 0, "resolved_share", 0.9);
    EXPECT(TSIM_SCOPE_DESK, 0, "human_resolved_share", 0.75);
    EXPECT(TSIM_SCOPE_DESK, 0, "first_response_mean", 1000.0 / 166);
    EXPECT(TSIM_SCOPE_DESK, 0, "resolution_mean", 18000.0 / 180);
    EXPECT(TSIM_SCOPE_DESK, 0, "escalated_share", 30.0 / 174);
    EXPECT(TSIM_SCOPE_DESK, 0, "transfers_mean", 37.0 / 174);
    EXPECT(TSIM_SCOPE_DESK, 0, "sla_breach_share", 5.0 / 200);
    EXPECT(TSIM_SCOPE_DESK, 0, "first_contact_resolution", 120.0 / 166);
    EXPECT(TSIM_SCOPE_DESK, 0, "first_level_resolution", 40.0 / 166);
    EXPECT(TSIM_SCOPE_DESK, 0, "redials_mean", 30.0 / 200);
    EXPECT(TSIM_SCOPE_DESK, 0, "blocked_first_share", 9.0 / 200);
    EXPECT(TSIM_SCOPE_DESK, 0, "redial_time_mean", 86400.0 / 200);
    EXPECT(TSIM_SCOPE_DESK, 0, "reopen_rate", 50.0 / 200);
    EXPECT(TSIM_SCOPE_DESK, 0, "false_containment_share", 5.0 / 25);
    EXPECT(TSIM_SCOPE_DESK, 0, "customer_time_mean", 5);
    EXPECT(TSIM_SCOPE_DESK, 0, "avoidable_share", 2.0 / 26);
    /* self-service, L1, L2, vendor, abandoned, blocked, unresolved, open */
    static const double fates[] = { 20, 130, 20, 10, 8, 6, 4, 2 };
    for (size_t i = 0; i < 8; i++) {
        EXPECT(TSIM_SCOPE_FATE, i, "share", fates[i] / 200);
        EXPECT(TSIM_SCOPE_FATE, i, "per_day", fates[i] / 2);
    }
    EXPECT(TSIM_SCOPE_TIER, 0, "split_share", 130.0 / 150);
    EXPECT(TSIM_SCOPE_TIER, 1, "split_share", 20.0 / 150);
    EXPECT(TSIM_SCOPE_TIER, 0, "escalation_rate", 26.0 / 166);
    EXPECT(TSIM_SCOPE_TIER, 1, "escalation_rate", 10.0 / 20); /* those passed on were not started */
    EXPECT(TSIM_SCOPE_SEVERITY, 0, "contacts_per_day", 50);
    EXPECT(TSIM_SCOPE_SEVERITY, 0, "resolved_share", 0.8);
    EXPECT(TSIM_SCOPE_SEVERITY, 1, "first_response_mean", 3.4);
    EXPECT(TSIM_SCOPE_STREAM, 0, "contacts_per_day", 100);
    close_hand(&hand);
}

/* ---- money and time */

Test(measure, money_by_line)
{
    struct hand hand = open_hand();
    struct pool_interval_row *rows = hand.tally.pool_interval; /* [interval * 3 + pool] */
    rows[0] = (struct pool_interval_row){ .busy_s = 50000, .scheduled_s = 72000 };
    rows[3] = (struct pool_interval_row){ .busy_s = 22000, .scheduled_s = 72000 };
    rows[1] = (struct pool_interval_row){ .busy_s = 9000, .scheduled_s = 36000,
                                          .overtime_s = 1800 };
    rows[12] = (struct pool_interval_row){ .scheduled_s = 1e9, .overtime_s = 1e9 }; /* spare */
    hand.tally.pool[0].concessions = 70;
    hand.tally.sla[0] = (struct sla_row){ .clocked = 10, .breaches = 4, .late_s = 600,
                                          .penalty = 25 };
    hand.tally.outside[0] = (struct outside_row){ .sessions = 30, .vendor_visits = 2,
                                                  .contacts_cost = 12, .updated = 8 };
    hand.tally.outside[1] = (struct outside_row){ .sessions = 1e6, .vendor_visits = 1e6 };
    hand.tally.ledger[0].offered = 40;
    hand.tally.ledger[0].resolved = 20;
    hand.tally.ledger[0].lost_value = 20;
    measure_tally(hand.plan, &hand.tally, hand.pairs);
    /* 40 h / 0.8 at 20 and 10 h at 30; half an hour at twice 30. One agent trained for two
     * days at 4, and eight updates. */
    static const double lines[] = { 1300, 30, 70, 25, 15, 80, 12, 0, 36, 20, 1588 };
    for (size_t i = 0; i < 11; i++) {
        EXPECT(TSIM_SCOPE_COST, i, "per_day", lines[i] / 2);
        EXPECT(TSIM_SCOPE_COST, i, "per_contact", lines[i] / 40);
        EXPECT(TSIM_SCOPE_COST, i, "per_resolution", lines[i] / 20);
    }
    EXPECT(TSIM_SCOPE_DESK, 0, "cost_per_contact", 1588.0 / 40);
    EXPECT(TSIM_SCOPE_POOL, 0, "occupancy", 0.5);
    EXPECT(TSIM_SCOPE_POOL, 0, "utilisation", 72000.0 / 180000);
    EXPECT(TSIM_SCOPE_POOL, 1, "occupancy", 9000.0 / 37800);
    EXPECT(TSIM_SCOPE_POOL, 1, "overtime_per_day", 900);
    EXPECT(TSIM_SCOPE_TIER, 0, "occupancy", 81000.0 / 181800);
    EXPECT(TSIM_SCOPE_SLA, 0, "breach_share", 0.4);
    EXPECT(TSIM_SCOPE_SLA, 0, "late_mean", 150);
    close_hand(&hand);
}

/* Two days, a cycle of one day in four intervals: each interval was met twice. */
Test(measure, intervals)
{
    struct hand hand = open_hand();
    cr_assert_eq(hand.plan->n_intervals, 4);
    hand.tally.desk_interval[1] = (struct desk_interval_row){ .arrived = 10, .resolved = 6,
                                                              .present_s = 43200 };
    hand.tally.tier_interval[1 * 2 + 0] = (struct tier_interval_row){ .offered = 8, .answered = 5,
        .abandoned = 3, .in_time = 4, .wait_answered_s = 50, .queue_s = 86400 };
    hand.tally.pool_interval[1 * 3 + 0] = (struct pool_interval_row){ .busy_s = 21600,
                                                                      .scheduled_s = 86400 };
    hand.tally.pool_interval[1 * 3 + 1] = (struct pool_interval_row){ .busy_s = 21600,
                                                                      .scheduled_s = 43200 };
    measure_tally(hand.plan, &hand.tally, hand.pairs);
    EXPECT(TSIM_SCOPE_INTERVAL, 1, "arrivals", 5);
    EXPECT(TSIM_SCOPE_INTERVAL, 1, "resolved", 3);
    EXPECT(TSIM_SCOPE_INTERVAL, 1, "present", 1);
    EXPECT(TSIM_SCOPE_INTERVAL, 0, "arrivals", 0);
    EXPECT(TSIM_SCOPE_TIER_INTERVAL, 1, "service_level", 0.5);
    EXPECT(TSIM_SCOPE_TIER_INTERVAL, 1, "wait_mean", 10);
    EXPECT(TSIM_SCOPE_TIER_INTERVAL, 1, "queue_mean", 2);
    EXPECT(TSIM_SCOPE_TIER_INTERVAL, 1, "agents", 3);
    EXPECT(TSIM_SCOPE_TIER_INTERVAL, 1, "busy", 1);
    EXPECT(TSIM_SCOPE_TIER_INTERVAL, 1, "occupancy", 1.0 / 3);
    EXPECT(TSIM_SCOPE_TIER, 0, "queue_mean", 0.5);
    EXPECT(TSIM_SCOPE_TIER, 0, "agents_mean", 0.75);
    close_hand(&hand);
}

/* From hour 3 to hour 33, a cycle of a day in four intervals: the first is met for three hours and
 * then for six, the second for six and then for three, the others once. */
Test(measure, intervals_of_cut_cycles)
{
    static const double met_h[] = { 9, 9, 6, 6 };
    struct hand         hand = open_hand();
    struct plan         plan = *hand.plan;
    plan.warmup_s = 3 * 3600;
    plan.end_s = 33 * 3600;
    hand.plan = &plan;
    for (uint32_t i = 0; i < 4; i++) {
        hand.tally.desk_interval[i] = (struct desk_interval_row){ .arrived = met_h[i] * 10,
                                                                  .present_s = met_h[i] * 7200 };
        hand.tally.pool_interval[i * 3].scheduled_s = met_h[i] * 3600 * 5;
        hand.tally.tier_interval[i * 2].offered = met_h[i];
    }
    measure_tally(&plan, &hand.tally, hand.pairs);
    for (uint32_t i = 0; i < 4; i++) {
        EXPECT(TSIM_SCOPE_INTERVAL, i, "arrivals", 60);
        EXPECT(TSIM_SCOPE_INTERVAL, i, "present", 2);
        EXPECT(TSIM_SCOPE_TIER_INTERVAL, i, "agents", 5);
        EXPECT(TSIM_SCOPE_TIER_INTERVAL, i, "offered", 6);
    }
    close_hand(&hand);
}

/* 1 s to 1000 s, once each, waited at L2; resolutions ten times that. */
Test(measure, quantiles)
{
    struct hand hand = open_hand();
    for (int i = 1; i <= 1000; i++) {
        hand.tally.wait_bins[HISTOGRAM_BINS + histogram_bin(i)]++;
        hand.tally.resolution_bins[histogram_bin(10.0 * i)]++;
    }
    measure_tally(hand.plan, &hand.tally, hand.pairs);
    static const struct {
        const char *wait, *resolution;
        double      value;
    } quantiles[] = { { "wait_p50", "resolution_p50", 500 }, { "wait_p90", "resolution_p90", 900 },
                      { "wait_p95", "resolution_p95", 950 },
                      { "wait_p99", "resolution_p99", 990 } };
    for (size_t i = 0; i < 4; i++) {
        const double wait = value_of(&hand, TSIM_SCOPE_TIER, 1, quantiles[i].wait);
        const double resolution = value_of(&hand, TSIM_SCOPE_DESK, 0, quantiles[i].resolution);
        cr_assert_float_eq(wait, quantiles[i].value, quantiles[i].value / 64);
        cr_assert_float_eq(resolution, 10 * quantiles[i].value, 10 * quantiles[i].value / 64);
    }
    const size_t at = measure_offset(hand.plan, TSIM_SCOPE_TIER) +
                      measure_index(TSIM_SCOPE_TIER, "wait_p50");
    cr_assert_eq(hand.pairs[at].y, 0, "nobody waited at L1");
    close_hand(&hand);
}
