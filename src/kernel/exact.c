/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logarithm and exponential by tables of 128 entries (P. T. P. Tang, ACM TOMS 15 (1989) 144-157
 * and 16 (1990) 378-400), with Taylor polynomials, since the intervals are short. The power uses
 * a logarithm in two doubles. Normal quantile: M. J. Wichura, Algorithm AS 241 (PPND16), Applied
 * Statistics 37 (1988) 477-484. Log-gamma: Taylor series around 2 (Abramowitz & Stegun 6.1.33)
 * and Stirling's series (6.1.41). */
#include "kernel/exact.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/assert.h"

/* ln 2 / 128 = high + low; high has 35 bits, so that n * high is exact for every n in use. */
#define STEP_HIGH    0x1.62e42fefap-8
#define STEP_LOW     0x1.cf79abc9e3b3ap-47
#define STEP_INVERSE 0x1.71547652b82fep+7
#define ROUNDER      0x1.8p52 /* added and subtracted: rounds to the nearest whole number */

#define HALF_LOG_2PI 0x1.d67f1c864beb5p-1
#define TWO_PI       0x1.921fb54442d18p+2

/* sum of c[i] x^i */
static double polynomial(const double *c, size_t n, double x)
{
    double sum = c[n - 1];

    for (size_t i = n - 1; i-- > 0;)
        sum = sum * x + c[i];
    return sum;
}

double exact_log(double x)
{
    if (!(x > 0.0))
        return x == 0.0 ? -INFINITY : x != x ? x : -INFINITY;
    if (x > 0x1.fffffffffffffp1023)
        return x;
    if (x < 0x1p-1022) /* subnormal: scaled first, so that it has all its bits */
        return exact_log_normal(x * 0x1p64) - 64.0 * 0x1.62e42fefa39efp-1;
    return exact_log_normal(x);
}

double exact_log1p(double x)
{
    if (!(x > -1.0))
        return x != x ? x : -INFINITY;
    if (x >= -0x1p-8 && x <= 0x1p-8)
        return x + exact_log_tail(x);
    if (x > 0x1p60)
        return exact_log(x);
    /* The part of x that 1 + x loses comes back as a first-order term. */
    const double sum = 1.0 + x;
    const double lost = sum > 2.0 ? 1.0 - (sum - x) : x - (sum - 1.0);
    return exact_log_normal(sum) + lost / sum;
}

/* ln x = *high + *low to about 2^-66, for positive normal x. */
static void log_pair(double x, double *high, double *low)
{
    double z, k;
    const struct exact_log_entry *cell = exact_log_split(x, &z, &k);
    const double d = z - cell->c, r = d * cell->inverse;
    /* What r misses of d / c: c has 8 bits, so half of r times c is exact. */
    const double r_high = exact_double(exact_bits(r) & 0xfffffffff8000000u);
    const double missing = ((d - r_high * cell->c) - (r - r_high) * cell->c) * cell->inverse;
    const double whole = k * EXACT_LN2_HIGH + cell->high;
    const double sum = whole + r;
    const double rest = ((whole - sum) + r) + (k * EXACT_LN2_LOW + cell->low + missing);
    /* -r^2/2 as a pair, too: r = r_high + r_low with r_high^2 exact (26 bits). */
    const double square = -0.5 * r_high * r_high;
    const double cross = -0.5 * (r - r_high) * (r + r_high);
    const double tail = exact_log_tail(r) + 0.5 * r * r;
    const double first = sum + square;
    const double lost = (sum - first) + square;
    const double small = lost + (rest + cross + tail);

    *high = first + small;
    *low = (first - *high) + small;
}

