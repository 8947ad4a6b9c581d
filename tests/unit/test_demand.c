/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: arrivals that vary by themselves have the law they are said to have, and features at
 * nothing change no bit. Method: arrivals are drawn without a desk, over thousands of replications;
 * means and variances of counts are held against exact formulas, with limits of 4.9 standard
 * errors (two-sided false alarm 1e-6 each, 5e-5 for all); days' factors by their mean, variance,
 * correlations and the uniformity of their probabilities. */
#include <math.h>

#include "kernel/dist_impl.h"
#include "support/law.h"

#define Z_MOST 4.9

#define HEAD "{ \"name\": \"x\", \"run\": { \"length\": \"200 d\" %s }, \"streams\": [ "
#define TAIL                                                                                       \
    " ], \"tiers\": [ { \"name\": \"L1\", \"handling\": \"1 min\", \"pools\": [ { \"name\": "      \
    "\"p\", \"agents\": 1 } ] } ] %s }"

/* A desk with these streams; each text is that of its arrivals. `more`: keys of the root. */
static struct law demand(const char *run, const char *a, const char *b, const char *more)
{
    char text[4096];
    int  n = snprintf(text, sizeof text, HEAD, run);
    n += snprintf(text + n, sizeof text - (size_t)n, "{ \"name\": \"a\", \"arrivals\": %s }", a);
    if (b)
        n += snprintf(text + n, sizeof text - (size_t)n, ", { \"name\": \"b\", \"arrivals\": %s }",
                      b);
    n += snprintf(text + n, sizeof text - (size_t)n, TAIL, more);
    cr_assert(n < (int)sizeof text);
    return law_load(text);
}

struct source {
    const struct arrival *arrival;
    struct arrival_state  state;
    struct rng_schedule   schedule;
};

static struct source source_of(const struct law *law, uint32_t stream, uint32_t replication)
{
    struct source source = { .arrival = &law->scenario->plan->streams[stream].arrival };
    rng_schedule_open(&source.schedule, rng_key_of(17, replication));
    return source;
}

static double next_of(struct source *source)
{
    return source->arrival->kind->next(source->arrival, &source->state, &source->schedule, 1e12);
}

/* The mean and variance of the number that arrive before `end_s`, held against what is exact. */
static void expect_counts(const struct law *law, double end_s, double mean, double variance)
{
    enum { N = 4000 };
    static double counts[N];
    double        sum = 0, squares = 0, fourth = 0;
    for (uint32_t r = 0; r < N; r++) {
        struct source source = source_of(law, 0, r);
        counts[r] = 0;
        while (next_of(&source) < end_s)
            counts[r]++;
        sum += counts[r] / N;
    }
    for (uint32_t r = 0; r < N; r++) {
        const double off = counts[r] - sum;
        squares += off * off / N;
        fourth += off * off * off * off / N;
    }
    const double z_mean = (sum - mean) / sqrt(squares / N);
    const double z_variance = (squares - variance) / sqrt((fourth - squares * squares) / N);
    cr_expect_lt(fabs(z_mean), Z_MOST, "mean %g, exact %g", sum, mean);
    cr_expect_lt(fabs(z_variance), Z_MOST, "variance %g, exact %g", squares, variance);
}

/* Both draw the same arrivals, to the last bit. */
static void expect_same(const struct law *a, const struct law *b)
{
    for (uint32_t s = 0; s < a->scenario->plan->n_streams; s++)
        for (uint32_t r = 0; r < 3; r++) {
            struct source x = source_of(a, s, r), y = source_of(b, s, r);
            for (int i = 0; i < 500; i++)
                cr_assert(next_of(&x) == next_of(&y), "arrival %d", i);
        }
}

#define TWO_STATES                                                                                 \
    "{ \"kind\": \"mmpp\", \"states\": [ { \"rate\": \"%s\", \"stay\": \"50 min\" }, "             \
    "{ \"rate\": \"%s\", \"stay\": \"20 min\" } ] }"

