/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: the arithmetic of one life is that of a pencil. Method: lives written down by hand, with
 * every kind of event, at a desk of two tiers with round prices; the parts are those expected, to
 * the last digit, and random lives always add up to the time from arrival to end. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include <tiersim.h>

#include "experiment/course.h"
#include "support/random_scenario.h"

static const char text[] =
    "{ \"name\": \"course\", \"run\": { \"length\": \"1 h\" },\n"
    "  \"channels\": [ { \"name\": \"phone\", \"cost\": 0.5 } ],\n"
    "  \"issue_types\": [ { \"name\": \"a\",\n"
    "    \"concession\": { \"kind\": \"constant\", \"value\": 9 } } ],\n"
    "  \"streams\": [ { \"name\": \"s\",\n"
    "    \"arrivals\": { \"kind\": \"poisson\", \"rate\": \"1 /h\" } } ],\n"
    "  \"self_service\": { \"session\": \"1 min\", \"cost\": 0.25 },\n"
    "  \"tiers\": [ { \"name\": \"L1\", \"handling\": \"1 min\",\n"
    "      \"pools\": [ { \"name\": \"p\", \"agents\": 2, \"wage\": 36 } ] },\n"
    "    { \"name\": \"L2\", \"handling\": \"1 min\",\n"
    "      \"pools\": [ { \"name\": \"q\", \"agents\": 2, \"wage\": 72 } ] } ],\n"
    "  \"vendor\": { \"delay\": \"1 h\", \"fee\": 40 },\n"
    "  \"sla\": [ { \"name\": \"t\", \"clock\": \"resolution\", \"target\": \"1 h\",\n"
    "    \"penalty\": 5, \"penalty_per_hour\": 10 } ] }";

static struct tsim_scenario *scenario;
static const struct plan    *plan;

static void set_up(void)
{
    struct tsim_problems *problems = tsim_problems_new();
    scenario = tsim_scenario_parse(text, sizeof text - 1, "course.json", NULL, problems);
    if (!scenario)
        tsim_problems_print(problems, stderr, 0);
    tsim_problems_free(problems);
    cr_assert(scenario);
    plan = scenario->plan;
}

static void tear_down(void)
{
    tsim_scenario_free(scenario);
}

TestSuite(course, .init = set_up, .fini = tear_down);

struct step {
    double               at_s;
    enum case_event_kind kind;
    uint8_t              tier, detail;
    uint32_t             pool;
    double               amount, took_s; /* took_s: expected */
};

/* The life, with the parts in `part_s`; what ends with each event took as long as expected. */
static struct course live(const struct step *steps, size_t n, double *part_s)
{
    struct course course = { .part_s = part_s };
    for (size_t i = 0; i < n; i++) {
        const struct case_event event = {
            .at_s = steps[i].at_s, .amount = steps[i].amount, .pool = steps[i].pool,
            .agent = NONE, .kind = (uint8_t)steps[i].kind, .tier = steps[i].tier,
            .detail = steps[i].detail,
        };
        const double took_s = course_take(&course, plan, &event);
        cr_expect_eq(took_s, steps[i].took_s, "step %zu took %g", i, took_s);
    }
    return course;
}

#define LIVE(steps, part_s) live((steps), sizeof(steps) / sizeof *(steps), (part_s))

