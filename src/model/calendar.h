/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/calendar.h - weeks, times of day, and what changes over a week.
 *
 * A profile is a step function of time: agents on the floor, or a rate. It is given as one value
 * or as windows (days, from, to, value; or a value for each of equal steps); windows that overlap
 * add up. On a date that some window names, windows that name it hold instead of the others.
 * Compiled, it is a list of breakpoints, counted in seconds from the simulation's start, of which
 * the last week repeats for ever: of one week, or, with dates, of all weeks until they are over.
 */
#ifndef MODEL_CALENDAR_H
#define MODEL_CALENDAR_H

#include "base/param.h"

#define DAY_S  86400.0
#define WEEK_S 604800.0

struct window {
    const char        *days; /* "Mon-Fri", "Sat", "Mon,Wed-Fri"                             */
    const char        *from, *to; /* "08:00", "17:30"; to <= from: over midnight            */
    double             value;     /* agents, or per second                                  */
    double             every_s;   /* with `values`: length of a step                        */
    struct numbers     values;    /* agents, or contacts per step                           */
    struct list        breaks;    /* of struct day_break; agents only                       */
    struct numbers     dates;     /* days after Monday, 1 January 2024; none: every week    */
    const char        *csv, *column; /* NULL: not from a file                              */
    const struct json *at;
    /* Completed by the check. */
    unsigned day_mask; /* bit 0: Monday */
    double   from_s, to_s;
};

/* A time of day within a window when its agents are not on the floor. */
struct day_break {
    const char        *from, *to;
    const struct json *at;
    /* Completed by the check. */
    double from_s, to_s;
};

/* What a scenario gives: one value for ever, or windows. */
struct profile_given {
    bool               constant;
    double             value;
    struct list        windows; /* of struct window */
    struct numbers     dates;   /* named by some window, ascending; each once */
    double             since;   /* nobody before this day after Monday, 1 January 2024 */
    const struct json *at;
};

/* Breakpoints: value[i] holds from time_s[i] (time_s[0] = 0) to the next, the last until end_s;
 * then the last week, from breakpoint `again` on, comes again. */
struct profile {
    uint32_t n, again;
    double   end_s;
    double  *time_s;
    double  *value;
    double   most;
};

extern const struct shape staff_window_shape, rate_window_shape, hours_window_shape,
    factor_window_shape, shift_window_shape;

/* Custom readers of a profile: agents (whole numbers), rates, or factors. */
bool read_staffing(struct reader *reader, const struct json *node, void *profile_given);
bool read_rates(struct reader *reader, const struct json *node, void *profile_given);
bool read_factors(struct reader *reader, const struct json *node, void *profile_given);

/* Puts the rows of a window's CSV file in its place, the last of a list that has room for `room`
 * windows besides those from files. Reports each row that cannot be read. */
bool window_read_csv(struct reader *reader, const struct window *window, bool whole, uint32_t room,
                     struct list *windows);

/* "Mon-Fri", "Sat,Sun" as a mask, bit 0 Monday; "08:30" as seconds. */
bool calendar_read_days(const char *text, unsigned *mask);
bool calendar_read_clock(const char *text, double *second);

/* Weekday ("Mon" … "Sun") as 0-6 and time of day in seconds; "Mon 08:00" as both. */
bool calendar_read_start(const char *text, unsigned *day, double *second);
const char *calendar_day_name(unsigned day);
/* "Mon-Fri", "Sat,Sun" as a mask (bit 0: Monday); "08:30" or "24:00" in seconds. */
bool calendar_read_days(const char *text, unsigned *mask);
bool calendar_read_clock(const char *text, double *second);

/* A date such as "2024-01-04" as days after Monday, 1 January 2024; false when it is none, or is
 * before. */
bool calendar_read_date(const char *text, double *day);

/* The same of any date from 1900 on: before that Monday it is negative. */
bool calendar_read_any_date(const char *text, double *day);

/* Compiles a profile for a simulation that starts `start_s` seconds after Monday 00:00. */
bool profile_compile(struct reader *reader, const struct profile_given *given, double start_s,
                     struct profile *profile);

/* Value at a time, and the next time after it at which the value may change (INFINITY: never). */
double profile_at(const struct profile *profile, double time_s);

/* Integral over [a, b). */
double profile_integral(const struct profile *profile, double a_s, double b_s);

/* A place in a profile that only moves forward, in constant time a step. */
struct profile_cursor {
    uint32_t i;      /* current step                     */
    double   week_s; /* how much later it is than in the breakpoints */
};

static inline double profile_value(const struct profile *profile, struct profile_cursor cursor)
{
    return profile->value[cursor.i];
}

/* End of the current step; INFINITY for a constant. */
static inline double profile_end(const struct profile *profile, struct profile_cursor cursor)
{
    if (profile->n == 1)
        return __builtin_inf();
    return cursor.week_s +
           (cursor.i + 1 < profile->n ? profile->time_s[cursor.i + 1] : profile->end_s);
}

static inline void profile_step(const struct profile *profile, struct profile_cursor *cursor)
{
    if (++cursor->i == profile->n) {
        cursor->i = profile->again;
        cursor->week_s += WEEK_S;
    }
}

#endif
