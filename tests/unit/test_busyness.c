/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: in every set each stratum of each day comes once; a replication by itself has the law it
 * always had; lattices spread two days against each other; desks without busy days are told so.
 * Method: strata counted for many sizes; a chi-square test of all numbers (false alarm 1 in
 * 10^6); the mean product over lattices held against independent ones; whole runs compared. */
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "base/assert.h"
#include "model/busyness.h"
#include "support/law.h"

static const struct busyness_group first = { .number = 0, .within = 11, .shared = 12 };
static const struct busyness_group second = { .number = 1, .within = 21, .shared = 22 };

Test(busyness, every_stratum_comes_once)
{
    static const uint32_t sizes[] = { 2, 3, 5, 8, 12, 64, 500 };
    for (int lattice = 0; lattice < 2; lattice++)
        for (size_t i = 0; i < COUNT_OF(sizes); i++) {
            const uint32_t             n = sizes[i];
            const struct busyness_plan plan = busyness_plan_of(n, lattice, 2, 3);
            for (uint32_t day = 0; day < 6; day++) {
                const struct busyness_group *group = day % 2 ? &second : &first;
                double                       offset = -1;
                bool                         seen[500] = { false };
                for (uint32_t r = 3 * n; r < 4 * n; r++) {
                    const struct busyness_set set = busyness_set_of(&plan, 7, r);
                    const double unit = busyness_unit(&set, group, day / 2, day / 2);
                    cr_assert(unit > 0 && unit < 1);
                    /* Points of a lattice are 1 / n apart, from a random place. */
                    offset = lattice && offset < 0 ? fmod(unit, 1.0 / n) : offset;
                    const double   at = lattice ? unit - offset + 1e-9 : unit;
                    const uint32_t stratum = (uint32_t)fmin(floor(at * n), n - 1);
                    cr_assert(!seen[stratum], "stratum %u of %u comes twice", stratum, n);
                    seen[stratum] = true;
                }
            }
        }
}

Test(busyness, each_replication_is_as_random_as_before)
{
    enum { BINS = 50, SETS = 4000, SIZE = 5 };
    for (int lattice = 0; lattice < 2; lattice++) {
        const struct busyness_plan plan = busyness_plan_of(SIZE, lattice, 1, 2);
        double                     counts[BINS] = { 0 }, chi = 0;
        const double               expected = (double)SETS / BINS;
        for (uint32_t s = 0; s < SETS; s++) { /* the third of each set: these are independent */
            const struct busyness_set set = busyness_set_of(&plan, 99, s * SIZE + 2);
            counts[(int)(busyness_unit(&set, &first, 1, 1) * BINS)]++;
        }
        for (int b = 0; b < BINS; b++)
            chi += (counts[b] - expected) * (counts[b] - expected) / expected;
        cr_expect_lt(chi, gsl_cdf_chisq_Qinv(1e-6, BINS - 1));
        cr_expect_gt(chi, gsl_cdf_chisq_Pinv(1e-6, BINS - 1));
    }
}

/* The variance over sets of the mean of (u - 1/2) (v - 1/2), u and v being two days. */
static double product_variance(bool lattice)
{
    enum { SETS = 2000, SIZE = 32 };
    const struct busyness_plan plan = busyness_plan_of(SIZE, lattice, 1, 2);
    double                     squares = 0;
    for (uint32_t s = 0; s < SETS; s++) {
        double sum = 0;
        for (uint32_t i = 0; i < SIZE; i++) {
            const struct busyness_set set = busyness_set_of(&plan, 5, s * SIZE + i);
            sum += (busyness_unit(&set, &first, 0, 0) - 0.5) *
                   (busyness_unit(&set, &first, 1, 1) - 0.5) / SIZE;
        }
        squares += sum * sum / SETS;
    }
    return squares;
}

Test(busyness, lattices_spread_days_against_each_other)
{
    /* Independent: 1 / 144 / 32. */
    cr_expect_float_eq(product_variance(false), 1.0 / 144 / 32, 0.2 / 144 / 32);
    cr_expect_lt(product_variance(true) * 144 * 32, 0.5, "%g", product_variance(true) * 144 * 32);
}

static struct law load(const char *busyness, const char *cv)
{
    char text[1500];
    snprintf(text, sizeof text,
             "{ \"name\": \"b\", \"run\": { \"length\": \"8 h\", \"replications\": 12%s },\n"
             "  \"streams\": [ { \"name\": \"s\", \"arrivals\": { \"kind\": \"poisson\", \"rate\": "
             "\"60 /h\"%s } } ],\n"
             "  \"tiers\": [ { \"name\": \"L1\", "
             "\"pools\": [ { \"name\": \"p\", \"agents\": 6 } ],\n"
             "    \"handling\": { \"kind\": \"exponential\", \"mean\": \"5 min\" } } ] }",
             busyness, cv);
    return law_load(text);
}

Test(busyness, sets_are_whole_and_pointless_ones_are_told)
{
    struct law law =
        load(", \"busyness\": \"stratified\", \"strata\": 5", ", \"busyness_cv\": 0.2");
    struct tsim_result *result = law_run(&law, NULL);
    cr_expect_eq(tsim_result_info(result)->replications, 15, "12 rounded up");
    cr_expect_eq(tsim_result_info(result)->set, 5);
    cr_expect_eq(tsim_problems_count(law.problems), 0);
    tsim_result_free(result);
    /* Eight threads, and three replications too few to make another set. */
    const struct tsim_run_options options = { .threads = 8, .replications = 13 };
    result = law_run(&law, &options);
    cr_expect_eq(tsim_result_info(result)->replications, 15);
    tsim_result_free(result);
    law_free(&law);

    struct law pointless = load(", \"busyness\": \"quasi_random\"", "");
    cr_assert_eq(tsim_problems_count(pointless.problems), 1);
    cr_expect(strstr(tsim_problems_get(pointless.problems, 0)->message, "equally busy"));
    result = law_run(&pointless, NULL);
    cr_expect_eq(tsim_result_info(result)->replications, 12);
    tsim_result_free(result);
    law_free(&pointless);
}
