/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "theory/network.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_linalg.h>
#include <math.h>

static bool routing_valid(size_t tiers, const double *arrival_rates, const double *routing)
{
    if (tiers == 0 || tiers > NETWORK_TIERS_MAX)
        return false;
    for (size_t from = 0; from < tiers; from++) {
        double sum = 0.0;
        for (size_t to = 0; to < tiers; to++) {
            if (!(routing[from * tiers + to] >= 0.0))
                return false;
            sum += routing[from * tiers + to];
        }
        if (!(sum <= 1.0 + 1e-9) || !(arrival_rates[from] >= 0.0) ||
            !isfinite(arrival_rates[from]))
            return false;
    }
    return true;
}

/* Solves (I - R^T) g = arrivals. A closed circle makes the matrix singular, or, after rounding,
 * the rates enormous or negative. */
static bool traffic_solve(size_t tiers, const double *arrival_rates, const double *routing,
                          double *throughput)
{
    double matrix[NETWORK_TIERS_MAX * NETWORK_TIERS_MAX];
    double right[NETWORK_TIERS_MAX];
    size_t order[NETWORK_TIERS_MAX];
    double total = 0.0;
    for (size_t from = 0; from < tiers; from++) {
        right[from] = arrival_rates[from];
        total += arrival_rates[from];
        for (size_t to = 0; to < tiers; to++)
            matrix[to * tiers + from] = (to == from ? 1.0 : 0.0) - routing[from * tiers + to];
    }
    gsl_matrix_view a = gsl_matrix_view_array(matrix, tiers, tiers);
    gsl_vector_view b = gsl_vector_view_array(right, tiers);
    gsl_vector_view x = gsl_vector_view_array(throughput, tiers);
    gsl_permutation permutation = { tiers, order };
    int sign;
    gsl_linalg_LU_decomp(&a.matrix, &permutation, &sign);
    for (size_t i = 0; i < tiers; i++)
        if (!(fabs(matrix[i * tiers + i]) > 1e-12))
            return false;
    gsl_linalg_LU_solve(&a.matrix, &permutation, &b.vector, &x.vector);
    for (size_t i = 0; i < tiers; i++) {
        if (!(throughput[i] >= -1e-9 * total) || !isfinite(throughput[i]))
            return false;
        throughput[i] = fmax(throughput[i], 0.0);
    }
    return true;
}

bool network_throughput(size_t tiers, const double *arrival_rates, const double *routing,
                        double *throughput)
{
    if (routing_valid(tiers, arrival_rates, routing) &&
        traffic_solve(tiers, arrival_rates, routing, throughput))
        return true;
    for (size_t i = 0; i < tiers; i++)
        throughput[i] = 0.0;
    return false;
}

bool network_solve(const struct network *network, struct erlang_measures *tiers,
                   struct network_measures *measures)
{
    double throughput[NETWORK_TIERS_MAX];
    double arrivals = 0.0;
    *measures = (struct network_measures){ 0 };
    if (network->tiers > NETWORK_TIERS_MAX ||
        !network_throughput(network->tiers, network->arrival_rates, network->routing, throughput))
        return false;
    struct network_measures sum = { .stable = true, .all_busy_share = 1.0 };
    for (size_t i = 0; i < network->tiers; i++) {
        const struct erlang_system tier = {
            .arrival_rate = throughput[i],
            .service_rate = network->service_rates[i],
            .agents = network->agents[i],
            .within = network->within ? network->within[i] : 0.0,
        };
        if (!erlang_solve(&tier, &tiers[i]))
            return false;
        sum.stable = sum.stable && tiers[i].stable;
        sum.present_mean += tiers[i].present_mean;
        sum.all_busy_share *= tiers[i].wait_share;
        arrivals += network->arrival_rates[i];
    }
    if (!sum.stable)
        return true;
    sum.sojourn_mean = arrivals > 0.0 ? sum.present_mean / arrivals : 0.0;
    *measures = sum;
    return true;
}

/* Chance of low < Z <= high, from the nearer tail so that small chances stay exact. */
static double normal_between(double low, double high)
{
    if (low > 0.0)
        return gsl_cdf_ugaussian_Q(low) - gsl_cdf_ugaussian_Q(high);
    return gsl_cdf_ugaussian_P(high) - gsl_cdf_ugaussian_P(low);
}

static double standardised(const struct authority *authority, double limit)
{
    if (!(limit > 0.0))
        return -HUGE_VAL;
    return limit < HUGE_VAL ? (log(limit) - authority->log_mean) / authority->log_sd : HUGE_VAL;
}

static bool authority_valid(const struct authority *authority)
{
    bool valid = isfinite(authority->log_mean) && authority->log_sd > 0.0 &&
                 isfinite(authority->log_sd);
    double before = 0.0;
    for (size_t k = 0; k < authority->tiers && valid; k++) {
        valid = authority->limits[k] >= before && isfinite(authority->paid_shares[k]) &&
                isfinite(authority->handling_costs[k]);
        before = authority->limits[k];
    }
    return valid;
}

bool authority_solve(const struct authority *authority, struct authority_tier *tiers,
                     struct authority_measures *measures)
{
    *measures = (struct authority_measures){ 0 };
    for (size_t k = 0; k < authority->tiers; k++)
        tiers[k] = (struct authority_tier){ 0 };
    const double s = authority->log_sd;
    const double amount = exp(authority->log_mean + 0.5 * s * s);
    if (!authority_valid(authority) || !isfinite(amount))
        return false;
    measures->amount_mean = amount;
    double below = -HUGE_VAL;
    for (size_t k = 0; k < authority->tiers; k++) {
        const double limit = standardised(authority, authority->limits[k]);
        /* Amounts weighed by themselves are lognormal again, s higher. */
        tiers[k].handled_share = gsl_cdf_ugaussian_Q(below);
        tiers[k].settled_share = normal_between(below, limit);
        tiers[k].paid_mean = authority->paid_shares[k] * amount *
                             normal_between(below - s, limit - s);
        measures->paid_mean += tiers[k].paid_mean;
        measures->handling_mean += tiers[k].handled_share * authority->handling_costs[k];
        below = limit;
    }
    measures->total_mean = measures->paid_mean + measures->handling_mean;
    /* A higher first limit saves the second tier's handling and costs the difference in
     * payments on the amount at the limit: equal at the optimum. */
    if (authority->tiers >= 2 && authority->paid_shares[0] > authority->paid_shares[1])
        measures->limit_optimal = authority->handling_costs[1] /
                                  (authority->paid_shares[0] - authority->paid_shares[1]);
    return true;
}
