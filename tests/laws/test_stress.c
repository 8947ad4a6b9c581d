/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: a stress test breaks promises where the formula breaks them, and heals with as few agents
 * as the formula asks for.
 * Method: M/M/c desks of three sizes, of which Erlang C says the service level at every rise of
 * demand and with every number of agents. Verdicts must be the formula's, the rise at which the
 * promise breaks within 1.5 points of its root, and the added agents its least number, except where
 * the formula is within 1 point of the target (a standard error is about 0.2 points: a false alarm
 * has less than one chance in a million each). Two tiers: absence in the second is healed there,
 * by the number that is absent. Agents who are written anew are those that were there: the same
 * digest. What heals is simulated again by itself. The same for any number of threads. What cannot
 * be is told. Two are exchanged for one elsewhere where that is less: lines that grow without bound
 * or not at all, by the work that agents of two paces do, so that the least staffing is a sum. */
#include <math.h>

#include "base/assert.h"
#include "experiment/stress.h"
#include "support/law.h"
#include "theory/erlang.h"

struct desk {
    double   per_min, target;
    uint32_t agents;
};

enum { RISES = 5 }; /* of demand: 4, 8, 12, 20 and 30 % */

static double level(double per_min, uint32_t agents)
{
    const struct erlang_system system = { .arrival_rate = per_min, .service_rate = 1,
                                          .agents = agents };
    struct erlang_measures     measures;
    if (per_min >= agents || !erlang_solve(&system, &measures))
        return 0;
    return 1 - measures.wait_share * exp(-(agents - per_min) / 3);
}

static struct tsim_stress *stress_of(const struct tsim_study *study,
                                     const struct tsim_run_options *options)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_stress   *stress = tsim_stress_test(study, options, problems);
    if (!stress)
        tsim_problems_print(problems, stderr, 0);
    cr_assert(stress);
    tsim_problems_free(problems);
    return stress;
}

static struct tsim_study *study_of(const struct desk *desk)
{
    char text[2000];
    snprintf(text, sizeof text,
             "{ \"study\": \"stress\", \"scenario\": { \"name\": \"desk\",\n"
             "  \"run\": { \"kind\": \"steady_state\", \"warm_up\": \"1 h\",\n"
             "    \"length\": \"10 h\", \"replications\": 40 },\n"
             "  \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\",\n"
             "    \"rate\": \"%g /min\" } } ],\n"
             "  \"tiers\": [ { \"name\": \"L1\", \"answer_within\": \"20 s\",\n"
             "    \"handling\": { \"kind\": \"exponential\", \"mean\": \"1 min\" },\n"
             "    \"pools\": [ { \"name\": \"p\", \"agents\": %u, \"wage\": 20 } ] } ],\n"
             "  \"promises\": [ { \"measure\": \"service_level\", \"tier\": \"L1\",\n"
             "    \"at_least\": %g } ] },\n"
             "  \"stress\": { \"demand\": [0.04, 0.08, 0.12, 0.2, 0.3] } }",
             desk->per_min, desk->agents, desk->target);
    return law_study(text);
}

/* Whether the formula is too near to the target to be asked. */
static bool is_near(double exact, double target)
{
    return fabs(exact - target) < 0.01;
}

/* The least number of added agents by the formula, UINT32_MAX when that is a close call. */
static uint32_t least_added(double per_min, uint32_t agents, double target)
{
    uint32_t more = 0;
    while (level(per_min, agents + more) < target)
        more++;
    if (is_near(level(per_min, agents + more), target) ||
        (more > 0 && is_near(level(per_min, agents + more - 1), target)))
        return UINT32_MAX;
    return more;
}

