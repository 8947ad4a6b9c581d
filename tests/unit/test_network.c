/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: tiers in sequence, authority limits and run lengths follow their closed forms.
 * Method: reference values computed independently, known closed forms, and broken networks that
 * must be refused. */
#include <criterion/criterion.h>
#include <math.h>

#include "theory/network.h"
#include "theory/variance.h"

static void close_to(const char *what, double found, double expected)
{
    cr_assert(fabs(found - expected) <= 1e-11 * fabs(expected), "%s: %.17g, expected %.17g", what,
              found, expected);
}

Test(network, three_tiers_in_product_form)
{
    const double arrivals[3] = { 4.0, 0.0, 0.0 };
    const double routing[9] = { 0, 0.3, 0, 0, 0, 0.35, 0, 0, 0 };
    const double service[3] = { 0.25, 0.2, 0.125 };
    const uint32_t agents[3] = { 20, 8, 5 };
    const double within[3] = { 0.5, 1.0, 2.0 };
    /* JN-01: P_wait, E_W, E_Q, util, SL1. */
    static const double expected[3][5] = {
        { 0.2560777938390578, 0.2560777938390578, 1.0243111753562313, 0.8, 0.8446809667650406 },
        { 0.3569810858786801, 0.8924527146967, 1.07094325763604, 0.75, 0.7607084220799507 },
        { 0.33459435673047566, 1.6321675938071982, 0.6855103893990233, 0.672,
          0.7779463714616189 },
    };
    const struct network network = { 3, arrivals, routing, service, agents, within };
    struct erlang_measures tier[3];
    struct network_measures total;
    double rates[3];
    cr_assert(network_throughput(3, arrivals, routing, rates));
    close_to("throughput 1", rates[0], 4.0);
    close_to("throughput 2", rates[1], 1.2);
    close_to("throughput 3", rates[2], 0.42);
    cr_assert(network_solve(&network, tier, &total) && total.stable);
    for (int i = 0; i < 3; i++) {
        close_to("P_wait", tier[i].wait_share, expected[i][0]);
        close_to("E_W", tier[i].wait_mean, expected[i][1]);
        close_to("E_Q", tier[i].queue_mean, expected[i][2]);
        close_to("util", tier[i].utilisation, expected[i][3]);
        close_to("SL1", tier[i].level[ERLANG_SERVED_OF_OFFERED], expected[i][4]);
    }
    close_to("E_N", total.present_mean, 28.140764822391294);
    close_to("E_sojourn", total.sojourn_mean, 7.035191205597823);
    close_to("all busy", total.all_busy_share, 0.030586919335569975);
}

Test(network, feedback_and_broken_networks)
{
    double arrivals[2] = { 1.0, 0.5 };
    double routing[4] = { 0.2, 0.5, 0.25, 0.0 };
    double rates[2];
    /* g1 = 1 + g1 / 5 + g2 / 4, g2 = 1/2 + g1 / 2: g1 = 1.125 / 0.675. */
    cr_assert(network_throughput(2, arrivals, routing, rates));
    close_to("feedback 1", rates[0], 1.125 / 0.675);
    close_to("feedback 2", rates[1], 0.5 + 0.5 * 1.125 / 0.675);

    const double service[2] = { 1.0, 1.0 };
    const uint32_t agents[2] = { 2, 1 };
    struct network network = { 2, arrivals, routing, service, agents, NULL };
    struct erlang_measures tier[2];
    struct network_measures total;
    cr_assert(network_solve(&network, tier, &total));
    cr_assert(!total.stable && total.sojourn_mean == 0.0 && tier[0].stable && !tier[1].stable);

    routing[2] = 1.0;
    routing[1] = 0.8; /* nobody ever leaves */
    cr_assert_not(network_throughput(2, arrivals, routing, rates));
    cr_assert(rates[0] == 0.0 && rates[1] == 0.0);
    cr_assert_not(network_solve(&network, tier, &total));
    routing[1] = 0.9; /* more than everybody */
    cr_assert_not(network_throughput(2, arrivals, routing, rates));
    routing[1] = -0.1;
    cr_assert_not(network_throughput(2, arrivals, routing, rates));
    routing[1] = (double)NAN;
    cr_assert_not(network_throughput(2, arrivals, routing, rates));
    routing[1] = 0.1;
    arrivals[0] = HUGE_VAL;
    cr_assert_not(network_throughput(2, arrivals, routing, rates));
    network.tiers = 0;
    cr_assert_not(network_solve(&network, tier, &total));
    network.tiers = NETWORK_TIERS_MAX + 1;
    cr_assert_not(network_solve(&network, tier, &total));
}

