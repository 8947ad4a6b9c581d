/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: the pre-plan's formulas. Method: the load of one tier from empty has a closed form, and of
 * several in the long run the traffic equations'; the number of agents is held against a search
 * from 1 upwards with Erlang A and C, which other tests hold against published values; busier days
 * never ask for fewer. */
#include <criterion/criterion.h>
#include <math.h>

#include "theory/erlang.h"
#include "theory/network.h"
#include "theory/staffing.h"

Test(staffing, load_of_one_tier_from_empty_approaches_its_limit_exponentially)
{
    const double routing = 0, service = 8, rate = 2;
    double       load = 0, mean, t = 0;
    const struct staffing_flow flow = { 1, &routing, &service };
    for (int i = 0; i < 6; i++) {
        staffing_flow_on(&flow, &rate, 5, &load, &mean);
        t += 5;
        cr_assert_float_eq(load, 16 * (1 - exp(-t / 8)), 1e-9);
        const double exact = 16 * (1 - (exp(-(t - 5) / 8) - exp(-t / 8)) * 8 / 5);
        cr_assert_float_eq(mean, exact, 1e-3 * exact);
    }
}

Test(staffing, load_of_several_tiers_becomes_that_of_the_traffic_equations)
{
    const double routing[] = { 0.1, 0.3, 0, 0, 0, 0.4, 0.2, 0, 0 };
    const double services[] = { 4, 9, 30 }, rates[] = { 1.5, 0.1, 0 };
    double       load[3] = { 0 }, mean[3], through[3];
    const struct staffing_flow flow = { 3, routing, services };
    cr_assert(network_throughput(3, rates, routing, through));
    for (int i = 0; i < 60; i++)
        staffing_flow_on(&flow, rates, 30, load, mean);
    for (int k = 0; k < 3; k++)
        cr_assert_float_eq(load[k], through[k] * services[k], 1e-6 * load[k]);
}

static uint32_t from_one_upwards(double rate, double service, double abandon, double within,
                                 double target)
{
    for (uint32_t n = 1;; n++) {
        const struct erlang_system system = { .arrival_rate = rate, .service_rate = 1 / service,
                                              .abandon_rate = abandon, .agents = n,
                                              .within = within };
        struct erlang_measures     measures;
        cr_assert(erlang_solve(&system, &measures));
        if (measures.stable && measures.level[ERLANG_SERVED_OF_OFFERED] >= target)
            return n;
    }
}

Test(staffing, fewest_agents_are_those_of_erlang_a_and_c)
{
    int cases = 0;
    for (double load = 0.4; load < 120; load *= 1.7)
        for (double abandon = 0; abandon < 0.6; abandon += 0.25)
            for (double target = 0.7; target < 0.96; target += 0.1) {
                const struct staffing_stretch stretch = { load / 4, 4, abandon };
                const struct staffing_target  wanted = { 0.33, target, NAN, NAN, NAN, 0 };
                cr_assert_eq(staffing_agents(&stretch, 1, &wanted),
                             from_one_upwards(load / 4, 4, abandon, 0.33, target),
                             "%g erlang, %g", load, abandon);
                cases++;
            }
    cr_assert_geq(cases, 90);
}

Test(staffing, other_targets_hold_too_and_busy_days_need_more)
{
    const struct staffing_stretch stretches[] = { { 2, 5, 0.2 }, { 4, 5, 0.2 }, { 1, 5, 0.2 } };
    struct staffing_target        target = { 0.5, 0.8, NAN, NAN, NAN, 0 };
    const uint32_t                level = staffing_agents(stretches, 3, &target);
    const struct staffing_stretch calm = { 8, 5, 0.05 };
    const uint32_t                few = staffing_agents(&calm, 1, &target);
    cr_assert_gt(level, 10);
    target.busyness_cv = 0.3;
    cr_assert_gt(staffing_agents(&calm, 1, &target), few);
    target = (struct staffing_target){ 0, NAN, 0.02, NAN, NAN, 0 };
    const uint32_t loyal = staffing_agents(stretches, 3, &target);
    target.wait_mean_at_most = 0.05;
    cr_assert_geq(staffing_agents(stretches, 3, &target), loyal);
    target = (struct staffing_target){ 0, NAN, NAN, NAN, 0.51, 0 };
    const struct staffing_stretch patient = { 2, 5, 0 };
    cr_assert_eq(staffing_agents(&patient, 1, &target), 20); /* 10 erlang at 51 % */
}

Test(staffing, nothing_to_do_takes_one_and_the_impossible_none)
{
    const struct staffing_stretch nothing = { 0, 5, 0 }, some = { 2, 5, 0 };
    const struct staffing_target  never = { 0, 1.1, NAN, NAN, NAN, 0 };
    const struct staffing_target  any = { 0, NAN, NAN, NAN, NAN, 0 };
    cr_assert_eq(staffing_agents(&nothing, 1, &any), 1);
    cr_assert_eq(staffing_agents(&some, 1, &never), 0);
}
