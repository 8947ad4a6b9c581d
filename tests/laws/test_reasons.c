/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: customers who insist, regulated cases, agents under pressure, the high-profile and those
 * who are back are moved on as often as the scenario says; and what is done about it (empathy,
 * status updates, training) works by its formula and has its price. Method: a desk of three tiers
 * with agents to spare, where shares of 0 and 1 leave nothing to chance and others are within 4.5
 * standard errors; levels that only grow, on the same customers; shares of nothing against the same
 * file without the key, by digest. */
#include "support/law.h"

#include <math.h>

struct parts {
    const char *root, *first, *second, *issue, *segment, *pool; /* NULL: nothing               */
    uint32_t    agents;                                         /* 0: 60                       */
};

static struct tsim_result *run(const struct parts *parts)
{
    static const char desk[] =
        "{ \"name\": \"desk\", \"run\": { \"length\": \"1 d\", \"replications\": 4 },%s\n"
        "  \"segments\": [ { \"name\": \"all\"%s } ],\n"
        "  \"issue_types\": [ { \"name\": \"any\"%s } ],\n"
        "  \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", \"rate\": "
        "\"200 /h\" } } ],\n"
        "  \"tiers\": [ { \"name\": \"L1\", \"handling\": \"3 min\"%s, \"pools\": [ { \"name\": "
        "\"p\", \"agents\": %u%s } ] },\n"
        "    { \"name\": \"L2\", \"handling\": \"6 min\"%s, \"pools\": [ { \"name\": \"q\", "
        "\"agents\": 90 } ] },\n"
        "    { \"name\": \"L3\", \"handling\": \"6 min\", \"pools\": [ { \"name\": \"r\", "
        "\"agents\": 90 } ] } ] }";
#define TEXT(part) (parts->part ? parts->part : "")
    char text[3000];
    snprintf(text, sizeof text, desk, TEXT(root), TEXT(segment), TEXT(issue), TEXT(first),
             parts->agents ? parts->agents : 60, TEXT(pool), TEXT(second));
#undef TEXT
    struct law          law = law_load(text);
    struct tsim_result *result = law_run(&law, &(struct tsim_run_options){ .threads = 1 });
    law_free(&law);
    return result;
}

static double value_of(const struct tsim_result *result, enum tsim_scope scope, const char *entry,
                       const char *measure)
{
    const struct tsim_estimate value = tsim_result_find(result, scope, entry, measure);
    return value.value;
}

static double of_desk(const struct tsim_result *result, const char *measure)
{
    return value_of(result, TSIM_SCOPE_DESK, "desk", measure);
}

/* What part of the desk's contacts is moved from one tier to another. */
static double moved(const struct tsim_result *result, const char *move)
{
    return value_of(result, TSIM_SCOPE_MOVE, move, "per_day") /
           of_desk(result, "contacts_per_day");
}

/* A share of so many; `s` 0 and 1 leave nothing to chance. */
static void is_share(double found, double s, double n, const char *what)
{
    cr_assert_leq(fabs(found - s), 4.5 * sqrt(s * (1 - s) / n) + 1e-9, "%s: %.6g, not %.6g", what,
                  found, s);
}

enum { CONTACTS = 4 * 24 * 200 };

/* ---- customers who insist */

Test(reasons, a_share_of_customers_insists)
{
    static const double shares[] = { 0, 0.02, 0.3, 1 };
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        char root[200];
        snprintf(root, sizeof root, " \"customer_requests\": { \"base\": %g },", shares[i]);
        struct tsim_result *result = run(&(struct parts){ .root = root });
        is_share(moved(result, "L1 > L2"), shares[i], CONTACTS, "base");
        cr_assert_eq(moved(result, "L2 > L3"), 0); /* once it was granted they do not ask again */
        tsim_result_free(result);
    }
}

Test(reasons, some_are_talked_down)
{
    static const char root[] = " \"customer_requests\": { \"base\": 0.4, \"talked_down\": %s },";
    static const char *const shares[] = { "0", "0.25", "1" };
    for (size_t i = 0; i < 3; i++) {
        char text[200];
        snprintf(text, sizeof text,
                 " \"customer_requests\": { \"base\": 0.4, \"talked_down\": %s },", shares[i]);
        struct tsim_result *result = run(&(struct parts){ .root = text });
        const double        down = strtod(shares[i], NULL);
        is_share(of_desk(result, "requests_mean"), 0.4, CONTACTS, root);
        is_share(of_desk(result, "talked_down_share"), down, 0.4 * CONTACTS, root);
        is_share(moved(result, "L1 > L2"), 0.4 * (1 - down), CONTACTS, root);
        tsim_result_free(result);
    }
}

