/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/digits.h - numbers as text without printf, for tables of millions of rows.
 *
 * Each function writes at `to`, without a terminating NUL, and returns where the next byte goes.
 */
#ifndef BASE_DIGITS_H
#define BASE_DIGITS_H

#include <stddef.h>
#include <stdint.h>

#define DIGITS_MOST 400 /* bytes enough for anything written here */

char *digits_whole(char *to, uint64_t value);

/* Exactly two digits of a number below 100. */
static inline char *digits_two(char *to, unsigned value)
{
    to[0] = (char)('0' + value / 10);
    to[1] = (char)('0' + value % 10);
    return to + 2;
}

/* A finite amount with two decimals, rounded half up: "84.50". */
char *digits_cents(char *to, double value);

#endif