Test(course, a_life_of_everything)
{
    static const struct step steps[] = {
        { 100, EVENT_CREATED, 0, 0, NONE, 0, 0 },
        { 100, EVENT_SELF_SERVICE, 0, 0, NONE, 0, 0 },
        { 160, EVENT_QUEUED, 0, 0, NONE, 0, 60 },
        { 170, EVENT_ABANDONED, 0, 0, NONE, 0, 10 },
        { 200, EVENT_RETRIES, 0, 0, NONE, 0, 30 },
        { 200, EVENT_QUEUED, 0, 0, NONE, 0, 0 },
        { 207, EVENT_WORK, 0, 0, 0, 0, 7 },
        { 227, EVENT_DONE, 0, 0, 0, 0, 20 },
        { 227, EVENT_CUSTOMER, 0, 0, NONE, 0, 0 },
        { 327, EVENT_REPLIED, 0, 0, NONE, 0, 100 },
        { 327, EVENT_WORK, 0, 0, 0, 0, 0 },
        { 330, EVENT_SLA, 0, SLA_RESOLUTION, NONE, 0, 0 },
        { 347, EVENT_DONE, 0, 0, 0, 0, 20 },
        { 347, EVENT_CONSULT, 0, 0, NONE, 0, 0 },
        { 350, EVENT_HELP, 1, TASK_APPROVAL, 1, 0, 0 },
        { 352, EVENT_RELEASED, 0, 0, 0, 0, 0 },
        { 355, EVENT_HELPED, 1, TASK_APPROVAL, 1, 0, 5 },
        { 359, EVENT_ESCALATED, 0, 0, NONE, 0, 12 },
        { 360, EVENT_QUEUED, 1, 0, NONE, 0, 1 },
        { 363, EVENT_WITHDRAWN, 1, 0, NONE, 0, 3 },
        { 363, EVENT_PASSED, 1, 0, NONE, 0, 0 },
        { 363, EVENT_WORK, 1, 0, 1, 0, 0 },
        { 463, EVENT_DONE, 1, 0, 1, 0, 100 },
        { 465, EVENT_RESOLVED, 1, 0, 1, 9, 2 },
        { 1465, EVENT_REOPENED, 0, 0, NONE, 0, 1000 },
        { 1465, EVENT_VENDOR, 1, 0, NONE, 0, 0 },
        { 8965, EVENT_CLOCK, 1, 1, NONE, 7200, 0 },
        { 8965, EVENT_CLOSED, 1, 0, NONE, 0, 7500 },
        { 9000, EVENT_HELP, 0, TASK_FOLLOW_UP, 0, 0, 0 },
    };
    double              part_s[COURSE_TIERS + 4] = { 0 };
    const struct course course = LIVE(steps, part_s);
    cr_assert_eq(course_parts(plan), sizeof part_s / sizeof *part_s);
    cr_expect_eq(part_s[COURSE_SELF_SERVICE], 60);
    cr_expect_eq(part_s[course_queue(0)], 17);
    cr_expect_eq(part_s[course_work(0)], 40);
    cr_expect_eq(part_s[course_queue(1)], 3);
    cr_expect_eq(part_s[course_work(1)], 100);
    cr_expect_eq(part_s[COURSE_CUSTOMER], 100);
    cr_expect_eq(part_s[COURSE_CONSULT], 12);
    cr_expect_eq(part_s[COURSE_HAND_OVER], 3);
    cr_expect_eq(part_s[COURSE_AWAY], 1030);
    cr_expect_eq(part_s[COURSE_VENDOR], 7500);
    cr_expect_eq(course.waited_s, 20);
    cr_expect(course.ended && course.missed);
    cr_expect_eq(course.cost[COURSE_CONTACT], 0.5);
    cr_expect_eq(course.cost[COURSE_SESSIONS], 0.25);
    cr_expect_eq(course.cost[COURSE_FEES], 40);
    cr_expect_eq(course.cost[COURSE_CONCESSION], 9);
    cr_expect_eq(course.cost[COURSE_PENALTIES], 15); /* 5 and an hour late */
    cr_expect_float_eq(course.cost[COURSE_WAGES], 0.4 + 0.1 + 2, 1e-12);
    cr_expect_float_eq(course_cost(&course), 67.25, 1e-12);
}

Test(course, whoever_comes_back_was_away)
{
    /* Blocked, and false containment: nothing is told when the customer goes. */
    static const struct step steps[] = {
        { 0, EVENT_CREATED, 0, 0, NONE, 0, 0 },   { 8, EVENT_RETRIES, 0, 0, NONE, 0, 8 },
        { 8, EVENT_WORK, 0, 0, 0, 0, 0 },         { 9, EVENT_DONE, 0, 0, 0, 0, 1 },
        { 9, EVENT_RESOLVED, 0, 0, 0, 0, 0 },     { 9, EVENT_CLOCK, 0, 0, NONE, 9, 0 },
        { 9, EVENT_CLOSED, 0, 0, NONE, 0, 0 },
    };
    double              part_s[COURSE_TIERS + 4] = { 0 };
    const struct course course = LIVE(steps, part_s);
    cr_expect_eq(part_s[COURSE_AWAY], 8);
    cr_expect_eq(part_s[course_work(0)], 1);
    cr_expect(course.ended && !course.missed && course.cost[COURSE_PENALTIES] == 0);
}

Test(course, parts_add_up_whatever_happens)
{
    uint64_t state = 4;
    for (int life = 0; life < 3000; life++) {
        double        part_s[COURSE_TIERS + 4] = { 0 }, at_s = 1e6 * (double)(life % 50), sum = 0;
        struct course course = { .part_s = part_s };
        const double  began_s = at_s;
        const uint32_t n = 2 + random_below(&state, 60);
        for (uint32_t i = 0; i < n; i++) {
            const uint32_t kind = i == 0 ? EVENT_CREATED
                                  : i + 1 == n ? EVENT_CLOSED
                                               : 1 + random_below(&state, EVENT_CLOSED - 1);
            const uint32_t tier = random_below(&state, 2);
            const struct case_event event = { .at_s = at_s, .pool = tier, .agent = NONE,
                                              .kind = (uint8_t)kind, .tier = (uint8_t)tier };
            cr_assert(course_take(&course, plan, &event) >= 0);
            if (i + 1 < n)
                at_s += random_below(&state, 3) * 0.1 * random_below(&state, 1000);
        }
        for (size_t i = 0; i < sizeof part_s / sizeof *part_s; i++)
            sum += part_s[i];
        cr_assert_float_eq(sum, at_s - began_s, 1e-9 * (1 + at_s - began_s));
    }
}
