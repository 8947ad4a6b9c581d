/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/hours.h - time by a business calendar: how much of it passes, and when so much has passed.
 *
 * A calendar is open in stretches of a week that repeats, less whole days: its holidays. Both
 * questions are answered from sums over the stretches before and the holidays before, by
 * bisection: O(log stretches + log holidays), for any span. Closed time between two open times is
 * of whole minutes, so it is known exactly: where there is none an answer is what the wall clock
 * says, to the last bit.
 *
 * Times are simulated seconds; time 0 lies in the week of Monday, 1 January 2024. NULL in place of
 * a calendar is the wall clock.
 */
#ifndef MODEL_HOURS_H
#define MODEL_HOURS_H

#include "model/calendar.h"

/* What a scenario gives under "calendars". */
struct calendar_given {
    const char        *name;
    struct list        windows;  /* of struct window, each of value 1 */
    struct list        holidays; /* of struct text_entry               */
    const struct json *at;
};

struct hours {
    double        start_s;        /* time 0, after Monday, 1 January 2024                  */
    uint32_t      n, n_holidays;
    const double *from_s, *to_s;  /* of the week's stretches, in order                     */
    const double *before_s;       /* open in the week before each; [n]: in a whole week    */
    const double *holiday_s;      /* when each holiday begins, in order; like start_s      */
    const double *lost_s;         /* open time that it and those before take away          */
    const double *until_s;        /* open time of all weeks until it begins                */
};

/* Compiles; NULL, without a problem, when the calendar is always open and so the wall clock. A
 * problem sets *good to false. */
const struct hours *hours_compile(struct reader *reader, const struct calendar_given *given,
                                  double start_s, bool *good);

/* Open time from one time to a later one. */
double hours_between(const struct hours *hours, double from_s, double to_s);

/* The first time at which `open_s` of open time have passed since `from_s`. */
double hours_after(const struct hours *hours, double from_s, double open_s);

/* Whether it is open: from the first instant of a stretch until before its last. */
bool hours_open(const struct hours *hours, double at_s);

/* The first time not before this one at which it is open; at which it is not (INFINITY: never). */
double hours_opens(const struct hours *hours, double at_s);
double hours_closes(const struct hours *hours, double at_s);

#endif
