/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/format.h - numbers and names as people read them.
 *
 * A value is written in a scale chosen once (seconds, minutes, hours …), so that an
 * estimate and both ends of its interval are written alike and can be compared at a
 * glance. Everything here writes into a buffer of the caller, always terminated, and
 * never writes "nan" or "inf": what is not finite is a dash.
 */
#ifndef REPORT_FORMAT_H
#define REPORT_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <tiersim/result.h>

#define FORMAT_VALUE 64  /* bytes enough for any number written here       */
#define FORMAT_NAME  512 /* bytes enough for any name of up to 120 columns */

/* How a value is written: divided, rounded to decimals, with its unit behind it. */
struct scale {
    double      divisor;
    int         decimals;
    const char *before; /* "$" or ""        */
    const char *after;  /* " min", " %", "" */
    char        unit[24];
};

/* The scale in which `value` reads best: 9.0 min, 1.4 h, 83.1 %, 11,340 EUR. With `ascii`
 * a currency sign outside ASCII is spelled out. */
void scale_pick(struct scale *scale, double value, enum tsim_unit unit, const char *currency,
                bool ascii);

/* "83.1 %", and "83.1" without the unit. Returns `to`. */
char *scale_write(const struct scale *scale, double value, char *to, size_t size);
char *scale_write_bare(const struct scale *scale, double value, char *to, size_t size);

/* scale_pick and scale_write in one. */
char *format_value(double value, enum tsim_unit unit, const char *currency, bool ascii, char *to,
                   size_t size);

/* "+9.2 points", "-380 EUR", "0": a difference of two values; of shares in points. And its
 * interval, "(7.6 – 10.8)", empty without one, with its unit if asked. Both in the scale of the
 * larger of its ends. */
char *format_difference(const struct tsim_estimate *difference, enum tsim_unit unit,
                        const char *currency, bool ascii, char *to, size_t size);
char *format_difference_interval(const struct tsim_estimate *difference, enum tsim_unit unit,
                                 const char *currency, bool ascii, bool with_unit, char *to,
                                 size_t size);

/* A number that somebody chose: no more decimals than it needs ("80 %", "2.5 %", "1 h"),
 * and two units where one needs more than one decimal ("8 d 8 h"). */
char *format_target(double value, enum tsim_unit unit, const char *currency, bool ascii, char *to,
                    size_t size);

/* "(82.4 – 83.8)" in the scale of the estimate; empty without an interval. */
char *format_interval(const struct tsim_estimate *estimate, enum tsim_unit unit,
                      const char *currency, bool ascii, char *to, size_t size);

/* A whole number with thousands separators. */
char *format_whole(uint64_t value, char *to, size_t size);

/* A name somebody else chose: what could disturb a terminal is made visible, what is not
 * ASCII is '?' with `ascii`, and what is longer than `columns` ends in an ellipsis. */
char *format_name(const char *name, size_t columns, bool ascii, char *to, size_t size);

#endif
