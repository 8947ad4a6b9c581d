/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ctest: slow
 *
 * Goal: schedules are what they say: the roster makes the heads on the floor, breaks and starts are
 * where they may be, the scenario with the schedule keeps the promises for other customers and pays
 * what the roster pays; a schedule too thin is repaired, or it is said that it was not; nothing
 * depends on the threads; what cannot be scheduled is told.
 * Method: a small desk of two tiers over a day and over a week; the heads are counted again from
 * the rows. Fixed seeds: the run with fresh customers estimates a service level that was verified
 * with 95 % confidence, and is held against it with four standard errors to spare. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tiersim.h>

#include "support/scheduled.h"

enum { TEXT = 8192, SLOTS_MOST = 2016 };

#define DAY_RUN "\"length\": \"8 h\", \"start\": \"Tue 09:00\", \"interval\": \"1 h\""
#define WEEK_RUN \
    "\"length\": \"7 d\", \"start\": \"Mon 00:00\", \"interval\": \"2 h\", \"cycle\": \"7 d\""
#define SHIFTS \
    "\"shifts\": [ { \"name\": \"long\", \"length\": \"6 h\", \"earliest\": \"08:00\"," \
    " \"latest\": \"11:00\", \"every\": \"1 h\", \"breaks\": [ { \"name\": \"lunch\"," \
    " \"length\": \"30 min\", \"from\": \"2 h\", \"to\": \"3.5 h\", \"paid\": false } ] }," \
    " { \"name\": \"short\", \"length\": \"3 h\", \"earliest\": \"08:00\"," \
    " \"latest\": \"18:00\" } ]"

static struct tsim_study *study_of(const char *run, uint32_t agents, const char *target,
                                   const char *schedule, struct tsim_problems *problems)
{
    char text[TEXT];
    snprintf(text, sizeof text,
             "{ \"study\": \"made\", \"seed\": 4, \"scenario\": { \"name\": \"desk\","
             " \"run\": { %s, \"replications\": 20 },"
             " \"channels\": [ { \"name\": \"phone\", \"patience\": { \"kind\": \"exponential\","
             " \"mean\": \"5 min\" } } ],"
             " \"streams\": [ { \"name\": \"calls\", \"arrivals\": { \"kind\": \"poisson\","
             " \"rate\": [ { \"from\": \"09:00\", \"to\": \"17:00\", \"rate\": \"30 /h\" } ] } } ],"
             " \"tiers\": [ { \"name\": \"L1\", \"resolves\": 0.8, \"answer_within\": \"1 min\","
             " \"handling\": { \"kind\": \"exponential\", \"mean\": \"6 min\" },"
             " \"pools\": [ { \"name\": \"front\", \"wage\": 20, \"shrinkage\": 0.1,"
             " \"agents\": [ { \"from\": \"09:00\", \"to\": \"17:00\", \"agents\": %u } ] } ] },"
             " { \"name\": \"L2\","
             " \"handling\": { \"kind\": \"exponential\", \"mean\": \"9 min\" },"
             " \"pools\": [ { \"name\": \"back\", \"wage\": 30,"
             " \"agents\": [ { \"from\": \"09:00\", \"to\": \"17:00\", \"agents\": 2 } ] } ] } ],"
             " \"promises\": [ { \"measure\": \"service_level\", \"tier\": \"L1\","
             " \"at_least\": \"%s\" } ] },"
             " \"schedule\": { %s } }",
             run, agents, target, schedule);
    return scheduled_study(text, problems);
}

/* ---- the roster makes the heads */

static void count_row(const struct tsim_schedule_info *info, const struct tsim_schedule_row *row,
                      uint32_t *heads)
{
    const uint32_t minutes = info->slot_minutes;
    const uint32_t midnight = info->period_days > 1 ? row->day * 1440 : 0;
    for (uint32_t m = row->start; m < row->end; m += minutes)
        heads[(midnight + m) / minutes % info->slots]++;
    for (size_t b = 0; b < row->n_breaks; b++)
        for (uint32_t m = row->breaks[b].start; m < row->breaks[b].end; m += minutes)
            heads[(midnight + m) / minutes % info->slots]--;
}