Test(network, authority_limits)
{
    const double limits[3] = { 50.0, 250.0, HUGE_VAL };
    const double paid[3] = { 1.0, 0.85, 0.7 };
    const double handling[3] = { 4.0, 9.0, 20.0 };
    const struct authority authority = { 3, 3.6, 1.0, limits, paid, handling };
    struct authority_tier tier[3];
    struct authority_measures m;
    /* EM-01. */
    static const double settled[3] = { 0.622488480132761, 0.3501747073981788,
                                       0.027336812469060168 };
    static const double handled[3] = { 1.0, 0.37751151986723896, 0.027336812469060168 };
    static const double payments[3] = { 14.827638169089298, 29.53549854516716,
                                        7.535502856712017 };
    cr_assert(authority_solve(&authority, tier, &m));
    for (int k = 0; k < 3; k++) {
        close_to("settled", tier[k].settled_share, settled[k]);
        close_to("handled", tier[k].handled_share, handled[k]);
        close_to("paid", tier[k].paid_mean, payments[k]);
    }
    close_to("E_X", m.amount_mean, 60.34028759736195);
    close_to("E_concession", m.paid_mean, 51.89863957096847);
    close_to("E_handling", m.handling_mean, 7.944339928186354);
    close_to("E_total_cost", m.total_mean, 59.84297949915482);
    close_to("L1_optimal", m.limit_optimal, 60.0);
    /* It is optimal: neighbours cost more. */
    for (double first = 59.0; first < 61.5; first += 2.0) {
        const double near[3] = { first, 250.0, HUGE_VAL };
        const double best[3] = { 60.0, 250.0, HUGE_VAL };
        struct authority_measures other, optimum;
        struct authority changed = authority;
        changed.limits = near;
        cr_assert(authority_solve(&changed, tier, &other));
        changed.limits = best;
        cr_assert(authority_solve(&changed, tier, &optimum));
        cr_assert_gt(other.total_mean, optimum.total_mean);
    }

    /* EM-03: the same with lines. */
    const double arrivals[3] = { 4.0, 0.0, 0.0 };
    const double service[3] = { 0.25, 0.2, 0.125 };
    const uint32_t agents[3] = { 19, 10, 3 };
    const double within[3] = { 0.5, 1.0, 2.0 };
    const double routing[9] = { 0, handled[1], 0, 0, 0, handled[2] / handled[1], 0, 0, 0 };
    const struct network network = { 3, arrivals, routing, service, agents, within };
    static const double expected[3][4] = { /* P_wait, E_W, util, SL1 */
        { 0.3735689371541004, 0.49809191620546717, 0.8421052631578947, 0.7432500746046483 },
        { 0.3161060767132453, 0.6451751143671406, 0.7550230397344779, 0.8063361503216347 },
        { 0.0652172023381434, 0.2454979378446515, 0.29159266633664177, 0.9616629123564207 },
    };
    struct erlang_measures line[3];
    struct network_measures total;
    cr_assert(network_solve(&network, line, &total) && total.stable);
    double waits = 0.0;
    for (int k = 0; k < 3; k++) {
        close_to("P_wait", line[k].wait_share, expected[k][0]);
        close_to("E_W", line[k].wait_mean, expected[k][1]);
        close_to("util", line[k].utilisation, expected[k][2]);
        close_to("SL1", line[k].level[ERLANG_SERVED_OF_OFFERED], expected[k][3]);
        waits += handled[k] * line[k].wait_mean;
    }
    close_to("E_sojourn", total.sojourn_mean, 6.854616184387802);
    close_to("E_cost_with_waiting", m.total_mean + 1.5 * waits, 60.96552562710351);
}

Test(network, odd_authority)
{
    double limits[2] = { 0.0, HUGE_VAL };
    const double paid[2] = { 0.5, 0.5 };
    const double handling[2] = { 1.0, 1.0 };
    struct authority authority = { 2, 0.0, 1.0, limits, paid, handling };
    struct authority_tier tier[2];
    struct authority_measures m;
    cr_assert(authority_solve(&authority, tier, &m)); /* the first may approve nothing */
    cr_assert(tier[0].settled_share == 0.0 && tier[1].settled_share == 1.0);
    cr_assert_eq(m.limit_optimal, 0.0);
    limits[0] = HUGE_VAL; /* the first may approve everything */
    cr_assert(authority_solve(&authority, tier, &m));
    cr_assert(tier[0].settled_share == 1.0 && tier[1].handled_share == 0.0);
    cr_assert_eq(tier[1].paid_mean, 0.0);
    limits[0] = 5.0;
    limits[1] = 4.0;
    cr_assert_not(authority_solve(&authority, tier, &m));
    limits[0] = (double)NAN;
    cr_assert_not(authority_solve(&authority, tier, &m));
    limits[0] = 1.0;
    authority.log_sd = 0.0;
    cr_assert_not(authority_solve(&authority, tier, &m));
    authority.log_sd = 1e200;
    cr_assert_not(authority_solve(&authority, tier, &m));
    cr_assert_eq(m.total_mean, 0.0);
}

