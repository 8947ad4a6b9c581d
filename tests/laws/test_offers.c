/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: who balks and who is called back is who the scenario says, and nothing else changes.
 * Method: shares of 0 against the same file without the key, by digest; limits in which an offer is
 * another desk that is known (balking at a length is a queue of that length, a call-back that all
 * accept is patience without end), to the last digit; small desks with constant times, where every
 * number can be counted on fingers. The chain of validation case CB-01 and the second engine
 * (test_naive) look at the rest. */
#include "support/law.h"

#include <math.h>

/* Two agents for more than they can do. */
static const char desk[] =
    "{ \"name\": \"desk\", \"run\": { \"length\": \"2 d\", \"replications\": 2 },\n"
    "  \"channels\": [ { \"name\": \"phone\"%s } ],\n"
    "  \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", \"rate\": "
    "\"26 /h\" } } ],\n"
    "  \"tiers\": [ { \"name\": \"L1\"%s, \"handling\": { \"kind\": \"exponential\", \"mean\": "
    "\"4 min\" }, \"pools\": [ { \"name\": \"p\", \"agents\": 2 } ] } ] }";

/* One agent, a call each ten minutes that takes a quarter of an hour, three hours long. */
static const char clockwork[] =
    "{ \"name\": \"desk\", \"run\": { \"length\": \"%s\", \"replications\": 1 },\n"
    "  \"channels\": [ { \"name\": \"phone\"%s } ],\n"
    "  \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"renewal\", \"between\": "
    "\"10 min\" } } ],\n"
    "  \"tiers\": [ { \"name\": \"L1\", \"handling\": \"15 min\", \"pools\": [ { \"name\": "
    "\"p\", \"agents\": 1 } ] } ] }";

static struct tsim_result *run_text(const char *text)
{
    struct law          law = law_load(text);
    struct tsim_result *result = law_run(&law, &(struct tsim_run_options){ .threads = 1 });
    law_free(&law);
    return result;
}

static struct tsim_result *run(const char *channel, const char *tier)
{
    char text[2000];
    snprintf(text, sizeof text, desk, channel, tier);
    return run_text(text);
}

static struct tsim_result *run_clockwork(const char *length, const char *channel)
{
    char text[2000];
    snprintf(text, sizeof text, clockwork, length, channel);
    return run_text(text);
}

static double of(const struct tsim_result *result, enum tsim_scope scope, const char *entry,
                 const char *measure)
{
    return tsim_result_find(result, scope, entry, measure).value;
}

static void is(const struct tsim_result *result, const char *measure, double value)
{
    const double found = of(result, TSIM_SCOPE_TIER, "L1", measure);
    cr_assert(law_same(found, value), "%s is %.12g, not %.12g", measure, found, value);
}

static void expect_same(struct tsim_result *a, struct tsim_result *b, const char *measure)
{
    is(a, measure, of(b, TSIM_SCOPE_TIER, "L1", measure));
}

/* ---- limits */

Test(offers, a_share_of_nothing_is_no_offer)
{
    const char *patient = ", \"patience\": \"3 min\"";
    const char *const offers[] = {
        ", \"patience\": \"3 min\", \"balking\": { \"per_waiting\": 0, \"per_minute\": 0 }",
        ", \"patience\": \"3 min\", \"balking\": { \"per_waiting\": 1, \"most\": 0 }",
        (", \"patience\": \"3 min\", \"balking\": { \"per_waiting\": 1, "
         "\"from_waiting\": 9999 }"),
        ", \"patience\": \"3 min\", \"call_back\": { \"accepts\": 0 }",
        ", \"patience\": \"3 min\", \"call_back\": { \"accepts\": 1, \"from_wait\": \"9 d\" }",
    };
    struct tsim_result *plain = run(patient, "");
    for (size_t i = 0; i < sizeof offers / sizeof *offers; i++) {
        struct tsim_result *result = run(offers[i], "");
        cr_assert_str_eq(tsim_result_digest(result), tsim_result_digest(plain), "offer %zu", i);
        tsim_result_free(result);
    }
    tsim_result_free(plain);
}

