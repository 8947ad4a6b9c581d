/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ctest: slow
 *
 * Goal: every kind of distribution draws what it declares, refuses what it cannot draw, and never
 * changes a bit. Method: the catalogue is walked; for every kind's example and a table of further
 * parameters, 100,000 addressed draws (200,000 for moments), three seeds: mean and variance within
 * 4.5 standard errors, Kolmogorov's D below its critical value at error 0.001 (0.0061631), and
 * chi-square in about 100 equiprobable cells inside its 99.8 % region. With about 50 laws and
 * three seeds one would expect 0.5 false alarms among all seeds; these seeds have none.
 * Expected moments, probabilities and quantiles of the DS cases come from an independent
 * computation (SciPy, checked against GSL); bits are compared with a hash that was recorded. */
#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "made_dist.h"

#define DRAWS      100000
#define DRAWS_MEAN 200000
#define D_CRITICAL 0.0061631
#define CELLS      100

/* ---- what is drawn against what is declared */

/* Besides the examples of the catalogue; durations. `heavy`: no finite fourth moment, so that the
 * standard error of the variance means nothing. */
static const struct {
    const char *text;
    bool        heavy;
} laws[] = {
    { "{\"kind\": \"exponential\", \"rate\": \"10 /h\"}", false },
    { "{\"kind\": \"uniform\", \"mean\": \"10 min\", \"cv\": 0.5}", false },
    { "{\"kind\": \"triangular\", \"low\": 0, \"mode\": 0, \"high\": \"9 s\"}", false },
    { "{\"kind\": \"erlang\", \"k\": 8, \"stage_mean\": \"2 s\"}", false },
    { "{\"kind\": \"erlang\", \"k\": 40, \"mean\": \"2 s\"}", false },
    { "{\"kind\": \"gamma\", \"mean\": \"8 min\", \"cv\": 1.6}", false },
    { "{\"kind\": \"gamma\", \"shape\": 0.2, \"scale\": \"3 s\"}", false },
    { "{\"kind\": \"gamma\", \"mean\": \"8 min\", \"cv\": 0.0005}", false },
    { "{\"kind\": \"lognormal\", \"mu\": 5, \"sigma\": 0.6}", false },
    { "{\"kind\": \"lognormal\", \"median\": \"6 min\", \"sigma\": 0.6}", false },
    { "{\"kind\": \"lognormal\", \"mean\": \"6 min\", \"cv\": 3}", true },
    { "{\"kind\": \"weibull\", \"mean\": \"6 min\", \"cv\": 0.4}", false },
    { "{\"kind\": \"weibull\", \"mean\": \"6 min\", \"cv\": 1.8}", false },
    { "{\"kind\": \"hyperexponential\", \"shares\": [0.6, 0.3, \"10 %\"], "
      "\"means\": [\"1 s\", \"5 s\", \"20 s\"]}", false },
    { "{\"kind\": \"log_logistic\", \"shape\": 9, \"scale\": \"6 min\"}", false },
    { "{\"kind\": \"pareto\", \"shape\": 12, \"minimum\": \"6 min\"}", false },
    { "{\"kind\": \"pareto\", \"mean\": \"6 min\", \"cv\": 0.1}", false },
    { "{\"kind\": \"beta\", \"alpha\": 0.4, \"beta\": 0.7, \"high\": \"6 min\"}", false },
    { "{\"kind\": \"beta\", \"mean\": \"3 min\", \"cv\": 0.3, \"low\": \"1 min\", "
      "\"high\": \"6 min\"}", false },
    { "{\"kind\": \"truncated\", \"of\": {\"kind\": \"exponential\", \"mean\": \"1 min\"}, "
      "\"low\": \"10 min\"}", false },
    { "{\"kind\": \"truncated\", \"of\": {\"kind\": \"gamma\", \"mean\": \"8 min\", "
      "\"cv\": 2}, \"low\": \"2 min\", \"high\": \"30 min\"}", false },
    { "{\"kind\": \"truncated\", \"of\": {\"kind\": \"gamma\", \"mean\": \"8 min\", "
      "\"cv\": 0.8}, \"low\": \"12 min\"}", false },
    { "{\"kind\": \"truncated\", \"of\": {\"kind\": \"poisson\", \"mean\": 4}, "
      "\"low\": \"2 s\", \"high\": \"7 s\"}", false },
    { "{\"kind\": \"truncated\", \"of\": {\"kind\": \"negative_binomial\", \"mean\": 9000, "
      "\"shape\": 2.5}, \"low\": \"900 s\", \"high\": \"20000 s\"}", false },
    { "{\"kind\": \"truncated\", \"of\": {\"kind\": \"discrete\", \"values\": [\"1 s\", "
      "\"3 s\", \"2 s\"], \"shares\": [0.5, 0.2, 0.3]}, \"low\": \"2 s\"}", false },
    { "{\"kind\": \"truncated\", \"of\": {\"kind\": \"mixture\", \"parts\": [{\"share\": 0.5, "
      "\"of\": \"4 min\"}, {\"share\": 0.5, \"of\": {\"kind\": \"uniform\", \"low\": 0, "
      "\"high\": \"10 min\"}}]}, \"low\": \"2 min\", \"high\": \"6 min\"}", false },
    { "{\"kind\": \"shifted\", \"of\": {\"kind\": \"poisson\", \"mean\": 4}, "
      "\"by\": \"2 s\"}", false },
    { "{\"kind\": \"mixture\", \"parts\": [{\"share\": 0.5, \"of\": \"4 min\"}, {\"share\": "
      "0.2, \"of\": \"2 min\"}, {\"share\": 0.3, \"of\": {\"kind\": \"gamma\", \"mean\": "
      "\"10 min\", \"cv\": 0.5}}]}", false },
    { "{\"kind\": \"empirical\", \"values\": [\"3 s\", \"1 s\", \"3 s\", \"8 s\"]}", false },
    { "{\"kind\": \"empirical\", \"values\": [\"3 s\", \"1 s\"], \"shares\": [0.2, 0.8]}",
      false },
    { "{\"kind\": \"poisson\", \"mean\": 0.3}", false },
    { "{\"kind\": \"poisson\", \"mean\": 9.99}", false },
    { "{\"kind\": \"poisson\", \"mean\": 10}", false },
    { "{\"kind\": \"poisson\", \"mean\": 300}", false },
    { "{\"kind\": \"poisson\", \"mean\": 1e6}", false },
    { "{\"kind\": \"negative_binomial\", \"mean\": 20, \"cv\": 0.5}", false },
    { "{\"kind\": \"negative_binomial\", \"mean\": 3, \"shape\": 0.5}", false },
    { "{\"kind\": \"binomial\", \"n\": 5, \"share\": 0.9}", false },
    { "{\"kind\": \"binomial\", \"n\": 50, \"share\": 0.25}", false },
    { "{\"kind\": \"binomial\", \"n\": 1000, \"share\": 0.7}", false },
    { "{\"kind\": \"binomial\", \"n\": 1000000, \"share\": 0.0001}", false },
    { "{\"kind\": \"geometric\", \"mean\": 40}", false },
    { "{\"kind\": \"geometric\", \"share\": 1}", false },
};

