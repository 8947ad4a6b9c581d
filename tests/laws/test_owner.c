/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: every open contact has one owner, the agent who began last, and comes back to that agent
 * where the scenario says so. Method: constant times, where it is known who is idle; limits in
 * which the owner makes no difference, by digest; owners of random scenarios, read from their
 * events. What the second engine (test_naive) counts of owners is compared there. */
#include "support/law.h"

/* A contact every ten minutes; replies and reopenings half an hour later find everybody idle. */
static struct law load(const char *after, const char *pools)
{
    char text[3000];
    snprintf(text, sizeof text,
             "{ \"name\": \"desk\", \"run\": { \"length\": \"1 d\", \"replications\": 1 },\n"
             "  \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"renewal\", "
             "\"between\": \"10 min\" } } ],\n"
             "  \"tiers\": [ { \"name\": \"L1\", \"handling\": \"2 min\", %s, \"pools\": [ %s ] "
             "} ] }", after, pools);
    return law_load(text);
}

static double of_desk(const struct tsim_result *result, const char *measure)
{
    return tsim_result_find(result, TSIM_SCOPE_DESK, "desk", measure).value;
}

static struct tsim_result *run(const char *after, const char *pools)
{
    struct law          law = load(after, pools);
    struct tsim_result *result = law_run(&law, &(struct tsim_run_options){ .threads = 1 });
    law_free(&law);
    return result;
}

#define REPLY(to)   "\"waits_on_customer\": { \"share\": 1, \"delay\": \"25 min\"" to " }"
#define REOPENS(to) "\"reopens\": { \"share\": 1, \"delay\": \"25 min\", \"most\": 1" to " }"
#define OWNER       ", \"to\": \"owner\""
#define SAME        ", \"to\": \"same\""
#define TEN         "{ \"name\": \"p\", \"agents\": 10 }"

/* ---- constant times */

Test(owner, goes_on_with_the_case)
{
    static const char *const after[][2] = { { REPLY(OWNER), REPLY(SAME) },
                                            { REOPENS(OWNER), REOPENS(SAME) } };
    for (size_t i = 0; i < 2; i++) {
        struct tsim_result *owner = run(after[i][0], TEN), *same = run(after[i][1], TEN);
        cr_assert_eq(of_desk(owner, "owners_mean"), 1);
        cr_assert_eq(of_desk(owner, "owner_found_share"), 1);
        cr_assert_eq(of_desk(same, "owners_mean"), 2); /* who idles longest is another */
        cr_assert_eq(of_desk(owner, "resolution_mean"), of_desk(same, "resolution_mean"));
        tsim_result_free(owner);
        tsim_result_free(same);
    }
}

/* Two come at once; pool a takes the first, b the second, who replies when all are idle: a takes
 * that too, unless it is for the owner. */
Test(owner, goes_on_in_the_same_pool)
{
    static const char desk[] =
        "{ \"name\": \"desk\", \"run\": { \"length\": \"1 d\", \"replications\": 1 },\n"
        "  \"issue_types\": [ { \"name\": \"x\" }, { \"name\": \"y\" } ],\n"
        "  \"streams\": [ { \"name\": \"s\", \"issues\": \"x\", \"arrivals\": { \"kind\": "
        "\"renewal\", \"between\": \"1 h\" } }, { \"name\": \"t\", \"issues\": \"y\", "
        "\"arrivals\": { \"kind\": \"renewal\", \"between\": \"1 h\" } } ],\n"
        "  \"tiers\": [ { \"name\": \"L1\", \"handling\": \"2 min\", \"selection\": \"listed\", "
        "\"by_issue\": [ { \"issue\": \"y\", %s } ], \"pools\": [ { \"name\": \"a\", "
        "\"agents\": 1 }, { \"name\": \"b\", \"agents\": 4 } ] } ] }";
    for (int owner = 0; owner < 2; owner++) {
        char text[2000];
        snprintf(text, sizeof text, desk, owner ? REPLY(OWNER) : REPLY(SAME));
        struct law          law = law_load(text);
        struct tsim_result *result = law_run(&law, &(struct tsim_run_options){ .threads = 1 });
        const double a = tsim_result_find(result, TSIM_SCOPE_POOL, "a", "started_per_day").value;
        const double b = tsim_result_find(result, TSIM_SCOPE_POOL, "b", "started_per_day").value;
        const double each = of_desk(result, "contacts_per_day") / 2;
        cr_assert_eq(a, owner ? each : 2 * each, "%g of %g", a, each);
        cr_assert_eq(b, owner ? 2 * each : each, "%g of %g", b, each);
        cr_assert(owner == (of_desk(result, "owner_found_share") == 1));
        tsim_result_free(result);
        law_free(&law);
    }
}

