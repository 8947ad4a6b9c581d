/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: queue orders that change while contacts wait, agent selections and rules of who serves whom
 * do what their theory says, and are what simpler ones are where they should be.
 * Method: Kleinrock's formula for ageing priorities, Cobham's for the c-mu rule, that of
 * preemptive resume on M/M/1, the law of trunk reservation, each within 4.9 standard errors (11
 * values, false alarm of all below 2e-5). Limits to the last bit, by the digest of results: ageing
 * without weight is strict priority, equal weights are first come, first served, power 1 is c_mu,
 * c_mu is the best of all strict priorities, a rule that always holds is none, pools that are
 * equal in what a selection looks at go by idle time, and those that are not in their order;
 * orders and rules are the user's own policies of docs/examples that say the same. */
#include "support/law.h"

#include <math.h>

#include "support/policies.h"

enum { SCENARIOS = 90 };

/* Every `find` in a text replaced. Caller frees. */
static char *with_all(const char *text, const char *find, const char *put)
{
    char *to = strdup(text);
    for (char *at = to; to && (at = strstr(at, find));) {
        const size_t before = (size_t)(at - to);
        char        *next = malloc(strlen(to) + strlen(put) + 1);
        cr_assert(next);
        snprintf(next, strlen(to) + strlen(put) + 1, "%.*s%s%s", (int)before, to, put,
                 at + strlen(find));
        free(to);
        to = next;
        at = to + before + strlen(put);
    }
    cr_assert(to);
    return to;
}

static void digest_of(const char *text, char digest[17])
{
    struct tsim_problems         *problems = tsim_problems_new();
    struct tsim_scenario         *scenario = policy_load(text, problems);
    const struct tsim_run_options options = { .replications = 2, .threads = 1 };
    struct tsim_result *result = scenario ? tsim_run(scenario, &options, problems) : NULL;
    if (!result)
        tsim_problems_print(problems, stderr, 0);
    cr_assert(result, "%s", text);
    snprintf(digest, 17, "%s", tsim_result_digest(result));
    tsim_result_free(result);
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
}

/* Whether two texts give the same results. */
static bool same(const char *a, const char *b)
{
    char one[17], other[17];
    digest_of(a, one);
    digest_of(b, other);
    return strcmp(one, other) == 0;
}

static struct tsim_result *result_of(const char *text)
{
    struct law                law = law_load(text);
    struct tsim_run_options   options = { .threads = 1 };
    struct tsim_result *const result = law_run(&law, &options);
    tsim_scenario_free(law.scenario);
    tsim_problems_free(law.problems);
    return result;
}

static struct tsim_estimate wait_of(const struct tsim_result *result, size_t issue)
{
    return tsim_result_get(result, TSIM_SCOPE_TIER_ISSUE, issue,
                           tsim_result_measure(result, TSIM_SCOPE_TIER_ISSUE, "wait_all_mean"));
}

static void near(const struct tsim_result *result, size_t issue, double exact, const char *what)
{
    const struct tsim_estimate found = wait_of(result, issue);
    cr_assert_lt(found.std_error, 0.03 * exact);
    cr_assert_lt(fabs(found.value - exact), 4.9 * found.std_error,
                 "%s, class %zu: %.4f s instead of %.4f s, std error %.4f", what, issue,
                 found.value, exact, found.std_error);
}

/* ---- one agent, three classes */

