/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goal: the elementary functions are accurate everywhere, monotone where it counts, harmless
 * outside their domain, and never change a bit. Method: two million arguments each, over the whole
 * domain and thickly where cancellation threatens, against libm in long double, in units in the
 * last place; known values; hashes of 10,000 results that were recorded. */
#include <criterion/criterion.h>
#include <float.h>
#include <math.h>

#include "base/assert.h"
#include "base/text.h"
#include "kernel/exact.h"
#include "kernel/rng.h"

#define N 2000000

static struct rng at(uint32_t i)
{
    return rng_at(rng_key_of(1, 0), 99, i, 0);
}

static double between(struct rng *rng, double low, double high)
{
    return low + (high - low) * rng_unit(rng);
}

/* Any positive finite number, subnormal ones included, all exponents alike. */
static double any_positive(struct rng *rng)
{
    const double x = exact_double(rng_bits(rng) >> 1);

    return isfinite(x) && x > 0.0 ? x : 1.0;
}

/* Distance in units in the last place of the right answer. */
static double ulps(double found, long double right)
{
    const double rounded = (double)right;
    int exponent;

    if (isinf(rounded) || isinf(found))
        return found == rounded ? 0.0 : INFINITY;
    if (fabs(rounded) < DBL_MIN)
        return (double)(fabsl(found - right) / 0x1p-1074L);
    frexp(rounded, &exponent);
    return (double)(fabsl(found - right) / ldexpl(1.0L, exponent - 53));
}

struct worst {
    double error, x, y;
};

static void take(struct worst *worst, double x, double y, double found, long double right)
{
    const double error = ulps(found, right);

    if (!(error <= worst->error))
        *worst = (struct worst){ error, x, y };
}

static void expect_within(const struct worst *worst, double most, const char *what)
{
    cr_expect(worst->error <= most, "%s: %.3f ulp at %a, %a", what, worst->error, worst->x,
              worst->y);
}

static double log_argument(uint32_t i)
{
    struct rng rng = at(i);

    switch (i % 4) {
    case 0:
        return any_positive(&rng);
    case 1:
        return rng_unit(&rng);
    case 2:
        return between(&rng, 0.95, 1.05);
    default: /* 1 +- 2^-k */
        return 1.0 + between(&rng, -1.0, 1.0) * exact_double((uint64_t)(970 + i / 4 % 53) << 52);
    }
}

Test(exact, log_is_accurate)
{
    struct worst log_worst = { 0 }, log1p_worst = { 0 };

    for (uint32_t i = 0; i < N; i++) {
        const double x = log_argument(i);
        take(&log_worst, x, 0.0, exact_log(x), logl(x));
        if (x >= DBL_MIN)
            cr_assert(exact_log_normal(x) == exact_log(x));
        const double y = i % 3 ? x - 1.0 : x;
        take(&log1p_worst, y, 0.0, exact_log1p(y), log1pl(y));
    }
    expect_within(&log_worst, 1.5, "log");
    expect_within(&log1p_worst, 2.0, "log1p");
    cr_expect(exact_log(1.0) == 0.0 && exact_log(0.0) == -INFINITY && exact_log(-1.0) == -INFINITY);
    cr_expect(exact_log(INFINITY) == INFINITY && exact_log1p(-1.0) == -INFINITY);
    cr_expect(exact_log1p(-0x1p-60) == -0x1p-60 && exact_log1p(DBL_MAX) == exact_log(DBL_MAX));
}

/* Small exponentials are exact to their own last place, not to that of 1; greater u never gives a
 * greater exponential. */
Test(exact, exponential_is_fine_near_one)
{
    struct worst worst = { 0 };

    for (int k = 1; k < 54; k++) {
        for (int step = 0; step < 1000; step++) {
            const double u = 1.0 - (0x1p-53 * floor(ldexp(1.0 + step / 1000.0, 53 - k)));
            take(&worst, u, 0.0, exact_exponential(u), -logl(u));
        }
    }
    expect_within(&worst, 1.5, "exponential");
    for (uint32_t i = 0; i < 200000; i++) {
        struct rng rng = at(i);
        const double u = i % 2 ? rng_unit(&rng) : 1.0 - between(&rng, 0.0, 0.01);
        const double more = nextafter(u, 1.0);
        cr_assert(exact_exponential(more) <= exact_exponential(u), "%a", u);
    }
}

Test(exact, exp_and_pow_are_accurate)
{
    struct worst exp_worst = { 0 }, expm1_worst = { 0 }, pow_worst = { 0 };

    for (uint32_t i = 0; i < N; i++) {
        struct rng rng = at(i);
        const double x = i % 2 ? between(&rng, -745.1, 709.7) : between(&rng, -1.0, 1.0);
        take(&exp_worst, x, 0.0, exact_exp(x), expl(x));
        take(&expm1_worst, x, 0.0, exact_expm1(x), expm1l(x));
        const double base = log_argument(i), y = between(&rng, -1.0, 1.0) * (i % 3 ? 2.0 : 900.0);
        take(&pow_worst, base, y, exact_pow(base, y), powl(base, y));
    }
    expect_within(&exp_worst, 1.0, "exp");
    expect_within(&expm1_worst, 3.0, "expm1");
    expect_within(&pow_worst, 1.0, "pow");
    cr_expect(exact_exp(0.0) == 1.0 && exact_exp(-INFINITY) == 0.0 && exact_exp(710.0) == INFINITY);
    cr_expect(exact_exp(-746.0) == 0.0 && exact_exp(1e300) == INFINITY && exact_exp(-1e300) == 0.0);
    cr_expect(isfinite(exact_exp(709.78)) && exact_exp(-745.13) == 0x1p-1074);
    cr_expect(exact_pow(0.0, 0.0) == 1.0 && exact_pow(0.0, 2.0) == 0.0);
    cr_expect(exact_pow(0.0, -2.0) == INFINITY && exact_pow(INFINITY, -1.0) == 0.0);
    cr_expect(exact_pow(2.0, 1e308) == INFINITY && exact_pow(0.5, 1e308) == 0.0);
    cr_expect(exact_pow(1.0 + DBL_EPSILON, 1e300) == INFINITY && exact_pow(3.0, 1e-300) == 1.0);
    for (int k = -1000; k <= 1000; k++)
        cr_expect(exact_pow(2.0, k) == ldexp(1.0, k), "2^%d", k);
}

