/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Means: Pollaczek-Khinchine, and O. Kella and U. Yechiali, Waiting times in the non-preemptive
 * priority M/M/c queue, Stochastic Models 1 (1985).
 *
 * Waiting law of a priority class: a contact of class k that has to wait finds a geometric number
 * of contacts of classes 1 to k ahead of it, and every later arrival of classes 1 to k - 1
 * passes it. So its wait is that geometric number of busy periods of the earlier classes, whose
 * transform is known; it is inverted numerically on the contour of L. N. Trefethen, J. A. C.
 * Weideman and T. Schmelzer, Talbot quadratures and rational approximations, BIT 46 (2006). */
#include "theory/erlang.h"

#include <complex.h>
#include <gsl/gsl_math.h>
#include <math.h>

bool pollaczek_solve(double arrival_rate, const double moments[3],
                     struct pollaczek_measures *measures)
{
    *measures = (struct pollaczek_measures){ 0 };
    const double busy = arrival_rate * moments[0];
    if (!(arrival_rate >= 0.0) || !(moments[0] > 0.0) || !(moments[1] >= 0.0) ||
        !(moments[2] >= 0.0) || !isfinite(busy))
        return false;
    if (busy >= 1.0) {
        measures->utilisation = measures->wait_share = 1.0;
        return true;
    }
    const double wait = arrival_rate * moments[1] / (2.0 * (1.0 - busy));
    const double variance = wait * wait + arrival_rate * moments[2] / (3.0 * (1.0 - busy));
    if (!isfinite(variance))
        return false;
    *measures = (struct pollaczek_measures){
        .stable = true,
        .utilisation = busy,
        .wait_share = busy,
        .wait_mean = wait,
        .wait_variance = variance,
        .queue_mean = arrival_rate * wait,
        .present_mean = arrival_rate * wait + busy,
    };
    return true;
}

/* Transform of P(wait > t), given a wait, with rates in units of all agents' rate: `before` of
 * the classes that pass, `upto` with the class itself. */
static double complex tail_transform(double complex s, double before, double upto)
{
    /* Busy period of the earlier classes: the root is split so that its cuts lie on the
     * negative axis. */
    double complex busy = 1.0 / (1.0 + s);
    if (before > 0.0) {
        const double root = sqrt(before);
        const double complex split = csqrt(s + (1.0 - root) * (1.0 - root)) *
                                     csqrt(s + (1.0 + root) * (1.0 + root));
        /* The smaller root of a quadratic, by way of the larger: no cancellation. */
        busy = 2.0 / (1.0 + before + s + split);
    }
    const double complex wait = (1.0 - upto) * busy / (1.0 - upto * busy);
    return (1.0 - wait) / s;
}

static double tail_invert(double t, double before, double upto)
{
    enum { POINTS = 24 };
    if (!(t > 0.0))
        return 1.0;
    double sum = 0.0;
    for (int k = 0; k < POINTS / 2; k++) {
        const double angle = M_PI * (2.0 * k + 1.0) / POINTS;
        const double turn = 0.6407 * angle;
        const double cotangent = cos(turn) / sin(turn);
        const double complex z =
            POINTS * (0.5017 * angle * cotangent - 0.6122 + 0.2645 * I * angle);
        const double complex slope =
            POINTS * (0.5017 * (cotangent - turn / (sin(turn) * sin(turn))) + 0.2645 * I);
        sum += cimag(cexp(z) * slope * tail_transform(z / t, before, upto) / t);
    }
    return fmin(fmax(2.0 * sum / POINTS, 0.0), 1.0);
}

bool priority_solve(const struct priority_system *system, struct priority_class *classes,
                    double *wait_share)
{
    const double all = system->agents * system->service_rate;
    double total = 0.0;
    bool valid = system->service_rate > 0.0 && isfinite(all) && system->agents >= 1 &&
                 system->agents <= ERLANG_AGENTS_MAX && system->within >= 0.0;
    for (size_t k = 0; k < system->classes; k++) {
        classes[k] = (struct priority_class){ 0 };
        valid = valid && system->arrival_rates[k] >= 0.0;
        total += system->arrival_rates[k];
    }
    *wait_share = 0.0;
    if (!valid || !isfinite(total))
        return false;
    *wait_share = erlang_c(total / system->service_rate, system->agents);
    double before = 0.0;
    for (size_t k = 0; k < system->classes && total < all; k++) {
        const double upto = before + system->arrival_rates[k] / all;
        const double wait = *wait_share / (all * (1.0 - before) * (1.0 - upto));
        classes[k] = (struct priority_class){
            .stable = true,
            .wait_mean = wait,
            .queue_mean = system->arrival_rates[k] * wait,
            .level = 1.0 - *wait_share * tail_invert(system->within * all, before, upto),
        };
        before = upto;
    }
    return true;
}