/* Var N = m t + 2 p q (a - b)^2 / s (t - (1 - exp(-s t)) / s), p and q the shares of the states,
 * s the sum of the rates of jumps (Fischer and Meier-Hellstern 1993). */
Test(demand, counts_of_two_states_vary_as_the_formula_says)
{
    char text[512];
    snprintf(text, sizeof text, TWO_STATES, "2.5 /min", "7 /min");
    struct law   law = demand("", text, NULL, "");
    const double t = 180, p = 5 / 7.0, q = 2 / 7.0, s = 0.07, mean = (2.5 * p + 7 * q) * t;
    const double more = 2 * p * q * 4.5 * 4.5 / s * (t - (1 - exp(-s * t)) / s);
    const struct arrival *arrival = &law.scenario->plan->streams[0].arrival;
    cr_expect_float_eq(arrival->kind->expected(arrival, 0, t * 60), mean, 1e-6);
    expect_counts(&law, t * 60, mean, mean + more);
    law_free(&law);
}

Test(demand, states_of_one_rate_are_poisson)
{
    char text[512];
    snprintf(text, sizeof text, TWO_STATES, "3 /min", "3 /min");
    struct law law = demand("", text, NULL, "");
    expect_counts(&law, 3600, 180, 180);
    law_free(&law);
}

/* Three states in a ring that is walked mostly one way: shares of time by hand. */
Test(demand, a_ring_of_states_is_in_its_long_run)
{
    struct law law = demand("",
        "{ \"kind\": \"mmpp\", \"states\": [ "
        "{ \"rate\": \"1 /min\", \"stay\": \"10 min\", \"next\": [0, 1, 0] }, "
        "{ \"rate\": \"2 /min\", \"stay\": \"20 min\", \"next\": [0.5, 0, 0.5] }, "
        "{ \"rate\": \"4 /min\", \"stay\": \"30 min\", \"next\": [0, 1, 0] } ] }", NULL, "");
    /* Jumps: from 2 as often as from 1 and 3 together, from 1 as often as from 3. */
    const double weights[] = { 10 * 0.25, 20 * 0.5, 30 * 0.25 };
    const struct regimes *regimes = law.scenario->plan->streams[0].arrival.regimes;
    for (int i = 0; i < 3; i++)
        cr_expect_float_eq(regimes->share[i], weights[i] / 20, 1e-14);
    law_free(&law);
}

/* The sum of a Poisson number of sizes: mean m E(X), variance m E(X^2). Geometric of mean 2 on
 * 1, 2, …: E(X^2) = 6. */
Test(demand, batches_make_counts_vary_more)
{
    struct law law = demand("",
        "{ \"kind\": \"poisson\", \"rate\": \"50 /h\", \"batch\": { \"kind\": \"geometric\", "
        "\"mean\": 2 } }", NULL, "");
    const struct arrival *arrival = &law.scenario->plan->streams[0].arrival;
    cr_expect_float_eq(arrival->kind->expected(arrival, 0, 7200), 200, 1e-9);
    expect_counts(&law, 7200, 200, 600);
    law_free(&law);
}

/* An incident as an on-off chain that begins off: E N = r (t + (f - 1) E(time on)), with
 * P(on at u) = a / (a + b) (1 - exp(-(a + b) u)). Var N = E N + r^2 (f - 1)^2 Var(time on); with
 * c = a + b the covariance of being on at u < v is P(u) (q + (1 - q) exp(-c (v - u)) - P(v)),
 * q = a / c, integrated here by the midpoint rule. */
