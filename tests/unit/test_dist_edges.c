/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: extreme but legal parameters are drawn, illegal ones refused with words that help, values
 * come from files, and the special functions behind the cdfs are right. Method: written-out lists;
 * for the special functions GSL, where its own digits are good. */
#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "kernel/dist_impl.h"
#include "made_dist.h"

/* Legal, but at the edge. All in units of QUANTITY_COUNT. */
static const char *const extremes[] = {
    "0",
    "3e10",
    "{\"kind\": \"uniform\", \"low\": 0, \"high\": 0}",
    "{\"kind\": \"uniform\", \"mean\": 3e10, \"cv\": 0}",
    "{\"kind\": \"triangular\", \"low\": 0, \"mode\": 0, \"high\": 0}",
    "{\"kind\": \"triangular\", \"low\": 0, \"mode\": 3e10, \"high\": 3e10}",
    "{\"kind\": \"exponential\", \"mean\": 1e-300}",
    "{\"kind\": \"exponential\", \"mean\": 3e10}",
    "{\"kind\": \"erlang\", \"k\": 1, \"mean\": 3e10}",
    "{\"kind\": \"erlang\", \"k\": 1000000, \"mean\": 1e-300}",
    "{\"kind\": \"gamma\", \"shape\": 0.001, \"scale\": 3e10}",
    "{\"kind\": \"gamma\", \"shape\": 1e6, \"scale\": 1e-300}",
    "{\"kind\": \"gamma\", \"mean\": 3e10, \"cv\": 100}",
    "{\"kind\": \"gamma\", \"mean\": 1, \"cv\": 1e-8}",
    "{\"kind\": \"gamma\", \"mean\": 1, \"cv\": 1e-300}",
    "{\"kind\": \"lognormal\", \"mean\": 3e10, \"cv\": 100}",
    "{\"kind\": \"lognormal\", \"mean\": 1, \"cv\": 0}",
    "{\"kind\": \"lognormal\", \"mean\": 1, \"cv\": 1e-300}",
    "{\"kind\": \"lognormal\", \"mu\": -700, \"sigma\": 10}",
    "{\"kind\": \"lognormal\", \"median\": 1, \"sigma\": 0}",
    "{\"kind\": \"weibull\", \"shape\": 1e6, \"scale\": 3e10}",
    "{\"kind\": \"weibull\", \"shape\": 0.1, \"scale\": 1}",
    "{\"kind\": \"weibull\", \"mean\": 3e10, \"cv\": 100}",
    "{\"kind\": \"weibull\", \"mean\": 3e10, \"cv\": 1e-6}",
    "{\"kind\": \"hyperexponential\", \"mean\": 3e10, \"cv\": 100}",
    "{\"kind\": \"hyperexponential\", \"mean\": 3, \"cv\": 1}",
    "{\"kind\": \"hyperexponential\", \"shares\": [0, 1, 0], \"means\": [1, 0, 3]}",
    "{\"kind\": \"log_logistic\", \"shape\": 1.0001, \"scale\": 1}",
    "{\"kind\": \"log_logistic\", \"shape\": 1e6, \"median\": 3e10}",
    "{\"kind\": \"pareto\", \"shape\": 1.0001, \"minimum\": 1}",
    "{\"kind\": \"pareto\", \"mean\": 1, \"cv\": 1e-9}",
    "{\"kind\": \"pareto\", \"mean\": 3e10, \"cv\": 100}",
    "{\"kind\": \"beta\", \"alpha\": 0.001, \"beta\": 0.001, \"high\": 1}",
    "{\"kind\": \"beta\", \"alpha\": 1e6, \"beta\": 0.001, \"high\": 3e10}",
    "{\"kind\": \"beta\", \"alpha\": 1e6, \"beta\": 1e6, \"low\": 1, \"high\": 2}",
    "{\"kind\": \"beta\", \"mean\": 1.5, \"cv\": 0.0001, \"low\": 1, \"high\": 2}",
    "{\"kind\": \"truncated\", \"of\": 5}",
    "{\"kind\": \"truncated\", \"of\": 5, \"low\": 5, \"high\": 5}",
    "{\"kind\": \"truncated\", \"of\": {\"kind\": \"exponential\", \"mean\": 1}, \"low\": 20}",
    "{\"kind\": \"truncated\", \"of\": {\"kind\": \"gamma\", \"mean\": 1, \"cv\": 1}, "
    "\"low\": 6.9}",
    "{\"kind\": \"truncated\", \"of\": {\"kind\": \"pareto\", \"shape\": 1.1, \"minimum\": 1}, "
    "\"low\": 10}",
    "{\"kind\": \"truncated\", \"of\": {\"kind\": \"poisson\", \"mean\": 1e9}, "
    "\"low\": 1000060000}",
    "{\"kind\": \"shifted\", \"of\": 0, \"by\": 0}",
    "{\"kind\": \"mixture\", \"parts\": [{\"share\": 1, \"of\": 3}, {\"share\": 0, \"of\": 4}]}",
    "{\"kind\": \"empirical\", \"values\": [0]}",
    "{\"kind\": \"empirical\", \"values\": [7], \"interpolate\": true}",
    "{\"kind\": \"empirical\", \"values\": [7, 7, 7], \"interpolate\": true}",
    "{\"kind\": \"discrete\", \"values\": [7, 7, 1], \"shares\": [0.5, 0, 0.5]}",
    "{\"kind\": \"poisson\", \"mean\": 1e-300}",
    "{\"kind\": \"poisson\", \"mean\": 1e9}",
    "{\"kind\": \"negative_binomial\", \"mean\": 1e9, \"shape\": 0.001}",
    "{\"kind\": \"negative_binomial\", \"mean\": 1e9, \"shape\": 1e6}",
    "{\"kind\": \"negative_binomial\", \"mean\": 1e-9, \"shape\": 0.001}",
    "{\"kind\": \"negative_binomial\", \"mean\": 3, \"cv\": 100}",
    "{\"kind\": \"binomial\", \"n\": 1000000000, \"share\": 0.5}",
    "{\"kind\": \"binomial\", \"n\": 1000000000, \"share\": 1e-300}",
    "{\"kind\": \"binomial\", \"n\": 1, \"share\": 1}",
    "{\"kind\": \"binomial\", \"n\": 1000000000, \"share\": 0}",
    "{\"kind\": \"geometric\", \"share\": 1}",
    "{\"kind\": \"geometric\", \"mean\": 1e9}",
};

