/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/integer.h - integer programs, solved by GLPK.
 *
 * Minimise cost * x over whole x (but for those that may be fractional) within
 * bounds, subject to rows: sum of coefficients * x >= least.
 * This file alone sees GLPK; nothing of it can end the program.
 */
#ifndef EXPERIMENT_INTEGER_H
#define EXPERIMENT_INTEGER_H

#include <stdbool.h>
#include <stddef.h>

struct integer_row {
    const double *coefficients; /* [columns]                                              */
    double        least;
};

struct integer_program {
    size_t                    columns, rows;
    const double             *costs, *low, *high; /* [columns]                            */
    const struct integer_row *row;
    double                    time_limit_s, gap;  /* of the search: then its best is taken */
    const bool               *fractional;         /* [columns]; NULL: none may be          */
};

enum integer_end { INTEGER_FOUND, INTEGER_INFEASIBLE, INTEGER_FAILED };

/* Fills x[columns] and a lower bound on the cost. FAILED: memory or time was out before anything
 * was found. */
enum integer_end integer_solve(const struct integer_program *program, double *x, double *bound);

#endif