static double root_of(const struct desk *desk)
{
    double low = 0, high = 0.3;
    for (int i = 0; i < 60; i++) {
        const double middle = (low + high) / 2;
        if (level(desk->per_min * (1 + middle), desk->agents) >= desk->target)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static unsigned check(const struct desk *desk)
{
    struct tsim_study          *study = study_of(desk);
    struct tsim_stress         *stress = stress_of(study, NULL);
    size_t                      n;
    const struct tsim_stressed *list = tsim_stress_list(stress, &n);
    unsigned                    asked = 0;
    cr_assert_eq(n, 1 + RISES + 2, "as it is, five rises, an hour without, absence");
    for (size_t i = 0; i <= RISES + 2; i++) {
        const uint32_t absent = i == RISES + 2 ? 2 : 0;
        const double   per_min = desk->per_min * (1 + list[i].demand);
        const double   exact = level(per_min, desk->agents - absent);
        const struct tsim_promise *promise = tsim_stress_promise(stress, i, 0);
        if (i == RISES + 1 || is_near(exact, desk->target))
            continue;
        asked++;
        cr_expect_eq(promise->verdict, exact >= desk->target ? TSIM_KEPT : TSIM_BROKEN,
                     "%s: %g found, %g exact", list[i].name, promise->estimate.value, exact);
        const uint32_t more = least_added(per_min, desk->agents - absent, desk->target);
        if (more == UINT32_MAX)
            continue;
        asked++;
        cr_expect_eq(list[i].added, more, "%s: %u added, %u exact", list[i].name, list[i].added,
                     more);
        cr_expect_eq(list[i].healing, more > 0 ? TSIM_HEAL_FOUND : TSIM_HEAL_NOT_NEEDED);
    }
    cr_expect_eq(tsim_stress_info(stress)->first, 0);
    cr_expect_float_eq(tsim_stress_breaks_at(stress, 0), root_of(desk), 0.015);
    tsim_stress_free(stress);
    tsim_study_free(study);
    return asked;
}

Test(stress, breaks_and_heals_as_erlang_c_says)
{
    unsigned asked = check(&(struct desk){ 10, 0.8, 14 });
    asked += check(&(struct desk){ 4, 0.8, 7 });
    asked += check(&(struct desk){ 30, 0.85, 36 });
    cr_expect(asked >= 30, "%u asked", asked);
}

static const char two[] =
    "{ \"study\": \"two\", \"scenario\": { \"name\": \"desk\",\n"
    "  \"run\": { \"length\": \"10 h\", \"replications\": 40 },\n"
    "  \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\",\n"
    "    \"rate\": \"4 /min\" } } ],\n"
    "  \"tiers\": [ { \"name\": \"L1\", \"answer_within\": \"20 s\", \"resolves\": \"50 %\",\n"
    "    \"handling\": { \"kind\": \"exponential\", \"mean\": \"1 min\" },\n"
    "    \"pools\": [ { \"name\": \"front\", \"agents\": 9 } ] },\n"
    "   { \"name\": \"L2\", \"answer_within\": \"1 min\",\n"
    "    \"handling\": { \"kind\": \"exponential\", \"mean\": \"4 min\" },\n"
    "    \"pools\": [ { \"name\": \"back\", \"agents\": 12 } ] } ],\n"
    "  \"promises\": [ { \"measure\": \"service_level\", \"tier\": \"L1\", \"at_least\": 0.8 },\n"
    "    { \"measure\": \"service_level\", \"tier\": \"L2\", \"at_least\": 0.9 } ] },\n"
    "  \"variants\": [ { \"name\": \"flu\", \"set\": \"tiers[1].pools[0].agents += -3\" } ],\n"
    "  \"stress\": {} }";

static const struct tsim_stressed *named(const struct tsim_stress *stress, const char *name)
{
    size_t                      n;
    const struct tsim_stressed *list = tsim_stress_list(stress, &n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i].name, name) == 0)
            return &list[i];
    cr_assert(false, "%s", name);
    return NULL;
}

