/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/stamp.h"

#include <math.h>
#include <string.h>

#include "base/digits.h"

#define DAY_MS 86400000

/* The proleptic Gregorian date of a day counted from 1 January 2024. Counts in years that begin
 * with March, so that the leap day is the last. */
static void write_date(struct stamp *stamp, int64_t day)
{
    enum { DAYS_TO_2024 = 739191 /* from 1 March 0000 */, CYCLE = 146097 /* of 400 years */ };
    const int64_t days = day + DAYS_TO_2024, cycle = days / CYCLE, of_cycle = days % CYCLE;
    const int64_t year = (of_cycle - of_cycle / 1460 + of_cycle / 36524 - of_cycle / 146096) / 365;
    const int64_t of_year = of_cycle - (365 * year + year / 4 - year / 100);
    const int64_t month = (5 * of_year + 2) / 153;
    const int64_t calendar_year = year + cycle * 400 + (month >= 10);
    char         *to = stamp->date;
    to = digits_whole(to, (uint64_t)calendar_year); /* four digits, or more */
    *to++ = '-';
    to = digits_two(to, (unsigned)(month < 10 ? month + 3 : month - 9));
    *to++ = '-';
    to = digits_two(to, (unsigned)(of_year - (153 * month + 2) / 5 + 1));
    *to++ = 'T';
    stamp->length = (size_t)(to - stamp->date);
    stamp->day = day;
}

char *stamp_write(struct stamp *stamp, char *to, double time_s)
{
    const int64_t  ms = (int64_t)fmin(floor(time_s * 1000 + 0.5), 0x1p62);
    const int64_t  day = ms / DAY_MS - (ms % DAY_MS < 0);
    const unsigned of_day = (unsigned)(ms - day * DAY_MS), seconds = of_day / 1000;
    if (day != stamp->day || stamp->length == 0)
        write_date(stamp, day);
    memcpy(to, stamp->date, sizeof stamp->date);
    to = digits_two(to + stamp->length, seconds / 3600);
    *to++ = ':';
    to = digits_two(to, seconds / 60 % 60);
    *to++ = ':';
    to = digits_two(to, seconds % 60);
    *to++ = '.';
    *to++ = (char)('0' + of_day / 100 % 10);
    to = digits_two(to, of_day % 100);
    *to++ = 'Z';
    return to;
}
