/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: follow-ups, satisfaction, the loss of customers and concessions that were not needed go by
 * their formulas. Method: a desk whose contacts all fare alike, so that each sum is known to the
 * last digit; shares within 4.5 standard errors; growing weights on the same customers, which move
 * every score one way; nothing of it against the same file without the keys, by digest. */
#include "support/law.h"

#include <math.h>

struct parts {
    const char *root, *first, *second, *issue, *pool; /* NULL: nothing                         */
    uint32_t    agents;                               /* of the first tier; 0: 60              */
};

static struct tsim_result *run(const struct parts *parts)
{
    static const char desk[] =
        "{ \"name\": \"desk\", \"run\": { \"length\": \"1 d\", \"replications\": 4 },%s\n"
        "  \"segments\": [ { \"name\": \"all\", \"value\": 300 } ],\n"
        "  \"channels\": [ { \"name\": \"phone\", \"patience\": \"20 min\" } ],\n"
        "  \"issue_types\": [ { \"name\": \"any\"%s } ],\n"
        "  \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", \"rate\": "
        "\"100 /h\" } } ],\n"
        "  \"tiers\": [ { \"name\": \"L1\", \"handling\": \"3 min\"%s, \"pools\": [ { \"name\": "
        "\"p\", \"agents\": %u%s } ] },\n"
        "    { \"name\": \"L2\", \"handling\": \"6 min\"%s, \"pools\": [ { \"name\": \"q\", "
        "\"agents\": 90 } ] } ] }";
#define TEXT(part) (parts->part ? parts->part : "")
    char text[3000];
    snprintf(text, sizeof text, desk, TEXT(root), TEXT(issue), TEXT(first),
             parts->agents ? parts->agents % 1000 : 60, TEXT(pool), TEXT(second));
#undef TEXT
    struct law          law = law_load(text);
    struct tsim_result *result = law_run(&law, &(struct tsim_run_options){ .threads = 1 });
    law_free(&law);
    return result;
}

enum { NOBODY = 1000, CONTACTS = 4 * 24 * 100 };

static double value_of(const struct tsim_result *result, enum tsim_scope scope, const char *entry,
                       const char *measure)
{
    return tsim_result_find(result, scope, entry, measure).value;
}

static double of_desk(const struct tsim_result *result, const char *measure)
{
    return value_of(result, TSIM_SCOPE_DESK, "desk", measure);
}

static void is(const struct tsim_result *result, const char *measure, double value)
{
    const double found = of_desk(result, measure);
    cr_assert(law_same(found, value), "%s is %.12g, not %.12g", measure, found, value);
}

static void is_share(double found, double s, double n, const char *what)
{
    cr_assert_leq(fabs(found - s), 4.5 * sqrt(s * (1 - s) / n) + 1e-9, "%s: %.6g, not %.6g", what,
                  found, s);
}

/* ---- satisfaction */

