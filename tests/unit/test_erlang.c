/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: the one-line formulas are right to 1e-9, and to the end of their range.
 * Method: reference values computed independently (in part printed in the documentation of
 * pyworkforce, erlangR and ErlangC); 300 random systems against a plain sum over states; identities
 * and limits where no such sum is possible; a hostile grid that must stay finite. */
#include <criterion/criterion.h>
#include <math.h>

#include "theory/erlang.h"

static void close_to(const char *name, const char *what, double found, double expected,
                     double tolerance)
{
    cr_assert(fabs(found - expected) <= tolerance * fabs(expected), "%s %s: %.17g, expected %.17g",
              name, what, found, expected);
}

Test(erlang, loss)
{
    static const struct {
        const char *name;
        double arrival_rate, service_rate;
        uint32_t agents;
        double block, busy, utilisation, served;
    } cases[] = {
        { "EB-01", 3.0, 0.25, 15, 0.08572924949530046, 10.971249006056395, 0.7314166004037597,
          2.7428122515140987 },
        { "EB-06", 950.0, 1.0, 1000, 0.003649293688942407, 946.5331709955047, 0.9465331709955047,
          946.5331709955047 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct erlang_system system = {
            .arrival_rate = cases[i].arrival_rate,
            .service_rate = cases[i].service_rate,
            .agents = cases[i].agents,
            .limited = true,
        };
        struct erlang_measures m;
        cr_assert(erlang_solve(&system, &m));
        const double load = cases[i].arrival_rate / cases[i].service_rate;
        close_to(cases[i].name, "B", erlang_b(load, cases[i].agents), cases[i].block, 1e-12);
        close_to(cases[i].name, "P_block", m.block_share, cases[i].block, 1e-12);
        close_to(cases[i].name, "E_B", m.busy_mean, cases[i].busy, 1e-12);
        close_to(cases[i].name, "util", m.utilisation, cases[i].utilisation, 1e-12);
        close_to(cases[i].name, "served", m.served_rate, cases[i].served, 1e-12);
        cr_assert(m.wait_share == 0.0 && m.queue_mean == 0.0 && m.wait_mean == 0.0);
    }
    cr_assert_eq(erlang_b(0.0, 5), 0.0);
    cr_assert_eq(erlang_b(5.0, 0), 0.0);
    cr_assert_eq(erlang_b((double)NAN, 5), 0.0);
    cr_assert_eq(erlang_b(1.0, 100000), 0.0);
    close_to("one agent", "B", erlang_b(1e9, 1), 1e9 / (1.0 + 1e9), 1e-14);
}

static const struct {
    const char *name;
    double arrival_rate, service_rate;
    uint32_t agents;
    double within, expected[10];
} patient[] = {
    { "EC-01",
      3.3333333333333335, 0.3333333333333333, 14, 0.3333333333333333,
      { 0.17413193359505003, 0.1305989501962876, 0.7500000000000004, 0.43532983398762537,
        10.000000000000002, 0.7142857142857144, 10.435329833987627, 0.8883500191794668,
        0.17884233950205908, 0.4159822987203358 } },
    { "EC-02",
      3.3333333333333335, 0.3333333333333333, 13, 0.3333333333333333,
      { 0.2852704530364931, 0.28527045303649323, 1.0000000000000004, 0.9509015101216443,
        10.000000000000002, 0.7692307692307694, 10.950901510121646, 0.795594788417783,
        0.48916167469734073, 1.0482675023273278 } },
    { "EC-03",
      3.3333333333333335, 0.3333333333333333, 15, 0.3333333333333333,
      { 0.10204236700798813, 0.06122542020479289, 0.6000000000000001, 0.2040847340159763,
        10.000000000000002, 0.6666666666666667, 10.204084734015979, 0.9414528428690222,
        0.069721952166498, 0.012130742328201079 } },
    { "EC-04",
      3.6, 1.0, 4, 0.5,
      { 0.7877532642953626, 1.969383160738407, 2.5000000000000004, 7.089779378658266, 3.6, 0.9,
        10.689779378658265, 0.3550421766838192, 5.968445769892041, 5.1600368461554424 } },
    { "EC-05",
      1.6, 1.0, 2, 0.5,
      { 0.7111111111111112, 1.7777777777777786, 2.5000000000000004, 2.8444444444444454, 1.6, 0.8,
        4.4444444444444455, 0.4177914644778794, 5.728395061728397, 4.904146265058633 } },
    { "EC-06",
      300.0, 182.5, 3, 0.001,
      { 0.2907513803118914, 0.0011747530517652177, 0.00404040404040404, 0.35242591552956537,
        1.643835616438356, 0.547945205479452, 1.9962615319679213, 0.7729957956204093,
        8.112909221026633e-06, 0.004312316577041555 } },
};

Test(erlang, patient_line)
{
    for (size_t i = 0; i < sizeof patient / sizeof *patient; i++) {
        const struct erlang_system system = {
            .arrival_rate = patient[i].arrival_rate,
            .service_rate = patient[i].service_rate,
            .agents = patient[i].agents,
            .within = patient[i].within,
        };
        const double *e = patient[i].expected;
        struct erlang_measures m;
        cr_assert(erlang_solve(&system, &m) && m.stable);
        const double found[10] = { m.wait_share, m.wait_mean, m.wait_mean_waiting, m.queue_mean,
                                   m.busy_mean, m.utilisation, m.present_mean, m.level[0],
                                   erlang_c_wait_variance(&system),
                                   erlang_c_wait_quantile(&system, 0.9) };
        static const char *const what[10] = { "P_wait", "E_W", "E_W_given_wait", "E_Q", "E_B",
                                              "util", "E_N", "SL1", "Var_W", "W_q90" };
        for (int k = 0; k < 10; k++)
            close_to(patient[i].name, what[k], found[k], e[k], 1e-11);
        for (int k = 0; k < ERLANG_LEVELS; k++)
            close_to(patient[i].name, "level", m.level[k], e[7], 1e-11);
        close_to(patient[i].name, "C", erlang_c(system.arrival_rate / system.service_rate,
                                              system.agents), e[0], 1e-12);
        cr_assert_eq(m.abandon_share, 0.0);
    }
}

static const struct {
    const char *name;
    double arrival_rate, service_rate;
    uint32_t agents;
    double abandon_rate, within;
    bool limited;
    uint32_t places;
    double expected[16];
} impatient[] = {
    { "EA-01",
      48.0, 1.0, 50, 0.5, 0.3333333333333333, false, 0,
      { 0.46777406855379033, 0.0, 0.030912249162193307, 2.9675759195705576, 46.51621204021469,
        0.9303242408042938, 49.483787959785246, 0.06182449832438661, 0.06026500399255158,
        46.51621204021472, 0.9430189547469809, 0.9720296029869868, 0.972864391707808,
        0.9730996537018568, 0.06608371699133347, 0.11071407755082074 } },
    { "EA-02",
      0.03333333333333333, 0.0035714285714285713, 12, 0.01, 20.0, false, 0,
      { 0.18821111262202259, 0.0, 0.05563468780075501, 0.18544895933585004, 8.814076247192952,
        0.734506353932746, 8.999525206528803, 5.563468780075501, 4.305596641413453,
        0.03147884373997483, 0.8710386649042402, 0.8962831186646375, 0.8992043786555031,
        0.9223535147386543, 0.2955972526047604, 26.915090616950373 } },
    { "EA-03",
      3.3333333333333335, 0.3333333333333333, 13, 0.2, 0.3333333333333333, false, 0,
      { 0.22579708404737514, 0.0, 0.02496330363357184, 0.4160550605595307, 9.75036696366428,
        0.7500282279741755, 10.166422024223811, 0.1248165181678592, 0.11523280510109622,
        3.250122321221428, 0.8581777000307628, 0.8682745211882561, 0.8698063047071681,
        0.8801491300059247, 0.11055635965756855, 0.4991448548617826 } },
    { "EA-05",
      9.5, 0.25, 36, 0.15, 0.5, false, 0,
      { 0.7211982461009976, 0.0, 0.08527553824185201, 5.400784088650627, 34.75952954680959,
        0.9655424874113775, 40.16031363546021, 0.5685035882790134, 0.5644050905634819,
        8.689882386702402, 0.5102446527589848, 0.5335309624869341, 0.5538903103969322,
        0.5578124059110305, 0.11824146648009166, 0.6124669122773234 } },
    { "EA-07",
      5.0, 0.5, 10, 0.25, 0.5, true, 6,
      { 0.5373888171732224, 0.04414111381200186, 0.07018823330854153, 1.4037646661708305,
        8.856706528794565, 0.8856706528794565, 10.260471194965396, 0.2937179716493713,
        0.28357050867789385, 4.428353264397282, 0.6730994128052382, 0.7063919293401798,
        0.7202297878167975, 0.7599883891567195, 0.13060977650734587, 0.4217637954487992 } },
    { "EA-09",
      6.0, 0.4, 17, 0.4, 0.5, false, 0,
      { 0.3358767993934556, 0.0, 0.051250051745540204, 0.768750776183103, 14.231249223816901,
        0.8371323072833471, 15.000000000000004, 0.12812512936385048, 0.11711335709176143,
        5.692499689526759, 0.8644620918339776, 0.9000448918685378, 0.9039965643431083,
        0.9111590397706395, 0.15258586433504875, 0.33197698936208947 } },
    { "EK-01",
      4.2, 0.5, 12, 0.0, 0.3333333333333333, true, 5,
      { 0.15636532473555173, 0.009476874302514938, 0.0, 0.25428889085361306, 8.320394255858874,
        0.6933661879882395, 8.574683146712488, 0.06112424075927735, 0.06112424075927734,
        4.160197127929437, 0.9187678343499399, 0.9187678343499399, 0.9187678343499399,
        0.927558186693503, 0.0, 0.0 } },
};

Test(erlang, impatient_and_limited_line)
{
    for (size_t i = 0; i < sizeof impatient / sizeof *impatient; i++) {
        const struct erlang_system system = {
            .arrival_rate = impatient[i].arrival_rate,
            .service_rate = impatient[i].service_rate,
            .abandon_rate = impatient[i].abandon_rate,
            .agents = impatient[i].agents,
            .limited = impatient[i].limited,
            .places = impatient[i].places,
            .within = impatient[i].within,
        };
        struct erlang_measures m;
        cr_assert(erlang_solve(&system, &m) && m.stable);
        const double found[16] = { m.wait_share, m.block_share, m.abandon_share, m.queue_mean,
                                   m.busy_mean, m.utilisation, m.present_mean, m.wait_mean,
                                   m.wait_mean_served, m.served_rate, m.level[0], m.level[1],
                                   m.level[2], m.level[3], m.abandon_share_of_waiting,
                                   m.wait_mean_abandoned };
        static const char *const what[16] = { "P_wait", "P_block", "P_ab", "E_Q", "E_B", "util",
                                              "E_N", "E_W", "E_W_served", "served_rate", "SL1",
                                              "SL2", "SL3", "SL4", "P_ab_given_wait", "E_W_ab" };
        for (int k = 0; k < 16; k++)
            close_to(impatient[i].name, what[k], found[k], impatient[i].expected[k], 1e-11);
    }
}

/* The plain way: weigh every state, sum. */
static void sum_over_states(const struct erlang_system *s, uint32_t top,
                            struct erlang_measures *m)
{
    static double weight[20001];
    double total = 0.0, greatest = 0.0;
    for (uint32_t k = 0; k <= top; k++) {
        const double busy = fmin(k, s->agents);
        weight[k] = k == 0 ? 0.0
                           : weight[k - 1] + log(s->arrival_rate / (busy * s->service_rate +
                                                 (k - busy) * s->abandon_rate));
        greatest = fmax(greatest, weight[k]);
    }
    for (uint32_t k = 0; k <= top; k++)
        total += weight[k] = exp(weight[k] - greatest);
    *m = (struct erlang_measures){ 0 };
    for (uint32_t k = 0; k <= top; k++) {
        const double p = weight[k] / total;
        const double busy = fmin(k, s->agents);
        m->busy_mean += p * busy;
        m->queue_mean += p * (k - busy);
        m->wait_share += k >= s->agents && k < top ? p : 0.0;
    }
    m->block_share = weight[top] / total;
    m->abandon_share = m->queue_mean * s->abandon_rate / s->arrival_rate;
}

Test(erlang, random_systems_against_a_sum_over_states)
{
    static const uint32_t agents[] = { 1, 2, 7, 40, 300 };
    static const double loads[] = { 0.2, 0.9, 1.0, 1.1, 2.5, 15.0 };
    static const double patience[] = { 0.0, 1e-3, 0.1, 1.0, 20.0, 1e4 };
    static const uint32_t places[] = { 0, 1, 4, 60, 3000 };
    for (size_t i = 0; i < 5 * 6 * 6 * 5; i++) {
        const uint32_t n = agents[i % 5];
        const struct erlang_system system = {
            .arrival_rate = loads[i / 5 % 6] * n * 0.3,
            .service_rate = 0.3,
            .abandon_rate = patience[i / 30 % 6],
            .agents = n,
            .limited = true,
            .places = places[i / 180],
            .within = 2.0,
        };
        struct erlang_measures m, sum;
        cr_assert(erlang_solve(&system, &m));
        sum_over_states(&system, n + system.places, &sum);
        const double found[5] = { m.busy_mean, m.queue_mean, m.wait_share, m.block_share,
                                  m.abandon_share };
        const double plain[5] = { sum.busy_mean, sum.queue_mean, sum.wait_share, sum.block_share,
                                  sum.abandon_share };
        for (int k = 0; k < 5; k++)
            cr_assert(fabs(found[k] - plain[k]) <= 1e-10 * fabs(plain[k]) + 1e-200,
                      "system %zu, measure %d: %.15g %.15g", i, k, found[k], plain[k]);
        /* Everybody is served, gives up or is turned away; work in is work done. */
        const double served = m.served_rate / system.arrival_rate;
        close_to("sum", "of fates", served + m.abandon_share + m.block_share, 1.0, 1e-11);
        close_to("flow", "of work", m.served_rate / system.service_rate, m.busy_mean, 1e-11);
        cr_assert(m.level[1] <= 1.0 + 1e-12 && m.level[0] <= m.level[2] + 1e-12);
    }
}

Test(erlang, ends_of_the_range)
{
    struct erlang_system system = { .arrival_rate = 105000.0, .service_rate = 1.0,
                                    .agents = 100000, .abandon_rate = 1e-12, .within = 0.1 };
    struct erlang_measures m;
    /* Far overloaded: exactly the excess gives up. */
    cr_assert(erlang_solve(&system, &m));
    close_to("overload", "P_ab", m.abandon_share, 5000.0 / 105000.0, 1e-10);
    close_to("overload", "E_Q", m.queue_mean, 5000.0 / 1e-12, 1e-10);
    close_to("overload", "E_W_served", m.wait_mean_served, log(1.05) / 1e-12, 1e-6);
    /* Patience nearly endless in a stable line, and nearly none: Erlang C and Erlang B. */
    system.arrival_rate = 99900.0;
    cr_assert(erlang_solve(&system, &m));
    close_to("patient", "P_wait", m.wait_share, erlang_c(99900.0, 100000), 1e-8);
    system.abandon_rate = 1e15;
    cr_assert(erlang_solve(&system, &m));
    close_to("hasty", "P_ab", m.abandon_share, erlang_b(99900.0, 100000), 1e-8);
    /* Patience like handling: Poisson. */
    system.abandon_rate = 1.0;
    cr_assert(erlang_solve(&system, &m));
    close_to("Poisson", "E_N", m.present_mean, 99900.0, 1e-11);

    system = (struct erlang_system){ .arrival_rate = 5.0, .service_rate = 1.0, .agents = 5 };
    cr_assert(erlang_solve(&system, &m));
    cr_assert(!m.stable && m.wait_share == 1.0 && m.utilisation == 1.0 && m.served_rate == 5.0);
    cr_assert(m.wait_mean == 0.0 && m.queue_mean == 0.0 && m.level[0] == 0.0);
    cr_assert_eq(erlang_c(5.0, 5), 1.0);
    cr_assert_eq(erlang_c_wait_variance(&system), 0.0);
    cr_assert_eq(erlang_c_wait_quantile(&system, 0.5), 0.0);
    cr_assert_eq(erlang_square_root_agents(100.0, 1.0), 110);
    cr_assert_eq(erlang_square_root_agents(99.0, 0.5), 104);
    cr_assert_eq(erlang_square_root_agents(0.0, 1.0), 1);
    cr_assert_eq(erlang_square_root_agents(4.0, -9.0), 1);
    cr_assert_eq(erlang_square_root_agents(1e300, 1.0), ERLANG_AGENTS_MAX);
}

Test(erlang, odd_numbers_never_give_nan)
{
    static const double odd[] = { 0.0, 1e-308, 1e-20, 0.5, 1.0, 50.0, 1e12, 1e308, HUGE_VAL, -1.0,
                                  (double)NAN };
    static const uint32_t counts[] = { 0, 1, 1000, UINT32_MAX };
    for (size_t i = 0; i < 11 * 11 * 11 * 11 * 4; i++) {
        const size_t c = i / 14641;
        const struct erlang_system system = {
            .arrival_rate = odd[i % 11],
            .service_rate = odd[i / 11 % 11],
            .abandon_rate = odd[i / 121 % 11],
            .within = odd[i / 1331 % 11],
            .agents = counts[c],
            .limited = i % 2,
            .places = counts[(c + i) % 4],
        };
        struct erlang_measures m;
        const bool solved = erlang_solve(&system, &m);
        const double sum = m.wait_share + m.block_share + m.abandon_share + m.queue_mean +
                           m.busy_mean + m.wait_mean + m.wait_mean_served + m.wait_mean_abandoned +
                           m.level[0] + m.level[1] + m.level[2] + m.level[3];
        cr_assert(isfinite(sum) && (solved || sum == 0.0), "system %zu", i);
        cr_assert(m.wait_share <= 1.0 + 1e-12 && m.level[1] <= 1.0 + 1e-12, "system %zu", i);
    }
}

Test(erlang, one_agent_with_any_handling_time)
{
    struct pollaczek_measures m;
    /* GS-01: lognormal handling with mean 3 and cv 1.2: E X^k = 3^k (1 + cv^2)^(k (k - 1) / 2). */
    const double spread = 1.0 + 1.2 * 1.2;
    const double lognormal[3] = { 3.0, 9.0 * spread, 27.0 * spread * spread * spread };
    cr_assert(pollaczek_solve(0.25, lognormal, &m) && m.stable);
    close_to("GS-01", "util", m.utilisation, 0.75, 1e-12);
    close_to("GS-01", "P_wait", m.wait_share, 0.75, 1e-12);
    close_to("GS-01", "E_W", m.wait_mean, 10.98, 1e-12);
    close_to("GS-01", "Var_W", m.wait_variance, 251.301456, 1e-12);
    close_to("GS-01", "E_Q", m.queue_mean, 2.745, 1e-12);
    close_to("GS-01", "E_N", m.present_mean, 3.495, 1e-12);
    /* GS-02: always 2. */
    const double constant[3] = { 2.0, 4.0, 8.0 };
    cr_assert(pollaczek_solve(0.4, constant, &m) && m.stable);
    close_to("GS-02", "util", m.utilisation, 0.8, 1e-12);
    close_to("GS-02", "P_wait", m.wait_share, 0.8, 1e-12);
    close_to("GS-02", "E_W", m.wait_mean, 4.0, 1e-12);
    close_to("GS-02", "Var_W", m.wait_variance, 64.0 / 3.0, 1e-12);
    close_to("GS-02", "E_Q", m.queue_mean, 1.6, 1e-12);
    close_to("GS-02", "E_N", m.present_mean, 2.4, 1e-12);
    cr_assert(pollaczek_solve(0.5, constant, &m));
    cr_assert(!m.stable && m.wait_mean == 0.0 && m.wait_share == 1.0);
    cr_assert_not(pollaczek_solve((double)NAN, constant, &m));
    cr_assert_not(pollaczek_solve(-1.0, constant, &m));
}

Test(erlang, priorities)
{
    const double rates[2] = { 1.2, 2.9 };
    struct priority_system system = { rates, 2, 1.0, 5, 0.5 };
    struct priority_class k[2];
    double wait_share;
    cr_assert(priority_solve(&system, k, &wait_share));
    close_to("PR-01", "P_wait", wait_share, 0.5933116082462263, 1e-12);
    close_to("PR-01", "E_W_all", (k[0].queue_mean + k[1].queue_mean) / 4.1, 0.6592351202735846,
             1e-12);
    close_to("PR-01", "E_W_1", k[0].wait_mean, 0.15613463374900693, 1e-12);
    close_to("PR-01", "E_Q_1", k[0].queue_mean, 0.1873615604988083, 1e-12);
    close_to("PR-01", "SL1_1", k[0].level, 0.911259201985851, 1e-11);
    close_to("PR-01", "E_W_2", k[1].wait_mean, 0.8674146319389271, 1e-12);
    close_to("PR-01", "E_Q_2", k[1].queue_mean, 2.5155024326228883, 1e-12);
    close_to("PR-01", "SL1_2", k[1].level, 0.5945554953169226, 1e-11);
    close_to("PR-01", "util", 4.1 / 5.0, 0.82, 1e-12);

    /* One class is Erlang C, whatever T. */
    for (double within = 0.0; within < 40.0; within += 0.37) {
        const double one[1] = { 4.1 };
        const struct erlang_system plain = { .arrival_rate = 4.1, .service_rate = 1.0,
                                             .agents = 5, .within = within };
        struct erlang_measures m;
        system = (struct priority_system){ one, 1, 1.0, 5, within };
        cr_assert(priority_solve(&system, k, &wait_share) && erlang_solve(&plain, &m));
        close_to("one class", "level", k[0].level, m.level[0], 1e-11);
    }
    const double much[2] = { 1.0, 4.0 };
    system = (struct priority_system){ much, 2, 1.0, 5, 0.5 };
    cr_assert(priority_solve(&system, k, &wait_share));
    cr_assert(wait_share == 1.0 && !k[0].stable && k[0].wait_mean == 0.0 && k[1].level == 0.0);
    system.agents = 0;
    cr_assert_not(priority_solve(&system, k, &wait_share));
}