Test(demand, incidents_multiply_a_rate_while_they_last)
{
    struct law law = demand("", "{ \"kind\": \"poisson\", \"rate\": \"60 /h\" }", NULL,
        ", \"incidents\": [ { \"name\": \"outage\", \"factor\": 4, \"between\": { \"kind\": "
        "\"exponential\", \"mean\": \"4 h\" }, \"duration\": { \"kind\": \"exponential\", "
        "\"mean\": \"1 h\" } } ]");
    enum { STEPS = 1000 };
    const double t = 8, c = 1.25, q = 0.2, step = t / STEPS;
    double       on = 0, variance = 0;
    for (int i = 0; i < STEPS; i++) {
        const double u = (i + 0.5) * step, pu = q * (1 - exp(-c * u));
        on += pu * step;
        for (int j = i; j < STEPS; j++) {
            const double v = (j + 0.5) * step, pv = q * (1 - exp(-c * v));
            variance += (j == i ? 1 : 2) * step * step * pu *
                        (q + (1 - q) * exp(-c * (v - u)) - pv);
        }
    }
    const double mean = 60 * (t + 3 * on);
    expect_counts(&law, t * 3600, mean, mean + 3600 * 9 * variance);
    law_free(&law);
}

/* While it lasts nothing comes: the second stream's gaps lie in the first one's. 600 contacts an
 * hour leave no gap of 10 minutes by chance (e^-100). */
Test(demand, streams_share_their_incidents)
{
    struct law law = demand("", "{ \"kind\": \"poisson\", \"rate\": \"600 /h\" }",
        "{ \"kind\": \"poisson\", \"rate\": \"600 /h\", \"busyness_cv\": 0.1 }",
        ", \"incidents\": [ { \"name\": \"lines down\", \"factor\": 0, \"between\": { \"kind\": "
        "\"uniform\", \"low\": \"2 h\", \"high\": \"9 h\" }, \"duration\": \"1 h\" } ]");
    struct source a = source_of(&law, 0, 3), b = source_of(&law, 1, 3);
    double        from_s = 0, of_b = 0;
    int           found = 0;
    while (from_s < 30 * 86400) {
        const double to_s = next_of(&a);
        while (of_b <= from_s + 300)
            of_b = next_of(&b);
        if (to_s - from_s > 600) {
            cr_expect_float_eq(to_s - from_s, 3600, 300);
            cr_expect_gt(of_b, to_s - 300, "the other stream goes on");
            found++;
        }
        from_s = to_s;
    }
    cr_expect_gt(found, 80);
    law_free(&law);
}

/* Given times: 100 an hour, 10 times that from 1 h to 2 h and, as the first still lasts at 1.5 h,
 * from 2 h to 3 h. */
Test(demand, incidents_at_given_times_wait_for_each_other)
{
    struct law law = demand("", "{ \"kind\": \"poisson\", \"rate\": \"100 /h\" }", NULL,
        ", \"incidents\": [ { \"name\": \"bill\", \"factor\": 10, \"begins\": [\"1 h\", "
        "\"1.5 h\"], \"duration\": \"1 h\" } ]");
    expect_counts(&law, 3600, 100, 100);
    expect_counts(&law, 3 * 3600, 2100, 2100);
    expect_counts(&law, 4 * 3600, 2200, 2200);
    law_free(&law);
}

/* 7 % a week, from a Wednesday; the Saturday of 2024-01-06 is a holiday. */
Test(demand, rates_grow_and_rest_on_holidays)
{
    struct law law = demand(", \"start\": \"Wed\"",
        "{ \"kind\": \"poisson\", \"rate\": \"10 /h\", \"growth_per_week\": 0.07, \"holidays\": "
        "[\"2024-01-06\"], \"holiday_factor\": 0.5 }", NULL, "");
    const struct arrival *arrival = &law.scenario->plan->streams[0].arrival;
    double                mean = 0;
    for (int day = 0; day < 6; day++)
        mean += 240 * pow(1.07, day / 7.0) * (day == 3 ? 0.5 : 1);
    cr_expect_float_eq(arrival->kind->expected(arrival, 0, 6 * 86400), mean, 1e-6);
    expect_counts(&law, 6 * 86400, mean, mean);
    law_free(&law);
}

/* ---- fixed counts */

/* Each day its number, exactly, within the profile; the times of a day are uniform in what the
 * profile adds up to: by the mean and variance of the fraction of those that come in the first
 * two of the eight hours of profile (2 rates), a binomial. */