#define M_M_1(a_, b_, c_, order_)                                                                  \
    "{ \"name\": \"one\", \"run\": { \"kind\": \"steady_state\", \"warm_up\": \"10 h\",\n"         \
    "    \"length\": \"600 h\", \"cycle\": \"1 h\", \"replications\": 40 },\n"                     \
    "  \"severities\": [ { \"name\": \"x\"" a_ " }, { \"name\": \"y\"" b_ " }, { \"name\": \"z\""  \
    c_ " } ],\n"                                                                                   \
    "  \"issue_types\": [ { \"name\": \"a\" }, { \"name\": \"b\" }, { \"name\": \"c\" } ],\n"      \
    "  \"streams\": [ { \"name\": \"a\", \"issues\": \"a\", \"severities\": \"x\", \"arrivals\": " \
    "{ \"kind\": \"poisson\", \"rate\": \"12 /h\" } },\n"                                          \
    "    { \"name\": \"b\", \"issues\": \"b\", \"severities\": \"y\", \"arrivals\": "              \
    "{ \"kind\": \"poisson\", \"rate\": \"6 /h\" } },\n"                                           \
    "    { \"name\": \"c\", \"issues\": \"c\", \"severities\": \"z\", \"arrivals\": "              \
    "{ \"kind\": \"poisson\", \"rate\": \"12 /h\" } } ],\n"                                        \
    "  \"tiers\": [ { \"name\": \"L1\", \"queue\": { \"order\": " order_ " },\n"                   \
    "    \"handling\": { \"kind\": \"exponential\", \"mean\": \"1 min\" }, \"by_issue\": [\n"      \
    "      { \"issue\": \"a\", \"handling\": { \"kind\": \"exponential\", \"mean\": \"1 min\" } "  \
    "},\n"                                                                                         \
    "      { \"issue\": \"b\", \"handling\": { \"kind\": \"exponential\", \"mean\": \"3 min\" } "  \
    "} ],\n"                                                                                       \
    "    \"pools\": [ { \"name\": \"p\", \"agents\": 1 } ] } ] }"

enum { CLASSES = 3 };

static const double per_s[CLASSES] = { 12.0 / 3600, 6.0 / 3600, 12.0 / 3600 };
static const double work_s[CLASSES] = { 60, 180, 60 };

/* Work in hand that a newcomer finds, and the share of time that the agent is busy. */
static double work_found(double *busy)
{
    double found_s = *busy = 0;
    for (int i = 0; i < CLASSES; i++) {
        found_s += per_s[i] * work_s[i] * work_s[i]; /* lambda E[S^2] / 2 */
        *busy += per_s[i] * work_s[i];
    }
    return found_s;
}

/* Kleinrock (1964): slopes b of ageing priority, classes in rising order of them. */
Test(routing, ageing_is_as_kleinrock_says)
{
    static const char text[] =
        M_M_1("", "", "", "{ \"kind\": \"ageing\", \"weights\": [ { \"issue\": \"b\", \"weight\": "
                          "2 }, { \"issue\": \"c\", \"weight\": 5 } ] }");
    static const double b[CLASSES] = { 1, 2, 5 };
    double              busy, wait[CLASSES];
    const double        found_s = work_found(&busy), first_come = found_s / (1 - busy);
    for (int p = 0; p < CLASSES; p++) {
        double above = first_come, below = 1;
        for (int i = 0; i < p; i++)
            above -= per_s[i] * work_s[i] * wait[i] * (1 - b[i] / b[p]);
        for (int i = p + 1; i < CLASSES; i++)
            below -= per_s[i] * work_s[i] * (1 - b[p] / b[i]);
        wait[p] = above / below;
    }
    struct tsim_result *result = result_of(text);
    for (size_t p = 0; p < CLASSES; p++)
        near(result, p, wait[p], "ageing");
    tsim_result_free(result);
}

/* Cobham (1954): mean waits where the classes of `order` go one before the other. */
static void cobham(const int order[CLASSES], double wait[CLASSES])
{
    double busy, before = 0;
    const double found = work_found(&busy);
    for (int i = 0; i < CLASSES; i++) {
        const int    class = order[i];
        const double with = before + per_s[class] * work_s[class];
        wait[class] = found / ((1 - before) * (1 - with));
        before = with;
    }
}