Test(stress, heals_where_it_hurts_and_the_same_for_any_threads)
{
    struct tsim_study  *study = law_study(two);
    struct tsim_stress *one = stress_of(study, &(struct tsim_run_options){ .threads = 1 });
    struct tsim_stress *three = stress_of(study, &(struct tsim_run_options){ .threads = 3 });
    size_t              n;
    tsim_stress_list(one, &n);
    cr_assert_eq(n, 8);
    cr_expect_str_eq(named(one, "two absent in L2")->heal, "2 more in back (L2)");
    cr_expect_str_eq(named(one, "flu")->heal, "3 more in back (L2)");
    cr_expect_eq(named(one, "as it is")->healing, TSIM_HEAL_NOT_NEEDED);
    for (size_t i = 0; i < n; i++)
        cr_expect_str_eq(tsim_stress_list(one, &n)[i].heal, tsim_stress_list(three, &n)[i].heal);
    cr_expect_eq(tsim_stress_info(one)->tried, tsim_stress_info(three)->tried);
    cr_expect_str_eq(tsim_comparison_digest(tsim_stress_comparison(one)),
                     tsim_comparison_digest(tsim_stress_comparison(three)));
    tsim_stress_free(one);
    tsim_stress_free(three);
    tsim_study_free(study);
}

/* Few replications, so that some verdicts are too close: what is not kept for sure is healed, and
 * what heals keeps every promise for sure when it is simulated by itself. Of two promises the first
 * to break is the one that breaks at the smaller rise. */
Test(stress, what_heals_is_sure_and_what_breaks_first_is_the_first)
{
    char                  *few = law_edited(two, "\"replications\": 40", "\"replications\": 6");
    char                  *text = law_edited(few, "\"agents\": 9", "\"agents\": 7");
    struct tsim_study     *study = law_study(text);
    struct tsim_problems  *problems = tsim_problems_new();
    struct tsim_stress    *stress = stress_of(study, NULL);
    const struct tsim_stress_info *info = tsim_stress_info(stress);
    size_t                 n, close = 0, found = 0;
    const struct tsim_stressed *list = tsim_stress_list(stress, &n);
    for (size_t i = 0; i < n; i++) {
        const struct tsim_run_options options = { .replications = 6 };
        close += list[i].broken == 0 && list[i].kept < info->promises;
        cr_expect_eq(list[i].healing == TSIM_HEAL_NOT_NEEDED, list[i].kept == info->promises);
        if (list[i].healing != TSIM_HEAL_FOUND)
            continue;
        found++;
        struct tsim_scenario *healed = tsim_scenario_vary(study->scenarios[list[i].point],
                                                          list[i].heal_settings, problems);
        cr_assert(healed);
        struct tsim_result        *result = tsim_run(healed, &options, problems);
        size_t                     count;
        const struct tsim_promise *promises = tsim_result_promises(result, &count);
        for (size_t k = 0; k < count; k++)
            cr_expect_eq(promises[k].verdict, TSIM_KEPT, "%s, %s", list[i].name,
                         promises[k].text);
        tsim_result_free(result);
        tsim_scenario_free(healed);
    }
    cr_expect(close > 0 && found > 2, "%zu close, %zu found", close, found);
    const double front = tsim_stress_breaks_at(stress, 0), back = tsim_stress_breaks_at(stress, 1);
    cr_assert(front >= 0 && back >= 0 && (front < back || front > back), "%g %g", front, back);
    cr_expect_eq(info->first, front < back ? 0 : 1);
    tsim_stress_free(stress);
    tsim_problems_free(problems);
    tsim_study_free(study);
    free(text);
    free(few);
}

static void digest_of(const struct tsim_scenario *scenario, char to[17])
{
    struct tsim_problems         *problems = tsim_problems_new();
    const struct tsim_run_options options = { .replications = 5 };
    struct tsim_result           *result = tsim_run(scenario, &options, problems);
    cr_assert(result);
    memcpy(to, tsim_result_digest(result), 17);
    tsim_result_free(result);
    tsim_problems_free(problems);
}