/* exp(x + rest) for |x| < 746 and a tiny rest: 2^(n/128) exp(r) with |r| <= ln 2 / 256. */
static double exp_pair(double x, double rest)
{
    const double n = (x * STEP_INVERSE + ROUNDER) - ROUNDER;
    const double r = (x - n * STEP_HIGH) - (n * STEP_LOW - rest);
    const double r2 = r * r;
    const double p = r + r2 * ((0.5 + r * (1.0 / 6.0)) + r2 * (1.0 / 24.0 + r * (1.0 / 120.0)));
    const int64_t whole = (int64_t)n;
    const int64_t q = whole >> 7;
    const struct exact_exp_entry *entry = &exact_exp_table[whole & (EXACT_TABLE - 1)];
    const double value = entry->power + entry->power * (entry->rest + p);

    /* 2^q in two factors: both are normal numbers, whatever the result is. */
    const int64_t half = q / 2;
    return value * exact_double((uint64_t)(half + 1023) << 52) *
           exact_double((uint64_t)(q - half + 1023) << 52);
}

double exact_exp(double x)
{
    if (x != x)
        return x;
    if (x > 709.79)
        return INFINITY;
    if (x < -745.14)
        return 0.0;
    return exp_pair(x, 0.0);
}

double exact_expm1(double x)
{
    if (x > -0.35 && x < 0.3) {
        /* x (1 + x/2 (1 + x/3 (1 + ...))): 16 terms leave 1e-24 */
        double sum = 1.0;
        for (int i = 16; i >= 2; i--)
            sum = 1.0 + x / i * sum;
        return x * sum;
    }
    return exact_exp(x) - 1.0;
}

double exact_pow(double x, double y)
{
    if (y == 0.0 || x == 1.0)
        return 1.0;
    if (x != x || y != y)
        return x + y;
    if (!(x > 0.0) || x > 0x1.fffffffffffffp1023)
        return (x > 1.0) == (y > 0.0) ? INFINITY : 0.0;

    double high, low;
    const bool subnormal = x < 0x1p-1022;
    log_pair(subnormal ? x * 0x1p64 : x, &high, &low);
    if (subnormal) {
        high -= 64.0 * EXACT_LN2_HIGH;
        low -= 64.0 * EXACT_LN2_LOW;
    }
    const double rough = y * high;
    if (rough > 709.79)
        return INFINITY;
    if (rough < -745.14)
        return 0.0;
    if (rough > -0x1p-60 && rough < 0x1p-60)
        return 1.0;
    /* y * high as a pair (Veltkamp, Dekker 1971); y is far from overflow here unless high is
     * tiny, and then scaling it by a power of two changes nothing. */
    const double scale = (y > 0x1p900 || y < -0x1p900) ? 0x1p-100 : 1.0;
    const double y_scaled = y * scale;
    const double y_up = y_scaled * 0x1.0000002p27, h_up = high * 0x1.0000002p27;
    const double y_high = y_up - (y_up - y_scaled), h_high = h_up - (h_up - high);
    const double y_low = y_scaled - y_high, h_low = high - h_high;
    const double product = y_scaled * high;
    const double lost = ((y_high * h_high - product) + y_high * h_low + y_low * h_high) +
                        y_low * h_low;
    return exp_pair(rough, (lost + y_scaled * low) / scale);
}

static const double central_top[] = {
    3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
    1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
    3.3430575583588128105e4, 2.5090809287301226727e3,
};
static const double central_bottom[] = {
    1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
    2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
    5.2264952788528545610e3,
};
static const double middle_top[] = {
    1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
    3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
    2.27238449892691845833e-2, 7.74545014278341407640e-4,
};
static const double middle_bottom[] = {
    1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
    1.05075007164441684324e-9,
};
static const double far_top[] = {
    6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
    2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
    2.71155556874348757815e-5, 2.01033439929228813265e-7,
};
static const double far_bottom[] = {
    1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
    7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
    2.04426310338993978564e-15,
};

double exact_normal_quantile(double p)
{
    if (!(p > 0.0))
        return -INFINITY;
    if (!(p < 1.0))
        return INFINITY;

    const double q = p - 0.5;
    if (q >= -0.425 && q <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * polynomial(central_top, 8, r) / polynomial(central_bottom, 8, r);
    }
    const double tail = q < 0.0 ? p : 1.0 - p;
    const double r = __builtin_sqrt(-exact_log(tail));
    const double x = r <= 5.0
        ? polynomial(middle_top, 8, r - 1.6) / polynomial(middle_bottom, 8, r - 1.6)
        : polynomial(far_top, 8, r - 5.0) / polynomial(far_bottom, 8, r - 5.0);
    return q < 0.0 ? -x : x;
}