/* Costs 2, 9, 1 an hour: c-mu is 2, 3, 1 a minute, so the order is b, a, c. */
Test(routing, c_mu_costs_least_of_all_priorities)
{
    static const int    orders[6][CLASSES] = { { 1, 0, 2 }, { 0, 1, 2 }, { 0, 2, 1 },
                                               { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };
    static const double cost[CLASSES] = { 2, 9, 1 };
    static const char   text[] =
        M_M_1("", "", "", "{ \"kind\": \"c_mu\", \"costs\": [ { \"issue\": \"a\", \"cost\": 2 }, "
                          "{ \"issue\": \"b\", \"cost\": 9 } ] }");
    static const char priority[] = M_M_1(", \"priority\": 2", ", \"priority\": 3",
                                         ", \"priority\": 1", "\"priority\"");
    double least = 0;
    for (int i = 0; i < 6; i++) {
        double wait[CLASSES], sum = 0;
        cobham(orders[i], wait);
        for (int k = 0; k < CLASSES; k++)
            sum += cost[k] * per_s[k] * wait[k];
        cr_assert(i == 0 || sum > least, "c-mu is not the order of theory");
        least = i == 0 ? sum : least;
    }
    double wait[CLASSES];
    cobham(orders[0], wait);
    struct tsim_result *result = result_of(text);
    for (size_t k = 0; k < CLASSES; k++)
        near(result, k, wait[k], "c-mu");
    tsim_result_free(result);
    cr_assert(same(text, priority), "c-mu is the best of all strict priorities");
}

/* Preemptive resume: a class sees nothing of those below it. */
Test(routing, preemption_is_as_in_theory)
{
    static const int  order[CLASSES] = { 1, 0, 2 };
    static const char text[] = M_M_1(", \"priority\": 2", ", \"priority\": 3",
                                     ", \"priority\": 1", "\"priority\", \"preempts\": true");
    struct tsim_result *result = result_of(text);
    const size_t        measure =
        tsim_result_measure(result, TSIM_SCOPE_ISSUE, "resolution_mean");
    double before = 0, found = 0;
    for (int i = 0; i < CLASSES; i++) {
        const int    class = order[i];
        const double with = before + per_s[class] * work_s[class];
        found += per_s[class] * work_s[class] * work_s[class];
        const double exact = work_s[class] / (1 - before) + found / ((1 - before) * (1 - with));
        const struct tsim_estimate is =
            tsim_result_get(result, TSIM_SCOPE_ISSUE, (size_t)class, measure);
        cr_assert_lt(is.std_error, 0.03 * exact);
        cr_assert_lt(fabs(is.value - exact), 4.9 * is.std_error,
                     "class %d: %.4f s instead of %.4f s, std error %.4f", class, is.value, exact,
                     is.std_error);
        before = with;
    }
    tsim_result_free(result);
}

/* ---- limits */

#define SAME_IN_RANDOM(find_, with_, find_other_, with_other_)                                     \
    for (uint32_t number = 0; number < SCENARIOS; number++) {                                      \
        char *text = random_scenario(number, &(struct scenario_style){ .rich = number & 1,         \
                                                                       .small = true });           \
        char *one = with_all(text, find_, with_), *other = with_all(text, find_other_,             \
                                                                    with_other_);                  \
        cr_assert(same(one, other), "scenario %u: %s is not %s", number, with_, with_other_);      \
        free(one);                                                                                 \
        free(other);                                                                               \
        free(text);                                                                                \
    }

#define ORDER_FIFO     "\"order\": \"fifo\""
#define ORDER_PRIORITY "\"order\": \"priority\""

Test(routing, ageing_without_weight_is_strict_priority)
{
    SAME_IN_RANDOM(ORDER_PRIORITY, "\"order\": { \"kind\": \"ageing\", \"weight\": 0 }",
                   ORDER_PRIORITY, ORDER_PRIORITY)
}

Test(routing, equal_weights_are_first_come_first_served)
{
    SAME_IN_RANDOM(ORDER_FIFO, "\"order\": \"longest_weighted_wait\"", ORDER_FIFO, ORDER_FIFO)
    SAME_IN_RANDOM(ORDER_FIFO, "\"order\": \"preference\"", ORDER_FIFO, ORDER_FIFO)
}

/* One priority has nobody to interrupt. */
Test(routing, preemption_among_equals_is_none)
{
    static const char equal[] = M_M_1("", "", "", "\"priority\"");
    static const char preempts[] = M_M_1("", "", "", "\"priority\", \"preempts\": true");
    cr_assert(same(equal, preempts));
}

Test(routing, power_one_is_c_mu)
{
    SAME_IN_RANDOM(ORDER_FIFO, "\"order\": { \"kind\": \"generalised_c_mu\", \"power\": 1 }",
                   ORDER_FIFO, "\"order\": \"c_mu\"")
}

/* ---- skills, pools and rules */

#define DESK(order_, selection_, rules_, more_)                                                    \
    ("{ \"name\": \"w\", \"run\": { \"length\": \"40 h\", \"at_end\": \"cut\" },\n"                \
    "  \"sla\": [ { \"name\": \"s\", \"clock\": \"resolution\", \"target\": \"20 min\" } ],\n"     \
    "  \"issue_types\": [ { \"name\": \"a\", \"skill\": \"a\" }, { \"name\": \"b\", \"skill\": "   \
    "\"b\" } ],\n"                                                                                 \
    "  \"streams\": [ { \"name\": \"s\", \"issues\": { \"a\": 0.5, \"b\": 0.5 }, \"arrivals\": "   \
    "{ \"kind\": \"poisson\", \"rate\": \"60 /h\" } } ],\n"                                        \
    "  \"tiers\": [ { \"name\": \"L1\", \"queue\": { \"order\": " order_ " }, \"selection\": "     \
    selection_ ",\n    \"handling\": { \"kind\": \"exponential\", \"mean\": \"5 min\" },\n"        \
    "    \"by_issue\": [ { \"issue\": \"b\", \"handling\": { \"kind\": \"exponential\", "          \
    "\"mean\": \"7 min\" } } ],\n"                                                              \
    "    \"pools\": [ { \"name\": \"p\", \"agents\": 3" more_ ", \"skills\": [ { \"skill\": "      \
    "\"a\", \"preference\": 3" rules_ " }, { \"skill\": \"b\", \"time_factor\": 1.3, "            \
    "\"preference\": 3 } ] },\n"                                                                  \
    "      { \"name\": \"q\", \"agents\": 3, \"skills\": [ { \"skill\": \"b\", \"preference\": 2, "\
    "\"time_factor\": 1.2 } ] },\n"                                                                \
    "      { \"name\": \"r\", \"agents\": 2, \"wage\": 9, \"skills\": [ { \"skill\": \"a\", "      \
    "\"time_factor\": 0.5, \"preference\": 1 }, { \"skill\": \"b\", \"time_factor\": 0.9, "        \
    "\"preference\": 1 }, { \"skill\": \"c\" } ] } ] } ] }")

#define RULE(rules_) DESK("\"fifo\"", "\"longest_idle\"", rules_, "")

Test(routing, a_rule_that_always_holds_is_none)
{
    static const char *const always[] = {
        RULE(", \"only_if\": [ { \"idle\": \"q\", \"at_least\": 0 } ]"),
        RULE(", \"only_if\": [ { \"waiting\": \"b\", \"at_most\": 100000 } ]"),
        RULE(", \"only_if\": [ { \"expected_wait\": \"a\", \"at_least\": 0 } ]"),
        RULE(", \"only_if\": [ { \"idle\": \"p\", \"at_least\": 1 } ]"),
        RULE(", \"after\": 0, \"reserve\": 0"),
    };
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        cr_assert(same(RULE(""), always[i]), "rule %zu", i);
    static const char *const sometimes[] = {
        RULE(", \"only_if\": [ { \"idle\": \"q\", \"at_least\": 1 } ]"),
        RULE(", \"only_if\": [ { \"waiting\": \"a\", \"at_least\": 2 } ]"),
        RULE(", \"only_if\": [ { \"expected_wait\": \"a\", \"at_least\": \"2 min\" } ]"),
        RULE(", \"after\": \"40 s\""),
        RULE(", \"reserve\": 1"),
    };
    for (size_t i = 0; i < sizeof sometimes / sizeof *sometimes; i++)
        cr_assert_not(same(RULE(""), sometimes[i]), "rule %zu does nothing", i);
}

#define SELECT(selection_) DESK("\"fifo\"", "\"" selection_ "\"", "", "")

/* Pools in the order r, q, p are of rising preference number and time for both skills, r is the
 * only one with a wage and has the most skills, q the fewest. */
Test(routing, selections_order_pools_by_what_they_look_at)
{
    static const char *const listed[] = { SELECT("preference"), SELECT("fastest"),
                                          SELECT("p_mu") };
    for (size_t i = 0; i < sizeof listed / sizeof *listed; i++)
        cr_assert(same(SELECT("listed"), listed[i]), "selection %zu", i);
    static const char *const others[] = { SELECT("least_skilled"), SELECT("most_skilled"),
                                          SELECT("cheapest"), SELECT("least_occupied"),
                                          SELECT("longest_idle") };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        cr_assert_not(same(SELECT("listed"), others[i]), "selection %zu", i);
}

#define OVERFLOW(skills_)                                                                          \
    "{ \"name\": \"o\", \"run\": { \"length\": \"100 h\", \"at_end\": \"cut\" },\n"                \
    "  \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", \"rate\": "        \
    "\"70 /h\" } } ],\n"                                                                           \
    "  \"channels\": [ { \"name\": \"c\", \"patience\": { \"kind\": \"exponential\", \"mean\": "   \
    "\"3 min\" } } ],\n"                                                                           \
    "  \"tiers\": [ { \"name\": \"L1\", \"handling\": { \"kind\": \"exponential\", \"mean\": "     \
    "\"6 min\" }, \"selection\": \"listed\",\n    \"pools\": [ { \"name\": \"p\", "        \
    "\"agents\": 4 }, { \"name\": \"q\", \"agents\": 3" skills_ " } ] } ] }"

#define WAITS(for_) DESK("\"fifo\", \"waits_for\": \"" for_ "\"", "\"listed\"", "", "")

/* Four ways to wait give four results; with one pool for each skill there is one. */
Test(routing, contacts_wait_for_a_pool)
{
    static const char *const ways[] = { WAITS("anybody"), WAITS("last_pool"),
                                        WAITS("shortest_queue"), WAITS("shortest_wait") };
    for (size_t i = 0; i < 4; i++)
        for (size_t k = 0; k < i; k++)
            cr_assert_not(same(ways[i], ways[k]), "%zu, %zu", i, k);
    char *one = with_all(OVERFLOW(""), "{ \"name\": \"q\", \"agents\": 3 }",
                         "{ \"name\": \"q\", \"agents\": 3, \"skills\": [ { \"skill\": \"none\" } "
                         "] }");
    char *last = with_all(one, "\"pools\"",
                          "\"queue\": { \"waits_for\": \"last_pool\" }, \"pools\"");
    cr_assert(same(one, last));
    free(one);
    free(last);
}

/* Equal pools: whoever has been idle longest. */
Test(routing, equal_pools_go_by_idle_time)
{
    static const char *const kinds[] = { "least_skilled", "most_skilled", "fastest", "cheapest",
                                         "preference", "p_mu" };
    static const char equal[] =
        "{ \"name\": \"e\", \"run\": { \"length\": \"40 h\" },\n"
        "  \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", \"rate\": "
        "\"50 /h\" } } ],\n"
        "  \"tiers\": [ { \"name\": \"L1\", \"handling\": { \"kind\": \"exponential\", \"mean\": "
        "\"6 min\" },\n    \"selection\": \"longest_idle\",\n    \"pools\": [ { \"name\": \"p\", "
        "\"agents\": 3 }, { \"name\": \"q\", \"agents\": 4 } ] } ] }";
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char *text = law_edited(equal, "longest_idle", kinds[i]);
        cr_assert(same(equal, text), "%s", kinds[i]);
        free(text);
    }
}

