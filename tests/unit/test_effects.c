/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: contrasts, effects and surfaces say what their definitions say, with intervals that
 * replications under common random numbers deserve.
 * Method: responses made by formula, whose effects are known; noise that is common to all points
 * must cancel to the last digit or so; a textbook factorial; coverage over many made-up studies
 * with a stated false-alarm rate. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/contrast.h"
#include "stats/effects.h"
#include "stats/surface.h"

enum { MOST = 200 };

/* Normal noise from a plain generator: sum of twelve uniforms less 6. */
static uint64_t dice = 88172645463325252u;

static double noise(void)
{
    double sum = -6;
    for (int i = 0; i < 12; i++) {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        sum += (double)(dice >> 11) / 9007199254740992.0;
    }
    return sum;
}

/* A response whose points have these means, plus noise shared by all of them, plus noise of their
 * own. */
static void make(struct response *response, const double *means, uint32_t points, uint32_t n,
                 double shared, double own)
{
    double common[MOST], x[MOST], one[MOST];
    cr_assert(response_open(response, points, n));
    for (uint32_t r = 0; r < n; r++)
        common[r] = shared * noise(), one[r] = 1;
    for (uint32_t p = 0; p < points; p++) {
        for (uint32_t r = 0; r < n; r++)
            x[r] = means[p] + common[r] + own * noise();
        response_fill(response, p, x, one, 1);
    }
}

static void near(double found, double expected, double within)
{
    cr_assert(fabs(found - expected) <= within, "%.15g, not %.15g", found, expected);
}

Test(contrast, a_ratio_is_what_the_delta_method_says)
{
    const double      pairs[][2] = { { 3, 4 }, { 5, 5 }, { 2, 6 }, { 7, 8 } };
    struct ratio_sums sums = { 0 };
    struct response   response;
    cr_assert(response_open(&response, 2, 4));
    for (int i = 0; i < 4; i++)
        ratio_add(&sums, pairs[i][0], pairs[i][1]);
    response_fill(&response, 0, &pairs[0][0], &pairs[0][1], 2);
    const struct interval_estimate expected = ratio_interval(&sums, 0.95);
    const struct interval_estimate found =
        contrast(&response, (double[]){ 1, 0 }, student_quantile(3, 0.95));
    cr_assert(found.defined && found.has_interval);
    cr_assert_eq(found.value, expected.value);
    near(found.std_error, expected.std_error, 1e-15);
    near(found.low, expected.low, 1e-14);
    cr_assert_not(response.defined[1]);
    cr_assert_not(contrast(&response, (double[]){ 1, -1 }, 2).defined);
    cr_assert_not(contrast_of_two(&response, 0, 1, 2).defined);
    cr_assert(contrast(&response, (double[]){ 2, 0 }, 2).defined, "weight 0 does not count");
    response_close(&response);
}

Test(contrast, what_points_share_cancels)
{
    struct response response;
    make(&response, (double[]){ 10, 13 }, 2, 30, 100, 0);
    cr_assert_gt(response.error[0], 5);
    const struct interval_estimate two = contrast_of_two(&response, 1, 0, 2);
    const struct interval_estimate sum = contrast(&response, (double[]){ -1, 1 }, 2);
    near(two.value, 3, 1e-12);
    near(sum.value, 3, 1e-12);
    near(two.high - two.low, 0, 1e-12);
    near(sum.high - sum.low, 0, 1e-12);
    response_close(&response);
}

Test(contrast, one_replication_has_no_interval)
{
    struct response response;
    make(&response, (double[]){ 10, 13 }, 2, 1, 0, 1);
    cr_assert(contrast_of_two(&response, 1, 0, 2).defined);
    cr_assert_not(contrast_of_two(&response, 1, 0, 2).has_interval);
    cr_assert_not(contrast(&response, (double[]){ 1, 1 }, 2).has_interval);
    response_close(&response);
}

/* ---- factorial designs */

/* Yields of the pilot plant of Box, Hunter and Hunter, table 5.2: temperature, concentration,
 * catalyst; effects 23, -5, 1.5 and interactions 1.5, 10, 0. */
Test(effects, of_the_pilot_plant)
{
    const double   yields[] = { 60, 72, 54, 68, 52, 83, 45, 80 };
    const uint32_t levels[] = { 2, 2, 2 };
    uint32_t       level[24];
    double         weights[8], shares = 0;
    for (uint32_t p = 0; p < 8; p++)
        for (uint32_t f = 0; f < 3; f++)
            level[p * 3 + f] = p >> f & 1;
    const struct factorial plant = { 3, 8, levels, level };
    struct response        response;
    make(&response, yields, 8, 5, 0, 0);
    const double mains[] = { 23, -5, 1.5 }, twos[3][3] = { { 0, 1.5, 10 }, { 0, 0, 0 } };
    for (uint32_t f = 0; f < 3; f++) {
        struct effect effect = effect_main(&plant, &response, f, 2, weights);
        near(effect.change.value, mains[f], 1e-12);
        shares += effect.share;
        for (uint32_t g = f + 1; g < 3; g++) {
            effect = effect_of_two(&plant, &response, f, g, 2, weights);
            near(effect.change.value, twos[f][g], 1e-12);
            shares += effect.share;
        }
        near(effect_level(&plant, &response, f, 1, 2, weights).value -
                 effect_level(&plant, &response, f, 0, 2, weights).value, mains[f], 1e-12);
    }
    /* The interaction of all three is 0.5: its share of the sum of squares is what is left. */
    near(shares, 1 - 2 * 0.5 * 0.5 / (2 * (23 * 23 + 25 + 2.25 + 2.25 + 100 + 0.25)), 1e-12);
    response_close(&response);
}