Test(demand, daily_counts_are_exact)
{
    enum { RUNS_OF_IT = 400 };
    struct law law = demand(", \"start\": \"Tue 06:00\"",
        "{ \"kind\": \"daily\", \"per_day\": [10, 20, 30, 0, 40, 5, 7], \"rate\": [ { \"from\": "
        "\"08:00\", \"to\": \"10:00\", \"rate\": \"3 /h\" }, { \"from\": \"10:00\", \"to\": "
        "\"16:00\", \"rate\": \"1 /h\" } ] }", NULL, "");
    static const uint32_t week[] = { 10, 20, 30, 0, 40, 5, 7 };
    const struct arrival *arrival = &law.scenario->plan->streams[0].arrival;
    double                early = 0, n = 0;
    for (uint32_t r = 0; r < RUNS_OF_IT; r++) {
        struct source source = source_of(&law, 0, r);
        double        at_s = next_of(&source), before_s = 0;
        for (int day = 1; day < 20; day++) {
            const double from_s = (day - 1) * 86400 - 6 * 3600.0;
            for (uint32_t i = 0; i < week[day % 7]; i++) {
                const double hour = (at_s - from_s) / 3600;
                cr_assert(hour >= 8 && hour <= 16 && at_s >= before_s, "day %d, %g", day, hour);
                early += hour < 10;
                n++;
                before_s = at_s;
                at_s = next_of(&source);
            }
        }
    }
    cr_expect_lt(fabs(early - n / 2) / sqrt(n / 4), Z_MOST, "%g of %g before ten", early, n);
    cr_expect_float_eq(arrival->kind->expected(arrival, 4 * 3600, 28 * 3600), 10 + 15, 1e-9);
    law_free(&law);
}

/* ---- days that hang together */

enum { DAYS = 100, RUNS = 400 };

/* Factors of a stream's days in one replication. */
static void factors_of(const struct law *law, uint32_t stream, uint32_t r,
                       const struct busyness_set *set, double *factors)
{
    struct source source = source_of(law, stream, r);
    source.state.set = set;
    intensity_open(source.arrival, &source.state, rng_key_of(17, r));
    for (int d = 0; d < DAYS; d++) {
        factors[d] = source.state.factor;
        intensity_step(source.arrival, &source.state, rng_key_of(17, r));
    }
}

struct sum {
    double sum, squares;
};

static void add_to(struct sum *of, double x)
{
    of->sum += x;
    of->squares += x * x;
}

/* One value for each replication, which are independent. */
static void expect_mean(const struct sum *of, double exact, const char *what)
{
    const double mean = of->sum / RUNS, variance = of->squares / RUNS - mean * mean;
    const double z = (mean - exact) / sqrt(variance / RUNS);
    cr_expect_lt(fabs(z), Z_MOST, "%s: %g, exact %g (z %.1f)", what, mean, exact, z);
}

#define BUSY(cv, group)                                                                            \
    "{ \"kind\": \"poisson\", \"rate\": \"1 /h\", \"busyness_cv\": " #cv ", \"busyness_group\": "  \
    "\"" group "\" }"