/* ---- as the examples of users' own policies */

Test(routing, least_slack_is_the_example)
{
    static const char *const fifo = DESK("\"fifo\"", "\"longest_idle\"", "", "");
    char             *policy = policy_text(fifo, "example_least_slack.so", "");
    cr_assert(same(policy, DESK("\"least_slack\"", "\"longest_idle\"", "", "")));
    cr_assert_not(same(fifo, DESK("\"least_slack\"", "\"longest_idle\"", "", "")));
    free(policy);
}

struct few {
    double wait, abandoned, busy;
};

static struct few numbers_of(const char *text)
{
    struct tsim_problems         *problems = tsim_problems_new();
    struct tsim_scenario         *scenario = policy_load(text, problems);
    const struct tsim_run_options options = { .replications = 3, .threads = 1 };
    struct tsim_result *result = scenario ? tsim_run(scenario, &options, problems) : NULL;
    cr_assert(result);
    const struct few numbers = {
        tsim_result_get(result, TSIM_SCOPE_TIER, 0,
                        tsim_result_measure(result, TSIM_SCOPE_TIER, "wait_all_mean")).value,
        tsim_result_get(result, TSIM_SCOPE_TIER, 0,
                        tsim_result_measure(result, TSIM_SCOPE_TIER, "abandoned_share")).value,
        tsim_result_get(result, TSIM_SCOPE_POOL, 1,
                        tsim_result_measure(result, TSIM_SCOPE_POOL, "occupancy")).value,
    };
    tsim_result_free(result);
    tsim_scenario_free(scenario);
    tsim_problems_free(problems);
    return numbers;
}