/* Every draw a number of 0 or more, moments and cdf no nan, all in less than a second each. */
Test(dist_edges, extremes_are_drawn)
{
    static const double places[] = { -1.0, 0.0, 1e-300, 1.0, 1e9, 1e300, INFINITY };

    for (size_t i = 0; i < COUNT_OF(extremes); i++) {
        struct made made;
        law_open(&made, extremes[i], QUANTITY_COUNT);
        for (uint32_t k = 0; k < 1000; k++) {
            const double x = draw_at(&made.dist, 1, k);
            cr_assert(isfinite(x) && x >= 0.0, "%s: %g", extremes[i], x);
        }
        cr_expect(isfinite(dist_mean(&made.dist)), "%s", extremes[i]);
        cr_expect(dist_variance(&made.dist) >= 0.0, "%s", extremes[i]);
        double before = 0.0;
        for (size_t k = 0; k < COUNT_OF(places); k++) {
            const double p = dist_cdf(&made.dist, places[k]);
            cr_expect(p >= before && p <= 1.0, "%s: %g at %g", extremes[i], p, places[k]);
            before = p;
        }
        cr_expect(before == 1.0, "%s", extremes[i]);
        made_close(&made);
    }
}

/* Each with a word that the problem must contain. */
static const struct {
    const char *text, *word;
} refused[] = {
    { "-1", "0" },
    { "{\"kind\": \"exponential\"}", "rate" },
    { "{\"kind\": \"exponential\", \"mean\": 0}", "more than 0" },
    { "{\"kind\": \"exponential\", \"mean\": 3, \"rate\": \"3 /h\"}", "exactly one form" },
    { "{\"kind\": \"exponential\", \"rate\": \"1e-9 /h\"}", "mean" },
    { "{\"kind\": \"lognormal\", \"mean\": 3}", "\"mean\" and \"cv\"; or \"median\" and" },
    { "{\"kind\": \"lognormal\", \"mean\": 3, \"sigma\": 1}", "mixed" },
    { "{\"kind\": \"lognormal\", \"mean\": 3, \"cv\": 101}", "100" },
    { "{\"kind\": \"lognormal\", \"mu\": 700, \"sigma\": 1}", "1000 years" },
    { "{\"kind\": \"uniform\", \"low\": 3, \"high\": 2}", "low" },
    { "{\"kind\": \"uniform\", \"mean\": 3, \"cv\": 0.6}", "negative" },
    { "{\"kind\": \"triangular\", \"low\": 3, \"mode\": 2, \"high\": 4}", "order" },
    { "{\"kind\": \"erlang\", \"k\": 0, \"mean\": 4}", "whole number" },
    { "{\"kind\": \"gamma\", \"shape\": 0.0001, \"scale\": 4}", "0.001" },
    { "{\"kind\": \"weibull\", \"shape\": 0.001, \"scale\": 4}", "mean" },
    { "{\"kind\": \"hyperexponential\", \"mean\": 4, \"cv\": 0.9}", "1 or more" },
    { "{\"kind\": \"hyperexponential\", \"shares\": [1], \"means\": [1, 2]}", "number of entries" },
    { "{\"kind\": \"hyperexponential\", \"shares\": [0.5, 0.4], \"means\": [1, 2]}", "add up" },
    { "{\"kind\": \"pareto\", \"shape\": 1, \"minimum\": 4}", "lower bound" },
    { "{\"kind\": \"log_logistic\", \"shape\": 0.9, \"scale\": 4}", "1" },
    { "{\"kind\": \"beta\", \"alpha\": 1, \"beta\": 1, \"low\": 4, \"high\": 4}", "below" },
    { "{\"kind\": \"beta\", \"mean\": 5, \"cv\": 0.1, \"low\": 1, \"high\": 4}", "between" },
    { "{\"kind\": \"beta\", \"mean\": 2, \"cv\": 3, \"low\": 1, \"high\": 4}", "between" },
    { "{\"kind\": \"truncated\", \"of\": 3, \"low\": 4}", "almost no value" },
    { "{\"kind\": \"truncated\", \"of\": {\"kind\": \"gamma\", \"mean\": 1, \"cv\": 1}, "
      "\"low\": 7}",
      "almost no value" },
    { "{\"kind\": \"truncated\", \"of\": 3, \"low\": 4, \"high\": 2}", "above" },
    { "{\"kind\": \"mixture\", \"parts\": []}", "at least" },
    { "{\"kind\": \"mixture\", \"parts\": [{\"share\": 0.9, \"of\": 3}]}", "add up" },
    { "{\"kind\": \"empirical\", \"values\": []}", "no values" },
    { "{\"kind\": \"empirical\", \"values\": [1, 2], \"shares\": [1]}", "2 values and 1 shares" },
    { "{\"kind\": \"empirical\", \"values\": [1], \"shares\": [1], \"interpolate\": true}",
      "shares" },
    { "{\"kind\": \"empirical\", \"values\": [1], \"file\": \"a\"}", "mixed" },
    { "{\"kind\": \"empirical\", \"file\": \"none.csv\", \"column\": \"x\"}", "none.csv" },
    { "{\"kind\": \"discrete\", \"values\": [1, 2], \"shares\": [1, 1]}", "add up" },
    { "{\"kind\": \"poisson\", \"mean\": 1e10}", "1000000000" },
    { "{\"kind\": \"negative_binomial\", \"mean\": 4, \"cv\": 0.5}", "poisson" },
    { "{\"kind\": \"geometric\", \"share\": 0}", "more than 0" },
    { "{\"kind\": \"geometric\", \"share\": 1e-300}", "mean" },
};