static void variance_close(const char *what, double found, double expected)
{
    cr_assert(fabs(found - expected) <= 1e-9 * fabs(expected), "%s: %.17g, expected %.17g", what,
              found, expected);
}

Test(network, run_length)
{
    struct erlang_measures m;
    struct variance_constants v;
    struct erlang_system system = { .arrival_rate = 0.7, .service_rate = 1.0, .agents = 1 };
    cr_assert(erlang_solve(&system, &m) && variance_solve(&system, &v)); /* SQ-01 */
    variance_close("E_Q", m.queue_mean, 1.633333333333333);
    variance_close("v_E_Q", v.queue_mean, 264.1160493827163);
    variance_close("E_N", m.present_mean, 2.333333333333333);
    variance_close("v_E_N", v.present_mean, 293.82716049382725);
    variance_close("v_E_N closed", v.present_mean, 2.0 * 0.7 * 1.7 / (0.3 * 0.3 * 0.3 * 0.3));
    variance_close("P_wait", m.wait_share, 0.7);
    variance_close("v_P_wait", v.wait_share, 1.7);
    variance_close("E_W", m.wait_mean, 2.333333333333333);
    variance_close("v_E_W", v.wait_mean, 479.3827160493831);
    variance_close("v_arrival_rate", v.arrival_rate, 0.7);
    variance_close("util", m.utilisation, 0.7);
    variance_close("v_util", v.utilisation, 1.4);
    cr_assert_eq(v.abandon_share, 0.0);

    system = (struct erlang_system){ .arrival_rate = 48.0, .service_rate = 1.0, .agents = 50,
                                     .abandon_rate = 0.5 };
    cr_assert(erlang_solve(&system, &m) && variance_solve(&system, &v)); /* SQ-03 */
    variance_close("E_Q", m.queue_mean, 2.9675759195705433);
    variance_close("v_E_Q", v.queue_mean, 63.83470665088087);
    variance_close("E_N", m.present_mean, 49.483787959785246);
    variance_close("v_E_N", v.present_mean, 181.09448730835155);
    variance_close("P_wait", m.wait_share, 0.46777406855378995);
    variance_close("v_P_wait", v.wait_share, 0.4754914391303187);
    variance_close("E_W", m.wait_mean, 0.06182449832438632);
    variance_close("v_E_W", v.wait_mean, 0.02593050726299129);
    variance_close("v_arrival_rate", v.arrival_rate, 48.0);
    variance_close("util", m.utilisation, 0.930324240804294);
    variance_close("v_util", v.utilisation, 0.017129146406835886);
    variance_close("P_ab", m.abandon_share, 0.030912249162193175);
    variance_close("v_P_ab", v.abandon_share, 0.006335412858169341);
}

Test(network, run_length_of_small_large_and_hopeless_lines)
{
    struct variance_constants v;
    /* M/M/1/1 is an alternating renewal process: v of the busy share = 2 lambda mu / (sum)^3. */
    struct erlang_system system = { .arrival_rate = 2.0, .service_rate = 3.0, .agents = 1,
                                    .limited = true };
    cr_assert(variance_solve(&system, &v));
    variance_close("alternating", v.utilisation, 12.0 / 125.0);
    variance_close("Poisson", v.arrival_rate, 2.0);

    system = (struct erlang_system){ .arrival_rate = 1.0, .service_rate = 1.0, .agents = 1 };
    cr_assert_not(variance_solve(&system, &v));
    cr_assert_eq(v.queue_mean, 0.0);
    system.arrival_rate = 0.0;
    cr_assert_not(variance_solve(&system, &v));
    system.arrival_rate = 1.0 - 1e-9; /* too many states */
    cr_assert_not(variance_solve(&system, &v));
    system = (struct erlang_system){ .arrival_rate = 99000.0, .service_rate = 1.0,
                                     .agents = 100000, .abandon_rate = 0.1 };
    cr_assert(variance_solve(&system, &v));
    cr_assert(isfinite(v.queue_mean + v.wait_mean + v.abandon_share) && v.queue_mean > 0.0);
}