/* Its events differ (one wakes the desk, the other each contact), what happens does not. */
Test(routing, overflow_after_a_delay_is_the_example)
{
    char *policy = policy_text(OVERFLOW(""), "example_overflow.so", "");
    const struct few policy_found = numbers_of(policy);
    const struct few found =
        numbers_of(OVERFLOW(", \"skills\": [ { \"skill\": \"general\", \"after\": \"60 s\" } ]"));
    cr_assert(memcmp(&policy_found, &found, sizeof found) == 0, "%.17g %.17g, %.17g %.17g",
              policy_found.wait, policy_found.busy, found.wait, found.busy);
    const struct few never = numbers_of(OVERFLOW(""));
    cr_assert_gt(found.wait, never.wait);
    free(policy);
}

/* ---- trunk reservation */

#define LOSS(reserve_)                                                                             \
    "{ \"name\": \"loss\", \"run\": { \"kind\": \"steady_state\", \"warm_up\": \"3 h\",\n"         \
    "    \"length\": \"500 h\", \"cycle\": \"1 h\", \"replications\": 30 },\n"                     \
    "  \"issue_types\": [ { \"name\": \"fire\", \"skill\": \"fire\" }, { \"name\": \"rest\", "     \
    "\"skill\": \"rest\" } ],\n"                                                                   \
    "  \"streams\": [ { \"name\": \"u\", \"issues\": \"fire\", \"arrivals\": { \"kind\": "         \
    "\"poisson\", \"rate\": \"24 /h\" } },\n"                                                      \
    "    { \"name\": \"n\", \"issues\": \"rest\", \"arrivals\": { \"kind\": \"poisson\", "         \
    "\"rate\": \"48 /h\" } } ],\n"                                                                 \
    "  \"tiers\": [ { \"name\": \"line\", \"handling\": { \"kind\": \"exponential\", \"mean\": "   \
    "\"5 min\" }, \"queue\": { \"capacity\": 0 },\n    \"pools\": [ { \"name\": \"p\", "           \
    "\"agents\": 8, \"skills\": [ { \"skill\": \"fire\" }, { \"skill\": \"rest\", \"reserve\": "   \
    reserve_ " } ] } ] } ] }"

/* Blocking of urgent and of other contacts with 2 of 8 agents reserved; loads 2 and 4. */
Test(routing, a_reserve_blocks_as_trunk_reservation_does)
{
    double weight[9] = { 1 }, sum = 1, blocked[2] = { 0, 0 };
    for (uint32_t n = 1; n <= 8; n++) {
        weight[n] = weight[n - 1] * (2 + (8 - (n - 1) > 2 ? 4 : 0)) / n;
        sum += weight[n];
    }
    for (uint32_t n = 6; n <= 8; n++)
        blocked[1] += weight[n] / sum;
    blocked[0] = weight[8] / sum;
    struct tsim_result *result = result_of(LOSS("2"));
    const size_t        measure =
        tsim_result_measure(result, TSIM_SCOPE_TIER_ISSUE, "blocked_share");
    for (size_t i = 0; i < 2; i++) {
        const struct tsim_estimate found =
            tsim_result_get(result, TSIM_SCOPE_TIER_ISSUE, i, measure);
        cr_assert_lt(found.std_error, 0.05 * blocked[i]);
        cr_assert_lt(fabs(found.value - blocked[i]), 4.9 * found.std_error, "%.5f, not %.5f",
                     found.value, blocked[i]);
    }
    tsim_result_free(result);
}