static void check_roster(const struct tsim_schedule *schedule)
{
    const struct tsim_schedule_info *info = tsim_schedule_info(schedule);
    size_t                           n, n_pools;
    const struct tsim_schedule_pool *pools = tsim_schedule_pools(schedule, &n_pools);
    const struct tsim_schedule_row  *rows = tsim_schedule_rows(schedule, &n);
    for (size_t p = 0; p < n_pools; p++) {
        uint32_t heads[SLOTS_MOST] = { 0 };
        double   paid = 0;
        for (size_t r = 0; r < n; r++) {
            if (rows[r].pool != p)
                continue;
            count_row(info, &rows[r], heads);
            paid += rows[r].paid_hours;
            if (strcmp(rows[r].shift, "long") == 0) {
                const uint32_t after = rows[r].breaks[0].start - rows[r].start;
                cr_assert_eq(rows[r].end - rows[r].start, 360);
                cr_assert(rows[r].start >= 480 && rows[r].start <= 660);
                cr_assert(after >= 120 && after <= 210);
                cr_assert_float_eq(rows[r].paid_hours, 5.5, 1e-9);
            } else {
                cr_assert_eq(rows[r].end - rows[r].start, 180);
            }
        }
        cr_assert_float_eq(paid, pools[p].shift_hours, 1e-6);
        cr_assert_float_eq(paid / (1 - pools[p].shrinkage), pools[p].paid_hours, 1e-6);
        cr_assert_eq(pools[p].payroll,
                     (uint32_t)ceil(pools[p].people / (1 - pools[p].shrinkage) - 1e-9));
        for (uint32_t i = 0; i < info->slots; i++) {
            cr_assert_eq(heads[i], tsim_schedule_heads(schedule, TSIM_HEADS_ON_FLOOR, p, i));
            if (info->trims == 0)
                cr_assert_leq(tsim_schedule_heads(schedule, TSIM_HEADS_ASKED, p, i),
                              tsim_schedule_heads(schedule, TSIM_HEADS_NEEDED, p, i));
            if (!info->priced)
                cr_assert_geq(heads[i], tsim_schedule_heads(schedule, TSIM_HEADS_NEEDED, p, i));
        }
    }
}

/* The scenario with the schedule, for customers that it has not seen. */
static void check_applied(const struct tsim_study *study, const struct tsim_schedule *schedule,
                          bool kept)
{
    struct tsim_problems         *problems = tsim_problems_new();
    size_t                        n;
    const struct tsim_scenario   *scenario = tsim_study_points(study, &n)[0].scenario;
    const struct tsim_run_options run = { .replications = 200, .has_seed = true, .seed = 99 };
    struct tsim_scenario *applied =
        tsim_scenario_vary(scenario, tsim_schedule_settings(schedule), problems);
    cr_assert_not_null(applied);
    struct tsim_result *result = tsim_run(applied, &run, problems);
    cr_assert_not_null(result);
    const struct tsim_promise *promises = tsim_result_promises(result, &n);
    if (kept)
        cr_expect_geq(promises[0].estimate.value + 4 * promises[0].estimate.std_error,
                      promises[0].target);
    const struct tsim_schedule_pool *pools = tsim_schedule_pools(schedule, &n);
    const double days = tsim_schedule_info(schedule)->period_days;
    const double wages = (pools[0].paid_hours * 20 + pools[1].paid_hours * 30) / days;
    const struct tsim_estimate paid =
        tsim_result_find(result, TSIM_SCOPE_COST, "wages", "per_day");
    cr_expect_float_eq(paid.value, wages, 1e-5 * wages, "%g paid, %g by the roster", paid.value,
                       wages);
    tsim_result_free(result);
    tsim_scenario_free(applied);
    tsim_problems_free(problems);
}

Test(schedule, a_day_for_what_sizing_finds, .timeout = 300)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *study = study_of(DAY_RUN, 6, "80 %", SHIFTS, problems);
    struct tsim_schedule *one = scheduled(study, 1), *three = scheduled(study, 3);
    cr_expect_eq(tsim_schedule_info(one)->end, TSIM_SCHEDULE_KEPT);
    cr_expect_eq(tsim_schedule_info(one)->period_days, 1);
    cr_expect_eq(tsim_schedule_info(one)->slot_minutes, 30);
    cr_expect_str_eq(tsim_schedule_digest(one), tsim_schedule_digest(three));
    cr_expect_str_eq(tsim_schedule_settings(one), tsim_schedule_settings(three));
    check_roster(one);
    check_applied(study, one, true);
    tsim_schedule_free(one);
    tsim_schedule_free(three);
    tsim_study_free(study);
    tsim_problems_free(problems);
}

