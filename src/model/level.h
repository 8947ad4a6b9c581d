/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/level.h - how many there are, integrated over time.
 *
 * A level is a number that goes up and down by ones: busy agents, waiting contacts. Its integral
 * over a span [t0, t) is n (t - t0) at the end, less the times since t0 of all steps up, plus those
 * of all steps down; so a step costs one addition, and the area is made up once a span. Times are
 * counted from the span's start, which keeps the sums small and exact enough.
 */
#ifndef MODEL_LEVEL_H
#define MODEL_LEVEL_H

#include <stdint.h>

struct level {
    double   moment_s; /* times of steps down less times of steps up, since the span began */
    uint32_t n;
};

static inline void level_up(struct level *level, double since_s)
{
    level->n++;
    level->moment_s -= since_s;
}

static inline void level_down(struct level *level, double since_s)
{
    level->n--;
    level->moment_s += since_s;
}

static inline void level_set(struct level *level, uint32_t n, double since_s)
{
    level->moment_s += ((double)level->n - (double)n) * since_s;
    level->n = n;
}

/* The area of a span of length `since_s`; a new span begins. */
static inline double level_close(struct level *level, double since_s)
{
    const double area_s = level->n * since_s + level->moment_s;
    level->moment_s = 0;
    return area_s;
}

#endif