/* What frustrates adds up: hand-overs, redials, time in queues. */
Test(reasons, frustration_adds_to_the_hazard)
{
    struct tsim_result *result = run(&(struct parts){
        .root = " \"customer_requests\": { \"per_transfer\": 0.7 },",
        .first = ", \"resolves\": 0" });
    is_share(moved(result, "L2 > L3"), 1 - exp(-0.7), CONTACTS, "per_transfer");
    cr_assert_eq(of_desk(result, "requests_mean"), moved(result, "L2 > L3"));
    tsim_result_free(result);
    /* Above the last tier there is nobody to ask for. */
    result = run(&(struct parts){
        .root = " \"customer_requests\": { \"per_transfer\": 0.7, \"talked_down\": 1, "
                "\"empathy\": 0.5 },",
        .first = ", \"resolves\": 0", .second = ", \"resolves\": 0" });
    is_share(of_desk(result, "requests_mean"), 1 - exp(-0.35), CONTACTS, "in the last tier");
    tsim_result_free(result);
    /* Taken for solved once, back after an hour: the first work is asked about with hazard 0. */
    result = run(&(struct parts){
        .root = " \"customer_requests\": { \"per_repeat\": 0.5 },",
        .first = ", \"reopens\": { \"share\": 1, \"most\": 1, \"delay\": \"1 h\" }" });
    is_share(moved(result, "L1 > L2"), 1 - exp(-0.5), CONTACTS, "per_repeat");
    tsim_result_free(result);
    /* One call after the other: the wait of all is known by Little's law; few of them ask, so the
     * share is about the mean hazard. */
    result = run(&(struct parts){
        .root = " \"customer_requests\": { \"per_wait_hour\": 0.01, \"talked_down\": 1 },",
        .agents = 9 });
    const double hours = value_of(result, TSIM_SCOPE_TIER, "L1", "wait_mean") / 3600;
    const double asked = of_desk(result, "requests_mean");
    cr_assert_gt(hours, 0.2);
    cr_assert_lt(asked, hours * 0.01);
    is_share(asked, hours * 0.01 * 0.995, CONTACTS, "per_wait_hour");
    tsim_result_free(result);
}

Test(reasons, empathy_calms_and_costs)
{
    static const double levels[] = { 0, 0.2, 0.5, 0.9, 1 };
    double              before = INFINITY;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        char root[200];
        snprintf(root, sizeof root,
                 " \"customer_requests\": { \"base\": 0.4, \"empathy\": %g, "
                 "\"cost_per_agent_day\": 2 },", levels[i]);
        struct tsim_result *result = run(&(struct parts){ .root = root });
        const double        share = moved(result, "L1 > L2");
        is_share(share, 1 - pow(0.6, 1 - levels[i]), CONTACTS, "empathy");
        cr_assert_lt(share, before);
        before = share;
        const double cost = value_of(result, TSIM_SCOPE_COST, "improvement", "per_day");
        cr_assert(law_same(cost, levels[i] * 2 * (60 + 90 + 90)), "%g", cost);
        tsim_result_free(result);
    }
}

Test(reasons, updates_make_waiting_lighter)
{
    static const double shares[] = { 0, 0.5, 1 };
    double              before = INFINITY;
    for (size_t i = 0; i < 3; i++) {
        char root[300];
        snprintf(root, sizeof root,
                 " \"customer_requests\": { \"per_wait_hour\": 0.3, \"talked_down\": 1 },"
                 " \"status_updates\": { \"share\": %g, \"relieves\": 1, \"cost\": 0.5 },",
                 shares[i]);
        struct tsim_result *result = run(&(struct parts){ .root = root, .agents = 9 });
        const double        asked = of_desk(result, "requests_mean");
        cr_assert(asked < before && (asked == 0) == (shares[i] == 1));
        before = asked;
        const double cost = value_of(result, TSIM_SCOPE_COST, "improvement", "per_contact");
        is_share(cost / 0.5, shares[i], CONTACTS, "cost of updates");
        tsim_result_free(result);
    }
}

/* ---- policy, pressure, who it is */

Test(reasons, regulated_cases_need_a_cleared_pool)
{
    static const double shares[] = { 0, 0.1, 1 };
    for (size_t i = 0; i < 3; i++)
        for (int cleared = 0; cleared < 2; cleared++) {
            char issue[100];
            snprintf(issue, sizeof issue, ", \"regulated\": %g", shares[i]);
            struct tsim_result *result = run(&(struct parts){
                .issue = issue, .pool = cleared ? ", \"cleared\": true" : "" });
            const double share = cleared ? 0 : shares[i];
            is_share(moved(result, "L1 > L2"), share, CONTACTS, "regulated");
            /* The second tier is not cleared either, the third is. */
            cr_assert_eq(moved(result, "L2 > L3"), moved(result, "L1 > L2"));
            cr_assert_eq(of_desk(result, "human_resolved_share"), 1);
            tsim_result_free(result);
        }
}

/* One agent too few: as many wait as the rule allows, and those who come between two ends of work,
 * for all others are referred at once. */
