/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: means adjusted by controls are the jackknife's of a regression, their intervals cover as
 * often as they say with chosen and with useless controls, and a choice is never made of
 * nothing. Method: the regressions without each unit in turn, by GSL; 1000 macro-replications
 * with a fixed generator, coverage of 95 % intervals between 926 and 971 (a false alarm in 1250,
 * see test_interval.c); columns that do not vary, that are made up of others, and too few units. */
#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_multifit.h>
#include <math.h>

#include "base/assert.h"
#include "stats/control.h"
#include "stats/interval.h"

enum { MACRO = 1000, COVERED_LOW = 926, COVERED_HIGH = 971, UNITS_MOST = 400, COLUMNS = 8 };

/* xorshift64* (Vigna), good enough to check averages with. */
static double normal(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return gsl_cdf_ugaussian_Pinv(((double)(*state * 2685821657736338717u >> 12) + 0.5) * 0x1p-52);
}

struct data {
    double c[UNITS_MOST * COLUMNS], y[UNITS_MOST * 2];
};

static struct control_table controls_of(const struct data *data, size_t n, size_t columns)
{
    return (struct control_table){ data->c, n, COLUMNS, columns };
}

static struct control_table responses_of(const struct data *data, size_t n, size_t columns)
{
    return (struct control_table){ data->y, n, 2, columns };
}

/* The intercept of GSL's regression on the first q columns without unit `out`. */
static double intercept_without(const struct data *data, size_t n, size_t q, size_t out)
{
    gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(n - (out < n), q + 1);
    gsl_matrix *design = gsl_matrix_alloc(n - (out < n), q + 1);
    gsl_matrix *covariance = gsl_matrix_alloc(q + 1, q + 1);
    gsl_vector *y = gsl_vector_alloc(n - (out < n)), *slopes = gsl_vector_alloc(q + 1);
    double      residual;
    for (size_t i = 0, row = 0; i < n; i++) {
        if (i == out)
            continue;
        gsl_matrix_set(design, row, 0, 1);
        for (size_t k = 0; k < q; k++)
            gsl_matrix_set(design, row, k + 1, data->c[i * COLUMNS + k]);
        gsl_vector_set(y, row++, data->y[2 * i]);
    }
    gsl_multifit_linear(design, y, slopes, covariance, &residual, work);
    const double intercept = gsl_vector_get(slopes, 0);
    gsl_multifit_linear_free(work);
    gsl_matrix_free(design);
    gsl_matrix_free(covariance);
    gsl_vector_free(y);
    gsl_vector_free(slopes);
    return intercept;
}

Test(control, is_the_jackknife_of_regressions)
{
    enum { N = 25, Q = 3 };
    static const size_t chosen[] = { 0, 1, 2 };
    struct data         data;
    uint64_t            state = 3;
    double              mean, std_error;
    for (size_t i = 0; i < N; i++) {
        data.y[2 * i] = 7 + normal(&state);
        data.y[2 * i + 1] = 4;
        for (size_t k = 0; k < Q; k++) {
            const double c = data.c[i * COLUMNS + k] = 100 * normal(&state) + (k == 2 ? 30 : 0);
            data.y[2 * i] += 0.01 * c * (double)k + 1e-4 * c * c;
            data.y[2 * i + 1] += 0.5 * c;
        }
    }
    const struct control_table controls = controls_of(&data, N, Q);
    struct control_fit        *fit = control_fit_new(&controls, chosen, Q);
    struct moments             pseudo = { 0 };
    cr_assert_eq(control_fit_degrees(fit), N - 1 - Q);
    for (size_t i = 0; i < N; i++)
        moments_add(&pseudo, N * intercept_without(&data, N, Q, N) -
                                 (N - 1) * intercept_without(&data, N, Q, i));
    control_fit_mean(fit, data.y, 2, &mean, &std_error);
    cr_assert_float_eq(mean, pseudo.mean, 1e-9);
    cr_assert_float_eq(std_error, sqrt(pseudo.m2 / (N - 1) / N), 1e-9);
    /* What controls explain wholly is known wholly. */
    control_fit_mean(fit, data.y + 1, 2, &mean, &std_error);
    cr_assert_float_eq(mean, 4, 1e-11);
    cr_assert_float_eq(std_error, 0, 1e-11);
    control_fit_free(fit);
}

/* How often 95 % intervals hold the truth 5, and the mean share of the plain variance that is left.
 * `used` of the 8 controls explain the response, the rest are noise. */