static void check_moments(const struct dist *dist, const double *x, size_t n, bool heavy,
                          const char *what)
{
    const double mean = dist_mean(dist), variance = dist_variance(dist);
    double sum = 0.0, sum2 = 0.0, sum4 = 0.0;

    for (size_t i = 0; i < n; i++) {
        const double apart = x[i] - mean, square = apart * apart;
        sum += apart;
        sum2 += square;
        sum4 += square * square;
    }
    const double of = (double)n, mean_error = sqrt(variance / of);
    cr_expect(fabs(sum / of) <= 4.5 * mean_error + 1e-12 * mean,
              "%s: mean %.9g is off by %.3g s.e.", what, mean, sum / of / mean_error);
    const double square_error = sqrt((sum4 / of - (sum2 / of) * (sum2 / of)) / of);
    if (!heavy)
        cr_expect(fabs(sum2 / of - variance) <= 4.5 * square_error + 1e-12 * mean * mean,
                  "%s: variance %.9g is off by %.3g s.e.", what, variance,
                  (sum2 / of - variance) / square_error);
}

static int double_compare(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;

    return (a > b) - (a < b);
}

/* Kolmogorov's distance, at every value and just below it: right with steps, too. */
static double distance(const struct dist *dist, const double *sorted, size_t n)
{
    double most = 0.0;

    for (size_t i = 0, next; i < n; i = next) {
        for (next = i + 1; next < n && sorted[next] == sorted[i];)
            next++;
        const double at = dist_cdf(dist, sorted[i]);
        const double below = dist_cdf(dist, nextafter(sorted[i], -INFINITY));
        most = fmax(most, fmax(fabs((double)next / (double)n - at),
                               fabs((double)i / (double)n - below)));
    }
    return most;
}

