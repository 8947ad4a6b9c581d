/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "theory/staffing.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "theory/erlang.h"
#include "theory/network.h"

enum { STEPS = 64, DAYS = 9 };

/* Over a step, what flows in is taken as constant; then a tier's equation has a closed form, and
 * no step is too long to be stable. */
static void flow_step(const struct staffing_flow *flow, const double *rates, double step,
                      double *load)
{
    const size_t n = flow->tiers;
    double       in[NETWORK_TIERS_MAX];
    for (size_t k = 0; k < n; k++) {
        in[k] = rates[k];
        for (size_t j = 0; j < n; j++)
            in[k] += load[j] / flow->service_means[j] * flow->routing[j * n + k];
    }
    for (size_t k = 0; k < n; k++) {
        const double settled = in[k] * flow->service_means[k];
        load[k] = settled + (load[k] - settled) * exp(-step / flow->service_means[k]);
    }
}

void staffing_flow_on(const struct staffing_flow *flow, const double *rates, double length,
                      double *load, double *mean)
{
    for (size_t k = 0; k < flow->tiers; k++)
        mean[k] = 0;
    for (int i = 0; i < STEPS; i++) {
        for (size_t k = 0; k < flow->tiers; k++)
            mean[k] += load[k] / (2.0 * STEPS);
        flow_step(flow, rates, length / STEPS, load);
        for (size_t k = 0; k < flow->tiers; k++)
            mean[k] += load[k] / (2.0 * STEPS);
    }
}

/* ---- agents */

struct sums {
    double offered, in_time, abandoned, served, wait, busy, agents;
};

/* Adds a stretch on a day of a factor. An overloaded line that nobody leaves serves nobody in
 * time, and its wait has no bound. */
static void add(struct sums *sums, const struct staffing_stretch *stretch, double factor,
                uint32_t agents, double within)
{
    const struct erlang_system system = { .arrival_rate = stretch->rate * factor,
                                          .service_rate = 1 / stretch->service_mean,
                                          .abandon_rate = stretch->abandon_rate,
                                          .agents = agents, .within = within };
    struct erlang_measures     measures;
    sums->agents += agents;
    if (!(system.arrival_rate > 0))
        return;
    sums->offered += system.arrival_rate;
    if (!erlang_solve(&system, &measures) || !measures.stable) {
        sums->served += system.arrival_rate;
        sums->wait = HUGE_VAL;
        sums->busy += agents;
        return;
    }
    sums->in_time += system.arrival_rate * measures.level[ERLANG_SERVED_OF_OFFERED];
    sums->abandoned += system.arrival_rate * measures.abandon_share;
    sums->served += measures.served_rate;
    sums->wait += measures.served_rate * measures.wait_mean_served;
    sums->busy += measures.busy_mean;
}

static bool suffices(const struct staffing_stretch *stretches, size_t n,
                     const struct staffing_target *target, uint32_t agents)
{
    const double within = isnan(target->within) ? 0 : target->within;
    const double cv2 = target->busyness_cv * target->busyness_cv;
    struct sums  sums = { 0 };
    for (int d = 0; d < (cv2 > 0 ? DAYS : 1); d++) {
        const double factor = cv2 > 0 ? gsl_cdf_gamma_Pinv((d + 0.5) / DAYS, 1 / cv2, cv2) : 1;
        for (size_t i = 0; i < n; i++)
            add(&sums, &stretches[i], factor, agents, within);
    }
    if (!(sums.offered > 0))
        return true;
    return !(sums.in_time < target->level_at_least * sums.offered) &&
           !(sums.abandoned > target->abandon_at_most * sums.offered) &&
           !(sums.wait > target->wait_mean_at_most * sums.served) &&
           !(sums.busy > target->occupancy_at_most * sums.agents);
}

uint32_t staffing_agents(const struct staffing_stretch *stretches, size_t n,
                         const struct staffing_target *target)
{
    uint32_t low = 0, high = 1; /* low does not suffice, high does */
    while (high < STAFFING_MOST && !suffices(stretches, n, target, high)) {
        low = high;
        high *= 2;
    }
    if (high > STAFFING_MOST)
        high = STAFFING_MOST;
    if (high == STAFFING_MOST && !suffices(stretches, n, target, high))
        return 0;
    while (high - low > 1) {
        const uint32_t middle = low + (high - low) / 2;
        if (suffices(stretches, n, target, middle))
            high = middle;
        else
            low = middle;
    }
    return high;
}