Test(aftercare, a_score_is_the_sum_of_its_parts)
{
    static const struct {
        struct parts parts;
        double       score;
    } cases[] = {
        { { .root = " \"satisfaction\": { },", .first = "" }, 9 },
        { { .root = " \"satisfaction\": { \"start\": 8, \"per_transfer\": 1.5 },",
            .first = ", \"resolves\": 0" }, 6.5 },
        { { .root = " \"satisfaction\": { \"per_repeat\": 2 },",
            .first = ", \"reopens\": { \"share\": 1, \"most\": 2, \"delay\": \"1 h\" }" }, 5 },
        { { .root = " \"satisfaction\": { \"unresolved\": 4 },", .second = ", \"resolves\": 0",
            .first = ", \"resolves\": 0" }, 5 },
        { { .root = " \"satisfaction\": { \"breach\": 3 }, \"sla\": [ { \"name\": \"x\", "
                    "\"clock\": \"resolution\", \"target\": \"1 min\" } ]," }, 6 },
        { { .root = " \"satisfaction\": { \"per_wait_minute\": 0.25, \"unresolved\": 1 },",
            .agents = NOBODY }, 3 },
        { { .root = " \"satisfaction\": { \"per_wait_minute\": 1 },", .agents = NOBODY }, 0 },
        { { .root = " \"satisfaction\": { \"start\": 8 }, \"follow_up\": { \"share\": 1, "
                    "\"raises\": 0.75 }," }, 8.75 },
        { { .root = " \"satisfaction\": { }, \"follow_up\": { \"share\": 1, \"raises\": 2 }," },
          10 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tsim_result *result = run(&cases[i].parts);
        is(result, "satisfaction_mean", cases[i].score);
        is(result, "survey_answered_share", 1);
        is(result, "displeased_share", cases[i].score < 5);
        tsim_result_free(result);
    }
}

/* A normal law around the threshold: half of those who answer are below it. */
Test(aftercare, customers_differ)
{
    struct tsim_result *result = run(&(struct parts){
        .root = " \"satisfaction\": { \"start\": 6, \"threshold\": 6, \"spread\": 1, \"answers\": "
                "0.3 }," });
    is_share(of_desk(result, "survey_answered_share"), 0.3, CONTACTS, "answers");
    is_share(of_desk(result, "displeased_share"), 0.5, 0.3 * CONTACTS, "displeased");
    cr_assert_lt(fabs(of_desk(result, "satisfaction_mean") - 6), 4.5 / sqrt(CONTACTS));
    tsim_result_free(result);
}

Test(aftercare, a_bad_answer_takes_the_case_up_again)
{
    struct tsim_result *result = run(&(struct parts){
        .root = " \"satisfaction\": { \"start\": 4, \"answers\": 0.4, \"delay\": \"5 h\" },"
                " \"escalation\": [ { \"when\": \"satisfaction\", \"to\": \"L2\" } ]," });
    const double again = value_of(result, TSIM_SCOPE_CAUSE, "L1/satisfaction", "per_contact");
    is_share(again, 0.4, CONTACTS, "taken up again");
    is(result, "human_resolved_share", 1);
    is(result, "satisfaction_mean", 4);
    is(result, "survey_answered_share", again); /* nobody is asked twice */
    is(result, "resolution_mean", 180 + again * (18000 + 360));
    is(result, "reopen_rate", 0);
    tsim_result_free(result);
}

/* ---- follow-ups */

Test(aftercare, follow_ups_take_time_and_prevent_reopening)
{
    static const double shares[] = { 0, 0.5, 1 };
    double              before = INFINITY;
    for (size_t i = 0; i < 3; i++) {
        char root[300];
        snprintf(root, sizeof root,
                 " \"follow_up\": { \"share\": %g, \"by\": \"q\", \"delay\": \"2 h\", \"work\": "
                 "\"4 min\", \"reduces_reopening\": 0.5, \"cost\": 0.2 },", shares[i]);
        struct tsim_result *result = run(&(struct parts){
            .root = root,
            .first = ", \"reopens\": { \"share\": 0.4, \"most\": 1, \"delay\": \"1 h\" }" });
        const double rate = of_desk(result, "reopen_rate");
        const double back = rate / (1 - rate); /* per contact */
        is_share(back, 0.4 * (1 - 0.5 * shares[i]), CONTACTS, "reopened");
        cr_assert_lt(rate, before);
        before = rate;
        const double calls = value_of(result, TSIM_SCOPE_TASK, "follow_up", "per_day");
        is_share(calls / of_desk(result, "contacts_per_day") / (1 + back), shares[i], CONTACTS,
                 "followed up");
        cr_assert(law_same(value_of(result, TSIM_SCOPE_COST, "improvement", "per_day"),
                           0.2 * calls));
        if (shares[i] > 0) {
            const double work_s = value_of(result, TSIM_SCOPE_TASK, "follow_up", "work_mean");
            cr_assert(law_same(work_s, 240));
        }
        tsim_result_free(result);
    }
}

/* ---- chasing */

/* Nobody answers for 20 min: customers ask after 6, 12 and 18, but not after the end of the day,
 * which takes 1.25 % of all. Who is worked on does not ask. */
Test(aftercare, who_waits_asks_how_it_stands)
{
#define CHASING(share, keys) " \"chasing\": { \"share\": " share ", \"every\": \"6 min\", " \
                             "\"by\": \"q\", \"work\": \"90 s\"" keys " },"
    static const struct {
        struct parts parts;
        double       times;
    } cases[] = {
        { { .root = CHASING("1", ""), .agents = NOBODY }, 3 },
        { { .root = CHASING("1", ", \"most\": 2"), .agents = NOBODY }, 2 },
        { { .root = CHASING("0.4", ""), .agents = NOBODY }, 1.2 },
        { { .root = CHASING("1", "") " \"status_updates\": { \"share\": 1 },", .agents = NOBODY },
          0 },
        { { .root = CHASING("1", "") " \"status_updates\": { \"share\": 0.25 },",
            .agents = NOBODY }, 2.25 },
        { { .root = CHASING("1", ""), .first = ", \"resolves\": 1" }, 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tsim_result *result = run(&cases[i].parts);
        const double        n = of_desk(result, "contacts_per_day");
        const double        times = value_of(result, TSIM_SCOPE_TASK, "chase", "per_day") / n;
        const bool   by_chance = cases[i].times != floor(cases[i].times);
        cr_assert_leq(fabs(times - cases[i].times),
                      (by_chance ? 4.5 * 3 * sqrt(0.25 / CONTACTS) : 0) + 0.015 * cases[i].times,
                      "%g, not %g", times, cases[i].times);
        if (times > 0)
            cr_assert(law_same(value_of(result, TSIM_SCOPE_TASK, "chase", "work_mean"), 90));
        tsim_result_free(result);
    }
}

/* ---- churn */

Test(aftercare, customers_leave_by_their_hazard)
{
    static const struct {
        struct parts parts;
        double       hazard, of_delay;
    } cases[] = {
        { { .root = " \"churn\": { }," }, 0, 0 },
        { { .root = " \"churn\": { \"base\": 0.2 }," }, 0.2231435513142097, 0 },
        { { .root = " \"churn\": { \"base\": 1 }," }, 64, 0 },
        { { .root = " \"churn\": { \"per_transfer\": 0.3 },", .first = ", \"resolves\": 0" },
          0.3, 0 },
        { { .root = " \"churn\": { \"unresolved\": 0.4, \"per_transfer\": 0.1 },",
            .first = ", \"resolves\": 0", .second = ", \"resolves\": 0" }, 0.5, 0 },
        { { .root = " \"churn\": { \"abandoned\": 0.2, \"per_wait_hour\": 0.6 },",
            .agents = NOBODY }, 0.4, 1 },
        { { .root = " \"churn\": { \"breach\": 0.7 }, \"sla\": [ { \"name\": \"x\", \"clock\": "
                    "\"resolution\", \"target\": \"1 min\" } ]," }, 0.7, 1 },
        { { .root = " \"churn\": { \"breach\": 0.3, \"per_transfer\": 0.5 }, \"sla\": [ { "
                    "\"name\": \"x\", \"clock\": \"resolution\", \"target\": \"1 min\" } ],",
            .first = ", \"resolves\": 0" }, 0.8, 0.375 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tsim_result *result = run(&cases[i].parts);
        const double        share = of_desk(result, "customers_lost_share");
        is_share(share, 1 - exp(-cases[i].hazard), CONTACTS, "lost");
        cr_assert(law_same(value_of(result, TSIM_SCOPE_COST, "customers_lost", "per_contact"),
                           300 * share));
        cr_assert(law_same(of_desk(result, "delay_cost_per_contact"),
                           300 * share * cases[i].of_delay));
        tsim_result_free(result);
    }
}

/* ---- concessions */

/* All need 100; agents may settle up to the limit alone, above it the second tier does. */
Test(aftercare, what_is_not_needed_is_paid_or_found_out)
{
    for (int alone = 0; alone < 2; alone++)
        for (int approval = 0; approval < 2; approval++) {
            struct tsim_result *result = run(&(struct parts){
                .issue = ", \"concession\": 100, \"unneeded\": 0.3",
                .pool = alone ? ", \"authority\": 100" : ", \"authority\": 99",
                .root = approval ? " \"escalation\": [ { \"when\": \"authority\", \"to\": "
                                   "\"authority\", \"form\": \"approval\", \"work\": \"1 min\" "
                                   "} ]," : "" });
            const double n = of_desk(result, "contacts_per_day");
            const double paid = value_of(result, TSIM_SCOPE_COST, "concessions", "per_day");
            const double leaked = of_desk(result, "leakage_per_day");
            is(result, "human_resolved_share", 1);
            is_share(alone ? leaked / n / 100 : 1 - paid / n / 100, 0.3, CONTACTS, "unneeded");
            cr_assert(law_same(alone ? paid : leaked, alone ? 100 * n : 0));
            tsim_result_free(result);
        }
}

/* ---- nothing of it */

Test(aftercare, nothing_of_it_changes_nothing)
{
    static const struct parts without = { .first = ", \"resolves\": 0.7", .agents = 5,
                                          .issue = ", \"concession\": 100" };
    static const struct parts with[] = {
        { .first = ", \"resolves\": 0.7", .agents = 5, .issue = ", \"concession\": 100",
          .root = " \"follow_up\": { \"share\": 0, \"by\": \"q\", \"work\": \"1 h\" }," },
        { .first = ", \"resolves\": 0.7", .agents = 5, .issue = ", \"concession\": 100",
          .root = " \"churn\": { }," },
        { .first = ", \"resolves\": 0.7", .agents = 5, .issue = ", \"concession\": 100",
          .root = CHASING("0", "") },
        { .first = ", \"resolves\": 0.7", .agents = 5,
          .issue = ", \"concession\": 100, \"unneeded\": 0" },
    };
    struct tsim_result *plain = run(&without);
    for (size_t i = 0; i < sizeof with / sizeof *with; i++) {
        struct tsim_result *result = run(&with[i]);
        cr_assert_str_eq(tsim_result_digest(plain), tsim_result_digest(result), "part %zu", i);
        tsim_result_free(result);
    }
    tsim_result_free(plain);
}