/* The smallest x with cdf(x) >= p. */
static double edge_at(const struct dist *dist, double p, double high)
{
    double low = 0.0;

    while (dist_cdf(dist, high) < p && high < 1e300)
        high *= 2.0;
    for (int i = 0; i < 200; i++) {
        const double middle = 0.5 * (low + high);
        if (dist_cdf(dist, middle) >= p)
            high = middle;
        else
            low = middle;
    }
    return high;
}

static void check_cells(const struct dist *dist, const double *sorted, size_t n, const char *what)
{
    double chi2 = 0.0, before = 0.0, last = -1.0;
    size_t taken = 0, cells = 0;

    for (int i = 1; i <= CELLS; i++) {
        const double edge = i == CELLS ? INFINITY : edge_at(dist, (double)i / CELLS, sorted[n - 1]);
        const double share = i == CELLS ? 1.0 : dist_cdf(dist, edge);
        const double expected = (share - before) * (double)n;
        if (edge == last || (expected < 5.0 && i < CELLS))
            continue;
        size_t end = taken;
        while (end < n && sorted[end] <= edge)
            end++;
        if (expected < 1e-6) {
            cr_expect(end == taken, "%s: values where none can be", what);
            continue;
        }
        const double apart = (double)(end - taken) - expected;
        chi2 += apart * apart / expected;
        cells++;
        taken = end;
        before = share;
        last = edge;
    }
    if (cells < 2)
        return;
    const double p = gsl_cdf_chisq_Q(chi2, (double)cells - 1.0);
    cr_expect(p > 0.001 && (p < 0.999 || cells < CELLS), "%s: chi-square %.2f in %zu cells", what,
              chi2, cells);
}

static void check_law(const char *text, bool heavy)
{
    struct made made;
    double *x = malloc(DRAWS_MEAN * sizeof *x);
    char what[320];

    law_open(&made, text, QUANTITY_TIME);
    const struct dist *dist = &made.dist;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        snprintf(what, sizeof what, "%s, seed %d", text, (int)seed);
        for (uint32_t i = 0; i < DRAWS_MEAN; i++)
            x[i] = draw_at(dist, seed, i);
        check_moments(dist, x, DRAWS_MEAN, heavy, what);
        qsort(x, DRAWS, sizeof *x, double_compare);
        const double d = distance(dist, x, DRAWS);
        cr_expect(d <= D_CRITICAL, "%s: D %.5f", what, d);
        check_cells(dist, x, DRAWS, what);
    }
    free(x);
    made_close(&made);
}

/* Three tests, so that they can run beside one another. */
Test(dist, examples_draw_what_they_declare, .timeout = 600)
{
    for (size_t i = 0; dist_family.kinds[i]; i++)
        check_law(dist_family.kinds[i]->example, strcmp(dist_family.kinds[i]->name, "pareto") == 0);
}

Test(dist, first_laws_draw_what_they_declare, .timeout = 600)
{
    for (size_t i = 0; i < COUNT_OF(laws) / 2; i++)
        check_law(laws[i].text, laws[i].heavy);
}

Test(dist, last_laws_draw_what_they_declare, .timeout = 600)
{
    for (size_t i = COUNT_OF(laws) / 2; i < COUNT_OF(laws); i++)
        check_law(laws[i].text, laws[i].heavy);
}

/* ---- the DS cases: x with P(X <= x), and k with P(X = k) */

struct point {
    double x, p;
};