Test(reasons, pressed_agents_refer_what_they_do_not_try)
{
    static const double from[] = { 0, 3, 30 };
    double              before = -1;
    for (size_t i = 0; i < 3; i++) {
        char first[200];
        snprintf(first, sizeof first,
                 ", \"congestion\": { \"from\": %g, \"per_waiting\": 1, \"time\": 0 }", from[i]);
        struct tsim_result *result = run(&(struct parts){ .first = first, .agents = 9 });
        const double        most = value_of(result, TSIM_SCOPE_TIER, "L1", "queue_max");
        cr_assert(most > from[i] && most < from[i] + 15, "%g wait", most);
        const double refers = moved(result, "L1 > L2");
        cr_assert(refers > 0.05 && refers < 0.3, "%g", refers);
        cr_assert(before < 0 || refers < before, "%g after %g", refers, before);
        before = refers;
        tsim_result_free(result);
    }
}

Test(reasons, the_high_profile_and_the_repeated_go_where_a_rule_says)
{
    static const char rules[] =
        " \"escalation\": [ { \"when\": [\"high_profile\", \"repeat\"], \"to\": \"L3\" } ],";
    struct tsim_result *result = run(&(struct parts){
        .root = rules, .segment = ", \"high_profile\": true" });
    cr_assert_eq(moved(result, "L1 > L3"), 1);
    cr_assert_eq(value_of(result, TSIM_SCOPE_TIER, "L3", "resolved_of_offered_contacts"), 1);
    tsim_result_free(result);
    result = run(&(struct parts){
        .root = rules, .first = ", \"reopens\": { \"share\": 0.3, \"delay\": \"1 h\" }" });
    is_share(moved(result, "L1 > L3"), 0.3, CONTACTS, "repeats");
    const double rate = of_desk(result, "reopen_rate"); /* of all times it seemed solved */
    cr_assert(law_same(moved(result, "L1 > L3"), rate / (1 - rate)));
    tsim_result_free(result);
}

/* ---- training */

Test(reasons, training_fails_less_takes_less_and_costs)
{
    static const double levels[] = { 0, 0.5, 1 };
    for (size_t i = 0; i < 3; i++) {
        char pool[200];
        snprintf(pool, sizeof pool,
                 ", \"training\": { \"level\": %g, \"gain\": 0.4, \"saving\": \"20 %%\", "
                 "\"cost_per_agent_day\": 3 }", levels[i]);
        struct tsim_result *result = run(&(struct parts){
            .first = ", \"resolves\": 0.5", .pool = pool });
        is_share(moved(result, "L1 > L2"), 0.5 * (1 - 0.4 * levels[i]), CONTACTS, "training");
        cr_assert(law_same(value_of(result, TSIM_SCOPE_TIER, "L1", "handling_mean"),
                           180 * (1 - 0.2 * levels[i])));
        cr_assert(law_same(value_of(result, TSIM_SCOPE_COST, "improvement", "per_day"),
                           3 * 60 * levels[i]));
        tsim_result_free(result);
    }
}

/* ---- supervision */

/* In the pool that leads others for half of the time, contacts and tasks take twice as long. */
Test(reasons, who_leads_others_needs_longer)
{
    struct tsim_result *result = run(&(struct parts){
        .pool = ", \"supervision\": 0.5",
        .root = " \"escalation\": [ { \"from\": \"L1\", \"to\": \"p\", \"form\": \"notify\", "
                "\"work\": \"5 min\" } ],",
        .first = ", \"resolves\": 0.5" });
    cr_assert_eq(value_of(result, TSIM_SCOPE_TIER, "L1", "handling_mean"), 360);
    cr_assert_eq(value_of(result, TSIM_SCOPE_TIER, "L2", "handling_mean"), 360);
    cr_assert(law_same(value_of(result, TSIM_SCOPE_TASK, "notify", "work_mean"), 600));
    tsim_result_free(result);
}

/* ---- nothing of it */

Test(reasons, nothing_of_it_changes_nothing)
{
    static const struct parts without = { .first = ", \"resolves\": 0.7", .agents = 12 };
    static const struct parts with[] = {
        { .first = ", \"resolves\": 0.7", .agents = 12,
          .root = " \"customer_requests\": { \"base\": 0, \"talked_down\": 1 }," },
        { .first = ", \"resolves\": 0.7", .agents = 12, .segment = ", \"high_profile\": true" },
        { .first = ", \"resolves\": 0.7", .agents = 12, .issue = ", \"regulated\": 0" },
        { .first = ", \"resolves\": 0.7", .agents = 12, .pool = ", \"supervision\": 0" },
        { .agents = 12, .first = ", \"resolves\": 0.7, \"congestion\": { \"from\": 100000, "
                                 "\"per_waiting\": 1 }" },
        { .first = ", \"resolves\": 0.7", .agents = 12,
          .pool = ", \"training\": { \"gain\": 1, \"saving\": 1, \"cost_per_agent_day\": 9 }" },
    };
    struct tsim_result *plain = run(&without);
    for (size_t i = 0; i < sizeof with / sizeof *with; i++) {
        struct tsim_result *result = run(&with[i]);
        cr_assert_str_eq(tsim_result_digest(plain), tsim_result_digest(result), "part %zu", i);
        tsim_result_free(result);
    }
    tsim_result_free(plain);
}
