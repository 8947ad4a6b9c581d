/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: a run goes on until what was named is known well enough, no further than allowed, and the
 * decision does not depend on threads. Method: sums made by hand with known half-widths; names
 * good and bad; whole runs with loose, tight and impossible demands. */
#include <math.h>

#include "base/assert.h"
#include "experiment/precision.h"
#include "support/law.h"

static const char frame[] =
    "{ \"name\": \"precision\", \"run\": { \"length\": \"8 h\", \"replications\": 5, \"seed\": 3,\n"
    "    \"precision\": \"%s\", \"replications_most\": %u%s },\n"
    "  \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", \"rate\": \"60 "
    "/h\" } } ],\n"
    "  \"tiers\": [ { \"name\": \"L.1\", \"pools\": [ { \"name\": \"p\", \"agents\": 6 } ],\n"
    "    \"handling\": { \"kind\": \"exponential\", \"mean\": \"5 min\" } } ] }";

static struct law load(const char *precision, unsigned most, const char *more)
{
    char text[2000];
    snprintf(text, sizeof text, frame, precision, most, more);
    return law_load(text);
}

/* n replications of x = mean ± spread in turn, y = 1. */
static struct ratio_sums swinging(uint32_t n, double mean, double spread)
{
    struct ratio_sums sums = { 0 };
    for (uint32_t i = 0; i < n; i++)
        ratio_add(&sums, i % 2 ? mean + spread : mean - spread, 1);
    return sums;
}

static uint32_t more_for(struct precision *precision, uint32_t n, double mean, double spread)
{
    struct ratio_sums     sums = swinging(n, mean, spread);
    const struct gathered gathered = { .replications = n, .sums = &sums, .set = 1 };
    const struct plan     plan = { .busyness = { .strata = 1 } };
    size_t                first = 0;
    precision->at = &first;
    precision->n = 1;
    return precision_more(precision, &plan, &gathered);
}

Test(precision, asks_for_as_many_as_it_takes)
{
    struct precision precision = { .asked = 0, .confidence = 0.95, .most = 1000 };
    cr_assert_eq(more_for(&precision, 10, 100, 50), 0, "nothing was asked");
    precision.asked = 0.02;
    cr_assert_eq(more_for(&precision, 10, 100, 0), 0);
    cr_assert(precision.met && precision.reached == 0);
    /* 100 replications of 100 ± 10: half-width 1.98 * 10.05 / 10, so 2 % is just reached. */
    cr_assert_eq(more_for(&precision, 100, 100, 10), 0);
    cr_assert_float_eq(precision.reached, 0.01994, 1e-5);
    /* A little more spread: some replications more, but not many. */
    const uint32_t few = more_for(&precision, 100, 100, 11);
    cr_assert(!precision.met && few >= 10 && few <= 40, "%u", few);
    /* Far away: no more than as many again at a time, and never beyond the most. */
    cr_assert_eq(more_for(&precision, 100, 100, 80), 100);
    cr_assert_eq(more_for(&precision, 600, 100, 800), 400);
    cr_assert_eq(more_for(&precision, 1000, 100, 800), 0);
    cr_assert_not(precision.met);
    /* Around nothing no relative precision is ever reached; it ends at the most. */
    cr_assert_eq(more_for(&precision, 500, 0, 1), 500);
    /* One replication says nothing about its spread. */
    cr_assert_gt(more_for(&precision, 1, 100, 0), 0);
}

Test(precision, measures_are_found_by_name)
{
    static const char *const good[] = { "tier.L.1.service_level", "desk.desk.cost_per_day",
                                        "pool.p.occupancy", "fate.open.share",
                                        "cost.total.per_day" };
    static const char *const bad[] = { "tier.L1.service_level", "tier.L.1.no_such", "occupancy", "",
                                       "tier.L.1.wait_p90", "interval.00:00.arrivals", "...",
                                       "tier.L.1.", ".desk.cost_per_day" };
    for (size_t i = 0; i < COUNT_OF(good) + COUNT_OF(bad); i++) {
        const bool  is_good = i < COUNT_OF(good);
        const char *name = is_good ? good[i] : bad[i - COUNT_OF(good)];
        char        more[100];
        snprintf(more, sizeof more, ", \"precision_of\": \"%s\"", name);
        struct law       law = load("5 %", 100, more);
        struct precision precision;
        const bool found = precision_open(&precision, law.scenario->plan, 0.05, 0.95, law.problems);
        cr_assert_eq(found, is_good, "\"%s\"", name);
        cr_assert_eq(tsim_problems_errors(law.problems), !is_good);
        precision_close(&precision);
        law_free(&law);
    }
}

static struct tsim_run_info run(const char *precision, unsigned most, const char *more,
                                uint32_t threads, char *digest)
{
    struct law                  law = load(precision, most, more);
    const struct tsim_run_options options = { .threads = threads };
    struct tsim_result           *result = law_run(&law, &options);
    const struct tsim_run_info  info = *tsim_result_info(result);
    const struct tsim_estimate  level =
        tsim_result_find(result, TSIM_SCOPE_TIER, "L.1", "service_level");
    if (info.precision_reached)
        cr_assert_leq((level.high - level.low) / 2, info.precision * level.value * (1 + 1e-9));
    snprintf(digest, 17, "%s", tsim_result_digest(result));
    tsim_result_free(result);
    law_free(&law);
    return info;
}

Test(precision, runs_go_on_until_it_is_reached)
{
    char                       one[17], eight[17];
    const struct tsim_run_info loose = run("50 %", 1000, "", 1, one);
    cr_assert(loose.precision_reached && loose.replications == 5 && loose.complete);
    const struct tsim_run_info tight = run("2 %", 5000, "", 1, one);
    cr_assert(tight.precision_reached && tight.replications > 20 && tight.replications < 5000,
              "%u replications", tight.replications);
    const struct tsim_run_info same = run("2 %", 5000, "", 8, eight);
    cr_assert_eq(same.replications, tight.replications);
    cr_assert_str_eq(one, eight);
    const struct tsim_run_info never = run("0.001 %", 60, "", 3, one);
    cr_assert(!never.precision_reached && never.precision_asked && never.replications == 60);
}
