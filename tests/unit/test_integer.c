/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: integer programs are solved, and hostile ones end in a word, not in an end of the program.
 * Method: small covers with known answers, held against enumeration; an infeasible one; numbers
 * that GLPK refuses. */
#include <criterion/criterion.h>
#include <math.h>

#include "experiment/integer.h"

Test(integer, cover_is_the_enumerated_one)
{
    for (int k = 1; k <= 40; k++) {
        const double a[] = { 1 + k % 3, 2 }, b[] = { 1, 1 + k % 4 };
        const double costs[] = { 3 + k % 5, 4 }, low[] = { 0, 0 }, high[] = { 30, 30 };
        const struct integer_row     rows[] = { { .coefficients = a, .least = 3 + k },
                                                { .coefficients = b, .least = 7.5 } };
        const struct integer_program program = { .columns = 2, .rows = 2, .costs = costs,
                                                 .low = low, .high = high, .row = rows,
                                                 .time_limit_s = 10, .gap = 1e-9 };
        double x[2], bound, best = HUGE_VAL;
        cr_assert_eq(integer_solve(&program, x, &bound), INTEGER_FOUND);
        for (int i = 0; i <= 30; i++)
            for (int j = 0; j <= 30; j++)
                if (a[0] * i + a[1] * j >= 3 + k && b[0] * i + b[1] * j >= 7.5)
                    best = fmin(best, costs[0] * i + costs[1] * j);
        cr_assert_float_eq(costs[0] * x[0] + costs[1] * x[1], best, 1e-9);
        cr_assert_leq(bound, best + 1e-6);
    }
}

Test(integer, no_rows_give_the_least_and_contradictions_are_told)
{
    const double one = 1, low = 2, high = 5;
    const struct integer_row contradiction = { .coefficients = &one, .least = 6 };
    struct integer_program   program = { .columns = 1, .costs = &one, .low = &low, .high = &high,
                                         .row = &contradiction, .time_limit_s = 10 };
    double                   x, bound;
    cr_assert_eq(integer_solve(&program, &x, &bound), INTEGER_FOUND);
    cr_assert_eq(x, 2);
    program.rows = 1;
    cr_assert_neq(integer_solve(&program, &x, &bound), INTEGER_FOUND);
}

Test(integer, what_glpk_refuses_does_not_end_the_program)
{
    const double one = 1, low = 0.5, high = 5; /* an integer with a broken bound */
    const struct integer_program program = { .columns = 1, .costs = &one, .low = &low,
                                             .high = &high, .time_limit_s = 10 };
    double                       x, bound;
    for (int i = 0; i < 3; i++)
        cr_assert_eq(integer_solve(&program, &x, &bound), INTEGER_FAILED);
}
