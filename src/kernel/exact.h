/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernel/exact.h - elementary functions with the same bits everywhere.
 *
 * libm's log, exp and friends differ in the last bit between machines with and without fused
 * multiply-add, and one bit can reorder two events. These are made of + - * / sqrt and integer
 * operations only, in a fixed order, and are compiled with -ffp-contract=off. Accurate to a few
 * units in the last place (log, exp and pow to 1), which is far below any sampling error. Inputs
 * outside the stated domain give 0, +-infinity or a bound, never a trap and never a nan from a
 * finite input.
 *
 * The logarithm is inline, because a contact draws several exponentials: 3 to 4 ns a call.
 */
#ifndef KERNEL_EXACT_H
#define KERNEL_EXACT_H

#include <stdint.h>
#include <string.h>

double exact_log(double x);          /* natural logarithm, x > 0; log(0) = -infinity         */
double exact_log1p(double x);        /* log(1 + x) for x > -1, accurate for small x          */
double exact_exp(double x);          /* overflows to infinity, underflows to 0               */
double exact_expm1(double x);        /* exp(x) - 1, accurate for small x                     */
double exact_pow(double x, double y);/* x >= 0                                               */
double exact_normal_quantile(double p); /* standard normal, 0 < p < 1 (Wichura, AS 241)      */
double exact_cos_turn(double u);     /* cos(2 pi u), 0 <= u < 1                              */
double exact_lgamma(double x);       /* log of the gamma function, x > 0                     */

/* ---- inside: what the inline functions below need */

#define EXACT_TABLE 128

struct exact_log_entry {
    double c, inverse;  /* centre of a cell of mantissas, and 1/c            */
    double high, low;   /* ln c as a sum; k ln 2 + high is exact             */
};

struct exact_exp_entry {
    double power, rest; /* 2^(i/128) = power (1 + rest)                      */
};

extern const struct exact_log_entry exact_log_table[EXACT_TABLE];
extern const struct exact_exp_entry exact_exp_table[EXACT_TABLE];

/* ln 2 = high + low; high is a multiple of 2^-42. */
#define EXACT_LN2_HIGH 0x1.62e42fefa3800p-1
#define EXACT_LN2_LOW  0x1.ef35793c76730p-45

static inline uint64_t exact_bits(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double exact_double(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* x = 2^k z with z within 1/256 (relatively) of the centre c of its cell. The cell around 1 has
 * c = 1 and ln c = 0: there nothing cancels and the logarithm keeps its relative accuracy. */
static inline const struct exact_log_entry *exact_log_split(double x, double *z, double *k)
{
    const uint64_t offset = 0x3fe6100000000000u; /* half a cell below the first centre */
    const uint64_t bits = exact_bits(x), above = bits - offset;

    *z = exact_double(bits - (above & 0xfff0000000000000u));
    *k = (double)((int64_t)above >> 52);
    return &exact_log_table[above >> 45 & (EXACT_TABLE - 1)];
}

/* log(1 + r) - r for |r| <= 1/256: the Taylor series, short enough at this width. */
static inline double exact_log_tail(double r)
{
    const double r2 = r * r;

    return r2 * (-0.5 + r * (1.0 / 3.0) +
                 r2 * ((-0.25 + r * 0.2) + r2 * (-1.0 / 6.0 + r * (1.0 / 7.0))));
}

/* exact_log of a positive, normal, finite x: the same bits without the checks.
 * ln x = k ln 2 + ln c + ln(1 + r), r = (z - c) / c, where z - c is exact. */
static inline double exact_log_normal(double x)
{
    double z, k;
    const struct exact_log_entry *cell = exact_log_split(x, &z, &k);
    const double r = (z - cell->c) * cell->inverse;
    const double whole = k * EXACT_LN2_HIGH + cell->high;
    const double sum = whole + r;
    const double lost = (whole - sum) + r; /* of that addition, exactly */

    return sum + (lost + (k * EXACT_LN2_LOW + cell->low) + exact_log_tail(r));
}

/* -log(u) for u in (0, 1), the standard exponential by inversion. */
static inline double exact_exponential(double u)
{
    return -exact_log_normal(u);
}

#endif