static const double cosine[] = {
    1.0, -1.0 / 2, 1.0 / 24, -1.0 / 720, 1.0 / 40320, -1.0 / 3628800, 1.0 / 479001600,
    -1.0 / 87178291200.0, 1.0 / 20922789888000.0, -1.0 / 6402373705728000.0,
};
static const double sine[] = {
    1.0, -1.0 / 6, 1.0 / 120, -1.0 / 5040, 1.0 / 362880, -1.0 / 39916800, 1.0 / 6227020800.0,
    -1.0 / 1307674368000.0, 1.0 / 355687428096000.0, -1.0 / 121645100408832000.0,
};

double exact_cos_turn(double u)
{
    if (!(u > 0.0) || !(u < 1.0))
        return 1.0;
    /* Folding an eighth, a quarter and a half of a turn is exact, so zeros are exact too. */
    double v = u > 0.5 ? 1.0 - u : u;
    const double sign = v > 0.25 ? -1.0 : 1.0;
    if (v > 0.25)
        v = 0.5 - v;
    const double angle = TWO_PI * (v > 0.125 ? 0.25 - v : v);
    if (v > 0.125)
        return sign * angle * polynomial(sine, COUNT_OF(sine), angle * angle);
    return sign * polynomial(cosine, COUNT_OF(cosine), angle * angle);
}

/* Coefficients of z^1, z^2, ... of log gamma(2 + z): 1 - Euler's constant, then
 * (-1)^k (zeta(k) - 1) / k; from 300-bit arithmetic. */
static const double around_two[] = {
    0x1.b0ee6072093cep-2,   0x1.4a34cc4a60fa6p-2,   -0x1.13e001a557607p-4,
    0x1.51322ac7d8483p-6,   -0x1.e404fc218f5f2p-8,  0x1.7add6eadb6c30p-9,
    -0x1.38ac5c2bf8e08p-10, 0x1.0b36af86396e9p-11,  -0x1.d3fd4c76d2fc8p-13,
    0x1.a127b0f17d65ap-14,  -0x1.78de5bd7c81efp-15, 0x1.580dcee66eb02p-16,
    -0x1.3cbc963ce2243p-17, 0x1.2597a39f34aacp-18,  -0x1.11b2eb7679541p-19,
    0x1.0064cdeb22f0fp-20,  -0x1.e2600d93cfd2fp-22, 0x1.c76bbb3f07a4dp-23,
    -0x1.af5a6cbbf8a97p-24, 0x1.99b93c2070b0fp-25,  -0x1.862c734df3eacp-26,
    0x1.7469daccfadcdp-27,  -0x1.6434a8447aeadp-28, 0x1.555a877ffd2c3p-29,
    -0x1.47b1679258d0ep-30, 0x1.3b15d2b2fc10cp-31,  -0x1.2f69a9fabe3e0p-32,
};

/* Stirling: coefficients of x^-1, x^-3, ... */
static const double stirling[] = {
    1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156,
    -3617.0 / 122400,
};

double exact_lgamma(double x)
{
    if (!(x > 0.0))
        return x != x ? x : INFINITY;
    if (x >= 10.0) {
        if (x > 1e305)
            return INFINITY;
        const double series = polynomial(stirling, COUNT_OF(stirling), 1.0 / x / x) / x;
        return (x - 0.5) * (exact_log(x) - 1.0) + (HALF_LOG_2PI - 0.5 + series);
    }
    /* Into [1.5, 2.5] by gamma(x + 1) = x gamma(x); z = x - 2 is taken without rounding. */
    double shift = 0.0, z = x - 2.0;
    if (x > 2.5) {
        double product = 1.0;
        while (x > 2.5) {
            x -= 1.0;
            product *= x;
        }
        shift = exact_log(product);
        z = x - 2.0;
    } else if (x < 0.5) {
        shift = -exact_log(x) - exact_log1p(x);
        z = x;
    } else if (x < 1.5) {
        shift = -exact_log(x);
        z = x - 1.0;
    }
    return shift + z * polynomial(around_two, COUNT_OF(around_two), z);
}
