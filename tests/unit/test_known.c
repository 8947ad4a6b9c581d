/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: what is taken for known beforehand has that mean, exactly, under every way of busy days and
 * with busy, impatient, blocked and escalated customers; what is not exactly known is not taken.
 * Method: 4000 replications of small desks; the mean of each distance from the known mean is held
 * against its standard error (5 of them: a false alarm in 10^5 runs of this test). Lists of
 * names. */
#include <math.h>

#include "base/assert.h"
#include "model/known.h"
#include "stats/interval.h"
#include "support/law.h"

/* Two streams of one group of busy days over midnight, rates that change, three classes, balking
 * lines, people who give up, skills, authority and a second tier; %s: keys of the run, more
 * streams, keys of tier 1, more of the scenario. */
static const char frame[] =
    "{ \"name\": \"k\", \"run\": { \"start\": \"Mon 20:00\", \"length\": \"7 h\", "
    "\"control_variates\": \"auto\"%s },\n"
    "  \"issue_types\": [ { \"name\": \"a\" }, { \"name\": \"b\", "
    "\"concession\": { \"kind\": \"exponential\", \"mean\": 40 }, "
    "\"concession_share\": \"50 %%\" } ],\n"
    "  \"channels\": [ { \"name\": \"c\", \"lines\": 9, \"patience\": { \"kind\": \"exponential\", "
    "\"mean\": \"10 min\" } } ],\n"
    "  \"streams\": [ { \"name\": \"s\", \"issues\": { \"a\": 0.7, \"b\": 0.3 },\n"
    "    \"arrivals\": { \"kind\": \"poisson\", \"busyness_cv\": 0.4, \"rate\": [\n"
    "      { \"from\": \"00:00\", \"to\": \"22:00\", \"rate\": \"10 /h\" },\n"
    "      { \"from\": \"22:00\", \"to\": \"24:00\", \"rate\": \"25 /h\" } ] } },\n"
    "    { \"name\": \"t\", \"issues\": \"a\", \"arrivals\": { \"kind\": \"poisson\", "
    "\"busyness_cv\": 0.4, \"rate\": \"4 /h\" } }%s ],\n"
    "  \"tiers\": [ { \"name\": \"L1\", \"handling\": { \"kind\": \"lognormal\", "
    "\"mean\": \"9 min\", \"cv\": 1 }, \"resolves\": \"70 %%\",\n"
    "      \"by_issue\": [ { \"issue\": \"b\", \"handling\": \"20 min\" } ]%s,\n"
    "      \"pools\": [ { \"name\": \"p\", \"agents\": 3, \"authority\": 30 } ] },\n"
    "    { \"name\": \"L2\", \"handling\": { \"kind\": \"exponential\", \"mean\": \"20 min\" },\n"
    "      \"pools\": [ { \"name\": \"q\", \"agents\": 2 } ] } ]%s }";

static struct law load(const char *run, const char *streams, const char *tier, const char *more)
{
    char text[4000];
    snprintf(text, sizeof text, frame, run, streams, tier, more);
    return law_load(text);
}

static void expect_means(const char *run)
{
    enum { N = 4000 };
    struct law         law = load(run, "", "", "");
    const struct plan *plan = law.scenario->plan;
    const struct knowns knowns = knowns_of(plan);
    const struct replication_limits limits = { .events = 1000000 };
    struct moments     moments[KNOWN_MOST] = { { 0 } };
    struct world       world;
    struct tally       tally;
    cr_assert_eq(knowns.n, 8);
    cr_assert(world_open(&world, plan, 10000) && tally_open(&tally, plan));
    for (uint32_t r = 0; r < N; r++) {
        double values[KNOWN_MOST];
        cr_assert_eq(replication_run(&world, &tally, 3, r, &limits, NULL), REPLICATION_DONE);
        knowns_observe(&knowns, plan, &tally, values);
        for (size_t i = 0; i < knowns.n; i++)
            moments_add(&moments[i], values[i]);
    }
    for (size_t i = 0; i < knowns.n; i++) {
        char         name[200];
        const double error = sqrt(moments[i].m2 / (N - 1) / N);
        known_name(&knowns.at[i], plan, name, sizeof name);
        cr_expect(error > 0 && fabs(moments[i].mean) < 5 * error,
                  "%s: %s is %g standard errors from its mean %g", run, name,
                  moments[i].mean / error, knowns.at[i].mean);
    }
    tally_close(&tally);
    world_close(&world);
    law_free(&law);
}

Test(known, means_are_what_they_are_taken_for)
{
    expect_means("");
    expect_means(", \"at_end\": \"flush\"");
    expect_means(", \"busyness\": \"stratified\"");
    expect_means(", \"busyness\": \"quasi_random\", \"strata\": 4");
    expect_means(", \"kind\": \"steady_state\", \"warm_up\": \"5 h\"");
}

/* The names of all that is known, with commas. */
static void expect_names(const char *expected, const char *run, const char *streams,
                         const char *tier, const char *more)
{
    struct law          law = load(run, streams, tier, more);
    const struct knowns knowns = knowns_of(law.scenario->plan);
    char                names[2000] = "", name[200];
    for (size_t i = 0; i < knowns.n; i++) {
        known_name(&knowns.at[i], law.scenario->plan, name, sizeof name);
        snprintf(names + strlen(names), sizeof names - strlen(names), "%s%s", i ? ", " : "", name);
    }
    cr_expect_str_eq(names, expected);
    law_free(&law);
}

Test(known, what_is_not_known_is_not_taken)
{
    static const char renewal[] =
        ", { \"name\": \"u\", \"issues\": \"a\", \"arrivals\": { \"kind\": \"renewal\", "
        "\"between\": { \"kind\": \"uniform\", \"low\": \"1 h\", \"high\": \"2 h\" } } }";
    static const char other_cv[] =
        ", { \"name\": \"u\", \"issues\": \"a\", \"arrivals\": { \"kind\": \"poisson\", "
        "\"busyness_cv\": 0.2, \"rate\": \"1 /h\" } }";
    static const char causes[] = ", \"root_causes\": [ { \"issue\": \"a\", \"after\": 5, \"by\": "
                                 "\"q\", \"work\": \"1 h\", \"reduces\": \"50 %\" } ]";
    static const char rework[] = ", \"hand_offs\": { \"rework\": 0.3 }";
    expect_names("all arrivals, arrivals of s, arrivals of t, square of arrivals, work offered, "
                 "concessions needed, work in L1, work in L2", "", "", "", "");
    expect_names("all arrivals, arrivals of s, arrivals of t, square of arrivals, work offered, "
                 "concessions needed", ", \"at_end\": \"cut\"", "", "", "");
    expect_names("all arrivals, arrivals of s, arrivals of t, square of arrivals, work offered, "
                 "concessions needed", "", "", "", rework);
    expect_names("all arrivals, arrivals of s, arrivals of t, square of arrivals, work offered, "
                 "concessions needed, work in L1, work in L2", "", renewal, "", "");
    expect_names("all arrivals, arrivals of s, arrivals of t, arrivals of u, work offered, "
                 "concessions needed, work in L1, work in L2", "", other_cv, "", "");
    expect_names("", "", "", "", causes);
}
