/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions of the gamma and beta families for parameters of any size. Deviance and Stirling's
 * error: C. Loader, Fast and accurate computation of binomial probabilities (2000). Incomplete
 * gamma: its series and its continued fraction (Abramowitz & Stegun 6.5.29 and 6.5.31), for large
 * shapes Temme's uniform expansion (SIAM J. Math. Anal. 10 (1979) 757-766) to its second term.
 * Incomplete beta: its continued fraction (26.5.8). GSL has them all, but stops the program for
 * some legal parameters (gamma of shape 1e6 at 1,003,000). */
#include "kernel/dist_impl.h"

#define HALF_LOG_2PI 0x1.d67f1c864beb5p-1
#define LEAST        1e-300
#define LOG_LEAST    -700.0 /* what is smaller is taken for 0 */
#define NEGLIGIBLE   1e-16

double dist_deviance(double x, double m)
{
    const double apart = x - m, sum = x + m;

    if (apart > 0.1 * sum || apart < -0.1 * sum)
        return (x > 0.0 ? x * exact_log(x / m) : 0.0) - apart;
    const double v = apart / sum, v2 = v * v;
    double total = apart * v, term = 2.0 * x * v;
    for (int j = 1; j < 20; j++) { /* v2 is at most 0.01 */
        term *= v2;
        total += term / (2 * j + 1);
    }
    return total;
}

double dist_stirling_error(double n)
{
    if (n <= 0.0)
        return 0.0;
    if (n < 16.0)
        return exact_lgamma(n + 1.0) - (n + 0.5) * exact_log(n) + n - HALF_LOG_2PI;
    const double r2 = 1.0 / n / n;
    return (1.0 / 12 - r2 * (1.0 / 360 - r2 * (1.0 / 1260 - r2 * (1.0 / 1680)))) / n;
}

/* The sums below need a few times sqrt(a) terms where the result is neither 0 nor 1. */
static int terms_most(double a)
{
    return 1000 + (int)(20.0 * sqrt(fmin(a, 1e9)));
}

static double gamma_series(double shape, double x)
{
    double term = 1.0, sum = 1.0;

    for (int n = 1; n < terms_most(shape) && term > sum * NEGLIGIBLE; n++) {
        term *= x / (shape + n);
        sum += term;
    }
    return sum;
}

/* Continued fractions by Lentz's method, as modified by Thompson & Barnett (1986). */
static double away_from_zero(double x)
{
    return fabs(x) < LEAST ? LEAST : x;
}

static double gamma_fraction(double shape, double x)
{
    double b = x + 1.0 - shape, c = 1.0 / LEAST, d = 1.0 / away_from_zero(b), value = d;

    for (int n = 1; n < terms_most(shape); n++) {
        const double a = -n * (n - shape);
        b += 2.0;
        d = 1.0 / away_from_zero(a * d + b);
        c = away_from_zero(b + a / c);
        value *= c * d;
        if (fabs(c * d - 1.0) < NEGLIGIBLE)
            break;
    }
    return value;
}

/* x^shape exp(-x) / gamma(shape + 1): the first term of the series, and x / shape times the density
 * of the gamma distribution. */
static double gamma_term(double shape, double x)
{
    return exact_exp(-dist_deviance(shape, x) - dist_stirling_error(shape) - HALF_LOG_2PI) /
           sqrt(shape);
}

/* The regularised incomplete gamma function for shapes up to DIST_SHAPE_TOP. */
static double gamma_share(double shape, double x)
{
    if (!(x > 0.0))
        return 0.0;
    if (x > 1e300)
        return 1.0;
    if (x < shape + 1.0)
        return fmin(gamma_term(shape, x) * gamma_series(shape, x), 1.0);
    return fmax(1.0 - gamma_term(shape, x) * shape * gamma_fraction(shape, x), 0.0);
}

