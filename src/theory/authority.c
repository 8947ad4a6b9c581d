/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "theory/authority.h"

#include <gsl/gsl_integration.h>
#include <math.h>

enum { POINTS = 16, PIECES = 8, OCTAVES = 48 };

static double cdf(const struct authority_amount *amount, double x)
{
    return isinf(x) ? 1 : amount->cdf(x, amount->of);
}

static double cdf_at(double x, void *user)
{
    return cdf(*(const struct authority_amount **)user, x);
}

/* The integral of the distribution function from 0 to `high`. */
static double area(const struct authority_amount *amount, double high,
                   const gsl_integration_glfixed_table *table)
{
    const gsl_function function = { cdf_at, &amount };
    double             sum = 0, top = high;
    for (int octave = 0; octave < OCTAVES; octave++, top /= 2)
        for (int piece = 0; piece < PIECES; piece++) {
            const double width = top / 2 / PIECES;
            const double from = top / 2 + piece * width;
            sum += gsl_integration_glfixed(&function, from, from + width, table);
        }
    return sum;
}

/* E[X; X <= high]. */
static double mean_below(const struct authority_amount *amount, double high,
                         const gsl_integration_glfixed_table *table)
{
    if (isinf(high))
        return amount->mean;
    return high > 0 ? high * cdf(amount, high) - area(amount, high, table) : 0;
}

bool authority_cost_of(const struct authority_amount *amount, const struct authority_step *steps,
                       size_t n, bool straight, struct authority_cost *cost)
{
    gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc(POINTS);
    double settled = -1, before = 0, below = 0; /* up to that limit: share, partial mean     */
    *cost = (struct authority_cost){ 0 };
    if (!table)
        return false;
    if (n > 0)
        cost->passed = 1 - cdf(amount, steps[0].limit);
    for (size_t i = 0; i < n; i++) {
        const bool   more = steps[i].limit > settled;
        const double after = more ? cdf(amount, steps[i].limit) : before;
        /* Who has it: all that is not settled before; going straight, all at the first step and
         * then what is settled here. */
        cost->handling += steps[i].handling * (straight && i > 0 ? after - before : 1 - before);
        if (!more)
            continue;
        const double up_to = mean_below(amount, steps[i].limit, table);
        cost->paid += steps[i].factor * (up_to - below);
        settled = steps[i].limit;
        before = after;
        below = up_to;
    }
    gsl_integration_glfixed_table_free(table);
    return isfinite(cost->paid) && isfinite(cost->handling);
}