/* Moments over all days of a replication; lag 1 and the other group of the same day. */
static void expect_days(const char *run, double lag, double across)
{
    char more[200];
    snprintf(more, sizeof more, ", \"busy_days\": { \"autocorrelation\": %g, \"pairs\": [ { "
             "\"group\": \"x\", \"with\": \"y\", \"correlation\": %g } ] }", lag, across);
    struct law law = demand(run, BUSY(0.3, "x"), BUSY(0.8, "y"), more);
    const struct plan *plan = law.scenario->plan;
    struct sum mean[2] = { 0 }, variance[2] = { 0 }, lagged[2] = { 0 }, low[2] = { 0 };
    struct sum both = { 0 };
    for (uint32_t r = 0; r < RUNS; r++) {
        static double f[2][DAYS];
        const uint32_t number = plan->busyness.strata > 1 ? r * plan->busyness.strata + r % 3 : r;
        const struct busyness_set set = busyness_set_of(&plan->busyness, 17, number);
        double product = 0;
        for (uint32_t s = 0; s < 2; s++) {
            const double shape = s == 0 ? 1 / 0.09 : 1 / 0.64, cv = s == 0 ? 0.3 : 0.8;
            double m = 0, v = 0, l = 0, u = 0;
            factors_of(&law, s, number, plan->busyness.strata > 1 ? &set : NULL, f[s]);
            for (int d = 0; d < DAYS; d++) {
                m += f[s][d] / DAYS;
                v += (f[s][d] - 1) * (f[s][d] - 1) / DAYS;
                u += (dist_gamma_cdf(shape, f[s][d] * shape) < 0.1) / (double)DAYS;
                if (d > 0)
                    l += (f[s][d] - 1) * (f[s][d - 1] - 1) / (DAYS - 1) / cv / cv;
            }
            add_to(&mean[s], m);
            add_to(&variance[s], v);
            add_to(&lagged[s], l);
            add_to(&low[s], u);
        }
        for (int d = 0; d < DAYS; d++)
            product += (f[0][d] - 1) * (f[1][d] - 1) / DAYS / 0.3 / 0.8;
        add_to(&both, product);
    }
    for (int s = 0; s < 2; s++) {
        expect_mean(&mean[s], 1, "mean");
        expect_mean(&variance[s], s == 0 ? 0.09 : 0.64, "variance");
        expect_mean(&lagged[s], lag, "from day to day");
        expect_mean(&low[s], 0.1, "days in the lowest tenth");
    }
    expect_mean(&both, across, "across groups");
    law_free(&law);
}

Test(demand, days_have_the_correlations_that_are_said)
{
    expect_days("", 0.55, 0.6);
    expect_days("", -0.3, -0.2);
}

/* Sets of strata or lattices spread what is new of each day; each replication keeps its law. */
Test(demand, sets_of_replications_keep_correlations)
{
    expect_days(", \"busyness\": \"stratified\"", 0.5, 0.5);
    expect_days(", \"busyness\": \"quasi_random\", \"strata\": 7", 0.5, 0.5);
}

/* Who comes within an incident is known to: of 2 h of each 4 h at three times the rate, 3/4. */
Test(demand, arrivals_know_of_incidents)
{
    struct law law = demand("", "{ \"kind\": \"poisson\", \"rate\": \"60 /h\" }", NULL,
                            ", \"incidents\": [ { \"name\": \"none\", \"factor\": 1, \"begins\": "
                            "[0], \"duration\": \"9 h\" }, { \"name\": \"i\", \"factor\": 3, "
                            "\"between\": \"2 h\", \"duration\": \"2 h\" } ]");
    struct source source = source_of(&law, 0, 1);
    double        n = 0, within = 0;
    for (double at_s = next_of(&source); at_s < 4000 * 3600.0; at_s = next_of(&source), n++) {
        const bool lasts = fmod(at_s, 4 * 3600) >= 2 * 3600;
        cr_assert_eq(arrival_incident(source.arrival, &source.state), lasts ? 2 : 0);
        within += lasts;
    }
    cr_expect_lt(fabs(within - n * 0.75), Z_MOST * sqrt(n * 3 / 16));
    law_free(&law);
}

/* ---- intervals of a day */

enum { HOURS = 24, DAYS_OF_IT = 50 };

/* Factors of the hours of a replication's days. */
static void hours_of(const struct law *law, uint32_t stream, uint32_t r,
                     const struct busyness_set *set, double (*factors)[HOURS])
{
    struct source source = source_of(law, stream, r);
    source.state.set = set;
    intensity_open(source.arrival, &source.state, rng_key_of(17, r));
    for (int d = 0; d < DAYS_OF_IT; d++)
        for (int h = 0; h < HOURS; h++) {
            factors[d][h] = source.state.factor;
            cr_assert_eq(source.state.change_s, (d * 24.0 + h + 1) * 3600);
            intensity_step(source.arrival, &source.state, rng_key_of(17, r));
        }
}