/* Temme's expansion. */
static double gamma_share_large(double shape, double x)
{
    if (!(x > 0.0) || x > 1e300)
        return x > 0.0;
    const double deviance = dist_deviance(shape, x);
    const double side = x < shape ? -1.0 : 1.0;
    const double eta = side * sqrt(2.0 * deviance / shape), apart = (x - shape) / shape;
    const double second = fabs(eta) < 1e-3 ? -1.0 / 3.0 + eta / 12.0 : 1.0 / apart - 1.0 / eta;
    return fmin(fmax(0.5 * erfc(-eta * sqrt(0.5 * shape)) -
                     second * exp(-deviance - HALF_LOG_2PI) / sqrt(shape), 0.0), 1.0);
}

double dist_gamma_cdf(double shape, double x)
{
    return shape > DIST_SHAPE_TOP ? gamma_share_large(shape, x) : gamma_share(shape, x);
}

double dist_normal_cdf(double x)
{
    const double share = 0.5 * gamma_share(0.5, 0.5 * x * x);
    return x < 0.0 ? 0.5 - share : 0.5 + share;
}

/* Newton's method in the logarithm of x, kept between two bounds: P(shape, x) is at most
 * x^shape / gamma(shape + 1), and the tail above shape + sqrt(2 shape t) + t at most exp(-t)
 * (Boucheron, Lugosi & Massart, Concentration Inequalities (2013), 2.4). */
double dist_gamma_quantile(double shape, double u)
{
    const double t = 40.0; /* exp(-40) is below the distance of any u from 1 */
    const double root = sqrt(1.0 / 9.0 / shape);
    const double cube = 1.0 - root * root + exact_normal_quantile(u) * root;
    double low = fmax((exact_log(u) + exact_lgamma(shape + 1.0)) / shape, LOG_LEAST);
    double high = exact_log(shape + sqrt(2.0 * shape * t) + t);
    /* E. B. Wilson & M. M. Hilferty (1931); their cube is poor where it is small. */
    double y = cube > 0.3 ? exact_log(shape * cube * cube * cube) : low;

    for (int i = 0; i < 200; i++) {
        if (high <= LOG_LEAST)
            return 0.0;
        if (!(y >= low && y <= high))
            y = 0.5 * (low + high);
        const double x = exact_exp(y), above = gamma_share(shape, x) - u;
        const double step = above / (shape * gamma_term(shape, x));
        if (above > 0.0)
            high = y;
        else
            low = y;
        if (fabs(step) < 1e-14 || high - low < 1e-14)
            break;
        y -= step;
    }
    return exact_exp(y);
}

static double beta_fraction(double a, double b, double x)
{
    double c = 1.0, d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0)), value = d;

    for (int n = 1; n < terms_most(a + b); n++) {
        const double even = n * (b - n) * x / ((a + 2.0 * n - 1.0) * (a + 2.0 * n));
        const double odd = -(a + n) * (a + b + n) * x / ((a + 2.0 * n) * (a + 2.0 * n + 1.0));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        value *= c * d;
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        value *= c * d;
        if (fabs(c * d - 1.0) < NEGLIGIBLE)
            break;
    }
    return value;
}

double dist_beta_cdf(double a, double b, double x)
{
    if (!(x > 0.0))
        return 0.0;
    if (x >= 1.0)
        return 1.0;
    const double n = a + b, y = 1.0 - x;
    /* x^a y^b gamma(a + b) / (gamma(a) gamma(b)) */
    const double density =
        sqrt(a * b / n) * exp(dist_stirling_error(n) - dist_stirling_error(a) -
                              dist_stirling_error(b) - dist_deviance(a, n * x) -
                              dist_deviance(b, n * y) - HALF_LOG_2PI);
    if (x < (a + 1.0) / (n + 2.0))
        return fmin(density * beta_fraction(a, b, x) / a, 1.0);
    return fmax(1.0 - density * beta_fraction(b, a, y) / b, 0.0);
}
