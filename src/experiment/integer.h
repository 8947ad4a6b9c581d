/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/integer.h - integer programs, solved by GLPK.
 *
 * Minimise cost * x over x within bounds, subject to rows: sum of coefficients * x >= least. All x
 * are whole, but those that may be fractional.
 * integer.c alone sees GLPK; nothing of it can end the program.
 *
 * An end by the number of nodes is the same on every machine; one by time is not, and is told.
 */
#ifndef EXPERIMENT_INTEGER_H
#define EXPERIMENT_INTEGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct integer_row {
    const double   *coefficients; /* [columns]; [n] where `at` is given                      */
    double          least;
    const uint32_t *at;           /* columns of the coefficients; NULL: all, in order        */
    size_t          n;
    bool            equal;        /* the sum is just `least`                                 */
};

struct integer_program {
    size_t                    columns, rows;
    const double             *costs, *low, *high; /* [columns]; high INFINITY: no bound      */
    const struct integer_row *row;
    double                    time_limit_s, gap;  /* of the search: then its best is taken   */
    const bool               *fractional;         /* [columns]; NULL: none may be            */
    uint32_t                  nodes;              /* of the search tree at most; 0: any      */
    bool                      dive;               /* round the relaxation up, step by step,
                                                     first: for covers, where that is sound  */
    bool                      external;           /* let the program cbc search, where it is
                                                     installed (experiment/cbc.h)            */
    bool (*stop)(void *user);                     /* asked at each node; NULL: never         */
    void                     *user;
};

enum integer_end { INTEGER_FOUND, INTEGER_INFEASIBLE, INTEGER_FAILED };

/* How it went, beside the answer. */
struct integer_course {
    double  *relaxed;   /* [columns], by the caller: the fractional optimum; NULL: not asked */
    bool     has_relaxed;
    bool     time_was_up;
    bool     external;          /* the answer is cbc's                                     */
    uint32_t nodes;
};

/* Fills x[columns] and a lower bound on the cost. FAILED: memory, time or nodes were out before
 * anything was found; then the bound holds all the same where it is above -INFINITY. */
enum integer_end integer_solve(const struct integer_program *program, double *x, double *bound);
enum integer_end integer_solve_told(const struct integer_program *program, double *x,
                                    double *bound, struct integer_course *course);

#endif
