/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: the front is what nobody beats; whether that is settled is told apart from noise.
 * Method: fronts seen by eye; ties; shared noise that must not matter and own noise that must;
 * random clouds against the definition. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "stats/pareto.h"

enum { POINTS = 60, REPLICATIONS = 20 };

static uint64_t dice = 362436069u;

static double uniform(void)
{
    dice = dice * 6364136223846793005u + 1442695040888963407u;
    return (double)(dice >> 11) / 9007199254740992.0;
}

static void make(struct response *response, const double *means, uint32_t n, double shared,
                 double own)
{
    double x[REPLICATIONS], y[REPLICATIONS], common[REPLICATIONS];
    cr_assert(response_open(response, n, REPLICATIONS));
    for (int r = 0; r < REPLICATIONS; r++)
        common[r] = shared * (uniform() - 0.5);
    for (uint32_t p = 0; p < n; p++) {
        for (int r = 0; r < REPLICATIONS; r++) {
            y[r] = 1;
            x[r] = means[p] + common[r] + own * (uniform() - 0.5);
        }
        response_fill(response, p, x, y, 1);
    }
}

static const double costs[] = { 1, 2, 3, 2.5, 2, 3 }, levels[] = { 5, 7, 8, 6, 7, 7.5 };

static void check(bool more_is_better, double shared, double own, const char *on, const char *sure)
{
    struct response    cost, service;
    struct pareto_mark marks[6];
    make(&cost, costs, 6, 0, 0);
    make(&service, levels, 6, shared, own);
    pareto_front(&cost, &service, more_is_better, 0.95, marks);
    for (int p = 0; p < 6; p++) {
        cr_assert_eq(marks[p].on, on[p] == 'x', "point %d", p);
        cr_assert_eq(marks[p].sure, sure[p] == 'x', "point %d", p);
    }
    response_close(&cost);
    response_close(&service);
}

/* Points 1 and 4 are the same in both; 3 and 5 are beaten. */
Test(pareto, a_front_seen_by_eye)
{
    check(true, 0, 0, "xxx-x-", "xxxxxx");
    check(false, 0, 0, "x-----", "xxxxxx");
}

Test(pareto, noise_in_common_settles_and_own_noise_does_not)
{
    check(true, 50, 0, "xxx-x-", "xxxxxx");
    struct response    cost, service;
    struct pareto_mark marks[3];
    make(&cost, (double[]){ 1, 2, 3 }, 3, 0, 0);
    make(&service, (double[]){ 5, 5.01, 9 }, 3, 0, 1);
    pareto_front(&cost, &service, true, 0.95, marks);
    cr_assert(marks[0].on && marks[0].sure, "nothing else is as cheap");
    cr_assert_not(marks[1].sure, "0.01 drowns in the noise");
    cr_assert(marks[2].on && marks[2].sure);
    response_close(&cost);
    response_close(&service);
}

Test(pareto, what_is_not_measured_is_off)
{
    struct response    cost, service;
    struct pareto_mark marks[2];
    make(&cost, (double[]){ 1, 2 }, 2, 0, 0);
    make(&service, (double[]){ 9, 5 }, 2, 0, 0);
    service.defined[0] = false;
    pareto_front(&cost, &service, true, 0.95, marks);
    cr_assert(!marks[0].on && marks[0].sure && marks[1].on && marks[1].sure);
    response_close(&cost);
    response_close(&service);
}

Test(pareto, of_random_clouds)
{
    for (int cloud = 0; cloud < 50; cloud++) {
        double             a[POINTS], b[POINTS];
        struct response    cost, service;
        struct pareto_mark marks[POINTS];
        for (int p = 0; p < POINTS; p++) {
            a[p] = floor(10 * uniform());
            b[p] = floor(10 * uniform());
        }
        make(&cost, a, POINTS, 0, 0);
        make(&service, b, POINTS, 3, 0);
        pareto_front(&cost, &service, true, 0.95, marks);
        for (int p = 0; p < POINTS; p++) {
            bool beaten = false;
            for (int q = 0; q < POINTS; q++)
                beaten |= a[q] <= a[p] && b[q] >= b[p] && (a[q] < a[p] || b[q] > b[p]);
            cr_assert_eq(marks[p].on, !beaten, "cloud %d, point %d", cloud, p);
        }
        response_close(&cost);
        response_close(&service);
    }
}