Test(stress, agents_written_anew_are_those_that_were_there)
{
    static const char *const files[] = { "shifts", "it-service-desk", "bank-day" };
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        char                  path[500], before[17], after[17];
        struct tsim_problems *problems = tsim_problems_new();
        struct arena          arena;
        arena_open(&arena);
        snprintf(path, sizeof path, "%s/scenarios/%s.json", TSIM_SOURCE_DIR, files[i]);
        struct tsim_scenario *scenario = tsim_scenario_load(path, problems);
        cr_assert(scenario);
        const char *agents = stress_agents(&arena, scenario->plan, 0, 0, 0, 0);
        cr_assert(agents);
        const char *settings = arena_print(&arena, "tiers[0].pools[0].agents = %s", agents);
        struct tsim_scenario *anew = tsim_scenario_vary(scenario, settings, problems);
        cr_assert(anew, "%s", settings);
        digest_of(scenario, before);
        digest_of(anew, after);
        cr_expect_str_eq(before, after, "%s with %s", files[i], settings);
        tsim_scenario_free(scenario);
        tsim_scenario_free(anew);
        tsim_problems_free(problems);
        arena_close(&arena);
    }
}

/* A tier of agents of two paces, and one by name, who does next to nothing and is never added. Who
 * must not wait half an hour never does, or always after a hundred hours: by whether the agents'
 * work, of 1 and 0.67 a minute, is more than what comes. */
#define PACES(entry)                                                                    \
    "\"answer_within\": \"30 min\","                                                    \
    "\"handling\": { \"kind\": \"exponential\", \"mean\": \"1 min\" },"                 \
    "\"pools\": [ { \"name\": \"idle\", \"roster\": [ { \"name\": \"Ann\","             \
    "\"time_factor\": 1000 } ] },"                                                      \
    "{ \"name\": \"slow\", \"agents\": 1, \"time_factor\": 1.4925 },"                   \
    "{ \"name\": \"fast\", \"agents\": 1 } ] }" entry
#define LONG_RUN                                                                               \
    "\"run\": { \"kind\": \"steady_state\", \"warm_up\": \"100 h\", \"length\": \"5 h\","      \
    "\"replications\": 4 },"
#define POISSON(rate) "\"arrivals\": { \"kind\": \"poisson\", \"rate\": \"" rate " /min\" }"
#define PROMISE(tier, target)                                                                  \
    "{ \"measure\": \"service_level\", \"tier\": \"" tier "\", \"at_least\": " target " }"
#define ONLY_VARIANT                                                                           \
    "\"variants\": [ { \"name\": \"more\", \"set\": \"streams[0].arrivals.rate *= 1.2\" } ],"  \
    "\"stress\": { \"usual\": false } }"

static void expect_heal(const char *text, const char *heal, uint32_t added)
{
    struct tsim_study          *study = law_study(text);
    struct tsim_stress         *stress = stress_of(study, NULL);
    const struct tsim_stressed *more = named(stress, "more");
    cr_expect_eq(more->healing, TSIM_HEAL_FOUND);
    cr_assert(more->heal);
    cr_expect_str_eq(more->heal, heal);
    cr_expect_eq(more->added, added);
    tsim_stress_free(stress);
    tsim_study_free(study);
}

/* 3.84 a minute come, 1.67 are done. Four at once are the first that suffice, of either pace, and
 * the slow are asked first: 4.35. Two of them for one fast is still enough, 4.01; once more is not,
 * 3.67, and nor is one fewer of any. */