Test(exact, lgamma_and_cosine_are_accurate)
{
    struct worst lgamma_worst = { 0 };
    double cosine_worst = 0.0;
    const long double pi = 3.14159265358979323846264338327950288L;

    for (uint32_t i = 0; i < N; i++) {
        struct rng rng = at(i);
        const double x = i % 3 == 0 ? between(&rng, 0.0, 30.0)
                       : i % 3 == 1 ? between(&rng, 0.9, 2.1) : any_positive(&rng);
        if (x < 1e300)
            take(&lgamma_worst, x, 0.0, exact_lgamma(x), lgammal(x));
        const double u = rng_unit(&rng);
        cosine_worst = fmax(cosine_worst, (double)fabsl(exact_cos_turn(u) - cosl(2.0L * pi * u)));
    }
    expect_within(&lgamma_worst, 10.0, "lgamma");
    cr_expect(cosine_worst < 3e-16, "%g", cosine_worst);
    cr_expect(exact_cos_turn(0.0) == 1.0 && exact_cos_turn(0.5) == -1.0);
    cr_expect(exact_cos_turn(0.25) == 0.0 && exact_cos_turn(0.75) == 0.0);
    cr_expect(exact_lgamma(1.0) == 0.0 && exact_lgamma(2.0) == 0.0);
    cr_expect(exact_lgamma(0.0) == INFINITY && exact_lgamma(-3.5) == INFINITY);
    cr_expect(exact_lgamma(DBL_MAX) == INFINITY && isfinite(exact_lgamma(DBL_TRUE_MIN)));
}

Test(exact, normal_quantile_is_accurate)
{
    /* Wichura's own check values, and the far tail. */
    cr_expect(fabs(exact_normal_quantile(0.25) + 0.6744897501960817432) < 1e-15);
    cr_expect(fabs(exact_normal_quantile(0.001) + 3.090232306167813541) < 4e-15);
    cr_expect(fabs(exact_normal_quantile(1e-20) + 9.262340089798407579) < 1e-14);
    cr_expect(exact_normal_quantile(0.5) == 0.0);
    cr_expect(exact_normal_quantile(0.0) == -INFINITY && exact_normal_quantile(1.0) == INFINITY);

    const long double root_half = 0.707106781186547524400844362104849039L;
    double worst = 0.0;
    for (uint32_t i = 0; i < 200000; i++) {
        struct rng rng = at(i);
        const double p = i % 2 ? rng_unit(&rng) : exact_exp(-between(&rng, 0.7, 700.0));
        const double x = exact_normal_quantile(p);
        /* Relative error of x from that of p: d p = density(x) d x. */
        const long double back = 0.5L * erfcl(-x * root_half);
        const long double density = 0.398942280401432677939946L * expl(-0.5L * x * x);
        worst = fmax(worst, (double)(fabsl((back - p) / density) / fmax(1.0, fabs(x))));
        cr_assert(exact_normal_quantile(nextafter(p, 1.0)) >= x - 1e-15 * fabs(x));
    }
    cr_expect(worst < 2e-15, "%g", worst);
}

/* Order and bits: recorded with gcc 12 on x86-64; every compiler and machine must agree. */
Test(exact, bits_do_not_change)
{
    static const uint64_t recorded[] = {
        0x3af299d15ded0c98u, 0x462277533c24ad34u, 0xa1098fb24a2b2516u, 0xdee7d445df650319u,
        0xb670fd0d1708453fu, 0xccdf84383fc4a20au, 0x381a6d3beb3b0df5u, 0xddae40c15a4fa213u,
    };
    uint64_t hash[COUNT_OF(recorded)] = { 0 };

    for (uint32_t i = 0; i < 10000; i++) {
        struct rng rng = at(i);
        const double x = log_argument(i), y = between(&rng, -30.0, 30.0), u = rng_unit(&rng);
        const double results[COUNT_OF(recorded)] = {
            exact_log(x), exact_log1p(u), exact_exp(y),      exact_expm1(y / 30.0),
            exact_pow(x, y), exact_normal_quantile(u), exact_cos_turn(u), exact_lgamma(30.0 * u),
        };
        for (size_t k = 0; k < COUNT_OF(recorded); k++)
            hash[k] = text_hash_bytes(&results[k], sizeof results[k], hash[k]);
    }
    for (size_t k = 0; k < COUNT_OF(recorded); k++)
        cr_expect(hash[k] == recorded[k], "%zu: 0x%016llxu,", k, (unsigned long long)hash[k]);
}