/* Moments over all hours; of neighbours, of the first and last of a day, of two days. Two streams
 * of a group have the same. */
static void expect_hours(const char *run, double within, double next)
{
    char more[200];
    snprintf(more, sizeof more, ", \"busy_days\": { \"every\": \"1 h\", \"within_day\": %g, "
             "\"next_interval\": %g }", within, next);
    struct law         law = demand(run, BUSY(0.5, "x"), BUSY(0.5, "x"), more);
    const struct plan *plan = law.scenario->plan;
    const double       variance = 0.25, shape = 4;
    struct sum         sums[6] = { 0 };
    static const char *const names[] = { "mean", "variance", "lowest tenth", "neighbours",
                                         "far apart", "two days" };
    for (uint32_t r = 0; r < RUNS; r++) {
        static double f[DAYS_OF_IT][HOURS], g[DAYS_OF_IT][HOURS];
        const uint32_t number = plan->busyness.strata > 1 ? r * plan->busyness.strata : r;
        const struct busyness_set set = busyness_set_of(&plan->busyness, 17, number);
        const bool                sets = plan->busyness.strata > 1;
        double                    of[6] = { 0 };
        hours_of(&law, 0, number, sets ? &set : NULL, f);
        hours_of(&law, 1, number, sets ? &set : NULL, g);
        cr_assert_arr_eq(f, g, sizeof f);
        for (int d = 0; d < DAYS_OF_IT; d++) {
            for (int h = 0; h < HOURS; h++) {
                of[0] += f[d][h] / HOURS;
                of[1] += (f[d][h] - 1) * (f[d][h] - 1) / HOURS;
                of[2] += (dist_gamma_cdf(shape, f[d][h] * shape) < 0.1) / (double)HOURS;
                if (h > 0)
                    of[3] += (f[d][h] - 1) * (f[d][h - 1] - 1) / (HOURS - 1) / variance;
            }
            of[4] += (f[d][0] - 1) * (f[d][HOURS - 1] - 1) / variance;
            of[5] += (f[d][0] - 1) * (f[(d + 1) % DAYS_OF_IT][0] - 1) / variance;
        }
        for (int i = 0; i < 6; i++)
            add_to(&sums[i], of[i] / DAYS_OF_IT);
    }
    const double exact[6] = { 1, variance, 0.1, next, within, 0 };
    for (int i = 0; i < 6; i++)
        expect_mean(&sums[i], exact[i], names[i]);
    law_free(&law);
}

/* 0.75 falls off to 0.4 long before 23 hours have passed. */
Test(demand, hours_of_a_day_have_the_correlations_that_are_said)
{
    expect_hours("", 0.4, 0.75);
    expect_hours("", 0, 0.5);
    expect_hours("", 0, 0);
    expect_hours(", \"busyness\": \"stratified\"", 0.6, 0.6);
}

/* A run that begins within a day meets the same hours. */
Test(demand, hours_of_a_day_do_not_hang_on_the_start)
{
#define HOURLY ", \"busy_days\": { \"every\": \"1 h\", \"within_day\": 0.3 }"
    struct law    a = demand("", BUSY(0.5, "x"), NULL, HOURLY);
    struct law    b = demand(", \"start\": \"Mon 10:30\"", BUSY(0.5, "x"), NULL, HOURLY);
    struct source x = source_of(&a, 0, 3), y = source_of(&b, 0, 3);
    intensity_open(x.arrival, &x.state, rng_key_of(17, 3));
    intensity_open(y.arrival, &y.state, rng_key_of(17, 3));
    for (int h = 0; h < 10; h++)
        intensity_step(x.arrival, &x.state, rng_key_of(17, 3));
    cr_assert_eq(y.state.change_s, 1800);
    for (int h = 10; h < 60; h++) {
        cr_assert_eq(x.state.factor, y.state.factor, "hour %d", h);
        intensity_step(x.arrival, &x.state, rng_key_of(17, 3));
        intensity_step(y.arrival, &y.state, rng_key_of(17, 3));
    }
    law_free(&a);
    law_free(&b);
}

