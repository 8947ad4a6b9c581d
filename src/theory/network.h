/* SPDX-License-Identifier: GPL-3.0-or-later */
/* theory/network.h - several tiers that send contacts to each other.
 *
 * Jackson network: Poisson arrivals at every tier, exponential handling, patient contacts,
 * unlimited lines, a contact leaving tier i goes to tier j with a fixed chance. Then the tiers
 * behave as independent Erlang C systems, fed with what the traffic equations say (J. R. Jackson,
 * 1957), and a total is a sum over tiers. Any one unit of time.
 *
 * Authority: tiers that settle a demand when its amount is within their limit, otherwise pass it
 * on; amounts are lognormal. Shares, payments and cost have closed forms.
 *
 * All functions are pure; memory is the caller's.
 */
#ifndef THEORY_NETWORK_H
#define THEORY_NETWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "theory/erlang.h"

enum { NETWORK_TIERS_MAX = 64 };

struct network {
    size_t          tiers;          /* at most NETWORK_TIERS_MAX                              */
    const double   *arrival_rates;  /* from outside, one a tier                               */
    const double   *routing;        /* tiers x tiers, row by row: from, to; rows add up to 1 at
                                       most, the rest leaves                                  */
    const double   *service_rates;  /* of one agent                                           */
    const uint32_t *agents;
    const double   *within;         /* T of each tier's service level; NULL: 0                */
};

struct network_measures {
    bool   stable;        /* every tier can cope; otherwise the means below are 0     */
    double present_mean;  /* contacts in the network                                  */
    double sojourn_mean;  /* from first arrival to departure, waits and handling      */
    double all_busy_share; /* of the time in which all agents of all tiers are busy   */
};

/* Arrivals at every tier, from outside and inside: the traffic equations. False when a chance is
 * not one, or contacts could circle for ever; then all rates are 0. */
bool network_throughput(size_t tiers, const double *arrival_rates, const double *routing,
                        double *throughput);

/* Fills one element a tier and the totals. False as above, or when erlang_solve says so. */
bool network_solve(const struct network *network, struct erlang_measures *tiers,
                   struct network_measures *measures);

/* Amounts: exp(Normal(log_mean, log_sd)). The last limit is usually HUGE_VAL. */
struct authority {
    size_t        tiers;
    double        log_mean, log_sd;
    const double *limits;        /* the largest amount a tier settles, not falling           */
    const double *paid_shares;   /* what it pays of the amount                               */
    const double *handling_costs; /* of every contact it handles, settled there or not       */
};

struct authority_tier {
    double handled_share; /* of all contacts: reach this tier      */
    double settled_share; /* of all contacts: settled here         */
    double paid_mean;     /* per contact of the desk, paid here    */
};

struct authority_measures {
    double amount_mean;    /* asked for                                              */
    double paid_mean, handling_mean, total_mean; /* cost per contact                 */
    double limit_optimal;  /* of the first tier, the others as given: cheapest while it is at
                              most the second limit; 0 when the first tier pays no more than the
                              second, or there is only one                           */
};

/* False when a number is out of range. */
bool authority_solve(const struct authority *authority, struct authority_tier *tiers,
                     struct authority_measures *measures);

#endif
