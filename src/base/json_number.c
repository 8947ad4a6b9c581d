/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json_number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Spells the number as digits and a power of ten, without a decimal point, whose character
 * depends on the locale. 800 digits decide the nearest double; a 1 stands for what follows. */
double json_number_read(const char *number, size_t length)
{
    enum { DIGITS = 800 };
    char   spelled[DIGITS + 64];
    size_t n = 0, at = 0;
    long   shift = 0, exponent = 0;
    bool   point = false, more = false, negative = length > 0 && number[0] == '-';
    for (at = negative; at < length && (is_digit(number[at]) || number[at] == '.'); at++) {
        if (number[at] == '.') {
            point = true;
            continue;
        }
        if (n < DIGITS && (n > 0 || number[at] != '0')) {
            spelled[n++] = number[at];
            shift -= point;
        } else if (n < DIGITS) {
            shift -= point; /* a leading zero */
        } else {
            more = more || number[at] != '0';
            shift += !point;
        }
    }
    if (at < length) {
        bool minus = number[++at] == '-';
        for (at += minus || number[at] == '+'; at < length; at++)
            if (exponent < 1000000000)
                exponent = exponent * 10 + (number[at] - '0');
        exponent = minus ? -exponent : exponent;
    }
    if (n == 0)
        return negative ? -0.0 : 0.0;
    if (more) {
        spelled[n++] = '1';
        shift--;
    }
    snprintf(spelled + n, sizeof spelled - n, "e%ld", exponent + shift);
    double value = strtod(spelled, NULL);
    return negative ? -value : value;
}

bool json_number_is_rounded(const char *number, size_t length, double value)
{
    char   exact[512];
    size_t sign = number[0] == '-';
    if (fabs(value) < 9007199254740992.0)
        return false;
    int n = snprintf(exact, sizeof exact, "%.0f", fabs(value));
    return n < 0 || (size_t)n != length - sign || memcmp(exact, number + sign, (size_t)n) != 0;
}

/* Prints with so many digits and says whether they read back as the same number. */
static bool spell(char to[JSON_NUMBER_SIZE], double value, int digits)
{
    snprintf(to, JSON_NUMBER_SIZE, "%.*g", digits, value);
    return digits == 17 || strtod(to, NULL) == value;
}

/* Tables hold millions of numbers: whole ones take a short way, and 16 digits, which decide
 * whether 15 or 17 come next, are tried first. */
void json_number_write(char to[JSON_NUMBER_SIZE], double value)
{
    const bool minus_zero = value == 0 && signbit(value);
    if (fabs(value) < 1e15 && value == (double)(long long)value && !minus_zero) {
        snprintf(to, JSON_NUMBER_SIZE, "%lld", (long long)value);
        return;
    }
    if (!spell(to, value, 16))
        spell(to, value, 17);
    else if (!spell(to, value, 15))
        spell(to, value, 16);
    /* A locale may have another decimal point than JSON, even one of several bytes. */
    size_t whole = strspn(to, "-0123456789");
    size_t other = strcspn(to + whole, "0123456789eE");
    if (other > 0 && to[whole + other]) {
        to[whole] = '.';
        memmove(to + whole + 1, to + whole + other, strlen(to + whole + other) + 1);
    }
}