/* Who balks when three wait finds a queue of three places: those turned away are who gave up. */
Test(offers, balking_at_a_length_is_a_queue_of_that_length)
{
    struct tsim_result *balking =
        run(", \"balking\": { \"from_waiting\": 2, \"per_waiting\": 1 }", "");
    struct tsim_result *places = run("", ", \"queue\": { \"capacity\": 3 }");
    expect_same(balking, places, "wait_mean");
    expect_same(balking, places, "occupancy");
    expect_same(balking, places, "delayed_share");
    is(balking, "balked_share", of(places, TSIM_SCOPE_TIER, "L1", "blocked_share"));
    is(balking, "abandoned_share", of(places, TSIM_SCOPE_TIER, "L1", "blocked_share"));
    is(balking, "balked_share", of(balking, TSIM_SCOPE_DESK, "desk", "balked_share"));
    is(balking, "balked_share", of(balking, TSIM_SCOPE_CHANNEL, "phone", "balked_share"));
    is(balking, "wait_all_mean", of(balking, TSIM_SCOPE_CHANNEL, "phone", "wait_all_mean"));
    cr_assert(law_same(of(places, TSIM_SCOPE_CHANNEL, "phone", "blocked_share"),
                       of(places, TSIM_SCOPE_DESK, "desk", "blocked_share")));
    cr_assert_gt(of(balking, TSIM_SCOPE_TIER, "L1", "balked_share"), 0.05);
    tsim_result_free(balking);
    tsim_result_free(places);
}

/* All are called in their place in the queue, as if nobody ever gave up. */
Test(offers, a_call_back_that_all_accept_is_endless_patience)
{
    struct tsim_result *called =
        run(", \"patience\": \"1 min\", \"call_back\": { \"accepts\": 1 }", "");
    struct tsim_result *patient = run("", "");
    expect_same(called, patient, "wait_mean");
    expect_same(called, patient, "queue_mean");
    is(called, "call_back_share", of(patient, TSIM_SCOPE_TIER, "L1", "delayed_share"));
    is(called, "call_back_share", of(called, TSIM_SCOPE_DESK, "desk", "call_back_share"));
    is(called, "call_back_share", of(called, TSIM_SCOPE_CHANNEL, "phone", "call_back_share"));
    is(called, "abandoned_share", 0);
    is(called, "live_delayed_share", 0);
    tsim_result_free(called);
    tsim_result_free(patient);
}

Test(offers, who_is_called_after_others_waits_for_them)
{
    struct tsim_result *kept = run(", \"call_back\": { \"accepts\": 0.5 }", "");
    struct tsim_result *after =
        run(", \"call_back\": { \"accepts\": 0.5, \"place\": \"after_others\" }", "");
    const double others = of(after, TSIM_SCOPE_TIER, "L1", "live_wait_all_mean");
    cr_assert_lt(others, of(kept, TSIM_SCOPE_TIER, "L1", "live_wait_all_mean"));
    cr_assert_gt(of(after, TSIM_SCOPE_TIER, "L1", "call_back_wait_mean"),
                 of(kept, TSIM_SCOPE_TIER, "L1", "call_back_wait_mean"));
    tsim_result_free(kept);
    tsim_result_free(after);
}

/* ---- clockwork: calls at 10, 20 and 30 min; the agent is busy from 10 to 25 and so on */