Test(stress, two_are_exchanged_for_one)
{
    expect_heal("{ \"study\": \"paces\", \"scenario\": { \"name\": \"desk\"," LONG_RUN
                "\"channels\": [ { \"name\": \"mail\", \"patience\": { \"kind\":"
                "\"exponential\", \"mean\": \"100 h\" } } ],"
                "\"streams\": [ { \"name\": \"s\"," POISSON("3.2") "} ],"
                "\"tiers\": [ { \"name\": \"L1\"," PACES("")
                "], \"promises\": [" PROMISE("L1", "0.8") "] }," ONLY_VARIANT,
                "2 more in slow (L1), 1 more in fast (L1)", 3);
}

/* The same without anybody who gives up: then so few have so much to do that nobody of those who
 * are counted is served before the end. What cannot be seen to be kept is not healed by nothing. */
Test(stress, who_is_never_served_is_not_healed_by_nobody)
{
    expect_heal("{ \"study\": \"paces\", \"scenario\": { \"name\": \"desk\"," LONG_RUN
                "\"streams\": [ { \"name\": \"s\"," POISSON("3.2") "} ],"
                "\"tiers\": [ { \"name\": \"L1\"," PACES("")
                "], \"promises\": [" PROMISE("L1", "0.8") "] }," ONLY_VARIANT,
                "1 more in slow (L1), 2 more in fast (L1)", 3);
}

/* The second tier is helped first, for it falls short by more. Then two in the first tier are
 * enough, of either pace; one fast would have been: 2.52 a minute come, 1.67 and 1 are done. */
Test(stress, the_last_two_are_exchanged_for_one)
{
    expect_heal("{ \"study\": \"paces\", \"scenario\": { \"name\": \"desk\"," LONG_RUN
                "\"streams\": [ { \"name\": \"s\"," POISSON("2.1") "},"
                "{ \"name\": \"t\", \"enters_at\": \"L2\"," POISSON("1.5") "} ],"
                "\"tiers\": [ { \"name\": \"L1\"," PACES(",")
                "{ \"name\": \"L2\", \"answer_within\": \"30 min\", \"handling\":"
                "{ \"kind\": \"exponential\", \"mean\": \"1 min\" },"
                "\"pools\": [ { \"name\": \"back\", \"agents\": 1 } ] } ],"
                "\"promises\": [" PROMISE("L1", "0.5") "," PROMISE("L2", "0.9") "] },"
                ONLY_VARIANT,
                "1 more in fast (L1), 1 more in back (L2)", 2);
}

Test(stress, what_cannot_be_is_told)
{
    static const struct {
        const char *find, *put, *words;
    } edits[] = {
        { "\"stress\": {}", "\"stress\": { \"demand\": [0.2, 0.1] }", "ascending" },
        { "\"stress\": {}", "\"stress\": {}, \"compare\": {}", "more than one method" },
    };
    for (size_t i = 0; i < COUNT_OF(edits); i++) {
        char                 *text = law_edited(two, edits[i].find, edits[i].put);
        struct tsim_problems *problems = tsim_problems_new();
        cr_assert_null(tsim_study_parse(text, strlen(text), "s.json", NULL, problems));
        cr_expect(strstr(tsim_problems_get(problems, 0)->message, edits[i].words), "%s",
                  tsim_problems_get(problems, 0)->message);
        tsim_problems_free(problems);
        free(text);
    }
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *study = law_study(
        "{ \"study\": \"none\", \"scenario\": { \"name\": \"desk\", \"run\": { \"length\": "
        "\"1 h\", \"replications\": 4 }, \"streams\": [ { \"name\": \"s\", \"arrivals\": { "
        "\"kind\": \"poisson\", \"rate\": \"1 /min\" } } ], \"tiers\": [ { \"name\": \"L1\", "
        "\"handling\": \"1 min\", \"pools\": [ { \"name\": \"p\", \"agents\": 3 } ] } ] }, "
        "\"stress\": {} }");
    cr_assert_null(tsim_stress_test(study, NULL, problems));
    cr_expect(strstr(tsim_problems_get(problems, 0)->message, "no promises"));
    tsim_study_free(study);
    tsim_problems_free(problems);
}