/* The first replications of the seed are the search's: verified on as many of those, the promise
 * would have just their value. */
Test(schedule, it_is_verified_on_others_than_it_was_searched_on, .timeout = 300)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *study =
        study_of(DAY_RUN, 8, "80 %", SHIFTS ", \"requirements\": \"scenario\"", problems);
    struct tsim_schedule         *schedule = scheduled(study, 2);
    size_t                        n;
    const struct tsim_scenario   *scenario = tsim_study_points(study, &n)[0].scenario;
    const struct tsim_run_options run = {
        .replications = tsim_schedule_info(schedule)->verified_on, .has_seed = true,
        .seed = tsim_schedule_info(schedule)->seed,
    };
    struct tsim_scenario *applied =
        tsim_scenario_vary(scenario, tsim_schedule_settings(schedule), problems);
    cr_assert_not_null(applied);
    struct tsim_result *result = tsim_run(applied, &run, problems);
    cr_assert_not_null(result);
    cr_assert_gt(tsim_schedule_info(schedule)->verified_on, 0);
    const double searched = tsim_result_promises(result, &n)[0].estimate.value;
    cr_expect_neq(tsim_schedule_promises(schedule, &n)[0].estimate.value, searched);
    tsim_result_free(result);
    tsim_scenario_free(applied);
    tsim_schedule_free(schedule);
    tsim_study_free(study);
    tsim_problems_free(problems);
}

Test(schedule, a_week_has_days_off, .timeout = 300)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *study =
        study_of(WEEK_RUN, 5, "80 %", SHIFTS ", \"requirements\": \"scenario\"", problems);
    struct tsim_schedule           *schedule = scheduled(study, 2);
    size_t                          n, n_pools;
    const struct tsim_schedule_row *rows = tsim_schedule_rows(schedule, &n);
    cr_expect_eq(tsim_schedule_info(schedule)->end, TSIM_SCHEDULE_KEPT);
    cr_expect_eq(tsim_schedule_info(schedule)->period_days, 7);
    check_roster(schedule);
    check_applied(study, schedule, true);
    for (size_t r = 0; r < n;) { /* rows of a person follow each other */
        unsigned on = 0, turns = 0;
        size_t   end = r;
        for (; end < n && rows[end].pool == rows[r].pool && rows[end].person == rows[r].person;
             end++) {
            on |= 1u << rows[end].day;
            cr_assert_eq(rows[end].start, rows[r].start);
        }
        cr_assert_eq(end - r, 5);
        for (unsigned day = 0; day < 7; day++)
            turns += (on >> day & 1) && !(on >> (day + 1) % 7 & 1);
        cr_assert_eq(turns, 1, "the two days off follow each other");
        r = end;
    }
    cr_expect_leq(tsim_schedule_pools(schedule, &n_pools)[0].bound,
                  tsim_schedule_pools(schedule, &n_pools)[0].cost);
    tsim_schedule_free(schedule);
    tsim_study_free(study);
    tsim_problems_free(problems);
}

Test(schedule, what_is_too_thin_is_repaired, .timeout = 300)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *study =
        study_of(DAY_RUN, 2, "90 %", SHIFTS ", \"requirements\": \"scenario\", \"rounds\": 30",
                 problems);
    struct tsim_schedule *schedule = scheduled(study, 2);
    cr_expect_eq(tsim_schedule_info(schedule)->end, TSIM_SCHEDULE_KEPT);
    cr_expect_gt(tsim_schedule_info(schedule)->rounds, 0);
    check_roster(schedule);
    check_applied(study, schedule, true);
    tsim_schedule_free(schedule);
    tsim_study_free(study);
    study = study_of(DAY_RUN, 1, "95 %", SHIFTS ", \"requirements\": \"scenario\", \"rounds\": 1",
                     problems);
    schedule = scheduled(study, 2);
    cr_expect_eq(tsim_schedule_info(schedule)->end, TSIM_SCHEDULE_ROUNDS);
    check_roster(schedule);
    tsim_schedule_free(schedule);
    tsim_study_free(study);
    tsim_problems_free(problems);
}