static const struct {
    const char  *name, *text;
    double       mean, variance;
    struct point cumulative[16], single[8];
} cases[] = {
    { "DS-01", "{\"kind\": \"exponential\", \"mean\": 3.5}",
      3.5, 12.25, {
        { 0.035176175487255, 0.01 }, { 0.368761804802392, 0.1 }, { 1.00688725358123, 0.25 },
        { 2.42601513195981, 0.5 }, { 4.85203026391962, 0.75 }, { 8.05904782547916, 0.9 },
        { 16.1180956509583, 0.99 }, { 24.1771434764375, 0.999 }, { 0.35, 0.0951625819640404 },
        { 1.75, 0.393469340287367 }, { 3.5, 0.632120558828558 }, { 7, 0.864664716763387 },
        { 14, 0.981684361111266 },
      }, { { 0, 0 } } },
    { "DS-03", "{\"kind\": \"gamma\", \"shape\": 2.5, \"scale\": 1.6}",
      4, 6.4, {
        { 0.443438461382622, 0.01 }, { 1.28824638956986, 0.1 }, { 2.13968224754573, 0.25 },
        { 3.48116815287642, 0.5 }, { 5.3005438110634, 0.75 }, { 7.3890855198249, 0.9 },
        { 12.0690179755112, 0.99 }, { 16.4120045219463, 0.999 }, { 0.4, 0.0078767067673704 },
        { 2, 0.223504928876677 }, { 4, 0.584119813004492 }, { 8, 0.924764753853488 },
        { 16, 0.998750269436969 },
      }, { { 0, 0 } } },
    { "DS-05", "{\"kind\": \"erlang\", \"k\": 4, \"mean\": 6.0}",
      6, 9, {
        { 1.23487302951808, 0.01 }, { 2.61715434423737, 0.1 }, { 3.80298031785014, 0.25 },
        { 5.50809112327635, 0.5 }, { 7.66414122768507, 0.75 }, { 10.0211746023838, 0.9 },
        { 15.0676762722474, 0.99 }, { 19.5933611687821, 0.999 }, { 0.6, 0.000776251376207015 },
        { 3, 0.142876539501453 }, { 6, 0.566529879633291 }, { 12, 0.957619888008316 },
        { 24, 0.999906858387057 },
      }, { { 0, 0 } } },
    { "DS-07", "{\"kind\": \"lognormal\", \"mean\": 4.2, \"cv\": 1.1}",
      4.2, 21.3444, {
        { 0.355927765880254, 0.01 }, { 0.902456281232874, 0.1 }, { 1.54953407193014, 0.25 },
        { 2.82522573478451, 0.5 }, { 5.15116162792485, 0.75 }, { 8.84463947836272, 0.9 },
        { 22.4256189531841, 0.99 }, { 44.2760574519413, 0.999 }, { 0.42, 0.0161585111866933 },
        { 2.1, 0.369518825815731 }, { 4.2, 0.671930681340931 }, { 8.4, 0.889453947245987 },
        { 16.8, 0.97735806130937 },
      }, { { 0, 0 } } },
    { "DS-09", "{\"kind\": \"weibull\", \"shape\": 1.7, \"scale\": 2.0}",
      1.78448900499865, 1.16741930898342, {
        { 0.133610964339439, 0.01 }, { 0.532273243393493, 0.1 }, { 0.961044298748317, 0.25 },
        { 1.61212203437184, 0.5 }, { 2.42367499330259, 0.75 }, { 3.26661572106363, 0.9 },
        { 4.91105181063785, 0.99 }, { 6.23386810675488, 0.999 },
        { 0.1784489005, 0.0163026511972882 }, { 0.892244502499, 0.223962678035878 },
        { 1.784489005, 0.56123948375905 }, { 3.56897801, 0.931199143601044 },
        { 7.13795601999, 0.999832763427746 },
      }, { { 0, 0 } } },
    { "DS-11", "{\"kind\": \"hyperexponential\", \"shares\": [0.75, 0.25], \"means\": [1.0, 8.0]}",
      2.75, 25.9375, {
        { 0.0128796993352187, 0.01 }, { 0.136609928941798, 0.1 }, { 0.38239573477833, 0.25 },
        { 0.988638431322091, 0.5 }, { 2.43606373543362, 0.75 }, { 7.36827312201024, 0.9 },
        { 25.7510066028777, 0.99 }, { 44.1716873428982, 0.999 }, { 0.275, 0.188768630512066 },
        { 1.375, 0.599849196360595 }, { 2.75, 0.77477755848562 }, { 5.5, 0.871227026928417 },
        { 11, 0.936777574773221 },
      }, { { 0, 0 } } },
    { "DS-13", "{\"kind\": \"uniform\", \"low\": 3.0, \"high\": 7.0}",
      5, 1.33333333333333, {
        { 3.04, 0.01 }, { 3.4, 0.1 }, { 4, 0.25 }, { 5, 0.5 }, { 6, 0.75 }, { 6.6, 0.9 },
        { 6.96, 0.99 }, { 6.996, 0.999 }, { 3.2, 0.05 }, { 4.2, 0.3 }, { 5, 0.5 }, { 6.2, 0.8 },
        { 6.88, 0.97 },
      }, { { 0, 0 } } },
    { "DS-15", "{\"kind\": \"triangular\", \"low\": 0.0, \"mode\": 4.0, \"high\": 5.0}",
      3, 1.16666666666667, {
        { 0.447213595499958, 0.01 }, { 1.4142135623731, 0.1 }, { 2.23606797749979, 0.25 },
        { 3.16227766016838, 0.5 }, { 3.87298334620742, 0.75 }, { 4.29289321881345, 0.9 },
        { 4.77639320225002, 0.99 }, { 4.92928932188135, 0.999 }, { 1, 0.05 },
        { 2.44948974278, 0.299999999999222 }, { 3.16227766017, 0.500000000000512 }, { 4, 0.8 },
        { 4.61270166538, 0.970000000000115 },
      }, { { 0, 0 } } },
    { "DS-16", "{\"kind\": \"beta\", \"alpha\": 2.0, \"beta\": 5.0, \"high\": 1}",
      0.285714285714286, 0.0255102040816327, {
        { 0.0267631911427551, 0.01 }, { 0.0925952589131287, 0.1 }, { 0.161162916790327, 0.25 },
        { 0.26444998329566, 0.5 }, { 0.389479485200725, 0.75 }, { 0.510316306551492, 0.9 },
        { 0.705686328319707, 0.99 }, { 0.818613866919134, 0.999 },
        { 0.0628498917084, 0.0500000000000663 }, { 0.181803471319, 0.300000000000124 },
        { 0.264449983296, 0.50000000000079 }, { 0.422447524846, 0.799999999999616 },
        { 0.626602971368, 0.970000000000097 },
      }, { { 0, 0 } } },
    { "DS-19", "{\"kind\": \"log_logistic\", \"shape\": 4.5, \"scale\": 1.2}",
      1.30332014546114, 0.342992940297447, {
        { 0.43222189028669, 0.01 }, { 0.736423018839499, 0.1 }, { 0.940057244324727, 0.25 },
        { 1.2, 0.5 }, { 1.53182160841109, 0.75 }, { 1.95539786666262, 0.9 },
        { 3.331622095875, 0.99 }, { 5.56866836167753, 0.999 },
        { 0.130332014546, 4.58558200418711e-05 }, { 0.651660072731, 0.0602284507844083 },
        { 1.30332014546, 0.591862530832872 }, { 2.60664029092, 0.970425802080557 },
        { 5.21328058184, 0.998654972610762 },
      }, { { 0, 0 } } },
    { "DS-22", "{\"kind\": \"poisson\", \"mean\": 6.3}",
      6.3, 6.3, {
        { 1, 0.013405024872311 }, { 4, 0.24690373300545 }, { 6, 0.558233126993645 },
        { 9, 0.89387943483728 }, { 11, 0.972265821171851 }, { 14, 0.997782877209927 },
      }, {
        { 1, 0.0115687200952821 }, { 4, 0.120530156402709 }, { 6, 0.159461396920783 },
        { 9, 0.0791127855473238 }, { 11, 0.0285453314397571 }, { 14, 0.00326816597551141 },
      } },
    { "DS-24", "{\"kind\": \"negative_binomial\", \"mean\": 1660.0, \"shape\": 10.0}",
      1660, 277220, {
        { 607, 0.00466204275262468 }, { 1133, 0.153446691913445 }, { 1660, 0.542446143355825 },
        { 2187, 0.845012060093118 }, { 2713, 0.963197504831819 }, { 3240, 0.993304037164336 },
      }, {
        { 607, 5.13466036560672e-05 }, { 1133, 0.000579488061003361 },
        { 1660, 0.000751414788222822 }, { 2187, 0.000376791100187107 },
        { 2713, 0.000110859315537487 }, { 3240, 2.30590844677764e-05 },
      } },
    { "DS-26", "{\"kind\": \"geometric\", \"share\": 0.3}",
      3.33333333333333, 7.77777777777778, {
        { 0, 0 }, { 1, 0.3 }, { 3, 0.657 }, { 6, 0.882351 }, { 9, 0.959646393 },
        { 12, 0.986158712799 },
      }, {
        { 0, 0 }, { 1, 0.3 }, { 3, 0.147 }, { 6, 0.050421 }, { 9, 0.017294403 },
        { 12, 0.005931980229 },
      } },
};