Test(offers, who_is_told_too_much_leaves)
{
    /* At 20 min one would wait for (0 + 1) x 15 min / 1. */
    struct tsim_result *result =
        run_clockwork("25 min", ", \"patience\": \"14 min\", \"balking\": { \"announced\": true }");
    is(result, "balked_share", 0.5);
    is(result, "abandoned_in_time_share", 0.5); /* after a wait of 0 */
    tsim_result_free(result);
    /* The wait of the last who was answered was 0. */
    result = run_clockwork("25 min", ", \"wait_estimate\": \"last_answered\", \"patience\": "
                                     "\"14 min\", \"balking\": { \"announced\": true }");
    is(result, "balked_share", 0);
    is(result, "wait_mean", 150);
    tsim_result_free(result);
    /* Who stays is more patient: 4 min would not be enough for the wait of 5. */
    result = run_clockwork("25 min", ", \"wait_estimate\": \"last_answered\", \"patience\": "
                                     "\"4 min\", \"balking\": { \"announced\": true, "
                                     "\"patience_factor\": 1.5 }");
    is(result, "abandoned_share", 0);
    tsim_result_free(result);
}

Test(offers, calls_that_reach_nobody_end_after_so_many)
{
    /* The second call of 20 min is due at 25 (a minute of dialling), 40 and, while the agent is
     * idle, 55; then it ends. */
    struct tsim_result *result = run_clockwork(
        "25 min", ", \"call_back\": { \"accepts\": 1, \"reached\": 0, \"dial\": \"1 min\", "
                  "\"again\": \"15 min\", \"most\": 3, \"within\": \"4 min\" }");
    cr_assert(law_same(of(result, TSIM_SCOPE_DESK, "desk", "unreached_share"), 0.5));
    cr_assert(law_same(of(result, TSIM_SCOPE_DESK, "desk", "unresolved_share"), 0.5));
    cr_assert(law_same(of(result, TSIM_SCOPE_DESK, "desk", "sojourn_mean"),
                       (900 + 2100) / 2.0));
    cr_assert(law_same(of(result, TSIM_SCOPE_TASK, "call", "per_day"), 3));
    cr_assert(law_same(of(result, TSIM_SCOPE_TASK, "call", "work_mean"), 60));
    cr_assert(law_same(of(result, TSIM_SCOPE_DESK, "desk", "call_backs_late_share"), 1));
    is(result, "calls_missed_share", 1);
    tsim_result_free(result);
}

Test(offers, a_call_is_shorter_and_weighs_less)
{
    struct tsim_result *result = run_clockwork(
        "25 min", ", \"call_back\": { \"accepts\": 1, \"time_factor\": 0.4, "
        "\"within\": \"5 min\" }");
    cr_assert(law_same(of(result, TSIM_SCOPE_DESK, "desk", "sojourn_mean"),
                       (900 + 300 + 360) / 2.0));
    is(result, "call_back_wait_mean", 300);
    cr_assert(law_same(of(result, TSIM_SCOPE_DESK, "desk", "call_backs_late_share"), 0));
    tsim_result_free(result);
}

/* ---- appointments: the call of 20 min is to be made at a time agreed on */

static void expect_of_appointment(const char *call_back, double wait_s, double late)
{
    char offered[500];
    snprintf(offered, sizeof offered, ", \"call_back\": { \"accepts\": 1, %s }", call_back);
    struct tsim_result *result = run_clockwork("25 min", offered);
    is(result, "call_back_wait_mean", wait_s);
    is(result, "call_back_share", 1 / 3.0); /* of visits: the one that ends, and comes again */
    const double found =
        tsim_result_find(result, TSIM_SCOPE_DESK, "desk", "call_backs_late_share").value;
    cr_assert(law_same(found, late), "%s: %g late", call_back, found);
    tsim_result_free(result);
}

/* The agent is busy until 25; a promise runs from the time agreed on. */
Test(offers, a_call_is_made_at_the_time_agreed_on)
{
    expect_of_appointment("\"due_in\": \"30 min\", \"within\": \"1 s\"", 1800, 0);
    expect_of_appointment("\"due_in\": \"3 min\", \"within\": \"1 min\"", 300, 1);
    expect_of_appointment("\"due_in\": \"3 min\", \"within\": \"2 min\"", 300, 0);
    expect_of_appointment("\"due_in\": 0, \"within\": \"4 min\"", 300, 1);
    expect_of_appointment("\"due_in\": \"11 min\", \"slots\": \"1 h\", \"within\": \"1 s\"", 2400,
                          0);
    expect_of_appointment("\"due_in\": \"40 min\", \"slots\": \"30 min\", \"within\": \"1 s\"",
                          2400, 0);
}