static int coverage(size_t n, size_t used, double strength, bool curved, double *left,
                    double *taken)
{
    struct data data;
    uint64_t    state = 77 + n;
    int         covered = 0;
    *left = *taken = 0;
    for (int macro = 0; macro < MACRO; macro++) {
        struct moments plain = { 0 };
        size_t         chosen[CONTROLS_MOST];
        for (size_t i = 0; i < n; i++) {
            double y = 5 + normal(&state);
            for (size_t k = 0; k < COLUMNS; k++) {
                const double c = data.c[i * COLUMNS + k] = normal(&state);
                y += k < used ? strength * (curved ? c * c + c - 1 : c) : 0;
            }
            data.y[2 * i] = y;
            moments_add(&plain, y);
        }
        const struct control_table controls = controls_of(&data, n, COLUMNS);
        const struct control_table responses = responses_of(&data, n, 1);
        const size_t               q = control_choose(&controls, &responses, chosen);
        struct control_fit        *fit = control_fit_new(&controls, chosen, q);
        struct interval_estimate   estimate = mean_interval(&plain, 0.95);
        const double               width = estimate.high - estimate.low;
        double                     mean, std_error;
        cr_assert_eq(fit != NULL, q > 0);
        if (fit) {
            control_fit_mean(fit, data.y, 2, &mean, &std_error);
            estimate = interval_around(mean, std_error,
                                       student_quantile(control_fit_degrees(fit), 0.95));
        }
        covered += estimate.low <= 5 && 5 <= estimate.high;
        *left += (estimate.high - estimate.low) * (estimate.high - estimate.low) / width / width;
        *taken += (double)q;
        control_fit_free(fit);
    }
    *left /= MACRO;
    *taken /= MACRO;
    return covered;
}

Test(control, adjusted_intervals_cover)
{
    static const struct {
        size_t n, used;
        double strength;
        bool   curved;
        double left, taken; /* at most; at least */
    } cases[] = {
        { 20, 0, 0, false, 1.01, 0 },     /* nothing to find: hardly ever anything is taken */
        { 100, 0, 0, false, 1.01, 0 },
        { 20, 1, 3, false, 0.2, 0.9 },    /* one: 90 % of the variance */
        { 50, 2, 2, false, 0.2, 1.9 },    /* two: 89 % */
        { 100, 3, 1, false, 0.33, 2.9 },  /* three: 75 % */
        { 50, 1, 0.5, false, 0.95, 0.3 }, /* weak: taken now and then, where luck shows it */
        { 40, 1, 1, true, 0.95, 0.3 },    /* not linear: what the jackknife is for */
        { 200, 1, 1, true, 0.9, 0.95 },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double    left, taken;
        const int covered = coverage(cases[i].n, cases[i].used, cases[i].strength, cases[i].curved,
                                     &left, &taken);
        cr_expect(covered >= COVERED_LOW && covered <= COVERED_HIGH,
                  "case %zu: %d of %d intervals cover", i, covered, MACRO);
        cr_expect(left <= cases[i].left, "case %zu: %g of the variance is left", i, left);
        cr_expect(taken >= cases[i].taken, "case %zu: %g controls are taken", i, taken);
        cr_expect(cases[i].used > 0 || taken < 0.05, "case %zu: %g controls are taken", i, taken);
    }
}

Test(control, never_chooses_what_says_nothing)
{
    enum { N = 60 };
    struct data data;
    uint64_t    state = 5;
    size_t      chosen[CONTROLS_MOST];
    for (size_t i = 0; i < N; i++) {
        double *c = &data.c[i * COLUMNS];
        c[0] = normal(&state);
        c[1] = 1e6;                  /* the same in every unit       */
        c[2] = 3 * c[0];             /* made up of others            */
        c[3] = 0;
        c[4] = 1e12 * normal(&state) * 0.001;
        c[5] = c[4] + c[0] - 7;
        data.y[2 * i] = c[0] + 1e-9 * c[4] + 0.01 * normal(&state);
        data.y[2 * i + 1] = 42;      /* a response that is known     */
    }
    const struct control_table controls = controls_of(&data, N, 6);
    const struct control_table responses = responses_of(&data, N, 2);
    const size_t               q = control_choose(&controls, &responses, chosen);
    cr_assert_eq(q, 2, "%zu controls", q);
    for (size_t i = 0; i < q; i++)
        cr_expect(chosen[i] != 1 && chosen[i] != 3);
    const struct control_table constant = { data.y + 1, N, 2, 1 };
    cr_expect_eq(control_choose(&controls, &constant, chosen), 0);
    const struct control_table few = controls_of(&data, CONTROL_UNITS_LEAST - 1, 6);
    const struct control_table few_of = responses_of(&data, CONTROL_UNITS_LEAST - 1, 1);
    cr_expect_eq(control_choose(&few, &few_of, chosen), 0);
    const size_t same[] = { 0, 2 }, one[] = { 1 };
    cr_expect(control_fit_new(&controls, same, 2) == NULL, "one control makes up the other");
    cr_expect(control_fit_new(&controls, one, 1) == NULL, "it is the constant");
}

Test(control, parts_of_a_whole_stay_a_whole)
{
    enum { N = 80 };
    struct data data;
    uint64_t    state = 9;
    size_t      chosen[CONTROLS_MOST];
    double      a, b, error;
    for (size_t i = 0; i < N; i++) {
        data.c[i * COLUMNS] = normal(&state);
        data.y[2 * i] = 0.6 + 0.1 * data.c[i * COLUMNS] + 0.05 * normal(&state);
        data.y[2 * i + 1] = 1 - data.y[2 * i];
    }
    const struct control_table controls = controls_of(&data, N, 1);
    const struct control_table responses = responses_of(&data, N, 2);
    cr_assert_eq(control_choose(&controls, &responses, chosen), 1);
    struct control_fit *fit = control_fit_new(&controls, chosen, 1);
    control_fit_mean(fit, data.y, 2, &a, &error);
    control_fit_mean(fit, data.y + 1, 2, &b, &error);
    cr_assert_float_eq(a + b, 1, 1e-12);
    control_fit_free(fit);
}