static void check_point(const char *what, double x, double found, double expected)
{
    cr_expect(fabs(found - expected) <= 1e-9 + 1e-8 * fabs(expected), "%s at %g: %.15g, not %.15g",
              what, x, found, expected);
}

Test(dist, cases_agree)
{
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct made made;
        law_open(&made, cases[i].text, QUANTITY_COUNT);
        const struct dist *dist = &made.dist;
        check_point(cases[i].name, 1.0, dist_mean(dist) / cases[i].mean, 1.0);
        check_point(cases[i].name, 2.0, dist_variance(dist) / cases[i].variance, 1.0);
        for (size_t k = 0; k < 16; k++) {
            const struct point *point = &cases[i].cumulative[k];
            if (point->x == 0.0)
                continue;
            check_point(cases[i].name, point->x, dist_cdf(dist, point->x), point->p);
            if (point->p > 0.0 && dist->kind->quantile && !dist->kind->discrete)
                check_point(cases[i].name, point->p,
                            dist->kind->quantile(dist, point->p) / point->x, 1.0);
        }
        for (size_t k = 0; k < 8; k++) {
            const struct point *point = &cases[i].single[k];
            if (point->x > 0.0)
                check_point(cases[i].name, point->x,
                            dist_cdf(dist, point->x) - dist_cdf(dist, point->x - 1.0), point->p);
        }
        made_close(&made);
    }
}