/* ---- nothing of it is nothing */

#define BUSY_STREAM                                                                                \
    "{ \"kind\": \"poisson\", \"rate\": [ { \"rate\": \"90 /h\" }, { \"from\": \"08:00\", "        \
    "\"to\": \"17:00\", \"rate\": \"60 /h\" } ], \"busyness_cv\": 0.2 "

Test(demand, features_at_nothing_change_no_bit)
{
    static const char *const roots[] = {
        ", \"incidents\": [ { \"name\": \"i\", \"factor\": 1, \"begins\": [0], \"duration\": 0 } ]",
        ", \"busy_days\": { \"autocorrelation\": 0 }",
        ", \"busy_days\": { \"every\": \"30 min\", \"within_day\": 1 }",
        ", \"incidents\": []",
    };
    static const char *const streams[] = {
        ", \"batch\": 1 }", ", \"growth_per_week\": 0, \"growth_per_year\": 0 }",
        ", \"holidays\": [\"2024-01-02\"], \"holiday_factor\": 1 }", ", \"holidays\": [] }",
    };
    struct law bare = demand("", BUSY_STREAM "}", "{ \"kind\": \"poisson\", \"rate\": \"9 /h\" }",
                             "");
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        struct law with = demand("", BUSY_STREAM "}",
                                 "{ \"kind\": \"poisson\", \"rate\": \"9 /h\" }", roots[i]);
        expect_same(&bare, &with);
        law_free(&with);
    }
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
        char text[512];
        snprintf(text, sizeof text, "%s%s", BUSY_STREAM, streams[i]);
        struct law with = demand("", text, "{ \"kind\": \"poisson\", \"rate\": \"9 /h\" }", "");
        expect_same(&bare, &with);
        law_free(&with);
    }
    law_free(&bare);
}

/* The digest of a small desk whose tier and channel say this. */
static void digest_of(const char *tier, const char *channel, char *digest, size_t size)
{
    char text[2048];
    snprintf(text, sizeof text,
             "{ \"name\": \"x\", \"run\": { \"length\": \"1 d\", \"replications\": 4 }, "
             "\"channels\": [ { \"name\": \"phone\", \"patience\": { \"kind\": \"exponential\", "
             "\"mean\": \"4 min\" } %s } ], \"streams\": [ { \"name\": \"a\", \"arrivals\": { "
             "\"kind\": \"poisson\", \"rate\": \"60 /h\" } } ], \"tiers\": [ { \"name\": \"L1\", "
             "\"handling\": { \"kind\": \"exponential\", \"mean\": \"5 min\" } %s, \"pools\": [ { "
             "\"name\": \"p\", \"agents\": 5 } ] } ] }", channel, tier);
    struct law                    law = law_load(text);
    const struct tsim_run_options options = { .threads = 1 };
    struct tsim_result           *result = law_run(&law, &options);
    snprintf(digest, size, "%s", tsim_result_digest(result));
    tsim_result_free(result);
    law_free(&law);
}

Test(demand, hours_of_factor_one_change_no_bit)
{
    static const struct {
        const char *tier, *channel;
        bool        same;
    } cases[] = {
        { ", \"handling_by_hour\": [ { \"from\": \"08:00\", \"to\": \"12:00\", \"factor\": 1 } ]",
          "", true },
        { "", ", \"patience_by_hour\": [ { \"factor\": 1 } ]", true },
        /* Another factor is seen, at the last hour too. */
        { ", \"handling_by_hour\": [ { \"from\": \"23:00\", \"factor\": 2 } ]", "", false },
        { "", ", \"patience_by_hour\": [ { \"from\": \"12:00\", \"to\": \"14:00\", \"factor\": "
          "0.5 } ]", false },
    };
    char bare[64], with[64];
    digest_of("", "", bare, sizeof bare);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        digest_of(cases[i].tier, cases[i].channel, with, sizeof with);
        cr_expect_eq(strcmp(bare, with) == 0, cases[i].same, "case %zu", i);
    }
}
