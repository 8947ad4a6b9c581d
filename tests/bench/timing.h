/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tests/bench/timing.h - clocks, and what a handful of measurements says.
 *
 * What is compared is measured in turn, A B A B …, and compared round by round: a machine that
 * slows down for a while slows both, and the median of the ratios hardly moves.
 */
#ifndef BENCH_TIMING_H
#define BENCH_TIMING_H

#include <stddef.h>
#include <stdint.h>

#define ROUNDS_MOST 64

struct spread {
    double median, least, most;
};

/* Seconds of processor time of all threads of this process; and by the clock on the wall. */
double cpu_seconds(void);
double wall_seconds(void);

/* Of n values, 1 <= n <= ROUNDS_MOST; and of a[i] / b[i]. */
struct spread spread_of(const double *values, uint32_t n);
struct spread spread_of_ratios(const double *a, const double *b, uint32_t n);

/* Prints "median [least, most]" with so many digits, each value times `scale`. */
void spread_print(struct spread spread, double scale, int digits);

#endif