Test(schedule, a_price_lets_it_be_short, .timeout = 300)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *study =
        study_of(DAY_RUN, 5, "1 %", SHIFTS ", \"requirements\": \"scenario\","
                 " \"understaffing\": 1, \"overstaffing\": 1", problems);
    struct tsim_schedule            *schedule = scheduled(study, 2);
    size_t                           n;
    const struct tsim_schedule_pool *pools = tsim_schedule_pools(schedule, &n);
    /* An hour costs 20 and more, and being short of one 1: nobody comes. */
    cr_expect_eq(pools[0].people, 0);
    cr_expect_float_eq(pools[0].short_hours, 40, 1e-9);
    cr_expect_float_eq(pools[0].cost, 40, 1e-9);
    check_roster(schedule);
    tsim_schedule_free(schedule);
    tsim_study_free(study);
    tsim_problems_free(problems);
}

static void refused(const char *schedule, const char *words)
{
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *study = study_of(DAY_RUN, 5, "80 %", schedule, problems);
    cr_expect_null(tsim_schedule_make(study, NULL, NULL, problems));
    bool found = false;
    for (size_t i = 0; i < tsim_problems_count(problems); i++) {
        const struct tsim_problem *problem = tsim_problems_get(problems, i);
        cr_expect_neq(problem->kind, TSIM_PROBLEM_INTERNAL);
        found |= strstr(problem->message, words) != NULL;
    }
    cr_expect(found, "nothing says \"%s\"", words);
    tsim_study_free(study);
    tsim_problems_free(problems);
}

Test(schedule, what_cannot_be_is_told)
{
#define NOW "\"requirements\": \"scenario\", "
    refused(NOW "\"shifts\": [ { \"name\": \"a\", \"length\": \"4 h\", \"earliest\": \"09:00\","
                " \"latest\": \"10:00\" } ]", "is on the floor on Tue at 14:00, where 5 are");
    refused(NOW "\"shifts\": [ { \"name\": \"a\", \"length\": \"4 h\", \"days\": \"Mon\" } ]",
            "is on the floor on Tue at 09:00");
    refused(NOW "\"shifts\": [ { \"name\": \"a\", \"length\": \"4 h\", \"most\": 4 } ]",
            "so few people");
    refused(NOW "\"shifts\": [ { \"name\": \"a\", \"length\": \"4 h\", \"pool\": \"nobody\" } ]",
            "there is no pool");
    refused("\"requirements\": \"file\", \"file\": \"/nowhere/need.csv\"", "cannot open");
}

Test(schedule, a_file_says_what_is_needed, .timeout = 300)
{
    char path[200], schedule[TEXT];
    snprintf(path, sizeof path, "/tmp/tiersim-need-%ld.csv", (long)getpid());
    FILE *to = fopen(path, "w");
    cr_assert_not_null(to);
    fputs("pool,interval,need\nfront,1,4\nfront,2,7\nback,8,1\n", to);
    fclose(to);
    snprintf(schedule, sizeof schedule, SHIFTS ", \"requirements\": \"file\", \"file\": \"%s\","
                                               " \"rounds\": 1", path);
    struct tsim_problems *problems = tsim_problems_new();
    struct tsim_study    *study = study_of(DAY_RUN, 5, "1 %", schedule, problems);
    struct tsim_schedule *found = scheduled(study, 2);
    cr_expect_eq(tsim_schedule_heads(found, TSIM_HEADS_ASKED, 0, 18), 4);
    cr_expect_eq(tsim_schedule_heads(found, TSIM_HEADS_ASKED, 0, 20), 7);
    cr_expect_eq(tsim_schedule_heads(found, TSIM_HEADS_ASKED, 0, 22), 0);
    cr_expect_eq(tsim_schedule_heads(found, TSIM_HEADS_ASKED, 1, 33), 1);
    check_roster(found);
    tsim_schedule_free(found);
    tsim_study_free(study);
    to = fopen(path, "w");
    fputs("pool,interval,need\nfront,9,4\n", to);
    fclose(to);
    study = study_of(DAY_RUN, 5, "1 %", schedule, problems);
    cr_expect_null(tsim_schedule_make(study, NULL, NULL, problems));
    cr_expect_gt(tsim_problems_errors(problems), 0);
    tsim_study_free(study);
    tsim_problems_free(problems);
    unlink(path);
}
