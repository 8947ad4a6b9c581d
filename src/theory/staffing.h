/* SPDX-License-Identifier: GPL-3.0-or-later */
/* theory/staffing.h - how many agents, by formulas: what a planner computes before simulating.
 *
 * Offered load over time: were there always an agent free, m_k(t) agents would be busy at tier k,
 *
 *     dm_k/dt = r_k(t) + sum_j p_jk m_j / s_j - m_k / s_k,
 *
 * with r_k the arrivals from outside, s_k the mean handling time and p_jk the chance to go from
 * tier j to tier k: the traffic equations, in time. The modified offered load approximation then
 * takes a line with the arrival rate m / s for the one that is really there (O. Jennings,
 * A. Mandelbaum, W. Massey, W. Whitt, Server staffing to meet time-varying demand, Management
 * Science 42, 1996).
 *
 * Agents: the fewest with which Erlang A (Erlang C, where nobody gives up) keeps a target over
 * stretches of time. Where whole days are busier than others, by a factor of mean 1 that is gamma
 * distributed, the target holds for the mean over days.
 *
 * Any one unit of time. All functions are pure.
 */
#ifndef THEORY_STAFFING_H
#define THEORY_STAFFING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct staffing_flow {
    size_t        tiers;         /* at most NETWORK_TIERS_MAX                              */
    const double *routing;       /* tiers x tiers, row by row: from, to                    */
    const double *service_means; /* one a tier, above 0                                    */
};

/* Lets `length` pass with constant rates from outside: `load` goes on from what it is, and `mean`
 * becomes its average over that time. Good to about 1 %. */
void staffing_flow_on(const struct staffing_flow *flow, const double *rates, double length,
                      double *load, double *mean);

/* A stretch of time in which a line is as it is. */
struct staffing_stretch {
    double rate, service_mean;
    double abandon_rate; /* of one waiting contact; 0: patient for ever                    */
};

/* What is to hold; NAN: not asked. Shares are of contacts offered, over all stretches. */
struct staffing_target {
    double within, level_at_least; /* share answered within                                */
    double abandon_at_most;
    double wait_mean_at_most;      /* of those answered                                    */
    double occupancy_at_most;
    double busyness_cv;            /* of the factor of a day; 0: none                      */
};

enum { STAFFING_MOST = 100000 };

/* The fewest agents, at least 1; 0 when not even STAFFING_MOST of them will do. */
uint32_t staffing_agents(const struct staffing_stretch *stretches, size_t n,
                         const struct staffing_target *target);

#endif
