/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: what customers do between two works happens as often, as long and in the order that the
 * scenario says, and nothing else changes. Method: small desks with constant times, where every
 * number of the result is known to the last digit; shares of 0 against the same file without the
 * key, by digest; a row of growing shares with the same customers, where what comes back can only
 * grow; and the account of one contact's life, event by event. */
#include "support/law.h"

#include <math.h>

#include "model/event.h"

/* Two calls an hour apart each day, and as many agents as are needed. */
static const char desk[] =
    "{ \"name\": \"desk\", \"run\": { \"length\": \"1 d\", \"replications\": %d },\n"
    "  \"channels\": [ { \"name\": \"phone\"%s } ],\n"
    "  \"streams\": [ { \"name\": \"s\", \"arrivals\": %s } ],%s\n"
    "  \"tiers\": [ { \"name\": \"L1\", \"handling\": \"2 min\"%s, \"pools\": [ { \"name\": \"p\", "
    "\"agents\": %d } ] },\n"
    "    { \"name\": \"L2\", \"handling\": \"4 min\", \"pools\": [ { \"name\": \"q\", \"agents\": "
    "40 } ] } ] }";

static const char hourly[] = "{ \"kind\": \"renewal\", \"between\": \"1 h\" }";
static const char many[] = "{ \"kind\": \"poisson\", \"rate\": \"200 /h\" }";

struct parts {
    const char *channel, *root, *tier, *arrivals; /* NULL: nothing; hourly                     */
    int         agents, replications;             /* 0: 40; 1                                  */
};

static struct law load(const struct parts *parts)
{
    char text[3000];
    snprintf(text, sizeof text, desk, parts->replications ? parts->replications : 1,
             parts->channel ? parts->channel : "", parts->arrivals ? parts->arrivals : hourly,
             parts->root ? parts->root : "", parts->tier ? parts->tier : "",
             parts->agents < 0 ? 0 : parts->agents ? parts->agents : 40);
    return law_load(text);
}

static struct tsim_result *run(const struct parts *parts)
{
    struct law          law = load(parts);
    struct tsim_result *result = law_run(&law, &(struct tsim_run_options){ .threads = 1 });
    law_free(&law);
    return result;
}

static double desk_of(const struct tsim_result *result, const char *measure)
{
    return tsim_result_find(result, TSIM_SCOPE_DESK, "desk", measure).value;
}

static double tier_of(const struct tsim_result *result, const char *measure)
{
    return tsim_result_find(result, TSIM_SCOPE_TIER, "L1", measure).value;
}

static void is(const struct tsim_result *result, const char *measure, double value)
{
    const double found = desk_of(result, measure);
    cr_assert(law_same(found, value), "%s is %.12g, not %.12g", measure, found, value);
}

/* ---- constant times */

Test(customer, a_reply_is_waited_for_and_worked_on)
{
    struct tsim_result *result =
        run(&(struct parts){ .tier = ", \"waits_on_customer\": { \"share\": 1, "
                                     "\"delay\": \"3 h\", \"most\": 2 }" });
    is(result, "resolution_mean", 3 * 120 + 2 * 10800);
    is(result, "customer_time_mean", 2 * 10800);
    is(result, "first_contact_resolution", 1);
    is(result, "first_level_resolution", 1);
    cr_assert(law_same(tier_of(result, "awaited_share"), 2.0 / 3));
    cr_assert(
        law_same(tier_of(result, "offered_per_day"), 3 * desk_of(result, "contacts_per_day")));
    tsim_result_free(result);
}

/* Who comes back waits half as long before giving up: nobody there, 10 min, 1 h away, 5 min. */
Test(customer, who_comes_back_is_less_patient)
{
    struct tsim_result *result =
        run(&(struct parts){ .channel = ", \"patience\": \"10 min\", \"patience_on_return\": 0.5, "
                                        "\"redial\": { \"share\": 1, \"delay\": \"1 h\", "
                                        "\"most\": 2 }",
                             .agents = -1 });
    is(result, "sojourn_mean", 600 + 2 * 3600 + 2 * 300);
    tsim_result_free(result);
    result = run(&(struct parts){ .channel = ", \"patience\": \"10 min\", "
                                             "\"patience_on_return\": 0.2",
                                  .root = " \"issue_types\": [ { \"name\": \"i\", "
                                          "\"self_service\": 1 } ], \"self_service\": { "
                                          "\"session\": \"3 min\", \"false_containment\": { "
                                          "\"share\": 1, \"delay\": \"1 h\" } },",
                                  .agents = -1 });
    is(result, "sojourn_mean", 180 + 3600 + 120);
    tsim_result_free(result);
}

