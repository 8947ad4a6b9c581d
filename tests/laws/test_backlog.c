/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: a desk begins with those who wait, as old as they are said to be. Method: desks on which
 * everything follows from the clock, held against what is worked out by hand, to the last bit; the
 * emptying of a queue by exponential servers against its exact mean (4.9 standard errors: a false
 * alarm in a million); a backlog of nobody changes no bit, and no backlog changes who arrives. */
#include "support/cases.h"

#define DESK                                                                                       \
    "{ \"name\": \"x\", \"run\": { \"length\": \"1 d\", \"start\": \"Mon 08:00\", "                \
    "\"replications\": 3 %s }, %s \"issue_types\": [ { \"name\": \"a\" }, { "      \
    "\"name\": \"b\", \"skill\": \"b\" } ], \"streams\": [ { \"name\": \"s\", \"issues\": { "      \
    "\"a\": 0.5, \"b\": 0.5 }, \"arrivals\": { \"kind\": \"poisson\", \"rate\": \"%u /h\" } } ], " \
    "\"tiers\": [ { \"name\": \"L1\", \"handling\": %s, %s \"pools\": [ { \"name\": \"p\", "       \
    "\"agents\": %u } ] }, { \"name\": \"L2\", \"handling\": \"1 min\", \"pools\": [ { \"name\": " \
    "\"q\", \"agents\": 1, \"skills\": [ { \"skill\": \"general\" } ] } ] } ] }"

static char *desk(const char *run, const char *more, unsigned per_hour, const char *handling,
                  const char *tier, unsigned agents)
{
    static char text[4096];
    cr_assert(snprintf(text, sizeof text, DESK, run, more, per_hour, handling, tier, agents) <
              (int)sizeof text);
    return text;
}

#define AGED "\"age\": { \"kind\": \"uniform\", \"low\": 0, \"high\": \"10 h\" }"

/* One agent, ten minutes each: the oldest first, one after another. */
Test(backlog, is_worked_off_by_age)
{
    struct law law = law_load(desk("", "\"backlog\": [ { \"contacts\": 5, " AGED " } ],", 0,
                                   "\"10 min\"", "", 1));
    struct cases cases = cases_of(&law, 0);
    cr_assert_eq(cases.n, 5);
    for (size_t i = 0; i < 5; i++) {
        cr_expect_float_eq(cases.at[i].arrived_s, -3600.0 * (9 - 2 * (double)i), 1e-6);
        cr_expect_eq(cases.at[i].responded_s, 600.0 * (double)i);
        cr_expect_eq(cases.at[i].ended_s, 600.0 * (double)(i + 1));
        cr_expect_eq(cases.at[i].fate, FATE_RESOLVED);
        cr_expect(!cases.at[i].counted);
    }
    struct tsim_result *result = law_run(&law, &(struct tsim_run_options){ .replications = 3 });
    const char *const names[] = { "backlog_begin", "backlog_begin_open_share",
                                  "backlog_begin_time_mean", "contacts_per_day" };
    const double      values[] = { 5, 0, 1800, 0 };
    for (int i = 0; i < 4; i++)
        cr_expect_float_eq(tsim_result_find(result, TSIM_SCOPE_DESK, "desk", names[i]).value,
                           values[i], 1e-9, "%s", names[i]);
    tsim_result_free(result);
    free(cases.at);
    law_free(&law);
}

/* Those who cannot be done within the day are open at its end, also if they are worked off then. */
Test(backlog, what_is_left_at_the_end_is_open)
{
    struct law law = law_load(desk("", "\"backlog\": [ { \"contacts\": 5 } ],", 0, "\"8 h\"", "",
                                   1));
    struct tsim_result *result = law_run(&law, &(struct tsim_run_options){ .replications = 2 });
    cr_expect_eq(tsim_result_find(result, TSIM_SCOPE_DESK, "desk",
                                  "backlog_begin_open_share").value, 0.6);
    cr_expect_eq(tsim_result_find(result, TSIM_SCOPE_DESK, "desk",
                                  "backlog_begin_time_mean").value, 12 * 3600);
    cr_expect_eq(tsim_result_find(result, TSIM_SCOPE_TIER, "L1", "queue_end").value, 2);
    tsim_result_free(result);
    law_free(&law);
}

/* Who has waited since Friday at 16:00 has used up 2 h of office time by Monday at 8:00, and is
 * done when the third of three works of 5 h ends, at 23:00; who came on Thursday at 16:00, 12 h. */
Test(backlog, clocks_have_run_by_their_calendar)
{
    struct law law = law_load(desk(
        "", "\"backlog\": [ { \"contacts\": 1, \"age\": \"64 h\" }, { \"contacts\": 1, \"age\": "
        "\"64 h\", \"responded\": true }, { \"contacts\": 1, \"age\": \"88 h\" } ], "
        "\"calendars\": [ { \"name\": \"office\", \"windows\": [ { \"days\": \"Mon-Fri\", "
        "\"from\": \"08:00\", \"to\": \"18:00\" } ] } ], \"sla\": [ { \"name\": \"r\", "
        "\"clock\": \"resolution\", \"target\": \"13 h\", \"calendar\": \"office\" }, { \"name\": "
        "\"f\", \"clock\": \"first_response\", \"target\": \"60 h\" } ],", 0, "\"5 h\"", "", 1));
    const struct replication_limits limits = { .events = 1000 };
    struct world world;
    struct tally tally;
    cr_assert(world_open(&world, law.scenario->plan, LAW_CONTACTS_MOST));
    cr_assert(tally_open(&tally, law.scenario->plan));
    cr_assert_eq((int)replication_run(&world, &tally, 1, 0, &limits, NULL), REPLICATION_DONE);
    /* Nobody is counted. Resolved after 12 + 5, 2 + 10 and 2 + 10 h of the office: the day's. */
    const struct sla_row *spare = &tally.sla[law.scenario->plan->n_slas];
    cr_expect_eq(tally.sla[0].clocked + tally.sla[1].clocked, 0);
    cr_expect_eq(spare->clocked, 5);
    /* Late: the first's resolution, and both first responses. */
    cr_expect_eq(spare->breaches, 3);
    cr_expect_float_eq(spare->clock_s, 3600.0 * (17 + 12 + 12 + 88 + 69), 1e-6);
    cr_expect_eq(tally.outside[0].begun_late, 2);
    tally_close(&tally);
    world_close(&world);
    law_free(&law);
}

