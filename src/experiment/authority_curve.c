/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/authority_curve.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <math.h>

#include "model/plan.h"

enum { PIECES = 400 };

static double cdf(double x, void *amount)
{
    return dist_cdf(amount, x);
}

/* The integral of the distribution function from `low` to `high`; NAN when it cannot be had. */
static double area(const struct dist *amount, double low, double high,
                   gsl_integration_workspace *work)
{
    double       value, error;
    gsl_function function = { cdf, (void *)(uintptr_t)amount };
    if (!(high > low))
        return 0;
    const int status = gsl_integration_qag(&function, low, high, 0, 1e-9, PIECES,
                                           GSL_INTEG_GAUSS21, work, &value, &error);
    /* A distribution with steps is integrated as well as they allow. */
    return status == GSL_SUCCESS || error < 1e-4 * fabs(value) ? value : (double)NAN;
}

/* E[X; low < X <= high]; low < high. */
static double partial_mean(const struct dist *amount, double low, double high,
                           gsl_integration_workspace *work)
{
    if (isinf(high)) {
        const double below = low > 0 ? low * dist_cdf(amount, low) - area(amount, 0, low, work)
                                     : 0;
        return dist_mean(amount) - below;
    }
    return high * dist_cdf(amount, high) - low * dist_cdf(amount, low) -
           area(amount, low, high, work);
}

bool authority_cost_of(const struct dist *amount, const struct authority_step *steps, size_t n,
                       bool straight, struct authority_cost *cost)
{
    gsl_error_handler_t       *handler = gsl_set_error_handler_off();
    gsl_integration_workspace *work = gsl_integration_workspace_alloc(PIECES);
    double                     settled = 0; /* up to this limit                             */
    *cost = (struct authority_cost){ 0 };
    if (n > 0 && work)
        cost->passed = 1 - dist_cdf(amount, steps[0].limit);
    for (size_t i = 0; i < n && work; i++) {
        const double before = i > 0 ? dist_cdf(amount, settled) : 0;
        const bool   more = steps[i].limit > settled || i == 0;
        const double after = more ? dist_cdf(amount, steps[i].limit) : before;
        /* Who has it: all that is not settled before; going straight, all at the first step and
         * then what is settled here. */
        cost->handling += steps[i].handling * (straight && i > 0 ? after - before : 1 - before);
        if (!more)
            continue;
        cost->paid += steps[i].factor * partial_mean(amount, settled, steps[i].limit, work);
        settled = steps[i].limit;
    }
    gsl_integration_workspace_free(work);
    gsl_set_error_handler(handler);
    return work && isfinite(cost->paid) && isfinite(cost->handling);
}