/* Nobody answers at 50 min, nor 15 min later: the second time is the last. */
Test(offers, an_appointment_may_be_missed)
{
    struct tsim_result *result = run_clockwork(
        "25 min", ", \"call_back\": { \"accepts\": 1, \"due_in\": \"30 min\", \"reached\": 0, "
                  "\"again\": \"15 min\", \"most\": 2, \"within\": \"1 min\" }");
    cr_assert(law_same(of(result, TSIM_SCOPE_DESK, "desk", "unreached_share"), 0.5));
    cr_assert(law_same(of(result, TSIM_SCOPE_DESK, "desk", "sojourn_mean"), (900 + 2700) / 2.0));
    cr_assert(law_same(of(result, TSIM_SCOPE_DESK, "desk", "call_backs_late_share"), 0));
    tsim_result_free(result);
}

/* ---- queues of pools: two agents a quarter of an hour each, calls at 5, 10, 15 min …; the first
 * agent is busy from 5 to 20, the second from 10 to 25 */

static const char pools[] =
    "{ \"name\": \"desk\", \"run\": { \"length\": \"%s\", \"replications\": 1 },\n"
    "  \"channels\": [ { \"name\": \"phone\"%s } ],\n"
    "  \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"renewal\", \"between\": "
    "\"5 min\" } } ],\n"
    "  \"tiers\": [ { \"name\": \"L1\", \"handling\": \"15 min\", \"selection\": \"listed\", "
    "\"queue\": { \"waits_for\": \"%s\" }, \"pools\": [ { \"name\": \"p\", \"agents\": 1 }, "
    "{ \"name\": \"q\", \"agents\": 1 } ] } ] }";

static void expect_of_pools(const char *length, const char *channel, const char *waits_for,
                            const char *measure, double value)
{
    char text[2000];
    snprintf(text, sizeof text, pools, length, channel, waits_for);
    struct tsim_result *result = run_text(text);
    is(result, measure, value);
    tsim_result_free(result);
}

/* Who comes at 15 waits 15 min / 1 for the last pool, 15 min / 2 for anybody. */
Test(offers, the_wait_for_one_pool_is_estimated_by_that_pool)
{
    const char *told = ", \"patience\": \"10 min\", \"balking\": { \"announced\": true }";
    expect_of_pools("16 min", told, "anybody", "balked_share", 0);
    expect_of_pools("16 min", told, "last_pool", "balked_share", 1 / 3.0);
    expect_of_pools("16 min", told, "shortest_queue", "balked_share", 1 / 3.0);
}

/* The call of 15 waits for the last pool until 25, so that of 25 is offered a call-back. */
Test(offers, the_last_wait_for_one_pool_is_of_that_pool)
{
    const char *offered = ", \"wait_estimate\": \"last_answered\", \"call_back\": { \"accepts\": "
                          "1, \"from_wait\": \"10 min\" }";
    expect_of_pools("26 min", offered, "last_pool", "call_back_share", 1 / 5.0);
    expect_of_pools("26 min", offered, "anybody", "call_back_share", 0);
}

/* The first agent idles from 20 on, and does not call whom the second is to call. */
Test(offers, call_backs_after_others_wait_for_their_pool)
{
    const char *offered = ", \"call_back\": { \"accepts\": 1, \"place\": \"after_others\" }";
    expect_of_pools("16 min", offered, "last_pool", "call_back_wait_mean", 600);
    expect_of_pools("16 min", offered, "anybody", "call_back_wait_mean", 300);
}
