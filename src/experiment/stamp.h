/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/stamp.h - moments of simulated time as dates that other programs read.
 *
 * Simulated time is put into the week of Monday, 1 January 2024, and has no summer time: it is
 * written as UTC, to the millisecond.
 */
#ifndef EXPERIMENT_STAMP_H
#define EXPERIMENT_STAMP_H

#include <stddef.h>
#include <stdint.h>

#define STAMP_MOST 48 /* bytes of a stamp, at most */

/* Remembers the date written last: most stamps are of the same day. Zeroed at first. */
struct stamp {
    int64_t day;
    size_t  length; /* 0: none yet */
    char    date[24];
};

/* Writes the moment `time_s` after Monday 00:00, such as 2024-01-01T08:30:00.250Z, and returns
 * where the next byte goes. */
char *stamp_write(struct stamp *stamp, char *to, double time_s);

#endif