Test(effects, of_several_levels)
{
    const uint32_t levels[] = { 3, 4, 1 };
    uint32_t       level[36];
    double         means[12], weights[12];
    for (uint32_t p = 0; p < 12; p++) {
        const uint32_t a = p / 4, b = p % 4;
        level[p * 3] = a, level[p * 3 + 1] = b, level[p * 3 + 2] = 0;
        means[p] = 5 + 2 * a * a + 3 * b + (a == 2 && b == 3 ? 8 : 0);
    }
    const struct factorial factorial = { 3, 12, levels, level };
    struct response        response;
    make(&response, means, 12, 10, 50, 0);
    struct effect effect = effect_main(&factorial, &response, 0, 2, weights);
    near(effect.change.value, 8 + 2, 1e-9);
    near(effect.change.high - effect.change.low, 0, 1e-9);
    effect = effect_main(&factorial, &response, 1, 2, weights);
    near(effect.change.value, 9 + 8.0 / 3, 1e-9);
    near(effect_of_two(&factorial, &response, 0, 1, 2, weights).change.value, 4, 1e-9);
    effect = effect_main(&factorial, &response, 2, 2, weights);
    near(effect.change.value, 0, 0);
    near(effect.share, 0, 1e-12);
    response.defined[7] = false;
    cr_assert_not(effect_level(&factorial, &response, 1, 3, 2, weights).defined);
    cr_assert(effect_level(&factorial, &response, 1, 0, 2, weights).defined);
    near(effect_main(&factorial, &response, 0, 2, weights).share, 0, 0);
    response_close(&response);
}

/* Nothing changes: no share of nothing. */
Test(effects, of_nothing)
{
    const uint32_t         levels[] = { 2 }, level[] = { 0, 1 };
    const struct factorial factorial = { 1, 2, levels, level };
    struct response        response;
    double                 weights[2];
    make(&response, (double[]){ 0.1, 0.1 }, 2, 7, 3, 0);
    const struct effect effect = effect_main(&factorial, &response, 0, 2, weights);
    near(effect.change.value, 0, 1e-13);
    near(effect.share, 0, 0);
    response_close(&response);
}

/* 1000 studies of ten replications: an interval at 90 % misses about 100 times; outside 60 to 145
 * is seen less than once in 100,000 seeds. */
Test(effects, intervals_cover)
{
    const uint32_t         levels[] = { 2 }, level[] = { 0, 1 };
    const struct factorial factorial = { 1, 2, levels, level };
    int                    missed = 0;
    for (int study = 0; study < 1000; study++) {
        struct response response;
        double          weights[2];
        make(&response, (double[]){ 4, 5 }, 2, 10, 10, 1);
        const struct interval_estimate change =
            effect_main(&factorial, &response, 0, student_quantile(9, 0.9), weights).change;
        missed += change.low > 1 || change.high < 1;
        response_close(&response);
    }
    cr_assert(missed > 60 && missed < 145, "%d of 1000 intervals at 90 %% miss", missed);
}

/* ---- surfaces */

static double bowl(const double *x)
{
    return 3 + 2 * x[0] - 5 * x[1] + 0.5 * x[0] * x[0] - 0.25 * x[0] * x[1] + x[1] * x[1];
}

static uint32_t grid(double *at, double step)
{
    uint32_t n = 0;
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 5; j++) {
            at[2 * n] = 10 + i * step;
            at[2 * n++ + 1] = 100 + 3 * j;
        }
    return n;
}