/* After a hand-over the replies are counted again. */
Test(customer, each_visit_may_wait_for_a_reply)
{
    struct tsim_result *result = run(&(struct parts){
        .tier = ", \"resolves\": 0, \"waits_on_customer\": { \"share\": 1, \"delay\": \"1 h\" }",
        .root = " \"escalation\": [ { \"from\": \"L1\", \"to\": \"same\" } ],"
                " \"vendor\": { \"delay\": 0 }," });
    is(result, "unresolved_share", 1);
    is(result, "customer_time_mean", 101 * 3600);
    tsim_result_free(result);
}

Test(customer, a_false_resolution_comes_back)
{
    static const char *const to[] = { "entry", "same" };
    for (size_t i = 0; i < 2; i++) {
        char tier[200];
        snprintf(tier, sizeof tier,
                 ", \"reopens\": { \"share\": 1, \"delay\": \"5 h\", \"most\": 2, \"to\": \"%s\" }",
                 to[i]);
        struct tsim_result *result = run(&(struct parts){ .tier = tier });
        is(result, "resolution_mean", 3 * 120 + 2 * 18000);
        is(result, "reopen_rate", 2.0 / 3);
        is(result, "redials_mean", 0);
        is(result, "first_contact_resolution", 0);
        is(result, "human_resolved_share", 1);
        is(result, "first_response_mean", 0);
        tsim_result_free(result);
    }
}

/* What the first tier sends up and the second takes for solved: back to where it entered, or to
 * the second again. */
Test(customer, a_reopened_case_goes_where_the_file_says)
{
    for (int same = 0; same < 2; same++) {
        char text[1200];
        snprintf(text, sizeof text,
                 "{ \"name\": \"d\", \"run\": { \"length\": \"1 d\", \"replications\": 1 },\n"
                 "\"streams\": [ { \"name\": \"s\", \"arrivals\": %s } ],\n"
                 "\"tiers\": [ { \"name\": \"L1\", \"handling\": \"2 min\", \"resolves\": 0,\n"
                 "  \"pools\": [ { \"name\": \"p\", \"agents\": 9 } ] },\n"
                 " { \"name\": \"L2\", \"handling\": \"4 min\", \"reopens\": { \"share\": 1, "
                 "\"delay\": \"1 h\", \"most\": 1, \"to\": \"%s\" },\n"
                 "  \"pools\": [ { \"name\": \"q\", \"agents\": 9 } ] } ] }",
                 hourly, same ? "same" : "entry");
        struct law          law = law_load(text);
        struct tsim_result *result = law_run(&law, &(struct tsim_run_options){ .threads = 1 });
        is(result, "resolution_mean", 3600 + 120 + 240 + 240 + (same ? 0 : 120));
        is(result, "transfers_mean", same ? 1 : 2);
        tsim_result_free(result);
        law_free(&law);
    }
}

Test(customer, self_service_had_not_solved_it)
{
    static const char root[] =
        " \"self_service\": { \"session\": \"1 min\", \"cost\": 1, \"false_containment\": { "
        "\"share\": 1, \"delay\": \"30 min\" } },"
        " \"issue_types\": [ { \"name\": \"i\", \"self_service\": 1 } ],";
    struct tsim_result *result = run(&(struct parts){ .root = root });
    is(result, "false_containment_share", 1);
    is(result, "human_resolved_share", 1);
    is(result, "resolution_mean", 60 + 1800 + 120);
    is(result, "first_contact_resolution", 0);
    is(result, "cost_per_contact", 1); /* one session */
    tsim_result_free(result);
}

