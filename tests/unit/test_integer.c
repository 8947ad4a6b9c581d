/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: integer programs are solved, and hostile ones end in a word, not in an end of the program.
 * Method: small covers with known answers, held against enumeration; an infeasible one; numbers
 * that GLPK refuses. Instead of cbc a script that answers rightly, wrongly, or not at all. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* ---- a program called cbc */

/* Solves 2 x + y >= 5 at least cost 3 x + 2 y, whose answer is (2, 1) at 8, with a script in the
 * place of cbc. */
static struct integer_course with_script(const char *script, double *x, double *bound)
{
    const double a[] = { 2, 1 }, costs[] = { 3, 2 }, low[] = { 0, 0 };
    const double high[] = { INFINITY, INFINITY };
    const struct integer_row     row = { .coefficients = a, .least = 5 };
    const struct integer_program program = { .columns = 2, .rows = 1, .costs = costs, .low = low,
                                             .high = high, .row = &row, .time_limit_s = 40,
                                             .gap = 1e-9, .external = true };
    struct integer_course course = { 0 };
    char                  folder[100], path[150], before[4000], now[4200];
    const char           *old = getenv("PATH");
    snprintf(folder, sizeof folder, "/tmp/tiersim-fake-cbc-%ld", (long)getpid());
    snprintf(path, sizeof path, "%s/cbc", folder);
    snprintf(before, sizeof before, "%s", old ? old : "");
    snprintf(now, sizeof now, "%s:%s", folder, before);
    mkdir(folder, 0700);
    FILE *to = fopen(path, "w");
    cr_assert_not_null(to);
    fprintf(to, "#!/bin/sh\n%s\n", script);
    fclose(to);
    chmod(path, 0700);
    setenv("PATH", now, 1);
    cr_assert_eq(integer_solve_told(&program, x, bound, &course), INTEGER_FOUND);
    setenv("PATH", before, 1);
    unlink(path);
    rmdir(folder);
    return course;
}

Test(integer, cbc_is_believed_when_it_is_right)
{
    double x[2], bound;
    struct integer_course course = with_script(
        "grep -q ENDATA model.mps || exit 1\n"
        "echo 'Result - Optimal solution found'\necho 'Objective value: 8.0'\n"
        "printf 'Optimal - objective value 8\\n 0 C0000001 2 3\\n 1 C0000002 1 2\\n'"
        " > solution.txt", x, &bound);
    cr_expect(course.external);
    cr_expect_eq(x[0], 2);
    cr_expect_eq(x[1], 1);
    cr_expect_eq(bound, 8);
    course = with_script("printf 'Stopped on time - objective value 10\\n 1 C0000002 5 2\\n'"
                         " > solution.txt", x, &bound);
    cr_expect(course.external && course.time_was_up);
    cr_expect_eq(x[1], 5);
    cr_expect_leq(bound, 8);
}

Test(integer, cbc_is_not_believed_when_it_is_wrong)
{
    static const char *const scripts[] = {
        "printf 'Optimal - objective value 3\\n 0 C0000001 1 3\\n' > solution.txt",
        "printf 'Optimal - objective value 3\\n 0 C0000001 2.5 3\\n' > solution.txt",
        "printf 'Optimal - objective value 3\\n 0 C0000009 2 3\\n' > solution.txt",
        "printf 'Optimal - objective value 3\\n 0 C0000001 nan 3\\n' > solution.txt",
        "printf 'Infeasible - objective value 3\\n' > solution.txt",
        "echo nonsense > solution.txt",
        "exit 7",
        "kill -9 $$",
    };
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        double                      x[2], bound;
        const struct integer_course course = with_script(scripts[i], x, &bound);
        cr_expect(!course.external, "script %zu", i);
        cr_expect_float_eq(3 * x[0] + 2 * x[1], 8, 1e-9, "script %zu", i);
        cr_expect_float_eq(bound, 8, 1e-9);
    }
}