Test(surface, a_quadratic_is_found_exactly)
{
    double          at[2 * 20], means[20], weights[20];
    const uint32_t  n = grid(at, 2);
    struct surface  surface;
    struct response response;
    for (uint32_t p = 0; p < n; p++)
        means[p] = bowl(at + 2 * p);
    make(&response, means, n, 8, 1000, 0);
    cr_assert(surface_open(&surface, SURFACE_QUADRATIC, at, n, 2, NULL));
    cr_assert_eq(surface.rank, 6);
    const double where[] = { 12.5, 104 };
    cr_assert(surface_value(&surface, where, weights));
    const struct interval_estimate value = contrast(&response, weights, 2);
    near(value.value, bowl(where) + value.value - value.low - 2 * value.std_error,
         1e-6 + 3 * 1000);
    for (uint32_t f = 0; f < 2; f++) {
        cr_assert(surface_slope(&surface, where, f, weights));
        const struct interval_estimate slope = contrast(&response, weights, 2);
        near(slope.value, f == 0 ? 2 + 12.5 - 0.25 * 104 : -5 - 0.25 * 12.5 + 2 * 104, 1e-7);
        near(slope.high - slope.low, 0, 1e-7);
    }
    const struct surface_fit fit = surface_fit(&surface, at, response.value);
    cr_assert(fit.defined && fit.predicted_defined);
    near(fit.r2, 1, 1e-9);
    near(fit.predicted, 1, 1e-9);
    surface_close(&surface);
    response_close(&response);
}

/* What a plane makes of a curve: leave-one-out by the formula is leave-one-out by doing it. */
Test(surface, prediction_of_left_out_points_is_honest)
{
    double         at[2 * 20], means[20], rest[2 * 19], values[19], weights[19];
    const uint32_t n = grid(at, 1);
    struct surface surface, without;
    double         press = 0, total = 0;
    for (uint32_t p = 0; p < n; p++)
        means[p] = bowl(at + 2 * p) + noise();
    cr_assert(surface_open(&surface, SURFACE_LINEAR, at, n, 2, NULL));
    for (uint32_t left = 0; left < n; left++) {
        uint32_t k = 0;
        double   mean = 0, predicted = 0;
        for (uint32_t p = 0; p < n; p++)
            if (p != left) {
                memcpy(rest + 2 * k, at + 2 * p, sizeof(double[2]));
                values[k++] = means[p];
            }
        cr_assert(surface_open(&without, SURFACE_LINEAR, rest, k, 2, NULL));
        cr_assert(surface_value(&without, at + 2 * left, weights));
        for (uint32_t p = 0; p < k; p++) {
            predicted += weights[p] * values[p];
            mean += values[p] / k;
        }
        press += (predicted - means[left]) * (predicted - means[left]);
        total += (mean - means[left]) * (mean - means[left]);
        surface_close(&without);
    }
    const struct surface_fit fit = surface_fit(&surface, at, means);
    near(fit.predicted, 1 - press / total, 1e-9);
    cr_assert_lt(fit.predicted, fit.r2);
    surface_close(&surface);
}

Test(surface, what_points_do_not_span_is_not_guessed)
{
    const double             line[] = { 1, 1, 2, 2, 3, 3 }; /* both factors move together */
    const double             values[] = { 1, 2, 3 }, flat[] = { 4, 4, 4 };
    double                   weights[3];
    struct surface           surface;
    cr_assert(surface_open(&surface, SURFACE_LINEAR, line, 3, 2, NULL));
    cr_assert_eq(surface.rank, 2);
    cr_assert_not(surface_slope(&surface, line, 0, weights));
    cr_assert(surface_value(&surface, line, weights), "on the line it is known");
    cr_assert_not(surface_value(&surface, (double[]){ 1, 3 }, weights));
    struct surface_fit fit = surface_fit(&surface, line, values);
    near(fit.r2, 1, 1e-12);
    fit = surface_fit(&surface, line, flat);
    cr_assert_not(fit.defined);
    surface_close(&surface);

    cr_assert(surface_open(&surface, SURFACE_QUADRATIC, line, 3, 2, NULL));
    cr_assert_not(surface_slope(&surface, line, 1, weights));
    fit = surface_fit(&surface, line, values);
    cr_assert_not(fit.predicted_defined, "three points, three coefficients");
    surface_close(&surface);

    cr_assert(surface_open(&surface, SURFACE_LINEAR, line, 0, 2, NULL), "no point");
    cr_assert_not(surface_value(&surface, line, weights));
    cr_assert_not(surface_fit(&surface, line, values).defined);
    surface_close(&surface);

    /* A factor that never changes has no slope; the other has. */
    const double still[] = { 1, 7, 2, 7, 4, 7 };
    cr_assert(surface_open(&surface, SURFACE_LINEAR, still, 3, 2, NULL));
    cr_assert(surface_slope(&surface, still, 0, weights));
    cr_assert_not(surface_slope(&surface, still, 1, weights));
    surface_close(&surface);
}

Test(surface, too_much_is_refused)
{
    struct surface surface;
    cr_assert_eq(surface_terms(SURFACE_LINEAR, 3), 4);
    cr_assert_eq(surface_terms(SURFACE_QUADRATIC, 3), 10);
    cr_assert(surface_feasible(SURFACE_LINEAR, 40, 100000));
    cr_assert_not(surface_feasible(SURFACE_QUADRATIC, 40, 100000));
    cr_assert_not(surface_open(&surface, SURFACE_QUADRATIC, NULL, 100000, 40, NULL));
    surface_close(&surface);
}