/* Nobody works, so everybody gives up after ten minutes, each time. */
Test(customer, those_who_gave_up_redial)
{
    static const struct {
        const char *share;
        double      redials;
    } cases[] = { { "[1, 0]", 1 }, { "[1, 1, 0]", 2 }, { "1, \"most\": 3", 3 }, { "[0, 1]", 0 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char channel[200];
        snprintf(channel, sizeof channel,
                 ", \"patience\": \"10 min\", \"redial\": { \"delay\": \"1 h\", \"share\": %s }",
                 cases[i].share);
        struct tsim_result *result = run(&(struct parts){ .channel = channel, .agents = -1 });
        const double        n = cases[i].redials;
        is(result, "redials_mean", n);
        is(result, "abandoned_share", 1);
        is(result, "sojourn_mean", 600 + n * 4200);
        is(result, "redial_time_mean", n * 3600);
        cr_assert(law_same(tier_of(result, "offered_per_day"),
                           (n + 1) * desk_of(result, "contacts_per_day")));
        cr_assert(law_same(tier_of(result, "wait_abandoned_mean"), 600));
        tsim_result_free(result);
    }
}

/* A call every hour, one line, half an hour of work: one that comes while the line is taken is
 * blocked, and redials ten minutes later until it is free. */
Test(customer, those_who_were_blocked_redial)
{
    struct tsim_result *result = run(&(struct parts){
        .channel = ", \"lines\": 1, \"redial\": { \"share\": 0, \"blocked_share\": 1, \"delay\": "
                   "\"10 min\", \"most\": 999 }",
        .tier = ", \"by_issue\": [ { \"issue\": \"general\", \"handling\": \"90 min\" } ]" });
    is(result, "blocked_share", 0);
    cr_assert_gt(desk_of(result, "blocked_first_share"), 0.4);
    cr_assert_gt(desk_of(result, "redials_mean"), 1);
    is(result, "human_resolved_share", 1);
    tsim_result_free(result);
}

/* ---- nothing of it is as if it had never been written */

Test(customer, shares_of_nothing_change_nothing)
{
    static const struct parts pairs[][2] = {
        { { .tier = ", \"resolves\": 0.7" },
          { .tier = ", \"resolves\": 0.7, \"reopens\": { \"share\": 0, \"delay\": \"1 h\" }, "
                    "\"waits_on_customer\": { \"share\": 0, \"delay\": \"1 h\" }" } },
        { { .channel = ", \"lines\": 9, \"patience\": \"1 min\"" },
          { .channel = ", \"lines\": 9, \"patience\": \"1 min\", \"redial\": { \"share\": [0, 1], "
                       "\"delay\": \"1 h\" }" } },
        { { .channel = ", \"patience\": \"1 min\", \"redial\": { \"share\": 0.8, \"delay\": "
                       "\"1 h\" }" },
          { .channel = ", \"patience\": \"1 min\", \"redial\": { \"share\": 0.8, \"delay\": "
                       "\"1 h\" }, \"patience_on_return\": 1" } },
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct parts without = pairs[i][0], with = pairs[i][1];
        without.arrivals = with.arrivals = many;
        without.agents = with.agents = 6;
        struct tsim_result *a = run(&without), *b = run(&with);
        cr_assert_str_eq(tsim_result_digest(a), tsim_result_digest(b), "pair %zu", i);
        cr_assert_gt(desk_of(a, "contacts_per_day"), 4000);
        tsim_result_free(a);
        tsim_result_free(b);
    }
}

/* ---- more of it */

/* The same customers under growing shares S, written where a text says "share": S: those who came
 * back before still do. `measure` grows or falls strictly from share to share. */
static double with_share(const struct parts *parts, double share, const char *measure, double *rate)
{
    char         texts[2][400];
    const char  *given[2] = { parts->channel, parts->tier };
    struct parts with = *parts;
    for (int i = 0; i < 2; i++) {
        const char *at = given[i] ? strchr(given[i], 'S') : NULL;
        if (!at)
            continue;
        snprintf(texts[i], sizeof texts[i], "%.*s%g%s", (int)(at - given[i]), given[i], share,
                 at + 1);
        *(i == 0 ? &with.channel : &with.tier) = texts[i];
    }
    struct tsim_result *result = run(&with);
    const double        value = desk_of(result, measure);
    *rate = desk_of(result, "reopen_rate");
    tsim_result_free(result);
    return value;
}

static void grows(const struct parts *parts, const char *measure, bool falls)
{
    static const double shares[] = { 0, 0.1, 0.3, 0.6 };
    double              before = falls ? INFINITY : -INFINITY, rate;
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        const double value = with_share(parts, shares[i], measure, &rate);
        cr_assert(falls ? value < before : value > before, "%s at %g: %g after %g", measure,
                  shares[i], value, before);
        before = value;
    }
}