/* The first 1,000 draws of every example, bit by bit. */
Test(dist, bits_do_not_change)
{
    static const struct {
        const char *name;
        uint64_t    hash;
    } recorded[] = {
        { "constant", 0x327cdba36659d6bau },
        { "uniform", 0x5234d3cfb3741b97u },
        { "triangular", 0x3331bca8bdc05cddu },
        { "exponential", 0xb03be81b726c7b38u },
        { "erlang", 0xe1f2540c3c013253u },
        { "gamma", 0xb9bd41f08403919au },
        { "lognormal", 0xc459f050ed83fbf1u },
        { "weibull", 0x64283796709c8d0bu },
        { "hyperexponential", 0xde446ae96286f37eu },
        { "log_logistic", 0x33ae7379e49914afu },
        { "pareto", 0x6ee1cc7f3bb82656u },
        { "beta", 0x7db7261f55c1ddb6u },
        { "truncated", 0x0614c4a488e2ebeau },
        { "shifted", 0x64409e36f8c65dafu },
        { "mixture", 0xee30d54104fa3a20u },
        { "empirical", 0xffbeaef2e6a19ab3u },
        { "discrete", 0xe5e6046de92f6751u },
        { "poisson", 0xcff5f7159229f88bu },
        { "negative_binomial", 0x3d6ad7960823424bu },
        { "binomial", 0x8e552a17091a1f8au },
        { "geometric", 0x55dba18ae42400b6u },
    };
    size_t n = 0;

    for (; dist_family.kinds[n]; n++) {
        struct made made;
        uint64_t hash = 0;
        law_open(&made, dist_family.kinds[n]->example, QUANTITY_TIME);
        for (uint32_t i = 0; i < 1000; i++) {
            const double x = draw_at(&made.dist, 1, i);
            hash = text_hash_bytes(&x, sizeof x, hash);
        }
        cr_assert(n < COUNT_OF(recorded));
        cr_expect(hash == recorded[n].hash && !strcmp(recorded[n].name, dist_family.kinds[n]->name),
                  "{ \"%s\", 0x%016llxu },", dist_family.kinds[n]->name, (unsigned long long)hash);
        made_close(&made);
    }
    cr_expect(n == COUNT_OF(recorded));
}