Test(dist_edges, nonsense_is_refused)
{
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        struct made made;
        char said[2048] = "";
        made_open(&made, refused[i].text, QUANTITY_COUNT);
        cr_expect(!made.good && tsim_problems_errors(made.problems) == 1, "%s", refused[i].text);
        FILE *to = fmemopen(said, sizeof said, "w");
        tsim_problems_print(made.problems, to, 0);
        fclose(to);
        cr_expect(strstr(said, refused[i].word), "%s:\n%s", refused[i].text, said);
        made_close(&made);
    }
}

Test(dist_edges, values_come_from_a_file)
{
    struct made made;
    FILE *to = fopen("handling.csv", "w");

    cr_assert(to);
    fputs("case,took\na,3\nb,1.5\nc,20e-1\n", to);
    fclose(to);
    law_open(&made, "{\"kind\": \"empirical\", \"file\": \"handling.csv\", \"column\": \"took\", "
                    "\"unit\": \"min\"}", QUANTITY_TIME);
    cr_expect(made.dist.n == 3 && made.dist.table[0] == 90.0 && made.dist.table[1] == 120.0 &&
              made.dist.table[2] == 180.0);
    cr_expect(dist_mean(&made.dist) == 130.0);
    made_close(&made);

    static const char *const cells[] = { "", "x", "-1", "1,5", "1e", "1.", "0x10", "nan", "1e999" };
    for (size_t i = 0; i < COUNT_OF(cells); i++) {
        to = fopen("handling.csv", "w");
        cr_assert(to);
        fprintf(to, "case;took\na;3\nb;%s\n", cells[i]);
        fclose(to);
        made_open(&made, "{\"kind\": \"empirical\", \"file\": \"handling.csv\", "
                         "\"column\": \"took\"}", QUANTITY_TIME);
        cr_expect(!made.good && tsim_problems_errors(made.problems) == 1, "%s", cells[i]);
        made_close(&made);
    }
    remove("handling.csv");
}

