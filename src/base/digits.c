/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/digits.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

char *digits_whole(char *to, uint64_t value)
{
    char  reversed[24];
    char *at = reversed + sizeof reversed;
    do
        *--at = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    const size_t n = (size_t)(reversed + sizeof reversed - at);
    memcpy(to, at, n);
    return to + n;
}

char *digits_cents(char *to, double value)
{
    if (fabs(value) >= 1e15)
        return to + snprintf(to, DIGITS_MOST, "%.0f.00", value);
    const uint64_t cents = (uint64_t)(fabs(value) * 100 + 0.5);
    if (value < 0 && cents > 0)
        *to++ = '-';
    to = digits_whole(to, cents / 100);
    *to++ = '.';
    return digits_two(to, (unsigned)(cents % 100));
}