/* ---- limits */

static void equal(const char *after, const char *without, const char *pools)
{
    struct tsim_result *x = run(after, pools), *y = run(without, pools);
    cr_assert_str_eq(tsim_result_digest(x), tsim_result_digest(y));
    tsim_result_free(x);
    tsim_result_free(y);
}

Test(owner, makes_no_difference_where_nobody_comes_back)
{
    static const char none[] = "\"waits_on_customer\": { \"share\": 0, \"delay\": \"1 h\", \"to\": "
                               "\"owner\" }, \"reopens\": { \"share\": 0, \"delay\": \"1 h\", "
                               "\"to\": \"owner\" }";
    equal(none, "\"answer_within\": \"20 s\"", TEN);
}

/* One agent is everybody's owner. */
Test(owner, makes_no_difference_where_there_is_one_agent)
{
    static const char *const measures[] = { "resolution_mean", "sojourn_mean", "backlog_mean",
                                            "owners_mean", "first_response_mean" };
    static const char one[] = "{ \"name\": \"p\", \"agents\": 1 }";
    struct tsim_result *x = run(REPLY(OWNER) ", " REOPENS(OWNER), one);
    struct tsim_result *y = run(REPLY(SAME) ", " REOPENS(SAME), one);
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
        cr_assert_eq(of_desk(x, measures[i]), of_desk(y, measures[i]), "%s", measures[i]);
    cr_assert_eq(of_desk(x, "owners_mean"), 1);
    cr_assert_gt(of_desk(x, "owner_found_share"), 0.1);
    tsim_result_free(x);
    tsim_result_free(y);
}

/* ---- owners as they are told */

/* The owner changes when an agent begins, and not otherwise; before, it is a queue or nobody's. */
static void check_owners(const struct tsim_trace *trace, uint32_t *agents)
{
    size_t                         count;
    const struct tsim_trace_event *events = tsim_trace_events(trace, &count);
    bool                           worked = false;
    for (size_t i = 0; i < count; i++) {
        const bool work = events[i].kind == TSIM_EVENT_WORK;
        char       name[64] = "nobody";
        if (work)
            snprintf(name, sizeof name, "%s %u", events[i].pool, events[i].agent);
        if (work || events[i].kind == TSIM_EVENT_CLOSED)
            cr_assert_str_eq(events[i].owner, name, "scenario %d", (int)law_number);
        else if (worked)
            cr_assert_str_eq(events[i].owner, events[i - 1].owner, "scenario %d",
                             (int)law_number);
        worked = worked || work;
        *agents += work && strcmp(events[i].owner, events[i - 1].owner) != 0;
    }
}

Test(owner, is_who_began_last)
{
    static const struct scenario_style style = { .small = true, .rich = true };
    uint32_t                           agents = 0, cases = 0;
    for (uint32_t number = 0; number < 60; number++) {
        struct law law = law_random(number, &style);
        for (int pick = TSIM_PICK_WORST; pick < TSIM_PICKS; pick++) {
            const struct tsim_trace_options options = { .pick = (enum tsim_pick)pick };
            struct tsim_trace *trace = tsim_trace(law.scenario, &options, law.problems);
            if (!trace)
                continue;
            check_owners(trace, &agents);
            tsim_trace_free(trace);
            cases++;
        }
        law_free(&law);
    }
    cr_assert(cases > 150 && agents > cases, "%u, %u", cases, agents);
}