/* The special functions against GSL, where GSL is at home. */
Test(dist_edges, special_functions_agree_with_gsl)
{
    static const double shapes[] = { 0.001, 0.1, 0.5, 1.0, 2.5, 10.0, 77.7, 1000.0, 1e4 };

    for (size_t i = 0; i < COUNT_OF(shapes); i++) {
        const double a = shapes[i];
        for (double z = -4.0; z <= 4.0; z += 0.37) {
            const double x = a * exp(z / sqrt(fmax(a, 1.0)));
            const double p = gsl_cdf_gamma_P(x, a, 1.0);
            cr_expect(fabs(dist_gamma_cdf(a, x) - p) < 1e-11, "gamma %g at %g", a, x);
        }
        for (size_t k = 0; k < COUNT_OF(shapes); k++) {
            const double b = shapes[k], m = a / (a + b);
            const double spread = sqrt(m * (1.0 - m) / (a + b + 1.0));
            for (double z = -4.0; z <= 4.0; z += 0.37) {
                const double x = m + z * spread;
                if (x > 0.0 && x < 1.0)
                    cr_expect(fabs(dist_beta_cdf(a, b, x) - gsl_cdf_beta_P(x, a, b)) < 1e-9,
                              "beta %g %g at %g: %g %g", a, b, x, dist_beta_cdf(a, b, x),
                              gsl_cdf_beta_P(x, a, b));
            }
        }
    }
    /* Temme's expansion takes over at 1e6 without a step. */
    for (double z = -5.0; z <= 5.0; z += 0.01) {
        const double x = 1e6 + 1e3 * z;
        cr_expect(fabs(dist_gamma_cdf(1e6, x) - dist_gamma_cdf(1e6 * (1.0 + 1e-15), x)) < 1e-9);
    }
}

/* The quantile that spreads busy days, against the distribution function and GSL. */
Test(dist_edges, gamma_quantile_is_the_inverse)
{
    static const double shapes[] = { 0.001, 0.01, 0.3, 1.0, 2.5, 12.8, 69.4, 1e4, 1e6 };
    static const double units[] = { 0x1p-53, 1e-9, 0.01, 0.2, 0.5, 0.77, 0.99, 1 - 1e-9,
                                    1 - 0x1p-53 };

    for (size_t i = 0; i < COUNT_OF(shapes); i++)
        for (size_t k = 0; k < COUNT_OF(units); k++) {
            const double x = dist_gamma_quantile(shapes[i], units[k]);
            cr_assert(isfinite(x) && x >= 0);
            cr_expect(k == 0 || x >= dist_gamma_quantile(shapes[i], units[k - 1]));
            if (x > 1e-290)
                cr_expect(fabs(dist_gamma_cdf(shapes[i], x) - units[k]) <
                              1e-12 + 1e-15 * shapes[i],
                          "shape %g: the share below %.17g is %.17g, not %.17g", shapes[i], x,
                          dist_gamma_cdf(shapes[i], x), units[k]);
            if (shapes[i] >= 0.3 && shapes[i] < 1e4 && units[k] > 1e-6 && units[k] < 0.999)
                cr_expect(fabs(x / gsl_cdf_gamma_Pinv(units[k], shapes[i], 1) - 1) < 1e-9,
                          "shape %g at %g: %.17g", shapes[i], units[k], x);
        }
}

/* Fast paths and families: a kind's own draw equals the inline one; a draw needs nothing but its
 * address. */
Test(dist_edges, paths_agree)
{
    for (size_t n = 0; dist_family.kinds[n]; n++) {
        struct made made;
        law_open(&made, dist_family.kinds[n]->example, QUANTITY_TIME);
        for (uint32_t i = 0; i < 1000; i++) {
            struct rng rng = rng_at(rng_key_of(5, 9), 77, i, 3), again = rng;
            const double x = dist_draw(&made.dist, &rng);
            cr_expect(x == made.dist.kind->draw(&made.dist, &again));
            cr_expect(rng.n == again.n && rng.visit_block == again.visit_block);
        }
        made_close(&made);
    }
    const struct dist gamma = dist_gamma_of(4.0, 0.25), constant = dist_constant(7.0);
    cr_expect(dist_mean(&gamma) == 1.0 && dist_variance(&gamma) == 0.25);
    cr_expect(draw_at(&constant, 1, 1) == 7.0 && dist_cdf(&constant, 6.9) == 0.0);
}