/* With c of exponential agents and n who wait, the k-th end from the last comes after a mean of
 * 1 / (min(k, c) mu) more: the mean over all of their times is exact. */
Test(backlog, empties_as_a_death_process)
{
    enum { N = 12, C = 3, RUNS = 4000 };
    struct law law = law_load(desk("", "\"backlog\": [ { \"contacts\": 12 } ],", 0,
                                   "{ \"kind\": \"exponential\", \"mean\": \"10 min\" }", "", C));
    struct world world;
    struct tally tally;
    double       exact_s = 0, sum = 0, squares = 0, until_s = 0;
    for (int k = N; k > 0; k--) {
        until_s += 600.0 / (k < C ? k : C);
        exact_s += until_s / N;
    }
    const struct replication_limits limits = { .events = 1000 };
    cr_assert(world_open(&world, law.scenario->plan, LAW_CONTACTS_MOST));
    cr_assert(tally_open(&tally, law.scenario->plan));
    for (uint32_t r = 0; r < RUNS; r++) {
        cr_assert_eq((int)replication_run(&world, &tally, 9, r, &limits, NULL), REPLICATION_DONE);
        const double mean_s = tally.outside[0].begun_s / N;
        sum += mean_s / RUNS;
        squares += mean_s * mean_s / RUNS;
    }
    const double error_s = sqrt((squares - sum * sum) / RUNS);
    cr_expect_lt(fabs(sum - exact_s), 4.9 * error_s, "%g, exactly %g", sum, exact_s);
    tally_close(&tally);
    world_close(&world);
    law_free(&law);
}

/* The same customers come, at the same times and with the same needs. */
Test(backlog, does_not_change_who_arrives)
{
    struct law   none = law_load(desk("", "", 30, "\"1 min\"", "", 9));
    struct law   some = law_load(desk("", "\"backlog\": [ { \"contacts\": 7, " AGED " } ],", 30,
                                      "\"1 min\"", "", 9));
    struct law   zero = law_load(desk("", "\"backlog\": [ { \"contacts\": 0, " AGED " } ],", 30,
                                      "\"1 min\"", "", 9));
    struct cases a = cases_of(&none, 1), b = cases_of(&some, 1), c = cases_of(&zero, 1);
    cr_assert_eq(b.n, a.n + 7);
    cr_assert_eq(c.n, a.n);
    cr_expect(!none.scenario->plan->stories && zero.scenario->plan->loop == LOOP_PLAIN);
    for (size_t i = 0; i < a.n; i++) {
        b.at[i + 7].number -= 7;
        cr_assert(same_customer(&a, &b, i) || b.at[i + 7].arrived_s == a.at[i].arrived_s);
        cr_assert_eq(b.at[i + 7].arrived_s, a.at[i].arrived_s);
        cr_assert_eq(b.at[i + 7].class, a.at[i].class);
        cr_assert(same_customer(&a, &c, i) && same_life(&a.at[i], &c.at[i]));
    }
    free(a.at);
    free(b.at);
    free(c.at);
    law_free(&none);
    law_free(&some);
    law_free(&zero);
}

/* More may wait than there are places: then nobody else is let in. */
Test(backlog, takes_the_waiting_places)
{
    struct law law = law_load(desk("", "\"backlog\": [ { \"contacts\": 400, \"issue\": \"b\" } ],",
                                   30, "\"10 min\"", "\"queue\": { \"capacity\": 3 },", 1));
    struct cases cases = cases_of(&law, 0);
    size_t       blocked = 0;
    for (size_t i = 0; i < cases.n; i++) {
        cr_assert_eq(cases.at[i].counted, i >= 400);
        cr_assert_eq(cases.at[i].fate, i < 400 ? FATE_RESOLVED : FATE_BLOCKED);
        cr_assert(i >= 400 || cases.at[i].class == 1);
        blocked += i >= 400;
    }
    cr_expect_gt(blocked, 600);
    free(cases.at);
    law_free(&law);
}

static void is_refused(const char *backlog, const char *words)
{
    char more[512];
    snprintf(more, sizeof more, "\"backlog\": [ %s ],", backlog);
    struct tsim_problems *problems = tsim_problems_new();
    const char           *text = desk("", more, 1, "\"1 min\"", "", 1);
    cr_assert_null(tsim_scenario_parse(text, strlen(text), "x", NULL, problems), "%s", backlog);
    cr_expect(strstr(tsim_problems_get(problems, 0)->message, words), "%s",
              tsim_problems_get(problems, 0)->message);
    tsim_problems_free(problems);
}

Test(backlog, says_what_is_wrong)
{
    is_refused("{ \"contacts\": 1, \"stream\": \"t\" }", "\"t\"");
    is_refused("{ \"contacts\": 1, \"tier\": \"L2\" }", "nobody of the tier has the skill");
    is_refused("{ \"contacts\": 1, \"issue\": \"c\" }", "\"c\"");
    is_refused("{ \"contacts\": 1, \"age\": \"30000 d\" }", "20 years");
}
