/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: warm-ups are found where they end, means of one long run have intervals that cover, and
 * series that are too short are told from long ones.
 * Method: autoregressive series and the waits of M/M/1, whose mean and variance parameter are
 * known, with a fixed generator; of 400 intervals of 95 % at least 366 must cover (a true
 * coverage of 95 % fails once in 1000, one of 90 % passes once in 4); formulas against their
 * definitions. */
#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "base/assert.h"
#include "stats/batch.h"
#include "stats/mser.h"

enum { MACRO = 400, COVERED_LEAST = 366, LONG = 8192 };

static double series[4 * LONG];

/* xorshift64* (Vigna), good enough to check averages with. */
static double unit(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return ((double)(*state * 2685821657736338717u >> 12) + 0.5) * 0x1p-52;
}

/* x' = phi x + e about `mean`, from its own law. Variance parameter 1 / (1 - phi)^2. */
static void make_ar(size_t n, double phi, double mean, uint64_t *state)
{
    double x = gsl_cdf_ugaussian_Pinv(unit(state)) / sqrt(1 - phi * phi);
    for (size_t i = 0; i < n; i++) {
        series[i] = mean + x;
        x = phi * x + gsl_cdf_ugaussian_Pinv(unit(state));
    }
}

/* Waits of M/M/1 by Lindley's equation; service rate 1, the first wait from its own law. */
static void make_waits(size_t n, double rho, uint64_t *state)
{
    double wait = unit(state) < rho ? -log(unit(state)) / (1 - rho) : 0;
    for (size_t i = 0; i < n; i++) {
        series[i] = wait;
        wait = fmax(0, wait - log(unit(state)) + log(unit(state)) / rho);
    }
}

Test(batch, variance_is_its_definition_and_its_limit)
{
    uint64_t state = 11;
    make_ar(50, 0.5, 3, &state);
    double mean = 0, squares = 0;
    for (int i = 0; i < 50; i++)
        mean += series[i] / 50;
    for (int j = 0; j + 7 <= 50; j++) {
        double own = 0;
        for (int i = j; i < j + 7; i++)
            own += series[i] / 7;
        squares += (own - mean) * (own - mean);
    }
    cr_assert_float_eq(batch_variance(series, 50, 7), 50.0 * 7 / (44.0 * 43) * squares, 1e-9);
    /* Known parameters; means of 100 series, each off by 8 %: 1 % and what is lost to length. */
    static const double phis[] = { -0.3, 0, 0.5, 0.9 };
    for (size_t k = 0; k < COUNT_OF(phis); k++) {
        double sum = 0;
        for (int macro = 0; macro < 100; macro++) {
            make_ar(LONG, phis[k], 3, &state);
            sum += batch_variance(series, LONG, 128) / 100;
        }
        const double exact = 1 / (1 - phis[k]) / (1 - phis[k]);
        cr_expect(fabs(sum / exact - 1) < 0.09, "phi %g: %g instead of %g", phis[k], sum, exact);
    }
    /* M/M/1 (D. J. Daley, Journal of the Australian Mathematical Society 8, 1968). */
    double sum = 0;
    for (int macro = 0; macro < 400; macro++) {
        make_waits(4 * LONG, 0.5, &state);
        sum += batch_variance(series, 4 * LONG, 512) / 400;
    }
    const double rho = 0.5, exact = rho * (2 + 5 * rho - 4 * rho * rho + rho * rho * rho) /
                                    pow(1 - rho, 4);
    cr_expect(fabs(sum / exact - 1) < 0.1, "%g instead of %g", sum, exact);
}

static int coverage(double phi, double rho, size_t n, int *said)
{
    uint64_t state = 2024;
    int      covered = 0;
    *said = 0;
    for (int macro = 0; macro < MACRO; macro++) {
        if (rho > 0)
            make_waits(n, rho, &state);
        else
            make_ar(n, phi, 20, &state);
        const struct interval_estimate estimate = batch_interval(series, n, 0.95);
        const double                   mean = rho > 0 ? rho / (1 - rho) : 20;
        *said += estimate.has_interval;
        covered += !estimate.has_interval || (estimate.low <= mean && mean <= estimate.high);
    }
    return covered;
}

Test(batch, intervals_of_one_run_cover)
{
    static const struct {
        double phi, rho;
        size_t n;
    } runs[] = { { 0, 0, 1000 }, { 0.5, 0, 2000 }, { 0.9, 0, LONG }, { 0, 0.5, 2 * LONG } };
    for (size_t i = 0; i < COUNT_OF(runs); i++) {
        int       said;
        const int covered = coverage(runs[i].phi, runs[i].rho, runs[i].n, &said);
        cr_expect(covered >= COVERED_LEAST, "run %zu: %d of %d cover", i, covered, MACRO);
        cr_expect(said >= MACRO * 19 / 20, "run %zu: %d have an interval", i, said);
    }
}

Test(batch, tells_short_runs)
{
    uint64_t state = 5;
    int      independent = 0, correlated = 0, hopeless = 0;
    for (int macro = 0; macro < MACRO; macro++) {
        make_ar(30, 0, 1, &state);
        independent += batch_neighbours(series, 30) > 0.05;
        make_ar(30, 0.8, 1, &state);
        correlated += batch_neighbours(series, 30) > 0.05;
        make_ar(60, 0.98, 1, &state);
        hopeless += batch_size(series, 60) > 0;
    }
    /* 5 % of them by chance: 380 of 400, give or take 4.4; four times that. */
    cr_expect(independent >= 362 && independent <= 398, "%d", independent);
    cr_expect(correlated <= 20, "%d", correlated);
    cr_expect(hopeless <= MACRO / 4, "%d", hopeless);
    static const double alike[] = { 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2 };
    cr_expect_eq(batch_neighbours(alike, COUNT_OF(alike)), 1);
    cr_expect_eq(batch_neighbours(alike, 2), 1);
    cr_expect_eq(batch_size(alike, 5), 0);
    cr_expect(!batch_interval(alike, 0, 0.95).defined);
    cr_expect(!batch_interval(alike, 5, 0.95).has_interval);
    cr_expect_eq(batch_interval(alike, COUNT_OF(alike), 0.95).high, 2);
}

Test(batch, warm_ups_end_where_they_end)
{
    enum { N = 200 };
    uint64_t state = 77;
    int      none = 0, found = 0, never = 0;
    size_t   cut;
    for (int macro = 0; macro < MACRO; macro++) {
        make_ar(N, 0.3, 50, &state);
        none += mser_cut(series, N, &cut) && cut <= N / 4;
        for (int i = 0; i < N; i++) /* starts 20 lower, and is there after about 40 */
            series[i] -= 20 * exp(-i / 10.0);
        found += mser_cut(series, N, &cut) && cut >= 15 && cut <= 60;
        for (int i = 0; i < N; i++) /* and grows for ever */
            series[i] += 0.3 * i;
        never += !mser_cut(series, N, &cut);
    }
    /* Measured 357, 331 and 400. */
    cr_expect(none >= 320, "%d of %d need no warm-up", none, MACRO);
    cr_expect(found >= 300, "%d of %d warm-ups are found", found, MACRO);
    cr_expect(never >= 390, "%d of %d that grow are told", never, MACRO);
    static const double step[] = { 0, 0, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6 };
    cr_expect(mser_cut(step, COUNT_OF(step), &cut) && cut == 2, "%zu", cut);
    cr_expect_not(mser_cut(step, 5, &cut));
}