Test(customer, more_reopening_takes_longer)
{
    const struct parts parts = {
        .arrivals = many, .replications = 4,
        .tier = ", \"reopens\": { \"share\": S, \"delay\": \"1 h\", \"most\": 99 }" };
    grows(&parts, "resolution_mean", false);
    grows(&parts, "first_contact_resolution", true);
    double rate;
    with_share(&parts, 0.3, "reopen_rate", &rate);
    cr_assert_lt(fabs(rate - 0.3), 4.5 * sqrt(0.3 * 0.7 / 27000), "%g", rate);
}

Test(customer, more_replies_take_longer)
{
    const struct parts parts = {
        .arrivals = many,
        .tier = ", \"waits_on_customer\": { \"share\": S, \"delay\": \"1 h\" }" };
    grows(&parts, "customer_time_mean", false);
    grows(&parts, "resolution_mean", false);
}

/* With no patience all are lost but those who find an agent idle, sooner or later. */
Test(customer, more_redials_mean_fewer_lost)
{
    const struct parts parts = {
        .arrivals = many, .agents = 6, .replications = 4,
        .channel = ", \"patience\": 0, \"redial\": { \"share\": S, \"delay\": { \"kind\": "
                   "\"exponential\", \"mean\": \"1 h\" } }" };
    grows(&parts, "redials_mean", false);
    grows(&parts, "abandoned_share", true);
}

/* ---- one life, event by event */

struct account {
    char     kinds[2000];
    uint64_t number;
};

static void write_event(void *user, const struct case_event *event)
{
    static const char *const words[EVENT_KINDS] = {
        [EVENT_CREATED] = "created",   [EVENT_SELF_SERVICE] = "session", [EVENT_QUEUED] = "queued",
        [EVENT_WORK] = "work",         [EVENT_DONE] = "done",            [EVENT_CUSTOMER] = "asked",
        [EVENT_REPLIED] = "replied",   [EVENT_ABANDONED] = "abandoned",
        [EVENT_RETRIES] = "retries",   [EVENT_RESOLVED] = "resolved",
        [EVENT_REOPENED] = "reopened", [EVENT_CLOSED] = "closed",
    };
    struct account *account = user;
    const size_t    n = strlen(account->kinds);
    if (event->number == account->number)
        snprintf(account->kinds + n, sizeof account->kinds - n, "%s%s@%.0f", n ? " " : "",
                 words[event->kind] ? words[event->kind] : "?", event->at_s / 60);
}

static void life_is(const struct parts *parts, uint64_t number, const char *life)
{
    struct law     law = load(parts);
    struct world   world;
    struct tally   tally;
    struct account account = { .number = number };
    const struct event_sink         sink = { write_event, &account };
    const struct listeners          listeners = { .events = &sink };
    const struct replication_limits limits = { .events = 1000000 };
    cr_assert(world_open(&world, law.scenario->plan, LAW_CONTACTS_MOST));
    cr_assert(tally_open(&tally, law.scenario->plan));
    cr_assert_eq((int)replication_run(&world, &tally, 1, 0, &limits, &listeners),
                 REPLICATION_DONE);
    cr_assert_str_eq(account.kinds, life);
    tally_close(&tally);
    world_close(&world);
    law_free(&law);
}

Test(customer, each_step_is_told)
{
    life_is(&(struct parts){ .tier = ", \"waits_on_customer\": { \"share\": 1, \"delay\": "
                                     "\"1 h\" }, \"reopens\": { \"share\": 1, \"delay\": \"2 h\", "
                                     "\"most\": 1 }" },
            2, "created@180 work@180 done@182 asked@182 replied@242 work@242 done@244 resolved@244 "
               "reopened@364 work@364 done@366 asked@366 replied@426 work@426 done@428 "
               "resolved@428 closed@428");
    life_is(&(struct parts){ .channel = ", \"patience\": \"5 min\", \"redial\": { \"share\": "
                                        "[1, 0], \"delay\": \"1 h\" }", .agents = -1 },
            0, "created@60 queued@60 abandoned@65 retries@125 queued@125 abandoned@130 closed@130");
}
