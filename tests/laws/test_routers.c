/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: weights of pools and queues, ratios of queues and last waits decide as the scenario says,
 * and all eleven router policies of ContactCenters (E. Buist and P. L'Ecuyer, 2005) can be said as
 * docs/routing.md says them. Method: small desks with constant times, whose waits can be counted
 * on fingers; one desk under each policy, whose results all differ. */
#include "support/law.h"

/* Two pools of one agent, a quarter of an hour each contact, calls at 5, 10, 15 min … */
static const char desk[] =
    "{ \"name\": \"desk\", \"run\": { \"length\": \"%s\", \"replications\": 1 },\n"
    "  \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"renewal\", \"between\": "
    "\"%s\" } } ],\n"
    "  \"tiers\": [ { \"name\": \"L1\", \"handling\": \"%s\", \"selection\": \"preference\", "
    "\"queue\": { \"waits_for\": \"%s\" }, \"pools\": [\n"
    "    { \"name\": \"p\", \"agents\": 1%s, \"skills\": [ { \"skill\": \"general\" } ] },\n"
    "    { \"name\": \"q\", \"agents\": 1, \"skills\": [ { \"skill\": \"general\"%s } ] } ] } ] }";

struct parts {
    const char *length, *between, *handling, *waits_for, *first, *second;
};

static double find(const struct parts *parts, enum tsim_scope scope, const char *entry,
                   const char *measure)
{
    char text[2000];
    snprintf(text, sizeof text, desk, parts->length, parts->between, parts->handling,
             parts->waits_for, parts->first, parts->second);
    struct law          law = law_load(text);
    struct tsim_result *result = law_run(&law, &(struct tsim_run_options){ .threads = 1 });
    const double        value = tsim_result_find(result, scope, entry, measure).value;
    tsim_result_free(result);
    law_free(&law);
    return value;
}

/* Who comes at 10 waits for the first pool as long as one may, and who comes at 15 goes on. */
Test(routers, a_ratio_keeps_contacts_from_pools_of_a_higher_preference)
{
    struct parts parts = { "16 min", "5 min", "15 min", "shortest_queue", ", \"queue_ratio\": 1",
                           ", \"preference\": 1" };
    cr_assert(law_same(find(&parts, TSIM_SCOPE_TIER, "L1", "wait_mean"), 200));
    parts.first = ", \"queue_ratio\": 2";
    cr_assert(law_same(find(&parts, TSIM_SCOPE_TIER, "L1", "wait_mean"), (600 + 1200) / 3.0));
    parts.first = ", \"queue_ratio\": 0.9";
    cr_assert(law_same(find(&parts, TSIM_SCOPE_TIER, "L1", "wait_mean"), 100));
    parts.first = "";
    cr_assert(law_same(find(&parts, TSIM_SCOPE_TIER, "L1", "wait_mean"), 100));
}

/* Nobody has waited yet at 15, so all wait for the first pool; from 20 on it has made one wait. */
Test(routers, who_waits_by_last_waits_waits_though_others_idle)
{
    struct parts parts = { "16 min", "5 min", "15 min", "last_wait", "", "" };
    cr_assert(law_same(find(&parts, TSIM_SCOPE_TIER, "L1", "wait_mean"), 600));
    parts.length = "26 min";
    cr_assert(law_same(find(&parts, TSIM_SCOPE_TIER, "L1", "wait_mean"), 480));
}

/* At 10, 20 and 30 min the second has been idle for 10, 9 and 9, which counts three times. */
Test(routers, idle_times_of_equal_preference_are_weighted)
{
    struct parts parts = { "31 min", "10 min", "1 min", "anybody", "", ", \"pool_weight\": 3" };
    cr_assert(law_same(find(&parts, TSIM_SCOPE_POOL, "q", "started_per_day"), 2));
    parts.second = ", \"pool_weight\": 0.1";
    cr_assert(law_same(find(&parts, TSIM_SCOPE_POOL, "q", "started_per_day"), 0));
}

/* The agent is busy from 10 to 30 min; b has waited since 15, a since 20. */
Test(routers, waits_in_queues_of_equal_preference_are_weighted)
{
    static const char text[] =
        "{ \"name\": \"desk\", \"run\": { \"length\": \"21 min\", \"replications\": 1 },\n"
        "  \"issue_types\": [ { \"name\": \"a\", \"skill\": \"a\" }, { \"name\": \"b\", "
        "\"skill\": \"b\" } ],\n"
        "  \"streams\": [ { \"name\": \"s\", \"issues\": \"a\", \"arrivals\": { \"kind\": "
        "\"renewal\", \"between\": \"10 min\" } },\n"
        "    { \"name\": \"t\", \"issues\": \"b\", \"arrivals\": { \"kind\": \"renewal\", "
        "\"between\": \"15 min\" } } ],\n"
        "  \"tiers\": [ { \"name\": \"L1\", \"handling\": \"20 min\", \"queue\": { \"order\": "
        "\"preference\" }, \"pools\": [ { \"name\": \"p\", \"agents\": 1, \"skills\": [ { "
        "\"skill\": \"a\", \"queue_weight\": %s }, { \"skill\": \"b\"%s } ] } ] } ] }";
    static const struct {
        const char *weight, *more;
        double      wait_s;
    } cases[] = { { "1", "", 900 }, { "1.4", "", 900 }, { "1.6", "", 2100 },
                  { "9", ", \"queue_weight\": 7", 900 },
                  { "1", ", \"queue_preference\": 1", 2100 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char whole[2000];
        snprintf(whole, sizeof whole, text, cases[i].weight, cases[i].more);
        struct law          law = law_load(whole);
        struct tsim_result *result = law_run(&law, &(struct tsim_run_options){ .threads = 1 });
        const double        wait_s =
            tsim_result_find(result, TSIM_SCOPE_TIER_ISSUE, "L1/b", "wait_mean").value;
        cr_assert(law_same(wait_s, cases[i].wait_s), "case %zu: %g s", i, wait_s);
        tsim_result_free(result);
        law_free(&law);
    }
}

/* ---- all of them */

/* Two types; one group for each, and one for both. */
static const char centre[] =
    "{ \"name\": \"centre\", \"run\": { \"length\": \"10 h\", \"replications\": 2 },\n"
    "  \"issue_types\": [ { \"name\": \"a\", \"skill\": \"a\" }, { \"name\": \"b\", \"skill\": "
    "\"b\" } ],\n"
    "  \"channels\": [ { \"name\": \"phone\", \"patience\": \"10 min\" } ],\n"
    "  \"streams\": [ { \"name\": \"s\", \"issues\": { \"a\": 0.6, \"b\": 0.4 }, \"arrivals\": { "
    "\"kind\": \"poisson\", \"rate\": \"70 /h\" } } ],\n"
    "  \"tiers\": [ { \"name\": \"L1\", \"handling\": { \"kind\": \"exponential\", \"mean\": "
    "\"5 min\" }, \"selection\": \"%s\", \"queue\": { %s }, \"pools\": [\n"
    "    { \"name\": \"for a\", \"agents\": 2%s, \"skills\": [ { \"skill\": \"a\"%s } ] },\n"
    "    { \"name\": \"for b\", \"agents\": 2, \"skills\": [ { \"skill\": \"b\"%s } ] },\n"
    "    { \"name\": \"both\", \"agents\": 2, \"skills\": [ { \"skill\": \"a\"%s }, { \"skill\": "
    "\"b\"%s } ] } ] } ] }";

static const struct policy {
    const char *name, *selection, *queue, *ratio, *a, *b, *both_a, *both_b;
} policies[] = {
    { "QUEUEPRIORITY", "listed", "\"order\": \"listed\"", "", "", "", "", "" },
    { "QUEUEATLASTGROUP", "listed", "\"order\": \"fifo\", \"waits_for\": \"last_pool\"", "", "",
      "", "", "" },
    { "LONGESTQUEUEFIRST", "listed", "\"order\": \"longest_queue\"", "", "", "", "", "" },
    { "SINGLEFIFOQUEUE", "listed", "\"order\": \"fifo\"", "", "", "", "", "" },
    { "LONGESTWEIGHTEDWAITINGTIME", "listed",
      "\"order\": { \"kind\": \"longest_weighted_wait\", \"weights\": [ { \"issue\": \"a\", "
      "\"weight\": 3 } ] }", "", "", "", "", "" },
    { "AGENTSPREF", "preference", "\"order\": \"preference\"", "", ", \"pool_weight\": 2",
      ", \"pool_weight\": 2", ", \"queue_weight\": 4", "" },
    { "AGENTSPREFWITHDELAYS", "preference", "\"order\": \"preference\"", "", "", "",
      ", \"preference\": 1, \"after\": \"45 s\"", ", \"preference\": 1, \"after\": \"90 s\"" },
    { "LOCALSPEC", "preference", "\"order\": \"preference\"", "", "", "",
      ", \"preference\": 1, \"queue_preference\": 1", ", \"preference\": 2, \"after\": \"60 s\"" },
    { "QUEUERATIOOVERFLOW", "preference", "\"waits_for\": \"shortest_queue\"",
      ", \"queue_ratio\": 1", "", "", ", \"preference\": 1", ", \"preference\": 1" },
    { "EXPDELAY", "preference", "\"waits_for\": \"last_wait\"", "", ", \"pool_weight\": 2", "", "",
      "" },
    { "OVERFLOWANDPRIORITY", "preference", "\"order\": { \"kind\": \"ageing\", \"weight\": 1, "
      "\"weights\": [ { \"issue\": \"b\", \"weight\": 4 } ] }", "", "", "",
      ", \"after\": \"30 s\", \"only_if\": [ { \"waiting\": \"a\", \"at_least\": 2 } ]", "" },
};

enum { POLICIES = sizeof policies / sizeof *policies, DIGEST = 65 };

static void run_policy(const struct policy *policy, char *digest)
{
    char text[3000];
    snprintf(text, sizeof text, centre, policy->selection, policy->queue, policy->ratio, policy->a,
             policy->b, policy->both_a, policy->both_b);
    struct law          law = law_load(text);
    struct tsim_result *result = law_run(&law, &(struct tsim_run_options){ .threads = 1 });
    cr_assert_gt(tsim_result_find(result, TSIM_SCOPE_TIER, "L1", "answered_share").value, 0.5,
                 "%s answers nobody", policy->name);
    snprintf(digest, DIGEST, "%s", tsim_result_digest(result));
    tsim_result_free(result);
    law_free(&law);
}

Test(routers, all_policies_of_contactcenters_run_and_differ)
{
    char digests[POLICIES][DIGEST];
    cr_assert_eq((int)POLICIES, 11);
    for (int i = 0; i < POLICIES; i++) {
        run_policy(&policies[i], digests[i]);
        for (int k = 0; k < i; k++)
            cr_expect_str_neq(digests[i], digests[k], "%s is %s", policies[i].name,
                              policies[k].name);
    }
}
