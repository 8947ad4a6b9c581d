/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: agents by name are what they say they are, to selections, rules and authority; a team is
 * all of its agents.
 * Method: a roster gives, to the last bit of every number, what the same agents give as pools
 * written one by one, and a CSV file what the roster gives; agents who are alike give the contacts
 * of a pool of as many. Exactly known: two agents of different pace of whom the faster is asked
 * first (a chain of a few states, solved here), and of three seniors the two whose authority
 * suffices (Erlang C: what leaves the front desk is Poisson, by Burke's theorem). Who is new works
 * as slowly as a clockwork desk worked out by hand says, is not there before the first day, and is
 * like anybody to the last bit when the curve is over. Simulated values
 * must be within 4.9 standard errors (false alarm of all together below 1e-4), with standard errors
 * under 2 % of the value. */
#include "support/law.h"

#include <math.h>

static struct tsim_result *run_text(const char *text)
{
    struct law          law = law_load(text);
    struct tsim_result *result = law_run(&law, NULL);
    law_free(&law);
    return result;
}

/* A desk with everything that an agent may differ in; POOLS and SELECTION are replaced. */
static const char desk[] =
    "{ \"name\": \"team\", \"run\": { \"length\": \"2 d\", \"replications\": 10 },\n"
    "  \"issue_types\": [{ \"name\": \"cards\", \"skill\": \"cards\", \"concession_share\": "
    "\"60 %\", \"concession\": { \"kind\": \"exponential\", \"mean\": 40 } },\n"
    "    { \"name\": \"loans\", \"skill\": \"loans\" }],\n"
    "  \"streams\": [{ \"name\": \"s\", \"issues\": { \"cards\": 0.7, \"loans\": 0.3 },\n"
    "    \"arrivals\": { \"kind\": \"poisson\", \"rate\": \"21 /h\" } }],\n"
    "  \"channels\": [{ \"name\": \"phone\", \"patience\": { \"kind\": \"exponential\", \"mean\": "
    "\"9 min\" } }],\n"
    "  \"tiers\": [{ \"name\": \"L1\", \"handling\": { \"kind\": \"lognormal\", \"mean\": "
    "\"6 min\", \"cv\": 0.8 }, \"wrap_up\": \"40 s\", \"selection\": \"SELECTION\", \"pools\": [\n"
    "      POOLS,\n"
    "      { \"name\": \"others\", \"agents\": 1, \"wage\": 15, \"time_factor\": 1.4 } ] },\n"
    "    { \"name\": \"L2\", \"handling\": \"9 min\", \"pools\": [{ \"name\": \"seniors\", "
    "\"agents\": 1 }] }] }";

#define COMMON "\"shift_end\": \"requeue\", \"shrinkage\": \"10 %\", \"absence\": { \"share\": " \
               "\"10 %\" }, \"individual_factor\": { \"kind\": \"gamma\", \"mean\": 1, " \
               "\"cv\": 0.1 }"
#define ANN_SKILLS "\"skills\": [ { \"skill\": \"cards\", \"time_factor\": 0.8 } ]"
#define SKILLS "\"skills\": [ { \"skill\": \"cards\" }, { \"skill\": \"loans\", " \
               "\"preference\": 1, \"time_factor\": 1.1 } ]"
#define CAT_SHIFTS "{ \"days\": \"Mon\", \"from\": \"06:00\", \"to\": \"12:00\" }, " \
                   "{ \"days\": \"Tue\", \"from\": \"12:00\", \"to\": \"22:00\" }"
#define BREAKS ", \"breaks\": [ { \"from\": \"12:00\", \"to\": \"12:30\" } ]"

static const char roster[] =
    "{ \"name\": \"front desk\", \"wage\": 20, \"authority\": 30, \"time_factor\": 1.2, " SKILLS
    ", " COMMON ", \"learning\": { \"rate\": \"90 %\", \"experience\": 500 },\n"
    "  \"roster\": [ { \"name\": \"Ann\", \"authority\": 80, \"wage\": 26, \"time_factor\": 0.9, "
    "\"experience\": 900, " ANN_SKILLS " },\n"
    "    { \"name\": \"Ben\", \"shift\": [ { \"days\": \"Mon-Fri\", \"from\": \"08:00\", "
    "\"to\": \"16:30\" BREAKS_HERE } ], \"experience\": 20 },\n"
    "    { \"name\": \"Cat\", \"authority\": 0, \"shift\": [ " CAT_SHIFTS " ] } ] }";

static const char pools[] =
    "{ \"name\": \"Ann\", \"agents\": 1, \"wage\": 26, \"authority\": 80, \"time_factor\": 0.9, "
    ANN_SKILLS ", " COMMON ", \"learning\": { \"rate\": \"90 %\", \"experience\": 900 } },\n"
    "{ \"name\": \"Ben\", \"wage\": 20, \"authority\": 30, \"time_factor\": 1.2, " SKILLS ", "
    COMMON ", \"learning\": { \"rate\": \"90 %\", \"experience\": 20 }, \"agents\": [ { \"days\": "
    "\"Mon-Fri\", \"from\": \"08:00\", \"to\": \"16:30\", \"agents\": 1 BREAKS_HERE } ] },\n"
    "{ \"name\": \"Cat\", \"wage\": 20, \"authority\": 0, \"time_factor\": 1.2, " SKILLS ", " COMMON
    ", \"learning\": { \"rate\": \"90 %\", \"experience\": 500 }, \"agents\": [ { \"days\": "
    "\"Mon\", \"from\": \"06:00\", \"to\": \"12:00\", \"agents\": 1 }, { \"days\": \"Tue\", "
    "\"from\": \"12:00\", \"to\": \"22:00\", \"agents\": 1 } ] }";

static struct tsim_result *run_desk(const char *these, const char *breaks, const char *selection)
{
    char *with = law_edited(these, " BREAKS_HERE", breaks);
    char *some = law_edited(desk, "POOLS", with);
    char *text = law_edited(some, "SELECTION", selection);
    struct tsim_result *result = run_text(text);
    free(text);
    free(some);
    free(with);
    return result;
}

static void expect_same(struct tsim_result *a, struct tsim_result *b, const char *what)
{
    for (int scope = 0; scope < TSIM_SCOPES; scope++) {
        size_t n, entries = tsim_result_entries(a, (enum tsim_scope)scope);
        tsim_result_measures(a, (enum tsim_scope)scope, &n);
        cr_assert(entries == tsim_result_entries(b, (enum tsim_scope)scope), "%s", what);
        for (size_t i = 0; i < entries; i++)
            for (size_t m = 0; m < n; m++) {
                const struct tsim_estimate x = tsim_result_get(a, (enum tsim_scope)scope, i, m);
                const struct tsim_estimate y = tsim_result_get(b, (enum tsim_scope)scope, i, m);
                cr_expect(memcmp(&x.value, &y.value, sizeof x.value) == 0,
                          "%s: scope %d, entry %zu, measure %zu: %.17g and %.17g", what, scope, i,
                          m, x.value, y.value);
            }
    }
}

Test(roster, is_its_agents_written_as_pools)
{
    static const char *const selections[] = { "longest_idle", "fastest", "cheapest", "random",
                                              "least_skilled" };
    for (size_t i = 0; i < sizeof selections / sizeof *selections; i++) {
        struct tsim_result *a = run_desk(roster, BREAKS, selections[i]);
        struct tsim_result *b = run_desk(pools, BREAKS, selections[i]);
        expect_same(a, b, selections[i]);
        tsim_result_free(b);
        tsim_result_free(a);
    }
}

Test(roster, may_stand_in_a_file)
{
    static const char rows[] =
        "name,days,from,to,skills,authority,wage,time_factor,experience,started\n"
        "Ann,,,,fast cards,80,26,0.9,900,2019-05-31\n"
        "Cat,Mon,06:00,12:00,,0,,,,2024-01-01\n"
        "Ben,Mon-Fri,08:00,16:30,,,,,20,\n"
        "Cat,Tue,12:00,22:00,,0,,,,\n";
    char  name[64], path[128];
    snprintf(name, sizeof name, "roster-%ld.csv", (long)getpid());
    FILE *file = fopen(name, "w");
    cr_assert(file && fputs(rows, file) >= 0 && fclose(file) == 0);
    snprintf(path, sizeof path, "\"roster\": [ { \"csv\": \"%s\" } ] }", name);
    static const char *const names[] = { "Ann", "Cat", "Ben" };
    char *head = law_edited(roster, "\"skills\": [",
                            "\"skills\": [ { \"skill\": \"fast cards\" }, ");
    char *at = strstr(head, "\"roster\"");
    *at = '\0';
    const size_t size = strlen(head) + sizeof path;
    char        *whole = malloc(size);
    cr_assert(whole);
    snprintf(whole, size, "%s%s", head, path);
    char      *some = law_edited(desk, "POOLS", whole);
    char      *text = law_edited(some, "SELECTION", "longest_idle");
    free(some);
    struct law law = law_load(text);
    const struct plan *plan = law.scenario->plan;
    cr_assert(plan->n_pools == 5 && plan->n_agents == 5);
    for (uint32_t p = 0; p < 3; p++)
        cr_expect(strcmp(plan->pools[p].name, names[p]) == 0, "%s", plan->pools[p].name);
    cr_expect(plan->pools[0].authority == 80 && plan->pools[1].authority == 0 &&
              plan->pools[2].authority == 30);
    cr_expect(plan->pools[0].wage_per_h == 26 && plan->pools[1].wage_per_h == 20);
    cr_expect(plan->pools[0].practised == 900 && plan->pools[1].practised == 500 &&
              plan->pools[2].practised == 20);
    cr_expect(plan->pools[0].agents.most == 1 && plan->pools[1].agents.most == 1);
    cr_expect(profile_integral(&plan->pools[1].agents, 0, WEEK_S) == 16 * 3600.0);
    cr_expect(profile_integral(&plan->pools[2].agents, 0, WEEK_S) == 5 * 8.5 * 3600);
    law_free(&law);
    free(text);
    free(whole);
    free(head);
    unlink(name);
}

/* ---- exactly known */

static void expect(const struct tsim_result *result, enum tsim_scope scope, size_t entry,
                   const char *name, double exact)
{
    const struct tsim_estimate found =
        tsim_result_get(result, scope, entry, tsim_result_measure(result, scope, name));
    cr_expect(found.std_error < 0.02 * exact, "%s: std error %g of %g", name, found.std_error,
              exact);
    cr_expect(fabs(found.value - exact) < 4.9 * found.std_error, "%s: %.6f instead of %.6f (%.6f)",
              name, found.value, exact, found.std_error);
}

Test(roster, the_faster_of_two_is_asked_first)
{
    /* States: nobody; the faster busy; the slower; both, and more. */
    const double lambda = 12, fast = 15, slow = 7.5, both = fast + slow, rho = lambda / both;
    const double of_two = 1;
    const double of_slow = fast * of_two / (lambda + slow);
    const double of_fast = (both * of_two - lambda * of_slow) / lambda;
    const double of_none = (fast * of_fast + slow * of_slow) / lambda;
    const double sum = of_none + of_fast + of_slow + of_two / (1 - rho);
    const double wait = of_two / (1 - rho) / sum;
    struct tsim_result *result = run_text(
        "{ \"name\": \"two\", \"run\": { \"kind\": \"steady_state\", \"warm_up\": \"10 h\", "
        "\"length\": \"2000 h\", \"replications\": 40 },\n"
        "  \"streams\": [{ \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", \"rate\": "
        "\"12 /h\" } }],\n"
        "  \"tiers\": [{ \"name\": \"L1\", \"handling\": { \"kind\": \"exponential\", \"mean\": "
        "\"4 min\" }, \"selection\": \"fastest\", \"pools\": [{ \"name\": \"desk\", \"roster\": [ "
        "{ \"name\": \"Slow\", \"time_factor\": 2 }, { \"name\": \"Fast\" } ] }] }] }");
    expect(result, TSIM_SCOPE_TIER, 0, "wait_mean", wait / (both - lambda) * 3600);
    expect(result, TSIM_SCOPE_POOL, 0, "occupancy", (of_slow / sum) + wait);
    expect(result, TSIM_SCOPE_POOL, 1, "occupancy", (of_fast / sum) + wait);
    tsim_result_free(result);
}

/* A front desk that may approve nothing, and seniors who may. */
static const char approvals[] =
    "{ \"name\": \"team\", \"run\": { \"kind\": \"steady_state\", \"warm_up\": \"10 h\", "
    "\"length\": \"1000 h\", \"replications\": 40 },\n"
    "  \"issue_types\": [{ \"name\": \"any\", \"concession\": 120 }],\n"
    "  \"streams\": [{ \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", "
    "\"rate\": \"15 /h\" } }],\n"
    "  \"escalation\": [ { \"when\": \"authority\", \"to\": \"PLACE\" } ],\n"
    "  \"tiers\": [{ \"name\": \"L1\", \"handling\": { \"kind\": \"exponential\", \"mean\": "
    "\"4 min\" }, \"pools\": [{ \"name\": \"front desk\", \"agents\": 40, \"authority\": 0 }] },\n"
    "    { \"name\": \"L2\", \"handling\": { \"kind\": \"exponential\", \"mean\": \"6 min\" }, "
    "\"pools\": [POOLS] }] }";

static struct tsim_result *run_approvals(const char *place, const char *these)
{
    char *some = law_edited(approvals, "POOLS", these);
    char *text = law_edited(some, "PLACE", place);
    struct tsim_result *result = run_text(text);
    free(text);
    free(some);
    return result;
}

#define SENIORS(a, b, c)                                                                          \
    "{ \"name\": \"seniors\", \"roster\": [ { \"name\": \"A\", \"authority\": " a " }, "         \
    "{ \"name\": \"B\", \"authority\": " b " }, { \"name\": \"C\", \"authority\": " c " } ] }"

Test(roster, authority_is_sought_among_those_who_have_it)
{
    struct tsim_result *result = run_approvals("authority", SENIORS("900", "50", "200"));
    const double load = 1.5, c = (load * load / 2) / (1 - load / 2);
    const double wait = c / (1 + load + c); /* Erlang C of two agents */
    expect(result, TSIM_SCOPE_TIER, 1, "wait_mean", wait * 360 / (2 - load));
    const size_t occupancy = tsim_result_measure(result, TSIM_SCOPE_POOL, "occupancy");
    cr_expect(tsim_result_get(result, TSIM_SCOPE_POOL, 2, occupancy).value == 0, "B is asked");
    tsim_result_free(result);
}

/* Every number of the desk and of both tiers that is not of pools. */
static void expect_alike(const struct tsim_result *a, const struct tsim_result *b)
{
    for (size_t t = 0; t < 3; t++) {
        const enum tsim_scope scope = t < 2 ? TSIM_SCOPE_TIER : TSIM_SCOPE_DESK;
        size_t n;
        tsim_result_measures(a, scope, &n);
        for (size_t m = 0; m < n; m++) {
            const double x = tsim_result_get(a, scope, t % 2, m).value;
            const double y = tsim_result_get(b, scope, t % 2, m).value;
            cr_expect((isnan(x) && isnan(y)) || law_same(x, y), "measure %zu: %.17g, %.17g", m, x,
                      y);
        }
    }
}

Test(roster, agents_alike_are_a_pool)
{
    static const char *const places[] = { "seniors", "authority", "next" };
    for (size_t i = 0; i < 3; i++) {
        struct tsim_result *a = run_approvals(places[i], SENIORS("200", "200", "200"));
        struct tsim_result *b =
            run_approvals(places[i], "{ \"name\": \"seniors\", \"agents\": 3, "
                                     "\"authority\": 200 }");
        expect_alike(a, b);
        tsim_result_free(b);
        tsim_result_free(a);
    }
}

Test(roster, a_team_is_one_in_conditions)
{
    struct tsim_result *results[2];
    static const char *const front[] = {
        "\"agents\": 2", "\"roster\": [ { \"name\": \"A\" }, { \"name\": \"B\" } ]"
    };
    for (size_t i = 0; i < 2; i++) {
        char pools_text[600];
        snprintf(pools_text, sizeof pools_text,
                 "{ \"name\": \"front\", %s }, { \"name\": \"back\", \"agents\": 2, \"skills\": [ "
                 "{ \"skill\": \"general\", \"only_if\": [ { \"idle\": \"front\", "
                 "\"at_most\": 1 } ] "
                 "} ] }", front[i]);
        results[i] = run_approvals("next", pools_text);
    }
    expect_alike(results[0], results[1]);
    const size_t handled = tsim_result_measure(results[1], TSIM_SCOPE_POOL, "occupancy");
    cr_expect(tsim_result_get(results[1], TSIM_SCOPE_POOL, 3, handled).value > 0.05);
    tsim_result_free(results[0]);
    tsim_result_free(results[1]);
}

Test(roster, has_no_size)
{
    char *some = law_edited(approvals, "POOLS", SENIORS("50", "50", "50"));
    char *text = law_edited(some, "PLACE", "next");
    struct law law = law_load(text);
    cr_expect(tsim_size(law.scenario, NULL, NULL, law.problems) == NULL);
    cr_expect(tsim_problems_errors(law.problems) == 1);
    law_free(&law);
    free(text);
    free(some);
}

/* ---- new agents */

/* A contact every hour for one agent, 10 minutes of work each; what is said of the agent. */
static double mean_handling(const char *tenure, const char *agent)
{
    static const char clockwork[] =
        "{ \"name\": \"clockwork\", \"run\": { \"kind\": \"terminating\", \"length\": "
        "\"210 min\", \"replications\": 2 }, \"streams\": [{ \"name\": \"s\", \"arrivals\": { "
        "\"kind\": \"renewal\", \"between\": { \"kind\": \"constant\", \"value\": \"1 h\" } } }], "
        "\"tiers\": [{ \"name\": \"L1\", \"handling\": \"10 min\", \"pools\": [{ \"name\": \"p\", "
        "\"tenure\": TENURE, \"roster\": [{ \"name\": \"Ann\" AGENT }] }] }] }";
    char               *some = law_edited(clockwork, "TENURE", tenure);
    char               *text = law_edited(some, " AGENT", agent);
    struct tsim_result *result = run_text(text);
    const double        found =
        tsim_result_get(result, TSIM_SCOPE_TIER, 0,
                        tsim_result_measure(result, TSIM_SCOPE_TIER, "handling_mean")).value;
    tsim_result_free(result);
    free(text);
    free(some);
    return found / 60;
}

Test(roster, who_is_new_is_slow)
{
    static const char curve[] = "[ { \"after\": 0, \"time_factor\": 3 }, { \"after\": \"2 h\" } ]";
    static const char late[] = "[ { \"after\": \"24 h\", \"time_factor\": 2 }, { \"after\": "
                               "\"28 h\", \"time_factor\": 1.2 } ]";
    static const char today[] = ", \"started\": \"2024-01-01\"";
    static const char yesterday[] = ", \"started\": \"2023-12-31\"";
    cr_expect(law_same(mean_handling(curve, today), (20 + 10 + 10) / 3.0));
    cr_expect(law_same(mean_handling(curve, ""), 10));
    cr_expect(law_same(mean_handling(late, ""), 12));
    cr_expect(law_same(mean_handling(late, today), 20));
    cr_expect(law_same(mean_handling(late, yesterday), (18 + 16 + 14) / 3.0));
}

static struct tsim_result *run_new(const char *of_pool, const char *of_ann)
{
    char *head = law_edited(roster, "\"roster\":", of_pool);
    char *these = law_edited(head, "\"name\": \"Ann\"", of_ann);
    struct tsim_result *result = run_desk(these, BREAKS, "longest_idle");
    free(these);
    free(head);
    return result;
}

#define CURVE                                                                                      \
    "\"tenure\": [ { \"after\": \"1 w\", \"time_factor\": 2 }, { \"after\": \"20 w\" } ], " \
    "\"roster\":"

Test(roster, of_whom_nobody_is_new_is_as_ever)
{
    struct tsim_result *as_ever = run_new("\"roster\":", "\"name\": \"Ann\"");
    struct tsim_result *over =
        run_new(CURVE, "\"name\": \"Ann\", \"started\": \"2023-08-13\"");
    struct tsim_result *first =
        run_new("\"roster\":", "\"name\": \"Ann\", \"started\": \"2024-01-01\"");
    expect_same(as_ever, over, "the curve is over");
    expect_same(as_ever, first, "it begins on the first day");
    tsim_result_free(first);
    tsim_result_free(over);
    tsim_result_free(as_ever);
}

Test(roster, who_has_not_started_is_not_there)
{
    struct tsim_result *result =
        run_new(CURVE, "\"name\": \"Ann\", \"started\": \"2024-01-02\"");
    const size_t agents = tsim_result_measure(result, TSIM_SCOPE_POOL, "agents_mean");
    const size_t absent = tsim_result_measure(result, TSIM_SCOPE_POOL, "absent_share");
    const double there = tsim_result_get(result, TSIM_SCOPE_POOL, 0, agents).value;
    const double share = tsim_result_get(result, TSIM_SCOPE_POOL, 0, absent).value;
    cr_expect(law_same(there / (1 - share), 0.5), "%g of an agent planned", there / (1 - share));
    tsim_result_free(result);
}
